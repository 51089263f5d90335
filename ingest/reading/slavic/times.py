"""The times of a Ukrainian or Russian text as TIMEX3 values and EDTF.

A year that is not told is the one told last in the same paragraph, else the one that brings the day nearest to
publication. “Yesterday”, “last week”, “two years ago” and weekdays count from publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from ingest.reading.annotate import Annotated
from ingest.reading.findings import Anchor, TimeFinding
from ingest.reading.periods import Period, Unit, of_day
from ingest.reading.slavic.phrases import Phrase, century, find_phrases, words
from kb.edtf import Edtf
from kb.models import YEAR_GUESSED

_STATED, _COUNTED, _GUESSED, _OPEN = 0.9, 0.8, 0.6, 0.4  # confidence by what the value rests on; no gold measures it
_FAR = 90  # days from publication at which another year is as likely meant
_UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A phrase with what it denotes.

    period: None for a length. counted: whether publication decides it. rivals: the same in other years.
    """

    phrase: Phrase
    period: Period | None
    rule: str
    counted: bool = False
    rivals: tuple[Period, ...] = ()
    length: str = ""
    until: Period | None = None  # the other end of a span that one phrase tells


@dataclass(frozen=True, slots=True)
class _Today:
    """What a phrase is read against: the publication, and the last year told in its paragraph."""

    language: str
    published: Period | None
    year: int | None = None
    ahead: bool = False

    @property
    def day(self) -> date | None:
        """The day of publication; None where only a month or year is known."""
        return self.published.first_day() if self.published and self.published.unit == "day" else None


def find_times(annotated: Annotated) -> tuple[TimeFinding, ...]:
    """The times of a text, in their order. Arguments: a document in Ukrainian or Russian, as `annotate` gives it."""
    text, language = annotated.text, annotated.document.language
    today = _Today(language, _published(annotated.document.published))
    read: list[_Read] = []
    for phrase in find_phrases(text, language):
        if "\n" in text[read[-1].phrase.end if read else 0 : phrase.start]:
            today = replace(today, year=None)
        today = replace(today, ahead=_ahead(annotated, phrase))
        found = _READERS[phrase.kind](phrase, today)
        if found is None:
            continue
        read.append(found)
        if found.period is not None and found.period.year is not None and found.phrase.kind != "century":
            today = replace(today, year=found.period.year)
    spans = _spans(read, text, language)
    return tuple(_finding(f"t{n + 1}", item, spans.get(n), annotated) for n, item in enumerate(read))


def _published(edtf: Edtf | None) -> Period | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?", edtf or "")
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    return Period("day" if day else "month" if month else "year", year, month, day)


def _ahead(annotated: Annotated, phrase: Phrase) -> bool:
    """Whether the sentence tells of what lies ahead."""
    sentence = annotated.passages[annotated.passage_at(phrase.start)].text.casefold()
    return not words(annotated.document.language).ahead.isdisjoint(re.findall(r"\w+", sentence))


def _spans(read: Sequence[_Read], text: str, language: str) -> dict[int, Edtf]:
    """“С 24 февраля по 2 марта”: both ends carry the whole, by their places among the phrases."""
    known, found = words(language), {}
    for n, (left, right) in enumerate(pairwise(read)):
        between = text[left.phrase.end : right.phrase.start].strip().casefold()
        before = re.search(r"(\w+)\s+$", text[max(0, left.phrase.start - 12) : left.phrase.start])
        opened = before is not None and before[1].casefold() in known.from_
        if between not in {"-", "–", "—"} and not (opened and between in known.to):
            continue
        edtf = _interval(left.period, right.period)
        if edtf:
            found[n] = found[n + 1] = edtf
    return found


def _interval(left: Period | None, right: Period | None) -> Edtf | None:
    if left is None or right is None or left.unit in ("week", "season") or right.unit in ("week", "season"):
        return None
    one, other = left.edtf(), right.edtf()
    first, last = left.first_day(), right.first_day()
    return Edtf.of(f"{one}/{other}") if one and other and first and last and first < last else None


