"""The graph as it is now: its version and its counts in one trip, and what was answered since it last changed.

A screen opens a Present once each time it is drawn and asks it as it would ask the store. All sessions of one process
share what it holds; the first that finds another version drops it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from kb.ask.kept.counts import Counts, read_counts
from kb.store import Queryable, Store

T = TypeVar("T")
_MOST = 100  # answers kept
_UNKNOWN = -1

# The version, and the counts where they are not known.
PRESENT = """MATCH (s:Schema {id: 'schema'})
OPTIONAL MATCH (k:Count) WHERE coalesce(s.writes, 0) <> $known
RETURN coalesce(s.writes, 0) AS version, k.id AS id, k.counts AS counts"""


@dataclass
class _Memory:
    """What is known of one graph: its version, its counts then, and answers by what was asked, the latest used last."""

    version: int = _UNKNOWN
    counts: Counts = field(default_factory=Counts)
    answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)


_memories: WeakKeyDictionary[Store, _Memory] = WeakKeyDictionary()
_lock = threading.Lock()


class Present:
    """A store as it is at one moment, with its counts; what asks a Store with `run` may ask this instead."""

    def __init__(self, store: Store) -> None:
        """Arguments: the open store. Raises: StoreError."""
        self.store, self.uri = store, store.uri
        with _lock:
            memory = _memories.setdefault(store, _Memory())
        rows = store.run(PRESENT, known=memory.version)
        version = int(rows[0]["version"]) if rows else _UNKNOWN
        if version != memory.version or version == _UNKNOWN:
            memory = _Memory(version, read_counts(rows))
            with _lock:
                _memories[store] = memory
        self._memory = memory

    @property
    def version(self) -> int:
        """A number that every writing raises."""
        return self._memory.version

    @property
    def counts(self) -> Counts:
        """How many there are of what."""
        return self._memory.counts

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Fetch the rows of a reading statement. Raises: as Store.run."""
        return self.store.run(cypher, **params)

    def answered(self, asked: Hashable, ask: Callable[[Present], T]) -> T:
        """The answer to a question, asked once for each version of the graph.

        Arguments: asked, what tells the question from others; ask, which answers it. Raises: what `ask` raises.
        """
        answers = self._memory.answers
        with _lock:
            if asked in answers:
                answers.move_to_end(asked)
                return cast("T", answers[asked])
        found = ask(self)
        with _lock:
            answers[asked] = found
            while len(answers) > _MOST:
                answers.popitem(last=False)
        return found


Now = Store | Present
"""The present graph."""


def counts_of(graph: Queryable) -> Counts:
    """How many there are of what. Raises: StoreError."""
    return graph.counts if isinstance(graph, Present) else read_counts(graph.run(PRESENT, known=_UNKNOWN))
