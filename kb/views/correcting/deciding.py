"""Deciding in the browser: what a human's word changes is shown first, then applied on yes, and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote

import streamlit as st

from kb import ask, decisions
from kb.ask.identity import Merged, Suggestion
from kb.ask.search import Hit
from kb.errors import BadInput, KbError
from kb.models import EventStatus
from kb.store import Store
from kb.views import signing
from kb.views.correcting import ready, undoing
from kb.views.correcting.changes import changes_html, told_of
from kb.views.parts.markup import TYPE_WORDS, plain, reason_words, status_name, type_word
from kb.words import human, mark, plural, say

if TYPE_CHECKING:
    from ingest.revising.revise import Revision

# Given ingest.revising.decide and the store, open for writing, what a human asks for.
Make = Callable[[Any, Store], "Revision"]

# Draws what is to be chosen, and prepares what is asked for.
Choose = Callable[[], None]

_FIELDS = {"title": mark("Title"), "type": mark("Type"), "status": mark("Status"), "name": mark("Name")}
_FOUND = 20  # that can be chosen of what a search finds

_IN_ADDRESS = re.compile(r"[?&](?:event|entity|id)=([^&#\s]+)")


def confirm(title: str, make: Make) -> None:
    """Open the form of a decision that needs no more words: its effects at once, then Apply."""
    open_form(title, effects_of(make))


def offer_rejection(claim: str, key: str) -> None:
    """A button by which a human says that something is no claim. Arguments: id of the claim; key, of the button."""
    if st.button(say("Reject this claim…"), key=key, type="tertiary"):
        confirm(say("This is no claim"), lambda decide, writer: decide.reject(writer, claim))


def effects_of(make: Make) -> Choose:
    """What is drawn first where nothing is to be chosen."""
    return lambda: prepare(make) if _prepared() is None else None


def ask_same(store: Store, id: str, name: str) -> None:
    """Open the form that says what else something is. Arguments: the store to read; id and name of it."""
    open_form(say("What is the same as “{name}”?", name=plain(name)), same_form(store, id))


def same_form(store: Store, id: str) -> Choose:
    """The choice of what else something is: what is suggested, or what a search finds.

    Arguments: the store to read; the id of it.
    """
    found = {_other(each, id): each for each in ask.suggestions(store, of=id)}
    kinds = _kinds_like(store, id)

    def choose() -> None:
        words = {other: _choice(each, other) for other, each in found.items()}
        chosen = st.selectbox(
            say("What may be the same"),
            list(words),
            index=None,
            format_func=words.__getitem__,
            key="same_chosen",
            placeholder=say("Choose one") if words else say("Nothing is suggested"),
            on_change=forget,
        )
        sought = seek(store, say("Or search for another one"), kinds, key="same", without=id)
        other = sought or chosen
        if st.button(say("Show what changes"), key="same_show", disabled=not other):
            prepare(lambda decide, writer: decide.same(writer, [id, other]))

    return choose


def seek(store: Store, label: str, kinds: Collection[str], *, key: str, without: str = "") -> str | None:
    """A field for words of a title or name, and the choice of what has them. Returns: an id, None while none is chosen.

    Arguments: the store to read; the label; which kinds can be chosen ("Event", "Person", …); key, of the widgets;
    without, an id that cannot be chosen. An id, or the address of a panel, is taken too.
    """
    typed = st.text_input(
        label, key=f"{key}_typed", on_change=forget, placeholder=say("Words of its title or name")
    ).strip()
    named = _id_in(typed)
    if not typed or decisions.label_of(store, named):
        return named or None
    hits = [hit for hit in _hits(store, typed) if hit.kind in kinds and hit.id != without]
    if not hits:
        st.caption(say("Nothing of this kind has these words."))
        return None
    words = {hit.id: " · ".join(filter(None, (hit.text, human(hit.edtf, "")))) for hit in hits}
    chosen: str | None = st.selectbox(
        say("Which one?"), list(words), format_func=words.__getitem__, key=f"{key}_found", on_change=forget
    )
    return chosen


def _hits(store: Store, typed: str) -> list[Hit]:
    """What is found at once: the best of each sort."""
    try:
        return [hit for group in ask.search(store, typed, limit=_FOUND).groups for hit in group.hits]
    except BadInput as error:
        st.caption(str(error))
        return []


def _kinds_like(store: Store, id: str) -> tuple[str, ...]:
    """The kind of something, as a search tells it."""
    card = ask.entity(store, id)
    return (card.kind,) if card else ("Event",)


def ask_split(merged: Sequence[Merged], id: str, name: str) -> None:
    """Open the form that parts what was merged. Arguments: what makes it up; its id and name."""
    open_form(say("Who or what is not “{name}”?", name=plain(name)), split_form(merged, id))


def split_form(merged: Sequence[Merged], id: str) -> Choose:
    """The choice of what is another: a name that was merged, or an article. Arguments as `ask_split`."""
    parts: dict[str, str] = {}
    for one in merged if len(merged) > 1 else ():
        parts[one.id] = f"{one.name} ({plural(len(one.articles), '{n} article', '{n} articles')})"
    parts |= {
        article.id: say("What “{name}” means by it", name=article.name) for one in merged for article in one.articles
    }

    def choose() -> None:
        part = st.selectbox(say("Another is meant by"), list(parts), index=None, format_func=parts.__getitem__,
                            key="split_part", placeholder=say("A name, or an article"), on_change=forget)  # fmt: skip
        if st.button(say("Show what changes"), key="split_show", disabled=not part):
            prepare(lambda decide, store: decide.split(store, id, [part]))

    return choose


def ask_edit(id: str, shown: Mapping[str, str]) -> None:
    """Open the form that sets a field. Arguments: id; what is shown now by field, "title", "type", "status", "name"."""
    open_form(say("What is it called?") if list(shown) == ["name"] else say("What is it?"), edit_form(id, shown))


def edit_form(id: str, shown: Mapping[str, str]) -> Choose:
    """The choice of a field and its value. Arguments as `ask_edit`."""

    def choose() -> None:
        fields = list(shown)
        field = fields[0]
        if len(fields) > 1:
            field = str(
                st.selectbox(
                    say("What"), fields, format_func=lambda each: say(_FIELDS[each]), key="edit_field", on_change=forget
                )
            )
        value = _value(field, shown[field])
        if st.button(say("Show what changes"), key="edit_show"):
            prepare(lambda decide, store: decide.edit(store, id, field, value))

    return choose


def _value(field: str, now: str) -> str:
    """The widget for a field's value, and what is in it."""
    key = f"edit_{field}"
    if field == "type":
        kinds = [*TYPE_WORDS, *({now} - TYPE_WORDS.keys())]
        return str(st.selectbox(say("Type"), kinds, index=kinds.index(now), format_func=type_word, key=key,
                                on_change=forget))  # fmt: skip
    if field == "status":
        statuses = list(get_args(EventStatus))
        index = statuses.index(now) if now in statuses else 0
        return str(
            st.selectbox(say("Status"), statuses, index=index, key=key, on_change=forget, format_func=status_name)
        )
    return st.text_input(say(_FIELDS[field]), value=now, key=key, on_change=forget)


