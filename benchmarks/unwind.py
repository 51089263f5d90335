"""What writing articles costs beside the least that could be done: the same rows, put in by bare UNWIND statements.

Usage: python -m benchmarks.unwind [--articles 200] [--engine local|configured]
Made-up articles (benchmarks.graphs) are written one by one, as kb ingest does after it has read them: compared with
what is there, merged, counted. Then the nodes and relationships of that graph go into an empty one as a driver alone
would put them in: a thousand rows a statement, by label and type, found by their ids. Seconds are of the clock, and of
the processors of this process and of the server.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from benchmarks.graphs.newswire import articles
from benchmarks.growth import empty_graph
from benchmarks.scoring.results import plain
from benchmarks.speed import machine
from benchmarks.throughput import server_of, spent
from ingest.graph.facts import Facts
from ingest.graph.runs import begin
from ingest.graph.write import write
from kb.errors import KbError
from kb.store import Store

NODES = """MATCH (n) WHERE NOT n:Schema AND n.id > $after RETURN labels(n) AS labels, n.id AS id, properties(n) AS row
ORDER BY id LIMIT 1000"""
RELATIONS = """UNWIND $ids AS wanted MATCH (a:START {id: wanted})-[r]->(b)
RETURN labels(a) AS start, type(r) AS type, labels(b) AS end, wanted AS one, b.id AS other, properties(r) AS row"""
CREATE_NODES = "UNWIND $rows AS row CREATE (n:LABELS) SET n = row"
CREATE_RELATIONS = """UNWIND $rows AS row MATCH (a:START {id: row.one}) MATCH (b:END {id: row.other})
CREATE (a)-[r:TYPE]->(b) SET r = row.row"""
AT_ONCE = 1_000
HEADS = ("way", "s", "ms an article", "client ms", "server ms")

Rows = dict[tuple[str, ...], list[dict[str, Any]]]


def rows_of(store: Store) -> tuple[Rows, Rows]:
    """All that a graph holds but its schema: nodes by their labels, relationships by start, type and end."""
    nodes: Rows = defaultdict(list)
    relations: Rows = defaultdict(list)
    after = ""
    while found := store.run(NODES, after=after):
        after = found[-1]["id"]
        ids: dict[str, list[str]] = defaultdict(list)
        for each in found:
            nodes[tuple(sorted(each["labels"]))].append(each["row"])
            ids[_found_by(each["labels"])].append(each["id"])
        for label, some in ids.items():
            for each in store.run(RELATIONS.replace("START", label), ids=some):
                key = (_found_by(each["start"]), each["type"], _found_by(each["end"]))
                relations[key].append({name: each[name] for name in ("one", "other", "row")})
    return nodes, relations


def _found_by(labels: Sequence[str]) -> str:
    return "Entity" if "Entity" in labels else labels[0]


def put(store: Store, nodes: Rows, relations: Rows) -> None:
    """Put rows into an empty graph. Raises: StoreError."""
    for labels, listed in nodes.items():
        for some in _parts(listed):
            store.execute(CREATE_NODES.replace("LABELS", ":".join(labels)), rows=some)
    for (start, kind, end), listed in relations.items():
        text = CREATE_RELATIONS.replace("START", start).replace("TYPE", kind).replace("END", end)
        for some in _parts(listed):
            store.execute(text, rows=some)


def _parts(listed: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(listed)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _timed(store: Store, work: Callable[[], None]) -> tuple[float, float, float]:
    """Seconds of the clock, of this process's processors and of the server's."""
    server = server_of(store)
    begun = time.perf_counter(), time.process_time(), spent(server)
    work()
    ended = time.perf_counter(), time.process_time(), spent(server)
    clock, client, served = (b - a for a, b in zip(begun, ended, strict=True))
    return clock, client, served


def _write(store: Store, facts: Sequence[Facts]) -> None:
    run = begin(store, "newswire")
    for each in facts:
        write(store, each, run)


def measure(engine: str, count: int) -> dict[str, tuple[float, float, float]]:
    """What either way takes for so many articles. Raises: BadInput, StoreError."""
    facts = list(islice(articles(count), count))
    with empty_graph(engine) as store:
        taken = {"as kb ingest writes": _timed(store, lambda: _write(store, facts))}
        nodes, relations = rows_of(store)
    with empty_graph(engine) as store:
        taken["bare UNWIND"] = _timed(store, lambda: put(store, nodes, relations))
    return taken


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code, 2 on bad input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--engine", default="local", choices=("local", "configured"))
    given = parser.parse_args(words)
    if given.articles < 1:
        parser.error("--articles is a whole number above 0")
    try:
        taken = measure(given.engine, given.articles)
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    listed = [(way, f"{clock:.1f}", *(f"{1000 * each / given.articles:.1f}" for each in (clock, client, served)))
              for way, (clock, client, served) in taken.items()]  # fmt: skip
    ours, bare = taken.values()
    print(f"{given.articles} articles; {machine()}")
    print(plain(HEADS, listed, frozenset(HEADS[1:])))
    print(f"bare UNWIND over kb ingest: {bare[0] / ours[0]:.2f} of the clock, "
          f"{sum(bare[1:]) / sum(ours[1:]):.2f} of the processors")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
