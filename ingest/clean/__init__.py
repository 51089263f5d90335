"""A raw document -> the article's own text and what is known of its publication."""

from __future__ import annotations

import re
from datetime import date

from ingest.clean import article_text, prose
from ingest.clean.boilerplate import is_prose
from ingest.clean.byline import Header, dateline
from ingest.clean.gates import gate
from ingest.clean.page import Page, read_page
from ingest.clean.paragraphs import level, paragraphs
from ingest.reading.findings import Document, RawDocument
from kb.edtf import Edtf
from kb.errors import NotAnArticle
from kb.models import PublishedBasis


def clean(raw: RawDocument) -> Document:
    """The article of a raw document: NFC text, paragraphs parted by one blank line, the headline first.

    Text of kind "document" is taken exactly as it is. What the user gave wins over what the source says.
    Raises: NotAnArticle when there is too little prose, or data or program code instead of prose.
    """
    if raw.kind == "document":
        return _as_given(raw)
    page = (
        read_page(raw.content, raw.url, raw.address)
        if raw.kind == "html"
        else Page(paragraphs=tuple(paragraphs(raw.content)))
    )
    if raw.kind == "text":
        prose.check_not_table(raw.source, level(raw.content))
    body, header = article_text.article_paragraphs(_with_title(list(page.paragraphs), page.title))
    title = raw.title or page.title or header.title or article_text.headline(body) or ""
    body, _ = article_text.article_paragraphs(_with_title(body, title))
    text = "\n\n".join(body)
    if raw.kind == "text":
        prose.check_not_code(raw.source, text)
    _check_prose(raw, text, body)
    published, basis = _published(raw, page, header, body)
    return Document(
        source=raw.source, text=text, url=raw.url or page.url or header.url, title=" ".join(level(title).split()),
        publisher=raw.publisher or page.publisher or header.publisher or "",
        authors=raw.authors or page.authors or header.authors, language=prose.language(text),
        published=published, published_basis=basis)  # fmt: skip


def _check_prose(raw: RawDocument, text: str, body: list[str]) -> None:
    try:
        prose.check_prose(raw.source, text, body)
    except NotAnArticle as error:
        reason = gate(raw.source, raw.content) if raw.kind == "html" else None
        if reason is None:
            raise
        raise NotAnArticle(reason) from error


def _as_given(raw: RawDocument) -> Document:
    if not raw.content.strip():
        raise NotAnArticle(f"The document {raw.source} has no text; leave it out.")
    return Document(
        source=raw.source, text=raw.content, url=raw.url, title=raw.title or "", publisher=raw.publisher or "",
        authors=raw.authors, published=raw.published, published_basis=raw.published_basis)  # fmt: skip


def _published(raw: RawDocument, page: Page, header: Header, body: list[str]) -> tuple[Edtf | None, PublishedBasis]:
    """The best witness of the publication date: the user or the feed, then metadata, a dated byline, the address.

    A stamp in UTC does not tell the publisher's day, which may be the one before or after: the address or the byline
    then does.
    """
    if raw.published:
        return raw.published, raw.published_basis
    if page.published:
        told = (page.url_date, header.published) if page.in_utc else ()
        local = next((day for day in told if day and _neighbours(day, page.published)), page.published)
        return local, "metadata"
    in_text = header.published or next((day for paragraph in body[:3] if (day := dateline(paragraph))), None)
    if in_text or page.byline_date:
        return page.byline_date or in_text, "byline"
    if page.url_date:
        return page.url_date, "url"
    return None, "unknown"


def _neighbours(one: Edtf, other: Edtf) -> bool:
    """Whether two days, of which one may be no whole date, are a day apart."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1
    except ValueError:
        return False


def _with_title(body: list[str], title: str | None) -> list[str]:
    """The title as the first paragraph, once: a headline that opens the text and says the same stays as it is."""
    words = " ".join(level(title or "").split())
    if not words:
        return body
    key, first = _key(words), _key(" ".join(body[:1]))
    if key == first or (key in first and not is_prose(body[0])):
        return body
    rest = [paragraph for index, paragraph in enumerate(body) if not (index < 4 and _key(paragraph) == key)]
    if len(rest) == len(body) and article_text.headline(body) and _alike(_key(body[0]), key):
        return body
    return [words, *rest]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _alike(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= 0.7 * max(1, min(len(words), len(others)))
