"""Which articles may tell one story: those of about one time that share the most of their rarest words and names.

An article that looks back is of another time, but gives the day: two that tell a deed of one day in words of one kind
are comparable whenever they were published.

Each article is compared with a few, however many there are: with those that are among its nearest, and those that have
it among theirs. Who is near whom depends on the articles alone, never on the order in which they came.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest, nsmallest
from itertools import chain

from ingest.matching.ids import digest
from ingest.matching.stories.akin import kinds
from ingest.matching.stories.profile import StoryProfile
from kb.rarity import cosine, rarity

NEAREST = 15  # articles with which one is compared
SHARED = 2  # keys that two comparable articles have in common
STORY = 0.12  # nearness from which on two articles tell one story
_RAREST = {"words": 15, "names": 8}
_DEED = 3  # rarest words of a deed under which an article that tells its day lies

Pair = tuple[str, str]


def story_keys(profile: StoryProfile) -> frozenset[str]:
    """The ids of the keys under which an article lies: its rarest words and names with the month, its dated deeds."""
    return frozenset(chain(_keys(profile, [_month(profile)]), _deeds(profile)))


def keys_to_search(profile: StoryProfile) -> frozenset[str]:
    """The ids of the keys under which what is comparable lies: those of the months before and after as well."""
    month = _month(profile)
    months: list[int | None] = [None] if month is None else [month - 1, month, month + 1]
    return frozenset(chain(_keys(profile, months), _deeds(profile)))


def comparable(one: StoryProfile, other: StoryProfile) -> int:
    """How many keys two articles share that lie a month apart at most; 0 where they are too few to compare them."""
    shared = len(keys_to_search(one) & story_keys(other))
    return shared if shared >= SHARED else 0


def nearness(one: StoryProfile, other: StoryProfile) -> float:
    """How near two articles are, 0 to 1: the mean of the cosines of their words and of their names (TF-IDF)."""
    return round((cosine(one.words, other.words) + cosine(one.names, other.names)) / 2, 4)


def nearest(shared: Mapping[str, int]) -> list[str]:
    """Those of an article's comparable articles that are its nearest, by how many keys they share; ties by least id."""
    return nsmallest(NEAREST, shared, key=lambda id: (-shared[id], id))


def near_pairs(profiles: Iterable[StoryProfile]) -> dict[Pair, float]:
    """All pairs of articles that are compared, with their nearness, the least id first."""
    known = {profile.article: profile for profile in profiles}
    rooms: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        for key in story_keys(known[id]):
            rooms[key].append(id)
    shared: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for id, profile in known.items():
        for key in keys_to_search(profile):
            for other in rooms.get(key, ()):
                if other != id:
                    shared[id][other] += 1
    pairs = {(min(id, other), max(id, other)) for id, counts in shared.items()
             for other in nearest({o: n for o, n in counts.items() if n >= SHARED})}  # fmt: skip
    return {pair: nearness(known[pair[0]], known[pair[1]]) for pair in sorted(pairs)}


def _keys(profile: StoryProfile, months: list[int | None]) -> Iterable[str]:
    for kind, most in _RAREST.items():
        words: Mapping[str, float] = getattr(profile, kind)
        for word, _ in nlargest(most, words.items(), key=lambda item: (item[1], item[0])):
            yield from (digest("story", kind, word, month) for month in months)


def _deeds(profile: StoryProfile) -> Iterator[str]:
    """A key for each of the rarest words of what happened on a day, and can happen again, with its kind.

    What happens once is found by its arguments: under a key, the day of an invasion would make all articles comparable.
    """
    for told in profile.tellings:
        if told.first is not None and told.first == told.last and not (told.room or told.once or told.saying):
            for word in nsmallest(_DEED, told.words, key=lambda word: (-rarity(word), word)):
                yield from (digest("deed", kind, word, told.first) for kind in sorted(kinds(told.lemma)))


def _month(profile: StoryProfile) -> int | None:
    if profile.published is None:
        return None
    day = dt.date.fromordinal(profile.published)
    return day.year * 12 + day.month
