"""Which referents are one, settled in the graph after something was written: compare, cluster, move, show.

A referent is a node of its own that keeps its id, what articles say of it (NAMES, TELLS) and what it resembles
(RESEMBLES). All of one cluster are MERGED_INTO the one with the least id, which carries the relationships of all; each
relationship remembers the referent that its article means (`startReferent`, `endReferent`), so that a merge can be
taken apart again, however old. Only what shares a Block with something touched is ever looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.graph.aliases import stored_aliases
from ingest.graph.blocks import drop_empty
from ingest.graph.claim_links import claims_moved, link_claims, stored_profiles, unlink_claims
from ingest.graph.moves import Canonical, carry
from ingest.graph.parts import relate_parts
from ingest.graph.rulings import RULINGS, ruling_of
from ingest.graph.show import extend, show_anew, show_claims
from ingest.graph.stories import LIKELY, likely_among, near_lists
from ingest.graph.touched import NONE_ADDED, UNSTIRRED, Added, Move, Row, Stirred, Touched
from ingest.matching.aliases import NO_ALIASES, AliasTable
from ingest.matching.clusters import Edge, Pair, clusters
from ingest.matching.entities import compare_entities, entity_blocks
from ingest.matching.events import compare_events, event_blocks
from ingest.matching.ids import digest
from ingest.matching.profiles import EventProfile, Judgement
from ingest.matching.stored import entity_profile_of, event_profile_of
from ingest.matching.stories import compared_apart
from kb.checks.keeping import keep_doubts
from kb.store import Transaction
from kb.store.kept import keep
from kb.store.together import run_together

Canon = Callable[[str], str]

TAKE_TURN = "MATCH (s:Schema {id: 'schema'}) SET s.turn = $now"

# A name that tens of thousands of articles give has as many relationships, which a server looks through for the few of
# one type: what is asked at each writing is kept as properties (`live`, `canonical`, `judged`) instead.
LOAD = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
RETURN n.id AS id, n.profile AS known, n.blocks AS blocks, coalesce(n.canonical, n.id) AS canonical,
  coalesce(n.live, false) AS live"""

# Only what a human judged can have several profiles, as it keeps its id; the least of them counts.
TOLD = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})<-[t:SAYING]-(:Article) WHERE t.live = true
RETURN wanted AS id, min(t.profile) AS profile"""

SET_BLOCKS = """UNWIND $rows AS row
MATCH (n:LABEL {id: row.id}) SET n.blocks = row.blocks, n.profile = row.profile
WITH n, row UNWIND row.blocks AS key
MERGE (b:Block {id: key}) MERGE (n)-[:IN_BLOCK]->(b)"""

DROP_BLOCKS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[r:IN_BLOCK]->(b:Block) DELETE r
RETURN DISTINCT b.id AS id"""

FORGET = "UNWIND $ids AS wanted MATCH (n:LABEL {id: wanted}) SET n.blocks = null, n.live = null"

REVIVE = "UNWIND $ids AS wanted MATCH (n:LABEL {id: wanted}) SET n.live = true"

CANDIDATES = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[:IN_BLOCK]->(:Block)<-[:IN_BLOCK]-(m:LABEL) WHERE m.id <> wanted
RETURN DISTINCT wanted AS one, m.id AS other, m.profile AS profile"""

WRITE_EDGES = """UNWIND $rows AS row
MATCH (a:LABEL {id: row.one}) MATCH (b:LABEL {id: row.other})
MERGE (a)-[r:RESEMBLES {digest: row.digest, live: true}]->(b)
ON CREATE SET r.verdict = row.verdict, r.score = row.score, r.reason = row.reason, r.createdAt = $now"""

EXPIRE_EDGES = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})-[r:RESEMBLES]-(:LABEL)
WHERE r.live = true AND r.told IS NULL AND NOT r.digest IN $digests
SET r.expiredAt = $now, r.live = null"""

