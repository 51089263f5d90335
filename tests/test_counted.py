"""What is kept of each node for screens to count and choose by."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.counted import (
    ALWAYS,
    STEPS,
    UNDATED,
    cell_of,
    count_rung,
    entities_of,
    event_counts,
    event_rung,
    lot_of,
    parts_of_cell,
    slot_of,
    span_of,
    step_below,
)

DAYS = st.dates(dt.date(1000, 1, 1)).map(str)
EVENT = {
    "type": "FIGHT", "status": "asserted", "edtf": "2014-03-18", "earliest": "2014-03-18", "latest": "2014-03-18",
    "precision": "day", "salience": 0.31, "confidence": 0.9, "importance": 0.456, "shown": True, "parts": None,
    "taking_part": [["agent", "one"], ["@", "here"], ["agent", None]], "id": "event-7f03", "dating": 2, "guessing": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("earliest", "latest", "slot"),
    [("2014-03-18", "2014-03-18", "2014-03"), ("2014-03-01", "2014-03-31", "2014-03"),
     ("2014-03-31", "2014-04-01", "2014"), ("2014-12-31", "2015-01-01", "201"), ("2009-01-01", "2010-01-01", "20"),
     ("1999-12-31", "2000-01-01", ALWAYS), ("2014-03-18", None, ALWAYS), (None, "2014-03-18", ALWAYS),
     (None, None, UNDATED), ("-0044-03-15", "-0044-03-15", ALWAYS)],
)  # fmt: skip
def test_the_slot_is_the_least_span_that_holds_all_days(earliest: str, latest: str, slot: str) -> None:
    assert slot_of(earliest, latest) == slot


@given(DAYS, DAYS)
def test_a_slot_holds_its_days(one: str, other: str) -> None:
    first, last = span_of(slot_of(*sorted((one, other))))
    assert first <= min(one, other) <= max(one, other) <= last


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_rungs_rise_with_what_is_counted(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert count_rung(low) <= count_rung(high)
    assert count_rung(low) != count_rung(low + max(8, low // 4))


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_important_are_on_no_lower_rung(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert event_rung(low, "2014") <= event_rung(high, "2014")
    assert event_rung(low, UNDATED) <= event_rung(high, UNDATED)


@given(st.text(), st.text(), st.sampled_from(["event-", "event", "", "f"]))
def test_of_two_equals_the_lesser_id_is_in_no_later_lot(one: str, other: str, before: str) -> None:
    low, high = sorted((before + one, before + other))
    assert lot_of("0460", low) <= lot_of("0460", high)


def test_lots_are_as_many_as_there_are_beginnings_of_a_hash() -> None:
    assert lot_of("0460", "event-7f03") == "0460 7f"
    assert len({lot_of("0460", f"event-{at:02x}00") for at in range(256)}) == 256


@pytest.mark.parametrize(("dating", "guessing", "guessed"), [(0, 0, None), (2, 0, None), (2, 1, None), (2, 2, True)])
def test_a_year_is_a_guess_where_all_that_give_it_guess(dating: int, guessing: int, guessed: bool | None) -> None:
    assert event_counts({**EVENT, "dating": dating, "guessing": guessing})["yearGuessed"] is guessed


def test_a_step_is_reached_as_a_filter_reaches_it() -> None:
    assert [step_below(step / 100) for step in STEPS] == list(STEPS)
    assert step_below(0.2599) == 25
    assert step_below(0.26) == 26


def test_a_cell_tells_what_it_was_made_of_whatever_a_human_calls_a_type() -> None:
    assert parts_of_cell(cell_of(EVENT)) == ("2014-03", "FIGHT", "asserted", 30, 90)
    assert parts_of_cell(cell_of({**EVENT, "type": "a | b", "precision": "year"})) == ("", "a | b", "asserted", 30, 90)


def test_what_is_not_shown_counts_nowhere() -> None:
    assert event_counts({**EVENT, "shown": False}).keys() == event_counts(EVENT).keys()
    assert set(event_counts({**EVENT, "shown": False}).values()) == {None}


def test_an_event_keeps_who_takes_part_and_where() -> None:
    assert event_counts(EVENT)["who"] == ["@|here", "agent|one"]
    assert entities_of(event_counts(EVENT)["who"]) == {"one", "here"}
