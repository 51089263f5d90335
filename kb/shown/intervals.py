"""What the order of events says of their days: bounds narrowed by `before` and `during`, and contradictions named.

An event has a first and a last day, each known only within bounds. Texts order events more loosely than Allen's
relations do (Allen 1983, "Maintaining knowledge about temporal intervals"), so only what always holds is used, as an
order between end points (the point algebra of Vilain and Kautz 1986), on days:

    A before B   A's first day is not after B's first day; of what lasts, "before" says no more than that
    A during B   A's first day is not before B's first day, and A's last day not after B's last day

In time itself, "before" is strict: what comes round to A before A is a contradiction even where one day would fit all.

For such an order one flood from the greatest lower bound downwards, and one from the least upper bound upwards, reach
the fixed point that AC-3 (Mackworth 1977) seeks by repetition; it is also the narrowest one (Dechter, Meiri and Pearl
1991: the simple temporal problem, here without distances). Only a sort makes it dearer than linear. What takes part
in a contradiction narrows nothing, as nobody knows which part of it is wrong.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kb.edtf import Edtf

Kind = Literal["before", "during"]
Point = tuple[str, int]  # an event's key, and 0 for its first day or 1 for its last
FIRST, LAST = 0, 1


@dataclass(frozen=True, slots=True)
class Days:
    """The days between which one day lies, ISO; None: no bound. Raises: ValueError when the bounds cross."""

    earliest: str | None = None
    latest: str | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and rank(self.earliest) > rank(self.latest):
            raise ValueError(f"{self.earliest} is after {self.latest}")


ANY = Days()


@dataclass(frozen=True, slots=True)
class Span:
    """Where an event's first and last day lie. `moment`: both are the same day, as far as is known."""

    first: Days = ANY
    last: Days = ANY
    moment: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Constraint:
    """`one` is before, or during, `other` (keys of spans); `reason` is the caller's own name for who says so."""

    kind: Kind
    one: str
    other: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints that cannot all be true, in the order in which they lead from one to the next.

    kind: "cycle" when they lead round to where they began, "dates" when the days at the two `ends` exclude them: the
    first of these events lies too late for the second.
    """

    kind: Literal["cycle", "dates"]
    path: tuple[Constraint, ...]
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bound:
    """A point's bound, the event whose date gives it, and the step of the flood that brought it here."""

    day: str
    source: str
    point: Point
    before: Bound | None = None
    why: Constraint | None = None

    @property
    def chain(self) -> tuple[Constraint, ...]:
        """The constraints from this point to the event whose date gives the bound; none where it is its own."""
        return tuple(bound.why for bound in self.way() if bound.why)

    def way(self) -> Iterator[Bound]:
        """The bounds on the way from here back to its source."""
        bound: Bound | None = self
        while bound is not None:
            yield bound
            bound = bound.before


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The spans after propagation, what contradicts itself, and the bound that reached each point from each side."""

    spans: Mapping[str, Span]
    conflicts: tuple[Conflict, ...]
    lower: Mapping[Point, Bound]
    upper: Mapping[Point, Bound]


def rank(day: str) -> int:
    """A number that orders ISO days, those before the year 0 too."""
    sign, bare = (-1, day[1:]) if day.startswith("-") else (1, day)
    year, month, number = bare.split("-")
    return (sign * int(year) * 12 + int(month)) * 31 + int(number)


# How far "about" may be off, in days: no standard says it (EDTF leaves it open); a unit, and a week for a day.
_ABOUT = {"day": 7, "month": 31, "season": 92, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}


def span_of(edtf: Edtf | None, *, lasting: bool | None = None) -> Span:
    """Where an event of this date lies, never narrower than the words: "about" is widened, an unknown year is open.

    Arguments: edtf, None when undated; lasting, whether the event is of a kind that lasts (a war), so that a plain date
    lies somewhere in it and an interval is its first and last day; None when that is not known.
    """
    if edtf is None or edtf.precision == "unknown":
        return Span(moment=lasting is False)
    if "/" not in edtf:
        days = _widened(edtf)
        if lasting:
            return Span(Days(None, days.latest), Days(days.earliest, None))
        return Span(days, days, moment=lasting is False)
    start, end = (_widened(Edtf(side)) if side not in ("", "..") else None for side in edtf.split("/", 1))
    if start and end and not lasting:
        # "between Feb 6 and Feb 16" of what happened once, and "29 to 30 March" of what took two days
        within = Days(start.earliest, end.latest)
        return Span(within, within)
    first = start or Days(None, end.latest if end else None)
    return Span(first, end or Days(first.earliest, None))


def _widened(edtf: Edtf) -> Days:
    slack = _ABOUT.get(edtf.precision, 0) if edtf.approximate else 0
    return Days(_shift(edtf.earliest, -slack), _shift(edtf.latest, slack))


def _shift(day: str | None, days: int) -> str | None:
    """A day moved; None (no bound) where the calendar of `datetime` does not reach."""
    if day is None or not days:
        return day
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None


def propagate(spans: Mapping[str, Span], constraints: Iterable[Constraint]) -> Narrowed:
    """Narrow spans by constraints. The order of the constraints changes nothing.

    Arguments: spans by key; constraints between them. Raises: KeyError for a constraint on a key that has no span.
    """
    standing = sorted({c for c in constraints if c.one != c.other})
    unknown = {key for c in standing for key in (c.one, c.other)} - spans.keys()
    if unknown:
        raise KeyError(f"no span for {', '.join(sorted(unknown))}")
    conflicts: list[Conflict] = []
    while found := _cycles(standing):
        conflicts += found
        standing = _without(standing, found)
    while True:
        order = _Order(spans, standing)
        lower, upper = order.flood(upwards=True), order.flood(upwards=False)
        found = _clashes(spans, lower, upper)
        if not found:
            return Narrowed(_spans(spans, lower, upper), tuple(conflicts), lower, upper)
        conflicts += found
        standing = _without(standing, found)


def _without(constraints: Sequence[Constraint], conflicts: Iterable[Conflict]) -> list[Constraint]:
    doubtful = {c for conflict in conflicts for c in conflict.path}
    return [c for c in constraints if c not in doubtful]


class _Order:
    """All points with the "not after" steps between them, each with the constraint that makes it (None: b <= e)."""

    def __init__(self, spans: Mapping[str, Span], constraints: Iterable[Constraint]) -> None:
        self.spans = spans
        self.later: dict[Point, list[tuple[Point, Constraint | None]]] = {}
        self.earlier: dict[Point, list[tuple[Point, Constraint | None]]] = {}
        for key, span in spans.items():
            self._add((key, FIRST), (key, LAST), None)
            if span.moment:
                self._add((key, LAST), (key, FIRST), None)
        for each in constraints:
            if each.kind == "before":
                self._add((each.one, FIRST), (each.other, FIRST), each)
            else:
                self._add((each.other, FIRST), (each.one, FIRST), each)
                self._add((each.one, LAST), (each.other, LAST), each)

    def _add(self, low: Point, high: Point, why: Constraint | None) -> None:
        self.later.setdefault(low, []).append((high, why))
        self.earlier.setdefault(high, []).append((low, why))

    def flood(self, *, upwards: bool) -> dict[Point, Bound]:
        """The greatest lower bound (upwards) or the least upper bound that reaches each point.

        The strongest bounds flood first, those of one day together, so that each point is reached once, and by the
        fewest steps.
        """
        steps = self.later if upwards else self.earlier
        sources: dict[int, list[tuple[Point, Bound]]] = {}
        for key in sorted(self.spans):
            for end, days in ((FIRST, self.spans[key].first), (LAST, self.spans[key].last)):
                day = days.earliest if upwards else days.latest
                if day is not None:
                    sources.setdefault(rank(day), []).append(((key, end), Bound(day, key, (key, end))))
        found: dict[Point, Bound] = {}
        for place in sorted(sources, reverse=upwards):
            waiting = deque(sources[place])
            while waiting:
                point, bound = waiting.popleft()
                if point not in found:
                    found[point] = bound
                    near = [(p, why) for p, why in steps.get(point, ()) if p not in found]
                    waiting.extend((p, Bound(bound.day, bound.source, p, bound, why)) for p, why in near)
        return found


def _clashes(spans: Mapping[str, Span], lower: Mapping[Point, Bound], upper: Mapping[Point, Bound]) -> list[Conflict]:
    """Where a lower bound is after an upper one: each pair of dates once, by the shortest way between them."""
    pairs: dict[tuple[str, str], tuple[Bound, Bound]] = {}
    for point in sorted(lower.keys() & upper.keys()):
        low, high = lower[point], upper[point]
        if rank(low.day) > rank(high.day):
            pairs.setdefault((low.source, high.source), (low, high))
    found = dict(_clash(spans, low, high) for low, high in pairs.values())
    return [Conflict("dates", path, ends) for ends, path in sorted(found.items())]


def _clash(spans: Mapping[str, Span], low: Bound, high: Bound) -> tuple[tuple[str, str], tuple[Constraint, ...]]:
    """The shortest part of the way from the source of `low` to that of `high` whose own ends exclude each other."""
    up, down = list(low.way())[::-1], list(high.way())
    points = [bound.point for bound in up] + [bound.point for bound in down[1:]]
    steps = [bound.why for bound in up[1:]] + [bound.why for bound in down[:-1]]
    day_of = [(_days(spans, point).earliest, _days(spans, point).latest) for point in points]
    first, last = min(
        (
            (i, j)
            for i, (early, _) in enumerate(day_of)
            for j, (_, late) in enumerate(day_of[i:], i)
            if early and late and rank(early) > rank(late)
        ),
        key=lambda ends: (ends[1] - ends[0], ends),
    )
    path = tuple(dict.fromkeys(step for step in steps[first:last] if step))
    if not path:
        raise ValueError(f"{points[first][0]} ends before it begins: {day_of[first][0]}, {day_of[last][1]}")
    return (points[first][0], points[last][0]), path


def _days(spans: Mapping[str, Span], point: Point) -> Days:
    key, end = point
    return spans[key].last if end else spans[key].first


def _spans(spans: Mapping[str, Span], lower: Mapping[Point, Bound], upper: Mapping[Point, Bound]) -> dict[str, Span]:
    """The spans with these bounds, which do not cross."""

    def days(point: Point) -> Days:
        return Days(lower[point].day if point in lower else None, upper[point].day if point in upper else None)

    return {key: Span(days((key, FIRST)), days((key, LAST)), span.moment) for key, span in spans.items()}


_Steps = dict[str, list[tuple[str, Constraint]]]


def _cycles(constraints: Sequence[Constraint]) -> list[Conflict]:
    """Ways that lead round by first days with at least one "before" among them; the shortest through each such step."""
    steps: _Steps = {}
    for low, high, each in _on_cycles([(*_in_order(c), c) for c in constraints]):
        steps.setdefault(low, []).append((high, each))
    found: dict[frozenset[Constraint], Conflict] = {}
    for each in sorted(c for out in steps.values() for _, c in out if c.kind == "before"):
        back = _way(each.other, each.one, steps)
        if back is not None:
            path = _turned((each, *back))
            found.setdefault(frozenset(path), Conflict("cycle", path, (path[0].one, path[0].one)))
    return list(found.values())


def _in_order(constraint: Constraint) -> tuple[str, str]:
    """The event that begins first, and the other."""
    pair = (constraint.one, constraint.other)
    return pair if constraint.kind == "before" else pair[::-1]


def _on_cycles(steps: list[tuple[str, str, Constraint]]) -> list[tuple[str, str, Constraint]]:
    """The steps without those that lead nowhere or come from nowhere; only cycles and ways between them are left."""
    while True:
        starts, ends = {low for low, _, _ in steps}, {high for _, high, _ in steps}
        kept = [step for step in steps if step[0] in ends and step[1] in starts]
        if len(kept) == len(steps):
            return kept
        steps = kept


def _turned(path: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
    """A way round, begun at its least "before", so that one cycle has one name."""
    start = path.index(min(c for c in path if c.kind == "before"))
    return (*path[start:], *path[:start])


def _way(start: str, goal: str, steps: _Steps) -> tuple[Constraint, ...] | None:
    """The shortest way between two events; None when there is none."""
    came: dict[str, tuple[Constraint, ...]] = {start: ()}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for near, why in steps.get(here, ()):
            if near not in came:
                came[near] = (*came[here], why)
                waiting.append(near)
    return came.get(goal)
