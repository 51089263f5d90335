"""Facts into the graph: one transaction an article, by id, so that a second time changes nothing.

Each statement carries the fingerprint of the reading that last made it. What a former reading of the same article
stated and this one does not is expired, never deleted, and stated again is a new statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ingest.graph.aliases import STORED, table_of
from ingest.graph.copies import link_copies
from ingest.graph.facts import RELATIONS, Facts
from ingest.graph.merge import ENTITIES, EVENTS, LOAD, merge_touched, take_turn
from ingest.graph.rows import node_row, relation_rows
from ingest.graph.stories import link_story
from ingest.graph.touched import NOTHING, UNSTIRRED, Added, Loaded, Row, Stirred, Touched
from ingest.matching.aliases import AliasTable
from ingest.matching.stored import stored_profile
from kb.counted import ORDERED
from kb.models import Entity, EntityKind, Event, called
from kb.shown.sources import reported_events
from kb.shown.tally import telling
from kb.store import Store, Transaction
from kb.store.dialect import Step
from kb.store.moments import now
from kb.store.together import execute_together, run_together

Status = Literal["new", "changed", "unchanged"]

_OWN = """MATCH (:Article {id: $article})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)"""

GIVEN_DATE = """MATCH (a:Article {id: $id}) WHERE a.expiredAt IS NULL
WITH CASE WHEN a.publishedBasis = 'given' THEN a.published
  WHEN a.statedBasis = 'given' THEN a.statedPublished END AS date
WHERE date IS NOT NULL RETURN date"""

HELD = "MATCH (a:Article {id: $id}) RETURN a.fingerprint AS fingerprint, a.expiredAt IS NULL AS live"

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

# What a referent shows is chosen when all that tell of it are known (ingest.graph.merge); here it only comes to be,
# where LOAD has not found it. MERGE of two labels at once scans the label on the local server.
CREATE_REFERENTS = "UNWIND $rows AS row CREATE (n:KINDS) SET n = row, n.live = true, n.createdAt = $now"

REFERENT_LABELS = (*(f"Entity:{kind}" for kind in get_args(EntityKind)), "Event")

# A relationship is a statement: what it says never changes, so another statement is another relationship. `live` marks
# the one that stands, which MERGE can find, as it cannot find a missing expiredAt.
MERGE_RELATIONS = """UNWIND $rows AS row
MATCH (a:START {id: row.start}) MATCH (b:END {id: row.end})
MERGE PATTERN ON CREATE SET r += row.properties, r.createdAt = $now
SET r.fingerprint = $fingerprint"""

SET_ORDERED = f", a.ordered = '{ORDERED}', b.ordered = '{ORDERED}'"

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
    return next((str(row["fingerprint"]) for row in store.run(HELD, id=article) if row["live"]), None)


def given_date(store: Store, article: str) -> str | None:
    """The publication date that a user gave for an article (EDTF), None where nobody did."""
    return next((str(row["date"]) for row in store.run(GIVEN_DATE, id=article)), None)


def write(store: Store, facts: Facts, run: str) -> Status:
    """Write one article's facts in one transaction.

    Arguments: the open store, the facts, the id of the IngestRun. Returns what became of the article.
    Raises: StoreError; then nothing of the article was written.
    """
    return store.write(lambda tx: write_in(tx, facts, run)).status


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the statements of one article leave to do: what they touch, whose clusters may be others, what is added."""

    status: Status
    touched: Touched = NOTHING
    stirred: Stirred = UNSTIRRED
    added: Added | None = None
    aliases: AliasTable | None = None


def write_in(tx: Transaction, facts: Facts, run: str) -> Written:
    """Write one article's facts within a transaction; arguments as `write`."""
    take_turn(tx, moment := now())
    stated = _state(tx, facts, run, moment)
    if stated.status == "unchanged":
        return Written("unchanged")
    shown = merge_touched(tx, stated.touched, moment, added=stated.added, stirred=stated.stirred,
                          aliases=stated.aliases)  # fmt: skip
    return Written(stated.status, shown)


