"""EDTF values: bounds, precision, order, overlap, words, and that the quick reading agrees with the full grammar."""

from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kb.edtf import Edtf
from kb.errors import InvalidDate


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "human"),
    [
        ("2014", "2014-01-01", "2014-12-31", "year", "2014"),
        ("2022-02", "2022-02-01", "2022-02-28", "month", "February 2022"),
        ("2024-02~", "2024-02-01", "2024-02-29", "month", "about February 2024"),
        ("2022-02-24", "2022-02-24", "2022-02-24", "day", "24 Feb 2022"),
        ("2022-03-31~", "2022-03-31", "2022-03-31", "day", "about 31 Mar 2022"),
        ("2014?", "2014-01-01", "2014-12-31", "year", "2014 (uncertain)"),
        ("199X", "1990-01-01", "1999-12-31", "decade", "1990s"),
        ("18XX", "1800-01-01", "1899-12-31", "century", "1800s"),
        ("1916-22", "1916-06-01", "1916-08-31", "season", "summer 1916"),
        ("1941-24", "1941-12-01", "1942-02-28", "season", "winter 1941"),
        ("2023-35", "2023-07-01", "2023-09-30", "quarter", "Q3 2023"),
        ("2008-41", "2008-07-01", "2008-12-31", "season", "second half 2008"),
        ("-0489", "-0489-01-01", "-0489-12-31", "year", "-0489"),
        ("1990/..", "1990-01-01", None, "open", "since 1990"),
        ("../2016-05", None, "2016-05-31", "open", "until May 2016"),
        ("2014/2016", "2014-01-01", "2016-12-31", "interval", "2014 to 2016"),
        ("2022-03-27/2022-04-02", "2022-03-27", "2022-04-02", "interval", "27 Mar 2022 to 2 Apr 2022"),
        ("XXXX-02-06", None, None, "unknown", "6 Feb, year unknown"),
        ("2022-03-04T10:15:00Z", "2022-03-04", "2022-03-04", "day", "4 Mar 2022, 10:15"),
    ],
)
def test_bounds_precision_and_words(
    text: str, earliest: str | None, latest: str | None, precision: str, human: str
) -> None:
    value = Edtf(text)
    assert (value.earliest, value.latest, value.precision, value.human()) == (earliest, latest, precision, human)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2023-02-30", "2023-13", "2024-02-16x", "2016/2014", "2022-1-1", "20222", "2022-00"]
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(InvalidDate, match=r"EDTF|calendar|ends before"):
        Edtf(text)


def test_overlap_and_containment() -> None:
    assert Edtf("2022").contains(Edtf("2022-02-24"))
    assert not Edtf("2022-02-24").contains(Edtf("2022"))
    assert Edtf("2014/..").overlaps(Edtf("2030"))
    assert not Edtf("../2013").overlaps(Edtf("2014"))
    assert Edtf("XXXX-02-06").overlaps(Edtf("2024-02-06"))
    assert not Edtf("XXXX-02-06").overlaps(Edtf("2024-02-07"))


def test_order_puts_open_years_last() -> None:
    dates = [Edtf(t) for t in ("XXXX-02-06", "2022-02-24", "2014", "2022")]
    assert sorted(dates) == ["2014", "2022", "2022-02-24", "XXXX-02-06"]


def test_pydantic_reports_a_bad_date_as_a_validation_error() -> None:
    class Row(BaseModel):
        when: Edtf

    assert Row(when="2014").when == Edtf("2014")  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="is not an EDTF date"):
        Row(when="soon")  # type: ignore[arg-type]


def renderings(day: date) -> list[str]:
    return [f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y-%m-%d}~", f"{day:%Y}?", f"{day:%Y}/{day:%Y-%m}"]


@settings(max_examples=25)
@given(day=st.dates(min_value=date(1000, 1, 1)), which=st.integers(0, 5))
def test_quick_reading_agrees_with_the_grammar(day: date, which: int) -> None:
    text = renderings(day)[which]
    parsed = edtf.parse_edtf(text)
    bounds = [f"{d[0]:04d}-{d[1]:02d}-{d[2]:02d}" for d in (parsed.lower_strict(), parsed.upper_strict())]
    assert [Edtf(text).earliest, Edtf(text).latest] == bounds


@settings(max_examples=100)
@given(text=st.text(alphabet="0123456789X-/~?%.T:Z", max_size=14))
def test_no_string_does_anything_but_parse_or_say_so(text: str) -> None:
    try:
        value = Edtf(text)
    except InvalidDate:
        return
    assert value == text
    assert isinstance(value.human(), str)
    assert value.precision
