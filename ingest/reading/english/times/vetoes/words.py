"""Words of time that are something else: the verb May, Mrs May, to march on, the fall of a city, the Daily Mail."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Span, Token

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.lines import opens_line
from ingest.reading.english.times.phrases.situation import token_after, token_before

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


# What happened on the day that names it.
_HAPPENED = frozenset(
    [
        "incident",
        "massacre",
        "attack",
        "attacks",
        "revolution",
        "uprising",
        "coup",
        "war",
        "agreement",
        "accord",
        "purge",
        "bombing",
        "bombings",
        "revolt",
        "putsch",
        "mutiny",
    ]
)


# Who calls itself by a day.
_GROUPS = frozenset(["group", "movement", "brigade", "brigades", "party", "alliance", "coalition", "front", "faction"])


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


def _heads_entry(phrase: Phrase, text: str) -> bool:
    """“March: the bridge falls”, a line of a chronology."""
    return opens_line(text, phrase.start) and text[phrase.end : phrase.end + 2] == ": "


def _month(phrase: Phrase, text: str, span: Span) -> bool:
    name = text[phrase.start : phrase.end]
    month = phrase.get("mon")
    word = name.split()[-1]
    if not word[0].isupper():
        return True
    if (phrase.get("rel") and month not in ("may", "march")) or _heads_entry(phrase, text):
        return False
    before, after = token_before(span), token_after(span)
    last = span[-1]
    if (
        len(month) == 3
        and month != "may"
        and not name.endswith(".")
        and before is not None
        and before.lower_ not in _TEMPORAL_BEFORE
    ):
        return True
    if before is not None and (before.lower_.rstrip(".") in _TITLES or before.text == "Black"):
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
        if before is not None and before.lower_ in ("and", "or", ",") and after is not None and after.pos_ == "PROPN":
            return True
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


def _date(phrase: Phrase, text: str, span: Span) -> bool:
    """A date that begins a name: “the June 4th Park”, “the 17 November group”; not “the October 7 Hamas attack”."""
    if phrase.get("y") or phrase.get("yref") or text[phrase.start : phrase.start + 3].lower() != "the":
        return False
    after = token_after(span)
    if after is not None and after.lower_ in _GROUPS:
        return True
    last = after
    while last is not None and _title(last) and last.i + 1 < len(last.doc) and _title(last.nbor(1)):
        last = last.nbor(1)
    if last is not None and last.lower_ in _HAPPENED:
        return False
    if last is None or not last.text[:1].isupper() or last.lower_.endswith(("day", "days")):
        return False
    goes_on = last.i + 1 < len(last.doc) and last.nbor(1).pos_ in ("NOUN", "ADJ")
    return not goes_on and last.pos_ in ("PROPN", "NOUN") and last.ent_type_ not in ("GPE", "PERSON", "NORP")


def _title(word: Token) -> bool:
    return word.text[:1].isupper()


def _named(before: Token | None, after: Token | None) -> bool:
    """Whether a capitalised name stands beside the month: “April Ryan”, “John August”."""
    return any(t is not None and t.pos_ == "PROPN" and t.ent_type_ == "PERSON" for t in (before, after))


_LEAD_TO_SEASON = frozenset(
    ["in", "early", "late", "mid", "by", "this", "last", "until", "since", "during", "throughout"]
)


def _season(phrase: Phrase, text: str, span: Span) -> bool:
    if phrase.get("y") or phrase.get("yref") or phrase.get("bc") or phrase.get("rel"):
        return False
    word = span[-1]
    before, after = token_before(span), token_after(span)
    if after is not None and word.pos_ in ("NOUN", "PROPN") and after.lemma_.lower() in _SEASONAL:
        return False
    if word.pos_ in ("VERB", "AUX", "ADJ"):
        return True
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


# Weekdays that name an event, not a day of the last week.
_NAMED_WEEKDAYS = frozenset(["bloody", "super", "black", "cyber", "fat", "holy", "maundy", "shrove", "manic", "ruby"])


def _weekday(phrase: Phrase, text: str, span: Span) -> bool:
    before, after = token_before(span), token_after(span)
    if before is not None and before.lower_ in _NAMED_WEEKDAYS and before.text[0].isupper():
        return True
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
    "date": _date,
    "date_dmy": _date,
    "month": _month,
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
