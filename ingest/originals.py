"""The bytes that articles were read from, as they were got: kept by what they are, and given back.

A file by the SHA-256 of its bytes, gzipped, holds each once, whatever number of articles came from it. A list by
article tells which bytes it was read from, when, and what the host said of them. Both lie in the data folder, beside
the graph; nothing of them is ever changed, so a copy of the folder is a backup.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.read import Failure
from ingest.read.contents import from_bytes
from ingest.reading.findings import Original, RawDocument
from kb.edtf import Edtf
from kb.errors import BadInput, StoreDamaged

_FOLDER, _LISTS = "originals", "articles"
_SHARD = 2  # letters of a name that make a folder of it, so that none holds too many files
_TOLD = tuple(f.name for f in fields(RawDocument) if f.name not in ("content", "original"))


@dataclass(frozen=True, slots=True)
class Kept:
    """One time that an article was read.

    sha256: of the bytes, as hexadecimal digits. size: how many. got: when they were got, or first kept (ISO, UTC).
    headers: what the host said, empty for a file. kind, charset: as in `Original`. document: what else was known of the
    article, by the names of `RawDocument`.
    """

    sha256: str
    size: int
    got: str
    headers: tuple[tuple[str, str], ...]
    kind: str | None
    charset: str | None
    document: dict[str, Any]


def keep(data_dir: Path, article: str, raw: RawDocument) -> None:
    """Keep what an article was read from, if it is known and not kept already.

    Arguments: the data folder; the article's id; the article as read. Raises: OSError.
    """
    if raw.original is None:
        return
    made = _made(raw, raw.original)
    last = next(iter(kept(data_dir, article)), None)
    if last is not None and replace(made, got=last.got, headers=last.headers) == last:
        return
    _store(_place(data_dir, made.sha256), raw.original.data)
    listed = _list_of(data_dir, article)
    listed.parent.mkdir(parents=True, exist_ok=True)
    with listed.open("a", encoding="utf-8") as lines:
        lines.write("\n" + json.dumps(asdict(made), ensure_ascii=False) + "\n")  # apart from a line that was cut short


def kept(data_dir: Path, article: str) -> list[Kept]:
    """The times an article was read from bytes that are kept, the last first."""
    listed = _list_of(data_dir, article)
    if not listed.is_file():
        return []
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if _is_whole(line)]
    return [Kept(**row | {"headers": tuple(map(tuple, row["headers"]))}) for row in reversed(rows)]


def data_of(data_dir: Path, one: Kept) -> bytes:
    """The bytes of one reading. Raises: StoreDamaged where they are gone or are others."""
    place = _place(data_dir, one.sha256)
    try:
        data = gzip.decompress(place.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise StoreDamaged(
            f"The original {one.sha256} is gone or damaged ({error}); ingest its source again."
        ) from error
    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise StoreDamaged(f"The original {one.sha256} holds other bytes than were got; ingest its source again.")
    return data


def again(data_dir: Path, article: str) -> RawDocument:
    """An article from its kept bytes, as the rules of this version read them.

    Raises: BadInput where no bytes are kept, or no article is found in them any more; StoreDamaged.
    """
    last = next(iter(kept(data_dir, article)), None)
    if last is None:
        raise BadInput(f"No original of {article} is kept; it was read before originals were, or from a table.")
    told = last.document
    found = [raw for raw in from_bytes(told["source"], data_of(data_dir, last), last.kind, last.charset)
             if not isinstance(raw, Failure)]  # fmt: skip
    raw = next((r for r in found if r.source == told["source"]), found[0] if len(found) == 1 else None)
    if raw is None:
        raise BadInput(f"The original of {article} holds no article of the name {told['source']} any more.")
    known = {**told, "authors": tuple(told["authors"])}
    known["published"] = Edtf(told["published"]) if told["published"] else None
    return replace(raw, **{name: value for name, value in known.items() if name != "kind"})


def damaged(data_dir: Path) -> Iterator[tuple[str, str]]:
    """The originals that are gone or hold other bytes than were got: article id and what is wrong."""
    for listed in sorted((data_dir / _FOLDER / _LISTS).glob("*/*.jsonl")):
        for one in kept(data_dir, listed.stem):
            try:
                data_of(data_dir, one)
            except StoreDamaged as error:
                yield listed.stem, str(error)


def count(data_dir: Path) -> int:
    """How many articles have an original that is kept."""
    return sum(1 for _ in (data_dir / _FOLDER / _LISTS).glob("*/*.jsonl"))


def _made(raw: RawDocument, original: Original) -> Kept:
    told = {name: getattr(raw, name) for name in _TOLD}
    told |= {"authors": list(raw.authors), "published": str(raw.published) if raw.published else None}
    return Kept(
        original.sha256, len(original.data),
        original.got or datetime.now(UTC).isoformat(timespec="seconds"),
        original.headers, original.kind, original.charset, told,
    )  # fmt: skip


def _is_whole(line: str) -> bool:
    """A line that a crash cut short is none; what it told is kept again with the next reading."""
    return line.endswith("}")


def _store(place: Path, data: bytes) -> None:
    """Write the bytes under their name, whole or not at all."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        try:
            file.write(gzip.compress(data, mtime=0))
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _place(data_dir: Path, sha256: str) -> Path:
    return data_dir / _FOLDER / sha256[:_SHARD] / f"{sha256}.gz"


def _list_of(data_dir: Path, article: str) -> Path:
    return data_dir / _FOLDER / _LISTS / article[-_SHARD:] / f"{article}.jsonl"
