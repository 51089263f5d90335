"""Which sentences can be read alone, and what stands before a sentence and is none of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.digest.alone import dateline, grade, proper

SPECS = Path(__file__).parents[1] / "specs" / "digest"
ORDINARY = {"the", "rebels", "social", "affairs", "health", "siege", "talks", "on", "state", "a", "in"}


def rows(name: str) -> list[Any]:
    found = json.loads((SPECS / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=f"{name}-{number}") for number, row in enumerate(found)]


@pytest.mark.parametrize("row", rows("alone"))
def test_what_stands_alone(row: dict[str, str]) -> None:
    found = grade(row["text"])
    assert {"well": found == 1.0, "leaning": 0.0 < found < 1.0, "never": found == 0.0}[row["stands"]], found


@pytest.mark.parametrize("row", rows("proper"))
def test_what_is_cut_off(row: dict[str, str]) -> None:
    found = proper(row["text"], row.get("title", ""), lambda word: word.lower() in ORDINARY)
    assert found == row["proper"]
    assert row["text"].endswith(found)


def test_a_dateline_is_measured() -> None:
    text = "ARVANA | Wed Apr 29, 2009 7:30 pm BST ARVANA (Reuters) - Rebels took the port."
    assert text[dateline(text) :].endswith("Rebels took the port.")
    assert text.index("Apr 29") < dateline(text)
    assert dateline("Rebels took the port of Arvana on Tuesday.") == 0
