"""The shortest connection of two names: through events that they took part in and claims that were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kb.ask.network.lines import Behind, behind
from kb.ask.network.picture import NetworkEdge, NetworkGraph, NetworkNode
from kb.ask.past import Graph
from kb.ask.rows import Named, Record

_ROUNDS = 10  # steps from one node to the next that are tried in all
_MOST = 200_000  # nodes reached, after which it is given up

_NAMED = "x.expiredAt IS NULL AND (x.described = false OR x.described IS NULL OR x.id IN $ends)"

# About how much lies one step from a name.
AROUND = """UNWIND $ids AS wanted MATCH (n:Entity {id: wanted})
RETURN n.id AS id, coalesce(n.events, 0) + coalesce(n.claims, 0) AS around"""
_FEW = 5  # what lies about an event or a claim

# What lies one step from some nodes. Where something happened connects only if it is asked for: too much happens there.
FROM_NAMES = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})-[r:PARTICIPATED_IN]->(x:Event) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT wanted, x.id AS id, 'Event' AS kind, coalesce(x.importance, 0.0) AS weight
UNION ALL UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})<-[r:LOCATED_IN]-(x:Event)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL AND wanted IN $ends
RETURN DISTINCT wanted, x.id AS id, 'Event' AS kind, coalesce(x.importance, 0.0) AS weight
UNION ALL UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})<-[r:MADE_BY|ABOUT]-(x:Claim) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT wanted, x.id AS id, 'Claim' AS kind, 0.0 AS weight"""
FROM_EVENTS = f"""UNWIND $ids AS wanted
MATCH (n:Event {{id: wanted}})<-[r:PARTICIPATED_IN]-(x:Entity) WHERE r.expiredAt IS NULL AND {_NAMED}
RETURN DISTINCT wanted, x.id AS id, 'Entity' AS kind, coalesce(x.events, 0) * 1.0 AS weight
UNION ALL UNWIND $ids AS wanted
MATCH (n:Event {{id: wanted}})-[r:LOCATED_IN]->(x:Entity) WHERE r.expiredAt IS NULL AND x.id IN $ends
RETURN DISTINCT wanted, x.id AS id, 'Entity' AS kind, coalesce(x.events, 0) * 1.0 AS weight
UNION ALL UNWIND $ids AS wanted
MATCH (n:Event {{id: wanted}})<-[r:ABOUT|MADE_IN]-(x:Claim) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT wanted, x.id AS id, 'Claim' AS kind, 0.0 AS weight"""
FROM_CLAIMS = f"""UNWIND $ids AS wanted
MATCH (n:Claim {{id: wanted}})-[r:MADE_BY|ABOUT]->(x:Entity) WHERE r.expiredAt IS NULL AND {_NAMED}
RETURN DISTINCT wanted, x.id AS id, 'Entity' AS kind, coalesce(x.events, 0) * 1.0 AS weight
UNION ALL UNWIND $ids AS wanted
MATCH (n:Claim {{id: wanted}})-[r:ABOUT|MADE_IN]->(x:Event) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT wanted, x.id AS id, 'Event' AS kind, coalesce(x.importance, 0.0) AS weight"""
_FROM = {"Entity": FROM_NAMES, "Event": FROM_EVENTS, "Claim": FROM_CLAIMS}


@dataclass(frozen=True, slots=True)
class Connection:
    """The way from one name to another: its nodes in order, and what stands behind each step."""

    nodes: tuple[Named, ...]
    hops: tuple[Behind, ...]

    def graph(self) -> NetworkGraph:
        """The way as a network to draw."""
        nodes = tuple(NetworkNode(one.id, one.name, one.kind, one.name, 2) for one in self.nodes)
        edges = tuple(NetworkEdge(hop.one.id, hop.other.id, meaning(hop)) for hop in self.hops)
        kinds = [node.kind for node in nodes]
        return NetworkGraph(nodes, edges, False, kinds.count("Event"), kinds.count("Claim"))


