"""What `resolve` hands to `write`: the nodes and relationships one article contributes, with their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kb.models import Article, Claim, Entity, Event, Passage, Snapshot, TimeExpression


class Shape(NamedTuple):
    """Labels at both ends of a relationship type, and the properties that tell two of one pair apart."""

    start: str
    end: str
    key: tuple[str, ...] = ()


RELATIONS: Mapping[str, Shape] = {
    "MENTIONS": Shape("Passage", "Entity", ("articleId", "start", "end")),
    "HAS_TIME": Shape("Passage", "TimeExpression"),
    "ANCHORED_TO": Shape("TimeExpression", "Article|Event|TimeExpression"),
    "REPORTED_IN": Shape("Event", "Passage", ("articleId", "start", "end")),
    "DATED_BY": Shape("Event", "TimeExpression"),
    "LOCATED_IN": Shape("Event", "Place"),
    "PART_OF": Shape("Event", "Event"),
    "BEFORE": Shape("Event", "Event", ("articleId", "start", "end")),
    "DURING": Shape("Event", "Event", ("articleId", "start", "end")),
    "PARTICIPATED_IN": Shape("Entity", "Event", ("role",)),
    "MADE_BY": Shape("Claim", "Entity"),
    "ADDRESSED_TO": Shape("Claim", "Entity"),
    "MADE_IN": Shape("Claim", "Event"),
    "ABOUT": Shape("Claim", "Event|Entity"),
    "STATED_IN": Shape("Claim", "Passage", ("start", "end")),
}
"""Relationship types with the labels at their ends. Where an end may be of several labels, a Relation names the one."""

SHARED = frozenset({"LOCATED_IN", "PART_OF", "PARTICIPATED_IN"})
"""Types that several articles support together: their `passageIds` say by which sentences."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: a type of RELATIONS, the ids at its ends, its properties in camelCase.

    `end_label` is one of the type's end labels.
    """

    type: str
    start: str
    end: str
    end_label: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one article adds to the graph."""

    article: Article
    snapshot: Snapshot
    passages: tuple[Passage, ...]
    times: tuple[TimeExpression, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
