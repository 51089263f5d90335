"""What is kept to be looked at is, after each writing and each word of a human, what is found anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.revising import decide
from ingest.revising.revise import apply, reread, set_date, set_published
from kb import ask, checks
from kb.ask.kept import pairs
from kb.checks import keeping
from kb.edtf import Edtf
from kb.store import Store
from tests import meetings
from tests.checks.test_checks import add
from tests.kept import filled

STORY = {
    "one": "Olena Petrenko visited Lviv on 3 May 2022. General Marek Dussan was killed in an air strike on 29 March "
           "2022. Sweden attacked Norway after Russia annexed Crimea on March 18, 2014. Canada attacked Norway.",
    "two": "Elena Petrenko left Madrid on 4 June 2022. General Marek Dussan was not killed. “We are ready,” Elena "
           "Petrenko said on 9 June 2030.",
    "three": "Russia annexed Crimea on March 20, 2014. The day before, Macron visited Kyiv. On May 3, Finland attacked "
             "Estonia. Sweden attacked Norway in 2031.",
}  # fmt: skip
PUBLISHED = {"one": "2022-06-10", "two": "2022-06-11", "three": None}


def unproven(store: Store) -> list[Any]:
    return [*keeping.differing(store), *pairs.differing(store)]


def kinds(store: Store) -> set[str]:
    return {group.kind.key for group in checks.check(store)}


@pytest.fixture
def told(store: Store, tmp_path: Path) -> Store:
    meetings.put(tmp_path)
    filled(store, __name__, lambda: tell(store, tmp_path))
    return store


def tell(store: Store, folder: Path) -> None:
    meetings.read(store, folder)
    for name, text in STORY.items():
        add(store, folder, name, text, PUBLISHED[name])
        assert unproven(store) == []


def first(store: Store, kind: str, of: str) -> str:
    [group] = [each for each in checks.check(store) if each.kind.key == kind]
    return next(iter(getattr(group.doubts[0], of))).id


def pair(store: Store, kind: str) -> list[str]:
    found = next(each for each in ask.suggestions(store, quoted=False) if each.one.kind == kind)
    return [found.one.id, found.other.id]


ANSWERS: dict[str, Callable[[Store], Any]] = {
    "two names are one": lambda store: decide.same(store, pair(store, "Person")),
    "two events are two": lambda store: decide.different(store, pair(store, "Event")),
    "an event never was": lambda store: decide.reject(store, first(store, "denied", "events")),
    "it did not happen": lambda store: decide.edit(store, first(store, "denied", "events"), "status", "negated"),
    "an event has a date": lambda store: set_date(store, first(store, "rival-dates", "events"), Edtf("2014-03-18")),
    "a claim is none": lambda store: decide.reject(store, store.run("MATCH (c:Claim) RETURN c.id AS id")[0]["id"]),
    "an article has a date": lambda store: set_published(store, "https://example.org/three", Edtf("2022-06-12")),
    "an article is another's day": lambda store: set_published(store, "https://example.org/one", Edtf("2013-06-12")),
    "an article is withdrawn": lambda store: decide.remove(store, "https://example.org/two"),
    "a side of a pair is withdrawn": lambda store: decide.remove(store, "https://example.org/ninth"),
    "an article is read again": lambda store: reread(store, store.run("MATCH (a:Article) RETURN a.id AS id")[0]["id"]),
}  # fmt: skip


def test_there_is_something_of_most_kinds(told: Store) -> None:
    assert kinds(told) >= {"rival-dates", "denied", "no-publication-date", "no-year", "doubtful-identity", "undated",
                           "single-source"}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_kept_after_an_answer_is_what_is_found_anew(told: Store, answer: str) -> None:
    before = kinds(told), ask.suggestions(told)
    apply(told, ANSWERS[answer](told))
    assert unproven(told) == []
    if answer != "an article is read again":
        apply(told, decide.undo(told))
        assert unproven(told) == []
        assert (kinds(told), ask.suggestions(told)) == before


def test_the_order_of_articles_changes_nothing(told: Store, tmp_path: Path) -> None:
    every = [(group.kind.key, group.total, [doubt.says for doubt in group.doubts]) for group in checks.check(told)]
    told.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    for name in reversed(STORY):
        add(told, tmp_path, name, STORY[name], PUBLISHED[name])
    meetings.read(told, tmp_path)
    again = [(group.kind.key, group.total, [doubt.says for doubt in group.doubts]) for group in checks.check(told)]
    assert again == every


def test_more_that_is_told_of_a_pair_ranks_it_higher(told: Store, tmp_path: Path) -> None:
    one, other = pair(told, "Person")
    row = "MATCH (d:Doubt) WHERE $id IN d.of RETURN d.rung AS rung ORDER BY d.id"
    before = told.run(row, id=one)
    for n in range(3):
        add(told, tmp_path, f"more{n}", f"Olena Petrenko met Elena Petrenko in town {n}.")
        assert unproven(told) == []
    assert told.run(row, id=other) != before
