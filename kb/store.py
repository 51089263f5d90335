"""The graph store: one code path over Bolt, whether the local server or a Neo4j 5 that KB_URI names.

    with open_store() as store:
        store.execute("MERGE (e:Event {id: $id}) SET e.title = $title", id="e1", title="Annexation of Crimea")
        store.read("MATCH (e:Event) RETURN e.title AS title")

Nothing configured: the local server is started, or joined when it runs. `kb.dialect` tells which Cypher both engines share.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar, cast

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, Query
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired
from platformdirs import user_data_dir

from kb import dialect, schema, server
from kb.dialect import Engine
from kb.errors import KbError, StoreDenied, StoreError, StoreUnavailable
from kb.table import GraphNode, GraphPath, GraphRelationship, Table, cell, graph_of, plain

__all__ = ["Counters", "GraphNode", "GraphPath", "GraphRelationship", "ServerStatus", "Settings", "Store", "Table",
           "Transaction", "open_store", "start", "status", "stop"]  # fmt: skip

T = TypeVar("T")
Role = Literal["writer", "reader"]
_CONFLICT_RETRIES = 5
_CONNECT_TIMEOUT = 10.0  # seconds
_RETRY_TIME = 20.0  # seconds the driver goes on retrying a transaction

# The driver reports each retry and each notification of the server on stderr; what matters reaches the caller as an error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j").propagate = False


@dataclass(frozen=True)
class Settings:
    """Where the graph is. `uri` None: the local server whose data lie in `data_dir`."""

    data_dir: Path
    uri: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None

    @classmethod
    def from_env(cls) -> Self:
        """Read KB_DATA_DIR (default: the user's data folder), KB_URI, KB_USER, KB_PASSWORD, KB_DATABASE."""
        found = {name: os.environ.get(f"KB_{name.upper()}") or None for name in ("uri", "user", "password", "database")}
        data_dir = os.environ.get("KB_DATA_DIR") or user_data_dir("eventline", appauthor=False)
        return cls(Path(data_dir).expanduser(), **found)


@dataclass(frozen=True, slots=True)
class Counters:
    """What a statement changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What `kb store status` shows. `nodes`, `version` and `schema_version` are None while no server answers."""

    running: bool
    engine: Engine | None
    version: str | None
    uri: str | None
    pid: int | None
    data_dir: Path
    size_bytes: int
    nodes: int | None
    schema_version: int | None
    message: str


class Transaction:
    """One transaction under way; everything run in it is stored together or not at all."""

    def __init__(self, driver_transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = driver_transaction

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run a statement; its rows in plain Python values (a node is the dict of its properties)."""
        result = self._transaction.run(cast(Any, cypher), dialect.parameters(params))
        return [{key: plain(value) for key, value in record.items()} for record in result]

    def execute(self, cypher: str, /, **params: Any) -> Counters:
        """Run a statement for what it changes."""
        found = self._transaction.run(cast(Any, cypher), dialect.parameters(params)).consume().counters
        return Counters(**{name: getattr(found, name) for name in Counters.__dataclass_fields__})


class Store:
    """An open graph, as a writer or a reader. Safe to share between threads; close it, or use it in a `with`."""

    engine: Engine
    uri: str
    agent: str

    def __init__(self, settings: Settings, role: Role) -> None:
        self._settings, self._role = settings, role
        self._connect()

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a reading statement, in plain Python values (a node is the dict of its properties).

        Raises: StoreUnavailable, StoreDenied, QueryError.
        """
        return self._run(READ_ACCESS, lambda tx: Transaction(tx).run(cypher, **params))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction and return what it returns. `work` may run more than once, so it must not count on
        anything outside: the transaction is repeated after a transient error, a deadlock or a lost race for a unique id.

        Raises: StoreUnavailable, StoreDenied, QueryError; whatever `work` raises, after a rollback.
        """
        for attempt in range(_CONFLICT_RETRIES):
            try:
                return self._run(WRITE_ACCESS, lambda tx: work(Transaction(tx)), explain_conflict=False)
            except ConstraintError as error:
                if attempt + 1 == _CONFLICT_RETRIES:
                    raise dialect.explain(error, self.uri) from error
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)
        raise AssertionError("unreachable")

    def execute(self, cypher: str, /, **params: Any) -> Counters:
        """Run one writing statement in a transaction of its own. Raises: as `write`."""
        return self.write(lambda tx: tx.execute(cypher, **params))

    def table(self, cypher: str, /, params: Mapping[str, Any] | None = None, *, limit: int = 1000, timeout: float = 10.0) -> Table:
        """At most `limit` rows of any statement, with the graph in them. A reader's table is read-only; a writer's commits.

        Raises: QueryError after `timeout` seconds or when the statement is refused, StoreDenied, StoreUnavailable.
        """
        began = time.monotonic()
        columns, rows, truncated = self._within(timeout, lambda driver: self._fetch(driver, cypher, params, limit, timeout))
        nodes, relationships = graph_of(rows)
        return Table(columns, rows, truncated, nodes, relationships, time.monotonic() - began)

    def close(self) -> None:
        """End the connections. The local server runs on, for the next process."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _connect(self) -> None:
        self.uri, login = _address(self._settings, self._role)
        self._login = login
        try:
            self._driver = self._open_driver()
        except (Neo4jError, DriverError, ValueError) as error:
            raise _explain_open(error, self.uri, self._settings) from error
        try:
            self.agent = self._driver.get_server_info().agent
        except (Neo4jError, DriverError) as error:
            self._driver.close()
            raise _explain_open(error, self.uri, self._settings) from error
        self.engine = dialect.engine_of(self.agent)

    def _open_driver(self) -> neo4j.Driver:
        return GraphDatabase.driver(self.uri, auth=self._login, connection_timeout=_CONNECT_TIMEOUT,
                                    max_transaction_retry_time=_RETRY_TIME, notifications_min_severity="OFF")  # fmt: skip

    def _session(self, driver: neo4j.Driver, access: str) -> neo4j.Session:
        return driver.session(default_access_mode=access, database=self._settings.database)

    def _run(self, access: str, work: Callable[[neo4j.ManagedTransaction], T], *, explain_conflict: bool = True) -> T:
        try:
            with self._session(self._driver, access) as session:
                return session.execute_read(work) if access == READ_ACCESS else session.execute_write(work)
        except ConstraintError as error:
            if not explain_conflict:
                raise
            raise dialect.explain(error, self.uri) from error
        except (Neo4jError, DriverError) as error:
            raise dialect.explain(error, self.uri) from error

    def _fetch(self, driver: neo4j.Driver, cypher: str, params: Mapping[str, Any] | None, limit: int, timeout: float
               ) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...], bool]:  # fmt: skip
        access = READ_ACCESS if self._role == "reader" else WRITE_ACCESS
        with self._session(driver, access) as session, session.begin_transaction(timeout=timeout) as tx:
            result = tx.run(cast(Any, cypher), dialect.parameters(dict(params or {})))
            rows = [tuple(cell(value) for value in record.values()) for record in result.fetch(limit + 1)]
            columns = tuple(result.keys())
            if self._role == "writer":
                tx.commit()
        return columns, tuple(rows[:limit]), len(rows) > limit

    def _within(self, timeout: float, work: Callable[[neo4j.Driver], T]) -> T:
        """Do `work` on connections of its own, and cut them off after the time limit: ArcadeDB ignores the driver's limit."""
        outcome: list[T] = []
        failure: list[BaseException] = []
        driver = self._open_driver()

        def run() -> None:
            try:
                outcome.append(work(driver))
            except BaseException as error:
                failure.append(error)

        worker = threading.Thread(target=run, daemon=True)
        worker.start()
        worker.join(timeout + 0.5)
        if worker.is_alive():
            threading.Thread(target=driver.close, daemon=True).start()
            raise dialect.too_slow(timeout)
        driver.close()
        if not failure:
            return outcome[0]
        error = failure[0]
        if dialect.is_timeout(error):
            raise dialect.too_slow(timeout) from error
        if isinstance(error, (Neo4jError, DriverError)):
            raise dialect.explain(error, self.uri) from error
        raise error


