"""Many files in one: ZIP, and what a crawler kept (WARC, ISO 28500)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.read.contents import LIMIT, from_bytes, within_limit
from ingest.read.failure import Failure, failure
from ingest.read.office import missing
from ingest.reading.findings import RawDocument
from kb.errors import UnreadableSource

_RATIO = 200  # times as large as packed, from which on a file of 1 MB and more is a trap and no text
_TRAP = 1_000_000

Member = Callable[[str, bytes], Iterator[RawDocument | Failure]]


def from_zip(path: Path, wanted: Callable[[PurePosixPath], bool], read: Member) -> Iterator[RawDocument | Failure]:
    """Every article of the files of a ZIP, in the order of their names; nothing is unpacked to the disk.

    Arguments: path; wanted, whether a file of this name is a document; read, which reads one, by name and bytes.
    Raises: UnreadableSource where it is damaged or holds no document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted((m for m in archive.infolist() if _plain(m) and wanted(PurePosixPath(m.filename))),
                             key=lambda m: m.filename)  # fmt: skip
            if not members:
                raise UnreadableSource(f"The archive {path} holds no document; give one with pages or texts in it.")
            for member in members:
                name = f"{path}/{member.filename}"
                try:
                    yield from read(name, _content(archive, member, name))
                except Exception as error:
                    yield failure(error, name)
    except (zipfile.BadZipFile, EOFError) as error:
        raise UnreadableSource(f"The archive {path} is damaged; fetch it again.") from error


def _plain(member: zipfile.ZipInfo) -> bool:
    parts = [part for part in PurePosixPath(member.filename).parts if part != ".."]
    return not member.is_dir() and not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    if member.flag_bits & 1:
        raise UnreadableSource(f"{name} is locked with a password; unpack it and give the file.")
    if member.file_size > _TRAP and member.file_size > _RATIO * max(1, member.compress_size):
        raise UnreadableSource(f"{name} unpacks to {_RATIO} times its size and more, as no text does; leave it out.")
    try:
        with archive.open(member) as file:
            data = file.read(LIMIT + 1)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableSource(f"{name} is damaged or packed in a way that is not read; unpack it by hand.") from error
    return within_limit(data, name)


def from_warc(path: Path) -> Iterator[RawDocument | Failure]:
    """The pages that a crawler kept, in its order: answers with status 200 that are pages or texts.

    Arguments: path, of a WARC or ARC file, maybe gzipped. Raises: UnreadableSource where it holds none; MissingAsset.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (an extra)
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError as error:
        raise missing("WARC files", "warcio") from error
    found = False
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                page = _page(record)
                if page is None:
                    continue
                found = True
                try:
                    yield from _kept(page, record.content_stream())
                except Exception as error:
                    yield failure(error, page[0])
        except (ArchiveLoadFailed, EOFError) as error:
            raise UnreadableSource(f"{path} is no WARC file, or a damaged one ({error}); fetch it again.") from error
    if not found:
        raise UnreadableSource(f"{path} holds no page that was got (status 200); give a crawl that has some.")


def _page(record: object) -> tuple[str, str] | None:
    """The address and the media type of a kept page; None for all other records."""
    headers = getattr(record, "http_headers", None)
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower() if headers else ""
    if getattr(record, "rec_type", "") != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""  # type: ignore[attr-defined]
    return (address.strip("<>"), kind) if kind in ("text/html", "application/xhtml+xml", "text/plain") else None


def _kept(page: tuple[str, str], stream: IO[bytes]) -> Iterator[RawDocument | Failure]:
    address, kind = page
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UnreadableSource(f"{address} is larger than {LIMIT // 1_000_000} MB; no article is.")
    for item in from_bytes(address, data, "text" if kind == "text/plain" else "html"):
        yield item if isinstance(item, Failure) else replace(item, address=address)
