"""How two names are connected, against the shortest ways reckoned by networkx; and what stands behind a line."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
import pytest

from ingest.graph.facts import Facts
from kb import ask
from kb.store import Store

ARTICLES = 14
LINES = ("PARTICIPATED_IN", "MADE_BY", "ABOUT", "MADE_IN")


@pytest.fixture(scope="module")
def lines(facts: list[Facts]) -> nx.Graph:
    """What joins names, events and claims; where something happened joins nobody."""
    return nx.Graph([(r.start, r.end) for one in facts for r in one.relations if r.type in LINES])


def test_no_way_is_shorter_than_the_one_that_is_told(chronicle: Store, lines: nx.Graph) -> None:
    people = sorted(node for node in lines if "person" in node or "org" in node)
    pairs = list(combinations(people, 2))[::23]
    assert len(pairs) > 5
    for one, other in pairs:
        found = ask.connection(chronicle, one, other)
        assert found, (one, other)
        ids = [node.id for node in found.nodes]
        assert (ids[0], ids[-1]) == (one, other)
        assert len(found.hops) == nx.shortest_path_length(lines, one, other)
        assert all(lines.has_edge(a, b) for a, b in pairwise(ids))
        assert all(hop.sentences or hop.claims for hop in found.hops), "each step has its sentences"
        back = ask.connection(chronicle, other, one)
        assert back
        assert len(back.hops) == len(found.hops)


def test_a_place_is_connected_with_what_happened_there_and_nobody_with_nothing(chronicle: Store) -> None:
    found = ask.connection(chronicle, "syn-place-1", "syn-person-3")
    assert found
    assert found.graph().nodes[0].kind == "Place"
    assert ask.connection(chronicle, "syn-person-3", "no such name") is None
    assert ask.connection(chronicle, "syn-person-3", "syn-person-3") is None


def test_the_sentences_behind_each_sort_of_line(chronicle: Store, facts: list[Facts]) -> None:
    one = facts[0]
    texts = {passage.id: passage.text for passage in one.passages}
    part = next(r for r in one.relations if r.type == "PARTICIPATED_IN")
    told = ask.behind(chronicle, part.end, part.start)
    assert told
    assert {texts[id] for id in part.properties["passageIds"]} <= {sentence.text for sentence in told.sentences}
    assert part.properties["role"] in {sentence.role for sentence in told.sentences}
    where = next(r for r in one.relations if r.type == "LOCATED_IN")
    place = ask.behind(chronicle, where.start, where.end)
    assert place
    assert {sentence.role for sentence in place.sentences} == {"located in"}
    made = next(r for r in one.relations if r.type == "MADE_BY")
    said = ask.behind(chronicle, made.start, made.end)
    assert said
    assert [claim.id for claim in said.claims] == [made.start]
    assert ask.behind(chronicle, made.start, "nothing") is None


def test_two_names_have_their_events_together_and_what_they_said_of_each_other(
    chronicle: Store, facts: list[Facts]
) -> None:
    rows = [r for one in facts for r in one.relations]
    in_event: dict[str, set[str]] = {}
    for r in rows:
        if r.type == "PARTICIPATED_IN":
            in_event.setdefault(r.end, set()).add(r.start)
    one, other = sorted(next(names for names in in_event.values() if len(names) == 2))
    found = ask.behind(chronicle, one, other)
    assert found
    shared = {event for event, names in in_event.items() if {one, other} <= names}
    assert found.events == len(shared)
    assert {sentence.event.id for sentence in found.sentences if sentence.event} == shared
    made = {r.start: r.end for r in rows if r.type == "MADE_BY"}
    about = next(r for r in rows if r.type == "ABOUT" and "place" in r.end and r.start in made)
    said = ask.behind(chronicle, made[about.start], about.end)
    assert said
    assert about.start in {claim.id for claim in said.claims}
    assert said.said == len({r.start for r in rows if r.type == "ABOUT" and r.end == about.end
                             and made.get(r.start) == made[about.start]})  # fmt: skip
