"""An open graph: the driver's sessions, transactions that are repeated when they may succeed, and time limits."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeVar, cast

import neo4j
from filelock import FileLock, Timeout
from neo4j import READ_ACCESS, WRITE_ACCESS
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kb.errors import QueryError, StoreUnavailable
from kb.store import bounds, dialect, http, java, logins, server
from kb.store.dialect import Engine
from kb.store.driver import Shared, is_driver_error, is_unreadable, open_driver
from kb.store.question import FETCHED, Question, Rows, ask
from kb.store.settings import Settings
from kb.store.table import Table, graph_of, plain

T = TypeVar("T")
Role = Literal["writer", "reader"]
_RETRY_TIME, _LOST_TIME = 30.0, 5.0  # seconds to go on after transient errors, after a server has gone
_SPARE = 15.0  # seconds for the local server to say that it gave a statement up
_RACES = 4  # how often a transaction is repeated because an id was taken
_LOCK_TIME = 300.0  # seconds to wait for another process that writes
_LOOK = 0.005  # seconds between two looks whether it has ended: a writing takes some hundredths

# The graph's version: every answer that was given by another is out of date.
RAISE = "MATCH (s:Schema {id: 'schema'}) SET s.writes = coalesce(s.writes, 0) + 1"

# The driver reports each retry and each notification of the server on stderr; what matters becomes an error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j").propagate = False


@dataclass(frozen=True, slots=True)
class Counters:
    """What a statement changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0


class Queryable(Protocol):
    """What answers statements: an open store, now or as it was, or a transaction with what it has written itself."""

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run a statement; its rows in plain Python values."""


class Transaction:
    """One transaction under way; everything run in it is stored together or not at all."""

    def __init__(self, driver_transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = driver_transaction
        self._waiting: list[dialect.Step] = []

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run a statement; its rows in plain Python values (a node is the dict of its properties)."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            cypher, params = dialect.one_after_another([*waiting, (dialect.within_braces(cypher), params)])
        result = self._transaction.run(cast(Any, cypher), dialect.parameters(params))
        names = result.keys()
        return [dict(zip(names, map(plain, record.values()), strict=True)) for record in result]

    def execute(self, cypher: str, /, **params: Any) -> Counters:
        """Run a statement for what it changes."""
        self.settle()
        found = self._transaction.run(cast(Any, cypher), dialect.parameters(params)).consume().counters
        return Counters(**{name: getattr(found, name) for name in Counters.__dataclass_fields__})

    def later(self, cypher: str, /, **params: Any) -> None:
        """Do what a statement does before anything else is asked or done: it is sent with what comes next.

        Arguments: the statement, which returns nothing; its parameters. What it raises is raised then.
        """
        self._waiting.append((cypher, params))

    def settle(self) -> None:
        """Do now what was to be done later."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            cypher, params = dialect.one_after_another(waiting)
            self._transaction.run(cast(Any, cypher), dialect.parameters(params)).consume()


