"""Phrases that are counted from an event of the article.

“five weeks after the conflict began”, “the day after the vote”, “early days of the war”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from ingest.reading.english.times.anchoring import nth
from ingest.reading.english.times.anchoring.families import family
from ingest.reading.english.times.anchoring.links import (
    CLASSES,
    EventWord,
    Links,
    Phase,
    as_event,
    happening,
    onset_of,
    phase_of,
)
from ingest.reading.english.times.kinds.ago import offset
from ingest.reading.english.times.kinds.durations import duration_value
from ingest.reading.english.times.kinds.readings import Reading, dated
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import UNITS, number
from ingest.reading.findings import Anchor
from ingest.reading.findings import Span as Offsets
from ingest.reading.periods import ORDER, Period, Unit

_AFTER = re.compile(r"\s{1,3}(?P<dir>after|before|following|into|since)\s{1,3}(?=\w)", re.I)
_WITHIN = re.compile(r"(?P<dir>after|before)\s{1,3}(?=\w)", re.I)
_NOUNS = sorted(
    {w for w in CLASSES if w not in ("invade", "annex", "topple", "assassinate", "fighting")}, key=len, reverse=True
)
PHASE = re.compile(
    r"\b(?:the\s+)?(?:(?:very\s+)?(?:early|first|opening|initial)\s+(?P<part>days?|weeks?|months?|stages?|phases?|hours)"
    r"|start|beginning|outbreak|onset)\s+of\s+"
    rf"(?P<event>(?:the|this|that|its|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<noun>{'|'.join(_NOUNS)}))s?\b",
    re.I,
)
_SPANNING = re.compile(
    r"(?:\bfor|\b(?:in|for|over|within|during|throughout)\s+the(?:\s+\w+)?|\bwithin|\bthroughout)\s+\Z", re.I
)
_UNREAL = frozenset(["would", "could", "might", "may", "should", "will"])
_CLAUSE_LIMIT = 9
_STARTS = frozenset(["start", "beginning", "outbreak", "onset", "opening", "launch"])
_ENDS = frozenset(["end", "conclusion", "close", "finish"])
_STOPPERS = frozenset(["and", "but", "that", "which", "who"])
# What an untold number of units leaves certain: the day for hours, the month for days, and so on.
_COARSER: dict[str, Unit] = {"second": "day", "minute": "day", "hour": "day", "day": "month", "week": "month",
                             "fortnight": "month", "weekend": "month", "month": "year", "quarter": "year",
                             "year": "decade", "decade": "century"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A length of time and the event it is counted from; `end` is where the event's words end."""

    start: int
    end: int
    phrase: Phrase
    direction: str
    event: EventWord

    @property
    def key(self) -> str:
        """What names the expression before all are numbered."""
        return f"@{self.start}"


def counted_from_event(phrase: Phrase, text: str, doc: Doc) -> Counted | None:
    """The event that a length of time is followed by (“after the conflict began”); None when none is named."""
    found = _direction(phrase, text)
    genitive = nth.owner(phrase, doc) if phrase.kind in nth.KINDS and found is None else None
    if genitive is not None:
        return Counted(phrase.start, phrase.end, phrase, "of", as_event(genitive))
    if found is None:
        return None
    span = doc.char_span(*found.span("dir"), alignment_mode="expand")
    if span is None or span[-1].i + 1 >= len(doc):
        return None
    word = _anchor_word(span.root)
    if word is None or _lasting(phrase, text) or any(c.lower_ in _UNREAL for c in word.token.head.children):
        return None
    return Counted(_number_start(phrase, text), _clause_end(word.token), phrase, found["dir"].lower(), word)


def _lasting(phrase: Phrase, text: str) -> bool:
    """“For two years after the war”, “in the two days before the vote”: how long, not when."""
    return _SPANNING.search(text, max(0, phrase.start - 24), phrase.start) is not None


def _direction(phrase: Phrase, text: str) -> re.Match[str] | None:
    """The “after” or “before” of the phrase: behind its length of time, or its own last word."""
    if phrase.kind in ("duration", "duration_vague"):
        return _AFTER.match(text, phrase.end)
    if phrase.kind in nth.KINDS:
        return nth.OF.match(text, phrase.end) or nth.SINCE.match(text, phrase.end)
    own = {"ago": "dir", "unit_after": "rel"}.get(phrase.kind, "")
    if phrase.get(own) not in ("after", "before"):
        return None
    return _WITHIN.match(text, phrase.end - len(phrase.get(own)))


