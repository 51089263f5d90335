"""Where the nodes of a large picture stand, and which belong together: reckoned here, so that no browser has to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.ask.network import NetworkGraph

if TYPE_CHECKING:
    from networkx import Graph

_SEED = 7  # the same graph is always drawn alike
_SPRUNG = 250  # nodes up to which springs settle a group in some tenths of a second
_ROUNDS = 60  # of pushing groups apart
_TURN = math.pi * (3 - math.sqrt(5))  # the golden angle, by which a sunflower sets its seeds
_APART = 1.12  # how far groups stand from each other, by the sum of their radii

Place = tuple[float, float]


def groups_of(found: NetworkGraph) -> tuple[tuple[str, ...], ...]:
    """The communities of a network, the largest first, in each the node with most lines first.

    They are those of Louvain (Blondel, Guillaume, Lambiotte & Lefebvre 2008), with a fixed seed.
    """
    weight = {node.id: node.weight for node in found.nodes}
    split = [sorted(each, key=lambda id: (-weight[id], id)) for each in _communities(_graph(found))]
    return tuple(tuple(each) for each in sorted(split, key=lambda each: (-len(each), each[0])))


def places_of(found: NetworkGraph, groups: Sequence[Sequence[str]]) -> dict[str, Place]:
    """A place for each node, x and y from -1 to 1: each group within its own circle, near those it is joined to.

    Arguments: the network; its groups, as `groups_of` gives them.
    """
    graph = _graph(found)
    spots = _laid(graph, [list(each) for each in groups])
    reach = max((max(abs(x), abs(y)) for x, y in spots.values()), default=0) or 1
    return {id: (x / reach, y / reach) for id, (x, y) in spots.items()}


def _graph(found: NetworkGraph) -> Graph:
    from networkx import Graph  # noqa: PLC0415 (only the page that draws a network should wait for it)

    graph = Graph()
    graph.add_nodes_from(node.id for node in found.nodes)
    lines = Counter(tuple(sorted((edge.source, edge.target))) for edge in found.edges)
    graph.add_weighted_edges_from((one, other, count) for (one, other), count in lines.items())
    return graph


def _communities(graph: Graph) -> list[set[str]]:
    from networkx.algorithms.community import louvain_communities  # noqa: PLC0415

    return [set(each) for each in louvain_communities(graph, seed=_SEED)]


def _laid(graph: Graph, groups: Sequence[Sequence[str]]) -> dict[str, Place]:
    """Places in units of a node's room: the groups as circles that do not meet, the nodes within them."""
    radii = [math.sqrt(len(each)) for each in groups]
    centres = _apart(_circles(graph, groups), radii)
    spots: dict[str, Place] = {}
    for each, radius, (x, y) in zip(groups, radii, centres, strict=True):
        own = _within(graph, each)
        spots |= {id: (x + radius * right, y + radius * down) for id, (right, down) in own.items()}
    return spots


def _within(graph: Graph, group: Sequence[str]) -> dict[str, Place]:
    """Places of a group's nodes within a circle of radius 1."""
    if len(group) <= _SPRUNG:
        return _sprung(graph.subgraph(group))
    parts = sorted((sorted(each) for each in _communities(graph.subgraph(group))), key=lambda each: (-len(each), each))
    if len(parts) < 2:  # one that hangs together all around: its seeds as a sunflower sets them
        return {id: _seed(number, len(group)) for number, id in enumerate(group)}
    laid = _laid(graph, parts)
    reach = max(math.hypot(x, y) for x, y in laid.values()) or 1
    return {id: (x / reach, y / reach) for id, (x, y) in laid.items()}


def _sprung(graph: Graph) -> dict[str, Place]:
    from networkx import spring_layout  # noqa: PLC0415

    ordered = sorted(graph)
    if not ordered:
        return {}
    laid = spring_layout(graph, pos={id: _seed(number, len(ordered)) for number, id in enumerate(ordered)}, seed=_SEED)
    reach = max((math.hypot(*each) for each in laid.values()), default=0) or 1
    return {id: (float(x) / reach, float(y) / reach) for id, (x, y) in laid.items()}


def _seed(number: int, count: int) -> Place:
    reach = math.sqrt((number + 0.5) / max(count, 1))
    return reach * math.cos(number * _TURN), reach * math.sin(number * _TURN)


def _circles(graph: Graph, groups: Sequence[Sequence[str]]) -> list[Place]:
    """Where the groups would stand by what joins them, were they points."""
    from networkx import Graph  # noqa: PLC0415

    of = {id: number for number, each in enumerate(groups) for id in each}
    joined = ((of[a], of[b]) for a, b in graph.edges() if a in of and b in of and of[a] != of[b])
    between: Mapping[tuple[int, int], int] = Counter((min(pair), max(pair)) for pair in joined)
    whole = Graph()
    whole.add_nodes_from(str(number) for number in range(len(groups)))
    whole.add_weighted_edges_from((str(a), str(b), count) for (a, b), count in between.items())
    laid = _sprung(whole) if len(groups) <= _SPRUNG else {str(n): _seed(n, len(groups)) for n in range(len(groups))}
    room = math.sqrt(sum(len(each) for each in groups)) * 1.6
    return [(room * laid[str(n)][0], room * laid[str(n)][1]) for n in range(len(groups))]


def _apart(centres: Sequence[Place], radii: Sequence[float]) -> list[Place]:
    """The circles pushed apart until they do not meet, or nearly so."""
    spots = [list(each) for each in centres]
    for _ in range(_ROUNDS):
        for one in range(len(spots)):
            for other in range(one + 1, len(spots)):
                x, y = spots[other][0] - spots[one][0], spots[other][1] - spots[one][1]
                distance = math.hypot(x, y) or 1e-6
                missing = (radii[one] + radii[other]) * _APART - distance
                if missing > 0:
                    share = missing / distance / 2
                    for axis, way in ((0, x or 1e-6), (1, y)):
                        spots[one][axis] -= way * share
                        spots[other][axis] += way * share
    return [(x, y) for x, y in spots]
