"""Clusters of judgements and rulings: tables of small cases, and what holds of all cases."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.matching.clusters import Edge, Ruling, clusters
from ingest.matching.profiles import NEVER, UNLIKELY, Verdict

IDS = "abcdef"


def edge(pair: str, score: float = 0.9, verdict: Verdict = "same") -> Edge:
    return Edge(pair[0], pair[1], verdict, score)


def apart(pair: str) -> Edge:
    return edge(pair, 1.0, "different")


def unlikely(pair: str) -> Edge:
    return edge(pair, UNLIKELY, "doubtful")


def one(at: int, ids: str) -> Ruling:
    return Ruling(f"d{at}", f"2024-01-01T00:00:0{at}", "same", frozenset(ids))


def none(at: int, left: str, right: str) -> Ruling:
    return Ruling(f"d{at}", f"2024-01-01T00:00:0{at}", "different", frozenset(left), frozenset(right))


def told(found: dict[str, str]) -> str:
    """Clusters as words: "ac b"."""
    groups: dict[str, str] = {}
    for member in sorted(found):
        groups[found[member]] = groups.get(found[member], "") + member
    return " ".join(groups[key] for key in sorted(groups))


TABLE: list[tuple[str, str, list[Edge], list[Ruling], str]] = [
    ("nothing known", "abc", [], [], "a b c"),
    ("a chain", "abc", [edge("ab"), edge("bc")], [], "abc"),
    ("doubt joins nothing", "ab", [edge("ab", 0.99, "doubtful")], [], "a b"),
    ("difference parts a chain at its weakest", "abc", [edge("ab", 0.9), edge("bc", 0.8), apart("ac")], [], "ab c"),
    ("the surer judgement first", "abc", [edge("ab", 0.8), edge("bc", 0.9), apart("ac")], [], "a bc"),
    ("what fits two that differ is one with neither", "abc", [edge("bc"), edge("ab"), apart("ac")], [], "a b c"),
    ("nor with two that are unlikely to be one", "abc", [edge("bc"), edge("ab"), unlikely("ac")], [], "a b c"),
    ("but with the one that it fits better", "abc", [edge("bc"), edge("ab", 0.8), unlikely("ac")], [], "a bc"),
    ("a lesser doubt is settled by a third", "abc", [edge("bc"), edge("ab"), edge("ac", 0.4, "doubtful")], [], "abc"),
    ("two against one settle nothing", "abcd",
     [edge("ab", 0.95), edge("ac"), edge("bc"), edge("cd"), apart("ad"), apart("bd")], [], "ab c d"),
    ("three against one do", "abcde", [edge("ab", 0.95), edge("bc", 0.95), edge("ad"), edge("bd"), edge("cd"),
                                       edge("de"), apart("ae"), apart("be"), apart("ce")], [], "abcd e"),
    ("two that fit alike are one, with neither", "abcd", [edge("bc", 0.95), edge("ab"), edge("ac"), edge("bd"),
                                                          edge("cd"), apart("ad")], [], "a bc d"),
    ("a human says with which", "abc", [edge("bc"), edge("ab"), apart("ac")], [one(1, "ab")], "ab c"),
    ("a human says with which not", "abc", [edge("bc"), edge("ab"), apart("ac")], [none(1, "b", "c")], "ab c"),
    ("difference between clusters", "abcd", [edge("ab"), edge("cd"), edge("bc", 0.7), apart("ad")], [], "ab cd"),
    ("same and different of one pair", "ab", [edge("ab"), apart("ab")], [], "a b"),
    ("a human joins", "abc", [], [one(1, "ac")], "ac b"),
    ("a human joins what differs", "ab", [apart("ab")], [one(1, "ab")], "ab"),
    ("what differs from one joined stays out", "abc", [apart("ab"), edge("bc"), apart("ac")], [one(1, "ab")], "ab c"),
    ("a human parts", "ab", [edge("ab", 1.0)], [none(1, "a", "b")], "a b"),
    ("a human parts what is joined by a third", "abc", [edge("ab"), edge("bc", 0.8)], [none(1, "a", "c")], "ab c"),
    ("the later word: apart", "ab", [], [one(1, "ab"), none(2, "a", "b")], "a b"),
    ("the later word: one", "ab", [], [none(1, "a", "b"), one(2, "ab")], "ab"),
    ("of one moment the greater id", "ab", [], [Ruling("x", "t", "same", frozenset("ab")),
                                                Ruling("y", "t", "different", frozenset("a"), frozenset("b"))], "a b"),
    ("the first of many taken out leaves the rest one", "abc", [], [one(1, "abc"), none(2, "a", "bc")], "a bc"),
    ("the last of many taken out leaves the rest one", "abc", [], [one(1, "abc"), none(2, "c", "ab")], "ab c"),
    ("one pair of many taken apart", "abc", [], [one(1, "abc"), none(2, "a", "b")], "ac b"),
    ("two taken out of four stay one", "abcd", [], [one(1, "abcd"), none(2, "ab", "cd")], "ab cd"),
    ("a difference only of each from each other side", "abc", [edge("bc")], [none(1, "a", "bc")], "a bc"),
    ("who is not there rules nothing", "ac", [], [one(1, "abz"), none(2, "c", "z")], "a c"),
    ("a ruling on one who is not there holds for the rest", "bc", [], [one(1, "abc")], "bc"),
    ("judgements of others are left out", "ab", [edge("az"), edge("bz")], [], "a b"),
    ("itself", "a", [apart("aa"), edge("aa")], [one(1, "a"), none(2, "a", "a")], "a"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "edges", "rulings", "expected"), [pytest.param(*c[1:], id=c[0]) for c in TABLE])
def test_clusters(members: str, edges: list[Edge], rulings: list[Ruling], expected: str) -> None:
    assert told(clusters(members, edges, rulings)) == expected


ID = st.sampled_from(IDS)
EDGES = st.lists(
    st.builds(
        Edge,
        ID,
        ID,
        st.sampled_from(["same", "doubtful", "different"]),
        st.sampled_from([UNLIKELY, 0.5, 0.7, 0.9, 1.0]),
    ),
    max_size=12,
)
SIDES = st.frozensets(ID, min_size=1, max_size=3)
SAID = st.tuples(st.sampled_from(["same", "different"]), SIDES, SIDES)


def rulings_of(said: list[tuple[str, frozenset[str], frozenset[str]]]) -> list[Ruling]:
    return [Ruling(f"d{n}", f"2024-01-{n // 2 + 1:02d}", "same" if kind == "same" else "different", left, right - left)
            for n, (kind, left, right) in enumerate(said)]  # fmt: skip


RULINGS = st.lists(SAID, max_size=5).map(rulings_of)


@given(EDGES, RULINGS, st.randoms(use_true_random=False))
def test_the_order_of_anything_is_irrelevant(edges: list[Edge], rulings: list[Ruling], chance: random.Random) -> None:
    expected = clusters(IDS, edges, rulings)
    members = list(IDS)
    turned = [Edge(e.other, e.one, e.verdict, e.score) if chance.random() < 0.5 else e for e in edges]
    for some in (members, turned, given_ := list(rulings)):
        chance.shuffle(some)
    assert clusters(members, [*turned, *turned[:3]], given_) == expected


@given(EDGES, RULINGS)
def test_the_canonical_id_is_the_least(edges: list[Edge], rulings: list[Ruling]) -> None:
    found = clusters(IDS, edges, rulings)
    assert set(found) == set(IDS)
    for member, canonical in found.items():
        assert canonical == min(m for m in IDS if found[m] == canonical)
        assert found[canonical] == canonical <= member


@given(EDGES, RULINGS)
def test_the_latest_word_of_a_human_holds(edges: list[Edge], rulings: list[Ruling]) -> None:
    if not rulings:
        return
    last, found = max(rulings, key=lambda r: (r.at, r.id)), clusters(IDS, edges, rulings)
    if last.kind == "same":
        assert len({found[member] for member in last.left | last.right}) == 1
    else:
        assert not {found[member] for member in last.left} & {found[member] for member in last.right}


def joined_by_humans(rulings: list[Ruling]) -> dict[str, str]:
    return clusters(IDS, [], rulings)


@given(EDGES, RULINGS)
def test_only_a_human_joins_what_differs(edges: list[Edge], rulings: list[Ruling]) -> None:
    found, human = clusters(IDS, edges, rulings), joined_by_humans(rulings)
    for each in edges:
        doubted = each.verdict == "doubtful" and each.score <= UNLIKELY
        if (each.verdict == "different" or doubted) and each.one != each.other and found[each.one] == found[each.other]:
            assert human[each.one] == human[each.other]


@given(EDGES, RULINGS)
def test_what_humans_joined_nothing_parts(edges: list[Edge], rulings: list[Ruling]) -> None:
    found, human = clusters(IDS, edges, rulings), joined_by_humans(rulings)
    for one_, other in combinations(IDS, 2):
        if human[one_] == human[other]:
            assert found[one_] == found[other]


@given(EDGES)
def test_without_contradiction_the_same_are_one(edges: list[Edge]) -> None:
    same = [e for e in edges if e.verdict == "same"]
    found = clusters(IDS, [e for e in edges if e.verdict != "different" and e.score > UNLIKELY])
    same = [e for e in same if e.score > UNLIKELY]
    assert all(found[e.one] == found[e.other] for e in same)
    near: dict[str, set[str]] = {member: {member} for member in IDS}
    for e in same:
        joined = near[e.one] | near[e.other]
        near |= dict.fromkeys(joined, joined)
    assert {member: min(joined) for member, joined in near.items()} == found


LIKELY: list[tuple[str, str, dict[str, float], str]] = [
    ("alike", "ab", {"ab": 0.7}, "ab"),
    ("not alike enough", "ab", {"ab": 0.5}, "a b"),
    ("no chain joins two because both resemble a third", "abc", {"ab": 0.8, "bc": 0.7, "ac": 0.2}, "ab c"),
    ("but on average they are one", "abc", {"ab": 0.8, "bc": 0.8, "ac": 0.5}, "abc"),
    ("what was never compared says nothing", "abc", {"ab": 0.8, "bc": 0.8}, "abc"),
    (
        "a pair that never is one parts the sets that hold it",
        "abcd",
        {"ab": 0.9, "cd": 0.9, "bc": 0.7, "ad": NEVER},
        "ab cd",
    ),
    ("the likeliest first", "abc", {"ab": 0.7, "bc": 0.8, "ac": 0.2}, "a bc"),
]


@pytest.mark.parametrize(("about", "ids", "pairs", "expected"), LIKELY, ids=[row[0] for row in LIKELY])
def test_likely(about: str, ids: str, pairs: dict[str, float], expected: str) -> None:
    likely = {(pair[0], pair[1]): p for pair, p in pairs.items()}
    assert told(clusters(ids, [], [], likely)) == expected
    assert told(clusters(ids[::-1], [], [], dict(reversed(likely.items())))) == expected


def test_a_human_and_a_difference_stand_above_likelihood() -> None:
    likely = {("a", "b"): 0.9, ("b", "c"): 0.9}
    assert told(clusters("abc", [], [none(1, "a", "b")], likely)) == "a bc"
    assert told(clusters("abc", [apart("bc")], [], likely)) == "ab c"
    assert told(clusters("abc", [], [one(1, "ac")], {("a", "b"): 0.9, ("b", "c"): 0.2})) == "ac b"


def test_what_arguments_leave_open_is_left_open() -> None:
    assert told(clusters("ab", [edge("ab", 0.5, "doubtful")], [], {("a", "b"): 0.95})) == "a b"


def test_few_pairs_compared_join_no_large_sets() -> None:
    """Of two sets of five, at least three pairs must have been compared."""
    left, right = "abcde", "fghij"
    same = [one(1, left), one(2, right)]
    likely = {("a", "f"): 0.9, ("b", "g"): 0.9}
    assert told(clusters(left + right, [], same, likely)) == f"{left} {right}"
    assert told(clusters(left + right, [], same, likely | {("c", "h"): 0.9})) == left + right
