"""Every question that a screen asks of the graph, as the screen asks it, by "screen: question"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kb import ask, checks
from kb.ask.network import NETWORK_KINDS
from kb.ask.timeline import FOREGROUND
from kb.store import Store

BARS, UNDATED, CLAIMS, PAIRS, NODES = 300, 60, 301, 300, 150  # what the pages take at once
SHOWN = {"min_salience": FOREGROUND}  # what the timeline page asks for before anybody chooses anything

USUAL = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.reports = $reports AND e.earliest IS NOT NULL
RETURN e.id AS id, e.earliest AS day ORDER BY id LIMIT 1"""

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


def _panel(store: Store, event: str) -> None:
    """All that the panel of an event asks."""
    ask.event(store, event)
    ask.why(store, event)
    checks.of_event(store, event)
    ask.merged_from(store, event)
    ask.disputes_of_event(store, event)


def _card(store: Store, id: str) -> None:
    """All that the card of a name asks."""
    ask.entity(store, id)
    ask.merged_from(store, id)


def _month(one: Sample) -> dict[str, Any]:
    return {**SHOWN, "earliest": one.month[0], "latest": one.month[1]}


def _claims(store: Store) -> None:
    """All that the claims page asks of the claims that it shows."""
    found = ask.claims(store, limit=CLAIMS)
    ask.stances(store, sorted({event.id for claim in found for event in claim.about_events}))
    ask.links_of_claims(store, [claim.id for claim in found])


QUESTIONS: Mapping[str, Callable[[Store, Sample], Any]] = {
    "timeline: overview": lambda store, _: ask.overview(store),
    "timeline: facets": lambda store, _: ask.facets(store),
    "timeline: 300 events": lambda store, _: ask.timeline(store, limit=BARS, **SHOWN),
    "timeline: a month's events": lambda store, one: ask.timeline(store, limit=BARS, **_month(one)),
    "timeline: a person's events": lambda store, one: ask.timeline(store, limit=BARS, entity=one.person, **SHOWN),
    "timeline: count": lambda store, _: ask.count_timeline(store, **SHOWN),
    "timeline: a month's count": lambda store, one: ask.count_timeline(store, **_month(one)),
    "timeline: density": lambda store, _: ask.density(store, **SHOWN),
    "timeline: undated": lambda store, _: ask.undated(store, limit=UNDATED, **SHOWN),
    "timeline: text search": lambda store, _: ask.timeline(store, limit=BARS, text="treaty"),
    "event: panel": lambda store, one: _panel(store, one.event),
    "event: panel of the most told": lambda store, one: _panel(store, one.most_told),
    "name: card": lambda store, one: _card(store, one.person),
    "name: card of the most named": lambda store, one: _card(store, one.most_named),
    "network: 150 nodes": lambda store, _: ask.network(store, limit=NODES),
    "network: around an event": lambda store, one: ask.network(
        store, event=one.event, limit=NODES, kinds=(*NETWORK_KINDS, "Claim")
    ),
    "network: around a person": lambda store, one: ask.network(
        store, entity=one.person, limit=NODES, kinds=(*NETWORK_KINDS, "Claim")
    ),
    "network: a claim": lambda store, one: ask.claim(store, one.claim),
    "claims: claims": lambda store, _: _claims(store),
    "claims: speakers": lambda store, _: ask.entities(store, limit=500),
    "claims: days": lambda store, _: ask.claim_days(store),
    "claims: text search": lambda store, _: ask.claims(store, limit=CLAIMS, text="treaty"),
    "articles: list": lambda store, _: ask.articles(store),
    "articles: one": lambda store, one: ask.article(store, one.article),
    "review: suggestions": lambda store, _: ask.suggestions(store, PAIRS),
    "review: decisions": lambda store, _: ask.decision_rows(store, limit=PAIRS),
    "cypher: schema words": lambda store, _: ask.schema_words(store),
    "check: doubts": lambda store, _: checks.check(store, limit=100),
    "digest: 40 days": lambda store, _: ask.digest(store, most=40),
}
"""Each question as its screen asks it; what a screen asks together of one thing is one question."""
