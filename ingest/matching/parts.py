"""Which event is a part of which, told by whatever articles: by class, place and time.

The relation is that of sub-event and event of the Richer Event Description guidelines (O'Gorman, Wright-Bettner and
Palmer 2016). What a sentence itself says of it is read with the article (`ingest.reading.english.events.parts`); here
it is concluded, and only for events that last, whose place and beginning are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from ingest.matching.ids import digest
from ingest.matching.profiles import EntityProfile, EventProfile
from ingest.reading.lexicon import load

MEMBERS = 20  # referents of an event, those of the least ids, that are looked at
_FOR_SURE = ("asserted", "alleged")
_BY, _TO = frozenset({"agent"}), frozenset({"patient", "recipient"})
_WIDE = frozenset({"country", "region"})
_WIDEST = 366  # days within which a part must be dated

Canon = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A class whose events have parts; see `lexicon/english/matching/parts.json`."""

    rank: int
    where: tuple[str, ...]
    longest: int | None
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """An event as the graph shows it.

    first, last: its days as ordinals, last None where no end is told. spots: entity ids of places; lands: countries of
    all places (ISO 3166-1 alpha-2); by, to: countries that act, and that are acted on or in which it is; sides:
    countries that take part in any role. weight: by how many independent sources it is told, as a power of two, so
    that it changes seldom.
    """

    id: str
    lemma: str
    first: int
    last: int | None
    spots: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The whole of a part: its id, and why, for a reader."""

    whole: str
    reason: str


@cache
def wholes() -> Mapping[str, Whole]:
    """Classes whose events have parts."""
    rows: list[dict[str, Any]] = load("matching/parts")["wholes"]
    return {r["class"]: Whole(r["rank"], tuple(r["where"]), r["longest"], frozenset(r["holds"])) for r in rows}


def standing(
    id: str, status: str | None, first: int | None, last: int | None, sources: int,
    profiles: Iterable[EventProfile], places: Mapping[str, EntityProfile], canon: Canon,
) -> Standing | None:  # fmt: skip
    """What is looked at of an event; None where it is not told as fact or has no beginning.

    Arguments: what the graph shows of it, days as ordinals; how many independent sources tell it; the profiles of its
    referents; the profiles of the entities that they name, by id; canon, from an entity's referent to its canonical id.
    """
    referents = tuple(profiles)
    if first is None or status not in _FOR_SURE or not referents:
        return None
    roles = [(role, places[e]) for p in referents for role, e in p.participants if e in places]
    roles += [("location", places[p.place]) for p in referents if p.place and p.place in places]
    spots = {canon(e.id) for _, e in roles if e.kind == "Place" and e.subtype not in _WIDE}
    where = [(role, e) for role, e in roles if e.kind == "Place" and e.country]
    lands = {e.country for role, e in where if role not in _BY}
    acting = {e.country for role, e in where if role in _BY and e.subtype == "country"}
    reached = {e.country for role, e in where if role in _TO or role == "location"}
    together = {e.country for role, e in where if e.subtype == "country"}
    return Standing(
        id, referents[0].lemma, first, last, frozenset(spots), _set(lands), _set(acting), _set(reached), _set(together),
        sources.bit_length(),
    )  # fmt: skip


def _set(codes: Iterable[str | None]) -> frozenset[str]:
    return frozenset(code for code in codes if code)


def holding_keys(one: Standing) -> frozenset[str]:
    """Index keys of an event as a whole: what shares one with its `fitting_keys` may be a part of it."""
    row = wholes().get(one.lemma)
    if row is None or (one.last is not None and one.last <= one.first):
        return frozenset()
    return frozenset(_key(one.lemma, *place) for place in _places(one, row.where, one.sides, one.sides))


def fitting_keys(one: Standing) -> frozenset[str]:
    """Index keys of an event as a part."""
    if one.last is None or one.last - one.first > _WIDEST:
        return frozenset()
    return frozenset(
        _key(lemma, *place) for lemma, row in wholes().items() if one.lemma in row.holds and _narrower(one, lemma)
        for place in _places(one, row.where, one.by, one.to)
    )  # fmt: skip


def _narrower(one: Standing, lemma: str) -> bool:
    """Whether a class of wholes is wider than what may be a part; a day of talks is a round of those of a month."""
    own = wholes().get(one.lemma)
    return own is None or wholes()[lemma].rank > own.rank or (one.lemma == lemma and one.first == one.last)


def _places(one: Standing, where: Iterable[str], by: frozenset[str], to: frozenset[str]) -> Iterator[tuple[str, ...]]:
    for kind in where:
        if kind == "spot":
            yield from (("spot", spot) for spot in one.spots)
        elif kind == "land":
            yield from (("land", land) for land in one.lands)
        else:
            yield from (("sides", *sorted((a, b))) for a, b in product(by, to) if a != b)


def _key(*parts: str) -> str:
    return digest("block", "part", *parts)


def whole_of(part: Standing, candidates: Iterable[Standing]) -> Found | None:
    """The narrowest event, by its kind, of which another is a part; None where none holds it.

    Of equally narrow ones that of most sources, so that one war told in several ways holds what is part of it at one
    place, then that which began last.

    Arguments: the part; what shares a key with it, in any order.
    """
    holding = [whole for whole in candidates if whole.id != part.id and _holds(whole, part)]
    if not holding:
        return None
    best = min(holding, key=lambda whole: (wholes()[whole.lemma].rank, -whole.weight, -whole.first, whole.id))
    return Found(best.id, _reason(part, best))


def _holds(whole: Standing, part: Standing) -> bool:
    row = wholes()[whole.lemma]
    end = whole.last if whole.last is not None else None if row.longest is None else whole.first + row.longest
    if part.last is None or (end is not None and part.last > end):
        return False
    # told to the month or the year in which the whole began: it may be of any day of it
    return part.first >= whole.first or (part.last >= whole.first and part.last - part.first <= _WIDEST)


def _reason(part: Standing, whole: Standing) -> str:
    shared = fitting_keys(part) & holding_keys(whole)
    spot = any(_key(whole.lemma, "spot", spot) in shared for spot in part.spots)
    sides = any(_key(whole.lemma, "sides", *sorted(pair)) in shared for pair in product(part.by, part.to))
    how = "at its place" if spot else "between its sides" if sides else "in its land"
    return f"{how}, while it lasted"
