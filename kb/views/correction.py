"""Correcting a date in the browser: what it changes is shown first, then applied on yes, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Literal

import streamlit as st

from kb import decisions
from kb.edtf import Edtf
from kb.errors import BadInput, InvalidDate, KbError
from kb.query_rows import human
from kb.store import Settings, Store, open_store
from kb.views.markup import plural

if TYPE_CHECKING:
    from ingest.revise import Difference, Revision

Field = Literal["published", "edtf"]
_TITLES = {"published": "When was it published?", "edtf": "When did it happen?"}
_EXAMPLES = "2022-02-24, 2022-02 or 2014"
_FORMS = "A day, a month or a year; 2022-03-27/2022-04-02 for a span; ~ after it for about."
_SHOWN = 60  # differences told one by one
_KINDS = {"published": "Published", "time": "Words", "event": "Event", "claim": "Said"}


def offer(store: Store, target: str, field: Field, shown: str | None) -> None:
    """A button that opens the form.

    Arguments: the store to read; the id of an article ("published") or an event ("edtf"); the date as it is (EDTF).
    """
    if st.button("Correct the date", key=f"correct_{field}", type="tertiary"):
        st.session_state.correction = None
        _form(field)(store, target, field, shown)


def _form(field: Field) -> Callable[[Store, str, Field, str | None], None]:
    return st.dialog(_TITLES[field], width="large")(_dialog)


def _dialog(store: Store, target: str, field: Field, shown: str | None) -> None:
    standing = decisions.standing(store, target, field)
    if standing:
        why = f" ({standing.reason})" if standing.reason else ""
        st.caption(f"Corrected by {standing.by} on {human(standing.at[:10])}{why}.")
    with st.form("correction_form", border=False):
        date = st.text_input("Date", value=shown or "", key="correction_date", help=_FORMS, placeholder=_EXAMPLES)
        left, right = st.columns(2)
        reason = left.text_input("Why", key="correction_reason", placeholder="For those who read it later")
        by = right.text_input("Who decides", value=decisions.somebody(), key="correction_by")
        with st.container(horizontal=True):
            asked = st.form_submit_button("Show what changes", key="correction_show")
            back = bool(standing) and st.form_submit_button("Back to what the text says", key="correction_back")
    if asked or back:
        _prepare(target, field, None if back else date, by=by, reason=reason)
    revision: Revision | None = st.session_state.get("correction")
    if revision is not None:
        st.html(differences_html(revision.differences))
        # No primary button: a dialog stands outside the element whose colour scheme decides the ink on it.
        if st.button("Apply", key="correction_apply"):
            _apply(revision)
            st.rerun()


def _prepare(target: str, field: Field, date: str | None, *, by: str, reason: str) -> None:
    st.session_state.correction = None
    try:
        wanted = _edtf(date) if date is not None else None
        with st.spinner("Reading what hangs on it …"):
            from ingest import revise  # noqa: PLC0415 (the language model loads only when something is read)

            with open_store(Settings.from_env(), role="writer") as store:
                work = revise.set_published if field == "published" else revise.set_date
                st.session_state.correction = work(store, target, wanted, by=by.strip() or None, reason=reason.strip())
    except KbError as error:
        st.error(str(error))


def _edtf(text: str) -> Edtf:
    if not text.strip():
        raise BadInput("Give a date, such as 2022-02-24.")
    try:
        return Edtf(text.strip())
    except InvalidDate as error:
        raise BadInput(f"The date cannot be used: {error}.") from error


def _apply(revision: Revision) -> None:
    from ingest import revise  # noqa: PLC0415 (see _prepare)

    with open_store(Settings.from_env(), role="writer") as store:
        revise.apply(store, revision)
    st.session_state.correction = None
    st.cache_data.clear()


def differences_html(differences: tuple[Difference, ...]) -> str:
    """What a change alters, as an HTML table; every word from the graph is escaped."""
    if not differences:
        return '<p class="kb-count-line" role="status">Nothing else changes.</p>'
    rows = "".join(_row(one) for one in differences[:_SHOWN])
    more = len(differences) - _SHOWN
    rest = f'<p class="kb-hint">{more:,} more are not shown here.</p>' if more > 0 else ""
    count = f'<p class="kb-count-line" role="status">{plural(len(differences), "difference")}</p>'
    head = "<tr><th>What</th><th>Was</th><th>Becomes</th></tr>"
    return f'{count}<table class="kb-differences"><thead>{head}</thead><tbody>{rows}</tbody></table>{rest}'


def _row(one: Difference) -> str:
    was = "not there" if one.change == "new" else human(one.before, "no date")
    becomes = "gone" if one.change == "gone" else human(one.after, "no date")
    sentence = f"<small>{escape(' '.join(one.sentence.split()))}</small>" if one.sentence else ""
    what = f"<b>{_KINDS[one.kind]}</b> {escape(' '.join(one.words.split()))}{sentence}"
    return f"<tr><td>{what}</td><td>{escape(was)}</td><td><strong>{escape(becomes)}</strong></td></tr>"
