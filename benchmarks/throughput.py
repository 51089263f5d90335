"""How many articles a second go from their text into the graph, by one process and by several, and what that takes.

Usage: python -m benchmarks.throughput [SOURCE …] [--processes 1,2] [--engine local|configured] [--articles N]
SOURCE is whatever kb ingest reads; without one, the texts of made-up articles (benchmarks.graphs). For each number
of processes an empty graph is filled. Timed is from when the first article is stored to when the last is, so that what
begins but once (the model, the server's first statements) is left out. Processor time is told apart for what reads
(this process and those it starts) and for the graph server, where that runs on this machine: their sum over the
processor's cores is the least that any number of processes can take here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from benchmarks.graphs.newswire import articles
from benchmarks.growth import empty_graph
from benchmarks.scoring.results import plain
from benchmarks.speed import machine
from ingest import ingest
from ingest.run import Outcome
from kb.errors import BadInput, KbError
from kb.store import Store

HEADS = ("processes", "articles", "a second", "ratio", "reading ms", "server ms", "cores busy", "MB a process")
WARM = 10  # articles that are stored before any is timed


@dataclass
class Moment:
    """Seconds since some time, of the clock, of the reading processes' and of the server's processors; articles."""

    clock: float = 0.0
    reading: float = 0.0
    server: float = 0.0
    articles: int = 0


@dataclass
class Taken:
    """What one filling took, from its first timed article to its last."""

    processes: int
    begun: Moment = field(default_factory=Moment)
    ended: Moment = field(default_factory=Moment)
    memory: float = 0.0  # MB of the greatest process

    def each(self, name: str) -> float:
        """Seconds an article of a clock."""
        count = self.ended.articles - self.begun.articles
        return float((getattr(self.ended, name) - getattr(self.begun, name)) / count)


def measure(store: Store, sources: Sequence[str], processes: int) -> Taken:
    """Fill an empty graph and tell what it took. Raises: BadInput where there are too few articles; StoreError."""
    server = server_of(store)
    taken = Taken(processes)

    def progress(_: Outcome, done: int) -> None:
        if done < WARM:
            return
        taken.ended = _now(server, done)
        if done == WARM:
            taken.begun = taken.ended
        taken.memory = max(taken.memory, *(_memory(each) for each in _reading()))

    failed = ingest(sources, store, progress=progress, processes=processes).count("failed")
    if failed:
        raise BadInput(f"{failed} articles failed; kb ingest says why.")
    if taken.ended.articles <= taken.begun.articles:
        raise BadInput(f"Give more than {WARM} articles; the first {WARM} are not timed.")
    return taken


def _reading() -> list[psutil.Process]:
    this = psutil.Process()
    return [this, *(each for each in this.children(recursive=True) if "java" not in _name(each))]


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return "java"


def _now(server: psutil.Process | None, done: int) -> Moment:
    return Moment(time.perf_counter(), sum(map(spent, _reading())), spent(server), done)


def spent(process: psutil.Process | None) -> float:
    """Seconds of processor time that a process has had; 0 for none."""
    if process is None:
        return 0.0
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss / 2**20)
    except psutil.Error:
        return 0.0


def server_of(store: Store) -> psutil.Process | None:
    """The process that serves a graph, if it runs on this machine."""
    port = urlsplit(store.uri).port
    for each in psutil.net_connections("tcp"):
        if each.status == "LISTEN" and each.laddr and each.laddr.port == port and each.pid:
            return psutil.Process(each.pid)
    return None


@contextmanager
def made_up(count: int) -> Iterator[list[str]]:
    """A file of made-up articles. Gives: its name."""
    with tempfile.TemporaryDirectory(prefix="newswire-") as folder:
        path = Path(folder) / "newswire.jsonl"
        with path.open("w", encoding="utf-8") as lines:
            for number, facts in zip(range(count), articles(count), strict=False):
                row = {"doc_id": f"n{number}", "published": facts.article.published, "title": facts.article.title,
                       "text": facts.snapshot.text}  # fmt: skip
                lines.write(json.dumps(row) + "\n")
        yield [str(path)]


def table(results: Sequence[Taken]) -> str:
    """The figures; the ratio is against the first."""
    cores = os.cpu_count() or 1
    first = results[0].each("clock")
    rows = []
    for taken in results:
        clock, reading, server = (taken.each(name) for name in ("clock", "reading", "server"))
        rows.append((str(taken.processes), str(taken.ended.articles - taken.begun.articles), f"{1 / clock:.2f}",
                     f"{first / clock:.2f}", f"{reading * 1000:.0f}", f"{server * 1000:.0f}",
                     f"{(reading + server) / clock:.2f} of {cores}", f"{taken.memory:.0f}"))  # fmt: skip
    return plain(HEADS, rows, frozenset(HEADS))


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code, 2 on bad input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="what is read; without one, made-up articles")
    parser.add_argument("--processes", default="1,2", help="numbers of processes, parted by commas")
    parser.add_argument("--engine", default="local", choices=("local", "configured"))
    parser.add_argument("--articles", type=int, default=200, help="how many made-up articles")
    given = parser.parse_args(words)
    if not all(number.isdecimal() and int(number) for number in given.processes.split(",")):
        parser.error("--processes are whole numbers above 0")
    results = []
    try:
        with made_up(0 if given.sources else given.articles) as file:
            for processes in map(int, given.processes.split(",")):
                with empty_graph(given.engine) as store:
                    results.append(measure(store, given.sources or file, processes))
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    print(machine())
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
