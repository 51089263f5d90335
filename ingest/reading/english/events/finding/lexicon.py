"""The reviewed event words of `lexicon/english/events`: which word tells which class of event, which verbs none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.reading.lexicon import load

_WORDS = ("class", "verbs", "nouns", "in passing", "adjectives")
_PREPOSITIONS = ("under", "for", "into", "to", "on")
_THIRD = {"be": "is", "have": "has", "quiz": "quizzes"}  # all that the spelling of the third person does not give


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events: its lemma, PLOVER root and the roles its noun gives to "of X" and "X's"."""

    lemma: str
    type: str
    weight: float
    of: str = "patient"
    poss: str = "agent"
    durative: bool = False
    result: bool = False
    saying: bool = False
    occasion: bool = False

    @property
    def statement(self) -> bool:
        """Whether its agent is a speaker."""
        return self.saying or self.occasion


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb tells with some words beside it: "files a lawsuit" sues, "fired its chief executive" sacks.

    objects: lemmas of the direct object; subjects: of who or what does it; complements: words that say what becomes of
    somebody ("found guilty"); after: a preposition and the lemmas after it ("into", "custody"); passive_with:
    preposition beside the passive; with_: word beside the verb; person: whether the object (or the passive's subject)
    must be a person; office: whether "as" must say which office somebody gets. Whatever is given must hold.
    """

    event: EventClass
    objects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()
    after: tuple[tuple[str, frozenset[str]], ...] = ()
    passive_with: str = ""
    with_: str = ""
    person: bool = False
    office: bool = False


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """Classes by the lemma of a verb ("step_down" with its particle) and of a noun ("press-conference", a compound).

    passing: nouns, and adjectives, which tell their event only in passing.
    """

    verbs: Mapping[str, EventClass]
    nouns: Mapping[str, EventClass]
    passing: Mapping[str, EventClass]
    adjectives: Mapping[str, EventClass]
    senses: Mapping[str, tuple[Sense, ...]]
    past_forms: Mapping[str, str]
    present_forms: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    figurative: EventClass

    def is_group(self, group: str, lemma: str) -> bool:
        """Whether verbs.json lists `lemma` in `group`."""
        return lemma in self.groups[group]


@cache
def event_lexicon() -> EventLexicon:
    """The lexicon, read once per process."""
    rows: list[dict[str, Any]] = load("events/classes")["classes"]
    verbs: dict[str, EventClass] = {}
    nouns: dict[str, EventClass] = {}
    passing: dict[str, EventClass] = {}
    adjectives: dict[str, EventClass] = {}
    made_rows = [_event_class(row) for row in rows]
    for row, made in zip(rows, made_rows, strict=True):
        verbs |= dict.fromkeys(row["verbs"], made)
        nouns |= dict.fromkeys(row["nouns"], made)
        passing |= dict.fromkeys(row.get("in passing", ()), made)
        adjectives |= dict.fromkeys(row.get("adjectives", ()), made)
    listed = load("events/verbs")
    by_name = {row["class"]: made for row, made in zip(rows, made_rows, strict=True)}
    senses: dict[str, tuple[Sense, ...]] = {}
    for row in listed["senses"]:
        senses[row["verb"]] = (*senses.get(row["verb"], ()), _sense(row, by_name))
    groups = {name: frozenset(words) for name, words in listed.items() if isinstance(words, list) and name != "senses"}
    single = [verb for verb in verbs if "_" not in verb]
    pasts, presents = {_regular_past(v): v for v in single}, {third_person(v): v for v in single}
    pasts |= {past: verb for past, verb in listed["irregular pasts"].items() if verb in verbs}
    return EventLexicon(verbs, nouns, passing, adjectives, senses, pasts, presents, groups, by_name["figurative"])


def _event_class(row: dict[str, Any]) -> EventClass:
    options = {key: value for key, value in row.items() if key not in _WORDS}
    return EventClass(lemma=row["class"], **options)


def _sense(row: dict[str, Any], classes: Mapping[str, EventClass]) -> Sense:
    return Sense(
        event=classes[row["class"]],
        objects=frozenset(row.get("object", ())),
        subjects=frozenset(row.get("subject", ())),
        complements=frozenset(row.get("complement", ())),
        after=tuple((word, frozenset(row[word])) for word in _PREPOSITIONS if word in row),
        passive_with=row.get("passive with", ""),
        with_=row.get("with", ""),
        person=row.get("person", False),
        office=row.get("office", False),
    )


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def third_person(verb: str) -> str:
    """The third person singular of a verb: "rejects", "carries", "clashes", "has"."""
    if verb in _THIRD:
        return _THIRD[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and len(verb) > 1 and verb[-2] not in "aeiou" else verb + "s"
