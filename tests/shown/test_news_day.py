"""Of which day undated news is, and how that is said."""

from __future__ import annotations

import pytest

from kb.edtf import Edtf
from kb.shown.news_day import in_words, settles


@pytest.mark.parametrize(
    ("day", "published", "wanted"),
    [
        ("2014-03-18", "2014-03-18", True),
        ("2014-03-17", "2014-03-18", True),
        ("2014-02-28", "2014-03-01", True),
        ("2014-03-16", "2014-03-18", False),
        ("2014-03-19", "2014-03-18", False),
        (None, "2014-03-18", False),
        ("2014-03-18", None, False),
    ],
)
def test_only_a_day_that_news_can_be_of_settles_it(day: str | None, published: str | None, wanted: bool) -> None:
    assert settles(day, published) is wanted


@pytest.mark.parametrize(
    ("edtf", "published", "wanted"),
    [
        ("2014-03-18~", "2014-03-18", "news of 17 or 18 Mar 2014: its article was published on 18 Mar 2014"),
        ("2014-03-01~", "2014-03-01", "news of 28 Feb 2014 or 1 Mar 2014: its article was published on 1 Mar 2014"),
        (
            "2014-03-16~",
            "2014-03-18",
            "no date of its own: its article, published on 18 Mar 2014, is news of 16 Mar 2014",
        ),
        ("2014-03~", "2014-03", "told as news of the publication date (March 2014)"),
        ("../2014-03-18", "2014-03-18", "told as news of the publication date (18 Mar 2014)"),
        ("2014-03-18~", None, "told as news of the publication date"),
    ],
)
def test_the_rule_in_words(edtf: str, published: str | None, wanted: str) -> None:
    assert in_words(Edtf(edtf), Edtf(published) if published else None) == wanted
