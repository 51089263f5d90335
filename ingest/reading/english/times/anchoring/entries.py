"""Dated entries of chronologies, diaries and live pages: “June 6: The dam is destroyed.”, under a heading “2013”.

An entry of a known day has a today of its own: what it tells of “yesterday” and “last month” counts from that day. So
has all that stands under a day alone on its line, up to the next, and the few paragraphs between two dated lines. In
a chronology the present tells what has been. A clock time that opens a line is one of the day of
the heading above it, or of publication.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.readings import Context
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.lines import opens_line
from ingest.reading.english.times.phrases.words import MONTHS
from ingest.reading.periods import Period

_GOES_ON = re.compile(r"[^\S\n]*(?:[:—–|]|-(?=\s))|[^\S\n]*\n(?!\n)")
_ALONE = re.compile(r"[^\S\n]*(?:\n|\Z)")
_TELLS = re.compile(r"[^\S\n]{1,3}(?=[A-Z])")
_HEADING = re.compile(r"(?:\A|\n)[^\S\n]*(?:[A-Z][\w’' ]{0,40}\s)?((?:1[6-9]|20)\d\d)[^\S\n]*:?[^\S\n]*(?=\n|\Z)")
_KINDS = frozenset(("date", "date_dmy", "month", "month_year"))
_FEWEST = 2
_PARAGRAPHS = 4  # that go on with an entry before the next


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line: where its date begins, the year that it takes (None where nothing says), where it ends.

    clock: whether it names the hour alone.
    """

    start: int
    year: int | None
    end: int
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the entry told, and where it ends."""

    day: Period
    end: int


def entries_of(phrases: Sequence[Phrase], text: str, published: Period | None) -> dict[int, Entry]:
    """The entries of a chronology by where their dates begin; none in a text that has no two dated lines.

    A date takes the year of the heading above, else that of the entry before, the next where it would go back in time.

    Arguments: phrases, in the order of the text; the text; the day of publication, after which no entry lies.
    """
    opening = [p for p in phrases if p.kind in _KINDS and opens_entry(p, text)]
    hours = [p for p in phrases if p.kind == "clock" and p.inner is None and opens_entry(p, text)]
    alone = [p for p in phrases if p.kind in _KINDS and p.get("d") and _stands_alone(p, text)]
    if len(hours) >= _FEWEST:
        opening = [p for p in phrases if p in opening or p in alone]
    elif len(opening) < _FEWEST:
        opening = alone if len(alone) >= _FEWEST else []
    found = _dated_lines(opening, text, published)
    hours = hours if len(hours) >= _FEWEST else []
    return found | {p.start: Entry(p.start, None, p.end, clock=True) for p in hours}


def _dated_lines(opening: Sequence[Phrase], text: str, published: Period | None) -> dict[int, Entry]:
    headings = [(m.end(), int(m[1])) for m in _HEADING.finditer(text)]
    found: dict[int, Entry] = {}
    before: tuple[int, int, int] | None = None
    ends = ends_of([(p.start, p.end) for p in opening], text)
    for phrase, following, end in zip_longest(opening, opening[1:], ends):
        month, day = MONTHS.get(phrase.get("mon"), 0), int(phrase.get("d") or 0)
        year = int(phrase.get("y")) if phrase.get("y") else None
        heading = next((y for end, y in reversed(headings) if end <= phrase.start), None)
        if year is None and heading is not None and (before is None or heading != before[0]):
            year = heading
        elif year is None and before is not None:
            year = before[0] + ((month, day) < before[1:])
            year -= published is not None and _later(year, month, day, published)
        found[phrase.start] = Entry(phrase.start, year, _alone_until(phrase, following, text) or end)
        before = (year, month, day) if year is not None else None
    return found


def _alone_until(phrase: Phrase, following: Phrase | None, text: str) -> int:
    """Where what stands under a date that is a line of its own ends; 0 where it is none."""
    if not _stands_alone(phrase, text):
        return 0
    return following.start if following is not None else len(text)


def ends_of(dates: Sequence[tuple[int, int]], text: str) -> list[int]:
    """Where what each dated line tells ends: with the line, or before the next where the paragraphs between are few.

    Those behind the last line go on with it only where others are gone on with.

    Arguments: where the dates of the lines begin and end, in the order of the text; the text.
    """
    lines = [text.find("\n", end + 2) for _, end in dates]
    lines = [line if line >= 0 else len(text) for line in lines]
    rests = [start for start, _ in dates[1:]]
    between = [text[line:rest] for line, rest in zip(lines, rests, strict=False)]
    few = [_few(gap) for gap in between]
    last = any(gap.strip() and short for gap, short in zip(between, few, strict=True)) and _few(text[lines[-1] :])
    ends = zip(lines, [*rests, len(text)], [*few, last], strict=False)
    return [rest if short else line for line, rest, short in ends]


def _few(between: str) -> bool:
    return sum(1 for line in between.split("\n") if line.strip()) <= _PARAGRAPHS


def _later(year: int, month: int, day: int, published: Period) -> bool:
    first, last = Period("day", year, month, day or 1).first_day(), published.first_day()
    return first is not None and last is not None and first > last


def opens_entry(phrase: Phrase, text: str) -> bool:
    """Whether a date or hour opens its line as the heading of what follows."""
    if not opens_line(text, phrase.start):
        return False
    if phrase.kind != "clock":
        return _GOES_ON.match(text, phrase.end) is not None
    return any(p.match(text, phrase.end) for p in (_GOES_ON, _ALONE, _TELLS))


def _stands_alone(phrase: Phrase, text: str) -> bool:
    return opens_line(text, phrase.start) and _ALONE.match(text, phrase.end) is not None


def of_entry(context: Context, phrase: Phrase, entries: Mapping[int, Entry], today: Today | None) -> Context:
    """The context of a phrase among entries.

    An entry's own date takes its year, and tells what has been, in whatever tense; what stands in an entry of a known
    day counts from that day.
    """
    entry = entries.get(phrase.start)
    within = today if today is not None and phrase.start < today.end else None
    if entry is not None and entry.clock:
        return replace(context, published=within.day if within else context.published, running=None)
    if entry is None and within is not None:
        return replace(context, published=within.day)
    if (
        entry is None
        and context.tense == "present"
        and any(not e.clock and e.start < phrase.start for e in entries.values())
    ):
        return replace(context, tense="past")
    if entry is None or phrase.get("y"):
        return context
    if entry.year is None:
        return replace(context, tense="past", given=None)
    return replace(context, given=Period("year", entry.year), given_rule="year of the entries it stands among")


def today_after(item: Read, entries: Mapping[int, Entry], before: Today | None) -> Today | None:
    """The today of what follows a date: the day of the entry that it heads, else as before."""
    entry, period = entries.get(item.start), item.reading.period
    if entry is None or entry.clock:
        return before
    known = period is not None and period.unit == "day" and period.year is not None
    return Today(period, entry.end) if known and period is not None else None
