"""A phrase understood: its value, and the rules by which a date without a year gets one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ingest.reading.english.times.phrases.atoms import DateOrder
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import Tense
from ingest.reading.english.times.phrases.words import (
    PARTS_OF_DAY,
)
from ingest.reading.findings import Anchor
from ingest.reading.periods import Period
from kb.edtf import Edtf
from kb.models import YEAR_GUESSED, TimexType

_WINTER = 24  # EDTF's number of the season
_MUCH_NEARER = 2.5
_REACHED = 45  # days from publication at which a history tells of the present
_JUST_PAST = 31  # days in which a headline's present still tells of what has happened
PAST, PRESENT, FUTURE = "PAST_REF", "PRESENT_REF", "FUTURE_REF"  # TimeML's values of what no calendar dates
Basis = Literal["explicit", "publication", "running", "event", "open"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase understood. `period` is the calendar period of a DATE or of the day of a TIME.

    None when there is none.
    """

    type: TimexType
    value: str
    rule: str
    period: Period | None = None
    approximate: bool = False
    basis: Basis = "explicit"
    edtf: Edtf | None = None
    anchor: Anchor | None = None
    rivals: tuple[Period, ...] = ()
    circular: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read against.

    published: the publication date, None when unknown. running: the last date told before the phrase, None at the
    start.
    same_paragraph: whether `running` stands in the phrase's own paragraph. earlier: whether the clause looks back
    from `running`.
    narrative: whether the text tells a history, whose dates lean on each other and not on publication.
    account: the quarter, half-year or month that the accounts last told of are of; compares: whether the phrase stands
    among their figures.
    order, order_from: which of day and month comes first in figures that can be read either way, and why, in words.
    tense: of the phrase's clause. given: a period whose year a bare month or day takes, with the rule that says why.
    """

    published: Period | None
    running: Period | None = None
    narrative: bool = False
    order: DateOrder = "MDY"
    order_from: str = ""
    tense: Tense = ""
    given: Period | None = None
    given_rule: str = ""
    given_anchor: Anchor | None = None
    same_paragraph: bool = True
    earlier: bool = False
    account: Period | None = None
    compares: bool = False

    @property
    def news(self) -> bool:
        """Whether deictic words count from publication: in news, and where a history has reached the present."""
        if not self.narrative:
            return True
        told = self.running.first_day() if self.running else None
        return self.day is not None and told is not None and abs((self.day - told).days) <= _REACHED

    @property
    def day(self) -> date | None:
        """The publication day; None when unknown or only a month or year."""
        return self.published.first_day() if self.published and self.published.unit == "day" else None


def dated(
    period: Period | None,
    rule: str,
    basis: Basis = "explicit",
    approximate: bool = False,
    rivals: tuple[Period, ...] = (),
) -> Reading | None:
    """A DATE reading of `period`."""
    if period is None:
        return None
    return Reading("DATE", period.timex(), rule, period, approximate, basis, period.edtf(approximate), rivals=rivals)


def fiscal(made: Reading | None) -> Reading | None:
    """A year's reading as a fiscal year: about that year, whatever month its accounts begin in."""
    if made is None or made.period is None or made.period.unit != "year":
        return made
    rule = made.rule if made.rule.startswith("fiscal") else f"fiscal {made.rule}"
    return replace(made, rule=rule, approximate=True, edtf=made.period.edtf(approximate=True))


def year_of(phrase: Phrase) -> int | None:
    """The year a phrase states, astronomical (0 is 1 BC); None when it states none."""
    if phrase.get("y"):
        year = int(phrase.get("y"))
        return 1 - year if phrase.get("era").startswith("b") else year
    return None


def possible(month: int, day: int) -> bool:
    """Whether some year has this month and day."""
    return Period("day" if day else "month", None, month, day).valid()


def form_of(unit: str) -> str:
    """The name of the form in rules: a day without a year is a “month-day”."""
    return "month-day" if unit == "day" else unit


