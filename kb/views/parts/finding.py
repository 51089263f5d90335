"""Choosing names and events among the most frequent, or by words that are looked for in all of the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kb import ask, decisions
from kb.errors import KbError
from kb.store import Store
from kb.words import human, say

_FOUND = 8  # of each sort that are offered for typed words
_GROUPS = {"Events": True, "People, places, things": False}  # whether they are events


def several(
    store: Store, label: str, key: str, known: Mapping[str, str], *, placeholder: str, speakers: bool = False
) -> list[str]:
    """A choice of some names. Returns: their ids.

    Arguments: the store to search; label; key, of the widget, whose state holds the ids; known, what to call those
    that can be chosen at once, by id; placeholder; speakers, whether they are asked for as such. Raises: StoreError.
    """
    state = st.session_state
    chosen = [id for id in state.get(key) or () if _is_known(store, id, known, key)]
    state[key] = chosen
    names = _with(store, known, chosen)
    return list(
        st.multiselect(
            label,
            list(names),
            key=key,
            format_func=lambda id: names.get(id, id),
            placeholder=placeholder,
            accept_new_options=True,
            select_all=False,
            help=say("Type a speaker; Enter looks for it in all of the graph.")
            if speakers
            else say("Type a name; Enter looks for it in all of the graph."),
        )
    )


def one(
    store: Store, label: str, key: str, known: Mapping[str, str], *, placeholder: str, label_visibility: Any = "visible"
) -> str | None:
    """A choice of one name or event. Returns: its id, or None. Arguments and errors: as `several`.

    label_visibility: whether the label is seen, as Streamlit takes it.
    """
    state = st.session_state
    if state.get(key) and not _is_known(store, state[key], known, key):
        state[key] = None
    names = _with(store, known, [state[key]] if state.get(key) else [])
    chosen: str | None = st.selectbox(
        label, list(names), index=None, key=key, format_func=lambda id: names.get(id, id), placeholder=placeholder,
        accept_new_options=True, help=say("Type a name or an event; Enter looks for it in all of the graph."),
        label_visibility=label_visibility,
    )  # fmt: skip
    if chosen:
        state[f"{key}_typed"] = None  # it was settled otherwise
    return chosen


def offer(store: Store, key: str, take: Callable[[str], None], *, events: bool = True) -> None:
    """What was found for words that were typed into the widget of this key, to choose from.

    Arguments: the store; key; take, called with the id of the chosen one; events, whether they may be chosen too.
    """
    typed = st.session_state.get(f"{key}_typed")
    if not typed:
        return
    found = _found(store, typed, events)
    if not found:
        st.caption(say("Nothing is called “{typed}”; a word with * finds all that begins so.", typed=typed))
        return

    def chosen() -> None:
        id = st.session_state.get(f"{key}_found")
        st.session_state[f"{key}_typed"] = None
        if id:
            take(id)

    st.pills(
        say("Which “{typed}”?", typed=typed),
        list(found),
        format_func=found.__getitem__,
        key=f"{key}_found",
        on_change=chosen,
    )


def _found(store: Store, typed: str, events: bool) -> dict[str, str]:
    try:
        groups = ask.search(store, typed, limit=_FOUND).groups
    except KbError:
        return {}
    return {
        hit.id: f"{hit.text} · {human(hit.edtf)}" if hit.edtf else hit.text
        for group in groups
        if group.name in _GROUPS and (events or not _GROUPS[group.name])
        for hit in group.hits
    }


def _is_known(store: Store, id: str, known: Mapping[str, str], key: str) -> bool:
    """Whether this is an id; else it is words that were typed, which are kept to be looked for."""
    if id in known or decisions.label_of(store, id) is not None:
        return True
    st.session_state[f"{key}_typed"] = id
    return False


def _with(store: Store, known: Mapping[str, str], chosen: Sequence[str]) -> dict[str, Any]:
    """What can be chosen with what is: a link may name one that is not among the most frequent."""
    return {**known, **{id: called(store, id) for id in chosen if id not in known}}


def called(store: Store, id: str) -> str:
    """What to call a name or an event by its id. Raises: StoreError."""
    card = ask.entity(store, id)
    if card:
        return card.name
    found = ask.event(store, id)
    return found.event.title if found else say("Not in the graph")