def _anchor_word(direction: Token) -> EventWord | None:
    """The event that “after” governs by the parse; where the parse has none, the first event word behind it."""
    noun = next((c for c in direction.rights if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)
    if noun is not None and noun.i - direction.i <= _CLAUSE_LIMIT and _plain(direction, noun):
        return _of_noun(noun)
    if direction.lower_ == "of":
        return None
    verb = next((c for c in direction.rights if c.dep_ == "pcomp" and c.pos_ == "VERB"), None)
    if direction.dep_ in ("mark", "advmod") and direction.head.i > direction.i:
        verb = direction.head
    if verb is not None and verb.pos_ in ("VERB", "AUX") and verb.i - direction.i <= _CLAUSE_LIMIT:
        return _of_clause(verb)
    return next(_listed_behind(direction), None)


def _plain(direction: Token, noun: Token) -> bool:
    return not any(t.is_punct and t.text not in "’'-“”\"" for t in direction.doc[direction.i + 1 : noun.i])


def _of_noun(noun: Token) -> EventWord | None:
    phase: Phase = "begin" if noun.lemma_ in _STARTS else "end" if noun.lemma_ in _ENDS else ""
    inner = next((g for c in noun.rights if c.lower_ == "of" for g in c.rights if g.dep_ == "pobj"), None)
    if phase and inner is not None:
        return _with_phase(as_event(inner), phase)
    word = as_event(noun)
    return word if noun.pos_ == "NOUN" or word.named else None


def _of_clause(verb: Token) -> EventWord | None:
    """A clause's event: its verb, or the noun that the verb only says to begin, to end or to happen."""
    phase = phase_of(verb)
    if not phase and not happening(verb):
        return as_event(verb)
    roles = {c.dep_: c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.pos_ == "NOUN"}
    nouns = [roles[dep] for dep in ("dobj", "nsubjpass", "nsubj") if dep in roles]
    listed = [n for n in nouns if as_event(n).named]
    chosen = next(iter(listed or nouns), None)
    if chosen is None:
        return as_event(verb)
    return _with_phase(as_event(chosen), phase)


def _with_phase(word: EventWord, phase: Phase) -> EventWord:
    return replace(word, phase=phase)


def _listed_behind(direction: Token) -> Iterator[EventWord]:
    for token in direction.doc[direction.i + 1 : min(direction.sent.end, direction.i + 1 + _CLAUSE_LIMIT)]:
        if token.is_punct or token.lower_ in _STOPPERS:
            return
        if token.lemma_.lower() in CLASSES:
            yield as_event(token)


def _number_start(phrase: Phrase, text: str) -> int:
    """Where the number begins: “only”, “about” before it are no part of a date counted from an event."""
    words = phrase.get("n")
    found = (
        re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.I).search(text, phrase.start, phrase.end) if words else None
    )
    return found.start() if found else phrase.start


def _clause_end(token: Token) -> int:
    """Where the event's words end: its verb when there is one close by, else the noun with its “of X”."""
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


def read_counted(counted: Counted, links: Links, history: bool) -> Reading | None:
    """The event's date moved by the length of time; None when the article does not date the event.

    A history tells of many events of one class: there only what it has dated before the phrase counts, the nearest
    first. “The day after the battle” needs the battle's day; from its month it would be no day.
    """
    fitting = links.of(counted.event)
    if counted.event.first_told:
        fitting = [k for k in fitting if k.word.span >= counted.event.span]
    if counted.event.token.pos_ == "VERB" and not counted.event.named and not counted.event.parties:
        # "a year after he had been sworn in" is not another's oath, which is told only further on
        fitting = [k for k in fitting if k.pinned or k.word.span <= counted.event.span]
    if history:
        told = [k for k in fitting if not k.pinned and k.word.span[0] < counted.start]
        last = max((k.word.span for k in told), default=None)
        fitting = [*(k for k in fitting if k.pinned), *(k for k in told if k.word.span == last)]
    link = onset_of(counted.event, fitting, counted.direction)
    made = _moved(counted, link.period) if link is not None else None
    if link is None or made is None or (counted.phrase.kind in _EXACT and not _fine(link.period, counted)):
        return None
    token = counted.event.token
    anchor = Anchor("event", link.period.edtf(), (token.idx, token.idx + len(token)), link.key or None)
    by_hand = ", date of the event as corrected by hand" if link.pinned else ""
    named = f"“{token.text}”" if token.pos_ == "VERB" else f"the {token.lower_}"
    rule = f"{length_of(counted)} {counted.direction} {named}{by_hand}"
    about = link.approximate or counted.phrase.kind not in _EXACT
    return Reading("DATE", made.timex(), rule, made, about, "event", made.edtf(about), anchor)


_EXACT = frozenset(("unit_after", *nth.KINDS))


def _fine(base: Period, counted: Counted) -> bool:
    unit = UNITS[counted.phrase.get("unit")]
    return unit not in ORDER or ORDER.index(base.unit) >= ORDER.index(unit)


def length_reading(counted: Counted, reading: Reading) -> Reading:
    """The length of time alone, where the words of its event are another expression's (“two days after Monday's vote”).

    It keeps its own TIMEX3 value and has the date it leads to, as `read_from_date` gives it.
    """
    words, unit = counted.phrase.get("n"), UNITS[counted.phrase.get("unit")]
    if counted.phrase.kind in _EXACT or reading.circular:
        return reading
    return replace(reading, type="DURATION", value=duration_value(number(words) if words else None, unit))


