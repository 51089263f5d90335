"""Dates and confidences in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.edtf import Edtf

# How the date of publication is known, in words.
BASES = {
    "given": "as given when it was added", "metadata": "from the page’s metadata", "url": "from its web address",
    "byline": "from its byline", "feed": "from its feed", "decision": "corrected by hand",
}  # fmt: skip


def human(edtf: str | None, unknown: str = "date unknown") -> str:
    """An EDTF string in words, "24 Feb 2022". Arguments: edtf, or None; unknown, what to say for None."""
    if not edtf:
        return unknown
    date = Edtf.of(edtf)
    return date.human() if date else edtf


def rival_dates(dates: Iterable[str]) -> tuple[Edtf, ...]:
    """Those of some EDTF dates that exclude another of them, earliest first."""
    known = sorted({Edtf(date) for date in dates})
    return tuple(one for one in known if any(not one.overlaps(other) for other in known))


def sure(confidence: float) -> str:
    """A confidence between 0 and 1 in words, “85% sure”."""
    return f"{round(100 * confidence)}% sure"


def as_said(text: str, *, direct: bool) -> str:
    """The words of a claim as a reader meets them: quotation marks around those of the speaker, none around others.

    The comma before ", he said" belongs to the sentence around a quotation, so none ends it. Arguments: text of the
    claim, which may bring its marks along; direct, whether these are the speaker's own words.
    """
    if direct and not any(mark in text for mark in '“”"„«'):
        text = f"“{text}”"
    return re.sub(r"\s*,(?=[”\"»]?$)", "", text)
