"""Which sentences tell a day, the best first.

What may tell it: sentences that name the day or tell an event dated to it, and the first sentences of articles
published then or the day after that name no day, as far as they are like what others say of that day. The best are near
to what all of these say together, near to what the whole story is about, stand at the beginning of an article, can be
read alone and are neither short nor long. What is written two days later or more counts more for what the day was
about: it is known by then what mattered. What was written before the day tells only what was to come, and what names
another day by “yesterday” or “last Friday” is not understood without its article; both come behind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from kb.digest.days import FIRST, Lag
from kb.digest.material import Material, Sentence
from kb.digest.words import Vector, centre, words
from kb.rarity import cosine
from kb.shown.day_spans import ordinal

POOL = 240  # sentences of one day that are looked at
LATE, LATE_WEIGHT, LATE_BETTER = 2, 3.0, 1.3  # days from which on a sentence is late; what it counts; how preferred
OPENING, OPENING_BETTER = 3, 1.8  # sentences that open an article, and how they are preferred
UNLIKE = 0.1  # how near a sentence is to a day that nobody else tells
LEAST_SHARE = 0.6  # of what speaks for a day, from which on a sentence without a date tells it: it is news of one day
AHEAD_BETTER = 0.3  # how a sentence is preferred that was written before the day, of what was only to come
ASIDE_BETTER = 0.6  # how one is that names another day by a word that is counted from its article's day
SHORT, LONG = 24, 35  # words between which a sentence of a timeline lies

# “March 3”, “3 March”, “Thursday, March 3”, “the 3rd of March”, “2022-03-03”
_CALENDAR = re.compile(r"(?:[Oo]n )?(?:[A-Z][a-z]+day,? )?(?:[Tt]he )?(?:\d|[A-Z][a-z]{2,8}\.? \d)")

# “its 24 February invasion”, “before the 24 February invasion”, “since 24 February”: what is told is of another day.
_BACKGROUND = re.compile(
    r"(?:\b(?:since|before|until|till|from|its|their|his|her)|[’']s?|\b(?:before|after|since|until) the)\s*$", re.I
)
_BEFORE_DAY = 14  # characters before a day in which its preposition stands


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell a day.

    weight: what it counts for what the day is about; better: how it is preferred; passing: whether it tells something
    of another day and names this one besides, so that it comes after all others.
    """

    sentence: Sentence
    weight: float
    better: float
    passing: bool = False


def shares(material: Material, age: Lag, vectors: Callable[[Sentence], Vector]) -> dict[str, dict[str, float]]:
    """For each first sentence that names no day how much speaks for the day of publication and for the day before.

    That is how old the news of these articles is, and how near the sentence is to what others say that name the day.
    Arguments: material; age; vectors, of a sentence.
    """
    published = {article.id: ordinal(article.published) for article in material.articles}
    named: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in material.sentences:
        for day in {day for day, _ in sentence.named}:
            named[day].append(sentence)
    hearts: dict[str, Vector] = {}
    found: dict[str, dict[str, float]] = {}
    for sentence in material.sentences:
        there = published.get(sentence.article)
        if there is None or sentence.named or sentence.seq >= FIRST:
            continue
        one, weights = vectors(sentence), {}
        for days in (0, 1):
            day = date.fromordinal(there - days).isoformat()
            if _elsewhere(sentence, day):
                continue
            if day not in hearts:
                some = sorted(named.get(day, ()), key=lambda each: (each.seq, each.id))[:POOL]
                hearts[day] = centre((vectors(each), 1.0) for each in some)
            weights[day] = age.of(days) * (UNLIKE + cosine(one, hearts[day]))
        whole = sum(weights.values()) or 1.0
        found[sentence.id] = {day: weight / whole for day, weight in weights.items()}
    return found


