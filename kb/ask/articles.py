"""The articles: which there are, and one with its text and everything that is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.ask.kept.counts import farther, latest
from kb.ask.kept.present import Now, counts_of
from kb.ask.past import Graph
from kb.ask.rows import ARTICLE_COLUMNS, ARTICLE_NAME, ArticleRow, Named, Record, kind_of, row_of
from kb.ask.words import human, sure
from kb.counted import ARTICLE_SLOTS, LAST, PUBLISHERS, span_of
from kb.shown.derivation import derive

_AT_LEAST = 100  # articles looked through for a page, however few fit on it
_LOOKED_THROUGH = 4000  # articles looked through at once for words or a publisher
_MONTH = 7  # characters of the slot of a month

# Some articles, the latest first, with how many events and claims each gave.
_LISTED = f"""WHERE a.expiredAt IS NULL AND ($publisher IS NULL OR a.publisher = $publisher)
  AND ALL(word IN $words WHERE toLower({ARTICLE_NAME} + ' ' + coalesce(a.publisher, '')) CONTAINS word)
  AND ($id IS NULL OR coalesce(a.publishedEarliest, '') < $day
    OR (coalesce(a.publishedEarliest, '') = $day AND (a.title > $title OR (a.title = $title AND a.id > $id))))
WITH a ORDER BY coalesce(a.publishedEarliest, '') DESC, a.title, a.id LIMIT $limit
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)<-[r:REPORTED_IN|STATED_IN]-(x)
  WHERE h.current = true AND r.expiredAt IS NULL AND x.expiredAt IS NULL AND r.articleId = a.id
WITH a, collect(DISTINCT CASE WHEN type(r) = 'REPORTED_IN' THEN x.id END) AS events,
  collect(DISTINCT CASE WHEN type(r) = 'STATED_IN' THEN x.id END) AS claims
RETURN {ARTICLE_COLUMNS}, coalesce(a.publishedEarliest, '') AS day, size(events) AS article_events,
  size(claims) AS article_claims
ORDER BY day DESC, article_title, article_id"""

# By when they were published, or by who published them.
ARTICLES_IN = f"UNWIND $slots AS key\nMATCH (a:Article {{slot: key}}) USING INDEX a:Article(slot)\n{_LISTED}"
ARTICLES_BY = f"MATCH (a:Article {{publisher: $publisher}}) USING INDEX a:Article(publisher)\n{_LISTED}"

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


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some articles, and where the next page begins: None where there are no more.

    With words to look for a page may hold fewer than were asked for, though there are more: it was looked no further
    back than to the day of `after`.
    """

    rows: tuple[ArticleRow, ...]
    after: tuple[str, str, str] | None = None

    @property
    def until(self) -> str:
        """The day back to which it was looked, in words."""
        return human(self.after[0] if self.after else None, "the first")


def articles(
    graph: Now, *, limit: int = 40, after: tuple[str, str, str] | None = None, text: str = "",
    publisher: str | None = None,
) -> ArticlePage:  # fmt: skip
    """A page of articles, latest published first, those without a date last.

    Arguments: the graph; limit, most articles; after, what the page before gives; text, words that title and publisher
    must have, any case; publisher. Raises: StoreError.
    """
    counts = counts_of(graph)
    numbers, words = counts.of(ARTICLE_SLOTS), text.lower().split()
    day, title, id = after or (LAST, "", None)
    wanted = {"publisher": publisher, "words": words, "day": day, "title": title, "id": id, "limit": limit + 1}
    own = counts.of(PUBLISHERS).get(publisher or "", 0)
    if publisher and own <= _LOOKED_THROUGH:
        return _page(graph.run(ARTICLES_BY, **wanted), limit)
    rows: list[dict[str, Any]] = []
    for enough in farther(numbers, limit + 1 + _AT_LEAST):
        slots = latest(numbers, enough, day)
        rows = graph.run(ARTICLES_IN, slots=slots, **wanted)
        looked = sum(numbers[slot] for slot in slots if len(slot) == _MONTH)
        if len(rows) > limit or set(slots) >= {*latest(numbers, sum(numbers.values()), day)}:
            return _page(rows, limit)
        if looked >= _LOOKED_THROUGH:
            since = span_of(min(slot for slot in slots if len(slot) == _MONTH))[0]
            return ArticlePage(tuple(map(_article_row, rows)), (since, "", ""))
    return _page(rows, limit)


def publishers(graph: Now) -> list[str]:
    """Who published an article, by name. Raises: StoreError."""
    return sorted(counts_of(graph).of(PUBLISHERS))


def _page(rows: Sequence[Record], limit: int) -> ArticlePage:
    last = rows[limit - 1] if len(rows) > limit else None
    after = (last["day"], last["article_title"] or "", last["article_id"]) if last else None
    return ArticlePage(tuple(map(_article_row, rows[:limit])), after)


def _article_row(row: Record) -> ArticleRow:
    return row_of(ArticleRow, row, "article_")


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
