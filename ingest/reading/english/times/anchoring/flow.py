"""Which dates carry a story on, so that the next bare month or "two days later" leans on them, and which are asides."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.kinds.readings import Context, Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import tokens_of
from ingest.reading.findings import Anchor
from ingest.reading.periods import ORDER, Period

# "The first ten months of 1915" is a time of the clause, as 1915 alone would be.
_STRETCHES = frozenset(["day", "week", "month", "year", "quarter", "half", "part", "course", "rest", "season"])
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
    """The headings, in order; one that names several years or none ends the section before it and names none."""
    found = []
    for heading in _HEADING.finditer(text):
        years = set(re.findall(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)", heading[1]))
        if len(heading[1].split()) <= 12:
            found.append(
                Section(heading.end(), int(years.pop()) if len(years) == 1 and _YEAR.search(heading[1]) else None)
            )
    return tuple(found)


def section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """The section that holds `offset`; None before the first."""
    number = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[number - 1] if number else None


@dataclass(frozen=True, slots=True)
class Read:
    """A phrase with its reading and what it was counted from."""

    start: int
    end: int
    phrase: Phrase | None
    reading: Reading
    anchor: Anchor | None = None


def carries(item: Read, running: Read | None, annotated: Annotated, opening: bool = False) -> bool:
    """Whether the date moves the story on.

    A decade, a century or an open date does not, nor “that year” after a day of it; nor does another year that is only
    an aside: in parentheses, in a clause told as earlier (“had invaded”, “who was born in”), or hanging on a noun
    (“the campaign planned for 1976”). A heading always does, and so does the first date under one, `opening`.
    """
    period = item.reading.period
    if (
        item.reading.circular
        or item.reading.type not in ("DATE", "TIME")
        or period is None
        or period.year is None
        or period.unit in ("decade", "century")
    ):
        return False
    before = running.reading.period if running else None
    if running is None or before is None or before.year is None:
        return True
    if before.year == period.year:
        if item.reading.basis == "running" and _coarser(period, before) and before.widen(period.unit) == period:
            return False
        return not _coarser(period, before) or annotated.passage_at(running.start) != annotated.passage_at(item.start)
    span = tokens_of(annotated.doc, item.start, item.end)
    sentence = annotated.passages[annotated.passage_at(item.start)]
    if span is None or _heading(sentence):
        return True
    if opening and stated(item):
        return not _in_parentheses(span, sentence.start_char, annotated.text)
    return not _looks_back(item, period, before) and not _aside(
        span, sentence.start_char, annotated.text, period, before
    )


def stated(item: Read) -> bool:
    """Whether the words themselves name a year."""
    return item.phrase is not None and bool((item.phrase.inner or item.phrase).get("y"))


def _looks_back(item: Read, period: Period, before: Period) -> bool:
    """“Two years ago”, “a decade earlier”: what the story remembers, not where it goes."""
    phrase = item.phrase
    return phrase is not None and phrase.kind == "ago" and (period.year or 0) < (before.year or 0)


def _coarser(period: Period, other: Period) -> bool:
    return ORDER.index(period.unit) < ORDER.index(other.unit)


def _heading(sentence: Span) -> bool:
    return len(sentence) <= 6 or (
        len(sentence) <= _LONGEST_HEADING and not any(t.pos_ in ("VERB", "AUX") for t in sentence)
    )


def _aside(span: Span, sentence_start: int, text: str, period: Period, before: Period) -> bool:
    token = span.root
    if _in_parentheses(span, sentence_start, text):
        return True
    back = (period.year or 0) < (before.year or 0)
    if back and (_names_a_thing(token) or _compared(token)):
        return True
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


def _in_parentheses(span: Span, sentence_start: int, text: str) -> bool:
    opening = text.rfind("(", max(sentence_start, span.start_char - 300), span.start_char)
    return opening >= 0 and text.find(")", opening, span.start_char) < 0


def _names_a_thing(token: Token) -> bool:
    """“The August 1792 uprising”: the date only says which one is meant."""
    return token.head.pos_ == "NOUN" and token.head.i > token.i and token.dep_ in ("compound", "nmod", "amod", "poss")


def _compared(token: Token) -> bool:
    """“As in 1614”, “than in 1914”: an earlier case put beside the one told of."""
    nodes = [token.head, token.head.head] if token.head.pos_ == "ADP" else [token.head]
    return any(node.lower_ in ("as", "than", "like", "unlike") for node in nodes)


def _until(token: Token) -> bool:
    return token.head.lower_ in ("until", "till") or any(
        a.lower_ in ("until", "till") for a in token.ancestors if a.dep_ in ("prep", "mark")
    )


def _clause_verb(token: Token) -> Token | None:
    for _ in range(10):
        if token.head.i == token.i:
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
    if above.lemma_.lower() in _STRETCHES:
        return False
    return above.pos_ in ("NOUN", "PROPN") and above.i != token.i


class Story:
    """Where the telling stands: the last date that carried it on, and the one it came from.

    A history goes forward in time and comes back from what it looks at in passing: at a new paragraph a lone date out
    of line with the one before and the next year named is left behind.
    """

    def __init__(self, phrases: Sequence[Phrase], annotated: Annotated, history: bool) -> None:
        self._phrases, self._annotated, self._history = phrases, annotated, history
        self._sections = sections_of(annotated.text) if history else ()
        self._opened: Section | None = None
        self._running: Read | None = None
        self._before: Read | None = None  # the last date of another year
        self._alone = False  # whether the running date is the only one of its year since
        self._next_years = self._years_after()

    def _years_after(self) -> list[int | None]:
        years: list[int | None] = []
        following: int | None = None
        for phrase in reversed(self._phrases):
            years.append(following)
            named = (phrase.inner or phrase).get("y")
            if named.isdigit() and len(named) == 4 and not (phrase.inner or phrase).get("era"):
                following = int(named)
        return years[::-1]

    def take(self, item: Read) -> None:
        """Go on to `item` if it carries the story."""
        section = section_at(self._sections, item.start)
        opening = section is not None and section is not self._opened
        if not carries(item, self._running, self._annotated, opening):
            return
        self._opened = section
        other_year = self._running is not None and _year_of(self._running) != _year_of(item)
        self._before, self._alone = (self._running, True) if other_year else (self._before, False)
        self._running = item

    def before(self, index: int) -> Read | None:
        """The date that the phrase number `index` leans on."""
        if self._history and self._alone and self._astray(index):
            self._running, self._before, self._alone = self._before, None, False
        return self._running

    def _astray(self, index: int) -> bool:
        running, before, named = self._running, self._before, self._next_years[index]
        if running is None or before is None or named is None:
            return False
        if "\n" not in self._annotated.text[running.end : self._phrases[index].start]:
            return False
        now, then = _year_of(running), _year_of(before)
        return then <= named and (named < now or now < then)

    def in_section(self, context: Context, phrase: Phrase) -> Context:
        """At a new paragraph the story is back in the year of its heading, whatever the last one looked ahead to."""
        section = section_at(self._sections, phrase.start)
        if section is None or section.year is None or context.running is None or context.running.year == section.year:
            return context
        if self._running is not None and "\n" not in self._annotated.text[self._running.end : phrase.start]:
            return context
        return replace(context, running=Period("year", section.year))


def _year_of(item: Read) -> int:
    return (item.reading.period.year if item.reading.period else None) or 0
