"""Events as linked data in the words of schema.org; the vocabulary is named in the file, so nothing is fetched."""

from __future__ import annotations

from typing import Any

from kb.ask.claims import ClaimRow
from kb.ask.rows import ArticleRow
from kb.digest.formats import web
from kb.export.material import Entity, Exported, Happening
from kb.export.structured import dumped

_CONTEXT = {"@vocab": "https://schema.org/"}
_ACTING = frozenset(("agent", "party", "speaker", "giver"))  # roles of those who do something; others it concerns
_ORGANIZATIONS = {"company": "Corporation", "media": "NewsMediaOrganization", "party": "PoliticalParty",
                  "government": "GovernmentOrganization", "ngo": "NGO"}  # fmt: skip
_PLACES = {"country": "Country", "region": "AdministrativeArea", "city": "City"}
_THINGS = {"vessel": "Vehicle", "aircraft": "Vehicle", "spacecraft": "Vehicle", "flight": "Trip", "weapon": "Product",
           "product": "Product", "pipeline": "Product", "law": "Legislation", "agreement": "Legislation",
           "document": "CreativeWork", "index": "Observation"}  # fmt: skip


def jsonld_file(found: Exported) -> bytes:
    """A graph of events, names, articles and claims, each with its id."""
    nodes = [*(_event(found, each) for each in found.events), *map(_entity, found.entities.values()),
             *map(_article, found.articles.values()), *map(_claim, found.claims)]  # fmt: skip
    return dumped({"@context": _CONTEXT, "@graph": nodes})


def _id(id: str) -> dict[str, str]:
    return {"@id": f"urn:eventline:{id}"}


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _event(found: Exported, each: Happening) -> dict[str, Any]:
    row = each.row
    first, last = dates(row.edtf, row.earliest, row.latest)
    acting = [_id(part.entity) for part in each.parts if part.role in _ACTING]
    others = [_id(part.entity) for part in each.parts if part.role not in _ACTING]
    return _filled({
        **_id(row.id), "@type": "Event", "identifier": row.id, "name": row.title, "startDate": first, "endDate": last,
        "temporalCoverage": row.edtf, "additionalType": row.type,
        "keywords": [] if row.status == "asserted" else [row.status],
        "description": each.sentences[0].text if each.sentences else None, "location": [_id(id) for id in each.places],
        "actor": acting, "about": others, "superEvent": [_id(id) for id in each.wholes],
        "subjectOf": [_id(id) for id in dict.fromkeys(one.article for one in each.sentences)],
    })  # fmt: skip


def dates(edtf: str | None, earliest: str | None, latest: str | None) -> tuple[str | None, str | None]:
    """Start and end in ISO 8601, as exact as they are told: "2014-03" of a month; the end of what is one date is none.

    Arguments: the date (EDTF), its first and last possible day.
    """
    bare = (edtf or "").rstrip("~?%")
    if bare and len(bare) in (4, 7, 10) and bare.replace("-", "").isdigit() and (len(bare) < 7 or int(bare[5:7]) <= 12):
        return bare, None
    return earliest, latest if latest != earliest else None


def _entity(one: Entity) -> dict[str, Any]:
    kinds = {"Person": "Person", "Organization": _ORGANIZATIONS.get(one.subtype, "Organization"),
             "Place": _PLACES.get(one.subtype, "Place")}  # fmt: skip
    geo = None
    if one.lat is not None and one.lon is not None:
        geo = {"@type": "GeoCoordinates", "latitude": one.lat, "longitude": one.lon}
    return _filled({
        **_id(one.id), "@type": kinds.get(one.kind, _THINGS.get(one.subtype, "Thing")), "identifier": one.id,
        "name": one.name, "alternateName": list(one.aliases), "additionalType": one.subtype,
        "geo": geo if one.kind == "Place" else None,
    })  # fmt: skip


def _article(one: ArticleRow) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": one.publisher} if one.publisher else None
    published, _ = dates(one.published, None, None)
    return _filled({**_id(one.id), "@type": "NewsArticle", "identifier": one.id, "headline": one.name,
                    "publisher": publisher, "datePublished": published, "url": web(one.url)})  # fmt: skip


def _claim(claim: ClaimRow) -> dict[str, Any]:
    return _filled({
        **_id(claim.id), "@type": "Claim", "identifier": claim.id, "text": claim.text,
        "author": _id(claim.speaker.id) if claim.speaker else None, "dateCreated": dates(claim.said, None, None)[0],
        "about": [_id(one.id) for one in (*claim.about_events, *claim.about_entities)],
        "isPartOf": _id(claim.article.id),
    })  # fmt: skip
