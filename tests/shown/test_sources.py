"""Independent sources: copies are one, and so are the reports of one publisher."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.shown.sources import Report, independent

CASES = [
    ("no report", [], 0),
    ("one", ["Courier:a"], 1),
    ("two papers, each its own", ["Courier:a", "Ledger:b"], 2),
    ("a wire report in three papers", ["Courier:w", "Ledger:w", "Wire:w"], 1),
    ("three reports of one paper", ["Courier:a", "Courier:b", "Courier:c"], 1),
    ("one paper under two spellings", ["The  Courier:a", "the courier :b"], 1),
    ("a paper's own report beside the wire that two print", ["Courier:a", "Courier:w", "Ledger:w"], 2),
    ("a paper's own report beside the wire that it alone prints", ["Courier:a", "Courier:w"], 1),
    ("two papers, each with the wire and its own", ["Courier:w", "Courier:a", "Ledger:w", "Ledger:b"], 2),
    ("and the wire itself", ["Courier:w", "Courier:a", "Ledger:w", "Ledger:b", "Wire:w"], 3),
    ("unknown publishers", [":a", ":b"], 2),
    ("unknown publishers, copies", [":a", ":a", ":b"], 2),
    ("an unknown publisher's copy", ["Courier:a", ":a"], 1),
    ("one has to move on", ["Courier:a", "Courier:b", "Ledger:a"], 2),
    ("two have to move on", ["Courier:a", "Courier:b", "Ledger:b", "Ledger:c", "Post:a"], 3),
]


def report(number: int, words: str) -> Report:
    publisher, group = words.split(":")
    return Report(f"article-{number}", group, publisher)


@pytest.mark.parametrize(("words", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_independent(words: list[str], expected: int) -> None:
    assert independent(report(number, each) for number, each in enumerate(words)) == expected


def largest(reports: list[Report]) -> int:
    """The rule itself: try every choice of reports."""

    def apart(one: Report, other: Report) -> bool:
        return one.group != other.group and (not one.publisher or one.publisher != other.publisher)

    sizes = (n for n in range(len(reports), 0, -1) for some in combinations(reports, n)
             if all(apart(*pair) for pair in combinations(some, 2)))  # fmt: skip
    return next(sizes, 0)


pairs = st.lists(st.tuples(st.sampled_from(("", "p", "q", "r", "s")), st.sampled_from("abcde")), max_size=8)


@given(pairs, st.randoms(use_true_random=False))
def test_the_count_is_the_rule_in_any_order(drawn: list[tuple[str, str]], random: object) -> None:
    reports = [report(number, f"{publisher}:{group}") for number, (publisher, group) in enumerate(drawn)]
    expected = largest(reports)
    random.shuffle(reports)  # type: ignore[attr-defined]
    assert independent(reports) == expected


def test_a_long_chain_of_papers() -> None:
    chain = [f"p{at}:{group}" for at in range(1500) for group in (f"g{at}", f"g{at + 1}")]
    assert independent(report(number, words) for number, words in enumerate([*chain, "last:g0"])) == 1501
