"""What the screens ask of the graph: each function runs statements of `kb.ask.statements` and gives frozen records.

Filters that many functions share, all optional: `earliest` and `latest`, ISO days ("2022-02-24") that bound the span
asked for; `entity`, `place`, ids; `type`, `status`, one word or several; `text`, words to be found in title or
sentence, any case; `min_salience`, `min_confidence`, 0-1. Every function raises StoreError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.ask import records
from kb.ask import statements as cypher
from kb.ask.examples import EXAMPLES, Example
from kb.ask.network_rows import network_graph
from kb.ask.past import Past
from kb.ask.query_rows import (
    ArticleDetail,
    ArticleRow,
    ClaimRow,
    EntityRow,
    EventDetail,
    Facets,
    NetworkGraph,
    Overview,
    SchemaWords,
    TimelineRow,
)
from kb.models import EntityKind
from kb.store import Store

__all__ = [
    "EXAMPLES", "NETWORK_KINDS", "EventFilter", "Example", "article", "articles", "claim", "claims", "count_timeline",
    "density", "entities", "event", "facets", "network", "overview", "schema_words", "timeline", "undated",
]  # fmt: skip

NETWORK_KINDS = ("Person", "Organization", "Country", "Place", "Event")
_FIRST, _LAST = "", "9999-12-31"
_ALL = 10**9
Words = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are meant; the fields are the module's shared filters."""

    earliest: str | None = None
    latest: str | None = None
    entity: str | None = None
    place: str | None = None
    type: Words = None
    status: Words = None
    text: str | None = None
    min_salience: float = 0.0
    min_confidence: float = 0.0

    def parameters(self) -> dict[str, Any]:
        """The filter as Cypher parameters."""
        return {
            "earliest": self.earliest or _FIRST, "latest": self.latest or _LAST, "entity": self.entity or None,
            "place": self.place or None, "types": _listed(self.type), "statuses": _listed(self.status),
            "text": _needle(self.text), "minSalience": self.min_salience, "minConfidence": self.min_confidence,
        }  # fmt: skip


def _listed(words: Words) -> list[str] | None:
    listed = [words] if isinstance(words, str) else list(words or ())
    return listed or None


def _needle(text: str | None) -> str | None:
    return (text or "").strip().lower() or None


Reader = Store | Past
"""The present graph, or what it held at a moment."""


def overview(store: Reader) -> Overview:
    """How much the graph holds, and the first and last day."""
    return Overview(**store.run(cypher.OVERVIEW)[0])


