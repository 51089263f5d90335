"""Readings of dates that name a year, month or day themselves, in words or figures.

Values follow TimeML 1.2.1 (TIMEX3). A reading never says more than the words do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ingest.reading.english.times.kinds.readings import (
    Basis,
    Context,
    Reading,
    bare,
    base_name,
    by_tense_among,
    dated,
    direction,
    fiscal,
    form_of,
    nearest_named,
    possible,
    relative_year,
    with_part,
    year_inside,
    year_of,
)
from ingest.reading.english.times.phrases.atoms import DateOrder, read_atom
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import (
    DECADE_WORDS,
    EASTER_OFFSETS,
    FIXED_HOLIDAYS,
    FLOATING_HOLIDAYS,
    MONTHS,
    NAMED_DAYS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    full_year,
)
from ingest.reading.periods import Period, Unit, easter, nth_weekday, of_day


def _absolute(phrase: Phrase, context: Context) -> Reading | None:
    month, day, year = MONTHS.get(phrase.get("mon"), 0), int(phrase.get("d") or 0), year_of(phrase)
    year = _full_year(int(phrase.get("yy")), context) if phrase.get("yy") else year
    unit: Unit = "day" if day else "month"
    if phrase.get("yref"):
        base = relative_year(phrase.get("yref"), context)
        year_known = base[0].year if base[0] else None
        return (
            dated(Period(unit, year_known, month, day), f"{form_of(unit)}, year by “{phrase.get('yref')}”", base[1])
            if possible(month, day)
            else None
        )
    if year is None:
        return bare(Period(unit, None, month, day), context)
    period = Period(unit, year, month, day)
    if not period.valid():
        return None
    if year > 999 and not phrase.get("era"):
        words = f"{day} {phrase.get('mon')} {year}" if day else f"{phrase.get('mon')} {year}"
        period = read_atom(words, date(2000, 1, 1)) or period
    return dated(period, f"{form_of(unit)} and year")


def _year_only(phrase: Phrase, context: Context) -> Reading | None:
    year = year_of(phrase)
    return dated(Period("year", year), "year") if year is not None else None


def _bc(phrase: Phrase, context: Context) -> Reading | None:
    year = 1 - int(phrase.get("y"))
    if phrase.get("mon"):
        return dated(Period("month", year, MONTHS[phrase.get("mon")]), "month and year BC")
    return dated(Period("year", year), "year BC")


def _iso(phrase: Phrase, context: Context) -> Reading | None:
    month, day, year = int(phrase.get("m")), int(phrase.get("d") or 0), int(phrase.get("y"))
    period = Period("day" if day else "month", year, month, day)
    made = dated(period, "ISO date") if period.valid() else None
    if made is None or not phrase.get("hh"):
        return made
    clock = f"{made.value}T{phrase.get('hh')}:{phrase.get('mm')}{'Z' if phrase.get('tz') == 'z' else phrase.get('tz')}"
    return replace(made, type="TIME", value=clock, rule="ISO date and time")


def _iso_week(phrase: Phrase, context: Context) -> Reading | None:
    period = Period("week", int(phrase.get("y")), int(phrase.get("w")))
    return dated(period, "ISO week") if period.first_day() else None


def _numeric_month(phrase: Phrase, context: Context) -> Reading | None:
    return dated(Period("month", int(phrase.get("y")), int(phrase.get("m"))), "month and year in figures")


def _numeric(phrase: Phrase, context: Context) -> Reading | None:
    one, two, year = int(phrase.get("a")), int(phrase.get("b")), full_year(int(phrase.get("y")))
    month, day = (two, one) if one > 12 or (context.order == "DMY" and two <= 12) else (one, two)
    period = Period("day", year, month, day)
    if not period.valid():
        return None
    rivals = (Period("day", year, day, month),) if day <= 12 and day != month else ()
    order: DateOrder = "DMY" if (month, day) == (two, one) else "MDY"
    read_by = read_atom(f"{one}/{two}/{year}", date(2000, 1, 1), order) or period
    # Figures that have one reading need no reason; of others the article's own habit is told.
    reason = f", {context.order_from}" if rivals and context.order_from else ""
    return dated(read_by, f"numeric date, {'day' if order == 'DMY' else 'month'} first{reason}", rivals=rivals)


def _spoken_year(phrase: Phrase, context: Context) -> Reading | None:
    year = year_of(phrase) or 2000
    month = MONTHS.get(phrase.get("mon"), 0)
    return dated(Period("month", year, month) if month else Period("year", year), "year as it is spoken")


def _short_year(phrase: Phrase, context: Context) -> Reading | None:
    return dated(Period("year", _full_year(int(phrase.get("yy")), context)), "two-figure year")


def _full_year(two: int, context: Context) -> int:
    """The full year of "'45": in the running century of a history, else the latest one not after publication."""
    base = context.running if context.narrative and context.running else context.published or context.running
    if base is None or base.year is None:
        return 1900 + two if two > 30 else 2000 + two
    year = base.year - base.year % 100 + two
    return year if context.narrative or year <= base.year + 5 else year - 100


def _month_year(phrase: Phrase, context: Context) -> Reading | None:
    if not phrase.get("yy"):
        return _absolute(phrase, context)
    return dated(
        Period("month", _full_year(int(phrase.get("yy")[1:]), context), MONTHS[phrase.get("mon")]),
        "month and two-figure year",
    )


def _month(phrase: Phrase, context: Context) -> Reading | None:
    period = Period("month", None, MONTHS[phrase.get("mon")])
    relation = phrase.get("rel")
    if not relation:
        return bare(period, context)
    return nearest_named(period, relation, context)


def _decade(phrase: Phrase, context: Context) -> Reading | None:
    digits = int(phrase.get("dec").strip("'’s").rstrip("s'’"))
    year = digits if digits > 99 else 1900 + digits
    if phrase.get("era").startswith("b"):
        return dated(Period("decade", -digits), "decade BC")
    return dated(Period("decade", year), "decade")


def _decade_bc(phrase: Phrase, context: Context) -> Reading | None:
    return (
        replace(made, value=f"BC{int(phrase.get('dec')[:-1]) // 10:03d}")
        if (made := dated(Period("decade", -int(phrase.get("dec")[:-1])), "decade BC"))
        else None
    )


def _decade_word(phrase: Phrase, context: Context) -> Reading | None:
    century = 1800 if phrase.get("cent") == "eighteen" else 1900
    return dated(Period("decade", century + DECADE_WORDS[phrase.get("dec")]), "decade")


def _nth_century(word: str) -> int:
    return ORDINALS.get(word) or (int(word.rstrip("stndrh")) if word[0].isdigit() else 0)


def _century(phrase: Phrase, context: Context) -> Reading | None:
    which = _nth_century(phrase.get("cent"))
    if not 1 <= which <= 21:
        return None
    if phrase.get("era").startswith("b"):
        made = dated(Period("century", -100 * (which - 1)), "century BC")
        return replace(made, value=f"BC{which - 1:02d}") if made else None
    return dated(Period("century", 100 * (which - 1)), "century") if which > 1 else None


def _fiscal(phrase: Phrase, context: Context) -> Reading | None:
    """“fiscal 2012”: about that year, for no text says where its accounts begin."""
    year = int(phrase.get("y") or phrase.get("fy"))
    return fiscal(dated(Period("year", year if year > 99 else _full_year(year, context)), "fiscal year"))


def _decade_of(phrase: Phrase, context: Context) -> Reading | None:
    which, century = ORDINALS[phrase.get("which")], _nth_century(phrase.get("cent"))
    if not -1 <= which <= 10 or not 2 <= century <= 21:
        return None
    return dated(Period("decade", 100 * (century - 1) + 10 * ((which if which > 0 else 10) - 1)), "decade of a century")


def _nth_weekday(phrase: Phrase, context: Context) -> Reading | None:
    month = _month_year(phrase, context)
    first = month.period.first_day() if month and month.period else None
    if month is None or first is None:
        return None
    day = nth_weekday(first.year, first.month, WEEKDAYS[phrase.get("wd")], ORDINALS[phrase.get("which")])
    return dated(of_day(day), f"weekday of the month, {month.rule}", month.basis) if day.month == first.month else None


def _half(phrase: Phrase, context: Context) -> Reading | None:
    year, basis = year_inside(phrase, context)
    which = 1 if phrase.get("half") in ("first", "1st", "h1", "1h") else 2
    return dated(Period("half", year, which), "half of a year", basis) if year is not None else None


def _season(phrase: Phrase, context: Context) -> Reading | None:
    season = SEASONS[phrase.get("season")]
    if phrase.get("bc"):
        return dated(Period("season", 1 - int(phrase.get("bc")), season), "season and year BC")
    if phrase.get("yy"):
        return dated(Period("season", _full_year(int(phrase.get("yy")), context), season), "season, two-figure year")
    year, basis = year_inside(phrase, context)
    if year is not None:
        return dated(Period("season", year, season), "season and year", basis)
    if phrase.get("rel"):
        return nearest_named(Period("season", None, season), phrase.get("rel"), context)
    return bare(Period("season", None, season), context)


def _holiday(phrase: Phrase, context: Context) -> Reading | None:
    return with_part(_holiday_day(phrase, context), phrase.get("part"))


def _holiday_day(phrase: Phrase, context: Context) -> Reading | None:
    name = " ".join(phrase.get("hol").replace("’", "'").split())
    year, basis = year_inside(phrase, context)
    if name in FIXED_HOLIDAYS:
        period = Period("day", year, *FIXED_HOLIDAYS[name])
        if year is not None:
            return dated(period, "holiday and year", basis)
        return nearest_named(period, phrase.get("rel"), context) if phrase.get("rel") else bare(period, context)
    base = (context.running if context.narrative else context.published) or context.published or context.running
    if year is None and base is context.published and base is not None and base.unit == "day" and not phrase.get("rel"):
        around = [day for step in (0, -1, 1) if (day := _movable(name, (base.year or 0) + step)) is not None]
        chosen, rivals = by_tense_among([of_day(day) for day in around], context)
        return dated(chosen, f"movable holiday, {direction(context)} from publication", "publication", rivals=rivals)
    year = year if year is not None else base.year if base else None
    day = _movable(name, year) if year is not None else None
    made_by: Basis = "publication" if basis == "open" else basis
    return dated(of_day(day), "movable holiday of the year", made_by) if day is not None else None


def _movable(name: str, year: int) -> date | None:
    if not 1583 <= year <= 9999:
        return None
    if name in EASTER_OFFSETS:
        return date.fromordinal(easter(year).toordinal() + EASTER_OFFSETS[name])
    return nth_weekday(year, *FLOATING_HOLIDAYS[name])


def _named_day(phrase: Phrase, context: Context) -> Reading | None:
    name = "9/11" if phrase.get("sept") else " ".join(phrase.get("named").split())
    return dated(Period("day", *NAMED_DAYS[name]), "day known by name")


def _weekday_of_week(number: int, step: int, context: Context) -> Reading | None:
    """“Monday last week”: that day of the calendar week before or after publication's own."""
    week = context.published.shift(step, "week") if context.published and context.published.unit == "day" else None
    monday = week.first_day() if week else None
    if monday is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}", "weekday, no date to count from", basis="open")
    day = of_day(monday).shift(number, "day")
    return dated(day, f"weekday of the {'next' if step > 0 else 'last'} week, from publication", "publication")