# A cluster of many has very many judgements: one that walks along them wants each node once, and of what is said of the
# nodes each judgement once, from its start (the greater id).
SAME_AS = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})-[r:RESEMBLES]-(m:LABEL) WHERE r.live = true AND r.verdict = 'same'
RETURN DISTINCT m.id AS id"""

JUDGED = """UNWIND $ids AS wanted
MATCH (:LABEL {id: wanted})-[r:RESEMBLES]->(m:LABEL) WHERE r.live = true AND r.told IS NULL
RETURN wanted AS one, m.id AS other, r.verdict AS verdict, r.score AS score"""

# What is reached from some referents in a step: by judgements, by present merges, by rulings.
REACHED = f"""{SAME_AS}
UNION UNWIND $ids AS wanted
MATCH (n:LABEL {{id: wanted}}) RETURN DISTINCT coalesce(n.canonical, n.id) AS id
UNION UNWIND $ids AS wanted
MATCH (n:LABEL {{id: wanted}}) WITH DISTINCT coalesce(n.canonical, n.id) AS canonical
MATCH (m:LABEL {{canonical: canonical}}) RETURN DISTINCT m.id AS id
UNION UNWIND $ids AS wanted
MATCH (:LABEL {{id: wanted}})<-[:JUDGES]-(d:Decision) WHERE d.kind = 'same' AND d.revokedAt IS NULL
UNWIND d.targets + d.others AS named RETURN DISTINCT named AS id"""

EVENTS_OF = """UNWIND $rows AS row
MATCH (:Entity {id: row.after})-[r:PARTICIPATED_IN|LOCATED_IN]-(:Event)
WHERE r.live = true AND (r.startReferent = row.referent OR r.endReferent = row.referent)
RETURN DISTINCT CASE WHEN type(r) = 'LOCATED_IN' THEN r.startReferent ELSE r.endReferent END AS id"""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is compared: the label, the relationship by which articles state it, and the functions that compare.

    involved: the entities that a profile names.
    """

    label: str
    saying: str
    read: Callable[[str], Any]
    blocks: Callable[[Any, Canon], frozenset[str]]
    compare: Callable[[Any, Any, Canon], Judgement | None]
    involved: Callable[[Any], set[str]]

    def of(self, statement: str) -> str:
        """A statement for this label."""
        return statement.replace("LABEL", self.label).replace("SAYING", self.saying)


def _entities_by(aliases: AliasTable) -> Kind:
    return Kind("Entity", "NAMES", entity_profile_of, lambda p, _: entity_blocks(p, aliases),
                lambda a, b, _: compare_entities(a, b, aliases), lambda _: set())  # fmt: skip


def _taking_part(profile: EventProfile) -> set[str]:
    return {
        *(entity for _, entity in profile.participants),
        *profile.lands,
        *([profile.place] if profile.place else ()),
    }


ENTITIES = _entities_by(NO_ALIASES)
EVENTS = Kind("Event", "TELLS", event_profile_of, event_blocks, compare_events, _taking_part)


@dataclass(slots=True)
class _Found:
    """What is known of the touched referents of one kind. resembling: those that may resemble others than before."""

    live: dict[str, Row] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    canonical: set[str] = field(default_factory=set)
    resembling: set[str] = field(default_factory=set)


def take_turn(tx: Transaction, now: str) -> None:
    """Wait until no other transaction settles: two that run at once would not see each other's referents."""
    tx.later(TAKE_TURN, now=now)


