"""Sources -> raw documents: a file, a folder, a feed, JSONL documents, standard input, an address.

Only `web` uses the network, and only for an address that the user gives or that a feed or sitemap there lists.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from ingest.read.archives import from_warc, from_zip
from ingest.read.contents import KNOWN, LIMIT, from_bytes, from_lines, within_limit
from ingest.read.failure import Failure, failure, legible
from ingest.read.mail import from_mbox
from ingest.read.markup import looks_like_json_feed
from ingest.read.online import Passed, from_address, nothing
from ingest.read.tables import DEFAULT, Columns, from_parquet, holds_articles, is_document
from ingest.read.web import Web, is_address
from ingest.reading.findings import RawDocument
from kb.edtf import Edtf
from kb.errors import UnreadableSource

__all__ = ["Columns", "Failure", "Given", "Web", "expected", "legible", "read"]

_KINDS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "mhtml", ".mht": "mhtml",
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".rss": "feed", ".atom": "feed", ".xml": "xml", ".json": "json", ".jsonl": "documents", ".ndjson": "documents",
    ".csv": "table", ".tsv": "table", ".tab": "table", ".parquet": "parquet",
    ".pdf": "pdf", ".docx": "docx", ".eml": "eml", ".mbox": "mbox", ".zip": "zip", ".warc": "warc", ".arc": "warc",
}  # fmt: skip

_BY_PATH = {"mbox": from_mbox, "warc": from_warc}
_MISTYPED = re.compile(r"^h?t{1,3}ps?[:;]?/{1,3}", re.I)
_HEAD = 20_000  # bytes in which a JSON Feed names its version
_SEVERAL = ("feed", "xml", "json", "table", "parquet", "mbox", "zip", "warc")  # only reading tells how many articles


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said about a source; it wins over what the source says.

    `by_file_name`: the source's folder is a passing one (an upload's), so only the file's name is kept of its path.
    `columns`: how the rows of tables and JSONL are read.
    """

    published: Edtf | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    by_file_name: bool = False
    columns: Columns = DEFAULT


def read(
    source: str, given: Given = Given(), web: Web | None = None, passed: Passed = nothing
) -> Iterator[RawDocument | Failure]:
    """Read every article of a source, in a fixed order; what cannot be read becomes a Failure and the rest goes on.

    Arguments: source, the path of a file or a folder, "-" for standard input, or an address; given, metadata that wins;
    web, what one run knows of the hosts it asks; passed, whether a file or an address need not be opened any more.
    Raises: nothing that the source can cause.
    """
    try:
        for item in _open(source, web, given.columns, passed):
            yield item if isinstance(item, Failure) else _with_given(item, given)
    except Exception as error:
        yield failure(error, source)


def expected(sources: Iterable[str]) -> int | None:
    """How many articles sources hold, as files and lines tell that are not read; None where these do not tell."""
    try:
        numbers = [_number(path) for source in sources for path in _files(source)]
    except (OSError, UnreadableSource):
        return None
    return None if None in numbers else sum(filter(None, numbers))


def _files(source: str) -> Iterator[Path]:
    if source == "-" or is_address(source) or "\0" in source:
        raise UnreadableSource(f"Only reading {source} tells how many articles it holds; read it.")
    path = Path(source)
    yield from _documents(path) if path.is_dir() else [path]


def _number(path: Path) -> int | None:
    kind = _kind(path)
    if kind != "documents":
        return None if kind in _SEVERAL else 1
    if path.suffix.lower() == ".gz":
        return None
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))


def _open(source: str, web: Web | None, columns: Columns, passed: Passed) -> Iterator[RawDocument | Failure]:
    if passed(source):
        return
    if source == "-":
        yield from _from_standard_input(columns)
        return
    if is_address(source):
        yield from from_address(source, web or Web(), columns, passed)
        return
    if not source or "\0" in source:
        raise UnreadableSource("The source has no name; give the path of a file or a folder, or an address.")
    path = Path(source)
    if path.is_dir():
        yield from _from_folder(path, columns, passed)
    elif path.is_file():
        yield from _from_file(path, columns)
    elif path.exists():
        raise UnreadableSource(
            f"{source} is neither a file nor a folder; give a saved page, a text or a folder of them."
        )
    else:
        raise UnreadableSource(f"There is no file or folder {source}; check the path{_or_else(path, source)}.")


