"""The network page: who took part in what, who spoke of whom, and how two are connected, with what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.kept.present import Present
from kb.ask.network import Connection, NetworkGraph
from kb.ask.timeline import Facets
from kb.components import network
from kb.components.mount import fingerprint
from kb.components.network import ends_of, line_id
from kb.store import Store
from kb.views.connection import friendly, graph, hand_on, handed_on, present
from kb.views.networks import looks
from kb.views.networks.behind import connection_html, line_html
from kb.views.networks.layout import groups_of, places_of
from kb.views.networks.looks import SHAPES, colours, legend, picture
from kb.views.parts import claim_panel, entity_card, event_panel, filters, finding
from kb.views.parts.markup import empty_state, page_header, plain, role_word, tab
from kb.views.parts.starting import nothing_yet
from kb.words import mark, number, plural, say

SIZES = (75, 150, 300, 1000, 5000)  # nodes
_SPRUNG = 300  # nodes up to which the browser lays them out; it takes six seconds for 500
_COLOURS = {"kind": mark("What they are"), "group": mark("What hangs together")}
_KINDS = ("Person", "Organization", "Country", "Event")  # drawn unless asked otherwise
_VIEWS = {"events": mark("Events and names"), "people": mark("Name to name")}
_NOTE = mark("Who took part in what, who spoke of whom")
_FILTERS = ("q", "entity", "to", "view", "most", "colour", "kinds")
_OF_NO_NAME = ("Event", "Claim")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be drawn: filters as `kb.ask.network` takes them, the most nodes, their kinds, and what is opened.

    connected: the ids of two names whose shortest connection is drawn instead. grouped: whether colours tell groups.
    """

    filters: dict[str, Any]
    limit: int
    kinds: tuple[str, ...]
    opened: tuple[str, ...] = ()
    connected: tuple[str, str] | None = None
    grouped: bool = False


def network_page() -> Any:
    """The page as Streamlit's navigation knows it, to link to."""
    return st.Page(page, title=say("Network"), url_path="network")


def page() -> None:
    """Draw the network page; all that it shows stands in its address."""
    with friendly():
        filters.follow(graph(), ("event", "entity", "to", "node"))
        now = present()
        _, known = now.answered("opening", ask.opening)
        if not known.types:
            page_header(say("Network"), say(_NOTE))
            nothing_yet(say("No events yet"), say("The network comes with articles."))
            return
        tab(say("Network"))
        hand_on("network", now)
        _explorer()


@st.fragment
def _explorer() -> None:
    with friendly():
        now = handed_on("network")
        wanted = _bar(now.store, now.answered("opening", ask.opening)[1])
        way = _way(now, wanted)
        found = way.graph() if way else _graph(now, wanted)
        if wanted.connected and way is None:
            st.caption(say("Nothing connects the two, as far as the graph can tell."))
            return
        left, right = st.columns([2.05, 1], gap="large")
        with left:
            st.html(f'<p class="kb-count-line">{_count_line(found, way)}</p>')
            _draw(now, found, in_row=way is not None, grouped=wanted.grouped)
        with right, st.container(key="panel_side"):
            _side(now.store, found, way)


def _bar(store: Store, known: Facets) -> _Wanted:
    """Draw the controls."""
    query = st.query_params
    event = query.get("event")
    names = {row.id: row.name for row in (*known.people, *known.organizations, *known.places, *known.things)}
    with filters.row():
        st.html(f'<header class="kb-head"><h1>{say("Network")}</h1></header>')
        filters.fold(_FILTERS)
        who = _name(store, say("Around"), "entity", names, say("Around everyone"))
        to = _name(store, say("Connect it with"), "to", names, say("Connected with …")) if who else None
        text = st.text_input(say("Search"), key=filters.remember("q", ""), placeholder=say("In title or sentence"),
                             type="search", label_visibility="collapsed")  # fmt: skip
        view = st.selectbox(say("View"), list(_VIEWS), key=_one_of("view", tuple(_VIEWS)),
                            format_func=lambda each: say(_VIEWS[each]), label_visibility="collapsed")  # fmt: skip
        with st.popover(say("Nodes and colours")):
            kinds = _kinds(around=bool(event or who), names_only=view == "people")
            limit = int(st.selectbox(say("Most nodes"), SIZES, key=_one_of("most", SIZES), format_func=number))
            colour = st.selectbox(say("Colours tell"), list(_COLOURS), key=_one_of("colour", tuple(_COLOURS)),
                                  format_func=lambda each: say(_COLOURS[each]))  # fmt: skip
        if event:
            st.button(say("Show everything"), on_click=_forget, args=("event",))
    with st.container(key="network_found", gap=None):  # always there: the picture keeps its nodes only in its own place
        finding.offer(store, "filter_entity", partial(_set, "entity"), events=False)
        finding.offer(store, "filter_to", partial(_set, "to"), events=False)
    filters.publish(q=text, entity=who, to=to, view=view if view != "events" else "",
                    most=limit if limit != SIZES[0] else "", colour=colour if colour != "kind" else "")  # fmt: skip
    opened = tuple(id for id in query.get("open", "").split(",") if id)
    with st.container(key="network_opened", gap=None):
        if opened:
            words = say("Close what was opened ({n})", n=len(opened))
            st.button(words, key="close_opened", type="tertiary", on_click=filters.publish, kwargs={"open": None})
    centre = {"event": event} if event else {"entity": who, "text": text}
    return _Wanted({name: value for name, value in centre.items() if value}, limit, kinds, opened,
                   (who, to) if who and to else None, colour == "group")  # fmt: skip


