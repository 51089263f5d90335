"""The file of a backup: a ZIP of JSON lines, and a manifest that tells of each part how much it holds and its hash.

    manifest.json                     what follows, and the versions of program and schema
    nodes/Event.jsonl                 {"labels": […], "properties": {…}}, one node a line, by label
    relationships.jsonl               {"type": …, "start": [label, id], "end": [label, id], "properties": {…}}
    files/originals/…, files/views.json    what lies beside the graph, as it is

Any program can read it: nothing in it is of one engine.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from kb.errors import BadInput

FORMAT = 1
MANIFEST, RELATIONSHIPS = "manifest.json", "relationships.jsonl"
# What lies beside the graph and belongs to it, as it is called in the data folder.
BESIDE = re.compile(
    r"originals/[0-9a-f]{2}/[0-9a-f]{64}\.gz|originals/articles/\w{2}/article-\w+\.jsonl|(?:views|left|proposals)\.json",
    re.ASCII,
)
WORD = re.compile(r"\w+")  # a label or type, which is written into statements
_NODES = re.compile(r"nodes/(\w+)\.jsonl", re.A)
_CHUNK = 2**20  # bytes
_LONGEST = 2**28  # bytes of a line; a text of an article is one


@dataclass(frozen=True, slots=True)
class Part:
    """One part: how many bytes, their SHA-256 as hexadecimal digits, how many lines."""

    size: int
    sha256: str
    lines: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. made: when (ISO, UTC); nodes and relationships: how many, by label and type."""

    program: str
    schema: int
    made: str
    engine: str
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    parts: Mapping[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def files(self) -> int:
        """How many files that lie beside the graph."""
        return sum(name.startswith("files/") for name in self.parts)


class Writer:
    """Writes the parts of an archive, and counts and hashes what it writes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, Part] = {}

    def lines(self, name: str, rows: Iterator[Any]) -> None:
        """Write a part of JSON lines. Raises: OSError."""
        self._write(name, (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows), zipfile.ZIP_DEFLATED)

    def copy(self, name: str, source: Path) -> None:
        """Write a file as it is. Raises: OSError."""
        with source.open("rb") as file:
            self._write(name, iter(lambda: file.read(_CHUNK), b""), zipfile.ZIP_STORED)

    def _write(self, name: str, chunks: Iterator[bytes], compression: int) -> None:
        digest, size, lines = hashlib.sha256(), 0, 0
        told = zipfile.ZipInfo(name)
        told.compress_type, told.external_attr = compression, 0o600 << 16
        with self._archive.open(told, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
                digest.update(chunk)
                size, lines = size + len(chunk), lines + 1
        self.parts[name] = Part(size, digest.hexdigest(), lines)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """An archive under another name, which takes its own when all is on the disk; else nothing is left.

    Arguments: path, of a file that is not there yet. Whoever writes puts the manifest last, with `finish`.
    Raises: BadInput where it is there or cannot be written.
    """
    if path.exists():
        raise BadInput(f"{path} is there already; give another name, or move it away.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file:
            os.chmod(draft, 0o600)  # it holds all that the graph holds
            with zipfile.ZipFile(file, "w") as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror or error}); nothing is left of it: make room, or "
                       "give another place.") from error  # fmt: skip
    finally:
        draft.unlink(missing_ok=True)


def finish(writer: Writer, manifest: Manifest) -> None:
    """Write the manifest, which tells of all parts. Raises: OSError."""
    writer.lines(MANIFEST, iter([asdict(manifest)]))


def sync_folder(folder: Path) -> None:
    """Have a file's new name on the disk, where the system lets a folder be synchronized."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Reader:
    """Reads an archive that was proven whole."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    def node_parts(self) -> list[str]:
        """The names of the parts with nodes."""
        return [name for name in self.manifest.parts if _NODES.fullmatch(name)]

    def lines(self, name: str) -> Iterator[Any]:
        """The lines of a part. Raises: BadInput where one is no JSON."""
        with self._archive.open(name) as part:
            while line := part.readline(_LONGEST):
                yield json.loads(line)

    def beside(self) -> Iterator[tuple[str, IO[bytes]]]:
        """What lies beside the graph: its name in the data folder, and its bytes to read."""
        for name in self.manifest.parts:
            if name.startswith("files/"):
                with self._archive.open(name) as part:
                    yield name.removeprefix("files/"), part


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A backup, each part of it compared with its hash before anything is taken from it.

    Raises: BadInput where it is none, of a newer kind, cut short or changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(path, archive)
            for name, part in manifest.parts.items():
                if not _belongs(name):
                    raise BadInput(f"{path} holds “{name}”, which belongs in no backup.")
                _prove(path, archive, name, part)
            yield Reader(archive, manifest)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, ValueError) as error:
        raise _damaged(path, str(error) or type(error).__name__) from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        told = json.loads(archive.read(MANIFEST))
        if not isinstance(told.get("format"), int) or told["format"] > FORMAT:
            raise BadInput(f"{path} is a backup of a newer kind than this program knows; update eventline.")
        parts = {name: Part(**part) for name, part in told["parts"].items()}
        return Manifest(**{**told, "parts": parts})
    except KeyError as error:
        raise BadInput(f"{path} is no backup that kb backup made.") from error
    except (TypeError, AttributeError) as error:
        raise _damaged(path, "its manifest is not as it was written") from error


def _belongs(name: str) -> bool:
    beside = name.removeprefix("files/")
    return name == RELATIONSHIPS or bool(_NODES.fullmatch(name)) or (beside != name and bool(BESIDE.fullmatch(beside)))


def _prove(path: Path, archive: zipfile.ZipFile, name: str, told: Part) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as part:
            while size <= told.size and (chunk := part.read(_CHUNK)):
                digest.update(chunk)
                size += len(chunk)
    except zlib.error as error:
        raise _damaged(path, name) from error
    if size != told.size or digest.hexdigest() != told.sha256:
        raise _damaged(path, name)


def _damaged(path: Path, what: str) -> BadInput:
    return BadInput(f"{path} is damaged ({what}): it is not what kb backup wrote; take another backup.")
