"""Standing decisions of humans on what is one, as the clustering takes them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.matching.clusters import Ruling
from kb.store import Transaction

RULINGS = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})<-[:JUDGES]-(d:Decision)
WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL AND d.field IS NULL
RETURN DISTINCT d.id AS id, d.at AS at, d.kind AS kind, d.targets AS left, d.others AS right"""


def rulings_on(tx: Transaction, label: str, referents: Iterable[str]) -> list[Ruling]:
    """The standing rulings that name any of the referents of a label ("Event", "Entity")."""
    ids = sorted(referents)
    rows = tx.run(RULINGS.replace("LABEL", label), ids=ids) if ids else []
    return [Ruling(r["id"], r["at"], "same" if r["kind"] == "same" else "different", frozenset(r["left"] or ()),
                   frozenset(r["right"] or ())) for r in rows]  # fmt: skip
