"""Dated entries of chronologies, diaries and live pages: “June 6: The dam is destroyed.”, under a heading “2013”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.times.kinds.readings import Context
from ingest.reading.times.phrases.grammar import Phrase
from ingest.reading.times.phrases.periods import Period
from ingest.reading.times.phrases.words import MONTHS

_OPENS = re.compile(r"(?:\A|\n)[^\S\n]*(?:[•*·-][^\S\n]*)?\Z")
_GOES_ON = re.compile(r"[^\S\n]*(?:[:—–]|-(?=\s))|[^\S\n]*\n(?!\n)")
_HEADING = re.compile(r"(?:\A|\n)[^\S\n]*(?:[A-Z][\w’' ]{0,40}\s)?((?:1[6-9]|20)\d\d)[^\S\n]*:?[^\S\n]*(?=\n|\Z)")
_KINDS = frozenset(("date", "date_dmy", "month", "month_year"))
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line: where its date begins, and the year that it takes; None where nothing says."""

    start: int
    year: int | None


def entries_of(phrases: Sequence[Phrase], text: str, published: Period | None) -> dict[int, Entry]:
    """The entries of a chronology by where their dates begin; none in a text that has no two dated lines.

    A date takes the year of the heading above, else that of the entry before, the next where it would go back in time.

    Arguments: phrases, in the order of the text; the text; the day of publication, after which no entry lies.
    """
    opening = [p for p in phrases if p.kind in _KINDS and _is_entry(p, text)]
    if len(opening) < _FEWEST:
        return {}
    headings = [(m.end(), int(m[1])) for m in _HEADING.finditer(text)]
    found: dict[int, Entry] = {}
    before: tuple[int, int, int] | None = None
    for phrase in opening:
        month, day = MONTHS.get(phrase.get("mon"), 0), int(phrase.get("d") or 0)
        year = int(phrase.get("y")) if phrase.get("y") else None
        heading = next((y for end, y in reversed(headings) if end <= phrase.start), None)
        if year is None and heading is not None and (before is None or heading != before[0]):
            year = heading
        elif year is None and before is not None:
            year = before[0] + ((month, day) < before[1:])
            year -= published is not None and _later(year, month, day, published)
        found[phrase.start] = Entry(phrase.start, year)
        before = (year, month, day) if year is not None else None
    return found


def _later(year: int, month: int, day: int, published: Period) -> bool:
    first, last = Period("day", year, month, day or 1).first_day(), published.first_day()
    return first is not None and last is not None and first > last


def _is_entry(phrase: Phrase, text: str) -> bool:
    opens = _OPENS.search(text, max(0, phrase.start - 8), phrase.start) is not None
    return opens and _GOES_ON.match(text, phrase.end) is not None


def of_entry(context: Context, phrase: Phrase, entries: dict[int, Entry]) -> Context:
    """The context of an entry's date: its year, and that a chronology tells what has been, in whatever tense."""
    entry = entries.get(phrase.start)
    if entry is None or phrase.get("y"):
        return context
    if entry.year is None:
        return replace(context, tense="past", given=None)
    return replace(context, given=Period("year", entry.year), given_rule="year of the entries it stands among")