def bare(period: Period, context: Context) -> Reading | None:
    """A month, season or month-day without a year.

    The year of the range or event it stands with, of the story so far, or by tense.

    In a history the year runs on from the last date told; in a news text the tense of the clause picks the most
    recent or the
    next one, counted from the publication date; without one the year stays open.
    """
    if not period.valid():
        return None
    form = form_of(period.unit)
    if context.given is not None:
        rivals = _any_year(period, context)
        made = dated(replace(period, year=context.given.year), f"{form}, {context.given_rule}", "event", rivals=rivals)
        return replace(made, anchor=context.given_anchor) if made else None
    if context.narrative and context.running is not None and context.running.year is not None:
        return dated(
            replace(period, year=_narrative_year(period, context.running, context.earlier)),
            f"{form}, year of the story so far",
            "running",
        )
    if context.published is None:
        return dated(period, f"{form}, no publication date, year open", "open")
    chosen, rivals = by_tense(period, context)
    rule = f"{form}, {direction(context)} from publication{guessed(chosen, rivals, context)}"
    return dated(chosen, rule, "publication", rivals=rivals)


def guessed(chosen: Period, rivals: tuple[Period, ...], context: Context) -> str:
    """That the year is a guess: the tense has picked it, and the day of another year would be nearer."""
    if context.day is None:
        return ""
    day = context.day
    nearest = min((chosen, *rivals), key=lambda p: (abs((_middle(p) - day).days), p != chosen))
    return YEAR_GUESSED if nearest != chosen else ""


def _any_year(period: Period, context: Context) -> tuple[Period, ...]:
    if context.day is None:
        return ()
    chosen, others = by_tense(period, context)
    return (chosen, *others)


def direction(context: Context) -> str:
    """How the tense of the clause picks the year, in words."""
    return {"past": "most recent", "loose": "most recent", "future": "next"}.get(context.tense, "nearest")


def _narrative_year(period: Period, running: Period, earlier: bool) -> int | None:
    year = running.year
    if year is None or running.unit not in ("month", "day", "season"):
        return year
    now = running.part if running.unit != "season" else 3 * (running.part - 20)
    then = period.part if period.unit != "season" else 3 * (period.part - 20)
    if earlier and then > now:
        return year - 1
    return year + 1 if now >= 11 and then <= 2 and now - then >= 9 else year


def by_tense(period: Period, context: Context) -> tuple[Period, tuple[Period, ...]]:
    """The year the tense picks, and the rivals beside it."""
    published = context.published
    if published is None or published.year is None:
        return period, ()
    years = [replace(period, year=published.year + step) for step in (0, -1, 1)]
    return by_tense_among([p for p in years if p.valid()] or years[:1], context)


def by_tense_among(years: list[Period], context: Context) -> tuple[Period, tuple[Period, ...]]:
    """Which of what goes by one name in several years the tense picks, and the rivals beside it.

    Arguments: the periods, that of the year of publication first; the context.
    """
    published = context.published
    reference = published.first_day() if published is not None else None
    if published is None or reference is None or published.unit == "year":
        return years[0], tuple(years[1:])
    past = [p for p in years if starts_on(p) <= reference]
    future = [p for p in years if _ends(p) >= reference]
    if (
        context.tense in ("past", "loose")
        and past
        and not (context.tense == "loose" and _imminent(past, future, reference))
    ):
        chosen = max(past, key=starts_on)
    elif future and (
        context.tense == "future" or (context.tense == "present" and _scheduled(years[0], past, reference))
    ):
        chosen = min(future, key=starts_on)
    else:
        chosen = min(years, key=lambda p: (abs((_middle(p) - reference).days), starts_on(p)))
    return chosen, tuple(p for p in years if p != chosen)


def _imminent(past: list[Period], future: list[Period], reference: date) -> bool:
    """Whether what lies ahead is so much nearer that the one behind would have been told with its year."""
    if not future:
        return False
    ahead = (starts_on(min(future, key=starts_on)) - reference).days
    return ahead * _MUCH_NEARER < (reference - starts_on(max(past, key=starts_on))).days


def _scheduled(period: Period, past: list[Period], reference: date) -> bool:
    """“The election is on November 5”: the simple present of what is fixed (Quirk et al. 1985, 4.45); not just past."""
    just_past = any((reference - starts_on(p)).days <= _JUST_PAST for p in past)
    return period.unit == "day" and not just_past


def starts_on(period: Period) -> date:
    """The first day of a period; the first of all days when it has none."""
    return period.first_day() or date.min


