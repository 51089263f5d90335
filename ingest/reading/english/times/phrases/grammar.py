"""Where phrases of time stand in a text: at each word that can start one its patterns are tried, and the longest wins.

The grammar only says what a phrase is made of (`Phrase.fields`); what it means is for `values`, and whether "May" or
"2014" is a date at all is for `vetoes`, which sees the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.reading.english.times.phrases.patterns import (
    PART_PREFIX,
    PIECE_PREFIX,
    PREFIX,
    WEEK_PREFIX,
    WEEKDAY_PREFIX,
)
from ingest.reading.english.times.phrases.starters import APOSTROPHE, DIGITS, STARTERS
from ingest.reading.english.times.phrases.words import ORDINALS, PARTS_OF_DAY, WEEKDAYS, full_year, number, ordinal

_WORD = re.compile(
    r"(?<![\w$€£#@.,/-])['’]?\d+|(?<![\w@#])[A-Za-z]+|(?<=mid-)[a-z0-9]+|(?<=[ap]m-)\d{1,2}(?=[:.]|\s?[ap]\.?m)|(?<=[\da-z]-)\d{1,4}(?=\s{1,2}(?-i:[A-Z]))",
    re.I,
)


_ROW_OF_NUMBERS = re.compile(
    r"\d{1,3}\s+(?=\d)(?!\d/\d(?!\d))"
)  # no phrase goes on with a second number: tables cost little
_LETTERS = re.compile(r"[^\W\d_]{1,14}")
_PREFIX_WORDS = frozenset(
    [
        "about",
        "around",
        "approximately",
        "roughly",
        "circa",
        "ca",
        "c",
        "sometime",
        "some",
        "the",
        "very",
        "beginning",
        "start",
        "end",
        "middle",
        "close",
        "rest",
        "turn",
        "eve",
        "early",
        "late",
        "later",
        "earlier",
        "mid",
        "latter",
        "first",
        "final",
        "last",
        "in",
    ]
)
_PART_WORDS = frozenset([*PARTS_OF_DAY, "the", "early", "late", "in"])
_PIECE_WORDS = frozenset(["the", *ORDINALS, *WEEKDAYS])
_WHOLES = frozenset(["unit_relative", "month", "month_year", "year"])
_DATED = frozenset(
    [
        "numeric_month",
        "iso",
        "iso_month",
        "numeric",
        "numeric_ymd",
        "date",
        "date_dmy",
        "date_bc",
        "date_ad",
        "month_year",
        "month",
        "year",
        "short_year",
        "decade",
        "decade_bc",
        "decade_word",
        "century",
        "season",
        "season_after",
        "unit_relative",
        "unit_after",
        "the_unit",
        "weekday",
        "day_word",
        "holiday",
        "quarter",
        "weekend",
        "ordinal_day",
        "fiscal",
        "fiscal_after",
        "fiscal_code",
        "year_earlier",
        "nth_weekday",
        "half_code",
        "quarter_code",
    ]
)


_DAYS = frozenset(["date", "date_dmy", "weekday", "day_word"])
_PLACED = frozenset(["date", "date_dmy", "iso", "numeric", "holiday", "named_day"])
# Forms of one kind: they are read alike.
_ALIKE = {"stamp": "date_dmy", "stamp_month_first": "date", "in_time": "ago", "date_ad_after": "date_ad"}
_YEAR_AFTER_CLOCK = re.compile(r"\s(?P<y>(?:19|20)\d\d)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One candidate: its span, its kind, its captured pieces in lower case, and the date inside when it wraps one."""

    start: int
    end: int
    kind: str
    fields: Mapping[str, str]
    inner: Phrase | None = None

    def get(self, name: str) -> str:
        """A captured piece, "" when the phrase lacks it."""
        return self.fields.get(name, "")


def find_phrases(text: str) -> Iterator[Phrase]:
    """All candidate phrases of a text, left to right, never overlapping; longest first at each word."""
    position = 0
    while (word := _WORD.search(text, position)) is not None:
        phrase = phrase_at(text, word.start())
        if phrase is None:
            position = word.end()
        else:
            yield phrase
            position = max(phrase.end, word.end())


def phrase_at(text: str, start: int) -> Phrase | None:
    """The longest phrase that starts at the word at `start`, with what leads in ("the end of") or follows ("at 5")."""
    plain = _core_at(text, start)
    best = plain
    word = _first_word(text, start)
    if word in _PREFIX_WORDS:
        found = PREFIX.match(text, start)
        if found and found.end() > start:
            inner = _core_at(text, found.end())
            if inner and inner.kind in _DATED and inner.end > (best.end if best else start):
                best = Phrase(start, inner.end, "modified", _fields(found), inner)
    if word in _PART_WORDS:
        led = PART_PREFIX.match(text, start)
        inner = _core_at(text, led.end()) if led else None
        if led and inner and inner.kind in _DATED and inner.end > (best.end if best else start):
            best = Phrase(start, inner.end, "part_of", _fields(led), inner)
    if word in ("the", "week", "weekend"):
        week = WEEK_PREFIX.match(text, start)
        inner = _core_at(text, week.end()) if week else None
        if week and inner and inner.get("d") and inner.end > (best.end if best else start):
            return Phrase(start, inner.end, "week_with", _fields(week), inner)
    if word in _PIECE_WORDS or text[start].isdigit():
        piece = PIECE_PREFIX.match(text, start)
        inner = _core_at(text, piece.end()) if piece else None
        if piece and inner and inner.kind in _WHOLES and inner.end > (best.end if best else start):
            best = Phrase(start, inner.end, "piece_of", _piece_fields(piece), inner)
        led = WEEKDAY_PREFIX.match(text, start)
        inner = _core_at(text, led.end()) if led else None
        if led and inner and inner.kind in _PLACED and inner.end > (best.end if best else start):
            best = Phrase(start, inner.end, "weekday_by", _fields(led), inner)
    if best is not None and best.kind == "the_unit" and best.get("unit") == "year" and not best.get("all"):
        return replace(best, kind="the_year")
    return _with_clock(text, best) if best else None


