"""A web page -> its main paragraphs and what its metadata says of the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import html as lxml_html
from lxml.etree import LxmlError, _Element

from ingest.clean.byline import byline
from ingest.clean.main_text import main_text, words_of
from ingest.clean.paragraphs import level
from ingest.reading.written_dates import date_in
from kb.edtf import Edtf

_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date.published",
    "published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "bt:pubdate",
    "rnews:datepublished",
    "timestamp",
    "ptime",
    "displaydate",
    "pub_date",
    "og:pubdate",
    "article:post_date",
)
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review|LiveBlog", re.I)
_DATED = re.compile(
    r"publish|posted|byline|dateline|timestamp|(?:^|[-_ ])(?:date|time)(?:$|[-_ ])|pubdate|(?:entry|post|article)-date",
    re.I,
)
_UTC = re.compile(r"\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]00:?00)\s*$")
_LONGEST_LINE = 120  # characters of a line of dates
_NO_NAME = re.compile(
    r"\d|\b(?:published|updated|posted|staff|(?:mon|tues|wednes|thurs|fri|satur|sun)day|november|december)\b", re.I
)
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_URL_DATE = re.compile(
    rf"/{_YEAR}[/-]{_MONTH}[/-]{_DAY}(?=[/_.-]|$)|[/_-]{_YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the paragraphs of its main text, and its own statements about the article.

    in_utc: whether `published` is the day in UTC of a stamp that tells no other zone.
    """

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Edtf | None = None
    in_utc: bool = False
    byline_date: Edtf | None = None
    url_date: Edtf | None = None


def read_page(content: str, url: str | None = None, fetched: str | None = None) -> Page:
    """Main text by trafilatura, metadata by JSON-LD, meta elements and what stands at the headline.

    Arguments: content, HTML as text; url, the address when it is known otherwise; fetched, the one at which the page
    was got, which counts where it tells none of its own.
    """
    tree = _tree(content)
    if tree is None:
        return Page()
    notes = list(_json_ld(tree))
    found = trafilatura.extract_metadata(content, default_url=url, extensive=False)
    address = url or found.url or fetched or None
    stamp = _metadata_stamp(tree, notes)
    said = Page(
        title=_title(tree, found.title),
        url=address,
        publisher=_publisher(tree, notes) or found.sitename or None,
        authors=_authors(notes, found.author or ""),
        published=_stated(stamp),
        in_utc=_UTC.search(stamp) is not None,
        byline_date=_byline_date(tree),
        url_date=_url_date(address),
    )
    return replace(said, paragraphs=tuple(main_text(tree)))


def _tree(content: str) -> _Element | None:
    try:
        return lxml_html.document_fromstring(
            content.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (LxmlError, ValueError):
        return None


def _title(tree: _Element, found: str | None) -> str | None:
    """The heading of the page when it is the title, since a title element also names the site."""
    headings = [" ".join(level(heading.text_content()).split()) for heading in tree.iter("h1")]
    for heading in headings:
        if heading and found and (heading in found or found in heading):
            return heading
    return found or next((heading for heading in headings if heading), None)


def _json_ld(tree: _Element) -> Iterator[dict[str, Any]]:
    """The article objects of the page's JSON-LD, graphs opened, lists of other articles not."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]/text()'):
        try:
            parsed = json.loads(re.sub(r"[\x00-\x1f]", " ", str(script)))
        except (ValueError, RecursionError):
            continue
        queue = parsed if isinstance(parsed, list) else [parsed]
        for node in queue:
            if isinstance(node, dict):
                queue.extend(node["@graph"] if isinstance(node.get("@graph"), list) else [])
                if _ARTICLE_TYPES.search(str(node.get("@type", ""))):
                    yield node


def _named(notes: list[dict[str, Any]], role: str, otherwise: tuple[str, ...]) -> str:
    """The names that JSON-LD gives to a role, joined by "; "."""
    for note in notes:
        parts = note.get(role)
        listed = parts if isinstance(parts, list) else [parts]
        names = [part.get("name") if isinstance(part, dict) else part for part in listed]
        found = [" ".join(level(name).split()) for name in names if isinstance(name, str) and name.strip()]
        if found:
            return "; ".join(found)
    return "; ".join(otherwise)


def _publisher(tree: _Element, notes: list[dict[str, Any]]) -> str:
    """The site's name for itself, without its motto."""
    names = tree.xpath("//meta[@property='og:site_name']/@content")
    name = next((str(name) for name in names if name.strip()), "") or _named(notes, "publisher", ())
    return re.split(r"\s+[|–—]\s+|\s+-\s+", " ".join(level(name).split()))[0]


def _authors(notes: list[dict[str, Any]], found: str) -> tuple[str, ...]:
    """Names only: no sentence about the author, no address."""
    names = re.split(r"\s*;\s*", _named(notes, "author", (found,)))
    names = [re.sub(r"^by\s+", "", name, flags=re.I) for name in names]
    people = [re.split(r",|\s+(?:is|and)\s", name)[0].strip() for name in names if "/" not in name and "@" not in name]
    return tuple(dict.fromkeys(name for name in people if 0 < len(name.split()) <= 6 and not _NO_NAME.search(name)))


def _metadata_stamp(tree: _Element, notes: list[dict[str, Any]]) -> str:
    """When the article was published, as the page's metadata write it; "" where they do not."""
    for note in notes:
        stamp = str(note.get("datePublished") or "")
        if _stated(stamp):
            return stamp
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    return next((stamp for name in _DATE_METAS if _stated(stamp := metas.get(name, ""))), "")


def _stated(value: str) -> Edtf | None:
    """A date as metadata write it: the day in the page's own time zone. 1970-01-01 is a clock at zero."""
    packed = re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T|\d{6}|$)", value.strip())
    day = date_in("-".join(packed.groups()) if packed else value)
    return None if day in ("1970-01-01", "1900-01-01") else day


def _byline_date(tree: _Element) -> Edtf | None:
    """The date beside the headline: a time element, or an element named for it, before the first paragraphs of text."""
    days: list[Edtf] = []
    for time in tree.xpath("//article//time[@datetime] | //header//time[@datetime] | //main//time[@datetime]"):
        named = " ".join((time.get("class") or "", time.get("itemprop") or "", time.getparent().get("class") or ""))
        if re.search(r"updat|modif", named, re.I):
            told = _told_in(time)
            days += [told] if told else []
            continue
        day = _stated(time.get("datetime") or "")
        days += [day] if day else []
        if day and (time.get("pubdate") is not None or re.search("publish", named, re.I)):
            return day
    if days:
        return days[0]
    for element in tree.xpath("//*[@itemprop='datePublished' or @class or @id]"):
        named = " ".join((element.get("class") or "", element.get("id") or "", element.get("itemprop") or ""))
        if not _DATED.search(named) or re.search(r"updat|modif|comment|related|sidebar|footer|widget", named, re.I):
            continue
        if told := _told_in(element):
            return told
    return None


def _told_in(element: _Element) -> Edtf | None:
    """The day of publication that a short line of a page tells."""
    words = words_of(element)
    said = byline(words) if len(words) <= _LONGEST_LINE else None
    return said.published if said else None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # "http://[" is no address, and dates nothing
        return ""


def _url_date(url: str | None) -> Edtf | None:
    match = _URL_DATE.search(_path(url)) if url else None
    if not match:
        return None
    year, month, day = [part for part in match.groups() if part]
    return date_in(f"{year}-{int(month):02d}-{int(day):02d}")
