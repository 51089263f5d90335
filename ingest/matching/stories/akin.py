"""Which classes of events may tell one deed in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ingest.reading.lexicon import load


def kinds(lemma: str) -> frozenset[str]:
    """The groups of akin classes that a class is in, by the first of each; of one that is in none, itself."""
    return _groups().get(lemma) or frozenset((lemma,))


def akin(one: str, other: str) -> bool:
    """Whether two classes are one, or akin by the reviewed list (lexicon/english/matching/akin.json)."""
    return one == other or not kinds(one).isdisjoint(kinds(other))


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in load("matching/akin")["groups"]:
        for lemma in group:
            found[lemma].add(group[0])
    return {lemma: frozenset(names) for lemma, names in found.items()}
