"""The driver, imported without the libraries of data frames, and opened so that it waits for no answer for ever.

It imports numpy, pandas and pyarrow where they are installed, so that a statement's parameters can be data frames: a
second of every command, for what is never passed. They are hidden while it is imported and there again afterwards.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from neo4j import Driver, Session

_CONNECT_TIMEOUT = 10.0  # seconds
_HIDDEN = ("numpy", "pandas", "pyarrow")


def _import_driver() -> None:
    if "neo4j" in sys.modules:
        return
    hidden = [name for name in _HIDDEN if name not in sys.modules]
    modules = cast("dict[str, Any]", sys.modules)
    modules.update(dict.fromkeys(hidden))
    try:
        import neo4j  # noqa: F401, PLC0415 (here, while they are hidden)
    finally:
        for name in hidden:
            if modules.get(name) is None:
                modules.pop(name, None)


_import_driver()


def open_driver(uri: str, login: tuple[str, str] | None, silence: float) -> Driver:
    """A driver that repeats nothing by itself and gives a connection up on which the server is silent for too long.

    Without that bound it waits for ever where the length of a message was garbled on its way. A server that says itself
    how long it may be silent, as Neo4j does, is taken at its word.
    Arguments: a Bolt address; name and password; silence, seconds. Raises: the driver's errors, ValueError.
    """
    from neo4j import GraphDatabase  # noqa: PLC0415 (imported above, without data frames)

    driver = GraphDatabase.driver(uri, auth=login, connection_timeout=_CONNECT_TIMEOUT, max_transaction_retry_time=0,
                                  notifications_min_severity="OFF")  # fmt: skip
    pool: Any = driver._pool  # it has no setting for this
    plain = pool.opener

    def opener(*words: Any, **named: Any) -> Any:
        connection = plain(*words, **named)
        if connection.socket.get_read_timeout() is None:
            connection.socket.set_read_timeout(silence)
        return connection

    pool.opener = opener
    return driver


class Shared:
    """A driver that several threads ask at once: it is closed when the last of them is done.

    The driver itself takes no care of that: closed in the middle of another thread's question, it breaks in either
    (BufferError, AttributeError, a connection left open).
    """

    def __init__(self, driver: Driver) -> None:
        self._driver, self._asking, self._over = driver, 0, False
        self._counting = threading.Lock()

    @contextmanager
    def session(self, **settings: Any) -> Iterator[Session]:
        """A session of the driver's, for the time of a question. Raises: DriverError where it is closed."""
        from neo4j.exceptions import DriverError  # noqa: PLC0415 (imported above, without data frames)

        with self._counting:
            if self._over:
                raise DriverError("Driver closed")
            self._asking += 1
        try:
            with self._driver.session(**settings) as session:
                yield session
        finally:
            with self._counting:
                self._asking -= 1
                last = self._over and not self._asking
            if last:
                self._driver.close()

    def close(self) -> None:
        """Take no further question, and end the connections with the last one that runs."""
        with self._counting:
            idle = not self._over and not self._asking
            self._over = True
        if idle:
            self._driver.close()


def is_driver_error(error: BaseException | None) -> bool:
    """Whether an error is one of the driver's, or of bytes that it could not read."""
    from neo4j.exceptions import DriverError, Neo4jError  # noqa: PLC0415 (imported above, without data frames)

    return isinstance(error, (Neo4jError, DriverError)) or (error is not None and is_unreadable(error))


def is_unreadable(error: BaseException) -> bool:
    """Whether the driver could not read what came from the server: an error that it does not count as its own."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    raised_in = str(trace.tb_frame.f_globals.get("__name__", "")) if trace else ""
    return isinstance(error, (ValueError, LookupError, TypeError, OverflowError, MemoryError, AssertionError)) and (
        raised_in.partition(".")[0] == "neo4j"
    )
