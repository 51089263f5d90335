"""Which dates carry a story on, so that the next bare month or "two days later" leans on them, and which are asides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from ingest.annotate import Annotated
from ingest.findings import Anchor
from ingest.times.grammar import Phrase
from ingest.times.periods import ORDER, Period
from ingest.times.readings import Reading
from ingest.times.situation import tokens_of

_LONGEST_HEADING = 30
_UNREAL = frozenset(("would", "could", "might", "will", "may", "should"))
_HEADING = re.compile(r"(?:\A|\n[^\S\n]*\n)[^\S\n]*([^\n]{2,80}[^\n.!?;,:])[^\S\n]*(?=\n)")
_YEAR = re.compile(r"(?<![\d–-])(?:1\d{3}|20\d\d)(?![\d–-])")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text under a heading that names one year."""

    start: int
    year: int | None


def sections_of(text: str) -> tuple[Section, ...]:
    """The headings that name a year, in order; one that names several ends the section and names none."""
    found = []
    for heading in _HEADING.finditer(text):
        years = set(re.findall(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)", heading[1]))
        if years and len(heading[1].split()) <= 12:
            found.append(
                Section(heading.end(), int(years.pop()) if len(years) == 1 and _YEAR.search(heading[1]) else None)
            )
    return tuple(found)


def section_year(sections: tuple[Section, ...], offset: int) -> int | None:
    """The year of the section that holds `offset`; None outside."""
    inside = [s for s in sections if s.start <= offset]
    return inside[-1].year if inside else None


@dataclass(frozen=True, slots=True)
class Read:
    """A phrase with its reading and what it was counted from."""

    start: int
    end: int
    phrase: Phrase | None
    reading: Reading
    anchor: Anchor | None = None


def carries(item: Read, running: Read | None, annotated: Annotated) -> bool:
    """Whether the date moves the story on.

    A decade, a century or an open date does not; nor does another year that is only an aside: in parentheses, in a
    clause told as
    earlier (“had invaded”, “who was born in”), or hanging on a noun (“the campaign planned for 1976”). A heading
    always does.
    """
    period = item.reading.period
    if (
        item.reading.type not in ("DATE", "TIME")
        or period is None
        or period.year is None
        or period.unit in ("decade", "century")
    ):
        return False
    before = running.reading.period if running else None
    if running is None or before is None or before.year is None:
        return True
    if before.year == period.year:
        return not _coarser(period, before) or annotated.passage_at(running.start) != annotated.passage_at(item.start)
    span = tokens_of(annotated.doc, item.start, item.end)
    sentence = annotated.passages[annotated.passage_at(item.start)]
    if span is None or _heading(sentence):
        return True
    return not _aside(span, sentence.start_char, annotated.text, period, before)


def _coarser(period: Period, other: Period) -> bool:
    return ORDER.index(period.unit) < ORDER.index(other.unit)


def _heading(sentence: Span) -> bool:
    return len(sentence) <= 6 or (
        len(sentence) <= _LONGEST_HEADING and not any(t.pos_ in ("VERB", "AUX") for t in sentence)
    )


def _aside(span: Span, sentence_start: int, text: str, period: Period, before: Period) -> bool:
    token = span.root
    opening = text.rfind("(", max(sentence_start, span.start_char - 300), span.start_char)
    if opening >= 0 and text.find(")", opening, span.start_char) < 0:
        return True
    back = (period.year or 0) < (before.year or 0)
    verb = _clause_verb(token)
    if verb is None:
        return False
    if back and any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux"):
        return True
    if verb.dep_ in ("relcl", "acl", "advcl") and (back or period.unit == "year"):
        return True
    if any(c.lower_ in _UNREAL for c in verb.children if c.dep_ == "aux") or _until(token):
        return True
    return _on_noun(token) and period.unit == "year"


def _until(token: Token) -> bool:
    return token.head.lower_ in ("until", "till") or any(
        a.lower_ in ("until", "till") for a in token.ancestors if a.dep_ in ("prep", "mark")
    )


def _clause_verb(token: Token) -> Token | None:
    for _ in range(10):
        if token.head is token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _on_noun(token: Token) -> bool:
    """Whether the date hangs on a noun that is not itself the time of the clause."""
    above = token.head
    if above.dep_ == "prep" or above.pos_ == "ADP":
        above = above.head
    return above.pos_ in ("NOUN", "PROPN") and above is not token
