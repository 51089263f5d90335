"""Figures that are no dates: 2014 people, Article 1990, flight 1549, a ratio of 16:9, the 38th parallel."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Span

from ingest.times.grammar import Phrase
from ingest.times.situation import token_after, token_before

# Nouns that a bare four-figure number counts rather than dates.
_COUNTED = frozenset(
    [
        "people",
        "person",
        "man",
        "woman",
        "child",
        "soldier",
        "troop",
        "prisoner",
        "casualty",
        "death",
        "civilian",
        "dollar",
        "euro",
        "pound",
        "mile",
        "kilometer",
        "kilometre",
        "meter",
        "metre",
        "foot",
        "ton",
        "tonne",
        "vote",
        "seat",
        "job",
        "home",
        "house",
        "word",
        "page",
        "copy",
        "point",
        "employee",
        "worker",
        "member",
        "unit",
        "share",
        "vehicle",
        "tank",
        "aircraft",
        "gun",
        "case",
        "infection",
        "victim",
        "student",
        "refugee",
        "km",
        "m",
        "kg",
        "acre",
        "hectare",
        "gallon",
        "barrel",
        "respondent",
        "rouble",
        "ruble",
        "yen",
        "year",
        "day",
        "hour",
        "megawatt",
        "watt",
        "horsepower",
        "men",
        "killed",
        "wounded",
        "dead",
        "injured",
        "others",
        "more",
    ]
)


_LABELS = re.compile(
    r"(?:\b(?:articles?|sections?|chapter|clause|resolution|no|nos|number|room|flight|route|highway|page|pages|pp|p|vol|volume|version|model|building|"
    r"series|form|order|bus|train|channel|windows|office|xbox|boeing|airbus|agenda|suite|apartment|line|lines|verse|psalm|item|lot|id|code|iso|rfc|"
    r"isbn|score[sd]?)\.?\s*#?|[$€£¥#]\s?|\bUS\$\s?)$",
    re.I,
)


# What is measured against a year: "53% of 1913 levels".
_YARDSTICKS = frozenset(["level", "price", "border", "boundary", "standard", "line"])


_RANGE_OF_NUMBERS = re.compile(r"[\d,.%]\s?[-–—]\s?$")


_NOT_YEAR_AFTER = re.compile(
    r"\s?(?:percent|per cent|%|million|billion|thousand|trillion|-strong|km|kg|mm|cm|MW|GB|ft"
    r"|m\b|hours|hrs|UTC|GMT|°|x\s?\d)"
)


def _year(phrase: Phrase, text: str, span: Span) -> bool:
    if _LABELS.search(text[max(0, phrase.start - 25) : phrase.start]) or _NOT_YEAR_AFTER.match(text, phrase.end):
        return True
    if text[phrase.start : phrase.start + 3].lower() == "the":
        return False
    before, after = token_before(span), token_after(span)
    if re.search(r"\bas\s(?:late|early|recently)\sas\s$", text[max(0, phrase.start - 16) : phrase.start]):
        return False
    year = int(phrase.get("y"))
    counted = (
        after is not None
        and (after.lemma_.lower() in _COUNTED or after.lower_ in _COUNTED)
        and after.idx - span.end_char < 3
    )
    if counted and not (
        before is not None
        and before.lower_ in ("in", "since", "during")
        and after is not None
        and after.tag_ not in ("NNS",)
    ):
        return True
    if before is not None and before.lower_ in (
        "in",
        "since",
        "until",
        "during",
        "late",
        "early",
        "mid",
        "circa",
        "by",
        "from",
    ):
        return False
    number = span[-1]
    if before is not None and before.lower_ == "of" and number.head.lemma_ in _YARDSTICKS:
        return False
    if (
        number.dep_ == "nummod"
        and number.head.tag_ == "NNS"
        and number.head.i > number.i
        and not (
            before is not None and before.lower_ in ("the", "'s", "’s", "its", "their", "his", "her", "our", "and")
        )
    ):
        return True
    if before is not None and before.lower_ in (
        "than",
        "over",
        "nearly",
        "almost",
        "some",
        "approximately",
        "only",
        "least",
        "most",
        "another",
        "roughly",
        "x",
    ):
        return True
    return year < 1300 and (
        before is None or before.lower_ not in ("of", "to", "and", "before", "after", "between", "(", "around", "about")
    )


def _short_year(phrase: Phrase, text: str, span: Span) -> bool:
    before = text[max(0, phrase.start - 12) : phrase.start].lower()
    return not re.search(
        r"(?:\b(?:in|of|since|until|by|from|to|and|summer|spring|winter|autumn|fall|class of|the)\s+|[-–]\s?)$", before
    )


def _decade(phrase: Phrase, text: str, span: Span) -> bool:
    digits = phrase.get("dec").strip("'’s")
    if len(digits) > 2:
        return False
    before = text[max(0, phrase.start - 12) : phrase.start].lower()
    following = text[phrase.end : phrase.end + 14].lower()
    if re.search(
        r"\b(?:in|is|are|was|were|into)\s+(?:his|her|their|my|our)\s+(?:(?:early|mid|late)[\s-]+)?$",
        text[max(0, phrase.start - 30) : phrase.start].lower(),
    ):
        return True
    return not (
        text[phrase.start : phrase.start + 3].lower() == "the"
        or re.search(r"(?:the|\bearly|\blate|mid|and|or|['’]?\d0s)[\s,-]+$", before)
    ) or following.startswith(" year")


def _ordinal_day(phrase: Phrase, text: str, span: Span) -> bool:
    after = token_after(span)
    return after is not None and (
        after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or after.lower_ == "of" or after.text[0] in "-–"
    )


def _clock(phrase: Phrase, text: str, span: Span) -> bool:
    if phrase.get("hh2") and not phrase.get("tz") and not phrase.get("hrs"):
        before = token_before(span)
        return phrase.inner is None and (
            before is None
            or before.lower_
            not in (
                "at",
                "by",
                "around",
                "until",
                "from",
                "about",
                "to",
                "before",
                "after",
                "since",
                "between",
                "and",
                "about",
            )
        )
    return False


def _numeric(phrase: Phrase, text: str, span: Span) -> bool:
    return (phrase.get("sep") == "." and len(phrase.get("y")) == 2) or (
        len(phrase.get("y")) == 2
        and _RANGE_OF_NUMBERS.search(text[max(0, phrase.start - 3) : phrase.start]) is not None
    )


VETOES: dict[str, Callable[[Phrase, str, Span], bool]] = {
    "year": _year,
    "short_year": _short_year,
    "decade": _decade,
    "ordinal_day": _ordinal_day,
    "clock": _clock,
    "numeric": _numeric,
}
"""The vetoes on figures, by kind of the grammar."""
