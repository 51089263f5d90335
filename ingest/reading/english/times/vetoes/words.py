"""Words of time that are something else: the verb May, Mrs May, to march on, the fall of a city, the Daily Mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.tokens import Span, Token

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import token_after, token_before
from ingest.reading.lexicon import load

# What a holiday only qualifies: a Christmas party is on no Christmas.
_FESTIVE = frozenset(
    [
        "party",
        "tree",
        "card",
        "market",
        "shopping",
        "gift",
        "present",
        "carol",
        "lunch",
        "dinner",
        "sale",
        "bonus",
        "special",
        "album",
        "song",
        "jumper",
        "decoration",
        "pudding",
        "egg",
    ]
)


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


_LEAD_TO_SEASON = frozenset(
    ["in", "early", "late", "mid", "by", "this", "last", "until", "since", "during", "throughout"]
)


def _season(phrase: Phrase, text: str, span: Span) -> bool:
    if any(phrase.get(told) for told in ("y", "yy", "yref", "bc", "rel")):
        return False
    word = span[-1]
    before, after = token_before(span), token_after(span)
    if after is not None and word.pos_ in ("NOUN", "PROPN") and after.lemma_.lower() in _SEASONAL:
        return False
    if word.pos_ in ("VERB", "AUX", "ADJ"):
        return True
    if any(t.lower_ in ("a", "an") for t in word.lefts):
        return True  # "after a long winter": any one
    if phrase.get("season") in ("fall", "spring"):
        return _falls_or_springs(phrase, text, before, after)
    return (before is not None and before.pos_ == "PROPN") or (
        after is not None and after.pos_ == "PROPN" and after.is_title and word.is_title and after.ent_type_ != ""
    )


def _falls_or_springs(phrase: Phrase, text: str, before: Token | None, after: Token | None) -> bool:
    """Whether “fall” and “spring” are what they mean more often: the fall of a city, a spring of water."""
    if after is not None and (
        after.lower_ in ("of", "in", "to") or (after.pos_ == "NOUN" and after.lower_ != "winter")
    ):
        return True
    if before is not None and before.lower_ in _LEAD_TO_SEASON:
        return False
    the = text[phrase.start : phrase.start + 3].lower() == "the"
    return not (the and (phrase.get("season") == "spring" or (after is not None and after.lower_ == "and")))


# Papers and clubs whose names end in one.
_ENDS_NAME = re.compile(r"\b(?:Sheffield|(?:Mail|Independent|Scotland|Wales|Ireland|Sport)\s+on)\s+$")
# Weekdays that name an event, not a day of the last week.
_NAMED_WEEKDAYS = frozenset(["bloody", "super", "black", "cyber", "fat", "holy", "maundy", "shrove", "manic", "ruby"])


@cache
def _given_names() -> frozenset[str]:
    names = load("entities/person_names")
    return frozenset(names["given_male"]) | frozenset(names["given_female"])


def _weekday(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = token_before(span), token_after(span)
    if before is not None and before.lower_ in _NAMED_WEEKDAYS and before.text[0].isupper():
        return True
    if _ENDS_NAME.search(text, max(0, phrase.start - 16), phrase.start):
        return True
    if before is not None and before.text in _given_names() and span[-1].is_title:
        return True  # "Joe Friday"
    if phrase.get("part") and span[-1].is_title and after is not None and after.is_title and after.pos_ == "PROPN":
        return True
    if (
        not text[phrase.start : phrase.end].rsplit(maxsplit=1)[-1][0].isupper()
        and not phrase.get("part")
        and not phrase.get("after")
    ):
        return True
    return _in_name(text, span) or bool(
        after is not None
        and after.lower_ in ("times", "herald", "telegraph", "mail", "express", "mirror")
        and after.is_title
    )


def _now(phrase: Phrase, text: str, span: Span) -> bool:
    """“current”, “present” are the writer's now only before what they qualify: not a current of air, not to present."""
    if phrase.get("word").startswith("to"):
        after = token_after(span)
        return span[-1].pos_ == "VERB" or (after is not None and after.pos_ in ("DET", "PRON", "NUM", "NOUN"))
    return phrase.get("word") in ("current", "present") and not _qualifies(span)


def _past(phrase: Phrase, text: str, span: Span) -> bool:
    """“former” of a pair (the former, the latter) is no time."""
    return phrase.get("word") == "former" and not _qualifies(span)


def _qualifies(span: Span) -> bool:
    after = token_after(span)
    return (
        span[0].pos_ in ("ADJ", "PROPN")
        and after is not None
        and (after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or after.text in "-'\"“‘")
    )


def _recent(phrase: Phrase, text: str, span: Span) -> bool:
    return text[phrase.end : phrase.end + 1] == "-"


def _future(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = token_before(span), token_after(span)
    if phrase.get("word").endswith("soon"):
        return (before is not None and before.lower_ in ("as", "too", "so", "how")) or (
            after is not None and after.lower_ in ("after", "as", "afterwards", "afterward", "thereafter", "before")
        )
    return phrase.get("word") == "future" and (after is None or after.pos_ not in ("NOUN", "PROPN"))


def _century(phrase: Phrase, text: str, span: Span) -> bool:
    after = token_after(span)
    return span[-1].text == "Century" and after is not None and after.is_title and after.pos_ == "PROPN"


def _in_name(text: str, span: Span) -> bool:
    """Whether the word ends or continues a capitalised name of an organisation or work: USA Today."""
    before = token_before(span)
    return (
        before is not None
        and before.ent_type_ in ("ORG", "WORK_OF_ART")
        and span[0].ent_type_ == before.ent_type_
        and before.text[:1].isupper()
        and text[span.start_char].isupper()
    )


def _day_word(phrase: Phrase, text: str, span: Span) -> bool:
    after = token_after(span)
    broadcast = span[-1].text == "Today" and after is not None and after.lower_ in ("show", "programme", "program")
    return broadcast or _in_name(text, span)


def _set_days(phrase: Phrase, text: str, span: Span) -> bool:
    """“Five Mondays” are counted, not recurring."""
    before = token_before(span)
    return before is not None and before.pos_ == "NUM"


def _set_word(phrase: Phrase, text: str, span: Span) -> bool:
    after = token_after(span)
    if phrase.get("word") == "quarterly" and _qualifies(span):
        return True  # a quarterly dividend or report is a kind of these
    if span[0].pos_ == "NOUN" and any(c.dep_ in ("det", "poss") for c in span[0].children):
        return True  # "a satirical weekly" is a paper
    return _in_name(text, span) or (
        span[0].pos_ == "PROPN"
        and after is not None
        and after.pos_ == "PROPN"
        and text[phrase.start].isupper()
        and not span[0].is_sent_start
    )


def _holiday(phrase: Phrase, text: str, span: Span) -> bool:
    after = token_after(span)
    if after is not None and after.lemma_.lower() in _FESTIVE:
        return True
    before = token_before(span)
    if before is not None and before.lower_ == "orthodox":
        return True
    named = after is not None and after.pos_ == "PROPN" and after.lower_ not in ("day", "eve") and not phrase.get("y")
    return not re.search(r"[A-Z]", text[phrase.start + len(phrase.get("rel")) : phrase.end]) or named


VETOES: dict[str, Callable[[Phrase, str, Span], bool]] = {
    "season": _season,
    "weekday": _weekday,
    "day_word": _day_word,
    "now": _now,
    "past": _past,
    "century": _century,
    "recently": _recent,
    "future": _future,
    "set_word": _set_word,
    "set_days": _set_days,
    "holiday": _holiday,
}
"""The vetoes on names and verbs, by kind of the grammar."""
