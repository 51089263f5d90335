"""What an event or an entity shows, from what is told of it: tables."""

from __future__ import annotations

from typing import Any

import pytest

from kb.edtf import Edtf
from kb.shown.choice import dated, show_entity, show_event
from kb.shown.tally import tally


def telling(edtf: str | None, source: str = "", salience: float = 0.5, **more: Any) -> dict[str, Any]:
    date = Edtf(edtf) if edtf else None
    return {
        "title": "An event", "type": "CONSULT", "status": "asserted", "salience": salience, "confidence": 0.5,
        "edtf": edtf, "earliest": date.earliest if date else None, "latest": date.latest if date else None,
        "precision": date.precision if date else None, "notBefore": None, "notAfter": None, "boundsRule": None,
        "mentions": 1, "article": f"article-{source}", "group": f"article-{source}", "publisher": source,
    } | more  # fmt: skip


def date_of(told: list[dict[str, Any]]) -> dict[str, Any]:
    return dated(tally(told))


# What is told, each "date" or "date source" ("-": no date), and the date shown.
DATES: list[tuple[str, list[str], str | None]] = [
    ("one", ["2014"], "2014"),
    ("none", ["-"], None),
    ("none of two", ["- A", "- B"], None),
    ("one of two", ["- A", "2014 B"], "2014"),
    ("all agree", ["2014-03-18 A", "2014-03-18 B"], "2014-03-18"),
    ("the most precise", ["2014 A", "2014-03-18 B"], "2014-03-18"),
    ("the most precise of three", ["2014 A", "2014-03 B", "2014-03-18 C"], "2014-03-18"),
    ("a day that many years support", ["2014 A", "2014 B", "2014 C", "2014-03-18 D"], "2014-03-18"),
    ("two days: the one more often told", ["2014-03-18 A", "2014-03-21 B", "2014-03-21 C"], "2014-03-21"),
    ("two days and a year: the earlier", ["2014 A", "2014-03-18 B", "2014-03-21 C"], "2014-03-18"),
    ("a source counts once", ["2014-03-18 A", "2014-03-18 A", "2014-03-18 A", "2014-03-21 B", "2014-03-21 C"],
     "2014-03-21"),
    ("a month speaks for its day", ["2014-03-18 A", "2014-03 B", "2014-04-02 C"], "2014-03-18"),
    ("a rival year", ["2014-03-18 A", "2015 B"], "2014-03-18"),
    ("a rival year that two tell", ["2014-03-18 A", "2015 B", "2015 C"], "2015"),
    ("about gives way", ["2014-03~ A", "2014-03 B"], "2014-03"),
    ("about a day gives way to the day", ["2014-03-18~ A", "2014-03-18 B"], "2014-03-18"),
    ("a certain month and about a day in it", ["2014-03 A", "2014-03-18~ B"], "2014-03-18~"),
    ("about a day is no rival of the next", ["2014-03-18~ A", "2014-03-19 B", "2014-03-18~ C"], "2014-03-19"),
    ("about a month is no rival of the next", ["2014-03~ A", "2014-04-20 B", "2014-05-30 C"], "2014-04-20"),
    ("about a month is a rival of the autumn", ["2014-03~ A", "2014-10-20 B", "2014-10 C"], "2014-10-20"),
    ("an interval and a day in it", ["2022-03-27/2022-04-02 A", "2022-03-29 B"], "2022-03-29"),
    ("intervals that overlap: the narrower", ["2022-03-27/2022-04-02 A", "2022-04-01/2022-04-30 B"],
     "2022-03-27/2022-04-02"),
    ("a week over two months, told as both", ["2022-03-28/2022-04-03 A", "2022-03 B", "2022-04 C"],
     "2022-03-28/2022-04-03"),
    ("a year unknown gives way", ["XXXX-02-06 A", "2024-02-06 B"], "2024-02-06"),
    ("a year unknown speaks for its day", ["XXXX-02-06 A", "2024-02-06 B", "2024-02-08 C"], "2024-02-06"),
    ("a year unknown alone", ["XXXX-02-06 A", "- B"], "XXXX-02-06"),
    ("a year unknown beside a year", ["XXXX-02-06 A", "2024 B"], "2024"),
    ("since a day", ["2022-02-24/.. A"], "2022-02-24/.."),
    ("since a day, and the day", ["2022-02-24/.. A", "2022-02-24 B"], "2022-02-24"),
    ("since a year, and since a day of it", ["2022/.. A", "2022-02-24/.. B"], "2022-02-24/.."),
    ("since a day, and in that year", ["2022-02-24/.. A", "2022 B", "2022 C"], "2022-02-24/.."),
    ("since a day, and in that century", ["2022-02-24/.. A", "20XX B"], "2022-02-24/.."),
    ("since a day, a month within, and since long before", ["2014/.. A", "2022-02-24/.. B", "2022 C", "2022-03~ D"],
     "2022-02-24/.."),
    ("about a month, which leaves room for two starts", ["2022-02-24/.. A", "2022-02-08/.. B", "2022-03~ C", "2022 D",
     "2022-02-24/.. E"], "2022-02-24/.."),
    ("since two years: as most say", ["2014/.. A", "2022-02/.. B", "2022-02-24/.. C"], "2022-02-24/.."),
    ("until a day, and a year before it", ["../2022-02-24 A", "2021 B"], "2021"),
    ("two months, a source each, and the year that more tell", ["2014-03 A", "2014-04 B", "2014 C", "2014 D"], "2014"),
    ("two months, a source each, and the year that no more tell", ["2014-03 A", "2014-04 B", "2014 C"], "2014-03"),
    ("two days in a week, and the year", ["2014-03-18 A", "2014-03-21 B", "2014 C", "2014 D"], "2014-03-18"),
    ("since 2014 and a day long after", ["2014/.. A", "2014-03-18 B"], "2014-03-18"),
]  # fmt: skip


