"""The timeline page: one row of filters, the events of a window, an overview of all, and the panel of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from kb import ask, decisions
from kb.ask.event import EventDetail
from kb.ask.kept.present import Present
from kb.ask.kept.screen import Screen
from kb.ask.kept.spreads import MOST_IMPORTANT, Spread
from kb.ask.timeline import Facets, Overview, TimelineRow
from kb.components import timeline
from kb.components.mount import fingerprint
from kb.components.timeline import Drawing, Inside, Window, prepared
from kb.counted import FOREGROUND
from kb.store import Store
from kb.views.connection import at, friendly, graph, present
from kb.views.pages.network import network_page
from kb.views.parts import downloads, entity_card, event_panel, filters, spans
from kb.views.parts.event_told import event_told
from kb.views.parts.markup import link, page_header, plain, tab, title_of
from kb.views.parts.starting import nothing_yet
from kb.words import human, language, mark, pair, plural, retold, say

MOST = 300  # events that are asked for at once, about as many as a large screen has room for
_UNDATED = 60
_ON_PAPER = 100  # events that are listed where the page is printed, the most important
_FEW = 40  # events up to which the first window shows all: of more, one of another century would hide the others
_SHARE = 0.9  # of the events that the first window shows, if there are many
_ARTICLES = pair("{n} article", "{n} articles")
_PASSING = pair("Told only in passing: {n} more (More filters).", "Told only in passing: {n} more (More filters).")
_EVERY_UNDATED = pair("{n} event without a date or a year", "{n} events without a date or a year")
_BEST_UNDATED = pair("The most important {n} event without a date or a year",
                     "The most important {n} events without a date or a year")  # fmt: skip
_UNKNOWN = {
    "entity": mark("The address names a name that the graph does not hold ({id}); clear that filter to see the rest."),
    "place": mark("The address names a place that the graph does not hold ({id}); clear that filter to see the rest."),
    "part_of": mark("The address names an event that the graph does not hold ({id}); "
                    "clear that filter to see the rest."),
}  # fmt: skip
_STAYING = frozenset(("type", "status", "min_salience", "min_confidence"))  # filters that do not move the window


@dataclass(frozen=True, slots=True)
class _Chart:
    """What the chart is drawn from: all that pass the filters, those of the window, and what is to be seen of them."""

    every: Spread
    types: dict[str, int]
    found: Screen
    window: Window
    extent: Window
    partial: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chart as it was drawn last: for what, with which events in which window, and those that have no place on it."""

    asked: str
    drawn: dict[str, Any]
    rows: Sequence[TimelineRow]
    window: Window
    undated: Sequence[TimelineRow]

    @property
    def events(self) -> frozenset[str]:
        """The ids of its events."""
        return frozenset(row.id for row in self.rows)


def page() -> None:
    """Draw the timeline page."""
    with friendly():
        filters.follow(graph())
        now = present()
        whole, known = now.answered("opening", ask.opening)
        if not whole.events:
            page_header(say("Timeline"), "")
            nothing_yet(say("No events yet"), say("The timeline comes with articles."))
            return
        tab(say("Timeline"))
        # Drawn with the page it is the graph of the page; drawn by itself it looks whether that changed since.
        st.session_state.timeline_now = now, whole, known
        _explorer()


@st.fragment
def _explorer() -> None:
    """Everything that a click or a zoom changes; the frame around it stays as it is."""
    with friendly():
        now, whole, known = st.session_state.pop("timeline_now", None) or _anew()
        changed = filters.heed()
        row = filters.row()
        row.html(f'<header class="kb-head"><h1>{say("Timeline")}</h1></header>')
        wanted, lanes = filters.bar(row, now.store, known)
        with row:
            _ways(now.store, wanted)
        _unknown(now.store)
        _as_of(wanted.get("as_of"))
        _begin(wanted, changed)
        with st.container(key="explorer"):
            with st.container(key="chart_side"):
                undated = _chart(now, wanted, lanes)
                _undated(undated)
                st.html(f'<p class="kb-hint">{_note(whole)}</p>')
            if st.session_state.event or wanted.get("entity") or wanted.get("place"):
                with st.container(key="panel_side"):
                    _side(now, wanted)


