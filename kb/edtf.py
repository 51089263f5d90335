"""EDTF (ISO 8601-2:2019) dates as values: bounds, precision, order, overlap, and words for people.

The grammar is the `edtf` library's; this module gives its result the few verbs that the rest of the project needs.
"""

from __future__ import annotations

import calendar
import re
from functools import cache, total_ordering
from typing import Any, Literal, Self

import edtf
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from kb.errors import InvalidDate

Precision = Literal["day", "month", "season", "quarter", "year", "decade", "century", "interval", "open", "unknown"]

_SEASON = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON |= {n: f"{_SEASON[21 + (n - 25) % 4]} ({half} hemisphere)" for n, half in
            [(25, "northern"), (26, "northern"), (27, "northern"), (28, "northern"),
             (29, "southern"), (30, "southern"), (31, "southern"), (32, "southern")]}  # fmt: skip
_QUARTER = {33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4"}
_PART = {37: "first four months", 38: "second four months", 39: "last four months", 40: "first half", 41: "second half"}
_TOP, _BOTTOM = "9999-12-31", "0000-01-01"


@total_ordering
class Edtf(str):
    """An EDTF string, checked when made. Equal and hashed as the string; ordered by earliest, then latest day.

    Arguments: text, an EDTF level 0-2 string ("2014", "2024-02~", "1990/..", "XXXX-02-06").
    Raises: InvalidDate when it is none.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Check and keep the string."""
        _bounds(text)
        return super().__new__(cls, text)

    @classmethod
    def of(cls, text: str) -> Self | None:
        """The date of an EDTF string; None where it is none, or no calendar has the day."""
        try:
            return cls(text)
        except InvalidDate:
            return None

    @property
    def earliest(self) -> str | None:
        """First possible day, ISO ("2022-03-01"); None when the start or the year is open."""
        return _bounds(self)[0]

    @property
    def latest(self) -> str | None:
        """Last possible day, ISO; None when the end or the year is open."""
        return _bounds(self)[1]

    @property
    def approximate(self) -> bool:
        """Whether the text said "about" (`~`, `%`)."""
        return "~" in self or "%" in self

    @property
    def uncertain(self) -> bool:
        """Whether the source itself doubts the date (`?`, `%`)."""
        return "?" in self or "%" in self

    @property
    def precision(self) -> Precision:
        """How exact the date is, by its form; `unknown` when the year is not given."""
        if "/" in self:
            return "open" if ".." in self or self.startswith("/") or self.endswith("/") else "interval"
        bare = re.sub(r"[~?%]", "", self).split("T")[0]
        if not re.match(r"-?\d", bare) or bare.startswith("XXXX"):
            return "unknown"
        year, _, rest = bare.lstrip("-").partition("-")
        if not rest:
            return "century" if year.endswith("XX") else "decade" if year.endswith("X") else "year"
        return _precision_in_year(rest)

    def overlaps(self, other: Edtf) -> bool:
        """Whether some day lies in both; an unknown year overlaps nothing but what has the same month and day."""
        if self.precision == "unknown" or other.precision == "unknown":
            return _fits_unknown(self, other)
        one, two = _range(self), _range(other)
        return one[0] <= two[1] and two[0] <= one[1]

    def contains(self, other: Edtf) -> bool:
        """Whether every day of `other` lies in this date."""
        if "unknown" in (self.precision, other.precision):
            return str(self) == str(other)
        one, two = _range(self), _range(other)
        return one[0] <= two[0] and two[1] <= one[1]

    def human(self) -> str:
        """The date in words: "March 2022", "about 10 Feb 2024", "2014", "27 Mar 2022 to 2 Apr 2022", "since 1990"."""
        return _human(self)

    def about(self) -> Edtf:
        """The same date, said to be about then: "2024-02~", "2014~/.."; what is about then already stays as it is."""
        sides = self.split("/")
        return Edtf("/".join(s if s in ("", "..") else f"{s.rstrip('~?%')}~" for s in sides))

    def since(self) -> Edtf | None:
        """From this date on ("2014/.."), an interval from its start; None where no year, or no start, is known."""
        start = self.split("/", maxsplit=1)[0]
        return Edtf.of(f"{start}/..") if self.earliest and start not in ("", "..") else None

    def until(self) -> Edtf | None:
        """Up to this date ("../2014"), an interval to its end; None where no year, or no end, is known."""
        end = self.rsplit("/", maxsplit=1)[-1]
        return Edtf.of(f"../{end}") if self.latest and end not in ("", "..") else None

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Edtf):
            return NotImplemented
        return _key(self) < _key(other)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls._validated, core_schema.str_schema())

    @classmethod
    def _validated(cls, text: str) -> Self:
        try:
            return cls(text)
        except InvalidDate as error:
            raise ValueError(str(error)) from error


def _range(date: Edtf) -> tuple[str, str]:
    return date.earliest or _BOTTOM, date.latest or _TOP


@cache
def _bounds(text: str) -> tuple[str | None, str | None]:
    """First and last day of an EDTF string (EDTF 'strict' bounds: approximation widens nothing)."""
    plain = _plain_bounds(text)
    if plain is not None:
        return plain
    if _UNPLACED.fullmatch(text):
        _check_calendar(text, text.replace("XXXX", "0004"))
        return None, None
    try:
        parsed = edtf.parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        words = f"{text!r} is not an EDTF date; write it like 2022-02-24, 2022-03, 2014, 2024-02~ or 1990/.."
        raise InvalidDate(words) from error
    for side in text.split("/"):
        _check_calendar(text, side)
    if re.match(r"-?XXXX", text):
        return None, None
    if not isinstance(low, float) and not isinstance(high, float) and tuple(low)[:3] > tuple(high)[:3]:
        raise InvalidDate(f"{text!r} ends before it starts")
    return _iso(low), _iso(high)


