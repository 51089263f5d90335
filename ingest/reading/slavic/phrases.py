"""Which words of a Ukrainian or Russian text denote a time, and of what form they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.reading.lexicon import load

_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d)"
_SHORT = r"(?:19|20)?\d0"
_ROMAN = {
    "XII": 12,
    "XIII": 13,
    "XIV": 14,
    "XV": 15,
    "XVI": 16,
    "XVII": 17,
    "XVIII": 18,
    "XIX": 19,
    "XX": 20,
    "XXI": 21,
}
_BEGINNING = re.compile(r"(?<![\w.,-])(?=\w)")  # where a phrase may begin: no rule is tried elsewhere
_BEFORE_WEEKDAYS = "в во у на до с со з із к по від от"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A span of the text by offsets, the form of the phrase, and the parts of it by name."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str]

    def get(self, name: str) -> str:
        """A part in lower case; "" where the phrase has none."""
        return self.parts.get(name, "").lower().replace("’", "'").replace("ʼ", "'")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language by what they say: month and weekday by number, units, numerals, "last" and "next"."""

    months: Mapping[str, int]
    seasons: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, float]
    days: Mapping[str, int]
    years: Mapping[str, int]
    steps: Mapping[str, int]
    ahead: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]


@cache
def words(language: str) -> Words:
    """The words of "uk" or "ru"."""
    rows = load(language, "slavic")
    steps = {word: step for name, step in (("last", -1), ("this", 0), ("next", 1)) for word in rows[name].split()}
    return Words(
        months=_numbered(rows["months"], 1), seasons=_numbered(rows["seasons"], 21),
        weekdays=_numbered(rows["weekdays"], 0),
        units={word: unit for unit, forms in rows["units"].items() for word in forms.split()},
        numbers=rows["numbers"], days=rows["days"], years=rows["year words"], steps=steps,
        ahead=frozenset(rows["ahead"].split()), from_=frozenset(rows["from"].split()),
        to=frozenset(rows["to"].split()),
    )  # fmt: skip


def find_phrases(text: str, language: str) -> Iterator[Phrase]:
    """The times of a text, left to right, none within another; of two that begin together the longer.

    Arguments: the text; language, "uk" or "ru".
    """
    at = 0
    while start := _BEGINNING.search(text, at):
        longest = max((_match(kind, rule, text, start.start()) for kind, rule in _rules(language)), key=_length)
        if longest is None:
            at = start.start() + 1
            continue
        yield longest
        at = longest.end


def century(roman: str) -> int:
    """The number of a century in Roman figures; 0 where it is none that news tells of."""
    return _ROMAN.get(roman.upper(), 0)


def _length(phrase: Phrase | None) -> int:
    return phrase.end - phrase.start if phrase else -1


def _match(kind: str, rule: re.Pattern[str], text: str, at: int) -> Phrase | None:
    found = rule.match(text, at)
    if not found:
        return None
    first = found.start("t") if "t" in rule.groupindex else found.start()
    if kind == "month" and text[first].isupper():
        return None  # “Марта” is a name; months are written small
    return Phrase(first, found.end(), kind, {k: v for k, v in found.groupdict().items() if v and k != "t"})


def _numbered(rows: list[str], first: int) -> dict[str, int]:
    return {word: number for number, forms in enumerate(rows, first) for word in forms.split()}


def _any(forms: Any) -> str:
    listed = forms.split() if isinstance(forms, str) else list(forms)
    return "(?:" + "|".join(re.escape(word).replace("'", "['’ʼ]") for word in sorted(listed, key=len)[::-1]) + ")"


def _with_stop(forms: str) -> str:
    """Words, of which the shortened ones (“г.”, “рр.”) keep their full stop."""
    short = [form for form in forms.split() if len(form) <= 2]
    long = [form for form in forms.split() if len(form) > 2]
    return rf"(?:{_any(long)}\b|{_any(short)}\b\.?)" if short else rf"{_any(long)}\b"


@cache
def _rules(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows, known = load(language, "slavic"), words(language)
    month, season, weekday = _any(known.months), _any(known.seasons), _any(known.weekdays)
    year = _with_stop(rows["year"])
    years = _with_stop(rows["years"])
    unit, number = _any(known.units), rf"(?:\d{{1,3}}|{_any(known.numbers)})"
    step = rf"(?P<step>{_any(known.steps)})"
    of_year = rf"(?:\s+{_YEAR}(?!\d)(?:\s+{year})?|\s+{step}\s+{year})"
    within = step.replace("?P<step>", "?:")
    before = _any(rows["before months"])
    dash = rf"\s*(?:[-–—]|\b{_any(rows['to'])}\b)\s*"
    return tuple((kind, re.compile(rule, re.I)) for kind, rule in {
        "numeric": r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)",
        "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        "days": rf"(?P<d1>\d{{1,2}}){dash}(?P<d>\d{{1,2}})\s+(?P<month>{month})\b{of_year}?",
        "date": rf"(?P<d>\d{{1,2}})\s+(?P<month>{month})\b{of_year}?",
        "month": rf"{before}\s+(?P<t>(?P<month>{month}))\b(?!\s+\d|\s+{within}\s+{year})",
        "month of": rf"(?P<month>{month})\b{of_year}",
        "season": rf"(?P<season>{season})\b{of_year}",
        "years": rf"(?P<y1>1[0-9]\d\d|20\d\d){dash}{_YEAR}\s+(?:{years}|{year})",
        "year": rf"{_YEAR}(?:\s+{year}|{_any(rows['ordinal'])}(?:\s+{year})?)",
        "decade": rf"(?P<decade>{_SHORT})-(?:[хі]х?|ті|е|тих)\s+{years}",
        "century": rf"(?P<roman>[XІVI]{{2,5}})\s+{_with_stop(rows['century'])}",
        "step": rf"{step}\s+(?P<unit>{unit})\b",
        "step weekday": rf"{step}\s+(?P<weekday>{weekday})\b",
        "weekday": rf"{_any(_BEFORE_WEEKDAYS)}\s+(?P<t>(?P<weekday>{weekday}))\b",
        "day": rf"(?P<day>{_any(known.days)})\b",
        "year word": rf"(?P<word>{_any(known.years)})\b" if known.years else r"(?!)",
        "ago": rf"(?:(?P<n>{number})\s+)?(?P<unit>{unit})\s+{rows['ago']}\b",
        "in": rf"{rows['in']}\s+(?:(?P<n>{number})\s+)?(?P<unit>{unit})\b",
        "length": rf"(?P<n>{number})\s+(?P<unit>{unit})\b",
    }.items())  # fmt: skip