def _anew() -> tuple[Present, Overview, Facets]:
    now = present()
    return now, *now.answered("opening", ask.opening)


def _ways(store: Store, wanted: dict[str, Any]) -> None:
    """What can be done with what the filters leave: as files, as a table."""
    downloads.offer(store, "", wanted, key="timeline_download")
    kept = {name: value for name, value in st.query_params.to_dict().items() if name in filters.NAMES}
    st.html(f'<p class="kb-ways">{link("chronology", say("As a table"), **kept)}</p>')


def _note(whole: Overview) -> str:
    span = (
        ", " + say("{first} to {last}", first=human(whole.first), last=human(whole.last))
        if whole.first and whole.last
        else ""
    )
    events, articles = plural(whole.events, "{n} event", "{n} events"), plural(whole.articles, *_ARTICLES)
    return say("{events} from {articles}", events=events, articles=articles) + span


def _unknown(store: Store) -> None:
    """Say what the address names that the graph does not hold."""
    for name, unknown in _UNKNOWN.items():
        id = st.query_params.get(name)
        if id and decisions.label_of(store, id) is None:
            st.warning(say(unknown, id=id))


def _as_of(day: str | None) -> None:
    """Say that what is shown is not the present, and lead back to it."""
    if day:
        with st.container(horizontal=True, vertical_alignment="center", key="as_of_note"):
            told = say("As it was recorded by the end of {date}", date=f"<strong>{escape(human(day))}</strong>")
            st.html(f'<p class="kb-count-line">{told}</p>')
            st.button(say("Show the present"), on_click=filters.forget, args=("asof",))


def _begin(wanted: dict[str, Any], changed: set[str]) -> None:
    """What the address says of event and window; other filters mean another window, unless they only sift."""
    state = st.session_state
    if "event" in changed or "event" not in state:
        state.event = st.query_params.get("event")
        state.event_awaited = None if "window" in st.query_params else state.event
    asked = fingerprint({name: value for name, value in wanted.items() if name not in _STAYING})
    other = state.get("timeline_asked") != asked
    linked = spans.window_in(st.query_params.get("window")) if "window" in changed else None
    if other or "window" in changed:
        state.timeline_asked = asked
        state.timeline_window = linked
        state.timeline_moved = fingerprint(asked, linked, state.get("timeline_moved"))
        if linked is None:
            filters.publish(window=None)


def _chart(now: Present, wanted: dict[str, Any], lanes: str) -> Sequence[TimelineRow]:
    """Draw the chart. Returns: the events that have no place on it."""
    state = st.session_state
    kept: _Kept | None = state.get("timeline_kept")
    # A click changes nothing of the chart but what is chosen: the reader waits for the panel alone.
    if (
        kept is None
        or kept.asked != _state_of(now, wanted, lanes)
        or state.event_awaited
        or state.event not in {None, *kept.events}
    ):
        with st.spinner(say("Reading the timeline …")):
            chart = _read(now, wanted, state.timeline_window, partial(_reaching, now, wanted))
        if chart is None:
            st.caption(_nothing(wanted))
            return _screen(now, wanted).undated
        kept = state.timeline_kept = _prepared(now, wanted, lanes, chart)
    timeline(kept.drawn, key="timeline", selected=state.event, on_selected=_selected, on_window=_zoomed,
             on_types=_typed)  # fmt: skip
    _printed(now, wanted, kept)
    return kept.undated


def _printed(now: Present, wanted: dict[str, Any], kept: _Kept) -> None:
    """What paper has below the chart, as nothing can be opened there: the events of the window and who tells each."""
    inside = _on_paper(kept.rows, kept.window)
    told = _beside(now, wanted, inside)
    lines = (f"<li><strong>{escape(human(row.edtf))}</strong> {escape(title_of(row))} "
             f"<small>{escape(', '.join(told[row.id].publishers) if row.id in told else '')}</small></li>"
             for row in sorted(inside, key=lambda row: (row.earliest or '', row.id)))  # fmt: skip
    title = say("Events and their sources")
    st.html(f'<section class="kb-printed"><h2>{title}</h2><ol>{"".join(lines)}</ol></section>')


