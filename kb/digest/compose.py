"""Days and sentences together: the most important day chooses first, and no two entries tell one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from statistics import median

from kb.digest import alone, days, sentences
from kb.digest.material import Article, Day, Digest, Entry, Material, Sentence
from kb.digest.words import Rarity, Vector, centre, ordinary, overlap, own_rarity, texts_of, vector
from kb.rarity import cosine
from kb.shown.day_spans import ordinal

ALIKE, ALIKE_APART = 0.5, 0.6  # share of words from which on two sentences tell the same, of one day and of two
ALIKE_EVENT = 0.3  # the same where both are about one event, of which two parts may have little in common
AS_GOOD = 3  # places among which the entry of an article that has told nothing of the day comes first
NEAR = 3  # days within which entries are compared by their words
MAIN = 0.5  # salience from which on an event is what a sentence is about
FURTHER = 8  # sentences kept for a day
LEAST_WEIGHT, LEAST_RELEVANCE = 0.4, 0.5  # what an article, a sentence counts that has nothing to do with the story
OPENING = 3  # sentences of an article that say what it is about

Progress = Callable[[int, int], None]


def compose(
    material: Material,
    *,
    rarity: Rarity | None = None,
    within: tuple[str | None, str | None] = (None, None),
    most: int | None = None,
    progress: Progress | None = None,
) -> Digest:
    """The days of a story with their sentences, in the order of time.

    Arguments: material; rarity, how rare a word is, by default as the material's own sentences tell; within, the first
    and the last ISO day asked for; most, how many days are wanted, None for every one; progress, called with the days
    done and their number.
    """
    material = _proper(material)
    seen = _Words(material, rarity or own_rarity(texts_of(material)))
    shared = sentences.shares(material, days.lag(material), seen.vector)
    pools = sentences.pools(material, shared)

    @cache
    def heart(day: str) -> Vector:
        return sentences.heart(pools.get(day, ()), seen.vector)

    found = days.importance(material, seen.weights(), sentences.news(material, shared), seen.relevance)
    low, high = within[0] or "", within[1] or "9999-12-31"
    whole = sum(low <= day <= high for day in found)
    order = days.in_order(found, lambda one, other: cosine(heart(one), heart(other)))
    taken = _Taken({article.id: article for article in material.articles})
    told: list[Day] = []
    for number, (day, value) in enumerate(each for each in order if low <= each[0] <= high):
        if most is not None and len(told) >= most:
            break
        best = sentences.ranked(pools.get(day, ()), heart(day), seen.vector, seen.story, alone.grade)
        entries = taken.entries(day, best)
        if entries:
            told.append(Day(day, round(value, 4), entries))
        if progress:
            progress(number + 1, whole)
    return Digest(tuple(sorted(told, key=lambda day: day.date)), len(material.articles))


def _proper(material: Material) -> Material:
    """The material with each sentence cut to its own words, and without the dates that stood before them."""
    titles = {article.id: article.title for article in material.articles}
    common = ordinary(material)
    cut = []
    for sentence in material.sentences:
        text = alone.proper(sentence.text, titles.get(sentence.article, ""), common)
        lost = alone.dateline(sentence.text)
        gone = len(sentence.text) - len(text)
        named = tuple((day, max(0, start - gone)) for day, start in sentence.named if start >= lost)
        cut.append(replace(sentence, text=text, named=named))
    return Material(material.articles, tuple(cut))


class _Words:
    """What is reckoned of the sentences' words, each when it is first asked for."""

    def __init__(self, material: Material, rarity: Rarity) -> None:
        self._rarity = rarity
        self._vectors: dict[str, Vector] = {}
        self._openings: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sorted(material.sentences, key=lambda each: (each.article, each.seq)):
            if sentence.seq < OPENING:
                self._openings[sentence.article].append(sentence)
        self.story = centre((self.vector(each), 1.0) for some in self._openings.values() for each in some)

        near = sorted(cosine(self.vector(each), self.story) for some in self._openings.values() for each in some)
        self._high = (near[len(near) * 3 // 4] if near else 0.0) or 1.0

    def vector(self, sentence: Sentence) -> Vector:
        found = self._vectors.get(sentence.id)
        if found is None:
            found = self._vectors[sentence.id] = vector(sentence.text, self._rarity)
        return found

    def relevance(self, sentence: Sentence) -> float:
        """How much a sentence has to do with the story, beside the sentences that open its articles."""
        return LEAST_RELEVANCE + (1 - LEAST_RELEVANCE) * min(
            1.0, cosine(self.vector(sentence), self.story) / self._high
        )

    def weights(self) -> dict[str, float]:
        """For each article how much its opening has to do with the story, beside the article in the middle."""
        near = {
            article: cosine(centre((self.vector(each), 1.0) for each in some), self.story)
            for article, some in self._openings.items()
        }
        middle = median(near.values()) if near else 0.0
        return {
            article: LEAST_WEIGHT + (1 - LEAST_WEIGHT) * min(1.0, value / middle if middle else 1.0)
            for article, value in near.items()
        }


class _Taken:
    """The entries that were taken, against which the next are compared."""

    def __init__(self, articles: dict[str, Article]) -> None:
        self._articles = articles
        self._events: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._told: set[frozenset[str]] = set()
        self._bags: dict[int, list[frozenset[str]]] = defaultdict(list)

    def entries(self, day: str, best: Iterable[Sentence]) -> tuple[Entry, ...]:
        """Of a day's sentences, best first, those that tell what no other entry does."""
        number = ordinal(day) or 0
        near = [bag for apart in range(-NEAR, NEAR + 1) for bag in self._bags.get(number + apart, ())]
        here: list[frozenset[str]] = []
        found: list[Entry] = []
        for sentence in best:
            if len(found) == FURTHER:
                break
            bag, main = sentences.bag(sentence.text), _main(sentence, day)
            if found and sentences.main_day(sentence) not in (None, day):
                continue
            if bag in self._told or any(overlap(bag, other) >= ALIKE for other in here):
                continue
            if any(overlap(bag, other) >= ALIKE_EVENT for event in main for other in self._events.get(event, ())):
                continue
            if any(overlap(bag, other) >= ALIKE_APART for other in near):
                continue
            here.append(bag)
            self._told.add(bag)
            self._bags[number].append(bag)
            for event in main:
                self._events[event].append(bag)
            found.append(self._entry(sentence))
        return tuple(_mixed(found))

    def _entry(self, sentence: Sentence) -> Entry:
        events = {event.id: event for event in sorted(sentence.events, key=lambda event: (event.id, event.day or ""))}
        best = tuple(sorted(events.values(), key=lambda event: (-event.salience, event.id)))
        return Entry(sentence.text, self._articles[sentence.article], sentence.id, best)


def _mixed(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of a day in their order, but an article that has not been heard goes before one that has, if as good."""
    left, heard = list(entries), set[str]()
    while left:
        fresh = (place for place, entry in enumerate(left[:AS_GOOD]) if entry.article.id not in heard)
        entry = left.pop(next(fresh, 0))
        heard.add(entry.article.id)
        yield entry


def _main(sentence: Sentence, day: str) -> set[str]:
    """The events that a sentence is about, where it tells them of this day."""
    return {event.id for event in sentence.events if event.salience >= MAIN and event.day == day}