def write_several(tx: Transaction, several: Iterable[Facts], run: str) -> Touched:
    """Write the facts of articles within a transaction and merge once, so that what very many tell is clustered once.

    Arguments as `write`. Returns: what was shown anew.
    """
    take_turn(tx, moment := now())
    touched, stirred = NOTHING, UNSTIRRED
    for facts in several:
        stated = _state(tx, facts, run, moment)
        touched |= stated.touched
        stirred |= stated.stirred
    return merge_touched(tx, touched, moment, stirred=stirred) if touched != NOTHING else NOTHING


def _state(tx: Transaction, facts: Facts, run: str, moment: str) -> _Stated:
    """Write what one article states, with its copies and its story; nothing is merged or shown yet."""
    article = facts.article
    held, aliases, *known = run_together(tx, [(HELD, {"id": article.id}), (STORED, {}), *_loading(facts)])
    before = [r["fingerprint"] for r in held if r["live"]]
    if before == [article.fingerprint]:
        return _Stated("unchanged")
    stamp = Stamp(article.id, article.fingerprint, moment)
    stored, missing = _referents(facts, known)
    created = frozenset(node.id for node in missing)
    canonical = {row["id"]: row["canonical"] for rows in stored.values() for row in rows}
    relations = relation_rows(facts, canonical)
    execute_together(tx, [*_nodes(facts, moment), *_made(facts, missing, moment), *_related(relations, stamp),
                          (RECORD, {"id": article.id, "run": run, "now": moment})])  # fmt: skip
    entities, events, claims = ({one.id for one in listed} for listed in (facts.entities, facts.events, facts.claims))
    touched = Touched(entities, events, claims, {article.id})
    if before:
        touched |= expire(tx, article.id, moment, kept=article.fingerprint)
    regrouped = link_copies(tx, article.id, facts.snapshot.text, moment, known=bool(held))
    touched |= Touched(events=reported_events(tx, regrouped - {article.id}))
    said = _said(facts, relations, alone=not regrouped)
    added = None if held else Added(created, stored, said, _mentions(relations))
    stirred = link_story(tx, facts.story, moment, known=bool(held)) if facts.story else UNSTIRRED
    return _Stated("changed" if before else "new", touched, stirred, added, table_of(aliases))


def _said(facts: Facts, rows: Mapping[tuple[str, str], Sequence[Row]], *, alone: bool) -> dict[str, dict[str, Row]]:
    """What an article says of each referent, by label; of events only where it is no copy and has none."""
    article, publisher, published = facts.article.id, facts.article.publisher or "", facts.article.published_earliest
    said = {"Entity": {row["end"]: row["properties"] for row in rows.get(("NAMES", "Entity"), ())}}
    if alone:
        told = rows.get(("TELLS", "Event"), ())
        said["Event"] = {row["end"]: telling(row["properties"], article, article, publisher, published) for row in told}
    return said


def _mentions(rows: Mapping[tuple[str, str], Sequence[Row]]) -> Counter[str]:
    """How often an article names each of its entities, by referent."""
    named = {row["digest"]: str(row["properties"]["endReferent"]) for row in rows.get(("MENTIONS", "Entity"), ())}
    return Counter(named.values())


def _nodes(facts: Facts, now: str) -> list[Step]:
    """What writes the article, its text and what was found there."""
    article, own = facts.article.id, {"articleId": facts.article.id}
    times = [{**node_row(time), **own} for time in facts.times]
    claims = [{**node_row(claim), **own} for claim in facts.claims]
    snapshot = facts.snapshot.properties()
    return [
        (MERGE_ARTICLE, {"id": article, "properties": node_row(facts.article), "snapshot": snapshot, "now": now}),
        (RETIRE_SNAPSHOTS, {"id": article, "snapshot": facts.snapshot.id, "now": now}),
        (MERGE_PASSAGES, {"snapshot": facts.snapshot.id, "rows": [node_row(p) for p in facts.passages], "now": now}),
        (MERGE_NODES.replace("LABEL", "TimeExpression"), {"rows": _by_id(times), "now": now}),
        (MERGE_NODES.replace("LABEL", "Claim"), {"rows": _by_id(claims), "now": now}),
    ]


def _by_id(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["id"]))


