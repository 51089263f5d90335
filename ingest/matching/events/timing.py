"""What the dates of two reports say of whether they tell one event, by how soon such an event can happen again."""

from __future__ import annotations

from ingest.matching.events.facets import Facets
from ingest.matching.profiles import UNLIKELY, UNTOLD, Judgement, Verdict
from kb.shown.day_spans import Span

_WEEK, _MONTH, _YEAR, _DECADE = 7, 31, 366, 3660
# the widest date that leaves no second event of the kind, in days
_SINGLE = {"never": 10**7, "named": _YEAR, "era": _YEAR, "years": _YEAR, "months": _MONTH, "day": 1}
_VAGUE = {"never": 10**7, "named": _DECADE, "era": _DECADE, "years": _YEAR, "months": _YEAR, "day": 1}
# days by which two sources may differ on the day of one event, and by which it is worth a look
_NEAR = {"never": _WEEK, "named": _WEEK, "era": _WEEK, "years": _WEEK, "months": 3, "day": 0}
_FAR = {"never": 10**7, "named": _YEAR, "era": _YEAR, "years": 62, "months": _WEEK, "day": 0}
# days between two of which a report that dates it less finely may tell either
_REACH = {"never": 0, "named": 10**7, "era": 10**7, "years": _YEAR, "months": 3 * _MONTH, "day": 0}


def judge_time(one: Facets, other: Facets, again: str) -> Judgement | None:
    """Whether the dates are of one event that has its arguments; None where they are of two or cannot tell.

    Arguments: the two; again, how soon the same can happen to the same arguments (see identity.json), or "named" for
    what has a name of its own.
    """
    a, b = one.span, other.span
    if a is None or b is None:
        return _undated(again, a is None and b is None)
    widest = max(a.width, b.width)
    if a.meets(b):
        if widest > _VAGUE[again]:
            return None
        verdict: Verdict = "same" if widest <= _SINGLE[again] and a.gap(b) <= _MONTH else "doubtful"
        return Judgement(verdict, fit(a, b) if verdict == "same" else 0.5, date_words(one, other))
    return _apart(a.gap(b), again, widest == 1, date_words(one, other))


def _apart(gap: int, again: str, days: bool, words: str) -> Judgement | None:
    """Of dates that do not meet. What lies too far apart is unlikely to be one, so that no coarser date joins it."""
    if gap <= _NEAR[again]:
        return Judgement("same", 0.7, words) if days else Judgement("doubtful", 0.4, words)
    if gap <= _FAR[again]:
        return Judgement("doubtful", 0.4 if again == "never" else UNLIKELY, words)
    return Judgement("different", 0.7, words) if gap <= _REACH[again] else None


def _undated(again: str, both: bool) -> Judgement | None:
    if again not in ("never", "named", "era"):
        return None
    if both:
        return Judgement("same", 0.6, "neither is dated")
    return (
        Judgement("doubtful", UNTOLD, "one is undated") if again == "era" else Judgement("same", 0.6, "one is undated")
    )


def fit(a: Span, b: Span) -> float:
    """How well two dates that meet fit, 0-1: one day best, then one month or year, then one in another, then about."""
    if (a.room or b.room) and a.width == b.width:
        return 0.8
    if a.width == b.width == 1:
        return 0.95
    return 0.9 if a == b else 0.85


def date_words(one: Facets, other: Facets) -> str:
    """How the dates stand to each other: "2014 contains 18 Mar 2014", "18 Mar 2014 and 21 Mar 2014 differ"."""
    first, second = sorted((one.profile.edtf or "", other.profile.edtf or ""), key=lambda d: (len(d), d))
    if not first or not second:
        return "one is undated" if second else "neither is dated"
    ends = [f.profile.edtf.human() for d in (first, second) for f in (one, other) if f.profile.edtf == d and d]
    words = list(dict.fromkeys(ends))
    a, b = one.span, other.span
    if len(words) == 1:
        return f"{words[0]} in both"
    if a is None or b is None or not a.meets(b):
        return f"{words[0]} and {words[1]} differ"
    wide = one.profile.edtf if a.width > b.width else other.profile.edtf
    if a.width != b.width and wide is not None and not (a.room or b.room):
        fine = other.profile.edtf if a.width > b.width else one.profile.edtf
        return f"{wide.human()} contains {fine.human() if fine else ''}"
    return f"{words[0]} fits {words[1]}"
