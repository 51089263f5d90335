"""The numbers and days that a claim's words give, as far as two of them can exclude each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.matching.claims.lemmas import lemma
from ingest.matching.claims.words import claim_words

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = frozenset(("in", "since", "of", "from", "by", "until", "during", "early", "late", "spring", "summer",
                          "autumn", "winter", "fall", ","))  # fmt: skip
_LOOK_BACK = 3  # words before a number that may say "more than", "at least"
_ROUGH = 0.15  # how far "about so many" reaches to both sides
_PEOPLE = frozenset(("people", "persons"))  # what others call dead, wounded, voters; they count like any number
_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Amount:
    """How many: the least and the most that the words allow, of what (a lemma, "percent", "$" or ""), and the words."""

    low: float
    high: float
    unit: str
    text: str

    def excludes(self, other: Amount) -> bool:
        """Whether the two cannot both be right."""
        return self.high < other.low or other.high < self.low

    def measures_like(self, other: Amount) -> bool:
        """Whether both count the same kind of thing, as far as the words say."""
        marked = {self.unit, other.unit} & {"percent", *claim_words().sets["currencies"]}
        return self.unit == other.unit or ("" in (self.unit, other.unit) and not marked)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as its words give it: what they leave open is None. part: a weekday or a season."""

    year: int | None
    month: int | None
    day: int | None
    part: str | None
    text: str

    def excludes(self, other: Day) -> bool:
        """Whether the two name different days, months or years."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        if any(one != two for one, two in pairs if one is not None and two is not None):
            return True
        parts, weekdays = {self.part, other.part}, claim_words().sets["weekdays"]
        return len(parts) > 1 and None not in parts and len(parts & weekdays) != 1


def find_days(tokens: Sequence[str]) -> tuple[tuple[Day, ...], frozenset[int]]:
    """The dates in a claim, and the indices of the tokens that give them. Arguments: tokens, in lower case."""
    found: list[Day] = []
    used: set[int] = set()
    at = 0
    while at < len(tokens):
        day, end = _day_at(tokens, at)
        if day:
            found.append(day)
            used.update(range(at, end))
        at = max(end, at + 1)
    return tuple(found), frozenset(used)


def _day_at(tokens: Sequence[str], at: int) -> tuple[Day | None, int]:
    words = claim_words()
    part, end = None, at
    if words.has("weekdays", tokens[at]) or words.has("seasons", tokens[at]):
        part, end = tokens[at], at + 1
        if _get(tokens, end) in (",", "of"):
            end += 1
    month, day, year, after = _calendar(tokens, end)
    if month or year:
        return Day(year, month, day, part, _joined(tokens[at:after])), after
    if part and words.has("weekdays", part):
        return Day(None, None, None, part, part), at + 1
    return None, at


def _calendar(tokens: Sequence[str], at: int) -> tuple[int | None, int | None, int | None, int]:
    """Month, day and year that begin at a token, and the index behind them: "march 18, 2014", "18 march", "2014"."""
    months = claim_words().months
    token = _get(tokens, at)
    number = _ORDINAL.fullmatch(token)
    if token in months:
        following = _ORDINAL.fullmatch(_get(tokens, at + 1))
        if following and 1 <= int(following[1]) <= 31:
            return months[token], int(following[1]), *_year(tokens, at + 2)
        year, end = _year(tokens, at + 1)
        ambiguous = token in ("may", "march", "mar", "sep", "dec")
        if year or not ambiguous or _get(tokens, at - 1) in ("in", "last", "since", "of", "by", "until"):
            return months[token], None, year, end
    elif number and _get(tokens, at + 1) in months:
        return months[tokens[at + 1]], int(number[1]), *_year(tokens, at + 2)
    elif _YEAR.fullmatch(token) and (at == 0 or tokens[at - 1] in _BEFORE_YEAR):
        return None, None, int(token), at + 1
    return None, None, None, at


def _year(tokens: Sequence[str], at: int) -> tuple[int | None, int]:
    here = at + 1 if _get(tokens, at) in (",", "of") else at
    token = _get(tokens, here)
    return (int(token), here + 1) if _YEAR.fullmatch(token) else (None, at)


def find_amounts(tokens: Sequence[str], taken: frozenset[int]) -> tuple[tuple[Amount, ...], frozenset[int]]:
    """The measured numbers in a claim, and the indices of the tokens that give them.

    Arguments: tokens, in lower case; taken, indices that belong to dates. A number that measures nothing, as in "Nord
    Stream 2", is a word like any other.
    """
    found: list[Amount] = []
    used: set[int] = set()
    at = 0
    while at < len(tokens):
        low, high, end = (0.0, 0.0, at) if at in taken else _value(tokens, at)
        if end == at:
            at += 1
            continue
        if _get(tokens, at - 1) == "between" and _get(tokens, end) == "and" and end + 1 < len(tokens):
            high, end = _value(tokens, end + 1)[1:]
        amount, first, last = _measured(tokens, at, end, (low, high))
        if amount:
            found.append(amount)
            used.update(range(first, last))
        at = end
    return tuple(found), frozenset(used)


def _value(tokens: Sequence[str], at: int) -> tuple[float, float, int]:
    """Least and most that a number's words can mean, and the index behind them; the same index where none begins."""
    words = claim_words()
    token = tokens[at]
    end, value = at, 0.0
    if _DIGITS.fullmatch(token):
        value, end = float(token.replace(",", "")), at + 1
    elif token in words.multiples:
        low, high = words.multiples[token]
        return low, high, at + 1
    else:
        while (word := _get(tokens, end)) in words.numbers or (word == "and" and end > at):
            value, end = value + words.numbers.get(word, 0), end + 1
        if end == at and tokens[at] == "a" and _get(tokens, at + 1) in words.magnitudes:
            value, end = 1.0, at + 1
    while end > at and _get(tokens, end) in words.magnitudes:
        value, end = value * words.magnitudes[tokens[end]], end + 1
    return value, value, end


