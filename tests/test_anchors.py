"""Anchors: what a date is counted from, and what follows when a person corrects an event's date."""

from __future__ import annotations

import pytest

from ingest.annotate import annotate
from ingest.findings import Document, TimeFinding
from ingest.times import find_times
from kb.edtf import Edtf

PUBLISHED = "2024-02-16"


def read(text: str, pins: dict[str, str] | None = None, published: str | None = PUBLISHED) -> dict[str, TimeFinding]:
    """The time expressions by their words; each pin names an event's words as they first stand in the text."""
    spans = {(text.index(w), text.index(w) + len(w)): Edtf(d) for w, d in (pins or {}).items()}
    annotated = annotate(Document("test", text, published=Edtf(published) if published else None))
    return {t.text: t for t in find_times(annotated, spans)}


WAR = (
    "The conflict began in 2022. The invasion on Feb. 24 drove millions out. "
    "A truce was offered five weeks after the conflict began. The mayor was born on May 3, 1960."
)


def test_correcting_an_event_moves_what_hangs_on_it_and_nothing_else() -> None:
    before, after = read(WAR), read(WAR, {"conflict": "2021-03-01", "invasion": "2021-03-01"})
    assert before["Feb. 24"].edtf == "2022-02-24"
    assert before["five weeks after the conflict began"].edtf == "2022-03-31~"
    assert after["Feb. 24"].edtf == "2021-02-24"
    assert after["five weeks after the conflict began"].edtf == "2021-04-05~"
    assert {w: after[w] for w in ("2022", "May 3, 1960")} == {w: before[w] for w in ("2022", "May 3, 1960")}


def test_a_correction_is_named_in_the_rule_and_in_the_anchor() -> None:
    found = read(WAR, {"conflict": "2021-03-01"})["five weeks after the conflict began"]
    assert found.rule.endswith(", date of the event as corrected by hand")
    assert found.anchor is not None
    assert (found.anchor.kind, found.anchor.value, found.anchor.time) == ("event", "2021-03-01", None)


def test_a_correction_dates_an_event_that_the_text_does_not() -> None:
    text = "The vote was close. The day after the vote, ministers met. Two weeks after the vote, they left."
    assert "The day after the vote" not in read(text)
    found = read(text, {"vote": "2023-05-14"})
    assert found["The day after the vote"].edtf == "2023-05-15~"
    assert found["Two weeks after the vote"].edtf == "2023-05-28~"


@pytest.mark.parametrize(
    ("pin", "counted", "bare"),
    [
        ("2021-03-01", "2021-04-05~", "2021-02-24"),
        ("2021-03-01/2021-09-30", "2021-04-05~", "2021-02-24"),
        ("2021-03-01~", "2021-04-05~", "2021-02-24"),
        ("2021", "2021~", "2021-02-24"),
        ("2021-03/..", "2021-03~", "2021-02-24"),
    ],
)
def test_a_correction_counts_from_its_beginning(pin: str, counted: str, bare: str) -> None:
    found = read(WAR, {"conflict": pin, "invasion": pin})
    assert found["five weeks after the conflict began"].edtf == counted
    assert found["Feb. 24"].edtf == bare


def test_the_end_of_a_corrected_interval_is_its_end() -> None:
    text = "The war was long. Two days after the war ended, trains ran. Two days before the war began, they stopped."
    found = read(text, {"war": "2021-03-01/2021-09-30"})
    assert found["Two days after the war ended"].edtf == "2021-10-02~"
    assert found["Two days before the war began"].edtf == "2021-02-27~"


def test_a_correction_of_one_event_leaves_another_of_its_class_alone() -> None:
    text = (
        "The election was held on May 3, 2020. The referendum was held on June 7, 2020. "
        "Two days after the election, the count ended. Two days after the referendum, talks began."
    )
    before, after = read(text), read(text, {"referendum": "2020-06-14"})
    assert before["Two days after the referendum"].edtf == "2020-06-09~"
    assert after["Two days after the referendum"].edtf == "2020-06-16~"
    assert after["Two days after the election"] == before["Two days after the election"]


def test_a_correction_holds_in_a_history() -> None:
    text = (
        "The king rose in 1911, 1912, 1913, 1914, 1915 and 1916. The revolt was bloody. "
        "The revolt on 4 May surprised the court. Two days after the revolt, the king fled."
    )
    found = read(text, {"revolt": "1905-05-01"}, published=None)
    assert found["4 May"].edtf == "1905-05-04"
    assert found["Two days after the revolt"].edtf == "1905-05-03~"