def open_store(settings: Settings | None = None, *, role: Role = "writer") -> Store:
    """Open the graph; with no `uri` in the settings start or join the local server. A writer also makes the schema.

    A reader cannot change anything: on the local server it has a login of its own that the server holds to reading.
    Neo4j's Community edition has no roles; there the transactions are opened for reading, which that server enforces.
    Raises: StoreUnavailable, StoreDenied, StoreDamaged.
    """
    store = Store(settings or Settings.from_env(), role)
    try:
        if role == "writer":
            schema.ensure(store)
        else:
            schema.check(store)
    except BaseException:
        store.close()
        raise
    return store


def start(settings: Settings) -> ServerStatus:
    """Start the local server (or join it) and make the schema. Raises: as `open_store`."""
    with open_store(settings):
        return status(settings)


def stop(settings: Settings) -> ServerStatus:
    """Stop the local server cleanly; a server that KB_URI names is left alone. Raises: StoreUnavailable."""
    if settings.uri:
        return replace(status(settings), message=f"KB_URI names {settings.uri}, which is not ours to stop")
    stopped = server.stop(settings.data_dir)
    return replace(status(settings), message="The local server has stopped" if stopped else "No local server was running")


def status(settings: Settings) -> ServerStatus:
    """Whether a server runs, which, and how much it holds. Starts nothing and raises no StoreError."""
    local = None if settings.uri else server.find(settings.data_dir)
    empty = ServerStatus(False, None, None, settings.uri, None, settings.data_dir, _size(settings.data_dir), None, None,
                         "No local server is running; the next command starts it")  # fmt: skip
    if not settings.uri and local is None:
        return empty
    try:
        with Store(settings, "reader") as store:
            nodes = store.read("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]
            return replace(empty, running=True, engine=store.engine, version=dialect.version_of(store.agent), uri=store.uri,
                           pid=local.pid if local else None, nodes=nodes, schema_version=schema.stored_version(store),
                           message="The server answers")  # fmt: skip
    except StoreError as error:
        return replace(empty, running=local is not None, pid=local.pid if local else None, message=str(error))


def _address(settings: Settings, role: Role) -> tuple[str, tuple[str, str] | None]:
    if settings.uri:
        return settings.uri, (settings.user or "neo4j", settings.password) if settings.password else None
    running = server.start(settings.data_dir)
    return running.uri, (role, getattr(server.passwords(settings.data_dir), role))


def _explain_open(error: Exception, uri: str, settings: Settings) -> KbError:
    if isinstance(error, ServiceUnavailable):
        return dialect.unreachable(uri)
    if isinstance(error, (Neo4jError, DriverError)):
        return dialect.explain(error, uri)
    return StoreUnavailable(f"KB_URI={uri} is no address of a graph server; write it like bolt://host:7687")


def _size(folder: Path) -> int:
    """Bytes in all files below a folder; files that vanish meanwhile count as nothing."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(root, name)).st_size
            except OSError:
                continue
    return total
