"""Readings as JSONL, for scoring and for tools that want the findings without a graph."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ingest.matching.referents import Ids, identify
from ingest.matching.stored import Profile
from ingest.matching.stories import StoryProfile
from ingest.matching.together import canonical_ids
from ingest.reading.findings import EntityFinding, EventFinding
from ingest.reading.reading import Reading

FILES = ("docs", "times", "entities", "things", "events", "claims")
NAMING = ("name", "demonym")

Row = dict[str, Any]


def rows(reading: Reading) -> dict[str, list[Row]]:
    """One reading as rows by file name, offsets into the document's text, end exclusive."""
    ids = identify(reading)
    doc = reading.annotated.document.source
    named = sorted(_mentions(reading, ids), key=lambda row: (row["start"], row["end"]))
    found = {
        "docs": [_document(reading)],
        "times": _times(reading),
        "entities": [row for row in named if row["type"] != "Thing"],
        "things": [row for row in named if row["type"] == "Thing"],
        "events": list(_events(reading, ids)),
        "claims": list(_claims(reading, ids)),
    }
    return {name: [{"doc_id": doc, **row} for row in listed] for name, listed in found.items()}


def write_jsonl(readings: Iterable[Reading], out: Path) -> dict[str, int]:
    """Write a JSONL file for each of `FILES` into `out`, all or none. Returns the rows by file.

    Persons, organisations and places are in entities.jsonl, as tools know them; things are apart, in the same form.
    Ids of entities and events are those that all the readings together give: what several documents tell is one.
    """
    out.mkdir(parents=True, exist_ok=True)
    total = dict.fromkeys(FILES, 0)
    profiles: dict[str, Profile] = {}
    stories: dict[str, StoryProfile] = {}
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        folder = Path(scratch)
        with ExitStack() as stack:
            files = {name: stack.enter_context((folder / name).open("w", encoding="utf-8")) for name in FILES}
            for reading in readings:
                ids = identify(reading)
                profiles.update(ids.profiles)
                stories[ids.article] = ids.story
                for name, listed in rows(reading).items():
                    files[name].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in listed)
                    total[name] += len(listed)
        canonical = canonical_ids(profiles.values(), stories=stories.values())
        for name in FILES:
            _identified(folder / name, folder / f"{name}.jsonl", canonical)
        for name in FILES:
            (folder / f"{name}.jsonl").replace(out / f"{name}.jsonl")
    return total


def _identified(source: Path, target: Path, canonical: Mapping[str, str]) -> None:
    """Copy rows with each referent's id replaced by the canonical one."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as written:
        for line in lines:
            row = json.loads(line)
            for part in (row, *row.get("participants", ())):
                for name in ("entity_id", "event_id"):
                    if name in part:
                        part[name] = canonical.get(part[name], part[name])
            if "about" in row:
                row["about"] = [canonical.get(id, id) for id in row["about"]]
            written.write(json.dumps(row, ensure_ascii=False) + "\n")


def _document(reading: Reading) -> Row:
    document = reading.annotated.document
    return {
        "source": document.source,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "text": document.text,
    }


def _times(reading: Reading) -> list[Row]:
    return [
        {
            "start": t.start,
            "end": t.end,
            "text": t.text,
            "type": t.type,
            "value": t.value,
            "edtf": t.edtf,
            "confidence": t.confidence,
        }
        for t in reading.times
    ]


def _mentions(reading: Reading, ids: Ids) -> Iterator[Row]:
    for entity in reading.entities:
        naming = [m for m in entity.mentions if m.form in NAMING]
        for nested, mention in (*((False, m) for m in naming), *((True, m) for m in entity.nested)):
            yield {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "entity_id": ids.entities[entity.key],
                "name": entity.name,
                "type": entity.kind,
                "form": mention.form,
                "nested": nested,
                "confidence": entity.confidence,
            }


def _passage(reading: Reading, index: int) -> list[int]:
    span = reading.annotated.passages[index]
    return [span.start_char, span.end_char]


def _events(reading: Reading, ids: Ids) -> Iterator[Row]:
    entities = {e.key: e for e in reading.entities}
    for event in reading.events:
        for mention in event.mentions:
            yield {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "event_id": ids.events[event.key],
                "title": event.title,
                "type": event.type,
                "date": event.edtf,
                "status": event.status,
                "place": entities[event.place].name if event.place else None,
                "participants": _participants(event, entities, ids),
                "salience": event.salience,
                "passage": _passage(reading, mention.passage),
            }


def _participants(event: EventFinding, entities: dict[str, EntityFinding], ids: Ids) -> list[Row]:
    return [
        {"role": p.role, "name": entities[p.entity].name, "entity_id": ids.entities[p.entity]}
        for p in event.participants
    ]


def _claims(reading: Reading, ids: Ids) -> Iterator[Row]:
    entities = {e.key: e for e in reading.entities}
    for claim in reading.claims:
        yield {
            "content": [list(span) for span in claim.content],
            "source": [list(span) for span in claim.source],
            "speaker": entities[claim.speaker].name if claim.speaker else claim.speaker_text,
            "cue": claim.cue,
            "force": claim.force,
            "addressee": entities[claim.addressee].name if claim.addressee else claim.addressee_text,
            "medium": claim.medium,
            "direct": claim.direct,
            "said": claim.said,
            "about": [ids.events[key] for key in claim.about_events],
            "passage": _passage(reading, claim.passage),
        }
