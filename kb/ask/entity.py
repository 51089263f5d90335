"""People, organisations, places and things: a list of them, and one in short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.ask.kept.counts import highest_of, highest_together
from kb.ask.kept.present import Now, counts_of
from kb.ask.rows import fetch
from kb.counted import ENTITY_RUNGS
from kb.models import EntityKind

# Those on some rungs.
ENTITIES = """UNWIND $rungs AS key
MATCH (x:Entity {rung: key}) USING INDEX x:Entity(rung)
RETURN x.id AS id, x.name AS name, labels(x) AS labels, coalesce(x.aliases, []) AS aliases, x.mentions AS mentions,
  x.events AS events, x.claims AS claims"""

# A person, an organisation, a place or a thing with what carries it.
ENTITY = """MATCH (x:Entity {id: $id}) WHERE x.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, coalesce(x.subtype, '') AS subtype,
  coalesce(x.country, '') AS country, coalesce(x.aliases, []) AS aliases, x.mentions AS mentions,
  x.articles AS articles, x.events AS events, x.claims AS claims"""


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


def entities(graph: Now, kind: EntityKind | None = None, limit: int = 200) -> list[EntityRow]:
    """People, organisations, places and things, those in most events first."""
    numbers = counts_of(graph).of(ENTITY_RUNGS)
    rungs = highest_of(numbers, (kind,), limit) if kind else highest_together(numbers, limit)
    return in_order(fetch(graph, EntityRow, ENTITIES, rungs=rungs) if rungs else ())[:limit]


def in_order(found: Iterable[EntityRow]) -> list[EntityRow]:
    """Those in most events first, then those mentioned most."""
    return sorted(found, key=lambda row: (-row.events, -row.mentions, row.name, row.id))


def entity(graph: Now, id: str) -> EntityCard | None:
    """A person, an organisation, a place or a thing in short; None when there is none."""
    return next(iter(fetch(graph, EntityCard, ENTITY, id=id)), None)
