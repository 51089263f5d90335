"""Facts into the graph: one transaction an article, by id, so that a second time changes nothing.

Each fact carries the fingerprint of the reading that last stated it. What a former reading of the same article stated
and this one does not is expired, never deleted; what is stated again is live again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from ingest.facts import RELATIONS, SHARED, Facts, Relation
from kb.decisions import pins_of_events
from kb.models import Entity
from kb.store import Store, Transaction

Status = Literal["new", "changed", "unchanged"]

_OWN = """MATCH (:Article {id: $article})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)"""

STORED_FINGERPRINT = "MATCH (a:Article {id: $id}) WHERE a.expiredAt IS NULL RETURN a.fingerprint AS fingerprint"

MERGE_ARTICLE = """MERGE (a:Article {id: $id}) ON CREATE SET a.createdAt = $now
SET a += $properties, a.expiredAt = null
MERGE (s:Snapshot {id: $snapshot.id}) ON CREATE SET s += $snapshot, s.createdAt = $now
MERGE (a)-[h:HAS_SNAPSHOT]->(s) SET h.current = true"""

RETIRE_SNAPSHOTS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE s.id <> $snapshot SET h.current = false"""

MERGE_PASSAGES = """MATCH (s:Snapshot {id: $snapshot})
UNWIND $rows AS row
MERGE (p:Passage {id: row.id}) ON CREATE SET p += row, p.createdAt = $now
MERGE (s)-[:HAS_PASSAGE]->(p)"""

MERGE_NODES = """UNWIND $rows AS row
MERGE (n:LABEL {id: row.id}) ON CREATE SET n.createdAt = $now
SET n += row, n.expiredAt = null"""

# MERGE of two labels at once scans the label on the local server; by one label it goes by the index.
CREATE_ENTITIES = """UNWIND $rows AS row
OPTIONAL MATCH (known:Entity {id: row.id})
WITH row, known WHERE known IS NULL
CREATE (:Entity:KIND {id: row.id, createdAt: $now})"""

SET_ENTITIES = """UNWIND $rows AS row
MATCH (n:Entity {id: row.id}) SET n += row, n.expiredAt = null"""

MERGE_RELATIONS = """UNWIND $rows AS row
MATCH (a:START {id: row.start}), (b:END {id: row.end})
MERGE (a)-[r:TYPEKEY]->(b) ON CREATE SET r.createdAt = $now
SET r += row.properties, r.fingerprint = $fingerprint, r.expiredAt = null"""

MERGE_SHARED = """UNWIND $rows AS row
MATCH (a:START {id: row.start}), (b:END {id: row.end})
MERGE (a)-[r:TYPEKEY]->(b) ON CREATE SET r.createdAt = $now, r.passageIds = []
SET r.passageIds = [p IN r.passageIds WHERE NOT p IN $own] + row.properties.passageIds,
    r.fingerprint = $fingerprint, r.expiredAt = null"""

EXPIRE_FINDINGS = (
    _OWN + "-[r:HAS_TIME]->(n:TimeExpression) WHERE r.fingerprint <> $fingerprint AND n.articleId = $article"
    " SET r.expiredAt = $now, n.expiredAt = $now",
    _OWN + "<-[r:STATED_IN]-(n:Claim) WHERE r.fingerprint <> $fingerprint AND n.articleId = $article"
    " SET r.expiredAt = $now, n.expiredAt = $now",
    _OWN
    + "<-[r:REPORTED_IN {articleId: $article}]-(:Event) WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
    _OWN + "-[r:MENTIONS {articleId: $article}]->(:Entity) WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
    _OWN + "<-[:REPORTED_IN {articleId: $article}]-(:Event)-[r:BEFORE|DURING {articleId: $article}]->(:Event)"
    " WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
    _OWN + "<-[:STATED_IN]-(:Claim {articleId: $article})-[r:MADE_BY|ADDRESSED_TO|MADE_IN|ABOUT]->()"
    " WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
    _OWN + "-[:HAS_TIME]->(:TimeExpression {articleId: $article})-[r:ANCHORED_TO]->()"
    " WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
    _OWN + "-[:HAS_TIME]->(:TimeExpression {articleId: $article})<-[r:DATED_BY]-()"
    " WHERE r.fingerprint <> $fingerprint SET r.expiredAt = $now",
)

