"""Two dates of what may be one event: whether they fit, and how near they come where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kb.edtf import Edtf

# days that "about" leaves on either side of a day, a month, a year
_ROOM = {1: 3, 31: 31, 366: 366}
_MONTH, _YEAR = 31, 366
_LONG = 3653


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day as ordinals of the proleptic calendar, and the days of room that "about" leaves each side."""

    first: int
    last: int
    room: int = 0
    since: bool = False  # the start of something that lasts

    @property
    def width(self) -> int:
        """Number of days."""
        return self.last - self.first + 1

    def gap(self, other: Span) -> int:
        """Days from the end of one to the start of the other, room left out; 0 or less where they overlap."""
        return max(self.first - other.last, other.first - self.last)

    def meets(self, other: Span) -> bool:
        """Whether they share a day when "about" is given its room."""
        return self.gap(other) <= max(self.room, other.room)


@cache
def span_of(edtf: Edtf | None) -> Span | None:
    """The days a date may mean; of "since 2014" the year 2014; None without a year, a start or a date."""
    if edtf is None or edtf.precision == "unknown" or edtf.startswith(("/", "..")):
        return None
    since = edtf.precision == "open"
    start = Edtf(edtf.split("/")[0]) if since else edtf
    if start.earliest is None or start.latest is None or start.precision == "unknown":
        return None
    first, last = ordinal(start.earliest), ordinal(start.latest)
    if first is None or last is None or last < first:
        return None
    room = next((days for most, days in _ROOM.items() if last - first < most), _LONG) if start.approximate else 0
    return Span(first, last, room, since)


def ordinal(day: str | None) -> int | None:
    """The number of an ISO day in the proleptic calendar; None for none and what it does not know: years before 1."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def months(span: Span, margin: int) -> frozenset[str]:
    """The months, "2014-03", that a span and `margin` days on either side touch."""
    first, last = _day(span.first - margin), _day(span.last + margin)
    count = (last.year - first.year) * 12 + last.month - first.month
    return frozenset(
        f"{first.year + (first.month + n - 1) // 12:04d}-{(first.month + n - 1) % 12 + 1:02d}" for n in range(count + 1)
    )


def years(span: Span, margin: int) -> frozenset[str]:
    """The years that a span and `margin` days on either side touch."""
    return frozenset(f"{n:04d}" for n in range(_day(span.first - margin).year, _day(span.last + margin).year + 1))


def _day(ordinal: int) -> date:
    return date.min + timedelta(days=min(max(ordinal - 1, 0), (date.max - date.min).days))
