"""The articles: which there are, and one with its text and everything that is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb.ask.past import Graph
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, Record, fetch, kind_of, row_of
from kb.ask.words import human, sure
from kb.shown.derivation import derive

# Articles, latest first, with how many events and claims each gave.
ARTICLES = f"""MATCH (a:Article) WHERE a.expiredAt IS NULL
WITH a ORDER BY coalesce(a.publishedEarliest, '') DESC, a.title, a.id LIMIT $limit
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)<-[r:REPORTED_IN]-(e:Event)
  WHERE h.current = true AND r.expiredAt IS NULL AND e.expiredAt IS NULL AND r.articleId = a.id
WITH a, count(DISTINCT e) AS events
OPTIONAL MATCH (c:Claim) WHERE c.articleId = a.id AND c.expiredAt IS NULL
RETURN {ARTICLE_COLUMNS}, a.publishedEarliest AS published_earliest,
  events AS article_events, count(DISTINCT c) AS article_claims
ORDER BY coalesce(published_earliest, '') DESC, article_title, article_id"""

# One article with the text it now has.
ARTICLE = f"""MATCH (a:Article {{id: $id}})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE a.expiredAt IS NULL AND h.current = true
RETURN {ARTICLE_COLUMNS},
  a.authors AS authors, s.text AS text, s.retrievedAt AS retrieved_at
LIMIT 1"""

# Where an article names people, organisations, places and things.
ARTICLE_MENTIONS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)-[r:MENTIONS]->(x:Entity)
WHERE h.current = true AND r.articleId = $id AND r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, x.id AS id, x.name AS name, labels(x) AS labels, r.form AS form,
  x.confidence AS confidence
ORDER BY start"""

# Where an article reports events.
ARTICLE_EVENTS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)<-[r:REPORTED_IN]-(e:Event)
WHERE h.current = true AND r.articleId = $id AND r.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, e.id AS id, e.title AS title, e.edtf AS edtf, e.status AS status,
  e.salience AS salience, r.confidence AS confidence
ORDER BY start"""

# The time expressions of an article, with what each was counted from.
ARTICLE_TIMES = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)-[r:HAS_TIME]->(t:TimeExpression)
WHERE h.current = true AND r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = $id
OPTIONAL MATCH (t)-[n:ANCHORED_TO]->(x) WHERE n.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN t.start AS start, t.end AS end, t.id AS id, t.text AS text, t.rule AS rule, t.edtf AS edtf,
  t.candidates AS candidates, labels(x) AS anchor_labels,
  coalesce(t.anchorText, x.title, x.text) AS anchor_text,
  coalesce(t.anchorEdtf, x.edtf, x.published) AS anchor_edtf, t.confidence AS confidence
ORDER BY start"""

# Where an article states claims.
ARTICLE_CLAIMS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)<-[r:STATED_IN]-(c:Claim)
WHERE h.current = true AND c.articleId = $id AND r.expiredAt IS NULL AND c.expiredAt IS NULL
OPTIONAL MATCH (c)-[b:MADE_BY]->(s:Entity) WHERE b.expiredAt IS NULL AND s.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, c.id AS id, c.cue AS cue, c.said AS said, c.direct AS direct,
  coalesce(s.name, c.speakerText) AS speaker, c.confidence AS confidence
ORDER BY start"""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked stretch `start:end` of an article's text; `detail` is what a tooltip says about it."""

    start: int
    end: int
    kind: str  # event | person | organization | place | thing | time | claim
    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its text and what was found where. Highlights may nest and cross, first start first."""

    meta: ArticleRow
    authors: tuple[str, ...]
    retrieved_at: str | None
    text: str
    highlights: tuple[Highlight, ...]
    events: tuple[Named, ...]


def articles(graph: Graph, *, limit: int = 1000) -> list[ArticleRow]:
    """Articles, latest published first, those without a date last."""
    return fetch(graph, ArticleRow, ARTICLES, under="article_", limit=limit)


def article(graph: Graph, id: str) -> ArticleDetail | None:
    """An article with its text and everything marked in it; None when there is none of this id."""
    found = graph.run(ARTICLE, id=id)
    if not found:
        return None
    events = graph.run(ARTICLE_EVENTS, id=id)
    marks = (
        *(_mention_mark(r) for r in graph.run(ARTICLE_MENTIONS, id=id)),
        *(_event_mark(r) for r in events),
        *(_time_mark(r) for r in _first_of_each(graph.run(ARTICLE_TIMES, id=id))),
        *(_claim_mark(r) for r in graph.run(ARTICLE_CLAIMS, id=id)),
    )
    return _article_detail(found[0], marks, events)


def _first_of_each(found: Sequence[Record]) -> list[Record]:
    """One row per id: a time expression counted from an event, and so from what dates that, is still one."""
    kept: dict[str, Record] = {}
    for row in found:
        if row["id"] not in kept or "Event" in (row["anchor_labels"] or ()):
            kept[row["id"]] = row
    return list(kept.values())


def _article_detail(row: Record, marks: Iterable[Highlight], events: Sequence[Record]) -> ArticleDetail:
    """A row of ARTICLE with its highlights and events."""
    ordered = sorted(set(marks), key=lambda h: (h.start, -h.end, h.kind, h.id))
    named_events = {r["id"]: Named(r["id"], r["title"], "Event", r["edtf"]) for r in events}
    claims = {h.id for h in ordered if h.kind == "claim"}
    meta = replace(row_of(ArticleRow, row, "article_"), events=len(named_events), claims=len(claims))
    return ArticleDetail(
        meta=meta, authors=tuple(row["authors"] or ()), retrieved_at=row["retrieved_at"], text=row["text"],
        highlights=tuple(ordered), events=tuple(named_events.values()),
    )  # fmt: skip


def _mention_mark(row: Record) -> Highlight:
    """A row of ARTICLE_MENTIONS."""
    kind = kind_of(row["labels"])
    return Highlight(
        row["start"], row["end"], kind.lower(), row["id"], row["name"], f"{kind} · {row['name']}{_sure(row)}"
    )


def _event_mark(row: Record) -> Highlight:
    """A row of ARTICLE_EVENTS."""
    doubt = "" if row["status"] == "asserted" else f" · {row['status']}"
    detail = f"Event · {row['title']} · {human(row['edtf'])}{doubt}{_sure(row)}"
    return Highlight(row["start"], row["end"], "event", row["id"], row["title"], detail)


def _time_mark(row: Record) -> Highlight:
    """A row of ARTICLE_TIMES; the tooltip is the date's derivation."""
    anchor = (kind_of(row["anchor_labels"]) or None, row["anchor_text"], row["anchor_edtf"])
    derivation = derive(row["text"], row["rule"], row["edtf"], *anchor, row["candidates"] or ())
    detail = f"Time · {derivation}{_sure(row)}"
    return Highlight(row["start"], row["end"], "time", row["id"], human(row["edtf"]), detail)


def _claim_mark(row: Record) -> Highlight:
    """A row of ARTICLE_CLAIMS."""
    speaker = row["speaker"] or "unnamed source"
    said = f"{'Quotation' if row['direct'] else 'Claim'} · {speaker} {row['cue'] or ''}".rstrip()
    detail = f"{said} · said: {human(row['said'])}{_sure(row)}"
    return Highlight(row["start"], row["end"], "claim", row["id"], speaker, detail)


def _sure(row: Record) -> str:
    return "" if row["confidence"] is None else f" · {sure(row['confidence'])}"
