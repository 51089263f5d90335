"""Ids that hash what identifies a thing, so that the same article gives the same graph in any order.

Nothing here reads the graph.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

from ingest.findings import Document, EntityFinding, EventFinding
from kb.edtf import Edtf


def digest(kind: str, *parts: object) -> str:
    """An id: the kind, then 80 bits of the sha256 of what identifies the thing."""
    text = "\x1f".join(str(part) for part in parts)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def name_key(name: str) -> str:
    """A name without case, accents and punctuation, so that spellings of one name share an id."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[’']s\b", "", plain)
    return " ".join(re.findall(r"\w+", plain.removeprefix("the ")))


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


def event_ids(events: Iterable[EventFinding], entities: Mapping[str, EntityFinding], article: str) -> dict[str, str]:
    """Ids of the article's events by key.

    Two articles tell one event when word class, exact date and the argument that singles it out agree; all else stays
    apart until a human or a later rule joins it, since a wrong merge is worse than a missing one.
    """
    ids: dict[str, str] = {}
    for event in events:
        subject = _distinguishing(event, entities, article)
        if subject and _exact(event.edtf) and event.status in ("asserted", "planned"):
            ids[event.key] = digest("event", event.lemma, event.edtf, subject)
        else:
            ids[event.key] = digest("event", article, event.lemma, event.edtf, subject, event.mentions[0].start)
    return ids


def _url_key(url: str) -> str:
    """A URL without what does not change the page: fragment, tracking words, scheme, "www." and a final slash."""
    parts = urlsplit(url.strip())
    query = "&".join(sorted(q for q in parts.query.split("&") if q and not re.match(r"(utm_|fbclid|gclid|ref=)", q)))
    host = parts.netloc.casefold().removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, ""))


def _exact(date: Edtf | None) -> bool:
    if date is None or date.approximate or date.earliest is None:
        return False
    return date.precision in ("day", "month", "year", "interval", "open")


def _distinguishing(event: EventFinding, entities: Mapping[str, EntityFinding], article: str) -> str | None:
    """What singles an event out: its named people (one alone only with the place), a place below a country, a side."""
    people = _named(event, entities, article, kinds=("Person",))
    place = entities.get(event.place or "")
    where = [entity_id(place, article)] if place and place.subtype != "country" else []
    if people or where:
        return "+".join(people if len(people) > 1 else people + where)
    for role in ("patient", "agent", "party", "speaker"):
        found = _named(event, entities, article, roles=(role,))
        if found:
            return found[0]
    return None


def _named(
    event: EventFinding,
    entities: Mapping[str, EntityFinding],
    article: str,
    *,
    kinds: Sequence[str] = ("Person", "Organization", "Place"),
    roles: Sequence[str] = ("patient", "agent", "party", "speaker", "recipient"),
) -> list[str]:
    """Ids of the named participants of these kinds and roles, each once, in order."""
    found = {
        entity_id(entity, article)
        for participant in event.participants
        if participant.role in roles
        and (entity := entities.get(participant.entity))
        and entity.kind in kinds
        and not entity.described
    }
    return sorted(found)
