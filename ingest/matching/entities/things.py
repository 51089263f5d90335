"""Whether two names are one thing's: a vessel, a model of aircraft, an agreement, a law, a product, an index.

A number or a word more is another model ("Lynx 2", "Lynx 3"; "iPhone", "iPhone 4"), so only the spelling may differ.
"""

from __future__ import annotations

from functools import lru_cache

from ingest.matching.entities.names import tokens
from ingest.matching.profiles import Judgement
from ingest.reading.english.entities.known.gazetteer import lexicon


@lru_cache(maxsize=200_000)
def _letters(name: str) -> str:
    """A thing's name without spaces and hyphens ("f16" for "F-16" and "F 16"), and without a ship's prefix."""
    words = tokens(name)
    prefixes = {word.casefold() for word in lexicon("things")["ship prefixes"]}
    return "".join(words[1:] if len(words) > 1 and words[0] in prefixes else words)


def thing_keys(name: str) -> frozenset[str]:
    """Look-up keys of a thing's name: its letters."""
    return frozenset({f"thing|{_letters(name)}"}) if _letters(name) else frozenset()


def compare_things(one: str, other: str) -> Judgement | None:
    """What the names of two things say of each other; None when they have nothing in common."""
    if not _letters(one) or _letters(one) != _letters(other):
        return None
    return Judgement("same", 0.9, "the same name in another spelling")
