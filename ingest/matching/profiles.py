"""What comparisons look at. A profile never changes: its `id` (the referent) hashes what it holds.

A referent is what one wording singles out ("Putin", "annex, 2014, Russia, Crimea"); several referents may be one entity
or event of the graph, whose id is then one of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.edtf import Edtf
from kb.models import EntityKind, EventStatus

Verdict = Literal["same", "doubtful", "different"]
# the score of a doubt so grave that nothing else makes the two one; see clusters
UNLIKELY = 0.3
# the score of a doubt that comes only from what one does not tell: nothing speaks against it, so the rest of the two
# articles may settle it
UNTOLD = 0.55
# what two scores differ by at most that are about as sure as each other
CLOSE = 0.03
# how likely two are one that nothing makes one: told of days too far from each other
NEVER = 0.0


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """A person, organisation, place or thing as one name gives it.

    gazetteer: id of a known place or body ("country:UA", "org:nato"). scope: the article that alone uses the referent,
    as for an unnamed source ("officials"); None where any article that uses the name means this referent.
    """

    id: str
    kind: EntityKind
    name: str
    gazetteer: str | None = None
    described: bool = False
    subtype: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    lat: float | None = None
    lon: float | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class EventProfile:
    """An event as one article singles it out.

    lemma: of the trigger's word class, "annex" for "annexation" too. participants: role and entity, named ones only.
    place: entity id. lands: those of its entities that are countries or regions, too wide to be a spot. thing: what it
    was done to where no entity names it ("iPhone 4", "law"), or its own name ("the Iraq War"). scope: the article that
    alone uses the referent, None where date and participants single it out. told: the month ("2022-05") in which
    something that lasts is told without a date, since it is mostly the one that was going on then.
    """

    id: str
    type: str
    lemma: str
    edtf: Edtf | None
    status: EventStatus
    participants: tuple[tuple[str, str], ...] = ()
    place: str | None = None
    lands: tuple[str, ...] = ()
    thing: str = ""
    scope: str | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a comparison of two says: the verdict, how sure it is (0-1), and why, in a few words for a reader."""

    verdict: Verdict
    score: float
    reason: str
