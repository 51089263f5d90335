"""Which events lie on a timeline, how many each month holds, and what filters can be set to.

Filters that these questions share, all optional: `earliest` and `latest`, ISO days ("2022-02-24") that bound the span
asked for; `entity`, `place`, ids; `part_of`, the id of the event of which they are parts; `type`, `status`, one word or
several; `text`, words to be found in title or sentence, any case; `min_salience`, `min_confidence`, 0-1. Every function
raises StoreError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator

from kb.ask.entity import EntityRow, entities
from kb.ask.past import Graph, Past
from kb.ask.rows import Record, fetch, row_of
from kb.ask.words import human
from kb.models import YEAR_GUESSED

FIRST, LAST = "", "9999-12-31"  # before and after every day
DOUBTFUL = 0.6  # confidence below which a date is told and drawn as doubtful: fewer than six in ten such are right
FOREGROUND = 0.26  # salience from which on an event is more than told in passing
_ALL = 10**9
Words = str | Sequence[str] | None
Names = Annotated[tuple[str, ...], AfterValidator(lambda names: tuple(sorted(names)))]

# How many articles, events, claims and entities there are.
OVERVIEW = """CALL { MATCH (n:Article) WHERE n.expiredAt IS NULL RETURN count(n) AS articles }
CALL { MATCH (n:Event) WHERE n.expiredAt IS NULL RETURN count(n) AS events }
CALL { MATCH (n:Claim) WHERE n.expiredAt IS NULL RETURN count(n) AS claims }
CALL { MATCH (n:Person) WHERE n.expiredAt IS NULL RETURN count(n) AS people }
CALL { MATCH (n:Organization) WHERE n.expiredAt IS NULL RETURN count(n) AS organizations }
CALL { MATCH (n:Place) WHERE n.expiredAt IS NULL RETURN count(n) AS places }
CALL { MATCH (n:Event) WHERE n.expiredAt IS NULL RETURN min(n.earliest) AS first, max(n.latest) AS last }
RETURN articles, events, claims, people, organizations, places, first, last"""

EVENT_FILTER = """e.expiredAt IS NULL
  AND ($types IS NULL OR e.type IN $types)
  AND ($statuses IS NULL OR e.status IN $statuses)
  AND e.salience >= $minSalience AND e.confidence >= $minConfidence
  AND ($entity IS NULL OR EXISTS {
    MATCH (e)-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE x.id = $entity AND r.expiredAt IS NULL })
  AND ($place IS NULL OR EXISTS {
    MATCH (e)-[r:LOCATED_IN]->(x:Place) WHERE x.id = $place AND r.expiredAt IS NULL })
  AND ($whole IS NULL OR EXISTS {
    MATCH (e)-[r:PART_OF]->(w:Event) WHERE w.id = $whole AND r.expiredAt IS NULL })
  AND ($text IS NULL OR toLower(e.title) CONTAINS $text OR EXISTS {
    MATCH (e)-[r:REPORTED_IN]->(p:Passage) WHERE toLower(p.text) CONTAINS $text AND r.expiredAt IS NULL })"""

DATED = """(e.earliest IS NOT NULL OR e.latest IS NOT NULL)
  AND coalesce(e.earliest, '') <= $latest AND coalesce(e.latest, '9999-12-31') >= $earliest"""

EVENT_ROW = """OPTIONAL MATCH (e)-[l:LOCATED_IN]->(place:Place) WHERE l.expiredAt IS NULL AND place.expiredAt IS NULL
WITH e, min(place.name) AS place
OPTIONAL MATCH (person:Person)-[p:PARTICIPATED_IN]->(e) WHERE p.expiredAt IS NULL AND person.expiredAt IS NULL
WITH e, place, collect(DISTINCT person.name) AS people
OPTIONAL MATCH (group:Organization)-[o:PARTICIPATED_IN]->(e) WHERE o.expiredAt IS NULL AND group.expiredAt IS NULL
WITH e, place, people, collect(DISTINCT group.name) AS organizations
OPTIONAL MATCH (e)-[part:PART_OF {inferred: true}]->(whole:Event) WHERE part.expiredAt IS NULL
WITH e, place, people, organizations, min(whole.title) AS whole, min(whole.id) AS whole_id
OPTIONAL MATCH (e)-[by:DATED_BY]->(time:TimeExpression)
WHERE by.expiredAt IS NULL AND time.expiredAt IS NULL AND time.edtf = e.edtf
WITH e, place, people, organizations, whole, whole_id, collect(DISTINCT time.rule) AS date_rules
RETURN e.id AS id, e.title AS title, e.type AS type, e.edtf AS edtf, e.earliest AS earliest, e.latest AS latest,
  e.precision AS precision, e.status AS status, e.salience AS salience, e.confidence AS confidence,
  place, people, organizations, whole, whole_id, e.reports AS reports, e.sources AS sources,
  date_rules, e.edtfRule AS edtfRule, e.boundsRule AS boundsRule, e.importance AS importance,
  e.importanceRule AS importance_rule"""

MOST_IMPORTANT = """WITH e ORDER BY e.importance DESC, e.salience DESC, e.earliest, e.id LIMIT $limit
"""

# Dated events that touch a span of days, most important first.
TIMELINE = f"""MATCH (e:Event)
WHERE {DATED}
  AND {EVENT_FILTER}
{MOST_IMPORTANT}{EVENT_ROW}
ORDER BY importance DESC, salience DESC, earliest, id"""

# Events whose year or date no text gives, most important first.
UNDATED = f"""MATCH (e:Event)
WHERE e.earliest IS NULL AND e.latest IS NULL
  AND {EVENT_FILTER}
{MOST_IMPORTANT}{EVENT_ROW}
ORDER BY importance DESC, salience DESC, id"""

# How many events each month holds; one known only to the season, year or decade is left out, as it would feign a month.
DENSITY = f"""MATCH (e:Event)
WHERE {DATED}
  AND e.precision IN ['day', 'month', 'interval', 'open'] AND e.earliest IS NOT NULL AND substring(e.edtf, 4, 1) = '-'
  AND {EVENT_FILTER}