def _other(suggestion: Suggestion, id: str) -> str:
    return suggestion.other.id if suggestion.one.id == id else suggestion.one.id


def _choice(suggestion: Suggestion, other: str) -> str:
    side = suggestion.one if suggestion.one.id == other else suggestion.other
    return " · ".join(
        part
        for part in (side.name, human(side.edtf) if side.kind == "Event" else "", reason_words(suggestion.reason))
        if part
    )


def _id_in(typed: str) -> str:
    """The id in what was typed: itself, or what an address of the app names."""
    found = _IN_ADDRESS.search(typed)
    return unquote(found[1]) if found else typed.strip()


def _prepared() -> Revision | None:
    prepared: Revision | None = st.session_state.get("prepared")
    return prepared


def forget() -> None:
    """What was asked for is another thing now: what it would change has to be shown again."""
    st.session_state.prepared = None


def open_form(title: str, choose: Choose) -> None:
    """Open a form in a dialog. Arguments: its title; what draws the choice."""
    ready.begin()
    st.session_state.prepared = None
    st.dialog(title)(form)(choose)


def show(title: str, revision: Revision) -> None:
    """Open a dialog with what a revision would change, and Apply. Arguments: its title; the revision."""
    st.session_state.prepared = revision
    st.dialog(title)(form)(lambda: None)


def form(choose: Choose) -> None:
    """Draw what is in the dialog: the choice, then what it would change, and Apply."""
    choose()
    revision = _prepared()
    if revision is None:
        return
    st.html(changes_html(revision))
    reason = by = ""
    if revision.decision:
        left, right = st.columns(2)
        reason = left.text_input(
            say("Why"), key="decision_reason", placeholder=say("For those who read it later; not needed")
        )
        by = right.text_input(say("Who decides"), value=signing.name(), key="decision_by",
                              disabled=signing.user() is not None)  # fmt: skip
    if st.button(say("Apply"), key="decision_apply", type="primary") and _apply(_signed(revision, by, reason)):
        st.rerun()


def prepare(make: Make) -> None:
    """Try what a human asks for, so that the form tells what it changes."""
    st.session_state.prepared = None
    try:
        with st.spinner(say("Trying what it changes …")):
            from ingest.revising import decide  # noqa: PLC0415

            with signing.writer() as store:
                st.session_state.prepared = make(decide, store)
    except KbError as error:
        st.error(str(error))


def told(revision: Revision) -> str:
    """What a revision changed, in a sentence; "" where nothing that is shown did."""
    return told_of(revision.effects)


def _signed(revision: Revision, by: str, reason: str) -> Revision:
    """The revision with who decides and why; what it changes is the same."""
    old = revision.decision
    if old is None:
        return revision
    new = decisions.new(old.kind, old.targets, at=old.at, by=by.strip() or old.by, reason=reason.strip(),
                        others=old.others, field=old.field, value=old.value)  # fmt: skip
    return replace(revision, decision=new)


def _apply(revision: Revision) -> bool:
    from ingest.revising import revise  # noqa: PLC0415

    try:
        with signing.writer() as store:
            revise.apply(store, revision)
        undoing.note(revision.decision)
    except KbError as error:
        st.error(str(error))
        return False
    st.session_state.prepared = None
    st.cache_data.clear()
    return True