def _from_standard_input(columns: Columns) -> Iterator[RawDocument | Failure]:
    """What is piped in: lines of JSON one by one, however many there are, anything else as a whole."""
    given = sys.stdin.buffer
    first = given.readline(LIMIT + 1)
    if is_document(first, LIMIT, columns):
        yield from from_lines("-", chain([first], given), columns)
    else:
        yield from from_bytes("-", within_limit(first + given.read(LIMIT + 1)), None, columns=columns)


def _or_else(path: Path, source: str) -> str:
    """What a path may be meant as: a file of nearly that name, or an address (“www.example.org”, “https//…”)."""
    with suppress(OSError):
        if near := get_close_matches(path.name, [each.name for each in path.parent.iterdir()], 1):
            return f", or give {path.with_name(near[0])}"
    meant = _MISTYPED.sub("", source)
    host = meant.split("/", 1)[0]
    looks = "." in host.strip(".") and not host.startswith(".") and Path(host).suffix.lower() not in _KINDS
    return f", or write https://{meant} if it is an address" if looks and " " not in host else ""


def _from_folder(folder: Path, columns: Columns, passed: Passed) -> Iterator[RawDocument | Failure]:
    found = False
    for path in _documents(folder):
        found = True
        try:
            if not passed(str(path)):
                yield from _from_file(path, columns)
        except Exception as error:
            yield failure(error, str(path))
    if not found:
        raise UnreadableSource(f"The folder {folder} holds no document; a document is a {KNOWN}.")


def _documents(folder: Path) -> Iterator[Path]:
    """Every file of a known kind below a folder, sorted by path; hidden ones and other kinds are no documents."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.parts):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and _is_document(path):
            yield path


def _is_document(path: Path) -> bool:
    """Whether a file of a folder is read; what it holds is looked at only where its name does not tell."""
    if not _depends(path):
        return _kind(path) is not None
    with path.open("rb") as file:
        return _holds_articles(path, file.read(_HEAD))


def _depends(path: PurePath) -> bool:
    """Whether only what stands in a file tells: most JSON is no feed, and most tables hold no articles."""
    return _kind(path) in ("json", "table") and path.suffix.lower() != ".gz"


def _holds_articles(path: PurePath, head: bytes) -> bool:
    if _kind(path) == "json":
        return looks_like_json_feed(head)
    return holds_articles(head.decode("utf-8-sig", "replace"))


def _kind(path: PurePath) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def _from_file(path: Path, columns: Columns) -> Iterator[RawDocument | Failure]:
    kind = _kind(path)
    if kind is None and path.suffix and path.suffix.lower() != ".gz":
        raise UnreadableSource(f"{path} is of a kind that is not read ({path.suffix}); give a {KNOWN}.")
    if kind == "documents" and path.suffix.lower() != ".gz":
        with path.open("rb") as lines:
            yield from from_lines(str(path), lines, columns)
    elif kind == "parquet":
        yield from from_parquet(path, columns)
    elif kind == "zip":
        yield from from_zip(path, _in_archive, lambda name, data: _from_member(name, data, columns))
    elif kind in _BY_PATH:
        yield from _BY_PATH[kind](path)
    else:
        with path.open("rb") as file:
            data = within_limit(file.read(LIMIT + 1))
        yield from from_bytes(str(path), data, kind, columns=columns)


def _in_archive(name: PurePosixPath) -> bool:
    """Whether a file of an archive is read: of a known kind, and no archive itself."""
    return _kind(name) not in (None, "zip", "parquet", *_BY_PATH)


def _from_member(name: str, data: bytes, columns: Columns) -> Iterator[RawDocument | Failure]:
    path = PurePosixPath(name)
    if not _depends(path) or _holds_articles(path, data[:_HEAD]):
        yield from from_bytes(name, data, _kind(path), columns=columns)


def _with_given(raw: RawDocument, given: Given) -> RawDocument:
    said = {name: value for name in ("url", "publisher", "title") if (value := getattr(given, name))}
    if given.by_file_name:
        said["source"] = Path(raw.source).name
    named = replace(raw, **said)
    told = {name: getattr(named, name) for name in ("source", "url", "publisher", "title")}
    words: dict[str, Any] = {name: legible(value) for name, value in told.items() if value}
    words["authors"] = tuple(map(legible, named.authors))
    if given.published:
        return replace(named, **words, published=given.published, published_basis="given")
    return replace(named, **words)
