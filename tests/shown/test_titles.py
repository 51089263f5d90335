"""Which title is shown of those that articles give: tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.shown.choice import show_event, show_tally
from kb.shown.tally import add, complete, stored, tally, tally_of
from tests.shown.test_choice import telling

Told = tuple[str, float, str | None]
LARGE, PLAIN = "Norway’s large and long-planned invasion of Denmark", "Norway’s invasion of Denmark"
MAYOR = "Ada Berg sworn in as mayor of Oslo"

# What is told, each (title, clarity, date), and the title shown.
TITLES: list[tuple[str, list[Told], str]] = [
    ("one", [("Ada Berg resigns", 0.7, None)], "Ada Berg resigns"),
    ("the clear one before the bare one",
     [("Trial", 0.4, None), ("Trial", 0.4, None), ("Trial of Ada Berg", 0.9, None)], "Trial of Ada Berg"),
    ("what most tell, not the longest",
     [(PLAIN, 1.0, None), (LARGE, 1.0, None), (PLAIN, 1.0, None), (PLAIN, 1.0, None)], PLAIN),
    ("one that has it wrong outvotes nobody",
     [("Sweden’s visit to Mali", 1.0, None), ("Norway’s visit to Chad", 1.0, None),
      ("Norway’s trip to Chad", 0.95, None)], "Norway’s visit to Chad"),
    ("wordings near to one another speak for one another",
     [("Ada Berg sworn in as mayor", 0.95, None), (MAYOR, 1.0, None), ("Band plays in Oslo", 1.0, None)], MAYOR),
    ("as on the date that is shown",
     [("Norway opens bridge", 0.9, "2014-03-18"), ("Norway opens the bridge", 0.9, "2014-03-18"),
      ("Norway opens tunnel in Oslo", 1.0, "2014-05")], "Norway opens bridge"),
]  # fmt: skip


def made(titles: list[Told]) -> list[dict[str, Any]]:
    return [telling(date, f"paper {n}", title=title, clarity=clear) for n, (title, clear, date) in enumerate(titles)]


@pytest.mark.parametrize(("titles", "shown"), [pytest.param(*c[1:], id=c[0]) for c in TITLES])
def test_the_title_of_an_event(titles: list[Told], shown: str) -> None:
    assert show_event(made(titles), {}).properties["title"] == shown
    assert show_event(made(titles)[::-1], {}).properties["title"] == shown


def test_what_has_not_happened_gives_no_title_to_what_has() -> None:
    ahead = telling(None, "a", title="Ada Berg to resign on Monday", clarity=1.0, status="planned", salience=0.4)
    done = telling(None, "b", title="Ada Berg resigns", clarity=0.7, salience=0.9)
    assert show_event([ahead, done], {}).properties["title"] == "Ada Berg resigns"


def test_titles_that_were_never_weighed_are_chosen_by_their_tellings() -> None:
    known = tally([telling(None, "a", title="Better told", salience=0.9), telling(None, "b", title="Told")])
    assert show_tally(known, {}).properties["title"] == "Better told"


def test_a_tally_of_older_rules_is_known_by_its_missing_titles() -> None:
    told = '{"title":"Told","type":"AID","status":"asserted","salience":0.5,"confidence":0.5}'
    older = f'[1,1,[["",false,{told},[["a",""]]]],[]]'
    assert not complete(older)
    assert complete(stored(tally_of(older)))


words = st.lists(st.sampled_from(("Norway", "opens", "bridge", "tunnel", "in", "Oslo")), min_size=1, max_size=4)
clear = st.sampled_from((0.4, 0.9, 1.0))
given_titles = st.lists(st.tuples(words.map(" ".join), clear, st.none()), min_size=1, max_size=9)


@given(titles=given_titles, later=given_titles)
def test_titles_add_up(titles: list[Told], later: list[Told]) -> None:
    before, every = made(list(titles)), made([*titles, *later])
    together = show_event(every, {}).properties
    added = show_tally(add(tally_of(stored(tally(before))), tally(every[len(before) :])), {}).properties
    assert {**added, "tally": None} == {**together, "tally": None}
