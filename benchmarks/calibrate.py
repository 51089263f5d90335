"""Refit confidences on gold: for each kind, a rising map from the score now stated to the share that is right.

Usage: python -m benchmarks.calibrate DATA [--only SET …]
Prints for each kind its map [[score, share, count], …]: an item is given the share of the last triple whose score is
not above its own; and its expected calibration error now and refitted, each half of the documents with the map of the
other half. Kinds that state no confidence are shown as [share right, count] by sort of finding.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.gold import NoGoldError, Reader, find_sets
from benchmarks.reliability import JUDGES, Judged, judge, tables

Map = list[tuple[float, float, int]]


def rising_map(items: Iterable[tuple[float, bool]]) -> Map:
    """(lowest score, share right, count) blocks whose shares rise with the score: least squares under that order.

    Pool adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman 1955), as Zadrozny and Elkan (2002) use it to make
    scores into probabilities.
    """
    counts: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for score, is_right in items:
        counts[score][0] += is_right
        counts[score][1] += 1
    blocks: list[tuple[float, int, int]] = []
    for score, (right, count) in sorted(counts.items()):
        blocks.append((score, right, count))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            (low, rights, many), (_, more_rights, more) = blocks[-2:]
            blocks[-2:] = [(low, rights + more_rights, many + more)]
    return [(score, right / count, count) for score, right, count in blocks]


def share(fitted: Map, score: float) -> float:
    """What the map gives for a score; below its first, the first share."""
    return fitted[max(0, bisect_right([low for low, _, _ in fitted], score) - 1)][1]


def refitted(items: Sequence[Judged]) -> list[Judged]:
    """The items with the confidence that the map of the other half of the documents gives them."""
    halves: tuple[list[Judged], list[Judged]] = ([], [])
    half = {doc: number % 2 for number, doc in enumerate(sorted({item.doc for item in items}))}
    for item in items:
        halves[half[item.doc]].append(item)
    changed = []
    for own, other in (halves, halves[::-1]):
        fitted = rising_map(_scores(other))
        if fitted:
            changed += [replace(item, confidence=share(fitted, float(item.confidence or 0))) for item in own]
    return changed


def _scores(items: Iterable[Judged]) -> list[tuple[float, bool]]:
    return [(item.confidence, item.right) for item in items if item.confidence is not None]


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """For each kind its map and errors, or the share right by sort where no confidence is stated."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        kinds[item.kind].append(item)
    return {kind: _kind(kind, items) for kind, items in sorted(kinds.items())}


def _kind(kind: str, items: list[Judged]) -> dict[str, Any]:
    stated = [item for item in items if item.confidence is not None]
    if not stated:
        sorts: dict[str, list[bool]] = defaultdict(list)
        for item in items:
            sorts[item.sort].append(item.right)
        ranked = sorted(sorts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return {sort: [round(sum(right) / len(right), 3), len(right)] for sort, right in ranked}
    after = refitted(stated)
    return {
        "map": [[round(low, 4), round(right, 3), count] for low, right, count in rising_map(_scores(stated))],
        "error": tables(stated)[kind]["error"],
        "error refitted": tables(after)[kind]["error"] if after else None,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the maps; returns the exit code, 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder of gold sets")
    parser.add_argument("--only", nargs="+", default=[], metavar="SET", help="only these sets (times, events/x, …)")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            sets = [each for each in find_sets(options.data, tuple(options.only)) if each.kind in JUDGES]
            found = report(judge(sets, Reader(Path(scratch))))
    except NoGoldError as error:
        print(error, file=sys.stderr)
        return 2
    for kind, told in found.items():
        print(f"{kind}:")
        for name, value in told.items():
            print(f"  {name}: {json.dumps(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
