"""Several statements as one: what a writing asks and changes is sent in few messages, each of which costs a trip.

A statement ends before the next begins, as `WITH count(*)` gives one row whatever was there before it. Their text stays
the same whatever they carry, an empty list too, so that a server compiles it once; and all that they carry is one map,
as Neo4j compiles a statement anew for lists of other lengths, though not for those within a map.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.store.connection import Queryable, Transaction

Step = tuple[str, Mapping[str, Any]]
"""A statement and its parameters."""

_PARAMETER = re.compile(r"\$(\w+)")
_RETURN = re.compile(r"\bRETURN\b(?!.*\bRETURN\b)", re.S)
_COLUMN = re.compile(r"\bAS (\w+)\s*(?=,|$)")


def execute_together(tx: Transaction, steps: Sequence[Step]) -> None:
    """Do what these statements do, in their order. None may return anything.

    Arguments: the transaction; the statements with their parameters. Raises: StoreError.
    """
    texts, params = _numbered(steps)
    tx.execute("\nWITH count(*) AS done\n".join(texts), given=params)


def run_together(graph: Queryable, steps: Sequence[Step]) -> list[list[dict[str, Any]]]:
    """The rows of each of these statements, none of which may change anything or order its rows.

    Arguments: the graph; the statements with their parameters; each names all its columns by AS. Raises: StoreError.
    """
    texts, params = _numbered(steps)
    found: list[list[dict[str, Any]]] = [[] for _ in steps]
    for row in graph.run("\nUNION ALL\n".join(_tagged(text, part) for part, text in enumerate(texts)), given=params):
        found[row["part"]].append(row["row"])
    return found


def _numbered(steps: Sequence[Step]) -> tuple[list[str], dict[str, Any]]:
    """Statements with parameters of their own, and all the parameters."""
    texts = [_PARAMETER.sub(rf"$given.\1_{place}", text) for place, (text, _) in enumerate(steps)]
    return texts, {f"{name}_{place}": value for place, (_, given) in enumerate(steps) for name, value in given.items()}


def _tagged(text: str, part: int) -> str:
    """A statement whose row is a map, with its place."""
    told = _RETURN.split(text)
    columns = ", ".join(f"{name}: {name}" for name in _COLUMN.findall(told[1].replace("\n", " ")))
    return f"{told[0]}WITH{told[1]}\nRETURN {part} AS part, {{{columns}}} AS row"