WITHDRAW_SHARED = (
    _OWN
    + """<-[:REPORTED_IN]-(e:Event)-[r:PARTICIPATED_IN|LOCATED_IN|PART_OF]-()
WHERE r.fingerprint <> $fingerprint AND any(x IN r.passageIds WHERE x IN $own)
WITH DISTINCT r, [x IN r.passageIds WHERE NOT x IN $own] AS rest
SET r.passageIds = rest, r.expiredAt = CASE WHEN size(rest) = 0 THEN $now ELSE null END"""
)

EXPIRE_UNSUPPORTED = (
    _OWN + "<-[:REPORTED_IN]-(e:Event) WITH DISTINCT e"
    " WHERE NOT EXISTS { MATCH (e)-[r:REPORTED_IN]->() WHERE r.expiredAt IS NULL } SET e.expiredAt = $now",
    _OWN + "-[:MENTIONS]->(e:Entity) WITH DISTINCT e"
    " WHERE NOT EXISTS { MATCH (e)<-[r:MENTIONS]-() WHERE r.expiredAt IS NULL } SET e.expiredAt = $now",
)

REPORTED_EVENTS = _OWN + "<-[:REPORTED_IN]-(e:Event) RETURN DISTINCT e.id AS id"

SHOW_BEST_REPORT = """MATCH (e:Event)-[r:REPORTED_IN]->(:Passage)
WHERE e.id IN $events AND r.expiredAt IS NULL
WITH e, r ORDER BY r.salience DESC, r.confidence DESC, r.title, r.articleId, r.start
WITH e, collect(r) AS reports
WITH e, reports[0] AS best, size(reports) AS n
SET e.title = best.title, e.status = best.status, e.salience = best.salience, e.confidence = best.confidence,
    e.earliest = coalesce(best.earliest, e.earliest), e.latest = coalesce(best.latest, e.latest),
    e.notBefore = best.notBefore, e.notAfter = best.notAfter, e.boundsRule = best.boundsRule, e.reports = n"""

SHOW_DECIDED_DATE = """UNWIND $rows AS row
MATCH (e:Event {id: row.event})
SET e.edtf = row.edtf, e.earliest = row.earliest, e.latest = row.latest, e.precision = row.precision,
    e.edtfBasis = 'decision', e.notBefore = null, e.notAfter = null, e.boundsRule = null"""

KNOWN_ALIASES = """MATCH (e:Entity) WHERE e.id IN $ids
RETURN e.id AS id, e.name AS name, e.aliases AS aliases, e.confidence AS confidence"""

RECORD = """MATCH (a:Article {id: $id}) MERGE (r:IngestRun {id: $run})
ON CREATE SET r.started = $now, r.createdAt = $now
MERGE (a)-[:RECORDED_BY]->(r)"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row of one writing shares: the article, the reading's fingerprint, the time, all its passages' ids."""

    article: str
    fingerprint: str
    now: str
    own: tuple[str, ...] = ()

    def parameters(self) -> dict[str, Any]:
        """The stamp as Cypher parameters."""
        return {"article": self.article, "fingerprint": self.fingerprint, "now": self.now, "own": list(self.own)}


def stored_fingerprint(store: Store, article: str) -> str | None:
    """Fingerprint of the reading the graph holds of this article; None when it holds none."""
    rows = store.read(STORED_FINGERPRINT, id=article)
    return str(rows[0]["fingerprint"]) if rows else None


def write(store: Store, facts: Facts, run: str) -> Status:
    """Write one article's facts in one transaction.

    Arguments: the open store, the facts, the id of the IngestRun. Returns what became of the article.
    Raises: StoreError; then nothing of the article was written.
    """
    return store.write(lambda tx: write_in(tx, facts, run))


def write_in(tx: Transaction, facts: Facts, run: str) -> Status:
    """Write one article's facts within a transaction; arguments and result as `write`."""
    article = facts.article
    before = [r["fingerprint"] for r in tx.run(STORED_FINGERPRINT, id=article.id)]
    if before == [article.fingerprint]:
        return "unchanged"
    now = facts.snapshot.retrieved_at
    _write_article(tx, facts, now)
    own = [r["id"] for r in tx.run(_OWN + " RETURN p.id AS id", article=article.id)]
    stamp = Stamp(article.id, article.fingerprint, now, tuple(own))
    _write_nodes(tx, facts, now)
    for (kind, end), relations in _by_type(facts.relations).items():
        _write_relations(tx, kind, end, relations, stamp)
    if before:
        _expire(tx, stamp)
    # Also the events that only a former reading reported: other articles may still tell them.
    touched = [r["id"] for r in tx.run(REPORTED_EVENTS, article=article.id)]
    tx.execute(SHOW_BEST_REPORT, events=touched)
    _show_decided_dates(tx, touched)
    tx.execute(RECORD, id=article.id, run=run, now=now)
    return "changed" if before else "new"


