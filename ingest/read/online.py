"""An address -> its raw documents: a page, a feed with the whole of what it only begins to tell, a sitemap."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from ingest.read.contents import from_bytes, sniff
from ingest.read.decode import unpack
from ingest.read.failure import Failure, failure
from ingest.read.tables import DEFAULT, Columns
from ingest.read.web import Fetched, Web, is_address
from ingest.reading.findings import RawDocument
from kb.errors import KbError, UnreadableSource

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"  # https://www.sitemaps.org/protocol.html
_TEASER = 700  # letters of an entry below which it may only begin to tell its article
_DEEP = 2  # sitemaps that may list sitemaps, one below the other
_UNPACKED = 50_000_000  # bytes of one sitemap, by its protocol
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = {
    "text/html": "html", "application/xhtml+xml": "html", "multipart/related": "mhtml", "text/plain": "text",
    "text/markdown": "markdown", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/feed+json": "json", "text/csv": "table", "text/tab-separated-values": "table",
    "application/x-ndjson": "documents", "application/jsonl": "documents", "application/pdf": "pdf", _WORD: "docx",
    "message/rfc822": "eml",
}  # fmt: skip
_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/zip", "application/octet-stream")
_MORE = re.compile(r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|read more|continue reading|read the full \w+)\W*$", re.I)
_TAGS = re.compile(r"<[^>]*>")

Passed = Callable[[str], bool]


def nothing(_: str) -> bool:
    """No source is passed over."""
    return False


def from_address(
    address: str, web: Web, columns: Columns = DEFAULT, passed: Passed = nothing
) -> Iterator[RawDocument | Failure]:
    """Every article at an address.

    Arguments: address; web, which asks for it; columns, how rows are read; passed, whether a page that a sitemap lists
    need not be asked for any more. An entry of a feed that only begins its
    article is replaced by the page that it names; a sitemap stands for the pages it lists, the latest first.
    Raises: UnreadableSource.
    """
    yield from _articles(address, web, 0, columns, passed)


def _articles(address: str, web: Web, depth: int, columns: Columns, passed: Passed) -> Iterator[RawDocument | Failure]:
    found = _asked(address, web, depth)
    if not found.newer:
        return
    if found.kind.startswith(_NO_TEXT) and not found.data.startswith((b"<", b"\x1f\x8b", b"%PDF")):
        raise UnreadableSource(f"{address} is no page or text ({found.kind}); give the address of an article.")
    data = unpack(found.data, _UNPACKED)
    listed = _sitemap(found.address, data)
    if listed is not None:
        yield from _listed(address, listed, web, depth, columns, passed)
        return
    kind = _MEDIA.get(found.kind)
    if sniff(data[:20_000]) in ("feed", "json"):
        kind = None  # many feeds are served as text or pages
    for item in _read(address, found, kind, columns):
        if isinstance(item, Failure):
            yield item
        elif web.memory is not None and depth == 0 and not web.memory.is_new(item.source, item.content):
            continue
        elif item.source.startswith(f"{address}#"):
            yield _whole(item, web)
        else:
            yield replace(item, address=found.address)


def _asked(address: str, web: Web, depth: int) -> Fetched:
    """What lies at an address, or nothing where it is remembered and its host has nothing newer."""
    if web.memory is None or depth > 0:
        return web.fetch(address)
    found = web.fetch(address, web.memory.conditions)
    if found.newer:
        web.memory.hear(dict(found.headers))
    return found


def _read(name: str, found: Fetched, kind: str | None, columns: Columns = DEFAULT) -> Iterator[RawDocument | Failure]:
    return from_bytes(name, found.data, kind, found.charset, columns, got=found.got, headers=found.headers)


def _whole(entry: RawDocument, web: Web) -> RawDocument | Failure:
    """An entry of a feed, with the page it names where it only begins to tell what stands there."""
    if not entry.url or not is_address(entry.url) or not _is_teaser(entry.content):
        return entry
    try:
        page = web.fetch(entry.url)
        documents = list(_read(entry.url, page, _MEDIA.get(page.kind, "html")))
    except KbError as error:
        return failure(error, entry.url)
    first = documents[0]
    if isinstance(first, Failure):
        return first
    return replace(entry, kind=first.kind, content=first.content, address=page.address, original=first.original)


def _is_teaser(content: str) -> bool:
    words = html.unescape(_TAGS.sub(" ", content.split("</h1>", 1)[-1])).strip()
    return len(words) < _TEASER or bool(_MORE.search(words))


def _sitemap(address: str, data: bytes) -> tuple[str, list[str]] | None:
    """The kind of a sitemap ("urlset", "sitemapindex") and what it lists, the latest first; None for anything else."""
    if b"sitemaps.org/schemas/sitemap" not in data[:5_000]:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(f"The sitemap {address} is damaged ({error.msg}); give an article of it.") from error
    rows = [(entry.findtext(f"{{{SITEMAP}}}lastmod") or "", (entry.findtext(f"{{{SITEMAP}}}loc") or "").strip())
            for entry in root]  # fmt: skip
    latest = sorted((row for row in rows if row[1]), key=lambda row: row[0], reverse=True)
    return etree.QName(root).localname, list(dict.fromkeys(loc for _, loc in latest))


def _listed(
    address: str, listed: tuple[str, list[str]], web: Web, depth: int, columns: Columns, passed: Passed
) -> Iterator[RawDocument | Failure]:
    kind, pages = listed
    if not pages:
        raise UnreadableSource(f"The sitemap {address} lists no page; give the address of an article.")
    if kind == "sitemapindex" and depth >= _DEEP:
        raise UnreadableSource(f"The sitemap {address} lists sitemaps that list sitemaps; give one of these.")
    left = (p for p in pages if not passed(p))
    new = (p for p in left if web.memory is None or kind == "sitemapindex" or web.memory.is_new(p))
    for page in new:
        try:
            yield from _articles(page, web, depth + 1 if kind == "sitemapindex" else _DEEP, columns, passed)
        except Exception as error:
            yield failure(error, page)
