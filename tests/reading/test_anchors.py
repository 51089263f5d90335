"""Anchors: what a date is counted from, and what follows when a person corrects an event's date."""

from __future__ import annotations

import itertools

import pytest

from ingest.reading.annotate import annotate
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.times import find_times
from ingest.reading.findings import Document, TimeFinding
from kb.edtf import Edtf
from tests.steps import calls

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
    assert found["The day after the vote"].edtf == "2023-05-15"
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


def anchored(found: TimeFinding, all_found: dict[str, TimeFinding]) -> tuple[str, str | None, str | None]:
    """Kind and value of an anchor, and the words of the expression that dates it."""
    assert found.anchor is not None
    dating = next((t.text for t in all_found.values() if t.key == found.anchor.time), None)
    return found.anchor.kind, found.anchor.value, dating


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_chain_resolves_in_any_order_of_its_sentences(order: tuple[int, ...]) -> None:
    told = [
        "The invasion began on 24 February 2022.",
        "The talks opened four days after the invasion.",
        "Two weeks after the talks, a truce held.",
    ]
    found = read(" ".join(told[i] for i in order))
    assert found["four days after the invasion"].edtf == "2022-02-28~"
    assert found["Two weeks after the talks"].edtf == "2022-03-14~"
    assert anchored(found["Two weeks after the talks"], found) == (
        "event",
        "2022-02-28",
        "four days after the invasion",
    )
    assert anchored(found["four days after the invasion"], found) == ("event", "2022-02-24", "24 February 2022")


def test_a_correction_moves_the_whole_chain() -> None:
    text = (
        "The invasion began on 24 February 2022. The talks opened four days after the invasion. "
        "Two weeks after the talks, a truce held. The next day it was broken."
    )
    found = read(text, {"invasion": "2022-02-20"})
    assert [t.edtf for t in found.values()] == ["2022-02-24", "2022-02-24~", "2022-03-10~", "2022-03-11~"]


def test_a_circle_is_named_and_dates_nothing() -> None:
    text = "The vote came two days after the rally. The rally was held two days before the vote."
    found = read(text)
    one, two = found["two days after the rally"], found["two days before the vote"]
    rule = "circular: “two days after the rally” and “two days before the vote” are counted from each other"
    assert (one.rule, two.rule) == (rule, rule)
    assert (one.value, one.edtf, one.circular) == ("XXXX-XX-XX", None, True)
    assert one.anchor is not None
    assert two.anchor is not None
    assert (one.anchor.time, two.anchor.time) == (two.key, one.key)


def test_a_circle_of_three_names_all_and_what_leads_into_it_hangs_on_none() -> None:
    text = (
        "The strike began a week after the rally. The rally was held a month after the vote. "
        "The vote took place two days before the strike. The mayor left two days after the vote."
    )
    circular = [t for t in read(text).values() if t.circular]
    assert [t.text for t in circular] == [
        "a week after the rally",
        "a month after the vote",
        "two days before the strike",
    ]
    assert all(words in circular[0].rule for words in (t.text for t in circular))
    keys = {t.key: t.anchor.time for t in circular if t.anchor is not None}
    assert set(keys) == set(keys.values())


def test_a_date_or_a_correction_from_outside_breaks_the_circle() -> None:
    text = "The vote came two days after the rally. The rally was held two days before the vote."
    dated = read(f"{text} The vote took place on May 5, 2021.")
    assert [t.edtf for t in dated.values()] == ["2021-05-05~", "2021-05-03~", "2021-05-05"]
    corrected = read(text, {"rally": "2021-05-03"})
    assert [t.edtf for t in corrected.values()] == ["2021-05-05~", "2021-05-03~"]
    assert not any(t.circular for t in (*dated.values(), *corrected.values()))


def test_an_event_dated_through_what_is_counted_from_it_does_not_drift() -> None:
    text = (
        "He arrived on May 3, 2021. The vote came two days after the rally. "
        "The next day the rally was held. The sun shone."
    )
    found = read(text)
    assert found["two days after the rally"].circular
    assert found["two days after the rally"].edtf is None


