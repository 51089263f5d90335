"""Events as the bars of a timeline: where each starts and ends, what it looks like, which lane it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from types import MappingProxyType

from kb.ask.kept.lanes import Beside
from kb.ask.timeline import TimelineRow
from kb.components.timeline import Item, Lane, TypeEntry, Window
from kb.counted import month_of
from kb.edtf import Edtf
from kb.views.parts.markup import status_word, title_of, type_word
from kb.words import human, mark, retold, say

PLAIN_SLOT = 8
SLOTS = {
    "CONSULT": 0, "ACCUSE": 1, "MOBILIZE": 2, "COERCE": 3, "SANCTION": 4, "ASSAULT": 5, "AGREE": 6, "STATEMENT": 7,
    "OTHER": PLAIN_SLOT, "SUPPORT": 9, "AID": 10, "COOPERATE": 11, "CONCEDE": 12, "RETREAT": 13, "REQUEST": 14,
    "REJECT": 15, "THREATEN": 16, "PROTEST": 17,
}  # fmt: skip
"""The colour and shape of each type, for good: what is added never changes them. See frontend/marks.js."""
OTHER_LANE = "\u0000other"
LANES = ("none", "people", "organizations", "places", "types", "wholes", "publishers", "tags")
_LEFT_OVER = {
    "people": mark("Other or no one"),
    "organizations": mark("Other or none"),
    "places": mark("Other or nowhere"),
    "wholes": mark("Part of nothing told"),
    "publishers": mark("Other or unnamed"),
    "tags": mark("Other or untagged"),
}
Also = Mapping[str, Beside]
_OPEN_SPAN = timedelta(days=365)


def day(iso: str | None) -> date | None:
    """An ISO day as a date; None for none, and for a year that a calendar of 1 to 9999 does not have."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def slot_of(type: str) -> int:
    """The colour and shape of a type; one that a human named has the plain ones."""
    return SLOTS.get(type, PLAIN_SLOT)


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


def meets(row: TimelineRow, window: Window) -> bool:
    """Whether an event, which has a date, touches the days of a window."""
    return (row.latest or "9999") >= window[0] and (row.earliest or "") <= window[1]


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
    rows: Sequence[TimelineRow], extent: Window, lanes: Sequence[Lane], by: str, also: Also = MappingProxyType({})
) -> list[Item]:
    """The bars of all rows that have a place in time, one for each lane that an event belongs to.

    Arguments: the rows; the days that there are; lanes and what they are by, as `lanes_of`; also, publishers and tags.
    """
    known = {lane.id for lane in lanes}
    made: list[Item] = []
    for row in rows:
        span = _span(row, extent)
        if span is None:
            continue
        groups: list[str | None] = [*_lanes_of(row, by, known, also)] if lanes else [None]
        made.extend(_item(row, span, group, number) for number, group in enumerate(groups))
    # The order in which a keyboard walks through them.
    return sorted(made, key=lambda item: item.start)


def lanes_of(
    rows: Sequence[TimelineRow],
    by: str,
    most: int = 8,
    *,
    also: Also = MappingProxyType({}),
    before: Sequence[str] = (),
) -> list[Lane]:
    """The lanes for `by` (one of LANES), the fullest first, what is left over last.

    Arguments: the rows; by; most, lanes but the last; also, publishers and tags by an event's id, where lanes are by
    these; before, the lanes that were seen last, which keep their order, so that no lane jumps when the window moves.
    """
    if by == "none":
        return []
    counts = Counter(value for row in rows for value in _values(row, by, also))
    kept = [name for name in before if counts[name]]
    names = [*kept, *(name for name, _ in counts.most_common() if name not in kept)][:most]
    lanes = [Lane(name, type_word(name) if by == "types" else name) for name in names]
    if any(not set(_values(row, by, also)) & {lane.id for lane in lanes} for row in rows):
        lanes.append(Lane(OTHER_LANE, say(_LEFT_OVER.get(by, "Other"))))
    return lanes


def legend(types: Mapping[str, int], chosen: Collection[str]) -> list[TypeEntry]:
    """The types that there are, most frequent first. Arguments: how many events of each; those chosen, or none."""
    there = {**dict.fromkeys(chosen, 0), **types}
    ordered = sorted(there, key=lambda type: (-there[type], type))
    return [TypeEntry(type, slot_of(type), type_word(type), there[type], type in chosen) for type in ordered]


