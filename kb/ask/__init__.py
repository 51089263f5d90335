"""What the graph is asked: one file a subject, each question's Cypher beside its row and its function.

    from kb import ask

    with open_store(role="reader") as store:
        for event in ask.timeline(store, earliest="2022-02-24", limit=50):
            print(event.when, event.title)

Every question takes the open graph, or a `Present`, which knows its counts and what was answered since it last changed;
most take a `Past` as well: the graph as it was recorded at a moment. What was withdrawn or merged away is not shown.
Each raises StoreError.
"""

from kb.ask.articles import article, articles, publishers
from kb.ask.claims import (
    ClaimFilter,
    claim,
    claim_days,
    claim_page,
    claims,
    count_claims,
    disputes_of_event,
    first_to_say,
    links_of_claims,
    speakers,
    spoken_of,
    stances,
)
from kb.ask.digest import called, digest
from kb.ask.entity import entities, entity
from kb.ask.event import event
from kb.ask.identity import (
    canonical,
    decision_rows,
    merged_from,
    suggestions,
    tellings,
    with_sentences,
)
from kb.ask.kept.chronology import chronology
from kb.ask.kept.lanes import beside
from kb.ask.kept.present import Now, Present
from kb.ask.kept.screen import Screen, screen
from kb.ask.network import behind, connection, network
from kb.ask.past import Graph, Past
from kb.ask.places import places
from kb.ask.schema_words import schema_words
from kb.ask.search import search, search_by_meaning
from kb.ask.timeline import count_timeline, density, facets, opening, overview, spread, timeline, undated
from kb.ask.why import why

__all__ = ["ClaimFilter", "Graph", "Now", "Past", "Present", "Screen", "article", "articles", "behind", "beside",
           "called", "canonical", "chronology", "claim", "claim_days", "claim_page", "claims", "connection",
           "count_claims", "count_timeline", "decision_rows", "density", "digest", "disputes_of_event", "entities",
           "entity", "event", "facets", "first_to_say", "links_of_claims", "merged_from",
           "network", "opening", "overview", "places", "publishers", "schema_words", "screen", "search",
           "search_by_meaning", "speakers", "spoken_of", "spread", "stances", "suggestions", "tellings", "timeline",
           "undated", "why", "with_sentences"]  # fmt: skip
