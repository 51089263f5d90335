"""What only somebody's words tell is alleged, with the claim that tells it: a sentence or two a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.extract import extract
from ingest.reading.findings import Document
from kb.edtf import Edtf

ROWS = json.loads((Path(__file__).parents[1] / "specs" / "attributed" / "events.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_attributed(row: dict[str, Any]) -> None:
    reading = extract(Document("test", row["text"], published=Edtf("2024-02-16")))
    found = {event.lemma: event.status for event in reading.events}
    assert {lemma: found.get(lemma) for lemma in row["statuses"]} == row["statuses"]
    alleged = {event.key for event in reading.events if event.status == "alleged"}
    assert alleged <= {key for claim in reading.claims for key in claim.about_events}
