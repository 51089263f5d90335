"""From findings to facts: the nodes and relationships that one article contributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.graph.facts import Facts, Relation
from ingest.matching.ids import fingerprint, snapshot_id
from ingest.matching.referents import Ids, identify
from ingest.reading.annotate import Annotated
from ingest.reading.english.claims.wording import normal_text
from ingest.reading.findings import Bounds, ClaimFinding, EntityFinding, EventFinding, OrderFinding, TimeFinding
from ingest.reading.reading import Reading
from kb.heeded import NONE, GivenPart
from kb.models import Article, Claim, Entity, Event, Passage, Snapshot, TimeExpression
from kb.store.moments import now


def resolve(reading: Reading, *, version: str) -> Facts:
    """The nodes and relationships one reading contributes, each id once.

    Arguments: the reading; `version`, the rules' version that goes into the article's fingerprint.
    """
    ids = identify(reading)
    document = reading.annotated.document
    return Facts(
        article=_article(reading, ids, version),
        snapshot=Snapshot(id=snapshot_id(document.text), text=document.text, retrieved_at=now()),
        passages=tuple(_passages(reading.annotated, ids)),
        times=tuple(_time(t, ids, reading) for t in reading.times),
        entities=tuple({ids.entities[e.key]: _entity(e, ids) for e in reversed(reading.entities)}.values()),
        events=tuple({ids.events[e.key]: _event(e, ids) for e in reversed(reading.events)}.values()),
        claims=tuple({ids.claims[c.key]: _claim(c, ids, reading) for c in reading.claims}.values()),
        relations=tuple(_relations(reading, ids)),
        profiles=tuple(ids.profiles[id] for id in sorted(ids.profiles)),
        story=ids.story,
    )


def _article(reading: Reading, ids: Ids, version: str) -> Article:
    document = reading.annotated.document
    published = document.published
    return Article(
        id=ids.article,
        source=document.source,
        url=document.url,
        title=document.title,
        publisher=document.publisher,
        authors=document.authors,
        language=document.language,
        published=published,
        published_earliest=published.earliest if published else None,
        published_latest=published.latest if published else None,
        published_basis=document.published_basis,
        stated_published=document.stated_published,
        stated_basis=document.stated_basis,
        heeded=reading.heeded,
        fingerprint=fingerprint(document, version, reading.heeded),
    )


def _passages(annotated: Annotated, ids: Ids) -> Iterator[Passage]:
    # A line in capitals is parsed in other letters than the article's, which are the ones to show.
    for seq, span in enumerate(annotated.passages):
        start, end = span.start_char, span.end_char
        yield Passage(id=ids.passages[seq], seq=seq, start=start, end=end, text=annotated.text[start:end])


def _time(time: TimeFinding, ids: Ids, reading: Reading) -> TimeExpression:
    anchor = time.anchor
    return TimeExpression(
        id=ids.times[time.key],
        text=reading.annotated.text[time.start : time.end],
        start=time.start,
        end=time.end,
        type=time.type,
        value=time.value,
        edtf=time.edtf,
        earliest=time.edtf.earliest if time.edtf else None,
        latest=time.edtf.latest if time.edtf else None,
        rule=time.rule,
        anchor_text=reading.annotated.text[slice(*anchor.span)] if anchor and anchor.span else None,
        anchor_edtf=anchor.value if anchor else None,
        candidates=time.candidates,
        circular=time.circular,
        confidence=time.confidence,
    )


def _entity(entity: EntityFinding, ids: Ids) -> Entity:
    names = {m.text for m in entity.mentions if m.form == "name"} | set(entity.aliases)
    return Entity(
        id=ids.entities[entity.key],
        kind=entity.kind,
        name=entity.name,
        aliases=tuple(sorted(names - {entity.name})),
        subtype=entity.subtype,
        described=entity.described,
        country=entity.country,
        lat=entity.lat,
        lon=entity.lon,
        confidence=entity.confidence,
    )


def _event(event: EventFinding, ids: Ids) -> Event:
    return Event(
        id=ids.events[event.key],
        title=event.title,
        type=event.type,
        edtf=event.edtf,
        earliest=event.edtf.earliest if event.edtf else None,
        latest=event.edtf.latest if event.edtf else None,
        precision=event.edtf.precision if event.edtf else None,
        status=event.status,
        salience=event.salience,
        confidence=event.confidence,
        clarity=event.clarity,
    )


def _claim(claim: ClaimFinding, ids: Ids, reading: Reading) -> Claim:
    text = reading.annotated.text
    return Claim(
        id=ids.claims[claim.key],
        text=" … ".join(text[start:end] for start, end in claim.content),
        normal_text=normal_text(text, claim.content),
        direct=claim.direct,
        cue=claim.cue,
        force=claim.force,
        speaker_text=claim.speaker_text,
        addressee_text=claim.addressee_text,
        medium=claim.medium,
        said=claim.said,
        said_earliest=claim.said.earliest if claim.said else None,
        said_latest=claim.said.latest if claim.said else None,
        said_time_id=ids.times[claim.said_time] if claim.said_time else None,
        polarity=claim.polarity,
        modality=claim.modality,
        confidence=claim.confidence,
    )


def _relations(reading: Reading, ids: Ids) -> Iterator[Relation]:
    yield from _time_relations(reading, ids)
    yield from _mention_relations(reading, ids)
    for event in reading.events:
        yield from _event_relations(event, reading, ids)
    for order in reading.orders:
        yield from _order_relations(order, reading, ids)
    for claim in reading.claims:
        yield from _claim_relations(claim, reading, ids)


def _time_relations(reading: Reading, ids: Ids) -> Iterator[Relation]:
    annotated = reading.annotated
    for time in reading.times:
        here = ids.times[time.key]
        yield Relation("HAS_TIME", ids.passages[annotated.passage_at(time.start)], here, "TimeExpression")
        if not time.anchor:
            continue
        if time.anchor.kind == "publication":
            yield Relation("ANCHORED_TO", here, ids.article, "Article")
        event = _event_at(reading, time.anchor.span) if time.anchor.kind == "event" else None
        if event:
            yield Relation("ANCHORED_TO", here, ids.events[event.key], "Event")
        if time.anchor.time and time.anchor.time != time.key:
            yield Relation("ANCHORED_TO", here, ids.times[time.anchor.time], "TimeExpression")


def _event_at(reading: Reading, span: tuple[int, int] | None) -> EventFinding | None:
    if span is None:
        return None
    for event in reading.events:
        if any(m.start < span[1] and span[0] < m.end for m in event.mentions):
            return event
    return None


def _mention_relations(reading: Reading, ids: Ids) -> Iterator[Relation]:
    for entity in reading.entities:
        for mention in entity.mentions:
            passage = ids.passages[reading.annotated.passage_at(mention.start)]
            written = reading.annotated.text[mention.start : mention.end]
            properties = {"articleId": ids.article, "start": mention.start, "end": mention.end, "text": written,
                          "form": mention.form, "clusterId": entity.key}  # fmt: skip
            yield Relation("MENTIONS", passage, ids.entities[entity.key], "Entity", properties)


def _event_relations(event: EventFinding, reading: Reading, ids: Ids) -> Iterator[Relation]:
    here = ids.events[event.key]
    for mention in event.mentions:
        properties: dict[str, Any] = {
            "articleId": ids.article, "start": mention.start, "end": mention.end,
            "trigger": reading.annotated.text[mention.start : mention.end],
            "edtf": mention.edtf, "status": mention.status, "confidence": mention.confidence,
            "title": event.title, "salience": event.salience,
            "timeId": ids.times[mention.time] if mention.time else None, "past": mention.past,
            "figures": list(mention.figures) or None,
            **_shown_bounds(event),
        }  # fmt: skip
        yield Relation("REPORTED_IN", here, ids.passages[mention.passage], "Passage", properties)
    dated = {t for t in (event.time, *(m.time for m in event.mentions)) if t}
    for time in sorted(dated):
        yield Relation("DATED_BY", here, ids.times[time], "TimeExpression")
    first = [ids.passages[event.mentions[0].passage]]
    given = [part for part in reading.parts if part.event == here]
    places = [part for part in given if part.field == "place"]
    where = [id for part in places for id in part.entities[:1]]
    if event.place and not places:
        where = [ids.entities[event.place]]
    for place in where:
        yield Relation("LOCATED_IN", here, place, "Place", {"passageIds": first})
    if event.part_of and ids.events[event.part_of] != here:
        yield Relation("PART_OF", here, ids.events[event.part_of], "Event", {"passageIds": first})
    yield from _participations(event, here, ids, [part for part in given if part.field == "participant"])


def _shown_bounds(event: EventFinding) -> dict[str, Any]:
    """Where this article puts an event: a date's own days drawn in by what bounds it, and those bounds with the reason.

    What has no date, or none with a year, has no days of its own and stays off the timeline.
    """
    earliest, latest = (event.edtf.earliest, event.edtf.latest) if event.edtf else (None, None)
    bounds = event.bounds or Bounds()
    return {
        "earliest": bounds.not_before or earliest if earliest else None,
        "latest": bounds.not_after or latest if latest else None,
        "notBefore": bounds.not_before, "notAfter": bounds.not_after, "boundsRule": bounds.rule or None,
    }  # fmt: skip


def _order_relations(order: OrderFinding, reading: Reading, ids: Ids) -> Iterator[Relation]:
    first, second = ids.events[order.first], ids.events[order.second]
    if first != second:
        properties = {"articleId": ids.article, "start": order.start, "end": order.end,
                      "cue": reading.annotated.text[order.start : order.end],
                      "passageId": ids.passages[order.passage]}  # fmt: skip
        yield Relation(order.kind.upper(), first, second, "Event", properties)


def _participations(event: EventFinding, here: str, ids: Ids, given: Sequence[GivenPart]) -> Iterator[Relation]:
    """Who takes part by the text; of whom a human says so, as what, or not at all, by that."""
    passages: dict[tuple[str, str], set[str]] = {}
    for participant in event.participants:
        key = (ids.entities[participant.entity], participant.role)
        passages.setdefault(key, set()).add(ids.passages[participant.passage])
    for part in given:
        passages = {key: where for key, where in passages.items() if key[0] not in part.entities}
        if part.role != NONE:
            passages[part.entities[0], part.role] = {ids.passages[event.mentions[0].passage]}
    for (entity, role), where in passages.items():
        yield Relation("PARTICIPATED_IN", entity, here, "Event", {"role": role, "passageIds": sorted(where)})


def _claim_relations(claim: ClaimFinding, reading: Reading, ids: Ids) -> Iterator[Relation]:
    here = ids.claims[claim.key]
    if claim.speaker:
        yield Relation("MADE_BY", here, ids.entities[claim.speaker], "Entity")
    if claim.addressee:
        yield Relation("ADDRESSED_TO", here, ids.entities[claim.addressee], "Entity")
    if claim.made_in:
        yield Relation("MADE_IN", here, ids.events[claim.made_in], "Event")
    for event in sorted({ids.events[k] for k in claim.about_events}):
        yield Relation("ABOUT", here, event, "Event")
    for entity in sorted({ids.entities[k] for k in claim.about_entities}):
        yield Relation("ABOUT", here, entity, "Entity")
    for start, end in claim.content:
        passage = ids.passages[reading.annotated.passage_at(start)]
        yield Relation("STATED_IN", here, passage, "Passage", {"start": start, "end": end})
