"""People, organisations, places and things: a list of them, and one in short."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.past import Graph
from kb.ask.rows import fetch
from kb.models import EntityKind

# People, organisations, places and things, those in most events first.
ENTITIES = """MATCH (x:Entity)
WHERE x.expiredAt IS NULL AND ($kind IS NULL OR $kind IN labels(x))
OPTIONAL MATCH (x)<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH x, count(m) AS mentions
OPTIONAL MATCH (x)-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH x, mentions, count(DISTINCT e) AS events
OPTIONAL MATCH (x)<-[b:MADE_BY]-(c:Claim) WHERE b.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, coalesce(x.aliases, []) AS aliases, mentions, events,
  count(DISTINCT c) AS claims
ORDER BY events DESC, mentions DESC, name LIMIT $limit"""

# A person, an organisation or a place with what carries it.
ENTITY = """MATCH (x:Entity {id: $id}) WHERE x.expiredAt IS NULL
OPTIONAL MATCH (x)<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH x, count(m) AS mentions, count(DISTINCT m.articleId) AS articles
OPTIONAL MATCH (x)-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH x, mentions, articles, count(DISTINCT e) AS events
OPTIONAL MATCH (x)<-[b:MADE_BY]-(c:Claim) WHERE b.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, coalesce(x.subtype, '') AS subtype,
  coalesce(x.country, '') AS country, coalesce(x.aliases, []) AS aliases, mentions, articles, events,
  count(DISTINCT c) AS claims"""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A person, an organisation or a place, with how many mentions, events and claims carry it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class EntityCard:
    """A person, organisation, place or thing in short: in how many sentences, articles, events and claims it is."""

    id: str
    name: str
    kind: str
    subtype: str
    country: str
    aliases: tuple[str, ...]
    mentions: int
    articles: int
    events: int
    claims: int


def entities(graph: Graph, kind: EntityKind | None = None, limit: int = 200) -> list[EntityRow]:
    """People, organisations, places and things, those in most events first."""
    return fetch(graph, EntityRow, ENTITIES, kind=kind, limit=limit)


def entity(graph: Graph, id: str) -> EntityCard | None:
    """A person, an organisation, a place or a thing in short; None when there is none."""
    return next(iter(fetch(graph, EntityCard, ENTITY, id=id)), None)