def _measured(tokens: Sequence[str], at: int, end: int, bounds: tuple[float, float]) -> tuple[Amount | None, int, int]:
    """The amount with its comparing words and unit, and the indices of the first and behind the last of its words."""
    words = claim_words()
    before = list(tokens[max(0, at - _LOOK_BACK) : at])
    unit, last, counted = "", end, _counted(tokens, end)
    if before and words.has("currencies", before[-1]):
        unit = before.pop()
    elif words.has("percent", _get(tokens, end)):
        unit, last = "percent", end + 1
    else:
        unit = "" if counted in _PEOPLE else _base(counted)
    (low, high), compared = _compared(before, bounds)
    verb = any(words.has("measuring", lemma(word)) for word in before[-2:]) or before[-1:] in (["of"], ["at"], ["by"])
    named = bool(before) and words.has("numbered", before[-1])  # "Article 5", "Nord Stream 2 pipeline"
    if named or not (unit or compared or verb or counted):
        return None, at, at
    first = at - compared - (unit in words.sets["currencies"])
    return Amount(low, high, unit, _joined(tokens[first:last])), first, last


def _counted(tokens: Sequence[str], at: int) -> str:
    """The word that a number counts; "" where none follows."""
    words = claim_words()
    while _get(tokens, at) in ("of", "the", "other", "more"):
        at += 1
    token = _get(tokens, at)
    if not token[:1].isalpha() or words.has("linking", token):
        return ""
    countable = token in _PEOPLE or not (words.has("stop", token) or words.has("negations", token))
    return token if countable else ""


def _base(word: str) -> str:
    return lemma(word) if word else ""


def _compared(before: Sequence[str], bounds: tuple[float, float]) -> tuple[tuple[float, float], int]:
    """Bounds as the words before the number widen them, and how many such words there are."""
    words, (low, high) = claim_words(), bounds
    last = before[-1] if before else ""
    pair = tuple(before[-2:])
    if pair in (("more", "than"), ("at", "least"), ("no", "less"), ("higher", "than")):
        return (low + (pair[1] == "than"), _INFINITE), 2
    if pair in (("fewer", "than"), ("less", "than"), ("lower", "than")):
        return (0.0, high - 1), 2
    if pair in (("up", "to"), ("at", "most")):
        return (0.0, high), 2
    if words.has("about_so_many", last):
        return (low * (1 - _ROUGH), high * (1 + _ROUGH)), 1
    if last in ("over", "above", "exceeding"):
        return (low, _INFINITE), 1
    if last in ("under", "below"):
        return (0.0, high), 1
    return (low, high), int(last == "between")


def _get(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""


def _joined(tokens: Sequence[str]) -> str:
    """Tokens as they are read: no space before a comma or behind a currency's sign."""
    text = " ".join(tokens).replace(" ,", ",").replace(" %", " %")
    for sign in claim_words().sets["currencies"]:
        text = text.replace(f"{sign} ", sign)
    return text
