"""The words, names and numbers of a text by which articles and sentences are compared."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest

from spacy.tokens import Token

from ingest.reading.lexicon import load
from kb.rarity import rarity

_TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_NAME = re.compile(r"[A-Z][\w'’-]{2,}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SHORT = 3  # letters that a word must have
_YEARS = range(1900, 2100)
_LISTS = load("matching/stories")
_COMMON, _MONTHS = frozenset(_LISTS["common"]), frozenset(_LISTS["calendar"])
_NUMBERS: Mapping[str, int] = {word: n for n, word in enumerate(_LISTS["numbers"], 2)}


def content(tokens: Iterable[Token]) -> Iterator[str]:
    """The lemmas, in lower case, of the words that tell what a text is about."""
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.pos_ in _TELLING and len(lemma) >= _SHORT and lemma.isalpha() and lemma not in _COMMON:
            yield lemma


def names(text: str) -> Iterator[str]:
    """The capitalised words of a name, in lower case: "Ursula von der Leyen" gives ursula, leyen."""
    for found in _NAME.findall(text):
        word = found.lower().strip("'’-")
        if word not in _COMMON and word not in _MONTHS:
            yield word


def numbers(tokens: Iterable[Token]) -> Iterator[float]:
    """The counts of a sentence, those in words up to twelve too; no years, and no days of a month."""
    before = ""
    for token in tokens:
        word = token.lower_.replace(",", "")
        if _DIGITS.fullmatch(word):
            if not (word.isdigit() and int(word) in _YEARS) and before not in _MONTHS:
                yield float(word)
        elif word in _NUMBERS:
            yield float(_NUMBERS[word])
        before = word.rstrip(".")


def common(word: str) -> bool:
    """Whether a word tells nothing: "day", "people", "Monday"."""
    return word in _COMMON or word in _MONTHS


def vector(words: Iterable[str], most: int) -> dict[str, float]:
    """A unit vector of the heaviest `most` words, weighed (1 + ln count) times rarity, unit before the rest is cut."""
    weighed = {word: (1 + math.log(count)) * rarity(word) for word, count in Counter(words).items()}
    size = math.sqrt(math.fsum(weight * weight for weight in weighed.values())) or 1.0
    kept = nlargest(most, weighed.items(), key=lambda item: (item[1], item[0]))
    return {word: round(weight / size, 3) for word, weight in kept if weight > 0}
