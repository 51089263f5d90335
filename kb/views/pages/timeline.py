"""The timeline page: filters, how many events each month holds, the events themselves, and the panel of one."""

from __future__ import annotations

from html import escape
from typing import Any

import altair as alt
import streamlit as st

from kb import ask, decisions
from kb.ask.timeline import FOREGROUND, Facets, Overview, TimelineRow
from kb.ask.words import human
from kb.components import timeline
from kb.components.mount import fingerprint
from kb.components.timeline import Window
from kb.store import Store
from kb.views.connection import at, friendly, graph
from kb.views.pages.network import network_page
from kb.views.parts import downloads, entity_card, event_panel, filters, spans
from kb.views.parts.markup import empty_state, page_header, plain, plural

MOST = 300  # bars that stay quick to move, see kb/components/timeline.py
_SHORT = 15  # seconds that an answer may be old
_DENSE = 80  # events from which on an overview of months helps
_UNDATED = 60
_SHARE = 0.97  # of the events that the first window shows, if there are many: one of another century would hide them


def page() -> None:
    """Draw the timeline page."""
    with friendly():
        store = graph()
        filters.follow(store)
        whole = _overview(store)
        page_header("Timeline", _note(whole))
        if not whole.events:
            empty_state("No events yet", "Add an article on the Add page, or in a terminal:", "kb ingest article.html")
            return
        known = _facets(store)
        wanted, lanes = filters.bar(store, known)
        _unknown(store)
        _as_of(wanted.get("as_of"))
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
        store = graph()
        _begin(wanted, lanes)
        left, right = st.columns([2.05, 1], gap="large")
        with left, st.container(key="chart_side"):
            rows = _chart(store, wanted, lanes, slot_of)
            _undated(store, wanted)
            if rows:
                downloads.offer(store, "Events", wanted, key="timeline_download")
        with right, st.container(key="panel_side"):
            _side(store, rows, wanted)


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


def _chart(store: Store, wanted: dict[str, Any], lanes: str, slot_of: dict[str, int]) -> list[TimelineRow]:
    total = _count(store, **wanted)
    if total >= _DENSE:
        _density(store, wanted)
    partial = total > MOST
    window = st.session_state.timeline_window
    if partial and window is None:
        window = _busiest(store, wanted)
    window = _reaching(store, wanted, window)
    rows = _rows(store, MOST, **(_within(wanted, window) if partial and window else wanted))
    shown = window or spans.window_of(rows, _SHARE if total > 40 else 1)
    if not rows or not shown:
        st.caption(_nothing(total, wanted))
        return []
    whole = spans.window_of_months(_months(store, **wanted)) if partial else None
    inside = _count(store, **_within(wanted, shown)) if partial else total
    st.html(f'<p class="kb-count-line">{_count_line(shown, whole, len(rows), inside, total)}'
            f"{_left_out(store, wanted, total)}</p>")  # fmt: skip
    _draw(_with_selected(at(store, wanted.get("as_of")), rows), lanes, slot_of, shown, whole)
    return rows


def _reaching(store: Store, wanted: dict[str, Any], window: Window | None) -> Window | None:
    """The window, moved once to the event that a link names, where that lies outside what would be shown."""
    state = st.session_state
    awaited, state.event_awaited = state.get("event_awaited"), None
    found = ask.event(at(store, wanted.get("as_of")), awaited) if awaited else None
    if found is None:
        return window
    shown = window or spans.window_of(_rows(store, MOST, **wanted), _SHARE)
    moved = spans.window_with(shown, found.event)
    if moved is None or moved == shown:
        return window
    state.timeline_window, state.timeline_moved = moved, fingerprint(awaited, moved)
    return moved


def _draw(rows: list[TimelineRow], lanes: str, slot_of: dict[str, int], window: Window, whole: Window | None) -> None:
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


def _with_selected(store: ask.Graph, rows: list[TimelineRow]) -> list[TimelineRow]:
    """The chosen event is drawn even where more important ones fill the page."""
    event = st.session_state.event
    if not event or any(row.id == event for row in rows):
        return rows
    found = ask.event(store, event)
    return [*rows, found.event] if found else rows


