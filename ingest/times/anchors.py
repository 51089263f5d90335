"""Phrases that are counted from an event of the article.

“five weeks after the conflict began”, “early days of the war”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.findings import Anchor
from ingest.times.grammar import Phrase
from ingest.times.links import CLASSES, EventWord, Link, as_event, onset_of
from ingest.times.periods import Period
from ingest.times.readings import Reading, dated
from ingest.times.relative import offset
from ingest.times.words import UNITS, number

_AFTER = re.compile(r"\s{1,3}(?P<dir>after|before|following|into|since)\s{1,3}(?=\w)", re.I)
_NOUNS = sorted(
    {w for w in CLASSES if w not in ("invade", "annex", "topple", "assassinate", "fighting")}, key=len, reverse=True
)
PHASE = re.compile(
    r"\b(?:the\s+)?(?:(?:very\s+)?(?:early|first|opening|initial)\s+(?:days?|weeks?|months?|stages?|phases?|hours)|start|beginning|outbreak|onset)\s+of\s+"
    rf"(?P<event>(?:the|this|that|its|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<noun>{'|'.join(_NOUNS)}))s?\b",
    re.I,
)
_CLAUSE_LIMIT = 9


@dataclass(frozen=True, slots=True)
class Counted:
    """A length of time and the event it is counted from; `end` is where the event's words end."""

    start: int
    end: int
    phrase: Phrase
    direction: str
    event: EventWord


def counted_from_event(phrase: Phrase, text: str, doc: Doc) -> Counted | None:
    """The event that a length of time is followed by (“after the conflict began”); None when none is named."""
    if phrase.kind not in ("duration", "ago") or (
        phrase.kind == "ago" and phrase.get("dir") not in ("after", "before")
    ):
        return None
    stop = phrase.end if phrase.kind == "duration" else phrase.end - len(phrase.get("dir")) - 1
    found = _AFTER.match(text, stop)
    if found is None:
        return None
    first = doc.char_span(found.end(), found.end() + 1, alignment_mode="expand")
    if first is None:
        return None
    sentence_end = first[0].sent.end
    window = list(doc[first[0].i : min(sentence_end, first[0].i + _CLAUSE_LIMIT)])
    for token in window:
        if token.is_punct or token.lower_ in ("and", "but", "that", "which", "who"):
            return None
        word = as_event(token)
        if word is not None:
            return Counted(_number_start(phrase, text), _clause_end(token), phrase, found["dir"].lower(), word)
    return None


def _number_start(phrase: Phrase, text: str) -> int:
    """Where the number begins: “only”, “about” before it are no part of a date counted from an event."""
    words = phrase.get("n")
    at = text.lower().find(words, phrase.start, phrase.end) if words else -1
    return at if at >= 0 else phrase.start


def _clause_end(token: Token) -> int:
    """Where the event's words end: its verb of beginning when there is one, else the noun with its “of X”."""
    verb = token.head
    if (
        token.dep_ in ("nsubj", "nsubjpass")
        and verb.i - token.i <= 4
        and verb.pos_ in ("VERB", "AUX")
        and verb.i > token.i
    ):
        return verb.idx + len(verb)
    last = token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in"):
            inside = [t for t in child.subtree if t.ent_type_ in ("GPE", "LOC")]
            last = inside[0] if inside and inside[0].i - token.i <= 3 else last
    return last.idx + len(last)


def read_counted(counted: Counted, links: list[Link], history: bool) -> Reading | None:
    """The event's date moved by the length of time; None when the article does not date the event.

    A history tells of many events of one class: there only what it has dated before the phrase counts, the nearest
    first.
    """
    if history:
        links = [link for link in links if link.event == counted.event.event and link.span[0] < counted.start][-1:]
    link = onset_of(counted.event.event, counted.event.names, links)
    words = counted.phrase.get("n")
    amount = number(words) if words else None
    if link is None or amount is None:
        return None
    unit = UNITS[counted.phrase.get("unit")]
    signed = -amount if counted.direction == "before" else amount
    made = _move(link.period, signed, unit)
    if made is None:
        return None
    token = counted.event.token
    anchor = Anchor("event", link.period.edtf(), (token.idx, token.idx + len(token)), link.key)
    rule = f"{words} {counted.phrase.get('unit')} {counted.direction} the {token.lemma_.lower()}"
    return Reading("DATE", made.timex(), rule, made, True, "event",
                   made.edtf(approximate=True), anchor)  # fmt: skip


def _move(base: Period, amount: float, unit: str) -> Period | None:
    if base.unit == "day" and unit in ("week", "fortnight"):
        return base.shift(round(amount * (14 if unit == "fortnight" else 7)), "day")
    made = offset(base, amount, unit, "", "event")
    return made.period if made and made.period else base


def read_phase(noun: str, start: int, links: list[Link]) -> Reading | None:
    """“Early days of the war”: about the year in which the article says the event began."""
    link = onset_of(CLASSES[noun.lower()], frozenset(), links)
    year = link.period.widen("year") if link else None
    if link is None or year is None:
        return None
    made = dated(year, "beginning of an event that the article dates", "event", approximate=True)
    anchor = Anchor("event", link.period.edtf(), link.span, link.key)
    return Reading(made.type, made.value, made.rule, made.period, True, "event", made.edtf, anchor) if made else None
