"""The sentences that mean what was typed, whatever their words."""

from __future__ import annotations

from kb import meaning
from kb.ask.rows import row_of
from kb.ask.search import statements
from kb.ask.search.find import Found, Group, Hit
from kb.errors import BadInput
from kb.store import Store

# How many of the nearest the index gives at first, and at last, where most of these are withdrawn: it follows its
# graph of neighbours no further than it is asked to, so more are asked for than are shown, lest a near one is missed.
_FEW, _MOST = 200, 10_000
LEAST = 0.2
"""How near a sentence is at least, the cosine: what has nothing to do with the words lies around 0."""


def search_by_meaning(store: Store, words: str, *, limit: int = 10) -> Found:
    """Find the sentences that mean what the words mean, the nearest first.

    Arguments: the open store; words, a few or a sentence; limit, most sentences.
    Raises: BadInput where there are no words, or the graph is not indexed by this model; MissingAsset where search by
    meaning is not installed; StoreError.
    """
    if not words.strip():
        raise BadInput("Type what to look for: a few words, or a sentence")
    model, kept = meaning.encoder(), meaning.state(store)
    if kept.model is None:
        raise BadInput("The sentences are not indexed by their meaning yet; kb index does it")
    if kept.model != model.name:
        raise BadInput(f"The sentences are indexed by another model ({kept.model}); kb index does it anew by "
                       f"{model.name}, or name that one with KB_SENTENCE_MODEL")  # fmt: skip
    [vector] = model.vectors([words])
    hits = _nearest(store, vector, limit + 1, kept.kept)
    groups = (Group("Sentences", hits[:limit], len(hits) > limit),) if hits else ()
    return Found(words, None, groups, kept.wanting)


def _nearest(store: Store, vector: list[float], limit: int, kept: int) -> tuple[Hit, ...]:
    most = max(_FEW, 4 * limit)
    while True:
        rows = store.run(statements.MEANINGS, vector=vector, most=min(most, max(1, kept)), least=LEAST, limit=limit)
        if len(rows) >= limit or most >= min(kept, _MOST):
            return tuple(row_of(Hit, {"kind": "Passage", **row, "near": row["score"]}) for row in rows)
        most = _MOST
