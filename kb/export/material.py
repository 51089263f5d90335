"""What is gathered of some events to be written out: values, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from kb.ask.claims import ClaimRow
from kb.ask.rows import ArticleRow
from kb.ask.timeline import TimelineRow

Words = Annotated[str, BeforeValidator(lambda value: value or "")]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or thing; lat and lon in degrees; country by its two letters, "" for none."""

    id: str
    name: str
    kind: str
    subtype: Words = ""
    country: Words = ""
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Who or what takes part in an event: the id of an entity, and its role."""

    entity: str
    role: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that tells of an event, and the id of its article."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with who took part, where (ids of places), what it is part of (ids) and the best sentences.

    tags, note: what a human wrote on it.
    """

    row: TimelineRow
    parts: tuple[Part, ...]
    places: tuple[str, ...]
    wholes: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    tags: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """Events in the order of time with all that they name, by id.

    title: what was asked for, in words; made: the moment, ISO in UTC; whole: how many events there would be without a
    limit.
    """

    title: str
    made: str
    whole: int
    events: tuple[Happening, ...]
    entities: Mapping[str, Entity]
    articles: Mapping[str, ArticleRow]
    claims: tuple[ClaimRow, ...]

    def names(self, happening: Happening, *kinds: str) -> list[str]:
        """The names of those who took part and are of these kinds, each once, in order."""
        known = (self.entities[part.entity] for part in happening.parts if part.entity in self.entities)
        return sorted({one.name for one in known if one.kind in kinds})

    def placed(self, happening: Happening) -> list[Entity]:
        """Where it happened."""
        return [self.entities[id] for id in happening.places if id in self.entities]
