"""Chains that lead years away from the news: “the next day” some paragraphs below a memory of 2014 is not of 2014."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.anchoring.links import EventWord
from ingest.reading.english.times.kinds.readings import Context, Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from kb.models import LEFT_OPEN

_FAR = timedelta(550)  # from publication: a year and a half, beyond which news names the year
_YEARS = 2
_ONCE = frozenset(("war", "annexation", "uprising", "coup", "independence", "outbreak", "crisis"))
_BREAK = re.compile(r"\n\s*")
_AWAY = 2  # paragraphs below: the next may go on with what was told
# Years and quarters are left: accounts are held against those of a year before.
_OPEN = {"day": "XXXX-XX-XX", "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}


def leads_away(at: int, event: EventWord, year: int | None, context: Context, text: str) -> bool:
    """Whether the year of an event is years from the news, told in another paragraph, and of a kind that recurs.

    An article has one war or coup, of whatever year, but many attacks. Arguments: where the date stands; the event
    that gives the year; the year; the date's context; the text.
    """
    far = context.day is not None and year is not None and abs(context.day.year - year) >= _YEARS
    if context.narrative or not far or event.event in _ONCE:
        return False
    other = event.span[0]
    return len(_BREAK.findall(text, min(at, other), max(at, other))) > 0


def plausible(reading: Reading, phrase: Phrase, running: Read | None, context: Context, text: str) -> Reading:
    """The reading, left open where it leans on a date told in another paragraph that lies years from the news.

    Arguments: the reading; its phrase; the date before it; what it was read against; the text. A history's dates lean
    on each other, and a phrase that names its year needs none.
    """
    period = reading.period
    if context.narrative or running is None or reading.basis != "running" or period is None or context.day is None:
        return reading
    first, inner = period.first_day(), phrase.inner or phrase
    if first is None or period.unit not in _OPEN or inner.get("y") or abs(first - context.day) < _FAR:
        return reading
    if len(_BREAK.findall(text, running.end, phrase.start)) < _AWAY:
        return reading
    rule = f"{LEFT_OPEN}{reading.rule}, which lies {abs(first - context.day).days // 365} years from publication"
    value = _OPEN[period.unit] + reading.value[len(period.timex()) :]
    return replace(reading, value=value, rule=rule, period=None, edtf=None, basis="open", rivals=())
