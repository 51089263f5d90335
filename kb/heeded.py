"""What humans decided that an article was read by, in the words that `Article.heeded` keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.edtf import Edtf

NONE = "none"
"""The role of who took no part, or of where an event was not: nowhere in particular, for a place."""


@dataclass(frozen=True, slots=True)
class GivenDate:
    """A date that a human gave an event: the event's id and the date."""

    event: str
    date: Edtf


def date_heeded(given: GivenDate) -> str:
    """In words: an article was read by this date of its event."""
    return f"date {given.event} {given.date}"


def own_heeded(referent: str, own: str) -> str:
    """In words: an article was read with its own meaning of a referent."""
    return f"own {referent} {own}"


def here_heeded(span: tuple[int, int], event: str) -> str:
    """In words: an event was judged where it stands in an article, whose words give another."""
    return f"here {span[0]} {span[1]} {event}"


@dataclass(frozen=True, slots=True)
class GivenPart:
    """That somebody took part in an event, or none, or where it was: a human's word.

    event: its id; field: which of both; role: as what, NONE for not at all; entities: the id of who or where, then of
    all that is merged into it; none where an event was nowhere in particular.
    """

    event: str
    field: Literal["participant", "place"]
    role: str
    entities: tuple[str, ...]


def part_heeded(given: GivenPart) -> str:
    """In words: an article was read with this part of its event."""
    return " ".join(("part", given.event, given.field, given.role, *given.entities))