@pytest.mark.parametrize(
    ("text", "words", "candidates"),
    [
        ("The mayor resigned on February 20.", "February 20", ("2023-02-20", "2024-02-20", "2025-02-20")),
        ("The mayor will resign on February 20.", "February 20", ("2024-02-20", "2023-02-20", "2025-02-20")),
        ("The election is on November 5.", "November 5", ("2024-11-05", "2023-11-05", "2025-11-05")),
        (
            "The war began in 2022. The invasion on Feb. 24 began.",
            "Feb. 24",
            ("2022-02-24", "2024-02-24", "2023-02-24"),
        ),
        ("He was tried on March 3, 2020. He left on May 4.", "May 4", ("2020-05-04", "2023-05-04", "2024-05-04")),
        ("The court ruled on Tuesday.", "Tuesday", ("2024-02-13", "2024-02-20")),
        ("He was born on May 4, 1960.", "May 4, 1960", ("1960-05-04",)),
    ],
)
def test_the_chosen_year_comes_first_and_its_rivals_are_kept(
    text: str, words: str, candidates: tuple[str, ...]
) -> None:
    found = read(text)[words]
    assert found.candidates[0] == candidates[0] == found.edtf
    assert set(found.candidates) >= set(candidates)


def test_last_year_dates_the_revealing_and_not_what_was_revealed() -> None:
    document = Document(
        "test", "Angela Merkel revealed last year that rebels attacked the port of Odesa.", published=Edtf(PUBLISHED)
    )
    annotated = annotate(document)
    events = find_events(annotated, find_times(annotated), find_entities(annotated))
    assert {e.lemma: e.edtf for e in events} == {"reveal": "2023", "attack": None}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("He left last year.", "last year", ("publication", "2024-02-16", None)),
        ("He wed on May 3, 1990. The next day he left.", "The next day", ("time", "1990-05-03", "May 3, 1990")),
        ("He left two days after May 3, 1990.", "two days", ("time", "1990-05-03", "May 3, 1990")),
        (
            "The vote was on May 3, 1990. He left the day after the vote.",
            "the day after the vote",
            ("event", "1990-05-03", "May 3, 1990"),
        ),
        ("He was tried on March 3, 2020. He left on May 4.", "May 4", ("time", "2020-03-03", "March 3, 2020")),
    ],
)
def test_every_kind_of_anchor_names_what_it_is(text: str, words: str, expected: tuple[str, ...]) -> None:
    found = read(text)
    assert anchored(found[words], found) == expected


def test_a_long_chain_and_a_long_circle_end() -> None:
    words = [f"{a}{b}ation" for a in ("med", "neg", "rel", "cel", "dem") for b in ("it", "ot", "ax", "ebr", "onstr")]
    links = [f"The {new} took place two days after the {old}." for old, new in itertools.pairwise(words)]
    chain = read(" ".join([*links, f"The {words[0]} took place on May 1, 2021."]))
    assert chain[f"two days after the {words[-2]}"].edtf == "2021-06-18~"
    circle = read(" ".join([*links, f"The {words[0]} took place two days after the {words[-1]}."]))
    assert all(t.circular and t.edtf is None for t in circle.values())
    assert len(circle) == len(words)


@pytest.mark.parametrize(
    ("pin", "after", "before"),
    [
        ("2020-21", "2020-21~", "2020-21~"),
        ("2020-34", "2020-34~", "2020-34~"),
        ("202X", "202X~", "202X~"),
        ("2020", "2020~", "2020~"),
        ("-0489-08-12", "-0489-10~", "-0489-06~"),
        ("2020-05-02T10:00:00", "2020-07~", "2020-03~"),
        ("2020?-05-02", "2020-07~", "2020-03~"),
        ("../2020-05-02", "2020-07~", None),
        ("2020-05-02/..", "2020-07~", "2020-03~"),
    ],
)
def test_a_correction_of_any_form_counts_from_the_side_it_knows(pin: str, after: str, before: str | None) -> None:
    found = read(
        "The talks were long. Two months after the talks, he left. Two months before the talks, he wed.", {"talks": pin}
    )
    assert [t.edtf for t in found.values() if t.text.startswith("Two months")] == [after, before]


@pytest.mark.parametrize("span", [(0, 0), (3, 4), (5, 4000), (9000, 9001), (0, 10_000), (7, 8)])
def test_a_correction_of_no_event_changes_nothing(span: tuple[int, int]) -> None:
    text = "On May 3, 1990 it rained. Two weeks after the vote, he left."
    annotated = annotate(Document("test", text, published=Edtf(PUBLISHED)))
    found = find_times(annotated, {span: Edtf("2020-05-02")})
    assert found[0] == find_times(annotated)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "The invasion began on 5 May 2022. Two days after the invasion the talks opened. ",
        "The vote came two days after the rally. The rally was held three weeks after the explosion. ",
    ],
)
def test_work_grows_with_the_events_of_one_kind(sentence: str) -> None:
    def work(times: int) -> int:
        annotated = annotate(Document("test", sentence * times, published=Edtf("2024-02-16")))
        return calls(lambda: find_times(annotated))

    work(100)
    small, large = work(100), work(800)
    assert large < 8 * 2 * small
