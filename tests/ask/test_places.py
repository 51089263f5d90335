"""Places on the map, against the same facts reckoned in plain Python."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.graph.facts import Facts
from kb import ask
from kb.models import Event
from kb.store import Store
from tests import synthetic

ARTICLES = 14


FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({}, lambda e: True),
    ({"earliest": "2023-01-01", "latest": "2023-12-31"},
     lambda e: (e.earliest or "") <= "2023-12-31" and (e.latest or "9") >= "2023-01-01"),
    ({"min_salience": 0.5}, lambda e: e.salience >= 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "fits"), FILTERS, ids=[str(wanted) for wanted, _ in FILTERS])
def test_each_place_has_what_happened_there_within_the_window(
    chronicle: Store, facts: list[Facts], wanted: dict[str, Any], fits: Any
) -> None:
    events: dict[str, Event] = {event.id: event for one in facts for event in one.events}
    dated = {id for id, event in events.items() if (event.earliest or event.latest) and fits(event)}
    there: dict[str, set[str]] = {}
    for one in facts:
        for r in one.relations:
            if r.type == "LOCATED_IN" and r.start in dated:
                there.setdefault(r.end, set()).add(r.start)
    found = ask.places(chronicle, **wanted)
    assert {place.id: place.events for place in found.places} == {id: len(held) for id, held in there.items()}
    on_map = set().union(*there.values())
    assert (found.mapped, found.every) == (len(on_map), len(dated))
    assert (found.unknown, found.nowhere) == (0, len(dated - on_map))
    spots = {place.name: (place.lat, place.lon) for place in found.places}
    assert spots.items() <= synthetic.PLACES.items()
    assert not any(place.area for place in found.places)


def test_a_place_without_coordinates_is_on_no_map(chronicle: Store) -> None:
    place = ask.places(chronicle).places[0]
    chronicle.execute("MATCH (p:Place {id: $id}) SET p.lat = null", id=place.id)
    try:
        found = ask.places(chronicle)
        assert place.id not in {each.id for each in found.places}
        assert found.mapped < found.every
        assert found.unknown
        assert found.mapped + found.unknown + found.nowhere == found.every
    finally:
        chronicle.execute("MATCH (p:Place {id: $id}) SET p.lat = $lat", id=place.id, lat=place.lat)