def merge_touched(
    tx: Transaction, touched: Touched, now: str, *, judged: bool = False, added: Added | None = None,
    stirred: Stirred = UNSTIRRED, aliases: AliasTable | None = None,
) -> Touched:  # fmt: skip
    """Bring the clusters and all that is shown up to date with what is stated and decided.

    Arguments: the transaction in which it was written; the referents that were touched; the moment (UTC, ISO); judged,
    whether humans judged them, so that they are clustered anew though nothing else is new; added, where all that
    happened is that a new article was written: the result is the same without it, but asks more of the graph; stirred,
    the events that may be others because of who is near whom (ingest.graph.stories); aliases, the table that the graph
    keeps, if it was read already. Returns: what it showed anew.
    """
    new = added or NONE_ADDED
    entities = _load(tx, ENTITIES, touched.entities, new)
    canon = Canonical(tx)
    names = _entities_by(stored_aliases(tx) if aliases is None else aliases)
    moved = _identify(tx, names, entities, canon, set(), now, judged, new.created, UNSTIRRED)
    # Of a referent that came to be with an article only this tells: its events and claims are touched already.
    older = [m.row() for m in moved if m.referent not in new.created]
    affected = {r["id"] for r in tx.run(EVENTS_OF, rows=older)} if older else set()
    events = _load(tx, EVENTS, touched.events | affected, new)
    carried = _identify(tx, EVENTS, events, canon, affected, now, judged, new.created, stirred)
    shown = Touched(entities.canonical | _ends(moved), events.canonical | _ends(carried), touched.claims)
    extended, longer = _extend(tx, {"Entity": (shown.entities, moved), "Event": (shown.events, carried)}, new, now)
    show_anew(tx, "Entity", shown.entities - extended, now)
    show_anew(tx, "Event", shown.events - longer, now)
    show_claims(tx, shown.claims, now)
    wholes = relate_parts(tx, shown.events, now)
    older_events = [m.row() for m in carried if m.referent not in new.created]
    retold = claims_moved(tx, older, "Entity") | claims_moved(tx, older_events, "Event")
    _relink_claims(tx, touched.claims | retold, now, fresh=added is not None and retold <= set(touched.claims))
    changed = {"Entity": shown.entities, "Event": shown.events | wholes, "Claim": touched.claims | retold,
               "Article": touched.articles}  # fmt: skip
    keep(tx, changed, new.named(extended, {m.referent: m.after for m in moved}))
    pairs = {"Entity": (entities.resembling, shown.entities), "Event": (events.resembling, shown.events)}
    keep_doubts(tx, pairs, touched.articles, shown.events | wholes, touched.claims, judged=judged)
    return shown


def _extend(
    tx: Transaction, shown: Mapping[str, tuple[Iterable[str], Sequence[Move]]], added: Added, now: str
) -> list[set[str]]:
    """Show what a new article adds to the nodes that it only adds to. Returns: these, with what went into them.

    A node that lost something, or got more than what came to be with the article, is none of them. Arguments: the
    transaction; by label, what is to be shown and what moved; what the article adds; the moment.
    """
    said, gone = zip(*(_adding(label, *each, added) for label, each in shown.items()), strict=True)
    done = extend(tx, dict(zip(shown, said, strict=True)), now)
    return [done[label] | left for label, left in zip(shown, gone, strict=True)]


def _adding(
    label: str, shown: Iterable[str], moved: Sequence[Move], added: Added
) -> tuple[dict[str, list[Row]], set[str]]:
    """What a new article says of the nodes that it only adds to, and what went into them."""
    after: dict[str, str] = {m.referent: m.after for m in moved}
    larger = {m.after for m in moved if m.referent in added.created}
    other = {end for m in moved if m.referent not in added.created for end in (m.before, m.after, m.referent)}
    said: dict[str, list[Row]] = defaultdict(list)
    for row in added.loaded.get(label, ()):
        canonical = after.get(str(row["id"]), str(row["canonical"]))
        if row["id"] in added.said.get(label, ()):
            said[canonical].append(added.said[label][row["id"]])
    gone = {id for id in after if id in added.created and id not in larger} - other
    return {id: said[id] for id in shown if id in said and id not in other and id not in gone}, gone


def _relink_claims(tx: Transaction, claims: Iterable[str], now: str, *, fresh: bool) -> None:
    ids = set(claims)
    live = stored_profiles(tx, ids)
    if not fresh:
        unlink_claims(tx, sorted(ids - {claim.id for claim in live}), now)
    link_claims(tx, live, now, fresh=fresh)


def _ends(moves: Iterable[Move]) -> set[str]:
    return {end for move in moves for end in (move.before, move.after, move.referent)}


def load(tx: Transaction, kind: Kind, ids: Iterable[str]) -> list[Row]:
    """What the graph knows of these referents, as LOAD gives it; those that it does not hold are left out."""
    wanted = sorted(set(ids))
    return list(tx.run(kind.of(LOAD), ids=wanted)) if wanted else []


