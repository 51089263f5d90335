"""PART_OF across articles: which shown event is a part of which, kept up to date as events change.

An event that can have parts HOLDS Blocks, by its sides, land or spot; one that can be a part FITS the Blocks of what
may hold it. Only what shares a Block with something that changed is looked at again. What follows from the events as
they are shown is concluded (`inferred`), beside what the articles themselves say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ingest.graph.blocks import leave
from ingest.matching.ids import digest
from ingest.matching.parts import MEMBERS, Found, Standing, fitting_keys, holding_keys, standing, whole_of
from ingest.matching.stored import entity_profile_of, event_profile_of
from kb.shown.day_spans import ordinal
from kb.store import Queryable, Transaction
from kb.store.kept import ADD_PARTS
from kb.store.together import run_together

Row = Mapping[str, Any]

SHOWN = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})
RETURN n.id AS id, n.canonical IS NULL AND n.expiredAt IS NULL AS alive, n.live AS live, n.profile AS profile,
  n.status AS status, n.earliest AS earliest, n.latest AS latest, n.sources AS sources, n.part AS part"""

MEMBERS_OF = """UNWIND $ids AS wanted
MATCH (n:Event {canonical: wanted}) WHERE n.live = true
RETURN wanted AS canonical, n.id AS id, n.profile AS profile"""

PLACES = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted}) WHERE n.profile IS NOT NULL
RETURN n.id AS id, n.profile AS profile, coalesce(n.canonical, n.id) AS canonical"""

HELD = """UNWIND $ids AS wanted
MATCH (:Event {id: wanted})-[:HOLDS]->(b:Block) RETURN DISTINCT b.id AS id"""

LEAVE = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:HOLDS|FITS]->(b:Block) DELETE r
RETURN DISTINCT b.id AS id"""

ENTER = """UNWIND $rows AS row
MATCH (n:Event {id: row.id}) UNWIND row.keys AS key
MERGE (b:Block {id: key}) MERGE (n)-[:TYPE]->(b)"""

SET_PART = "UNWIND $rows AS row MATCH (n:Event {id: row.id}) SET n.part = row.part"

FITTING = """UNWIND $keys AS key
MATCH (:Block {id: key})<-[:FITS]-(n:Event) RETURN DISTINCT n.id AS id"""

CANDIDATES = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[:FITS]->(:Block)<-[:HOLDS]-(w:Event) WHERE w.id <> wanted
RETURN DISTINCT wanted AS id, w.id AS whole"""

INFERRED = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:PART_OF]->(w:Event) WHERE r.live = true AND r.inferred = true
RETURN wanted AS id, w.id AS whole, r.reason AS reason"""

EVERY_INFERRED = """MATCH (n:Event)-[r:PART_OF]->(w:Event) WHERE r.live = true AND r.inferred = true
RETURN n.id AS id, w.id AS whole, r.reason AS reason"""

EXPIRE = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:PART_OF]->(:Event) WHERE r.live = true AND r.inferred = true
SET r.expiredAt = $now, r.live = null"""

WRITE = """UNWIND $rows AS row
MATCH (n:Event {id: row.id}) MATCH (w:Event {id: row.whole})
CREATE (n)-[:PART_OF {inferred: true, reason: row.reason, live: true, createdAt: $now}]->(w)"""


def relate_parts(tx: Transaction, ids: Iterable[str], now: str) -> set[str]:
    """Bring the parts and wholes among some events, and all that depends on these, up to date.

    Arguments: the transaction, in which all is shown as it should be; ids of events that may have changed; the moment.
    Returns: the events that have more parts now, or fewer.
    """
    rows, members = _looked_at(tx, ids)
    known = standings(tx, rows, members)
    changed = [row for row in rows if _digest(known.get(row["id"])) != row["part"]]
    parts = {row["id"] for row in rows if row["part"] is not None or row["id"] in known}
    if changed:
        parts |= _enter(tx, changed, known)
    return _conclude(tx, parts, known, now)


def _looked_at(graph: Queryable, ids: Iterable[str]) -> tuple[list[Row], list[Row]]:
    """What events show, and what is merged into them."""
    given = {"ids": sorted(set(ids))}
    rows, members = run_together(graph, [(SHOWN, given), (MEMBERS_OF, given)])
    return list(rows), list(members)


def standings(graph: Queryable, rows: Iterable[Row], merged: Iterable[Row]) -> dict[str, Standing]:
    """What is looked at of events; those that are not shown, or have no beginning, are left out.

    Arguments: the graph; rows of SHOWN and of MEMBERS_OF. Raises: StoreError.
    """
    alive = {row["id"]: row for row in rows if row["alive"] and row["earliest"] and row["profile"]}
    profiles = {id: [event_profile_of(row["profile"])] if row["live"] else [] for id, row in alive.items()}
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in merged:
        if row["canonical"] in alive and row["profile"] is not None:
            members[row["canonical"]].append((row["id"], row["profile"]))
    for id, listed in members.items():
        profiles[id] += [event_profile_of(profile) for _, profile in sorted(listed)[:MEMBERS]]
    named = {e for listed in profiles.values() for p in listed for e in (*(i for _, i in p.participants), p.place) if e}
    places, canonical = {}, {}
    for row in graph.run(PLACES, ids=sorted(named)) if named else ():
        places[row["id"]] = entity_profile_of(row["profile"])
        canonical[row["id"]] = row["canonical"]
    found = {
        id: standing(id, row["status"], ordinal(row["earliest"]), ordinal(row["latest"]), row["sources"] or 0,
                     profiles[id], places,
                     lambda entity: canonical.get(entity, entity))
        for id, row in alive.items()
    }  # fmt: skip
    return {id: one for id, one in found.items() if one is not None and (fitting_keys(one) or holding_keys(one))}


def _digest(one: Standing | None) -> str | None:
    """Stands for all that its being a part, and others' being parts of it, depends on."""
    if one is None:
        return None
    holding = sorted(holding_keys(one))
    return digest("part", one.first, one.last, *sorted(fitting_keys(one)), *([one.weight, *holding] if holding else ()))


