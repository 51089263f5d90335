"""What a sentence counts: a table of texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.annotate import model
from ingest.reading.english.events.figures import figures

ROWS = json.loads((Path(__file__).parents[1] / "specs" / "figures" / "counts.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_figures(row: dict[str, Any]) -> None:
    (sentence,) = model()(str(row["text"])).sents
    counted = figures(sentence)
    assert [each.words for each in counted] == row["figures"]
    told_of = {t.text: [each.words for each in counted if t.i in each.of] for t in sentence}
    assert {word: told_of[word] for word in row.get("of", {})} == row.get("of", {})
