"""Which events lie on a timeline, how many each month holds, and what filters can be set to.

Filters that these questions share, all optional: `earliest` and `latest`, ISO days ("2022-02-24") that bound the span
asked for; `entity`, `place`, ids; `part_of`, the id of the event of which they are parts; `type`, `status`, one word or
several; `text`, words to be found in title or sentence, any case; `min_salience`, `min_confidence`, 0-1; `ids`, of
events, those alone. Of words that very many sentences have, those of the thousand most important events are found, of
fewer where these have many thousands of sentences, and `Spread.cut` says so; who asks for more than a thousand events
gets all. Every function raises StoreError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import AfterValidator

from kb.ask.entity import EntityRow, in_order
from kb.ask.kept.choosing import BY_SLOT, HAS_TEXT, Way, all_of, by_relation, ways_to_most_important
from kb.ask.kept.counts import countable, highest, highest_of, outermost, touching
from kb.ask.kept.present import Now, counts_of
from kb.ask.kept.spreads import Spread
from kb.ask.past import Graph, Past
from kb.ask.rows import Record, kind_of, row_of
from kb.ask.words import human
from kb.counted import ARTICLE_SLOTS, AT, CLAIM_SLOTS, ENTITY_RUNGS, FOREGROUND, LAST, WHOLE_RUNGS, month_of
from kb.shown.choice import DIFFER, OTHERS

FIRST = ""  # before every day
DOUBTFUL = 0.6  # confidence below which a date is told and drawn as doubtful: fewer than six in ten such are right
_KINDS = ("Person", "Organization", "Place", "Thing")
_ALL = 10**9
Words = str | Sequence[str] | None
Counted = tuple[str, str, bool, int]  # a month, a type, whether told in more than passing, how many such events
Names = Annotated[tuple[str, ...], AfterValidator(lambda names: tuple(sorted(names)))]

# Salience stands in `coalesce`, so that no engine sets out from its index, which holds all, instead of from a slot.
EVENT_FILTER = f"""e.expiredAt IS NULL
  AND ($types IS NULL OR e.type IN $types)
  AND ($statuses IS NULL OR e.status IN $statuses)
  AND ($ids IS NULL OR e.id IN $ids)
  AND coalesce(e.salience, 0.0) >= $minSalience AND e.confidence >= $minConfidence
  AND ($entity IS NULL OR EXISTS {{
    MATCH (e)-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE x.id = $entity AND r.expiredAt IS NULL }})
  AND ($place IS NULL OR EXISTS {{
    MATCH (e)-[r:LOCATED_IN]->(x:Place) WHERE x.id = $place AND r.expiredAt IS NULL }})
  AND ($whole IS NULL OR EXISTS {{
    MATCH (e)-[r:PART_OF]->(w:Event) WHERE w.id = $whole AND r.expiredAt IS NULL }})
  AND ($text IS NULL OR {HAS_TEXT})"""

DATED = """(e.earliest IS NOT NULL OR e.latest IS NOT NULL)
  AND coalesce(e.earliest, '') <= $latest AND coalesce(e.latest, '9999-12-31') >= $earliest"""

EVENT_ROW = f"""UNWIND coalesce(e.who, ['{AT}|-']) AS part
WITH e, split(part, '|')[0] AS role, split(part, '|')[1] AS named
OPTIONAL MATCH (x:Entity {{id: named}}) WHERE x.expiredAt IS NULL
WITH e, min(CASE WHEN role = '{AT}' AND 'Place' IN labels(x) THEN x.name END) AS place,
  collect(DISTINCT CASE WHEN role <> '{AT}' AND 'Person' IN labels(x) THEN x.name END) AS people,
  collect(DISTINCT CASE WHEN role <> '{AT}' AND 'Organization' IN labels(x) THEN x.name END) AS organizations
