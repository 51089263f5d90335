"""What Neo4j Bloom takes of a graph: a perspective, written to deploy/neo4j/bloom.json by `python deploy/bloom.py`.

What a node is called, and what is asked first, is the dashboard's (deploy/dashboard.py). Bloom imports it under
Perspectives; the tests run every phrase on both engines, and each suggestion as Bloom asks for it.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from dashboard import FOLDER, NAMES, PAGES

_CALLED = {**NAMES, "Snapshot": "retrievedAt"}
PATH = FOLDER / "bloom.json"
VERSION = "2.3.0"  # of the form; newer Blooms bring it up to date as they read it
_WRITTEN = 1_764_460_800_000  # milliseconds: a file that is the same each time
_HIDDEN = ("NAMES", "TELLS", "MERGED_INTO", "RESEMBLES", "IN_BLOCK", "FITS", "HOLDS", "JUDGES", "RECORDED_BY")

# Label: colour, size, and what is shown beside the caption, with its type.
_NODES: Mapping[str, tuple[str, float, Mapping[str, str]]] = {
    "Event": ("#B5533C", 1.5, {"edtf": "string", "earliest": "string", "latest": "string", "type": "string",
                               "status": "string", "sources": "bigint", "importance": "number"}),
    "Person": ("#2F6690", 1.25, {"aliases": "array", "described": "boolean", "events": "bigint"}),
    "Organization": ("#6B4E9B", 1.25, {"aliases": "array", "subtype": "string", "events": "bigint"}),
    "Place": ("#3A7D44", 1.25, {"aliases": "array", "country": "string", "lat": "number", "lon": "number"}),
    "Thing": ("#8A6D3B", 1.0, {"aliases": "array", "subtype": "string", "events": "bigint"}),
    "Claim": ("#A23B72", 1.0, {"said": "string", "cue": "string", "speakerText": "string", "polarity": "string"}),
    "Article": ("#5C6770", 1.0, {"publisher": "string", "published": "string", "url": "string"}),
    "Snapshot": ("#C3CACF", 0.75, {}),
    "Passage": ("#9AA5AC", 0.75, {"seq": "bigint"}),
    "TimeExpression": ("#C08B2C", 0.75, {"edtf": "string", "rule": "string", "anchorText": "string"}),
}  # fmt: skip
_LINES = ("PARTICIPATED_IN", "LOCATED_IN", "PART_OF", "BEFORE", "DURING", "REPORTED_IN", "DATED_BY", "ANCHORED_TO",
          "HAS_TIME", "MENTIONS", "MADE_BY", "ADDRESSED_TO", "MADE_IN", "ABOUT", "STATED_IN", "CONTRADICTS", "SUPPORTS",
          "REPEATS", "HAS_SNAPSHOT", "HAS_PASSAGE", "NEAR_DUPLICATE_OF")  # fmt: skip

# A phrase with $names, of which label and property each is, and what it finds; $names stand for what is chosen.
_PHRASES: tuple[tuple[str, Mapping[str, tuple[str, str]], str], ...] = (
    ("What $person took part in", {"person": ("Person", "name")}, """MATCH (x:Person {name: $person})
