"""Which events of different articles are one: what singles an event out, where to look, and what two tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.matching.events.deeds import judge_deed, judge_gathering, judge_told
from ingest.matching.events.facets import DEED, LASTING, TOLD, Canon, Facets, Key, blocks
from ingest.matching.events.families import families
from ingest.matching.events.once import judge_lasting, judge_once, lower, weaker
from ingest.matching.ids import digest, entity_id
from ingest.matching.profiles import EventProfile, Judgement
from ingest.reading.findings import EntityFinding, EventFinding
from kb.edtf import Edtf
from kb.shown.day_spans import span_of

_RANK = {"same": 2, "doubtful": 1, "different": 0}
_WIDE = frozenset({"country", "region"})
_MUTUAL = frozenset({"war"})  # classes in which both do the same to each other
_KEPT = frozenset({"agent", "patient", "speaker", "party"})
_MONTH = 31  # days


def _itself(entity: str) -> str:
    return entity


def event_profiles(
    events: Iterable[EventFinding], entities: Mapping[str, EntityFinding], article: str, published: Edtf | None = None
) -> dict[str, EventProfile]:
    """What singles out each event of an article, by the event's key.

    Arguments: the article's events; its entities by key; the article's id; when it was published. An event that two
    articles could tell in the same words without being the same gets an id of its own article and place in the text.
    """
    found: dict[str, EventProfile] = {}
    for event in events:
        told = _as_of(_told(event, entities, article), published)
        alone = compare_events(told, replace(told, id="another"), _itself)
        if alone is not None and alone.verdict == "same":
            found[event.key] = replace(told, id=_content_id(told))
        else:
            found[event.key] = replace(told, id=_content_id(told, article, event.mentions[0].start), scope=article)
    return found


def _told(event: EventFinding, entities: Mapping[str, EntityFinding], article: str) -> EventProfile:
    """The profile of an event before it has an id. What its arguments single out keeps no more than them."""
    named = {p.entity: entities[p.entity] for p in event.participants if p.entity in entities}
    # a thing acted on is compared by its words, of which another article may have more or fewer
    compared = (e for e in named.values() if not e.described and not (e.kind == "Thing" and event.thing))
    ids = {entity.key: entity_id(entity, article) for entity in compared}
    place = entities.get(event.place or "")
    spot = entity_id(place, article) if place is not None and not place.described else None
    full = EventProfile(
        id="one",
        type=event.type,
        lemma=event.lemma,
        edtf=event.edtf,
        status=event.status,
        participants=tuple(sorted({(p.role, ids[p.entity]) for p in event.participants if p.entity in ids})),
        place=spot,
        lands=tuple(sorted({ids[key] for key, entity in named.items() if key in ids and entity.subtype in _WIDE})),
        thing=event.thing,
    )
    if place is not None and place.subtype in _WIDE and spot is not None:
        full = replace(full, lands=tuple(sorted({*full.lands, spot})))
    return _bare(full)


def _bare(full: EventProfile) -> EventProfile:
    """Without place, bystanders and thing where the arguments alone single the event out, so that few ids tell it."""
    facets = Facets(full, _itself)
    if len(full.lands) > 1 and full.lemma in _MUTUAL:
        return _between_lands(full, facets)
    keys = [key for key in facets.keys if key.again in ("never", "era") and not key.near]
    if not keys:
        return full
    people = tuple((role, i) for role, i in full.participants if role in _KEPT)
    lands = tuple(i for i in full.lands if i in {i for _, i in people})
    thing = full.thing if any(a.startswith(("thing ", "name ")) for key in keys for a in key.anchors) else ""
    return replace(full, participants=people, place=None, lands=lands, thing=thing)


def _as_of(told: EventProfile, published: Edtf | None) -> EventProfile:
    """With the month of its article where an undated war, siege or occupation could be any of those two sides."""
    lasts = told.edtf is None and families().is_group("lasting", told.lemma) and not Facets(told, _itself).named
    span = span_of(published) if lasts else None
    if span is None or span.width > _MONTH or span.first < 1:
        return told
    return replace(told, told=f"{dt.date.fromordinal(span.first):%Y-%m}")


def _between_lands(full: EventProfile, facets: Facets) -> EventProfile:
    """A war of two or more lands by these alone: on one footing, unless all are told to be on one side."""
    allied = any(set(full.lands) <= side for side in (facets.by, facets.to))
    sides = {(role if allied else "party", i) for role, i in full.participants if i in full.lands}
    sides |= {("location" if allied else "party", i) for i in full.lands if i == full.place}
    thing = full.thing if facets.named else ""
    return replace(full, participants=tuple(sorted(sides)), place=None, thing=thing)


def _content_id(told: EventProfile, *more: object) -> str:
    people = ",".join(f"{role}:{entity}" for role, entity in told.participants)
    return digest(
        "event",
        told.type,
        told.lemma,
        told.edtf,
        told.status,
        people,
        told.place,
        ",".join(told.lands),
        told.thing,
        *filter(None, (told.told,)),
        *more,
    )


def event_blocks(profile: EventProfile, canon: Canon) -> frozenset[str]:
    """Index keys of a profile: two are compared if and only if they share one.

    Arguments: the profile; canon, from an entity's referent id to its canonical id. No key, no comparison.
    """
    return frozenset(digest("block", text) for text in blocks(Facets(profile, canon)))


def compare_events(a: EventProfile, b: EventProfile, canon: Canon) -> Judgement | None:
    """Whether two profiles tell one event; None where nothing speaks for it.

    Arguments: the two, in either order; canon, from an entity's referent id to its canonical id.
    """
    if a.id == b.id:
        return Judgement("same", 1.0, "told in the same words")
    if a.scope is not None and a.scope == b.scope:
        return None
    one, other = sorted((Facets(a, canon), Facets(b, canon)), key=lambda f: (str(f.profile.edtf), f.profile.id))
    theirs = {_plain(key): key for key in sorted(other.keys, key=_order)}
    shared = [(key, theirs[_plain(key)]) for key in sorted(one.keys, key=_order) if _plain(key) in theirs]
    found = [j for key, their in shared if (j := _judge(one, other, key, their)) is not None]
    best = max(found, key=lambda j: (_RANK[j.verdict], j.score, j.reason), default=None)
    return None if best is None else _worded(one, other, _with_status(one, other, best))


def _plain(key: Key) -> Key:
    return replace(key, near=False)


def _order(key: Key) -> tuple[str, str, tuple[str, ...], bool]:
    return key.family, key.again, key.anchors, not key.near


def _judge(one: Facets, other: Facets, key: Key, their: Key) -> Judgement | None:
    if key.again != "never" and not _answered(one, other):
        return None
    if key.again == DEED:
        gathering = one.profile.lemma in families().gatherings
        return judge_gathering(one, other) if gathering else judge_deed(one, other)
    if key.again == LASTING:
        return judge_lasting(one, other, key)
    if key.again == TOLD:
        return judge_told(one, other)
    if key.near and their.near:
        return None
    return judge_once(one, other, key, key.near or their.near)


def _answered(one: Facets, other: Facets) -> bool:
    """Whether what one says did not happen is what the other tells of that very day; true where neither negates it."""
    negated = [f.profile.status == "negated" for f in (one, other)]
    day = one.on_one_day and other.on_one_day and one.span == other.span
    rivals = one.by and other.by and not one.by & other.by
    return not any(negated) or (not all(negated) and day and bool(one.to & other.to) and not rivals)


def _with_status(one: Facets, other: Facets, found: Judgement) -> Judgement:
    """What is planned and what happened are one on one day; asserted, alleged and denied are told of one event."""
    planned = [f.profile.status == "planned" for f in (one, other)]
    if found.verdict != "same" or planned[0] == planned[1]:
        return found
    a, b = one.span, other.span
    met = a is not None and b is not None and a.meets(b) and a.width == b.width == 1
    return lower(found) if met else weaker(found, "one is only planned")


def _worded(one: Facets, other: Facets, found: Judgement) -> Judgement:
    """The reason with what is shared: "the same deed, 2 participants in both, 2014 contains 18 Mar 2014"."""
    lemmas = sorted({one.profile.lemma, other.profile.lemma})
    trigger = "the same deed" if len(lemmas) == 1 else f"“{lemmas[0]}” beside “{lemmas[1]}”"
    count = len(one.everything & other.everything)
    people = "" if not count else f", {count} participant{'s' if count > 1 else ''} in both"
    statuses = sorted({one.profile.status, other.profile.status})
    status = "" if len(statuses) == 1 else f", {' and '.join(statuses)}"
    return Judgement(found.verdict, found.score, f"{trigger}{people}, {found.reason}{status}")
