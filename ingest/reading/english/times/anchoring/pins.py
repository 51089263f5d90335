"""Dates of events that a person has corrected: stronger than anything the text says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ingest.reading.findings import Span
from ingest.reading.periods import Period
from kb.edtf import Edtf

NO_PINS: Mapping[Span, Edtf] = MappingProxyType({})
_POINT = re.compile(r"(-?\d{2,4})(X{0,2})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Pin:
    """An event's words with the first and the last period of its corrected date; None where that side is open."""

    span: Span
    edtf: Edtf
    begin: Period | None
    end: Period | None

    def covers(self, start: int, end: int) -> bool:
        """Whether the characters start to end share some with the event's words."""
        return self.span[0] < end and start < self.span[1]


def pins_of(dates: Mapping[Span, Edtf]) -> tuple[Pin, ...]:
    """The corrections in the order of the text. A point is beginning and end; an interval has one of each."""
    return tuple(Pin(span, edtf, *_sides(edtf)) for span, edtf in sorted(dates.items()))


def _sides(edtf: Edtf) -> tuple[Period | None, Period | None]:
    sides = [_period(side) for side in edtf.split("/")]
    return sides[0], sides[-1]


def _period(point: str) -> Period | None:
    """One side of an EDTF date (ISO 8601-2, levels 0 to 2) as a Period; None when open or of no known year."""
    found = _POINT.match(re.sub(r"[~?%]", "", point))
    if found is None:
        return None
    digits, masked, part, day = found[1], len(found[2]), int(found[3] or 0), int(found[4] or 0)
    if masked:
        return Period("decade" if masked == 1 else "century", int(digits) * 10**masked)
    year = int(digits)
    if day:
        return Period("day", year, part, day)
    if not part:
        return Period("year", year)
    if part <= 12:
        return Period("month", year, part)
    named = {range(21, 25): ("season", 0), range(33, 37): ("quarter", 32), range(40, 42): ("half", 39)}
    for codes, (unit, before) in named.items():
        if part in codes:
            return Period(unit, year, part - before)  # type: ignore[arg-type]
    return Period("year", year)
