"""Claims that repeat, contradict or support each other: two claims a case, and what holds for any two."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.matching.claims import ClaimProfile, claim_blocks, compare_claims
from kb.edtf import Edtf
from tests.steps import calls

SPECS = Path(__file__).parents[1] / "specs" / "claim_links"
TOPICS = sorted(path.stem for path in SPECS.glob("*.json"))
NEGATES = re.compile(r"\b(not|never|no|nobody|cannot|\w+n't)\b")
SPEAKERS = {"same": ("person-a", "person-a"), "different": ("person-a", "person-b"), "none": (None, None)}


def rows(topic: str) -> list[Any]:
    found = json.loads((SPECS / f"{topic}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=f"{topic}-{number}-{row['a'][:40]}") for number, row in enumerate(found)]


def profiles(row: dict[str, Any]) -> tuple[ClaimProfile, ClaimProfile]:
    """The two claims of a row; what it does not say is as in most claims."""
    made = []
    for number, name in enumerate("ab"):
        force = row.get("force", ("said", "said"))[number]
        cue_negated = row.get("cue_negated", (False, False))[number]
        negative = force == "denied" or cue_negated or NEGATES.search(row[name])
        said = row.get("said", (None, None))[number]
        made.append(ClaimProfile(
            id=f"claim-{name}", text=row[name], speaker=SPEAKERS[row["who"]][number],
            about=frozenset((*row.get("about", ()), *row.get(f"{name}_about", ()))), force=force,
            polarity="negative" if negative else "positive", modality=row.get("modality", ("asserted",) * 2)[number],
            said=Edtf(said) if said else None,
            article="article-1" if row.get("article") == "same" else f"article-{number}",
        ))  # fmt: skip
    return made[0], made[1]


ALL = [param for topic in TOPICS for param in rows(topic)]


@pytest.mark.parametrize("row", ALL)
def test_how_two_claims_are_related(row: dict[str, Any]) -> None:
    a, b = profiles(row)
    link = compare_claims(a, b)
    assert (link.kind if link else None) == row["link"], link
    if link is None:
        return
    assert row.get("reason", "") in link.reason
    assert link.start == f"claim-{row['start']}" if "start" in row else link.start in (a.id, b.id)


@pytest.mark.parametrize("row", ALL)
def test_the_order_of_the_two_does_not_matter_and_what_is_linked_shares_a_block(row: dict[str, Any]) -> None:
    a, b = profiles(row)
    link = compare_claims(a, b)
    assert link == compare_claims(b, a)
    assert compare_claims(a, a) is None
    if link:
        assert claim_blocks(a) & claim_blocks(b)
        assert {link.start, link.end} == {a.id, b.id}
        assert 0 < link.score < 1


def test_enough_must_not_be_linked() -> None:
    kinds = [row.values[0]["link"] for row in ALL]
    assert len(kinds) >= 150
    assert kinds.count(None) >= 60


WORDS = st.sampled_from(
    [
        "russia",
        "ukraine",
        "did",
        "not",
        "never",
        "no",
        "signed",
        "sign",
        "the",
        "a",
        "treaty",
        "was",
        "by",
        "killed",
        "more",
        "than",
        "at",
        "least",
        "12",
        "30",
        "percent",
        "$",
        "march",
        "18",
        ",",
        "2014",
        "monday",
        "it",
        "is",
        "false",
        "lie",
        "that",
        "if",
        "may",
        "he",
        "we",
        "they",
        "after",
        "before",
        "in",
        "of",
        "won",
        "lost",
        "dozens",
        "between",
        "and",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=60))
FORCES = st.sampled_from(["said", "denied", "confirmed", "asked", "accused"])
SUBJECTS = st.frozensets(st.sampled_from(["event-1", "event-2", "person-1", "place-1"]), max_size=3)
DATES = st.sampled_from(
    [None, "2022", "2022-03-01", "2022-03-02~", "../2022", "2022-03-01/2022-04", "XXXX-02-06", "-0044"]
)


def claims(id: str) -> st.SearchStrategy[ClaimProfile]:
    return st.builds(
        ClaimProfile, id=st.just(id), text=TEXTS, speaker=st.sampled_from([None, "person-a", "person-b"]),
        about=SUBJECTS, force=FORCES, polarity=st.sampled_from(["positive", "negative"]),
        modality=st.sampled_from(["asserted", "necessary", "possible"]),
        said=DATES.map(lambda date: Edtf(date) if date else None), article=st.sampled_from(["article-1", "article-2"]),
    )  # fmt: skip


@settings(max_examples=400)
@given(claims("claim-1"), claims("claim-2"))
def test_any_two_claims_compare_alike_both_ways(a: ClaimProfile, b: ClaimProfile) -> None:
    link = compare_claims(a, b)
    assert link == compare_claims(b, a)
    if link:
        assert claim_blocks(a) & claim_blocks(b)
        assert {link.start, link.end} == {"claim-1", "claim-2"}
        assert link.kind != "REPEATS" or a.speaker == b.speaker is not None
        assert link.kind != "SUPPORTS" or a.speaker != b.speaker


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["army", "market", "kharkiv", "bridge", "harbour", "shelled", "closed"]),
        min_size=4,
        max_size=12,
    )
)
def test_the_same_words_of_one_speaker_are_a_repetition(words: list[str]) -> None:
    a, b = profiles({"a": " ".join(words), "b": " ".join(words), "who": "same"})
    link = compare_claims(a, b)
    assert link is not None
    assert (link.kind, link.reason) == ("REPEATS", "the same words")


@pytest.mark.parametrize("words", ["if the army shelled the market ", "“not 12, ", "by the by it is a lie that "])
def test_comparing_takes_work_in_proportion_to_the_words(words: str) -> None:
    def work(times: int) -> int:
        a, b = profiles({"a": words * times, "b": words * times + "again", "who": "same"})
        return calls(lambda: (claim_blocks(a), compare_claims(a, b)))

    assert work(800) < 8 * 2 * work(100)