def _name(store: Store, label: str, name: str, names: dict[str, str], nobody: str) -> str | None:
    return finding.one(store, label, filters.remember(name), names, placeholder=nobody, label_visibility="collapsed")


def _set(name: str, id: str) -> None:
    st.session_state[f"filter_{name}"] = id


def _one_of(name: str, known: Sequence[Any]) -> str:
    """The key of a choice whose first value comes from the address, if it is one of those known."""
    key = f"network_{name}"
    if key not in st.session_state:
        linked = st.query_params.get(name)
        st.session_state[key] = next((each for each in known if str(each) == linked), known[0])
    return key


def _kinds(*, around: bool, names_only: bool) -> tuple[str, ...]:
    """Draw the choice of kinds; around one person or event, what was said belongs to the picture unless taken out."""
    usual = [*_KINDS, "Claim"] if around else list(_KINDS)
    offered = [kind for kind in SHAPES if not (names_only and kind in _OF_NO_NAME)]
    key = f"network_kinds_{around}_{names_only}"
    if key not in st.session_state:
        linked = [kind for kind in st.query_params.get("kinds", "").split(",") if kind in offered]
        st.session_state[key] = linked or [kind for kind in usual if kind in offered]
    chosen = st.pills(
        say("Show"),
        offered,
        selection_mode="multi",
        format_func=lambda kind: say(SHAPES[kind][0]),
        key=key,
        help=say(
            "A country is drawn where it acts; choose places to see where things happened. Sources without a name "
            "are drawn only around an event of theirs."
        ),
    )
    kinds = tuple(kind for kind in offered if kind in chosen)
    filters.publish(kinds=",".join(kinds) if set(kinds) != set(usual) & set(offered) else "")
    return kinds


def _way(now: Present, wanted: _Wanted) -> Connection | None:
    if wanted.connected is None:
        return None
    one, other = wanted.connected
    return now.answered(("connection", one, other), lambda g: ask.connection(g, one, other))


def _graph(now: Present, wanted: _Wanted) -> NetworkGraph:
    if wanted.connected:
        return NetworkGraph((), ())
    asked = ("network", wanted.limit, wanted.kinds, wanted.opened, fingerprint(wanted.filters))
    return now.answered(asked, lambda g: ask.network(g, limit=wanted.limit, kinds=wanted.kinds, opened=wanted.opened,
                                                     **wanted.filters))  # fmt: skip


def _count_line(found: NetworkGraph, way: Connection | None) -> str:
    if way:
        return say(
            "The shortest connection: {steps}. What stands behind each is told beside it.",
            steps=plural(len(way.hops), "{n} step", "{n} steps"),
        )
    drawn = Counter(node.kind for node in found.nodes)
    parts = []
    if drawn["Event"]:
        parts.append(plural(found.events, "{shown} of {n} event", "{shown} of {n} events", shown=drawn["Event"]))
    if drawn["Claim"]:
        parts.append(plural(found.claims, "{shown} of {n} claim", "{shown} of {n} claims", shown=drawn["Claim"]))
    parts.append(plural(len(found.nodes) - drawn["Event"] - drawn["Claim"], "{n} name", "{n} names"))
    shown = say(
        "Showing {listed}, {lines}", listed=", ".join(parts), lines=plural(len(found.edges), "{n} line", "{n} lines")
    )
    how = say("Choose a node or a line to read what stands behind it; a second click opens a node.")
    if found.truncated:
        return say("{shown}: the most telling that hang together. {how}", shown=shown, how=how)
    return f"{shown}. {how}"


