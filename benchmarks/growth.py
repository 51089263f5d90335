"""What adding one article costs in graphs of different sizes.

Usage: python -m benchmarks.growth [--sizes 1000,10000,100000] [--engine local|configured] [--added 50] [--statements N]
For each size an empty graph is filled with made-up articles (benchmarks.graphs), at once. Then
further articles are written one by one as kb ingest writes them, and timed. Shown are the median and the 90th
percentile of an article's time, the medians of its steps, and the ratio against the smallest size. The local engine
runs in a folder of its own that is deleted at the end; "configured" is what KB_URI names, which must be empty and is
left empty.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from ingest.graph.runs import begin
from ingest.graph.write import write
from kb.errors import BadInput, KbError
from kb.store import Settings, Store, Transaction, open_store, schema, stop

WARM = 200  # articles written before any is timed: the server compiles what it runs often
GOAL = 1.5  # times what an article costs at the smallest size
STEPS = {
    "ingest.graph.write": "nodes and relations", "ingest.graph.copies": "copies",
    "ingest.graph.merge": "entities and events", "ingest.graph.moves": "entities and events",
    "ingest.graph.rulings": "entities and events", "ingest.graph.aliases": "entities and events",
    "ingest.graph.claim_links": "claims", "ingest.graph.show": "what is shown", "kb.shown.sources": "copies",
}  # fmt: skip
REST = "outside the server"


@dataclass
class Timed:
    """Seconds of each timed article: in all, by step, and by statement with how often it ran."""

    articles: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    ran: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def measure(store: Store, size: int, added: int) -> Timed:
    """Fill an empty graph with `size` articles and time the writing of `added` more. Raises: StoreError."""
    run = begin(store, "newswire")
    load(store, lambda: articles(size), "newswire")
    timed = Timed()
    for number, facts in enumerate(articles(size + WARM + added, size)):
        spent: dict[str, float] = defaultdict(float)
        begun = time.perf_counter()
        with _watched(spent, timed if number >= WARM else Timed()):
            write(store, facts, run)
        whole = time.perf_counter() - begun
        if number >= WARM:
            timed.articles.append(whole)
            for step in (*dict.fromkeys(STEPS.values()), REST):
                timed.steps[step].append(spent[step] if step != REST else whole - sum(spent.values()))
    return timed


@contextmanager
def _watched(spent: dict[str, float], timed: Timed) -> Iterator[None]:
    """Time every statement that is run, by the module that runs it."""
    plain = (Transaction.run, Transaction.execute)

    def watch(run: Callable[..., Any]) -> Callable[..., Any]:
        def timing(tx: Transaction, cypher: str, /, **params: Any) -> Any:
            frame, begun = sys._getframe(1), time.perf_counter()
            module = frame.f_globals["__name__"]
            if module == "ingest.graph.blocks" and frame.f_back:
                module = frame.f_back.f_globals["__name__"]
            try:
                return run(tx, cypher, **params)
            finally:
                took = time.perf_counter() - begun
                spent[STEPS.get(module, REST)] += took
                timed.statements[f"{module}: {' '.join(cypher.split())}"] += took
                timed.ran[f"{module}: {' '.join(cypher.split())}"] += 1

        return timing

    Transaction.run, Transaction.execute = map(watch, plain)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Transaction.run, Transaction.execute = plain  # type: ignore[method-assign]


@contextmanager
def empty_graph(engine: str) -> Iterator[Store]:
    """An empty graph, which is gone afterwards. Raises: BadInput, StoreError."""
    if engine == "configured":
        settings = Settings.from_env()
        if not settings.uri:
            raise BadInput("KB_URI names no graph server; set it, or measure with --engine local.")
        with open_store(settings) as store:
            if store.run("MATCH (n) WHERE NOT n:Schema RETURN n.id AS id LIMIT 1"):
                raise BadInput(
                    f"The graph at {settings.uri} is not empty; name an empty one, which is filled and emptied."
                )
            try:
                yield store
            finally:
                schema.clear(store)
        return
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        settings = Settings(Path(folder))
        try:
            with open_store(settings) as store:
                yield store
        finally:
            stop(settings)


def table(results: Sequence[tuple[int, Timed]]) -> Iterator[str]:
    """The figures as lines of a Markdown table, milliseconds of one article."""
    heads = ("articles", "median", "ratio", "90th percentile", "ratio", *dict.fromkeys(STEPS.values()), REST)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' ---: |' * len(heads)}"
    first = results[0][1]
    for size, timed in results:
        figures = []
        for figure in (statistics.median, _ninth):
            value = figure(timed.articles)
            figures += [f"{value * 1000:.0f}", f"{value / figure(first.articles):.2f}"]
        steps = (f"{statistics.median(spent) * 1000:.0f}" for spent in timed.steps.values())
        yield f"| {size:,} | {' | '.join((*figures, *steps))} |"


def _ninth(spent: Sequence[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.9)] if len(spent) > 1 else spent[0]


def costliest(timed: Timed, count: int) -> Iterator[str]:
    """The statements that took longest: milliseconds and times run an article, module, first words."""
    each = len(timed.articles)
    for statement in sorted(timed.statements, key=lambda s: -timed.statements[s])[:count]:
        took = timed.statements[statement] / each * 1000
        yield f"{took:8.2f} ms {timed.ran[statement] / each:6.2f}x  {statement[:120]}"


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 1 where the greatest size costs more than the goal, 2 on bad input."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of articles, parted by commas")
    parser.add_argument("--engine", default="local", choices=("local", "configured"))
    parser.add_argument("--added", type=int, default=50, help="articles that are timed at each size")
    parser.add_argument("--statements", type=int, default=0, help="how many of the costliest statements to show")
    given = parser.parse_args(words)
    if given.added < 1 or not all(size.isdecimal() and int(size) for size in given.sizes.split(",")):
        parser.error("--sizes and --added are whole numbers above 0")
    sizes = sorted({int(size) for size in given.sizes.split(",")})
    results = []
    try:
        for size in sizes:
            begun = time.monotonic()
            with empty_graph(given.engine) as store:
                results.append((size, measure(store, size, given.added)))
            print(f"{size:,} articles: measured in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
            print("\n".join(costliest(results[-1][1], given.statements)), flush=True)
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Milliseconds of one article, {given.added} timed at each size, on {os.cpu_count()} cores.\n")
    print("\n".join(table(results)))
    return int(statistics.median(results[-1][1].articles) > GOAL * statistics.median(results[0][1].articles))


if __name__ == "__main__":
    sys.exit(main())
