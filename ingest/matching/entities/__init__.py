"""Which persons, organisations, places and things of articles are one: profiles, look-up keys, comparisons of two.

A comparison reads only what the referent's id covers, so that it answers alike whichever article came first.
"""

from __future__ import annotations

from ingest.matching.aliases import NO_ALIASES, AliasTable
from ingest.matching.entities.organizations import compare_organizations, organization_keys
from ingest.matching.entities.persons import compare_persons, person_keys
from ingest.matching.entities.places import compare_places, place_keys
from ingest.matching.entities.things import compare_things, thing_keys
from ingest.matching.ids import entity_id
from ingest.matching.profiles import EntityProfile, Judgement
from ingest.reading.findings import EntityFinding


def entity_profile(finding: EntityFinding, article: str) -> EntityProfile:
    """What comparisons look at of one entity of an article. Arguments: finding; article, the article's id."""
    listed = finding.gazetteer is not None
    return EntityProfile(
        id=entity_id(finding, article),
        kind=finding.kind,
        name=finding.name if listed or finding.described else finding.goes_by or finding.name,
        gazetteer=finding.gazetteer,
        described=finding.described and not listed,
        subtype=finding.subtype if listed else None,
        country=finding.country if listed else None,
        lat=finding.lat if listed else None,
        lon=finding.lon if listed else None,
        scope=article if finding.described and not listed else None,
    )


def entity_blocks(profile: EntityProfile, aliases: AliasTable = NO_ALIASES) -> frozenset[str]:
    """Keys to look candidates up by; two referents that may be one share a key. An unnamed source has none.

    Arguments: the profile; aliases, the user's table of other names.
    """
    if profile.described:
        return frozenset()
    group = aliases.key(profile.kind, profile.name)
    keys = _KEYS[profile.kind](profile.name)
    return keys | {f"alias|{group}"} if group else keys


def compare_entities(a: EntityProfile, b: EntityProfile, aliases: AliasTable = NO_ALIASES) -> Judgement | None:
    """Whether two referents are one: "same" when no careful editor would hesitate, None when there is nothing to say.

    Arguments: two profiles, in any order; aliases, the user's table of other names.
    """
    if a.kind != b.kind or a.described or b.described:
        return None
    if a.id == b.id:
        return Judgement("same", 1.0, "the same name")
    group = aliases.key(a.kind, a.name)
    if group and group == aliases.key(b.kind, b.name):
        return Judgement("same", 1.0, "the alias table")
    if a.gazetteer and b.gazetteer:
        return Judgement("different", 1.0, "two entries of the lists")
    found = _compared(*sorted((a, b), key=lambda profile: profile.id))
    if found is None or found.verdict == "different":
        return found
    # a suggestion that no look-up would lead to is not made either
    return None if entity_blocks(a).isdisjoint(entity_blocks(b)) else found


def _compared(a: EntityProfile, b: EntityProfile) -> Judgement | None:
    if a.kind == "Place":
        return compare_places(a, b)
    if a.kind == "Organization":
        return compare_organizations(a.name, b.name, known=(a.gazetteer, b.gazetteer))
    if a.kind == "Thing":
        return compare_things(a.name, b.name)
    return compare_persons(a.name, b.name, listed_once=(a.gazetteer is None) != (b.gazetteer is None))


_KEYS = {"Person": person_keys, "Organization": organization_keys, "Place": place_keys, "Thing": thing_keys}