def weekday_of(number: int, relation: str, context: Context) -> Reading | None:
    """A weekday by name: the most recent one up to publication, or the next by the tense.

    “last” and “next” shift from there.
    """
    base_period = context.running if relation.startswith("the ") or relation in ("that", "same") else context.published
    if not context.news or base_period is None:
        base_period = context.running
    base = base_period.first_day() if base_period and base_period.unit == "day" else None
    if base is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}", "weekday, no date to count from", basis="open")
    word = relation.rsplit(maxsplit=1)[-1] if relation else ""
    ahead = (number - base.weekday()) % 7
    behind = ahead - 7 if ahead else 0
    if word in ("next", "coming", "following"):
        offset = ahead or 7
    elif word in ("last", "past", "previous"):
        offset = behind or -7
    elif word == "this":
        offset = number - base.weekday()
    else:
        offset = ahead if context.tense in ("future", "would") else behind
    basis: Basis = "publication" if base_period is context.published else "running"
    others = (of_day(base).shift(n, "day") for n in (ahead or 7, behind or -7) if n != offset)
    rivals = tuple(day for day in others if day is not None)
    rule = f"weekday, {'“' + word + '”' if word else direction(context)} from {base_name(basis)}"
    return dated(of_day(base).shift(offset, "day"), rule, basis, rivals=rivals)


