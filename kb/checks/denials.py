"""Events that one article tells and another denies or takes back.

An event whose status a human set is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kb.ask.words import human
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, evidence, named
from kb.shown.tally import AGAINST
from kb.store import Queryable

FOR = frozenset(("asserted", "alleged"))

# Events of which one sentence says that they happened and another that they did not.
BOTH_WAYS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})-[r:REPORTED_IN]->(:Passage)
WHERE e.expiredAt IS NULL AND e.reports > 1 AND r.expiredAt IS NULL AND r.status IN $statuses
WITH e, collect(DISTINCT r.status) AS told WHERE size(told) > 1
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, told ORDER BY id"""

SETTLED = """MATCH (d:Decision) WHERE d.kind = 'edit' AND d.field = 'status' AND d.revokedAt IS NULL
RETURN d.targets AS targets"""

REPORTS_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL AND r.status IN $statuses
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.status AS status, a.publisher AS publisher, r.start - p.start AS start, r.end - p.start AS end,
  {SENTENCE}
ORDER BY id, published, article_id, r.start"""


def denials(store: Queryable, events: Sequence[str]) -> list[Doubt]:
    """Those of some events that one article tells and another denies, or says not to have happened."""
    statuses = sorted({*FOR, *AGAINST})
    settled = settled_events(store)
    rows = {r["id"]: r for r in store.run(BOTH_WAYS, ids=list(events), statuses=statuses)
            if r["id"] not in settled and not AGAINST.isdisjoint(r["told"]) and {*r["told"]} & FOR}  # fmt: skip
    reports: dict[str, list[Row]] = defaultdict(list)
    for report in store.run(REPORTS_OF, ids=sorted(rows), statuses=statuses) if rows else ():
        reports[report["id"]].append(report)
    return [doubt for id, row in rows.items() if (doubt := _doubt(row, reports[id])) is not None]


def settled_events(store: Queryable) -> set[str]:
    """Events of which a human said whether they happened."""
    return {id for row in store.run(SETTLED) for id in row["targets"]}


def _doubt(row: Row, reports: Sequence[Row]) -> Doubt | None:
    against = [r for r in reports if r["status"] in AGAINST]
    told = [r for r in reports if r["status"] in FOR and r["article_id"] not in {a["article_id"] for a in against}]
    if not told or not against:
        return None
    told = [r for r in told if r["status"] == "asserted"] or told
    says = f"“{row['title']}” is told by {_who(told[0])}, and {_how(against[-1])} by {_who(against[-1])}"
    return Doubt("denied", says, row["reports"], events=(named(row["id"], row["title"], "Event", row["edtf"]),),
                 evidence=(evidence(told[0]), evidence(against[-1])))  # fmt: skip


def _how(report: Row) -> str:
    return "denied" if report["status"] == "denied" else "told not to have happened"


def _who(report: Row) -> str:
    """Read “the Karsk Herald (30 Mar 2031)”."""
    who = report["publisher"] or f"“{report['article_title']}”"
    return f"{who} ({human(report['published'])})" if report["published"] else who