def _finding(key: str, item: _Read, joined: Edtf | None, annotated: Annotated) -> TimeFinding:
    phrase, period = item.phrase, item.period
    text = annotated.text[phrase.start : phrase.end]
    if period is None:
        return TimeFinding(key, phrase.start, phrase.end, text, "DURATION", item.length, None, item.rule,
                           confidence=_STATED)  # fmt: skip
    edtf = joined or (_interval(period, item.until) if item.until else None) or period.edtf()
    rivals = tuple(str(each) for rival in item.rivals if (each := rival.edtf()))
    sure = _OPEN if period.year is None else _COUNTED if item.counted else _STATED
    sure = _GUESSED if YEAR_GUESSED in item.rule else sure
    anchor = Anchor("publication", annotated.document.published) if item.counted else None
    candidates = tuple(dict.fromkeys([*([str(edtf)] if edtf else []), *rivals]))
    return TimeFinding(key, phrase.start, phrase.end, text, "DATE", period.timex(), edtf, item.rule, anchor,
                       candidates, confidence=sure)  # fmt: skip


def _date(phrase: Phrase, today: _Today) -> _Read | None:
    """“24 февраля 2022 года”, “24 лютого”, “24–26 февраля”."""
    month, day = words(today.language).months[phrase.get("month")], int(phrase.get("d"))
    made = _with_year(phrase, Period("day", None, month, day), today)
    first = phrase.get("d1")
    if made is None or made.period is None or not first:
        return made
    left = replace(made.period, day=int(first))
    return replace(made, period=left, until=made.period) if left.valid() else None


def _numeric(phrase: Phrase, _: _Today) -> _Read | None:
    period = Period("day", int(phrase.get("y")), int(phrase.get("m")), int(phrase.get("d")))
    return _Read(phrase, period, "day, month and year in figures") if period.valid() else None


def _month(phrase: Phrase, today: _Today) -> _Read | None:
    return _with_year(phrase, Period("month", None, words(today.language).months[phrase.get("month")]), today)


def _season(phrase: Phrase, today: _Today) -> _Read | None:
    return _with_year(phrase, Period("season", None, words(today.language).seasons[phrase.get("season")]), today)


def _with_year(phrase: Phrase, period: Period, today: _Today) -> _Read | None:
    """A day, month or season with the year told with it, told before it, or nearest to publication."""
    if phrase.get("y"):
        stated = replace(period, year=int(phrase.get("y")))
        return _Read(phrase, stated, f"{period.unit} and year") if stated.valid() else None
    if not period.valid():
        return None
    base = today.published.year if today.published else None
    if phrase.get("step") and base is not None:
        step = words(today.language).steps[phrase.get("step")]
        return _Read(phrase, replace(period, year=base + step), f"{period.unit} of a year counted from publication",
                     counted=True)  # fmt: skip
    if today.year is not None:
        return _Read(phrase, replace(period, year=today.year), f"{period.unit}, year of the date before it")
    if base is None or today.published is None:
        return _Read(phrase, period, f"{period.unit}, no publication date, year open")
    years = [each for step in (0, -1, 1) if (each := replace(period, year=base + step)).valid()]
    reference = today.published.first_day() or date(base, 7, 1)
    chosen, *others = sorted(years, key=lambda p: abs(((p.first_day() or date.min) - reference).days)) or [period]
    away = abs(((chosen.first_day() or date.min) - reference).days)
    rule = f"{period.unit}, nearest to publication{YEAR_GUESSED if away > _FAR else ''}"
    return _Read(phrase, chosen, rule, counted=True, rivals=tuple(others))


def _year(phrase: Phrase, _: _Today) -> _Read:
    period = Period("year", int(phrase.get("y")))
    first = phrase.get("y1")
    if first and int(first) < int(phrase.get("y")):
        return _Read(phrase, Period("year", int(first)), "years from one to the other", until=period)
    return _Read(phrase, period, "year")


