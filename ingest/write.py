"""Facts into the graph: one transaction an article, by id, so that a second time changes nothing.

Each statement carries the fingerprint of the reading that last made it. What a former reading of the same article
stated and this one does not is expired, never deleted, and stated again is a new statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from ingest.copies import link_copies
from ingest.facts import ENTITY_LABELS, RELATIONS, Facts, Relation
from ingest.identity import digest
from ingest.matching.stored import stored_profile
from ingest.run import now
from ingest.settle import NOTHING, Touched, settle, take_turn
from kb.models import Entity, Event
from kb.sources import reported_events
from kb.store import Store, Transaction

Status = Literal["new", "changed", "unchanged"]

_OWN = """MATCH (:Article {id: $article})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)"""

BOUNDS = ("earliest", "latest", "notBefore", "notAfter", "boundsRule")

STORED_FINGERPRINT = "MATCH (a:Article {id: $id}) WHERE a.expiredAt IS NULL RETURN a.fingerprint AS fingerprint"

MERGE_ARTICLE = """MERGE (a:Article {id: $id}) ON CREATE SET a.createdAt = $now
SET a += $properties, a.expiredAt = null
MERGE (s:Snapshot {id: $snapshot.id}) ON CREATE SET s += $snapshot, s.createdAt = $now
MERGE (a)-[h:HAS_SNAPSHOT]->(s) ON CREATE SET h.createdAt = $now SET h.current = true, h.expiredAt = null"""

RETIRE_SNAPSHOTS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE s.id <> $snapshot AND h.current = true SET h.current = false, h.expiredAt = $now"""

MERGE_PASSAGES = """MATCH (s:Snapshot {id: $snapshot})
UNWIND $rows AS row
MERGE (p:Passage {id: row.id}) ON CREATE SET p += row, p.createdAt = $now
MERGE (s)-[:HAS_PASSAGE]->(p)"""

MERGE_NODES = """UNWIND $rows AS row
MERGE (n:LABEL {id: row.id}) ON CREATE SET n.createdAt = $now
SET n += row, n.expiredAt = null"""

# What a referent shows is chosen when all that tell of it are known (ingest.settle); here it only comes to be.
# MERGE of two labels at once scans the label on the local server; by one label it goes by the index.
CREATE_REFERENTS = """UNWIND $rows AS row
OPTIONAL MATCH (known:LABEL {id: row.id})
WITH row, known WHERE known IS NULL
CREATE (n:KINDS) SET n = row, n.createdAt = $now"""

