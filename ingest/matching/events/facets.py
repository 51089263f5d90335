"""An event profile as comparison sees it: who did it, to whom, where, and the keys that single it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from ingest.matching.events.families import Argument, Row, families, is_saying
from ingest.matching.profiles import EventProfile
from kb.edtf import Edtf
from kb.shown.day_spans import Span, months, span_of, years

Canon = Callable[[str], str]
DEED, LASTING, TOLD = "deed", "lasting", "told"
# days by which dates of one kind of event may miss each other and still be looked at: as worth a doubt, or since a
# coarser date may fit both
_MARGIN = {"years": 62, "months": 31, "day": 3}
_WIDEST = {"years": 366, "months": 366, "day": 31, "single": 1}
_BY, _TO = frozenset({"agent", "speaker"}), frozenset({"patient", "recipient", "platform"})


@dataclass(frozen=True, slots=True)
class Key:
    """What two profiles must have in common to be compared: a family and the ids or words of its arguments."""

    family: str
    again: str
    anchors: tuple[str, ...]
    near: bool = False


@dataclass(frozen=True)
class Facets:
    """A profile with canonical entity ids. Arguments: the profile; canon, referent id -> entity id."""

    profile: EventProfile
    canon: Canon

    @cached_property
    def by(self) -> frozenset[str]:
        """Who did it."""
        return self._in(_BY)

    @cached_property
    def to(self) -> frozenset[str]:
        """To whom, or what, it was done."""
        return self._in(_TO)

    @cached_property
    def with_(self) -> frozenset[str]:
        """Who took part on one footing."""
        return self._in(frozenset({"party"}))

    @cached_property
    def sides(self) -> frozenset[str]:
        """Everybody who took part, wherever it was."""
        return self.by | self.to | self.with_

    @cached_property
    def lands(self) -> frozenset[str]:
        """Countries and regions among them and where it was."""
        return frozenset(self.canon(i) for i in self.profile.lands)

    @cached_property
    def everything(self) -> frozenset[str]:
        """All entities, with the places."""
        return frozenset(self.canon(i) for _, i in self.profile.participants) | self.spot

    @cached_property
    def spot(self) -> frozenset[str]:
        """The place, where it is no country or region."""
        place = self.profile.place
        return frozenset() if place is None or place in self.profile.lands else frozenset({self.canon(place)})

    @cached_property
    def where(self) -> frozenset[str]:
        """The places and lands where it was."""
        place = self.profile.place
        return self._in(frozenset({"location"})) | (frozenset() if place is None else frozenset({self.canon(place)}))

    @cached_property
    def thing(self) -> frozenset[str]:
        """The words of the thing acted on."""
        return frozenset(self.profile.thing.casefold().split())

    @property
    def named(self) -> bool:
        """Whether the thing has a name."""
        return self.profile.thing != self.profile.thing.lower()

    @cached_property
    def span(self) -> Span | None:
        """When it was, as days."""
        return span_of(self.profile.edtf)

    @cached_property
    def told(self) -> Span | None:
        """The month in which an undated lasting event is told, as days."""
        return span_of(Edtf(self.profile.told)) if self.profile.told else None

    @property
    def on_one_day(self) -> bool:
        """Whether the text gives its day, and not only about when."""
        edtf = self.profile.edtf
        return self.span is not None and self.span.width == 1 and edtf is not None and not edtf.approximate

    @cached_property
    def keys(self) -> frozenset[Key]:
        """All that singles it out; empty where nothing may be compared with it.

        What did not happen is compared where it happens once ever, and where it did not happen on a day that is told:
        that somebody was not killed, or not arrested on Monday, answers that he was.
        """
        if self.profile.status == "negated":
            once = (key for key in _keys(self) if not key.near and key.again != LASTING)
            return frozenset(key for key in once if key.again == "never" or self.on_one_day)
        if self.profile.status == "hypothetical":
            return frozenset()
        if self.profile.status == "planned" and self.span is None:
            return frozenset()
        return frozenset(_keys(self))

    def _in(self, roles: frozenset[str]) -> frozenset[str]:
        return frozenset(self.canon(i) for role, i in self.profile.participants if role in roles)


def kind_of(entity: str) -> str:
    """The kind an entity id names: "person", "organization", "place"."""
    return entity.partition("-")[0]


def of_kind(entities: frozenset[str], kind: str) -> frozenset[str]:
    """Those of one kind."""
    return frozenset(i for i in entities if kind_of(i) == kind)


def _keys(one: Facets) -> Iterator[Key]:
    lemma, table = one.profile.lemma, families()
    if table.is_group("empty", lemma):
        return
    rows = [key for row in table.rows.get(lemma, ()) for key in _once(one, row)]
    yield from rows
    if table.is_group("lasting", lemma):
        yield from (Key(lemma, LASTING, pair) for pair in _sides(one))
        yield from (Key(f"{lemma} begun", LASTING, side) for side in _begun_by(one))
    elif is_saying(lemma):
        if table.is_group("told", lemma) and one.thing:
            yield from (Key(lemma, TOLD, (who, *sorted(one.thing))) for who in one.by)
    elif not any(key.again in ("never", "era") and not key.near for key in rows):
        family = table.gatherings.get(lemma, lemma)
        anchors = sorted(one.everything) + sorted(f"word {word}" for word in one.thing)
        pairs = combinations(anchors, 2)
        yield from (Key(family, DEED, pair) for pair in pairs if not pair[0].startswith("word "))
        if table.is_group("placed", lemma):
            yield from (Key(family, DEED, (f"at {place}",)) for place in one.spot)


def _once(one: Facets, row: Row) -> Iterator[Key]:
    again = row.again
    if any(a.role == "thing" and a.kind == "named" for a in row.arguments):
        again = _single(one.profile.thing)
    filled = [_filling(one, argument) for argument in row.arguments]
    yield from (Key(row.family, again, found, row.near) for found in product(*filled))


def _single(thing: str) -> str:
    """How soon a thing of this name can appear again: one with a number never, "the iPhone" each year."""
    if any(c.isdigit() for c in thing):
        return "never"
    return "era" if " " in thing else "years"


def _filling(one: Facets, argument: Argument) -> list[str]:
    if argument.kind == "name":
        whole = one.profile.thing.startswith("the ") and not one.thing <= families().common
        return [f"name {' '.join(sorted(one.thing))}"] if whole else []
    if argument.role == "thing":
        told = bool(one.thing) and (one.named or argument.kind != "named")
        return [f"thing {' '.join(sorted(one.thing))}"] if told else []
    if argument.role == "both":
        found = sorted(of_kind(one.sides, argument.kind.lower()))
        return [f"{a} {b}" for a, b in combinations(found, 2)]
    if argument.role == "side":
        return sorted(of_kind(one.sides, argument.kind.lower()))
    found = sorted(one.canon(i) for role, i in one.profile.participants if role == argument.role)
    return [i for i in dict.fromkeys(found) if not argument.kind or kind_of(i) == argument.kind.lower()]


def _sides(one: Facets) -> list[tuple[str, ...]]:
    found = sorted(of_kind(one.everything, "place") | of_kind(one.everything, "organization"))
    return [(found[0],)] if len(found) == 1 else list(combinations(found, 2))


def _begun_by(one: Facets) -> list[tuple[str, ...]]:
    """Each side alone of what is known to have begun at a time: a land does not begin two wars in a month."""
    dated = one.span is not None and one.span.since and one.span.width <= _WIDEST["day"]
    return [(side,) for side in sorted(of_kind(one.everything, "place"))] if dated else []


def blocks(one: Facets) -> Iterator[str]:
    """The keys with the days, months or years in which a match may lie, as strings."""
    for key in one.keys:
        text = " ".join((key.family, key.again, *key.anchors))
        if key.again in ("never", "era", LASTING):
            if not key.near:
                yield text
            yield from (f"{text} near {month}" for month in _times(one, "day") if _has_near(key.family))
        else:
            yield from (f"{text} {time}" for time in _times(one, "single" if key.again == "day" else key.again))


def _has_near(family: str) -> bool:
    return any(row.near and row.family == family for rows in families().rows.values() for row in rows)


def _times(one: Facets, level: str) -> frozenset[str]:
    span = one.span
    if span is None or span.width > _WIDEST.get(level, _WIDEST["day"]):
        return frozenset()
    if level == "single":
        return frozenset({str(span.first)})
    margin = _MARGIN.get(level, _MARGIN["day"]) + span.room
    return years(span, margin) if level == "years" else months(span, margin)
