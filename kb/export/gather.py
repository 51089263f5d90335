"""Gather events from the graph, present or past, with all that is written out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from kb.ask.claims import ClaimRow, claims_of
from kb.ask.past import Graph, Past
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Record, row_of
from kb.ask.timeline import count_timeline, timeline
from kb.export.heading import heading
from kb.export.material import Entity, Exported, Happening, Part, Sentence
from kb.store.moments import now

MOST = 100_000  # events
_AT_ONCE = 500  # in one statement
_SENTENCES = 5  # of each event

PARTS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT wanted AS event, type(r) AS relation, coalesce(r.role, '') AS role, x.id AS id, x.name AS name,
  labels(x) AS labels, x.subtype AS subtype, x.country AS country, coalesce(x.aliases, []) AS aliases, x.lat AS lat,
  x.lon AS lon
ORDER BY event, relation, role, name, id"""

WHOLES = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})-[r:PART_OF]->(w:Event)
WHERE r.expiredAt IS NULL AND w.expiredAt IS NULL AND w.id <> wanted
RETURN DISTINCT wanted AS event, w.id AS whole ORDER BY event, whole"""

SENTENCES = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
MATCH (a:Article {{id: r.articleId}}) WHERE a.expiredAt IS NULL
RETURN wanted AS event, p.text AS text, max(r.salience) AS salience, {ARTICLE_COLUMNS}
ORDER BY event, salience DESC, article_id, text"""

CLAIMS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})<-[r:ABOUT|MADE_IN]-(c:Claim) WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN DISTINCT c.id AS id"""

WRITTEN = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted}) WHERE e.tags IS NOT NULL OR e.note IS NOT NULL
RETURN wanted AS event, coalesce(e.tags, '') AS tags, coalesce(e.note, '') AS note"""

T = TypeVar("T")


def gather(graph: Graph, title: str = "", *, limit: int = MOST, **filters: Any) -> Exported:
    """Gather dated events that pass the filters, the most important of them, in the order of time.

    Arguments: the graph; title, what the file calls itself, "" for what is asked for, in words; limit, most events;
    filters, as `ask.timeline` takes them. Raises: StoreError.
    """
    rows = timeline(graph, limit=limit, **filters)
    rows.sort(key=lambda row: (row.earliest or row.latest or "", row.latest or "9", row.id))
    ids = [row.id for row in rows]
    parts, places, entities = _parts(graph, ids)
    wholes: dict[str, list[str]] = defaultdict(list)
    for record in _asked(graph, WHOLES, ids):
        wholes[record["event"]].append(record["whole"])
    sentences, articles = _sentences(graph, ids)
    claims = _claims(graph, ids)
    # What a human wrote is kept as it is now; nobody asks what a note said then.
    told = () if isinstance(graph, Past) else _asked(graph, WRITTEN, ids)
    written = {record["event"]: (record["tags"], record["note"]) for record in told}
    articles |= {claim.article.id: claim.article for claim in claims}
    events = tuple(
        Happening(
            row,
            tuple(parts[row.id]),
            tuple(places[row.id]),
            tuple(wholes[row.id]),
            tuple(sentences[row.id]),
            *written.get(row.id, ("", "")),
        )
        for row in rows
    )
    whole = len(rows) if len(rows) < limit else count_timeline(graph, **filters)
    return Exported(title or heading(filters, events, entities), now(), whole, events, entities, articles, claims)


def _parts(graph: Graph, ids: Sequence[str]) -> tuple[dict[str, list[Part]], dict[str, list[str]], dict[str, Entity]]:
    parts: dict[str, list[Part]] = defaultdict(list)
    places: dict[str, list[str]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    for record in _asked(graph, PARTS, ids):
        entities.setdefault(record["id"], row_of(Entity, record))
        if record["relation"] == "PARTICIPATED_IN":
            parts[record["event"]].append(Part(record["id"], record["role"]))
        elif record["id"] not in places[record["event"]]:
            places[record["event"]].append(record["id"])
    return parts, places, entities


def _sentences(graph: Graph, ids: Sequence[str]) -> tuple[dict[str, list[Sentence]], dict[str, ArticleRow]]:
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    articles: dict[str, ArticleRow] = {}
    for record in _asked(graph, SENTENCES, ids):
        told = sentences[record["event"]]
        if len(told) < _SENTENCES:
            article = row_of(ArticleRow, record, "article_")
            articles.setdefault(article.id, article)
            told.append(Sentence(" ".join(record["text"].split()), article.id))
    return sentences, articles


def _claims(graph: Graph, ids: Sequence[str]) -> tuple[ClaimRow, ...]:
    found = sorted({record["id"] for record in _asked(graph, CLAIMS, ids)})
    rows = {id: row for some in _batches(found) for id, row in claims_of(graph, some).items()}
    return tuple(sorted(rows.values(), key=lambda row: (row.said or "9", row.id)))


def _asked(graph: Graph, statement: str, ids: Sequence[str]) -> Iterator[Record]:
    for some in _batches(ids):
        yield from graph.run(statement, ids=list(some))


def _batches(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
