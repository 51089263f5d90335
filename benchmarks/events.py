"""Dated events of documents, as events.jsonl, and how fast they are found.

usage: python benchmarks/events.py DOCS.jsonl OUT.jsonl
DOCS.jsonl: {"doc_id", "published", "title", "text"} a line; the text is taken as it is.
OUT.jsonl: one mention of an event a line: doc_id, start, end (of the trigger), text, event_id, title, type, date,
status, place, participants [{role, name, entity_id}], passage [start, end].
Prints tokens a second of the event step alone, with the parse and the earlier steps left out, and the number of events.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.annotate import Annotated, annotate_all
from ingest.entities import find_entities
from ingest.events import find_events
from ingest.findings import Document, EntityFinding, EventFinding
from ingest.times import find_times
from kb.edtf import Edtf
from kb.errors import InvalidDate


def documents(path: Path) -> Iterator[Document]:
    """Documents of a JSONL file; an unreadable publication date counts as none."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield Document(
                row["doc_id"], row["text"], title=row.get("title") or "", published=_date(row.get("published"))
            )


def _date(text: str | None) -> Edtf | None:
    try:
        return Edtf(text) if text else None
    except InvalidDate:
        return None


def rows(
    annotated: Annotated, events: tuple[EventFinding, ...], entities: tuple[EntityFinding, ...]
) -> Iterator[dict[str, Any]]:
    """One row for each mention of each event."""
    names = {e.key: e.name for e in entities}
    for event in events:
        shared = {
            "doc_id": annotated.document.source,
            "event_id": f"{annotated.document.source}#{event.key}",
            "title": event.title,
            "type": event.type,
            "place": names.get(event.place or ""),
            "participants": [
                {"role": p.role, "name": names[p.entity], "entity_id": p.entity} for p in event.participants
            ],
            "salience": event.salience,
        }
        for m in event.mentions:
            passage = annotated.passages[m.passage]
            yield shared | {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "date": m.edtf or event.edtf,
                "status": event.status,
                "passage": [passage.start_char, passage.end_char],
            }


def main() -> int:
    """Run the step over the documents; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    tokens, found, seconds = 0, 0, 0.0
    with arguments.out.open("w", encoding="utf-8") as out:
        for annotated in annotate_all(documents(arguments.documents)):
            times, entities = find_times(annotated), find_entities(annotated)
            started = time.perf_counter()
            events = find_events(annotated, times, entities)
            seconds += time.perf_counter() - started
            tokens, found = tokens + len(annotated.doc), found + len(events)
            for row in rows(annotated, events, entities):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{found} events, {tokens} tokens, {tokens / max(seconds, 1e-9):.0f} tokens a second", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
