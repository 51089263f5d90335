"""Whose today it is at a place of the text: of a dated entry, of the report's own dateline, else of publication."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.anchoring.datelines import own_day
from ingest.reading.english.times.anchoring.entries import ends_of
from ingest.reading.findings import TimeFinding
from ingest.reading.periods import from_edtf
from kb.edtf import Edtf

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Todays:
    """The days of a text's parts: `starts` where each begins, `days` beside it; before the first it is `page`.

    page: the day of the dateline, else of publication; None where neither is known.
    """

    page: Edtf | None
    starts: tuple[int, ...] = ()
    days: tuple[Edtf, ...] = ()

    def at(self, offset: int) -> Edtf | None:
        """The day that what is told at a character is written on."""
        return self.entry(offset) or self.page

    def entry(self, offset: int) -> Edtf | None:
        """The day of the entry that holds the character; None outside entries."""
        number = bisect_right(self.starts, offset)
        return self.days[number - 1] if number else None


def todays(annotated: Annotated, times: Iterable[TimeFinding]) -> Todays:
    """The days that the parts of an article are written on.

    Days or hours that stand alone on their lines, two or more, head what follows each; so do days that open lines.

    Arguments: the article; its expressions.
    """
    published, text = annotated.document.published, annotated.text
    own = own_day(text, from_edtf(published))
    same = own is None or own == from_edtf(published)
    page = published if same or own is None else own.edtf()
    days = [t for t in times if t.edtf is not None and t.edtf.precision == "day"]
    heads = [t for t in days if _alone(t, text)]
    lines = [t for t in days if _opens(t, text)] if len(heads) < _FEWEST else []
    if len(heads) + len(lines) < _FEWEST:
        return Todays(page)
    end = ends_of([(t.start, t.end) for t in lines], text)[-1] if lines else len(text)
    if page is not None and end < len(text):  # what follows a chronology is the page's again
        return Todays(page, (*(t.start for t in lines), end), (*(_plain(t) for t in lines), page))
    heads = heads or lines
    return Todays(page, tuple(t.start for t in heads), tuple(_plain(t) for t in heads))


def _plain(time: TimeFinding) -> Edtf:
    return Edtf(str(time.edtf).rstrip("~?%"))


def _opens(time: TimeFinding, text: str) -> bool:
    """Whether a day opens a line of a chronology: “18 March: …”."""
    before = text[text.rfind("\n", 0, time.start) + 1 : time.start]
    return not before.strip(" \t•*·-–—") and text[time.end : time.end + 2] == ": "


def _alone(time: TimeFinding, text: str) -> bool:
    line = text[text.rfind("\n", 0, time.start) + 1 : (text.find("\n", time.end) + 1 or len(text) + 1) - 1]
    return line.strip(" \t:•*·-–—") == time.text
