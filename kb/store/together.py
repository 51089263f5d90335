"""Several statements as one: what a writing asks and changes is sent in few messages, each of which costs a trip.

What is to be done waits until something is asked and goes with that (`Transaction.later`); what is asked beside one
another is one statement. Its text stays the same whatever it carries, an empty list too, so that a server compiles it
once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kb.store.connection import Queryable, Transaction
from kb.store.dialect import Step, numbered

_RETURN = re.compile(r"\bRETURN\b(?!.*\bRETURN\b)", re.S)
_COLUMN = re.compile(r"\bAS (\w+)\s*(?=,|$)")


def execute_together(tx: Transaction, steps: Sequence[Step]) -> None:
    """Do what these statements do, in their order, before anything else is asked. None may return anything.

    Arguments: the transaction; the statements with their parameters. Raises: StoreError, now or with what comes next.
    """
    for text, given in steps:
        tx.later(text, **given)


def run_together(graph: Queryable, steps: Sequence[Step]) -> list[list[dict[str, Any]]]:
    """The rows of each of these statements, none of which may change anything or order its rows.

    Arguments: the graph; the statements with their parameters; each names all its columns by AS. Raises: StoreError.
    """
    texts, params = numbered(steps)
    found: list[list[dict[str, Any]]] = [[] for _ in steps]
    for row in graph.run("\nUNION ALL\n".join(_tagged(text, part) for part, text in enumerate(texts)), given=params):
        found[row["part"]].append(row["row"])
    return found


def _tagged(text: str, part: int) -> str:
    """A statement whose row is a map, with its place."""
    told = _RETURN.split(text)
    columns = ", ".join(f"{name}: {name}" for name in _COLUMN.findall(told[1].replace("\n", " ")))
    return f"{told[0]}WITH{told[1]}\nRETURN {part} AS part, {{{columns}}} AS row"
