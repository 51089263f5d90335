"""Which events of two articles of one story are one.

A logistic model of few, general signs; a weight is in log odds for a sign of 1. It was fitted to pairs of mentions in
many small stories and to pairs, judged by hand, of one war told for two years, and rounded; what decides differs from
corpus to corpus (Bugert, Reimers and Gurevych, Computational Linguistics 2021), so a sign that served one kind alone
was left out.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.matching.events.facets import kind_of
from ingest.matching.events.families import families
from ingest.matching.profiles import NEVER, EventProfile, Judgement
from ingest.matching.stories.akin import kinds
from ingest.matching.stories.profile import TOLD, StoryProfile, Telling, once
from kb.rarity import cosine, rarity
from kb.shown.day_spans import span_of

SAME = 0.6  # likelihood from which on two are one
DOUBTFUL = 0.5  # from which on a human should look
APART = 0.2  # what a pair counts that was compared and is less likely than that

_BIAS = -2.9
_STORY, _COVER, _SALIENCE, _SENTENCE = 1.2, 1.1, 2.5, 2.9
_OFF, _NUMBER, _ALONE, _SAYING, _PASSING = -1.1, 0.4, 0.8, -1.6, 0.9
_APART, _VAGUE = -4.0, -0.4  # for dates of two deeds, a veto; for what can happen again, undated and with little shared
_NEAR, _NEAR_ONCE = 2, 31  # days by which dates of one deed miss each other, and of one that happens once
_LITTLE = (0.3, 0.25)  # cover and likeness that are little
_MONTH, _ONCE = -4.5, 3.7  # for a month between the publications, and what of it does not count where it happens once
_OLD, _LONG_AGO = -2.0, 366  # for one that is dated more days before the article of another, which is undated
_RECURS, _FURTHER, _SINGLED = -0.7, 0.3, 0.35  # for what recurs, in articles less near, in words less alike than that
_LONG = 30  # days between publications from which on more make no difference
_UNKNOWN = 5  # days that are taken where a publication date is unknown
# What is told in passing has little salience, which says less of how likely two are one: then the words must say it.
_BACKGROUND, _LIKE = 0.25, 0.2
_AHEAD, _FEARED = -1.0, 0.55  # for two of which only one has come about; the most where it happens once
_DAY = 0.5  # for the same day that both tell
_AKIN = -1.3  # for two classes that may tell one deed in other words
_DAYS_APART = 7  # between two days that are told, from which on two that can happen again are two
_SHOWN = 3  # words of a reason


@dataclass(frozen=True, slots=True)
class Told:
    """Two tellings of one class, or of classes akin, that were compared.

    The ids of the referents; what is worth keeping of the judgement.
    """

    one: str
    other: str
    judgement: Judgement | None


def compare_tellings(one: StoryProfile, other: StoryProfile, nearness: float) -> Iterator[Told]:
    """Compare the events of two articles that are of one class or of classes akin.

    Arguments: the two, in either order; their nearness, 0 to 1.
    """
    first, second = sorted((one, other), key=lambda profile: profile.article)
    by_kind = _by_kind(second.tellings)
    for a in first.tellings:
        for b in (second.tellings[n] for n in sorted({n for kind in kinds(a.lemma) for n in by_kind.get(kind, ())})):
            if a.event != b.event:
                old = _looks_back(a, second.published, b) or _looks_back(b, first.published, a)
                days = min(_days_between(first, second), _since(a, second, b), _since(b, first, a))
                likely = likelihood(a, b, nearness, days, old=old)
                yield Told(a.event, b.event, _judgement(a, b, likely))


def _by_kind(tellings: Sequence[Telling | EventProfile]) -> dict[str, list[int]]:
    """Where in a list the tellings of each group of akin classes stand: most pairs of two articles are of none."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, telling in enumerate(tellings):
        for kind in kinds(telling.lemma):
            places[kind].append(place)
    return places


def compared_apart(events: Iterable[EventProfile], near: Mapping[str, Collection[str]]) -> dict[tuple[str, str], float]:
    """What events count for one another that near articles tell, where nothing says that they may be one.

    Arguments: the events, of which those told by one article alone count; near, the articles near each article, of two
    at least in one's list. Returns: APART for each two of one class, the least id first, and NEVER for two that can
    happen again and are told of days too far from each other.
    """
    tellers: dict[str, list[EventProfile]] = defaultdict(list)
    for event in events:
        if event.scope is not None and event.status in TOLD:
            tellers[event.scope].append(event)
    pairs = {(min(a, b), max(a, b)) for a in tellers for b in near.get(a, ()) if b in tellers}
    by_kind = {teller: _by_kind(told) for teller, told in tellers.items()}
    compared = ((x, tellers[b][n]) for a, b in pairs for x in tellers[a]
                for n in {n for kind in kinds(x.lemma) for n in by_kind[b].get(kind, ())})  # fmt: skip
    counted = {(min(x.id, y.id), max(x.id, y.id)): _apart(x, y) for x, y in compared if x.id != y.id}
    return {pair: count for pair, count in counted.items() if count is not None}


def _apart(one: EventProfile, other: EventProfile) -> float | None:
    """NEVER, APART or, for two of classes that are only akin, nothing."""
    a, b = _day_of(one), _day_of(other)
    if a is not None and b is not None and abs(a - b) > _DAYS_APART and not (_once(one) or _once(other)):
        return NEVER
    return APART if one.lemma == other.lemma else None


def _once(event: EventProfile) -> bool:
    return once(event.lemma, [(role, kind_of(entity).capitalize()) for role, entity in event.participants])


def _day_of(event: EventProfile) -> int | None:
    span = span_of(event.edtf)
    return span.first if span is not None and span.first == span.last and not span.room else None


