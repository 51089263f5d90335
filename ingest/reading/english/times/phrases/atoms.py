"""Single dates in words or figures, read by dateparser: English, a given base day, and the phrase's own precision."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Literal

from dateparser.date import DateDataParser

from ingest.reading.periods import Period, Unit, of_day

DateOrder = Literal["MDY", "DMY", "YMD"]


@cache
def _parser(base: date, order: DateOrder) -> DateDataParser:
    settings = {
        "RELATIVE_BASE": datetime.combine(base, time()),
        "DATE_ORDER": order,
        "PREFER_DATES_FROM": "current_period",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=20_000)
def read_atom(text: str, base: date, order: DateOrder = "MDY") -> Period | None:
    """The period that one date phrase names, no finer than the phrase ("March 2022" a month).

    Arguments: the phrase; base, the day relative phrases count from, whose year a phrase without one gets; order of
    day, month and year in figures. Returns None for what is no date.
    """
    words = re.sub(r"\s+", " ", text.strip().lower())
    words = re.sub(r"\b(?:the|of) |(?<=\d)(?:st|nd|rd|th)\b", "", words)
    words = re.sub(r"\b(?:just|only|about|around|some|nearly|almost|over|more than) ", "", words.replace(" ,", ","))
    found = _parser(base, order).get_date_data(words)
    if found.date_obj is None:
        return None
    unit: Unit = found.period if found.period in ("year", "month", "week") else "day"
    return of_day(found.date_obj.date(), unit)
