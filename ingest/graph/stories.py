"""Stories in the graph: which articles are near one another, and which events of near articles resemble each other.

A Story is an index, no fact: of each current article what comparison looks at (`profile`), and the articles that are
its nearest (`near`, "shared keys, article"). It lies in Blocks, by its rarest words and names. Run inside the
transaction that writes or withdraws an article, these keep what follows from the articles alone, whatever came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.graph.blocks import drop_empty
from ingest.graph.touched import UNSTIRRED, Stirred
from ingest.matching.ids import digest
from ingest.matching.profiles import Judgement
from ingest.matching.stories import (
    NEAREST,
    SAME,
    SHARED,
    STORY,
    StoryProfile,
    compare_tellings,
    keys_to_search,
    kinds,
    nearest,
    nearness,
    stored_story,
    story_keys,
    story_of,
)
from kb.store import Queryable, Transaction

Pair = tuple[str, str]
Row = Mapping[str, Any]

WRITE_STORY = """MERGE (s:Story {id: $id}) SET s.profile = $profile
WITH s UNWIND $keys AS key
MERGE (b:Block {id: key}) MERGE (s)-[:IN_BLOCK]->(b)"""

SET_PROFILE = "MATCH (s:Story {id: $id}) SET s.profile = $profile"

KEYS_OF = "MATCH (:Story {id: $id})-[:IN_BLOCK]->(b:Block) RETURN b.id AS id"

DELETE_STORY = "MATCH (s:Story {id: $id}) DETACH DELETE s"

COMPARABLE = """UNWIND $keys AS key
MATCH (:Block {id: key})<-[:IN_BLOCK]-(s:Story) WHERE s.id <> $id
WITH s.id AS id, count(*) AS shared WHERE shared >= $least
RETURN id, shared"""

LISTS = "UNWIND $ids AS wanted MATCH (s:Story {id: wanted}) RETURN s.id AS id, s.near AS near"

# Of the many that are comparable, those into whose list this one may come.
WITHIN = """UNWIND $rows AS row
MATCH (s:Story {id: row.id}) WHERE s.floor IS NULL OR row.shared >= s.floor
RETURN s.id AS id, s.near AS near"""

SET_LISTS = "UNWIND $rows AS row MATCH (s:Story {id: row.id}) SET s.near = row.near, s.floor = row.floor"

PROFILES = "UNWIND $ids AS wanted MATCH (s:Story {id: wanted}) RETURN s.id AS id, s.profile AS profile"

EVERY_PROFILE = "MATCH (s:Story) RETURN s.profile AS profile"

WRITE_EDGES = """UNWIND $rows AS row
MATCH (a:Event {id: row.one}) MATCH (b:Event {id: row.other})
MERGE (a)-[r:RESEMBLES {digest: row.digest, live: true}]->(b)
ON CREATE SET r.verdict = row.verdict, r.score = row.score, r.reason = row.reason, r.told = row.told,
  r.createdAt = $now"""

EXPIRE_EDGES = """UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:TELLS]->(:Event)-[r:RESEMBLES]-(:Event)
WHERE r.live = true AND r.told = row.told AND NOT r.digest IN row.kept
SET r.expiredAt = $now, r.live = null"""

EDGES_TOLD = """UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:TELLS]->(n:Event)-[r:RESEMBLES]-(m:Event)
WHERE r.live = true AND r.told = row.told
RETURN DISTINCT n.id AS one, m.id AS other"""

ALIKE = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:RESEMBLES]-(:Event) WHERE r.live = true AND r.verdict = 'same'
RETURN DISTINCT n.id AS id"""

LIKELY_PAIRS = """UNWIND $rows AS row
MATCH (:Event {id: row.one})-[r:RESEMBLES]->(:Event {id: row.other}) WHERE r.live = true AND r.told IS NOT NULL
RETURN row.one AS one, row.other AS other, max(r.score) AS score"""

