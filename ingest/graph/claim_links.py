"""Claims of different articles joined: REPEATS, CONTRADICTS, SUPPORTS, as `matching.claims` compares two.

A claim is compared with those that share a block with it (`(:Claim)-[:IN_BLOCK]->(:Block)`) and with no others. Whether
two are joined depends on the two alone, so that the same articles give the same links whatever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ingest.graph.blocks import leave
from ingest.matching.claims import ClaimLink, ClaimProfile, claim_blocks, compare_claims
from kb.edtf import Edtf
from kb.store import Transaction
from kb.store.dialect import Step
from kb.store.together import execute_together, run_together

KINDS = ("REPEATS", "CONTRADICTS", "SUPPORTS")
_FETCHED = 1_000  # claims in one statement

BLOCKS_OF = """UNWIND $ids AS id
MATCH (:Claim {id: id})-[:IN_BLOCK]->(b:Block) RETURN id, collect(b.id) AS blocks"""

# A block is an index, no fact: what is in it no more is deleted, not expired.
LEAVE_BLOCKS = """UNWIND $rows AS row
MATCH (c:Claim {id: row.id})-[r:IN_BLOCK]->(b:Block) WHERE NOT b.id IN row.blocks DELETE r
RETURN DISTINCT b.id AS id"""

JOIN_BLOCKS = """UNWIND $rows AS row
MERGE (b:Block {id: row.block}) ON CREATE SET b.createdAt = $now
WITH row, b MATCH (c:Claim {id: row.claim})
CREATE (c)-[:IN_BLOCK {createdAt: $now}]->(b)"""

MEMBERS = """UNWIND $ids AS id
MATCH (b:Block {id: id})<-[:IN_BLOCK]-(c:Claim) WHERE c.expiredAt IS NULL
RETURN b.id AS block, collect(c.id) AS claims"""

STORED_CLAIMS = """UNWIND $ids AS id
MATCH (c:Claim {id: id}) WHERE c.expiredAt IS NULL
RETURN c.id AS id, c.normalText AS text, c.force AS force, c.polarity AS polarity, c.modality AS modality,
  c.said AS said, c.articleId AS article"""

STORED_ENDS = """UNWIND $ids AS id
MATCH (c:Claim {id: id})-[r:MADE_BY|ABOUT]->(x) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN c.id AS claim, type(r) AS relation, x.id AS id"""

STANDING_LINKS = """UNWIND $ids AS id
MATCH (c:Claim {id: id})-[r:REPEATS|CONTRADICTS|SUPPORTS]-(:Claim) WHERE r.expiredAt IS NULL
RETURN DISTINCT startNode(r).id AS start, type(r) AS kind, endNode(r).id AS end"""

MERGE_LINKS = """UNWIND $rows AS row
MATCH (a:Claim {id: row.start}) MATCH (b:Claim {id: row.end})
MERGE (a)-[r:KIND]->(b) ON CREATE SET r.createdAt = $now
SET r.score = row.score, r.method = row.method, r.reason = row.reason, r.expiredAt = null"""

EXPIRE_LINKS = """UNWIND $rows AS row
MATCH (:Claim {id: row.start})-[r:KIND]->(:Claim {id: row.end}) SET r.expiredAt = $now"""

LEAVE_ALL_BLOCKS = """UNWIND $ids AS id
MATCH (:Claim {id: id})-[r:IN_BLOCK]->(b:Block) DELETE r
RETURN DISTINCT b.id AS id"""

CLAIMS_OF = """UNWIND $rows AS row
MATCH (:LABEL {id: row.after})<-[r:MADE_BY|ABOUT]-(c:Claim)
WHERE r.live = true AND r.endReferent = row.referent
RETURN DISTINCT c.id AS id"""

Ends = tuple[str, str, str]


def claims_moved(tx: Transaction, rows: Sequence[Mapping[str, str]], label: str) -> set[str]:
    """The claims whose speaker or subject is another node now.

    Arguments: the transaction; moves as rows (referent, after); the label of what was moved.
    """
    return {row["id"] for row in tx.run(CLAIMS_OF.replace("LABEL", label), rows=list(rows))} if rows else set()


def stored_profiles(tx: Transaction, ids: Iterable[str]) -> list[ClaimProfile]:
    """The profiles of claims that the graph holds and shows, in the order of ids; withdrawn ones are left out."""
    found: list[ClaimProfile] = []
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), _FETCHED):
        some = wanted[at : at + _FETCHED]
        ends: dict[tuple[str, str], list[str]] = {}
        ended, stored = run_together(tx, [(STORED_ENDS, {"ids": some}), (STORED_CLAIMS, {"ids": some})])
        for row in ended:
            ends.setdefault((row["claim"], row["relation"]), []).append(row["id"])
        found += [_profile(row, ends) for row in stored]
    return sorted(found, key=lambda profile: profile.id)


def _profile(row: dict[str, Any], ends: dict[tuple[str, str], list[str]]) -> ClaimProfile:
    return ClaimProfile(
        id=row["id"],
        text=row["text"] or "",
        speaker=min(ends.get((row["id"], "MADE_BY"), ()), default=None),
        about=frozenset(ends.get((row["id"], "ABOUT"), ())),
        force=row["force"] or "said",
        polarity=row["polarity"] or "positive",
        modality=row["modality"] or "asserted",
        said=Edtf(row["said"]) if row["said"] else None,
        article=row["article"] or "",
    )


def link_claims(tx: Transaction, claims: Sequence[ClaimProfile], now: str, *, fresh: bool = False) -> None:
    """Join claims with all that they repeat, contradict or support, and expire the links that no longer hold.

    Arguments: the transaction that has written the claims with their relations; their profiles; the time, ISO;
    fresh, whether they came to be just now, so that none has a link or a block yet.
    Call it again for claims whose speaker or subject has changed since (`stored_profiles` reads them).
    Raises: StoreError.
    """
    if not claims:
        return
    _write_blocks(tx, claims, now, fresh=fresh)
    ids = [claim.id for claim in claims]
    links = _links(tx, claims)
    if not fresh:
        _expire(tx, _standing(tx, ids) - {(link.start, link.kind, link.end) for link in links}, now)
    if links:
        execute_together(tx, [_merged(links, kind, now) for kind in KINDS])


def _merged(links: Sequence[ClaimLink], kind: str, now: str) -> Step:
    rows = [{"start": link.start, "end": link.end, "score": link.score, "method": link.method, "reason": link.reason}
            for link in links if link.kind == kind]  # fmt: skip
    return MERGE_LINKS.replace("KIND", kind), {"rows": rows, "now": now}


def unlink_claims(tx: Transaction, ids: Sequence[str], now: str) -> None:
    """Expire every link of withdrawn claims. Arguments: transaction, ids, the time, ISO. Raises: StoreError."""
    if ids:
        _expire(tx, _standing(tx, ids), now)
        leave(tx, LEAVE_ALL_BLOCKS, ids=list(ids))


def _write_blocks(tx: Transaction, claims: Sequence[ClaimProfile], now: str, *, fresh: bool) -> None:
    blocks = {claim.id: claim_blocks(claim) for claim in claims}
    there = {} if fresh else {row["id"]: set(row["blocks"]) for row in tx.run(BLOCKS_OF, ids=sorted(blocks))}
    rows = [{"id": claim, "blocks": sorted(listed)} for claim, listed in sorted(blocks.items())
            if there.get(claim, set()) - listed]  # fmt: skip
    if rows:
        leave(tx, LEAVE_BLOCKS, rows=rows)
    # In the order of blocks, so that two writers do not wait for each other.
    joined = sorted((block, claim) for claim, listed in blocks.items() for block in listed - there.get(claim, set()))
    if joined:
        tx.later(JOIN_BLOCKS, rows=[{"block": block, "claim": claim} for block, claim in joined], now=now)


def _links(tx: Transaction, claims: Sequence[ClaimProfile]) -> list[ClaimLink]:
    """Every link that these claims have now, each once, in order."""
    given = {claim.id: claim for claim in claims}
    pairs = _pairs(tx, claims)
    others = {id for pair in pairs for id in pair} - given.keys()
    known = given | {profile.id: profile for profile in stored_profiles(tx, others)}
    found = (compare_claims(known[a], known[b]) for a, b in sorted(pairs) if a in known and b in known)
    return [link for link in found if link]


def _pairs(tx: Transaction, claims: Sequence[ClaimProfile]) -> set[tuple[str, str]]:
    """Every two live claims, one of them given, that share a block; the lesser id first."""
    blocks = {claim.id: claim_blocks(claim) for claim in claims}
    every = sorted({block for listed in blocks.values() for block in listed})
    members = {row["block"]: row["claims"] for row in tx.run(MEMBERS, ids=every)}
    return {
        (min(claim, other), max(claim, other))
        for claim, listed in blocks.items()
        for block in listed
        for other in members.get(block, ())
        if other != claim
    }


def _standing(tx: Transaction, ids: Sequence[str]) -> set[Ends]:
    return {(r["start"], r["kind"], r["end"]) for r in tx.run(STANDING_LINKS, ids=list(ids))}


def _expire(tx: Transaction, ends: set[Ends], now: str) -> None:
    for kind in KINDS:
        rows = [{"start": start, "end": end} for start, its_kind, end in sorted(ends) if its_kind == kind]
        if rows:
            tx.later(EXPIRE_LINKS.replace("KIND", kind), rows=rows, now=now)
