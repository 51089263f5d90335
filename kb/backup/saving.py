"""A graph into an archive, as it was at one moment while others write, in batches."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from kb.backup import archive
from kb.backup.archive import BESIDE, RELATIONSHIPS, Manifest, Writer
from kb.errors import StoreDamaged, StoreUnavailable
from kb.store import Store, schema
from kb.store.moments import now
from kb.version import __version__

AT_ONCE = 1000  # nodes in one statement
_LEFT_OUT = frozenset({"Meaning"})  # what `kb index` makes anew from the sentences, and is larger than all else
_TRIES = 3  # how often a graph is read that others write to; the last time they wait, where they can

_KINDS = "MATCH (n) RETURN DISTINCT labels(n) AS labels"
_IDS = "MATCH (n:`LABEL`) RETURN n.id AS id"
_NODES = "UNWIND $ids AS wanted MATCH (n:`LABEL` {id: wanted}) RETURN labels(n) AS labels, properties(n) AS properties"
_OUT = """UNWIND $ids AS wanted
MATCH (n:`LABEL` {id: wanted})-[r]->(m)
RETURN wanted AS start, type(r) AS type, labels(m) AS labels, m.id AS end, properties(r) AS properties"""
_WRITES = "MATCH (s:Schema {id: 'schema'}) RETURN coalesce(s.writes, 0) AS writes"
_ALL = "MATCH (n) WHERE NOT n:Meaning RETURN count(n) AS n"
_JOINED = "MATCH ()-[r]->() RETURN count(r) AS n"


class _ChangedError(Exception):
    """Somebody wrote while the graph was read."""


def save(store: Store, path: Path) -> Manifest:
    """Write all of a graph, and what lies beside it in the data folder, into a file that is not there yet.

    Arguments: the store, open for reading or writing. Returns: what the file tells of itself.
    Raises: BadInput where the file cannot be written; StoreUnavailable where the graph never stood still; StoreError.
    """
    for left in reversed(range(_TRIES)):
        try:
            with nullcontext() if left else store.still(), archive.writing(path) as writer:
                return _save(store, writer)
        except _ChangedError:
            continue
    raise StoreUnavailable("Others wrote to the graph each time it was read; make the backup when they have ended")


def _save(store: Store, writer: Writer) -> Manifest:
    before = _version(store)
    nodes: Counter[str] = Counter()
    relationships: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        listed = {label: Path(folder) / label for label in _labels(store)}
        for label, ids in listed.items():
            _list_ids(store, label, ids)
            writer.lines(f"nodes/{label}.jsonl", _counted(_nodes(store, label, ids), nodes, label))
        writer.lines(RELATIONSHIPS, _typed(_relationships(store, listed), relationships))
    if _version(store) != before:
        raise _ChangedError
    _prove(store, nodes.total(), relationships.total())
    _copy_beside(store.settings.data_dir, writer)
    counts, version = (dict(nodes), dict(relationships)), schema.stored_version(store) or schema.VERSION
    manifest = Manifest(__version__, version, now(), store.engine, *counts, writer.parts)
    archive.finish(writer, manifest)
    return manifest


def _prove(store: Store, nodes: int, relationships: int) -> None:
    """All that the graph holds was read. Raises: StoreDamaged."""
    if store.run(_ALL)[0]["n"] != nodes or store.run(_JOINED)[0]["n"] != relationships:
        raise StoreDamaged("The graph holds nodes that have no id, or one that others of their label have; name them "
                           "with kb cypher --write, then make the backup")  # fmt: skip


def primary(labels: Sequence[str]) -> str:
    """The label by which a node is found: the one that its ids are unique in."""
    return "Entity" if "Entity" in labels else sorted(labels)[0]


def _version(store: Store) -> int:
    return int(store.run(_WRITES)[0]["writes"])


def _labels(store: Store) -> list[str]:
    return sorted({primary(row["labels"]) for row in store.run(_KINDS) if row["labels"]} - _LEFT_OUT)


def _list_ids(store: Store, label: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for row in store.each(_IDS.replace("LABEL", label)):
            lines.write(f"{row['id']}\n")


def _batches(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        while some := [line.rstrip("\n") for line in islice(lines, AT_ONCE)]:
            yield some


def _nodes(store: Store, label: str, ids: Path) -> Iterator[dict[str, Any]]:
    for some in _batches(ids):
        for row in store.run(_NODES.replace("LABEL", label), ids=some):
            yield {"labels": sorted(row["labels"]), "properties": row["properties"]}


def _relationships(store: Store, listed: dict[str, Path]) -> Iterator[dict[str, Any]]:
    for label, ids in listed.items():
        for some in _batches(ids):
            for row in store.run(_OUT.replace("LABEL", label), ids=some):
                yield {"type": row["type"], "start": [label, row["start"]], "end": [primary(row["labels"]), row["end"]],
                       "properties": row["properties"]}  # fmt: skip


def _counted(rows: Iterator[dict[str, Any]], counts: Counter[str], label: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        counts[label] += 1
        yield row


def _typed(rows: Iterator[dict[str, Any]], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        counts[row["type"]] += 1
        yield row


def _copy_beside(data_dir: Path, writer: Writer) -> None:
    for path in sorted((*data_dir.glob("originals/**/*"), *data_dir.glob("*.json"))):
        name = path.relative_to(data_dir).as_posix()
        if path.is_file() and BESIDE.fullmatch(name):
            writer.copy(f"files/{name}", path)
