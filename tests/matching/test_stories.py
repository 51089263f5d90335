"""Which articles are near one another, and which of their events are one: tables of texts, and what holds of all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.matching.profiles import NEVER
from ingest.matching.referents import identify
from ingest.matching.stories import (
    NEAREST,
    StoryProfile,
    Telling,
    akin,
    compare_tellings,
    compared_apart,
    near_pairs,
    nearest,
    nearness,
    stored_story,
    story_of,
)
from ingest.matching.stories.told import APART, SAME, likelihood
from ingest.reading.extract import extract
from ingest.reading.findings import Document
from ingest.reading.lexicon import load
from kb.edtf import Edtf
from kb.rarity import rarity
from tests.matching.test_events import profile as event

SPECS = Path(__file__).parents[1] / "specs" / "stories"
PAIRS: list[dict[str, Any]] = json.loads((SPECS / "pairs.json").read_text("utf-8"))


def story(text: str, published: str) -> StoryProfile:
    document = Document(source=published, text=text, published=Edtf(published), published_basis="metadata")
    return identify(extract(document)).story


def sketch(id: str, words: str, published: int | None = 730_000, names: str = "") -> StoryProfile:
    one = dict.fromkeys(words.split(), 0.5)
    return StoryProfile(id, published, one, dict.fromkeys(names.split(), 0.5))


@pytest.mark.parametrize("row", PAIRS, ids=[row["about"] for row in PAIRS])
def test_two_articles(row: dict[str, Any]) -> None:
    one, other = story(**row["one"]), story(**row["other"])
    assert near_pairs([one, other]) == near_pairs([other, one]) != {}
    found = [told for told in compare_tellings(one, other, nearness(one, other)) if told.judgement]
    lemmas = {telling.event: telling.lemma for telling in (*one.tellings, *other.tellings)}
    assert row["lemma"] in lemmas.values()
    same = {lemmas[told.one] for told in found if told.judgement and told.judgement.verdict == "same"}
    assert (row["lemma"] in same) == row["same"]
    assert found == [t for t in compare_tellings(other, one, nearness(one, other)) if t.judgement]


def test_a_reason_says_what_is_shared() -> None:
    one, other = story(**PAIRS[0]["one"]), story(**PAIRS[0]["other"])
    reasons = [t.judgement.reason for t in compare_tellings(one, other, nearness(one, other)) if t.judgement]
    assert any("told in two articles of one story, both of " in reason and "14 in both" in reason for reason in reasons)


def test_a_profile_is_stored_and_read_again() -> None:
    kept = story(**PAIRS[0]["one"])
    assert story_of(stored_story(kept)) == kept
    assert stored_story(story_of(stored_story(kept))) == stored_story(kept)


SIGNS: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("more salient", {"salience": 0.3}, {"salience": 0.9}, True),
    ("the same words", {"words": ("talvik",)}, {"words": ("ferry", "terminal")}, True),
    ("the same numbers", {}, {"numbers": (14.0,)}, True),
    ("dates that do not meet", {}, {"first": 730_000, "last": 730_000}, False),
    ("a saying", {}, {"saying": True}, False),
]


@pytest.mark.parametrize(("about", "less", "more", "likelier"), SIGNS, ids=[row[0] for row in SIGNS])
def test_signs(about: str, less: dict[str, Any], more: dict[str, Any], likelier: bool) -> None:
    still = Telling("event-b", "attack", 0.8, words=("ferry", "terminal"), numbers=(14.0,), first=730_010, last=730_010)
    base = {"event": "event-a", "lemma": "attack", "salience": 0.8}
    before, after = likelihood(Telling(**base | less), still, 0.3, 1), likelihood(Telling(**base | more), still, 0.3, 1)
    assert (after > before) == likelier
    assert 0 < before < 1


def test_what_is_feared_is_not_what_came() -> None:
    feared, came = (Telling(id, "invade", 0.9, words=("talvik",), once=True, ahead=ahead, first=730_000, last=730_000)
                    for id, ahead in (("event-a", True), ("event-b", False)))  # fmt: skip
    assert likelihood(feared, came, 0.9, 1) < SAME < likelihood(replace(feared, ahead=False), came, 0.9, 1)


def test_a_month_between_publications_counts_for_what_recurs() -> None:
    a, b = (Telling(id, "attack", 0.9, words=("ferry",)) for id in ("event-a", "event-b"))
    assert likelihood(a, b, 0.4, 1) > SAME > likelihood(a, b, 0.4, 30)


def test_near_are_those_that_share_most_whatever_the_order() -> None:
    words = "ferry terminal gunman passenger island harbour"
    near = [sketch(f"article-{n:02}", words, 730_000 + n) for n in range(5)]
    far = sketch("article-far", "election ballot candidate", 730_000)
    late = sketch("article-late", words, 730_000 + 90)
    undated = sketch("article-undated", words, None)
    every = [*near, far, late, undated]
    assert near_pairs(every) == near_pairs(every[::-1])
    assert {id for pair in near_pairs(every) for id in pair} == {profile.article for profile in near}


def test_each_is_compared_with_a_few() -> None:
    every = [sketch(f"article-{n:03}", "ferry terminal gunman passenger") for n in range(100)]
    pairs = near_pairs(every)
    assert len(pairs) <= NEAREST * len(every)
    assert nearest({f"article-{n:03}": n % 7 for n in range(100)})[:2] == ["article-006", "article-013"]


def test_what_near_articles_tell_apart_counts_so() -> None:
    a, b = (event("attack 2021-05-03", id) for id in ("event-a", "event-b"))
    told = [replace(a, scope="x"), replace(b, scope="y")]
    assert compared_apart(told, {"x": ["y"]}) == {("event-a", "event-b"): APART}
    assert compared_apart(told, {"y": ["x"]}) == {("event-a", "event-b"): APART}
    assert compared_apart(told, {"x": ["z"]}) == {}
    assert compared_apart([a, b], {"x": ["y"]}) == {}


def test_days_far_apart_never_are_one() -> None:
    a, b, about = (event(f"attack {day}", id) for day, id in
                   (("2021-05-03", "event-a"), ("2021-05-13", "event-b"), ("2021-05-13~", "event-c")))  # fmt: skip
    akin_to_it = replace(a, id="event-d", lemma="storm")
    told = [replace(a, scope="x"), replace(b, scope="y"), replace(about, scope="z"), replace(akin_to_it, scope="w")]
    near = {"x": ["y", "z", "w"], "y": ["w"]}
    assert compared_apart(told, near) == {
        ("event-a", "event-b"): NEVER, ("event-a", "event-c"): APART, ("event-b", "event-d"): NEVER
    }  # fmt: skip
    once = [replace(one, lemma="annex") for one in told[:2]]
    assert compared_apart(once, near) == {("event-a", "event-b"): APART}


AKIN = [("die", "kill", True), ("kill", "murder", True), ("blow up", "explode", True), ("attack", "attack", True),
        ("zigzag", "zigzag", True), ("kill", "shoot", False), ("crash", "die", False), ("zigzag", "attack", False),
        ("arrest", "occupy", False)]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), AKIN)
def test_akin(one: str, other: str, expected: bool) -> None:
    assert akin(one, other) is expected
    assert akin(other, one) is expected


def test_classes_akin_are_listed_once_a_group() -> None:
    groups = load("matching/akin")["groups"]
    assert all(len(set(group)) == len(group) > 1 for group in groups)
    assert len({group[0] for group in groups}) == len(groups)


@pytest.mark.parametrize(("rare", "common"), [("mosque", "city"), ("earthquake", "war"), ("qzxkv", "mosque")])
def test_rarity(rare: str, common: str) -> None:
    assert rarity(rare) > rarity(common) >= 0


def test_what_is_undated_is_not_of_years_before() -> None:
    then, now = 735_234, 738_350
    long_ago = Telling("event-1", "invade", 0.6, once=True, first=then, last=then + 364, words=("moldavsk",))
    undated = Telling("event-2", "invade", 0.6, once=True, words=("moldavsk",))
    first = replace(sketch("article-1", "harbour"), published=now, tellings=(long_ago,))
    other = replace(sketch("article-2", "harbour"), published=now, tellings=(undated,))
    assert likelihood(long_ago, undated, 0.2, 0) >= SAME
    assert not [told for told in compare_tellings(first, other, 0.2) if told.judgement]
    soon = replace(other, published=then + 400)
    assert [told for told in compare_tellings(first, soon, 0.2) if told.judgement]
