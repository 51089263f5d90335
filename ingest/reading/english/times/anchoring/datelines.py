"""The day that a report gives for itself above its text, older than its page may be: “KYIV, March 16 (Reuters) -”."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.english.times.phrases.patterns import DAY, MONTH_NAME, YEAR
from ingest.reading.english.times.phrases.words import MONTHS
from ingest.reading.periods import Period

_PLACE = r"[A-Z][A-Z.'’/-]+(?:[ ,]{1,2}[A-Z][A-Za-z.'’/-]+){0,4},?\s"
_SOURCE = r"\s?\([A-Z][\w .&/-]{1,40}\)"
_DATELINE = re.compile(
    rf"(?:\A|\n)[ \t]*(?P<place>{_PLACE})?(?i:{MONTH_NAME}\s{DAY}(?:,?\s{YEAR})?)(?P<source>{_SOURCE})?"
    r"\s{0,2}[-–—]{1,2}\s"
)
_ABOVE = 600  # characters of a text in which its dateline stands
_OLDEST = 400  # days


def own_day(text: str, published: Period | None) -> Period | None:
    """The day that deictic words count from: the dateline's, where it lies before publication; else publication.

    Arguments: the text; the day of publication.
    """
    day = published.first_day() if published is not None and published.unit == "day" else None
    found = _DATELINE.search(text, 0, _ABOVE)
    if day is None or published is None or found is None or not (found["place"] or found["source"]):
        return published  # a bare “March 16 -” begins an entry of a chronology
    told = Period("day", int(found["y"]) if found["y"] else day.year, MONTHS[found["mon"].lower()], int(found["d"]))
    first = told.first_day()
    if first is not None and first > day and not found["y"]:
        told = replace(told, year=day.year - 1)
        first = told.first_day()
    return told if first is not None and 0 <= (day - first).days <= _OLDEST else published
