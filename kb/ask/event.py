"""One event with everything that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.claims import ClaimRow, claims
from kb.ask.past import Graph, Past
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, Record, fetch, row_of
from kb.ask.timeline import EVENT_ROW, TimelineRow
from kb.ask.words import human, rival_dates

# One event in a line.
EVENT = f"""MATCH (e:Event {{id: $id}}) WHERE e.expiredAt IS NULL
{EVENT_ROW}"""

# The event that an id stands for.
CANONICAL_EVENT = """MATCH (n:Event {id: $id})
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:Event) WHERE m.expiredAt IS NULL
RETURN coalesce(c.id, n.id) AS id"""

# Who took part in an event, and as what.
EVENT_PARTICIPANTS = """MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e:Event {id: $id})
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, r.role AS role, count(DISTINCT r.articleId) AS articles
ORDER BY role, articles DESC, name, id"""

# Where an event took place.
EVENT_PLACES = """MATCH (e:Event {id: $id})-[r:LOCATED_IN]->(x)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT x.id AS id, x.name AS name, labels(x) AS labels ORDER BY name"""

# The events that an event is part of: as a sentence says, or as is concluded, for a reason.
EVENT_WHOLES = """MATCH (e:Event {id: $id})-[r:PART_OF]->(x:Event)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL AND x.id <> $id
RETURN x.id AS id, x.title AS title, x.edtf AS edtf, max(r.reason) AS reason ORDER BY title, id"""

# The parts of an event, the most important first.
EVENT_PARTS = """MATCH (x:Event)-[r:PART_OF]->(e:Event {id: $id})
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL AND x.id <> $id
WITH x, max(r.reason) AS reason ORDER BY x.importance DESC, x.earliest, x.id
RETURN x.id AS id, x.title AS title, x.edtf AS edtf, reason"""

# The sentences that report an event, with the article of each.
EVENT_REPORTS = f"""MATCH (e:Event {{id: $id}})-[r:REPORTED_IN]->(p:Passage)
MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE r.expiredAt IS NULL AND a.expiredAt IS NULL AND a.id = r.articleId
RETURN p.id AS passage_id, p.text AS text, r.start - p.start AS start, r.end - p.start AS end, r.trigger AS trigger,
  r.edtf AS edtf, r.status AS status, r.confidence AS confidence, coalesce(r.figures, []) AS figures, {ARTICLE_COLUMNS}
ORDER BY a.publishedEarliest, article_id, start"""


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part in an event, and as what; `articles` counts those that say so."""

    id: str
    name: str
    kind: str
    role: str = ""
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """One sentence that reports an event: the trigger lies at `start:end` of `text`.

    figures: what the sentence counts, as "31 dead".
    """

    passage_id: str
    text: str
    start: int
    end: int
    trigger: str
    edtf: str | None
    status: str
    confidence: float
    article: ArticleRow
    figures: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """The date this sentence gives, in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class Related:
    """An event that is part of another, or has it as a part. reason: why, None where a sentence says so."""

    id: str
    title: str
    edtf: str | None
    reason: str | None

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with everything that stands behind it.

    bounds: between which days it lies as what its article tells of other events says, and why; "" where nothing does.
    date_rule: why this date is shown where its reports give several; "" where there was no choice.
    """

    event: TimelineRow
    participants: tuple[Participant, ...]
    places: tuple[Named, ...]
    part_of: tuple[Related, ...]
    reports: tuple[Report, ...]
    claims_about: tuple[ClaimRow, ...]
    claims_made_in: tuple[ClaimRow, ...]
    bounds: str = ""
    date_rule: str = ""
    parts: tuple[Related, ...] = ()

    @property
    def figures(self) -> dict[str, tuple[tuple[int, tuple[Report, ...]], ...]]:
        """What its reports count ("dead", "injured"), by kind: each figure with those that give it.

        Figures are in the order in which they were first published, since they grow from report to report.
        """
        found: dict[str, dict[int, list[Report]]] = {}
        for report in self.reports:  # in the order of publication
            for figure in report.figures:
                value, _, kind = figure.partition(" ")
                found.setdefault(kind, {}).setdefault(int(value), []).append(report)
        return {kind: tuple((value, tuple(told)) for value, told in by.items()) for kind, by in found.items()}

    @property
    def rival_dates(self) -> tuple[str, ...]:
        """The EDTF dates of its reports that cannot all be true, earliest first; none when one day fits them all.

        "2014" and "18 March 2014" agree, and so do "24 Feb" and "about 24 Feb"; the 18th and the 21st do not.
        """
        return rival_dates(report.edtf for report in self.reports if report.edtf)


def event(graph: Graph, id: str) -> EventDetail | None:
    """An event with who, where, every report and the claims on it; None when there is none."""
    known = graph.canonical(id) if isinstance(graph, Past) else _canonical(graph, id)
    row = _event_row(graph, known) if known else None
    if known is None or row is None:
        return None
    id = known
    return EventDetail(
        event=row_of(TimelineRow, row),
        participants=tuple(fetch(graph, Participant, EVENT_PARTICIPANTS, id=id)),
        places=tuple(fetch(graph, Named, EVENT_PLACES, id=id)),
        part_of=tuple(fetch(graph, Related, EVENT_WHOLES, id=id)),
        parts=tuple(fetch(graph, Related, EVENT_PARTS, id=id)),
        reports=tuple(fetch(graph, Report, EVENT_REPORTS, id=id)),
        claims_about=tuple(claims(graph, event=id)),
        claims_made_in=tuple(claims(graph, made_in=id)),
        bounds=row["boundsRule"] or "",
        date_rule=row["edtfRule"] or "",
    )


def _canonical(graph: Graph, id: str) -> str | None:
    """The event that an id stands for now: one that was merged still leads to it."""
    found = [r["id"] for r in graph.run(CANONICAL_EVENT, id=id)]
    return str(found[0]) if found else None


def _event_row(graph: Graph, id: str) -> Record | None:
    if isinstance(graph, Past):
        return graph.event(id)
    return next(iter(graph.run(EVENT, id=id)), None)
