"""Readings of phrases that take a piece of another: “Tuesday of last week”, “the 1st of last month”, “2022/23”."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.reading.english.times.kinds.absolute import weekday_of
from ingest.reading.english.times.kinds.durations import duration_value
from ingest.reading.english.times.kinds.readings import Context, Reading, dated, unplaced, with_part
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import ORDINALS, UNITS, WEEKDAYS, number
from ingest.reading.periods import ORDER, Period, Unit, nth_weekday, of_day
from kb.edtf import Edtf

_AT_AN_END = frozenset(["first", "last", "final", "opening", "closing"])
_OF = re.compile(r"\s{1,2}(?:of|in)\s{1,2}", re.I)


def piece_of(phrase: Phrase, whole: Reading) -> Reading | None:
    """A day, week, month or quarter of the period that the phrase inside names; None where it has no such piece.

    Arguments: the phrase, with which piece it takes; the reading of the phrase inside.
    """
    period = _piece(phrase, whole.period) if whole.period is not None and whole.type == "DATE" else None
    if period is None:
        return None
    return dated(period, f"part of it: {whole.rule}", whole.basis, approximate=whole.approximate)


def _bounds(period: Period) -> tuple[date, date] | None:
    """The first day of a period and the day after its last; None where no calendar has them."""
    following = period.shift(1, period.unit)
    first, after = period.first_day(), following.first_day() if following else None
    return (first, after) if first is not None and after is not None else None


def _piece(phrase: Phrase, whole: Period) -> Period | None:
    bounds = _bounds(whole)
    if bounds is None:
        return None
    first, after = bounds
    if phrase.get("d"):
        day = Period("day", whole.year, whole.part, int(phrase.get("d")))
        return day if whole.unit == "month" and day.valid() else None
    which, piece = ORDINALS.get(phrase.get("which"), 0), phrase.get("piece")
    if piece in WEEKDAYS:
        if whole.unit == "week":
            return of_day(first + timedelta(WEEKDAYS[piece])) if not which else None
        if whole.unit != "month" or not which:
            return None
        day_found = nth_weekday(first.year, first.month, WEEKDAYS[piece], which)
        return of_day(day_found) if day_found.month == first.month else None
    unit: Unit = UNITS[piece]  # type: ignore[assignment]
    if not which or ORDER.index(unit) <= ORDER.index(whole.unit):
        return None
    if which < 0:
        return of_day(after - timedelta(1), unit)
    found = of_day(first, unit).shift(which - 1, unit)
    starts = found.first_day() if found else None
    return found if starts is not None and starts < after else None


def in_it(phrase: Phrase, following: Phrase, text: str) -> bool:
    """Whether a stretch of time is one of the period that the next phrase names: “the first three months of 2019”."""
    at_an_end = phrase.kind == "span" and phrase.get("rel") in _AT_AN_END and bool(phrase.get("n"))
    return at_an_end and _OF.fullmatch(text, phrase.end, following.start) is not None


def span_of(phrase: Phrase, whole: Reading) -> Reading | None:
    """“The first three months of 2019”, “the last five days of May”: a stretch at one end of the period inside.

    The TIMEX3 value stays that of the length (TimeML 1.2.1); the EDTF is the stretch, in days, or in months where it is
    of these. None where the period inside has no calendar, or is shorter.
    """
    unit, amount = UNITS[phrase.get("unit")], int(number(phrase.get("n")) or 0)
    bounds = _bounds(whole.period) if whole.period is not None and whole.type == "DATE" else None
    if bounds is None or not amount:
        return None
    first, after = bounds
    at_end = phrase.get("rel") in ("last", "final", "closing")
    step, weeks = -amount if at_end else amount, unit == "week"
    edge = of_day(after if at_end else first).shift(7 * step if weeks else step, "day" if weeks else unit)
    other = edge.first_day() if edge else None
    if other is None or not first <= other <= after:
        return None
    begun, over = (other, after) if at_end else (first, other)
    last = over - timedelta(1)
    months = unit in ("month", "quarter", "year") and begun.day == 1 and over.day == 1
    told = (f"{begun:%Y-%m}", f"{last:%Y-%m}") if months else (str(begun), str(last))
    edtf = Edtf.of("/".join(told)) if told[0] != told[1] else Edtf.of(told[0])
    rule = f"{phrase.get('rel')} {amount} {unit}s of it: {whole.rule}"
    return Reading("DURATION", duration_value(amount, unit), rule, None, whole.approximate, whole.basis, edtf)


def weekday_by(phrase: Phrase, day: Reading) -> Reading | None:
    """“The Friday after Easter”, “the first Monday after 5 May”; None where the day inside is not placed."""
    told = day.period.first_day() if day.period is not None and day.period.unit == "day" else None
    if told is None:
        return None
    back = phrase.get("rel") in ("before", "preceding")
    ahead = (WEEKDAYS[phrase.get("wd")] - told.weekday()) % 7
    found = told + timedelta((ahead - 7) if back else (ahead or 7))
    side = "before" if back else "after"
    return dated(of_day(found), f"the {phrase.get('wd').capitalize()} {side} it: {day.rule}", day.basis)


def _twice_removed(phrase: Phrase, context: Context) -> Reading | None:
    """“The month before last”, “the week after next”, “the night before last”."""
    step = 2 if phrase.get("rel").startswith("after") else -2
    if phrase.get("wd"):
        near = weekday_of(WEEKDAYS[phrase.get("wd")], "next" if step > 0 else "last", context)
        if near is None or near.period is None:
            return near
        return dated(
            near.period.shift(7 if step > 0 else -7, "day"),
            f"{phrase.get('wd').capitalize()} {phrase.get('rel')}",
            near.basis,
        )
    unit = phrase.get("unit")
    base = context.published if not context.narrative else context.running
    if unit == "night":
        # The night of a day is last night on the next: the night before last is that of the day before yesterday.
        day = base.shift(step, "day") if base and base.unit == "day" else None
        return with_part(dated(day, "the night before the last", "publication"), "night")
    period = base.shift(step, UNITS[unit]) if base is not None else None
    if period is None:
        return unplaced(UNITS[unit], f"the {unit} {phrase.get('rel')}")
    return dated(period, f"{unit}, two from that of publication", "publication")


def _this_last_year(phrase: Phrase, context: Context) -> Reading | None:
    """The same part of the year before: “this day last year”, “this week last year”."""
    base, unit = context.published, phrase.get("unit")
    if base is None or base.year is None or base.unit != "day":
        return None
    if unit == "week":
        return dated(base.shift(-52, "week"), "this week a year before", "publication")
    then = replace(base, year=base.year - 1)
    if unit == "time":
        return dated(then.widen("month"), "about this month a year before", "publication", approximate=True)
    return dated(then.widen("month" if unit == "month" else "day") if then.valid() else None,
                 f"this {unit} a year before", "publication")  # fmt: skip


def _year_pair(phrase: Phrase, context: Context) -> Reading | None:
    """“2022/23”: a season or a year of accounts that lies in two."""
    first, last = int(phrase.get("y")), phrase.get("y2")
    second = int(last) if len(last) == 4 else first - first % 100 + int(last) + (100 if last == "00" else 0)
    if second != first + 1:
        return None
    made = dated(Period("year", first), "a year that begins in one and ends in the next")
    both = made.edtf.of(f"{first}/{second}") if made is not None and made.edtf is not None else None
    return replace(made, edtf=both) if made is not None and both is not None else None


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "twice_removed": _twice_removed,
    "this_last_year": _this_last_year,
    "year_pair": _year_pair,
}
"""The readers of composed phrases, by kind of the grammar; `piece_of` has the phrase inside read first."""
