"""Months that are something else: the verb May, Mrs May, to march on, April Street, the June 4th Park."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Span, Token

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.lines import opens_line
from ingest.reading.english.times.phrases.situation import token_after, token_before
from ingest.reading.english.times.phrases.words import MONTHS, ORDINALS, any_of

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


# What is named after a month in which nothing need have been: a street, and what history calls by the month.
_PLACES = frozenset(["street", "road", "avenue", "square", "lane", "park", "bridge", "boulevard", "gardens", "hall"])
_CALLED = frozenset(["revolution", "uprising", "putsch", "theses", "crisis", "days", "movement", "manifesto", "plot"])
_ROMANCE = frozenset(["del", "de", "la", "el"])  # "Viña del Mar"
# What only people do, so that April who does it is one.
_SAYING = frozenset(
    ["say", "tell", "ask", "add", "write", "reply", "insist", "argue", "admit", "deny", "think", "want"]
)
_RANGE_OF_MONTHS = re.compile(rf"\.?\s?[-–/]\s?(?:{any_of(MONTHS)})(?!\w)", re.I)


def _heads_entry(phrase: Phrase, text: str) -> bool:
    """“March: the bridge falls”, a line of a chronology."""
    return opens_line(text, phrase.start) and text[phrase.end : phrase.end + 2] == ": "


def _month(phrase: Phrase, text: str, span: Span) -> bool:
    name = text[phrase.start : phrase.end]
    month = phrase.get("mon")
    word = name.split()[-1]
    if not word[0].isupper():
        return True
    if phrase.get("rel") == "that" and _named(None, token_after(span)):
        return True  # "said that August Wilson had left"
    if (phrase.get("rel") and month not in ("may", "march")) or _heads_entry(phrase, text):
        return False
    if _RANGE_OF_MONTHS.match(text, phrase.end):
        return False
    before, after = token_before(span), token_after(span)
    last = span[-1]
    if _names_something(name, before, last, after) or (before is not None and before.lower_ in _ROMANCE):
        return True
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


def _names_something(name: str, before: Token | None, month: Token, after: Token | None) -> bool:
    """“April Street”, “the October Revolution”, “the May Fourth Movement”, “April said”: the month begins a name."""
    if after is None or name != month.text:
        return False
    led = before is not None and before.lower_ in _TEMPORAL_BEFORE
    if month.dep_ == "nsubj" and month.head.lemma_ in _SAYING and month.head.i > month.i and not led:
        return True
    word = after.lower_
    return _title(after) and (word in _PLACES or word in _CALLED or (word in ORDINALS and word.isalpha()))


def _title(word: Token) -> bool:
    return word.text[:1].isupper()


def _named(before: Token | None, after: Token | None) -> bool:
    """Whether a capitalised name stands beside the month: “April Ryan”, “John August”."""
    return any(t is not None and t.pos_ == "PROPN" and t.ent_type_ == "PERSON" for t in (before, after))


VETOES: dict[str, Callable[[Phrase, str, Span], bool]] = {
    "date": _date,
    "date_dmy": _date,
    "month": _month,
}
"""The vetoes on months and on days of a month, by kind of the grammar."""
