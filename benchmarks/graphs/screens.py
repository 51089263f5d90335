"""Every question that a screen asks of the graph, as the screen asks it, by "screen: question"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kb import ask, checks
from kb.ask.kept.present import Present, counts_of
from kb.ask.network import NETWORK_KINDS
from kb.counted import FOREGROUND
from kb.store import Store

BARS, UNDATED, CLAIMS, PAIRS, QUOTED, NODES, ARTICLES = 300, 60, 40, 300, 10, 150, 40  # what the pages take at once
SHOWN: dict[str, Any] = {"min_salience": FOREGROUND}  # what the timeline page asks for before anybody chooses anything

USUAL = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL
RETURN e.id AS id, e.earliest AS day ORDER BY abs(e.reports - $reports), id LIMIT 1"""

MOST_TOLD = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.reports IS NOT NULL
RETURN e.id AS id ORDER BY e.reports DESC, id LIMIT 1"""

NAMED = """MATCH (a:Article)-[:NAMES]->(x:Person) WHERE x.expiredAt IS NULL
WITH x, count(a) AS articles WHERE articles = $articles RETURN x.id AS id ORDER BY id LIMIT 1"""

MOST_NAMED = """MATCH (a:Article)-[:NAMES]->(x:Person) WHERE x.expiredAt IS NULL
WITH x, count(a) AS articles RETURN x.id AS id ORDER BY articles DESC, id LIMIT 1"""

AN_ARTICLE = "MATCH (a:Article) RETURN a.id AS id ORDER BY id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the questions are asked of, alike at each size: an event that three sentences tell and the one told most, a
    month with that event, a person whom four articles name and the one named most, a claim, an article.
    """

    event: str
    most_told: str
    month: tuple[str, str]
    person: str
    most_named: str
    claim: str
    article: str


def sample(store: Store) -> Sample:
    """Choose what the questions are asked of. Raises: StoreError."""
    event = store.run(USUAL, reports=3)[0]

    def one(cypher: str, **params: Any) -> str:
        return str(next(iter(store.run(cypher, **params)), {"id": "none"})["id"])

    claimed = store.run(
        "MATCH (e:Event)<-[:ABOUT]-(c:Claim) WHERE c.expiredAt IS NULL RETURN c.id AS id ORDER BY id LIMIT 1"
    )
    return Sample(
        event=event["id"], most_told=one(MOST_TOLD), month=(f"{event['day'][:7]}-01", f"{event['day'][:7]}-31"),
        person=one(NAMED, articles=4), most_named=one(MOST_NAMED), claim=str(claimed[0]["id"]), article=one(AN_ARTICLE),
    )  # fmt: skip


def _panel(now: Present, event: str) -> None:
    """All that the panel of an event asks."""
    ask.event(now, event)
    ask.why(now.store, event)
    checks.of_event(now.store, event)
    ask.merged_from(now, event)
    ask.disputes_of_event(now, event)


def _card(now: Present, id: str) -> None:
    """All that the card of a name asks."""
    ask.entity(now, id)
    ask.merged_from(now, id)


def _month(one: Sample) -> dict[str, Any]:
    return {**SHOWN, "earliest": one.month[0], "latest": one.month[1]}


def _claims(now: Present) -> None:
    """All that the claims page asks of the claims that it shows."""
    found = ask.claim_page(now, ask.ClaimFilter(), newest_first=True, limit=CLAIMS).rows
    ids = [claim.id for claim in found]
    ask.stances(now, sorted({event.id for claim in found for event in claim.about_events}))
    ask.links_of_claims(now, ids)
    ask.first_to_say(now, ids)


def _suggestions(now: Present) -> None:
    """What the Review page asks: all pairs, and sentences for the first."""
    ask.with_sentences(now, ask.suggestions(now, PAIRS, quoted=False)[:QUOTED])


def _around(now: Present, **centre: str) -> Any:
    return ask.network(now, limit=NODES, kinds=(*NETWORK_KINDS, "Claim"), **centre)


