"""Which events, names and claims a picture of limited size shows."""

from __future__ import annotations

from typing import Any

import pytest

from kb.ask.network import NetworkEdge, network_graph
from kb.ask.network.order import hanging_together

KINDS = ("Person", "Organization", "Country", "Event")
MARA, JUN, NORLAND, ARDAL, SOURCES = (
    {"id": "mara", "name": "Mara Lindqvist", "labels": ["Entity", "Person"], "subtype": None, "described": False},
    {"id": "jun", "name": "Jun Castellan", "labels": ["Entity", "Person"], "subtype": None, "described": False},
    {"id": "norland", "name": "Norland", "labels": ["Entity", "Place"], "subtype": "country", "described": False},
    {"id": "ardal", "name": "Ardal", "labels": ["Entity", "Place"], "subtype": "city", "described": False},
    {"id": "sources", "name": "two diplomats", "labels": ["Entity", "Person"], "subtype": "group", "described": True},
)


def part(event: str, importance: float, who: dict[str, Any], role: str = "agent") -> dict[str, Any]:
    relation = "LOCATED_IN" if role == "place" else "PARTICIPATED_IN"
    told = {"event_id": event, "event_title": event.title(), "edtf": "2022-03-01", "importance": importance}
    return {**told, "relation": relation, "role": role, **who}


def end(claim: str, relation: str, of: dict[str, Any]) -> dict[str, Any]:
    said = {"claim_id": claim, "text": "the accord was ready to be signed in March", "cue": "said", "confidence": 0.5}
    return {**said, "direct": claim == "c2", "relation": relation, "edtf": None, **of}


def about(event: str) -> dict[str, Any]:
    return {"id": event, "name": event.title(), "labels": ["Event"], "subtype": None, "described": None}


FOUND = [
    part("raid", 0.45, NORLAND), part("raid", 0.45, NORLAND, "place"), part("raid", 0.45, SOURCES, "patient"),
    part("talks", 0.4, MARA), part("talks", 0.4, JUN), part("talks", 0.4, ARDAL, "place"),
    part("leak", 0.35, SOURCES),
]  # fmt: skip


def ids(**wanted: Any) -> set[str]:
    return {node.id for node in network_graph(FOUND, **{"kinds": KINDS, "limit": 20, **wanted}).nodes}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, {"raid", "norland", "talks", "mara", "jun"}),
        ({"kinds": (*KINDS, "Place")}, {"raid", "norland", "talks", "mara", "jun", "ardal"}),
        ({"kinds": ("Person", "Event")}, {"talks", "mara", "jun"}),
        ({"kinds": ("Person", "Country")}, {"mara", "jun"}),
        ({"centre": "raid"}, {"raid", "norland", "sources", "talks", "mara", "jun"}),
        ({"centre": "sources"}, {"sources", "raid", "norland", "leak", "talks", "mara", "jun"}),
        ({"limit": 3}, {"talks", "mara", "jun"}),
        ({"limit": 4}, {"talks", "mara", "jun"}),
        ({"limit": 1}, set()),
    ],
)
def test_the_most_telling_events_come_with_all_who_are_named(wanted: dict[str, Any], expected: set[str]) -> None:
    assert ids(**wanted) == expected


def test_a_country_that_acts_is_no_place() -> None:
    kinds = {node.id: node.kind for node in network_graph(FOUND, kinds=(*KINDS, "Place"), limit=20).nodes}
    assert (kinds["norland"], kinds["ardal"]) == ("Country", "Place")


def test_without_events_those_are_joined_who_met_in_one() -> None:
    found = [*FOUND, part("visit", 0.3, MARA), part("visit", 0.3, JUN)]
    graph = network_graph(found, kinds=("Person",), limit=20)
    assert graph.edges == (NetworkEdge("jun", "mara", "2 events together"),)
    assert not graph.truncated


def test_what_matches_and_is_not_drawn_is_said() -> None:
    graph = network_graph(FOUND, kinds=KINDS, limit=3, matching=40)
    assert (graph.events, graph.truncated) == (40, True)


def test_a_claim_joins_its_speaker_and_its_event() -> None:
    said = [end("c1", "MADE_BY", MARA), end("c1", "ABOUT", about("talks")), end("c1", "ABOUT", NORLAND)]
    graph = network_graph(FOUND, said, kinds=("Person", "Event", "Claim"), limit=20)
    claim = next(node for node in graph.nodes if node.kind == "Claim")
    assert (claim.label, claim.weight) == ("the accord was ready to be signed…", 2)
    assert {NetworkEdge("mara", "c1", "said"), NetworkEdge("c1", "talks", "about")} <= set(graph.edges)


