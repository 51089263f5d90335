"""Times: spec rows of sentence → expected expressions, the whole sample article, and properties of any input."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.reading.annotate import Annotated, annotate, model
from ingest.reading.english.times import find_times
from ingest.reading.english.times.phrases.grammar import find_phrases
from ingest.reading.findings import Document, TimeFinding
from kb.edtf import Edtf
from tests.steps import calls

SPECS = Path(__file__).parents[1] / "specs" / "times"
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
    assert len(ROWS) >= 600
    assert sum(1 for row in ROWS if not row.values[2]) >= 150


ORDERS = [
    ("Received 13/04/2021. Answered 05/06/2021.", "day first, as in other dates in figures of the article"),
    ("The harbour opened on 3 May 2019. It closed on 05/06/2021.", "day first, as in the written dates of the article"),
    ("The programme's colour scheme is from 03/04/2021.", "day first, by the spelling of the article"),
    ("The program's color scheme is from 03/04/2021.", "month first, by the spelling of the article"),
    ("The scheme is from 03/04/2021.", "month first, as nothing in the article tells the order"),
    ("The scheme is from 04/23/2021.", "month first"),
]


@pytest.mark.parametrize(("text", "reason"), ORDERS)
def test_figures_that_can_be_read_either_way_say_by_what_they_were(text: str, reason: str) -> None:
    assert times(text, "2024-02-16")[-1].rule == f"numeric date, {reason}"


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
    ("current", None, None),
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
YEARS = st.integers(1400, 2099)
DAY_FORMS = [
    "{d:%B} {n}, {y}",
    "{n} {d:%B} {y}",
    "{d:%B} {n} , {y}",
    "{d:%B} {n}{th}, {y}",
    "{d:%A}, {d:%B} {n}, {y}",
    "{d:%A}, {n} {d:%B} {y}",
    "{y}-{d:%m}-{d:%d}",
    "{y}/{d:%m}/{d:%d}",
    "the {n}{th} of {d:%B} {y}",
    "the {n}{th} of {d:%B}, {y}",
    "{d:%b} {n}, {y}",
]
MONTH_FORMS = ["{d:%B} {y}", "{d:%B}, {y}", "{d:%B} of {y}", "{d:%b} {y}"]
# Words, TIMEX3 value and EDTF of a year, and of what is part of one or holds it.
YEAR_FORMS = [
    ("{y}", "{y}", "{y}"),
    ("the year {y}", "{y}", "{y}"),
    ("early {y}", "{y}", "{y}"),
    ("mid-{y}", "{y}", "{y}"),
    ("the end of {y}", "{y}", "{y}"),
    ("about {y}", "{y}", "{y}~"),
    ("fiscal {y}", "{y}", "{y}~"),
    ("the {dec}0s", "{dec}", "{dec}X"),
    ("the late {dec}0s", "{dec}", "{dec}X"),
    ("the {nth} century", "{cent}", "{cent}XX"),
    ("the {word} century", "{cent}", "{cent}XX"),
    ("the first quarter of {y}", "{y}-Q1", "{y}-33"),
    ("the fourth quarter of {y}", "{y}-Q4", "{y}-36"),
    ("Q3 {y}", "{y}-Q3", "{y}-35"),
    ("{y} Q2", "{y}-Q2", "{y}-34"),
    ("the second half of {y}", "{y}-H2", "{y}-41"),
    ("the spring of {y}", "{y}-SP", "{y}-21"),
    ("summer {y}", "{y}-SU", "{y}-22"),
    ("the autumn of {y}", "{y}-FA", "{y}-23"),
    ("the winter of {y}", "{y}-WI", "{y}-24"),
    ("Christmas {y}", "{y}-12-25", "{y}-12-25"),
    ("{y} BC", "BC{y}", "-{before}"),
]
NTH = {15: "fifteenth", 16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth",
       21: "twenty-first"}  # fmt: skip
QUICK = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def only(sentence: str) -> tuple[str, str, str, str | None]:
    (found,) = find_times(bare(sentence))
    return found.text, found.type, found.value, found.edtf


@QUICK
@given(day=DAYS, form=st.sampled_from(DAY_FORMS))
def test_any_rendering_of_a_day_is_read_back(day: date, form: str) -> None:
    words = form.format(d=day, n=day.day, y=day.year, th=ordinal(day.day))
    assert only(f"It ended on {words}.") == (words, "DATE", day.isoformat(), day.isoformat())


@QUICK
@given(day=DAYS, form=st.sampled_from(MONTH_FORMS))
def test_any_rendering_of_a_month_is_read_back(day: date, form: str) -> None:
    words, month = form.format(d=day, y=day.year), f"{day.year}-{day.month:02d}"
    assert only(f"It ended in {words}.") == (words, "DATE", month, month)


@QUICK
@given(year=YEARS, form=st.sampled_from(YEAR_FORMS))
def test_any_rendering_of_a_year_its_parts_and_what_holds_it_is_read_back(
    year: int, form: tuple[str, str, str]
) -> None:
    nth = year // 100 + 1
    names = {"y": year, "dec": year // 10, "cent": year // 100, "nth": f"{nth}{ordinal(nth)}", "word": NTH[nth]}
    words, value, edtf = (part.format(**names, before=f"{year - 1:04d}") for part in form)
    assert only(f"It ended in {words}.") == (words, "DATE", value, edtf)


@QUICK
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), first=st.sampled_from(["day", "month"]))
def test_numbers_are_read_in_the_order_that_the_articles_other_dates_show(day: date, first: str) -> None:
    shown = "Received 25/12/2019. " if first == "day" else "Received 12/25/2019. "
    form = "{d:%d}/{d:%m}/{d:%Y}" if first == "day" else "{d:%m}/{d:%d}/{d:%Y}"
    _, found = find_times(bare(f"{shown}Answered {form.format(d=day)}."))
    assert (found.value, found.edtf) == (day.isoformat(), day.isoformat())


@QUICK
@given(day=DAYS, hour=st.integers(0, 23), minute=st.integers(0, 59), form=st.sampled_from(["{c} on {w}", "{w} at {c}"]))
def test_any_clock_time_of_a_day_is_read_back(day: date, hour: int, minute: int, form: str) -> None:
    half = "a.m." if hour < 12 else "p.m."
    for clock in (f"{hour:02d}:{minute:02d}", f"{hour % 12 or 12}:{minute:02d} {half}"):
        words = form.format(c=clock, w=f"{day:%B} {day.day}, {day.year}")
        text, kind, value, edtf = only(f"It ended at {words}, they said.")
        assert (text.rstrip("."), kind, edtf) == (words.rstrip("."), "TIME", day.isoformat())
        assert value == f"{day.isoformat()}T{hour:02d}:{minute:02d}"


@QUICK
@given(
    years=st.tuples(YEARS, YEARS).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    form=st.sampled_from(["from {} to {}", "between {} and {}", "from {} until {}"]),
)
def test_both_ends_of_a_range_carry_the_whole(years: list[int], form: str) -> None:
    found = find_times(bare(f"It lasted {form.format(*years)}."))
    assert [t.value for t in found] == [str(year) for year in years]
    assert {t.edtf for t in found} == {f"{years[0]}/{years[1]}"}


@QUICK
@given(day=DAYS.filter(lambda d: d.day < 28), form=st.sampled_from(["{m} {a}-{b}, {y}", "{a}-{b} {m} {y}"]))
def test_days_of_one_month_carry_the_whole_range(day: date, form: str) -> None:
    last = day.replace(day=day.day + 1)
    words = form.format(m=f"{day:%B}", a=day.day, b=last.day, y=day.year)
    found = find_times(bare(f"It rained on {words}."))
    assert [t.value for t in found] == [day.isoformat(), last.isoformat()]
    assert {t.edtf for t in found} == {f"{day}/{last}"}


@QUICK
@given(
    amount=st.integers(2, 99),
    unit=st.sampled_from([("day", "P{}D"), ("week", "P{}W"), ("month", "P{}M"), ("year", "P{}Y"), ("hour", "PT{}H")]),
    form=st.sampled_from(["{n} {u}s", "{n}-{u}", "nearly {n} {u}s", "the past {n} {u}s", "the next {n} {u}s"]),
)
def test_any_length_of_time_is_read_back(amount: int, unit: tuple[str, str], form: str) -> None:
    words = form.format(n=amount, u=unit[0])
    assert only(f"It took {words} talks.") == (words, "DURATION", unit[1].format(amount), None)


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


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join)))
def test_no_input_raises_and_offsets_reproduce_the_text(text: str) -> None:
    found = find_times(bare(text))
    assert all(text[t.start : t.end] == t.text and t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def seconds(run: Callable[[], object], runs: int = 2) -> float:
    """Processor time of the quickest run: what else the machine does counts for little."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("unit", ["1 ", "2014 ", "12-", "1. ", "the ", "first of the ", "2014-2016, from 3 to 5 May "])
def test_work_grows_with_the_line(unit: str) -> None:
    def reading(size: int) -> int:
        words = (unit * (size // len(unit))).split()
        doc = Doc(
            model().vocab, words=words, spaces=[True] * len(words), sent_starts=[True] + [False] * (len(words) - 1)
        )
        line = Annotated(Document("test", doc.text, published=Edtf("2024-02-16")), doc, (doc[:],))
        return calls(lambda: find_times(line))

    reading(2_000)
    small, large = reading(10_000), reading(80_000)
    assert large < 8 * 2 * small


@pytest.mark.parametrize("unit", ["1 2 33 444 5555 ", "2014 ", "1", " "])
def test_a_line_of_a_megabyte_takes_linear_time(unit: str) -> None:
    def looking(size: int) -> float:
        text = unit * (size // len(unit))
        return seconds(lambda: sum(1 for _ in find_phrases(text)), runs=1)

    small, large = looking(62_500), looking(1_000_000)
    assert large < 16 * 8 * max(small, 0.02)  # the square is 256 times as much
