"""Many articles in one source: the entries of a feed in RSS, Atom or JSON Feed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from ingest.reading.findings import RawDocument
from ingest.reading.written_dates import date_in
from kb.edtf import Edtf
from kb.errors import InvalidDate, UnreadableSource

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}))")


def entries(source: str, data: bytes) -> Iterator[RawDocument]:
    """One raw document (HTML) per entry of an RSS, RDF or Atom feed, in the feed's order.

    Arguments: source, the feed's name, to which the entry's link or number is added; data, the bytes of the feed.
    Raises: UnreadableSource when there is no entry.
    """
    feed = feedparser.parse(_REFERENCE.sub(_letter, data))
    if not feed.entries:
        raise UnreadableSource(f"The feed {source} holds no entry; give a feed in RSS or Atom that has some.")
    publisher = str(feed.feed.get("title", ""))
    for number, entry in enumerate(feed.entries, 1):
        link = str(entry.get("link", "")) or None
        # The day as the publisher counts days: what is parsed is in UTC, where an evening may be the next day.
        published = date_in(str(entry.get("published", ""))) or _day(entry.get("published_parsed"))
        yield RawDocument(
            source=f"{source}#{entry.get('id') or link or number}", kind="html", content=_page(entry), url=link,
            title=_plain(entry.get("title", "")) or None, publisher=_plain(publisher) or None,
            authors=tuple(name for author in entry.get("authors", ()) if (name := str(author.get("name", "")).strip())),
            published=published, published_basis="feed" if published else "unknown")  # fmt: skip


def _letter(found: re.Match[bytes]) -> bytes:
    """A reference to a letter that there is, as it stands; to half a letter or none, to U+FFFD, as HTML has it."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return b"&#xFFFD" if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else found[0]


def json_entries(source: str, data: bytes) -> Iterator[RawDocument]:
    """One raw document (HTML) per item of a JSON Feed 1.0 or 1.1 (https://jsonfeed.org/version/1.1).

    Arguments and errors as `entries`.
    """
    try:
        feed = json.loads(data.decode("utf-8-sig"))
        items = [item for item in feed["items"] if isinstance(item, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableSource(f"The feed {source} is no JSON Feed; give one that has a list of items.") from error
    if not items:
        raise UnreadableSource(f"The feed {source} holds no entry; give a feed that has some.")
    publisher = _plain(feed.get("title") or "")
    for number, item in enumerate(items, 1):
        link = str(item.get("url") or item.get("external_url") or "") or None
        authors = item.get("authors") or [item.get("author")]
        published = _iso_day(item.get("date_published"))
        yield RawDocument(
            source=f"{source}#{item.get('id') or link or number}", kind="html", url=link,
            content=_as_page(_plain(item.get("title") or ""),
                             [str(item.get(name) or "") for name in ("content_html", "content_text", "summary")]),
            title=_plain(item.get("title") or "") or None, publisher=publisher or None,
            authors=tuple(str(one["name"]) for one in authors if isinstance(one, dict) and one.get("name")),
            published=published, published_basis="feed" if published else "unknown")  # fmt: skip


def _iso_day(moment: Any) -> Edtf | None:
    """The day of an RFC 3339 moment, as its publisher counts days."""
    found = re.match(r"(\d{4}-\d\d-\d\d)T", str(moment or ""))
    try:
        return Edtf(found[1]) if found else None
    except InvalidDate:
        return None


def _page(entry: Any) -> str:
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())] + [str(entry.get("summary", ""))]
    return _as_page(_plain(entry.get("title", "")), bodies)


def _as_page(heading: str, bodies: list[str]) -> str:
    """An entry as a page of its own, the longest of its contents as the body."""
    body = max(bodies, key=len)
    if "<" not in body:
        body = "".join(f"<p>{html.escape(part)}</p>" for part in html.unescape(body).split("\n\n"))
    title = html.escape(heading)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _plain(markup: str) -> str:
    return html.unescape(str(markup)).strip()


def _day(moment: Any) -> Edtf | None:
    return (
        Edtf(f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}")
        if moment and moment.tm_year > 1900
        else None
    )
