"""Refit confidences on gold, of the part that may be looked at: the share of each sort of finding that is right.

Usage: python -m benchmarks.calibrate DATA [--only SET …] [--save]
Prints for each kind its sorts with [share, count], and the expected calibration error: with the scores of the steps
themselves, and refitted, each half of the documents with the shares of the other half. --save keeps the shares in
ingest/reading/lexicon/english/confidence.json, where the readers take them from.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.scoring.gold import NoGoldError, Reader, find_sets
from benchmarks.scoring.parts import only_scored
from benchmarks.scoring.reliability import JUDGES, Judged, judge, tables

KEPT = Path(__file__).parents[1] / "ingest" / "reading" / "lexicon" / "english" / "confidence.json"
WEIGHED = {"times": "times", "event mentions": "events", "claims": "claims"}
_FEWEST = 8  # a sort seen less often keeps the share of the wider sort
_PRIOR = 4  # how many findings of the kind's mean share each sort is smoothed with (m-estimate, Cestnik 1990)

Shares = dict[str, tuple[float, int]]


def shares(judged: Sequence[Judged]) -> Shares:
    """(share right, count) by sort of one kind's findings, those seen often enough."""
    if not judged:
        return {}
    mean = sum(item.right for item in judged) / len(judged)
    seen: dict[str, list[bool]] = defaultdict(list)
    for item in judged:
        for sort in item.sorts:
            seen[sort].append(item.right)
    return {
        sort: ((sum(right) + _PRIOR * mean) / (len(right) + _PRIOR), len(right))
        for sort, right in sorted(seen.items())
        if len(right) >= _FEWEST
    }


def refitted(judged: Sequence[Judged]) -> list[Judged]:
    """The findings with the share that the other half of the documents gives their sort."""
    half = {doc: number % 2 for number, doc in enumerate(sorted({item.doc for item in judged}))}
    fitted = [shares([item for item in judged if half[item.doc] != number]) for number in (0, 1)]
    return [replace(item, confidence=_share(fitted[half[item.doc]], item)) for item in judged]


def _share(known: Shares, item: Judged) -> float:
    return next((known[sort][0] for sort in item.sorts if sort in known), item.confidence)


def by_kind(judged: Sequence[Judged]) -> Mapping[str, list[Judged]]:
    """What was judged, by its kind."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        kinds[item.kind].append(item)
    return kinds


def save(kinds: Mapping[str, Sequence[Judged]]) -> None:
    """Keep the shares of the kinds that the readers weigh."""
    kept = {
        name: {sort: round(share, 2) for sort, (share, _) in shares(kinds.get(kind, ())).items()}
        for kind, name in WEIGHED.items()
    }
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares; returns the exit code, 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder of gold sets")
    parser.add_argument("--only", nargs="+", default=[], metavar="SET", help="only these sets (times, events/x, …)")
    parser.add_argument("--save", action="store_true", help="keep the shares where the readers take them from")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            sets = [each for each in find_sets(options.data, tuple(options.only)) if each.kind in JUDGES]
            kinds = by_kind([j for j in judge(sets, Reader(Path(scratch), weigh=False)) if not only_scored(j.doc)])
    except NoGoldError as error:
        print(error, file=sys.stderr)
        return 2
    for kind, items in sorted(kinds.items()):
        before, after = tables(items)[kind]["error"], tables(refitted(items))[kind]["error"]
        print(f"{kind}: error {before}, refitted {after}")
        for sort, (share, count) in shares(items).items():
            print(f"  {sort}: [{share:.2f}, {count}]")
    if options.save:
        save(kinds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
