"""Lines in capitals are read as the sentences they are; what is only a name or an abbreviation stays as it is."""

from __future__ import annotations

import pytest

from ingest.reading.annotate import annotate
from ingest.reading.english.shouting import with_shouts_read
from ingest.reading.extract import extract
from ingest.reading.findings import Document
from kb.edtf import Edtf

CASES = [
    ("NORWAY SIGNS TREATY WITH SWEDEN", "Norway signs treaty with Sweden"),
    ("US AND NATO TO MEET IN MAY", "US and NATO to meet in May"),
    ("NORWAY MAY JOIN EUROPEAN UNION ON MARCH 3", "Norway may join European Union on March 3"),
    ("SHIP SINKS IN BLACK SEA\n\nThe ship was Norwegian.", "Ship sinks in Black Sea\n\nThe ship was Norwegian."),
    ("LINDQVARN RESIGNS AS MAYOR\n\nThe mayor, Bo Lindqvarn, left.",
     "Lindqvarn resigns as mayor\n\nThe mayor, Bo Lindqvarn, left."),
    ("NATO met on Monday.", "NATO met on Monday."),
    ("USS FORD", "USS FORD"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "read"), CASES)
def test_a_line_in_capitals_has_its_usual_case(text: str, read: str) -> None:
    annotated = annotate(Document("test", text))
    again = with_shouts_read(annotated)
    assert again.doc.text == read
    assert again.text == text


def test_its_events_and_names_are_found_where_they_stand() -> None:
    text = "NORWAY SIGNS TREATY WITH SWEDEN\n\nThe treaty is old."
    reading = extract(Document("test", text, published=Edtf("2024-02-16")))
    names = {(e.name, text[m.start : m.end]) for e in reading.entities for m in e.mentions}
    assert {("Norway", "NORWAY"), ("Sweden", "SWEDEN")} <= names
    assert "agree" in {event.lemma for event in reading.events}
