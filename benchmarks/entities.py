"""Named entities of documents, as JSONL for a scorer, and the speed of the step alone.

Usage: python -m benchmarks.entities DOCS.jsonl [--out PRED.jsonl] [--forms name,demonym]
DOCS holds {doc_id, text, ...} a line; PRED gets {doc_id, start, end, text, entity_id, name, type} a line, one mention
each. The id is the same across documents: that of the list, else kind and name.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from ingest.annotate import annotate_all, model
from ingest.entities import find_entities
from ingest.findings import Document, EntityFinding
from ingest.identity import name_key


def export_id(entity: EntityFinding, doc_id: str) -> str:
    """One id per thing across documents; an unnamed source stays in its document."""
    if entity.gazetteer:
        return entity.gazetteer
    return f"{entity.kind}:{doc_id if entity.described else ''}:{name_key(entity.name)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--forms", default="name", help="forms of mention to write, comma-separated")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.docs.read_text(encoding="utf-8").splitlines() if line.strip()]
    model()
    started = time.perf_counter()
    parsed = list(annotate_all(Document(row["doc_id"], row["text"]) for row in rows))
    parse = time.perf_counter() - started
    started = time.perf_counter()
    find_entities(parsed[0])
    first = time.perf_counter() - started
    started = time.perf_counter()
    found = [find_entities(annotated) for annotated in parsed]
    step = time.perf_counter() - started
    words = sum(len(annotated.doc) for annotated in parsed)
    print(f"{len(rows)} documents, {words} tokens; first document with its lists {first:.2f} s")
    print(f"parse {parse:.2f} s ({words / parse:.0f} tokens/s)")
    print(f"entities {step:.2f} s ({100 * step / parse:.0f} % of the parse)")
    if options.out:
        write(options.out, rows, found, set(options.forms.split(",")))


def write(path: Path, rows: list[dict[str, str]], found: list[tuple[EntityFinding, ...]], forms: set[str]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row, entities in zip(rows, found, strict=True):
            for entity in entities:
                for m in entity.mentions:
                    if m.form in forms:
                        place = {"doc_id": row["doc_id"], "start": m.start, "end": m.end, "text": m.text}
                        identity = {"entity_id": export_id(entity, row["doc_id"]), "name": entity.name}
                        line = {**place, **identity, "type": entity.kind}
                        out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
