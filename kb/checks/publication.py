"""What is dated after it was published, and articles whose day of publication nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from kb.ask.rows import ARTICLE_NAME
from kb.ask.words import human
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, article, count, evidence, named, quoted
from kb.edtf import Edtf
from kb.shown.intervals import rank, span_of
from kb.store import Queryable

_TOLD_LATE = "after-publication"

# The sentences of some articles, and what is found there.
_IN = "UNWIND $ids AS wanted\nMATCH (a:Article {id: wanted})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)"
_LATE_IN = f"{_IN}<-[r:REPORTED_IN]-(e:Event)"
_LATE_OF = f"MATCH (e:Event {{id: $event}})-[r:REPORTED_IN]->(p:Passage)\nMATCH (p){OF_ARTICLE}"

# Reports that tell an event as past, with a date that sorts after the day of publication.
_LATE = """
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL AND r.past = true AND r.status = 'asserted' AND r.edtf IS NOT NULL
  AND coalesce(e.edtfBasis, 'text') <> 'decision'
  AND a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL AND r.edtf > a.publishedLatest
"""
_REPORT = f"""RETURN e.id AS id, e.title AS title, r.edtf AS edtf, r.timeId AS time,
  r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY article_id, id, start"""

# Claims with a date of saying that sorts after the day of publication.
_LATE_CLAIMS = f"""{_IN}<-[s:STATED_IN]-(c:Claim)
WHERE c.expiredAt IS NULL AND s.expiredAt IS NULL AND c.said IS NOT NULL
  AND a.id = c.articleId AND h.current = true AND a.expiredAt IS NULL AND c.said > a.publishedLatest
"""
LATE_CLAIMS = f"""{_LATE_CLAIMS}RETURN c.id AS id, c.text AS title, c.said AS edtf, c.saidTimeId AS time,
  s.start - p.start AS start, s.end - p.start AS end, {SENTENCE}
ORDER BY article_id, id, start"""

# Articles in which any of these may be.
MAY_BE_LATE = f"{_LATE_IN}{_LATE}RETURN DISTINCT a.id AS id"
MAY_BE_SAID_LATE = f"{_LATE_CLAIMS}RETURN DISTINCT a.id AS id"
MAY_BE_UNDATED = """UNWIND $ids AS wanted
MATCH (a:Article {id: wanted}) WHERE a.expiredAt IS NULL AND a.published IS NULL RETURN a.id AS id"""

# Articles whose day of publication is not known, with their expressions that have no year or date for want of it.
UNDATED_ARTICLES = f"""UNWIND $ids AS wanted
MATCH (a:Article {{id: wanted}}) WHERE a.expiredAt IS NULL AND a.published IS NULL
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)-[r:HAS_TIME]->(t:TimeExpression)
  WHERE h.current = true AND r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = a.id
    AND t.type IN ['DATE', 'TIME'] AND t.earliest IS NULL AND t.latest IS NULL AND coalesce(t.circular, false) = false
WITH a, count(DISTINCT t) AS times
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)<-[r:REPORTED_IN]-(e:Event)
  WHERE h.current = true AND r.expiredAt IS NULL AND r.articleId = a.id AND e.expiredAt IS NULL
    AND e.earliest IS NULL AND e.latest IS NULL
RETURN a.id AS article_id, {ARTICLE_NAME} AS article_title, times, count(DISTINCT e) AS events
ORDER BY article_id"""


def late_reports(graph: Queryable, articles: Sequence[str]) -> list[Doubt]:
    """Events that some articles tell as past and date after their own publication."""
    return _late(_late_rows(graph, _LATE_IN, ids=list(articles)), _TOLD_LATE, "is told as past and dated")


def late_reports_of(graph: Queryable, event: str) -> list[Doubt]:
    """The same of one event, in whatever article."""
    return _late(_late_rows(graph, _LATE_OF, event=event), _TOLD_LATE, "is told as past and dated")


def late_claims(graph: Queryable, articles: Sequence[str]) -> list[Doubt]:
    """Claims that were said after they were printed; not those that an event dates wrongly by the same expression."""
    ids = list(articles)
    rows = [r for r in graph.run(LATE_CLAIMS, ids=ids) if _after(r["edtf"], r["published"])]
    known = {r["time"] for r in _late_rows(graph, _LATE_IN, ids=ids) if r["time"]} if rows else set()
    claims = {r["id"]: r for r in reversed(rows) if r["time"] not in known}
    return _late(list(claims.values()), "said-after-publication", "was said")


def undated_articles(graph: Queryable, articles: Sequence[str]) -> list[Doubt]:
    """Articles whose day of publication nobody knows."""
    doubts = []
    for row in graph.run(UNDATED_ARTICLES, ids=list(articles)):
        hang = f"{count(row['times'], 'expression')} and {count(row['events'], 'event')} have no date or no year"
        says = f"“{row['article_title']}” does not say when it was published; {hang}"
        doubts.append(Doubt("no-publication-date", says, row["times"] + row["events"], articles=(article(row),)))
    return doubts


def _late_rows(graph: Queryable, begin: str, **given: Any) -> list[Row]:
    return [r for r in graph.run(f"{begin}{_LATE}{_REPORT}", **given) if _after(r["edtf"], r["published"])]


def _after(edtf: str, published: str) -> bool:
    """Whether a date lies wholly after a publication, "about" given its room."""
    begins, ended = span_of(Edtf(edtf)).first.earliest, span_of(Edtf(published)).last.latest
    return begins is not None and ended is not None and rank(begins) > rank(ended)


def _late(rows: Sequence[Row], kind: str, words: str) -> list[Doubt]:
    together = Counter(r["article_id"] for r in rows)
    doubts = []
    for row in rows:
        said = kind == "said-after-publication"
        about = (named(row["id"], row["title"], "Claim" if said else "Event", row["edtf"]),)
        says = f"{quoted(row['title'])} {words} {human(row['edtf'])}, in an article published {human(row['published'])}"
        doubts.append(Doubt(kind, says, together[row["article_id"]], () if said else about, about if said else (),
                            (article(row),), (evidence(row),)))  # fmt: skip
    return doubts
