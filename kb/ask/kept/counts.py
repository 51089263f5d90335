"""How many there are of what, as the graph keeps it, and which slots and rungs hold what is asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any, NamedTuple

from kb.counted import (
    ALWAYS,
    ENTITY_RUNGS,
    EVENT_RUNGS,
    EVENTS_IN,
    FOREGROUND,
    LAST,
    PARTS,
    STEPS,
    UNDATED,
    kind_of_rung,
    parts_of_cell,
    span_of,
)

_SPARE, _LEAST = 1.25, 40  # times as many as should do, and at least so many, as the lots of a rung are not of one size

Wanted = Mapping[str, Any]
"""The parameters of an EventFilter."""


class Cell(NamedTuple):
    """Events that a filter cannot tell apart: the month in which they begin ("" unknown), and how many there are."""

    start: str
    type: str
    status: str
    salience: int
    confidence: int
    events: int


class Window(NamedTuple):
    """Slots that lie within a window, and those of which it touches a part."""

    within: list[str]
    partly: list[str]


@dataclass(frozen=True)
class Counts:
    """The counts of a graph, as `kb.counted` says what each counts: numbers by key, by id of the Count."""

    by_id: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, id: str) -> Mapping[str, int]:
        """The numbers of one Count; none where nothing was counted."""
        return self.by_id.get(id, {})

    def total(self, id: str) -> int:
        """The sum of one Count."""
        return sum(self.of(id).values())

    @cached_property
    def cells(self) -> Mapping[str, Sequence[Cell]]:
        """The events by slot."""
        return {
            id.removeprefix(EVENTS_IN): [Cell(*parts_of_cell(key), number) for key, number in numbers.items()]
            for id, numbers in self.by_id.items()
            if id.startswith(EVENTS_IN)
        }

    @cached_property
    def events(self) -> int:
        """How many events there are, dated or not."""
        return self.total(EVENT_RUNGS)

    def events_in(self, slots: Iterable[str]) -> int:
        """How many events some slots hold."""
        return sum(self.total(EVENTS_IN + slot) for slot in slots)

    def entities(self, kind: str) -> int:
        """How many entities of a kind there are."""
        return sum(number for rung, number in self.of(ENTITY_RUNGS).items() if kind_of_rung(rung) == kind)

    def words(self) -> tuple[Counter[str], Counter[str]]:
        """How many events are of each type, and of each status."""
        types: Counter[str] = Counter()
        statuses: Counter[str] = Counter()
        for cells in self.cells.values():
            for cell in cells:
                types[cell.type] += cell.events
                statuses[cell.status] += cell.events
        return types, statuses

    def matching(self, slots: Iterable[str], wanted: Wanted) -> list[tuple[str, str, bool, int]]:
        """The events of some slots that pass a filter, as numbers.

        Returns: the month in which so many begin ("" where none is known), their type, whether they are told in more
        than passing, how many they are. Arguments: slots; the filter, one that is `countable`.
        """
        found: Counter[tuple[str, str, bool]] = Counter()
        salience, confidence = (hundredths(wanted[name]) for name in ("minSalience", "minConfidence"))
        types, statuses = wanted["types"], wanted["statuses"]
        for slot in slots:
            for cell in self.cells.get(slot, ()):
                if (
                    cell.salience >= salience
                    and cell.confidence >= confidence
                    and (types is None or cell.type in types)
                    and (statuses is None or cell.status in statuses)
                ):
                    found[cell.start, cell.type, cell.salience >= hundredths(FOREGROUND)] += cell.events
        return [(*known, events) for known, events in found.items()]


def read_counts(rows: Iterable[Mapping[str, Any]]) -> Counts:
    """The counts of rows with an id and its numbers, as the graph stores them."""
    return Counts({row["id"]: json.loads(row["counts"]) for row in rows if row["id"] is not None})


def hundredths(share: float) -> float:
    """A share of 1 as hundredths, without what a slider adds to it."""
    return round(100 * share, 4)


def countable(wanted: Wanted) -> bool:
    """Whether the counts can answer a filter but for the window: it asks for nothing that they do not tell apart."""
    shares = (hundredths(wanted[name]) for name in ("minSalience", "minConfidence"))
    return not any(wanted[name] for name in ("entity", "place", "whole", "text", "ids")) and all(
        s in STEPS for s in shares
    )


def touching(slots: Iterable[str], first: str, last: str) -> Window:
    """Those of some slots that a window touches, but for the undated. Arguments: slots; ISO days that bound it."""
    found = Window([], [])
    for slot in sorted(slots):
        start, end = span_of(slot)
        if slot == UNDATED or start > last or end < first:
            continue
        (found.within if first <= start and end <= last else found.partly).append(slot)
    return found


def outermost(slots: Iterable[str]) -> list[str]:
    """Those of some slots in which the first and the last day of all lies."""
    by_length: dict[int, list[str]] = {}
    for slot in slots:
        if slot != UNDATED:
            by_length.setdefault(len(slot) if slot != ALWAYS else 0, []).append(slot)
    return sorted({end for listed in by_length.values() for end in (min(listed), max(listed))})


def highest(numbers: Mapping[str, int], enough: float) -> list[str]:
    """The highest rungs that hold so many, all where there are not so many. Arguments: how many by rung; enough."""
    found, held = [], 0
    for rung in sorted(numbers, reverse=True):
        if held >= enough:
            break
        found.append(rung)
        held += numbers[rung]
    return found


class Reach(NamedTuple):
    """Rungs of events that are read whole, and the lots of the one below them; how many events that comes to."""

    rungs: list[str]
    lots: list[str]
    events: int


def reach(numbers: Mapping[str, int], enough: float) -> Reach:
    """The highest rungs that hold so many events, of the last as many lots as should do where very many stand on it.

    Arguments: how many by rung; enough.
    """
    rungs = highest(numbers, enough)
    held = sum(numbers[rung] for rung in rungs)
    last = numbers[rungs[-1]] if rungs else 0
    wanted = enough - (held - last)
    parts = ceil(_SPARE * max(wanted, _LEAST) * len(PARTS) / max(1, last))
    if parts >= len(PARTS):
        return Reach(rungs, [], held)
    lots = [f"{rungs[-1]} {part}" for part in PARTS[:parts]]
    return Reach(rungs[:-1], lots, held - last + ceil(last * parts / len(PARTS)))


def highest_of(numbers: Mapping[str, int], kinds: Collection[str], enough: int) -> list[str]:
    """The highest rungs of entities that hold so many of each of some kinds."""
    own = ({rung: n for rung, n in numbers.items() if kind_of_rung(rung) == kind} for kind in kinds)
    return [rung for each in own for rung in highest(each, enough)]


def highest_together(numbers: Mapping[str, int], enough: int) -> list[str]:
    """The highest rungs of entities of all kinds that hold so many together."""
    heights: Counter[str] = Counter()
    for rung, number in numbers.items():
        heights[rung.rpartition(" ")[2]] += number
    wanted = set(highest(heights, enough))
    return sorted(rung for rung in numbers if rung.rpartition(" ")[2] in wanted)


def latest(numbers: Mapping[str, int], enough: int, until: str = LAST) -> list[str]:
    """The slots in which so many lie that begin last, with the wider ones that reach as late.

    Arguments: how many by slot; enough; until, an ISO day after which none of them begins. The undated come last.
    """
    months = [slot for slot in sorted(numbers, reverse=True) if len(slot) == 7]
    chosen: list[str] = []
    held = 0
    for month in months:
        if span_of(month)[0] > until:
            continue
        if held >= enough:
            break
        chosen.append(month)
        held += numbers[month]
    since = span_of(chosen[-1])[0] if chosen and held >= enough else ""
    wide = [slot for slot in numbers if len(slot) != 7 and slot != UNDATED and span_of(slot)[1] >= since]
    undated = [UNDATED] if held < enough and UNDATED in numbers else []
    return [*chosen, *sorted(wide), *undated]


def farther(numbers: Mapping[str, int], enough: int) -> Iterator[int]:
    """How many to look through, more each time, until all."""
    total, many = sum(numbers.values()), enough
    while many < total:
        yield many
        many *= 4
    yield total
