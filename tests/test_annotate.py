"""Where sentences begin and end: every word lies in one, and no mark stands alone."""

from __future__ import annotations

import pytest

from ingest.annotate import annotate
from ingest.findings import Document

CASES = [
    ("The talks ended.\n\n“We want peace,” he said.", ["The talks ended.", "“We want peace,” he said."]),
    ("The talks ended.\n\n“Our side” won.", ["The talks ended.", "“Our side” won."]),
    ("A short heading\n\nRussia left.", ["A short heading", "Russia left."]),
    ("Russia left the\nnegotiations early.", ["Russia left the\nnegotiations early."]),
    ("He left (she says it was late).", ["He left (she says it was late)."]),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text: str, sentences: list[str]) -> None:
    annotated = annotate(Document("test", text))
    assert [passage.text for passage in annotated.passages] == sentences
    assert all(
        any(p.start_char <= t.idx < p.end_char for p in annotated.passages) for t in annotated.doc if not t.is_space
    )
