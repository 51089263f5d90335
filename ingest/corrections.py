"""What humans corrected, brought into the reading of an article: its publication date and its events' dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ingest.annotate import annotate
from ingest.confidence import weighed
from ingest.extract import findings
from ingest.findings import Document, Span
from ingest.identity import article_id
from ingest.resolve import Ids, Reading, identify
from kb.decisions import Pin, pins_of_events, pins_of_passages, standing
from kb.edtf import Edtf
from kb.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """Corrections that are not stored yet; None takes the standing one back.

    published: by article id. dates: by event id. places: by article id, where which event stands now.
    """

    published: Mapping[str, Edtf | None] = field(default_factory=dict)
    dates: Mapping[str, Edtf | None] = field(default_factory=dict)
    places: Mapping[str, Mapping[Span, str]] = field(default_factory=dict)


NO_CHANGE = Change()


def corrected(store: Store, document: Document, change: Change = NO_CHANGE) -> Document:
    """The document with the publication date that a human gave it, if one did. Raises: StoreError."""
    article = article_id(document)
    if article in change.published:
        date = change.published[article]
    else:
        decision = standing(store, article, "published")
        date = Edtf(str(decision.value)) if decision else None
    if date is None:
        return document
    return replace(document, published=date, published_basis="decision", stated_published=document.published,
                   stated_basis=document.published_basis)  # fmt: skip


def read_corrected(store: Store, document: Document, change: Change = NO_CHANGE) -> Reading:
    """What a document says, its events dated by humans where they did.

    It is read twice when a human dated one of its events: first to find those events, then with their dates, from which
    other phrases may be counted. Arguments: the open store; a document with its corrected publication date; the
    change to reckon with. Raises: StoreError.
    """
    annotated = annotate(document)
    first = weighed(findings(annotated))
    judged = _judged(store, first, identify(first), change)
    if not judged:
        return first
    second = weighed(findings(annotated, {span: pin.date for span, pin in judged.items()}))
    pins = tuple(sorted(set(judged.values()), key=lambda pin: pin.event))
    return replace(second, pins=pins, judged=judged)


def _judged(store: Store, reading: Reading, ids: Ids, change: Change) -> dict[Span, Pin]:
    """Where the events stand that a human dated: those of the same id, and those at the place that was judged."""
    by_place = pins_of_passages(store, ids.article, ids.passages)
    places = {span: pin.event for span, pin in by_place.items()} | dict(change.places.get(ids.article, {}))
    pins = {pin.event: pin for pin in (*by_place.values(), *pins_of_events(store, ids.events.values()))}
    for changed, date in change.dates.items():
        pins.pop(changed, None)
        if date is not None:
            pins[changed] = Pin(changed, date)
    found: dict[Span, Pin] = {}
    for event in reading.events:
        for mention in event.mentions:
            span = (mention.start, mention.end)
            known = places.get(span, ids.events[event.key])
            if known in pins:
                found[span] = pins[known]
    return found
