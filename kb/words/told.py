"""Sentences that rooms below make in English, in the reader's language: each is known by its pattern.

These rooms know no reader: what they say is stored, printed and answered in English. Where a sentence is a fixed text
with parts, its text stands in `kb/words/sentences.py`; what is read off its {names} is put into the translation.
"""

from __future__ import annotations

import calendar
import re
from functools import cache

from kb.edtf import Edtf
from kb.words.dates import human
from kb.words.sentences import COUNTED, SENTENCES
from kb.words.speech import SOURCE, language, plural, say

_NAMED = re.compile(r"\\{(\w+)\\}")
# Parts that are another's words: titles, names and phrases are never translated.
_KEPT = ("title", "name", "who", "words", "id", "model", "key")
_MONTHS = {name: number for names in (calendar.month_name, calendar.month_abbr)
           for number, name in enumerate(names) if name}  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Za-z]+) )?(\d{4})(s?)")


def retold(sentence: str) -> str:
    """A sentence of a room below; of one that no pattern fits, what fits between its commas, else as it is."""
    if language() == SOURCE or not sentence:
        return sentence
    found = _whole(sentence)
    if found is not None:
        return found
    for mark in ("; ", ", "):
        if mark in sentence and "“" not in sentence:
            return mark.join(retold(part) for part in sentence.split(mark))
    return sentence


def _whole(sentence: str) -> str | None:
    for pattern, one, many in _patterns():
        found = pattern.fullmatch(sentence)
        if found is None:
            continue
        parts = {name: _part(name, text) for name, text in found.groupdict().items() if name != "n"}
        if not many:
            return say(one, **parts)
        return plural(int(found["n"].replace(",", "")), one, many, **parts)
    edtf = edtf_of(sentence)
    return human(edtf) if edtf else None


def _part(name: str, text: str) -> str:
    return text if name.startswith(_KEPT) else retold(text)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Each text as a pattern, with its forms: the text for one and for many, "" where nothing is counted."""
    texts = [(text, *forms) for forms in COUNTED for text in forms]
    texts += [(text, text, "") for text in SENTENCES]
    return tuple((re.compile(_NAMED.sub(_group, re.escape(text)), re.S), one, many) for text, one, many in texts)


def _group(named: re.Match[str]) -> str:
    return r"(?P<n>\d[\d,]*)" if named[1] == "n" else f"(?P<{named[1]}>.+?)"


def edtf_of(words: str) -> str | None:
    """The date that `Edtf.human` said so; None for other words."""
    for before, make in (("about ", "{}~"), ("since ", "{}/.."), ("until ", "../{}")):
        if words.startswith(before):
            inner = edtf_of(words.removeprefix(before))
            return make.format(inner) if inner and "/" not in inner else None
    first, to, last = words.partition(" to ")
    if to:
        ends = edtf_of(first), edtf_of(last)
        return f"{ends[0]}/{ends[1]}" if all(ends) and Edtf.of(f"{ends[0]}/{ends[1]}") else None
    found = _DATE.fullmatch(words)
    return _iso(found[1], found[2], found[3], found[4]) if found else None


def _iso(day: str | None, month: str | None, year: str, many: str) -> str | None:
    if many:
        return f"{year[:2]}XX" if year.endswith("00") else f"{year[:3]}X" if year.endswith("0") else None
    if month is None:
        return year
    number = _MONTHS.get(month) or _SEASONS.get(month)
    if number is None or (day and number > 12):
        return None
    iso = f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    return iso if Edtf.of(iso) else None