class Store:
    """An open graph, as a writer or a reader. Safe to share between threads; close it, or use it in a `with`.

    Writers take turns on the local server: ArcadeDB lets two transactions that run at once each MERGE the same
    relationship and keeps both, and it makes the second of two that touch one node start over. Neo4j locks by itself.
    """

    engine: Engine
    uri: str
    agent: str

    def __init__(self, settings: Settings, role: Role) -> None:
        self._settings, self._role = settings, role
        self._reconnecting = threading.Lock()
        self._turn = None if settings.uri else FileLock(settings.data_dir / "write.lock", timeout=_LOCK_TIME)
        self._driver = Shared(self._connect())

    @property
    def settings(self) -> Settings:
        """Where the graph is, for another process that opens it."""
        return self._settings

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Fetch all rows of a reading statement, in plain Python values (a node is the dict of its properties).

        Raises: StoreUnavailable, StoreDenied, QueryError.
        """
        return self._repeat(READ_ACCESS, lambda tx: Transaction(tx).run(cypher, **params))

    def each(self, cypher: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Rows of a reading statement one by one, as `run` gives them, for more than memory holds; never repeated.

        Raises: as `run`.
        """
        since = self._log_end()
        try:
            with self._session(self._driver, READ_ACCESS) as session, session.begin_transaction() as transaction:
                result = transaction.run(cast(Any, cypher), dialect.parameters(params))
                names = result.keys()
                for record in result:
                    yield dict(zip(names, map(plain, record.values()), strict=True))
        except Exception as error:
            if is_driver_error(error):
                raise dialect.explain(error, self.uri, log=self._printed(since)) from error
            raise

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction and return what it returns.

        `work` may run more than once, so it must not count on anything outside: the transaction is repeated after a
        transient error, a deadlock or a lost race for a unique id. It raises the graph's version.
        Raises: StoreUnavailable, StoreDenied, QueryError; whatever `work` raises, after a rollback.
        """

        def raising(tx: neo4j.ManagedTransaction) -> T:
            transaction = Transaction(tx)
            done = work(transaction)
            transaction.later(RAISE)
            transaction.settle()
            return done

        with self._writing():
            return self._repeat(WRITE_ACCESS, raising)

    def define(self, statement: str) -> None:
        """Run a statement that makes a constraint or an index: Neo4j takes no other beside it. Raises: as `write`."""
        with self._writing():
            self._repeat(WRITE_ACCESS, lambda tx: Transaction(tx).execute(statement))

    def execute(self, cypher: str, /, **params: Any) -> Counters:
        """Run one writing statement in a transaction of its own. Raises: as `write`."""
        return self.write(lambda tx: tx.execute(cypher, **params))

    def index_words(self, label: str, properties: tuple[str, ...]) -> None:
        """Make the full-text index of a label, over these string properties, unless it is there.

        An ArcadeDB that KB_URI names has no place for it: what Bolt takes cannot make one.
        Raises: as `write`.
        """
        self._make(dialect.words_index(self.engine, label, properties))

    def index_vectors(self, label: str, prop: str, dimensions: int) -> None:
        """Make the index of nearest vectors of a label, unless it is there.

        Arguments: label; prop, which holds them; dimensions, how many numbers each has. Raises: as `write`, and
        QueryError at an ArcadeDB that KB_URI names, which has no place for it.
        """
        self._refuse_elsewhere()
        self._make(dialect.vectors_index(self.engine, label, prop, dimensions))

    def drop_vectors(self, label: str) -> None:
        """Drop the index of nearest vectors of a label, if it is there. Raises: as `index_vectors`."""
        self._refuse_elsewhere()
        self._make([dialect.drop_vectors_index(self.engine, label)])

    def _refuse_elsewhere(self) -> None:
        if self.engine != "neo4j" and self._settings.uri:
            raise QueryError(f"The ArcadeDB at {self.uri} makes no index over Bolt; use the local server or a Neo4j")

    def _make(self, statements: Sequence[str]) -> None:
        """Run statements that make or drop an index: Cypher on Neo4j, SQL on the local server."""
        if self.engine == "neo4j":
            for statement in statements:
                self.define(statement)
        elif not self._settings.uri:
            folder = self._settings.data_dir
            with self._writing():
                port, login = server.start(folder).http, logins.passwords(folder).login("writer")
                http.define(port, java.DATABASE, statements, login)

    def table(
        self,
        cypher: str,
        /,
        params: Mapping[str, Any] | None = None,
        *,
        limit: int = 1000,
        size: int = bounds.ANSWER,
        timeout: float = 10.0,
    ) -> Table:
        """Fetch at most `limit` rows and `size` bytes of any statement, with the graph in them.

        A writer's changes are stored. Where there is no row, ArcadeDB does not tell the columns either.
        Raises: QueryError after `timeout` seconds, when the statement is refused or takes more memory than it may;
        StoreDenied when a reader would write or load a file; StoreUnavailable.
        """
        began = time.monotonic()
        asked = Question(dialect.storable(cypher), params or {}, limit, size, timeout)
        columns, rows, truncated = self._ask(asked)
        nodes, relationships = graph_of(rows)
        return Table(columns, rows, truncated, nodes, relationships, time.monotonic() - began)

    def _ask(self, asked: Question) -> Rows:
        local = None if self._settings.uri else self._settings.data_dir
        if self._role == "writer":
            with self._writing():
                found = ask(asked, self._open_session, self.uri, local)
            self.write(lambda _: None)
            return found
        dialect.refuse_loading(asked.cypher)
        bounds.refuse_growing(asked.cypher)
        with bounds.turn(local, asked.timeout) if local else nullcontext():
            return ask(asked, self._open_session, self.uri, local)

    def close(self) -> None:
        """End the connections, each when what is asked through it is answered. The local server runs on, for others."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _connect(self) -> neo4j.Driver:
        try:
            return self._greeted()
        except ServiceUnavailable as error:
            if self._settings.uri:
                raise dialect.explain(error, self.uri) from error
        try:  # the local server has just ended, or is about to
            server.start(self._settings.data_dir, proven=True)
            return self._greeted()
        except ServiceUnavailable as error:
            raise dialect.explain(error, self.uri, log="") from error

    def _greeted(self) -> neo4j.Driver:
        """A driver whose server has said who it is. Raises: ServiceUnavailable; StoreUnavailable, StoreDenied."""
        self.uri, self._login = _address(self._settings, self._role)
        driver = None
        try:
            driver = self._open_driver()
            self.agent = driver.get_server_info().agent
        except Exception as error:
            if driver:
                driver.close()
            if isinstance(error, ServiceUnavailable):
                raise
            raise dialect.explain(error, self.uri, log=None if self._settings.uri else "") from error
        self.engine = dialect.engine_of(self.agent)
        return driver

    def _open_driver(self) -> neo4j.Driver:
        local = java.COMMAND_TIMEOUT + _SPARE  # it gives a statement up by itself
        return open_driver(self.uri, self._login, self._settings.silence if self._settings.uri else local)

    def _open_session(self) -> tuple[neo4j.Driver, neo4j.Session]:
        """A connection of its own for one question."""
        driver, access = self._open_driver(), READ_ACCESS if self._role == "reader" else WRITE_ACCESS
        return driver, driver.session(default_access_mode=access, database=self._settings.database, fetch_size=FETCHED)

    def _session(self, driver: Shared, access: str) -> AbstractContextManager[neo4j.Session]:
        return driver.session(default_access_mode=access, database=self._settings.database)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let no other process write to the local server; a Neo4j has no such turn. Raises: StoreUnavailable."""
        with self._held():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the turn to write; a second write inside the first, on one thread, has it already."""
        with nullcontext() if self._role == "reader" else self._held():
            yield

    @contextmanager
    def _held(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        try:
            self._turn.acquire(poll_interval=_LOOK)
        except Timeout as error:
            raise StoreUnavailable(f"Another process has been writing to the graph for {_LOCK_TIME:.0f} seconds; "
                                   "wait for it or end it, then try again") from error  # fmt: skip
        try:
            yield
        finally:
            self._turn.release()

    def _repeat(self, access: str, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Run `work` in a transaction until it succeeds, fails for good, or its time is over."""
        began, pause, races = time.monotonic(), 0.02, 0
        since = self._log_end()
        while True:
            driver = self._driver
            try:
                with self._session(driver, access) as session:
                    return session.execute_read(work) if access == READ_ACCESS else session.execute_write(work)
            except Exception as error:
                if not is_driver_error(error):
                    raise
                lost = is_unreadable(error) or isinstance(error, (ServiceUnavailable, SessionExpired))
                allowed = _LOST_TIME if lost and self._settings.uri else _RETRY_TIME
                races += isinstance(error, ConstraintError)  # a rival's node, seen at the next try; else a true clash
                if races > _RACES or not _worth_repeating(error) or time.monotonic() - began > allowed:
                    raise dialect.explain(error, self.uri, log=self._printed(since)) from error
                if lost:
                    self._reconnect(driver)
            time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - only so that two rivals do not meet again
            pause = min(pause * 2, 1.0)

    def _log_end(self) -> int:
        return 0 if self._settings.uri else server.log_size(self._settings.data_dir)

    def _printed(self, since: int) -> str | None:
        return None if self._settings.uri else server.printed(self._settings.data_dir, since)

    def _reconnect(self, lost: Shared) -> None:
        """Find the local server again, or start it: it may have been stopped since, and be on other ports now."""
        if self._settings.uri:
            return
        with self._reconnecting:
            if self._driver is lost:
                lost.close()
                self._driver = Shared(self._connect())


def _worth_repeating(error: Exception) -> bool:
    """Whether the same transaction may succeed now; the driver does not count a lost race for a unique id."""
    if isinstance(error, (Neo4jError, DriverError)):
        return error.is_retryable() or isinstance(error, ConstraintError)
    return True


def _address(settings: Settings, role: Role) -> tuple[str, tuple[str, str] | None]:
    if settings.uri:
        dialect.check_address(settings.uri)
        return settings.uri, (settings.user or "neo4j", settings.password) if settings.password else None
    running = server.start(settings.data_dir)
    return running.uri, logins.passwords(settings.data_dir).login(role)
