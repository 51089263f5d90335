"""One question in Cypher: on a connection of its own, streamed, cut off at its limits of time, rows and bytes.

The local server gives up a statement between two rows. One that it does not give up, or that has taken its memory, is
ended with it: each commit is on the disk, so the server is begun anew, and what others were doing is tried again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import neo4j
from neo4j.exceptions import ServiceUnavailable, SessionExpired

from kb.errors import QueryError
from kb.store import bounds, dialect, server
from kb.store.driver import is_driver_error
from kb.store.table import cell

Rows = tuple[tuple[str, ...], tuple[tuple[Any, ...], ...], bool]

FETCHED = 100  # rows that the driver holds of what the server sends
_LATE = 0.5  # seconds for a server to say by itself that the time is over
_GIVING_UP = 5.0  # seconds for the local server to give a statement up


@dataclass(slots=True)
class Question:
    """A statement with its bounds: `limit` rows, `size` bytes, `timeout` seconds. `over` is set when nobody waits."""

    cypher: str
    params: Mapping[str, Any]
    limit: int
    size: int
    timeout: float
    over: threading.Event = field(default_factory=threading.Event)

    def fetch(self, session: neo4j.Session) -> Rows:
        """Run the statement in a transaction, which is stored at the end: some writes are refused only then.

        Raises: QueryError when one row alone is too large; the driver's errors.
        """
        rows: list[tuple[Any, ...]] = []
        size, truncated = 0, False
        with session.begin_transaction(timeout=self.timeout) as transaction:
            result = transaction.run(cast(Any, self.cypher), dialect.parameters(dict(self.params)))
            columns = tuple(result.keys())
            for record in result:
                row = tuple(cell(value) for value in record.values())
                size += bounds.weight(row)
                truncated = len(rows) == self.limit or size > self.size
                if truncated or self.over.is_set():
                    break
                rows.append(row)
        if truncated and not rows:
            raise QueryError(f"One row alone has {size / 2**20:,.0f} MB, more than the {self.size / 2**20:,.0f} MB "
                             "that an answer may have; return less of it, such as size(x) or x[..100]")  # fmt: skip
        return columns, tuple(rows), truncated


def ask(
    question: Question, connect: Callable[[], tuple[neo4j.Driver, neo4j.Session]], uri: str, local: Path | None
) -> Rows:
    """Ask on a connection of its own and wait no longer than the question's time.

    Arguments: the question; connect, which opens a driver and a session; the server's address; the data folder of the
    local server, None for one that KB_URI names.
    Raises: QueryError when it took too long, too much memory or was refused; StoreDenied, StoreUnavailable.
    """
    asking = _Asking(question, connect)
    running, since = (server.find(local), server.log_size(local)) if local else (None, 0)
    asking.start()
    try:
        asking.join(question.timeout + _LATE)
    finally:  # also when the user breaks off
        question.over.set()
        late = asking.is_alive()
        if late and local and running:
            _give_up(asking, local, running)
    if asking.rows is not None:
        return asking.rows
    failure = asking.failure
    if late or failure is None or dialect.is_timeout(failure):
        raise dialect.too_slow(question.timeout) from failure
    if isinstance(failure, (ServiceUnavailable, SessionExpired)) and local and running:
        _say_died(local, running, failure)
    if is_driver_error(failure):
        log = server.printed(local, since) if local else None
        raise dialect.explain(failure, uri, log=log) from failure
    raise failure


class _Asking(threading.Thread):
    """The thread that asks; it ends by itself when the statement does, or its connection."""

    def __init__(self, question: Question, connect: Callable[[], tuple[neo4j.Driver, neo4j.Session]]) -> None:
        super().__init__(daemon=True)
        self._question, self._connect = question, connect
        self.rows: Rows | None = None
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            driver, session = self._connect()
            with driver, session:
                self.rows = self._question.fetch(session)
        except Exception as error:
            self.failure = error


def _give_up(asking: _Asking, local: Path, running: server.LocalServer) -> None:
    """End the statement on the local server, and the server with it where it cannot give the statement up."""
    cypher = asking._question.cypher
    server.terminate(local, cypher)
    asking.join(_GIVING_UP)
    if asking.is_alive() and server.is_running(running, local, cypher):
        server.begin_anew(running, local)


def _say_died(local: Path, running: server.LocalServer, failure: Exception) -> None:
    """Raise a true sentence when the server ended while it answered; it is up again then."""
    if server.find(local) == running:
        return
    full = server.ran_out_of_memory(local)
    server.start(local)
    raise QueryError("The query took more memory than the local server has, which ended it; the server is up again and "
                     "nothing that was stored is lost: ask for less at once" if full else
                     "The local server ended while it answered; it is up again and nothing that was stored is lost: "
                     "ask again") from failure  # fmt: skip
