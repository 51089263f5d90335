"""Saying who took part in an event, as what, and where it was."""

from __future__ import annotations

import streamlit as st

from kb.ask.event import EventDetail
from kb.heeded import NONE
from kb.store import Store
from kb.views.correcting import deciding
from kb.views.parts.markup import plain, role_word
from kb.words import mark, say

_ENTITIES = ("Person", "Organization", "Place", "Thing")
_ROLES = ("agent", "patient", "recipient", "party", "source")
_ASKED = {"no": mark("Somebody took no part"), "yes": mark("Somebody took part"), "place": mark("Where it was")}


def ask(store: Store, detail: EventDetail) -> None:
    """Open the form. Arguments: the store to read; the event."""
    deciding.open_form(
        say("Who took part in “{title}”, and where was it?", title=plain(detail.event.title)), form(store, detail)
    )


def form(store: Store, detail: EventDetail) -> deciding.Choose:
    """The choice of what is said of whom. Arguments as `ask`."""
    event = detail.event.id
    named = {one.id: one.name for one in detail.participants}

    def choose() -> None:
        what = st.radio(say("What is so"), list(_ASKED), format_func=lambda each: say(_ASKED[each]), key="parties_what",
                        on_change=deciding.forget, horizontal=True)  # fmt: skip
        if what == "no":
            who = st.selectbox(say("Who took no part"), list(named), index=None, format_func=named.__getitem__,
                               key="parties_no", placeholder=say("Choose one"), on_change=deciding.forget)  # fmt: skip
            _show(bool(who), lambda decide, writer: decide.who(writer, event, who, NONE))
        elif what == "yes":
            who = deciding.seek(store, say("Who"), _ENTITIES, key="parties")
            role = st.selectbox(say("As what"), _ROLES, format_func=_role_word, key="parties_role",
                                on_change=deciding.forget)  # fmt: skip
            _show(bool(who), lambda decide, writer: decide.who(writer, event, who, role))
        else:
            nowhere = st.checkbox(say("Nowhere in particular"), key="parties_nowhere", on_change=deciding.forget)
            place = None if nowhere else deciding.seek(store, say("Where"), ("Place",), key="parties_place")
            _show(nowhere or bool(place), lambda decide, writer: decide.where(writer, event, place))

    return choose


def _role_word(role: str) -> str:
    return role_word(role).capitalize()


def _show(ready: bool, make: deciding.Make) -> None:
    if st.button(say("Show what changes"), key="parties_show", disabled=not ready):
        deciding.prepare(make)
