"""How claims answer one another: what repeats, contradicts or supports a claim, and who disputes an event.

Every function raises StoreError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.ask import records
from kb.ask import statements as cypher
from kb.ask.query_rows import ClaimDisputes, ClaimLinkRow, ClaimRow
from kb.store import Store

_AGAINST = frozenset(("denied", "negated"))
_FOR = frozenset(("asserted", "alleged"))
_DISPUTING = frozenset(("negation", "denial", "verdict"))  # rules by which one claim says that it did not happen
_LAST = "9999-12-31"


def links_of_claims(store: Store, ids: Sequence[str]) -> list[ClaimLinkRow]:
    """Links from and to some claims, each once, contradictions first, the surest first. Arguments: store, ids."""
    found = store.run(cypher.LINKS_OF_CLAIMS, ids=list(ids))
    rows = _claims(store, {row[end] for row in found for end in ("start", "end")})
    return [
        ClaimLinkRow(row["kind"], rows[row["start"]], rows[row["end"]], row["score"], row["method"], row["reason"])
        for row in found
        if row["start"] in rows and row["end"] in rows
    ]


def stances(store: Store, events: Sequence[str]) -> dict[str, dict[str, str]]:
    """What claims about events say of them: by event and claim "for" (it happened), "against" or "" (neither).

    An event that is itself shown as denied, or as what did not happen, is no dispute unless a claim says it happened:
    then no claim is against it. Arguments: store; events, their ids.
    """
    found: dict[str, dict[str, str]] = {}
    denied = set()
    for row in store.run(cypher.STANCES, events=list(events)) if events else ():
        found.setdefault(row["event"], {})[row["id"]] = _stance(row)
        denied |= {row["event"]} if row["shown"] in _AGAINST else set()
    for event in denied:
        if "for" not in found[event].values():
            found[event] = dict.fromkeys(found[event], "")
    return found


def disputes_of_event(store: Store, event: str) -> ClaimDisputes:
    """Claims that say an event happened, claims that say it did not, and their links.

    A claim about the event counts by the status that its own sentence gives the event; one about something else counts
    when it denies a claim that says it happened, or is denied by it. Arguments: store; event, its id.
    """
    known = stances(store, [event]).get(event, {})
    told = {id for id, stance in known.items() if stance}
    links = links_of_claims(store, sorted(told))
    pro, contra = ({id for id in told if known[id] == side} for side in ("for", "against"))
    for link in links:
        ends = {link.start.id, link.end.id}
        if link.kind == "CONTRADICTS" and link.method in _DISPUTING and not ends <= told:
            contra |= ends - told if ends & pro else set()
            pro |= ends - told if ends & contra & told else set()
    rows = _claims(store, pro | contra)
    return ClaimDisputes(_in_order(rows, pro), _in_order(rows, contra), tuple(links))


def _stance(row: Mapping[str, Any]) -> str:
    """Whether a claim is "for" or "against" the event that it is about; "" where it only speaks of it."""
    statuses = set(row["statuses"])
    if statuses & _AGAINST:
        return "against"
    if row["force"] == "denied":  # who denies that the talks failed does not deny the talks
        return "" if statuses else "against"
    if statuses:
        return "for" if statuses & _FOR else ""
    return "for" if row["polarity"] == "positive" and row["modality"] == "asserted" else ""


def _claims(store: Store, ids: Iterable[str]) -> dict[str, ClaimRow]:
    wanted = sorted(ids)
    if not wanted:
        return {}
    return {row["id"]: records.claim_row(row) for row in store.run(cypher.CLAIMS_BY_ID, ids=wanted)}


def _in_order(rows: Mapping[str, ClaimRow], ids: Iterable[str]) -> tuple[ClaimRow, ...]:
    return tuple(sorted((rows[id] for id in ids if id in rows), key=lambda row: (row.said or _LAST, row.id)))
