"""Events whose reports date them differently, or without a year.

An event whose date a human gave (`edtfBasis`) is settled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.ask.words import human, rival_dates
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, article, evidence, named
from kb.store import Queryable

# Events that their reports date differently.
SEVERAL_DATES = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})-[r:REPORTED_IN]->(:Passage)
WHERE e.expiredAt IS NULL AND e.reports > 1 AND r.expiredAt IS NULL AND r.edtf IS NOT NULL
  AND coalesce(e.edtfBasis, 'text') <> 'decision'
WITH e, collect(DISTINCT r.edtf) AS dates WHERE size(dates) > 1
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, dates ORDER BY id"""

# The dated reports of some events.
REPORTS_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL AND r.edtf IS NOT NULL
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.edtf AS edtf, r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY id, edtf, article_id, start"""

# Events told with a day or a month but without a year, and how many claims were made in each.
WITHOUT_YEAR = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})
WHERE e.expiredAt IS NULL AND e.precision = 'unknown' AND e.earliest IS NULL
OPTIONAL MATCH (e)<-[m:MADE_IN]-(c:Claim) WHERE m.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, count(DISTINCT c) AS claims ORDER BY id"""


def rival_reports(store: Queryable, events: Sequence[str]) -> list[Doubt]:
    """Those of some events that their reports put on days that exclude each other."""
    told = store.run(SEVERAL_DATES, ids=list(events))
    rows = {r["id"]: (r, dates) for r in told if (dates := rival_dates(r["dates"]))}
    reports: dict[str, list[Row]] = defaultdict(list)
    for report in store.run(REPORTS_OF, ids=sorted(rows)) if rows else ():
        if report["edtf"] in rows[report["id"]][1]:
            reports[report["id"]].append(report)
    return [
        Doubt("rival-dates", f"“{row['title']}” is dated {' or '.join(human(date) for date in dates)}", row["reports"],
              events=(named(id, row["title"], "Event", row["edtf"]),),
              evidence=tuple(evidence(r) for r in _in_turn(reports[id])), dates=dates)
        for id, (row, dates) in rows.items()
    ]  # fmt: skip


def without_year(store: Queryable, events: Sequence[str]) -> list[Doubt]:
    """Those of some events that are told only with a day or a month."""
    rows = store.run(WITHOUT_YEAR, ids=list(events))
    reports: dict[str, list[Row]] = defaultdict(list)
    for report in store.run(REPORTS_OF, ids=[r["id"] for r in rows]) if rows else ():
        reports[report["id"]].append(report)
    return [
        Doubt("no-year", f"“{row['title']}” is dated {human(row['edtf'])}", 1 + row["claims"],
              events=(named(row["id"], row["title"], "Event", row["edtf"]),),
              articles=tuple(dict.fromkeys(article(r) for r in reports[row["id"]])),
              evidence=tuple(evidence(r) for r in reports[row["id"]][:3]))
        for row in rows
    ]  # fmt: skip


def _in_turn(reports: Sequence[Row]) -> list[Row]:
    """One report of each date, then the next of each: a page shows the first few, which must not all agree."""
    told: Counter[str] = Counter()
    turns = []
    for report in reports:
        turns.append((told[report["edtf"]], report))
        told[report["edtf"]] += 1
    return [report for _, report in sorted(turns, key=lambda turn: turn[0])]
