"""Interval constraints: whatever is true stays inside the bounds, nothing widens, and contradictions are named."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.edtf import Edtf
from kb.shown.intervals import (
    ANY,
    FIRST,
    LAST,
    Conflict,
    Constraint,
    Days,
    Kind,
    Narrowed,
    Span,
    propagate,
    rank,
    span_of,
)

KEYS = "abcdef"


def iso(day: int) -> str:
    """Days 0, 1, 2, … of a calendar of 28-day months that begins before the year 0."""
    year, rest = divmod(day, 336)
    year -= 2
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{rest // 28 + 1:02d}-{rest % 28 + 1:02d}"


def on(*days: str) -> Span:
    """What lies within two days, or on one."""
    days_ = Days(days[0], days[-1])
    return Span(days_, days_, moment=True)


def before(*keys: str) -> list[Constraint]:
    return [Constraint("before", one, other) for one, other in pairwise(keys)]


def inside(span: Span, first: int, last: int) -> bool:
    def within(days: Days, day: int) -> bool:
        low = days.earliest is None or rank(days.earliest) <= rank(iso(day))
        return low and (days.latest is None or rank(iso(day)) <= rank(days.latest))

    return within(span.first, first) and within(span.last, last)


@st.composite
def loose(draw: st.DrawFn, day: int) -> Days:
    """Bounds around a day, each near, far or absent."""
    low, high = draw(st.none() | st.integers(0, 400)), draw(st.none() | st.integers(0, 400))
    return Days(None if low is None else iso(max(0, day - low)), None if high is None else iso(day + high))


@st.composite
def truths(draw: st.DrawFn) -> tuple[dict[str, tuple[int, int]], dict[str, Span], list[Constraint]]:
    """What happened, in hours; vague bounds on its days; and true sentences about it."""
    happened = {}
    for key in KEYS:
        start = draw(st.integers(0, 30_000))
        happened[key] = (start, start + draw(st.sampled_from((0, 0, 5, 600))))
    days = {key: (start // 24, end // 24) for key, (start, end) in happened.items()}
    spans = {}
    for key, (first, last) in days.items():
        moment = first == last and draw(st.booleans())
        bounds = draw(loose(first))
        spans[key] = Span(bounds, bounds if moment else draw(loose(last)), moment)
    pairs = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=14))
    said = [Constraint(kind, a, b) for a, b in pairs for kind in true_kinds(happened[a], happened[b]) if a != b]
    return days, spans, said


def true_kinds(one: tuple[int, int], other: tuple[int, int]) -> list[Kind]:
    kinds: list[Kind] = ["before"] if one[0] < other[0] else []
    return [*kinds, "during"] if other[0] <= one[0] and one[1] <= other[1] else kinds


@st.composite
def anything(draw: st.DrawFn) -> tuple[dict[str, Span], list[Constraint]]:
    """Any bounds and any sentences, true or not."""
    spans = {}
    for key in KEYS:
        low, high = sorted(draw(st.tuples(st.integers(0, 900), st.integers(0, 900))))
        bounds = Days(draw(st.sampled_from((None, iso(low)))), draw(st.sampled_from((None, iso(high)))))
        spans[key] = Span(bounds, bounds, draw(st.booleans()))
    pair = st.tuples(st.sampled_from(("before", "during")), st.sampled_from(KEYS), st.sampled_from(KEYS))
    return spans, [Constraint(*drawn) for drawn in draw(st.lists(pair, max_size=14))]


@given(truths())
def test_what_happened_stays_inside_and_true_sentences_never_clash(
    truth: tuple[dict[str, tuple[int, int]], dict[str, Span], list[Constraint]],
) -> None:
    days, spans, said = truth
    found = propagate(spans, said)
    assert found.conflicts == ()
    for key, (first, last) in days.items():
        assert inside(found.spans[key], first, last)


def width(days: Days) -> tuple[int, int]:
    return (rank(days.earliest) if days.earliest else -(10**9), -rank(days.latest) if days.latest else -(10**9))


@given(anything())
def test_nothing_widens(case: tuple[dict[str, Span], list[Constraint]]) -> None:
    spans, said = case
    for key, span in propagate(spans, said).spans.items():
        for after, old in ((span.first, spans[key].first), (span.last, spans[key].last)):
            assert all(a >= b for a, b in zip(width(after), width(old), strict=True))


@given(anything(), st.randoms(use_true_random=False))
def test_the_order_of_the_sentences_changes_nothing(
    case: tuple[dict[str, Span], list[Constraint]], chance: Random
) -> None:
    spans, said = case
    mixed = list(said)
    chance.shuffle(mixed)
    other = dict(reversed(list(spans.items())))
    assert outcome(propagate(spans, said)) == outcome(propagate(other, mixed))


def outcome(found: Narrowed) -> tuple[Mapping[str, Span], set[Conflict], object]:
    chains = {p: b.chain for p, b in found.lower.items()}, {p: b.chain for p, b in found.upper.items()}
    return dict(found.spans), set(found.conflicts), chains


@given(anything())
def test_a_second_time_finds_nothing_more(case: tuple[dict[str, Span], list[Constraint]]) -> None:
    spans, said = case
    once = propagate(spans, said)
    doubtful = {c for conflict in once.conflicts for c in conflict.path}
    again = propagate(once.spans, [c for c in said if c not in doubtful])
    assert again.spans == once.spans
    assert again.conflicts == ()


@given(anything())
def test_every_contradiction_can_be_followed(case: tuple[dict[str, Span], list[Constraint]]) -> None:
    spans, said = case
    for conflict in propagate(spans, said).conflicts:
        assert set(conflict.path) <= set(said)
        # The path's own sentences clash by themselves, and all of them are needed.
        alone = propagate(spans, conflict.path)
        assert alone.conflicts
        if conflict.kind == "dates":
            assert propagate(spans, conflict.path[1:]).conflicts == () or len(alone.conflicts) > 1
            ends = {conflict.path[0].one, conflict.path[0].other, conflict.path[-1].one, conflict.path[-1].other}
            assert set(conflict.ends) <= ends


@given(anything())
def test_a_moment_begins_and_ends_within_the_same_bounds(case: tuple[dict[str, Span], list[Constraint]]) -> None:
    for span in propagate(*case).spans.values():
        assert not span.moment or span.first == span.last


def test_an_undated_event_lies_between_its_neighbours() -> None:
    spans = {"a": on("2014-03-18"), "x": Span(moment=True), "b": on("2022-02-24")}
    found = propagate(spans, before("a", "x", "b"))
    assert found.spans["x"] == on("2014-03-18", "2022-02-24")
    assert found.lower["x", FIRST].chain == tuple(before("a", "x"))
    assert found.upper["x", LAST].source == "b"


def test_a_bound_travels_along_a_chain_and_names_it() -> None:
    spans = {"a": on("2014-03-18"), **{key: Span(moment=True) for key in "bcd"}}
    said = before(*"abcd")
    found = propagate(spans, said)
    assert found.lower["d", FIRST].day == "2014-03-18"
    assert found.lower["d", FIRST].chain == tuple(reversed(said))


def test_what_happened_during_a_war_begins_after_it_and_has_no_end_where_the_war_has_none() -> None:
    war = span_of(Edtf("2022-02-24/.."), lasting=True)
    found = propagate({"war": war, "talks": Span()}, [Constraint("during", "talks", "war")])
    assert found.spans["talks"] == Span(Days("2022-02-24", None), Days("2022-02-24", None))


def test_during_from_both_sides() -> None:
    spans = {"siege": span_of(Edtf("1992-04/1996-02"), lasting=True), "visit": Span(moment=True)}
    assert propagate(spans, [Constraint("during", "visit", "siege")]).spans["visit"] == on("1992-04-01", "1996-02-29")


def test_a_lasting_event_is_only_known_to_begin_before() -> None:
    spans = {"war": span_of(Edtf("2014/2022"), lasting=True), "vote": on("2015-05-05")}
    found = propagate(spans, before("war", "vote"))
    assert found.conflicts == ()
    assert found.spans["war"] == Span(Days("2014-01-01", "2014-12-31"), Days("2022-01-01", "2022-12-31"))


CASES = [
    pytest.param("2014", None, (("2014-01-01", "2014-12-31"),) * 2, id="a year"),
    pytest.param("2014", True, ((None, "2014-12-31"), ("2014-01-01", None)), id="a year of a war"),
    pytest.param("2024-02-16~", None, (("2024-02-09", "2024-02-23"),) * 2, id="about a day"),
    pytest.param("2024-02~", None, (("2024-01-01", "2024-03-31"),) * 2, id="about a month"),
    pytest.param("2024-02-06/2024-02-16", None, (("2024-02-06", "2024-02-16"),) * 2, id="some time between"),
    pytest.param("1980/1988", True, (("1980-01-01", "1980-12-31"), ("1988-01-01", "1988-12-31")), id="from to"),
    pytest.param("2022-02-24/..", None, (("2022-02-24", "2022-02-24"), ("2022-02-24", None)), id="since"),
    pytest.param("../1990", None, ((None, "1990-12-31"), ("1990-01-01", "1990-12-31")), id="until"),
    pytest.param("XXXX-02-06", None, ((None, None),) * 2, id="no year"),
    pytest.param("0001-01-01~", None, ((None, "0001-01-08"),) * 2, id="the first day"),
    pytest.param("9999~", None, (("9997-12-31", None),) * 2, id="the last year"),
    pytest.param("-0490-09-12", None, (("-0490-09-12", "-0490-09-12"),) * 2, id="before the year 0"),
]


@pytest.mark.parametrize(("edtf", "lasting", "bounds"), CASES)
def test_where_a_date_lies(edtf: str, lasting: bool | None, bounds: tuple[tuple[str, str], tuple[str, str]]) -> None:
    span = span_of(Edtf(edtf), lasting=lasting)
    assert ((span.first.earliest, span.first.latest), (span.last.earliest, span.last.latest)) == bounds


def test_undated_is_anywhere() -> None:
    assert span_of(None) == Span(ANY, ANY)
    assert span_of(None, lasting=False).moment
    assert not span_of(None, lasting=True).moment


def test_days_before_the_year_0_are_in_order() -> None:
    days = ["-0490-09-12", "-0490-10-01", "-0044-03-15", "0000-01-01", "0001-01-01", "0014-08-19", "2022-02-24"]
    assert sorted(days, key=rank) == days


def test_a_contradiction_names_its_sentences_and_narrows_nothing() -> None:
    spans = {"a": on("2022-02-24"), "x": Span(moment=True), "b": on("2014-03-18"), "c": on("2023-01-01")}
    found = propagate(spans, [*before("a", "x", "b"), *before("b", "c")])
    assert found.conflicts == (Conflict("dates", tuple(before("a", "x", "b")), ("a", "b")),)
    assert found.spans == spans


def test_what_took_place_during_something_else_cannot_lie_outside_it() -> None:
    spans = {"summit": on("2023-05-03", "2023-05-05"), "deal": on("2024-01-01")}
    [conflict] = propagate(spans, [Constraint("during", "deal", "summit")]).conflicts
    assert (conflict.kind, conflict.ends) == ("dates", ("deal", "summit"))


def test_a_way_round_is_a_contradiction_even_on_one_day() -> None:
    spans = dict.fromkeys("abc", on("2022-02-24"))
    found = propagate(spans, before("b", "c", "a", "b"))
    assert found.conflicts == (Conflict("cycle", tuple(before("a", "b", "c", "a")), ("a", "a")),)


def test_before_and_during_the_same_is_a_way_round() -> None:
    said = [Constraint("during", "a", "b"), *before("a", "b")]
    assert [c.kind for c in propagate(dict.fromkeys("ab", Span()), said).conflicts] == ["cycle"]
    both = [Constraint("during", "a", "b"), Constraint("during", "b", "a")]
    assert propagate(dict.fromkeys("ab", Span()), both).conflicts == ()


def test_two_ways_round_are_two() -> None:
    found = propagate(
        dict.fromkeys("abcdef", Span()), [*before("a", "b", "a"), *before("c", "d", "e", "c"), *before("e", "f")]
    )
    assert [len(c.path) for c in found.conflicts] == [2, 3]


def test_what_is_about_an_event_without_a_span_is_an_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        propagate({"a": Span()}, before("a", "nowhere"))


def test_crossed_bounds_are_an_error() -> None:
    with pytest.raises(ValueError, match="is after"):
        Days("2022-02-24", "2014-03-18")
    with pytest.raises(ValueError, match="ends before it begins"):
        propagate({"a": Span(Days("2022-02-24"), Days(None, "2014-03-18"))}, [])


def test_a_long_chain_is_no_trouble() -> None:
    keys = [f"k{n:05d}" for n in range(5000)]
    spans = {key: Span(moment=True) for key in keys} | {keys[0]: on("2014-03-18")}
    found = propagate(spans, before(*keys))
    assert found.spans[keys[-1]].first == Days("2014-03-18")
    assert len(found.lower[keys[-1], FIRST].chain) == 4999
