"""What the nodes of a network look like, and the network as pyvis holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.ask.network import NetworkGraph
from kb.components.network import Shape
from kb.views.parts.markup import role_word
from kb.words import mark, say

if TYPE_CHECKING:
    from pyvis.network import Network

SHAPES = {
    "Event": (mark("Events"), "dot", "#2f79c4"),
    "Person": (mark("People"), "square", "#cc5a1f"),
    "Organization": (mark("Organisations"), "diamond", "#16957a"),
    "Country": (mark("Countries"), "triangleDown", "#c04a64"),
    "Place": (mark("Places"), "triangle", "#a855a0"),
    "Thing": (mark("Things"), "star", "#5b6ee1"),
    "Claim": (mark("Claims"), "hexagon", "#a87c0a"),
}
"""By kind: what to call them, a vis-network shape, a colour."""

_GROUPS = ("#2f79c4", "#cc5a1f", "#16957a", "#c04a64", "#a855a0", "#a87c0a", "#5b6ee1", "#5c8a2e", "#8a6d5a", "#2d8ea6")
_LEFT = "#7d848c"  # of what is in no large group
Place = tuple[float, float]

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
    return [
        Shape(say(name), shape, color, counts[kind]) for kind, (name, shape, color) in SHAPES.items() if counts[kind]
    ]


def in_row(found: NetworkGraph) -> dict[str, Place]:
    """Places in a row, in the order of the nodes."""
    last = max(1, len(found.nodes) - 1)
    return {node.id: (2 * number / last - 1, 0.35 * (-1) ** number) for number, node in enumerate(found.nodes)}


def colours(found: NetworkGraph, groups: Sequence[Sequence[str]]) -> tuple[dict[str, str], list[Shape]]:
    """A colour for each node by its group, and what the colours stand for: the largest groups, then all that are left.

    Arguments: the network; its groups, as `kb.views.networks.layout.groups_of` gives them.
    """
    labels = {node.id: node.label for node in found.nodes}
    kinds = {node.id: node.kind for node in found.nodes}
    own = [each for each in groups if len(each) > 1][: len(_GROUPS)]
    painted = {id: colour for each, colour in zip(own, _GROUPS, strict=False) for id in each}
    named = [next((id for id in each if kinds[id] not in ("Event", "Claim")), each[0]) for each in own]
    told = [Shape(say("Around {name}", name=labels[name]), "dot", colour, len(each))
            for name, colour, each in zip(named, _GROUPS, own, strict=False)]  # fmt: skip
    left = len(found.nodes) - len(painted)
    return painted, [*told, *([Shape(say("Smaller groups"), "dot", _LEFT, left)] if left else [])]


def picture(
    found: NetworkGraph, places: Mapping[str, Place] | None = None, painted: Mapping[str, str] | None = None
) -> Network:
    """The graph as pyvis holds it.

    Arguments: found; places, x and y from -1 to 1 by node, where they are known; painted, colours by node, where they
    are not those of the kinds: what is not among them is grey.
    """
    from pyvis.network import Network  # noqa: PLC0415 (imports IPython: a second that only this page should cost)

    net = Network(directed=False)
    net.options = _OPTIONS
    for node in found.nodes:
        place = dict(zip("xy", places[node.id], strict=True)) if places else {}
        _, shape, color = SHAPES.get(node.kind, SHAPES["Claim"])
        if painted is not None:
            color = painted.get(node.id, _LEFT)
        label = node.label if len(node.label) <= _LABEL else f"{node.label[: _LABEL - 1].rstrip()}…"
        net.add_node(
            # Not as pyvis's `group`: it would leave out the colour.
            node.id,
            label=label,
            shape=shape,
            color=color,
            kind=node.kind,
            day=node.day,
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
        lines.setdefault(ends, []).append(words if ends[0] == edge.source else say("{words} (back)", words=words))
        one_way[ends] = one_way.get(ends, True) and edge.directed and ends[0] == edge.source
    for (source, target), told in lines.items():
        arrow = {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}} if one_way[source, target] else {}
        net.add_edge(source, target, title=" · ".join(dict.fromkeys(told)), **arrow)
    return net
