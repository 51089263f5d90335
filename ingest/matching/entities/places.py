"""Whether two names are one place's: the name, what sort of place it is, its country and its point on the globe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from ingest.matching.entities.names import listed, lists, misspelt, slavic, slavic_place, sound, tokens
from ingest.matching.profiles import EntityProfile, Judgement

_NEAR = 30.0
"""Kilometres within which two points may be one town's."""
_FAR = 100.0
"""Kilometres from which they are not."""
_EARTH = 6371.0
_LONG = 7
"""Letters from which a name is known in another spelling: with a slip, or written as two words."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place's name in lower case, without the words for what it is: "donetsk", a region, for "Donetsk Oblast"."""

    words: tuple[str, ...]
    level: str | None
    sorts: tuple[str, ...]


@lru_cache(maxsize=200_000)
def parsed(name: str) -> PlaceName | None:
    """Parts of a place's name; None for no word."""
    words = list(tokens(name))
    levels, level = lists()["place_levels"], None
    if len(words) > 1 and words[-1] in levels:
        level = levels[words.pop()]
    elif len(words) > 2 and words[0] in levels and words[1] == "of":
        level, words = levels[words[0]], words[2:]
    sorts = tuple(sorted(word for word in words if word in listed("place_sorts")))
    bare = tuple(word for word in words if word not in listed("place_sorts"))
    return PlaceName(bare or tuple(words), level, sorts) if words else None


def place_keys(name: str) -> frozenset[str]:
    """Look-up keys of a place's name: its words, their Slavic fold, their consonants."""
    place = parsed(name)
    if place is None:
        return frozenset()
    joined = " ".join(place.words)
    found = {f"place|name:{joined}", f"place|name:{_fold(place)}"}
    return frozenset(found | ({f"place|sound:{sound(joined)}"} if len(joined) >= _LONG else set()))


def compare_places(a: EntityProfile, b: EntityProfile) -> Judgement | None:
    """What the names and points of two places say of each other; None when they have too little in common."""
    one, other = parsed(a.name), parsed(b.name)
    if one is None or other is None:
        return None
    spelling = _spelling(one, other)
    if spelling is None:
        return None
    apart = _apart(a, b, one, other)
    if apart:
        return Judgement("different", 0.9, apart)
    if spelling in ("misspelt", "sort") or None in (a.lat, a.lon, b.lat, b.lon):
        return _unsure(a, b, one, other, spelling)
    away = distance((a.lat or 0, a.lon or 0), (b.lat or 0, b.lon or 0))
    if away > _FAR:
        return Judgement("different", 0.9, f"the places lie {away:.0f} km apart")
    if away > _NEAR or a.country is None or b.country is None:
        return Judgement("doubtful", 0.6, "the same name, and not far apart")
    return Judgement("same", 0.9, _REASONS[spelling])


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points, (latitude, longitude) in degrees, by the haversine formula (Sinnott 1984)."""
    (lat, lon), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


_REASONS = {
    "equal": "the same name",
    "romanised": "same name in another transliteration",
    "misspelt": "one letter differs",
    "sort": "only one says what sort of place it is",
}


def _fold(place: PlaceName) -> str:
    return " ".join(slavic_place(word) for word in place.words)


def _spelling(one: PlaceName, other: PlaceName) -> str | None:
    if one.sorts != other.sorts:
        bare = set(one.words) <= listed("directions")
        return "sort" if one.words == other.words and not bare and not (one.sorts and other.sorts) else None
    first, second = " ".join(one.words), " ".join(other.words)
    if first == second or (len(first) > _LONG and first.replace(" ", "") == second.replace(" ", "")):
        return "equal"
    if _fold(one) == _fold(other):
        return "romanised"
    return "misspelt" if sound(first) == sound(second) and misspelt(slavic(first), slavic(second)) else None


def _level(profile: EntityProfile, name: PlaceName) -> str | None:
    return (
        name.level
        or " ".join(name.sorts)
        or (profile.subtype if profile.subtype in ("country", "region", "city") else None)
    )


def _apart(a: EntityProfile, b: EntityProfile, one: PlaceName, other: PlaceName) -> str | None:
    """Why two places of one name are two, as far as that is known."""
    if a.country and b.country and a.country != b.country:
        return "another country"
    levels = {_level(a, one), _level(b, other)}
    return "another sort of place" if len(levels - {None}) == 2 else None


def _unsure(a: EntityProfile, b: EntityProfile, one: PlaceName, other: PlaceName, spelling: str) -> Judgement:
    """Without two points, a word for the sort of place says enough: "Donetsk Oblast", "Donetsk region"."""
    if spelling == "equal" and one.level and one.level == other.level:
        return Judgement("same", 0.9, "the same name with another word for a region")
    if spelling == "equal" and one.sorts:
        return Judgement("same", 0.9, "the same words in another order")
    return Judgement("doubtful", 0.5, _REASONS[spelling] + "; it is not known where they lie")
