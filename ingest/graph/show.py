"""Bring what canonical nodes show up to date with what is told of them; see `shown` for the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.shown.choice import EDITABLE, Shown, show_entity, show_event, show_tally
from kb.shown.tally import add, complete, tally, tally_of, telling
from kb.store import Queryable, Transaction
from kb.store.together import run_together

Row = Mapping[str, Any]

REFERENTS = """UNWIND $ids AS wanted
MATCH (c:LABEL {id: wanted}) WHERE c.canonical IS NULL
OPTIONAL MATCH (r:LABEL {canonical: wanted})
RETURN c.id AS canonical, r.id AS id"""

NAMINGS = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})<-[t:NAMES]-(:Article) WHERE t.live = true
RETURN DISTINCT n.id AS referent, t.name AS name, t.aliases AS aliases, t.subtype AS subtype,
  t.described AS described, t.country AS country, t.lat AS lat, t.lon AS lon, t.confidence AS confidence"""

TELLINGS = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})<-[t:TELLS]-(a:Article) WHERE t.live = true
RETURN n.id AS referent, properties(t) AS told, a.id AS article,
  coalesce(a.sourceGroup, a.id) AS source_group, coalesce(a.publisher, '') AS publisher,
  a.publishedEarliest AS published"""

# Of what stands for others, and of what is merged into it, where `canonical` stands for `id`.
EDITS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})<-[:JUDGES]-(d:Decision)
WHERE d.kind IN ['edit', 'reject'] AND d.revokedAt IS NULL
RETURN n.id AS referent, d.kind AS kind, d.field AS field, d.value AS value, d.at AS at, d.id AS id"""

# Where a human judged any of it, all is read again.
PRESENT = {
    "Entity": """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted}) WHERE n.expiredAt IS NULL AND n.judged IS NULL
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.called AS called, n.subtype AS subtype,
  n.described AS described, n.country AS country, n.lat AS lat, n.lon AS lon, n.confidence AS confidence""",
    "Event": """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted}) WHERE n.expiredAt IS NULL AND n.judged IS NULL AND n.tally IS NOT NULL
RETURN n.id AS id, n.tally AS tally""",
}

SHOW = """UNWIND $rows AS row
MATCH (n:LABEL {id: row.id}) SET n += row.properties
SET n.expiredAt = CASE WHEN row.alive THEN null ELSE coalesce(n.expiredAt, $now) END"""


SHOW_CLAIMS = """UNWIND $ids AS wanted
MATCH (c:Claim {id: wanted})
SET c.expiredAt = CASE
  WHEN EXISTS { MATCH (c)<-[:JUDGES]-(d:Decision) WHERE d.kind = 'reject' AND d.revokedAt IS NULL } THEN $now
  WHEN EXISTS { MATCH (c)-[r:STATED_IN]->(:Passage) WHERE r.live = true } THEN null
  ELSE coalesce(c.expiredAt, $now) END"""


def show_claims(tx: Transaction, ids: Iterable[str], now: str) -> None:
    """Show the claims that a text states and no human rejects, and no others."""
    wanted = sorted(ids)
    if wanted:
        tx.later(SHOW_CLAIMS, ids=wanted, now=now)


def show_anew(tx: Transaction, label: str, ids: Iterable[str], now: str) -> None:
    """Show anew what the canonical nodes of these ids stand for; those that nothing tells of any more are expired."""
    rows = [{"id": canonical, "alive": shown.alive, "properties": dict(shown.properties)}
            for canonical, shown in to_show(tx, label, ids).items()]  # fmt: skip
    if rows:
        tx.later(SHOW.replace("LABEL", label), rows=rows, now=now)


def to_show(tx: Queryable, label: str, ids: Iterable[str]) -> dict[str, Shown]:
    """What the canonical nodes among these ids should show, by the rules; the others are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    said = NAMINGS if label == "Entity" else TELLINGS
    texts = (REFERENTS, said, said.replace("{id:", "{canonical:"), EDITS, EDITS.replace("{id:", "{canonical:"))
    referents, *rows = run_together(tx, [(text.replace("LABEL", label), {"ids": wanted}) for text in texts])
    members: dict[str, list[str]] = {}
    for row in referents:
        members.setdefault(row["canonical"], [row["canonical"]])
        members[row["canonical"]] += [row["id"]] if row["id"] else []
    saying, edits = ([*(row for row in own if row["referent"] in members), *merged]
                     for own, merged in (rows[:2], rows[2:]))  # fmt: skip
    told, ruled = _told_and_ruled(label, saying, edits)
    return {canonical: _show(label, referents, told, ruled) for canonical, referents in members.items()}


def extend(tx: Transaction, said: Mapping[str, Mapping[str, Sequence[Row]]], now: str) -> dict[str, set[str]]:
    """Show what a new article says of nodes that were up to date before, without reading what the others say.

    What `show_entity` chooses of some names it also chooses of their choice and the rest, as all its rules are maxima
    and unions; tallies of events add up. Arguments: the transaction; what the article says, by label and canonical
    node; the moment. Returns: the nodes of which that is true, by label. Those that are not shown at present, that a
    human judged or, of events, that few tell of or whose tally is of older rules, are left to `show_anew`.
    """
    asked = [(PRESENT[label], {"ids": sorted(of)}) for label, of in said.items()]
    present = run_together(tx, asked) if any(said.values()) else [[] for _ in said]
    return {label: _extend(tx, label, rows, said[label], now) for label, rows in zip(said, present, strict=True)}


def _extend(
    tx: Transaction, label: str, present: Iterable[Row], said: Mapping[str, Sequence[Row]], now: str
) -> set[str]:
    done: set[str] = set()
    rows = []
    for row in present:
        if label == "Event" and not complete(row["tally"]):
            continue
        shown = _extended(label, row, said[row["id"]])
        if any(shown.properties[key] != (row.get(key) or ([] if key == "aliases" else None))
               for key in shown.properties):  # fmt: skip
            rows.append({"id": row["id"], "alive": True, "properties": dict(shown.properties)})
        done.add(row["id"])
    if rows:
        tx.later(SHOW.replace("LABEL", label), rows=rows, now=now)
    return done


def _extended(label: str, row: Row, said: Sequence[Row]) -> Shown:
    if label == "Entity":
        return show_entity([row, *said], {})
    return show_tally(add(tally_of(row["tally"]), tally(said)), {})


def _told_and_ruled(
    label: str, saying: Iterable[Row], edits: Iterable[Row]
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """What articles say, and what humans set, by referent."""
    told: dict[str, list[Row]] = defaultdict(list)
    ruled: dict[str, list[Row]] = defaultdict(list)
    for row in saying:
        told[row["referent"]].append(row if label == "Entity" else _telling(row))
    for row in edits:
        ruled[row["referent"]].append(row)
    return told, ruled


def _telling(row: Row) -> Row:
    return telling(row["told"], row["article"], row["source_group"], row["publisher"], row["published"])


def _show(label: str, referents: list[str], told: Mapping[str, list[Any]], ruled: Mapping[str, list[Row]]) -> Shown:
    said = [each for referent in referents for each in told.get(referent, ())]
    rules = sorted((each for referent in referents for each in ruled.get(referent, ())),
                   key=lambda r: (r["at"], r["id"]))  # fmt: skip
    allowed = (*EDITABLE[label], "edtf")
    edits = {r["field"]: r["value"] for r in rules if r["kind"] == "edit" and r["field"] in allowed}
    rejected = any(r["kind"] == "reject" for r in rules)
    return (
        show_entity(said, edits, rejected=rejected) if label == "Entity" else show_event(said, edits, rejected=rejected)
    )
