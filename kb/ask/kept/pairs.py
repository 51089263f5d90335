"""Pairs that may be one, kept as a Doubt each, so that the first of thousands are read without ranking any other.

Of two that are shown, some of whose referents resemble each other, one pair is kept: the surest comparison. A node
keeps the ids of its pairs, and by how many facts they were ranked, so that a writing looks only at what became other by
it.
LABEL in a statement stands for Event or Entity. Every function raises StoreError.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import Any

from kb import decisions
from kb.ask.kept import doubted
from kb.ask.kept.doubted import Kept, Key
from kb.ask.kept.present import Now, Present, counts_of
from kb.ask.rows import Record
from kb.counted import DOUBT_RULES, DOUBTS, PAIRS, SALIENT, count_rung
from kb.store import Queryable, Store, Transaction, open_store
from kb.store.dialect import Step

MARK = "pairs"
_LABELS = {"Entity": PAIRS[:1], "Event": PAIRS[1:]}

# Pairs of which the comparisons cannot tell whether they are one, with what stands for each now: also two that would be
# one, were it not for a third.
_OPEN = """WHERE r.live = true AND r.verdict IN ['doubtful', 'same']
  AND coalesce(b.canonical, b.id) <> wanted
RETURN DISTINCT wanted AS one, coalesce(b.canonical, b.id) AS other, a.id AS one_referent, b.id AS other_referent,
  r.score AS score, r.reason AS reason, CASE WHEN r.told IS NULL THEN 0 ELSE 1 END AS after"""
OPEN_OF = f"""UNWIND $ids AS wanted
MATCH (a:LABEL {{id: wanted}})-[r:RESEMBLES]-(b:LABEL) {_OPEN}
UNION UNWIND $ids AS wanted
MATCH (a:LABEL {{canonical: wanted}})-[r:RESEMBLES]-(b:LABEL) {_OPEN}"""

# What is kept of nodes as parts of pairs, and by what these are ranked.
NODES = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
RETURN n.id AS id, coalesce(n.canonical, n.id) AS canonical, n.expiredAt IS NULL AS shown,
  coalesce(FACTS, 0) AS facts, n.salience AS salience, coalesce(n.judged, false) AS judged,
  n.pairs AS pairs, n.pairsRank AS rank"""
Rows = dict[str, dict[str, Any]]
_NODES_OF = {label: NODES.replace("LABEL", label).replace("FACTS", facts)
             for label, facts in (("Event", "n.reports"), ("Entity", "n.mentions"))}  # fmt: skip

SET_PAIRS = "UNWIND $rows AS row MATCH (n:LABEL {id: row.id}) SET n.pairs = row.pairs, n.pairsRank = row.rank"

FORGET = "UNWIND $ids AS wanted MATCH (n:LABEL {id: wanted}) SET n.pairs = null, n.pairsRank = null"

# What resembles anything, and all that is shown.
EVERY = """MATCH (n:LABEL) WHERE n.expiredAt IS NULL RETURN n.id AS id"""

# What humans said that is one and is not.
RULED = """MATCH (d:Decision) WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL
RETURN d.kind AS kind, d.by AS by, d.at AS at, d.reason AS reason, d.targets AS targets, d.others AS others
ORDER BY at, d.id"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one: what stands for each, which referents were compared, how alike (0 to 1) and why."""

    label: str
    one: str
    other: str
    one_referent: str
    other_referent: str
    score: float
    reason: str


def open_pairs(graph: Now, limit: int, kinds: Collection[str] = PAIRS, after: Key | None = None) -> list[Pair]:
    """Those that settle most and on which nobody ruled, in their order.

    Arguments: the graph; limit, most pairs; kinds, of PAIRS; after, where the page before ended.
    """
    numbers = _numbers(graph)
    return [pair_of(row) for row in doubted.best(graph, numbers, kinds, limit, after)]


def how_many(graph: Now, kinds: Collection[str] = PAIRS) -> int:
    """How many pairs of some kinds there are on which nobody ruled."""
    return doubted.number_of(_numbers(graph), kinds)


def open_pairs_of(graph: Queryable, label: str, ids: Iterable[str]) -> list[Pair]:
    """The pairs of what is shown under these ids on which nobody ruled. Arguments: the graph; the label; ids."""
    return [pair for pair, _ in _found(graph, label, set(ids), {}).values()]