def tellings(told: list[str]) -> list[dict[str, Any]]:
    parts = [each.partition(" ") for each in told]
    return [telling(None if date == "-" else date, source) for date, _, source in parts]


@pytest.mark.parametrize(("told", "date"), [pytest.param(*c[1:], id=c[0]) for c in DATES])
def test_the_date_of_an_event(told: list[str], date: str | None) -> None:
    shown = date_of(tellings(told))
    assert shown["edtf"] == date
    assert date_of(tellings(told[::-1])) == shown
    assert shown["edtfBasis"] == "text"
    assert shown["precision"] == (Edtf(date).precision if date else None)


REASONS: list[tuple[list[str], str | None]] = [
    (["2014 A"], None),
    (["2014 A", "2014-03-18 A"], None),
    (["2014 A", "2014-03-18 B"], "the most precise date; 2 of 2 independent sources agree with it"),
    (["2014 A", "2014-03-18 B", "2014-03-21 C"],
     "the most precise, best told or earliest of the dates that most sources agree with; 2 of 3 independent sources "
     "agree with it; others: 21 Mar 2014 (2)"),
    (["2014-03-18 A", "2014-03-21 B", "2014-03-21 C"],
     "the date that most sources agree with; 2 of 3 independent sources agree with it; others: 18 Mar 2014 (1)"),
    (["2014/.. A", "2022/.. B", "2022-02-24/.. C"],
     "the date that most sources agree with; 2 of 3 independent sources agree with it; others: since 2014 (1)"),
    (["2014-03 A", "2014-04 B", "2014 C", "2014 D"],
     "most of 4 independent sources tell it so; finer ones differ: March 2014 (3), April 2014 (3)"),
    (["2014-03-18 A", "2014-03-21 A"],
     "the most precise, best told or earliest of the dates that most sources agree with; 1 of 1 independent sources "
     "agree with it; others: 21 Mar 2014 (1)"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "reason"), REASONS)
def test_why_that_date(told: list[str], reason: str | None) -> None:
    assert date_of(tellings(told))["edtfRule"] == reason


def test_the_better_told_of_two_equal_days() -> None:
    told = [telling("2014-03-18", "A", 0.4), telling("2014-03-21", "B", 0.9)]
    assert date_of(told)["edtf"] == "2014-03-21"


