"""Readings of phrases that are counted from another date: publication, or the last date told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.reading.english.times.kinds.absolute import READERS as _DATES
from ingest.reading.english.times.kinds.durations import duration_value
from ingest.reading.english.times.kinds.readings import (
    PRESENT,
    Basis,
    Context,
    Reading,
    dated,
    fiscal,
    unplaced,
    with_part,
)
from ingest.reading.english.times.phrases.atoms import read_atom
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import ORDINALS, PARTS_OF_DAY, UNITS
from ingest.reading.periods import Period, Unit, nth_weekday, of_day

_BACK = frozenset(
    ("last", "past", "previous", "preceding", "prior", "before", "earlier", "this past", "latest", "most recent")
)


_AHEAD = frozenset(
    ("next", "this coming", "following", "coming", "upcoming", "subsequent", "ensuing", "after", "later")
)


_DEICTIC = frozenset(
    (
        "this past",
        "this coming",
        "latest",
        "most recent",
        "last",
        "past",
        "next",
        "this",
        "these",
        "coming",
        "upcoming",
        "current",
    )
)


def _base(relation: str, context: Context) -> tuple[Period | None, Basis]:
    """What “last”, “that”, “the following” count from.

    Publication for words of the writer's now, the last date told for the others.
    """
    if (relation in _DEICTIC and context.news) or context.running is None:
        return context.published, "publication"
    return context.running, "running"


def _unit_relative(phrase: Phrase, context: Context) -> Reading | None:
    relation, unit = phrase.get("rel"), UNITS[phrase.get("unit")]
    if phrase.get("fiscal"):
        return fiscal(relative_unit(relation, unit, context))
    if unit == "century" and relation == "last" and not phrase.get("article") and context.published is not None:
        return dated(context.published.shift(-1, unit), "century before that of publication", "publication")
    # "next day" is counted from the writer's now, "the next day" from the day just told.
    told = relation == "next" and phrase.get("article") and context.running is not None
    return relative_unit("following" if told else relation, unit, context)


def relative_unit(relation: str, unit: str, context: Context) -> Reading | None:
    """“last year”, “the following day”, “that month”: one unit before, after or around the base."""
    relation = " ".join(relation.split())
    base, basis = _base(relation, context)
    step = -1 if relation in _BACK else 1 if relation in _AHEAD else 0
    if relation == "past" or (
        unit in ("decade", "century") and relation in ("last", "next", "coming") and basis == "publication"
    ):
        many = {"decade": 10, "century": 100}.get(unit)
        return Reading(
            "DURATION",
            duration_value(many or 1, "year" if many else unit),
            f"the {relation} {unit} as a length of time",
        )
    period = base.shift(step, unit) if base is not None else None
    if period is None:
        return unplaced(unit, relation, base)
    return dated(
        period,
        f"{unit}, “{relation}” counted from {'publication' if basis == 'publication' else 'the last date told'}",
        basis,
    )


def _unit_after(phrase: Phrase, context: Context) -> Reading | None:
    relation = phrase.get("rel")
    if phrase.get("event_follows") and not context.narrative:
        return unplaced(UNITS[phrase.get("unit")], f"the {phrase.get('unit')} {relation} an event that is not dated")
    return relative_unit(
        "previous" if relation in ("before", "earlier", "prior", "previous") else "following",
        UNITS[phrase.get("unit")],
        context,
    )


def _the_unit(phrase: Phrase, context: Context) -> Reading | None:
    unit = UNITS[phrase.get("unit")]
    # "It will close by the end of the year": what lies ahead of the writer is of the writer's year.
    told, now = (p.first_day() if p else None for p in (context.running, context.published))
    behind = told is not None and now is not None and told < now
    ahead = context.news and context.tense in ("future", "present") and behind
    base = (context.published if ahead else context.running) or context.published
    period = base.shift(0, unit) if base else None
    if period is None and not context.narrative and context.published is not None:
        return dated(context.published.shift(0, unit), f"the {unit} of publication", "publication")
    return dated(period, f"the {unit} of the last date told", "running") if period else None


def _the_year(phrase: Phrase, context: Context) -> Reading | None:
    """“For the year”, “the fiscal year”: that of the accounts told of, else the year of publication; news only."""
    base = context.account or context.published
    if context.narrative or base is None:
        return None
    basis: Basis = "running" if context.account else "publication"
    whose = "the year of the accounts" if context.account else "the year of publication"
    made = dated(base.widen("year"), whose, basis)
    return fiscal(made) if phrase.get("accounts") and phrase.get("accounts") != "full" else made


def _later_in(phrase: Phrase, context: Context) -> Reading | None:
    words, relation, unit = phrase.get("mod"), phrase.get("rel"), UNITS[phrase.get("unit")]
    if relation in ("last", "next"):
        made = relative_unit(relation, unit, context)
    else:
        now = context.running is None or (relation == "this" and not context.narrative)
        made = relative_unit("this", unit, context) if now else _the_unit(phrase, context)
    return replace(made, rule=f"“{words}” in it: {made.rule}") if made else None


def _day_word(phrase: Phrase, context: Context) -> Reading | None:
    word = " ".join(phrase.get("dayword").split())
    # A life told below the news of a death is a history; its opening, before any other date, is still news.
    opening = context.running == context.published or (context.running is None and word != "today")
    if not context.news and context.published is not None and not opening:
        return (
            Reading("DATE", PRESENT, "the writer's present", basis="open") if word == "today" else unplaced("day", word)
        )
    day = context.day
    if day is None:
        return (
            Reading("DATE", PRESENT, "no publication date", basis="open") if word == "today" else unplaced("day", word)
        )
    period = read_atom({"tonight": "today"}.get(word, word), day)
    made = dated(period, f"{word}, counted from publication", "publication")
    return with_part(made, "night" if word == "tonight" else phrase.get("part"))


def _weekend(phrase: Phrase, context: Context) -> Reading | None:
    relation = phrase.get("rel")
    base, basis = _base(relation or "this", context)
    day = base if base is not None and base.unit == "day" else None
    if day is None or (first := day.first_day()) is None:
        return unplaced("weekend", "weekend")
    early = first.weekday() < 5
    step = (
        1
        if relation in _AHEAD and not early
        else -1
        if relation in _BACK or (not relation and early and context.tense == "past")
        else 0
    )
    if relation in _AHEAD and early and relation == "next":
        step = 1
    return dated(
        day.shift(step, "weekend"),
        "weekend counted from publication" if basis == "publication" else "weekend counted from the last date told",
        basis,
    )


def _part(phrase: Phrase, context: Context) -> Reading | None:
    relation, part = phrase.get("rel").split()[-1], phrase.get("part")
    if (
        relation in ("this", "last")
        and not context.narrative
        and context.day is not None
        and context.published is not None
    ):
        base: Period | None = context.published.shift(-1 if relation == "last" else 0, "day")
        basis: Basis = "publication"
    else:
        step = 1 if relation in _AHEAD else -1 if relation in _BACK else 0
        base, basis = (context.running.shift(step, "day") if context.running else None), "running"
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{PARTS_OF_DAY[part]}", "part of a day that is not told", basis="open")
    return with_part(dated(base, f"“{relation} {part}”", basis), part)


def _part_after(phrase: Phrase, context: Context) -> Reading | None:
    base = context.running.shift(-1, "day") if context.running else None
    return with_part(dated(base, "the day before the last date told", "running"), phrase.get("part"))


def _part_bare(phrase: Phrase, context: Context) -> Reading | None:
    part = PARTS_OF_DAY[phrase.get("part")]
    if phrase.get("part") == "overnight" and not context.narrative and context.published is not None:
        step = 0 if context.tense == "future" else -1
        rule = "the night before publication" if step else "the coming night"
        return with_part(dated(context.published.shift(step, "day"), rule, "publication"), "night")
    base = context.running if context.running and context.running.unit == "day" else None
    if base is None and not context.narrative and context.day is not None:
        return with_part(dated(context.published, "the day of publication", "publication"), phrase.get("part"))
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "part of a day that is not told", basis="open")
    return with_part(dated(base, "the day of the last date told", "running"), phrase.get("part"))


def _ordinal_day(phrase: Phrase, context: Context) -> Reading | None:
    base = context.running if context.running and context.running.unit in ("day", "month") else context.published
    if base is None or base.unit not in ("day", "month") or base.year is None:
        return None
    period = Period("day", base.year, base.part, int(phrase.get("d")))
    first = period.first_day() if period.valid() else None
    if context.tense == "future" and first is not None and context.day is not None and first < context.day:
        ahead = of_day(context.day, "month").shift(1 if context.day.day > period.day else 0, "month")
        period = replace(period, year=ahead.year, part=ahead.part) if ahead else period
    return dated(period, "day of the month last told", "running") if period.valid() else None


def _that_time(phrase: Phrase, context: Context) -> Reading | None:
    if phrase.get("this"):
        # What “this time” is the story's now: TimeML's PRESENT_REF, about the last date told.
        about = context.running.edtf(approximate=True) if context.running else None
        return Reading("DATE", PRESENT, "the time just told", basis="running" if about else "open", edtf=about)
    return dated(context.running, "the last date told", "running") if context.running else None


def _unit_end(phrase: Phrase, context: Context) -> Reading | None:
    made = _the_unit(phrase, context)
    return replace(made, rule=f"“end”: {made.rule}") if made else None


def _week_of(phrase: Phrase, context: Context) -> Reading | None:
    """“The last week of March”: a week belongs to the month that holds its Thursday (ISO 8601's own rule for years)."""
    month = _DATES["month_year"](phrase, context)
    first = month.period.first_day() if month and month.period else None
    if month is None or first is None or month.period is None:
        return None
    which = ORDINALS[phrase.get("which")]
    thursday = nth_weekday(first.year, first.month, 3, which)
    unit: Unit = "weekend" if phrase.get("unit") == "weekend" else "week"
    return dated(of_day(thursday, unit), f"{unit} of the month, {month.rule}", month.basis)


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "unit_relative": _unit_relative,
    "unit_after": _unit_after,
    "the_unit": _the_unit,
    "the_year": _the_year,
    "later_in": _later_in,
    "day_word": _day_word,
    "weekend": _weekend,
    "part": _part,
    "part_after": _part_after,
    "part_bare": _part_bare,
    "ordinal_day": _ordinal_day,
    "that_time": _that_time,
    "week_of": _week_of,
    "unit_end": _unit_end,
}
"""The readers of relative phrases, by kind of the grammar."""
