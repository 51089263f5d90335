"""What was decided last, with a way to take it back, for as long as a reader stays on the page."""

from __future__ import annotations

import streamlit as st

from kb.errors import KbError
from kb.models import Decision
from kb.views import signing

_FIELDS = {"edtf": "date", "published": "date of publication", "starred": "star"}
_KINDS = {"same": "These are one now.", "different": "These are kept apart now.", "split": "This is another now.",
          "reject": "It is shown no more."}  # fmt: skip


def note(decision: Decision | None) -> None:
    """Keep in mind what was decided just now. Arguments: the decision; None where one was taken back."""
    if decision:
        st.session_state.undoable = {"id": decision.id, "words": _words(decision)}
    else:
        _forget()


def draw(page: str) -> None:
    """Offer to take back what was decided last on this page. Arguments: page, its url path."""
    known = st.session_state.get("undoable")
    if known and known.setdefault("page", page) != page:
        del st.session_state.undoable
        return
    if known:
        with st.container(key="undo_toast", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<p role="status">{known["words"]}</p>')
            st.button("Undo", key="undo_last", on_click=_undo, args=(known["id"],))
            st.button("Dismiss", key="undo_dismiss", type="tertiary", on_click=_forget)


def _words(one: Decision) -> str:
    """What was decided, in words without any of an article."""
    if one.kind != "edit":
        return _KINDS[one.kind]
    many = f" of {len(one.targets)} events" if len(one.targets) > 1 else ""
    return f"The {_FIELDS.get(one.field or '', one.field)}{many} is changed."


def _forget() -> None:
    st.session_state.pop("undoable", None)


def _undo(id: str) -> None:
    """Take a decision back; a callback."""
    from ingest.revising import decide, revise  # noqa: PLC0415

    try:
        with signing.writer() as store:
            revise.apply(store, decide.undo(store, id))
    except KbError as error:
        st.toast(str(error))
        return
    _forget()
    st.cache_data.clear()
    st.toast("Taken back.")
