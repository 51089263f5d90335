"""The table of other names that the graph keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ingest.matching.aliases import NO_ALIASES, AliasGroup, AliasTable, alias_pairs
from kb.store import Queryable, Transaction

STORED = "MATCH (t:AliasTable {id: 'aliases'}) RETURN t.groups AS groups"
KEEP = "MERGE (t:AliasTable {id: 'aliases'}) SET t.groups = $groups, t.createdAt = $now"
DROP = "MATCH (t:AliasTable {id: 'aliases'}) DETACH DELETE t"


def stored_aliases(graph: Queryable) -> AliasTable:
    """The table that the graph keeps; an empty one where it keeps none. Raises: StoreError."""
    return table_of(graph.run(STORED))


def table_of(rows: Sequence[Mapping[str, Any]]) -> AliasTable:
    """The table that rows of STORED tell."""
    return _table(rows[0]["groups"]) if rows else NO_ALIASES


@lru_cache(maxsize=4)
def _table(groups: str) -> AliasTable:
    return alias_pairs(AliasGroup(**{**row, "aliases": tuple(row["aliases"])}) for row in json.loads(groups))


def store_aliases(tx: Transaction, groups: Iterable[AliasGroup], now: str) -> None:
    """Keep a table in the graph in the place of the one before; no group takes it away."""
    listed = sorted((asdict(group) for group in groups), key=lambda g: (g["name"], g["kind"] or "", g["id"] or ""))
    if listed:
        tx.later(KEEP, groups=json.dumps(listed, ensure_ascii=False, sort_keys=True), now=now)
    else:
        tx.later(DROP)
