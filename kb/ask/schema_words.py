"""The words of the graph's schema, for an editor's completion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.ask.past import Graph

_LABELS = ("Article", "Snapshot", "Passage", "TimeExpression", "Event", "Entity", "Person", "Organization", "Place",
           "Thing", "Claim", "Decision", "IngestRun", "Block", "Story", "AliasTable")  # fmt: skip

_TYPES = ("NAMES", "TELLS", "MERGED_INTO", "RESEMBLES", "HAS_SNAPSHOT", "HAS_PASSAGE", "MENTIONS", "HAS_TIME",
          "ANCHORED_TO", "REPORTED_IN", "DATED_BY", "LOCATED_IN",
          "PART_OF", "BEFORE", "DURING", "PARTICIPATED_IN", "MADE_BY", "ADDRESSED_TO", "MADE_IN", "ABOUT", "STATED_IN",
          "REPEATS", "CONTRADICTS", "SUPPORTS", "IN_BLOCK", "NEAR_DUPLICATE_OF", "JUDGES", "RECORDED_BY")  # fmt: skip

# Property names from a sample of each label; the labels are named since a scan of a label is cheap, of everything not.
NODE_WORDS = "\nUNION ALL\n".join(
    f"MATCH (n:{label}) WITH n LIMIT 25 UNWIND keys(n) AS name"
    f" RETURN ['{label}'] AS labels, collect(DISTINCT name) AS properties"
    for label in _LABELS
)

# Relationship types and property names, from a sample of each type.
RELATIONSHIP_WORDS = "\nUNION ALL\n".join(
    f"MATCH ()-[r:{name}]->() WITH r LIMIT 25 UNWIND keys(r) + [''] AS name"
    f" RETURN '{name}' AS type, [x IN collect(DISTINCT name) WHERE x <> ''] AS properties"
    for name in _TYPES
)


@dataclass(frozen=True, slots=True)
class SchemaWords:
    """The words an editor completes: labels, relationship types and property names."""

    labels: tuple[str, ...]
    relationship_types: tuple[str, ...]
    properties: tuple[str, ...]


def schema_words(graph: Graph) -> SchemaWords:
    """Labels, relationship types and property names of the graph, for an editor's completion."""
    nodes, relations = graph.run(NODE_WORDS), graph.run(RELATIONSHIP_WORDS)
    return SchemaWords(
        labels=_distinct(label for r in nodes for label in r["labels"]),
        relationship_types=_distinct(r["type"] for r in relations),
        properties=_distinct(name for r in (*nodes, *relations) for name in r["properties"]),
    )


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
