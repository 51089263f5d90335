"""From rows of events and those who took part to a network that can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kb.query_rows import NetworkEdge, NetworkGraph, NetworkNode, human


def network_graph(found: Sequence[Mapping[str, Any]], limit: int, centre: str | None = None) -> NetworkGraph:
    """The nodes and lines of the events in `found`, in its order, until `limit` nodes are there.

    Arguments: found, rows of NETWORK or NETWORK_OF_EVENT; limit, most nodes; centre, a node id that comes first.
    """
    by_event: dict[str, list[Mapping[str, Any]]] = {}
    for row in found:
        by_event.setdefault(row["event_id"], []).append(row)
    order = sorted(by_event, key=lambda id: id != centre)
    kept: dict[str, NetworkNode] = {}
    edges: dict[NetworkEdge, None] = {}
    truncated = False
    for event in order:
        wanted = {event, *(row["id"] for row in by_event[event])}
        if len(kept) + len(wanted - kept.keys()) > limit:
            truncated = True
            continue
        _add(kept, edges, by_event[event])
    lines = Counter(end for edge in edges for end in (edge.source, edge.target))
    nodes = (NetworkNode(n.id, n.label, n.kind, n.title, lines[n.id]) for n in kept.values())
    return NetworkGraph(tuple(nodes), tuple(edges), truncated)


def _add(kept: dict[str, NetworkNode], edges: dict[NetworkEdge, None], event_rows: Sequence[Mapping[str, Any]]) -> None:
    for row in event_rows:
        title = f"{row['event_title']} · {human(row['edtf'])}"
        kept.setdefault(row["event_id"], NetworkNode(row["event_id"], row["event_title"], "Event", title, 0))
        kind = next(label for label in row["labels"] if label != "Entity")
        kept.setdefault(row["id"], NetworkNode(row["id"], row["name"], kind, f"{kind} · {row['name']}", 0))
        if row["relation"] == "LOCATED_IN":
            edges[NetworkEdge(row["event_id"], row["id"], "located in")] = None
        else:
            edges[NetworkEdge(row["id"], row["event_id"], row["role"] or "took part")] = None
