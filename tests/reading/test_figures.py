"""What a sentence counts: a table of texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.reading.annotate import model
from ingest.reading.events.figures import figures

ROWS = json.loads((Path(__file__).parents[1] / "specs" / "figures" / "counts.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_figures(row: dict[str, object]) -> None:
    (sentence,) = model()(str(row["text"])).sents
    assert list(figures(sentence)) == row["figures"]