def test_what_happened_is_not_dated_by_the_plan() -> None:
    plans = [telling("2022-05-05", source, status="planned") for source in "ABC"]
    assert date_of([*plans, telling("2022-05-09", "D", 0.1)])["edtf"] == "2022-05-09"
    assert date_of([*plans, telling("2022", "D", status="alleged")])["edtf"] == "2022"
    assert date_of([*plans, telling(None, "D")])["edtf"] == "2022-05-05"


def test_a_name_comes_before_a_description() -> None:
    described = naming("a spokesperson for the ministry of defence", described=True)
    given = show_entity([described, naming("Igor Petrov")], {}).properties
    assert (given["name"], given["aliases"]) == ("Igor Petrov", [described["name"]])


def test_bounds_are_those_of_the_telling_that_is_shown() -> None:
    bounded = telling("2023", "A", notAfter="2023-02-16", latest="2023-02-16", boundsRule="told as past")
    assert date_of([bounded, telling("2022/..", "B")])["latest"] == "2023-02-16"
    assert date_of([bounded, telling("2023-01-05", "B")])["notAfter"] is None


def test_an_event_shows_its_best_telling() -> None:
    told = [telling("2014", "A", 0.4, title="Later", mentions=3),
            telling("2014-03-18", "B", 0.9, title="Best", status="alleged"),
            telling(None, "B", 0.9, title="Worst")]  # fmt: skip
    shown = show_event(told, {})
    assert shown.alive
    given = shown.properties
    assert (given["title"], given["salience"]) == ("Best", 0.9)
    assert (given["reports"], given["sources"]) == (5, 2)


# What each telling says, the best first, each "status source" or "status source day", and the status shown.
STATUSES: list[tuple[str, list[str], str]] = [
    ("one", ["alleged A"], "alleged"),
    ("alleged by the best telling, asserted by another source", ["alleged A", "asserted B"], "asserted"),
    ("asserted once, alleged by several", ["asserted A", "alleged B", "alleged C"], "alleged"),
    ("asserted twice, alleged by several", ["alleged A", "alleged B", "alleged C", "asserted D", "asserted E"],
     "asserted"),
    ("one source is no more than one", ["asserted A", "alleged B", "alleged B", "alleged B"], "asserted"),
    ("foretold by many, then told", ["planned A", "planned B", "planned C", "asserted D"], "asserted"),
    ("foretold, then called off", ["planned A", "negated B", "negated C"], "negated"),
    ("denied by one, asserted by one", ["denied A", "asserted B"], "asserted"),
    ("denied by more than assert it", ["asserted A", "denied B", "negated C"], "denied"),
    ("as many foretell it as suppose it", ["hypothetical A", "planned B"], "hypothetical"),
    ("told, and taken back later", ["asserted A 2022-03-30", "negated A 2022-04-02"], "negated"),
    ("denied, and owned up to later", ["denied A 2022-03-30", "asserted A 2022-04-02"], "asserted"),
    ("told and denied on one day", ["asserted A 2022-03-30", "denied A 2022-03-30"], "asserted"),
    ("taken back by one, told by another", ["asserted A 2022-03-30", "negated A 2022-04-02", "asserted B 2022-03-31"],
     "asserted"),
    ("a rumour of one, denied by another later", ["alleged A 2022-03-30", "denied B 2022-04-02"], "denied"),
    ("a denial of one, alleged by another later", ["denied A 2022-03-30", "alleged B 2022-04-02"], "alleged"),
    ("foretold for ever, and taken back", ["planned A 2022-03-30", "negated A 2022-03-31"], "negated"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "shown"), [pytest.param(*c[1:], id=c[0]) for c in STATUSES])
def test_the_status_of_an_event(told: list[str], shown: str) -> None:
    rows = [each.split() for each in told]
    made = [telling("2022", source, 0.9 - 0.1 * place, status=status, article=f"{source} {day}",
                    published=day[0] if day else None)
            for place, (status, source, *day) in enumerate(rows)]  # fmt: skip
    assert show_event(made, {}).properties["status"] == shown
    assert show_event(made[::-1], {}).properties["status"] == shown