def _load(tx: Transaction, kind: Kind, ids: Iterable[str], added: Added) -> _Found:
    """Read the touched referents, and note of each whether anything tells of it still."""
    found = _Found()
    given = added.loaded.get(kind.label, ())
    others = load(tx, kind, set(ids) - {row["id"] for row in given})
    told = {row["id"]: row["profile"] for row in given}
    if others:
        told |= {row["id"]: row["profile"] for row in tx.run(kind.of(TOLD), ids=[row["id"] for row in others])}
    for row in (*given, *({**row, "profile": told.get(row["id"])} for row in others)):
        found.canonical.add(row["canonical"])
        if row["id"] in told:
            found.live[row["id"]] = row
        else:
            found.dead.add(row["id"])
    revived = sorted(id for id, row in found.live.items() if not row["live"])
    if revived:
        tx.later(kind.of(REVIVE), ids=revived)
    return found


def _identify(
    tx: Transaction, kind: Kind, found: _Found, canon: Canonical, forced: set[str], now: str, judged: bool,
    created: frozenset[str], apart: Stirred,
) -> list[Move]:  # fmt: skip
    """Compare what is new or changed, cluster what that reaches, and move what now belongs elsewhere."""
    fresh = _index(tx, kind, found, canon, forced)
    stirred = _alike(tx, kind, {*found.dead, *(fresh.keys() - created)})
    if found.dead:
        dead = sorted(found.dead)
        drop_empty(tx, (r["id"] for r in tx.run(kind.of(DROP_BLOCKS), ids=dead)))
        tx.later(kind.of(FORGET), ids=dead)
        tx.later(kind.of(EXPIRE_EDGES), ids=dead, digests=[], now=now)
    edges = _judge(tx, kind, fresh, canon, now, created) if fresh else []
    alike = {edge[end] for edge in edges if edge["verdict"] == "same" for end in ("one", "other")}
    # What came to be just now, is like nothing else and was judged by nobody stays by itself.
    older = {*(fresh.keys() - created), *found.dead, *(found.live if judged else ())}
    reaching = {*older, *(alike & fresh.keys()), *stirred, *apart.clusters}
    moved = recluster(tx, kind, reaching, now)
    compared = {edge[end] for edge in edges if edge["verdict"] != "different" for end in ("one", "other")}
    found.resembling |= {*older, *(compared & fresh.keys()), *apart.resembling, *_ends(moved)}
    return moved


def _alike(tx: Transaction, kind: Kind, ids: set[str]) -> set[str]:
    """What is the same as some referents by judgements that may end now: a third that they kept from another."""
    return {row["id"] for row in tx.run(kind.of(SAME_AS), ids=sorted(ids))} if ids else set()


def _index(tx: Transaction, kind: Kind, found: _Found, canon: Canonical, forced: set[str]) -> dict[str, Any]:
    """Put referents into their blocks. Returns: the profiles of those that must be compared anew."""
    fresh: dict[str, Any] = {}
    rows = []
    profiles = {id: kind.read(row["profile"]) for id, row in found.live.items() if row["profile"] is not None}
    canon.learn(_named(kind, profiles.values()))
    for id, profile in profiles.items():
        row, blocks = found.live[id], sorted(kind.blocks(profile, canon))
        if blocks != row["blocks"] or row["profile"] != row["known"] or id in forced:
            fresh[id] = profile
            rows.append({"id": id, "blocks": blocks, "profile": row["profile"], "known": row["blocks"] is not None})
    known = [row["id"] for row in rows if row["known"]]
    left = [r["id"] for r in tx.run(kind.of(DROP_BLOCKS), ids=known)] if known else []
    if rows:
        tx.later(kind.of(SET_BLOCKS), rows=rows)
    drop_empty(tx, left)
    return fresh


def _named(kind: Kind, profiles: Iterable[Any]) -> set[str]:
    return {entity for profile in profiles for entity in kind.involved(profile)}


