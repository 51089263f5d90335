"""Standing decisions of humans on what is one, as the clustering takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ingest.matching.clusters import Ruling
from kb.store import Queryable

# The standing rulings that name any of some referents of a label ("Event", "Entity").
RULINGS = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})<-[:JUDGES]-(d:Decision)
WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL
RETURN DISTINCT d.id AS id, d.at AS at, d.kind AS kind, d.targets AS left, d.others AS right"""


EVERY_RULING = """MATCH (d:Decision)
WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL
RETURN d.id AS id, d.at AS at, d.kind AS kind, d.targets AS left, d.others AS right"""


def every_ruling(graph: Queryable) -> list[Ruling]:
    """All standing rulings. Raises: StoreError."""
    return [ruling_of(row) for row in graph.run(EVERY_RULING)]


def ruling_of(row: Mapping[str, Any]) -> Ruling:
    """A row of RULINGS as the clustering takes it."""
    kind: Literal["same", "different"] = "same" if row["kind"] == "same" else "different"
    return Ruling(row["id"], row["at"], kind, frozenset(row["left"] or ()), frozenset(row["right"] or ()))
