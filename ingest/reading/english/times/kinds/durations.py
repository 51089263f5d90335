"""Readings of lengths of time and of what recurs."""

from __future__ import annotations

from collections.abc import Callable

from ingest.reading.english.times.kinds.readings import Context, Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import MONTHS, PARTS_OF_DAY, SEASONS, UNITS, WEEKDAYS, number, units

_CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "weekend": "WE",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip


def duration_value(amount: float | None, unit: str) -> str:
    """The TIMEX3 duration: P5W, PT24H, P0.5Y, PXD when the number is not told."""
    code = _CODES[unit]
    if amount is not None and unit == "fortnight":
        amount *= 2
    told = "X" if amount is None else f"{amount:g}"
    return f"PT{told}{code[1]}" if code[0] == "T" else f"P{told}{code}"


def _span(phrase: Phrase, context: Context) -> Reading | None:
    """“the last three months”, “the next few days”: how long; “last year” with no number is left to `relative_unit`."""
    unit, words = UNITS[phrase.get("unit")], phrase.get("n")
    plural = phrase.get("unit").endswith("s") or phrase.get("unit") == "centuries"
    if not words and not plural:
        return None
    return Reading("DURATION", duration_value(number(words) if words else None, unit), f"a stretch of {units(unit)}")


def _duration(phrase: Phrase, context: Context) -> Reading | None:
    if phrase.get("old"):
        return None
    unit, words = UNITS[phrase.get("unit")], phrase.get("n")
    amount = number(words) if words else None
    if amount is not None and phrase.get("half"):
        amount += 0.5
    return Reading("DURATION", duration_value(amount, unit), "a length of time")


def _duration_long(phrase: Phrase, context: Context) -> Reading | None:
    words = phrase.get("unit")
    return Reading("DURATION", duration_value(None if words.endswith("s") else 1, UNITS[words]), "a length of time")


_SET_WORDS = {
    "daily": "P1D", "everyday": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W", "monthly": "P1M",
    "bimonthly": "P2M", "quarterly": "P1Q", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "nightly": "P1D",
    "hourly": "PT1H", "biannual": "P6M", "biannually": "P6M", "semiannual": "P6M", "biennial": "P2Y",
}  # fmt: skip


def _set(phrase: Phrase, context: Context) -> Reading | None:
    if phrase.get("word"):
        value = _SET_WORDS[phrase.get("word")]
    elif phrase.get("wd"):
        value = f"XXXX-WXX-{WEEKDAYS[phrase.get('wd')] + 1}"
        if phrase.get("part"):
            value += f"T{PARTS_OF_DAY[phrase.get('part')]}"
    elif phrase.get("part"):
        value = f"XXXX-XX-XXT{PARTS_OF_DAY[phrase.get('part')]}"
    elif phrase.get("mon"):
        value = f"XXXX-{MONTHS[phrase.get('mon')]:02d}"
    elif phrase.get("season"):
        value = f"XXXX-{ {21: 'SP', 22: 'SU', 23: 'FA', 24: 'WI'}[SEASONS[phrase.get('season')]] }"
    else:
        words = phrase.get("n")
        amount = number(words) if words else 1
        value = duration_value(
            amount * 2 if amount and phrase.get("other") == "other" else amount, UNITS[phrase.get("unit")]
        )
    return Reading("SET", value, "something that recurs")


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "span": _span,
    "duration": _duration,
    "duration_vague": _duration,
    "duration_long": _duration_long,
    "set_every": _set,
    "set_times": _set,
    "set_word": _set,
    "set_days": _set,
}
"""The readers of durations and sets, by kind of the grammar."""
