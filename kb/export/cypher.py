"""Events as Cypher statements that make them in an empty graph, one a line, on Neo4j and on ArcadeDB."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.export.material import Exported

_AT_ONCE = 200  # nodes or relationships of a statement
_OF_EVENT = ("id", "title", "type", "edtf", "earliest", "latest", "precision", "status", "salience", "importance",
             "confidence", "reports", "sources")  # fmt: skip
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
Row = Mapping[str, Any]


def cypher_file(found: Exported) -> bytes:
    """Nodes, then relationships, with the labels, types and properties of docs/graph.md; `//` begins a remark."""
    lines = [f"// {' '.join(found.title.split())}, {len(found.events)} events"]
    for labels, rows in _nodes(found).items():
        lines += [f"UNWIND {_value(some)} AS row CREATE (n:{labels}) SET n = row;" for some in _batches(rows)]
    for (kind, start, end), rows in _relations(found).items():
        lines += [
            f"UNWIND {_value(some)} AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.own;"
            for some in _batches(rows)
        ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _nodes(found: Exported) -> dict[str, list[Row]]:
    nodes: dict[str, list[Row]] = defaultdict(list)
    for each in found.events:
        row = each.row
        nodes["Event"].append({name: getattr(row, name) for name in _OF_EVENT})
    for one in found.entities.values():
        shown = {"id": one.id, "name": one.name, "aliases": list(one.aliases), "lat": one.lat, "lon": one.lon}
        sort = {"subtype": one.subtype or None, "country": one.country or None}
        nodes[f"Entity:{one.kind}"].append(shown | sort)
    for article in found.articles.values():
        nodes["Article"].append({"id": article.id, "title": article.title, "publisher": article.publisher,
                                 "url": article.url, "published": article.published})  # fmt: skip
    for claim in found.claims:
        nodes["Claim"].append({"id": claim.id, "text": claim.text, "direct": claim.direct, "cue": claim.cue,
                               "force": claim.force, "said": claim.said, "speakerText": claim.speaker_text,
                               "polarity": claim.polarity, "modality": claim.modality, "articleId": claim.article.id,
                               "confidence": claim.confidence})  # fmt: skip
    return nodes


def _relations(found: Exported) -> dict[tuple[str, str, str], list[Row]]:
    rows: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    events = {each.row.id for each in found.events}

    def add(kind: str, start: tuple[str, str], end: tuple[str, str], **own: Any) -> None:
        rows[kind, start[0], end[0]].append({"start": start[1], "end": end[1], "own": own})

    for each in found.events:
        event = ("Event", each.row.id)
        for part in each.parts:
            add("PARTICIPATED_IN", ("Entity", part.entity), event, role=part.role)
        for place in each.places:
            add("LOCATED_IN", event, ("Entity", place))
        for whole in each.wholes:
            if whole in events:
                add("PART_OF", event, ("Event", whole))
        for article in dict.fromkeys(one.article for one in each.sentences):
            add("TELLS", ("Article", article), event)
    for claim in found.claims:
        if claim.speaker and claim.speaker.id in found.entities:
            add("MADE_BY", ("Claim", claim.id), ("Entity", claim.speaker.id))
        for one in claim.about_events:
            if one.id in events:
                add("ABOUT", ("Claim", claim.id), ("Event", one.id))
    return rows


def _batches(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))


def _value(value: Any) -> str:
    """A value as Cypher writes it; what is null is left out of a map."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_value(each)}" for key, each in value.items() if each is not None) + "}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _key(name: str) -> str:
    return name if _NAME.fullmatch(name) else f"`{name.replace('`', '``')}`"


def _text(words: str) -> str:
    """A string literal on one line: JSON's escapes are Cypher's too, and so is the quotation mark."""
    return "".join(_escaped(json.dumps(words, ensure_ascii=False)))


def _escaped(literal: str) -> Iterator[str]:
    for letter in literal:
        yield f"\\u{ord(letter):04x}" if letter in "\x7f\x85\u2028\u2029" or "\ud800" <= letter <= "\udfff" else letter
