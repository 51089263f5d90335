"""A referent that is merged into another node than before, or parted again: its relationships go with it.

The old ones end and equal ones begin at the other node, so that what the graph said before can still be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.graph.touched import Move
from kb.store import Transaction
from kb.store.dialect import Step
from kb.store.together import execute_together

UNMERGE = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[m:MERGED_INTO]->(:LABEL) WHERE m.expiredAt IS NULL
SET m.expiredAt = $now, n.expiredAt = null, n.canonical = null"""

MERGE_INTO = """UNWIND $rows AS row
MATCH (n:LABEL {id: row.referent}) MATCH (c:LABEL {id: row.after})
CREATE (n)-[:MERGED_INTO {createdAt: $now}]->(c)
SET n.expiredAt = $now, n.canonical = c.id, c.judged = CASE WHEN n.judged THEN true ELSE c.judged END
WITH row, c
OPTIONAL MATCH (old:LABEL {id: row.before})
SET c.ordered = coalesce(old.ordered, c.ordered)"""

CANON = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted}) WHERE n.canonical IS NOT NULL RETURN wanted AS referent, n.canonical AS id"""

SIDES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Entity": (("MENTIONS", "end"), ("PARTICIPATED_IN", "start"), ("LOCATED_IN", "end"), ("MADE_BY", "end"),
               ("ADDRESSED_TO", "end"), ("ABOUT", "end")),
    "Event": (("REPORTED_IN", "start"), ("DATED_BY", "start"), ("LOCATED_IN", "start"), ("PARTICIPATED_IN", "end"),
              ("MADE_IN", "end"), ("ABOUT", "end"), ("ANCHORED_TO", "end"), ("PART_OF", "start"), ("PART_OF", "end"),
              ("BEFORE", "start"), ("BEFORE", "end"), ("DURING", "start"), ("DURING", "end")),
}  # fmt: skip
"""Relationships that stand at a canonical node, and at which end of them it is."""


class Canonical:
    """From an entity to its canonical entity; what it does not know yet it looks up."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[str, str] = {}

    def __call__(self, id: str) -> str:
        """The id of the canonical entity of one."""
        self.learn({id})
        return self._known[id]

    def learn(self, entities: Iterable[str]) -> None:
        """Look up some entities at once."""
        wanted = sorted(set(entities) - self._known.keys())
        if wanted:
            found = {r["referent"]: r["id"] for r in self._tx.run(CANON, ids=wanted)}
            self._known.update({id: found.get(id, id) for id in wanted})


def carry(tx: Transaction, label: str, moves: Sequence[Move], now: str) -> None:
    """Merge referents into other nodes than before, and take their relationships along.

    Arguments: the transaction; the label of all; the moves; the moment (UTC, ISO).
    """
    rows = [move.row() for move in moves]
    merged = [move.row() for move in moves if move.after != move.referent]
    steps: list[Step] = [
        (UNMERGE.replace("LABEL", label), {"ids": [m.referent for m in moves], "now": now}),
        (MERGE_INTO.replace("LABEL", label), {"rows": merged, "now": now}),
        *((_moving(label, type, side), {"rows": rows, "now": now}) for type, side in SIDES[label]),
    ]
    execute_together(tx, steps)


def _moving(label: str, type: str, side: str) -> str:
    """The statement that ends relationships at one canonical node and makes them anew at another."""
    out, into = ("-", "->") if side == "start" else ("<-", "-")
    return f"""UNWIND $rows AS row
MATCH (old:{label} {{id: row.before}}){out}[r:{type}]{into}(x) WHERE r.{side}Referent = row.referent AND r.live = true
MATCH (new:{label} {{id: row.after}})
CREATE (new){out}[n:{type}]{into}(x) SET n = properties(r), n.createdAt = $now
SET r.expiredAt = $now, r.live = null"""