def _looks_back(dated: Telling, published: int | None, other: Telling) -> bool:
    """Whether only one is dated, to a time long before the other's article, which would hardly leave that unsaid."""
    known = dated.last is not None and other.first is None and published is not None
    return known and (published or 0) - (dated.last or 0) > _LONG_AGO


def _since(dated: Telling, article: StoryProfile, undated: Telling) -> int:
    """Days from what one article dates, however long after it, to an article that tells it without a date as news."""
    if dated.last is None or undated.first is not None or article.published is None:
        return _LONG
    return article.published - dated.last if dated.last <= article.published else _LONG


def likelihood(a: Telling, b: Telling, nearness: float, days: int, *, old: bool = False) -> float:
    """How likely two tellings of one class, or of classes akin, tell one event, 0 to 1.

    Arguments: the two; the nearness of their articles, 0 to 1; the days between their publications, or from the day of
    the one to the article of the other, which is undated; old, whether only one is dated, to a time long before the
    article of the other.
    """
    cover, alike = _cover(a, b), cosine(a.sentence or {}, b.sentence or {})
    one_day = _one_day(a, b)
    apart = 0.0 if one_day else min(days, _LONG) / _LONG
    least = min(a.salience, b.salience)
    ever = a.once and b.once
    score = (
        _BIAS + _STORY * math.sqrt(nearness) + _COVER * cover + _SENTENCE * alike
        + _SALIENCE * least + _PASSING * (least <= _BACKGROUND and alike >= _LIKE)
        + _dates_count(a, b, ever=ever, little=cover < _LITTLE[0] and alike < _LITTLE[1])
        + _NUMBER * bool({*a.numbers} & {*b.numbers})
        + _ALONE / max(a.others, b.others) + _SAYING * a.saying
        + (_MONTH + _ONCE * ever) * apart
        + _OLD * old + _RECURS * (nearness < _FURTHER and _recurs(a, b, alike))
        + _DAY * (one_day and not a.saying) + _AHEAD * (a.ahead != b.ahead) + _AKIN * (a.lemma != b.lemma)
    )  # fmt: skip
    if _others(a, b):
        return NEVER
    likely = 1 / (1 + math.exp(-score))
    # A war that is feared is another thing than the one that came, unless arguments say otherwise.
    return min(likely, _FEARED) if a.ahead != b.ahead and ever else likely


def _others(a: Telling, b: Telling) -> bool:
    """Whether each happens once ever to somebody who is named, and no name is shared: two deaths."""
    return bool(a.whom and b.whom) and {*a.whom}.isdisjoint(b.whom)


def _one_day(a: Telling, b: Telling) -> bool:
    """Whether both tell the same day: however long after it an article was written, it is that day's deed."""
    return a.first is not None and a.first == a.last == b.first == b.last and not a.room and not b.room


def _recurs(a: Telling, b: Telling, alike: float) -> bool:
    """Whether a class happens again and again (shelling, demands) and neither day, number nor words say which it is."""
    table, gap = families(), _gap(a, b)
    again = table.is_group("many", a.lemma) or table.is_group("verbal", a.lemma)
    one_day = gap is not None and gap <= max(a.room, b.room, 1)
    return again and alike < _SINGLED and not one_day and not {*a.numbers} & {*b.numbers}


def _dates_count(a: Telling, b: Telling, *, ever: bool, little: bool) -> float:
    """What dates count. ever: whether both happen once; little: whether the two have little else in common."""
    gap, room = _gap(a, b), max(a.room, b.room)
    if gap is None:
        return _VAGUE * (little and not ever)
    return _OFF * (gap > max(room, 1)) + _APART * (gap > room + (_NEAR_ONCE if ever else _NEAR))


def _judgement(a: Telling, b: Telling, likely: float) -> Judgement | None:
    if likely < DOUBTFUL:
        return None
    return Judgement("same" if likely >= SAME else "doubtful", round(likely, 4), _reason(a, b))


def _cover(a: Telling, b: Telling) -> float:
    """Which share of what the one with fewer words is about is shared, weighed by rarity."""
    shared = math.fsum(rarity(word) for word in {*a.words} & {*b.words})
    fewer = min(math.fsum(map(rarity, a.words)), math.fsum(map(rarity, b.words)))
    return shared / fewer if fewer else 0.0


def _gap(a: Telling, b: Telling) -> int | None:
    """Days between two dates, 0 or less where they overlap; None where one has none."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(a.first - b.last, b.first - a.last)


def _days_between(one: StoryProfile, other: StoryProfile) -> int:
    if one.published is None or other.published is None:
        return _UNKNOWN
    return abs(one.published - other.published)


def _reason(a: Telling, b: Telling) -> str:
    """“told in two articles of one story, both of mosque, christchurch, dates a day apart, 31 in both”."""
    words = sorted({*a.words} & {*b.words}, key=lambda word: (-rarity(word), word))[:_SHOWN]
    numbers = sorted({*a.numbers} & {*b.numbers}, reverse=True)[:_SHOWN]
    said = ["told in two articles of one story"]
    said += [f"both of {', '.join(words)}"] if words else []
    said += [_dates(a, b)]
    said += [f"{', '.join(f'{number:g}' for number in numbers)} in both"] if numbers else []
    return ", ".join(said)


def _dates(a: Telling, b: Telling) -> str:
    gap = _gap(a, b)
    if gap is None:
        return "neither is dated" if a.first is None and b.first is None else "one is undated"
    if gap > 0:
        return "dates a day apart" if gap == 1 else f"dates {gap} days apart"
    one_day = a.first == a.last == b.first == b.last
    return dt.date.fromordinal(a.first or 1).isoformat() + " in both" if one_day else "dates that meet"
