"""What was decided last, with a way to take it back, for as long as a reader stays on the page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from kb.errors import KbError
from kb.models import Decision
from kb.views import signing
from kb.words import mark, pair, plural, say

_FIELDS = {
    "edtf": mark("The date is changed."), "published": mark("The date of publication is changed."),
    "title": mark("The title is changed."), "type": mark("The type is changed."),
    "status": mark("The status is changed."), "name": mark("The name is changed."),
    "starred": mark("The star is changed."), "tags": mark("The tags are changed."),
    "note": mark("The note is changed."), "article": mark("The article is changed."),
    "participant": mark("Who took part is changed."), "place": mark("The place is changed."),
}  # fmt: skip
_MANY = {
    "starred": pair("The star of {n} event is changed.", "The star of {n} events is changed."),
    "tags": pair("The tags of {n} event are changed.", "The tags of {n} events are changed."),
    "note": pair("The note of {n} event is changed.", "The note of {n} events is changed."),
}
_KINDS = {
    "same": mark("These are one now."),
    "different": mark("These are kept apart now."),
    "split": mark("This is another now."),
    "reject": mark("It is shown no more."),
    "add": mark("It is added."),
}


Back = Callable[[], None]
"""What is done once something was taken back."""


def note(decision: Decision | None, told: str = "", then: Back | None = None) -> None:
    """Keep in mind what was decided just now.

    Arguments: the decision, None where one was taken back; told, what came of it, in words; then, what is done once it
    is taken back.
    """
    if decision:
        offer(told or _words(decision), lambda: _revoke(decision.id), then)
    else:
        _forget()


def offer(words: str, back: Back, then: Back | None = None) -> None:
    """Keep in mind what was done just now. Arguments: words that say it; back, what takes it back; then, as `note`."""
    st.session_state.undoable = {"words": words, "back": back, "then": then}


def draw(page: str) -> None:
    """Offer to take back what was decided last on this page. Arguments: page, its url path."""
    known = st.session_state.get("undoable")
    if known and known.setdefault("page", page) != page:
        del st.session_state.undoable
        return
    if known:
        with st.container(key="undo_toast", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<p role="status">{escape(known["words"])}</p>')
            st.button(say("Undo"), key="undo_last", shortcut="u", on_click=_undo, args=(known["back"], known["then"]))
            st.button(say("Dismiss"), key="undo_dismiss", type="tertiary", on_click=_forget)


def _words(one: Decision) -> str:
    """What was decided, in words."""
    if one.kind != "edit":
        return say(_KINDS[one.kind])
    field = one.field or "title"
    if len(one.targets) > 1 and field in _MANY:
        return plural(len(one.targets), *_MANY[field])
    return say(_FIELDS[field])


def _forget() -> None:
    st.session_state.pop("undoable", None)


def _revoke(id: str) -> None:
    from ingest.revising import decide, revise  # noqa: PLC0415

    with signing.writer() as store:
        revise.apply(store, decide.undo(store, id))


def _undo(back: Back, then: Back | None) -> None:
    """Take back what was done last; a callback."""
    try:
        back()
    except KbError as error:
        st.toast(str(error))
        return
    _forget()
    st.cache_data.clear()
    if then:
        then()
    st.toast(say("Taken back."))
