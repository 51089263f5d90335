"""The chronology page: the events of the timeline as a table, to select, correct, tag, star, note and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.kept.chronology import ChronologyRow
from kb.ask.kept.present import Present
from kb.ask.kept.spreads import MOST_IMPORTANT, Spread
from kb.components import chronology
from kb.components.chronology import TableRow
from kb.components.mount import fingerprint
from kb.errors import KbError
from kb.store import Store
from kb.views import signing
from kb.views.connection import at, friendly, graph, present
from kb.views.correcting import deciding, undoing
from kb.views.parts import downloads, filters
from kb.views.parts.markup import address, link, page_header, status_word, tab
from kb.views.parts.spans import slot_of
from kb.views.parts.starting import nothing_yet
from kb.words import dated, human, mark, plural, retold, say

_PAGE = 50  # events of a page
_MOST = 500  # that can be decided on at once
_ORDERS = {"first": mark("Earliest first"), "last": mark("Latest first")}


def page() -> None:
    """Draw the chronology page."""
    with friendly():
        filters.follow(graph())
        now = present()
        whole, known = now.answered("opening", ask.opening)
        if not whole.events:
            page_header(say("Chronology"), "")
            nothing_yet(say("No events yet"), say("The chronology comes with articles."))
            return
        tab(say("Chronology"))
        changed = filters.heed()
        row = filters.row()
        row.html(f'<header class="kb-head"><h1>{say("Chronology")}</h1></header>')
        wanted, _ = filters.bar(row, now.store, known, lanes=False)
        with row:
            order = _order()
            kept = {name: value for name, value in st.query_params.to_dict().items() if name in filters.NAMES}
            st.html(f'<p class="kb-ways">{link("", say("As a timeline"), **kept)}</p>')
        _begin(wanted, order, changed)
        _table(now, wanted, latest_first=order == "last")


def _order() -> str:
    key = filters.remember("order", "first")
    if st.session_state[key] not in _ORDERS:
        st.session_state[key] = "first"
    order = str(st.selectbox(say("Order"), list(_ORDERS), key=key, format_func=lambda each: say(_ORDERS[each]),
                             label_visibility="collapsed"))  # fmt: skip
    filters.publish(order=order if order != "first" else "")
    return order


def _begin(wanted: Mapping[str, Any], order: str, changed: set[str]) -> None:
    """Other filters mean another list; what is selected and how far was read stands in the address."""
    state = st.session_state
    asked = fingerprint(wanted, order)
    if state.get("chronology_asked") != asked:
        state.chronology_asked = asked
        state.chronology_pages = _number(st.query_params.get("pages")) if "pages" in changed else 1
    if "selected" in changed or "chronology_selected" not in state:
        state.chronology_selected = [id for id in st.query_params.get("selected", "").split(",") if id][:_MOST]
        state.chronology_cleared = state.get("chronology_cleared", 0) + 1
    filters.publish(pages=state.chronology_pages if state.chronology_pages > 1 else "")


def _number(text: str | None) -> int:
    return min(20, int(text)) if text and text.isdecimal() and int(text) else 1


def _table(now: Present, wanted: Mapping[str, Any], *, latest_first: bool) -> None:
    state = st.session_state
    with st.spinner(say("Reading the chronology …")):
        rows, more = _rows(now, wanted, latest_first)
        total = now.answered(("spread", fingerprint(dict(wanted))), lambda each: _spread(each, wanted))
    if not rows:
        st.caption(say("No dated event fits these filters; clear some of them."))
        return
    if revision := state.pop("chronology_revision", None):
        deciding.show(say("What this changes"), revision)
    fixed = bool(wanted.get("as_of"))
    _selected_bar(now.store, rows, total, wanted, fixed=fixed)
    chronology([_row(each) for each in rows], key="chronology", selected=state.chronology_selected,
               cleared=state.chronology_cleared, fixed=fixed, on_selected=_chosen, on_edit=_written)  # fmt: skip
    if more:
        st.button(
            say("Show more ({left} left)", left=total.total - len(rows)), key="chronology_more", on_click=_further
        )


def _rows(now: Present, wanted: Mapping[str, Any], latest_first: bool) -> tuple[list[ChronologyRow], bool]:
    """The pages that were asked for, each kept for as long as the graph does not change."""
    rows: list[ChronologyRow] = []
    after = None
    for _ in range(st.session_state.chronology_pages):

        def ask_it(graph: Present, after: Any = after) -> Any:
            return ask.chronology(_graph(graph, wanted), limit=_PAGE, after=after, latest_first=latest_first,
                                  **_asked(wanted))  # fmt: skip

        page = now.answered(("chronology", fingerprint(dict(wanted), latest_first, after)), ask_it)
        rows += page.rows
        after = page.after
        if after is None:
            return rows, False
    return rows, True


def _selected_bar(
    store: Store, rows: Sequence[ChronologyRow], total: Spread, wanted: Mapping[str, Any], *, fixed: bool
) -> None:
    """How much is listed and selected, and what can be done with what is selected."""
    chosen = st.session_state.chronology_selected
    with st.container(key="chronology_bar", horizontal=True, vertical_alignment="center", gap="small"):
        told = say(
            "{listed}; {selected}.",
            listed=plural(
                total.total, "{listed} of {n} event listed", "{listed} of {n} events listed", listed=len(rows)
            ),
            selected=plural(len(chosen), "{n} selected", "{n} selected"),
        )
        told += f" {retold(MOST_IMPORTANT)}" if total.cut else ""
        st.html(f'<p class="kb-count-line" role="status">{told}</p>')
        exported = {**wanted, "ids": tuple(chosen)} if chosen else wanted
        downloads.offer(store, "", exported, key="chronology_download",
                        label=say("Export the selected") if chosen else say("Export all"))  # fmt: skip
        if not chosen or fixed:
            return
        st.button(say("Star"), key="chronology_star", on_click=_decide, args=("starred", "yes"))
        st.button(say("Take the star away"), key="chronology_unstar", on_click=_decide, args=("starred", "no"))
        with st.popover(say("Tag")):
            st.text_input(say("Tags, told apart by commas"), key="chronology_tags")
            st.button(say("Set these tags"), key="chronology_tag", on_click=_typed, args=("tags",))
        with st.popover(say("Note")):
            st.text_area(say("Note"), key="chronology_note")
            st.button(say("Set this note"), key="chronology_noted", on_click=_typed, args=("note",))
        st.button(say("Select none"), key="chronology_none", type="tertiary", on_click=_none)


def _chosen() -> None:
    st.session_state.chronology_selected = list(st.session_state.chronology.get("selected") or [])[:_MOST]
    filters.publish(selected=",".join(st.session_state.chronology_selected))


def _none() -> None:
    st.session_state.chronology_selected = []
    st.session_state.chronology_cleared += 1
    filters.publish(selected="")


def _further() -> None:
    st.session_state.chronology_pages += 1


def _typed(field: str) -> None:
    _decide(field, st.session_state[f"chronology_{field}"])


def _decide(field: str, value: str) -> None:
    """Set one field of all that are selected; a callback."""
    first, *others = st.session_state.chronology_selected
    _apply(first, field, value, others)


def _written() -> None:
    """A cell was written in; a callback."""
    edit = st.session_state.chronology.get("edit")
    if edit:
        value = dated(edit["value"]) if edit["field"] == "date" else edit["value"]
        _apply(edit["id"], edit["field"], value)


def _apply(id: str, field: str, value: str, others: Sequence[str] = ()) -> None:
    """Set a field: one decision, however many events it is about. Where it cannot be set, a sentence says why."""
    from ingest.revising import decide, revise  # noqa: PLC0415

    try:
        with signing.writer() as store:
            revision = decide.edit(store, id, field, value, also=others)
            if (
                max(len(revision.effects), len(revision.differences)) > 1 and not others
            ):  # more than what was written: it is shown before it is so
                st.session_state.chronology_revision = revision
                st.session_state.chronology_cleared += 1
                return
            revise.apply(store, revision)
        undoing.note(revision.decision)
    except KbError as error:
        st.toast(str(error))
        # What was written is drawn again as it stands in the graph.
        st.session_state.chronology_cleared += 1


def _row(one: ChronologyRow) -> TableRow:
    event, article = one.event, one.article
    who = ", ".join((*event.people, *(name for name in event.organizations if name != event.place)))
    doubts = (
        retold(event.doubt),
        say("sources disagree") if event.disputed else "",
        say("corrected") if event.corrected else "",
    )
    return TableRow(
        id=event.id, date=human(event.edtf), title=event.title, href=address("event", id=event.id),
        slot=slot_of(event.type), doubt=", ".join(filter(None, doubts)), who=who, where=event.place or "",
        status=status_word(event.status), sources=event.sources, tags=one.tags, note=one.note,
        starred=one.starred, sentence=one.sentence, article=article.name if article else "",
        articleHref=address("articles", article=article.id) if article else "",
    )  # fmt: skip


def _spread(now: Present, wanted: Mapping[str, Any]) -> Spread:
    return ask.spread(_graph(now, wanted), **_asked(wanted))


def _graph(now: Present, wanted: Mapping[str, Any]) -> Any:
    return at(now, wanted.get("as_of"))


def _asked(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if name != "as_of"}
