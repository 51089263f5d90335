"""The date in what somebody asks for: “Istanbul March 2022” asks for Istanbul, and for what happened in March 2022.

Only what names its year is one: “May” may be a name, and what “last week” was depends on the day of asking.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ingest.reading.english.times.kinds.ranges import interval, open_ended, with_shared_words
from ingest.reading.english.times.kinds.readings import Context
from ingest.reading.english.times.kinds.values import read
from ingest.reading.english.times.phrases.grammar import Phrase, find_phrases
from kb.edtf import Edtf
from kb.errors import BadInput

_UNCERTAIN = " (uncertain)"  # as kb.edtf says it
_ABOUT = re.compile(r"(?:about|around|circa|ca?\.)\s+", re.I)
_LEADING = re.compile(
    r"\b(?:in|on|of|from|between|since|until|till|up to|through|during|by|the|around|about)\s+$", re.I
)
_TO = re.compile(r"\s*(?:[-–—]|to|and|till|until|through)\s*", re.I)
_MONTHS = {"month": "month_year", "date": "date", "date_dmy": "date_dmy"}  # kinds that a year can be added to


def written_date(words: str) -> Edtf:
    """The date that somebody wrote into a field: EDTF ("2022-04-10", "2022-03~"), or words with a year, "spring 2022".

    Raises: BadInput when it is no date, or more than one.
    """
    text = words.strip()
    known = Edtf.of(text) or Edtf.of(f"{text.removesuffix(_UNCERTAIN)}?" if text.endswith(_UNCERTAIN) else "")
    if known:
        return known
    about = _ABOUT.match(text)
    found = asked_date(text[about.end() :] if about else text)
    if not found or found[0]:
        raise BadInput(f"“{text}” cannot be read as a date; write 10 April 2022, March 2022, spring 2022, 2014, "
                       "2022-04-10, or 2022-03-27/2022-04-02 for a span")  # fmt: skip
    approximate = Edtf.of(f"{found[1]}~") if about else None
    return approximate or found[1]


def asked_date(words: str) -> tuple[str, Edtf] | None:
    """What was asked for without the date that stands in it, and that date; None where no date with a year does.

    What stands in quotation marks is asked for by its words. Of several dates the first is taken, or the span from one
    to the other: “from March to May 2022”.
    """
    text = re.sub(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]?", lambda found: " " * len(found[0]), words)
    phrases = [p for p in with_shared_words(list(find_phrases(text)), text) if p.kind != "clock"]
    for left, right in pairwise(phrases):
        to = _TO.fullmatch(text, left.end, right.start)
        whole = interval(_value(_with_year_of(left, right)), _value(right)) if to else None
        if whole:
            return _without(words, text, left.start, right.end), whole
    for phrase in phrases:
        value = _value(phrase)
        if value and value.earliest and value.latest:
            return _without(words, text, phrase.start, phrase.end), open_ended(value, text, phrase.start) or value
    return None


def _value(phrase: Phrase) -> Edtf | None:
    if phrase.kind == "numeric" and phrase.get("a") != phrase.get("b") and max(_figures(phrase)) <= 12:
        return None  # 3/4/2022 is March in one country and April in the next
    found = read(phrase, Context(None))
    return found.edtf if found and found.type == "DATE" else None


def _figures(phrase: Phrase) -> tuple[int, int]:
    return int(phrase.get("a")), int(phrase.get("b"))


def _with_year_of(phrase: Phrase, other: Phrase) -> Phrase:
    """The “March” of “March to May 2022” with the year."""
    if phrase.get("y") or not other.get("y") or phrase.kind not in _MONTHS:
        return phrase
    return replace(phrase, kind=_MONTHS[phrase.kind], fields={**phrase.fields, "y": other.get("y")})


def _without(words: str, text: str, start: int, end: int) -> str:
    before = _LEADING.sub("", text[:start])
    return " ".join(f"{words[: len(before)]} {words[end:]}".split())
