"""The words of the graph's schema, for an editor's completion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kb.ask.kept.present import Now, counts_of
from kb.models import Article, Claim, Decision, Entity, Event, Passage, Snapshot, TimeExpression

# What the engine knows by itself, whatever the graph holds.
LABELS = "CALL db.labels() YIELD label RETURN label AS word"
RELATIONSHIP_TYPES = "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType AS word"

_HIDDEN = frozenset({"Schema"})
_OF_NODES = (Article, Snapshot, Passage, TimeExpression, Event, Entity, Claim, Decision)

# What stands at relationships, or is kept at nodes beside what the models say.
_OTHERS = (
    "articleId", "blocks", "candidates", "canonical", "claimId", "claims", "clusterId", "counted", "counts",
    "createdAt", "cue", "current", "digest", "end", "endReferent", "events", "expiredAt", "failed",
    "failures", "figures", "fingerprint", "finished", "floor", "form", "groups", "inferred", "judged",
    "live", "mentions", "method", "minhash", "near", "openingMinhash", "part", "parts", "passageId",
    "passageIds", "past", "profile", "reason", "referent", "role", "rung", "score", "shingles", "slot",
    "sourceGroup", "start", "startReferent", "started", "tally", "timeId", "told", "trigger", "unchanged",
    "verdict", "version", "who", "wholeRung", "words", "wordsDigest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchemaWords:
    """The words an editor completes: labels, relationship types and property names."""

    labels: tuple[str, ...]
    relationship_types: tuple[str, ...]
    properties: tuple[str, ...]


def schema_words(graph: Now) -> SchemaWords:
    """Labels, relationship types and property names for an editor's completion; none where the graph is empty."""
    if not counts_of(graph).by_id:
        return SchemaWords((), (), ())
    labels, types = (
        {row["word"] for row in graph.run(statement)} - _HIDDEN for statement in (LABELS, RELATIONSHIP_TYPES)
    )
    return SchemaWords(tuple(sorted(labels)), tuple(sorted(types)), _properties())


@cache
def _properties() -> tuple[str, ...]:
    """The names of all properties that this program writes."""
    fields = {each.alias or name for model in _OF_NODES for name, each in model.model_fields.items()}
    return tuple(sorted(fields | set(_OTHERS)))
