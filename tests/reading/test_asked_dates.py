"""The date in what somebody asks for, each row of the spec."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.asked_dates import asked_date, written_date
from kb.edtf import Edtf
from kb.errors import BadInput

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


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("10 April 2022", "2022-04-10"), ("April 10, 2022", "2022-04-10"), (" March 2022 ", "2022-03"),
        ("spring 2022", "2022-21"), ("2014", "2014"), ("the 1990s", "199X"), ("about March 2022", "2022-03~"),
        ("27 Mar 2022 to 2 Apr 2022", "2022-03-27/2022-04-02"), ("from March to May 2022", "2022-03/2022-05"),
        ("since 2014", "2014/.."), ("2022-03~", "2022-03~"), ("2022-03-27/2022-04-02", "2022-03-27/2022-04-02"),
        ("2024 (uncertain)", "2024?"), ("25/12/2022", "2022-12-25"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_an_article_writes_it_or_as_edtf(words: str, edtf: str) -> None:
    assert written_date(words) == Edtf(edtf)
    assert written_date(written_date(words).human()) == Edtf(edtf), "what is shown can be written again"


@pytest.mark.parametrize("words", ["", "May", "last week", "3/4/2022", "Kyiv 2022", "2022-13", "10 April 2022 or 2023"])
def test_what_is_no_one_date_is_refused_with_what_would_be(words: str) -> None:
    with pytest.raises(BadInput, match="10 April 2022"):
        written_date(words)