def _write_article(tx: Transaction, facts: Facts, now: str) -> None:
    snapshot = facts.snapshot.properties()
    properties = _row(facts.article)
    tx.execute(MERGE_ARTICLE, id=facts.article.id, properties=properties, snapshot=snapshot, now=now)
    tx.execute(RETIRE_SNAPSHOTS, id=facts.article.id, snapshot=facts.snapshot.id)
    rows = [_row(p) for p in facts.passages]
    tx.execute(MERGE_PASSAGES, snapshot=facts.snapshot.id, rows=rows, now=now)


def _write_nodes(tx: Transaction, facts: Facts, now: str) -> None:
    own = {"articleId": facts.article.id}
    _merge(tx, "TimeExpression", ({**_row(t), **own} for t in facts.times), now)
    _merge(tx, "Claim", ({**_row(c), **own} for c in facts.claims), now)
    _merge(tx, "Event", map(_row, facts.events), now)
    for kind, entities in _by_kind(facts.entities).items():
        rows = sorted(_with_known_aliases(tx, entities), key=lambda row: str(row["id"]))
        tx.execute(CREATE_ENTITIES.replace("KIND", kind), rows=rows, now=now)
        tx.execute(SET_ENTITIES, rows=rows)


def _merge(tx: Transaction, label: str, rows: Iterable[dict[str, Any]], now: str) -> None:
    listed = sorted(rows, key=lambda row: str(row["id"]))
    if listed:
        tx.execute(MERGE_NODES.replace("LABEL", label), rows=listed, now=now)


def _with_known_aliases(tx: Transaction, entities: list[Entity]) -> Iterator[dict[str, Any]]:
    """Entity rows that keep the names other articles gave; of several full names the first in order is shown."""
    known = {r["id"]: r for r in tx.run(KNOWN_ALIASES, ids=[e.id for e in entities])}
    for entity in entities:
        row = _row(entity)
        if entity.id in known:
            before = known[entity.id]
            names = {entity.name, before["name"], *entity.aliases, *(before["aliases"] or ())}
            row["name"] = max((entity.name, before["name"]), key=lambda n: (len(n), n))
            row["aliases"] = sorted(names - {row["name"]})
            row["confidence"] = max(entity.confidence, before["confidence"] or 0.0)
        yield row


def _write_relations(tx: Transaction, kind: str, end: str, relations: list[Relation], stamp: Stamp) -> None:
    shape = RELATIONS[kind]
    key = ", ".join(f"{name}: row.properties.{name}" for name in shape.key)
    text = MERGE_SHARED if kind in SHARED else MERGE_RELATIONS
    text = text.replace("TYPEKEY", f"{kind} {{{key}}}" if key else kind)
    text = text.replace("(a:START", f"(a:{shape.start}").replace("(b:END", f"(b:{end}")
    rows = [{"start": r.start, "end": r.end, "properties": dict(r.properties)} for r in relations]
    tx.execute(text, rows=rows, **stamp.parameters())


def _show_decided_dates(tx: Transaction, events: Sequence[str]) -> None:
    """A human's word on an event's date stands above what the reports say."""
    rows = [{"event": pin.event, "edtf": str(pin.date), "earliest": pin.date.earliest, "latest": pin.date.latest,
             "precision": pin.date.precision} for pin in pins_of_events(tx, events)]  # fmt: skip
    if rows:
        tx.execute(SHOW_DECIDED_DATE, rows=rows)


def _expire(tx: Transaction, stamp: Stamp) -> None:
    for statement in (*EXPIRE_FINDINGS, WITHDRAW_SHARED, *EXPIRE_UNSUPPORTED):
        tx.execute(statement, **stamp.parameters())


def _row(node: BaseModel) -> dict[str, Any]:
    """A node's properties with nulls, so that a value that is gone is removed from the graph too."""
    return node.model_dump(mode="json", by_alias=True)


def _by_type(relations: Iterable[Relation]) -> Mapping[tuple[str, str], list[Relation]]:
    grouped: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        grouped[relation.type, relation.end_label].append(relation)
    return grouped


def _by_kind(entities: Iterable[Entity]) -> Mapping[str, list[Entity]]:
    grouped: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        grouped[entity.kind].append(entity)
    return grouped