_COARSE = re.compile(r"(-?)(\d{4}|\d{3}X|\d\dXX)[~?%]?")
# ISO 8601-2 lets any expression be qualified; the library takes no "~" after an unspecified year.
_UNPLACED = re.compile(r"XXXX-(0[1-9]|1[0-2])(-\d\d)?[~?%]")
_PLAIN = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?[~?%]?")
# First month and number of months: meteorological seasons of the north (winter runs into the next year),
# quarters, halves.
_SPANS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_SPANS |= {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 40: (1, 6), 41: (7, 6)}


def _part_bounds(year: int, first: int, months: int) -> tuple[str, str]:
    end_year, last = year + (first + months - 2) // 12, (first + months - 2) % 12 + 1
    return f"{year:04d}-{first:02d}-01", f"{end_year:04d}-{last:02d}-{calendar.monthrange(end_year or 4, last)[1]}"


def _plain_bounds(text: str) -> tuple[str | None, str | None] | None:
    """The bounds of the forms nearly all dates have, without the grammar, which takes milliseconds; None for others."""
    if "/" in text:
        low, high = (("..", "..") if side == ".." else _plain_bounds(side) for side in text.split("/", 1))
        if low is None or high is None or text.count("/") > 1 or low == high == ("..", ".."):
            return None
        bounds = (None if low[0] == ".." else low[0], None if high[1] == ".." else high[1])
        return None if bounds[0] and bounds[1] and bounds[0] > bounds[1] else bounds
    coarse = _COARSE.fullmatch(text)
    if coarse is not None:
        sign, digits = coarse[1], coarse[2]
        if sign and ("X" in digits or digits == "0000"):
            return None
        return f"{sign}{digits.replace('X', '0')}-01-01", f"{sign}{digits.replace('X', '9')}-12-31"
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day = found[1], found[2], found[3]
    if int(month) in _SPANS and day is None:
        return _part_bounds(int(year), *_SPANS[int(month)])
    if not 1 <= int(month) <= 12:
        return None
    last = calendar.monthrange(int(year) or 4, int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{last}"
    return (f"{year}-{month}-{day}",) * 2 if 1 <= int(day) <= last else None


def _check_calendar(text: str, side: str) -> None:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", side)
    if found:
        year, month, day = map(int, found.groups())
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 4, month)[1]):
            raise InvalidDate(f"{text!r} names a day that no calendar has")


def _iso(day: Any) -> str | None:
    if isinstance(day, float):
        return None
    year, month, date = tuple(day)[:3]
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{date:02d}"


def _key(date: Edtf) -> tuple[int, str, str, str]:
    unknown = date.earliest is None and date.latest is None
    return (1 if unknown else 0, date.earliest or _BOTTOM, date.latest or _TOP, str(date))


def _precision_in_year(rest: str) -> Precision:
    month, _, day = rest.partition("-")
    if day and "X" not in day:
        return "day"
    if "X" in month:
        return "year"
    number = int(month)
    return "month" if number <= 12 else "quarter" if number in _QUARTER else "season"


def _fits_unknown(one: Edtf, other: Edtf) -> bool:
    unknown, known = (one, other) if one.precision == "unknown" else (other, one)
    pattern = re.sub("X", "[0-9X]", re.sub(r"[~?%]", "", unknown))
    return re.match(pattern, re.sub(r"[~?%]", "", known)) is not None


_MONTHS = ["", *calendar.month_abbr[1:]]


def _human(text: str) -> str:
    if "/" in text:
        start, end = text.split("/", 1)
        if start in ("..", ""):
            return f"until {_human(end)}"
        return f"since {_human(start)}" if end in ("..", "") else f"{_human(start)} to {_human(end)}"
    bare = re.sub(r"[~?%]", "", text)
    words = _human_bare(bare)
    if "?" in text or "%" in text:
        words += " (uncertain)"
    return f"about {words}" if "~" in text or "%" in text else words


def _human_bare(bare: str) -> str:
    date, _, clock = bare.partition("T")
    found = re.fullmatch(r"(-?[\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?", date)
    if not found:
        return bare
    year, month, day = found.groups()
    if year.endswith("XX") and year != "XXXX":
        words = f"{year[:-2]}00s"
    elif year.endswith("X") and year != "XXXX":
        words = f"{year[:-1]}0s"
    else:
        words = "year unknown" if year == "XXXX" else year.lstrip("0") or "0"
    if month and month != "XX":
        words = _human_month(int(month), day, words)
    return f"{words}, {clock.rstrip('Z')[:5]}" if clock else words


def _human_month(number: int, day: str | None, year: str) -> str:
    joined = f", {year}" if year == "year unknown" else f" {year}"
    if number > 12:
        return f"{(_SEASON | _QUARTER | _PART)[number]}{joined}"
    if day and day != "XX":
        return f"{int(day)} {_MONTHS[number]}{joined}"
    return f"{calendar.month_name[number]}{joined}"
