"""The map page: where events happened within a window of time; all that it shows stands in its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.kept.present import Present
from kb.ask.places import EventMap, MappedPlace
from kb.ask.timeline import Facets, TimelineRow
from kb.components import world_map
from kb.components.map import Spot
from kb.components.mount import fingerprint
from kb.counted import FOREGROUND
from kb.edtf import Edtf
from kb.store import Store
from kb.views.connection import friendly, graph, hand_on, handed_on, present
from kb.views.parts import event_panel, filters
from kb.views.parts.filters import date_rule
from kb.views.parts.markup import empty_state, link, name_link, page_header, plain, title_of
from kb.views.parts.starting import nothing_yet
from kb.words import human, mark, plural, retold, say, sense

_NOTE = mark("Where it happened, as far as its place is known")
_KINDS = {"spots": mark("Cities and sites"), "regions": mark("Regions"), "countries": mark("Countries")}
_OF_SUBTYPE = {"region": "regions", "country": "countries"}
_LISTED, _EVENTS = 15, 100  # places, and events of one, that are told one by one
_FILTERS = ("q", "entity", "from", "to", "kinds", "passing")
_MONTH = re.compile(r"(\d{4})-(\d\d)")


def page() -> None:
    """Draw the map page."""
    with friendly():
        filters.follow(graph(), ("entity", "place", "event"))
        now = present()
        _, known = now.answered("opening", ask.opening)
        if not known.types:
            page_header(say("Map"), say(_NOTE))
            nothing_yet(
                say("No places yet"), say("Where something happened is drawn here as soon as articles tell of it.")
            )
            return
        hand_on("map", now)
        _explorer()


@st.fragment
def _explorer() -> None:
    with friendly():
        now = handed_on("map")
        page_header(say("Map"), say(_NOTE))
        wanted, kinds = _bar(now.store, now.answered("opening", ask.opening)[1])
        found = now.answered(("map", fingerprint(wanted)), lambda g: ask.places(g, **wanted))
        shown = [place for place in found.places if _kind(place) in kinds]
        left, right = st.columns([2.05, 1], gap="large")
        with left:
            if shown:
                st.html(f'<p class="kb-count-line">{_count_line(found, shown)}</p>')
            _draw(found, shown)
        with right, st.container(key="panel_side"):
            _side(now, wanted, shown)


def _bar(store: Store, known: Facets) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Draw the filters. Returns: filters as `ask.places` takes them, and the kinds of place that are shown."""
    filters.fold(_FILTERS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map_filters"):
        text = st.text_input(
            say("Search"), key=filters.remember("q", ""), placeholder=say("In title or sentence"), type="search"
        )
        who = filters.entity(store, say("Who"), "entity", known.who, say("Anyone"))
        first = st.text_input(
            sense("from a day", "From"),
            key=filters.remember("from", ""),
            placeholder=say("2022 or 2022-02-24"),
            validate=date_rule(),
        )
        last = st.text_input(
            sense("until a day", "To"),
            key=filters.remember("to", ""),
            placeholder=say("2024 or 2024-02-16"),
            validate=date_rule(),
        )
        for step, key, word in ((-1, "earlier", say("Earlier")), (1, "later", say("Later"))):
            moved = shifted(first, last, step)
            st.button(
                word,
                key=f"map_{key}",
                disabled=moved is None,
                on_click=_set_window,
                args=(moved,),
                help=say("The window of time before") if step < 0 else say("The window of time after"),
            )
    kinds, passing = _kinds()
    filters.publish(q=text, entity=who, **{"from": first, "to": last})
    latest = f"{last}-99"[:10] if last else None  # which sorts after every day of a year or month
    filters.in_order(first, latest)
    wanted = {"text": text, "entity": who, "earliest": first, "latest": latest,
              "min_salience": 0.0 if passing or text else FOREGROUND}  # fmt: skip
    return {name: value for name, value in wanted.items() if value}, kinds


def _kinds() -> tuple[tuple[str, ...], bool]:
    """Draw the choice of kinds of place, and whether what is told only in passing counts."""
    query, state = st.query_params, st.session_state
    if "map_kinds" not in state:
        linked = [kind for kind in query.get("kinds", "").split(",") if kind in _KINDS]
        state.map_kinds, state.map_passing = linked or list(_KINDS), query.get("passing") == "1"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="map_kinds_row"):
        chosen = st.pills(
            say("Show"),
            list(_KINDS),
            selection_mode="multi",
            format_func=lambda each: say(_KINDS[each]),
            key="map_kinds",
            label_visibility="collapsed",
        )
        passing = st.toggle(say("Also what is told only in passing"), key="map_passing")
    kinds = tuple(kind for kind in _KINDS if kind in chosen)
    filters.publish(kinds=",".join(kinds) if len(kinds) < len(_KINDS) else "", passing="1" if passing else "")
    return kinds, passing


