"""Which events come first in a picture: those that tell most of who did what with whom, and that hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from kb.ask.rows import Record, kind_of

COMPANY = 0.05  # how much importance each named person or organisation is worth, up to three


def hanging_together(rows: Mapping[str, Sequence[Record]]) -> list[list[str]]:
    """Events in groups of which no two share a name, the most telling group first.

    Within each they stand so that every one shares a name with one before it, again the most telling first. Arguments:
    rows of NETWORK by event.
    """
    named = {id: {row["id"] for row in parts} for id, parts in rows.items()}
    within: dict[str, list[str]] = {}
    for id, names in named.items():
        for name in names:
            within.setdefault(name, []).append(id)
    left = set(rows)
    groups = []
    while left:
        group, ahead = set(), [min(left)]
        while ahead:
            id = ahead.pop()
            if id not in group:
                group.add(id)
                ahead += [near for name in named[id] for near in within[name]]
        left -= group
        groups.append(group)
    groups.sort(key=lambda group: (-sum(telling(rows[id]) for id in group), min(group)))
    return [_grown(group, rows, named, within) for group in groups]


def _grown(
    group: set[str],
    rows: Mapping[str, Sequence[Record]],
    named: Mapping[str, set[str]],
    within: Mapping[str, list[str]],
) -> list[str]:
    """The events of one group from its most telling one outwards; one that joins two who are there goes before."""
    order: dict[str, None] = {}
    seen: set[str] = set()
    worth = {id: telling(rows[id]) for id in group}
    joined = Counter[str]()
    # What joins more by now stands in the heap once more, further up; where it stood before is passed over.
    ahead = [min((-worth[id], id) for id in group)]
    while ahead:
        _, best = heappop(ahead)
        if best in order:
            continue
        order[best] = None
        fresh = named[best] - seen
        seen |= fresh
        joined.update(near for name in fresh for near in within[name])
        for near in {near for name in fresh for near in within[name]} - order.keys():
            heappush(ahead, (-(worth[near] + COMPANY * min(2, joined[near])), near))
    return list(order)


def telling(event_rows: Sequence[Record]) -> float:
    """How much an event says in a picture of who did what with whom: its importance, and the company it joins."""
    named = {
        row["id"] for row in event_rows if kind_in_picture(row) in ("Person", "Organization") and not row["described"]
    }
    return float(event_rows[0]["importance"] or 0) + COMPANY * min(3, len(named))


def kind_in_picture(row: Record) -> str:
    """A state is an actor as well as a place, so it is a kind of its own."""
    kind = kind_of(row["labels"]) or "Entity"
    return "Country" if kind == "Place" and row["subtype"] == "country" else kind
