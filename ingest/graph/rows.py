"""Facts as the rows of parameters from which statements write them, one a node or relationship."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ingest.graph.facts import ENTITY_LABELS, RELATIONS, Facts, Relation
from ingest.matching.ids import digest
from ingest.matching.stored import stored_profile

BOUNDS = ("earliest", "latest", "notBefore", "notAfter", "boundsRule")
OWN = frozenset({"NAMES", "TELLS"})
"""Relationships that stand at the referents which an article names, whatever node stands for those."""


def own_statements(facts: Facts) -> Iterator[Relation]:
    """What the article says of each of its entities and events, from which is chosen what they show."""
    article, profiles = facts.article.id, {p.id: stored_profile(p) for p in facts.profiles}
    for entity in facts.entities:
        own = {"profile": profiles.get(entity.id), "articleId": article}
        yield Relation("NAMES", article, entity.id, "Entity", {**entity.properties(), **own})
    reports: dict[str, list[Relation]] = defaultdict(list)
    for relation in facts.relations:
        if relation.type == "REPORTED_IN":
            reports[relation.start].append(relation)
    for event in facts.events:
        told = reports[event.id]
        drawn = {key: told[0].properties.get(key) for key in BOUNDS} if told else {}
        properties = {**event.properties(), **{k: v for k, v in drawn.items() if v is not None}}
        also = {"mentions": len(told), "profile": profiles.get(event.id), "articleId": article}
        yield Relation("TELLS", article, event.id, "Event", {**properties, **also})


def relation_rows(facts: Facts, canonical: Mapping[str, str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """All relationships of an article as rows, by type and label of the end, in one order.

    Arguments: the facts; canonical, the node that stands for each referent that is not its own.
    """
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for relation in (*own_statements(facts), *facts.relations):
        nodes = {} if relation.type in OWN else canonical
        grouped[relation.type, relation.end_label].append(_relation_row(relation, nodes, facts.article.id))
    return {key: sorted(rows, key=lambda row: row["digest"]) for key, rows in grouped.items()}


def _relation_row(relation: Relation, canonical: Mapping[str, str], article: str) -> dict[str, Any]:
    """A relationship as a row: at the nodes that stand for its ends, with the referents that the article means."""
    start = RELATIONS[relation.type].start
    ends = (("startReferent", start, relation.start), ("endReferent", relation.end_label, relation.end))
    properties = {"articleId": article, **{k: v for k, v in relation.properties.items() if v is not None}}
    properties |= {side: id for side, label, id in ends if label == "Event" or label in ENTITY_LABELS}
    said = digest("said", relation.type, relation.start, relation.end, *sorted(properties.items()))
    return {"start": canonical.get(relation.start, relation.start), "end": canonical.get(relation.end, relation.end),
            "digest": said, "properties": properties}  # fmt: skip


def node_row(node: BaseModel) -> dict[str, Any]:
    """A node's properties with nulls, so that a value that is gone is removed from the graph too."""
    return node.model_dump(mode="json", by_alias=True)