def _prepared(now: Present, wanted: dict[str, Any], lanes: str, chart: _Chart) -> _Kept:
    """What the browser draws of a chart."""
    rows = _with_selected(now, wanted, chart.found.rows)
    also = _also(now, wanted, rows, lanes)
    groups = spans.lanes_of(rows, lanes, also=also, before=_lanes_before(lanes))
    st.session_state.timeline_lanes = (lanes, [lane.id for lane in groups if lane.id != spans.OTHER_LANE])
    drawing = Drawing(
        items=spans.items(rows, chart.extent, groups, lanes, also), groups=groups, window=chart.window,
        extent=chart.extent, months=chart.every.density, total=chart.every.total, counts=_inside(now, wanted, chart),
        moved=st.session_state.timeline_moved, types=spans.legend(*filters.sifted(chart.types)),
        partial=chart.partial, note=_left_out(chart.every),
        roomy=st.session_state.timeline_window is None and not chart.partial, reveals=".st-key-panel_tools",
    )  # fmt: skip
    return _Kept(_state_of(now, wanted, lanes), prepared(drawing), rows, chart.window, chart.found.undated)


def _state_of(now: Present, wanted: dict[str, Any], lanes: str) -> str:
    """What a chart depends on, but for the chosen event."""
    state = st.session_state
    return fingerprint(language(), now.version, wanted, lanes, state.timeline_window, state.timeline_moved)


def _on_paper(rows: Sequence[TimelineRow], window: Window) -> list[TimelineRow]:
    return [row for row in rows if spans.meets(row, window)][:_ON_PAPER]


def _also(now: Present, wanted: dict[str, Any], rows: Sequence[TimelineRow], lanes: str) -> spans.Also:
    """Who published the events and how they are tagged, asked only where lanes are by these."""
    return _beside(now, wanted, rows) if lanes in ("publishers", "tags") else {}


def _beside(now: Present, wanted: dict[str, Any], rows: Sequence[TimelineRow]) -> spans.Also:
    ids = tuple(row.id for row in rows)
    return now.answered(
        ("beside", fingerprint(ids, wanted.get("as_of"))), lambda each: ask.beside(at(each, wanted.get("as_of")), ids)
    )


def _lanes_before(lanes: str) -> list[str]:
    by, names = st.session_state.get("timeline_lanes", ("", []))
    return list(names) if by == lanes else []


def warm(now: Present) -> None:
    """Ask what the first visitor will be shown, and what the panel of one event tells. Raises: StoreError."""
    now.answered("opening", ask.opening)
    chart = _read(now, filters.USUAL, None, lambda window: window)
    if chart and chart.found.rows:
        _inside(now, filters.USUAL, chart)
        _beside(now, filters.USUAL, _on_paper(chart.found.rows, chart.window))
        event_told(now.store, chart.found.rows[0].id)


def _read(
    now: Present, wanted: dict[str, Any], chosen: Window | None, reaching: Callable[[Window], Window]
) -> _Chart | None:
    """What the chart is drawn from; None where nothing is dated.

    Arguments: the graph; the filters; chosen, the window that a reader moved to; reaching, which moves one to what has
    to be seen.
    """
    unsifted = _spread(now, {name: value for name, value in wanted.items() if name != "type"})
    every = unsifted.of(wanted.get("type", ()))
    many = every.total > MOST
    months = spans.window_of_months(every.density)
    asked = spans.asked_window(wanted.get("earliest"), wanted.get("latest"), months or ("", ""))
    few = _screen(now, wanted) if not many or not months else Screen((), ())
    extent = spans.joined(months, spans.window_of(few.rows))
    if not extent:
        return None
    opening = spans.window_of_months(every.density, _SHARE) if every.total > _FEW else extent
    window = reaching(chosen or asked or opening or extent)
    found = _screen(now, _within(wanted, window)) if many else few
    extent = spans.joined(extent, window) if asked else extent
    return _Chart(every, dict(unsifted.types), found, window, extent or window, many)