def test_a_date_told_with_two_statuses_is_one_date() -> None:
    made = [telling("2022-03-01", "A", status="alleged"), telling("2022-03-01", "B"), telling("2022-03-09", "C")]
    assert date_of(made)["edtf"] == "2022-03-01"
    assert "2 of 3" in date_of(made)["edtfRule"]


def test_a_human_sets_what_an_event_shows() -> None:
    edits = {"title": "Ours", "type": "ATTACK", "status": "denied", "edtf": "2014-03", "name": "not of an event"}
    given = show_event([telling("2014", "A", notAfter="2014-05-05")], edits).properties
    assert (given["title"], given["type"], given["status"]) == ("Ours", "ATTACK", "denied")
    assert (given["edtf"], given["earliest"], given["latest"], given["precision"], given["edtfBasis"]) == (
        "2014-03", "2014-03-01", "2014-03-31", "month", "decision")  # fmt: skip
    assert given["notAfter"] is None
    assert "name" not in given


def test_what_is_rejected_or_told_by_none_is_not_alive() -> None:
    assert not show_event([telling("2014")], {}, rejected=True).alive
    assert not show_event([], {"title": "Ours"}).alive
    assert not show_entity([naming("Putin")], {}, rejected=True).alive
    assert not show_entity([], {}).alive


def naming(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "aliases": (), "subtype": None, "described": False, "country": None, "lat": None,
            "lon": None, "confidence": 0.5} | more  # fmt: skip


NAMES: list[tuple[str, list[dict[str, Any]], dict[str, str], str, list[str]]] = [
    ("one", [naming("Putin")], {}, "Putin", []),
    ("the longest", [naming("Putin"), naming("Vladimir Putin")], {}, "Vladimir Putin", ["Putin"]),
    ("the last in order of equal ones", [naming("Zelensky A."), naming("Zelenskyy V")], {}, "Zelenskyy V",
     ["Zelensky A."]),
    ("aliases of all", [naming("Joe Biden", aliases=("Biden",)), naming("Joseph Biden", aliases=("Biden", "Joe"))],
     {}, "Joseph Biden", ["Biden", "Joe", "Joe Biden"]),
    ("a human's name", [naming("Putin", aliases=("V. Putin",))], {"name": "Putin, V."}, "Putin, V.",
     ["Putin", "V. Putin"]),
    ("a human's choice among them", [naming("Vladimir Putin", aliases=("Putin",))], {"name": "Putin"}, "Putin",
     ["Vladimir Putin"]),
    ("a title is no name of its own", [naming("Putin")], {"title": "nothing"}, "Putin", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("namings", "edits", "name", "aliases"), [pytest.param(*case[1:], id=case[0]) for case in NAMES]
)
def test_the_name_of_an_entity(
    namings: list[dict[str, Any]], edits: dict[str, str], name: str, aliases: list[str]
) -> None:
    shown = show_entity(namings, edits)
    assert (shown.properties["name"], shown.properties["aliases"]) == (name, aliases)
    assert show_entity(namings[::-1], edits) == shown


def test_a_place_is_where_the_surest_puts_it() -> None:
    sure = naming("Minsk", confidence=0.9, country="BY", lat=53.9, lon=27.6, subtype="city")
    given = show_entity([naming("Minsk, the capital"), sure, naming("Minsk", confidence=0.9)], {}).properties
    assert (given["country"], given["lat"], given["lon"], given["subtype"]) == ("BY", 53.9, 27.6, "city")
    assert given["confidence"] == 0.9


def test_unnamed_only_where_nobody_gives_a_name() -> None:
    assert show_entity([naming("officials", described=True)], {}).properties["described"]
    assert not show_entity([naming("officials", described=True), naming("The Ministry")], {}).properties["described"]


def test_what_is_shown_of_equally_sure_namings_depends_on_no_order() -> None:
    springfield = {"name": "Springfield", "aliases": [], "described": False, "country": "US", "confidence": 0.9,
                   "lat": 39.8, "lon": -89.6}  # fmt: skip
    both = [{**springfield, "subtype": "city"}, {**springfield, "subtype": "region", "lat": 42.1}]
    assert show_entity(both, {}) == show_entity(both[::-1], {})
