"""“$30,000 a year”, “60 hours a week”: a length of time that says how often, not how long.

TIMEX3 calls it a SET (TimeML 1.2.1); a speed ("60 miles an hour") is no time at all (TimeML guidelines of TempEval-2).
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import token_before, tokens_of

_WINDOW = 48
_NUMBER = r"(?:[$€£¥]\s?)?\d[\d,.]*(?:\s?(?:million|billion|trillion|thousand|hundred|bn|m|k))?"
_AMOUNT = re.compile(rf"(?<![\w.,])(?:US|A|C)?{_NUMBER}(?:\s(?:[a-z-]+\s){{0,2}}[a-z-]+|\s?%)?\s$", re.I)
_SPEED = re.compile(r"\b(?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet|knots)\s$", re.I)
_COUNTED_ON = re.compile(r"\s{1,2}(?:after|before|since|later|earlier|ago|from|into)\b", re.I)
_SPEED_UNITS = frozenset(("hour", "minute", "second"))


def rated(phrase: Phrase, text: str, doc: Doc) -> Phrase | None:
    """The phrase, as a SET where it says how often an amount comes; None for the hour of a speed."""
    rate = phrase.kind == "set_every" and not phrase.get("wd")
    if not rate and (phrase.kind != "duration" or phrase.get("n") not in ("a", "an") or phrase.get("hyphen") == "-"):
        return phrase
    before = text[max(0, phrase.start - _WINDOW) : phrase.start]
    if phrase.get("unit") in _SPEED_UNITS and _SPEED.search(before):
        return None
    if rate or not _AMOUNT.search(before) or _COUNTED_ON.match(text, phrase.end) or phrase.get("half"):
        return phrase
    span = tokens_of(doc, phrase.start, phrase.end)
    last = token_before(span) if span is not None else None
    if last is None or last.pos_ not in ("NOUN", "PROPN", "NUM", "SYM"):
        return phrase
    return replace(phrase, kind="set_every", fields={"unit": phrase.get("unit")})
