"""Bytes of one source, of any kind -> its raw documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.read.decode import decode, unpack
from ingest.read.failure import Failure, failure
from ingest.read.feeds import entries, json_entries
from ingest.read.mail import from_eml
from ingest.read.markup import from_markdown, from_mhtml, looks_like_feed, looks_like_html, looks_like_json_feed
from ingest.read.office import from_docx, from_pdf
from ingest.read.tables import DEFAULT, Columns, document, from_csv
from ingest.reading.findings import Original, RawDocument
from kb.errors import UnreadableSource

LIMIT = 20_000_000  # bytes of one page or text; no article is near it, and a parse of more would take minutes
KNOWN = (
    "text (.txt, .md, .pdf, .docx), web page (.html, .mhtml), feed (.rss, .atom, .xml, .json), letter (.eml, .mbox), "
    "table (.csv, .tsv, .parquet, .jsonl) or archive (.zip, .warc)"
)
_FEEDS = {"feed": entries, "json": json_entries}
_WHOLE = {"pdf": from_pdf, "docx": from_docx, "eml": from_eml}


def within_limit(data: bytes, name: str = "The source") -> bytes:
    """The bytes as they are. Arguments: data; name, of their source. Raises: UnreadableSource for too many."""
    if len(data) > LIMIT:
        raise UnreadableSource(f"{name} is larger than {LIMIT // 1_000_000} MB; split it into single articles.")
    return data


def from_bytes(
    source: str, packed: bytes, kind: str | None, charset: str | None = None, columns: Columns = DEFAULT,
    *, got: str = "", headers: tuple[tuple[str, str], ...] = (),
) -> Iterator[RawDocument | Failure]:  # fmt: skip
    """Every article that the bytes of a source hold.

    Arguments: source, its name; packed, its bytes, maybe gzipped; kind, by the source's name ("html", "mhtml", "text",
    "markdown", "pdf", "docx", "eml", "feed", "xml", "json", "documents", "table"), None where it does not tell;
    charset, as a host declares it; columns, how rows are read; got, headers, when and how a host gave them.
    Raises: UnreadableSource.
    """
    original = Original(packed, kind, charset, got, headers)
    for item in _from_bytes(source, packed, kind, charset, columns):
        if isinstance(item, Failure):
            yield item
        else:
            own = item.original and replace(item.original, got=got, headers=headers)
            yield replace(item, original=own or original)


def _from_bytes(
    source: str, packed: bytes, kind: str | None, charset: str | None, columns: Columns
) -> Iterator[RawDocument | Failure]:
    data = unpack(packed, LIMIT)
    if not data.strip():
        raise UnreadableSource(f"{source} is empty; give a file that holds an article.")
    if kind == "documents":
        yield from from_lines(source, data.split(b"\n"), columns)
        return
    if kind == "table":
        yield from from_csv(source, decode(source, data, html=False, charset=charset), columns)
        return
    if data.startswith(b"%PDF"):
        kind = "pdf"
    if kind in _WHOLE:
        yield from _WHOLE[kind](source, data)
        return
    if kind == "mhtml":
        data, kind = from_mhtml(source, data), "html"
    sniffed = kind if kind in ("html", "feed", "markdown") else sniff(data)
    if sniffed in _FEEDS:
        yield from _FEEDS[sniffed](source, data)
        return
    if kind in ("xml", "json") and sniffed != "html":
        raise UnreadableSource(f"{source} is {kind.upper()} but neither a feed nor a web page; give a {KNOWN}.")
    content = decode(source, data, html=sniffed == "html", charset=charset)
    if sniffed == "markdown":
        content = from_markdown(content)
    yield RawDocument(source=source, kind="html" if sniffed == "html" else "text", content=content)


def from_lines(source: str, lines: Iterable[bytes], columns: Columns = DEFAULT) -> Iterator[RawDocument | Failure]:
    """A document for each line that is not empty; arguments as `from_bytes`. Raises: UnreadableSource for none."""
    seen = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            seen = True
            try:
                yield replace(document(line, LIMIT, columns), original=Original(line, "documents"))
            except Exception as error:
                yield failure(error, f"{source}:{number}")
    if not seen:
        raise UnreadableSource(f"{source} is empty; give a file that holds documents, one JSON object a line.")


def sniff(data: bytes) -> str:
    """What bytes are by what stands in them: "feed", "json" (a JSON Feed), "html" or "text"."""
    if looks_like_feed(data):
        return "feed"
    if looks_like_json_feed(data):
        return "json"
    return "html" if looks_like_html(data) else "text"
