"""Every query on both engines, against the same facts reckoned in plain Python."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ingest.graph.facts import Facts, Relation
from kb import ask
from kb.ask.examples import EXAMPLES, Example
from kb.ask.network import NETWORK_KINDS
from kb.edtf import Edtf
from kb.models import Claim, Event
from kb.store import Store

ARTICLES = 36


@pytest.fixture(scope="module")
def events(facts: list[Facts]) -> dict[str, Event]:
    return {event.id: event for one in facts for event in one.events}


@pytest.fixture(scope="module")
def relations(facts: list[Facts]) -> list[Relation]:
    return [relation for one in facts for relation in one.relations]


def ends(relations: list[Relation], kind: str) -> set[tuple[str, str]]:
    return {(r.start, r.end) for r in relations if r.type == kind}


@contextmanager
def withdrawn(store: Store, match: str, **found_by: Any) -> Iterator[None]:
    """Withdraw what `match` binds to x, and restore it."""
    assert store.execute(f"{match} SET x.expiredAt = '2025-01-01'", **found_by).properties_set
    try:
        yield
    finally:
        store.execute(f"{match} SET x.expiredAt = null", **found_by)


def test_overview_counts_each_thing_once(chronicle: Store, facts: list[Facts], events: dict[str, Event]) -> None:
    kinds = Counter(entity.kind for entity in {e.id: e for one in facts for e in one.entities}.values())
    dated = [event for event in events.values() if event.earliest]
    found = ask.overview(chronicle)
    assert (found.articles, found.events) == (ARTICLES, len(events))
    assert found.claims == sum(len(one.claims) for one in facts)
    assert (found.people, found.organizations, found.places) == (kinds["Person"], kinds["Organization"], kinds["Place"])
    assert (found.first, found.last) == (min(e.earliest for e in dated), max(e.latest for e in dated))  # type: ignore[type-var]


def _by_entity(id: str) -> Callable[[Event, list[Relation]], bool]:
    return lambda event, relations: (id, event.id) in ends(relations, "PARTICIPATED_IN")


FILTERS: list[tuple[dict[str, Any], Callable[[Event, list[Relation]], bool]]] = [
    ({}, lambda e, r: True),
    ({"earliest": "2020-01-01"}, lambda e, r: (e.latest or "") >= "2020-01-01"),
    ({"latest": "2019-12-31"}, lambda e, r: (e.earliest or "") <= "2019-12-31"),
    ({"earliest": "2021", "latest": "2021-99"}, lambda e, r: (e.latest or "")[:4] >= "2021" >= (e.earliest or "")[:4]),
    ({"type": "attack"}, lambda e, r: e.type == "attack"),
    ({"type": ("attack", "visit")}, lambda e, r: e.type in ("attack", "visit")),
    ({"status": "alleged"}, lambda e, r: e.status == "alleged"),
    ({"min_salience": 0.6}, lambda e, r: e.salience >= 0.6),
    ({"min_confidence": 0.8}, lambda e, r: e.confidence >= 0.8),
    ({"place": "syn-place-1"}, lambda e, r: (e.id, "syn-place-1") in ends(r, "LOCATED_IN")),
    ({"entity": "syn-person-6"}, _by_entity("syn-person-6")),
    ({"entity": "syn-place-1"}, lambda e, r: (e.id, "syn-place-1") in ends(r, "LOCATED_IN")),
    ({"text": "TALKS in"}, lambda e, r: "talks in" in e.title.lower()),
    ({"text": "invitation"}, lambda e, r: e.type == "visit"),
    ({"text": "' OR 1=1 //"}, lambda e, r: False),
    ({"type": "attack", "min_salience": 0.5}, lambda e, r: e.type == "attack" and e.salience >= 0.5),
]


@pytest.mark.parametrize(("filters", "fits"), FILTERS, ids=[str(filters) for filters, _ in FILTERS])
def test_filters_choose_the_same_events_everywhere(
    chronicle: Store,
    events: dict[str, Event],
    relations: list[Relation],
    filters: dict[str, Any],
    fits: Callable[..., bool],
) -> None:
    wanted = {e.id for e in events.values() if e.earliest and fits(e, relations)}
    found = ask.timeline(chronicle, **filters)
    assert {row.id for row in found} == wanted
    assert ask.count_timeline(chronicle, **filters) == len(wanted)
    assert [row.importance for row in found] == sorted((row.importance for row in found), reverse=True)
    assert {row.importance > 0 for row in found} <= {True}


def test_a_limited_timeline_holds_the_most_important(chronicle: Store) -> None:
    whole = ask.timeline(chronicle)
    assert [row.id for row in ask.timeline(chronicle, limit=5)] == [row.id for row in whole[:5]]


def test_a_timeline_row_says_who_where_and_how_often(
    chronicle: Store, relations: list[Relation], facts: list[Facts]
) -> None:
    names = {entity.id: entity for one in facts for entity in one.entities}
    for row in ask.timeline(chronicle):
        who = {names[a] for a, b in ends(relations, "PARTICIPATED_IN") if b == row.id}
        assert row.people == tuple(sorted(x.name for x in who if x.kind == "Person"))
        assert row.organizations == tuple(sorted(x.name for x in who if x.kind == "Organization"))
        assert row.place in {names[b].name for a, b in ends(relations, "LOCATED_IN") if a == row.id}
        assert row.reports == sum(r.type == "REPORTED_IN" and r.start == row.id for r in relations)


def test_events_without_a_year_are_listed_apart(chronicle: Store, events: dict[str, Event]) -> None:
    wanted = {event.id for event in events.values() if not event.earliest}
    assert wanted
    assert {row.id for row in ask.undated(chronicle)} == wanted


def test_density_counts_months_and_leaves_out_what_has_none(chronicle: Store, events: dict[str, Event]) -> None:
    monthly = ("day", "month", "interval")
    wanted = Counter(e.earliest[:7] for e in events.values() if e.earliest and e.precision in monthly)
    assert any(event.precision == "year" for event in events.values())
    assert dict(ask.density(chronicle)) == dict(wanted)
    assert ask.density(chronicle) == sorted(ask.density(chronicle))


def test_an_event_shows_each_sentence_with_its_trigger(
    chronicle: Store, events: dict[str, Event], relations: list[Relation]
) -> None:
    for id in list(events)[:12]:
        detail = ask.event(chronicle, id)
        assert detail is not None
        assert all(report.text[report.start : report.end] == report.trigger for report in detail.reports)
        assert {(p.id, p.role) for p in detail.participants} == {
            (r.start, r.properties["role"]) for r in relations if r.type == "PARTICIPATED_IN" and r.end == id
        }
        given = {
            Edtf(d) for r in relations if r.type == "REPORTED_IN" and r.start == id and (d := r.properties["edtf"])
        }
        assert set(detail.rival_dates) == {one for one in given if not all(one.overlaps(other) for other in given)}


def test_rival_dates_of_some_event_are_shown(chronicle: Store, events: dict[str, Event]) -> None:
    assert any(len(found.rival_dates) > 1 for id in events if (found := ask.event(chronicle, id)))


def test_an_event_carries_the_claims_about_it(
    chronicle: Store, events: dict[str, Event], relations: list[Relation]
) -> None:
    id = next(b for a, b in sorted(ends(relations, "ABOUT")) if b in events)
    detail = ask.event(chronicle, id)
    assert detail is not None
    assert {claim.id for claim in detail.claims_about} == {a for a, b in ends(relations, "ABOUT") if b == id}


def test_what_does_not_exist_is_none(chronicle: Store) -> None:
    assert ask.event(chronicle, "none") is None
    assert ask.article(chronicle, "none") is None
    assert ask.network(chronicle, event="none").nodes == ()


CLAIM_FILTERS: list[tuple[dict[str, Any], Callable[[Claim, set[tuple[str, str, str]]], bool]]] = [
    ({}, lambda c, r: True),
    ({"direct": True}, lambda c, r: c.direct),
    ({"direct": False}, lambda c, r: not c.direct),
    ({"text": "READY to"}, lambda c, r: "ready to" in c.text.lower()),
    ({"speaker": "syn-person-3"}, lambda c, r: ("MADE_BY", c.id, "syn-person-3") in r),
    ({"about": "syn-place-2"}, lambda c, r: ("ABOUT", c.id, "syn-place-2") in r),
    ({"event": "syn-event-3"}, lambda c, r: ("ABOUT", c.id, "syn-event-3") in r),
    ({"made_in": "syn-event-3"}, lambda c, r: ("MADE_IN", c.id, "syn-event-3") in r),
    ({"said_from": "2020-01-01"}, lambda c, r: (c.said_latest or "") >= "2020-01-01"),
    ({"said_to": "2019-12-31"}, lambda c, r: bool(c.said) and (c.said_earliest or "") <= "2019-12-31"),
]


@pytest.mark.parametrize(("filters", "fits"), CLAIM_FILTERS, ids=[str(filters) for filters, _ in CLAIM_FILTERS])
def test_claims_are_found_by_each_filter(
    chronicle: Store, facts: list[Facts], relations: list[Relation], filters: dict[str, Any], fits: Callable[..., bool]
) -> None:
    triples = {(r.type, r.start, r.end) for r in relations}
    wanted = {claim.id for one in facts for claim in one.claims if fits(claim, triples)}
    found = ask.claims(chronicle, **filters)
    assert {claim.id for claim in found} == wanted
    said = [claim.said for claim in found if claim.said]
    assert said == sorted(said), "claims come in the order of saying"
    assert [claim.said for claim in found[: len(said)]] == said, "the undated come last"


def test_a_claim_knows_speaker_subject_sentence_and_article(chronicle: Store, facts: list[Facts]) -> None:
    texts = {one.article.id: one.snapshot.text for one in facts}
    for claim in ask.claims(chronicle):
        assert claim.speaker
        assert claim.speaker.name == claim.speaker_name
        assert [event.kind for event in claim.about_events] == ["Event"]
        assert [place.kind for place in claim.about_entities] == ["Place"]
        assert claim.text in claim.sentence
        assert claim.sentence in texts[claim.article.id]


def test_an_article_is_marked_exactly_where_its_words_are(chronicle: Store, facts: list[Facts]) -> None:
    for one in facts[:6]:
        detail = ask.article(chronicle, one.article.id)
        assert detail is not None
        assert detail.text == one.snapshot.text
        marked = {(h.kind, detail.text[h.start : h.end]) for h in detail.highlights}
        assert {text for kind, text in marked if kind == "time"} == {time.text for time in one.times}
        assert {text for kind, text in marked if kind == "claim"} == {claim.text for claim in one.claims}
        assert {(h.kind, h.id) for h in detail.highlights if h.kind == "event"} == {("event", e.id) for e in one.events}
        mentions = [r.properties for r in one.relations if r.type == "MENTIONS"]
        people = ("person", "organization", "place")
        assert {text for kind, text in marked if kind in people} == {m["text"] for m in mentions}


def test_articles_are_counted_and_those_without_a_date_come_last(chronicle: Store, facts: list[Facts]) -> None:
    found = ask.articles(chronicle, limit=1000).rows
    assert {(row.id, row.events, row.claims) for row in found} == {
        (one.article.id, len(one.events), len(one.claims)) for one in facts
    }
    dates = [row.published or "" for row in found]
    assert dates == sorted(dates, reverse=True)


def test_entities_are_counted(chronicle: Store, relations: list[Relation]) -> None:
    for row in ask.entities(chronicle, "Person"):
        assert row.mentions == sum(r.type == "MENTIONS" and r.end == row.id for r in relations)
        assert row.events == len({b for a, b in ends(relations, "PARTICIPATED_IN") if a == row.id})
        assert row.claims == len({a for a, b in ends(relations, "MADE_BY") if b == row.id})


def test_facets_count_types_and_statuses(chronicle: Store, events: dict[str, Event]) -> None:
    found = ask.facets(chronicle)
    assert dict(found.types) == Counter(event.type for event in events.values())
    assert dict(found.statuses) == Counter(event.status for event in events.values())
    assert {row.kind for row in found.places} == {"Place"}


def test_a_network_has_both_ends_of_every_line(chronicle: Store, relations: list[Relation]) -> None:
    found = ask.network(chronicle, limit=30)
    ids = {node.id for node in found.nodes}
    assert len(ids) == len(found.nodes) <= 30
    assert found.truncated
    known = ends(relations, "PARTICIPATED_IN") | ends(relations, "LOCATED_IN")
    assert found.edges
    assert all({edge.source, edge.target} <= ids and (edge.source, edge.target) in known for edge in found.edges)
    assert {edge.role for edge in found.edges} == {"agent", "patient", "located in"}


def test_the_network_of_an_event_starts_with_it(chronicle: Store, events: dict[str, Event]) -> None:
    for id in list(events)[:5]:
        found = ask.network(chronicle, event=id, limit=25)
        assert found.nodes[0].id == id
        assert len([node for node in found.nodes if node.kind == "Event"]) > 1, (
            "what its participants also took part in"
        )


def test_the_network_of_an_entity_holds_only_its_events(chronicle: Store, relations: list[Relation]) -> None:
    found = ask.network(chronicle, entity="syn-person-6")
    events = {node.id for node in found.nodes if node.kind == "Event"}
    assert events <= {b for a, b in ends(relations, "PARTICIPATED_IN") if a == "syn-person-6"}
    assert events


def test_the_network_around_a_person_holds_what_they_said(chronicle: Store, relations: list[Relation]) -> None:
    found = ask.network(chronicle, entity="syn-person-6", kinds=(*NETWORK_KINDS, "Claim"))
    claims = {node.id for node in found.nodes if node.kind == "Claim"}
    made = {a for a, b in ends(relations, "MADE_BY") if b == "syn-person-6"}
    assert claims
    assert claims <= made
    assert found.claims == len(made)
    lines = {(edge.source, edge.target) for edge in found.edges}
    assert {("syn-person-6", claim) for claim in claims} <= lines
    assert all(any((claim, event) in lines for _, event in ends(relations, "ABOUT")) for claim in claims)


def test_the_network_of_an_event_holds_what_was_said_about_it(chronicle: Store, relations: list[Relation]) -> None:
    event = next(b for _, b in sorted(ends(relations, "ABOUT")) if b.startswith("syn-event"))
    found = ask.network(chronicle, event=event, kinds=("Event", "Person", "Claim"), limit=60)
    claims = {node.id for node in found.nodes if node.kind == "Claim"}
    assert claims == {a for a, b in ends(relations, "ABOUT") if b == event}
    assert {node.kind for node in found.nodes} == {"Event", "Person", "Claim"}


def test_a_claim_by_its_id(chronicle: Store) -> None:
    for row in ask.claims(chronicle, limit=5):
        assert ask.claim(chronicle, row.id) == row
    assert ask.claim(chronicle, "none") is None


def test_schema_words_name_what_the_graph_holds(chronicle: Store) -> None:
    found = ask.schema_words(chronicle)
    assert {"Event", "Claim", "Person", "Passage"} <= set(found.labels)
    assert {"REPORTED_IN", "ABOUT", "MENTIONS", "ANCHORED_TO"} <= set(found.relationship_types)
    assert {"edtf", "trigger", "saidEarliest"} <= set(found.properties)
    assert "" not in found.properties


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_answers_with_rows(chronicle: Store, example: Example) -> None:
    answer = chronicle.table(example.cypher, limit=10)
    assert answer.rows
    assert all(column.isidentifier() for column in answer.columns)


WITHDRAWN = {
    "an event": ("MATCH (x:Event {id: $event})", "event"),
    "a claim": ("MATCH (x:Claim {id: $claim})", "claim"),
    "an article": ("MATCH (x:Article {id: $article})", "article"),
    "a report": ("MATCH (:Event {id: $event})-[x:REPORTED_IN]->()", "report"),
    "a speaker": ("MATCH (:Claim {id: $claim})-[x:MADE_BY]->()", "speaker"),
    "a mention": ("MATCH ()-[x:MENTIONS {articleId: $article}]->()", "mention"),
}


@pytest.mark.parametrize("what", WITHDRAWN)
def test_what_was_withdrawn_is_shown_nowhere(chronicle: Store, facts: list[Facts], what: str) -> None:
    one = facts[0]
    ids = {"event": one.events[0].id, "claim": one.claims[0].id, "article": one.article.id}
    match, _ = WITHDRAWN[what]
    before = _seen(chronicle, ids)
    assert before[what], "it was there before"
    with withdrawn(chronicle, match, **ids):
        assert not _seen(chronicle, ids)[what]
    assert _seen(chronicle, ids) == before


def _seen(store: Store, ids: dict[str, str]) -> dict[str, Any]:
    """What the screens still show of an article, an event and a claim."""
    article, event = ask.article(store, ids["article"]), ask.event(store, ids["event"])
    rows = [*ask.timeline(store), *ask.undated(store)]
    claim = [c for c in ask.claims(store) if c.id == ids["claim"]]
    marks = article.highlights if article else ()
    return {
        "an event": [event is not None, *(r.id for r in rows if r.id == ids["event"])] if event else [],
        "a claim": [c.id for c in claim],
        "an article": [a.id for a in ask.articles(store).rows if a.id == ids["article"]]
        + ([article.meta.id] if article else []),
        "a report": [r.text for r in event.reports] + [h.id for h in marks if h.id == ids["event"]] if event else [],
        "a speaker": [c.speaker.name for c in claim if c.speaker],
        "a mention": [h.label for h in marks if h.kind in ("person", "organization", "place")],
    }


@pytest.mark.parametrize("subject", sorted(found.name for found in pkgutil.iter_modules(ask.__path__)))
def test_a_statement_can_be_pasted_as_it_is(subject: str) -> None:
    for name, text in vars(importlib.import_module(f"kb.ask.{subject}")).items():
        if name.isupper() and not name.startswith("_") and isinstance(text, str):
            assert "{{" not in text
            assert "\t" not in text


def test_events_have_the_publishers_that_tell_them_and_their_tags(
    chronicle: Store, facts: list[Facts], events: dict[str, Event]
) -> None:
    expected: dict[str, set[str]] = {id: set() for id in events}
    for one in facts:
        for event in {r.start for r in one.relations if r.type == "REPORTED_IN"}:
            expected[event] |= {one.article.publisher} - {""}
    found = ask.beside(chronicle, [*events, "event-none"])
    assert {id: set(one.publishers) for id, one in found.items()} == expected
    assert ask.beside(chronicle, []) == {}
    tagged = sorted(events)[0]
    chronicle.execute("MATCH (e:Event {id: $id}) SET e.tags = 'border, aid'", id=tagged)
    try:
        assert ask.beside(chronicle, [tagged])[tagged].tags == ("aid", "border")
    finally:
        chronicle.execute("MATCH (e:Event {id: $id}) SET e.tags = null", id=tagged)
