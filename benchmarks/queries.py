"""What each question of each screen costs in graphs of different sizes.

Usage: python -m benchmarks.queries [--sizes 1000,10000] [--engine local|configured] [--only WORDS …] [--json] [--save]
For each size an empty graph is filled with made-up articles (benchmarks.graphs), at once. Then each
question is asked as its screen asks it, first until the server has compiled it, then timed. The figure is the processor
time of the server in milliseconds, which another process on the machine changes little; where the server's process
cannot be seen, the time until its answer is there. Beside it stand the statements that a question takes and the rows
that they return. `--json` prints {question: {size: milliseconds}}; `--save` keeps the same in benchmarks/queries.json,
one a line, so that a loss shows in review. The local engine runs in a folder of its own that is
deleted at the end; "configured" is what KB_URI names, which must be empty and is left empty.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from benchmarks.graphs.screens import QUESTIONS, Sample, sample
from benchmarks.growth import empty_graph
from ingest.graph.runs import begin
from kb.errors import KbError
from kb.store import Store, Transaction

WARM, WARM_SECONDS = 12, 4.0  # times and seconds a question is asked before it is timed
TIMES, TIMED_SECONDS = 15, 4.0  # times and seconds it is asked then
ROUNDS = 3  # medians are of so many rounds
KEPT = Path(__file__).parent / "queries.json"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one asking costs: server and wall, milliseconds; the statements that it takes and the rows they return."""

    server: float
    wall: float
    statements: int
    rows: int


class Asked:
    """What is sent while it is open: statements and rows."""

    def __init__(self) -> None:
        self.statements = self.rows = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count every statement that is run."""
        plain = Transaction.run

        def counted(tx: Transaction, cypher: str, /, **params: Any) -> Any:
            found = plain(tx, cypher, **params)
            self.statements += 1
            self.rows += len(found)
            return found

        Transaction.run = counted  # type: ignore[method-assign]
        try:
            yield
        finally:
            Transaction.run = plain  # type: ignore[method-assign]


def measure(store: Store, size: int, only: Sequence[str] = ()) -> dict[str, Cost]:
    """Fill an empty graph with `size` articles and ask each question.

    Arguments: the open store; size; only, words of which a question's name must have one, none for all.
    Raises: StoreError.
    """
    begin(store, "newswire")
    load(store, lambda: articles(size), "newswire")
    return ask_all(store, only)


def ask_all(store: Store, only: Sequence[str] = ()) -> dict[str, Cost]:
    """Ask each question of a filled graph; arguments as `measure`. Raises: StoreError."""
    chosen, process = sample(store), server_process(store)
    wanted = {name: ask for name, ask in QUESTIONS.items() if not only or any(word in name for word in only)}
    return {name: cost(store, ask, chosen, process) for name, ask in wanted.items()}


def cost(store: Store, ask: Callable[[Store, Sample], Any], chosen: Sample, process: int | None) -> Cost:
    """What one question costs.

    Arguments: the open store; the question; what it is asked of; the id of the server's process, None when it is not to
    be seen.
    """
    asked = Asked()
    with asked.counting():
        ask(store, chosen)
    _repeat(lambda: ask(store, chosen), WARM, WARM_SECONDS)
    rounds = []
    for _ in range(ROUNDS):
        busy, begun = busy_seconds(process), time.perf_counter()
        count = _repeat(lambda: ask(store, chosen), TIMES, TIMED_SECONDS / ROUNDS)
        wall = (time.perf_counter() - begun) / count
        spent = busy_seconds(process)
        rounds.append((wall if busy is None or spent is None else (spent - busy) / count, wall))
    server, wall = (statistics.median(each) * 1000 for each in zip(*rounds, strict=True))
    return Cost(server, wall, asked.statements, asked.rows)


def _repeat(work: Callable[[], Any], times: int, seconds: float) -> int:
    """Do something so many times, or until the time is over, but once; returns how often it was done."""
    begun, done = time.perf_counter(), 0
    while done < times and (not done or time.perf_counter() - begun < seconds):
        work()
        done += 1
    return done


def server_process(store: Store) -> int | None:
    """The id of the process that listens at the store's address on this machine; None when there is none to see."""
    address = urlsplit(store.uri)
    if address.hostname not in ("127.0.0.1", "localhost", "::1"):
        return None
    port = address.port or 7687
    try:
        found = [each for each in psutil.net_connections("tcp") if each.status == "LISTEN"]
    except psutil.Error:
        return None
    listening = (each.pid for each in found if each.laddr and each.laddr.port == port)
    return next((pid for pid in listening if pid and Path(f"/proc/{pid}/task").is_dir()), None)


def busy_seconds(process: int | None) -> float | None:
    """Seconds of processor time of a Java process until now, without its compiler's, which only runs at first."""
    if process is None:
        return None
    total = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            if not (thread / "comm").read_text().startswith(("C1 ", "C2 ")):
                total += int((thread / "schedstat").read_text().split()[0])
        except (OSError, ValueError):
            continue  # a thread that has just ended
    return total / 1e9


def table(costs: Mapping[int, Mapping[str, Cost]]) -> Iterator[str]:
    """The figures as lines of a Markdown table."""
    sizes = sorted(costs)
    server, wall = ([f"{size:,}: {name} ms" for size in sizes] for name in ("server", "wall"))
    heads = ["question", *server, "ratio", *wall, "statements", "rows"]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    for name in costs[sizes[0]]:
        each = [costs[size][name] for size in sizes]
        cells = [name, *(f"{one.server:.1f}" for one in each), f"{each[-1].server / max(each[0].server, 1e-9):.2f}",
                 *(f"{one.wall:.1f}" for one in each), f"{each[-1].statements}", f"{each[-1].rows:,}"]  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def as_json(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Server milliseconds by question and size."""
    names = next(iter(costs.values()))
    found = {name: {str(size): round(costs[size][name].server, 2) for size in sorted(costs)} for name in names}
    return json.dumps(found, ensure_ascii=False, indent=1)


def save(costs: Mapping[int, Mapping[str, Cost]], engine: str, path: Path = KEPT) -> None:
    """Keep the figures of an engine; those of questions and sizes that were not measured this time stay."""
    kept: dict[str, dict[str, dict[str, float]]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    for size, asked in costs.items():
        for name, one in asked.items():
            kept.setdefault(engine, {}).setdefault(name, {})[str(size)] = round(one.server, 1)
    path.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code, 2 on bad input."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.queries", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles, parted by commas")
    parser.add_argument("--engine", default="local", choices=("local", "configured"))
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="only questions whose name has a word")
    parser.add_argument("--json", action="store_true", help="print server milliseconds by question and size")
    parser.add_argument("--save", action="store_true", help="keep them in benchmarks/queries.json")
    given = parser.parse_args(words)
    if not all(size.isdecimal() and int(size) for size in given.sizes.split(",")):
        parser.error("--sizes are whole numbers above 0, parted by commas")
    if given.only and not any(word in name for word in given.only for name in QUESTIONS):
        parser.error(f"no question is called {' or '.join(given.only)}; there are {', '.join(QUESTIONS)}")
    costs: dict[int, dict[str, Cost]] = {}
    try:
        for size in sorted({int(size) for size in given.sizes.split(",")}):
            begun = time.monotonic()
            with empty_graph(given.engine) as store:
                costs[size] = measure(store, size, given.only)
            print(f"{size:,} articles: measured in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    if given.save:
        save(costs, given.engine)
    if given.json:
        print(as_json(costs))
    else:
        print(f"One asking, on {os.cpu_count()} cores.\n")
        print("\n".join(table(costs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