Question = Callable[[Present, Sample], Any]

# Of one that the graph was asked before: its counts are known, its answers are not.
_ASKED: Mapping[str, Question] = {
    "timeline: overview and facets": lambda now, _: ask.opening(now),
    "timeline: 300 events": lambda now, _: ask.timeline(now, limit=BARS, **SHOWN),
    "timeline: a month's events": lambda now, one: ask.timeline(now, limit=BARS, **_month(one)),
    "timeline: publishers and tags": lambda now, one: ask.beside(now, [one.event]),
    "timeline: a person's events": lambda now, one: ask.timeline(now, limit=BARS, entity=one.person, **SHOWN),
    "timeline: count and density": lambda now, _: ask.spread(now, **SHOWN),
    "timeline: a month's count": lambda now, one: ask.spread(now, **_month(one)),
    "timeline: undated": lambda now, _: ask.undated(now, limit=UNDATED, **SHOWN),
    "timeline: events and undated": lambda now, _: ask.screen(now, limit=BARS, most_undated=UNDATED, **SHOWN),
    "timeline: text search": lambda now, _: ask.timeline(now, limit=BARS, text="treaty"),
    "chronology: first page": lambda now, _: ask.chronology(now, **SHOWN),
    "chronology: a page far on": lambda now, one: ask.chronology(now, after=(one.month[0], ""), **SHOWN),
    "event: panel": lambda now, one: _panel(now, one.event),
    "event: panel of the most told": lambda now, one: _panel(now, one.most_told),
    "name: card": lambda now, one: _card(now, one.person),
    "name: card of the most named": lambda now, one: _card(now, one.most_named),
    "network: 150 nodes": lambda now, _: ask.network(now, limit=NODES),
    "network: around an event": lambda now, one: _around(now, event=one.event),
    "network: around a person": lambda now, one: _around(now, entity=one.person),
    "network: a claim": lambda now, one: ask.claim(now, one.claim),
    "network: behind a line": lambda now, one: ask.behind(now, one.person, one.most_named),
    "network: a connection": lambda now, one: ask.connection(now, one.person, one.most_named),
    "map: places": lambda now, _: ask.places(now, **SHOWN),
    "map: a month's places": lambda now, one: ask.places(now, **_month(one)),
    "claims: claims": lambda now, _: _claims(now),
    "claims: speakers": lambda now, _: ask.entities(now, limit=500),
    "claims: days": lambda now, _: ask.claim_days(now),
    "claims: by happening": lambda now, _: ask.claim_page(now, ask.ClaimFilter(), order="happened", limit=CLAIMS),
    "claims: a month's speakers": lambda now, one: ask.speakers(
        now, ask.ClaimFilter(said_from=one.month[0], said_to=one.month[1])
    ),
    "claims: text search": lambda now, _: ask.claims(now, limit=CLAIMS, text="treaty"),
    "articles: list": lambda now, _: ask.articles(now, limit=ARTICLES),
    "articles: one": lambda now, one: ask.article(now, one.article),
    "review: suggestions": lambda now, _: _suggestions(now),
    "review: decisions": lambda now, _: ask.decision_rows(now, limit=PAIRS),
    "cypher: schema words": lambda now, _: ask.schema_words(now),
    "check: doubts": lambda now, _: checks.check(now.store, limit=100),
    "digest: 40 days": lambda now, _: ask.digest(now, most=40),
}


def _present(question: Question) -> Callable[[Store, Sample], Any]:
    return lambda store, one: question(Present(store), one)


QUESTIONS: Mapping[str, Callable[[Store, Sample], Any]] = {
    "every screen: whether anything changed": lambda store, _: Present(store),
    "every screen: all counts, after a change": lambda store, _: counts_of(store),
    **{name: _present(question) for name, question in _ASKED.items()},
}
"""Each question as its screen asks it; what a screen asks together of one thing is one question."""
