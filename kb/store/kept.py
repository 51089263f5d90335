"""What `kb.counted` says is kept, brought up to date in the graph: by ids after a writing, or for all nodes anew.

An event keeps who takes part in it, a claim who says it, and each of these counts there: so that a name in very many
events is never looked through to count them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kb.counted import (
    DOUBTS,
    ENTITY_RUNGS,
    article_counts,
    claim_counts,
    counted,
    entities_of,
    entity_counts,
    event_counts,
)
from kb.models import YEAR_GUESSED
from kb.store.connection import Queryable, Store, Transaction
from kb.store.dialect import Step
from kb.store.together import execute_together, run_together

Row = dict[str, Any]
AT_ONCE = 1000  # nodes in one transaction, when all are counted anew

# Each node's state, by label: what it shows, and what is kept of it.
STATES: Mapping[str, str] = {
    "Event": """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})
OPTIONAL MATCH (n)-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE r.live = true
WITH n, collect(DISTINCT [CASE WHEN type(r) = 'LOCATED_IN' THEN '@' ELSE coalesce(r.role, '') END, x.id]) AS taking_part
OPTIONAL MATCH (n)-[by:DATED_BY]->(t:TimeExpression)
WHERE by.live = true AND t.expiredAt IS NULL AND t.edtf = n.edtf
WITH n, taking_part, count(t) AS dating, sum(CASE WHEN t.rule CONTAINS 'YEAR_GUESSED' THEN 1 ELSE 0 END) AS guessing
RETURN n.id AS id, n.expiredAt IS NULL AS shown, n.type AS type, n.status AS status, n.edtf AS edtf,
  n.earliest AS earliest, n.latest AS latest, n.precision AS precision, n.salience AS salience,
  n.confidence AS confidence, n.importance AS importance, n.parts AS parts, taking_part AS taking_part,
  dating AS dating, guessing AS guessing, n.slot AS slot, n.rung AS rung, n.lot AS lot, n.wholeRung AS wholeRung,
  n.counted AS counted, n.who AS who, n.yearGuessed AS yearGuessed""".replace("YEAR_GUESSED", YEAR_GUESSED),
    "Claim": """UNWIND $ids AS wanted
MATCH (n:Claim {id: wanted})
OPTIONAL MATCH (n)-[r:MADE_BY]->(x:Entity) WHERE r.live = true
WITH n, collect(DISTINCT x.id) AS taking_part
RETURN n.id AS id, n.expiredAt IS NULL AS shown, n.saidEarliest AS earliest, n.saidLatest AS latest,
  taking_part AS taking_part, n.slot AS slot, n.counted AS counted, n.who AS who""",
    "Article": """UNWIND $ids AS wanted
MATCH (n:Article {id: wanted})
RETURN n.id AS id, n.expiredAt IS NULL AS shown, n.publishedEarliest AS earliest, n.publishedLatest AS latest,
  n.publisher AS publisher, n.slot AS slot, n.counted AS counted""",
    "Entity": """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
RETURN n.id AS id, n.expiredAt IS NULL AS shown, labels(n) AS labels, coalesce(n.events, 0) AS events,
  coalesce(n.claims, 0) AS claims, coalesce(n.mentions, 0) AS mentions, coalesce(n.articles, 0) AS articles,
  n.rung AS rung, n.counted AS counted""",
}

KEPT: Mapping[str, Callable[[Row], Row]] = {
    "Event": event_counts, "Claim": claim_counts, "Article": article_counts, "Entity": entity_counts,
}  # fmt: skip
"""What is to be kept of a node, by label, from its state."""

CARRIED: Mapping[str, str] = {"Event": "events", "Claim": "claims"}
"""What an entity counts of the nodes that name it in `who`."""

MENTIONED = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})<-[m:MENTIONS]-(:Passage) WHERE m.live = true
RETURN wanted AS id, count(m) AS mentions, count(DISTINCT m.articleId) AS articles"""

SET = "UNWIND $rows AS row MATCH (n:LABEL {id: row.id}) SET n += row.kept"

COUNTS = "UNWIND $ids AS wanted MATCH (k:Count {id: wanted}) RETURN k.id AS id, k.counts AS counts"

EVERY_COUNT = "MATCH (k:Count) RETURN k.id AS id, k.counts AS counts"

SET_COUNTS = "UNWIND $rows AS row MERGE (k:Count {id: row.id}) SET k.counts = row.counts"

DROP_COUNTS = "UNWIND $ids AS wanted MATCH (k:Count {id: wanted}) DELETE k"

EVERY = "MATCH (n:LABEL) RETURN n.id AS id"

# How many parts each event is concluded to have; `ingest.graph.parts` keeps it as parts come and go.
PARTS = """MATCH (:Event)-[r:PART_OF]->(n:Event) WHERE r.live = true AND r.inferred = true
RETURN n.id AS id, count(r) AS parts"""