def _draw(now: Present, found: NetworkGraph, *, in_row: bool, grouped: bool) -> None:
    if not found.nodes:
        empty_state(
            say("Nothing to draw"), say("Nothing fits. Clear the search, show more kinds, or choose another name.")
        )
        return
    large = len(found.nodes) > _SPRUNG
    groups = now.answered(("groups", found), lambda _: groups_of(found)) if grouped or large else ()
    painted, entries = colours(found, groups) if grouped else (None, legend(found))
    places = looks.in_row(found) if in_row else None
    if large:
        with st.spinner(say("Finding a place for each …")):
            places = now.answered(("places", found), lambda _: places_of(found, groups))
    label = say(
        "Network of {listed}",
        listed=", ".join(f"{each.label.lower()}: {each.count}" for each in legend(found)),
    )
    network(picture(found, places, painted), key="network", label=label, legend=entries, selected=_chosen(found),
            placed=places is not None, on_selected=_selected, on_opened=_opened, day=st.query_params.get("day"),
            on_day=_until)  # fmt: skip


def _chosen(found: NetworkGraph) -> str | None:
    """The node or line that is chosen, if it is drawn."""
    query = st.query_params
    node = query.get("node") or query.get("event") or query.get("entity")
    drawn = {one.id for one in found.nodes}
    return node if node and drawn.issuperset(ends_of(node) or (node,)) else None


def _selected() -> None:
    _go(st.session_state.network.get("selected"))


def _opened() -> None:
    _open(st.session_state.network.get("opened"))


def _until() -> None:
    filters.publish(day=st.session_state.network.get("day"))


def _open(id: str | None) -> None:
    """Show more around a node, or no longer."""
    opened = [each for each in st.query_params.get("open", "").split(",") if each]
    if id:
        opened = [each for each in opened if each != id] if id in opened else [*opened, id]
        filters.publish(open=",".join(opened), node=id)


def _go(node: str | None) -> None:
    filters.publish(node=node)


def _forget(name: str) -> None:
    filters.publish(**{name: None})


def _side(store: Store, found: NetworkGraph, way: Connection | None) -> None:
    chosen = _chosen(found)
    pair = ends_of(chosen)
    if way and (chosen is None or chosen == st.query_params.get("entity")):
        st.html(connection_html(way))
        return
    _finder(found, chosen)
    kinds = {node.id: node.kind for node in found.nodes}
    if pair:
        told = ask.behind(store, *pair)
        if told:
            st.html(line_html(told))
    elif not chosen:
        st.html(f'<p class="kb-hint">{say("Choose a node or a line in the picture, or a node by its name here.")}</p>')
    elif kinds[chosen] == "Claim":
        claim_panel.show(store, chosen)
    else:
        _around(found, chosen, kinds[chosen])
        if kinds[chosen] == "Event":
            event_panel.show(store, chosen)
        else:
            entity_card.show(store, chosen)
            _lines(found, chosen)


def _finder(found: NetworkGraph, chosen: str | None) -> None:
    """The same choice without a pointer: the picture is a canvas, which no keyboard or reader reaches."""
    nodes = sorted(found.nodes, key=lambda node: (list(SHAPES).index(node.kind), node.label))
    words = {node.id: f"{node.label} ({say(SHAPES[node.kind][0]).lower()})" for node in nodes}
    st.session_state.network_finder = chosen if chosen in words else None
    st.selectbox(say("Find in the picture"), list(words), key="network_finder", format_func=words.__getitem__,
                 index=None, placeholder=say("Any node by name"), on_change=_found)  # fmt: skip


def _found() -> None:
    _go(st.session_state.network_finder)


def _around(found: NetworkGraph, chosen: str, kind: str) -> None:
    """What can be done with a node: more around it, only what is around it."""
    opened = chosen in st.query_params.get("open", "").split(",")
    with st.container(horizontal=True, gap="small", key="panel_actions_network"):
        st.button(
            say("Close") if opened else say("Open: show more around it"),
            key="network_open",
            on_click=_open,
            args=(chosen,),
        )
        if kind != "Event" and chosen != st.query_params.get("entity"):
            st.button(say("Only what is around it"), key="network_around", on_click=_centre, args=(chosen,))


def _centre(entity: str) -> None:
    st.session_state.filter_entity = entity
    filters.publish(event=None, open=None, node=None)


def _lines(found: NetworkGraph, node: str) -> None:
    """What a node is joined to in the picture; each leads to what stands behind the line."""
    names = {one.id: one.label for one in found.nodes}
    with st.container(key="list_events", gap=None):
        for number, edge in enumerate(edge for edge in found.edges if node in (edge.source, edge.target)):
            other = edge.target if edge.source == node else edge.source
            words = f"**{plain(role_word(edge.role))}**  \n{plain(names[other])}"
            st.button(words, key=f"line_{number}", type="tertiary", on_click=_go, width="stretch",
                      args=(line_id(edge.source, edge.target),))  # fmt: skip