OPTIONAL MATCH (e)-[part:PART_OF {{inferred: true}}]->(whole:Event) WHERE part.expiredAt IS NULL
WITH e, place, people, organizations, min(whole.title) AS whole, min(whole.id) AS whole_id
RETURN e.id AS id, e.title AS title, e.type AS type, e.edtf AS edtf, e.earliest AS earliest, e.latest AS latest,
  e.precision AS precision, e.status AS status, e.salience AS salience, e.confidence AS confidence,
  place, people, organizations, whole, whole_id, e.reports AS reports, e.sources AS sources,
  coalesce(e.yearGuessed, false) AS year_guessed,
  e.edtfRule AS edtfRule, e.boundsRule AS boundsRule, e.importance AS importance,
  e.importanceRule AS importance_rule, coalesce(e.edtfRule, '') CONTAINS '{OTHERS}'
    OR coalesce(e.edtfRule, '') CONTAINS '{DIFFER}' AS disputed,
  e.edtfBasis = 'decision' AS corrected"""

MOST_IMPORTANT = """WITH e ORDER BY e.importance DESC, e.id LIMIT $limit
"""
_ROW = f"{EVENT_ROW}\nORDER BY importance DESC, id"

# What follows the beginning of a statement by which events are found (kb.ask.kept.choosing).
_DATED = f"""
WHERE {DATED}
  AND {EVENT_FILTER}"""
_UNDATED = f"""
WHERE e.earliest IS NULL AND e.latest IS NULL
  AND {EVENT_FILTER}"""

# How many events begin in each month, told in passing or not; one known only to the season, year or decade is counted
# under "", as it would feign a month.
_MONTHS = """
RETURN CASE WHEN e.precision IN ['day', 'month', 'interval', 'open'] AND e.earliest IS NOT NULL
  AND substring(e.edtf, 4, 1) = '-' THEN substring(e.earliest, 0, 7) ELSE '' END AS month,
  e.type AS type, e.salience >= $foreground AS told, count(e) AS events"""

# What the filters can be set to: who and what stands highest, and what has most parts.
FACETS = """UNWIND $rungs AS key
MATCH (x:Entity {rung: key}) USING INDEX x:Entity(rung)
RETURN x.id AS id, x.name AS name, labels(x) AS labels, coalesce(x.aliases, []) AS aliases, x.mentions AS mentions,
  x.events AS events, x.claims AS claims
UNION ALL UNWIND $wholes AS key
MATCH (x:Event {wholeRung: key}) USING INDEX x:Event(wholeRung)
RETURN x.id AS id, x.title AS name, labels(x) AS labels, [] AS aliases, 0 AS mentions, x.parts AS events, 0 AS claims
UNION ALL UNWIND $slots AS key
MATCH (e:Event {slot: key}) USING INDEX e:Event(slot)
RETURN min(e.earliest) AS id, max(e.latest) AS name, [] AS labels, [] AS aliases, 0 AS mentions, 0 AS events,
  0 AS claims"""


@dataclass(frozen=True, slots=True)
class Overview:
    """How much the graph holds, and the first and last day that a day- to year-exact event touches."""

    articles: int
    events: int
    claims: int
    people: int
    organizations: int
    places: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event as a timeline shows it.

    reports, sources: how many sentences tell it, and independent sources. whole, whole_id: the event of which it is
    concluded to be a part, None where it is of none. year_guessed: whether the year of its date is a guess. disputed:
    whether sources exclude the date that is shown. corrected: whether a human gave it.
    """

    id: str
    title: str
    type: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    precision: str | None
    status: str
    salience: float
    confidence: float
    place: str | None
    people: Names
    organizations: Names
    reports: int = 0
    sources: int = 1
    importance: float = 0.0
    importance_rule: str | None = None
    whole: str | None = None
    whole_id: str | None = None
    year_guessed: bool = False
    disputed: bool = False
    corrected: bool = False

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)

    @property
    def doubt(self) -> str:
        """Why its date is doubtful, in two or three words; "" where it is not, or there is none."""
        if self.edtf is None:
            return ""
        if self.year_guessed:
            return "year guessed"
        return "date doubtful" if self.confidence < DOUBTFUL else ""


