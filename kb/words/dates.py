"""Dates in words, as readers of each language write them: “24 лютого 2022”, “близько 2014”."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from kb.edtf import Edtf
from kb.words.speech import SOURCE, language, say, sense

_ALONE, _AFTER = "date alone", "date after a preposition"
PARTS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4",
    37: "first four months", 38: "second four months", 39: "last four months", 40: "first half", 41: "second half",
}  # fmt: skip
"""What a part of a year is called, by its number in EDTF."""


def human(edtf: str | None, unknown: str | None = None) -> str:
    """An EDTF string in words, "24 Feb 2022". Arguments: edtf, or None; unknown, what to say for None."""
    if not edtf:
        return say("date unknown") if unknown is None else unknown
    date = Edtf.of(edtf)
    if date is None:
        return edtf
    return date.human() if language() == SOURCE else _written(date)


def moment(iso: str) -> str:
    """A moment in UTC to the minute, "24 Feb 2022, 14:05 UTC". Arguments: iso, in UTC."""
    return f"{human(iso[:10])}, {iso[11:16]} UTC"


def month(iso: str) -> str:
    """A month or a day in few letters, "Mar 2022", "Mar 24". Arguments: iso, "2022-03" or a day."""
    year, number, *_ = iso.split("-")
    return f"{months()[int(number) - 1]} {int(year)}"


def months() -> list[str]:
    """The names of the months in few letters."""
    return names_of(language(), "abbreviated", "stand-alone")


def _written(text: str, after: bool = False) -> str:
    """A date in words. Arguments: text, EDTF; after, whether a preposition stands before it."""
    if "/" in text:
        start, end = text.split("/", 1)
        if start in ("..", ""):
            return say("until {date}", date=_written(end, after=True))
        if end in ("..", ""):
            return say("since {date}", date=_written(start, after=True))
        return say("{first} to {last}", first=_written(start), last=_written(end))
    about = "~" in text or "%" in text
    words = _bare(re.sub(r"[~?%]", "", text), after or about)
    if "?" in text or "%" in text:
        words = say("{date} (uncertain)", date=words)
    return say("about {date}", date=words) if about else words


def _bare(bare: str, after: bool) -> str:
    date, _, clock = bare.partition("T")
    found = re.fullmatch(r"(-?[\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?", date)
    if not found:
        return bare
    year, number, day = found.groups()
    words = _year(year, after)
    if number and number != "XX":
        words = _in_year(int(number), day, words, after, known=year != "XXXX")
    return f"{words}, {clock.rstrip('Z')[:5]}" if clock else words


def _year(year: str, after: bool) -> str:
    if year == "XXXX":
        return say("year unknown")
    if year.endswith("X"):
        many = f"{year[:-2]}00" if year.endswith("XX") else f"{year[:-1]}0"
        return sense(_AFTER if after else _ALONE, "{years}s", years=many)
    return year.lstrip("0") or "0"


def _in_year(number: int, day: str | None, year: str, after: bool, *, known: bool) -> str:
    """A day, a month or a part of a year with its year, which may be unknown."""
    if number > 12:
        words = sense(_AFTER if after else _ALONE, _part(number))
    elif day and day != "XX":
        words = f"{int(day)} {names_of(language(), 'wide', 'format')[number - 1]}"
    else:
        words = names_of(language(), "wide", "format" if after else "stand-alone")[number - 1]
    return f"{words} {year}" if known else f"{words}, {year}"


def part_words(number: int) -> tuple[str, str]:
    """What a part of a year is called, alone and after a preposition. Arguments: its number in EDTF."""
    return sense(_ALONE, _part(number)), sense(_AFTER, _part(number))


def _part(number: int) -> str:
    return PARTS[number] if number in PARTS else PARTS[21 + (number - 25) % 4]


@cache
def names_of(code: str, width: Literal["abbreviated", "wide"], use: Literal["format", "stand-alone"]) -> list[str]:
    """The months' names. Arguments: code, of a language; width, "wide" or "abbreviated"; use, "format" beside a day or
    after a preposition, "stand-alone" else.
    """  # noqa: D205 - one sentence
    from babel.dates import get_month_names  # noqa: PLC0415 (only who reads another language should wait for it)

    names = get_month_names(width, use, locale=code)
    return [str(names[number]) for number in range(1, 13)]


def _marked() -> tuple[str, ...]:
    """What the catalogue has of the parts of a year, in both uses; never called."""
    return (
        sense("date alone", "spring"), sense("date after a preposition", "spring"),
        sense("date alone", "summer"), sense("date after a preposition", "summer"),
        sense("date alone", "autumn"), sense("date after a preposition", "autumn"),
        sense("date alone", "winter"), sense("date after a preposition", "winter"),
        sense("date alone", "Q1"), sense("date after a preposition", "Q1"),
        sense("date alone", "Q2"), sense("date after a preposition", "Q2"),
        sense("date alone", "Q3"), sense("date after a preposition", "Q3"),
        sense("date alone", "Q4"), sense("date after a preposition", "Q4"),
        sense("date alone", "first four months"), sense("date after a preposition", "first four months"),
        sense("date alone", "second four months"), sense("date after a preposition", "second four months"),
        sense("date alone", "last four months"), sense("date after a preposition", "last four months"),
        sense("date alone", "first half"), sense("date after a preposition", "first half"),
        sense("date alone", "second half"), sense("date after a preposition", "second half"),
        sense("date alone", "{years}s"), sense("date after a preposition", "{years}s"),
    )  # fmt: skip
