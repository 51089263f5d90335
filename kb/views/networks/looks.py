"""What the nodes of a network look like, and the network as pyvis holds it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kb.ask.network import NetworkGraph
from kb.components.network import Shape
from kb.views.parts.markup import role_word

if TYPE_CHECKING:
    from pyvis.network import Network

SHAPES = {
    "Event": ("Events", "dot", "#2f79c4"),
    "Person": ("People", "square", "#cc5a1f"),
    "Organization": ("Organisations", "diamond", "#16957a"),
    "Country": ("Countries", "triangleDown", "#c04a64"),
    "Place": ("Places", "triangle", "#a855a0"),
    "Thing": ("Things", "star", "#5b6ee1"),
    "Claim": ("Claims", "hexagon", "#a87c0a"),
}
"""By kind: what to call them, a vis-network shape, a colour."""

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
    "edges": {"width": 1, "selectionWidth": 1.5, "smooth": False, "arrowStrikethrough": False},
}


def legend(found: NetworkGraph) -> list[Shape]:
    """The kinds of node that are drawn."""
    counts = Counter(node.kind for node in found.nodes)
    return [Shape(*look, counts[kind]) for kind, look in SHAPES.items() if counts[kind]]


def picture(found: NetworkGraph, *, in_row: bool = False) -> Network:
    """The graph as pyvis holds it. Arguments: found; in_row, whether the nodes get places in a row, in their order."""
    from pyvis.network import Network  # noqa: PLC0415 (imports IPython: a second that only this page should cost)

    net = Network(directed=False)
    net.options = _OPTIONS
    for number, node in enumerate(found.nodes):
        place = {"x": 2 * number / max(1, len(found.nodes) - 1) - 1, "y": 0.35 * (-1) ** number} if in_row else {}
        _, shape, color = SHAPES.get(node.kind, SHAPES["Claim"])
        label = node.label if len(node.label) <= _LABEL else f"{node.label[: _LABEL - 1].rstrip()}…"
        net.add_node(
            # Not as pyvis's `group`: it would leave out the colour.
            node.id,
            label=label,
            shape=shape,
            color=color,
            kind=node.kind,
            size=6.5 + 2 * min(node.weight, 16) ** 0.5,
            **place,
        )
    # pyvis draws one line between two nodes and leaves out any other, so a line says all that joins its ends.
    lines: dict[tuple[str, str], list[str]] = {}
    one_way: dict[tuple[str, str], bool] = {}
    for edge in found.edges:
        ends = (edge.source, edge.target)
        ends = ends if ends in lines or ends[::-1] not in lines else ends[::-1]
        words = role_word(edge.role)
        lines.setdefault(ends, []).append(words if ends[0] == edge.source else f"{words} (back)")
        one_way[ends] = one_way.get(ends, True) and edge.directed and ends[0] == edge.source
    for (source, target), told in lines.items():
        arrow = {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}} if one_way[source, target] else {}
        net.add_edge(source, target, title=" · ".join(dict.fromkeys(told)), **arrow)
    return net
