"""Claims of a JSONL of documents, for a scorer, and the step's own speed.

    python benchmarks/claims.py DOCS.jsonl OUT.jsonl [--alone]

DOCS: lines {doc_id, published, title, text}; the text is taken as it is. OUT: lines {doc_id, content, source, speaker,
cue, direct, said, about, passage} with character offsets, end exclusive. Times, entities and events come from the
earlier steps, or are left empty with --alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.annotate import Annotated, annotate_all
from ingest.claims import find_claims
from ingest.entities import find_entities
from ingest.events import find_events
from ingest.findings import ClaimFinding, Document
from ingest.times import find_times
from kb.edtf import Edtf


def earlier_steps(annotated: Annotated) -> tuple[Any, Any, Any]:
    """Times, entities and events of one document."""
    times = find_times(annotated)
    entities = find_entities(annotated)
    return times, entities, find_events(annotated, times, entities)


def documents(path: Path) -> Iterator[Document]:
    """Documents of the JSONL file; `source` is the doc_id."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = Edtf(row["published"]) if row.get("published") else None
        yield Document(row["doc_id"], row["text"], title=row.get("title") or "", published=published)


def row_of(annotated: Annotated, claim: ClaimFinding, names: dict[str, str]) -> dict[str, Any]:
    """A claim in the scorer's form."""
    passage = annotated.passages[claim.passage]
    speaker = names.get(claim.speaker or "", claim.speaker_text)
    return {
        "doc_id": annotated.document.source,
        "content": claim.content,
        "source": claim.source,
        "speaker": speaker,
        "cue": claim.cue,
        "direct": claim.direct,
        "said": claim.said,
        "about": claim.about_events,
        "passage": [passage.start_char, passage.end_char],
    }


def main(source: str, target: str, alone: bool = False) -> None:
    """Write the claims of every document and print how fast the step was."""
    seconds, words = 0.0, 0
    with Path(target).open("w", encoding="utf-8") as out:
        for annotated in annotate_all(documents(Path(source))):
            times, entities, events = ((), (), ()) if alone else earlier_steps(annotated)
            start = time.perf_counter()
            claims = find_claims(annotated, times, entities, events)
            seconds += time.perf_counter() - start
            words += len(annotated.doc)
            names = {e.key: e.name for e in entities}
            for claim in claims:
                out.write(json.dumps(row_of(annotated, claim, names), ensure_ascii=False) + "\n")
    print(f"{words} tokens in {seconds:.2f} s: {words / max(seconds, 1e-9):,.0f} tokens a second in this step")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], alone="--alone" in sys.argv)
