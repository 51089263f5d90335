"""Events as the bars of a timeline: where each starts and ends, what it looks like, which lane it lies in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from kb.ask.timeline import TimelineRow
from kb.components.timeline import Item, Lane, LegendEntry, Window
from kb.edtf import Edtf
from kb.views.parts.markup import status_word, type_word

PLAIN_SLOT = 8
OTHER_LANE = "\u0000other"
LANES = ("none", "people", "places", "types", "wholes")
_LEFT_OVER = {"people": "Other or no one", "places": "Other or nowhere", "wholes": "Part of nothing told"}
_OPEN_SPAN = timedelta(days=365)


def day(iso: str | None) -> date | None:
    """An ISO day as a date; None for none, and for a year that a calendar of 1 to 9999 does not have."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def slots(types: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The eight most frequent types, each with its colour and shape; the others share the plain one."""
    return {name: slot for slot, (name, _) in enumerate(types[:PLAIN_SLOT])}


def window_of(rows: Sequence[TimelineRow], share: float = 1.0) -> Window | None:
    """First and last day of the middle `share` of the events, with a margin; None when none is dated.

    A lone event of another century would else squeeze all others into one corner.
    """
    days = sorted(found for row in rows for found in (day(row.earliest), day(row.latest)) if found)
    if not days:
        return None
    cut = int(len(days) * (1 - share) / 2)
    first, last = days[cut], days[len(days) - 1 - cut]
    margin = max(timedelta(days=12), (last - first) * 0.05)
    return _minus(first, margin).isoformat(), _plus(last, margin).isoformat()


def window_with(window: Window | None, row: TimelineRow) -> Window | None:
    """The window, moved to an event that lies outside it: as wide, but wide enough; None for what has no date.

    Arguments: the window, None where there is none; the event.
    """
    first, last = day(row.earliest) or day(row.latest), day(row.latest) or day(row.earliest)
    if not first or not last:
        return None
    if window and window[0] <= last.isoformat() and first.isoformat() <= window[1]:
        return window
    width = date.fromisoformat(window[1]) - date.fromisoformat(window[0]) if window else timedelta(days=365)
    room = max(timedelta(days=12), (width - (last - first)) / 2)
    return _minus(first, room).isoformat(), _plus(last, room).isoformat()


def items(
    rows: Sequence[TimelineRow], slot_of: Mapping[str, int], extent: Window, lanes: Sequence[Lane], by: str
) -> list[Item]:
    """The bars of all rows that have a place in time, one for each lane that an event belongs to."""
    known = {lane.id for lane in lanes}
    made: list[Item] = []
    for row in rows:
        span = _span(row, extent)
        if span is None:
            continue
        groups: list[str | None] = [*_lanes_of(row, by, known)] if lanes else [None]
        made.extend(_item(row, span, slot_of, group, number) for number, group in enumerate(groups))
    # The order in which a keyboard walks through them.
    return sorted(made, key=lambda item: item.start)


def lanes_of(rows: Sequence[TimelineRow], by: str, most: int = 8) -> list[Lane]:
    """The lanes for `by` (one of LANES), the fullest first, what is left over last."""
    if by == "none":
        return []
    counts = Counter(value for row in rows for value in _values(row, by))
    lanes = [Lane(name, type_word(name) if by == "types" else name) for name, _ in counts.most_common(most)]
    if any(not set(_values(row, by)) & {lane.id for lane in lanes} for row in rows):
        lanes.append(Lane(OTHER_LANE, _LEFT_OVER.get(by, "Other")))
    return lanes


def legend(rows: Sequence[TimelineRow], slot_of: Mapping[str, int]) -> list[LegendEntry]:
    """What the colours and shapes of these rows stand for."""
    counts = Counter(slot_of.get(row.type, PLAIN_SLOT) for row in rows)
    names = {slot: type_word(name) for name, slot in slot_of.items()} | {PLAIN_SLOT: "Further types"}
    return [LegendEntry(slot, names[slot], counts[slot]) for slot in sorted(counts)]


def _values(row: TimelineRow, by: str) -> tuple[str, ...]:
    if by == "people":
        return row.people
    if by == "places":
        return (row.place,) if row.place else ()
    if by == "wholes":
        return (row.whole,) if row.whole else ()
    return (row.type,)


def _lanes_of(row: TimelineRow, by: str, known: set[str]) -> list[str]:
    return [value for value in _values(row, by) if value in known] or [OTHER_LANE]


def _span(row: TimelineRow, extent: Window) -> tuple[date, date] | None:
    first, last = day(row.earliest), day(row.latest)
    if first is None and last is None:
        return None
    # An open side reaches the edge of what is known, and a year at least, so that its fading can be seen.
    if last is None:
        last = max(day(extent[1]) or date.min, _plus(first or date.min, _OPEN_SPAN))
    if first is None:
        first = min(day(extent[0]) or last, _minus(last, _OPEN_SPAN))
    return first, _plus(last, timedelta(days=1))


def _item(
    row: TimelineRow, span: tuple[date, date], slot_of: Mapping[str, int], group: str | None, number: int
) -> Item:
    approximate, uncertain = _doubts(row.edtf)
    return Item(
        id=f"{row.id}#{number}", event=row.id, title=row.title, date=row.when, start=span[0].isoformat(),
        end=span[1].isoformat(), slot=slot_of.get(row.type, PLAIN_SLOT), group=group,
        tag=", ".join(filter(None, (status_word(row.status), row.doubt))),
        weight=row.importance, soft=approximate, open_start=row.earliest is None, open_end=row.latest is None,
        unsure=uncertain or row.status != "asserted" or bool(row.doubt),
    )  # fmt: skip


def _doubts(edtf: str | None) -> tuple[bool, bool]:
    found = Edtf.of(edtf or "")
    return (found.approximate, found.uncertain) if found else (False, False)


def _minus(start: date, span: timedelta) -> date:
    return start - span if (start - date.min) > span else date.min


def _plus(start: date, span: timedelta) -> date:
    return start + span if (date.max - start) > span else date.max


def window_of_milliseconds(first: float, last: float) -> Window:
    """A chart's selection, milliseconds since 1970 UTC, as days, at least a month wide."""
    start, end = (datetime.fromtimestamp(ms / 1000, UTC).date() for ms in sorted((first, last)))
    return start.isoformat(), max(end, _plus(start, timedelta(days=30))).isoformat()


def window_of_months(months: Sequence[tuple[str, int]], enough: float = math.inf) -> Window | None:
    """Span the latest months that hold `enough` events together, else all months; None when there is none.

    Arguments: months, ("2022-03", count), first month first; enough, a number of events.
    """
    if not months:
        return None
    held, first = 0, months[-1][0]
    for month, count in reversed(months):
        first, held = month, held + count
        if held >= enough:
            break
    last = date.fromisoformat(f"{months[-1][0]}-01")
    return f"{first}-01", _plus(last, timedelta(days=31)).isoformat()
