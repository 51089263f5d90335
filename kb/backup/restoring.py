"""An archive into an empty graph: proven first, marked while under way, counted at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kb.backup import archive
from kb.backup.archive import RELATIONSHIPS, Manifest, Reader
from kb.errors import BadInput, StoreDamaged
from kb.store import Settings, Store, opening, schema

AT_ONCE = 2000  # nodes or relationships in one transaction
_WINDOW = 50_000  # relationships that are sorted by type before they are written
_CREATE = "UNWIND $rows AS row CREATE (n:LABELS) SET n = row"
_JOIN = """UNWIND $rows AS row
MATCH (a:`START` {id: row.start})
MATCH (b:`END` {id: row.end})
CREATE (a)-[r:`TYPE`]->(b) SET r = row.properties"""
_HELD = "MATCH (n) WHERE NOT n:Schema RETURN count(n) AS n"
_JOINED = "MATCH ()-[r]->() RETURN count(r) AS n"


def restore(settings: Settings, path: Path) -> Manifest:
    """Read a backup into an empty graph, and put back what lay beside it; bring it up to this version's schema.

    The archive is proven whole before the graph is touched. A restore that was broken off is begun anew by another.
    Arguments: where the graph is; the file. Returns: what the file tells of itself.
    Raises: BadInput where the file is no whole backup, of a newer version, or the graph holds something; StoreError.
    """
    with archive.reading(path) as reader:
        manifest = reader.manifest
        if manifest.schema > schema.VERSION:
            raise BadInput(f"{path} was made by a newer version (schema {manifest.schema}, this program knows "
                           f"{schema.VERSION}); update eventline.")  # fmt: skip
        with _alone(settings), opening.open_to_restore(settings) as store:
            _begin(store)
            _fill(store, reader)
            _put_beside(settings.data_dir, reader)
            schema.end_restore(store, manifest.schema)
    opening.open_store(settings).close()  # what an earlier version made is brought up to date
    return manifest


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One restore at a time: another would take the first for broken off. Raises: BadInput."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(settings.data_dir / "restore.lock", timeout=0):
            yield
    except Timeout as error:
        raise BadInput("Another restore into this graph is under way; wait for its end.") from error


def _begin(store: Store) -> None:
    """Mark the graph as one that is being restored; empty it where an earlier restore left something half done."""
    if schema.is_restoring(store):
        schema.clear(store)
    elif held := store.run(_HELD)[0]["n"]:
        raise BadInput(f"The graph at {store.uri} holds {held:,} nodes; a backup is restored into an empty one: give "
                       "another folder with KB_DATA_DIR, or another server with KB_URI.")  # fmt: skip
    schema.begin_restore(store)


def _fill(store: Store, reader: Reader) -> None:
    for name in reader.node_parts():
        for some in _batches(row for row in reader.lines(name) if "Schema" not in row["labels"]):
            for labels, rows in groupby(sorted(some, key=_labels), key=_labels):
                store.execute(_CREATE.replace("LABELS", labels), rows=[row["properties"] for row in rows])
    ordered = _windows(reader.lines(RELATIONSHIPS))
    for (type_, start, end), rows in groupby(ordered, key=_ends):
        statement = _JOIN.replace("START", start).replace("END", end).replace("TYPE", type_)
        for some in _batches({"start": r["start"][1], "end": r["end"][1], "properties": r["properties"]} for r in rows):
            store.execute(statement, rows=some)
    _prove(store, reader.manifest)


def _prove(store: Store, manifest: Manifest) -> None:
    """All that the archive tells of is there. Raises: StoreDamaged."""
    told = sum(count for label, count in manifest.nodes.items() if label != "Schema")
    joined = sum(manifest.relationships.values())
    for what, question, due in (("nodes", _HELD, told), ("relationships", _JOINED, joined)):
        [row] = store.run(question)
        if row["n"] != due:
            raise StoreDamaged(f"{row['n']:,} {what} were restored of {due:,}; others wrote to the graph meanwhile: "
                               "restore it again while nobody does")  # fmt: skip


def _labels(row: dict[str, Any]) -> str:
    return ":".join(f"`{_word(label)}`" for label in row["labels"])


def _ends(row: dict[str, Any]) -> tuple[str, str, str]:
    return _word(row["type"]), _word(row["start"][0]), _word(row["end"][0])


def _word(name: str) -> str:
    """A label or a type, which goes into a statement as it is. Raises: BadInput where it could end its quotes."""
    if not archive.WORD.fullmatch(name):
        raise BadInput(f"“{name}” in the backup is no label and no type of a relationship.")
    return name


def _windows(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, so many at a time by type, so that one statement writes many."""
    while some := list(islice(rows, _WINDOW)):
        yield from sorted(some, key=_ends)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _put_beside(data_dir: Path, reader: Reader) -> None:
    """Write what lay beside the graph, each file whole or not at all.

    Raises: BadInput where there is no room.
    """
    for name, part in reader.beside():
        place = data_dir / name
        draft = place.with_name(f".{place.name}.part")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft.open("wb") as file:
                while chunk := part.read(2**20):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError as error:
            raise BadInput(f"{place} cannot be written ({error.strerror or error}); make room, then restore it "
                           "again.") from error  # fmt: skip
        finally:
            draft.unlink(missing_ok=True)