def _enter(tx: Transaction, changed: Sequence[Row], known: Mapping[str, Standing]) -> set[str]:
    """Put events into their Blocks. Returns: what may be a part of them now, or was until now."""
    ids = [row["id"] for row in changed]
    older = [row["id"] for row in changed if row["part"] is not None]
    stirred = {row["id"] for row in tx.run(HELD, ids=older)} if older else set()
    if older:
        leave(tx, LEAVE, ids=older)
    for type, keys in (("HOLDS", holding_keys), ("FITS", fitting_keys)):
        rows = [{"id": id, "keys": sorted(keys(known[id]))} for id in ids if id in known]
        if rows := [row for row in rows if row["keys"]]:
            tx.later(ENTER.replace("TYPE", type), rows=rows)
            stirred |= {key for row in rows for key in row["keys"]} if type == "HOLDS" else set()
    tx.later(SET_PART, rows=[{"id": id, "part": _digest(known.get(id))} for id in ids])
    return {row["id"] for row in tx.run(FITTING, keys=sorted(stirred))} if stirred else set()


def _conclude(tx: Transaction, parts: Iterable[str], known: Mapping[str, Standing], now: str) -> set[str]:
    """Returns: the events that have more parts now, or fewer."""
    ids = sorted(parts)
    if not ids:
        return set()
    candidates, inferred = run_together(tx, [(CANDIDATES, {"ids": ids}), (INFERRED, {"ids": ids})])
    wanted = _concluded(tx, candidates, known)
    there = {row["id"]: Found(row["whole"], row["reason"]) for row in inferred}
    over = sorted(id for id, found in there.items() if wanted.get(id) != found)
    if over:
        tx.later(EXPIRE, ids=over, now=now)
    new = [{"id": id, "whole": found.whole, "reason": found.reason} for id, found in sorted(wanted.items())
           if there.get(id) != found]  # fmt: skip
    if new:
        tx.later(WRITE, rows=new, now=now)
    more = Counter(row["whole"] for row in new)
    more.subtract(there[id].whole for id in over)
    counted = [{"id": id, "parts": count} for id, count in sorted(more.items()) if count]
    if counted:
        tx.later(ADD_PARTS, rows=counted)
    return {str(row["id"]) for row in counted}


def concluded(graph: Queryable, ids: Iterable[str], known: Mapping[str, Standing] = {}) -> dict[str, Found]:
    """Of which event each of some is a part, by the Blocks; those that are a part of none are left out.

    Arguments: the graph; ids of events; known, what is looked at of some events, as far as it was read already.
    """
    return _concluded(graph, graph.run(CANDIDATES, ids=sorted(ids)), known)


def _concluded(graph: Queryable, candidates: Iterable[Row], known: Mapping[str, Standing]) -> dict[str, Found]:
    near: dict[str, list[str]] = defaultdict(list)
    for row in candidates:
        near[row["id"]].append(row["whole"])
    needed = {*near, *(whole for listed in near.values() for whole in listed)} - known.keys()
    every = {**known, **(standings(graph, *_looked_at(graph, needed)) if needed else {})}
    found = {id: whole_of(every[id], (every[whole] for whole in sorted(listed) if whole in every))
             for id, listed in near.items() if id in every}  # fmt: skip
    return {id: one for id, one in found.items() if one is not None}


def reckoned(graph: Queryable, ids: Iterable[str]) -> dict[str, Found]:
    """The same for all events of these ids at once, by the events alone, without Blocks."""
    every = standings(graph, *_looked_at(graph, ids))
    holding: dict[str, list[Standing]] = defaultdict(list)
    for one in every.values():
        for key in holding_keys(one):
            holding[key].append(one)
    found = {}
    for id, one in every.items():
        near = {whole.id: whole for key in fitting_keys(one) for whole in holding[key]}
        best = whole_of(one, (near[whole] for whole in sorted(near)))
        if best is not None:
            found[id] = best
    return found


def stated(graph: Queryable) -> dict[str, Found]:
    """Which event stands as a part of which by what was concluded."""
    return {row["id"]: Found(row["whole"], row["reason"]) for row in graph.run(EVERY_INFERRED)}
