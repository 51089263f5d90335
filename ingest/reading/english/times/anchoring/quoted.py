"""Whose today it is inside quotation marks: that of the day on which it was written or said, where that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.readings import Context
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.periods import Period

_QUOTE = re.compile(r"[“\"]([^“”\"]{2,1500})[”\"]")
_LEADS = re.compile(
    r"\b(?:wrote|writes|write|said|told|noted|posted|tweeted|recorded|reads?|ran|warned|declared|letter|diary|entry"
    r"|email|e-mail|memo|note|telegram|cable|statement|speech|message)\b",
    re.I,
)
# “…,” she said on Friday: the clause behind a quotation, up to what it goes on with.
_FOLLOWS = re.compile(
    r"\s{1,3}[^.!?\n“\"]{0,120}?\b(?:said|says|told|wrote|writes|tweeted|posted|added|warned|declared|announced)\b"
    r"[^.!?\n“\"]{0,120}"
)
_STOPS = re.compile(r"[.!?]\s|\n")
_LONGEST = 200  # characters from the start of a sentence to the quotation that it leads to


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, where the clause that leads to it begins, and where the one behind it ends."""

    start: int
    end: int
    lead: int
    trail: int


def quotations_of(text: str) -> tuple[Quoted, ...]:
    """The quotations that a clause with a word of writing or saying leads to or goes on from, in order."""
    found = []
    for quote in _QUOTE.finditer(text):
        before = text[max(0, quote.start() - _LONGEST) : quote.start()]
        begun = max((m.end() for m in _STOPS.finditer(before)), default=0)
        if before.rstrip().endswith((":", ",")) and _LEADS.search(before, begun):
            found.append(Quoted(quote.start(), quote.end(), quote.start() - len(before) + begun, quote.end()))
        elif quote[1].endswith(",") and (behind := _FOLLOWS.match(text, quote.end())):
            found.append(Quoted(quote.start(), quote.end(), quote.start(), behind.end()))
    return tuple(found)


def quotation_at(at: int, quotations: Sequence[Quoted]) -> Quoted | None:
    """The quotation that holds a place of the text, if any."""
    return next((q for q in quotations if q.start < at < q.end), None)


def said_behind(around: Quoted, phrases: Sequence[Phrase]) -> Phrase | None:
    """The one phrase of the clause behind a quotation: “we go tomorrow,” he said | on Friday |."""
    if around.trail == around.end:
        return None
    told = [p for p in phrases if around.end <= p.start < around.trail]
    return told[0] if len(told) == 1 else None


def in_quotation(context: Context, around: Quoted, done: Sequence[Read], behind: Period | None) -> Context:
    """The context of a phrase in a quotation whose clause names a day: its deictic words count from that day.

    Arguments: the phrase's context; the quotation; what was read before it; the day that the clause behind names.
    """
    if context.narrative:
        return context
    told = [r.reading.period for r in done if around.lead <= r.start and r.end <= around.start]
    days = [p for p in (*told, behind) if p is not None and p.unit == "day" and p.year is not None]
    return context if len(days) != 1 else replace(context, published=days[0], running=None)