def _numbers(graph: Now) -> Mapping[str, int]:
    if ensure(graph):
        graph = graph.store if isinstance(graph, Present) else graph
    return counts_of(graph).of(DOUBTS)


def pair_of(row: Record) -> Pair:
    """A pair from what is kept of it."""
    label = "Entity" if row["kind"] in _LABELS["Entity"] else "Event"
    (one, other), referents = row["of"], row["referents"]
    return Pair(label, one, other, referents[0], referents[1], row["score"], row["reason"])


def asking(label: str, stirred: Collection[str], shown: Collection[str]) -> Step:
    """What asks for all that `keep_pairs` needs to know.

    Arguments: as there; shown, canonical nodes that may be told in other numbers.
    """
    return _NODES_OF[label], {"ids": sorted({*stirred, *shown})}


def keep_pairs(tx: Transaction, label: str, stirred: Collection[str], told: Sequence[dict[str, Any]]) -> Counter[str]:
    """Bring the pairs of a label up to date after a writing.

    Returns: how many more there are by rung, which is to be counted. Arguments: the transaction, in which all is shown
    as it should be; the label; stirred, referents of which what they resemble, what stands for them or what was ruled
    on them may have changed; what `asking` told.
    """
    rows: Rows = {row["id"]: row for row in told}
    known = dict(rows)
    changed = {end for id in stirred if id in rows for end in (id, rows[id]["canonical"])}
    changed |= {id for id, row in rows.items() if row["pairs"] and row["rank"] != _rank(label, row)}
    return _settle(tx, label, changed, known) if changed else Counter()


def _nodes(graph: Queryable, label: str, ids: Iterable[str], known: Rows) -> Rows:
    """What is known of some nodes, by id; what was not asked before is asked, and known then."""
    wanted = set(ids)
    if unknown := sorted(wanted - known.keys()):
        known.update((row["id"], row) for row in graph.run(_NODES_OF[label], ids=unknown))
    return {id: known[id] for id in sorted(wanted & known.keys())}


def _settle(tx: Transaction, label: str, changed: set[str], known: Rows) -> Counter[str]:
    """Find the pairs of some nodes anew, and keep them in place of those that they had. Returns: as `keep_pairs`.

    Arguments: the transaction; the label; canonical nodes; what is known of these and others, to which is added.
    """
    pairs = _found(tx, label, changed, known)
    before = _nodes(tx, label, changed, known)
    stored = doubted.stored(tx, {id for row in before.values() for id in row["pairs"] or ()})
    ends = {end for pair, _ in pairs.values() for end in (pair.one, pair.other)}
    ends |= {end for row in stored.values() for end in row["of"]}
    nodes = before | _nodes(tx, label, ends, known)
    gone = stored.keys() - pairs.keys()
    own: dict[str, set[str]] = {id: set(row["pairs"] or ()) - gone for id, row in nodes.items()}
    for id, (pair, _) in pairs.items():
        for end in (pair.one, pair.other):
            own[end].add(id)
    rows = [{"id": id, "pairs": sorted(own[id]) or None, "rank": _rank(label, row) if own[id] else None}
            for id, row in sorted(nodes.items())
            if sorted(own[id]) != (row["pairs"] or []) or (own[id] and row["rank"] != _rank(label, row))]  # fmt: skip
    return doubted.settle(tx, stored, [kept for _, kept in pairs.values()], (SET_PAIRS.replace("LABEL", label), rows))


def _found(graph: Queryable, label: str, ids: Iterable[str], seen: Rows) -> dict[str, tuple[Pair, Kept]]:
    """The pairs of some canonical nodes, by the id of the Doubt of each, with what is to be kept."""
    rows = _oriented(graph.run(OPEN_OF.replace("LABEL", label), ids=sorted(set(ids))))
    if not rows:
        return {}
    known = _nodes(graph, label, {row[end] for row in rows for end in ("one", "other")}, seen)
    judged = any(row["judged"] for row in known.values())
    out = ruled(graph, label) if judged else set()
    found: dict[str, tuple[Pair, Kept]] = {}
    for row in sorted(
        rows, key=lambda r: (r["after"], -r["score"], r["reason"], r["one_referent"], r["other_referent"])
    ):
        ends = (row["one"], row["other"])
        if frozenset(ends) in out or not all(end in known and known[end]["shown"] for end in ends):
            continue
        pair = Pair(label, *ends, row["one_referent"], row["other_referent"], row["score"], row["reason"])
        kept = _kept(pair, *(known[end] for end in ends))
        found.setdefault(kept.id, (pair, kept))
    return found


