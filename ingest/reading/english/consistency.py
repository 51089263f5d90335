"""What an article's events say of each other's days: between which days one lies that the text dates vaguely or not.

The constraints are the article's own: the orders its sentences tell, and that what it tells as past had happened when
it was published. A date in words is never changed and none is invented; only its bounds are drawn in. The day of the
report, which stands where words give none, gives way to an order that excludes it: "met before the invasion in 2022".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.when.dates import REPORTED
from ingest.reading.english.order import lasting_classes, told_past
from ingest.reading.findings import Bounds, EventFinding, OrderFinding
from kb.edtf import Edtf
from kb.shown.intervals import FIRST, LAST, Bound, Constraint, Narrowed, propagate, rank, span_of

_PUBLISHED = ""  # the key of the publication among the events


def consistent(
    annotated: Annotated, events: tuple[EventFinding, ...], orders: Iterable[OrderFinding]
) -> tuple[EventFinding, ...]:
    """The events with their bounds, and with the mark of those mentions that are told as past.

    Arguments: the parse; its events; the orders between them. What contradicts something bounds nothing; it stays in
    the graph, where kb.checks.dates names it.
    """
    past = told_past(annotated, events)
    told = tuple(
        replace(e, mentions=tuple(replace(m, past=True) if m.start in past else m for m in e.mentions)) for e in events
    )
    said = tuple(orders)
    found = _propagated(told, said, annotated.document.published)
    while wrong := {key for c in found.conflicts for key in c.ends} & {e.key for e in told if _guessed(e)}:
        told = tuple(_undated(e) if e.key in wrong else e for e in told)
        found = _propagated(told, said, annotated.document.published)
    titles = {e.key: e.title for e in told}
    return tuple(replace(e, bounds=_bounds(e, found, titles)) for e in told)


def _guessed(event: EventFinding) -> bool:
    """Whether only the day of the report dates an event."""
    dated = [m for m in event.mentions if m.edtf]
    return event.edtf is not None and bool(dated) and all(m.time is None and m.confidence <= REPORTED for m in dated)


def _undated(event: EventFinding) -> EventFinding:
    return replace(event, edtf=None, time=None, mentions=tuple(replace(m, edtf=None) for m in event.mentions))


def _propagated(events: tuple[EventFinding, ...], orders: Iterable[OrderFinding], published: Edtf | None) -> Narrowed:
    spans = {e.key: span_of(e.edtf, lasting=e.lemma in lasting_classes()) for e in events}
    spans[_PUBLISHED] = span_of(published)
    constraints = [Constraint(o.kind, o.first, o.second) for o in orders]
    constraints += [
        Constraint("before", e.key, _PUBLISHED)
        for e in events
        if e.status == "asserted" and any(m.past for m in e.mentions)
    ]
    return propagate(spans, constraints)


def _bounds(event: EventFinding, found: Narrowed, titles: Mapping[str, str]) -> Bounds | None:
    """The bounds that others give an event, where they are narrower than its own date."""
    own = (event.edtf.earliest, event.edtf.latest) if event.edtf else (None, None)
    low, high = found.lower.get((event.key, FIRST)), found.upper.get((event.key, LAST))
    if low and not (low.chain and _between(low.day, *own, low.day != own[0])):
        low = None
    if high and not (high.chain and _between(high.day, *own, high.day != own[1])):
        high = None
    if low is None and high is None:
        return None
    words = [f"{side} {Edtf(bound.day).human()}: {_because(event.key, bound, titles)}"
             for side, bound in (("not before", low), ("not after", high)) if bound]  # fmt: skip
    return Bounds(low.day if low else None, high.day if high else None, "; ".join(words))


def _between(day: str, earliest: str | None, latest: str | None, narrower: bool) -> bool:
    """Whether a day lies within an event's own date and draws it in."""
    after = earliest is None or rank(day) >= rank(earliest)
    return narrower and after and (latest is None or rank(day) <= rank(latest))


def _because(event: str, bound: Bound, titles: Mapping[str, str]) -> str:
    return ", which was ".join(_reasons(event, bound.chain, titles))


def _reasons(event: str, chain: Iterable[Constraint], titles: Mapping[str, str]) -> Iterator[str]:
    """What each constraint says of the event before it in the chain."""
    here = event
    for constraint in chain:
        first = constraint.one == here
        here = constraint.other if first else constraint.one
        if here == _PUBLISHED:
            yield "told as past when the article was published"
        elif constraint.kind == "before":
            yield f"{'before' if first else 'after'} “{titles[here]}”"
        else:
            yield f"{'during' if first else 'the time of'} “{titles[here]}”"
