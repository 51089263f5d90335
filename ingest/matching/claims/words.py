"""The words that the comparison of claims knows (`lexicon/english/matching/claims.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.reading.lexicon import load

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The lists of claims.json by name, each said there; opposites are unordered pairs of lemmas."""

    sets: Mapping[str, frozenset[str]]
    lasting: frozenset[Pair]
    passing: frozenset[Pair]
    kin: Mapping[str, str]  # a word with opposites -> the first word of its family
    numbers: Mapping[str, int]
    magnitudes: Mapping[str, int]
    multiples: Mapping[str, tuple[int, int]]
    months: Mapping[str, int]

    def has(self, name: str, word: str) -> bool:
        """Whether a word is on the list of this name."""
        return word in self.sets[name]

    def opposite(self, one: str, other: str) -> bool:
        """Whether two lemmas exclude each other."""
        pair = frozenset((one, other))
        return pair in self.lasting or pair in self.passing


@cache
def claim_words() -> ClaimWords:
    """Read the lists, once."""
    found = load("matching/claims")
    lasting, passing = found["lasting_opposites"], found["passing_opposites"]
    months = {name: number for number, name in enumerate(found["months"], 1)}
    flat = {name: words for name, words in found.items() if isinstance(words, list) and isinstance(words[0], str)}
    return ClaimWords(
        sets={name: frozenset(words) for name, words in flat.items()},
        lasting=frozenset(frozenset(pair) for pair in lasting),
        passing=frozenset(frozenset(pair) for pair in passing),
        kin=_families([*lasting, *passing]),
        numbers=found["number_words"],
        magnitudes=found["magnitudes"],
        multiples={word: (low, high) for word, (low, high) in found["multiples"].items()},
        months=months | found["month_abbreviations"],
    )


def _families(pairs: list[list[str]]) -> dict[str, str]:
    """Each word of the pairs with the first in order of all that pairs join it to, so that opposites share a name."""
    families: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = families.get(one, {one}) | families.get(other, {other})
        for word in joined:
            families[word] = joined
    return {word: min(family) for word, family in families.items()}