def _decade(phrase: Phrase, _: _Today) -> _Read:
    figures = phrase.get("decade")
    return _Read(phrase, Period("decade", int(figures) if len(figures) == 4 else 1900 + int(figures)), "decade")


def _century(phrase: Phrase, _: _Today) -> _Read | None:
    number = century(phrase.get("roman").replace("і", "i"))
    return _Read(phrase, Period("century", 100 * (number - 1)), "century") if number else None


def _step(phrase: Phrase, today: _Today) -> _Read | None:
    """“На прошлой неделе”, “минулого року”: a unit before, of or after the publication's."""
    known = words(today.language)
    unit = _UNITS[known.units[phrase.get("unit")]]
    if unit == "day" or today.published is None:
        return None
    period = _containing(today, unit)
    moved = period.shift(known.steps[phrase.get("step")], unit) if period else None
    return _Read(phrase, moved, f"{unit} counted from publication", counted=True) if moved else None


def _year_word(phrase: Phrase, today: _Today) -> _Read | None:
    if today.published is None or today.published.year is None:
        return None
    year = today.published.year + words(today.language).years[phrase.get("word")]
    return _Read(phrase, Period("year", year), "year counted from publication", counted=True)


def _containing(today: _Today, unit: Unit) -> Period | None:
    if unit == "year":
        return Period("year", today.published.year) if today.published else None
    if unit == "month":
        return replace(today.published, unit="month", day=0) if today.published and today.published.part else None
    return of_day(today.day, unit) if today.day else None


def _weekday(phrase: Phrase, today: _Today) -> _Read | None:
    """“В понедельник”: the last one up to publication, the next one where the sentence looks ahead."""
    known = words(today.language)
    if today.day is None:
        return None
    step = known.steps.get(phrase.get("step"), 0)
    since = (today.day.weekday() - known.weekdays[phrase.get("weekday")]) % 7
    if step > 0 or (not step and today.ahead):
        day = today.day + timedelta((7 - since) % 7 or (7 if step else 0))
    else:
        day = today.day - timedelta(since or (7 if step < 0 else 0))
    return _Read(phrase, of_day(day, "day"), "weekday nearest to publication", counted=True)


def _counted(phrase: Phrase, today: _Today) -> _Read | None:
    """“Вчера”, “два тижні тому”: counted from publication in the unit that is told."""
    if today.day is None:
        return None
    known = words(today.language)
    unit = _UNITS[known.units[phrase.get("unit")]] if phrase.get("unit") else "day"
    if phrase.kind == "day":
        day = today.day + timedelta(known.days[phrase.get("day")])
        return _Read(phrase, of_day(day, "day"), "day counted from publication", counted=True)
    number = _number(phrase, today.language)
    base = _containing(today, unit)
    if base is None or number is None:
        return None
    moved = base.shift(-number if phrase.kind == "ago" else number, unit)
    return _Read(phrase, moved, f"{unit}s counted from publication", counted=True) if moved else None


def _number(phrase: Phrase, language: str) -> int | None:
    told = phrase.get("n") or "1"
    number = float(told) if told.isdigit() else words(language).numbers[told]
    return int(number) if number == int(number) else None


def _length(phrase: Phrase, today: _Today) -> _Read | None:
    number = _number(phrase, today.language)
    if number is None:
        return None
    letter = words(today.language).units[phrase.get("unit")][0].upper()
    return _Read(phrase, None, "length", length=f"P{number}{letter}")


_READERS = {
    "numeric": _numeric, "iso": _numeric, "days": _date, "date": _date, "month": _month, "month of": _month,
    "season": _season, "years": _year, "year": _year, "decade": _decade, "century": _century, "step": _step,
    "step weekday": _weekday, "weekday": _weekday, "day": _counted, "year word": _year_word, "ago": _counted,
    "in": _counted, "length": _length,
}  # fmt: skip
