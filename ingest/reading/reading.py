"""One article as read: all that its text says, before anything is compared or stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.annotate import Annotated
from ingest.reading.findings import ClaimFinding, EntityFinding, EventFinding, OrderFinding, Span, TimeFinding
from kb.heeded import GivenDate, GivenPart, added_heeded, date_heeded, here_heeded, own_heeded, part_heeded


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One article as read: the parse and all that was found in it.

    pins: the dates that humans gave events of the article, which the reading heeds; judged: which event a human judged
    where it stands; renames: what a human split off for this article, by the referent that its words give; held: those
    of the judged whose words give another event by now; parts: who humans say took part in events of it, and where;
    added: the decisions by which humans added events and claims, which are among its events and claims.
    """

    annotated: Annotated
    times: tuple[TimeFinding, ...]
    entities: tuple[EntityFinding, ...]
    events: tuple[EventFinding, ...]
    claims: tuple[ClaimFinding, ...]
    orders: tuple[OrderFinding, ...] = ()
    pins: tuple[GivenDate, ...] = ()
    judged: Mapping[Span, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[Span, str] = field(default_factory=dict)
    parts: tuple[GivenPart, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def heeded(self) -> tuple[str, ...]:
        """The decisions that made a difference to the reading, in words; see kb.models.Article."""
        dates = (date_heeded(pin) for pin in self.pins)
        own = (own_heeded(*pair) for pair in self.renames.items())
        here = (here_heeded(span, event) for span, event in self.held.items())
        added = map(added_heeded, self.added)
        return tuple(sorted((*dates, *own, *here, *added, *map(part_heeded, self.parts))))
