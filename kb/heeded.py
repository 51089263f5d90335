"""What humans decided that an article was read by, in the words that `Article.heeded` keeps."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class Added:
    """An event or a claim that a human found in an article and no rule did, with the words that tell it.

    start: where these words begin in the article's text, in characters; a text that has changed since is searched for
    the nearest of the same words. title, type: of an event. date: EDTF, "" for none; of a claim when it was said. who:
    of an event (role, id of the entity), of a claim the speaker with the role "speaker".
    """

    what: Literal["event", "claim"]
    start: int
    words: str
    title: str = ""
    type: str = ""
    date: str = ""
    who: tuple[tuple[str, str], ...] = ()

    def value(self) -> str:
        """As the value of a decision keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, value: str) -> Added:
        """What the value of a decision keeps."""
        kept = json.loads(value)
        return cls(**{**kept, "who": tuple((role, entity) for role, entity in kept["who"])})


def added_heeded(decision: str) -> str:
    """In words: an article was read with what a human added to it. Arguments: the decision's id."""
    return f"added {decision}"