def _density(store: Store, wanted: dict[str, Any]) -> None:
    months = [{"month": month, "events": count} for month, count in _months(store, **wanted)]
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


def _busiest(store: Store, wanted: dict[str, Any]) -> Window | None:
    return spans.window_of_months(_months(store, **wanted), MOST)


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


def _left_out(store: Store, wanted: dict[str, Any], total: int) -> str:
    """How many events the bar leaves out since articles tell them only in passing."""
    if wanted.get("min_salience") != FOREGROUND:
        return ""
    passing = _count(store, **{name: value for name, value in wanted.items() if name != "min_salience"}) - total
    return f" Told only in passing: {passing:,} more (More filters)." if passing else ""


def _nothing(total: int, wanted: dict[str, Any]) -> str:
    if total:
        return "No event lies in this span; widen it."
    chosen = {name for name, value in wanted.items() if (name, value) != ("min_salience", FOREGROUND)}
    return "No dated event fits these filters; clear some of them." if chosen else "No event has a date yet."


def _undated(store: Store, wanted: dict[str, Any]) -> None:
    """Events without a year have no place on the axis, but are not to be lost."""
    rows = _undated_rows(store, **{k: v for k, v in wanted.items() if k not in ("earliest", "latest")})
    if not rows:
        return
    words = f"{plural(len(rows), 'event')} without a date or a year"
    with st.expander(f"The most important {words}" if len(rows) == _UNDATED else words):
        _list(rows, "undated")


def _side(store: Store, rows: list[TimelineRow], wanted: dict[str, Any]) -> None:
    entity = wanted.get("entity") or wanted.get("place")
    event = st.session_state.event
    if event:
        with st.container(
            key="panel_tools", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.page_link(network_page(), label="Show in network", query_params={"event": event})
            st.button("Close", key="close_event", on_click=_open, args=(None,))
        if wanted.get("as_of"):
            event_panel.show_past(at(store, wanted["as_of"]), event)
        else:
            event_panel.show(store, event)
        return
    if entity:
        entity_card.show(store, entity)
    if rows:
        st.html('<h2 class="kb-side-title">Most important</h2><p class="kb-hint">Choose an event, here or on the '
                "timeline, to read the sentences behind it.</p>")  # fmt: skip
        best = sorted(rows, key=lambda row: (-row.importance, row.earliest or ""))[:10]
        _list(sorted(best, key=lambda row: row.earliest or ""), "important")


def _list(rows: list[TimelineRow], name: str) -> None:
    with st.container(key=f"list_{name}", gap=None):
        for row in rows:
            doubt = f" · {row.doubt}" if row.doubt else ""
            words = f"**{plain(row.when)}**{doubt}  \n{plain(row.title)}"
            st.button(words, key=f"{name}_{row.id}", type="tertiary", on_click=_open, args=(row.id,), width="stretch")


@st.cache_data(ttl=_SHORT, show_spinner=False)
def _overview(_store: Store) -> Overview:
    return ask.overview(_store)


@st.cache_data(ttl=_SHORT, show_spinner=False)
def _facets(_store: Store) -> Facets:
    return ask.facets(_store)


@st.cache_data(ttl=_SHORT, max_entries=64, show_spinner=False)
def _rows(_store: Store, limit: int, **wanted: Any) -> list[TimelineRow]:
    return ask.timeline(at(_store, wanted.pop("as_of", None)), limit=limit, **wanted)


@st.cache_data(ttl=_SHORT, max_entries=64, show_spinner=False)
def _undated_rows(_store: Store, **wanted: Any) -> list[TimelineRow]:
    return ask.undated(at(_store, wanted.pop("as_of", None)), limit=_UNDATED, **wanted)


@st.cache_data(ttl=_SHORT, max_entries=64, show_spinner=False)
def _count(_store: Store, **wanted: Any) -> int:
    return ask.count_timeline(at(_store, wanted.pop("as_of", None)), **wanted)


@st.cache_data(ttl=_SHORT, max_entries=64, show_spinner=False)
def _months(_store: Store, **wanted: Any) -> list[tuple[str, int]]:
    return ask.density(at(_store, wanted.pop("as_of", None)), **wanted)
