"""A story run: the project's own articles read together, and whether what several of them tell is one event.

Usage: python -m benchmarks.story_run
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from ingest.clean import clean
from ingest.jsonl import write_jsonl
from ingest.read import Failure, Given, read
from ingest.reading.extract import extract_all

SEED = Path(__file__).parent.parent / "seed_data"
GOLD = Path(__file__).with_suffix(".json")

Mention = tuple[str, int]
Pair = tuple[Mention, Mention]


def main() -> int:
    """Print the figures and what was missed or wrong. Returns the exit code."""
    figures, missed, wrong = run()
    for name, value in figures.items():
        print(f"{name}: {value:.2f}")
    for head, pairs in (("missed", missed), ("wrong", wrong)):
        for line in pairs:
            print(f"{head}: {line}")
    return 0


def run(gold: Path = GOLD, folder: Path = SEED) -> tuple[dict[str, float], list[str], list[str]]:
    """Read all articles of a folder together and compare with the gold.

    Returns: cross-document pair recall and precision in percent, the missed pairs and the wrong ones in words. Only
    pairs of mentions in two documents count, each mention once.
    """
    rows = _events(folder)
    found = _pairs(rows)
    wanted = _wanted(json.loads(gold.read_text(encoding="utf-8")), rows)
    words = {(row["doc_id"], row["start"]): f"{row['doc_id'].rsplit('/', 1)[-1]} “{row['text']}”" for row in rows}
    hit = found & wanted
    figures = {"cross-document recall": 100 * len(hit) / len(wanted) if wanted else 0.0,
               "cross-document precision": 100 * len(hit) / len(found) if found else 0.0}  # fmt: skip
    told = [sorted(f"{words[a]} and {words[b]}" for a, b in pairs) for pairs in (wanted - found, found - wanted)]
    return figures, told[0], told[1]


def _events(folder: Path) -> list[dict[str, Any]]:
    raws = [raw for raw in read(str(folder), Given()) if not isinstance(raw, Failure)]
    with tempfile.TemporaryDirectory() as scratch:
        write_jsonl(extract_all(map(clean, raws)), Path(scratch))
        lines = (Path(scratch) / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _pairs(rows: list[dict[str, Any]]) -> set[Pair]:
    """Pairs that were given one id. Sayings in an interview are told of it, and no reports of it."""
    told: dict[str, set[Mention]] = defaultdict(set)
    for row in rows:
        if row["text"] not in ("said", "claimed"):
            told[row["event_id"]].add((row["doc_id"], row["start"]))
    return {pair for mentions in told.values() for pair in _across(mentions)}


def _wanted(gold: dict[str, Any], rows: list[dict[str, Any]]) -> set[Pair]:
    wanted: set[Pair] = set()
    for listed in gold["one"].values():
        marks = {(row["doc_id"], row["start"]) for row in rows for name, word in listed
                 if row["doc_id"].endswith(name) and row["text"] == word}  # fmt: skip
        if not marks:
            sys.exit(f"Nothing in the articles is {listed}")
        wanted |= set(_across(marks))
    return wanted


def _across(mentions: set[Mention]) -> list[Pair]:
    return [(a, b) for a, b in combinations(sorted(mentions), 2) if a[0] != b[0]]


if __name__ == "__main__":
    sys.exit(main())
