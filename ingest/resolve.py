"""From findings to facts: the nodes and relationships that one article contributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.annotate import Annotated
from ingest.claims.wording import normal_text
from ingest.facts import Facts, Relation
from ingest.findings import Bounds, ClaimFinding, EntityFinding, EventFinding, OrderFinding, Span, TimeFinding
from ingest.identity import article_id, digest, fingerprint, snapshot_id
from ingest.matching.entities import entity_profile
from ingest.matching.events import event_profiles
from ingest.matching.profiles import EntityProfile, EventProfile
from ingest.run import now
from kb.decisions import Pin, date_heeded, here_heeded, own_heeded
from kb.models import Article, Claim, Entity, Event, Passage, Snapshot, TimeExpression


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One article as read: the parse and all that was found in it.

    pins: the dates that humans gave events of the article, which the reading heeds; judged: which event a human judged
    where it stands; renames: what a human split off for this article, by the referent that its words give; held: those
    of the judged whose words give another event by now.
    """

    annotated: Annotated
    times: tuple[TimeFinding, ...]
    entities: tuple[EntityFinding, ...]
    events: tuple[EventFinding, ...]
    claims: tuple[ClaimFinding, ...]
    orders: tuple[OrderFinding, ...] = ()
    pins: tuple[Pin, ...] = ()
    judged: Mapping[Span, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[Span, str] = field(default_factory=dict)

    @property
    def heeded(self) -> tuple[str, ...]:
        """The decisions that made a difference to the reading, in words; see kb.models.Article."""
        dates = (date_heeded(pin) for pin in self.pins)
        own = (own_heeded(*pair) for pair in self.renames.items())
        here = (here_heeded(span, event) for span, event in self.held.items())
        return tuple(sorted((*dates, *own, *here)))


@dataclass(frozen=True, slots=True)
class Ids:
    """Graph ids of one reading's findings, by their keys; passages by their index; profiles by their ids."""

    article: str
    passages: tuple[str, ...]
    times: dict[str, str]
    entities: dict[str, str]
    events: dict[str, str]
    claims: dict[str, str]
    profiles: dict[str, EntityProfile | EventProfile]


def identify(reading: Reading) -> Ids:
    """The ids of everything in a reading; see `identity` for what identifies what."""
    article = article_id(reading.annotated.document)
    snapshot = snapshot_id(reading.annotated.text)
    entities = {e.key: e for e in reading.entities}
    people = {e.key: entity_profile(e, article) for e in reading.entities}
    happenings = event_profiles(reading.events, entities, article)
    for key, event in _judged_events(reading).items():
        happenings[key] = replace(happenings[key], id=event)
    people = {key: replace(p, id=reading.renames.get(p.id, p.id)) for key, p in people.items()}
    happenings = {key: replace(p, id=reading.renames.get(p.id, p.id)) for key, p in happenings.items()}
    profiles: dict[str, EntityProfile | EventProfile] = {p.id: p for p in people.values()}
    profiles.update({p.id: p for p in happenings.values()})
    return Ids(
        article=article,
        passages=tuple(digest("passage", snapshot, p.start_char, p.end_char) for p in reading.annotated.passages),
        times={t.key: digest("time", article, snapshot, t.start, t.end) for t in reading.times},
        entities={key: profile.id for key, profile in people.items()},
        events={key: profile.id for key, profile in happenings.items()},
        claims={c.key: digest("claim", article, snapshot, c.content) for c in reading.claims},
        profiles=profiles,
    )


def _judged_events(reading: Reading) -> dict[str, str]:
    """An event that a human judged keeps its id, whatever its words date it to now."""
    places = {(m.start, m.end): e.key for e in reading.events for m in e.mentions}
    return {places[span]: event for span, event in reading.judged.items() if span in places}


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
    for seq, span in enumerate(annotated.passages):
        yield Passage(id=ids.passages[seq], seq=seq, start=span.start_char, end=span.end_char, text=span.text)


def _time(time: TimeFinding, ids: Ids, reading: Reading) -> TimeExpression:
    anchor = time.anchor
    return TimeExpression(
        id=ids.times[time.key],
        text=time.text,
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
            properties = {"articleId": ids.article, "start": mention.start, "end": mention.end, "text": mention.text,
                          "form": mention.form, "clusterId": entity.key}  # fmt: skip
            yield Relation("MENTIONS", passage, ids.entities[entity.key], "Entity", properties)


def _event_relations(event: EventFinding, reading: Reading, ids: Ids) -> Iterator[Relation]:
    here = ids.events[event.key]
    for mention in event.mentions:
        properties: dict[str, Any] = {
            "articleId": ids.article, "start": mention.start, "end": mention.end, "trigger": mention.text,
            "edtf": mention.edtf, "status": mention.status, "confidence": mention.confidence,
            "title": event.title, "salience": event.salience,
            "timeId": ids.times[mention.time] if mention.time else None, "past": mention.past,
            **_shown_bounds(event),
        }  # fmt: skip
        yield Relation("REPORTED_IN", here, ids.passages[mention.passage], "Passage", properties)
    dated = {t for t in (event.time, *(m.time for m in event.mentions)) if t}
    for time in sorted(dated):
        yield Relation("DATED_BY", here, ids.times[time], "TimeExpression")
    first = [ids.passages[event.mentions[0].passage]]
    if event.place:
        yield Relation("LOCATED_IN", here, ids.entities[event.place], "Place", {"passageIds": first})
    if event.part_of and ids.events[event.part_of] != here:
        yield Relation("PART_OF", here, ids.events[event.part_of], "Event", {"passageIds": first})
    yield from _participations(event, here, ids)


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


def _participations(event: EventFinding, here: str, ids: Ids) -> Iterator[Relation]:
    passages: dict[tuple[str, str], set[str]] = {}
    for participant in event.participants:
        key = (ids.entities[participant.entity], participant.role)
        passages.setdefault(key, set()).add(ids.passages[participant.passage])
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