def _ends(period: Period) -> date:
    following = period.shift(1, period.unit)
    return (following.first_day() if following else None) or starts_on(period)


def _middle(period: Period) -> date:
    first, last = starts_on(period), _ends(period)
    return first + (last - first) / 2 if period.unit != "day" else first


def relative_year(words: str, context: Context) -> tuple[Period | None, Basis]:
    """The year that “of that year”, “last year” and the like name, and what it was counted from."""
    step = (
        1
        if ("next" in words or "following" in words or "after" in words)
        else -1
        if any(w in words for w in ("last", "previous", "preceding", "before"))
        else 0
    )
    deictic = words.startswith(("this", "last", "next"))
    base = (
        context.published
        if deictic and (not context.narrative or context.running is None)
        else context.running or context.published
    )
    return (base.shift(step, "year") if base else None), ("publication" if base is context.published else "running")


def nearest_named(period: Period, relation: str, context: Context) -> Reading | None:
    """“last March”, “next spring”: the nearest one wholly before or after the reference."""
    deictic = relation.split(maxsplit=1)[0] in ("last", "next", "this", "coming", "past")
    base = (
        context.published
        if deictic and not (context.narrative and context.running)
        else context.running or context.published
    )
    if base is None or base.year is None:
        return dated(period, f"“{relation}”, no date to count from", "open") if period.unit != "season" else None
    basis: Basis = "publication" if base is context.published else "running"
    first, year = base.first_day(), base.year
    if first is not None and _in_last_winter(period, first, relation, context.tense):
        year -= 1
    here = replace(period, year=year)
    low = starts_on(here)
    if first is None:
        return dated(here, f"“{relation}” of the year", basis)
    if relation.rsplit(maxsplit=1)[-1] in ("last", "previous", "past") and _ends(here) > first:
        here = replace(here, year=year - 1)
    elif relation.rsplit(maxsplit=1)[-1] in ("next", "following", "coming") and low.replace(day=1) <= first.replace(
        day=1
    ):
        here = replace(here, year=year + 1)
    return dated(here, f"“{relation}” counted from {base_name(basis)}", basis)


def _in_last_winter(season: Period, day: date, relation: str, tense: Tense) -> bool:
    """Whether the winter of `day` began in the year before: in January and February, and just after it looking back."""
    if season.unit != "season" or season.part != _WINTER:
        return False
    return day.month < 3 or (day.month < 6 and relation == "this" and tense != "future")


def base_name(basis: Basis) -> str:
    """What a relative phrase was counted from, in words."""
    return "publication" if basis == "publication" else "the last date told"


def year_inside(phrase: Phrase, context: Context) -> tuple[int | None, Basis]:
    """The year that “of 2009”, “of last year” or “of the year” gives; (None, open) when nothing is said."""
    if phrase.get("y"):
        return year_of(phrase), "explicit"
    if phrase.get("yref"):
        base, basis = relative_year(phrase.get("yref"), context)
        return (base.year if base else None), basis
    if phrase.get("theyear"):
        base = (context.running if context.narrative else context.published) or context.published or context.running
        return (base.year if base else None), "publication" if base is context.published else "running"
    return None, "open"


def with_part(made: Reading | None, part: str) -> Reading | None:
    """A day's reading as the part of it: “Friday morning”.

    A part of something longer than a day keeps the longer value.
    """
    if made is None or not part:
        return made
    if made.period is None or made.period.unit != "day":
        return replace(made, type="TIME", value=f"{made.value}T{PARTS_OF_DAY[part]}")
    return replace(made, type="TIME", value=f"{made.value}T{PARTS_OF_DAY[part]}", rule=f"{made.rule}, part of day")


def unplaced(unit: str, words: str, base: Period | None = None) -> Reading:
    """A relative phrase with nothing to count from: the value stays open, and no EDTF is claimed."""
    form = {
        "day": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "fortnight": "XXXX-WXX",
        "weekend": "XXXX-WXX-WE",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
    }
    value = form.get(unit, "XXXX")
    if base is not None and base.year is not None:
        return Reading(
            "DATE",
            f"{Period('year', base.year).timex()}{value[4:]}",
            f"“{words}” counted from a {base.unit}, too coarse to place it",
            basis="open",
        )
    return Reading("DATE", value, f"“{words}” has no date to count from", basis="open")
