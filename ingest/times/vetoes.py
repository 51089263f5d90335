"""Which candidate phrases are no times after all: the verb May, Mrs May, 2014 people, Article 1990, ages, scores."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from ingest.times.grammar import Phrase
from ingest.times.situation import tokens_of

_TEMPORAL_BEFORE = frozenset(
    [
        "in",
        "on",
        "since",
        "until",
        "till",
        "by",
        "of",
        "from",
        "to",
        "between",
        "during",
        "before",
        "after",
        "through",
        "throughout",
        "around",
        "about",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "previous",
        "following",
        "that",
        "for",
        "and",
        "or",
        "circa",
        "than",
        "–",
        "—",
        "-",
        "(",
        ",",
        "late-",
    ]
)
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "august", "mar", "sun", "sat", "jan"))
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lady",
        "lord",
        "theresa",
        "prime",
        "minister",
        "president",
        "senator",
        "judge",
    ]
)
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
# What a season names when it stands before it: a spring offensive, the fall election; not a spring bed.
_SEASONAL = frozenset(
    [
        "offensive",
        "campaign",
        "election",
        "season",
        "term",
        "semester",
        "collection",
        "meeting",
        "session",
        "break",
        "festival",
        "drive",
        "thaw",
    ]
)
_RANGE_OF_NUMBERS = re.compile(r"[\d,.%]\s?[-–—]\s?$")
_NOT_YEAR_AFTER = re.compile(
    r"\s?(?:percent|per cent|%|million|billion|thousand|trillion|-strong|km|kg|mm|cm|MW|GB|ft|m\b|hours|hrs|UTC|GMT|°|x\s?\d)"
)


def vetoed(phrase: Phrase, text: str, doc: Doc) -> bool:
    """Whether the parse or the words around show that the phrase is no time."""
    test = _VETOES.get(phrase.kind)
    span = tokens_of(doc, phrase.start, phrase.end)
    return test is not None and span is not None and test(phrase, text, span)


def _before(span: Span) -> Token | None:
    index = span.start - 1
    while index >= 0 and span.doc[index].is_space:
        index -= 1
    return span.doc[index] if index >= 0 else None


def _after(span: Span) -> Token | None:
    index = span.end
    while index < len(span.doc) and span.doc[index].is_space:
        index += 1
    return span.doc[index] if index < len(span.doc) else None


def _month(phrase: Phrase, text: str, span: Span) -> bool:
    name = text[phrase.start : phrase.end]
    month = phrase.get("mon")
    word = name.split()[-1]
    if not word[0].isupper():
        return True
    if phrase.get("rel") and month not in ("may", "march"):
        return False
    before, after = _before(span), _after(span)
    last = span[-1]
    if (
        len(month) == 3
        and month != "may"
        and not name.endswith(".")
        and before is not None
        and before.lower_ not in _TEMPORAL_BEFORE
    ):
        return True
    if before is not None and before.lower_.rstrip(".") in _TITLES:
        return True
    led = before is not None and before.lower_ in _TEMPORAL_BEFORE
    if (
        month == "march"
        and not led
        and before is not None
        and (before.pos_ in ("DET", "PRON") or before.text[:1].isupper() or before.text in '"“')
    ):
        return True
    if month in _AMBIGUOUS_MONTHS:
        if last.pos_ in ("AUX", "VERB") and last.dep_ not in ("pobj", "npadvmod"):
            return True
        if not led and not phrase.get("rel"):
            return (
                last.dep_ not in ("npadvmod", "nmod", "compound", "pobj", "poss")
                or last.pos_ != "PROPN"
                or last.is_sent_start
                or _named(before, after)
            )
        return bool(led and last.tag_ == "MD")
    return not led and _named(before, after)


def _named(before: Token | None, after: Token | None) -> bool:
    """Whether a capitalised name stands beside the month: “April Ryan”, “John August”."""
    return any(t is not None and t.pos_ == "PROPN" and t.ent_type_ == "PERSON" for t in (before, after))


def _year(phrase: Phrase, text: str, span: Span) -> bool:
    if _LABELS.search(text[max(0, phrase.start - 25) : phrase.start]) or _NOT_YEAR_AFTER.match(text, phrase.end):
        return True
    if text[phrase.start : phrase.start + 3].lower() == "the":
        return False
    before, after = _before(span), _after(span)
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


def _season(phrase: Phrase, text: str, span: Span) -> bool:
    if phrase.get("y") or phrase.get("yref") or phrase.get("bc") or phrase.get("rel"):
        return False
    word = span[-1]
    before, after = _before(span), _after(span)
    if word.pos_ in ("VERB", "AUX", "ADJ"):
        return True
    if phrase.get("season") in ("fall", "spring"):
        led = before is not None and before.lower_ in (
            "in",
            "early",
            "late",
            "mid",
            "by",
            "this",
            "last",
            "until",
            "since",
            "during",
        )
        if after is not None and word.dep_ == "compound" and after.lemma_.lower() in _SEASONAL:
            return False
        if after is not None and (
            after.lower_ in ("of", "in", "to") or (after.pos_ == "NOUN" and after.lower_ != "winter")
        ):
            return True
        led = (
            led
            or (before is not None and before.lower_ == "throughout")
            or (text[phrase.start : phrase.start + 3].lower() == "the" and after is not None and after.lower_ == "and")
        )
        return not led and not (
            text[phrase.start : phrase.start + 3].lower() == "the" and phrase.get("season") == "spring"
        )
    return (before is not None and before.pos_ == "PROPN") or (
        after is not None and after.pos_ == "PROPN" and after.is_title and word.is_title and after.ent_type_ != ""
    )


def _weekday(phrase: Phrase, text: str, span: Span) -> bool:
    after = _after(span)
    if (
        not text[phrase.start : phrase.end].rsplit(maxsplit=1)[-1][0].isupper()
        and not phrase.get("part")
        and not phrase.get("after")
    ):
        return True
    return bool(
        after is not None
        and after.lower_ in ("times", "herald", "telegraph", "mail", "express", "mirror")
        and after.is_title
    )


def _duration(phrase: Phrase, text: str, span: Span) -> bool:
    follows = text[phrase.end : phrase.end + 16].lower()
    if phrase.get("old") or re.match(r"[\s-]{1,2}(?:olds?\b|of\s+age)", follows):
        return True
    if re.search(r"\baged?\s+$", text[max(0, phrase.start - 6) : phrase.start], re.I):
        return True
    unit = phrase.get("unit")
    if unit == "second" and phrase.get("hyphen") != "-":
        return True
    if unit in ("quarter", "quarters"):
        return True
    if phrase.get("n") in ("many", "some") and not unit.endswith("s"):
        return phrase.get("n") == "many"
    return phrase.get("n") == "one" and unit in ("day", "second") and follows.startswith((" of the most",))


def _vague(phrase: Phrase, text: str, span: Span) -> bool:
    before = _before(span)
    if before is not None and (
        before.pos_ in ("DET", "ADJ", "NUM", "PRON") or before.lower_ in ("-", "these", "those", "early", "working")
    ):
        return True
    return phrase.get("unit") == "days" and (
        before is None or before.lower_ not in ("for", "within", "in", "after", "or")
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


def _now(phrase: Phrase, text: str, span: Span) -> bool:
    word = phrase.get("word")
    if word == "current":
        after = _after(span)
        return after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ") or after.dep_ == "ROOT"
    return False


def _recent(phrase: Phrase, text: str, span: Span) -> bool:
    return text[phrase.end : phrase.end + 1] == "-"


def _future(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = _before(span), _after(span)
    if phrase.get("word").endswith("soon"):
        return (before is not None and before.lower_ in ("as", "too", "so", "how")) or (
            after is not None and after.lower_ in ("after", "as", "afterwards", "afterward", "thereafter", "before")
        )
    return phrase.get("word") == "future" and (after is None or after.pos_ not in ("NOUN", "PROPN"))


def _set_word(phrase: Phrase, text: str, span: Span) -> bool:
    after = _after(span)
    return (
        span[0].pos_ == "PROPN"
        and after is not None
        and after.pos_ == "PROPN"
        and text[phrase.start].isupper()
        and not span[0].is_sent_start
    )


def _ordinal_day(phrase: Phrase, text: str, span: Span) -> bool:
    after = _after(span)
    return after is not None and (
        after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or after.lower_ == "of" or after.text[0] in "-–"
    )


def _part_bare(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = _before(span), _after(span)
    if phrase.get("part") in (
        "dawn",
        "dusk",
        "sunrise",
        "sunset",
        "daybreak",
        "daytime",
        "overnight",
        "midday",
        "noon",
        "midnight",
    ):
        return before is None or before.lower_ not in ("at", "by", "before", "after", "until", "around", "since")
    return (
        before is None
        or before.lower_ not in ("at", "in", "by", "during", "that", "through")
        or (after is not None and after.pos_ in ("NOUN", "PROPN"))
    )


def _clock(phrase: Phrase, text: str, span: Span) -> bool:
    if phrase.get("hh2") and not phrase.get("tz") and not phrase.get("hrs"):
        before = _before(span)
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


def _the_unit(phrase: Phrase, text: str, span: Span) -> bool:
    return not phrase.get("all")


def _unit_relative(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("rel") in ("these",) or (
        phrase.get("rel") in ("past", "last")
        and phrase.get("unit") == "quarter"
        and text[phrase.end : phrase.end + 3] == " of"
    )


def _that_time(phrase: Phrase, text: str, span: Span) -> bool:
    before = _before(span)
    words = text[phrase.start : phrase.end].lower()
    if phrase.get("what") in ("period", "moment") or words.startswith("the same") or words.startswith("this"):
        return True
    return before is None or before.lower_ not in ("at", "by", "since", "from", "during", "until", "before")


def _holiday(phrase: Phrase, text: str, span: Span) -> bool:
    after = _after(span)
    named = after is not None and after.pos_ == "PROPN" and after.lower_ not in ("day", "eve") and not phrase.get("y")
    return not text[phrase.start : phrase.end].strip("lastnexthis ")[:1].isupper() or named


def _numeric(phrase: Phrase, text: str, span: Span) -> bool:
    return (phrase.get("sep") == "." and len(phrase.get("y")) == 2) or (
        len(phrase.get("y")) == 2
        and _RANGE_OF_NUMBERS.search(text[max(0, phrase.start - 3) : phrase.start]) is not None
    )


def _set_every(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("unit") in ("second", "seconds") and not phrase.get("n")


def _span(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("unit") in ("second", "quarter") or (
        not phrase.get("n")
        and not phrase.get("unit").endswith(("s",))
        and phrase.get("rel") in ("first", "final", "opening", "closing", "recent", "intervening")
    )


_VETOES: dict[str, Callable[[Phrase, str, Span], bool]] = {
    "month": _month,
    "year": _year,
    "season": _season,
    "weekday": _weekday,
    "duration": _duration,
    "duration_vague": _vague,
    "short_year": _short_year,
    "decade": _decade,
    "now": _now,
    "recently": _recent,
    "future": _future,
    "set_word": _set_word,
    "set_every": _set_every,
    "ordinal_day": _ordinal_day,
    "part_bare": _part_bare,
    "clock": _clock,
    "the_unit": _the_unit,
    "unit_relative": _unit_relative,
    "that_time": _that_time,
    "holiday": _holiday,
    "numeric": _numeric,
    "span": _span,
}
