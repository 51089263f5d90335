"""What is read of an article in English: times, entities, events, their order, claims; each step takes the former."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.reading.annotate import Annotated
from ingest.reading.english.attributed import attributed, spoken
from ingest.reading.english.claims import find_claims
from ingest.reading.english.consistency import consistent
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.order import find_orders
from ingest.reading.english.shouting import with_shouts_read
from ingest.reading.english.times import NO_PINS, find_times
from ingest.reading.findings import Span
from ingest.reading.reading import Reading
from kb.edtf import Edtf

__all__ = ["NO_PINS", "read"]


def read(annotated: Annotated, pins: Mapping[Span, Edtf] = NO_PINS) -> Reading:
    """Everything an English article says, each item with the score of its own step. Arguments: as `findings`."""
    annotated = with_shouts_read(annotated)
    times = find_times(annotated, pins)
    entities = find_entities(annotated)
    events = find_events(annotated, times, entities)
    orders = find_orders(annotated, events)
    events = consistent(annotated, events, orders)
    claims = find_claims(annotated, times, entities, events)
    events = attributed(annotated, spoken(annotated, events, claims, entities), claims)
    return Reading(annotated, times, entities, events, claims, orders)
