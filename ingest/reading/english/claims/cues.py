"""Words that introduce what somebody says (`lexicon/english/claims`), and what joins cue, source and content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from ingest.reading.english.claims.views import VIEWS
from ingest.reading.findings import Span
from ingest.reading.lexicon import load
from kb.models import Force

LIGHT_VERBS = frozenset({"make", "repeat", "reiterate", "echo", "share", "voice", "issue"})
DENIALS = frozenset({"denied", "doubted", "refused", "opposed"})
DESIRES = frozenset({"wanted", "urged", "promised", "planned", "offered"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma; `frames`: frame -> lemma (or "verb preposition") -> sense; `forces`: sense -> force of a claim.

    venues: nouns of what has a date of its own and is said in; carriers, platforms, media_verbs: what names a medium;
    evidence: nouns of what shows something (a poll, a video); label_sources, sections: words before a colon;
    inverted: verbs that open a sentence before whoever said it.
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    frames: Mapping[str, Mapping[str, str]]
    quote_only: frozenset[str]
    venues: frozenset[str]
    anaphors: frozenset[str]
    forces: Mapping[str, Force]
    carriers: frozenset[str]
    platforms: frozenset[str]
    media_verbs: Mapping[str, str]
    evidence: frozenset[str]
    label_sources: frozenset[str]
    sections: frozenset[str]
    inverted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in the parse, before keys are given.

    content, source: character spans; head: index of the content's main word; cue: index of the cue's token, None where
    no word introduces it; direct: whether the content is (mostly) a quotation; force: the cue's sense in the lists.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: int | None
    head: int | None
    direct: bool
    force: str
    continues: bool = False  # whoever spoke last speaks on
    runs_on: bool = False  # the sentence goes on behind the closing mark
    confidence: float = 0.7

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.content[0][0]


@cache
def lexicon() -> Lexicon:
    """Read the reviewed word lists, once."""
    frames = load("claims/frames")
    venues, media, labels = load("claims/venues"), load("claims/media"), load("claims/labels")
    forces = [pair for kinds in load("claims/forces").values() for pair in kinds.items()]
    return Lexicon(
        verbs=_by_lemma(load("claims/verbs")),
        nouns=_by_lemma(load("claims/nouns")),
        adjectives=_by_lemma(load("claims/adjectives")),
        frames={name: _by_lemma(forces) for name, forces in frames.items() if isinstance(forces, dict)},
        quote_only=frozenset(frames["quote_only"]),
        venues=frozenset(venues["venues"]),
        anaphors=frozenset(venues["anaphors"]),
        forces={sense: force for force, senses in forces for sense in senses},
        carriers=frozenset(media["carriers"]),
        platforms=frozenset(media["platforms"]),
        media_verbs=media["verbs"],
        evidence=frozenset(media["evidence"]),
        label_sources=frozenset(labels["sources"]),
        sections=frozenset(labels["sections"]),
        inverted=frozenset(labels["inverted"]),
    )


@cache
def cue_words() -> frozenset[str]:
    """Lemmas and adjectives that some rule of indirect speech begins with; no other word need be looked at."""
    words = lexicon()
    framed_verbs = (key.split()[0] for forces in words.frames.values() for key in forces)
    return frozenset(
        {
            *words.verbs,
            *words.nouns,
            *words.adjectives,
            *framed_verbs,
            *LIGHT_VERBS,
            *VIEWS,
            "accord",
            "according",
            "per",
        }
    )


def verb_force(token: Token) -> str | None:
    """Force of a verb that can introduce a clause or a quotation, else None."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    lemma = token.lemma_.lower()
    return lexicon().verbs.get(lemma) or (_with_particle(token, lemma) if lemma in _PARTICLE_VERBS else None)


_PARTICLE_VERBS = {"point", "spell", "make", "blurt", "call"}


def _with_particle(token: Token, lemma: str) -> str | None:
    """Sense of `point out`, `make clear`."""
    forces = lexicon().frames["particle"]
    return next((forces[key] for c in token.children if (key := f"{lemma} {c.lower_}") in forces), None)


def framed(frame: str, token: Token, preposition: str = "") -> str | None:
    """Force of a verb in one of the frames ("infinitive", "object", …), else None."""
    key = token.lemma_.lower() + (f" {preposition.lower()}" if preposition else "")
    return lexicon().frames[frame].get(key)


def _by_lemma(forces: Mapping[str, Any]) -> dict[str, str]:
    return {word: force for force, words in forces.items() for word in words}