def shifted(first: str, last: str, step: int) -> tuple[str, str] | None:
    """The window of the same length that lies before (-1) or after (1) one; None where it is open on a side.

    Arguments: first and last, a year, a month or a day each.
    """
    if not (first and last and Edtf.of(first) and Edtf.of(last)) or first > f"{last}-99":
        return None
    size = min(len(first), len(last))
    one, other = first[:size], last[:size]
    if size == 4:
        years = step * (int(other) - int(one) + 1)
        moved = int(one) + years, int(other) + years
        return (f"{moved[0]:04d}", f"{moved[1]:04d}") if moved[0] > 0 and moved[1] < 10_000 else None
    if size == 7:
        low, high = (12 * int(found[1]) + int(found[2]) - 1 for found in map(_MONTH.fullmatch, (one, other)) if found)
        months = step * (high - low + 1)
        return _month(low + months), _month(high + months)
    begin, end = date.fromisoformat(one), date.fromisoformat(other)
    days = step * (end - begin + timedelta(days=1))
    return (begin + days).isoformat(), (end + days).isoformat()


def _month(count: int) -> str:
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _set_window(window: tuple[str, str]) -> None:
    st.session_state.filter_from, st.session_state.filter_to = window


def _kind(place: MappedPlace) -> str:
    return _OF_SUBTYPE.get(place.subtype, "spots")


def _count_line(found: EventMap, shown: Sequence[MappedPlace]) -> str:
    told = say(
        "{events} on {places}.",
        events=plural(found.every, "{mapped} of {n} dated event", "{mapped} of {n} dated events", mapped=found.mapped),
        places=plural(len(shown), "{n} place", "{n} places"),
    )
    return " ".join([told, *_left_out(found)])


def _left_out(found: EventMap) -> list[str]:
    """What of the events that fit is not on the map, and why, in a sentence for each reason."""
    nowhere = plural(found.nowhere, "{n} names no place.", "{n} name no place.")
    unknown = plural(
        found.unknown,
        "{n} names a place whose position is not known.",
        "{n} name places whose position is not known.",
    )
    return [words for count, words in ((found.nowhere, nowhere), (found.unknown, unknown)) if count]


def _why_empty(found: EventMap) -> tuple[str, str]:
    """Why no place is drawn, as a title, and what would bring one."""
    if found.mapped:
        kinds = ", ".join(map(say, _KINDS.values())).lower()
        return (
            say("No place of this kind"),
            say("What fits happened at places of other kinds; choose more of them above: {kinds}.", kinds=kinds),
        )
    if found.every:
        dated = plural(found.every, "{n} dated event fits.", "{n} dated events fit.")
        return say("No known place"), " ".join([dated, *_left_out(found), say("The Timeline has them all.")])
    return say("No event fits"), say("Nothing dated fits; clear the search and the name, or widen the window of time.")


