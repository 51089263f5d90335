"""Sources -> raw documents: a file, a folder, a feed, JSONL documents, standard input. No network."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.read.decode import decode, unpack
from ingest.read.feeds import document, entries
from ingest.read.markup import from_markdown, from_mhtml, looks_like_feed, looks_like_html
from ingest.reading.findings import RawDocument
from kb.edtf import Edtf
from kb.errors import KbError, UnreadableSource
from kb.log import unforeseen

LIMIT = 20_000_000  # bytes of one page or text; no article is near it, and a parse of more would take minutes

_KINDS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "mhtml", ".mht": "mhtml",
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".rss": "feed", ".atom": "feed", ".xml": "xml", ".jsonl": "documents", ".ndjson": "documents",
}  # fmt: skip
_HALVES = re.compile("[\ud800-\udfff]")  # what no UTF-8 can hold
_KNOWN = "text (.txt, .md), web page (.html, .mhtml), feed (.rss, .atom, .xml) or documents (.jsonl)"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said about a source; it wins over what the source says.

    `by_file_name`: the source's folder is a passing one (an upload's), so only the file's name is kept of its path.
    """

    published: Edtf | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    by_file_name: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a part of one, that could not be read, and why in one sentence."""

    source: str
    reason: str


def read(source: str, given: Given = Given()) -> Iterator[RawDocument | Failure]:
    """Read every article of a source, in a fixed order; what cannot be read becomes a Failure and the rest goes on.

    Arguments: source, the path of a file or a folder, or "-" for standard input; given, metadata that wins.
    Raises: nothing that the source can cause.
    """
    try:
        for item in _open(source):
            yield _legible_failure(item) if isinstance(item, Failure) else _with_given(item, given)
    except Exception as error:
        yield Failure(legible(source), _sentence(error, source))


def _open(source: str) -> Iterator[RawDocument | Failure]:
    if source == "-":
        yield from _from_bytes("-", _within_limit(sys.stdin.buffer.read(LIMIT + 1)), None)
        return
    if source.lower().startswith(("http://", "https://")):
        raise UnreadableSource(
            f"{source} is a web address; save the page in the browser first and give the saved file."
        )
    if not source or "\0" in source:
        raise UnreadableSource("The source has no name; give the path of a file or a folder.")
    path = Path(source)
    if path.is_dir():
        yield from _from_folder(path)
    elif path.is_file():
        yield from _from_file(path)
    elif path.exists():
        raise UnreadableSource(
            f"{source} is neither a file nor a folder; give a saved page, a text or a folder of them."
        )
    else:
        raise UnreadableSource(f"There is no file or folder {source}; check the path.")


def _from_folder(folder: Path) -> Iterator[RawDocument | Failure]:
    """Every file of a known kind below a folder, sorted by path; hidden ones and other kinds are no documents."""
    found = False
    for path in sorted(folder.rglob("*"), key=lambda path: path.parts):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or _kind(path) is None or not path.is_file():
            continue
        found = True
        try:
            yield from _from_file(path)
        except Exception as error:
            yield Failure(str(path), _sentence(error, str(path)))
    if not found:
        raise UnreadableSource(f"The folder {folder} holds no document; a document is a {_KNOWN}.")


def _kind(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def _from_file(path: Path) -> Iterator[RawDocument | Failure]:
    kind = _kind(path)
    if kind is None and path.suffix and path.suffix.lower() != ".gz":
        raise UnreadableSource(f"{path} is of a kind that is not read ({path.suffix}); give a {_KNOWN}.")
    if kind == "documents" and path.suffix.lower() != ".gz":
        with path.open("rb") as lines:
            yield from _documents(str(path), lines)
        return
    with path.open("rb") as file:
        data = _within_limit(file.read(LIMIT + 1))
    yield from _from_bytes(str(path), data, kind)


def _within_limit(data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise UnreadableSource(f"The source is larger than {LIMIT // 1_000_000} MB; split it into single articles.")
    return data


def _from_bytes(source: str, packed: bytes, kind: str | None) -> Iterator[RawDocument | Failure]:
    data = unpack(packed, LIMIT)
    if not data.strip():
        raise UnreadableSource(f"{source} is empty; give a file that holds an article.")
    if kind == "documents":
        yield from _documents(source, data.split(b"\n"))
        return
    if kind == "mhtml":
        data, kind = from_mhtml(source, data), "html"
    sniffed = kind if kind in ("html", "feed", "markdown") else _sniff(data)
    if sniffed == "feed":
        yield from entries(source, data)
        return
    if kind == "xml" and sniffed != "html":
        raise UnreadableSource(f"{source} is XML but neither a feed nor a web page; give a {_KNOWN}.")
    content = decode(source, data, html=sniffed == "html")
    if sniffed == "markdown":
        content = from_markdown(content)
    yield RawDocument(source=source, kind="html" if sniffed == "html" else "text", content=content)


def _documents(source: str, lines: Iterable[bytes]) -> Iterator[RawDocument | Failure]:
    seen = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            seen = True
            try:
                yield document(line, LIMIT)
            except Exception as error:
                yield Failure(f"{source}:{number}", _sentence(error, f"{source}:{number}"))
    if not seen:
        raise UnreadableSource(f"{source} is empty; give a file that holds documents, one JSON object a line.")


def _sniff(data: bytes) -> str:
    if looks_like_feed(data):
        return "feed"
    return "html" if looks_like_html(data) else "text"


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


def legible(name: str) -> str:
    """A name as it can be stored: what no UTF-8 can hold, as in names of files, becomes “\ufffd”."""
    return _HALVES.sub("\ufffd", name)


def _legible_failure(failure: Failure) -> Failure:
    return Failure(legible(failure.source), legible(failure.reason))


def _sentence(error: Exception, name: str) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be read by this user; give yourself the right to read it."
    if isinstance(error, OSError):
        return f"{error.filename or 'The source'} could not be read ({error.strerror or error}); check the path."
    return str(error) if isinstance(error, KbError) else unforeseen(error, name)
