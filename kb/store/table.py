"""Query results as plain frozen values, so that neither the command line nor the views need the driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node: the database's own element id, its labels in order, its properties as plain values."""

    element_id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GraphRelationship:
    """A relationship; `start` and `end` are element ids of nodes."""

    element_id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GraphPath:
    """A path: n relationships and the n + 1 nodes they join, in order."""

    nodes: tuple[GraphNode, ...]
    relationships: tuple[GraphRelationship, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The result of one statement: its rows, and every node and relationship in them once, in order of appearance."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    nodes: tuple[GraphNode, ...]
    relationships: tuple[GraphRelationship, ...]
    seconds: float


_AS_THEY_ARE = frozenset((str, int, float, bool, type(None)))  # nearly all values; the rest is looked at one by one


def cell(value: Any) -> Any:
    """Turn a driver value into a table cell: plain JSON-able values, dates as ISO text, the graph records above."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Node):
        return GraphNode(value.element_id, tuple(sorted(value.labels)), _properties(value))
    if isinstance(value, Relationship):
        start, end = value.nodes
        return GraphRelationship(value.element_id, value.type, start.element_id if start else "",
                                 end.element_id if end else "", _properties(value))  # fmt: skip
    if isinstance(value, Path):
        return GraphPath(tuple(cell(node) for node in value.nodes), tuple(cell(each) for each in value.relationships))
    if isinstance(value, Mapping):
        return {key: cell(each) for key, each in value.items()}
    if isinstance(value, (list, set, frozenset)):
        return [cell(each) for each in value]
    return _scalar(value)


def plain(value: Any) -> Any:
    """Turn a driver value into plain Python: as `cell`, but a node or relationship is the dict of its properties."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, (Node, Relationship)):
        return dict(_properties(value))
    if isinstance(value, Path):
        return [plain(node) for node in value.nodes]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return cell(value)


def graph_of(rows: tuple[tuple[Any, ...], ...]) -> tuple[tuple[GraphNode, ...], tuple[GraphRelationship, ...]]:
    """Collect all nodes and relationships that occur in the cells, each once."""
    nodes: dict[str, GraphNode] = {}
    relationships: dict[str, GraphRelationship] = {}
    pending: list[Any] = [value for row in reversed(rows) for value in reversed(row)]
    while pending:
        value = pending.pop()
        if isinstance(value, GraphNode):
            nodes.setdefault(value.element_id, value)
        elif isinstance(value, GraphRelationship):
            relationships.setdefault(value.element_id, value)
        elif isinstance(value, GraphPath):
            pending.extend((*value.nodes, *value.relationships))
        elif isinstance(value, dict):
            pending.extend(reversed(value.values()))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    return tuple(nodes.values()), tuple(relationships.values())


def _properties(entity: Node | Relationship) -> Mapping[str, Any]:
    return MappingProxyType({key: cell(value) for key, value in entity.items()})


def _scalar(value: Any) -> Any:
    if isinstance(value, (Date, DateTime, Time, Duration)):
        return value.iso_format()
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return str(value) if isinstance(value, timedelta) else value