def _judge(
    tx: Transaction, kind: Kind, fresh: Mapping[str, Any], canon: Canonical, now: str, created: frozenset[str]
) -> list[dict[str, Any]]:
    """Compare each with what shares a block with it, and keep the judgements. Returns: these, as rows."""
    rows: dict[str, dict[str, Any]] = {}
    found = [row for row in tx.run(kind.of(CANDIDATES), ids=sorted(fresh)) if row["profile"] is not None]
    others = {row["other"]: kind.read(row["profile"]) for row in found}
    canon.learn(_named(kind, others.values()))
    for row in found:
        judgement = kind.compare(fresh[row["one"]], others[row["other"]], canon)
        if judgement:
            edge = edge_row(row["one"], row["other"], judgement)
            rows[edge["digest"]] = edge
    older = sorted(fresh.keys() - created)
    if older:
        tx.later(kind.of(EXPIRE_EDGES), ids=older, digests=sorted(rows), now=now)
    if rows:
        tx.later(kind.of(WRITE_EDGES), rows=[rows[key] for key in sorted(rows)], now=now)
    return list(rows.values())


def edge_row(one: str, other: str, judgement: Judgement) -> dict[str, Any]:
    """A judgement as a row, from the greater id to the lesser, whichever was looked at first."""
    low, high = sorted((one, other))
    score = round(judgement.score, 4)
    said = digest("edge", high, low, judgement.verdict, score, judgement.reason)
    return {"one": high, "other": low, "digest": said, "verdict": judgement.verdict, "score": score,
            "reason": judgement.reason}  # fmt: skip


def recluster(tx: Transaction, kind: Kind, starts: Iterable[str], now: str) -> list[Move]:
    """Cluster anew all that the starts reach, and move what now belongs elsewhere."""
    members = component(tx, kind, starts)
    if not members:
        return []
    asked = [LOAD, JUDGED, RULINGS, *([LIKELY] if kind.label == "Event" else [])]
    found = run_together(tx, [(kind.of(each), {"ids": sorted(members)}) for each in asked])
    rows = {row["id"]: row for row in found[0]}
    after_all = clustered(tx, kind, rows, *found[1:])
    moves = [Move(id, rows[id]["canonical"], after) for id, after in sorted(after_all.items())
             if rows[id]["canonical"] != after]  # fmt: skip
    if moves:
        carry(tx, kind.label, moves, now)
    return moves


def clustered(
    tx: Transaction, kind: Kind, rows: Mapping[str, Row], judged: Iterable[Row], ruled: Iterable[Row],
    told: Iterable[Row] = (),
) -> dict[str, str]:  # fmt: skip
    """The canonical id of each referent of a component as judgements and rulings say; the dead stand alone.

    Arguments: the transaction; the kind; rows of LOAD by id; those of JUDGED, of RULINGS, and for events of LIKELY.
    """
    live = sorted(id for id, row in rows.items() if row["live"])
    of_live = set(live)
    edges = {Edge(min(r["one"], r["other"]), max(r["one"], r["other"]), r["verdict"], r["score"])
             for r in judged if r["one"] in of_live}  # fmt: skip
    rulings = [ruling for ruling in map(ruling_of, ruled) if of_live & (ruling.left | ruling.right)]
    likely = _likely(tx, kind, rows, live, (r for r in told if r["one"] in of_live)) if kind.label == "Event" else {}
    return {id: id for id in rows} | clusters(live, edges, rulings, likely)


def _likely(
    tx: Transaction, kind: Kind, rows: Mapping[str, Row], live: Sequence[str], told: Iterable[Row]
) -> dict[Pair, float]:
    """How likely any two of a component are one that near articles tell."""
    profiles = [kind.read(rows[id]["known"]) for id in live if rows[id]["known"] is not None]
    near = near_lists(tx, (profile.scope for profile in profiles if profile.scope is not None))
    return compared_apart(profiles, near) | likely_among(told)


def component(tx: Transaction, kind: Kind, starts: Iterable[str]) -> set[str]:
    """All referents that judgements "same", rulings "same" and present merges connect with the starts."""
    reached = set(starts)
    frontier = sorted(reached)
    while frontier:
        found = {row["id"] for row in tx.run(kind.of(REACHED), ids=frontier)}
        frontier = sorted(found - reached)
        reached |= found
    return reached