def _values(row: TimelineRow, by: str, also: Also) -> tuple[str, ...]:
    if by in ("publishers", "tags"):
        beside = also.get(row.id, Beside())
        return beside.publishers if by == "publishers" else beside.tags
    if by == "people":
        return row.people
    if by == "organizations":
        return row.organizations
    if by == "places":
        return (row.place,) if row.place else ()
    if by == "wholes":
        return (row.whole,) if row.whole else ()
    return (row.type,)


def _lanes_of(row: TimelineRow, by: str, known: set[str], also: Also) -> list[str]:
    return [value for value in _values(row, by, also) if value in known] or [OTHER_LANE]


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


def _item(row: TimelineRow, span: tuple[date, date], group: str | None, number: int) -> Item:
    approximate, uncertain = _doubts(row.edtf)
    return Item(
        id=f"{row.id}#{number}", event=row.id, title=title_of(row), date=human(row.edtf), start=span[0].isoformat(),
        end=span[1].isoformat(), slot=slot_of(row.type), group=group, month=month_of(asdict(row)),
        tag=", ".join(filter(None, (status_word(row.status), retold(row.doubt)))),
        weight=row.importance, soft=approximate, open_start=row.earliest is None, open_end=row.latest is None,
        unsure=uncertain or row.status != "asserted" or bool(row.doubt),
        disputed=row.disputed, corrected=row.corrected, single=row.sources < 2,
    )  # fmt: skip


def _doubts(edtf: str | None) -> tuple[bool, bool]:
    found = Edtf.of(edtf or "")
    return (found.approximate, found.uncertain) if found else (False, False)


def _minus(start: date, span: timedelta) -> date:
    return start - span if (start - date.min) > span else date.min


def _plus(start: date, span: timedelta) -> date:
    return start + span if (date.max - start) > span else date.max


def window_of_months(months: Sequence[tuple[str, int]], share: float = 1.0) -> Window | None:
    """The fewest months in a row that hold a share of all events, with a margin; None when there is none.

    Arguments: months, ("2022-03", count), first month first; share, 0 to 1.
    """
    if not months:
        return None
    enough = share * sum(count for _, count in months)
    best, held, first = (0, len(months) - 1), 0, 0
    for last, (_, count) in enumerate(months):
        held += count
        while held - months[first][1] >= enough:
            held -= months[first][1]
            first += 1
        if held >= enough and _width(months, first, last) < _width(months, *best):
            best = first, last
    start, end = _first_day(months[best[0]][0]), _last_day(months[best[1]][0])
    margin = max(min(timedelta(days=12), (end - start) * 0.1), (end - start) * 0.03)
    return _minus(start, margin).isoformat(), _plus(end, margin).isoformat()


def joined(*windows: Window | None) -> Window | None:
    """The window that holds all of some; None where there is none."""
    there = [window for window in windows if window]
    return (min(first for first, _ in there), max(last for _, last in there)) if there else None


def asked_window(first: str | None, last: str | None, extent: Window) -> Window | None:
    """The window that filters by time ask for; None where they ask for none.

    Arguments: first and last, as the filters take them: "2022", "2022-03", a day, or "2022-99" for the end of a year;
    the days of all that there is, which bound the other side.
    """
    if not first and not last:
        return None
    start = f"{first}-01-01"[:10] if first else extent[0]
    end = _end_of(last) if last else extent[1]
    return (start, end) if day(start) and day(end) and start < end else None


def _end_of(last: str) -> str:
    """A day; the last one of a year or a month, "2022-99" or "2022-03-99"."""
    if not last.endswith("-99"):
        return last
    month = last[:-3] if len(last) == 10 else f"{last[:4]}-12"
    return _last_day(month).isoformat() if day(f"{month}-01") else last


def window_in(text: str | None) -> Window | None:
    """The window that an address names, "2014-01-01..2015-03-02"; None where it names none that can be shown."""
    first, _, last = (text or "").partition("..")
    return (first, last) if day(first) and day(last) and first < last else None


def _width(months: Sequence[tuple[str, int]], first: int, last: int) -> int:
    return (_last_day(months[last][0]) - _first_day(months[first][0])).days


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last_day(month: str) -> date:
    return _plus(_first_day(month), timedelta(days=31)).replace(day=1) - timedelta(days=1)