def _piece_fields(found: re.Match[str]) -> dict[str, str]:
    fields = _fields(found)
    return {**fields, "piece": fields.get("piece") or fields.get("wd", "")}


_JOIN = re.compile(
    r"(?!\s*\n\s*\n)(?:\s{0,2},?\s{1,2}(?:at|around|about)\s{1,2}|\s{0,2},?\s{1,2}(?:on\s{1,2}|of\s{1,2}|the\s{1,2}(?=\d))?)",
    re.I,
)


def _with_clock(text: str, phrase: Phrase) -> Phrase:
    """Join a clock time and the day beside it: "12:00 UTC Monday", "May 8, 1:00 a.m.", "Friday at noon"."""
    if phrase.kind != "clock" and phrase.kind not in _DAYS:
        return phrase
    gap = _JOIN.match(text, phrase.end)
    other = _core_at(text, gap.end()) if gap and gap.end() > phrase.end else None
    if other is None:
        return phrase
    if phrase.kind == "clock" and other.kind in _DAYS:
        return Phrase(phrase.start, other.end, "clock", phrase.fields, other)
    if phrase.kind != "clock" and other.kind == "clock" and not phrase.get("part"):
        year = _YEAR_AFTER_CLOCK.match(text, other.end) if text.count(":", other.start, other.end) > 1 else None
        if year and phrase.kind in _PLACED and not phrase.get("y"):  # "Fri Apr 27 22:57:13 CST 2012"
            whole = replace(phrase, fields={**phrase.fields, "y": year["y"]})
            return Phrase(phrase.start, year.end(), "clock", other.fields, whole)
        return Phrase(phrase.start, other.end, "clock", other.fields, phrase)
    return phrase


def _first_word(text: str, start: int) -> str:
    found = _LETTERS.match(text, start)
    return found.group().lower() if found else ""


def _core_at(text: str, start: int) -> Phrase | None:
    if start >= len(text):
        return None
    first = text[start]
    if first.isdigit():
        patterns = () if _ROW_OF_NUMBERS.match(text, start) else DIGITS
    elif first in "'’":
        patterns = APOSTROPHE
    else:
        patterns = STARTERS.get(_first_word(text, start), ())
    best: Phrase | None = None
    for kind, pattern in patterns:
        found = pattern.match(text, start)
        if found and found.end() > start and (best is None or found.end() > best.end) and not _misread(kind, found):
            best = Phrase(start, found.end(), _ALIKE.get(kind, kind), _fields(found))
    return best


def _misread(kind: str, found: re.Match[str]) -> bool:
    """Whether the words only look like the kind: “a months”, “a year-long”, “last year” as a stretch of time."""
    if kind == "duration":
        singular = found["n"].lower() in ("a", "an", "one")
        unit = found["unit"].lower()
        if found["the"] and (singular or found["hyphen"] == "-" or not unit.endswith(("s", "centuries"))):
            return True
        return singular and (
            (unit.endswith("s") and found.group()[-1] not in "'’") or bool(found["long"] and "-" in found["long"])
        )
    if kind == "span":
        return not found["n"] and not found["unit"].lower().endswith(("s", "centuries"))
    return False


def _fields(found: re.Match[str]) -> dict[str, str]:
    fields = {name: value.lower() for name, value in found.groupdict().items() if value}
    if "anniversary" in fields:
        return {**fields, "unit": "year"}
    if "dw" in fields:
        fields["d"] = str(ordinal(re.sub(r"\s+", "-", fields["dw"])) or 0)
    if "y0" in fields:
        fields["y"] = str(full_year(int(fields["y0"])))
    if fields.get("dir") == "time":
        fields["dir"] = "from now"
    if "rest" in fields or "rest2" in fields:
        return {**fields, "y": str(_spoken(fields))}
    return fields


def _spoken(fields: Mapping[str, str]) -> int:
    """The year that “nineteen ninety-six” or “two thousand and four” speaks of."""
    rest = fields.get("rest") or fields["rest2"]
    told = 0 if rest == "hundred" else int(number(re.sub(r"^oh?[\s-]", "", rest)) or 0)
    return (100 * int(number(fields["hundreds"]) or 0) if "hundreds" in fields else 2000) + told
