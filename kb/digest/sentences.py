"""Which sentences tell a day, the best first.

What may tell it: sentences that name the day or tell an event dated to it, and the first sentences of articles
published then or the day after that name no other day. The best are near to what all of these say together, near to
what the whole story is about, stand at the beginning of an article, can be read alone and are neither short nor long.
What is written two days later or more counts more for what the day was about: it is known by then what mattered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.digest.days import FIRST, Lag, ordinal
from kb.digest.material import Material, Sentence
from kb.digest.words import Vector, centre, cosine, words

POOL = 240  # sentences of one day that are looked at
LATE, LATE_WEIGHT, LATE_BETTER = 2, 3.0, 1.3  # days from which on a sentence is late; what it counts; how preferred
OPENING, OPENING_BETTER = 3, 1.8  # sentences that open an article, and how they are preferred
SHORT, LONG = 24, 35  # words between which a sentence of a timeline lies


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell a day. weight: what it counts for what the day is about; better: how it is preferred."""

    sentence: Sentence
    weight: float
    better: float


def pools(material: Material, age: Lag) -> dict[str, list[Candidate]]:
    """For each day the sentences that may tell it."""
    published = {article.id: ordinal(article.published) for article in material.articles}
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for sentence in material.sentences:
        there = published.get(sentence.article)
        named = {day for day, _ in sentence.named}
        for day in sorted(named | {event.day for event in sentence.events if event.day}):
            late = there is not None and day in named and there - (ordinal(day) or there) >= LATE
            found[day][sentence.id] = Candidate(
                sentence, LATE_WEIGHT if late else 1.0, _better(sentence) * (LATE_BETTER if late else 1.0)
            )
        if there is None or named or sentence.seq >= FIRST:
            continue
        for days in (0, 1):
            day = date.fromordinal(there - days).isoformat()
            found[day].setdefault(sentence.id, Candidate(sentence, 1.0, _better(sentence) * age.of(days) ** 0.5))
    return {day: _kept(found[day].values()) for day in sorted(found)}


def ranked(
    pool: Iterable[Candidate], vectors: Callable[[Sentence], Vector], story: Vector, grades: Mapping[str, float]
) -> list[Sentence]:
    """The sentences of a day that can stand alone, the best first.

    Arguments: pool, of the day; vectors, of a sentence; story, the vector of what all is about; grades, by the id of a
    sentence how well it can be read alone, 0 to 1.
    """
    pool = list(pool)
    heart = centre((vectors(each.sentence), each.weight) for each in pool)
    scored = []
    for each in pool:
        grade = grades.get(each.sentence.id, 0.0)
        if grade:
            one = vectors(each.sentence)
            score = cosine(one, heart) * cosine(one, story) * each.better * grade * fit(each.sentence.text)
            scored.append((-score, each.sentence.id, each.sentence))
    return [sentence for score, _, sentence in sorted(scored, key=lambda row: row[:2]) if score]


def fit(text: str) -> float:
    """How well the length of a sentence suits a timeline, 0 to 1."""
    count = len(text.split())
    return min(1.0, count / SHORT) if count <= LONG else (LONG / count) ** 4


def bag(text: str) -> frozenset[str]:
    """The words by which two sentences are compared."""
    return frozenset(words(text))


def _better(sentence: Sentence) -> float:
    return OPENING_BETTER if sentence.seq < OPENING else 1.0


def _kept(pool: Iterable[Candidate]) -> list[Candidate]:
    """As many as are looked at: those written later, then those that stand nearest the beginning."""
    return sorted(pool, key=lambda each: (-each.weight, each.sentence.seq, each.sentence.id))[:POOL]
