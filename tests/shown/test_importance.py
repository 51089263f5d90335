"""What an event weighs in the whole story: what makes it weigh more, and how that is told."""

from __future__ import annotations

from typing import Any

import pytest

from kb.shown.importance import importance

DAYS = [f"2022-03-{day:02}" for day in range(1, 31)]
BASE: dict[str, Any] = {"salience": 0.6, "kind": "ASSAULT", "published": DAYS[:2], "sources": 2, "last": "2022-03-01"}

SIGNS: list[tuple[str, dict[str, Any]]] = [
    ("more salient", {"salience": 0.9}),
    ("told on more days", {"published": DAYS[:5]}),
    ("by more sources", {"sources": 5}),
    ("still told a year later", {"published": [*DAYS[:1], "2023-03-01"]}),
    ("starred", {"starred": True}),
]


@pytest.mark.parametrize(("about", "sign"), SIGNS, ids=[row[0] for row in SIGNS])
def test_what_weighs_more(about: str, sign: dict[str, Any]) -> None:
    assert 0 < importance(**BASE).value < importance(**{**BASE, **sign}).value <= 1


def test_a_deed_weighs_more_than_a_saying() -> None:
    assert importance(**BASE).value > importance(**{**BASE, "kind": "STATEMENT"}).value


def test_one_article_weighs_by_salience_alone() -> None:
    assert importance(0.8, "ASSAULT", ["2022-03-01"], 1, "2014-01-01").value == 0.4


REASONS: list[tuple[list[str], int, str | None, str]] = [
    ([], 1, None, "told by one source"),
    (["2022-03-01"], 1, "2022-03-01", "told on one day by one source"),
    (DAYS[:3], 2, "2022-03-01", "told on 3 days by 2 independent sources, still told 2 days later"),
    ([DAYS[0], "2023-03-01"], 14, "2022-03-01", "told on 2 days by 14 independent sources, still told 12 months later"),
    (["2022-03-01", "2022-03-02"], 1, "2022-04-01", "told on 2 days by one source"),
    (["2022-03-01", "2022-03-02"], 1, "-0043-03-15", "told on 2 days by one source"),
]


@pytest.mark.parametrize(("published", "sources", "last", "reason"), REASONS)
def test_reasons(published: list[str], sources: int, last: str | None, reason: str) -> None:
    assert importance(0.5, "ASSAULT", published, sources, last).reason == reason


def test_a_star_is_told() -> None:
    assert importance(0.1, "STATEMENT", [], 1, None, starred=True).reason == "a human starred it"
