"""Calendar dates with a year as they are written in bylines, headers and tables: “16 Feb. 2024”, “2024/02/16”."""

from __future__ import annotations

import re
from typing import Literal

from kb.edtf import Edtf
from kb.errors import InvalidDate

Order = Literal["day-first", "month-first"]

_MONTHS = {name: number for number, names in enumerate(
    ["jan january", "feb febr february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
     "sep sept september", "oct october", "nov november", "dec december"], 1) for name in names.split()}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:1[5-9]|20|21)\d\d)"
DATES = [re.compile(pattern, re.I) for pattern in (
    rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    rf"\b{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)\b",
    rf"\b{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}\b",
    rf"\b{_DAY}\s*(?:of\s+)?{_MONTH},?\s*{_YEAR}\b",
    rf"\b(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep){_YEAR}\b")]  # fmt: skip
MONTH_ONLY = re.compile(rf"\b{_MONTH}\s*,?\s*{_YEAR}\b", re.I)


def date_in(text: str, *, month_only: bool = False, order: Order | None = None) -> Edtf | None:
    """The first calendar date with a year in a short text; None when there is none, or 3/4/2022 could be two days.

    Arguments: text; month_only, whether "February 2024" counts too; order, of day and month in figures, if it is known.
    """
    found = [match for pattern in DATES for match in pattern.finditer(text[:400])]
    for match in sorted(found, key=lambda match: match.start()):
        day = edtf_of(match.groupdict(), order)
        if day:
            return day
    month = MONTH_ONLY.search(text[:400]) if month_only and not found else None
    return edtf_of(month.groupdict() | {"day": None}) if month else None


def day_order(text: str) -> Order | None:
    """Which number comes first, day or month, by those dates in figures that can be read one way only; None by none."""
    orders: set[Order] = set()
    for match in DATES[-1].finditer(text[:400]):
        first, second = int(match["a"]), int(match["b"])
        if max(first, second) > 12 >= min(first, second):
            orders.add("day-first" if first > 12 else "month-first")
    return orders.pop() if len(orders) == 1 else None


def edtf_of(part: dict[str, str | None], order: Order | None = None) -> Edtf | None:
    """The date of the groups of a match of DATES or MONTH_ONLY; None as `date_in`."""
    month, day = part.get("month"), part.get("day")
    if part.get("a"):
        first, second = int(part["a"] or 0), int(part["b"] or 0)
        if order is None and first <= 12 and second <= 12 and first != second:
            return None  # 3/4/2022 is March in one country and April in the next
        turned = order == "day-first" if order else first > 12
        month, day = (str(second), str(first)) if turned else (str(first), str(second))
    number = _MONTHS.get((month or "").lower()) or int(month or 0)
    try:
        return Edtf(f"{part['year']}-{number:02d}" + (f"-{int(day):02d}" if day else ""))
    except (InvalidDate, ValueError):
        return None
