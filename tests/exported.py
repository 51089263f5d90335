"""The present graph as values that can be compared, without what differs between any two runs."""

from __future__ import annotations

import json
from typing import Any

from kb.store import Store

CLOCKS = {"createdAt", "retrievedAt", "expiredAt", "started", "finished", "source"}
EVER = {"judged", "ordered"}  # say that a decision or an order was made once, even if it was taken back

NODES = """MATCH (n) WHERE NOT n:IngestRun AND NOT n:Schema AND n.expiredAt IS NULL
RETURN labels(n) AS labels, properties(n) AS properties"""

RELATIONS = """MATCH (a)-[r]->(b) WHERE NOT b:IngestRun AND r.expiredAt IS NULL
RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties"""


def export(store: Store) -> tuple[list[str], list[str]]:
    """What now holds, as sorted lines: nodes, and relationships with duplicates visible; not what has expired."""
    nodes = [_line({**row, "labels": sorted(row["labels"])}) for row in store.run(NODES)]
    return sorted(nodes), sorted(_line(row) for row in store.run(RELATIONS))


def _line(row: dict[str, Any]) -> str:
    properties = {
        key: sorted(value, key=str) if isinstance(value, list) else value
        for key, value in row["properties"].items()
        if key not in CLOCKS | EVER and value is not None
    }
    return json.dumps({**row, "properties": properties}, sort_keys=True, default=str)