def timeline(store: Reader, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Dated events that touch the span, most salient first: at most `limit` that pass the shared filters."""
    return _events(store, cypher.TIMELINE, EventFilter(**filters), limit)


def undated(store: Reader, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Events without a date or a year, most salient first; `earliest` and `latest` do not apply."""
    return _events(store, cypher.UNDATED, EventFilter(**filters), limit)


def count_timeline(store: Reader, **filters: Any) -> int:
    """How many dated events pass the shared filters, however many `timeline` shows."""
    wanted = EventFilter(**filters).parameters()
    if isinstance(store, Past):
        return len(store.events(wanted, dated=True, limit=_ALL))
    return int(store.run(cypher.COUNT_TIMELINE, **wanted)[0]["events"])


def density(store: Reader, **filters: Any) -> list[tuple[str, int]]:
    """Months ("2022-03") with how many events start in each, first month first; months without any are left out.

    An event known only to the season, year or decade is not counted: it would feign a month.
    """
    wanted = EventFilter(**filters).parameters()
    if isinstance(store, Past):
        return _months(store.events(wanted, dated=True, limit=_ALL))
    return [(r["month"], r["events"]) for r in store.run(cypher.DENSITY, **wanted)]


def _months(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """As the statement DENSITY counts."""
    exact = ("day", "month", "interval", "open")
    months = Counter(r["earliest"][:7] for r in rows
                     if r["earliest"] and r["precision"] in exact and r["edtf"][4:5] == "-")  # fmt: skip
    return sorted(months.items())


def _events(store: Reader, statement: str, wanted: EventFilter, limit: int) -> list[TimelineRow]:
    if isinstance(store, Past):
        rows = store.events(wanted.parameters(), dated=statement == cypher.TIMELINE, limit=limit)
    else:
        rows = store.run(statement, **wanted.parameters(), limit=limit)
    return [records.timeline_row(r) for r in rows]


def event(store: Reader, id: str) -> EventDetail | None:
    """An event with who, where, every report and the claims on it; None when there is none."""
    known = store.canonical(id) if isinstance(store, Past) else _canonical(store, id)
    row = _event_row(store, known) if known else None
    if known is None or row is None:
        return None
    id = known
    setting = store.run(cypher.EVENT_SETTING, id=id)
    return EventDetail(
        event=records.timeline_row(row),
        participants=tuple(records.participant(r) for r in store.run(cypher.EVENT_PARTICIPANTS, id=id)),
        places=tuple(records.named(r) for r in setting if r["relation"] == "LOCATED_IN"),
        part_of=tuple(records.named(r) for r in setting if r["relation"] == "PART_OF"),
        reports=tuple(records.report(r) for r in store.run(cypher.EVENT_REPORTS, id=id)),
        claims_about=tuple(claims(store, event=id)),
        claims_made_in=tuple(claims(store, made_in=id)),
        bounds=row["boundsRule"] or "",
        date_rule=row["edtfRule"] or "",
    )


def _canonical(store: Store, id: str) -> str | None:
    """The event that an id stands for now: one that was merged still leads to it."""
    found = [r["id"] for r in store.run(cypher.CANONICAL_EVENT, id=id)]
    return str(found[0]) if found else None


def _event_row(store: Reader, id: str) -> Mapping[str, Any] | None:
    if isinstance(store, Past):
        return store.event(id)
    return next(iter(store.run(cypher.EVENT, id=id)), None)


def network(
    store: Reader, *, event: str | None = None, kinds: Iterable[str] = NETWORK_KINDS, limit: int = 150, **filters: Any
) -> NetworkGraph:
    """The most telling events with those who took part, the places, and what was said about them.

    Arguments: event, the id of one event to show with what its participants also took part in; kinds, of node, from
    NETWORK_KINDS and "Claim"; limit, most nodes; shared filters, `entity` among them, when no event is given.
    """
    wanted, shown = EventFilter(**filters).parameters(), frozenset(kinds)
    if event:
        found = store.run(cypher.NETWORK_OF_EVENT, event=event, limit=limit)
        matching = int(store.run(cypher.COUNT_NEAR_EVENT, event=event)[0]["events"])
    else:
        # Twice as many as fit, since the most salient are not always those that join people.
        found = store.run(cypher.NETWORK, **wanted, limit=2 * limit)
        matching = count_timeline(store, **filters)
    centre = event or wanted["entity"]
    said = _said(store, found, event, wanted["entity"]) if "Claim" in shown else ()
    return network_graph(found, said, kinds=shown, limit=limit, centre=centre, matching=matching)


def _said(
    store: Reader, found: Sequence[Mapping[str, Any]], event: str | None, entity: str | None
) -> Sequence[Mapping[str, Any]]:
    if entity and not event:
        return store.run(cypher.CLAIMS_OF_ENTITY, entity=entity)
    events = [event] if event else sorted({row["event_id"] for row in found})
    return store.run(cypher.CLAIMS_OF_EVENTS, events=events)


def articles(store: Reader, *, limit: int = 1000) -> list[ArticleRow]:
    """Articles, latest published first, those without a date last."""
    return [records.article_row(r) for r in store.run(cypher.ARTICLES, limit=limit)]


def article(store: Reader, id: str) -> ArticleDetail | None:
    """An article with its text and everything marked in it; None when there is none of this id."""
    found = store.run(cypher.ARTICLE, id=id)
    if not found:
        return None
    events = store.run(cypher.ARTICLE_EVENTS, id=id)
    marks = (
        *(records.mention_mark(r) for r in store.run(cypher.ARTICLE_MENTIONS, id=id)),
        *(records.event_mark(r) for r in events),
        *(records.time_mark(r) for r in _first_of_each(store.run(cypher.ARTICLE_TIMES, id=id))),
        *(records.claim_mark(r) for r in store.run(cypher.ARTICLE_CLAIMS, id=id)),
    )
    return records.article_detail(found[0], marks, events)


def claims(
    store: Reader,
    *,
    speaker: str | None = None,
    about: str | None = None,
    event: str | None = None,
    made_in: str | None = None,
    text: str | None = None,
    said_from: str | None = None,
    said_to: str | None = None,
    direct: bool | None = None,
    min_confidence: float = 0.0,
    public_by: str | None = None,
    limit: int = 200,
) -> list[ClaimRow]:
    """Who said what about what, in the order of saying, the undated last.

    Arguments: speaker, about, ids of entities; event, id of an event it speaks of; made_in, id of the interview, post
    or speech it was said in; text, in the claim or the speaker's words; said_from, said_to, ISO days within which it
    may have been said; direct, quotations only (True) or none (False); min_confidence, between 0 and 1; public_by, an
    ISO day by which it was public for sure: said by then, or printed by then; limit, most rows, the latest said kept.
    """
    found = store.run(
        cypher.CLAIMS, speaker=speaker or None, about=about or None, event=event or None, madeIn=made_in or None,
        text=_needle(text), dated=bool(said_from or said_to), saidFrom=said_from or _FIRST, saidTo=said_to or _LAST,
        direct=direct, minConfidence=min_confidence, publicBy=public_by or None, limit=limit,
    )  # fmt: skip
    return [records.claim_row(r) for r in sorted(found, key=_when_said)]


def claim_days(store: Reader) -> tuple[str, str] | None:
    """The first and last day, ISO, on which a claim became public; None where no article has a date."""
    row = store.run(cypher.CLAIM_DAYS)[0]
    days = [day for day in (row["said"], row["printed"]) if day]
    return (min(days), max(row["last"], *days)) if row["last"] else None


def claim(store: Reader, id: str) -> ClaimRow | None:
    """A claim with who, what about and the sentence it stands in; None when there is none."""
    found = store.run(cypher.CLAIM, id=id)
    return records.claim_row(found[0]) if found else None


def _when_said(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Order of saying: what is only known to be said before a day comes with that day, the undated last."""
    earliest, latest = row["said_earliest"], row["said_latest"]
    return (earliest or latest or _LAST, latest or _LAST, row["id"])


def entities(store: Reader, kind: EntityKind | None = None, limit: int = 200) -> list[EntityRow]:
    """People, organisations and places, those in most events first."""
    return [records.entity_row(r) for r in store.run(cypher.ENTITIES, kind=kind, limit=limit)]


def facets(store: Reader, limit: int = 200) -> Facets:
    """What filters can be set to; at most `limit` people, organisations and places each."""
    kinds = store.run(cypher.EVENT_TYPES)
    return Facets(
        types=_totals((r["type"], r["events"]) for r in kinds),
        statuses=_totals((r["status"], r["events"]) for r in kinds),
        people=tuple(entities(store, "Person", limit)),
        organizations=tuple(entities(store, "Organization", limit)),
        places=tuple(entities(store, "Place", limit)),
    )


def schema_words(store: Reader) -> SchemaWords:
    """Labels, relationship types and property names of the graph, for an editor's completion."""
    nodes, relations = store.run(cypher.NODE_WORDS), store.run(cypher.RELATIONSHIP_WORDS)
    return SchemaWords(
        labels=_distinct(label for r in nodes for label in r["labels"]),
        relationship_types=_distinct(r["type"] for r in relations),
        properties=_distinct(name for r in (*nodes, *relations) for name in r["properties"]),
    )


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _totals(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for word, count in pairs:
        totals[word] = totals.get(word, 0) + count
    return tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))


def _first_of_each(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One row per id: a time expression counted from an event, and so from what dates that, is still one."""
    kept: dict[str, Mapping[str, Any]] = {}
    for row in found:
        if row["id"] not in kept or "Event" in (row["anchor_labels"] or ()):
            kept[row["id"]] = row
    return list(kept.values())
