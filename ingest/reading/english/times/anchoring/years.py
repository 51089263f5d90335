"""The year of a date that names none: of the range it stands in, the date beside it, or so many years back."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.ranges import reaches
from ingest.reading.english.times.kinds.readings import Context
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.patterns import COUNT_WORDS
from ingest.reading.english.times.phrases.words import MONTHS, NTH, number, ordinal
from ingest.reading.periods import Period

_SAME_YEAR, _NEXT_YEAR = "year of the date before it", "year after the date before it"
_LAST_YEAR = "year before the date before it"
_YEARS_AFTER = re.compile(
    rf"\b(?:(?P<n>an?|\d{{1,2}}|{COUNT_WORDS})\s{{1,3}}years?\s{{1,3}}(?:after|since)"
    rf"|(?P<nth>{NTH}|{COUNT_WORDS})(?:[\s-]year)?\s{{1,3}}anniversary\s{{1,3}}of)\s{{1,3}}(?:the\s)?$",
    re.I,
)
_ABOUT_THEN = 45  # days by which an anniversary is told of before it comes
_RANGE_GAP = re.compile(r"\s{0,3}(?:[-–—]|to|and|until|till|through|or)\s{0,3}", re.I)


def year_beside(phrase: Phrase, before: Period | None, context: Context) -> tuple[int | None, str]:
    """The year of the date before, or the next: a story goes on from December to January, not eleven months back.

    The next year only where it is nearer and, unless the clause looks ahead, not after publication.
    """
    inner, told = phrase.inner or phrase, before.first_day() if before else None
    month, day = MONTHS.get(inner.get("mon"), 0), inner.get("d")
    if before is None or before.year is None or told is None or not month:
        return before.year if before else None, _SAME_YEAR
    form = Period("day" if day else "month", before.year, month, int(day) if day else 0)
    here, there = form.first_day(), replace(form, year=before.year + 1).first_day()
    if here is not None and context.earlier and here > told:
        return before.year - 1, _LAST_YEAR
    if here is None or there is None or here >= told.replace(day=told.day if day else 1):
        return before.year, _SAME_YEAR
    ahead = context.day is not None and there > context.day and context.tense != "future"
    if ahead or there - told >= told - here:
        return before.year, _SAME_YEAR
    return before.year + 1, _NEXT_YEAR


def year_of_range(phrase: Phrase, following: Phrase | None, text: str) -> int | None:
    """The year that stands only with a range's second end: “from June to August 1944”."""
    if (
        following is None
        or not 0 <= following.start - phrase.end <= 12
        or not _RANGE_GAP.fullmatch(text, phrase.end, following.start)
    ):
        return None
    other = following.inner or following
    if other.kind not in ("date", "date_dmy", "month_year", "season") or not other.get("y") or other.get("era"):
        return None
    return int(other.get("y"))


def year_of_end(phrase: Phrase, running: Read | None, text: str) -> int | None:
    """The year in which “from 23 May to 2 August” ends: the first one after its beginning, whatever the tense."""
    inner = phrase.inner or phrase
    month, day = MONTHS.get(inner.get("mon"), 0), int(inner.get("d") or 0)
    if running is None or running.end > phrase.start or not month:
        return None
    begun, told = running.reading.period, running.phrase
    if begun is None or told is None or not (told.inner or told).get("mon"):
        return None
    first = begun.first_day()
    if first is None or not reaches(text, (running.start, running.end), phrase.start):
        return None
    return first.year + 1 if (month, day or 31) < (first.month, first.day) else first.year


def year_counted_back(phrase: Phrase, frame: Context, text: str) -> int | None:
    """The year of the day in “a year after the 7 October attack”, told when that is about a year ago."""
    back = _YEARS_AFTER.search(text, max(0, phrase.start - 48), phrase.start)
    inner = phrase.inner or phrase
    count = None if back is None else ordinal(back["nth"].lower()) if back["nth"] else number(back["n"])
    month = MONTHS.get(inner.get("mon"), 0)
    if frame.narrative or frame.day is None or count is None or not month:
        return None
    year = frame.day.year - int(count)
    then = Period("day" if inner.get("d") else "month", year, month, int(inner.get("d") or 0)).first_day()
    return None if then is None else year - 1 if (then - frame.day).days > _ABOUT_THEN - 365 * int(count) else year


def year_over_new_year(phrase: Phrase, following: Phrase | None, context: Context, text: str) -> int | None:
    """The year in which “from October to March” begins: the one before, where the story is early in its year."""
    running = context.running
    first, last = (MONTHS.get((p.inner or p).get("mon"), 0) if p else 0 for p in (phrase, following))
    if following is None or running is None or running.year is None or not first > last > 0:
        return None
    if not _RANGE_GAP.fullmatch(text, phrase.end, following.start):
        return None
    early = running.unit in ("month", "day") and running.part <= (first if context.earlier else last)
    return running.year - 1 if early else running.year


def year_after_new_year(phrase: Phrase, running: Read | None, text: str) -> int | None:
    """The year in which “from October to March” ends: after the one in which it begins."""
    if running is None or running.end > phrase.start or not _RANGE_GAP.fullmatch(text, running.end, phrase.start):
        return None
    begun, month = running.reading.period, MONTHS.get((phrase.inner or phrase).get("mon"), 0)
    if begun is None or begun.year is None or begun.unit not in ("month", "day"):
        return None
    return begun.year + 1 if 0 < month < begun.part else None
