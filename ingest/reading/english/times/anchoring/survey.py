"""What an article as a whole tells about its dates.

Whether it is a history, and which number comes first in 03/04/2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.english.times.phrases.atoms import DateOrder
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import MONTHS
from ingest.reading.periods import Period

_BRITISH = re.compile(
    r"\b(?:colour|honour|labour|defence|favour|neighbour|programme|centre|organis\w+|realis\w+|recognis\w+|analys(?:e|ed|ing)|metres?|kilometres?)\b",
    re.I,
)
_AMERICAN = re.compile(
    r"\b(?:color|honor|labor|defense|favor|neighbor|program|center|organiz\w+|realiz\w+|recogniz\w+|analyz(?:e|ed|ing)|meters?|kilometers?)\b",
    re.I,
)
_BY_FIGURES, _BY_WORDS = "as in other dates in figures of the article", "as in the written dates of the article"
_BY_SPELLING, _BY_CUSTOM = "by the spelling of the article", "as nothing in the article tells the order"
_MIN_YEARS = 6
_MANY_YEARS = 20
_OLD = 2  # a year this far before publication belongs to what is told, not to the news
_OWN_DAYS = 3  # times that its own day stands in what is written on it
_SHARE_OLD = 0.7
_SHARE_OLD_OF_MANY = 0.3


def date_order(phrases: Sequence[Phrase], text: str) -> tuple[DateOrder, str]:
    """Day or month first in numeric dates, and by what it is told, in words.

    By the article's own dates that can be read one way only, then by its written dates, then by its spelling.
    """
    figures = written = 0
    for phrase in phrases:
        inner = phrase.inner or phrase
        if inner.kind == "numeric":
            figures += (int(inner.get("a")) > 12) - (int(inner.get("b")) > 12)
        written += (inner.kind == "date_dmy") - (inner.kind == "date")
    votes = 10 * figures + written
    if votes:
        day_first = votes > 0
        return ("DMY" if day_first else "MDY"), (_BY_FIGURES if (figures > 0) == day_first and figures else _BY_WORDS)
    if any((p.inner or p).kind == "numeric" for p in phrases):
        votes = len(_BRITISH.findall(text)) - len(_AMERICAN.findall(text))
    return ("DMY" if votes > 0 else "MDY"), (_BY_SPELLING if votes else _BY_CUSTOM)


def is_history(phrases: Sequence[Phrase], published: Period | None) -> bool:
    """Whether the text tells a history.

    Many explicit years, most of them well before publication, so that bare dates lean on the story. What names the
    day of its publication again and again was written on it, however much of the past it recalls.
    """
    years = [int(y) for p in phrases if (y := (p.inner or p).get("y")) and (p.inner or p).kind not in ("clock",)]
    if len(years) < _MIN_YEARS:
        return False
    if published is None or published.year is None:
        return True
    if published.unit == "day" and sum(_names(phrase, published) for phrase in phrases) >= _OWN_DAYS:
        return False
    recent = sum(1 for year in years if 0 <= published.year - year < _OLD)
    old = sum(1 for p in phrases if (p.inner or p).get("era")) + sum(
        1 for year in years if published.year - year >= _OLD
    )
    share = old / (old + recent) if old + recent else 0.0
    return share >= (_SHARE_OLD_OF_MANY if len(years) >= _MANY_YEARS else _SHARE_OLD)


def _names(phrase: Phrase, day: Period) -> bool:
    """Whether a phrase gives a day with its month and year in words."""
    month = MONTHS.get(phrase.get("mon") or "", 0)
    return (phrase.get("y"), phrase.get("d"), month) == (str(day.year), str(day.day), day.part)
