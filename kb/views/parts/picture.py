"""Nodes and relationships of a query's answer as a network that can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kb.components import network
from kb.components.network import Shape
from kb.store.table import GraphNode, GraphRelationship
from kb.words import say

_LOOKS = {
    "Event": ("dot", "#2f79c4"), "Person": ("square", "#cc5a1f"), "Organization": ("diamond", "#16957a"),
    "Place": ("triangle", "#a855a0"), "Thing": ("star", "#5b6ee1"), "Claim": ("hexagon", "#a87c0a"),
    "Article": ("triangleDown", "#6b7785"), "Passage": ("dot", "#9aa5ae"), "TimeExpression": ("star", "#b23a5e"),
}  # fmt: skip
_OTHER = ("dot", "#8a8f94")
_LABEL = 30  # characters
_OPTIONS = {
    "physics": {
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {
            "gravitationalConstant": -60,
            "centralGravity": 0.012,
            "springLength": 95,
            "avoidOverlap": 0.4,
        },
        "stabilization": {"enabled": True, "iterations": 220, "fit": True},
    },
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "edges": {"width": 1, "smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}


def picture(nodes: Sequence[GraphNode], relationships: Sequence[GraphRelationship], *, key: str) -> None:
    """Draw nodes and the relationships between them; below it, the properties of the one clicked.

    Arguments: nodes; relationships, those with an end that is not among the nodes are left out; key of the drawing.
    Raises: MissingAsset when the front end was never built.
    """
    from pyvis.network import Network  # noqa: PLC0415 (imports IPython: a second that only a drawing should cost)

    net = Network(directed=True)
    net.options = _OPTIONS
    for node in nodes:
        shape, color = _LOOKS.get(_kind(node), _OTHER)
        net.add_node(node.element_id, label=_short(name(node)), shape=shape, color=color, size=9)
    known = {node.element_id for node in nodes}
    for line in relationships:
        if line.start in known and line.end in known:
            net.add_edge(line.start, line.end, title=line.type)
    counts = Counter(_kind(node) for node in nodes)
    legend = [Shape(kind, *_LOOKS.get(kind, _OTHER), count) for kind, count in counts.most_common()]
    label = say("{n} nodes and {n2} relationships of the answer", n=len(nodes), n2=len(relationships))
    chosen = network(net, key=key, label=label, legend=legend, height=520)
    found = next((node for node in nodes if node.element_id == chosen), None)
    if found:
        st.markdown(f"**{' · '.join(found.labels)}**")
        st.json(dict(found.properties), expanded=1)


def name(node: GraphNode) -> str:
    """What to call a node: its title, name or text, else its label."""
    known = node.properties
    return str(known.get("title") or known.get("name") or known.get("text") or known.get("id") or _kind(node))


def _kind(node: GraphNode) -> str:
    return next((label for label in node.labels if label != "Entity"), say("Entity") if node.labels else say("Node"))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LABEL else f"{words[: _LABEL - 1].rstrip()}…"
