"""The date in what somebody asks for, each row of the spec."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.asked_dates import asked_date
from kb.edtf import Edtf

SPEC: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "specs" / "asked_dates" / "dates.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", SPEC, ids=[row["words"] or "nothing" for row in SPEC])
def test_the_date_and_what_is_asked_for_beside_it(row: dict[str, Any]) -> None:
    expected = None if row["edtf"] is None else (row["rest"], Edtf(row["edtf"]))
    assert asked_date(row["words"]) == expected


@pytest.mark.parametrize("words", ["(" * 5000, "2022 " * 2000, "\\/*~^\"'" * 900, "😀 2022", "9" * 9000])
def test_nothing_typed_is_an_error(words: str) -> None:
    found = asked_date(words)
    assert found is None or found[1]
