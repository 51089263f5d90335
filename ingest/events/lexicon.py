"""The reviewed event words of `lexicon/events`: which word tells which class of event, and which verbs tell none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


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
class EventLexicon:
    """Classes by the lemma of a verb ("step_down" with its particle) and of a noun ("press-conference", a compound)."""

    verbs: Mapping[str, EventClass]
    nouns: Mapping[str, EventClass]
    past_forms: Mapping[str, str]
    present_forms: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]

    def is_group(self, group: str, lemma: str) -> bool:
        """Whether verbs.json lists `lemma` in `group`."""
        return lemma in self.groups[group]


@cache
def event_lexicon() -> EventLexicon:
    """The lexicon, read once per process."""
    rows: list[dict[str, Any]] = _load("classes.json")["classes"]
    verbs: dict[str, EventClass] = {}
    nouns: dict[str, EventClass] = {}
    for row in rows:
        made = _event_class(row)
        verbs |= dict.fromkeys(row["verbs"], made)
        nouns |= dict.fromkeys(row["nouns"], made)
    groups = {name: frozenset(words) for name, words in _load("verbs.json").items() if isinstance(words, list)}
    single = [verb for verb in verbs if "_" not in verb]
    pasts, presents = {_regular_past(v): v for v in single}, {third_person(v): v for v in single}
    return EventLexicon(verbs, nouns, pasts, presents, groups)


def _load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files("ingest").joinpath("lexicon", "events", name).read_text("utf-8"))
    return content


def _event_class(row: dict[str, Any]) -> EventClass:
    options = {key: value for key, value in row.items() if key not in ("class", "verbs", "nouns")}
    return EventClass(lemma=row["class"], **options)


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def third_person(verb: str) -> str:
    """The third person singular of a verb: "rejects", "carries", "clashes"."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and len(verb) > 1 and verb[-2] not in "aeiou" else verb + "s"
