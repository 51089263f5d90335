"""What an entity or an event shows, by stated rules from what articles tell of it; a human's word comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.day_spans import span_of
from kb.edtf import Edtf
from kb.sources import Report, independent

Row = Mapping[str, Any]

ENDLESS = 10**7  # days: wider than any date that has both ends

AHEAD = ("planned", "hypothetical")
"""Statuses of what has not happened yet as it is told."""

EDITABLE = {"Event": ("title", "type", "status"), "Entity": ("name",)}
"""Properties that a human may set on what is shown, by label; a date is another matter: others are counted from it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Properties of a canonical node. alive: whether anything still tells of it and no human rejects it."""

    alive: bool
    properties: Mapping[str, Any] = field(default_factory=dict)


def show_entity(namings: Sequence[Row], edits: Mapping[str, str], *, rejected: bool = False) -> Shown:
    """An entity by what articles call it: the longest name, then the last in order; every other name an alias.

    A description ("a spokesperson for the ministry") is shown only where nobody gives a name.

    Arguments: namings, properties of NAMES; edits, what humans set by property; rejected, whether a human said that
    it is none.
    """
    if not namings:
        return Shown(False)
    best = max(namings, key=lambda n: (not n["described"], len(n["name"]), n["name"]))
    name = edits.get("name") or best["name"]
    surest = max(namings, key=_sureness)
    names = {n["name"] for n in namings}.union(*(n.get("aliases") or () for n in namings))
    own = {key: surest.get(key) for key in ("subtype", "country", "lat", "lon")}
    return Shown(not rejected, {
        **own, "name": name, "aliases": sorted(names - {name}), "confidence": surest["confidence"],
        "described": all(n["described"] for n in namings),
    })  # fmt: skip


def _sureness(naming: Row) -> tuple[float, str, str, float, float]:
    """The order of namings by all that is shown of the surest, so that it does not depend on their own order."""
    lat, lon = (-ENDLESS if naming.get(key) is None else naming[key] for key in ("lat", "lon"))
    return (naming["confidence"] or 0.0, naming.get("country") or "", naming.get("subtype") or "", lat, lon)


def show_event(tellings: Sequence[Row], edits: Mapping[str, str], *, rejected: bool = False) -> Shown:
    """An event by what articles tell of it; see `best` for its title, status and type, `dated` for its date.

    Arguments: tellings, properties of TELLS with the id of the `article`, its `group` of copies and its `publisher`;
    edits, what humans set by property, "edtf" among them; rejected, whether a human said that it is none.
    """
    if not tellings:
        return Shown(False)
    first = best(tellings)
    properties = {key: first[key] for key in ("title", "type", "status", "salience", "confidence")}
    properties |= {
        "reports": sum(t["mentions"] or 0 for t in tellings),
        "sources": _independent(tellings),
    }
    properties |= decided(edits["edtf"]) if "edtf" in edits else dated(tellings)
    return Shown(not rejected, {**properties, **{k: edits[k] for k in EDITABLE["Event"] if k in edits}})


def best(tellings: Sequence[Row]) -> Row:
    """The telling that is shown: most salient, then most confident, then first by title and article."""
    return min(tellings, key=lambda t: (-t["salience"], -t["confidence"], t["title"], t["article"]))


def decided(value: str) -> dict[str, Any]:
    """The date properties of an event that a human dated."""
    date = Edtf(value)
    return {"edtf": value, "earliest": date.earliest, "latest": date.latest, "precision": date.precision,
            "edtfBasis": "decision", "edtfRule": "a human gave the date", "notBefore": None, "notAfter": None,
            "boundsRule": None}  # fmt: skip


def dated(tellings: Sequence[Row]) -> dict[str, Any]:
    """The date properties by the reports: the most precise date that most independent sources agree with.

    A date within which no other told date lies is a candidate; for it speaks each source with a date that overlaps it,
    "about" given its room. Of equal ones the narrower, then the certain before the approximate, then the better told,
    then the earlier. For what happened no date counts that was only planned.
    """
    known = [t for t in tellings if t["edtf"]]
    known = [t for t in known if t["status"] not in AHEAD] or known
    if not known:
        return _dates(best(tellings), "")
    told = {t["edtf"]: Edtf(t["edtf"]) for t in known}
    years = {edtf: date for edtf, date in told.items() if date.earliest or date.latest} or told
    candidates = [edtf for edtf in years if not any(_within(other, years[edtf]) for other in years.values())]
    sources = {edtf: _independent(t for t in known if _agree(told[t["edtf"]], years[edtf])) for edtf in candidates}
    choice = min(candidates, key=lambda edtf: (-sources[edtf], _coarseness(years[edtf]), *_rank(edtf, known)))
    telling = best([t for t in known if t["edtf"] == choice])
    return _dates(telling, _reason(choice, candidates, sources, _independent(known)))


def _independent(tellings: Iterable[Row]) -> int:
    return independent(Report(t["article"], t["group"], t["publisher"]) for t in tellings)


def _dates(telling: Row, reason: str) -> dict[str, Any]:
    own = {key: telling.get(key) for key in ("edtf", "earliest", "latest", "precision", "notBefore", "notAfter",
                                             "boundsRule")}  # fmt: skip
    return {**own, "edtfBasis": "text", "edtfRule": reason or None}


def _within(inner: Edtf, outer: Edtf) -> bool:
    """Whether a date lies in another and is the finer of the two."""
    return outer.contains(inner) and _coarseness(inner) < _coarseness(outer)


def _agree(one: Edtf, other: Edtf) -> bool:
    if one == other or one.overlaps(other):
        return True
    a, b = span_of(one), span_of(other)
    return a is not None and b is not None and not (a.since or b.since) and a.meets(b)


def _coarseness(date: Edtf) -> tuple[int, bool]:
    """How wide a date is in days, and whether it is only about right."""
    if not (date.earliest and date.latest):
        return ENDLESS, date.approximate
    return (dt.date.fromisoformat(date.latest) - dt.date.fromisoformat(date.earliest)).days, date.approximate


def _rank(edtf: str, known: Sequence[Row]) -> tuple[float, str]:
    return -max(t["salience"] for t in known if t["edtf"] == edtf), edtf


def _reason(choice: str, candidates: Iterable[str], sources: Mapping[str, int], every: int) -> str:
    """Why this date is shown, where there was a choice."""
    rivals = [edtf for edtf in candidates if edtf != choice and not _agree(Edtf(edtf), Edtf(choice))]
    if every < 2 and not rivals:
        return ""
    agreeing = f"{sources[choice]} of {every} independent sources agree with it"
    if not rivals:
        return f"the most precise date; {agreeing}"
    others = ", ".join(f"{Edtf(edtf).human()} ({sources[edtf]})" for edtf in sorted(rivals))
    even = any(sources[edtf] == sources[choice] for edtf in rivals)
    how = "the most precise, best told or earliest of the dates that most sources agree with" if even else (
        "the date that most sources agree with")  # fmt: skip
    return f"{how}; {agreeing}; others: {others}"
