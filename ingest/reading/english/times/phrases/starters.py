"""Which patterns can start with which word, so that at each word only a few are tried."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.reading.english.times.phrases.patterns import PATTERNS, RELATION
from ingest.reading.english.times.phrases.words import (
    HOLIDAYS,
    MONTHS,
    NAMED_DAYS,
    NUMBERS,
    ORDINALS,
    PARTS_OF_DAY,
    ROUND_ORDINALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

Patterns = tuple[tuple[str, re.Pattern[str]], ...]

_DIGITS = (
    "iso iso_month iso_week numeric numeric_ymd numeric_month stamp quarter_code half_code "
    "weeks_on in_time date_dmy date_bc date_ad_after year decade century quarter_after season_after "
    "fiscal_after named_day ago duration clock set_times account_of year_pair anniversary nth_of"
)
_THE = (
    "date date_dmy date_bc year decade decade_bc decade_word century quarter half season weekend weekday day_word "
    "unit_relative unit_after the_unit span week_of part part_after part_bare ordinal_day that_time same_month past "
    "future now month fiscal fiscal_after year_earlier unit_end decade_of nth_weekday half_of_account duration "
    "account account_of twice_removed spoken_year anniversary nth_of"
)
_QUANTITIES = (
    "about around approximately roughly nearly almost over more less fewer at up under some another just only close "
    "little a merely within barely well as"
)
_RECURRENT = (
    "daily weekly fortnightly monthly quarterly yearly annual annually nightly hourly everyday biweekly bimonthly "
    "biannual biannually semiannual biennial"
)
_STARTS: tuple[tuple[Iterable[str], str], ...] = (
    ({"sept", "september", "the", *(name.split("-")[0].split()[0] for name in NAMED_DAYS)}, "named_day"),
    (["the"], _THE),
    (MONTHS, "date month_year month date_bc stamp_month_first"),
    ([f"{day}s" for day in WEEKDAYS], "set_days"),
    (WEEKDAYS, "date date_dmy weekday set_days weekday_week"),
    ([word.split()[0] for word in NUMBERS], "ago weeks_on in_time duration set_times clock span century date_dmy"),
    (["few", "several", "many", "some", "dozens", "hundreds", "countless", "numerous"], "ago duration set_times span"),
    ([*ORDINALS, *ROUND_ORDINALS, "thirty"], "century quarter half span nth_weekday date_dmy"),
    ([*(word.split("-")[0] for word in (*ORDINALS, *ROUND_ORDINALS)), "twenty"], "anniversary nth_of"),
    ([*(word.split()[0] for word in NUMBERS), "its", "their"], "anniversary"),
    (["day", "week", "month", "year"], "unit_number"),
    (
        [*RELATION.split("|"), "latest", "most"],
        "month season weekend holiday weekday unit_relative span part that_time now quarter half century",
    ),
    (SEASONS, "season"),
    ([part for part in PARTS_OF_DAY if part not in ("noon", "midnight")], "part_bare"),
    (["one", "late", "early", "later", "earlier"], "part part_bare later_in day_word"),
    ({name.split()[0].split("'")[0].rstrip(".") for name in HOLIDAYS}, "holiday"),
    (UNITS, "ago duration_vague duration_long"),
    ([f"{unit}long" for unit in UNITS], "duration_long"),
    (["every", "each", "per"], "set_every"),
    (["once", "twice", "thrice"], "set_times"),
    (_RECURRENT.split(), "set_word"),
    (["right", "just", "now", "currently", "presently", "nowadays", "at", "these"], "now"),
    (["present", "modern", "current", "to"], "now"),
    (["most", "more", "very", "quite", "as", "recent", "recently", "lately", "of"], "recently"),
    (["former", "formerly", "long"], "past"),
    (["future", "soon", "very"], "future"),
    (["today", "yesterday", "tomorrow", "tonight"], "day_word"),
    (["noon", "midnight"], "clock part_bare"),
    (
        ["first", "second", "third", "fourth", "fifth", "final", "last", "latter"],
        "span quarter half week_of half_of_account",
    ),
    (
        ["opening", "closing", "intervening", "recent"],
        "span",
    ),
    (_QUANTITIES.split(), "ago in_time duration"),
    (["a", "an", "one", "half", "couple"], "ago weeks_on in_time duration year_earlier"),
    (["q"], "quarter_code"),
    (["h"], "half_code"),
    (["fiscal", "financial"], "fiscal quarter"),
    (["fy"], "fiscal_code"),
    (["weekend"], "weekend"),
    (["ad", "a"], "date_ad"),
    (["year", "month", "quarter", "week"], "date_bc unit_end year_earlier"),
    (["comparable", "corresponding", "same"], "year_earlier"),
    (["this"], "account this_last_year"),
    (["not"], "past"),
    (["nineteen", "eighteen", "seventeen", "twenty", "two", *(m for m in MONTHS if len(m) > 2)], "spoken_year"),
)


def _of(kinds: Iterable[str]) -> Patterns:
    return tuple((kind, PATTERNS[kind]) for kind in dict.fromkeys(kinds))


def _by_word() -> dict[str, Patterns]:
    kinds: dict[str, list[str]] = {}
    for words, started in _STARTS:
        for word in words:
            kinds.setdefault(word.lower(), []).extend(started.split())
    return {word: _of(started) for word, started in kinds.items()}


STARTERS = _by_word()
DIGITS = _of(_DIGITS.split())
APOSTROPHE = _of(("short_year", "decade"))
