"""What stands behind a line of a network: what it means, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb import decisions
from kb.ask.claims.rows import ClaimRow, claim, claims_of
from kb.ask.dossier.names import TOLD, Told
from kb.ask.past import Graph
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, Record, fetch, row_of
from kb.ask.words import as_said

_SHARED, _SAID = 25, 25  # events together and claims of each other that are told one by one
LOCATED = "located in"

# The sentences by which a name is in an event.
TAKES_PART = f"""MATCH (x:Entity {{id: $name}})-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event {{id: $event}})
WHERE r.expiredAt IS NULL
WITH r
UNWIND r.passageIds AS passage
MATCH (p:Passage {{id: passage}})
MATCH (a:Article {{id: r.articleId}}) WHERE a.expiredAt IS NULL
RETURN DISTINCT type(r) AS relation, r.role AS role, p.text AS text, a.publishedEarliest AS day, {ARTICLE_COLUMNS}
ORDER BY relation, role, day, article_id, text"""

# The events that two names are both in, the most important first.
TOGETHER = """MATCH (x:Entity {id: $one})-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND EXISTS {
  MATCH (e)-[s:PARTICIPATED_IN|LOCATED_IN]-(y:Entity) WHERE y.id = $other AND s.expiredAt IS NULL }
WITH DISTINCT e ORDER BY e.importance DESC, e.id
RETURN e.id AS id, e.title AS name, labels(e) AS labels, e.edtf AS edtf"""

# In how many events each of two names is.
IN_EVENTS = "UNWIND $ids AS wanted MATCH (n:Entity {id: wanted}) RETURN n.id AS id, coalesce(n.events, 0) AS events"

# What one said of the other, the latest first: sought among what is said of the other, which is less for most names.
SPOKE_OF = """MATCH (y:Entity {id: $other})<-[r:ABOUT]-(c:Claim)
WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL AND EXISTS {
  MATCH (c)-[m:MADE_BY]->(x:Entity) WHERE x.id = $one AND m.expiredAt IS NULL }
WITH DISTINCT c ORDER BY coalesce(c.saidEarliest, '') DESC, c.id
RETURN c.id AS id"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that says what a line means (`role`), and its article. event: which it tells of, between two names."""

    role: str
    text: str
    article: ArticleRow
    event: Named | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a line between two nodes.

    events: in how many events two names are together; claims: what is said by one about the other, or the claim that is
    one of the ends; said: how many such claims there are.
    """

    one: Named
    other: Named
    sentences: tuple[Sentence, ...] = ()
    events: int = 0
    claims: tuple[ClaimRow, ...] = ()
    said: int = 0


def behind(graph: Graph, one: str, other: str) -> Behind | None:
    """What stands behind the line between two nodes; None where one of them is not in the graph.

    Arguments: the graph; ids of names, events or claims. Raises: StoreError.
    """
    ends = [named(graph, id) for id in (one, other)]
    if ends[0] is None or ends[1] is None:
        return None
    kinds = [end.kind for end in ends if end]
    if "Claim" in kinds:
        found = claim(graph, (one, other)[kinds.index("Claim")])
        return Behind(ends[0], ends[1], claims=(found,) if found else (), said=1)
    if kinds == ["Event", "Event"]:
        return Behind(ends[0], ends[1])
    if "Event" in kinds:
        event, name = (one, other) if kinds[0] == "Event" else (other, one)
        rows = graph.run(TAKES_PART, event=event, name=name)
        return Behind(ends[0], ends[1], tuple(_sentence(row) for row in rows))
    return _between(graph, ends[0], ends[1])


def _sentence(row: Record) -> Sentence:
    article = row_of(ArticleRow, row, "article_")
    return Sentence(LOCATED if row["relation"] == "LOCATED_IN" else row["role"] or "took part", row["text"], article)


def _by_events(graph: Any, *ids: str) -> list[str]:
    """Names by in how many events they are, those in few first. Arguments: the graph; ids."""
    events = {row["id"]: int(row["events"]) for row in graph.run(IN_EVENTS, ids=list(ids))}
    return sorted(ids, key=lambda id: (events.get(id, 0), id))


def _between(graph: Graph, one: Named, other: Named) -> Behind:
    """What two names have to do with each other."""
    lesser, greater = _by_events(graph, one.id, other.id)
    events = fetch(graph, Named, TOGETHER, one=lesser, other=greater)
    told = {row.event: row for row in fetch(graph, Told, TOLD, ids=[e.id for e in events[:_SHARED]])} if events else {}
    sentences = tuple(Sentence("together", told[e.id].text, told[e.id].article, e) for e in events if e.id in told)
    ids = [row["id"] for a, b in ((one, other), (other, one)) for row in graph.run(SPOKE_OF, one=a.id, other=b.id)]
    rows = claims_of(graph, ids[:_SAID])
    return Behind(one, other, sentences, len(events), tuple(rows[id] for id in ids if id in rows), len(ids))


# What to call a node, by its label.
_NAMES = {
    "Event": "MATCH (n:Event {id: $id}) RETURN n.id AS id, n.title AS name, labels(n) AS labels, n.edtf AS edtf",
    "Entity": "MATCH (n:Entity {id: $id}) RETURN n.id AS id, n.name AS name, labels(n) AS labels, null AS edtf",
    "Claim": "MATCH (n:Claim {id: $id}) RETURN n.id AS id, n.text AS name, labels(n) AS labels, n.said AS edtf, "
    "n.direct AS direct",
}


def named(graph: Any, id: str) -> Named | None:
    """A name, an event or a claim, which is called by its words as said, by its id; None where there is none.

    Raises: StoreError.
    """
    label = decisions.label_of(graph, id)
    for row in graph.run(_NAMES[label], id=id) if label in _NAMES else ():
        called = as_said(row["name"], direct=row["direct"]) if label == "Claim" else row["name"]
        return row_of(Named, {**row, "name": called})
    return None
