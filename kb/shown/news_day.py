"""The day of news that its article does not date: that of publication or the one before.

Rule: an event that the opening of an article tells as news, without a date, gets the day of publication, “about”
(`2014-03-18~`): news is of that day or of the day before, and of the first more often. A telling of the same event that
dates it to one of the two settles which; a date further off is another matter, and settles nothing. Tense does not tell
the two apart: “has signed” and “signed” are both said of either.
"""

from __future__ import annotations

from datetime import date

from kb.edtf import Edtf
from kb.shown.day_spans import ordinal

OLDEST = 1  # days by which news can be older than its article
_DASHES = 2  # in an ISO day


def settles(day: str | None, published: str | None) -> bool:
    """Whether undated news of an article is of a day that another telling gives. Arguments: ISO days."""
    told, there = ordinal(day), ordinal(published)
    return told is not None and there is not None and 0 <= there - told <= OLDEST


def in_words(edtf: str | None, published: str | None) -> str:
    """The rule for a reader: “news of 17 or 18 Mar 2014: its article was published on 18 Mar 2014”.

    Arguments: edtf, the date that a telling was given; published, that of its article. Where the two are not one day,
    the article dates its news to another, which is said.
    """
    number = ordinal(published) if published is not None and published.count("-") == _DASHES else None
    if published is None or number is None or edtf != Edtf(published).about():
        own = Edtf(edtf.rstrip("~")) if edtf and edtf.endswith("~") else None
        if published and number is not None and own is not None and own.precision == "day":
            return f"no date of its own: its article, published on {Edtf(published).human()}, is news of {own.human()}"
        return f"told as news of the publication date{f' ({Edtf(published).human()})' if published else ''}"
    there = Edtf(published).human()
    before = date.fromordinal(max(1, number - OLDEST)).isoformat()
    told = str(int(before[-2:])) if before[:7] == published[:7] else Edtf(before).human()
    return f"news of {told} or {there}: its article was published on {there}"
