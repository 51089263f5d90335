"""Many articles in one source: the entries of a feed, and a document on a JSON line."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

import feedparser

from ingest.reading.findings import RawDocument
from kb.edtf import Edtf
from kb.errors import UnreadableSource


def entries(source: str, data: bytes) -> Iterator[RawDocument]:
    """One raw document (HTML) per entry of an RSS, RDF or Atom feed, in the feed's order.

    Arguments: source, the feed's name, to which the entry's link or number is added; data, the bytes of the feed.
    Raises: UnreadableSource when there is no entry.
    """
    feed = feedparser.parse(data)
    if not feed.entries:
        raise UnreadableSource(f"The feed {source} holds no entry; give a feed in RSS or Atom that has some.")
    publisher = str(feed.feed.get("title", ""))
    for number, entry in enumerate(feed.entries, 1):
        link = str(entry.get("link", "")) or None
        published = _day(entry.get("published_parsed"))
        yield RawDocument(
            source=f"{source}#{entry.get('id') or link or number}", kind="html", content=_page(entry), url=link,
            title=_plain(entry.get("title", "")) or None, publisher=_plain(publisher) or None,
            authors=tuple(name for author in entry.get("authors", ()) if (name := str(author.get("name", "")).strip())),
            published=published, published_basis="feed" if published else "unknown")  # fmt: skip


def _page(entry: Any) -> str:
    """The entry as a page of its own, the longest of its contents as the body."""
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())] + [str(entry.get("summary", ""))]
    body = max(bodies, key=len)
    if "<" not in body:
        body = "".join(f"<p>{html.escape(part)}</p>" for part in html.unescape(body).split("\n\n"))
    title = html.escape(_plain(entry.get("title", "")))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _plain(markup: str) -> str:
    return html.unescape(str(markup)).strip()


def _day(moment: Any) -> Edtf | None:
    return (
        Edtf(f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}")
        if moment and moment.tm_year > 1900
        else None
    )


def document(line: bytes, limit: int) -> RawDocument:
    """One JSON line `{doc_id, published[, title, url, publisher], text}` as a document; its source is `doc_id`.

    Arguments: line; limit, the most bytes it may have.
    Raises: UnreadableSource when it is no such object; InvalidDate when `published` is no date.
    """
    if len(line) > limit:
        raise UnreadableSource(f"The line is larger than {limit // 1_000_000} MB; split the document.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
        text = row["text"]
        text.encode("utf-8")
        source = str(row["doc_id"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableSource(
            "The line is no document; write a JSON object with doc_id and text (and published, title, url, publisher)."
        ) from error
    day = row.get("published")
    published = Edtf(str(day)[:10] if "T" in str(day) else str(day)) if day else None
    word = {name: str(row[name]) for name in ("url", "title", "publisher") if row.get(name)}
    return RawDocument(
        source=source,
        kind="document",
        content=text,
        url=word.get("url"),
        title=word.get("title"),
        publisher=word.get("publisher"),
        published=published,
        published_basis="metadata" if published else "unknown",
    )
