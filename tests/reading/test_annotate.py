"""Where sentences begin and end: every word lies in one, and no mark stands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.jsonl import rows
from ingest.read import read
from ingest.reading.annotate import annotate
from ingest.reading.extract import extract, extract_all
from ingest.reading.findings import Document, RawDocument

SEED = Path(__file__).parents[2] / "seed_data"

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


def test_an_article_reads_the_same_alone_and_among_others_and_again() -> None:
    documents = [clean(raw) for raw in read(str(SEED)) if isinstance(raw, RawDocument)]
    together = [rows(reading) for reading in extract_all(documents)]
    assert together == [rows(extract(document)) for document in documents]
    assert together == [rows(reading) for reading in extract_all(documents)]
    assert sum(len(one["events"]) for one in together) > 100


def test_rows_of_entities_name_each_place_once_beside_what_is_nested() -> None:
    text = "The Swedish truck maker Scania cut jobs. Volvo CEO Martin Lundstedt said that he was sorry."
    listed = rows(extract(Document("test", text)))["entities"]
    told = [(row["text"], row["name"]) for row in listed if not row["nested"]]
    assert told == [
        ("Swedish", "Sweden"),
        ("Scania", "Scania"),
        ("Volvo", "Volvo"),
        ("CEO Martin Lundstedt", "Martin Lundstedt"),
    ]
    nested = {(row["text"], row["form"], row["name"]) for row in listed if row["nested"]}
    assert nested == {
        ("The Swedish truck maker Scania", "name", "Scania"),
        ("truck maker", "nominal", "Scania"),
        ("Volvo CEO Martin Lundstedt", "name", "Martin Lundstedt"),
        ("CEO", "nominal", "Martin Lundstedt"),
    }