def _weekday(phrase: Phrase, context: Context) -> Reading | None:
    number = WEEKDAYS[phrase.get("wd").rstrip(".")]
    if phrase.get("after"):
        made = _weekday_of_week(number, -1 if phrase.get("after").startswith("last") else 1, context)
    else:
        made = weekday_of(number, phrase.get("rel"), context)
    return with_part(made, phrase.get("part"))


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "iso": _iso,
    "iso_month": _iso,
    "iso_week": _iso_week,
    "numeric": _numeric,
    "numeric_ymd": _iso,
    "numeric_month": _numeric_month,
    "date": _absolute,
    "date_dmy": _absolute,
    "date_bc": _bc,
    "date_ad": _year_only,
    "month_year": _month_year,
    "month": _month,
    "year": _year_only,
    "spoken_year": _spoken_year,
    "short_year": _short_year,
    "decade": _decade,
    "decade_bc": _decade_bc,
    "decade_word": _decade_word,
    "century": _century,
    "half": _half,
    "half_code": _half,
    "fiscal": _fiscal,
    "fiscal_after": _fiscal,
    "fiscal_code": _fiscal,
    "decade_of": _decade_of,
    "nth_weekday": _nth_weekday,
    "season": _season,
    "season_after": _season,
    "holiday": _holiday,
    "named_day": _named_day,
    "weekday": _weekday,
}