def _loading(facts: Facts) -> list[Step]:
    """What asks for the referents of an article that the graph holds: entities, then events."""
    return [(kind.of(LOAD), {"ids": sorted({node.id for node in nodes})})
            for kind, nodes in ((ENTITIES, facts.entities), (EVENTS, facts.events))]  # fmt: skip


def _referents(facts: Facts, known: Sequence[Sequence[Row]]) -> tuple[Loaded, list[Entity | Event]]:
    """All referents of an article, by label, as `merge.load` gives them; those that the graph does not hold yet.

    Arguments: the article; what the statements of `_loading` told.
    """
    profiles = {p.id: stored_profile(p) for p in facts.profiles}
    nodes: dict[str, Sequence[Entity | Event]] = {"Entity": facts.entities, "Event": facts.events}
    loaded: dict[str, list[Row]] = {}
    every: list[Entity | Event] = []
    for label, stored in zip(nodes, known, strict=True):
        there = {row["id"] for row in stored}
        missing = [node for node in nodes[label] if node.id not in there]
        made = [{"id": n.id, "known": None, "blocks": None, "canonical": n.id, "live": True} for n in missing]
        loaded[label] = [_told(row, profiles.get(row["id"])) for row in (*stored, *made)]
        every += missing
    return loaded, every


def _made(facts: Facts, missing: Iterable[Entity | Event], now: str) -> list[Step]:
    """What makes the referents that are missing."""
    profiles = {p.id: stored_profile(p) for p in facts.profiles}
    rows: dict[str, list[dict[str, Any]]] = {labels: [] for labels in REFERENT_LABELS}
    for node in missing:
        labels = f"Entity:{node.kind}" if isinstance(node, Entity) else "Event"
        rows[labels].append({**found_by(node), "profile": profiles.get(node.id)})
    return [(CREATE_REFERENTS.replace("KINDS", labels), {"rows": _by_id(listed), "now": now})
            for labels, listed in rows.items()]  # fmt: skip


def found_by(node: Entity | Event) -> dict[str, Any]:
    """The properties of a referent, with all that a name is called."""
    also = {"called": called(node.name, node.aliases)} if isinstance(node, Entity) else {}
    return {**node.properties(), **also}


def _told(row: Row, profile: str | None) -> Row:
    """A row of `merge.load` as it is when one more article tells of the referent."""
    known = row["known"] if row["live"] else None
    return {**row, "profile": min((each for each in (known, profile) if each), default=None)}


def _related(rows: Mapping[tuple[str, str], Sequence[Row]], stamp: Stamp) -> list[Step]:
    """What writes the relationships of an article, each type with each label that its end may have."""
    ends = [(kind, end) for kind, shape in RELATIONS.items() for end in shape.end.split("|")]
    given = {"now": stamp.now, "fingerprint": stamp.fingerprint}
    return [(_relating(kind, end), {"rows": list(rows.get((kind, end), ())), **given}) for kind, end in ends]


def _relating(kind: str, end: str) -> str:
    shape = RELATIONS[kind]
    link = f"[r:{kind} {{digest: row.digest, live: true}}]"
    pattern = f"(b)<-{link}-(a)" if shape.from_end else f"(a)-{link}->(b)"
    text = MERGE_RELATIONS.replace("PATTERN", pattern) + (SET_ORDERED if kind in ("BEFORE", "DURING") else "")
    return text.replace("(a:START", f"(a:{shape.start}").replace("(b:END", f"(b:{end}")


def expire(tx: Transaction, article: str, now: str, *, kept: str = "") -> Touched:
    """End what an article stated, but for the statements of the reading with the fingerprint `kept`.

    Returns: the referents that it no longer names or tells, the claims that it no longer makes.
    """
    given = {"article": article, "fingerprint": kept, "now": now}
    for statement in EXPIRE_FINDINGS:
        tx.later(statement, **given)
    gone = {kind: {r["id"] for r in tx.run(EXPIRE_STATEMENTS.replace("TYPE", kind), **given)}
            for kind in ("NAMES", "TELLS")}  # fmt: skip
    claims = {r["id"] for r in tx.run(EXPIRE_CLAIMS, article=article, now=now)}
    return Touched(gone["NAMES"], gone["TELLS"], claims)
