"""All that the panel of an event tells, its questions asked beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kb import ask, checks
from kb.ask.claims.disputes import ClaimDisputes
from kb.ask.event import EventDetail
from kb.ask.identity import Merged
from kb.ask.why import Reason
from kb.checks import Doubt
from kb.errors import BadInput, CircularAnchor
from kb.store import Store

_AT_ONCE = 5  # questions


@dataclass(frozen=True, slots=True)
class EventTold:
    """An event, None where there is none; why it has its date, what is impossible about it, what it was merged from and
    what was claimed for and against it.
    """  # noqa: D205 - one sentence

    detail: EventDetail | None
    reasons: Sequence[Reason]
    doubts: Sequence[Doubt]
    merged: Sequence[Merged]
    disputes: ClaimDisputes


def event_told(store: Store, event: str) -> EventTold:
    """Ask all that a panel tells of an event: who reads it waits for the slowest answer, not for one after another.

    Arguments: the store to read; its id. Raises: StoreError.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        detail = pool.submit(ask.event, store, event)
        reasons = pool.submit(_reasons, store, event)
        doubts = pool.submit(checks.of_event, store, event)
        merged = pool.submit(ask.merged_from, store, event)
        disputes = pool.submit(ask.disputes_of_event, store, event)
        return EventTold(detail.result(), reasons.result(), doubts.result(), merged.result(), disputes.result())


def _reasons(store: Store, event: str) -> Sequence[Reason]:
    try:
        return ask.why(store, event)
    except CircularAnchor as error:
        return [Reason(0, str(error))]
    except BadInput:
        return ()  # an event that the graph does not hold, which the panel says itself
