"""Calendar periods and their arithmetic.

A century, a decade, a year … a week, a day, each as TIMEX3 value and as EDTF.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kb.edtf import Edtf

Unit = Literal["century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day"]
ORDER: tuple[Unit, ...] = ("century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day")
_SEASON_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_YEARS = {"century": 100, "decade": 10, "year": 1}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6}
_DAYS = {"week": 7, "weekend": 7, "fortnight": 14, "day": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of the calendar.

    unit: its length. year: astronomical (0 is 1 BC), the first of a decade or century; None when the text leaves it
    open.
    part: month 1-12 (a day's too), quarter 1-4, half 1-2, ISO week 1-53, EDTF season 21-24, by unit. day: 1-31.
    """

    unit: Unit
    year: int | None
    part: int = 0
    day: int = 0

    def timex(self) -> str:
        """The TIMEX3 value ("2022-02-24", "199", "2022-W09", "1918-SP", "BC0490")."""
        year = "XXXX" if self.year is None else f"{self.year:04d}" if self.year > 0 else f"BC{1 - self.year:04d}"
        if self.unit in ("decade", "century"):
            return year[: -1 if self.unit == "decade" else -2]
        return year + self._timex_part()

    def _timex_part(self) -> str:
        match self.unit:
            case "half":
                return f"-H{self.part}"
            case "season":
                return f"-{_SEASON_CODES[self.part]}"
            case "quarter":
                return f"-Q{self.part}"
            case "week":
                return f"-W{self.part:02d}"
            case "weekend":
                return f"-W{self.part:02d}-WE"
            case "month":
                return f"-{self.part:02d}"
            case "day":
                return f"-{self.part:02d}-{self.day:02d}"
        return ""

    def edtf(self, approximate: bool = False) -> Edtf | None:
        """The EDTF value; None for a season of no known year, a day of no calendar, a year of five digits."""
        if self.unit == "day" and not self.valid():
            return None
        text = self._edtf_text()
        date = Edtf.of(text) if text else None
        return date.about() if date and approximate else date

    def _edtf_text(self) -> str | None:
        if self.year is None:
            open_part = {"month": f"XXXX-{self.part:02d}", "day": f"XXXX-{self.part:02d}-{self.day:02d}"}
            return open_part.get(self.unit)
        year = _edtf_year(self.year)
        match self.unit:
            case "century" | "decade":
                if self.year <= 0:
                    return f"{_edtf_year(self.year - _YEARS[self.unit] + 1)}/{year}"
                return year[:2] + "XX" if self.unit == "century" else year[:3] + "X"
            case "week" | "weekend":
                first = self.first_day()
                if first is None:
                    return None
                return f"{first}/{first + timedelta(6 if self.unit == 'week' else 1)}"
            case "season":
                return f"{year}-{self.part}"
            case "quarter":
                return f"{year}-{32 + self.part}"
            case "half":
                return f"{year}-{39 + self.part}"
        return year + self._timex_part()

    def valid(self) -> bool:
        """Whether the calendar has this day or month (29 February when the year is open)."""
        if self.unit not in ("day", "month"):
            return True
        if not 1 <= self.part <= 12:
            return False
        leap = self.year if self.year is not None and self.year > 0 else 4
        return self.unit == "month" or 1 <= self.day <= calendar.monthrange(leap, self.part)[1]

    def first_day(self) -> date | None:
        """The first day, when the year is known, after 1 BC, and the day exists."""
        if self.year is None or not 1 <= self.year <= 9998 or not self.valid():
            return None
        match self.unit:
            case "day":
                return date(self.year, self.part, self.day)
            case "week" | "weekend":
                try:
                    return date.fromisocalendar(self.year, self.part, 1 if self.unit == "week" else 6)
                except ValueError:
                    return None
            case "month":
                return date(self.year, self.part, 1)
            case "season":
                return date(self.year, _FIRST_MONTH[self.part], 1)
            case "quarter":
                return date(self.year, 3 * self.part - 2, 1)
            case "half":
                return date(self.year, 6 * self.part - 5, 1)
        return date(self.year, 1, 1)

    def widen(self, unit: Unit) -> Period | None:
        """The period of the coarser `unit` that holds this one; None when that cannot be told."""
        if unit == self.unit:
            return self
        if self.year is None:
            return Period("month", None, self.part) if unit == "month" and self.unit == "day" else None
        if unit in _YEARS:
            if ORDER.index(self.unit) < ORDER.index(unit):
                return None
            span = _YEARS[unit]
            return Period(unit, self.year if self.year <= 0 else self.year - self.year % span)
        if self.year <= 0 and unit == "month" and self.unit == "day":
            return Period("month", self.year, self.part)
        first = self.first_day()
        if first is None or ORDER.index(self.unit) < ORDER.index(unit):
            return None
        return of_day(first, unit)

    def shift(self, amount: int, unit: str) -> Period | None:
        """The period moved by `amount` units, as a period of that unit.

        A unit finer than this one's own gives None.
        """
        base = self.widen(_grain(unit))
        if base is None or base.year is None:
            return None
        if unit in _YEARS:
            return replace(base, year=base.year + amount * _YEARS[unit])
        if unit in ("month", "quarter", "half"):
            months = (base.part - 1) + amount
            in_year = 12 // _MONTHS[unit]
            return replace(base, year=base.year + months // in_year, part=months % in_year + 1)
        if unit == "season":
            seasons = base.part - 21 + amount
            return replace(base, year=base.year + seasons // 4, part=seasons % 4 + 21)
        first = base.first_day()
        if first is None:
            return None
        try:
            return of_day(first + timedelta(amount * _DAYS[unit]), base.unit)
        except OverflowError:
            return None


def _grain(unit: str) -> Unit:
    return "week" if unit == "fortnight" else unit if unit in ORDER else "day"


def _edtf_year(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def of_day(day: date, unit: Unit = "day") -> Period:
    """The period of `unit` that holds `day`."""
    match unit:
        case "day":
            return Period("day", day.year, day.month, day.day)
        case "week" | "weekend":
            year, week, _ = day.isocalendar()
            return Period(unit, year, week)
        case "month":
            return Period("month", day.year, day.month)
        case "quarter":
            return Period("quarter", day.year, (day.month + 2) // 3)
        case "half":
            return Period("half", day.year, 1 if day.month <= 6 else 2)
        case "season":
            return Period("season", day.year - (day.month < 3), 21 + (day.month - 3) % 12 // 3)
    span = _YEARS[unit]
    return Period(unit, day.year - day.year % span)


def easter(year: int) -> date:
    """Easter Sunday (Gregorian), by the anonymous computus of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The `which`-th `weekday` (Monday 0) of a month; a negative `which` counts from its end."""
    if which < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta((last.weekday() - weekday) % 7 - 7 * (which + 1))
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))


def from_edtf(value: Edtf | None) -> Period | None:
    """A publication date as a Period: a day, month or year; of an interval its start; None when open."""
    if value is None or value.earliest is None or value.earliest.startswith("-"):
        return None
    year, month, day = map(int, value.earliest.split("-"))
    match value.precision:
        case "year":
            return Period("year", year)
        case "month":
            return Period("month", year, month)
        case "day" | "interval":
            return Period("day", year, month, day)
    return None
