"""Which texts are copies: pairs of texts by what was done to the one, and what holds of any two."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from datasketch import MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from ingest.matching import copies
from ingest.matching.copies import Sketch, containment, copy_blocks, is_copy, normalised, similarity, sketch

SPECS = Path(__file__).parents[1] / "specs" / "copies"
PARAGRAPHS: dict[str, str] = json.loads((SPECS / "paragraphs.json").read_text("utf-8"))
WORDS = sorted({word for text in PARAGRAPHS.values() for word in normalised(text)})


def rows(name: str) -> list[Any]:
    return [pytest.param(row, id=row["why"]) for row in json.loads((SPECS / f"{name}.json").read_text("utf-8"))]


def sketches(row: dict[str, Any]) -> tuple[Sketch, Sketch]:
    one, other = ("\n\n".join(PARAGRAPHS[name] for name in row[side]) for side in ("one", "other"))
    return sketch(one), sketch(other)


@pytest.mark.parametrize("row", rows("copies"))
def test_copies(row: dict[str, Any]) -> None:
    one, other = sketches(row)
    score = is_copy(one, other)
    assert score is not None, (similarity(one, other), containment(one, other))
    assert score >= 0.6
    assert {*copy_blocks(one)} & {*copy_blocks(other)}, "they would never be compared"


@pytest.mark.parametrize("row", rows("traps"))
def test_no_copies(row: dict[str, Any]) -> None:
    one, other = sketches(row)
    assert is_copy(one, other) is None, (similarity(one, other), containment(one, other))


NORMALISED = [
    ("The U.S. paid $7,500.50 at 10:30 a.m.", ["the", "us", "paid", "7500.50", "at", "10:30", "am"]),
    ("‘Ukraine’s’ “best”—ever", ["ukraine's", "best", "ever"]),
    ("don't\u00ad stop\u200bping", ["don't", "stopping"]),
    ("the 3rd of 1,2 and 12,000,000", ["the", "3", "rd", "of", "1", "2", "and", "12000000"]),
    ("J.K. Rowling. Next.One", ["jk", "rowling", "next", "one"]),
    ("STRASSE Straße ﬁnd", ["strasse", "strasse", "find"]),
    (" \n—…!", []),
]


@pytest.mark.parametrize(("text", "expected"), NORMALISED)
def test_normalised_words(text: str, expected: list[str]) -> None:
    assert normalised(text) == expected


texts = st.lists(st.sampled_from(WORDS), max_size=160).map(" ".join)


@given(texts, texts)
def test_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    a, b = sketch(one), sketch(other)
    assert similarity(a, b) == similarity(b, a)
    assert containment(a, b) == containment(b, a)
    assert is_copy(a, b) == is_copy(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert 0 <= containment(a, b) <= 1


@given(texts)
def test_equal_texts_are_copies_and_share_all_blocks(text: str) -> None:
    a, b = sketch(text), sketch(f"“{text.upper()}.”\n")
    assert a == b
    assert similarity(a, b) == 1.0
    assert copy_blocks(a) == copy_blocks(b)
    assert is_copy(a, b) == (1.0 if text else None)
    assert len({*copy_blocks(a)}) == len(copy_blocks(a))


@given(st.integers(0, 10_000), st.integers(0, 240))
def test_the_estimate_is_near_the_truth(seed: int, shared: int) -> None:
    random = Random(seed)  # noqa: S311
    words = [f"{random.getrandbits(40):x}x" for _ in range(480)]
    one, other = words[:240], words[240 - shared : 480 - shared]
    runs = [{tuple(text[at : at + copies.SHINGLE]) for at in range(len(text))} for text in (one, other)]
    truth = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert abs(similarity(sketch(" ".join(one)), sketch(" ".join(other))) - truth) < 0.16  # five standard errors


def test_bands_are_what_datasketch_finds_best() -> None:
    best = MinHashLSH(threshold=copies.COPIED, num_perm=64, weights=(0.1, 0.9))
    assert (best.b, best.r) == (copies.BANDS, copies.ROWS)


def test_sketches_are_the_same_everywhere() -> None:
    """Stored sketches are compared with new ones: whoever changes these values raises the version."""
    made = sketch(PARAGRAPHS["ferry-1"])
    assert copies.VERSION == 1
    assert made.whole[:3] == (25582573, 19211936, 187384058)
    assert copy_blocks(made)[::21] == ("text-00-77950a407ee9490f", "opening-00-8c999c1bacc85697")
    assert copy_blocks(sketch("Closed.")) == ("equal-00-034946f7bd9a616d",)
