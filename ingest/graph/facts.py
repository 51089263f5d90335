"""What `resolve` hands to `write`: the nodes and relationships one article contributes, with their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.matching.profiles import EntityProfile, EventProfile
from ingest.matching.stories import StoryProfile
from kb.models import Article, Claim, Entity, Event, Passage, Snapshot, TimeExpression


class Shape(NamedTuple):
    """Labels at both ends of a relationship type. from_end: the start may have so many that the end finds it sooner."""

    start: str
    end: str
    from_end: bool = False


RELATIONS: Mapping[str, Shape] = {
    "NAMES": Shape("Article", "Entity"),
    "TELLS": Shape("Article", "Event"),
    "MENTIONS": Shape("Passage", "Entity"),
    "HAS_TIME": Shape("Passage", "TimeExpression"),
    "ANCHORED_TO": Shape("TimeExpression", "Article|Event|TimeExpression"),
    "REPORTED_IN": Shape("Event", "Passage", from_end=True),
    "DATED_BY": Shape("Event", "TimeExpression", from_end=True),
    "LOCATED_IN": Shape("Event", "Place"),
    "PART_OF": Shape("Event", "Event"),
    "BEFORE": Shape("Event", "Event"),
    "DURING": Shape("Event", "Event"),
    "PARTICIPATED_IN": Shape("Entity", "Event", from_end=True),
    "MADE_BY": Shape("Claim", "Entity"),
    "ADDRESSED_TO": Shape("Claim", "Entity"),
    "MADE_IN": Shape("Claim", "Event"),
    "ABOUT": Shape("Claim", "Event|Entity"),
    "STATED_IN": Shape("Claim", "Passage"),
}
"""Relationship types with the labels at their ends. Where an end may be of several labels, a Relation names the one."""

ENTITY_LABELS = frozenset({"Entity", "Person", "Organization", "Place", "Thing"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: a type of RELATIONS, the ids at its ends, its properties in camelCase.

    `end_label` is one of the type's end labels. Ends that are entities or events are named by their referents.
    """

    type: str
    start: str
    end: str
    end_label: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one article adds to the graph. Ids of entities and events are those of their referents.

    profiles: what a comparison with other articles' referents looks at; a referent without one is compared with none.
    story: what a comparison with other articles looks at; without one the article is near none.
    """

    article: Article
    snapshot: Snapshot
    passages: tuple[Passage, ...]
    times: tuple[TimeExpression, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    profiles: tuple[EntityProfile | EventProfile, ...] = ()
    story: StoryProfile | None = None
