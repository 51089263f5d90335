"""Which candidate phrases are no times after all, by the parse and the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Doc, Span

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import token_after, token_before, tokens_of
from ingest.reading.english.times.vetoes import figures as figure_vetoes
from ingest.reading.english.times.vetoes import months as month_vetoes
from ingest.reading.english.times.vetoes import words as word_vetoes


def vetoed(phrase: Phrase, text: str, doc: Doc) -> bool:
    """Whether the parse or the words around show that the phrase is no time."""
    inner = phrase.inner if phrase.kind == "modified" and phrase.inner and phrase.inner.kind == "year" else phrase
    test = _VETOES.get(inner.kind)
    span = tokens_of(doc, inner.start, inner.end) if test is not None else None
    return test is not None and span is not None and test(inner, text, span)


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
    if unit in ("day", "night") and phrase.get("n") in ("a", "one", "some") and _described(span):
        return True
    if re.match(r"-(?:to|by|on|over|in)-", follows):
        return True
    if phrase.get("n") in ("many", "some") and not unit.endswith("s"):
        return phrase.get("n") == "many"
    return phrase.get("n") == "one" and unit in ("day", "second") and follows.startswith((" of the most",))


def _described(span: Span) -> bool:
    """“A day when I can no longer serve”, “one day he will go” are moments of some kind, not lengths of time."""
    if span[0].lower_ in ("one", "some") and span.root.dep_ == "npadvmod" and span.root.tag_ == "NN":
        return True
    after = token_after(span)
    said = after is not None and after.lower_ in ("when", "that", "which")
    return said or any(child.dep_ == "relcl" for child in span.root.children)


def _vague(phrase: Phrase, text: str, span: Span) -> bool:
    before = token_before(span)
    if before is not None and (
        before.pos_ in ("DET", "ADJ", "NUM", "PRON", "NOUN", "PROPN")
        or before.lower_ in ("-", "these", "those", "early", "working")
    ):
        return True
    return phrase.get("unit") == "days" and (
        before is None or before.lower_ not in ("for", "within", "in", "after", "or")
    )


# What goes on in a part of the very day: shares in morning trading, not a morning coat.
_TRADE = frozenset(("trading", "trade", "dealings", "session"))


# Parts of the day that are a moment: at dawn, not in the dawn.
_MOMENTS = frozenset(
    ["dawn", "dusk", "sunrise", "sunset", "nightfall", "daybreak", "overnight", "midday", "noon", "midnight"]
)


def _part_bare(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = token_before(span), token_after(span)
    if phrase.get("part") == "overnight" and span[-1].pos_ == "ADV":
        return after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and after.i < span[-1].head.i
    if phrase.get("part") in _MOMENTS:
        return before is None or before.lower_ not in ("at", "by", "before", "after", "until", "around", "since")
    return (
        before is None
        or before.lower_ not in ("at", "in", "by", "during", "that", "through")
        or (after is not None and after.pos_ in ("NOUN", "PROPN") and after.lower_ not in _TRADE)
    )


# "For the year", "of the year ended June 30": a year of accounts, or this one; not "the year he died", nor a title,
# "man of the year".
_OF_THE_YEAR = re.compile(r"(?:(?P<noun>\w+)\W{1,3})?(?<!\w)(?:for|of|in|during|through)\s+$", re.I)
_TITLES = frozenset(
    [
        "person",
        "player",
        "man",
        "woman",
        "car",
        "word",
        "book",
        "coach",
        "team",
        "time",
        "times",
        "season",
        "film",
        "album",
        "photo",
        "game",
        "goal",
        "moment",
    ]
)
_GOES_ON = re.compile(
    r"['’-]|\s+(?:that|which|who|when|where|before|after|since|he|she|it|they|we|you|to\s+(?:come|date)|of\s+(?:the\s+)?[a-z]"
    r"|(?-i:[A-Z])|\d{4})",
    re.I,
)


def _the_unit(phrase: Phrase, text: str, span: Span) -> bool:
    return not phrase.get("all")


def _the_year(phrase: Phrase, text: str, span: Span) -> bool:
    led = _OF_THE_YEAR.search(text[max(0, phrase.start - 24) : phrase.start])
    titled = led is not None and (led["noun"] or "").lower() in _TITLES
    return led is None or titled or _GOES_ON.match(text, phrase.end) is not None


def _unit_relative(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("rel") in ("these",) or (
        phrase.get("rel") in ("past", "last")
        and phrase.get("unit") == "quarter"
        and text[phrase.end : phrase.end + 3] == " of"
    )


# "By this time" is a date, "this time they won" an occasion.
_LEAD_TO_TIME = frozenset(["at", "by", "since", "from", "during", "until", "before", "around", "about"])


def _that_time(phrase: Phrase, text: str, span: Span) -> bool:
    before = token_before(span)
    words = text[phrase.start : phrase.end].lower()
    if phrase.get("what") in ("period", "moment") or words.startswith("the same"):
        return True
    if phrase.get("this") and phrase.get("what") != "time":
        return True
    return before is None or before.lower_ not in _LEAD_TO_TIME


def _set_every(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("unit") in ("second", "seconds") and not phrase.get("n")


def _span(phrase: Phrase, text: str, span: Span) -> bool:
    return phrase.get("unit") in ("second", "quarter") or (
        not phrase.get("n")
        and not phrase.get("unit").endswith(("s",))
        and phrase.get("rel") in ("first", "final", "opening", "closing", "recent", "intervening")
    )


_VETOES: dict[str, Callable[[Phrase, str, Span], bool]] = {
    **word_vetoes.VETOES,
    **month_vetoes.VETOES,
    **figure_vetoes.VETOES,
    "duration": _duration,
    "duration_vague": _vague,
    "set_every": _set_every,
    "part_bare": _part_bare,
    "the_unit": _the_unit,
    "the_year": _the_year,
    "unit_relative": _unit_relative,
    "that_time": _that_time,
    "span": _span,
}
