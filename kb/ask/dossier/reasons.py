"""Why an event shows the date it shows, in one sentence for a reader, by the sources that give dates."""

from __future__ import annotations

from collections.abc import Iterable

from kb.ask.event import EventDetail, Report
from kb.ask.words import human
from kb.edtf import Edtf

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NAMED = 4  # dates that are named one by one
_BY_HAND = "a human gave the date"


def date_reason(detail: EventDetail) -> str:
    """What its sources say of the date of an event, and why the shown one is shown; "" where nothing gives one.

    A source is a publisher, or an article without one; it counts by the finest date that it gives.
    """
    if detail.date_rule == _BY_HAND:
        return "A human gave this date; what the sentences say stands below."
    given = _sources(report for report in detail.reports if report.edtf)
    if not given:
        return ""
    rivals = [date for date in detail.rival_dates if date in given]
    if len(rivals) > 1:
        return f"{_disagreeing(given, rivals)} {_chosen(detail)}".strip()
    return _agreeing(given, detail.event.edtf)


def _sources(reports: Iterable[Report]) -> dict[str, set[str]]:
    """Who gives each date."""
    given: dict[str, set[str]] = {}
    for report in reports:
        given.setdefault(report.edtf or "", set()).add(report.article.publisher or report.article.id)
    return given


def _disagreeing(given: dict[str, set[str]], rivals: list[str]) -> str:
    telling = set().union(*(given[date] for date in rivals))
    even = all(len(given[date]) == 1 for date in rivals)
    listed = _or([human(date) + ("" if even else f" ({_number(len(given[date]))})") for date in rivals])
    days = all(Edtf(date).precision == "day" for date in rivals)
    what = ("a day" if days else "a date") + " and disagree" if len(telling) > 1 else "several dates"
    first = "One source gives" if len(telling) == 1 else f"{_number(len(telling)).capitalize()} sources give"
    return f"{first} {what}: {listed}{_others(given, rivals, telling)}."


def _agreeing(given: dict[str, set[str]], shown: str | None) -> str:
    finest = shown if shown in given else min(given, key=lambda date: (-len(given[date]), date))
    telling = given[finest]
    who = "One source says" if len(telling) == 1 else f"{_number(len(telling)).capitalize()} sources say"
    return f"{who} {human(finest)}{_others(given, [finest], telling)}."


def _others(given: dict[str, set[str]], named: list[str], telling: set[str]) -> str:
    """Who gives only other dates, within which one of those lies or that are about right."""
    rest = [date for date in given if date not in named]
    coarse = set().union(*(given[date] for date in rest)) - telling
    if not coarse:
        return ""
    shown = [human(date) for date in rest if given[date] & coarse]
    verb = "gives" if len(coarse) == 1 else "give"
    return f"; {_number(len(coarse))} {verb} only {_or(list(dict.fromkeys(shown)))}"


def _chosen(detail: EventDetail) -> str:
    shown, rule = human(detail.event.edtf), detail.date_rule
    if rule.startswith("the date that most sources agree with"):
        return f"{shown} is shown: most sources agree with it."
    if rule.startswith("most of"):
        return f"Only {shown} is shown, since as many give one as the other."
    if rule.startswith("the most precise, best told"):
        return f"As many agree with each, so the most precise, best told or earliest is shown: {shown}."
    return f"{shown} is shown."


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _or(words: list[str]) -> str:
    shown = words[:_NAMED] + ([f"{len(words) - _NAMED} others"] if len(words) > _NAMED else [])
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
