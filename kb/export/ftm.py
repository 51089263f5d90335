"""Events as FollowTheMoney entities, one JSON object a line, as Aleph and its tools read them.

Schemata and properties are those of followthemoney 4: Event, Person, Organization, Company, PublicBody, Address,
Vessel, Airplane, Vehicle, Asset and Article. Roles have no place in `Event.involved`: they stand in the summary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kb.digest.formats import web
from kb.export.jsonld import dates
from kb.export.material import Entity, Exported, Happening

_SCHEMATA = {
    ("Organization", "company"): "Company", ("Organization", "government"): "PublicBody",
    ("Thing", "vessel"): "Vessel", ("Thing", "aircraft"): "Airplane", ("Thing", "spacecraft"): "Vehicle",
}  # fmt: skip
_KINDS = {"Person": "Person", "Organization": "Organization", "Place": "Address", "Thing": "Asset"}
_COUNTRY = re.compile(r"[a-z]{2}")


def ftm_file(found: Exported) -> bytes:
    """A line for each event, name and article."""
    lines = (*(_event(found, each) for each in found.events), *map(_entity, found.entities.values()),
             *(_of("Article", one.id, title=one.name, name=one.name, publisher=one.publisher, sourceUrl=web(one.url),
                   publishedAt=_date(one.published)) for one in found.articles.values()))  # fmt: skip
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "replace")


def _of(schema: str, id: str, **properties: Any) -> dict[str, Any]:
    """An entity: each property a list of texts, none of them empty."""
    listed = {name: list(_texts(value)) for name, value in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: texts for name, texts in listed.items() if texts}}


def _texts(value: Any) -> Iterator[str]:
    values: Iterable[Any] = value if isinstance(value, (list, tuple)) else (value,)
    yield from dict.fromkeys(str(each) for each in values if each not in (None, ""))


def _event(found: Exported, each: Happening) -> dict[str, Any]:
    row, places = each.row, found.placed(each)
    first, last = dates(row.edtf, row.earliest, row.latest)
    names = {part: found.entities[part.entity].name for part in each.parts if part.entity in found.entities}
    roles = [f"{name} ({part.role.replace('_', ' ')})" for part, name in names.items() if part.role]
    articles = [one.article for one in each.sentences]
    single = first if first and not last and first == (row.edtf or "").rstrip("~?%") else None
    return _of(
        "Event", row.id, name=row.title, date=single, startDate=None if single else first, endDate=last,
        summary=". ".join((row.when, *roles)), description=[one.text for one in each.sentences],
        location=[place.name for place in places], country=[_country(place.country) for place in places],
        addressEntity=[place.id for place in places], involved=[part.entity for part in each.parts],
        proof=list(dict.fromkeys(articles)), keywords=[row.type, row.status],
        publisher=[found.articles[id].publisher for id in articles],
        sourceUrl=[web(found.articles[id].url) for id in articles],
    )  # fmt: skip


def _entity(one: Entity) -> dict[str, Any]:
    schema = _SCHEMATA.get((one.kind, one.subtype), _KINDS.get(one.kind, "Asset"))
    own: dict[str, Any] = {"name": one.name, "alias": list(one.aliases), "country": _country(one.country)}
    if schema == "Address":
        own |= {"full": one.name, "latitude": one.lat, "longitude": one.lon}
    return _of(schema, one.id, **own, keywords=one.subtype)


def _country(code: str) -> str | None:
    return code.lower() if _COUNTRY.fullmatch(code.lower()) else None


def _date(edtf: str | None) -> str | None:
    return dates(edtf, None, None)[0]
