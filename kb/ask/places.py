"""Where events happened, as far as the gazetteer knows: places with coordinates, and how many events each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.ask.kept.present import Now
from kb.ask.rows import row_of
from kb.ask.timeline import EventFilter, count_timeline, of_all
from kb.counted import AT

_AREAS = ("country", "region")

# The places of events, as each keeps them, those with coordinates.
_PLACED = f"""
UNWIND [part IN coalesce(e.who, []) WHERE part STARTS WITH '{AT}|' | split(part, '|')[1]] AS placed
WITH DISTINCT e, placed
MATCH (p:Place {{id: placed}}) WHERE p.expiredAt IS NULL AND p.lat IS NOT NULL AND p.lon IS NOT NULL"""
PLACES = f"""{_PLACED}
RETURN p.id AS id, p.name AS name, p.subtype AS subtype, p.lat AS lat, p.lon AS lon, count(e) AS events
ORDER BY events DESC, name, id"""
MAPPED = f"{_PLACED}\nRETURN count(DISTINCT e) AS events"

# Events that name a place, known or not.
NAMED = f"""
WITH e WHERE any(part IN coalesce(e.who, []) WHERE part STARTS WITH '{AT}|')
RETURN count(DISTINCT e) AS events"""


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A place on the map: degrees north and east, and how many events happened there."""

    id: str
    name: str
    lat: float
    lon: float
    events: int
    subtype: str = ""

    @property
    def area(self) -> bool:
        """Whether it is a country or a region: what happened there happened somewhere in it."""
        return self.subtype in _AREAS


@dataclass(frozen=True, slots=True)
class EventMap:
    """Places with what happened there; mapped of all dated events have such a place.

    every: how many dated events there are; named: how many of them name a place, whether it is known where that is.
    """

    places: tuple[MappedPlace, ...]
    mapped: int
    every: int
    named: int = 0

    @property
    def unknown(self) -> int:
        """How many events name only places of which nobody knows where they are."""
        return max(0, self.named - self.mapped)

    @property
    def nowhere(self) -> int:
        """How many events name no place."""
        return max(0, self.every - max(self.named, self.mapped))


def places(graph: Now, **filters: Any) -> EventMap:
    """Where the dated events that pass the shared filters of `kb.ask.timeline` happened, most events first.

    Arguments: the graph; the filters. Raises: StoreError.
    """
    wanted = EventFilter(**filters).parameters()
    found = tuple(row_of(MappedPlace, row) for row in of_all(graph, wanted, PLACES))
    mapped = int(of_all(graph, wanted, MAPPED)[0]["events"]) if found else 0
    named = int(of_all(graph, wanted, NAMED)[0]["events"])
    return EventMap(found, mapped, count_timeline(graph, **filters), named)
