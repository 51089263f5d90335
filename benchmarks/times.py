"""Find the times of a JSONL file of documents, write them as JSONL, and print the speed of that step alone.

Usage: python benchmarks/times.py DOCS.jsonl OUT.jsonl   (documents: {doc_id, published, title, text} a line)
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ingest.annotate import annotate_all
from ingest.findings import Document
from ingest.times import find_times
from kb.edtf import Edtf


def main(source: Path, target: Path) -> None:
    """Score nothing, only run: `target` gets {doc_id, start, end, text, type, value, edtf, rule} lines."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = [
        Document(row["doc_id"], row["text"], published=Edtf(row["published"]) if row.get("published") else None)
        for row in rows
    ]
    words, seconds, lines = 0, 0.0, []
    for annotated in annotate_all(documents):
        begun = time.process_time()
        found = find_times(annotated)
        seconds += time.process_time() - begun
        words += len(annotated.text.split())
        for t in found:
            row = {
                "doc_id": annotated.document.source,
                "start": t.start,
                "end": t.end,
                "text": t.text,
                "type": t.type,
                "value": t.value,
            }
            lines.append(json.dumps({**row, "edtf": t.edtf, "rule": t.rule}, ensure_ascii=False))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    speed = words / max(seconds, 1e-9)
    print(f"{len(lines)} times in {words} words, {seconds:.2f} s of processor time, {speed:,.0f} words/s")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
