"""What a human should look at, and the proof that the graph holds what its articles say.

Kinds of doubts are rows of a table (`doubts.KINDS`); `kb check`, the page and an event's panel read the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.ask.kept import doubted
from kb.ask.kept.counts import Counts
from kb.ask.kept.doubted import Key
from kb.ask.kept.pairs import ensure as ensure_pairs
from kb.ask.kept.pairs import recount as recount_pairs
from kb.ask.kept.present import counts_of
from kb.ask.rows import Named
from kb.checks.doubts import BY_KEY, KINDS, CheckKind, Doubt, Evidence
from kb.checks.keeping import OF_ARTICLES, OF_EVENTS, ensure
from kb.checks.keeping import recount as recount_doubts
from kb.checks.orders import impossible_orders, orders_of_event
from kb.checks.proposed import proposed
from kb.checks.publication import late_reports_of
from kb.checks.story import FEW_ARTICLES, IDENTITIES, IDENTITY, doubtful_identities, silent_gaps, told
from kb.counted import ARTICLE_SLOTS, DOUBTS, ENTITY_RUNGS, UNDATED
from kb.store import Store

__all__ = [
    "BY_KEY",
    "KINDS",
    "CheckKind",
    "Doubt",
    "Evidence",
    "Group",
    "check",
    "more",
    "of_event",
    "plain",
    "recount",
]

_FINDERS = {**{kind: find for kind, (_, find) in OF_ARTICLES.items()}, **OF_EVENTS}
_OF_MANY = ("single-source", "undated")  # kinds that say little where there are few articles


@dataclass(frozen=True, slots=True)
class Group:
    """The doubts of one kind, those that settle most first; `total` counts them all.

    after: where the next page begins, for a kind that is kept; None where there is none. among: how many events are
    without a date, main events or not, where these are told; None of other kinds.
    """

    kind: CheckKind
    doubts: tuple[Doubt, ...]
    total: int
    after: Key | None = None
    among: int | None = None


def check(store: Store, *, limit: int | None = None, identities: bool = True) -> list[Group]:
    """All kinds that have a case, in the order of the table.

    Arguments: the open store; limit, most doubts of each kind; identities, whether to look for what may be one too,
    which `kb.ask.suggestions` tells a screen. Raises: StoreError.
    """
    ensure(store)
    ensure_pairs(store)
    counts = counts_of(store)
    asked: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in (*impossible_orders(store), *proposed(store), *silent_gaps(store, counts.of(ENTITY_RUNGS))):
        asked[doubt.kind].append(doubt)
    few = counts.total(ARTICLE_SLOTS) < FEW_ARTICLES
    groups = []
    for kind in KINDS:
        if kind.key in _FINDERS or kind.key == IDENTITY:
            left_out = not identities if kind.key == IDENTITY else few and kind.key in _OF_MANY
            group = None if left_out else _kept(store, counts.of(DOUBTS), kind, limit, None)
        else:
            found = _sorted(asked[kind.key])
            group = Group(kind, tuple(found[:limit]), len(found)) if found else None
        groups += [group] if group else []
    return [replace(group, among=_undated(counts)) if group.kind.key == "undated" else group for group in groups]


def _undated(counts: Counts) -> int:
    """How many events are told to have happened and are without a date or a year."""
    return sum(cell.events for cell in counts.cells.get(UNDATED, ()) if cell.status == "asserted")


def more(store: Store, kind: str, limit: int, after: Key | None = None) -> Group | None:
    """A page of one kind that is kept; None where it has no case.

    Arguments: the open store; the kind's key; limit, about how many; after, where the page before ended.
    Raises: StoreError.
    """
    ensure(store)
    ensure_pairs(store)
    return _kept(store, counts_of(store).of(DOUBTS), BY_KEY[kind], limit, after)


def _kept(
    store: Store, numbers: Mapping[str, int], kind: CheckKind, limit: int | None, after: Key | None
) -> Group | None:  # fmt: skip
    kinds = IDENTITIES if kind.key == IDENTITY else (kind.key,)
    total = doubted.number_of(numbers, kinds)
    if not total:
        return None
    rows = doubted.best(store, numbers, kinds, total if limit is None else limit, after)
    if kind.key == IDENTITY:
        found = doubtful_identities(store, rows)
    else:
        found = _FINDERS[kind.key](store, [id for row in rows for id in row["of"]])
    last = doubted.key_of(rows[-1]) if rows and limit is not None and len(rows) == limit else None
    return Group(kind, tuple(told(store, _sorted(found)[:limit])), total, last)


def _sorted(found: Iterable[Doubt]) -> list[Doubt]:
    return sorted(found, key=lambda doubt: (-doubt.settles, doubt.says))


def recount(store: Store) -> None:
    """Find all doubts anew, as in a graph that was filled at once. Raises: StoreError."""
    recount_doubts(store)
    recount_pairs(store)


def of_event(store: Store, event: str) -> list[Doubt]:
    """What is impossible about one event as it stands, but for circles, which kb.ask.why names.

    Arguments: the open store; its id. Raises: StoreError.
    """
    return [*late_reports_of(store, event), *orders_of_event(store, event)]


def plain(group: Group) -> dict[str, Any]:
    """A group as JSON-like values."""
    return {
        "kind": group.kind.key, "title": group.kind.title, "advice": group.kind.advice,
        "impossible": group.kind.impossible, "total": group.total, "among": group.among,
        "doubts": [_plain(doubt) for doubt in group.doubts],
    }  # fmt: skip


def _plain(doubt: Doubt) -> dict[str, Any]:
    def listed(some: Iterable[Named]) -> list[dict[str, Any]]:
        return [{"id": one.id, "name": one.name, "date": one.edtf} for one in some]

    sentences = [{"text": s.text, "start": s.start, "end": s.end, "article": s.article.id} for s in doubt.evidence]
    return {"says": doubt.says, "settles": doubt.settles, "events": listed(doubt.events),
            "claims": listed(doubt.claims), "entities": listed(doubt.entities),
            "articles": listed(doubt.articles), "sentences": sentences}  # fmt: skip
