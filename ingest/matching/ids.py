"""Ids that hash what identifies a thing, so that the same article gives the same graph in any order.

Nothing here reads the graph.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from ingest.reading.findings import Document, EntityFinding


def digest(kind: str, *parts: object) -> str:
    """An id: the kind, then 80 bits of the sha256 of what identifies the thing."""
    text = "\x1f".join(str(part) for part in parts)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def name_key(name: str) -> str:
    """A name without case, accents and punctuation, so that spellings of one name share an id."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[’']s\b", "", plain)
    words = re.findall(r"\w+", plain)
    while len(words) > 1 and words[0] == "the":  # also behind a mark, so that a key is its own key
        del words[0]
    return " ".join(words)


def snapshot_id(text: str) -> str:
    """sha256 of the text, as DESIGN's Snapshot.id."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_id(document: Document) -> str:
    """An article is its URL; one without a URL is its text."""
    return digest("article", _url_key(document.url) if document.url else snapshot_id(document.text))


def fingerprint(document: Document, version: str, heeded: Iterable[str] = ()) -> str:
    """What must be equal for a second ingest to change nothing.

    Arguments: document, its text and what is known of it; version, of the rules; heeded, what humans decided that it is
    read by.
    """
    known = (document.url, document.title, document.publisher, document.authors, document.language, document.published,
             document.published_basis, document.stated_published, document.stated_basis)  # fmt: skip
    return digest("fingerprint", snapshot_id(document.text), *known, version, *sorted(heeded))


def entity_id(entity: EntityFinding, article: str) -> str:
    """A known place or organisation by its gazetteer id, a name by its letters, an unnamed source by its article."""
    if entity.gazetteer:
        return digest(entity.kind.lower(), entity.gazetteer)
    if entity.described:
        return digest(entity.kind.lower(), article, name_key(entity.name))
    return digest(entity.kind.lower(), name_key(entity.goes_by or entity.name))


def _url_key(url: str) -> str:
    """A URL without what does not change the page: fragment, tracking words, scheme, "www." and a final slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[" is in the metadata of real pages
        return url.strip()
    query = "&".join(sorted(q for q in parts.query.split("&") if q and not re.match(r"(utm_|fbclid|gclid|ref=)", q)))
    host = parts.netloc.casefold().removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, ""))