LIKELY = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:RESEMBLES]->(m:Event) WHERE r.live = true AND r.told IS NOT NULL
RETURN n.id AS one, m.id AS other, max(r.score) AS score"""


@dataclass(slots=True)
class _Lists:
    """The nearest of some articles: how many keys each shares with which. changed: those that are to be stored."""

    near: dict[str, dict[str, int]]
    changed: set[str]

    def compared(self, one: str, other: str) -> bool:
        return other in self.near.get(one, ()) or one in self.near.get(other, ())


def link_story(tx: Transaction, profile: StoryProfile, now: str, *, known: bool) -> Stirred:
    """Bring an article's story up to date: its place among the others, and what its events resemble.

    Arguments: the transaction, in which what the article tells is there already; its profile; the moment (UTC, ISO);
    known, whether the graph held the article before. Returns: the events that may be others now.
    """
    before = _stories(tx, [profile.article]).get(profile.article) if known else None
    if before is not None and story_keys(before) == story_keys(profile):
        return _compare_again(tx, before, profile, now)
    stirred = unlink_story(tx, profile.article, now) if known else UNSTIRRED
    keys = sorted(story_keys(profile))
    tx.later(WRITE_STORY, id=profile.article, profile=stored_story(profile), keys=keys)
    shared = _comparable(tx, profile)
    if not shared:
        return stirred
    lists = _Lists({profile.article: {id: shared[id] for id in nearest(shared)}}, {profile.article})
    rows = [{"id": id, "shared": shared[id]} for id in sorted(shared)]
    lists.near |= {row["id"]: _list(row) for row in tx.run(WITHIN, rows=rows)}
    dropped: set[Pair] = set()
    for id in sorted(lists.near.keys() - {profile.article}):
        grown = lists.near[id] | {profile.article: shared[id]}
        kept = {other: grown[other] for other in nearest(grown)}
        if profile.article in kept:
            lists.near[id] = kept
            lists.changed.add(id)
            dropped |= {_pair(id, other) for other in grown.keys() - kept.keys()}
    added = {_pair(profile.article, id) for id in shared if lists.compared(profile.article, id)}
    return stirred | _compare(tx, lists, added, dropped, {profile.article: profile}, now)


def unlink_story(tx: Transaction, article: str, now: str) -> Stirred:
    """Take an article out; those that had it among their nearest get others. Result as `link_story`."""
    profile = _stories(tx, [article]).get(article)
    if profile is None:
        return UNSTIRRED
    shared = _comparable(tx, profile)
    lists = _Lists({row["id"]: _list(row) for row in tx.run(LISTS, ids=sorted({article, *shared}))}, set())
    dropped = {_pair(article, id) for id in shared if lists.compared(article, id)}
    keys = [row["id"] for row in tx.run(KEYS_OF, id=article)]
    tx.later(DELETE_STORY, id=article)
    drop_empty(tx, keys)
    added: set[Pair] = set()
    for id in sorted(id for id in shared if article in lists.near.get(id, ())):
        others = _comparable(tx, story_of(tx.run(PROFILES, ids=[id])[0]["profile"]))
        kept = {other: others[other] for other in nearest(others)}
        added |= {_pair(id, other) for other in kept.keys() - lists.near[id].keys()}
        lists.near[id] = kept
        lists.changed.add(id)
    lists.near.pop(article, None)
    lists.near |= {
        row["id"]: _list(row) for row in tx.run(LISTS, ids=sorted({b for p in added for b in p} - lists.near.keys()))
    }
    return _compare(tx, lists, added, dropped, {article: profile}, now)


def _compare_again(tx: Transaction, before: StoryProfile, profile: StoryProfile, now: str) -> Stirred:
    """Bring up to date what an article's events resemble where it lies as it lay, so that who is near whom stays.

    Result as `link_story`.
    """
    if before == profile:
        return UNSTIRRED
    tx.later(SET_PROFILE, id=profile.article, profile=stored_story(profile))
    shared = _comparable(tx, profile)
    lists = _Lists({row["id"]: _list(row) for row in tx.run(LISTS, ids=sorted({profile.article, *shared}))}, set())
    pairs = sorted(_pair(profile.article, id) for id in shared if lists.compared(profile.article, id))
    stories = _stories(tx, {id for pair in pairs for id in pair} - {profile.article}) | {profile.article: profile}
    return _resemble(tx, {pair: list(_edges(stories, pair)) for pair in pairs}, pairs, now)


def likely_among(rows: Iterable[Row]) -> dict[Pair, float]:
    """How likely events are one that near articles tell, by what is stored (rows of LIKELY), the least id first."""
    return {_pair(row["one"], row["other"]): row["score"] for row in rows}


def near_lists(tx: Queryable, articles: Iterable[str]) -> dict[str, set[str]]:
    """The articles that are the nearest of each of some."""
    wanted = sorted(set(articles))
    return {row["id"]: set(_list(row)) for row in tx.run(LISTS, ids=wanted)} if wanted else {}


def every_story(graph: Queryable) -> list[StoryProfile]:
    """The profiles of all current articles. Raises: StoreError."""
    return [story_of(row["profile"]) for row in graph.run(EVERY_PROFILE)]


def _comparable(tx: Transaction, profile: StoryProfile) -> dict[str, int]:
    keys = sorted(keys_to_search(profile))
    found = tx.run(COMPARABLE, id=profile.article, keys=keys, least=SHARED) if keys else ()
    return {row["id"]: row["shared"] for row in found}


def _list(row: Row) -> dict[str, int]:
    pairs = (each.split(" ", 1) for each in row["near"] or ())
    return {id: int(shared) for shared, id in pairs}


def _pair(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)


def _compare(
    tx: Transaction, lists: _Lists, added: set[Pair], dropped: set[Pair], known: Mapping[str, StoryProfile], now: str
) -> Stirred:
    """Store who is near whom, and what follows for the events. Returns: those that may be others."""
    _store(tx, lists)
    missing = sorted({id for pair in dropped for id in pair} - lists.near.keys())
    more = {row["id"]: _list(row) for row in tx.run(LISTS, ids=missing)} if missing else {}
    gone = {pair for pair in dropped if not _Lists(lists.near | more, set()).compared(*pair)}
    stories = _stories(tx, {id for pair in (*added, *gone) for id in pair} - known.keys()) | dict(known)
    stirred = _resemble(tx, {pair: list(_edges(stories, pair)) for pair in sorted(added)}, gone, now)
    return stirred | Stirred(_counted(tx, stories, gone | {pair for pair in added if not known.keys() & set(pair)}))


def _resemble(tx: Transaction, edges: Mapping[Pair, Sequence[Row]], standing: Iterable[Pair], now: str) -> Stirred:
    """Let the events of articles resemble each other as these edges say, and those of `standing` pairs in no other way.

    Returns: those that may be others.
    """
    rows = sorted((edge for listed in edges.values() for edge in listed), key=lambda edge: str(edge["digest"]))
    kept = {pair: [edge["digest"] for edge in listed] for pair, listed in edges.items()}
    ended = [{"article": pair[0], "told": digest("told", *pair), "kept": kept.get(pair, [])}
             for pair in sorted(standing)]  # fmt: skip
    ends = {_pair(row["one"], row["other"]) for row in (*rows, *(tx.run(EDGES_TOLD, rows=ended) if ended else ()))}
    before = _likelihoods(tx, ends)
    if ended:
        tx.later(EXPIRE_EDGES, rows=ended, now=now)
    if rows:
        tx.later(WRITE_EDGES, rows=rows, now=now)
    return Stirred(_changed(tx, before, _likelihoods(tx, ends)), {id for pair in ends for id in pair})


def _stories(tx: Transaction, ids: Iterable[str]) -> dict[str, StoryProfile]:
    """The profiles of articles, by id."""
    wanted = sorted(ids)
    return {row["id"]: story_of(row["profile"]) for row in tx.run(PROFILES, ids=wanted)} if wanted else {}


def _store(tx: Transaction, lists: _Lists) -> None:
    rows = []
    for id in sorted(lists.changed):
        near = lists.near[id]
        listed = [f"{near[other]} {other}" for other in nearest(near)]
        rows.append({"id": id, "near": listed or None, "floor": min(near.values()) if len(near) >= NEAREST else None})
    if rows:
        tx.later(SET_LISTS, rows=rows)


def _edges(stories: Mapping[str, StoryProfile], pair: Pair) -> Iterator[dict[str, Any]]:
    one, other = (stories[id] for id in pair)
    near = nearness(one, other)
    if near >= STORY:
        for told in compare_tellings(one, other, near):
            if told.judgement:
                yield _edge(told.one, told.other, told.judgement, pair)


def _edge(one: str, other: str, judgement: Judgement, pair: Pair) -> dict[str, Any]:
    low, high = _pair(one, other)
    told = digest("told", *pair)
    said = digest("edge", high, low, judgement.verdict, judgement.score, judgement.reason, told)
    return {"one": high, "other": low, "digest": said, "verdict": judgement.verdict, "score": judgement.score,
            "reason": judgement.reason, "told": told}  # fmt: skip


def _likelihoods(tx: Queryable, pairs: Iterable[Pair]) -> dict[Pair, float]:
    """How likely each two of some events are one, by what near articles tell."""
    rows = [{"one": high, "other": low} for low, high in sorted(pairs)]
    return {_pair(r["one"], r["other"]): r["score"] for r in (tx.run(LIKELY_PAIRS, rows=rows) if rows else ())}


def _changed(tx: Queryable, before: Mapping[Pair, float], after: Mapping[Pair, float]) -> set[str]:
    """The events whose clusters may be others: likelihoods changed, and both ends are, or were, alike to some.

    What many articles tell is likely one by many of them, and one more seldom changes that: a war that every article
    names is not clustered anew with each.
    """
    other = {pair for pair in {*before, *after} if before.get(pair) != after.get(pair)}
    sure = {id for pair in other if max(before.get(pair, 0), after.get(pair, 0)) >= SAME for id in pair}
    unsure = {id for pair in other for id in pair} - sure
    alike = sure | ({row["id"] for row in tx.run(ALIKE, ids=sorted(unsure))} if unsure else set())
    return {id for pair in other if alike >= set(pair) for id in pair}


def _counted(tx: Transaction, stories: Mapping[str, StoryProfile], pairs: set[Pair]) -> set[str]:
    """Events of older articles that count, or count no more, as compared: they matter where both are alike to some."""
    found: list[Pair] = []
    for one, other in sorted(pairs):
        told: dict[str, list[str]] = defaultdict(list)
        for telling in stories[one].tellings:
            for kind in kinds(telling.lemma):
                told[kind].append(telling.event)
        found += [
            (id, t.event) for t in stories[other].tellings for kind in kinds(t.lemma) for id in told.get(kind, ())
        ]
    if not found:
        return set()
    alike = {row["id"] for row in tx.run(ALIKE, ids=sorted({id for pair in found for id in pair}))}
    return {id for pair in found if alike >= set(pair) for id in pair}
