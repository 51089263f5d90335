"""Readings of “two years ago”, “three days later”, “five years ago this month”: so many units from another date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.reading.english.times.kinds.absolute import weekday_of
from ingest.reading.english.times.kinds.accounts import account_before
from ingest.reading.english.times.kinds.readings import (
    FUTURE,
    PAST,
    Basis,
    Context,
    Reading,
    base_name,
    dated,
    unplaced,
)
from ingest.reading.english.times.phrases.atoms import read_atom
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import MONTHS, SEASONS, UNITS, WEEKDAYS, number, units
from ingest.reading.periods import Period, Unit, of_day

_PREHISTORY = 1000  # years ago


def _ago(phrase: Phrase, context: Context) -> Reading | None:
    unit, words, direction = UNITS[phrase.get("unit")], phrase.get("n"), " ".join(phrase.get("dir").split())
    amount = number(words) if words else 1 if phrase.get("half") else None
    amount = amount + 0.5 if amount is not None and phrase.get("half") else amount
    back = direction in ("ago", "earlier", "before", "prior", "previously", "beforehand")
    deictic = direction in ("ago", "from now", "hence")
    base = (
        context.published
        if deictic and not (context.narrative and context.running)
        else context.running or context.published
    )
    basis: Basis = "publication" if base is context.published else "running"
    if amount is None:
        close = unit in ("second", "minute", "hour") and not deictic and basis == "running"
        return _hours_away(base, unit, direction, back, basis) if close else _vaguely(back, unit)
    if not back and not deictic and basis == "publication":
        if unit in ("second", "minute", "hour"):
            return Reading("TIME", FUTURE, f"{unit}s {direction}, no time to count from", basis="open")
        return unplaced(unit, f"{words} {unit} {direction}")
    if unit == "year" and amount == 1 and context.compares and (held := account_before(context)) is not None:
        return held
    if phrase.get("same") and unit in ("year", "decade", "century"):
        return _years_ago_this(phrase, round(amount * {"year": 1, "decade": 10, "century": 100}[unit]), context)
    if unit in ("second", "minute", "hour"):
        return _hours_away(base, unit, direction, back, basis)
    if base is None:
        return unplaced(unit, f"{words} {unit} {direction}")
    if phrase.get("unit0"):
        return _both(phrase, base, amount, back, basis)
    if phrase.get("wd") and unit == "week":
        return _weeks_ago_on(phrase, round(amount), context)
    if amount >= _PREHISTORY and unit == "year":
        return Reading("DATE", PAST, "so long ago that no calendar dates it", basis="open")
    return offset(
        base,
        -amount if back else amount,
        unit,
        f"{words} {units(unit, amount)} {direction}, counted from {base_name(basis)}",
        basis,
    )


def _both(phrase: Phrase, base: Period, amount: float, back: bool, basis: Basis) -> Reading | None:
    """“One month and two days ago”: first the greater step, then the less, to the day."""
    sign, first = -1 if back else 1, base.first_day()
    more = round(number(phrase.get("n0")) or 0)
    if first is None or base.unit != "day":
        return unplaced(UNITS[phrase.get("unit")], "two steps from a date too coarse to count from")
    moved = _moved(
        _moved(first, sign * more, UNITS[phrase.get("unit0")]), sign * round(amount), UNITS[phrase.get("unit")]
    )
    return dated(of_day(moved), f"two steps counted from {base_name(basis)}", basis)


def _moved(day: date, amount: int, unit: str) -> date:
    """The day so many units away; of a month that is too short the last."""
    months = amount * {"year": 12, "quarter": 3, "month": 1}.get(unit, 0)
    if not months:
        return day + timedelta(amount * {"week": 7, "fortnight": 14}.get(unit, 1))
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weeks_ago_on(phrase: Phrase, weeks: int, context: Context) -> Reading | None:
    """“A week ago Monday”: so many weeks before the last Monday."""
    last = weekday_of(WEEKDAYS[phrase.get("wd")], "", replace(context, tense="past"))
    if last is None or last.period is None:
        return last
    return dated(last.period.shift(-7 * weeks, "day"), f"{weeks} weeks before the last {phrase.get('wd')}", last.basis)


def _weeks_on(phrase: Phrase, context: Context) -> Reading | None:
    """“A week on Tuesday”, “two weeks from Monday”, “a week last Tuesday”, “Tuesday week”."""
    weeks, back = round(number(phrase.get("n") or "a") or 0), phrase.get("lead") == "last"
    day = weekday_of(WEEKDAYS[phrase.get("wd")], "", replace(context, tense="past" if back else "future"))
    if day is None or day.period is None or not weeks:
        return day
    length, side = f"{weeks} {units('week', weeks)}", "before the last" if back else "after the next"
    rule = f"{length} {side} {phrase.get('wd').capitalize()}, counted from {base_name(day.basis)}"
    return dated(day.period.shift(-7 * weeks if back else 7 * weeks, "day"), rule, day.basis)


def _hours_away(base: Period | None, unit: str, direction: str, back: bool, basis: Basis) -> Reading:
    made = dated(base.shift(0, "day") if base else None, f"{unit}s {direction}", basis, approximate=True)
    if made is None:
        return Reading("TIME", PAST if back else FUTURE, f"{unit}s {direction}")
    return replace(made, type="TIME", value=f"{made.value}TXX")


def _years_ago_this(phrase: Phrase, years: int, context: Context) -> Reading | None:
    """“five years ago this month”, “ten years ago today”: that part of an earlier year."""
    same = phrase.get("same").split()[-1]
    base = context.published
    if base is None or base.year is None:
        return unplaced("year", phrase.get("same"))
    then = replace(base, year=base.year - years)
    then = then if then.valid() else replace(then, day=28)  # of 29 February
    if same == "today":
        period: Period | None = then if base.unit == "day" and then.valid() else None
    elif same in ("week", "month"):
        period = then.widen(same) if then.valid() else None  # type: ignore[arg-type]
    elif same in MONTHS:
        period = Period("month", then.year, MONTHS[same])
    else:
        period = Period("season", then.year, SEASONS[same])
    return dated(period, f"{years} years before “{phrase.get('same')}”", "publication")


def _vaguely(back: bool, unit: str) -> Reading:
    return Reading(
        "DATE",
        PAST if back else FUTURE,
        f"{'earlier' if back else 'later'} by an untold number of {units(unit)}",
        basis="open",
    )


def offset(base: Period, amount: float, unit: str, rule: str, basis: Basis) -> Reading | None:
    """`base` moved by `amount` units.

    A period of that unit, “about” when the words are rounder than the base's own days.
    """
    if unit == "decade":
        amount, unit = amount * 10, "year"
    elif unit == "century":
        amount, unit = amount * 100, "year"
    if amount != int(amount):
        amount, unit = {"year": (round(amount * 12), "month"), "week": (round(amount * 7), "day")}.get(
            unit, (round(amount), unit)
        )
    if unit in ("week", "fortnight") and base.first_day() is not None and base.unit == "day":
        day = base.shift(int(amount) * (14 if unit == "fortnight" else 7), "day")
        if day is None:
            return None
        made = dated(day.widen("week"), rule, basis, approximate=True)
        return replace(made, edtf=day.edtf(approximate=True)) if made else None
    first = base.first_day()
    period = (
        read_atom(f"{abs(int(amount))} {unit}s {'ago' if amount < 0 else 'from now'}", first)
        if first and basis == "publication" and base.unit == "day"
        else None
    )
    grain: Unit = unit if unit in ("year", "month", "week", "quarter") else "day"  # type: ignore[assignment]
    period = period.widen(grain) if period else base.shift(int(amount), unit)
    return dated(period, rule, basis) if period else unplaced(unit, rule, base)


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "ago": _ago,
    "weeks_on": _weeks_on,
    "weekday_week": _weeks_on,
}
"""The readers of amounts of time before or after a date, by kind of the grammar."""