CANONICAL = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})-[m:MERGED_INTO]->(n:LABEL) WHERE m.expiredAt IS NULL
RETURN wanted AS referent, n.id AS id"""

# A relationship is a statement: what it says never changes, so another statement is another relationship. `live` marks
# the one that stands, which MERGE can find, as it cannot find a missing expiredAt.
MERGE_RELATIONS = """UNWIND $rows AS row
MATCH (a:START {id: row.start}) MATCH (b:END {id: row.end})
MERGE PATTERN ON CREATE SET r += row.properties, r.createdAt = $now
SET r.fingerprint = $fingerprint"""

_STALE = "r.fingerprint <> $fingerprint AND r.live = true"
_END = " SET r.expiredAt = $now, r.live = null"

EXPIRE_FINDINGS = (
    f"{_OWN}-[r:HAS_TIME]->(n:TimeExpression) WHERE n.articleId = $article AND {_STALE}{_END}, n.expiredAt = $now",
    f"{_OWN}<-[r:STATED_IN]-(n:Claim) WHERE n.articleId = $article AND {_STALE}{_END}",
    f"{_OWN}<-[r:REPORTED_IN {{articleId: $article}}]-(:Event) WHERE {_STALE}{_END}",
    f"{_OWN}-[r:MENTIONS {{articleId: $article}}]->(:Entity) WHERE {_STALE}{_END}",
    f"{_OWN}<-[:REPORTED_IN {{articleId: $article}}]-(:Event)"
    f"-[r:PARTICIPATED_IN|LOCATED_IN|PART_OF|BEFORE|DURING {{articleId: $article}}]-() WHERE {_STALE}{_END}",
    f"{_OWN}<-[:STATED_IN]-(:Claim {{articleId: $article}})-[r:MADE_BY|ADDRESSED_TO|MADE_IN|ABOUT]->()"
    f" WHERE {_STALE}{_END}",
    f"{_OWN}-[:HAS_TIME]->(:TimeExpression {{articleId: $article}})-[r:ANCHORED_TO]->() WHERE {_STALE}{_END}",
    f"{_OWN}-[:HAS_TIME]->(:TimeExpression {{articleId: $article}})<-[r:DATED_BY]-() WHERE {_STALE}{_END}",
)

EXPIRE_CLAIMS = f"""{_OWN}<-[:STATED_IN]-(n:Claim {{articleId: $article}})
WHERE n.expiredAt IS NULL AND NOT EXISTS {{ MATCH (n)-[r:STATED_IN]->() WHERE r.live = true }}
SET n.expiredAt = $now
RETURN DISTINCT n.id AS id"""

EXPIRE_STATEMENTS = f"""MATCH (:Article {{id: $article}})-[r:TYPE]->(n) WHERE {_STALE}{_END}
RETURN DISTINCT n.id AS id"""

RECORD = """MATCH (a:Article {id: $id}) MERGE (r:IngestRun {id: $run})
ON CREATE SET r.started = $now, r.createdAt = $now
MERGE (a)-[:RECORDED_BY]->(r)"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row of one writing shares: the article, the reading's fingerprint, the time."""

    article: str
    fingerprint: str
    now: str

    def parameters(self) -> dict[str, Any]:
        """The stamp as Cypher parameters."""
        return {"article": self.article, "fingerprint": self.fingerprint, "now": self.now}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article, and which entities, events and claims were shown anew."""

    status: Status
    touched: Touched = NOTHING


def stored_fingerprint(store: Store, article: str) -> str | None:
    """Fingerprint of the reading the graph holds of this article; None when it holds none."""
    rows = store.run(STORED_FINGERPRINT, id=article)
    return str(rows[0]["fingerprint"]) if rows else None


def write(store: Store, facts: Facts, run: str) -> Status:
    """Write one article's facts in one transaction.

    Arguments: the open store, the facts, the id of the IngestRun. Returns what became of the article.
    Raises: StoreError; then nothing of the article was written.
    """
    return store.write(lambda tx: write_in(tx, facts, run)).status


def write_in(tx: Transaction, facts: Facts, run: str) -> Written:
    """Write one article's facts within a transaction; arguments as `write`."""
    take_turn(tx, moment := now())
    article = facts.article
    before = [r["fingerprint"] for r in tx.run(STORED_FINGERPRINT, id=article.id)]
    if before == [article.fingerprint]:
        return Written("unchanged")
    stamp = Stamp(article.id, article.fingerprint, moment)
    _write_article(tx, facts, moment)
    _write_nodes(tx, facts, moment)
    canonical = _canonical(tx, facts)
    for (kind, end), relations in _by_type((*_statements(facts), *facts.relations)).items():
        _write_relations(tx, kind, end, relations, canonical, stamp)
    touched = Touched({e.id for e in facts.entities}, {e.id for e in facts.events}, {c.id for c in facts.claims})
    if before:
        touched |= expire(tx, article.id, moment, kept=article.fingerprint)
    copied = link_copies(tx, article.id, facts.snapshot.text, moment) - {article.id}
    touched |= Touched(events=reported_events(tx, copied))
    shown = settle(tx, touched, moment)
    tx.execute(RECORD, id=article.id, run=run, now=moment)
    return Written("changed" if before else "new", shown)


def _write_article(tx: Transaction, facts: Facts, now: str) -> None:
    snapshot = facts.snapshot.properties()
    properties = _row(facts.article)
    tx.execute(MERGE_ARTICLE, id=facts.article.id, properties=properties, snapshot=snapshot, now=now)
    tx.execute(RETIRE_SNAPSHOTS, id=facts.article.id, snapshot=facts.snapshot.id, now=now)
    rows = [_row(p) for p in facts.passages]
    tx.execute(MERGE_PASSAGES, snapshot=facts.snapshot.id, rows=rows, now=now)


def _write_nodes(tx: Transaction, facts: Facts, now: str) -> None:
    own = {"articleId": facts.article.id}
    _merge(tx, "TimeExpression", ({**_row(t), **own} for t in facts.times), now)
    _merge(tx, "Claim", ({**_row(c), **own} for c in facts.claims), now)
    profiles = {p.id: stored_profile(p) for p in facts.profiles}
    _create(tx, "Event", "Event", facts.events, profiles, now)
    for kind, entities in _by_kind(facts.entities).items():
        _create(tx, "Entity", f"Entity:{kind}", entities, profiles, now)