RETURN substring(e.earliest, 0, 7) AS month, count(e) AS events
ORDER BY month"""

# How many dated events pass a filter, so that a cut-off list can say so.
COUNT_TIMELINE = f"""MATCH (e:Event)
WHERE {DATED}
  AND {EVENT_FILTER}
RETURN count(e) AS events"""

# Events that have parts, with how many.
WHOLES = """MATCH (e:Event)-[r:PART_OF {inferred: true}]->(w:Event) WHERE r.expiredAt IS NULL AND w.expiredAt IS NULL
RETURN w.id AS id, w.title AS title, count(DISTINCT e.id) AS parts ORDER BY parts DESC, title, id LIMIT $limit"""

# Event types and statuses with how many events have each.
EVENT_TYPES = """MATCH (e:Event) WHERE e.expiredAt IS NULL
RETURN e.type AS type, e.status AS status, count(e) AS events ORDER BY events DESC, type, status"""


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
    concluded to be a part, None where it is of none. date_rules: how the expressions were read that give its date.
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
    date_rules: Names = ()

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)

    @property
    def doubt(self) -> str:
        """Why its date is doubtful, in two or three words; "" where it is not, or there is none."""
        if self.edtf is None:
            return ""
        if self.date_rules and all(YEAR_GUESSED in rule for rule in self.date_rules):
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

    def parameters(self) -> dict[str, Any]:
        """The filter as Cypher parameters."""
        return {
            "earliest": self.earliest or FIRST, "latest": self.latest or LAST, "entity": self.entity or None,
            "place": self.place or None, "whole": self.part_of or None, "types": _listed(self.type),
            "statuses": _listed(self.status), "text": needle(self.text),
            "minSalience": self.min_salience, "minConfidence": self.min_confidence,
        }  # fmt: skip


def overview(graph: Graph) -> Overview:
    """How much the graph holds, and the first and last day."""
    return fetch(graph, Overview, OVERVIEW)[0]


def timeline(graph: Graph, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Dated events that touch the span, most important first: at most `limit` that pass the shared filters."""
    return _events(graph, TIMELINE, EventFilter(**filters), limit)


def undated(graph: Graph, *, limit: int = 500, **filters: Any) -> list[TimelineRow]:
    """Events without a date or a year, most important first; `earliest` and `latest` do not apply."""
    return _events(graph, UNDATED, EventFilter(**filters), limit)


def count_timeline(graph: Graph, **filters: Any) -> int:
    """How many dated events pass the shared filters, however many `timeline` shows."""
    wanted = EventFilter(**filters).parameters()
    if isinstance(graph, Past):
        return len(graph.events(wanted, dated=True, limit=_ALL))
    return int(graph.run(COUNT_TIMELINE, **wanted)[0]["events"])


def density(graph: Graph, **filters: Any) -> list[tuple[str, int]]:
    """Months ("2022-03") with how many events start in each, first month first; months without any are left out.

    An event known only to the season, year or decade is not counted: it would feign a month.
    """
    wanted = EventFilter(**filters).parameters()
    if isinstance(graph, Past):
        return _months(graph.events(wanted, dated=True, limit=_ALL))
    return [(r["month"], r["events"]) for r in graph.run(DENSITY, **wanted)]


def facets(graph: Graph, limit: int = 200) -> Facets:
    """What filters can be set to; at most `limit` people, organisations, places and things each."""
    kinds = graph.run(EVENT_TYPES)
    return Facets(
        types=_totals((r["type"], r["events"]) for r in kinds),
        statuses=_totals((r["status"], r["events"]) for r in kinds),
        people=tuple(entities(graph, "Person", limit)),
        organizations=tuple(entities(graph, "Organization", limit)),
        places=tuple(entities(graph, "Place", limit)),
        things=tuple(entities(graph, "Thing", limit)),
        wholes=tuple(fetch(graph, Whole, WHOLES, limit=limit)),
    )


def _events(graph: Graph, statement: str, wanted: EventFilter, limit: int) -> list[TimelineRow]:
    if isinstance(graph, Past):
        rows = graph.events(wanted.parameters(), dated=statement == TIMELINE, limit=limit)
    else:
        rows = graph.run(statement, **wanted.parameters(), limit=limit)
    return [row_of(TimelineRow, row) for row in rows]


def _months(rows: Iterable[Record]) -> list[tuple[str, int]]:
    """As the statement DENSITY counts."""
    exact = ("day", "month", "interval", "open")
    months = Counter(r["earliest"][:7] for r in rows
                     if r["earliest"] and r["precision"] in exact and r["edtf"][4:5] == "-")  # fmt: skip
    return sorted(months.items())


def _listed(words: Words) -> list[str] | None:
    listed = [words] if isinstance(words, str) else list(words or ())
    return listed or None


def needle(text: str | None) -> str | None:
    """Words to look for, in lower case; None where there are none."""
    return (text or "").strip().lower() or None


def _totals(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for word, count in pairs:
        totals[word] = totals.get(word, 0) + count
    return tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))
