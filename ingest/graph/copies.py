"""Copies in the graph: articles of one text or nearly, found through blocks, and grouped by their common source.

Run inside the transaction that writes or withdraws an article, these keep what follows from the texts alone, whatever
came first: the links between live articles, and on each article the group it belongs to. A former text's links are
expired, and live again when the text is; its blocks, which only serve to find candidates, are left without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ingest.graph.blocks import drop_empty
from ingest.matching.copies import Sketch, copy_blocks, is_copy, sketch
from kb.store import Transaction
from kb.store.dialect import Step
from kb.store.together import execute_together

STORE_SKETCH = """MATCH (:Article {id: $article})-[h:HAS_SNAPSHOT]->(s:Snapshot) WHERE h.current = true
SET s += $sketch"""

# Setting a property locks the block on Neo4j: of two writers with one block, the second sees the first's article.
MERGE_BLOCKS = """UNWIND $blocks AS block
MERGE (b:Block {id: block}) SET b.createdAt = coalesce(b.createdAt, $now)"""

MERGE_IN_BLOCKS = """UNWIND $blocks AS block
MATCH (a:Article {id: $article}), (b:Block {id: block})
MERGE (a)-[i:IN_BLOCK]->(b) ON CREATE SET i.createdAt = $now"""

LEAVE_BLOCKS = """MATCH (:Article {id: $article})-[i:IN_BLOCK]->(b:Block) WHERE NOT b.id IN $blocks DELETE i
RETURN DISTINCT b.id AS id"""

CANDIDATES = """UNWIND $blocks AS block
MATCH (:Block {id: block})<-[:IN_BLOCK]-(c:Article) WHERE c.expiredAt IS NULL AND c.id <> $article
WITH DISTINCT c
MATCH (c)-[h:HAS_SNAPSHOT]->(s:Snapshot) WHERE h.current = true AND s.minhash IS NOT NULL
WITH s, collect(c.id) AS articles
RETURN articles, s.minhash AS whole, s.openingMinhash AS opening, s.shingles AS shingles, s.words AS words,
  s.wordsDigest AS digest, s.figures AS figures"""

LINKED = """UNWIND $articles AS article
MATCH (a:Article {id: article})-[r:NEAR_DUPLICATE_OF]-(c:Article)
WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN DISTINCT c.id AS id"""

MERGE_LINKS = """UNWIND $rows AS row
MATCH (a:Article {id: row.start}), (b:Article {id: row.end})
MERGE (a)-[r:NEAR_DUPLICATE_OF]->(b) ON CREATE SET r.createdAt = $now
SET r.score = row.score, r.expiredAt = null"""

EXPIRE_LINKS = """MATCH (:Article {id: $article})-[r:NEAR_DUPLICATE_OF]-(c:Article)
WHERE r.expiredAt IS NULL AND NOT c.id IN $copies SET r.expiredAt = $now"""

STORED_GROUPS = """UNWIND $articles AS article
MATCH (a:Article {id: article}) RETURN a.id AS id, a.sourceGroup AS stored"""

SET_GROUPS = """UNWIND $rows AS row
MATCH (a:Article {id: row.id}) SET a.sourceGroup = row.group"""


def link_copies(tx: Transaction, article: str, text: str, now: str, *, known: bool = True) -> frozenset[str]:
    """Link an article with those whose text is a copy of its own, and regroup them.

    Arguments: the transaction, in which the article and its current snapshot are there already; the article's id; the
    text of that snapshot; the time (ISO); known, whether it was in the graph before, so that a former text may have
    left links and blocks. Returns the ids of the articles whose group is another than before, so that the sources of
    their events must be counted again. Raises: StoreError.
    """
    made = sketch(text)
    blocks = copy_blocks(made)
    listed = sorted(blocks)  # in one order, so that two writers do not wait for each other
    steps: list[Step] = [
        (STORE_SKETCH, {"article": article, "sketch": sketch_properties(made)}),
        (MERGE_BLOCKS, {"blocks": listed, "now": now}),
        (MERGE_IN_BLOCKS, {"article": article, "blocks": listed, "now": now}),
    ]
    execute_together(tx, steps)
    if known:
        drop_empty(tx, (row["id"] for row in tx.run(LEAVE_BLOCKS, article=article, blocks=listed)))
    # Candidates are read after the blocks are written: see MERGE_BLOCKS.
    candidates = tx.run(CANDIDATES, article=article, blocks=blocks) if blocks else ()
    scored = ((row["articles"], is_copy(made, _sketch(row))) for row in candidates)
    scores = {other: score for articles, score in scored if score is not None for other in articles}
    if not known and not scores:
        tx.later(SET_GROUPS, rows=[{"id": article, "group": article}])
        return frozenset()
    return _relink(tx, article, scores, now)


def unlink_copies(tx: Transaction, article: str, now: str) -> frozenset[str]:
    """Take an article that is withdrawn out of its blocks and its group; arguments and result as `link_copies`."""
    drop_empty(tx, (row["id"] for row in tx.run(LEAVE_BLOCKS, article=article, blocks=[])))
    return _relink(tx, article, {}, now)


def _relink(tx: Transaction, article: str, scores: Mapping[str, float], now: str) -> frozenset[str]:
    """Make these the article's live links, and group anew all that were or are linked with it."""
    before = {row["id"] for row in tx.run(LINKED, articles=[article])}
    rows = [{"start": max(article, other), "end": min(article, other), "score": scores[other]}
            for other in sorted(scores)]  # fmt: skip
    if rows:
        tx.later(MERGE_LINKS, rows=rows, now=now)
    tx.later(EXPIRE_LINKS, article=article, copies=sorted(scores), now=now)
    return _regroup(tx, {article, *before, *scores})


def _regroup(tx: Transaction, articles: Iterable[str]) -> frozenset[str]:
    """Give each article that live links join to one of these the least id among those joined; tell which changed."""
    groups: dict[str, str] = {}
    for id in sorted(articles):
        if id not in groups:
            part = _joined(tx, id)
            groups |= dict.fromkeys(part, min(part))
    stored = {row["id"]: row["stored"] for row in tx.run(STORED_GROUPS, articles=sorted(groups))}
    rows = [{"id": id, "group": groups[id]} for id in sorted(stored) if stored[id] != groups[id]]
    if rows:
        tx.later(SET_GROUPS, rows=rows)
    return frozenset(row["id"] for row in rows if row["group"] != (stored[row["id"]] or row["id"]))


def _joined(tx: Transaction, article: str) -> set[str]:
    """The article and all that live links join to it, directly or through others."""
    reached: set[str] = set()
    ahead = {article}
    while ahead:
        reached |= ahead
        ahead = {row["id"] for row in tx.run(LINKED, articles=sorted(ahead))} - reached
    return reached


def sketch_properties(made: Sketch) -> dict[str, Any]:
    """A sketch as properties of a Snapshot."""
    return {"minhash": made.whole, "openingMinhash": made.opening, "shingles": made.shingles, "words": made.words,
            "wordsDigest": made.digest, "figures": made.figures}  # fmt: skip


def _sketch(row: Mapping[str, Any]) -> Sketch:
    return Sketch(tuple(row["whole"]), tuple(row["opening"]), row["shingles"], row["words"], row["digest"],
                  tuple(row["figures"] or ()))  # fmt: skip