def _reaching(now: Present, wanted: dict[str, Any], window: Window) -> Window:
    """The window, moved once to the event that a link names, where that lies outside what would be shown."""
    state = st.session_state
    awaited, state.event_awaited = state.get("event_awaited"), None
    found = _event(now, awaited, wanted.get("as_of")) if awaited else None
    moved = spans.window_with(window, found.event) if found else None
    if moved is None or moved == window:
        return window
    state.timeline_window, state.timeline_moved = moved, fingerprint(awaited, moved)
    return moved


def _inside(now: Present, wanted: dict[str, Any], chart: _Chart) -> Inside:
    """How many events touch the window; where all of them are at hand the browser counts by itself."""
    if not chart.partial:
        return Inside(chart.window, len(chart.found.rows))
    spread = _spread(now, _within(wanted, chart.window))
    return Inside(chart.window, spread.total, spread.months[""])


def _selected() -> None:
    _open(st.session_state.timeline.get("selected"))


def _zoomed() -> None:
    window = st.session_state.timeline.get("window")
    if window:
        st.session_state.timeline_window = (window[0], window[1])
        filters.publish(window="..".join(window))


def _typed() -> None:
    filters.choose_types(st.session_state.timeline.get("types") or [])


def _open(event: str | None) -> None:
    st.session_state.event = event
    filters.publish(event=event)


def _with_selected(now: Present, wanted: dict[str, Any], rows: Sequence[TimelineRow]) -> Sequence[TimelineRow]:
    """The chosen event is drawn even where more important ones fill the page."""
    event = st.session_state.event
    if not event or any(row.id == event for row in rows):
        return rows
    found = _event(now, event, wanted.get("as_of"))
    return [*rows, found.event] if found else rows


def _within(wanted: dict[str, Any], window: Window) -> dict[str, Any]:
    earliest, latest = wanted.get("earliest") or "", wanted.get("latest") or "9999"
    return {**wanted, "earliest": max(earliest, window[0]), "latest": min(latest, window[1])}


def _left_out(every: Spread) -> str:
    """What the bar leaves out: what articles tell only in passing, and what is less important of very much."""
    passing = f" {plural(every.left_out, *_PASSING)}" if every.left_out else ""
    return passing + (f" {retold(MOST_IMPORTANT)}" if every.cut else "")


def _nothing(wanted: dict[str, Any]) -> str:
    chosen = {name for name, value in wanted.items() if (name, value) != ("min_salience", FOREGROUND)}
    return say("No dated event fits these filters; clear some of them.") if chosen else say("No event has a date yet.")


def _undated(rows: Sequence[TimelineRow]) -> None:
    """Events without a year have no place on the axis, but are not to be lost."""
    if not rows:
        return
    forms = _BEST_UNDATED if len(rows) == _UNDATED else _EVERY_UNDATED
    listed = st.expander(plural(len(rows), *forms), key="undated", on_change="rerun")
    if not listed.open:
        return  # dozens of buttons, which every click on the chart would draw anew
    with listed, st.container(key="list_undated", gap=None):
        for row in rows:
            words = f"**{plain(human(row.edtf))}**  \n{plain(title_of(row))}"
            st.button(words, key=f"undated_{row.id}", type="tertiary", on_click=_open, args=(row.id,), width="stretch")


def _side(now: Present, wanted: dict[str, Any]) -> None:
    event = st.session_state.event
    if not event:
        entity_card.show(now.store, wanted.get("entity") or wanted["place"])
        return
    with st.container(
        key="panel_tools", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.page_link(network_page(), label=say("Show in network"), query_params={"event": event})
        st.button(say("Close"), key="close_event", on_click=_open, args=(None,))
    if wanted.get("as_of"):
        event_panel.show_past(at(now, wanted["as_of"]), event)
    else:
        event_panel.show(now.store, event)


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
