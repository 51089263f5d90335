"""What the graph is asked: one file a subject, each question's Cypher beside its row and its function.

    from kb import ask

    with open_store(role="reader") as store:
        for event in ask.timeline(store, earliest="2022-02-24", limit=50):
            print(event.when, event.title)

Every question takes the open graph, or a `Past`: the graph as it was recorded at a moment. What was withdrawn or merged
away is not shown. Each raises StoreError.
"""

from kb.ask.articles import article, articles
from kb.ask.claims import claim, claim_days, claims
from kb.ask.digest import called, digest
from kb.ask.disputes import disputes_of_event, links_of_claims, stances
from kb.ask.entity import entities, entity
from kb.ask.event import event
from kb.ask.identity import canonical, decision_rows, merged_from, suggestions, tellings
from kb.ask.network import network
from kb.ask.past import Graph, Past
from kb.ask.schema_words import schema_words
from kb.ask.search import search
from kb.ask.timeline import count_timeline, density, facets, overview, timeline, undated
from kb.ask.why import why

__all__ = ["Graph", "Past", "article", "articles", "called", "canonical", "claim", "claim_days", "claims",
           "count_timeline", "decision_rows", "density", "digest", "disputes_of_event", "entities", "entity", "event",
           "facets", "links_of_claims", "merged_from", "network", "overview", "schema_words", "search", "stances",
           "suggestions", "tellings", "timeline", "undated", "why"]  # fmt: skip
