"""Events that happen once to their arguments, in a lifetime, a year or a month, and those that last."""

from __future__ import annotations

from dataclasses import replace

from ingest.matching.events.facets import Facets, Key, of_kind
from ingest.matching.events.timing import date_words, judge_time
from ingest.matching.profiles import CLOSE, UNLIKELY, UNTOLD, Judgement
from kb.shown.day_spans import Span

_KINDS = ("person", "organization", "place")
_NEAR_WIDTH = 31
_SHOWN = 7  # days
_MONTH, _YEAR, _DECADE = 31, 366, 3660
_PENALTY = 0.1
_BEGUN = 0.8  # of an undated one and one that began as it is told: less than of two that are dated


def judge_once(one: Facets, other: Facets, key: Key, near: bool) -> Judgement | None:
    """Two reports that share what singles an event of the family out.

    Arguments: the two; the key they share; near, whether the word of one only may tell such an event.
    """
    if near:
        return _judge_near(one, other)
    named = key.again == "era" and key.anchors[0].startswith("name ")
    found = judge_time(one, other, "named" if named else key.again)
    if found is None or found.verdict == "different":
        return found
    if found.score == UNTOLD and len(key.anchors) == 1:
        found = replace(found, verdict="same")  # what a land or a body undergoes, another hardly brings about again
    product = key.anchors[0].startswith("thing ")
    if product and not _makers_agree(one, other, key.again, found):
        return None
    if product and found.verdict == "doubtful" and _days_between(one, other) > _SHOWN:
        return replace(found, score=UNLIKELY)  # shown, then sold
    if key.again == "day":
        return _judge_day(one, other, found)
    footing = " " in key.anchors[0] and not product  # two on one footing, or a name
    doers = not footing and rival(one.by, other.by)
    if key.again != "never" and doers:
        return weaker(found, "by others")
    if key.again in ("years", "months"):
        if not footing and rival(one.to, other.to):
            return None
        return weaker(found, "elsewhere") if rival(one.spot, other.spot) else found
    return lower(found) if doers or rival(one.spot, other.spot) else found


def _judge_day(one: Facets, other: Facets, found: Judgement) -> Judgement | None:
    """What may happen again the next day: one where the day is certain and no other spot is told."""
    a, b = one.span, other.span
    if a is None or b is None or a.first != b.first or rival(one.spot, other.spot):
        return None
    return weaker(found, "the day is not certain") if a.room or b.room else found


def _judge_near(one: Facets, other: Facets) -> Judgement | None:
    """“Seized” beside “annexed”: worth a look where the dates are fine and meet."""
    a, b = one.span, other.span
    if a is None or b is None or max(a.width, b.width) > _NEAR_WIDTH or not a.meets(b):
        return None
    if rival(one.by, other.by) or one.thing or other.thing:
        return None
    return Judgement("doubtful", 0.5, f"other words, {date_words(one, other)}")


def _makers_agree(one: Facets, other: Facets, again: str, found: Judgement) -> bool:
    """A name alone does not single a product out: somebody who makes it is shared, or the day, or it has a number."""
    if rival(one.sides, other.sides):
        return False
    return again == "never" or bool(one.sides & other.sides) or found.score > 0.9


def _days_between(one: Facets, other: Facets) -> int:
    a, b = one.span, other.span
    return 0 if a is None or b is None else a.gap(b)


def rival(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name some of one kind and share none; a person and a state are no rivals, one acts for the other."""
    if one & other:
        return False
    return any(of_kind(one, kind) and of_kind(other, kind) for kind in _KINDS)


def judge_lasting(one: Facets, other: Facets, key: Key) -> Judgement | None:
    """Two wars, sieges or occupations with the same sides or the same land: one where they began at one time."""
    a, b = _start(one), _start(other)
    if one.thing and other.thing and one.thing != other.thing:
        return None
    strangers = rival(one.everything - other.everything, other.everything - one.everything)
    if a is None and b is None:
        return None if strangers else _judge_undated(one, other, key)
    if a is None or b is None:
        return None if strangers else _judge_one_dated(one, other, key)
    if not a.meets(b):
        near = a.gap(b) <= _YEAR or (a.since and b.since)
        began = max(a.width, b.width) <= _YEAR and a.gap(b) > _MONTH and near
        return Judgement("different", 0.7, date_words(one, other)) if began else None
    found = Judgement("same", 0.85, date_words(one, other))
    if strangers:
        return weaker(found, "other sides")
    # "the war in 2022" began in that year where others say on which day
    year = any(x.since and not y.since and _YEAR - 1 <= y.width <= _YEAR for x, y in ((a, b), (b, a)))
    whole = (a.since and b.since) or year or one.profile.edtf == other.profile.edtf
    return found if whole and max(a.width, b.width) <= _YEAR else weaker(found, "one may be a part")


def _start(one: Facets) -> Span | None:
    """When a lasting event began; None where no more than a century or so is told."""
    return one.span if one.span is not None and one.span.width <= _DECADE else None


def _judge_undated(one: Facets, other: Facets, key: Key) -> Judgement | None:
    """The same two sides, or one land and nobody else: what a state fought without saying against whom is many wars."""
    ends = frozenset(key.anchors)
    if len(ends) == 1:
        known = one.where == other.where == ends and one.everything == other.everything
    else:
        known = not any(ends <= side for f in (one, other) for side in (f.by, f.to))
    if not known:
        return None
    found = Judgement("same", _both_undated(one, other), "neither is dated")
    return found if bool(one.thing) == bool(other.thing) else weaker(found, "only one has a name")


def _both_undated(one: Facets, other: Facets) -> float:
    """How sure it is of two without a date: the less, the further apart they are told."""
    a, b = one.told, other.told
    return 0.6 if a is None or b is None else _falling(UNTOLD, abs(a.first - b.first), 0.5)


def _judge_one_dated(one: Facets, other: Facets, key: Key) -> Judgement | None:
    """One is undated: the war of the two sides, and of several that which began last before it is told."""
    found = _judge_undated(one, other, key)
    if found is None or found.verdict != "same":
        return Judgement("doubtful", UNTOLD, "one is undated")
    start, told = _start(one) or _start(other), one.told or other.told
    if start is None or told is None:
        return Judgement("same", UNTOLD, "one is undated")
    if start.first - start.room > told.last:
        return None
    score = _falling(_BEGUN, told.last - start.first, UNTOLD + CLOSE + 0.01)
    return Judgement("same", score, "one is undated, told after the other began")


def _falling(score: float, days: int, least: float) -> float:
    """A score that falls by `CLOSE` in three years."""
    return max(round(score - CLOSE * days / (3 * _YEAR), 3), least)


def weaker(found: Judgement, reason: str) -> Judgement:
    """The judgement as a doubtful one, with what makes it so."""
    return Judgement("doubtful", min(found.score, 0.5), f"{found.reason}, {reason}")


def lower(found: Judgement) -> Judgement:
    """The judgement, less sure."""
    return Judgement(found.verdict, round(found.score - _PENALTY, 2), found.reason)