def _merge(tx: Transaction, label: str, rows: Iterable[dict[str, Any]], now: str) -> None:
    listed = sorted(rows, key=lambda row: str(row["id"]))
    if listed:
        tx.execute(MERGE_NODES.replace("LABEL", label), rows=listed, now=now)


def _create(
    tx: Transaction, label: str, kinds: str, nodes: Iterable[Entity | Event], profiles: Mapping[str, str], now: str
) -> None:
    rows = [{**n.properties(), "profile": profiles.get(n.id)} for n in sorted(nodes, key=lambda n: n.id)]
    if rows:
        tx.execute(CREATE_REFERENTS.replace("LABEL", label).replace("KINDS", kinds), rows=rows, now=now)


def _canonical(tx: Transaction, facts: Facts) -> dict[str, str]:
    """The node that stands for each referent that is not its own."""
    referents = {"Entity": [e.id for e in facts.entities], "Event": [e.id for e in facts.events]}
    return {r["referent"]: r["id"] for label, ids in referents.items()
            for r in tx.run(CANONICAL.replace("LABEL", label), ids=ids)}  # fmt: skip


def _statements(facts: Facts) -> Iterator[Relation]:
    """What the article says of each of its entities and events, from which is chosen what they show."""
    article, profiles = facts.article.id, {p.id: stored_profile(p) for p in facts.profiles}
    for entity in facts.entities:
        own = {"profile": profiles.get(entity.id), "articleId": article}
        yield Relation("NAMES", article, entity.id, "Entity", {**entity.properties(), **own})
    reports: dict[str, list[Relation]] = defaultdict(list)
    for relation in facts.relations:
        if relation.type == "REPORTED_IN":
            reports[relation.start].append(relation)
    for event in facts.events:
        told = reports[event.id]
        drawn = {key: told[0].properties.get(key) for key in BOUNDS} if told else {}
        properties = {**event.properties(), **{k: v for k, v in drawn.items() if v is not None}}
        also = {"mentions": len(told), "profile": profiles.get(event.id), "articleId": article}
        yield Relation("TELLS", article, event.id, "Event", {**properties, **also})


def _write_relations(
    tx: Transaction, kind: str, end: str, relations: list[Relation], canonical: Mapping[str, str], stamp: Stamp
) -> None:
    shape = RELATIONS[kind]
    link = f"[r:{kind} {{digest: row.digest, live: true}}]"
    pattern = f"(b)<-{link}-(a)" if shape.from_end else f"(a)-{link}->(b)"
    text = MERGE_RELATIONS.replace("PATTERN", pattern)
    text = text.replace("(a:START", f"(a:{shape.start}").replace("(b:END", f"(b:{end}")
    own = kind in ("NAMES", "TELLS")
    rows = [_statement(r, shape.start, end, {} if own else canonical, stamp.article) for r in relations]
    tx.execute(text, rows=sorted(rows, key=lambda row: row["digest"]), **stamp.parameters())


def _statement(relation: Relation, start: str, end: str, canonical: Mapping[str, str], article: str) -> dict[str, Any]:
    """A relationship as a row: at the nodes that stand for its ends, with the referents that the article means."""
    ends = (("startReferent", start, relation.start), ("endReferent", end, relation.end))
    properties = {"articleId": article, **{k: v for k, v in relation.properties.items() if v is not None}}
    properties |= {side: id for side, label, id in ends if label == "Event" or label in ENTITY_LABELS}
    said = digest("said", relation.type, relation.start, relation.end, *sorted(properties.items()))
    return {"start": canonical.get(relation.start, relation.start), "end": canonical.get(relation.end, relation.end),
            "digest": said, "properties": properties}  # fmt: skip


def expire(tx: Transaction, article: str, now: str, *, kept: str = "") -> Touched:
    """End what an article stated, but for the statements of the reading with the fingerprint `kept`.

    Returns: the referents that it no longer names or tells, the claims that it no longer makes.
    """
    given = {"article": article, "fingerprint": kept, "now": now}
    for statement in EXPIRE_FINDINGS:
        tx.execute(statement, **given)
    gone = {kind: {r["id"] for r in tx.run(EXPIRE_STATEMENTS.replace("TYPE", kind), **given)}
            for kind in ("NAMES", "TELLS")}  # fmt: skip
    claims = {r["id"] for r in tx.run(EXPIRE_CLAIMS, article=article, now=now)}
    return Touched(gone["NAMES"], gone["TELLS"], claims)


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
