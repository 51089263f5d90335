"""Events and names as a graph for Gephi, yEd and networkx (GraphML): who took part in what, where, as part of what."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as Xml

from kb.export.material import Exported

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "node": {"label": "string", "kind": "string", "type": "string", "date": "string", "earliest": "string",
             "latest": "string", "status": "string", "importance": "double", "reports": "int", "country": "string",
             "latitude": "double", "longitude": "double"},
    "edge": {"relation": "string", "role": "string"},
}  # fmt: skip
Values = Mapping[str, str | float | int | None]


def graphml_file(found: Exported) -> bytes:
    """A directed graph; what an event is part of is drawn where that is among them."""
    root = Xml.Element("graphml", {"xmlns": _SPACE})
    for holder, names in _KEYS.items():
        for name, kind in names.items():
            Xml.SubElement(root, "key", {"id": f"{holder}-{name}", "for": holder, "attr.name": name, "attr.type": kind})
    graph = Xml.SubElement(root, "graph", {"id": "events", "edgedefault": "directed"})
    for id, values in _nodes(found):
        _data(Xml.SubElement(graph, "node", {"id": id}), "node", values)
    for number, (start, end, values) in enumerate(_edges(found)):
        edge = Xml.SubElement(graph, "edge", {"id": f"e{number}", "source": start, "target": end})
        _data(edge, "edge", values)
    out = io.BytesIO()
    Xml.indent(root, " ")
    Xml.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def _data(element: Xml.Element, holder: str, values: Values) -> None:
    for name, value in values.items():
        if value is not None and value != "":
            Xml.SubElement(element, "data", {"key": f"{holder}-{name}"}).text = _clean(str(value))


def _clean(text: str) -> str:
    """Without what no XML may hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _nodes(found: Exported) -> Iterator[tuple[str, Values]]:
    for each in found.events:
        row = each.row
        yield row.id, {"label": row.title, "kind": "Event", "type": row.type, "date": row.edtf, "status": row.status,
                       "earliest": row.earliest, "latest": row.latest, "importance": row.importance,
                       "reports": row.reports}  # fmt: skip
    for one in found.entities.values():
        yield one.id, {"label": one.name, "kind": one.kind, "type": one.subtype, "country": one.country,
                       "latitude": one.lat, "longitude": one.lon}  # fmt: skip


def _edges(found: Exported) -> Iterator[tuple[str, str, Values]]:
    events = {each.row.id for each in found.events}
    for each in found.events:
        for part in each.parts:
            yield part.entity, each.row.id, {"relation": "PARTICIPATED_IN", "role": part.role}
        for place in each.places:
            yield each.row.id, place, {"relation": "LOCATED_IN"}
        for whole in each.wholes:
            if whole in events:
                yield each.row.id, whole, {"relation": "PART_OF"}
