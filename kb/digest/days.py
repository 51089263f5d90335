"""How important each day of a story is.

The measure is how often the day comes up: on how many days something is published that names it. Each publication day
has one vote, and more for many articles only by the logarithm, so that a day of loud news does not drown one that is
remembered. To it come, as logarithms, the articles that date an event to the day, and those that name it two weeks
later or more. That is held against how often the day can have come up: what lies before a time of many articles has
more chances to be named than what lies before silence. Where nothing that was published then or later says anything of
a day, it was only foretold and counts half; and a day counts less as far as the one before, if that matters more, was
told in the same words.

An article that names neither its day of publication nor the day before at its beginning still brings news of one of
them. Which of the two is taken from the articles that do say (`lag`), and from what others say that name these days
(`kb.digest.sentences.news`). Whatever an article says counts less where its
beginning, or the sentence that names the day, has little to do with the story, and a date in a dateline counts not at
all.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from kb.digest.material import Article, Material, Sentence
from kb.shown.day_spans import ordinal

FIRST = 5  # sentences at the beginning of an article, which bring its news
OTHERS, TOLD, LATER = 1.0, 0.25, 0.25  # weights of the logarithms
MEMORY = 14  # days after which a day that is named is remembered
SPREAD = 60.0  # standard deviation, in days, of the bell by which later publication days count as chances
USUAL = 20.0  # chances that are added to those of every day, so that few articles do not make a day great
FORETOLD = 0.5  # what a day counts that only articles before it speak of
ECHO = 0.5  # how much of a day's weight goes where it is told in the words of the day before
_UNKNOWN = -1  # the publication day of articles that have none

Votes = dict[str, dict[int, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Lag:
    """Which share of the news in these articles is of the day of publication, and which of the day before."""

    same: float
    before: float

    def of(self, days: int) -> float:
        """The share of the news that is so many days old."""
        return (self.same, self.before)[days] if days in (0, 1) else 0.0


def lag(material: Material) -> Lag:
    """How old the news of these articles is, by the sentences that name their day of publication or the day before.

    Where few do, it is of the day of publication, as `kb.shown.news_day` says: that has two votes beforehand, the other
    one.
    """
    published = {article.id: ordinal(article.published) for article in material.articles}
    counts: Counter[int] = Counter()
    for sentence in material.sentences:
        for day in {day for day, _ in sentence.named}:
            there, named = published.get(sentence.article), ordinal(day)
            if there is not None and named is not None:
                counts[there - named] += 1
    whole = counts[0] + counts[1] + 3
    return Lag((counts[0] + 2) / whole, (counts[1] + 1) / whole)


def importance(
    material: Material,
    weights: Mapping[str, float],
    news: Mapping[str, Mapping[str, float]],
    relevance: Callable[[Sentence], float] = lambda _: 1.0,
) -> dict[str, float]:
    """Every day that anything is said of, with how important it is.

    Arguments: material, without dates that stand in a dateline; weights, for each article how much it has to do with
    the story, 0 to 1; news, for each article whose beginning names no day what speaks for each day; relevance, how much
    a sentence has to do with the story, 0 to 1.
    """
    articles = {article.id: article for article in material.articles}
    votes = _votes(material, articles, weights, news, relevance)
    told: dict[str, set[str]] = defaultdict(set)
    known: set[str] = set()
    for sentence in material.sentences:
        for event in sentence.events:
            if event.day and event.asserted and sentence.article in articles:
                article = articles[sentence.article]
                told[event.day].add(article.witness)
                if article.published and article.published >= event.day:
                    known.add(event.day)
    share = _share_of_chances({number for article in material.articles if (number := ordinal(article.published))})
    found = {}
    for day in sorted(votes.keys() | told):
        number = ordinal(day) or 0
        happened = day in known or any(when == _UNKNOWN or when >= number for when in votes.get(day, ()))
        weight = share(number) * (1.0 if happened else FORETOLD)
        found[day] = weight * _importance(number, votes.get(day, {}), told.get(day, set()))
    return found


def in_order(found: Mapping[str, float], alike: Callable[[str, str], float]) -> Iterator[tuple[str, float]]:
    """The days, the most important first, each with its importance without what it owes to the day before.

    A day owes something to the one before where that is the more important. As nothing is ever added, days are compared
    only when their turn comes.

    Arguments: found, as `importance` gives it; alike, of two days how alike they are told, 0 to 1.
    """
    days = {ordinal(day): day for day in found}
    waiting = [(-value, day, False) for day, value in found.items()]
    heapify(waiting)
    while waiting:
        value, day, settled = heappop(waiting)
        before = days.get((ordinal(day) or 0) - 1)
        if settled or before is None or found[before] <= found[day]:
            yield day, -value
        else:
            heappush(waiting, (value * (1 - ECHO * alike(before, day)), day, True))


def _share_of_chances(published: Collection[int]) -> Callable[[int], float]:
    """For a day (an ordinal) what each mention counts, 0 to 1: less, the more is published soon after.

    Rule: u / (u + c), where c sums exp(-(d/s)^2 / 2) over the publication days that come d days later, four s at most;
    u is USUAL, s is SPREAD. So it is a rate with a prior, as one estimates a share from few trials. What lies before
    the first article, such as another war that is called to mind, has the chances of that article's day.
    """
    order = sorted(published)
    first = order[0] if order else 0

    def share(day: int) -> float:
        day = max(day, first)
        soon = order[bisect_left(order, day) : bisect_right(order, day + round(4 * SPREAD))]
        return USUAL / (USUAL + math.fsum(math.exp(-(((when - day) / SPREAD) ** 2) / 2) for when in soon))

    return share


def _votes(
    material: Material,
    articles: Mapping[str, Article],
    weights: Mapping[str, float],
    news: Mapping[str, Mapping[str, float]],
    relevance: Callable[[Sentence], float],
) -> Votes:
    """For each day the publication days that speak for it, with the witnesses of each and how much they say."""
    votes: Votes = defaultdict(lambda: defaultdict(dict))
    dated: dict[str, set[int]] = defaultdict(set)
    for sentence in material.sentences:
        article = articles.get(sentence.article)
        for day in sorted({day for day, _ in sentence.named}):
            number = ordinal(day)
            if article is None or number is None:
                continue
            _vote(votes, day, article, weights.get(article.id, 1.0) * relevance(sentence))
            if sentence.seq < FIRST:
                dated[article.id].add(number)
    for article in material.articles:
        there = ordinal(article.published)
        if there is not None and not dated[article.id] & {there, there - 1}:
            for day, share in sorted(news.get(article.id, {}).items()):
                _vote(votes, day, article, share * weights.get(article.id, 1.0))
    return votes


def _vote(votes: Votes, day: str, article: Article, weight: float) -> None:
    there = ordinal(article.published)
    witnesses = votes[day][_UNKNOWN if there is None else there]
    witnesses[article.witness] = max(witnesses.get(article.witness, 0.0), weight)


def _importance(number: int, votes: Mapping[int, Mapping[str, float]], told: set[str]) -> float:
    found = 0.0
    for published in sorted(votes):
        strongest, *others = sorted(votes[published].values(), reverse=True)
        found += strongest + OTHERS * math.log1p(sum(others))
    later = {witness for published, who in votes.items() if published >= number + MEMORY for witness in who}
    return found + TOLD * math.log1p(len(told)) + LATER * math.log1p(len(later))