def meaning(hop: Behind) -> str:
    """What a step means, in a word or two."""
    if hop.claims:
        ends, said = (hop.one.id, hop.other.id), hop.claims[0]
        if said.speaker and said.speaker.id in ends:
            return said.cue or "said"
        return "said in" if said.made_in and said.made_in.id in ends else "about"
    return ", ".join(dict.fromkeys(one.role.replace("_", " ") for one in hop.sentences)) or "took part"


@dataclass
class _Side:
    """What was reached from one end: the cost of each node, the node before it, and the outermost nodes by kind.

    width: about how much lies one step further.
    """

    start: str
    width: int = 0
    cost: dict[str, float] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    edge: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.cost[self.start] = 0.0
        self.edge["Entity"].add(self.start)

    def way(self, node: str) -> list[str]:
        """The way from the end to a node."""
        found = [node]
        while found[-1] != self.start:
            found.append(self.before[found[-1]])
        return found[::-1]


def connection(graph: Graph, one: str, other: str) -> Connection | None:
    """The shortest connection of two names, of equal ones the most telling; None where there is none.

    Telling is what leads through important events rather than through claims, and past names that are in everything.
    It is looked for from both ends at once (bidirectional breadth-first search, Pohl 1971), each time from the end that
    leads to less: a name that is in everything is met, and hardly ever asked for all it is in. Arguments: the graph;
    ids of two names. Raises: StoreError.
    """
    if one == other:
        return None
    around = {row["id"]: int(row["around"]) for row in graph.run(AROUND, ids=[one, other])}
    sides = (_Side(one, around.get(one, 0)), _Side(other, around.get(other, 0)))
    for _ in range(_ROUNDS):
        narrow, wide = sorted(sides, key=lambda side: (side.width, side is not sides[0]))
        if not any(narrow.edge.values()) or len(narrow.cost) + len(wide.cost) > _MOST:
            return None
        met = _step(graph, narrow, wide, [one, other])
        if met:
            middle = min(met, key=lambda id: (narrow.cost[id] + wide.cost[id], id))
            way = sides[0].way(middle) + sides[1].way(middle)[-2::-1]
            return _told(graph, way)
    return None


def _step(graph: Graph, side: _Side, other: _Side, ends: list[str]) -> set[str]:
    """Go one step further on one side. Returns: what the other side has reached too."""
    fresh: dict[str, tuple[float, str, str]] = {}
    around: dict[str, int] = {}
    for kind, ids in side.edge.items():
        for row in graph.run(_FROM[kind], ids=sorted(ids), ends=ends) if ids else ():
            if row["id"] not in side.cost:
                cost = side.cost[row["wanted"]] + _cost(row)
                fresh[row["id"]] = min(fresh.get(row["id"], (cost, "~", "")), (cost, row["wanted"], row["kind"]))
                around[row["id"]] = int(row["weight"]) + 1 if row["kind"] == "Entity" else _FEW
    side.edge, side.width = defaultdict(set), sum(around.values())
    for id, (cost, before, kind) in fresh.items():
        side.cost[id], side.before[id] = cost, before
        side.edge[kind].add(id)
    return fresh.keys() & other.cost.keys()


def _cost(row: Record) -> float:
    """How little a node tells by being on the way, 0 to 2."""
    if row["kind"] == "Claim":
        return 2.0
    weight = float(row["weight"])
    return 1.0 - weight if row["kind"] == "Event" else min(1.0, weight / 500)


def _told(graph: Graph, way: Iterable[str]) -> Connection:
    ids = list(way)
    hops = tuple(hop for a, b in pairwise(ids) if (hop := behind(graph, a, b)))
    known: Mapping[str, Named] = {end.id: end for hop in hops for end in (hop.one, hop.other)}
    return Connection(tuple(known[id] for id in ids if id in known), hops)
