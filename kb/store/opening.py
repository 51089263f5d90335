"""Open the graph, and start, stop or look at its server."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from kb.errors import QueryError, StoreDamaged, StoreError
from kb.store import dialect, schema, server
from kb.store.connection import Role, Store
from kb.store.dialect import Engine
from kb.store.settings import Settings


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


def open_store(settings: Settings | None = None, *, role: Role = "writer") -> Store:
    """Open the graph; with no `uri` in the settings start or join the local server. A writer also makes the schema.

    A graph that an earlier version made is brought up to date, whoever opens it. A reader cannot change anything else:
    on the local server it has a login of its own that the server holds to reading. Neo4j's Community edition has no
    roles; there the transactions are opened for reading, which that server enforces.
    Raises: StoreUnavailable, StoreDenied, StoreDamaged.
    """
    store = Store(settings or Settings.from_env(), role)
    try:
        if role == "writer":
            schema.ensure(store)
        elif schema.check(store) not in (None, schema.VERSION):
            open_store(store.settings).close()  # what an earlier version kept does not answer this one's questions
    except QueryError as error:
        store.close()
        raise StoreDamaged(f"The graph at {store.uri} does not work ({error}); restore it from a backup, or use "
                           "another one with KB_DATA_DIR or KB_URI") from error  # fmt: skip
    except BaseException:
        store.close()
        raise
    return store


def open_to_restore(settings: Settings) -> Store:
    """Open the graph for a restore, with its schema; also one whose restore was broken off. Raises: as `open_store`."""
    store = Store(settings, "writer")
    try:
        if schema.stored_version(store) is None or not schema.is_restoring(store):
            schema.ensure(store)
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
    said = "The local server has stopped" if stopped else "No local server was running"
    return replace(status(settings), message=said)


def status(settings: Settings) -> ServerStatus:
    """Tell whether a server runs, which, and how much it holds. Starts nothing and raises no StoreError."""
    local = None if settings.uri else server.find(settings.data_dir)
    empty = ServerStatus(False, None, None, settings.uri, None, settings.data_dir, _size(settings.data_dir), None, None,
                         "No local server is running; the next command starts it")  # fmt: skip
    if not settings.uri and local is None:
        return empty
    try:
        with Store(settings, "reader") as store:
            nodes = store.run("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]
            return replace(empty, running=True, engine=store.engine, version=dialect.version_of(store.agent),
                           uri=store.uri, pid=local.pid if local else None, nodes=nodes,
                           schema_version=schema.stored_version(store), message="The server answers")  # fmt: skip
    except StoreError as error:
        return replace(empty, running=local is not None, pid=local.pid if local else None, message=str(error))


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
