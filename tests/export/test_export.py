"""Events gathered from a graph on both engines and written out; Cypher makes them anew in an empty graph."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ingest.graph.facts import Facts, Relation
from kb import ask
from kb.ask.past import Past
from kb.export import Exported, gather, write
from kb.store import Settings, Store, kept, open_store
from kb.store.moments import now
from tests import synthetic
from tests.export.samples import EVENTS, SAMPLE

ARTICLES = 24


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    return list(synthetic.facts(ARTICLES))


@pytest.fixture(scope="module")
def relations(facts: list[Facts]) -> list[Relation]:
    return [relation for one in facts for relation in one.relations]


@pytest.fixture(scope="module")
def chronicle(engine: Settings) -> Iterator[Store]:
    """A graph of them, loaded once for each engine; what changes it stands at the end."""
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        synthetic.load(store, ARTICLES)
        yield store


def test_all_that_is_told_of_events_is_gathered(
    chronicle: Store, facts: list[Facts], relations: list[Relation]
) -> None:
    found = gather(chronicle, "All")
    dated = {event.id for one in facts for event in one.events if event.earliest}
    assert {each.row.id for each in found.events} == dated
    assert found.whole == len(dated)
    starts = [each.row.earliest or each.row.latest or "" for each in found.events]
    assert starts == sorted(starts)
    said = {(r.start, r.end) for r in relations if r.type == "PARTICIPATED_IN" and r.end in dated}
    assert {(part.entity, each.row.id) for each in found.events for part in each.parts} == said
    where = {(r.start, r.end) for r in relations if r.type == "LOCATED_IN" and r.start in dated}
    assert {(each.row.id, place) for each in found.events for place in each.places} == where
    assert all(one.article in found.articles for each in found.events for one in each.sentences)
    about = {r.start for r in relations if r.type == "ABOUT" and r.end in dated}
    assert {claim.id for claim in found.claims} == about
    place = found.entities["syn-place-1"]
    assert (place.kind, place.lat) == ("Place", synthetic.PLACES[place.name][0])


def test_filters_and_limit_are_those_of_the_timeline_and_the_past_can_be_written(chronicle: Store) -> None:
    wanted = {"entity": "syn-person-6", "min_salience": 0.2}
    found = gather(chronicle, "One", **wanted)
    assert {each.row.id for each in found.events} == {row.id for row in ask.timeline(chronicle, limit=9999, **wanted)}
    few = gather(chronicle, "Few", limit=3)
    assert (len(few.events), few.whole) == (3, ask.count_timeline(chronicle))
    assert {e.row.id for e in few.events} == {row.id for row in ask.timeline(chronicle, limit=3)}
    past = gather(Past(chronicle, now()), "Then")
    assert {each.row.id for each in past.events} == {each.row.id for each in gather(chronicle, "Now").events}
    assert gather(chronicle, "Nothing", text="no such words").events == ()


def test_json_can_be_read_back(chronicle: Store) -> None:
    found = gather(chronicle, "All")
    whole = json.loads(write(found, "json"))
    assert [event["id"] for event in whole["events"]] == [each.row.id for each in found.events]


def test_a_file_calls_itself_by_what_was_asked_for_and_its_years(chronicle: Store) -> None:
    days = [day for row in ask.timeline(chronicle, limit=9999) for day in (row.earliest, row.latest) if day]
    assert gather(chronicle).title == f"Events, {min(days)[:4]} to {max(days)[:4]}"
    asked = gather(
        chronicle, entity="syn-person-6", place="syn-place-1", text="talks", earliest="2015-03", latest="2022-99"
    )
    assert asked.title.startswith("Events with “talks”")
    assert asked.title.endswith(", from March 2015 to 2022")
    of = gather(chronicle, entity="syn-person-6", place="syn-place-1")
    assert not of.events or of.title.startswith(f"Events of {synthetic.PEOPLE[6]} in {list(synthetic.PLACES)[1]}, ")
    one = next(row for row in ask.timeline(chronicle, limit=9999) if len(row.edtf or "") == len("2022-02-24"))
    assert gather(chronicle, ids=[one.id]).title == f"Events, {str(one.edtf)[:4]}"
    assert f"<h1>{gather(chronicle).title}</h1>" in write(gather(chronicle), "html").decode()
    assert gather(chronicle, "My own").title == "My own"


def replayed(store: Store, found: Exported) -> None:
    """Run the statements of a Cypher file, a line each, in an empty graph."""
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    for line in write(found, "cypher").decode().split("\n"):
        if line and not line.startswith("//"):
            store.execute(line.rstrip(";"))


def test_cypher_makes_the_same_events_in_an_empty_graph(chronicle: Store) -> None:
    found = gather(chronicle, "All")
    replayed(chronicle, found)
    kept.recount(chronicle)
    # What is recorded with the writing alone, such as when, is not in the file: what is told of each event is.
    rows = chronicle.run("MATCH (e:Event) RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.salience AS salience")
    assert {(r["id"], r["title"], r["edtf"], r["salience"]) for r in rows} == {
        (each.row.id, each.row.title, each.row.edtf, each.row.salience) for each in found.events
    }
    again = gather(chronicle, "All")
    assert {e.row.id: (e.parts, e.places) for e in again.events} == {
        e.row.id: (e.parts, e.places) for e in found.events
    }
    assert again.entities == found.entities


def test_no_title_breaks_out_of_its_statement(store: Store) -> None:
    replayed(store, SAMPLE)
    rows = store.run("MATCH (e:Event) RETURN e.id AS id, e.title AS title")
    assert {row["id"]: row["title"] for row in rows} == {each.row.id: each.row.title for each in EVENTS}
    names = store.run("MATCH (x:Entity) RETURN x.id AS id, x.aliases AS aliases, labels(x) AS labels")
    assert {row["id"]: tuple(row["aliases"]) for row in names} == {
        id: one.aliases for id, one in SAMPLE.entities.items()
    }
    assert store.run("MATCH (a:Event)-[:PART_OF]->(b:Event) RETURN a.id AS a, b.id AS b") == [
        {"a": "event-2", "b": "event-4"}
    ]