def test_only_the_words_of_a_speaker_stand_in_quotation_marks() -> None:
    said = [
        end(id, relation, of) for id in ("c1", "c2") for relation, of in (("MADE_BY", MARA), ("ABOUT", about("talks")))
    ]
    graph = network_graph(FOUND, said, kinds=("Person", "Event", "Claim"), limit=20)
    told = {node.id: node.label for node in graph.nodes if node.kind == "Claim"}
    assert told == {"c1": "the accord was ready to be signed…", "c2": "“the accord was ready to be signed…”"}


def test_an_event_only_spoken_of_matches_as_well() -> None:
    said = [end("c1", "MADE_BY", MARA), end("c1", "ABOUT", about("siege"))]
    graph = network_graph(FOUND, said, kinds=(*KINDS, "Claim"), limit=20, centre="mara", matching=1)
    assert "siege" in {node.id for node in graph.nodes}
    assert graph.events == 2


@pytest.mark.parametrize(("centre", "drawn"), [("talks", True), ("mara", False), (None, False)])
def test_an_unnamed_source_is_drawn_around_the_event_it_speaks_of(centre: str | None, drawn: bool) -> None:
    said = [end("c1", "MADE_BY", SOURCES), end("c1", "ABOUT", about("talks"))]
    graph = network_graph(FOUND, said, kinds=(*KINDS, "Claim"), limit=20, centre=centre)
    assert ("sources" in {node.id for node in graph.nodes}) is drawn
    assert "c1" in {node.id for node in graph.nodes}


def test_claims_leave_room_for_the_events() -> None:
    said = [end(f"c{n}", relation, of) for n in range(30) for relation, of in
            (("MADE_BY", MARA), ("ABOUT", about("talks")))]  # fmt: skip
    graph = network_graph(FOUND, said, kinds=(*KINDS, "Claim"), limit=12)
    assert sum(node.kind == "Claim" for node in graph.nodes) == 4
    assert {"raid", "talks"} <= {node.id for node in graph.nodes}
    assert (graph.claims, graph.truncated) == (30, True)


def test_events_come_in_an_order_in_which_each_shares_a_name_with_one_before() -> None:
    rows = {
        "far": [part("far", 0.9, SOURCES)],
        "first": [part("first", 0.5, MARA), part("first", 0.5, JUN)],
        "alone": [part("alone", 0.6, ARDAL)],
        "second": [part("second", 0.3, JUN), part("second", 0.3, NORLAND)],
        "third": [part("third", 0.4, NORLAND)],
    }
    assert hanging_together(rows) == [["first", "second", "third"], ["far"], ["alone"]]


def test_what_does_not_hang_together_is_drawn_where_there_is_room_for_all_that_does() -> None:
    raid = [part("strike", 0.2, NORLAND), part("strike", 0.2, MARA)]
    found = [*FOUND, *raid, part("fair", 0.9, ARDAL, "place")]
    drawn = {node.id for node in network_graph(found, kinds=(*KINDS, "Place"), limit=20, connected=True).nodes}
    assert drawn == {"raid", "norland", "strike", "talks", "mara", "jun", "ardal", "fair"}
    for kinds in (KINDS, KINDS[:-1]):
        near = {node.id for node in network_graph(found, kinds=kinds, limit=20, connected=True).nodes}
        lone = [part("flood", 0.1, SOURCES | {"id": id, "described": False}) for id in ("town", "village")]
        for room, far in ((len(near) + 3, {"town", "village"}), (len(near) - 1, set())):
            drawn = {node.id for node in network_graph([*found, *lone], kinds=kinds, limit=room, connected=True).nodes}
            assert drawn & {"town", "village"} == far, (kinds, room)


def test_an_opened_node_brings_what_lies_around_it_beside_what_is_drawn() -> None:
    visit = [part("visit", 0.1, JUN), part("visit", 0.1, SOURCES)]
    plain = network_graph(FOUND, kinds=KINDS, limit=5)
    opened = network_graph(FOUND, kinds=KINDS, limit=5, opened=[("jun", visit)])
    assert {node.id for node in opened.nodes} == {node.id for node in plain.nodes} | {"visit"}
    assert NetworkEdge("jun", "visit", "agent") in opened.edges
