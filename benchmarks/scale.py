"""What a million articles and more take in hours and machines, reckoned from measured figures by a simulation.

Usage: python -m benchmarks.scale [--articles 1000000,100000000] [--workers 1,2,4,8,16,32] [--reading MS] [--turn MS]
                                  [--growth FACTOR] [--store KB] [--cores 8]
Each worker reads an article, waits for its turn to write, and writes; only one writes at a time, whatever the number
of machines, because two that settle at once would not see each other's events. Times vary as exponential ones do. The
turn grows with the graph: by a factor each time it is ten times larger. The defaults were measured with
benchmarks.throughput and benchmarks.growth; give your own. No core waits for another program here, so a busy machine
takes longer.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.scoring.results import plain

FIRST = 1_000  # articles of the graph in which the turn was measured
TRIED = 2_000  # articles that are simulated for each size
SLICES = 24  # sizes of the growing graph for which the rate is simulated
HEADS = ("articles", "workers", "machines", "a second at the end", "hours", "waits for its turn", "store GB")


@dataclass(frozen=True)
class Figures:
    """What one article takes.

    reading, turn: seconds, the turn in a graph of a thousand; growth: factor of the turn for a graph ten times larger;
    store: KB; cores: of a machine that reads, one for each worker.
    """

    reading: float = 0.150
    turn: float = 0.049
    growth: float = 1.17
    store: float = 53.0
    cores: int = 8

    def turn_at(self, size: float) -> float:
        """Seconds of the turn in a graph of so many articles."""
        return self.turn * math.pow(self.growth, math.log10(max(size, FIRST) / FIRST))


@dataclass(frozen=True)
class Rate:
    """Articles a second, and the share of a worker's time that it waits for its turn."""

    articles: float
    waiting: float


def simulate(reading: float, turn: float, workers: int, articles: int = TRIED, seed: int = 1) -> Rate:
    """The rate of workers that read at once and write one after the other.

    Arguments: mean seconds of either; how many workers; how many articles are simulated; seed of chance.
    """
    chance = random.Random(seed)  # noqa: S311 (the same on every run)
    ready = [chance.expovariate(1 / reading) for _ in range(workers)]
    heapq.heapify(ready)
    free = waited = 0.0
    for _ in range(articles):
        came = heapq.heappop(ready)
        begun = max(came, free)
        waited += begun - came
        free = begun + chance.expovariate(1 / turn)
        heapq.heappush(ready, free + chance.expovariate(1 / reading))
    return Rate(articles / free, waited / (workers * free))


@dataclass(frozen=True)
class Filling:
    """What it takes to fill a graph: hours, and the rate when it is full."""

    articles: int
    workers: int
    hours: float
    last: Rate


def fill(figures: Figures, articles: int, workers: int) -> Filling:
    """Fill an empty graph: the rate is simulated at sizes that grow evenly on a logarithmic scale."""
    edges = [0.0, *(FIRST * (articles / FIRST) ** (n / SLICES) for n in range(SLICES + 1))]
    seconds, rate = 0.0, Rate(0.0, 0.0)
    for low, high in pairwise(edges):
        rate = simulate(figures.reading, figures.turn_at(high), workers)
        seconds += (high - low) / rate.articles
    return Filling(articles, workers, seconds / 3600, rate)


def table(figures: Figures, sizes: Sequence[int], workers: Sequence[int]) -> str:
    """The fillings, a row each."""
    filled = (fill(figures, size, number) for size in sizes for number in workers)
    rows = [(f"{each.articles:,}", str(each.workers), str(math.ceil(each.workers / figures.cores)),
             f"{each.last.articles:.1f}", f"{each.hours:,.0f}", f"{each.last.waiting:.0%}",
             f"{each.articles * figures.store / 1e6:,.0f}") for each in filled]  # fmt: skip
    return plain(HEADS, rows, frozenset(HEADS))


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", default="1000000,100000000")
    parser.add_argument("--workers", default="1,2,4,8,16,32")
    given_by = (("reading", "milliseconds"), ("turn", "milliseconds"), ("growth", "factor"), ("store", "KB"))
    for name, unit in given_by:
        parser.add_argument(f"--{name}", type=float, metavar=unit)
    parser.add_argument("--cores", type=int, default=Figures.cores)
    given = parser.parse_args(words)
    sizes, workers = given.articles.split(","), given.workers.split(",")
    if not all(number.isdecimal() and int(number) > 0 for number in (*sizes, *workers)):
        parser.error("--articles and --workers are whole numbers above 0, parted by commas")
    if min(map(int, sizes)) < FIRST or given.cores < 1:
        parser.error(f"--articles are {FIRST} or more, --cores 1 or more")
    told = {name: value for name, _ in given_by if (value := getattr(given, name)) is not None}
    if not all(value > 0 for value in told.values()):
        parser.error("what an article takes is above 0")
    seconds = {name: value / 1000 if name in ("reading", "turn") else value for name, value in told.items()}
    figures = replace(Figures(cores=given.cores), **seconds)
    print(table(figures, [int(size) for size in sizes], [int(number) for number in workers]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
