"""What humans corrected, brought into the reading of an article: its publication date and its events' dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ingest.matching.ids import article_id
from ingest.matching.referents import identify
from ingest.reading.annotate import annotate
from ingest.reading.confidence import weighed
from ingest.reading.extract import findings
from ingest.reading.findings import Document, EventFinding, Span
from ingest.reading.reading import Reading
from ingest.revising.additions import Known, redated, with_added
from kb.decisions import (
    added_to_article,
    clusters_of,
    judged_places,
    parts_of_events,
    pins_of_events,
    renames_of_article,
    standing,
)
from kb.edtf import Edtf
from kb.heeded import Added, GivenDate
from kb.store import Queryable


@dataclass(frozen=True, slots=True)
class Change:
    """Corrections that are not stored yet; None takes the standing one back.

    published: by article id. dates: by event id. places: by article id, where which event stands now. renames: by
    article id, all that is split off for it. added: by article id, all that humans add to it, by the decision's id.
    """

    published: Mapping[str, Edtf | None] = field(default_factory=dict)
    dates: Mapping[str, Edtf | None] = field(default_factory=dict)
    places: Mapping[str, Mapping[Span, str]] = field(default_factory=dict)
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, Added]] = field(default_factory=dict)


NO_CHANGE = Change()


def corrected(store: Queryable, document: Document, change: Change = NO_CHANGE) -> Document:
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


def read_corrected(store: Queryable, document: Document, change: Change = NO_CHANGE) -> Reading:
    """What a document says, with its events as humans judged them.

    It is read twice when a human dated one of its events: first to find those events, then with their dates, from which
    other phrases may be counted. Arguments: the open store; a document with its corrected publication date; the
    change to reckon with. Raises: StoreError.
    """
    annotated = annotate(document)
    article = article_id(document)
    renames = change.renames[article] if article in change.renames else renames_of_article(store, article)
    added = change.added[article] if article in change.added else added_to_article(store, article)
    known = clusters_of(store, "Entity", {entity for one in added.values() for _, entity in one.who})
    first = _with_added(replace(weighed(findings(annotated)), renames=renames), added, known)
    ids = identify(first)
    places = judged_places(store, ids.article, ids.passages) | dict(change.places.get(ids.article, {}))
    referents = {span: places.get(span, ids.events[e.key]) for e in first.events for span in _spans(e)}
    dates = _dates(store, referents.values(), change)
    parts = parts_of_events(store, referents.values())
    pinned = {span: dates[referent] for span, referent in referents.items() if referent in dates}
    # What is pinned or was judged keeps its id, whatever its words date it to now.
    judged = {span: referents[span] for span in referents if span in places or span in pinned}
    if not judged:
        return replace(first, parts=parts)
    own = {span: ids.events[e.key] for e in first.events for span in _spans(e)}
    held = {span: event for span, event in judged.items() if span in places and event != own[span]}
    second = first
    if pinned:
        second = _with_added(replace(weighed(findings(annotated, pinned)), renames=renames), added, known)
        second = redated(second, pinned)
    pins = tuple(GivenDate(event, dates[event]) for event in sorted({referents[span] for span in pinned}))
    return replace(second, pins=pins, judged=judged, held=held, parts=parts)


def _with_added(reading: Reading, added: Mapping[str, Added], known: Known) -> Reading:
    return with_added(reading, added, identify(reading), known) if added else reading


def _spans(event: EventFinding) -> Iterator[Span]:
    return ((mention.start, mention.end) for mention in event.mentions)


def _dates(store: Queryable, referents: Iterable[str], change: Change) -> dict[str, Edtf]:
    """The dates that humans gave events: those that are stored, and as the change would have it."""
    dates = {pin.event: pin.date for pin in pins_of_events(store, referents)}
    for changed, date in change.dates.items():
        dates.pop(changed, None)
        if date is not None:
            dates[changed] = date
    return dates
