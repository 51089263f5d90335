"""What a human should look at, and the proof that the graph holds what its articles say.

Kinds of doubts are rows of a table (`doubts.KINDS`); `kb check`, the page and an event's panel read the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kb.ask.rows import Named
from kb.checks.circles import circular_expressions, left_open
from kb.checks.dates import rival_reports, without_year
from kb.checks.denials import denials
from kb.checks.doubts import BY_KEY, KINDS, CheckKind, Doubt, Evidence
from kb.checks.orders import impossible_orders, orders_of_event
from kb.checks.proposed import proposed
from kb.checks.publication import late_claims, late_reports, undated_articles
from kb.checks.story import doubtful_identities, silent_gaps, single_sources, told, undated_events
from kb.store import Store

__all__ = ["BY_KEY", "KINDS", "CheckKind", "Doubt", "Evidence", "Group", "check", "of_event", "plain"]

_FINDERS: tuple[Callable[[Store], list[Doubt]], ...] = (
    late_reports, late_claims, impossible_orders, circular_expressions, left_open, rival_reports, denials,
    undated_articles, without_year, doubtful_identities, proposed, single_sources, undated_events, silent_gaps,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """The doubts of one kind, those that settle most first; `total` counts them all."""

    kind: CheckKind
    doubts: tuple[Doubt, ...]
    total: int


def check(store: Store, *, limit: int | None = None, identities: bool = True) -> list[Group]:
    """All kinds that have a case, in the order of the table.

    Arguments: the open store; limit, most doubts of each kind; identities, whether to look for what may be one too,
    which `kb.ask.suggestions` tells a screen. Raises: StoreError.
    """
    found: dict[str, list[Doubt]] = defaultdict(list)
    for find in _FINDERS:
        for doubt in find(store) if identities or find is not doubtful_identities else ():
            found[doubt.kind].append(doubt)
    groups = []
    for kind in KINDS:
        doubts = sorted(found[kind.key], key=lambda d: (-d.settles, d.says))
        if doubts:
            groups.append(Group(kind, tuple(told(store, doubts[:limit])), len(doubts)))
    return groups


def of_event(store: Store, event: str) -> list[Doubt]:
    """What is impossible about one event as it stands, but for circles, which kb.ask.why names.

    Arguments: the open store; its id. Raises: StoreError.
    """
    return [*late_reports(store, event), *orders_of_event(store, event)]


def plain(group: Group) -> dict[str, Any]:
    """A group as JSON-like values."""
    return {
        "kind": group.kind.key, "title": group.kind.title, "advice": group.kind.advice,
        "impossible": group.kind.impossible, "total": group.total, "doubts": [_plain(doubt) for doubt in group.doubts],
    }  # fmt: skip


def _plain(doubt: Doubt) -> dict[str, Any]:
    def listed(some: Iterable[Named]) -> list[dict[str, Any]]:
        return [{"id": one.id, "name": one.name, "date": one.edtf} for one in some]

    sentences = [{"text": s.text, "start": s.start, "end": s.end, "article": s.article.id} for s in doubt.evidence]
    return {"says": doubt.says, "settles": doubt.settles, "events": listed(doubt.events),
            "claims": listed(doubt.claims), "entities": listed(doubt.entities),
            "articles": listed(doubt.articles), "sentences": sentences}  # fmt: skip
