"""The whole graph as values that can be compared, without what differs between any two runs."""

from __future__ import annotations

import json
from typing import Any

from kb.store import Store

CLOCKS = {"createdAt", "retrievedAt", "expiredAt", "started", "finished", "source"}
SHARED = {"PARTICIPATED_IN", "LOCATED_IN", "PART_OF"}  # their fingerprint names whichever article wrote last

NODES = """MATCH (n) WHERE NOT n:IngestRun AND NOT n:Schema
RETURN labels(n) AS labels, properties(n) AS properties, n.expiredAt IS NOT NULL AS expired"""

RELATIONS = """MATCH (a)-[r]->(b) WHERE NOT b:IngestRun
RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties, r.expiredAt IS NOT NULL AS expired"""


def export(store: Store) -> tuple[list[str], list[str]]:
    """Nodes and relationships as sorted lines; a list keeps duplicates visible."""
    nodes = [_line({**row, "labels": sorted(row["labels"])}) for row in store.read(NODES)]
    return sorted(nodes), sorted(_line(row) for row in store.read(RELATIONS))


def _line(row: dict[str, Any]) -> str:
    properties = {
        key: sorted(value, key=str) if isinstance(value, list) else value
        for key, value in row["properties"].items()
        if key not in CLOCKS and value is not None and not (key == "fingerprint" and row.get("type") in SHARED)
    }
    return json.dumps({**row, "properties": properties}, sort_keys=True, default=str)
