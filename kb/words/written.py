"""Dates that a reader wrote into a field as readers of the language write them: “24 лютого 2022”, “близько 2014”."""

from __future__ import annotations

import re

from kb.edtf import Edtf
from kb.words.dates import PARTS, names_of, part_words
from kb.words.speech import SOURCE, language, say

_SEPARATE = re.compile(r"\s+[-–—]\s+")
_DAY = re.compile(r"(?:(\d{1,2})\s+)?([^\W\d]+)\.?\s+(\d{4})(?:\s+\w{1,4}\.?)?")


def dated(text: str) -> str:
    """What was written as EDTF, where it is as `human` says a date in the reader's language; else as it was written."""
    if language() == SOURCE or Edtf.of(text.strip()):
        return text
    found = _edtf(" ".join(text.lower().split()))
    return found if found and Edtf.of(found) else text


def _edtf(text: str) -> str | None:
    sides = _SEPARATE.split(text)
    if len(sides) == 2:
        first, last = (_edtf(side) for side in sides)
        return f"{first}/{last}" if first and last else None
    for said, made in ((say("about {date}"), "{}~"), (say("since {date}"), "{}/.."), (say("until {date}"), "../{}"),
                       (say("{date} (uncertain)"), "{}?")):  # fmt: skip
        inside = re.fullmatch(re.escape(said.lower()).replace(r"\{date\}", "(.+)"), text)
        if inside:
            found = _edtf(inside[1])
            return made.format(found) if found else None
    return text if re.fullmatch(r"\d{4}", text) else _of_month(text) or _of_part(text)


def _of_month(text: str) -> str | None:
    found = _DAY.fullmatch(text)
    number = _months().get(found[2]) if found else None
    if found is None or number is None:
        return None
    return f"{found[3]}-{number:02d}" + (f"-{int(found[1]):02d}" if found[1] else "")


def _of_part(text: str) -> str | None:
    words, _, year = text.rpartition(" ")
    number = next((each for each in PARTS if words in {part.lower() for part in part_words(each)}), None)
    return f"{year}-{number}" if number and re.fullmatch(r"\d{4}", year) else None


def _months() -> dict[str, int]:
    """The number of each month by all its names."""
    code = language()
    named = (names_of(code, width, use) for width in ("wide", "abbreviated") for use in ("format", "stand-alone"))
    return {name.lower().rstrip("."): number for names in named for number, name in enumerate(names, 1)}
