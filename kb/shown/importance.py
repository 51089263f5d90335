"""How much an event weighs in the whole story, 0 to 1, by a stated rule of few signs, with its reason in words."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from kb.shown.day_spans import ordinal

_TOLD, _DAYS, _SOURCES, _LATER = 0.4, 0.2, 0.1, 0.1
_CLEAR, _NEWS, _DATED = 0.1, 0.05, 0.05
_MANY_DAYS, _MANY_SOURCES, _LONG = 30, 20, 365
_MONTH = 31  # days within which it is told as news, and to which it is dated
_FRAGMENT = 0.5  # the clarity of a title that tells nothing by itself
_WORDS = 0.6  # what a saying counts beside a deed
_MONTHS, _YEARS = 60, 730  # days from which on time is told in months, and in years


@dataclass(frozen=True, slots=True)
class Importance:
    """The weight of an event, 0 to 1, and why, for a reader."""

    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What bears on how much an event weighs.

    salience: of its best telling, 0 to 1. kind: the type of event. published: ISO days on which articles that tell it
    were published. sources: how many are independent. earliest, last: ISO days between which it happened, None where
    unknown; last also where it still goes on. clarity: of its title, 0 to 1, None where no reader weighed it.
    """

    salience: float
    kind: str
    published: Collection[str]
    sources: int
    earliest: str | None = None
    last: str | None = None
    clarity: float | None = None


def importance(signs: Signs, *, starred: bool = False) -> Importance:
    """The importance of an event.

    Rule: 0.4 times the salience of its best telling (0.24 for a saying: deeds before words); up to 0.2 for the days on
    which something is published that tells it, which says best what editors keep (0 for one day, all for thirty, by the
    logarithm); up to 0.1 for independent sources (all for twenty); up to 0.1 for being told long after (all for a
    year), in the measure in which it is told on many days, as two articles may tell the same aside; up to 0.1 for a
    title that tells it by itself; 0.05 for being told as news, within a month; 0.05 for a date that says at least the
    month. A human's star stands above all.

    Arguments: the signs; starred, whether a human starred it.
    """
    if starred:
        return Importance(1.0, "a human starred it")
    days, many = len(signs.published), _share(len(signs.published), _MANY_DAYS)
    first, after = _after(min(signs.published, default=None), signs), _after(max(signs.published, default=None), signs)
    begun, over = ordinal(signs.earliest), ordinal(signs.last)
    known = (signs.clarity or 0.0) - _FRAGMENT
    value = (
        _TOLD * signs.salience * (_WORDS if signs.kind == "STATEMENT" else 1.0) + _DAYS * many
        + _SOURCES * _share(signs.sources, _MANY_SOURCES) + _LATER * many * _share((after or 0) + 1, _LONG)
        + _CLEAR * max(0.0, known / (1 - _FRAGMENT)) + _NEWS * (first is not None and first <= _MONTH)
        + _DATED * (begun is not None and (over is None or over - begun <= _MONTH))
    )  # fmt: skip
    return Importance(round(min(1.0, value), 3), _reason(days, signs.sources, first or 0, after or 0))


def _share(count: int, many: int) -> float:
    return min(1.0, math.log(count) / math.log(many)) if count > 1 else 0.0


def _after(published: str | None, signs: Signs) -> int | None:
    """Days from the event to the publication of an article that tells it, 0 where it lies ahead; None if unknown."""
    told, happened = ordinal(published), ordinal(signs.last or signs.earliest)
    return None if told is None or happened is None else max(0, told - happened)


def _reason(days: int, sources: int, first: int, after: int) -> str:
    """“told on 23 days by 14 independent sources, still told 12 months later”."""
    told = f"told on {days} days" if days > 1 else "told on one day" if days else "told"
    by = f" by {sources} independent sources" if sources > 1 else " by one source"
    if first > _MONTH:
        return f"{told}{by}, first {_span(first)} later"
    return f"{told}{by}, still told {_span(after)} later" if days > 1 and after > 1 else told + by


def _span(days: int) -> str:
    if days < _MONTHS:
        return f"{days} days"
    return f"{round(days / 30.4)} months" if days < _YEARS else f"{round(days / 365.25)} years"
