"""Figures that are no dates: 2014 people, Article 1990, flight 1549, a ratio of 16:9, the 38th parallel."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Span, Token

from ingest.reading.english.times.anchoring.entries import opens_entry
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import token_after, token_before

# Months and years of other calendars, whose years are not ours: "27 Rajab 1441", "1402 AH".
_OTHER_CALENDAR = re.compile(
    r"\b(?:Muharram|Safar|Rabi|Jumada|Rajab|Sha['’]?ban|Shawwal|Dhu\W\w+\W\w+|Farvardin|Ordibehesht|Khordad|Tir|Mordad"
    r"|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand|Tishrei|Cheshvan|Kislev|Tevet|Shevat|Adar|Nisan|Iyar|Sivan|Tammuz"
    r"|Elul|Hijri(?:\s+year)?|(?:Persian|Islamic|Hebrew|Jewish|Iranian|Buddhist|Ethiopian)\s+(?:calendar\s+)?year),?\s$"
)
_OTHER_ERA = re.compile(r"\s(?:A\.?H\.?|S\.?H\.?|A\.?M\.?|B\.E\.)(?!\w)")
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
        "block",
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
    r"(?:\b(?:articles?|sections?|extension|h\.?r|chapter|clause|resolution|no|nos|number|room|flight|route|highway|page|pages|pp|p|vol|volume|version|model|building|"
    r"series|form|order|bus|train|channel|windows|office|xbox|boeing|airbus|agenda|horizon|suite|apartment|line|lines|verse|psalm|item|lot|id|code|iso|rfc|"
    r"isbn|score[sd]?)\.?\s*#?(?:\d{1,4}\s?(?:-|–|to|and)\s?)?|[$€£¥#]\s?|\bUS\$\s?)$",
    re.I,
)


# What is measured against a year: "53% of 1913 levels".
_YARDSTICKS = frozenset(["level", "price", "border", "boundary", "standard", "line"])


_RANGE_OF_NUMBERS = re.compile(r"[\d,.%]\s?[-–—]\s?$")


_NOT_YEAR_AFTER = re.compile(
    r"-\d{3}-\d|-(?:year|day|hour|mile|foot|met(?:re|er)|kilomet(?:re|er)|pound|seat|man|member|page|word|acre|room)(?!\w)|"
    r"\s?(?:percent|per cent|%|million|billion|thousand|trillion|-strong|km|kg|mm|cm|MW|GB|ft"
    r"|m\b|sq(?:m|uare)?\b|hours|hrs|UTC|GMT|°|x\s?\d)"
)


# Words that lead to a year, and words that lead to a count.
_LEAD_TO_YEAR = frozenset(["in", "since", "until", "during", "late", "early", "mid", "circa", "by", "from"])
_LEAD_TO_COUNT = frozenset(
    ["than", "over", "nearly", "almost", "some", "approximately", "only", "least", "most", "another", "roughly", "x"]
)
# Without one of these words before it, a number below 1300 is more often a number than a year.
_LEAD_TO_EARLY_YEAR = frozenset(["of", "to", "and", "before", "after", "between", "(", "around", "about"])
_EARLY = 1300
_DETERMINERS = frozenset(["the", "'s", "’s", "its", "their", "his", "her", "our", "and"])
_COLLECTIVES = re.compile(
    r"\b(?:crowd|group|army|force|garrison|fleet|team|band|total|number|population|contingent|detachment|maximum"
    r"|minimum|average|batch|majority|capacity)s?\s+of\s+(?:about\s+|around\s+|some\s+|nearly\s+|over\s+)?$",
    re.I,
)
# A level that moves: “the index fell to 1989”.
_LEVELS = re.compile(
    r"\b(?:fell|rose|climbed|dropped|jumped|slipped|gained|sank|surged|tumbled|plunged|closed|ended)\s+(?:[\d.,]+\s+(?:points?|percent|cents)\s+)?(?:back\s+)?(?:to|at)\s+$",
    re.I,
)
_NEXT_COUNT = re.compile(r"(?:\s(?:to|and|or)\s|\s?[-–]\s?)\d[\d,.]*\s(?P<noun>[a-z]+)", re.I)
_YEAR_BY_CONTEXT = re.compile(r"\bas\s(?:late|early|recently)\sas\s$")


def _year(phrase: Phrase, text: str, span: Span) -> bool:
    """Whether a four-figure number is no year: labelled, counted, measured, or too early."""
    lead = text[max(0, phrase.start - 40) : phrase.start]
    if _OTHER_CALENDAR.search(lead) or _OTHER_ERA.match(text, phrase.end):
        return True
    if _LABELS.search(lead) or _COLLECTIVES.search(lead) or _NOT_YEAR_AFTER.match(text, phrase.end):
        return True
    if text[phrase.start : phrase.start + 8].lower() == "the year" or _YEAR_BY_CONTEXT.search(lead):
        return False
    before, after = token_before(span), token_after(span)
    word = before.lower_ if before is not None else ""
    number = span[-1]
    if _counted(word, after, span) or _counts_with_the_next(text, phrase.end) or _agents(number, word):
        return True
    if word in _LEAD_TO_YEAR or (word in ("of", "at", "to") and number.head.lemma_ in _YARDSTICKS):
        return False
    measured = _LEVELS.search(lead) is not None and not _is_yardstick(after)
    if measured or word in _LEAD_TO_COUNT or _counts_its_head(number, word):
        return True
    if word in ("about", "around") and number.dep_ in ("nsubj", "nsubjpass"):
        return True
    if word == "at" and not _is_yardstick(after):
        return True
    if word == "the" and (after is None or after.is_punct) and number.dep_ not in ("nummod", "compound"):
        return True
    return int(phrase.get("y")) < _EARLY and word not in _LEAD_TO_EARLY_YEAR


def _counted(word: str, after: Token | None, span: Span) -> bool:
    if after is None or after.idx - span.end_char >= 3:
        return False
    if after.lemma_.lower() not in _COUNTED and after.lower_ not in _COUNTED:
        return False
    return word not in ("in", "since", "during") or after.tag_ == "NNS"


def _counts_with_the_next(text: str, end: int) -> bool:
    """“Between 1500 and 2000 people”: the second number says what both count."""
    found = _NEXT_COUNT.match(text, end)
    return found is not None and found["noun"].lower().removesuffix("s") in _COUNTED


def _agents(number: Token, word: str) -> bool:
    """“Built by 1800 slaves”: the number counts who did it."""
    noun = number.head
    return word == "by" and number.dep_ == "nummod" and noun.dep_ == "pobj" and noun.tag_ == "NNS"


def _counts_its_head(number: Token, word: str) -> bool:
    noun = number.head
    return number.dep_ == "nummod" and noun.tag_ == "NNS" and noun.i > number.i and word not in _DETERMINERS


def _is_yardstick(after: Token | None) -> bool:
    return after is not None and after.lemma_ in _YARDSTICKS


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


_LEAD_TO_NOON = frozenset(["at", "by", "before", "after", "until", "around", "since", "from", "to", "about"])


def _clock(phrase: Phrase, text: str, span: Span) -> bool:
    if phrase.get("noon"):
        before = token_before(span)
        led = before is not None and before.lower_ in _LEAD_TO_NOON
        return phrase.inner is None and not led
    if opens_entry(phrase, text):
        return False
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
    if phrase.get("sep") == "-" and text[phrase.start - 1 : phrase.start] == "-":
        return True
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