def _draw(found: EventMap, shown: Sequence[MappedPlace]) -> None:
    if not shown:
        empty_state(*_why_empty(found))
        return
    counts = {say(_KINDS[kind]): sum(_kind(place) == kind for place in shown) for kind in _KINDS}
    world_map(
        [Spot(place.id, place.name, place.lat, place.lon, place.events, place.area) for place in shown],
        key="world",
        label=say("Map of {places}", places=plural(len(shown), "{n} place", "{n} places")),
        legend={name: count for name, count in counts.items() if count},
        selected=st.query_params.get("place"),
        view=st.query_params.get("view"),
        on_selected=_selected,
        on_view=_viewed,
    )


def _selected() -> None:
    _choose(st.session_state.world.get("selected"))


def _viewed() -> None:
    filters.publish(view=st.session_state.world.get("view"))


def _choose(place: str | None) -> None:
    filters.publish(place=place, event=None)


def _open(event: str | None) -> None:
    filters.publish(event=event)


def _side(now: Present, wanted: dict[str, Any], shown: Sequence[MappedPlace]) -> None:
    place, event = st.query_params.get("place"), st.query_params.get("event")
    rows = _events(now, wanted, place) if place else []
    if place and len(rows) == 1 and not event:
        event = rows[0].id
    if event:
        with st.container(horizontal=True, key="panel_tools"):
            st.button(say("Close"), key="close_event", on_click=_choose if len(rows) == 1 else _open, args=(None,))
        event_panel.show(now.store, event)
    elif place:
        _place(now, place, wanted, rows)
    elif shown:
        st.html(
            f'<h2 class="kb-side-title">{say("Where most happened")}</h2><p class="kb-hint">'
            f"{say('Choose a place, here or on the map, to read what happened there.')}</p>"
        )
        with st.container(key="list_important", gap=None):
            for each in shown[:_LISTED]:
                words = f"**{plural(each.events, '{n} event', '{n} events')}**  \n{plain(each.name)}"
                st.button(
                    words, key=f"place_{each.id}", type="tertiary", on_click=_choose, args=(each.id,), width="stretch"
                )


def _events(now: Present, wanted: dict[str, Any], place: str) -> list[TimelineRow]:
    rows = now.answered(("map", "events", place, fingerprint(wanted)),
                        lambda g: ask.timeline(g, limit=_EVENTS, **wanted, place=place))  # fmt: skip
    return sorted(rows, key=lambda row: (row.earliest or row.latest or "", row.id))


def _place(now: Present, place: str, wanted: dict[str, Any], rows: Sequence[TimelineRow]) -> None:
    card = now.answered(("card", place), lambda g: ask.entity(g, place))
    name = card.name if card else say("No such place")
    query = {
        "place": place,
        **{key: st.query_params[key] for key in ("q", "entity", "from", "to") if key in st.query_params},
    }
    ways = f"{name_link(say('Its page'), place)} · {link('', say('On the timeline'), **query)}"
    days = [human(day.removesuffix("-99")) for key in ("earliest", "latest") if (day := wanted.get(key))]
    span = say("{first} to {last}", first=days[0], last=days[1]) if len(days) > 1 else "".join(days)
    when = f" · {escape(span)}" if span else ""
    most = (
        plural(_EVENTS, "the {n} most important event", "the {n} most important events")
        if len(rows) == _EVENTS
        else plural(len(rows), "{n} event", "{n} events")
    )
    st.html(f'<h2 class="kb-side-title">{escape(name)}</h2><p class="kb-hint">{most}{when}</p>'
            f'<p class="kb-ways">{ways}</p>')  # fmt: skip
    st.button(say("All places"), key="all_places", on_click=_choose, args=(None,))
    with st.container(key="list_events", gap=None):
        for row in rows:
            doubt = f" · {retold(row.doubt)}" if row.doubt else ""
            words = f"**{plain(human(row.edtf))}**{doubt}  \n{plain(title_of(row))}"
            st.button(words, key=f"at_{row.id}", type="tertiary", on_click=_open, args=(row.id,), width="stretch")