def _oriented(rows: Iterable[Record]) -> list[dict[str, Any]]:
    """Comparisons from the node with the lesser id, whichever was looked at first."""
    return [dict(row) if row["one"] < row["other"] else {
        **row, "one": row["other"], "other": row["one"], "one_referent": row["other_referent"],
        "other_referent": row["one_referent"]} for row in rows]  # fmt: skip


def _kept(pair: Pair, one: Record, other: Record) -> Kept:
    if pair.label == "Entity":
        kind = PAIRS[0]
    else:
        kind = PAIRS[1] if all((row["salience"] or 0) >= SALIENT for row in (one, other)) else PAIRS[2]
    more = {"referents": [pair.one_referent, pair.other_referent], "score": pair.score, "reason": pair.reason}
    return Kept(kind, (pair.one, pair.other), 1, min(one["facts"], other["facts"]), pair.score, more)


def _rank(label: str, row: Record) -> str:
    """By what a node's pairs are ranked."""
    passing = label == "Event" and (row["salience"] or 0) < SALIENT
    return f"{count_rung(row['facts'])}{' passing' * passing}"


def ruled(graph: Queryable, label: str) -> set[frozenset[str]]:
    """Pairs of what stands for referents on which a standing decision says whether they are one."""
    rows = graph.run(RULED)
    every = {id for row in rows for id in (*row["targets"], *(row["others"] or ()))}
    known = decisions.clusters_of(graph, label, every)
    found: set[frozenset[str]] = set()
    for row in rows:
        left, right = ({known[id][0] for id in row[side] or () if id in known} for side in ("targets", "others"))
        found |= {
            frozenset(pair) for pair in (combinations(left, 2) if row["kind"] == "same" else product(left, right))
        }
    return found


def found(graph: Queryable) -> bool:
    """Whether the pairs are kept."""
    return doubted.up_to_date(graph, MARK, DOUBT_RULES)


def ensure(graph: Now) -> bool:
    """Find all pairs once, in a graph of an earlier version or filled at once. Returns: whether that was needed."""
    if found(graph):
        return False
    store = graph.store if isinstance(graph, Present) else graph
    with open_store(store.settings) as writer:
        recount(writer)
    return True


def recount(store: Store) -> None:
    """Find all pairs anew."""
    doubted.find_anew(store, MARK, DOUBT_RULES, PAIRS, _find_all)


def _find_all(store: Store) -> None:
    for label in _LABELS:
        ids = [row["id"] for row in store.run(EVERY.replace("LABEL", label))]
        for some in _batches(ids):
            store.execute(FORGET.replace("LABEL", label), ids=some)
        for some in _batches(ids):
            store.write(partial(_settle_some, label=label, changed=set(some)))


def _settle_some(tx: Transaction, label: str, changed: set[str]) -> None:
    doubted.count(tx, _settle(tx, label, changed, {}))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + doubted.AT_ONCE] for at in range(0, len(ids), doubted.AT_ONCE))


def differing(graph: Queryable) -> Iterator[tuple[str, str, Any, Any]]:
    """What is kept of pairs otherwise than it should be, as `kb.ask.kept.doubted.differing` tells it."""
    every: dict[str, Kept] = {}
    own: dict[str, set[str]] = defaultdict(set)
    nodes: list[tuple[str, Record]] = []
    for label in _LABELS:
        ids = [row["id"] for row in graph.run(EVERY.replace("LABEL", label))]
        for some in _batches(ids):
            known: Rows = {}
            nodes += [(label, row) for row in _nodes(graph, label, some, known).values()]
            for id, (pair, kept) in _found(graph, label, some, known).items():
                every[id] = kept
                for end in (pair.one, pair.other):
                    own[end].add(id)
    yield from doubted.differing(graph, list(every.values()), PAIRS)
    for label, row in nodes:
        should = sorted(own[row["id"]]) or None
        wanted = {"pairs": should, "rank": _rank(label, row) if should else None}
        yield from ((row["id"], name, row[name], value) for name, value in wanted.items() if row[name] != value)