WHERE x.expiredAt IS NULL
MATCH (x)-[r:PARTICIPATED_IN]->(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH x, r, e ORDER BY e.importance DESC, e.id LIMIT 30
RETURN x, r, e"""),
    ("What happened in $place", {"place": ("Place", "name")}, """MATCH (p:Place {name: $place})
WHERE p.expiredAt IS NULL
MATCH (e:Event)-[r:LOCATED_IN]->(p) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH p, r, e ORDER BY e.importance DESC, e.id LIMIT 30
RETURN p, r, e"""),
    ("Who said what about $event", {"event": ("Event", "title")}, """MATCH (e:Event {title: $event})
WHERE e.expiredAt IS NULL
MATCH (c:Claim)-[a:ABOUT]->(e) WHERE a.expiredAt IS NULL AND c.expiredAt IS NULL
OPTIONAL MATCH (c)-[b:MADE_BY]->(s:Entity) WHERE b.expiredAt IS NULL AND s.expiredAt IS NULL
RETURN e, a, c, b, s LIMIT 100"""),
    ("The sentences behind $event", {"event": ("Event", "title")}, """MATCH (e:Event {title: $event})
WHERE e.expiredAt IS NULL
MATCH (e)-[r:REPORTED_IN]->(p:Passage)<-[i:HAS_PASSAGE]-(s:Snapshot)<-[h:HAS_SNAPSHOT]-(a:Article)
WHERE r.expiredAt IS NULL AND h.current = true AND a.expiredAt IS NULL
RETURN e, r, p, i, s, h, a LIMIT 100"""),
    ("From which words $event is dated", {"event": ("Event", "title")}, """MATCH (e:Event {title: $event})
WHERE e.expiredAt IS NULL
MATCH (e)-[d:DATED_BY]->(t:TimeExpression) WHERE d.expiredAt IS NULL
OPTIONAL MATCH (t)-[a:ANCHORED_TO]->(x) WHERE a.expiredAt IS NULL
RETURN e, d, t, a, x LIMIT 100"""),
    ("What $event is part of and what is part of it", {"event": ("Event", "title")}, """MATCH (e:Event {title: $event})
WHERE e.expiredAt IS NULL
MATCH (e)-[r:PART_OF]-(o:Event) WHERE r.expiredAt IS NULL AND o.expiredAt IS NULL
RETURN e, r, o LIMIT 100"""),
    ("What $person and $other both took part in", {"person": ("Person", "name"), "other": ("Person", "name")},
     """MATCH (x:Person {name: $person})-[r:PARTICIPATED_IN]->(e:Event)<-[s:PARTICIPATED_IN]-(y:Person {name: $other})
WHERE x.expiredAt IS NULL AND y.expiredAt IS NULL AND r.expiredAt IS NULL AND s.expiredAt IS NULL
  AND e.expiredAt IS NULL
RETURN x, r, e, s, y LIMIT 50"""),
)  # fmt: skip


def perspective() -> dict[str, Any]:
    """The perspective in the form of such files. It was never tried in Bloom itself."""
    return {
        "name": "eventline",
        "id": _id("perspective"),
        "version": VERSION,
        "createdAt": _WRITTEN,
        "lastEditedAt": _WRITTEN,
        "type": "STANDARD_PERSPECTIVE",
        "isAuto": False,
        "parentPerspectiveId": None,
        "hideUncategorisedData": True,
        "hiddenCategories": [],
        "hiddenRelationshipTypes": list(_HIDDEN),
        "history": [],
        "sceneActions": [],
        "categories": [_category(number, label) for number, label in enumerate(_NODES, 1)],
        "labels": {label: [{"propertyKey": name, "type": label, "dataType": kind} for name, kind in _shown(label)]
                   for label in _NODES},
        "relationshipTypes": [_line(name) for name in (*_LINES, *_HIDDEN)],
        "templates": [_template(*phrase) for phrase in (*_pictures(), *_PHRASES)],
        "palette": {"colors": list(dict.fromkeys(colour for colour, *_ in _NODES.values())), "currentIndex": 0},
        "metadata": {"pathSegments": [], "indexes": [
            {"label": label, "type": "native", "propertyKeys": [{"key": _CALLED[label], "metadataProp": False}]}
            for label in ("Event", "Entity", "Claim", "Passage", "Article")],
            "stats": {"labels": {}, "relationshipTypes": {}}},
    }  # fmt: skip


def _id(what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"eventline/bloom/{what}"))


def _shown(label: str) -> Iterator[tuple[str, str]]:
    yield _CALLED[label], "string"
    yield from _NODES[label][2].items()


def _category(number: int, label: str) -> dict[str, Any]:
    colour, size, _ = _NODES[label]
    return {
        "id": number, "name": label, "labels": [label], "color": colour, "icon": "no-icon", "size": size,
        "textSize": 1, "textAlign": "top", "createdAt": _WRITTEN, "lastEditedAt": _WRITTEN, "styleRules": [],
        "properties": [{"name": name, "exclude": False, "dataType": kind} for name, kind in _shown(label)],
        "captions": [_caption(_CALLED[label], "property")], "captionKeys": [_CALLED[label]],
    }  # fmt: skip


def _line(name: str) -> dict[str, Any]:
    return {"id": name, "name": name, "color": "#959AA1", "size": 1, "textSize": 1, "textAlign": "top",
            "properties": [], "styleRules": [], "captions": [_caption(name, "relationship")],
            "captionKeys": []}  # fmt: skip


def _caption(key: str, kind: str) -> dict[str, Any]:
    return {"key": key, "type": kind, "isCaption": True, "inTooltip": True, "styles": [], "isGdsData": False}


def _pictures() -> Iterator[tuple[str, Mapping[str, tuple[str, str]], str]]:
    """What the dashboard draws as a graph, as phrases without names."""
    for reports in PAGES.values():
        yield from ((title, {}, query) for title, sort, _, query in reports if sort == "graph")


def _template(text: str, names: Mapping[str, tuple[str, str]], cypher: str) -> dict[str, Any]:
    params = [{"name": f"${name}", "dataType": "String", "collapsed": False, "suggestionLabel": label,
               "suggestionProp": prop, "suggestionBoolean": False, "cypher": None}
              for name, (label, prop) in names.items()]  # fmt: skip
    return {"id": f"tmpl:{_id(text)}", "name": text.partition(" $")[0], "text": text, "cypher": cypher,
            "createdAt": _WRITTEN, "isUpdateQuery": None, "hasCypherErrors": False, "params": params}  # fmt: skip


def main() -> int:
    """Write the perspective."""
    PATH.write_text(json.dumps(perspective(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
