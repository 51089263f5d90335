"""The reviewed table of what can happen how often, and what singles an event of each kind out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.reading.english.events.finding.lexicon import EventClass, event_lexicon
from ingest.reading.lexicon import load

_WEIGHTY = 0.3
_GROUPS = ("placed", "held", "lasting", "many", "verbal", "told", "empty")


@dataclass(frozen=True, slots=True)
class Argument:
    """What must be the same: a role with the kind of entity that fills it ("" for any), "both" or "thing"."""

    role: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of event told by one class: its family, how soon it can happen again, and its arguments.

    near: whether the class only may tell an event of the family.
    """

    family: str
    again: str
    arguments: tuple[Argument, ...]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Families:
    """The table by class: rows of what happens once, families of gatherings, and the groups of classes."""

    rows: Mapping[str, tuple[Row, ...]]
    gatherings: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    common: frozenset[str]  # words that many names share

    def is_group(self, group: str, lemma: str) -> bool:
        """Whether identity.json lists the class in `group`."""
        return lemma in self.groups[group]


@cache
def families() -> Families:
    """The table, read once per process."""
    data = load("events/identity")
    rows: dict[str, tuple[Row, ...]] = {}
    again = {row["family"]: row["again"] for row in data["once"]}
    for row in (*data["once"], *data["near"]):
        for lemma, arguments in row["arguments"].items():
            made = Row(row["family"], again[row["family"]], tuple(map(_argument, arguments)), "again" not in row)
            rows[lemma] = (*rows.get(lemma, ()), made)
    gatherings = {lemma: family for family, listed in data["gathering"].items() for lemma in listed}
    groups = {name: frozenset(data[name]) for name in _GROUPS}
    return Families(rows, gatherings, groups, frozenset(data["common"]))


def _argument(text: str) -> Argument:
    role, _, kind = text.partition(":")
    return Argument(role, kind)


@cache
def _classes() -> Mapping[str, EventClass]:
    lexicon = event_lexicon()
    senses = [sense.event for listed in lexicon.senses.values() for sense in listed]
    return {event.lemma: event for event in (*senses, *lexicon.verbs.values(), *lexicon.nouns.values())}


def is_saying(lemma: str) -> bool:
    """Whether a class is a verb or noun of saying that is no occasion."""
    event = _classes().get(lemma)
    return event is not None and event.saying and not event.occasion


def is_weighty(lemma: str) -> bool:
    """Whether a class is listed and tells enough to be an event by itself."""
    event = _classes().get(lemma)
    return event is not None and event.weight >= _WEIGHTY
