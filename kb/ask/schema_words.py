"""The words of the graph's schema: for an editor's completion, and to tell which of a statement it does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from kb.ask.kept.present import Now, counts_of
from kb.models import Article, Claim, Decision, Entity, Event, Passage, Snapshot, TimeExpression
from kb.store.dialect import TEXT_AND_COMMENTS

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
    "live", "lot", "mentions", "method", "minhash", "near", "openingMinhash", "part", "parts", "passageId",
    "passageIds", "past", "profile", "reason", "referent", "role", "rung", "score", "shingles", "slot",
    "sourceGroup", "start", "startReferent", "started", "tally", "timeId", "told", "trigger", "unchanged",
    "verdict", "version", "who", "wholeRung", "words", "wordsDigest",
    "yearGuessed",
)  # fmt: skip

# Where a statement names labels and types, strings and comments aside.
_NO_CODE = re.compile(TEXT_AND_COMMENTS, re.S)
_NAME = r"(?:`[^`]+`|[^\W\d]\w*)"
_NAMES = rf"{_NAME}(?:\s*[:&|]\s*[:!]?\s*{_NAME})*"
_LABELS = re.compile(rf"\(\s*{_NAME}?\s*:\s*!?\s*({_NAMES})\s*(?=[){{]|WHERE\b)", re.I)
_TYPES = re.compile(rf"\[\s*{_NAME}?\s*:\s*!?\s*({_NAMES})\s*(?=[\]{{*]|WHERE\b)", re.I)
_ONE = re.compile(_NAME)
_TOLD = 20  # words that are listed


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


def unknown_words(graph: Now, statement: str) -> list[str]:
    """A sentence for each label and relationship type of a statement that nothing in the graph has.

    Arguments: the graph; the Cypher text. Raises: StoreError.
    """
    code = _NO_CODE.sub(" ", statement)
    labels, types = _named(_LABELS, code), _named(_TYPES, code)
    absent = [word for word in labels if not _has_nodes(graph, word)]
    if not absent and not types:
        return []
    known = schema_words(graph)
    if not known.labels:
        return ["The graph is empty; add an article first."]
    there = [label for label in known.labels if _has_nodes(graph, label)] if absent else []
    return [
        *(f"No node has the label {word}; {_instead(word, there)}." for word in absent),
        *(f"No relationship is of the type {word}; {_instead(word, known.relationship_types)}." for word in types
          if word not in known.relationship_types),
    ]  # fmt: skip


def _has_nodes(graph: Now, label: str) -> bool:
    """Whether any node has a label: one engine also names labels that none has."""
    return bool(graph.run(f"MATCH (n:`{label}`) RETURN n.id AS id LIMIT 1"))


def _named(pattern: re.Pattern[str], code: str) -> list[str]:
    found = [one.strip("`") for named in pattern.findall(code) for one in _ONE.findall(named)]
    return list(dict.fromkeys(found))


def _instead(word: str, known: Sequence[str]) -> str:
    """What there is: the words that are like it, else all."""
    by_letters = {one.lower().replace("_", ""): one for one in known}
    like = [by_letters[one] for one in get_close_matches(word.lower().replace("_", ""), by_letters, 3, 0.7)]
    if like:
        return f"perhaps {' or '.join(like)} is meant"
    more = f" and {len(known) - _TOLD} more" if len(known) > _TOLD else ""
    return f"there are {', '.join(known[:_TOLD])}{more}"
