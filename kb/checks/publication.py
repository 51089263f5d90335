"""What is dated after it was published, and articles whose day of publication nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.ask.rows import ARTICLE_NAME
from kb.ask.words import human
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, article, count, evidence, named, quoted
from kb.edtf import Edtf
from kb.shown.intervals import rank, span_of
from kb.store import Store

START = "/*start*/"  # stands where a statement is held to one event

# Reports that tell an event as past, with a date that sorts after the day of publication.
LATE_REPORTS = f"""MATCH (e:Event{START})-[r:REPORTED_IN]->(p:Passage)
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL AND r.past = true AND r.status = 'asserted' AND r.edtf IS NOT NULL
  AND coalesce(e.edtfBasis, 'text') <> 'decision'
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL AND r.edtf > a.publishedLatest
RETURN e.id AS id, e.title AS title, r.edtf AS edtf, r.timeId AS time,
  r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY article_id, id, start"""

# Claims with a date of saying that sorts after the day of publication.
LATE_CLAIMS = f"""MATCH (c:Claim)-[s:STATED_IN]->(p:Passage)
WHERE c.expiredAt IS NULL AND s.expiredAt IS NULL AND c.said IS NOT NULL
MATCH (p){OF_ARTICLE}
WHERE a.id = c.articleId AND h.current = true AND a.expiredAt IS NULL AND c.said > a.publishedLatest
RETURN c.id AS id, c.text AS title, c.said AS edtf, c.saidTimeId AS time,
  s.start - p.start AS start, s.end - p.start AS end, {SENTENCE}
ORDER BY article_id, id, start"""

# Articles whose day of publication is not known, with their expressions that have no year or date for want of it.
UNDATED_ARTICLES = f"""MATCH (a:Article) WHERE a.expiredAt IS NULL AND a.published IS NULL
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)-[r:HAS_TIME]->(t:TimeExpression)
  WHERE h.current = true AND r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = a.id
    AND t.type IN ['DATE', 'TIME'] AND t.earliest IS NULL AND t.latest IS NULL AND coalesce(t.circular, false) = false
WITH a, count(DISTINCT t) AS times
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)<-[r:REPORTED_IN]-(e:Event)
  WHERE h.current = true AND r.expiredAt IS NULL AND r.articleId = a.id AND e.expiredAt IS NULL
    AND e.earliest IS NULL AND e.latest IS NULL
RETURN a.id AS article_id, {ARTICLE_NAME} AS article_title, times, count(DISTINCT e) AS events
ORDER BY article_id"""


def late_reports(store: Store, event: str | None = None) -> list[Doubt]:
    """Events that an article tells as past and dates after its own publication."""
    return _late(_late_rows(store, event), "after-publication", "is told as past and dated")


def late_claims(store: Store) -> list[Doubt]:
    """Claims that were said after they were printed; not those that an event dates wrongly by the same expression."""
    rows = [r for r in store.run(LATE_CLAIMS) if _after(r["edtf"], r["published"])]
    known = {r["time"] for r in _late_rows(store) if r["time"]} if rows else set()
    claims = {r["id"]: r for r in reversed(rows) if r["time"] not in known}
    return _late(list(claims.values()), "said-after-publication", "was said")


def undated_articles(store: Store) -> list[Doubt]:
    """Articles whose day of publication nobody knows."""
    doubts = []
    for row in store.run(UNDATED_ARTICLES):
        hang = f"{count(row['times'], 'expression')} and {count(row['events'], 'event')} have no date or no year"
        says = f"“{row['article_title']}” does not say when it was published; {hang}"
        doubts.append(Doubt("no-publication-date", says, row["times"] + row["events"], articles=(article(row),)))
    return doubts


def _late_rows(store: Store, event: str | None = None) -> list[Row]:
    text = LATE_REPORTS.replace(START, " {id: $event}" if event else "")
    return [r for r in store.run(text, event=event) if _after(r["edtf"], r["published"])]


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
