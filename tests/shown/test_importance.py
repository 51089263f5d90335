"""What an event weighs in the whole story: what makes it weigh more, and how that is told."""

from __future__ import annotations

from typing import Any

import pytest

from kb.shown.importance import Signs, importance

DAYS = [f"2022-03-{day:02}" for day in range(1, 31)]
BASE: dict[str, Any] = {"salience": 0.6, "kind": "ASSAULT", "published": DAYS[:2], "sources": 2, "last": "2022-03-01",
                        "clarity": 0.7}  # fmt: skip

SIGNS: list[tuple[str, dict[str, Any]]] = [
    ("more salient", {"salience": 0.9}),
    ("told on more days", {"published": DAYS[:5]}),
    ("by more sources", {"sources": 5}),
    ("still told a year later", {"published": [*DAYS[:1], "2023-03-01"]}),
    ("a title that tells it by itself", {"clarity": 0.9}),
    ("dated to the day", {"earliest": "2022-03-01"}),
]


@pytest.mark.parametrize(("about", "sign"), SIGNS, ids=[row[0] for row in SIGNS])
def test_what_weighs_more(about: str, sign: dict[str, Any]) -> None:
    assert 0 < importance(Signs(**BASE)).value < importance(Signs(**{**BASE, **sign})).value <= 1


def test_a_deed_weighs_more_than_a_saying() -> None:
    assert importance(Signs(**BASE)).value > importance(Signs(**{**BASE, "kind": "STATEMENT"})).value


def test_an_aside_weighs_less_than_news() -> None:
    """Two articles of one day and the next that recall what was years ago do not show that it is long remembered."""
    news = Signs(0.8, "ASSAULT", DAYS[:2], 2, "2022-02-28", "2022-02-28")
    aside = Signs(0.8, "ASSAULT", DAYS[:2], 2, "2014-03-18", "2014-03-18")
    assert importance(aside).value < importance(news).value


def test_what_many_days_tell_years_later_weighs_more_than_news() -> None:
    news = Signs(0.8, "ASSAULT", DAYS[:2], 2, "2022-02-28", "2022-02-28")
    recalled = Signs(0.8, "ASSAULT", DAYS[:20], 12, "2014-03-18", "2014-03-18")
    assert importance(recalled).value > importance(news).value


def test_one_article_weighs_by_salience_alone() -> None:
    assert importance(Signs(0.8, "ASSAULT", ["2022-03-01"], 1, "2014-01-01", "2014-12-31")).value == 0.32


REASONS: list[tuple[list[str], int, str | None, str]] = [
    ([], 1, None, "told by one source"),
    (["2022-03-01"], 1, "2022-03-01", "told on one day by one source"),
    (DAYS[:3], 2, "2022-03-01", "told on 3 days by 2 independent sources, still told 2 days later"),
    ([DAYS[0], "2023-03-01"], 14, "2022-03-01", "told on 2 days by 14 independent sources, still told 12 months later"),
    (DAYS[:2], 2, "2018-03-01", "told on 2 days by 2 independent sources, first 4 years later"),
    (["2022-03-01", "2022-03-02"], 1, "2022-04-01", "told on 2 days by one source"),
    (["2022-03-01", "2022-03-02"], 1, "-0043-03-15", "told on 2 days by one source"),
]


@pytest.mark.parametrize(("published", "sources", "last", "reason"), REASONS)
def test_reasons(published: list[str], sources: int, last: str | None, reason: str) -> None:
    assert importance(Signs(0.5, "ASSAULT", published, sources, last, last)).reason == reason


def test_a_star_is_told() -> None:
    told = importance(Signs(0.1, "STATEMENT", [], 1), starred=True)
    assert (told.value, told.reason) == (1.0, "a human starred it")