STORED_PARTS = "MATCH (n:Event) WHERE n.parts IS NOT NULL RETURN n.id AS id, n.parts AS parts"

ADD_PARTS = """UNWIND $rows AS row
MATCH (n:Event {id: row.id})
SET n.parts = CASE WHEN coalesce(n.parts, 0) + row.parts = 0 THEN null ELSE coalesce(n.parts, 0) + row.parts END"""

DOUBTFUL = "MATCH (s:Schema {id: 'schema'}) SET s.pairs = null, s.doubts = null"

FORGET: Mapping[str, str] = {
    "Event": "SET n.slot = null, n.rung = null, n.lot = null, n.wholeRung = null, n.parts = null, n.counted = null, "
             "n.who = null, n.yearGuessed = null",
    "Claim": "SET n.slot = null, n.counted = null, n.who = null",
    "Article": "SET n.slot = null, n.counted = null",
    "Entity": "SET n.rung = null, n.counted = null, n.events = null, n.claims = null, n.mentions = null, "
              "n.articles = null",
}  # fmt: skip


@dataclass(slots=True)
class _Changes:
    """What the Counts and the entities are to gain or lose."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    carried: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, label: str, row: Row, kept: Row) -> None:
        """Note what a node counts no more, and what it counts now."""
        for listed, sign in ((row["counted"], -1), (kept["counted"], 1)):
            for count, key in counted(listed):
                self.counts[count][key] += sign
        if label in CARRIED:
            before, after = entities_of(row["who"]), entities_of(kept["who"])
            for changed, sign in ((before - after, -1), (after - before, 1)):
                for entity in changed:
                    self.carried[entity][CARRIED[label]] += sign


def keep(tx: Transaction, ids: Mapping[str, Iterable[str]], named: Mapping[str, int] | None = None) -> None:
    """Bring what is kept of some nodes up to date, and all that they count in.

    Arguments: the transaction, in which all is shown as it should be; ids of nodes, by label, that may have changed;
    named, entities among them of which nothing changed but that one more article names them, with how often.
    """
    changes = _Changes()
    asked = [label for label in ("Event", "Claim", "Article") if ids.get(label)]
    wanted: list[Step] = [(STATES[label], {"ids": sorted(set(ids[label]))}) for label in asked]
    states = dict(zip(asked, run_together(tx, wanted) if wanted else (), strict=True))
    kept = {label: _keep(label, states.get(label, ()), changes) for label in ("Event", "Claim", "Article")}
    more = named or {}
    kept["Entity"], known = _keep_entities(tx, set(ids.get("Entity", ())) - more.keys(), more, changes)
    steps: list[Step] = [(SET.replace("LABEL", label), {"rows": rows}) for label, rows in kept.items()]
    counts, empty = _added(tx, changes.counts, known)
    if counts or empty or any(kept.values()):
        execute_together(tx, [*steps, (SET_COUNTS, {"rows": counts}), (DROP_COUNTS, {"ids": empty})])


def add_to_counts(tx: Transaction, counts: Mapping[str, Counter[str]], read: Iterable[Row] | None = None) -> None:
    """Add to the Counts, or take away from them.

    Arguments: the transaction; how many more, by id and key; read, rows of COUNTS for all of these, if they were read.
    """
    rows, empty = _added(tx, counts, read)
    if rows or empty:
        execute_together(tx, [(SET_COUNTS, {"rows": rows}), (DROP_COUNTS, {"ids": empty})])


def _states(graph: Queryable, label: str, ids: Iterable[str]) -> list[Row]:
    wanted = sorted(set(ids))
    return graph.run(STATES[label], ids=wanted) if wanted else []


def _keep(label: str, rows: Sequence[Row], changes: _Changes) -> list[Row]:
    """What is to be kept of the nodes that changed."""
    changed = []
    for row in rows:
        kept = KEPT[label](row)
        if any(row[name] != value for name, value in kept.items()):
            changed.append({"id": row["id"], "kept": kept})
            changes.take(label, row, kept)
    return changed


def _keep_entities(
    tx: Transaction, ids: Collection[str], named: Mapping[str, int], changes: _Changes
) -> tuple[list[Row], list[Row]]:
    """What is to be kept of the entities that changed, and the Counts in which anything may count then."""
    asked = sorted({*ids, *named, *changes.carried})
    if not asked and not changes.counts:
        return [], []
    mentions, states, counts = run_together(tx, [
        (MENTIONED, {"ids": sorted(ids)}), (STATES["Entity"], {"ids": asked}),
        (COUNTS, {"ids": sorted({*changes.counts, ENTITY_RUNGS})})])  # fmt: skip
    mentioned = {row["id"]: row for row in mentions}
    changed = []
    for row in states:
        id = row["id"]
        own = {name: row[name] + changes.carried[id][name] for name in CARRIED.values()}
        own |= {"mentions": row["mentions"], "articles": row["articles"]}
        if id in named:
            own |= {"mentions": own["mentions"] + named[id], "articles": own["articles"] + min(1, named[id])}
        elif id in ids:
            own |= {name: mentioned[id][name] if id in mentioned else 0 for name in ("mentions", "articles")}
        kept = {**own, **entity_counts({**row, **own})}
        if any(row[name] != value for name, value in kept.items()):
            changed.append({"id": id, "kept": kept})
            changes.take("Entity", row, kept)
    return changed, counts


def _added(
    tx: Transaction, counts: Mapping[str, Counter[str]], read: Iterable[Row] | None = None
) -> tuple[list[Row], list[str]]:
    """The Counts as they become, and the ids of those that hold nothing any more.

    Arguments: the transaction; how many more; read, rows of COUNTS for all of these, if they were read already.
    """
    wanted = {id: changed for id, keys in counts.items() if (changed := {k: n for k, n in keys.items() if n})}
    if not wanted:
        return [], []
    rows_of = tx.run(COUNTS, ids=sorted(wanted)) if read is None else read
    known = {row["id"]: json.loads(row["counts"]) for row in rows_of if row["id"] in wanted}
    rows: list[Row] = []
    empty: list[str] = []
    for id, changed in sorted(wanted.items()):
        found = known.get(id, {})
        total = {key: found.get(key, 0) + changed.get(key, 0) for key in {*found, *changed}}
        left = {key: number for key, number in sorted(total.items()) if number}
        if left:
            rows.append({"id": id, "counts": json.dumps(left, ensure_ascii=False)})
        else:
            empty.append(id)
    return rows, empty


def recount(store: Store) -> None:
    """Count all nodes anew, for a graph that an earlier version made or that was filled at once.

    What is to be doubted is found anew when it is asked for next. Raises: StoreError.
    """
    store.execute("MATCH (k:Count) WHERE k.id <> $doubts DELETE k", doubts=DOUBTS)
    every = {label: [str(row["id"]) for row in store.run(EVERY.replace("LABEL", label))] for label in KEPT}
    for label, ids in every.items():
        for some in _batches(ids):
            store.execute(f"UNWIND $ids AS wanted MATCH (n:{label} {{id: wanted}}) {FORGET[label]}", ids=some)
    parts = store.run(PARTS)
    if parts:
        store.execute(ADD_PARTS, rows=parts)
    for label, ids in every.items():
        for some in _batches(ids):
            store.write(partial(keep, ids={label: some}))
    store.execute(DOUBTFUL)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def counts_of(graph: Queryable) -> dict[str, dict[str, int]]:
    """Every Count of the graph: by its id, how many by key. Raises: StoreError."""
    return {row["id"]: json.loads(row["counts"]) for row in graph.run(EVERY_COUNT)}


def differing(graph: Queryable) -> Iterator[tuple[str, str, Any, Any]]:
    """What is kept otherwise than it should be: the node's id, what of it, what stands there, what should.

    All is reckoned anew from the nodes and relationships. Arguments: the graph. Raises: StoreError.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    carried: dict[str, Counter[str]] = defaultdict(Counter)
    for label in KEPT:  # entities last: they count the others
        ids = [str(row["id"]) for row in graph.run(EVERY.replace("LABEL", label))]
        for some in _batches(ids):
            mentioned = {row["id"]: row for row in graph.run(MENTIONED, ids=some)} if label == "Entity" else {}
            for row in _states(graph, label, some):
                own: Row = {}
                if label == "Entity":
                    none = {"mentions": 0, "articles": 0}
                    own = {name: carried[row["id"]][name] for name in CARRIED.values()}
                    own |= {name: mentioned.get(row["id"], none)[name] for name in none}
                kept = {**own, **KEPT[label]({**row, **own})}
                yield from ((row["id"], name, row[name], value) for name, value in kept.items() if row[name] != value)
                for count, key in counted(kept["counted"]):
                    counts[count][key] += 1
                for entity in entities_of(kept.get("who")):
                    carried[entity][CARRIED[label]] += 1
    yield from _differing_parts(graph)
    stored = counts_of(graph)
    for id in sorted({*counts, *stored} - {DOUBTS}):  # which are proven where they are found
        should, stands = dict(counts.get(id, {})), stored.get(id, {})
        for key in sorted({*should, *stands}):
            if should.get(key, 0) != stands.get(key, 0):
                yield id, key, stands.get(key, 0), should.get(key, 0)


def _differing_parts(graph: Queryable) -> Iterator[tuple[str, str, Any, Any]]:
    should = {row["id"]: row["parts"] for row in graph.run(PARTS)}
    stands = {row["id"]: row["parts"] for row in graph.run(STORED_PARTS)}
    for id in sorted({*should, *stands}):
        if should.get(id, 0) != stands.get(id, 0):
            yield id, "parts", stands.get(id, 0), should.get(id, 0)
