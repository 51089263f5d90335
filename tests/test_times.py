"""Times: spec rows of sentence → expected expressions, the whole sample article, and properties of any input."""

from __future__ import annotations

import itertools
import json
import os
import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.annotate import Annotated, annotate, model
from ingest.findings import Document, TimeFinding
from ingest.times import find_times
from kb.edtf import Edtf

SPECS = Path(__file__).parent / "specs" / "times"
ROWS = [
    pytest.param(*row, id=f"{file.stem}-{number}")
    for file in sorted(SPECS.glob("*.json"))
    for number, row in enumerate(json.loads(file.read_text(encoding="utf-8")), 1)
]


@cache
def times(text: str, published: str | None) -> tuple[TimeFinding, ...]:
    return find_times(annotate(Document("test", text, published=Edtf(published) if published else None)))


def bare(text: str) -> Annotated:
    """A tokenised text with no parse: what every later step must survive."""
    doc = model().make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return Annotated(Document("test", text, published=Edtf("2024-02-16")), doc, (doc[:],) if len(doc) else ())


@pytest.mark.parametrize(("text", "published", "expected"), ROWS)
def test_spec(text: str, published: str | None, expected: list[list[str | None]]) -> None:
    assert [[t.text, t.type, t.value, t.edtf] for t in times(text, published)] == expected


def test_specs_are_many() -> None:
    assert len(ROWS) >= 550
    assert sum(1 for row in ROWS if not row.values[2]) >= 130


def test_findings_are_sorted_keyed_and_explained() -> None:
    text = (
        "The war began in 2022. The invasion on Feb. 24 came after talks on Monday; he recently left, weeks after it."
    )
    found = times(text, "2024-02-16")
    assert [t.key for t in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(t.rule and text[t.start : t.end] == t.text for t in found)
    assert all(not t.candidates or t.candidates[0] == t.edtf for t in found)


def test_event_date_names_its_anchor_and_its_rivals() -> None:
    text = "Millions fled when the conflict began in 2022. The invasion on Feb. 24 drove them out."
    year, day = times(text, "2024-02-16")
    assert day.anchor is not None
    assert (day.anchor.kind, day.anchor.time, text[slice(*day.anchor.span)]) == ("event", year.key, "conflict")
    assert day.candidates[0] == "2022-02-24"
    assert "2023-02-24" in day.candidates


def test_publication_date_is_the_anchor_of_last_year() -> None:
    (found,) = times("He said so last year.", "2024-02-16")
    assert found.anchor is not None
    assert (found.anchor.kind, found.anchor.value) == ("publication", "2024-02-16")


def test_changing_publication_moves_only_what_hangs_on_it() -> None:
    text = "He was born on 3 May 1960 and resigned last month."
    one, two = times(text, "2024-02-16"), times(text, "2020-02-16")
    assert one[0] == two[0]
    assert (one[1].edtf, two[1].edtf) == ("2024-01", "2020-01")


SAMPLE = [
    ("Feb. 6", "2024-02-06", "XXXX-02-06"),
    ("2022", "2022", "2022"),
    ("Early Days of the War", "2022~", "2022~"),
    ("2014", "2014", "2014"),
    ("Feb. 24", "2022-02-24", "2022-02-24"),
    ("five weeks after the conflict began", "2022-03-31~", "2022-03-31~"),
    ("March 2022", "2022-03", "2022-03"),
    ("last year", "2023", None),
    ("Feb. 10", "2024-02-10", "XXXX-02-10"),
    ("recently", "2024-02~", None),
]


@pytest.mark.parametrize("published", ["2024-02-16", None])
def test_sample_article(published: str | None) -> None:
    folder = os.environ.get("KB_GOLD")
    if not folder:
        pytest.skip("KB_GOLD does not name the folder that holds the sample article")
    text = (Path(folder) / "articles" / "us-rejects-putin-peace-offer.txt").read_text(encoding="utf-8")
    expected = [(words, dated if published else open_) for words, dated, open_ in SAMPLE]
    assert [(t.text, t.edtf) for t in times(text, published)] == expected


DAYS = st.dates(min_value=date(1400, 1, 1), max_value=date(2099, 12, 31))
FORMS = [
    "{d:%B} {n}, {d:%Y}",
    "{n} {d:%B} {d:%Y}",
    "{d:%B} {n} , {d:%Y}",
    "{d:%A}, {d:%B} {n}, {d:%Y}",
    "{d:%Y}-{d:%m}-{d:%d}",
    "the {n}{th} of {d:%B} {d:%Y}",
]


def ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(day=DAYS, form=st.sampled_from(FORMS))
def test_any_rendering_of_a_day_is_read_back(day: date, form: str) -> None:
    words = form.format(d=day, n=day.day, th=ordinal(day.day))
    (found,) = find_times(bare(f"It ended on {words}."))
    assert (found.text, found.value, found.edtf) == (words, day.isoformat(), day.isoformat())


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "last",
        "next",
        "May",
        "march",
        "Feb.",
        "24",
        "1990",
        "2014",
        "'70s",
        "Monday",
        "second",
        "week",
        "two",
        "ago",
        "later",
        "-",
        "–",
        "/",
        ",",
        ".",
        "12:30",
        "p.m.",
        "BC",
        "century",
        "quarter\n\n",
        "\t",
        "until",
        "since",
        "from",
        "to",
        "and",
    ]
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join)))
def test_no_input_raises_and_offsets_reproduce_the_text(text: str) -> None:
    found = find_times(bare(text))
    assert all(text[t.start : t.end] == t.text and t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("unit", ["1 ", "2014 ", "12-", "1. ", "the ", "first of the "])
def test_long_lines_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        words = (unit * (size // len(unit))).split()
        doc = Doc(
            model().vocab, words=words, spaces=[True] * len(words), sent_starts=[True] + [False] * (len(words) - 1)
        )
        line = Annotated(Document("test", doc.text, published=Edtf("2024-02-16")), doc, (doc[:],))
        begun = time.process_time()
        find_times(line)
        return time.process_time() - begun

    seconds(2_000)
    small, large = min(seconds(10_000), seconds(10_000)), min(seconds(80_000), seconds(80_000))
    assert large < 8 * 3 * max(small, 0.02)
