"""Periods of accounts that the day of their end places: “the quarter ended July 31”, “nine months to September”."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from ingest.reading.english.times.kinds.durations import duration_value
from ingest.reading.english.times.kinds.readings import Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import ORDINALS, number
from ingest.reading.periods import Period, of_day
from kb.edtf import Edtf

_ENDS = re.compile(r",?\s{1,3}(?:(?:that|which)\s{1,3})?(?:ended|ending)\s{1,3}(?:(?:on|in)\s{1,3})?", re.I)
# "The year to March 2020": a stretch of accounts, which are kept by months, up to a day or month.
_UP_TO = re.compile(r",?\s{1,3}(?:up\s{1,3})?(?:to|through)\s{1,3}(?:the\s{1,3}end\s{1,3}of\s{1,3})?", re.I)
_DAYS = frozenset(("date", "date_dmy", "month", "month_year", "iso", "iso_month", "numeric"))
_LEAST = 3
_KINDS = frozenset(("the_year", "account", "quarter", "unit_relative", "duration", "span"))
_MONTHS = {"quarter": 3, "period": 3, "half": 6, "year": 12}


def ends_with(phrase: Phrase, following: Phrase | None, text: str) -> bool:
    """Whether the next phrase is the day on which this period of accounts ended or will end."""
    if following is None or phrase.kind not in _KINDS or not _length(phrase):
        return False
    if _ENDS.fullmatch(text, phrase.end, following.start):
        return True
    stretch = phrase.kind in ("the_year", "duration", "span") and _length(phrase) >= _LEAST
    reached = stretch and (following.inner or following).kind in _DAYS
    return reached and _UP_TO.fullmatch(text, phrase.end, following.start) is not None


def _length(phrase: Phrase) -> int:
    """The months of the period; 0 for what no accounts are of."""
    unit = phrase.get("what") or phrase.get("unit") or ("quarter" if phrase.kind == "quarter" else "")
    if phrase.kind in ("duration", "span"):
        told = number(phrase.get("n")) if phrase.get("n") and unit == "months" else None
        return int(told) if told is not None and told == int(told) else 0
    return _MONTHS.get(unit, 0)


def ended(phrase: Phrase, end: Period | None) -> Reading | None:
    """The period before its last day, to the day; a quarter's value is the calendar's that holds most of it.

    A company's quarter keeps the number that it is given (“the second quarter ended October 31”).

    Arguments: the phrase; the day or month that ends the period.
    """
    months = _length(phrase)
    span = _span(end, months) if end is not None else None
    if end is None or end.year is None or span is None:
        return None
    rule = f"{months} months that end on a day told"
    if phrase.kind in ("duration", "span"):
        return Reading("DURATION", duration_value(months, "month"), rule, edtf=span)
    if months == _MONTHS["year"]:
        return Reading("DURATION", duration_value(1, "year"), rule, edtf=span)
    first = end.first_day()
    middle = first - timedelta(45 if end.unit == "day" else 15) if first is not None else None
    if middle is None:
        return None
    quarter = of_day(middle, "quarter")
    if phrase.get("q"):
        quarter = Period("quarter", end.year, ORDINALS.get(phrase.get("q"), 0) % 5 or 4)
    return Reading("DATE", quarter.timex(), rule, quarter, edtf=span)


def _span(end: Period, months: int) -> Edtf | None:
    """The EDTF interval of so many months up to a day or month; None where the end is no day or month."""
    last = end.first_day()
    if last is None or end.unit not in ("day", "month"):
        return None
    if end.unit == "month" or last.day == monthrange(last.year, last.month)[1]:
        begun = of_day(last, "month").shift(1 - months, "month")
        return Edtf.of(f"{begun.edtf()}/{of_day(last, 'month').edtf()}") if begun is not None else None
    month = of_day(last, "month").shift(-months, "month")
    if month is None or month.year is None:
        return None
    day = min(last.day, monthrange(month.year, month.part)[1])
    return Edtf.of(f"{date(month.year, month.part, day) + timedelta(1)}/{last}")
