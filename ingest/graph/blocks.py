"""Blocks: the keys under which the graph finds what may be one, or a copy, without looking at everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kb.store import Transaction

DROP_EMPTY = """UNWIND $ids AS wanted
MATCH (b:Block {id: wanted}) WHERE NOT EXISTS { MATCH (b)<-[:IN_BLOCK|HOLDS|FITS]-() } DETACH DELETE b"""


def drop_empty(tx: Transaction, blocks: Iterable[str]) -> None:
    """Delete those of these blocks in which nothing lies any more."""
    ids = sorted(set(blocks))
    if ids:
        tx.later(DROP_EMPTY, ids=ids)


def leave(tx: Transaction, statement: str, **parameters: Any) -> None:
    """Take nodes out of Blocks, and delete those in which nothing lies any more.

    The local server may pass over some of what it deletes while it walks along it, so until nothing is left. Arguments:
    the transaction; a statement that deletes relationships to Blocks and returns the ids of these; its parameters.
    """
    left: set[str] = set()
    while found := {row["id"] for row in tx.run(statement, **parameters)}:
        left |= found
    drop_empty(tx, left)
