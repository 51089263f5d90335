"""Words that introduce what somebody says (`lexicon/claims`), and the record that joins cue, source and content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from ingest.findings import Span

_LEXICON = Path(__file__).parent.parent / "lexicon" / "claims"
DENIALS = frozenset({"denied", "refused", "opposed"})
DESIRES = frozenset({"wanted", "urged", "promised", "planned", "offered"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forces by lemma; `frames`: frame -> lemma (or "verb preposition") -> force."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    frames: Mapping[str, Mapping[str, str]]
    quote_only: frozenset[str]
    venues: frozenset[str]
    anaphors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in the parse, before keys are given.

    content, source: character spans; head: index of the content's main word; cue: index of the cue's token, None for a
    quotation without one; direct: whether the content is (mostly) a quotation; force: one of the lexicon's.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: int | None
    head: int | None
    direct: bool
    force: str
    continues: bool = False  # whoever spoke last speaks on
    confidence: float = 0.7

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.content[0][0]


@cache
def lexicon() -> Lexicon:
    """Read the reviewed word lists, once."""
    frames = _load("frames")
    venues = _load("venues")
    return Lexicon(
        verbs=_by_lemma(_load("verbs")),
        nouns=_by_lemma(_load("nouns")),
        adjectives=_by_lemma(_load("adjectives")),
        frames={name: _by_lemma(forces) for name, forces in frames.items() if isinstance(forces, dict)},
        quote_only=frozenset(frames["quote_only"]),
        venues=frozenset(venues["venues"]),
        anaphors=frozenset(venues["anaphors"]),
    )


def verb_force(token: Token) -> str | None:
    """Force of a verb that can introduce a clause or a quotation, else None."""
    return lexicon().verbs.get(token.lemma_.lower()) if token.pos_ in ("VERB", "AUX") else None


def framed(frame: str, token: Token, preposition: str = "") -> str | None:
    """Force of a verb in one of the frames ("infinitive", "object", …), else None."""
    key = token.lemma_.lower() + (f" {preposition.lower()}" if preposition else "")
    return lexicon().frames[frame].get(key)


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_LEXICON / f"{name}.json").read_text(encoding="utf-8"))
    loaded.pop("_comment", None)
    return loaded


def _by_lemma(forces: Mapping[str, Any]) -> dict[str, str]:
    return {word: force for force, words in forces.items() for word in words}