def length_of(counted: Counted) -> str:
    """The length of time in words: “two days”, “the day”."""
    phrase = counted.phrase
    if phrase.kind in nth.KINDS:
        return nth.named(phrase)
    return " ".join(
        w for w in (phrase.get("n") or ("the" if phrase.kind == "unit_after" else ""), phrase.get("unit")) if w
    )


def _moved(counted: Counted, base: Period) -> Period | None:
    if counted.phrase.kind in nth.KINDS:
        return nth.numbered(counted.phrase, base)
    words, unit = counted.phrase.get("n"), UNITS[counted.phrase.get("unit")]
    amount = 1.0 if counted.phrase.kind == "unit_after" else number(words) if words else None
    if amount is None:
        return base.widen(_COARSER.get(unit, "century")) or base
    signed = -amount if counted.direction == "before" else amount
    # "The week after the vote" is a week, "a week after the vote" a day.
    return base.shift(int(signed), unit) if counted.phrase.kind == "unit_after" else _move(base, signed, unit)


def _move(base: Period, amount: float, unit: str) -> Period | None:
    if unit in ("second", "minute", "hour"):
        days = round(amount / 24) if unit == "hour" else 0
        return base.shift(days, "day") if base.unit == "day" else base
    if base.unit == "day" and unit in ("week", "fortnight"):
        return base.shift(round(amount * (14 if unit == "fortnight" else 7)), "day")
    made = offset(base, amount, unit, "", "event")
    return made.period if made and made.period else base


def direction_to(phrase: Phrase, following: Phrase, text: str) -> str:
    """The “after” or “before” that ties a length of time to the date right behind it; "" when none does."""
    found = _direction(phrase, text)
    if found is None or following.start not in (found.end(), found.end() + 4):
        return ""
    between = text[found.end() : following.start].lower()
    return found["dir"].lower() if between in ("", "the ") and not _lasting(phrase, text) else ""


def read_from_date(phrase: Phrase, direction: str, date: Reading, span: Offsets, text: str) -> Reading | None:
    """“Two days after 24 February 2022”, “the day before Christmas”: counted from the expression at `span`.

    A length of time keeps its own TIMEX3 value (TimeML 1.2.1, beginPoint and endPoint) and gets the date it leads to.
    """
    words, unit = phrase.get("n"), UNITS[phrase.get("unit")]
    if phrase.kind in nth.KINDS:
        then = nth.numbered(phrase, date.period) if date.period is not None else None
        said = " ".join(text[slice(*span)].split())
        made = dated(then, f"{nth.named(phrase)} of “{said}”", "event")
        return replace(made, anchor=Anchor("time", date.edtf, span, f"@{span[0]}")) if made else None
    amount = 1.0 if phrase.kind == "unit_after" else number(words) if words else None
    if amount is None or date.period is None or date.period.year is None:
        return None
    signed = -amount if direction == "before" else amount
    moved = date.period.shift(int(signed), unit) if phrase.kind == "unit_after" else _move(date.period, signed, unit)
    if moved is None:
        return None
    anchor = Anchor("time", date.edtf, span, f"@{span[0]}")
    lead = words or "the"
    rule = f"{lead} {phrase.get('unit')} {direction} “{' '.join(text[slice(*span)].split())}”"
    if phrase.kind == "unit_after":
        made = dated(moved, rule, "event", date.approximate)
        return replace(made, anchor=anchor) if made else None
    value = duration_value(amount, unit)
    return Reading("DURATION", value, rule, None, True, "event", moved.edtf(True), anchor)


def read_phase(noun: str, start: int, part: str, doc: Doc, links: Links) -> Reading | None:
    """“Early days of the war”: about the year in which the article says the event began; its first day is that day.

    Arguments: the event's noun, and where it stands; what of it is told (“day”, “hours”), "" for its beginning; the
    parse; the dates of its events.
    """
    span = doc.char_span(start, start + len(noun), alignment_mode="expand")
    if span is None:
        return None
    word = EventWord(span.root, CLASSES[noun.lower()], family(noun.lower(), True), phase="begin")
    link = onset_of(word, links.of(word))
    year = link.period.widen("year") if link else None
    if link is None or year is None:
        return None
    by_hand = ", as corrected by hand" if link.pinned else ""
    rule = f"beginning of an event that the article dates{by_hand}"
    if part in ("day", "hours") and link.period.unit == "day":
        of_day = dated(link.period, rule, "event", approximate=link.approximate)
        anchor = Anchor("event", link.period.edtf(), link.word.span, link.key or None)
        return replace(of_day, anchor=anchor) if of_day else None
    made = dated(year, rule, "event", approximate=True)
    anchor = Anchor("event", link.period.edtf(), link.word.span, link.key or None)
    return Reading(made.type, made.value, made.rule, made.period, True, "event", made.edtf, anchor) if made else None
