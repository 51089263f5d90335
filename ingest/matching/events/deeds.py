"""Events that can happen again the next day: one where day, doers and whom or what it was done to are the same."""

from __future__ import annotations

from dataclasses import replace

from ingest.matching.events.facets import Facets, of_kind
from ingest.matching.events.families import families, is_weighty
from ingest.matching.events.once import lower, rival, weaker
from ingest.matching.events.timing import date_words, fit
from ingest.matching.profiles import UNLIKELY, Judgement

_LONGEST = 31


def day_verdict(one: Facets, other: Facets) -> Judgement | None:
    """“Same” on one day, “doubtful” where one date holds the other or "about" leaves room; None on two days."""
    a, b = one.span, other.span
    if a is None or b is None or max(a.width, b.width) > _LONGEST or not a.meets(b):
        return None
    same = a.width == b.width == 1 and a.first == b.first
    return Judgement("same" if same else "doubtful", fit(a, b) if same else 0.5, date_words(one, other))


def judge_deed(one: Facets, other: Facets) -> Judgement | None:
    """Two reports of one class of deed."""
    found = day_verdict(one, other)
    if found is None or _crossed(one, other) or _differ(one, other):
        return None
    points, spot = _points(one, other), one.spot & other.spot
    if points < 2:
        return None
    table, lemma = families(), one.profile.lemma
    if table.is_group("verbal", lemma):
        return _judge_verbal(one, other, found)
    if table.is_group("many", lemma) and not _pinned(one, other):
        return None
    if found.verdict == "doubtful":
        return found if points > 2 or (spot and of_kind(one.by & other.by, "person")) else None
    if not is_weighty(lemma):
        return lower(found) if found.score > 0.9 else None
    return found


def _judge_verbal(one: Facets, other: Facets, found: Judgement) -> Judgement | None:
    exact = found.verdict == "same" and found.score > 0.9
    persons = len(of_kind(one.sides & other.sides, "person")) > 1
    return weaker(found, "such words are often said") if exact and (persons or _same_thing(one, other)) else None


def _points(one: Facets, other: Facets) -> int:
    """How many of doer, one it was done to, place and thing they share."""
    by = (one.by | one.with_) & (other.by | other.with_)
    to = (one.to | one.with_ | one.lands) & (other.to | other.with_ | other.lands) - by
    spot = (one.spot & other.spot) - by - to
    return bool(by) + bool(to) + bool(spot) + _same_thing(one, other)


def _same_thing(one: Facets, other: Facets) -> bool:
    return bool(one.thing) and (one.thing <= other.thing or other.thing <= one.thing) and bool(other.thing)


def _pinned(one: Facets, other: Facets) -> bool:
    """Whether something narrower than the sides is shared: a spot, a person it was done to, a named thing."""
    spot = one.spot & other.spot or of_kind(one.to & other.to, "person")
    return bool(spot) or (_same_thing(one, other) and one.named and other.named)


def _crossed(one: Facets, other: Facets) -> bool:
    """Whether the doer of one is whom the other was done to, and nobody did both."""
    return not one.by & other.by and bool(one.by & other.to or one.to & other.by)


def _differ(one: Facets, other: Facets) -> bool:
    """Whether they name other doers, other sufferers, other places or other things."""
    if rival(one.by, other.by) or rival(one.to, other.to) or rival(one.spot, other.spot):
        return True
    return bool(one.thing and other.thing) and not _same_thing(one, other)


def judge_gathering(one: Facets, other: Facets) -> Judgement | None:
    """Two reports of talks, a call, an agreement: one where the day and two who met are, or one and the spot.

    Talks and conferences are one where the city is and the day, or nothing finer than the month, and nothing speaks
    against it.
    """
    found = day_verdict(one, other)
    if found is None or (one.thing and other.thing and not _same_thing(one, other)):
        return found and _other_one(one, other, found, "another thing")
    shared = one.sides & other.sides
    persons, bodies = of_kind(shared, "person"), of_kind(shared, "organization") | of_kind(shared, "place")
    spot = one.spot & other.spot
    strength = len(persons) + len(bodies) + bool(spot)
    if strength < 2:
        return _judge_held(one, other, found) if spot else None
    if rival(one.spot, other.spot):
        return weaker(found, "at another place") if len(persons) > 1 or len(bodies) > 1 else None
    if len(persons) < 2 and rival(one.sides - shared, other.sides - shared):
        return replace(weaker(found, "with others"), score=UNLIKELY)
    if found.verdict == "doubtful":
        whole = one.span == other.span and bool(spot) and strength > 2
        return Judgement("same", 0.65, found.reason) if whole or _whole(one, other) else found
    alone = len(persons) == 1 and not spot and not of_kind(bodies, "organization")
    if alone and not _same_thing(one, other):
        return weaker(found, "one person named in both")
    return found


def _judge_held(one: Facets, other: Facets, found: Judgement) -> Judgement | None:
    """Two that share a city, and nobody who was there."""
    table = families()
    if not all(table.is_group("placed", f.profile.lemma) for f in (one, other)):
        return None
    if rival(one.sides, other.sides):
        return _other_one(one, other, found, "of others")
    certain = found.verdict == "same" and found.score > 0.9
    if (one.sides and other.sides) or not _held(one, other):
        return weaker(found, "nobody is named in both") if certain or _whole(one, other) else None
    if certain:
        return lower(found)
    return Judgement("same", 0.6, found.reason) if _whole(one, other) else weaker(found, "one may be a part")


def _held(one: Facets, other: Facets) -> bool:
    """Whether both are talks, both a conference, or both one round of talks."""
    alike = one.profile.lemma == other.profile.lemma
    return alike and (families().is_group("held", one.profile.lemma) or "round" in one.thing & other.thing)


def _whole(one: Facets, other: Facets) -> bool:
    """Whether both are talks of one city that are told alike, of the same month or days."""
    a, b = one.span, other.span
    alike = a == b and a is not None and not a.room and one.thing == other.thing
    return alike and _held(one, other) and bool(one.spot & other.spot)


def _other_one(one: Facets, other: Facets, found: Judgement, reason: str) -> Judgement | None:
    """That they are two, where a third report could be taken for either."""
    either = _held(one, other) and bool(one.spot & other.spot)
    return Judgement("different", found.score, f"{found.reason}, {reason}") if either else None


def judge_told(one: Facets, other: Facets) -> Judgement | None:
    """Two announcements of one thing by one speaker: one on one day."""
    found = day_verdict(one, other)
    if found is None or found.verdict == "doubtful" or rival(one.to, other.to):
        return None
    return found if one.thing == other.thing and one.by & other.by else None
