"""The timeline page: filters, how many events each month holds, the events themselves, and the panel of one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import altair as alt
import streamlit as st

from kb import ask, decisions
from kb.ask.event import EventDetail
from kb.ask.kept.present import Present
from kb.ask.kept.screen import Screen
from kb.ask.timeline import Overview, Spread, TimelineRow
from kb.ask.words import human
from kb.components import timeline
from kb.components.mount import fingerprint
from kb.components.timeline import Window
from kb.counted import FOREGROUND
from kb.store import Store
from kb.views.connection import at, friendly, graph, present
from kb.views.pages.network import network_page
from kb.views.parts import downloads, entity_card, event_panel, filters, spans
from kb.views.parts.markup import empty_state, page_header, plain, plural

MOST = 300  # bars that stay quick to move, see kb/components/timeline.py
_DENSE = 80  # events from which on an overview of months helps
_UNDATED = 60
_SHARE = 0.97  # of the events that the first window shows, if there are many: one of another century would hide them


def page() -> None:
    """Draw the timeline page."""
    with friendly():
        filters.follow(graph())
        now = present()
        whole, known = now.answered("opening", ask.opening)
        page_header("Timeline", _note(whole))
        if not whole.events:
            empty_state("No events yet", "Add an article on the Add page, or in a terminal:", "kb ingest article.html")
            return
        wanted, lanes = filters.bar(now.store, known)
        _unknown(now.store)
        _as_of(wanted.get("as_of"))
        st.session_state.timeline_now = now
        _explorer(wanted, lanes, spans.slots(known.types))


def _note(whole: Overview) -> str:
    span = f", {human(whole.first)} to {human(whole.last)}" if whole.first and whole.last else ""
    return f"{plural(whole.events, 'event')} from {plural(whole.articles, 'article')}{span}"


def _unknown(store: Store) -> None:
    """Say what the address names that the graph does not hold."""
    for name, word in (("entity", "a name"), ("place", "a place"), ("part_of", "an event")):
        id = st.query_params.get(name)
        if id and decisions.label_of(store, id) is None:
            st.warning(
                f"The address names {word} that the graph does not hold ({id}); clear that filter to see the rest."
            )


def _as_of(day: str | None) -> None:
    """Say that what is shown is not the present, and lead back to it."""
    if day:
        with st.container(horizontal=True, vertical_alignment="center", key="as_of_note"):
            st.html(
                f'<p class="kb-count-line">As it was recorded by the end of <strong>{escape(human(day))}</strong></p>'
            )
            st.button("Show the present", on_click=filters.forget, args=("asof",))


@st.fragment
def _explorer(wanted: dict[str, Any], lanes: str, slot_of: dict[str, int]) -> None:
    """Everything that a click or a zoom changes; the rest of the page stays as it is."""
    with friendly():
        # Drawn with the page it is the graph of the page; drawn by itself it looks whether that changed since.
        now = st.session_state.pop("timeline_now", None) or present()
        _begin(wanted, lanes)
        left, right = st.columns([2.05, 1], gap="large")
        with left, st.container(key="chart_side"):
            shown = _chart(now, wanted, lanes, slot_of)
            _undated(shown.undated)
            if shown.rows:
                downloads.offer(now.store, "Events", wanted, key="timeline_download")
        with right, st.container(key="panel_side"):
            _side(now, shown.rows, wanted)


def _begin(wanted: dict[str, Any], lanes: str) -> None:
    """Other filters mean another window; the first run takes the event from the address."""
    state = st.session_state
    linked = st.query_params.get("event")
    if "event" not in state or state.get("event_linked") != linked:
        state.event = state.event_linked = state.event_awaited = linked
    asked = fingerprint(wanted, lanes)
    if state.get("timeline_asked") != asked:
        state.timeline_asked = state.timeline_moved = asked
        state.timeline_window = state.timeline_brush = None


def _chart(now: Present, wanted: dict[str, Any], lanes: str, slot_of: dict[str, int]) -> Screen:
    every = _spread(now, wanted)
    total, months = every.total, every.density
    if total >= _DENSE:
        _density(months)
    partial = total > MOST
    window = st.session_state.timeline_window
    if partial and window is None:
        window = spans.window_of_months(months, MOST)
    window = _reaching(now, wanted, window)
    found = _screen(now, _within(wanted, window) if partial and window else wanted)
    shown = window or spans.window_of(found.rows, _SHARE if total > 40 else 1)
    if not found.rows or not shown:
        st.caption(_nothing(total, wanted))
        return Screen((), found.undated)
    whole = spans.window_of_months(months) if partial else None
    inside = _inside(now, wanted, shown, len(found.rows)) if partial else total
    st.html(f'<p class="kb-count-line">{_count_line(shown, whole, len(found.rows), inside, total)}'
            f"{_left_out(every.left_out)}</p>")  # fmt: skip
    _draw(_with_selected(now, wanted, found.rows), lanes, slot_of, shown, whole)
    return found


def _reaching(now: Present, wanted: dict[str, Any], window: Window | None) -> Window | None:
    """The window, moved once to the event that a link names, where that lies outside what would be shown."""
    state = st.session_state
    awaited, state.event_awaited = state.get("event_awaited"), None
    found = _event(now, awaited, wanted.get("as_of")) if awaited else None
    if found is None:
        return window
    shown = window or spans.window_of(_screen(now, wanted).rows, _SHARE)
    moved = spans.window_with(shown, found.event)
    if moved is None or moved == shown:
        return window
    state.timeline_window, state.timeline_moved = moved, fingerprint(awaited, moved)
    return moved


def _inside(now: Present, wanted: dict[str, Any], window: Window, drawn: int) -> int:
    """How many events touch a window of which so many are drawn."""
    return drawn if drawn < MOST else _spread(now, _within(wanted, window)).total


def _draw(
    rows: Sequence[TimelineRow], lanes: str, slot_of: dict[str, int], window: Window, whole: Window | None
) -> None:
    extent = whole or spans.window_of(rows) or window
    groups = spans.lanes_of(rows, lanes)
    timeline(
        spans.items(rows, slot_of, extent, groups, lanes), groups, window, key="timeline", extent=extent,
        moved=st.session_state.timeline_moved, legend=spans.legend(rows, slot_of), selected=st.session_state.event,
        partial=whole is not None, roomy=st.session_state.timeline_window is None, reveals=".st-key-panel_tools",
        on_selected=_selected, on_window=_zoomed,
    )  # fmt: skip


def _selected() -> None:
    _open(st.session_state.timeline.get("selected"))


def _zoomed() -> None:
    window = st.session_state.timeline.get("window")
    st.session_state.timeline_window = (window[0], window[1]) if window else None


def _open(event: str | None) -> None:
    st.session_state.event = st.session_state.event_linked = event
    filters.publish(event=event)


def _with_selected(now: Present, wanted: dict[str, Any], rows: Sequence[TimelineRow]) -> Sequence[TimelineRow]:
    """The chosen event is drawn even where more important ones fill the page."""
    event = st.session_state.event
    if not event or any(row.id == event for row in rows):
        return rows
    found = _event(now, event, wanted.get("as_of"))
    return [*rows, found.event] if found else rows


def _density(counted: list[tuple[str, int]]) -> None:
    months = [{"month": month, "events": count} for month, count in counted]
    if len(months) < 4:
        return
    brush = alt.selection_interval(encodings=["x"], name="span")
    axis = alt.Axis(
        format="%Y", tickCount="year", grid=False, ticks=False, domain=False, labelColor="#7b8088", labelFontSize=12
    )
    bars = alt.Chart(alt.InlineData(values=months)).mark_bar(color="#6f8fae").encode(
        x=alt.X("yearmonth(month):T", title=None, axis=axis, scale=alt.Scale(nice=False)),
        # By the root: one month of very many events would leave nothing to see of all others.
        y=alt.Y("events:Q", title=None, axis=None, scale=alt.Scale(type="sqrt")),
        opacity=alt.condition(brush, alt.value(0.95), alt.value(0.4)),
        tooltip=[alt.Tooltip("yearmonth(month):T", title="Month"), alt.Tooltip("events:Q", title="Events")],
    ).add_params(brush).properties(height=76, background="transparent").configure_view(stroke=None)  # fmt: skip
    words = "How many events each month holds. Drag across months to look at them alone."
    st.altair_chart(
        bars, key="density", on_select=_brushed, selection_mode="span", width="stretch", theme=None, alt=words
    )


def _brushed() -> None:
    state = st.session_state
    picked = (state.density.get("selection", {}).get("span") or {}) if state.get("density") else {}
    edges = next(iter(picked.values()), None)
    if edges == state.get("timeline_brush"):
        return
    state.timeline_brush = edges
    state.timeline_window = spans.window_of_milliseconds(edges[0], edges[-1]) if edges else None
    state.timeline_moved = fingerprint(edges, state.timeline_asked)


def _within(wanted: dict[str, Any], window: Window) -> dict[str, Any]:
    earliest, latest = wanted.get("earliest") or "", wanted.get("latest") or "9999"
    return {**wanted, "earliest": max(earliest, window[0]), "latest": min(latest, window[1])}


def _count_line(window: Window, whole: Window | None, drawn: int, inside: int, total: int) -> str:
    if whole is None:
        return f"Showing {'all ' if total > 1 else ''}{plural(total, 'dated event')}."
    span = f"{human(max(window[0], whole[0]))} to {human(min(window[1], whole[1]))}"
    if inside > drawn:
        return f"Showing the {drawn:,} most important of {inside:,}, {span}. Zoom in for more; {total:,} in all."
    return f"Showing all {plural(inside, 'event')}, {span}; {total:,} in all."


def _left_out(passing: int) -> str:
    """How many events the bar leaves out since articles tell them only in passing."""
    return f" Told only in passing: {passing:,} more (More filters)." if passing else ""


def _nothing(total: int, wanted: dict[str, Any]) -> str:
    if total:
        return "No event lies in this span; widen it."
    chosen = {name for name, value in wanted.items() if (name, value) != ("min_salience", FOREGROUND)}
    return "No dated event fits these filters; clear some of them." if chosen else "No event has a date yet."


def _undated(rows: Sequence[TimelineRow]) -> None:
    """Events without a year have no place on the axis, but are not to be lost."""
    if not rows:
        return
    words = f"{plural(len(rows), 'event')} without a date or a year"
    with st.expander(f"The most important {words}" if len(rows) == _UNDATED else words):
        _list(rows, "undated")


def _side(now: Present, rows: Sequence[TimelineRow], wanted: dict[str, Any]) -> None:
    entity = wanted.get("entity") or wanted.get("place")
    event = st.session_state.event
    if event:
        with st.container(
            key="panel_tools", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.page_link(network_page(), label="Show in network", query_params={"event": event})
            st.button("Close", key="close_event", on_click=_open, args=(None,))
        if wanted.get("as_of"):
            event_panel.show_past(at(now, wanted["as_of"]), event)
        else:
            event_panel.show(now.store, event)
        return
    if entity:
        entity_card.show(now.store, entity)
    if rows:
        st.html('<h2 class="kb-side-title">Most important</h2><p class="kb-hint">Choose an event, here or on the '
                "timeline, to read the sentences behind it.</p>")  # fmt: skip
        best = sorted(rows, key=lambda row: (-row.importance, row.earliest or ""))[:10]
        _list(sorted(best, key=lambda row: row.earliest or ""), "important")


def _list(rows: Sequence[TimelineRow], name: str) -> None:
    with st.container(key=f"list_{name}", gap=None):
        for row in rows:
            doubt = f" · {row.doubt}" if row.doubt else ""
            words = f"**{plain(row.when)}**{doubt}  \n{plain(row.title)}"
            st.button(words, key=f"{name}_{row.id}", type="tertiary", on_click=_open, args=(row.id,), width="stretch")


def _spread(now: Present, wanted: dict[str, Any]) -> Spread:
    def ask_it(graph: Present) -> Spread:
        return ask.spread(at(graph, wanted.get("as_of")), **_asked(wanted))

    return now.answered(("spread", fingerprint(wanted)), ask_it)


def _screen(now: Present, wanted: dict[str, Any]) -> Screen:
    def ask_it(graph: Present) -> Screen:
        return ask.screen(at(graph, wanted.get("as_of")), limit=MOST, most_undated=_UNDATED, **_asked(wanted))

    return now.answered(("screen", fingerprint(wanted)), ask_it)


def _event(now: Present, event: str, day: str | None) -> EventDetail | None:
    return now.answered(("event", event, day), lambda graph: ask.event(at(graph, day), event))


def _asked(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if name != "as_of"}
