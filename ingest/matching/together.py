"""The same as ingest.graph.merge does in the graph, for profiles in memory: blocks, judgements, clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from ingest.matching.aliases import NO_ALIASES, AliasTable
from ingest.matching.clusters import Edge, Pair, Ruling, clusters
from ingest.matching.entities import compare_entities, entity_blocks
from ingest.matching.events import compare_events, event_blocks
from ingest.matching.profiles import EntityProfile, EventProfile, Judgement
from ingest.matching.stories import STORY, StoryProfile, compare_tellings, compared_apart, near_pairs

P = TypeVar("P", EntityProfile, EventProfile)


@dataclass(frozen=True, slots=True)
class Settled:
    """What comparing gives, by id: the canonical id and the blocks of each profile; what each two say of each other."""

    canonical: Mapping[str, str]
    blocks: Mapping[str, frozenset[str]]
    judged: Mapping[tuple[str, str], Judgement]


def canonical_ids(
    profiles: Iterable[EntityProfile | EventProfile],
    rulings: Iterable[Ruling] = (),
    aliases: AliasTable = NO_ALIASES,
    stories: Iterable[StoryProfile] = (),
) -> dict[str, str]:
    """The canonical id of each profile's id, all taken together; arguments as `settled`."""
    entities, events = settled(profiles, rulings, aliases, stories)
    return {**entities.canonical, **events.canonical}


def settled(
    profiles: Iterable[EntityProfile | EventProfile],
    rulings: Iterable[Ruling] = (),
    aliases: AliasTable = NO_ALIASES,
    stories: Iterable[StoryProfile] = (),
) -> tuple[Settled, Settled]:
    """Compare and cluster all profiles, entities first, then events.

    Arguments: the profiles; what humans ruled on them; a table of other names; the articles, as those of one story are
    compared.
    """
    ruled = tuple(rulings)
    known = {profile.id: profile for profile in profiles}
    entities = {id: p for id, p in known.items() if isinstance(p, EntityProfile)}
    events = {id: p for id, p in known.items() if isinstance(p, EventProfile)}
    found = _settled(entities, lambda p: entity_blocks(p, aliases), lambda a, b: compare_entities(a, b, aliases), ruled)

    def canon(entity: str) -> str:
        return found.canonical.get(entity, entity)

    likely = _likelihoods({profile.article: profile for profile in stories}, events)
    return found, _settled(
        events, lambda p: event_blocks(p, canon), lambda a, b: compare_events(a, b, canon), ruled, likely
    )


def _likelihoods(stories: Mapping[str, StoryProfile], events: Mapping[str, EventProfile]) -> dict[Pair, float]:
    """How likely any two events are one that two near articles tell, the least id first."""
    pairs = near_pairs(stories.values())
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
    found = compared_apart(events.values(), near)
    for (one, other), nearness in pairs.items():
        for told in compare_tellings(stories[one], stories[other], nearness) if nearness >= STORY else ():
            if told.judgement:
                pair = (min(told.one, told.other), max(told.one, told.other))
                found[pair] = max(told.judgement.score, found.get(pair, 0.0))
    return found


def _settled(
    profiles: Mapping[str, P],
    blocks: Callable[[P], frozenset[str]],
    compare: Callable[[P, P], Judgement | None],
    rulings: Iterable[Ruling],
    likely: Mapping[Pair, float] = {},
) -> Settled:
    keys = {id: blocks(profile) for id, profile in profiles.items()}
    rooms: dict[str, set[str]] = defaultdict(set)
    for id, listed in keys.items():
        for key in listed:
            rooms[key].add(id)
    pairs = {pair for ids in rooms.values() for pair in combinations(sorted(ids), 2)}
    judged = {(one, other): judgement for one, other in sorted(pairs)
              if (judgement := compare(profiles[one], profiles[other]))}  # fmt: skip
    edges = [Edge(*pair, judgement.verdict, round(judgement.score, 4)) for pair, judgement in judged.items()]
    return Settled(clusters(profiles, edges, rulings, likely), keys, judged)