@dataclass(frozen=True, slots=True)
class Whole:
    """An event that others are parts of, and of how many."""

    id: str
    title: str
    parts: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a filter can be set to, most frequent first, each with its count of events."""

    types: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    people: tuple[EntityRow, ...]
    organizations: tuple[EntityRow, ...]
    places: tuple[EntityRow, ...]
    things: tuple[EntityRow, ...] = ()
    wholes: tuple[Whole, ...] = ()

    @property
    def who(self) -> tuple[EntityRow, ...]:
        """Whoever and whatever can be asked for but places: they are asked for apart."""
        return (*self.people, *self.organizations, *self.things)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are meant; the fields are the module's shared filters."""

    earliest: str | None = None
    latest: str | None = None
    entity: str | None = None
    place: str | None = None
    part_of: str | None = None
    type: Words = None
    status: Words = None
    text: str | None = None
    min_salience: float = 0.0
    min_confidence: float = 0.0
    ids: Sequence[str] | None = None

    def parameters(self) -> dict[str, Any]:
        """The filter as Cypher parameters."""
        return {
            "earliest": self.earliest or FIRST, "latest": self.latest or LAST, "entity": self.entity or None,
            "place": self.place or None, "whole": self.part_of or None, "types": _listed(self.type),
            "statuses": _listed(self.status), "text": needle(self.text), "minSalience": self.min_salience,
            "minConfidence": self.min_confidence, "ids": list(self.ids) if self.ids else None,
        }  # fmt: skip


def overview(graph: Now) -> Overview:
    """How much the graph holds, and the first and last day."""
    return opening(graph)[0]


def facets(graph: Now, limit: int = 200) -> Facets:
    """What filters can be set to; at most `limit` people, organisations, places and things each."""
    return opening(graph, limit)[1]


def opening(graph: Now, limit: int = 200) -> tuple[Overview, Facets]:
    """What `overview` and `facets` tell, asked at once."""
    counts = counts_of(graph)
    rungs = highest_of(counts.of(ENTITY_RUNGS), _KINDS, limit)
    wholes = highest(counts.of(WHOLE_RUNGS), limit)
    rows = graph.run(FACETS, rungs=rungs, wholes=wholes, slots=outermost(counts.cells)) if counts.by_id else []
    by_kind: dict[str, list[Record]] = {kind: [] for kind in (*_KINDS, "Event", "")}
    for row in rows:
        by_kind[kind_of(row["labels"])].append(row)
    days = next(iter(by_kind.pop("")), {"id": None, "name": None})
    listed = {kind: in_order(row_of(EntityRow, row) for row in found)[:limit] for kind, found in by_kind.items()}
    types, statuses = counts.words()
    whole = Overview(
        articles=counts.total(ARTICLE_SLOTS), events=counts.events, claims=counts.total(CLAIM_SLOTS),
        people=counts.entities("Person"), organizations=counts.entities("Organization"),
        places=counts.entities("Place"), first=days["id"], last=days["name"],
    )  # fmt: skip
    return whole, Facets(
        types=_totals(types), statuses=_totals(statuses), people=tuple(listed["Person"]),
        organizations=tuple(listed["Organization"]), places=tuple(listed["Place"]), things=tuple(listed["Thing"]),
        wholes=tuple(Whole(one.id, one.name, one.events) for one in listed["Event"]),
    )  # fmt: skip


