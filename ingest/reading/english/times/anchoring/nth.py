"""Days numbered from an event: “the third anniversary of the invasion”, “the war's 720th day”, “day 3 of the talks”."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.readings import Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import UNITS, ordinal
from ingest.reading.periods import Period

KINDS = frozenset(("anniversary", "nth_of", "unit_number"))
OF = re.compile(r"\s{1,3}(?P<dir>of)\s{1,3}(?=\w)", re.I)
SINCE = re.compile(r"\s{1,3}(?P<dir>since)\s{1,3}(?=\w)", re.I)
_BESIDE = re.compile(r",\s{1,3}|\s?[–—]\s?")


def named(phrase: Phrase) -> str:
    """The phrase in words: “third anniversary”, “day 720”."""
    if phrase.kind == "unit_number":
        return f"{phrase.get('unit')} {phrase.get('nth')}"
    return f"{phrase.get('nth')} {phrase.get('anniversary') or phrase.get('unit')}"


def beside(phrase: Phrase, before: Read | None, text: str) -> Reading | None:
    """“On 9 April 2009, the sixth anniversary of the fall”: the date that the phrase stands beside is its own."""
    if before is None or phrase.kind not in KINDS or not _BESIDE.fullmatch(text, before.end, phrase.start):
        return None
    period = before.reading.period
    if period is None or period.unit != "day" or before.reading.type != "DATE":
        return None
    return replace(before.reading, rule=f"{named(phrase)}, the date beside it")


def owner(phrase: Phrase, doc: Doc) -> Token | None:
    """The event whose numbered day it is: the war of “the war's 720th day”; None where no genitive stands before."""
    span = doc.char_span(phrase.start, phrase.end, alignment_mode="expand")
    before = doc[span.start - 1] if span is not None and span.start else None
    if before is None or before.lower_ not in ("'s", "’s", "'", "’") or not before.i:
        return None
    return before.nbor(-1) if before.nbor(-1).pos_ in ("NOUN", "PROPN") else None


def numbered(phrase: Phrase, base: Period) -> Period | None:
    """The day or other unit of that number, the first of which is the event's own; an anniversary to the day.

    Arguments: the phrase; the date of its event. None where the event's date is too coarse for it.
    """
    which = ordinal(phrase.get("nth"))
    if which is None or base.year is None:
        return None
    if phrase.kind != "anniversary":
        return base.shift(which - 1, UNITS[phrase.get("unit")])
    then = replace(base, year=base.year + which)
    return then if then.valid() else replace(then, part=3, day=1)  # of 29 February
