"""Graphs that many tests begin with: made once for each engine, then put back as they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ingest import ingest
from kb.shown import choice
from kb.store import Store, Transaction

SEED = Path(__file__).parents[1] / "seed_data"

_NODES = "MATCH (n) WHERE NOT n:Schema RETURN labels(n) AS labels, properties(n) AS properties"
_RELATIONS = """MATCH (a)-[r]->(b)
RETURN labels(a) AS start, a.id AS a, type(r) AS type, labels(b) AS end, b.id AS b, properties(r) AS properties"""
_SCHEMA = "MATCH (s:Schema {id: 'schema'}) RETURN properties(s) AS properties"
_CREATE = "UNWIND $rows AS row CREATE (n:LABELS) SET n = row"
_JOIN = """UNWIND $rows AS row MATCH (a:START {id: row.a}) MATCH (b:END {id: row.b})
CREATE (a)-[r:TYPE]->(b) SET r = row.properties"""
# How often somebody wrote is counted on: an answer that was kept of an earlier graph must not count as one of this.
_AS_IT_WAS = "MATCH (s:Schema {id: 'schema'}) SET s += $properties"
_WRITES = "writes"


class _Batch(NamedTuple):
    """One statement, and the rows that it writes."""

    statement: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Graph:
    """All of a graph: the statements that make it again, nodes first, and what the schema's node says of it."""

    batches: tuple[_Batch, ...]
    state: dict[str, Any]


_GRAPHS: dict[tuple[str, int, Hashable], Graph] = {}


def filled(store: Store, name: Hashable, make: Callable[[], object]) -> None:
    """Fill an empty graph: the first time by `make`, from then on with what that made on this engine.

    Arguments: store, open for writing, on an empty graph; name, all that tells this graph from others that tests make
    (whether tallies are kept from the first telling on is told apart by itself); make, which raises where it fails.
    """
    key = (store.uri, choice.MANY, name)
    if key in _GRAPHS:
        put_back(store, _GRAPHS[key])
    else:
        make()
        _GRAPHS[key] = copied(store)


def seeded(store: Store) -> None:
    """Fill an empty graph with the articles that come with the program."""
    filled(store, SEED, lambda: _read(SEED, store))


def _read(folder: Path, store: Store) -> None:
    assert ingest([str(folder)], store).count("failed") == 0


def copied(store: Store) -> Graph:
    """All that a graph holds, with what has expired in it."""
    nodes = _batches(store.run(_NODES), lambda row: _CREATE.replace("LABELS", ":".join(sorted(row["labels"]))),
                     lambda row: row["properties"])  # fmt: skip
    relations = _batches(store.run(_RELATIONS), _join, lambda row: row)
    [state] = store.run(_SCHEMA)
    return Graph((*nodes, *relations), {k: v for k, v in state["properties"].items() if k != _WRITES})


def put_back(store: Store, graph: Graph) -> None:
    """Make an empty graph what another was."""

    def write(tx: Transaction) -> None:
        for batch in graph.batches:
            tx.execute(batch.statement, rows=batch.rows)
        tx.execute(_AS_IT_WAS, properties=graph.state)

    store.write(write)


def _join(row: dict[str, Any]) -> str:
    start, end = _label(row["start"]), _label(row["end"])
    return _JOIN.replace("START", start).replace("END", end).replace("TYPE", row["type"])


def _label(labels: list[str]) -> str:
    """The label in which ids are unique."""
    return "Entity" if "Entity" in labels else min(labels)


def _batches(
    rows: list[dict[str, Any]], statement: Callable[[dict[str, Any]], str], kept: Callable[[dict[str, Any]], Any]
) -> list[_Batch]:
    ordered = sorted(rows, key=statement)
    return [_Batch(words, [kept(row) for row in some]) for words, some in groupby(ordered, key=statement)]
