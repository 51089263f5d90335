"""Words, how rare they are, and sentences as vectors of them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kb.digest.material import Material

Rarity = Callable[[str], float]
Vector = Mapping[str, float]

STOP = frozenset(json.loads(Path(__file__).with_name("stop_words.json").read_text(encoding="utf-8")))
_WORD = re.compile(r"[a-z][a-z'’-]+|\d[\d.,]*\d|\d")
_PLAIN = re.compile(r"[“\"‘'(]*([A-Za-z]+)[,.;:?!”\"’')]*")


def words(text: str) -> list[str]:
    """The words of a text that carry meaning, in small letters, without possessive endings."""
    found = (_bare(word) for word in _WORD.findall(text.lower()))
    return [word for word in found if word not in STOP and (len(word) > 2 or word.isdigit())]


def own_rarity(texts: Iterable[str]) -> Rarity:
    """How rare a word is among the texts of some articles: ln of all by those that have it, 0 or more.

    Not `kb.rarity`, by which events are compared: within one story its own words say little, however rare they are in
    English, and no judgement is stored that other articles would change.
    """
    bags = [set(words(text)) for text in texts]
    counts = Counter(word for bag in bags for word in bag)
    values = {word: max(0.0, math.log((len(bags) + 1) / (count + 0.5))) for word, count in counts.items()}
    unseen = max(0.0, math.log((len(bags) + 1) / 0.5))
    return lambda word: values.get(word, unseen)


def texts_of(material: Material) -> list[str]:
    """What is known of each article's text: its sentences that may matter."""
    known: dict[str, list[str]] = {}
    for sentence in sorted(material.sentences, key=lambda each: (each.article, each.seq)):
        known.setdefault(sentence.article, []).append(sentence.text)
    return [" ".join(some) for some in known.values()]


def vector(text: str, rarity: Rarity) -> Vector:
    """A text as a vector of length 1: each word by how often it stands there and how rare it is."""
    return _unit({word: (1 + math.log(count)) * rarity(word) for word, count in Counter(words(text)).items()})


def centre(vectors: Iterable[tuple[Vector, float]]) -> Vector:
    """The middle of vectors, each with its weight, as a vector of length 1."""
    total: dict[str, float] = {}
    for one, weight in vectors:
        for word, value in one.items():
            total[word] = total.get(word, 0.0) + weight * value
    return _unit(total)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Which share of the smaller of two sets of words the other has too, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def ordinary(material: Material) -> Callable[[str], bool]:
    """Whether a word that stands in capitals is an ordinary one: elsewhere it is mostly written small."""
    small, capital = Counter[str](), Counter[str]()
    for sentence in material.sentences:
        for place, token in enumerate(sentence.text.split()):
            found = _PLAIN.fullmatch(token)
            if found and found[1].islower():
                small[found[1]] += 1
            elif found and place and found[1][0].isupper():
                capital[found[1].lower()] += 1
    return lambda word: small[word.lower()] >= max(3, 5 * capital[word.lower()])


def _bare(word: str) -> str:
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


def _unit(weights: Mapping[str, float]) -> Vector:
    size = math.sqrt(sum(weights[word] ** 2 for word in sorted(weights))) or 1.0
    return {word: weights[word] / size for word in sorted(weights)}
