"""Events that a deed's own date places: "signed on Tuesday, two days after a referendum" tells when that was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from ingest.reading.english.times.phrases.patterns import QUANTITY
from ingest.reading.findings import TimeFinding
from kb.edtf import Edtf

_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
_INEXACT = re.compile(QUANTITY, re.I)
_DAYS = {"D": 1, "W": 7}
_LAST_YEAR = 9999
_STEPS = {"after": -1, "before": 1}

_BEFALL = frozenset({"come", "occur", "happen", "take"})  # "the attack | came | two days after the shelling"


def counted(
    doc: Doc, times: Iterable[TimeFinding], at: Mapping[int, int], dated: Mapping[int, Edtf]
) -> Iterator[tuple[int, int, Edtf]]:
    """Numbers of events, of the deeds that they are counted from, and the days that follow.

    Arguments: the parse; the article's times; the events' numbers by token; the dates known, by number.
    """
    for time in times:
        length = _LENGTH.fullmatch(time.value) if time.type == "DURATION" and time.edtf is None else None
        span = doc.char_span(time.start, time.end, alignment_mode="expand") if length else None
        if length is None or span is None or span.end >= len(doc) or _bounded(span):
            continue
        link = doc[span.end]
        # "two days after a referendum", "a day after the court had banned it"
        clause = link.dep_ == "mark" and link.head.dep_ == "advcl" and link.head.i in at
        event = link.head if clause else next((c for c in link.children if c.dep_ == "pobj" and c.i in at), None)
        deed = _deed(link, at)
        if event is None or deed is None or link.lower_ not in _STEPS or at[event.i] in dated:
            continue
        steps, then = int(length[1]) * _STEPS[link.lower_], dated.get(deed)
        if length[2] in ("Y", "M"):
            day = _years_on(then, steps) if length[2] == "Y" else _months_on(then, steps)
        else:
            day = _shifted(then, steps * _DAYS[length[2]])
        day = day.about() if day is not None and length[2] == "W" and not day.endswith("~") else day
        if day is not None:
            yield at[event.i], deed, day


def _bounded(length: Span) -> bool:
    """“Less than three weeks after …”, “almost a year before …”: that counts to no day."""
    around = length.doc[max(length.sent.start, length.start - 2) : length.end]
    return _INEXACT.search(around.text) is not None


def _deed(link: Token, at: Mapping[int, int]) -> int | None:
    first = link.head if link.dep_ == "mark" else link
    above = next((a for a in first.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if above is None or above.i in at or above.lemma_ not in _BEFALL:
        return at.get(above.i) if above is not None else None
    return next((at[c.i] for c in above.children if c.dep_ == "nsubj" and c.i in at), None)


def _years_on(day: Edtf | None, years: int) -> Edtf | None:
    """About the year so many years later: "ten years after his arrest" counts no days."""
    year = None if day is None or "/" in day or day.earliest is None else int(day.earliest[:4]) + years
    return Edtf(f"{year:04}").about() if year is not None and 0 < year <= _LAST_YEAR else None


def _months_on(day: Edtf | None, months: int) -> Edtf | None:
    """About the month so many months later; None where it leaves the calendar."""
    if day is None or "/" in day or day.earliest is None or day.precision not in ("day", "month"):
        return None
    year, month = divmod(int(day.earliest[:4]) * 12 + int(day.earliest[5:7]) - 1 + months, 12)
    return Edtf(f"{year:04}-{month + 1:02}").about() if 0 < year <= _LAST_YEAR else None


def _shifted(day: Edtf | None, days: int) -> Edtf | None:
    """A day so many days later; None where it is no single day, or leaves the calendar."""
    if day is None or day.precision != "day" or "/" in day or day < "0001":
        return None
    try:
        moved = date.fromisoformat(day.rstrip("~?%")) + timedelta(days)
    except (OverflowError, ValueError):
        return None
    return Edtf(moved.isoformat()).about() if day.endswith("~") else Edtf(moved.isoformat())
