"""Tallies of what is told of an event add up to what all tellings together show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.shown.choice import show_event, show_tally
from kb.shown.tally import add, stored, tally, tally_of
from tests.shown.test_choice import telling

pytestmark = pytest.mark.usefixtures("every_tally")

DATES = (None, "2014", "2014-03", "2014-03-18", "2014-03-18~", "2014-03-21", "2015", "2014-03/2014-04", "XXXX-03-18")
STATUSES = ("asserted", "planned", "alleged", "denied")
PUBLISHED = (None, "2014-03-20", "2015-01-01")
PUBLISHERS = ("", "Gazette", "gazette ", "Herald", "Wire")

said = st.tuples(st.sampled_from(DATES), st.sampled_from(STATUSES), st.sampled_from(PUBLISHERS),
                 st.sampled_from((0.1, 0.5, 0.9)), st.integers(1, 3), st.sampled_from(PUBLISHED))  # fmt: skip
old_ones = st.lists(st.tuples(said, st.integers(0, 4)), min_size=1, max_size=12)
new_ones = st.lists(said, min_size=1, max_size=4)


def row(what: tuple[Any, ...], article: str, group: str) -> dict[str, Any]:
    edtf, status, publisher, salience, mentions, published = what
    return telling(edtf, salience=salience, status=status, article=article, group=group, publisher=publisher,
                   mentions=mentions, title=f"Told {status}", published=published)  # fmt: skip


@given(old=old_ones, new=new_ones)
def test_what_a_new_article_adds_is_what_all_together_show(old: list[Any], new: list[Any]) -> None:
    """The old ones are copies of one another at will; the new article is nobody's."""
    before = [row(what, f"old {number}", f"group {group}") for number, (what, group) in enumerate(old)]
    after = [row(what, "new", "new") for what in new]
    together = show_event([*before, *after], {})
    assert show_tally(add(tally_of(stored(tally(before))), tally(after)), {}) == together


def test_a_tally_grows_with_dates_and_publishers_not_with_articles() -> None:
    few, many = ([telling(f"2014-03-1{n % 3}", f"paper {n % 4}", article=f"a{n}", group=f"a{n}") for n in range(count)]
                 for count in (24, 2400))  # fmt: skip
    assert len(stored(tally(many))) < len(stored(tally(few))) + 20


def test_copies_are_kept_apart_until_a_publisher_has_a_report_of_its_own() -> None:
    wire = [telling("2014", name, article=name, group="wire") for name in ("Gazette", "Herald")]
    assert show_event(wire, {}).properties["sources"] == 1
    own = telling("2014", "Herald", article="own", group="own")
    assert show_tally(add(tally(wire), tally([own])), {}).properties["sources"] == 2
