"""One phrase to one TIMEX3 reading: the reader of its kind, and what a modifier, a part of day or a clock time adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ingest.reading.english.times.kinds import absolute, accounts, ago, composed, durations, readings, relative, vague
from ingest.reading.english.times.kinds.readings import Context, Reading, with_part
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import number
from kb.edtf import Edtf

_READERS = {
    **absolute.READERS,
    **accounts.READERS,
    **composed.READERS,
    **relative.READERS,
    **ago.READERS,
    **durations.READERS,
    **vague.READERS,
}

_A_WEEK = 7
_SIX_DAYS = timedelta(6)


def read(phrase: Phrase, context: Context) -> Reading | None:
    """The reading of a phrase in its context; None when its words turn out to be no time."""
    match phrase.kind:
        case "modified":
            return _modified(phrase, context)
        case "part_of":
            return with_part(read(phrase.inner, context), phrase.get("part")) if phrase.inner else None
        case "piece_of":
            whole = read(phrase.inner, context) if phrase.inner else None
            return composed.piece_of(phrase, whole) or whole if whole else None
        case "weekday_by":
            day = read(phrase.inner, context) if phrase.inner else None
            return composed.weekday_by(phrase, day) if day else None
        case "clock":
            return _clock(phrase, context)
        case "week_with":
            return _week_with(phrase, context)
    return _READERS[phrase.kind](phrase, context)


def _week_with(phrase: Phrase, context: Context) -> Reading | None:
    """“The week of March 18”: the calendar week, or its end, that holds the day; “ending March 16”: up to it."""
    day = read(phrase.inner, context) if phrase.inner else None
    if day is None or day.period is None or day.period.unit != "day":
        return day
    week = day.period.widen("weekend" if phrase.get("unit") == "weekend" else "week")
    made = readings.dated(week, f"{phrase.get('unit')} of {day.rule}", day.basis) or day
    edge, told = day.period.first_day(), phrase.get("ends") or phrase.get("begins")
    if edge is None or not told or phrase.get("unit") == "weekend":
        return made
    first, last = (edge - _SIX_DAYS, edge) if phrase.get("ends") else (edge, edge + _SIX_DAYS)
    return replace(made, rule=f"seven days {told}: {day.rule}", edtf=Edtf.of(f"{first}/{last}"))


def _modified(phrase: Phrase, context: Context) -> Reading | None:
    """“early June”, “the end of 1944”, “about 1910”: the value of the date inside.

    Only “about” makes it approximate.
    """
    made = read(phrase.inner, context) if phrase.inner else None
    if made is None:
        return None
    words = phrase.get("approx") or phrase.get("mod")
    if (
        made.type == "DATE"
        and phrase.get("mod").endswith("eve of")
        and made.period is not None
        and made.period.unit == "day"
    ):
        before = made.period.shift(-1, "day")
        return readings.dated(before, f"the day before: {made.rule}", made.basis) if before else made
    approximate = bool(phrase.get("approx"))
    edtf = made.period.edtf(True) if approximate and made.period is not None else made.edtf
    return replace(made, rule=f"“{' '.join(words.split())}”: {made.rule}", approximate=approximate, edtf=edtf)


def _clock(phrase: Phrase, context: Context) -> Reading | None:
    hour, minute = _hour_minute(phrase)
    if hour is None or not 0 <= hour <= 24:
        return None
    if phrase.inner is not None:
        day = read(phrase.inner, context)
    elif context.narrative or context.published is None or _day_told_here(context):
        base = context.running if context.running and context.running.unit == "day" else None
        day = readings.dated(base, "the day last told", "running") if base else None
    else:
        day = readings.dated(context.published, "the day of publication", "publication")
    zone = "Z" if phrase.get("tz") in ("utc", "gmt", "z") else ""
    clock = f"T{hour:02d}:{minute:02d}{zone}"
    if day is None or day.period is None or day.period.unit != "day":
        return Reading("TIME", f"XXXX-XX-XX{clock}", "clock time of a day that is not told", basis="open")
    return replace(day, type="TIME", value=f"{day.period.timex()}{clock}", rule=f"clock time on {day.rule}")


def _day_told_here(context: Context) -> bool:
    """Whether a clock time is of the day last told: in the same paragraph, or told as past and within the week."""
    running = context.running
    if running is None or running.unit != "day":
        return False
    told = running.first_day()
    ago = (context.day - told).days if context.day is not None and told is not None else -1
    return context.same_paragraph or (context.tense == "past" and 0 < ago <= _A_WEEK)


def _hour_minute(phrase: Phrase) -> tuple[int | None, int]:
    if phrase.get("noon"):
        # The midnight of a named day ends it; the midnight of today's news began the day.
        return (12 if phrase.get("noon") == "noon" else 24 if phrase.inner else 0), 0
    for hour, minute in (("hh", "mm"), ("hh2", "mm2"), ("hh3", "mm3"), ("hh4", "")):
        if phrase.get(hour):
            told = number(phrase.get(hour))
            clock = int(told) if told is not None else None
            half = (phrase.get("ap") or phrase.get("ap2")).replace(".", "")
            if clock is not None and half in ("pm", "afternoon", "evening") and clock < 12:
                clock += 12
            elif clock == 12 and half in ("am", "morning"):
                clock = 0
            return clock, int(phrase.get(minute) or 0)
    return None, 0
