"""The network page: who took part in what and where, as a picture, with the panel of what is chosen in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from kb import ask
from kb.ask.kept.present import Present
from kb.ask.network import NetworkGraph, NetworkNode
from kb.ask.timeline import Facets
from kb.components import network
from kb.components.mount import fingerprint
from kb.components.network import Shape
from kb.store import Store
from kb.views.connection import friendly, graph, present
from kb.views.parts import claim_panel, entity_card, event_panel, filters
from kb.views.parts.markup import empty_state, page_header, plain, plural

if TYPE_CHECKING:
    from pyvis.network import Network

SIZES = (75, 150, 300)  # nodes; a browser lays 500 out in six seconds
_SHAPES = {
    "Event": ("Events", "dot", "#2f79c4"),
    "Person": ("People", "square", "#cc5a1f"),
    "Organization": ("Organisations", "diamond", "#16957a"),
    "Country": ("Countries", "triangleDown", "#c04a64"),
    "Place": ("Places", "triangle", "#a855a0"),
    "Thing": ("Things", "star", "#5b6ee1"),
    "Claim": ("Claims", "hexagon", "#a87c0a"),
}
_KINDS = ("Person", "Organization", "Country", "Event")  # drawn unless asked otherwise
_LABEL = 60  # characters of a node's label
_OPTIONS: dict[str, Any] = {
    "physics": {
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {
            "gravitationalConstant": -95,
            "centralGravity": 0.014,
            "springLength": 120,
            "avoidOverlap": 0.3,
        },
        "stabilization": {"enabled": True, "iterations": 220, "fit": True},
    },
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "nodes": {"borderWidth": 2},
    "edges": {"width": 1, "selectionWidth": 0.5, "smooth": False},
}


def network_page() -> Any:
    """The page as Streamlit's navigation knows it, to link to."""
    return st.Page(page, title="Network", url_path="network")


def page() -> None:
    """Draw the network page."""
    with friendly():
        filters.follow(graph())
        now = present()
        _, known = now.answered("opening", ask.opening)
        if not known.types:
            page_header("Network", "Who took part in what, and where")
            empty_state("No events yet", "Add an article on the Add page, or in a terminal:", "kb ingest article.html")
            return
        st.session_state.network_now = now
        _explorer()


@st.fragment
def _explorer() -> None:
    with friendly():
        # Drawn with the page it is the graph of the page; drawn by itself it looks whether that changed since.
        now = st.session_state.pop("network_now", None) or present()
        store = now.store
        page_header("Network", "Who took part in what, and where")
        wanted, limit, kinds = _bar(store, now.answered("opening", ask.opening)[1])
        found = _graph(now, limit, kinds, **wanted)
        left, right = st.columns([2.05, 1], gap="large")
        with left:
            st.html(f'<p class="kb-count-line">{_count_line(found)}</p>')
            _draw(found)
        with right, st.container(key="panel_side"):
            _side(store, found)


def _bar(store: Store, known: Facets) -> tuple[dict[str, Any], int, tuple[str, ...]]:
    """Draw the controls. Returns: filters as `kb.ask.network` takes them, the most nodes, and their kinds."""
    event = st.query_params.get("event")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        who = filters.entity(
            store, "Around", "entity", (*known.people, *known.organizations, *known.places, *known.things), "Everyone"
        )
        text = st.text_input("Search", key=filters.remember("q", ""), placeholder="In title or sentence", type="search")
        limit = st.selectbox("Most nodes", SIZES, key="network_limit", width=130)
        kinds = _kinds(around=bool(event or who))
        if event:
            st.button("Show everything", on_click=lambda: filters.publish(event=None))
    filters.publish(q=text, entity=who)
    if event:
        return {"event": event}, limit, kinds
    return {name: value for name, value in {"entity": who, "text": text}.items() if value}, limit, kinds


def _kinds(around: bool) -> tuple[str, ...]:
    """Draw the choice of kinds; around one person or event, what was said belongs to the picture unless taken out."""
    chosen = st.pills(
        "Show", list(_SHAPES), selection_mode="multi", default=[*_KINDS, "Claim"] if around else list(_KINDS),
        format_func=lambda kind: _SHAPES[kind][0], key=f"network_kinds_{'around' if around else 'all'}",
        help="A country is drawn where it acts; choose places to see where things happened. Sources without a name "
        "are drawn only around an event of theirs.",
    )  # fmt: skip
    return tuple(kind for kind in _SHAPES if kind in chosen)


