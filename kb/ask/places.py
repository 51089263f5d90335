"""Where events happened, as far as the gazetteer knows: places with coordinates, and how many events each holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from kb.ask.kept.present import Now
from kb.ask.rows import row_of
from kb.ask.timeline import EventFilter, count_timeline, of_all
from kb.counted import AT

_AREAS = ("country", "region")

# The places of events, as each keeps them: how many events happened at the same.
TOGETHER = f"""
WITH DISTINCT e
WITH [part IN coalesce(e.who, []) WHERE part STARTS WITH '{AT}|' | split(part, '|')[1]] AS spots
WHERE size(spots) > 0
RETURN spots, count(*) AS events"""

# Those of some places of which is known where they are.
KNOWN = """UNWIND $ids AS wanted
MATCH (p:Place {id: wanted}) WHERE p.expiredAt IS NULL AND p.lat IS NOT NULL AND p.lon IS NOT NULL
RETURN p.id AS id, p.name AS name, p.subtype AS subtype, p.lat AS lat, p.lon AS lon"""


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
    groups = [(frozenset(row["spots"]), int(row["events"]))
              for row in of_all(graph, EventFilter(**filters).parameters(), TOGETHER)]  # fmt: skip
    each: Counter[str] = Counter()
    for spots, events in groups:
        each.update(dict.fromkeys(spots, events))
    known = graph.run(KNOWN, ids=sorted(each)) if each else []
    found = [row_of(MappedPlace, {**row, "events": each[row["id"]]}) for row in known]
    ids = {place.id for place in found}
    mapped = sum(events for spots, events in groups if spots & ids)
    return EventMap(
        tuple(sorted(found, key=lambda place: (-place.events, place.name, place.id))),
        mapped, count_timeline(graph, **filters), sum(events for _, events in groups),
    )  # fmt: skip
