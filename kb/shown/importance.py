"""How much an event weighs in the whole story, 0 to 1, by a stated rule of few signs, with its reason in words."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from kb.shown.day_spans import ordinal

_TOLD, _DAYS, _SOURCES, _LATER = 0.5, 0.25, 0.15, 0.1
_MANY_DAYS, _MANY_SOURCES, _LONG = 30, 20, 365
_WORDS = 0.6  # what a saying counts beside a deed
_MONTHS = 60  # days from which on time is told in months


@dataclass(frozen=True, slots=True)
class Importance:
    """The weight of an event, 0 to 1, and why, for a reader."""

    value: float
    reason: str


def importance(
    salience: float, kind: str, published: Collection[str], sources: int, last: str | None, *, starred: bool = False
) -> Importance:
    """The importance of an event.

    Rule: 0.5 times the salience of its best telling (0.3 for a saying: deeds before words); up to 0.25 for the days on
    which something is published that tells it, which says best what editors keep (0 for one day, all for thirty, by the
    logarithm); up to 0.15 for independent sources (all for twenty); up to 0.1 for being told long after, where several
    days tell it (all for a year). A human's star stands above all.

    Arguments: salience, 0 to 1; kind, the type of event; published, ISO days on which articles that tell it were
    published; sources, how many are independent; last, the last ISO day on which it can have happened; starred, whether
    a human starred it.
    """
    if starred:
        return Importance(1.0, "a human starred it")
    days, after = len(published), _after(published, last)
    value = (
        _TOLD * salience * (_WORDS if kind == "STATEMENT" else 1.0) + _DAYS * _share(days, _MANY_DAYS)
        + _SOURCES * _share(sources, _MANY_SOURCES) + _LATER * (_share(after + 1, _LONG) if days > 1 else 0.0)
    )  # fmt: skip
    return Importance(round(min(1.0, value), 3), _reason(days, sources, after))


def _share(count: int, many: int) -> float:
    return min(1.0, math.log(count) / math.log(many)) if count > 1 else 0.0


def _after(published: Collection[str], last: str | None) -> int:
    """Days from the event to the last article that tells it; 0 where one is unknown or it lies ahead."""
    told, happened = ordinal(max(published, default=None)), ordinal(last)
    return 0 if told is None or happened is None else max(0, told - happened)


def _reason(days: int, sources: int, after: int) -> str:
    """“told on 23 days by 14 independent sources, still told 12 months later”."""
    told = f"told on {days} days" if days > 1 else "told on one day" if days else "told"
    by = f" by {sources} independent sources" if sources > 1 else " by one source"
    if days < 2 or after < 2:
        return told + by
    later = f"{after} days" if after < _MONTHS else f"{round(after / 30.4)} months"
    return f"{told}{by}, still told {later} later"