def _count_line(found: NetworkGraph) -> str:
    drawn = Counter(node.kind for node in found.nodes)
    parts = []
    if drawn["Event"]:
        parts.append(f"{drawn['Event']:,} of {plural(found.events, 'event')}")
    if drawn["Claim"]:
        parts.append(f"{drawn['Claim']:,} of {plural(found.claims, 'claim')}")
    names = len(found.nodes) - drawn["Event"] - drawn["Claim"]
    parts.append(plural(names, "name"))
    shown = f"Showing {', '.join(parts)}, {plural(len(found.edges), 'line')}"
    if found.truncated:
        return f"{shown}: the most telling first. Choose someone, or raise the number, to see others."
    return f"{shown}. Point at a line to read the role; choose a node to read what stands behind it."


def _draw(found: NetworkGraph) -> None:
    counts = Counter(node.kind for node in found.nodes)
    legend = [Shape(*look, counts[kind]) for kind, look in _SHAPES.items() if counts[kind]]
    if not found.nodes:
        empty_state("Nothing to draw", "Nothing fits. Clear the search, show more kinds, or choose another name.")
        return
    label = f"Network of {', '.join(plural(entry.count, entry.label.lower().rstrip('s')) for entry in legend)}"
    network(_picture(found), key="network", label=label, legend=legend, selected=_chosen(found), on_selected=_selected)


def _chosen(found: NetworkGraph) -> str | None:
    node = st.session_state.get("network_node") or st.query_params.get("event") or st.query_params.get("entity")
    return node if any(node == one.id for one in found.nodes) else None


def _selected() -> None:
    st.session_state.network_node = st.session_state.network.get("selected")


def _picture(found: NetworkGraph) -> Network:
    """The graph as pyvis holds it."""
    from pyvis.network import Network  # noqa: PLC0415 (imports IPython: a second that only this page should cost)

    net = Network(directed=False)
    net.options = _OPTIONS
    for node in found.nodes:
        _, shape, color = _SHAPES.get(node.kind, _SHAPES["Claim"])
        label = node.label if len(node.label) <= _LABEL else f"{node.label[: _LABEL - 1].rstrip()}…"
        net.add_node(
            # Not as pyvis's `group`: it would leave out the colour.
            node.id,
            label=label,
            shape=shape,
            color=color,
            kind=node.kind,
            size=6.5 + 2 * min(node.weight, 16) ** 0.5,
        )
    for edge in found.edges:
        net.add_edge(edge.source, edge.target, title=edge.role.replace("_", " "))
    return net


def _side(store: Store, found: NetworkGraph) -> None:
    names = {node.id: node for node in found.nodes}
    chosen = _chosen(found)
    _finder(found, chosen)
    if not chosen:
        st.html('<p class="kb-hint">Choose a node in the picture, or by its name here.</p>')
    elif names[chosen].kind == "Event":
        event_panel.show(store, chosen)
    elif names[chosen].kind == "Claim":
        claim_panel.show(store, chosen)
    else:
        _entity(store, found, names, names[chosen])


def _finder(found: NetworkGraph, chosen: str | None) -> None:
    """The same choice without a pointer: the picture is a canvas, which no keyboard or reader reaches."""
    nodes = sorted(found.nodes, key=lambda node: (list(_SHAPES).index(node.kind), node.label))
    words = {node.id: f"{node.label} ({_SHAPES[node.kind][0].lower()})" for node in nodes}
    st.session_state.network_finder = chosen
    st.selectbox("Find in the picture", list(words), key="network_finder", format_func=words.__getitem__,
                 index=None, placeholder="Any node by name", on_change=_found)  # fmt: skip


def _found() -> None:
    st.session_state.network_node = st.session_state.network_finder


def _entity(store: Store, found: NetworkGraph, names: dict[str, NetworkNode], node: NetworkNode) -> None:
    if not entity_card.show(store, node.id):
        return
    if node.id != st.query_params.get("entity"):
        st.button("Show only what is around it", on_click=_around, args=(node.id,))
    lines = [edge for edge in found.edges if node.id in (edge.source, edge.target)]
    with st.container(key="list_events", gap=None):
        for number, edge in enumerate(lines):
            other = names[edge.target if edge.source == node.id else edge.source]
            words = f"**{plain(edge.role.replace('_', ' '))}**  \n{plain(other.label)}"
            st.button(words, key=f"line_{number}", type="tertiary", on_click=_go, args=(other.id,), width="stretch")


def _around(entity: str) -> None:
    st.session_state.filter_entity = entity
    filters.publish(event=None)


def _go(node: str) -> None:
    st.session_state.network_node = node


def _graph(now: Present, limit: int, kinds: tuple[str, ...], **wanted: Any) -> NetworkGraph:
    return now.answered(("network", limit, kinds, fingerprint(wanted)),
                        lambda graph: ask.network(graph, limit=limit, kinds=kinds, **wanted))  # fmt: skip