def news(material: Material, shared: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """For each article what its first sentences without a date speak for, on the average. Arguments: as `pools`."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sentence in material.sentences:
        for day, share in shared.get(sentence.id, {}).items():
            found[sentence.article][day].append(share)
    return {article: {day: fmean(some) for day, some in days.items()} for article, days in found.items()}


def pools(material: Material, shared: Mapping[str, Mapping[str, float]]) -> dict[str, list[Candidate]]:
    """For each day the sentences that may tell it. Arguments: material; shared, as `shares` gives it."""
    published = {article.id: ordinal(article.published) for article in material.articles}
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for sentence in material.sentences:
        for each, day in _dated(sentence, published.get(sentence.article)):
            found[day][sentence.id] = each
        for day, share in shared.get(sentence.id, {}).items():
            if share >= LEAST_SHARE:
                found[day].setdefault(sentence.id, Candidate(sentence, 1.0, _better(sentence) * share**0.5))
    return {day: _kept(found[day].values()) for day in sorted(found)}


def _dated(sentence: Sentence, published: int | None) -> Iterator[tuple[Candidate, str]]:
    """A sentence as a candidate for each day that it names or dates an event to. Arguments: published, an ordinal."""
    main = main_day(sentence)
    named = {day for day, _ in sentence.named}
    for day in sorted(named | {event.day for event in sentence.events if event.day}):
        since = published - (ordinal(day) or published) if published is not None else 0
        late = day in named and since >= LATE
        better = _better(sentence) * (LATE_BETTER if late else AHEAD_BETTER if since < 0 else 1.0)
        better *= ASIDE_BETTER if _aside(sentence, day) else 1.0
        yield Candidate(sentence, LATE_WEIGHT if late else 1.0, better, bool(main) and main != day), day


def _aside(sentence: Sentence, day: str) -> bool:
    """Whether a sentence tells a day only beside another.

    It names that as no reader of this one understands (“yesterday”, “last Friday”), or this one only to say what else
    was then or since.
    """
    here = [start for named, start in sentence.named if named == day]
    if here and all(_BACKGROUND.search(sentence.text[max(0, at - _BEFORE_DAY) : at]) for at in here):
        return True
    return any(other != day and not _CALENDAR.match(sentence.text, start) for other, start in sentence.named)


def main_day(sentence: Sentence) -> str | None:
    """The day of the most salient event that a sentence dates to one; None where it dates none."""
    told = [event for event in sentence.events if event.day]
    return max(told, key=lambda event: (event.salience, event.id)).day if told else None


def heart(pool: Iterable[Candidate], vectors: Callable[[Sentence], Vector]) -> Vector:
    """What all sentences of a day say together. Arguments: pool, of the day; vectors, of a sentence."""
    return centre((vectors(each.sentence), each.weight) for each in pool)


def ranked(
    pool: Iterable[Candidate],
    about: Vector,
    vectors: Callable[[Sentence], Vector],
    story: Vector,
    grade: Callable[[str], float],
) -> list[Sentence]:
    """The sentences of a day that can stand alone, the best first.

    Arguments: pool, of the day; about, its `heart`; vectors, of a sentence; story, the vector of what all is about;
    grade, of a text how well it can be read alone, 0 to 1.
    """
    scored = []
    for each in pool:
        alone = grade(each.sentence.text)
        if alone:
            one = vectors(each.sentence)
            score = cosine(one, about) * cosine(one, story) * each.better * alone * fit(each.sentence.text)
            if score:
                scored.append((each.passing, -score, each.sentence.id, each.sentence))
    return [row[3] for row in sorted(scored, key=lambda row: row[:3])]


def fit(text: str) -> float:
    """How well the length of a sentence suits a timeline, 0 to 1."""
    count = len(text.split())
    return min(1.0, count / SHORT) if count <= LONG else (LONG / count) ** 4


def bag(text: str) -> frozenset[str]:
    """The words by which two sentences are compared."""
    return frozenset(words(text))


def _elsewhere(sentence: Sentence, day: str) -> bool:
    """Whether all that a sentence dates lies on other days."""
    spans = [event.span for event in sentence.events if event.span]
    return bool(spans) and not any(first <= day <= last for first, last in spans)


def _better(sentence: Sentence) -> float:
    return OPENING_BETTER if sentence.seq < OPENING else 1.0


def _kept(pool: Iterable[Candidate]) -> list[Candidate]:
    """As many as are looked at: those written later, then those that stand nearest the beginning."""
    return sorted(pool, key=lambda each: (-each.weight, each.sentence.seq, each.sentence.id))[:POOL]
