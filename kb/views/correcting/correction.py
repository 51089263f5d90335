"""Correcting a date in the browser: what it changes is shown first, then applied on yes, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import streamlit as st

from kb import decisions
from kb.errors import KbError
from kb.store import Store
from kb.views import signing
from kb.views.correcting import ready, undoing
from kb.views.correcting.changes import changes_html
from kb.words import dated, human, mark, say

if TYPE_CHECKING:
    from ingest.revising.revise import Revision

Field = Literal["published", "edtf"]
_TITLES = {"published": mark("When was it published?"), "edtf": mark("When did it happen?")}
_EXAMPLES = mark("10 April 2022, March 2022, spring 2022 or 2014")
_FORMS = mark("As an article writes it, with its year: about March 2022, from March to May 2022; or 2022-04-10.")


def offer(store: Store, target: str, field: Field, shown: str | None) -> None:
    """A button that opens the form.

    Arguments: the store to read; the id of an article ("published") or an event ("edtf"); the date as it is (EDTF).
    """
    if st.button(say("Correct the date"), key=f"correct_{field}", type="tertiary"):
        ask(store, target, field, shown)


def ask(store: Store, target: str, field: Field, shown: str | None) -> None:
    """Open the form. Arguments as `offer`."""
    ready.begin(reads=True)
    st.session_state.correction = None
    _form(field)(store, target, field, shown)


def _form(field: Field) -> Callable[[Store, str, Field, str | None], None]:
    return st.dialog(say(_TITLES[field]))(_dialog)


def _dialog(store: Store, target: str, field: Field, shown: str | None) -> None:
    standing = decisions.standing(store, target, field)
    if standing:
        why = f" ({standing.reason})" if standing.reason else ""
        st.caption(say("Corrected by {by} on {date}{why}.", by=standing.by, date=human(standing.at[:10]), why=why))
    with st.form("correction_form", border=False):
        date = st.text_input(
            say("Date"), value=human(shown, ""), key="correction_date", help=say(_FORMS), placeholder=say(_EXAMPLES)
        )
        left, right = st.columns(2)
        reason = left.text_input(say("Why"), key="correction_reason", placeholder=say("For those who read it later"))
        by = right.text_input(say("Who decides"), value=signing.name(), key="correction_by",
                              disabled=signing.user() is not None)  # fmt: skip
        with st.container(horizontal=True):
            asked = st.form_submit_button(say("Show what changes"), key="correction_show")
            back = bool(standing) and st.form_submit_button(say("Back to what the text says"), key="correction_back")
    if asked or back:
        _prepare(target, field, None if back else dated(date), by=by, reason=reason)
    revision: Revision | None = st.session_state.get("correction")
    if revision is not None:
        st.html(changes_html(revision))
        if st.button(say("Apply"), key="correction_apply", type="primary"):
            _apply(revision)
            st.rerun()


def _prepare(target: str, field: Field, date: str | None, *, by: str, reason: str) -> None:
    st.session_state.correction = None
    try:
        with st.spinner(say("Reading what hangs on it …")):
            from ingest.reading.asked_dates import written_date  # noqa: PLC0415
            from ingest.revising import revise  # noqa: PLC0415

            wanted = written_date(date) if date is not None else None

            with signing.writer() as store:
                work = revise.set_published if field == "published" else revise.set_date
                st.session_state.correction = work(store, target, wanted, by=by.strip() or None, reason=reason.strip())
    except KbError as error:
        st.error(str(error))


def _apply(revision: Revision) -> None:
    from ingest.revising import revise  # noqa: PLC0415

    with signing.writer() as store:
        revise.apply(store, revision)
    undoing.note(revision.decision)
    st.session_state.correction = None
    st.cache_data.clear()
