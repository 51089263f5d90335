"""The same as ingest.settle does in the graph, for profiles in memory: blocks, judgements, clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import TypeVar

from ingest.aliases import NO_ALIASES, AliasTable
from ingest.matching.clusters import Edge, Ruling, clusters
from ingest.matching.entities import compare_entities, entity_blocks
from ingest.matching.events import compare_events, event_blocks
from ingest.matching.profiles import EntityProfile, EventProfile, Judgement

P = TypeVar("P", EntityProfile, EventProfile)


def canonical_ids(
    profiles: Iterable[EntityProfile | EventProfile],
    rulings: Iterable[Ruling] = (),
    aliases: AliasTable = NO_ALIASES,
) -> dict[str, str]:
    """The canonical id of each profile's id, all taken together.

    Arguments: the profiles; what humans ruled on them; a table of other names.
    """
    ruled = tuple(rulings)
    known = {profile.id: profile for profile in profiles}
    entities = {id: p for id, p in known.items() if isinstance(p, EntityProfile)}
    events = {id: p for id, p in known.items() if isinstance(p, EventProfile)}
    found = _clustered(
        entities, lambda p: entity_blocks(p, aliases), lambda a, b: compare_entities(a, b, aliases), ruled
    )

    def canon(entity: str) -> str:
        return found.get(entity, entity)

    return found | _clustered(events, lambda p: event_blocks(p, canon), lambda a, b: compare_events(a, b, canon), ruled)


def _clustered(
    profiles: Mapping[str, P],
    blocks: Callable[[P], frozenset[str]],
    compare: Callable[[P, P], Judgement | None],
    rulings: Iterable[Ruling],
) -> dict[str, str]:
    rooms: dict[str, set[str]] = defaultdict(set)
    for id, profile in profiles.items():
        for key in blocks(profile):
            rooms[key].add(id)
    pairs = {pair for ids in rooms.values() for pair in combinations(sorted(ids), 2)}
    edges = []
    for one, other in sorted(pairs):
        judgement = compare(profiles[one], profiles[other])
        if judgement:
            edges.append(Edge(one, other, judgement.verdict, round(judgement.score, 4)))
    return clusters(profiles, edges, rulings)
