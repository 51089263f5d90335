"""Whose today it is inside quotation marks: that of the day on which it was written or said, where that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.readings import Context

_QUOTE = re.compile(r"[“\"]([^“”\"]{2,1500})[”\"]")
_LEADS = re.compile(
    r"\b(?:wrote|writes|write|said|told|noted|posted|tweeted|recorded|reads?|ran|warned|declared|letter|diary|entry"
    r"|email|e-mail|memo|note|telegram|cable|statement|speech|message)\b",
    re.I,
)
_STOPS = re.compile(r"[.!?]\s|\n")
_LONGEST = 200  # characters from the start of a sentence to the quotation that it leads to


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, and where the clause that leads to it begins."""

    start: int
    end: int
    lead: int


def quotations_of(text: str) -> tuple[Quoted, ...]:
    """The quotations that a clause with a word of writing or saying leads to, in order."""
    found = []
    for quote in _QUOTE.finditer(text):
        before = text[max(0, quote.start() - _LONGEST) : quote.start()]
        begun = max((m.end() for m in _STOPS.finditer(before)), default=0)
        if before.rstrip().endswith((":", ",")) and _LEADS.search(before, begun):
            found.append(Quoted(quote.start(), quote.end(), quote.start() - len(before) + begun))
    return tuple(found)


def in_quotation(context: Context, at: int, done: Sequence[Read], quotations: Sequence[Quoted]) -> Context:
    """The context of a phrase in a quotation whose clause names a day: its deictic words count from that day.

    Arguments: the phrase's context and place; what was read before it; the quotations of the text.
    """
    around = next((q for q in quotations if q.start < at < q.end), None)
    if around is None or context.narrative:
        return context
    told = [r.reading.period for r in done if around.lead <= r.start and r.end <= around.start]
    days = [p for p in told if p is not None and p.unit == "day" and p.year is not None]
    return context if len(days) != 1 else replace(context, published=days[0], running=None)