def timeline(graph: Graph, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Dated events that touch the span, most important first: at most `limit` that pass the shared filters."""
    return _events(graph, EventFilter(**filters), limit, dated=True)


def undated(graph: Graph, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Events without a date or a year, most important first; `earliest` and `latest` do not apply."""
    return _events(graph, EventFilter(**{**filters, "earliest": None, "latest": None}), limit, dated=False)


def count_timeline(graph: Graph, **filters: Any) -> int:
    """How many dated events pass the shared filters, however many `timeline` shows."""
    return spread(graph, **filters).total


def density(graph: Graph, **filters: Any) -> list[tuple[str, int]]:
    """Months ("2022-03") with how many events start in each, first month first; months without any are left out.

    An event known only to the season, year or decade is not counted: it would feign a month.
    """
    return spread(graph, **filters).density


def spread(graph: Graph, **filters: Any) -> Spread:
    """How many dated events pass the shared filters, by month, and how many more articles tell only in passing."""
    wanted = EventFilter(**filters).parameters()
    every = {**wanted, "minSalience": 0.0} if wanted["minSalience"] == FOREGROUND else wanted
    if isinstance(graph, Past):
        rows = graph.events(every, dated=True, limit=_ALL)
        return _spread(wanted, ((month_of(row), row["type"], row["salience"] >= FOREGROUND, 1) for row in rows))
    if (way := by_relation(graph, every)) or not countable(every):
        way = way or all_of(counts_of(graph), every)
        return replace(_spread(wanted, _counted(graph, way)), cut=way.cut)
    counts = counts_of(graph)
    window = touching(counts.cells, wanted["earliest"], wanted["latest"])
    partly = _counted(graph, Way(BY_SLOT, {**every, "keys": window.partly})) if window.partly else ()
    return _spread(wanted, [*counts.matching(window.within, every), *partly])


def _counted(graph: Now, way: Way) -> list[Counted]:
    rows = graph.run(f"{way.begin}{_DATED}{_MONTHS}", **way.parameters, foreground=FOREGROUND)
    return [(row["month"], row["type"], row["told"], row["events"]) for row in rows]


def _spread(wanted: Mapping[str, Any], counted: Iterable[Counted]) -> Spread:
    found: Counter[tuple[str, str]] = Counter()
    passing = 0
    for month, type, told, events in counted:
        if told or wanted["minSalience"] != FOREGROUND:
            found[month, type] += events
        else:
            passing += events
    return Spread(found, passing)


def important(
    graph: Now, wanted: Mapping[str, Any], limit: int, row: str, *, dated: bool = True
) -> list[dict[str, Any]]:
    """The most important events that pass a filter, each as a row.

    Arguments: the graph; the parameters of an EventFilter; limit, most events; row, the rest of a statement, which
    returns one row of each `e`; dated, those with a date, or those without.
    """
    if way := by_relation(graph, wanted, limit=limit):
        return graph.run(statement(way, row, dated=dated), **way.parameters, limit=limit)
    found: list[dict[str, Any]] = []
    for way in ways_to_most_important(counts_of(graph), wanted, limit, dated=dated):
        found = graph.run(statement(way, row, dated=dated), **way.parameters, limit=limit)
        if len(found) >= limit or way.whole:
            break
    return found


def of_all(graph: Now, wanted: Mapping[str, Any], rest: str, **given: Any) -> list[dict[str, Any]]:
    """What a statement gives of all dated events that pass a filter.

    Arguments: the graph; the parameters of an EventFilter; rest of a statement, which makes of each `e` what it
    returns; its own parameters.
    """
    way = by_relation(graph, wanted) or all_of(counts_of(graph), wanted)
    return graph.run(f"{way.begin}{_DATED}{rest}", **way.parameters, **given)


def statement(way: Way, row: str = _ROW, *, dated: bool = True, keys: str = "keys", lots: str = "lots",
              limit: str = "limit") -> str:  # fmt: skip
    """The statement of the most important events along a way.

    Arguments: the way; row and dated, as for `important`; keys, lots and limit, what these parameters are called.
    """
    begin, last = way.begin.replace("$keys", f"${keys}"), MOST_IMPORTANT.replace("$limit", f"${limit}")
    begin = begin.replace("$lots", f"${lots}")
    return f"{begin}{_DATED if dated else _UNDATED}\n{last}{row}"


def _events(graph: Graph, filtered: EventFilter, limit: int, *, dated: bool) -> list[TimelineRow]:
    wanted = filtered.parameters()
    if isinstance(graph, Past):
        rows = graph.events(wanted, dated=dated, limit=limit)
    else:
        rows = important(graph, wanted, limit, _ROW, dated=dated)
    return [row_of(TimelineRow, row) for row in rows]


def _listed(words: Words) -> list[str] | None:
    listed = [words] if isinstance(words, str) else list(words or ())
    return listed or None


def needle(text: str | None) -> str | None:
    """Words to look for, in lower case; None where there are none."""
    return (text or "").strip().lower() or None


def _totals(totals: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))
