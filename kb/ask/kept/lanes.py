"""What of some events only lanes need: who published them, and how a human tagged them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.ask.past import Graph

# The articles that tell events, and the tags of the events.
TOLD_BY = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted}) WHERE e.expiredAt IS NULL
OPTIONAL MATCH (e)-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL
RETURN e.id AS id, e.tags AS tags, collect(DISTINCT r.articleId) AS articles"""

PUBLISHERS_OF = """UNWIND $ids AS wanted
MATCH (a:Article {id: wanted}) WHERE a.expiredAt IS NULL
RETURN a.id AS id, a.publisher AS publisher"""


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one event: the publishers that tell it and its tags, each in the order of the alphabet."""

    publishers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def beside(graph: Graph, ids: Iterable[str]) -> dict[str, Beside]:
    """Publishers and tags of events, by the event's id. Arguments: the graph; ids. Raises: StoreError."""
    wanted = sorted(set(ids))
    rows = graph.run(TOLD_BY, ids=wanted) if wanted else []
    articles = sorted({article for row in rows for article in row["articles"]})
    names = {row["id"]: row["publisher"] for row in (graph.run(PUBLISHERS_OF, ids=articles) if articles else ())}
    return {row["id"]: Beside(_known(names.get(article) for article in row["articles"]),
                              _known((row["tags"] or "").split(","))) for row in rows}  # fmt: skip


def _known(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({word.strip() for word in words if word and word.strip()}))
