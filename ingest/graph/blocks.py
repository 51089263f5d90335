"""Blocks: the keys under which the graph finds what may be one, or a copy, without looking at everything."""

from __future__ import annotations

from collections.abc import Iterable

from kb.store import Transaction

DROP_EMPTY = """UNWIND $ids AS wanted
MATCH (b:Block {id: wanted}) WHERE NOT EXISTS { MATCH (b)<-[:IN_BLOCK|HOLDS|FITS]-() } DETACH DELETE b"""


def drop_empty(tx: Transaction, blocks: Iterable[str]) -> None:
    """Delete those of these blocks in which nothing lies any more."""
    ids = sorted(set(blocks))
    if ids:
        tx.execute(DROP_EMPTY, ids=ids)
