"""A vector for each sentence of the graph: node (:Meaning {id, vector}), whose id is the sentence's.

They are nodes of their own, so that a sentence stays a few words for whoever asks for it, and a backup leaves them out:
`build` makes them anew. Which model they are of stands in the graph's Schema; with none there, nothing is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kb.errors import MissingAsset, QueryError
from kb.meaning.model import Encoder, encoder
from kb.store import Queryable, Store, dialect

LABEL, PROPERTY = "Meaning", "vector"
AT_ONCE = 256  # sentences of a transaction

_STATE = "MATCH (s:Schema {id: 'schema'}) RETURN s.meanings AS model"
_SAY = "MATCH (s:Schema {id: 'schema'}) SET s.meanings = $model"
_PASSAGES = "MATCH (p:Passage) RETURN count(p) AS n"
_MEANINGS = "MATCH (m:Meaning) RETURN count(m) AS n"
_IDS = "MATCH (p:Passage) RETURN p.id AS id"
_OF_ARTICLE = """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
RETURN DISTINCT p.id AS id"""
_WANTING = """UNWIND $ids AS wanted
OPTIONAL MATCH (m:Meaning {id: wanted})
WITH wanted, m WHERE m IS NULL
MATCH (p:Passage {id: wanted}) RETURN p.id AS id, p.text AS text"""
_ANY = "CALL db.index.vector.queryNodes($index, 1, $vector) YIELD node RETURN node.id AS id"
_DROP = "MATCH (m:Meaning) WITH m LIMIT 2000 DELETE m"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a graph: model, whose vectors they are, None where there is no index; sentences; kept of them."""

    model: str | None
    sentences: int
    kept: int

    @property
    def wanting(self) -> int:
        """How many sentences have no vector yet."""
        return max(0, self.sentences - self.kept)


def state(graph: Queryable) -> Kept:
    """How much of the graph is kept. Raises: StoreError."""
    found = graph.run(_STATE)
    model = found[0]["model"] if found else None
    kept = int(graph.run(_MEANINGS)[0]["n"]) if model else 0
    return Kept(model, int(graph.run(_PASSAGES)[0]["n"]), kept)


def build(store: Store, progress: Progress | None = None) -> Kept:
    """Keep a vector of every sentence that has none, and the index over them; those of another model go first.

    What was broken off goes on where it was. Arguments: the store, open for writing; progress, called with how many of
    the sentences are looked at, and of how many. Returns: what is kept now. Raises: MissingAsset, StoreError.
    """
    model = encoder()
    before = state(store)
    if before.model not in (None, model.name):
        drop(store)
    if before.model != model.name:
        store.define(dialect.constraint(LABEL))
        store.index_vectors(LABEL, PROPERTY, model.dimensions)
        store.execute(_SAY, model=model.name)
    done = 0
    with tempfile.TemporaryDirectory() as folder:  # ids of very many sentences, which memory need not hold
        listed = Path(folder) / "ids"
        with listed.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{row['id']}\n" for row in store.each(_IDS))
        for ids in _batches(listed):
            keep(store, model, ids)
            done += len(ids)
            if progress:
                progress(done, max(done, before.sentences))
    _settle(store, model)
    return state(store)


def _settle(store: Store, model: Encoder) -> None:
    """Let the engine join the vectors to neighbours now: the local server does so when it is first asked."""
    with suppress(QueryError):  # of very many, that takes longer than a statement may; it is done by the first question
        store.run(_ANY, index=dialect.vectors_index_name(LABEL), vector=model.vectors(["any"])[0])


def keep(store: Store, model: Encoder, ids: Sequence[str]) -> int:
    """Keep the vectors of some sentences, where they are not kept. Returns: how many were. Raises: StoreError."""
    rows = store.run(_WANTING, ids=list(ids))
    vectors = model.vectors(row["text"] for row in rows)
    made = [{"id": row["id"], "vector": vector} for row, vector in zip(rows, vectors, strict=True)]
    if made:
        store.execute(dialect.keep_vectors(store.engine, LABEL, PROPERTY), rows=made)
    return len(made)


def drop(store: Store) -> None:
    """Take all vectors and their index out of the graph. Raises: StoreError."""
    store.execute(_SAY, model=None)  # first: what is half dropped is not asked
    while store.execute(_DROP).nodes_deleted:
        pass
    store.drop_vectors(LABEL)


def keeper(store: Store) -> Callable[[str], None] | None:
    """What keeps the sentences of an article, by its id, up to date; None where the graph has no index.

    None too where the model is not installed here or is another one: a search tells how many sentences are wanting.
    Raises: StoreError.
    """
    found = store.run(_STATE)
    if not found or found[0]["model"] is None:
        return None
    try:
        model = encoder()
    except MissingAsset:
        return None
    if found[0]["model"] != model.name:
        return None

    def keep_article(article: str) -> None:
        ids = [str(row["id"]) for row in store.run(_OF_ARTICLE, id=article)]
        for start in range(0, len(ids), AT_ONCE):
            keep(store, model, ids[start : start + AT_ONCE])

    return keep_article


def _batches(listed: Path) -> Iterator[list[str]]:
    with listed.open(encoding="utf-8") as lines:
        while some := [line.rstrip("\n") for line in islice(lines, AT_ONCE)]:
            yield some
