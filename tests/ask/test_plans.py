"""No question of a screen passes over a label that grows with the graph: what the engines say of how they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from benchmarks.graphs.screens import QUESTIONS, Sample, sample
from kb.ask.kept import present
from kb.ask.kept.present import Present
from kb.store import Settings, Store, Transaction, open_store

ARTICLES = 60
BOUNDED = {"Schema", "Count", "Decision"}  # one node; one for each month; one for each word of a human

# How the local server writes a scan: of the optimized plan, of a range that it thinks large, of the traditional plan.
SCANS = (
    re.compile(r"NodeByLabelScan\(\s*\w*:(\w+)\)"),
    re.compile(r"Scan\(\s*\w*:(\w+)\)[^\n]*served by label scan"),
    re.compile(r"MATCH NODE \(\s*\w*:(\w+)\)(?! \[index)"),
    re.compile(r"MATCH NODE \(\s+(src\d+)\)(?! \[index)"),  # of no label, which only a pattern's first node can be
)


@pytest.fixture(scope="module")
def wire(engine: Settings) -> Iterator[Store]:
    """A graph of the made-up newswire, loaded once for each engine."""
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        load(store, lambda: articles(ARTICLES), "run")
        if store.engine == "neo4j":  # else it plans by what it counted in the graphs of the tests before
            store.run("CALL db.prepareForReplanning()")
        yield store


@pytest.fixture(scope="module")
def chosen(wire: Store) -> Sample:
    return sample(wire)


def asked(
    store: Store, question: Any, one: Sample, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, dict[str, Any]]]:
    """The statements that a question takes, with their parameters."""
    found: list[tuple[str, dict[str, Any]]] = []
    plain = Transaction.run

    def noting(tx: Transaction, cypher: str, /, **params: Any) -> Any:
        found.append((cypher, params))
        return plain(tx, cypher, **params)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "run", noting)
        question(store, one)
    return found


def scanned(store: Store, cypher: str, params: dict[str, Any]) -> set[str]:
    """The labels, or types of relationships, that a statement passes over as a whole, as its engine says."""
    with store._driver.session() as session:
        summary = session.run(f"PROFILE {cypher}", params).consume()  # type: ignore[arg-type]
    profile = summary.profile
    assert profile, "the engine tells how it answers"
    words = profile["args"].get("string-representation", "")
    if store.engine == "arcadedb":
        return {label for pattern in SCANS for label in pattern.findall(words)}
    return set(_scans_of(profile))


def _scans_of(profile: Any) -> Iterator[str]:
    operator = profile["operatorType"]
    if re.match(
        r"(NodeByLabelScan|AllNodesScan|\w*RelationshipTypeScan|NodeIndexScan|\w*AllRelationshipsScan)", operator
    ):
        yield from re.findall(r":(\w+)", profile["args"].get("Details", "")) or [operator]
    for child in profile.get("children", ()):
        yield from _scans_of(child)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_passes_over_what_grows(
    wire: Store, chosen: Sample, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = asked(wire, QUESTIONS[name], chosen, monkeypatch)
    assert statements
    each = {cypher: scanned(wire, cypher, params) - BOUNDED for cypher, params in statements}
    found = {label: cypher for cypher, labels in each.items() for label in labels}
    assert not found, f"{name} passes over {found}"


def test_a_scan_is_seen(wire: Store) -> None:
    for cypher in ("MATCH (e:Event) WHERE e.title CONTAINS 'a' RETURN count(e) AS n",
                   "UNWIND ['x'] AS x MATCH (e:Event) WHERE e.title CONTAINS x RETURN e.id AS id",
                   "MATCH (a:Event)-[r:PART_OF]->(b:Event) RETURN r.reason AS n",
                   "MATCH ()-[r:PART_OF]->() RETURN r.reason AS n"):  # fmt: skip
        assert scanned(wire, cypher, {}), cypher
    assert not scanned(wire, "UNWIND ['x'] AS x MATCH (e:Event {slot: x}) RETURN e.id AS id", {})


def test_what_did_not_change_is_asked_once_for_all(wire: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(store: Store, _: Any) -> None:
        now = Present(store)
        now.answered("people", lambda graph: graph.run("MATCH (s:Schema) RETURN s.version AS version"))

    present._memories.pop(wire, None)
    first, again = (len(asked(wire, page, None, monkeypatch)) for _ in range(2))
    assert (first, again) == (2, 1), "the second only asks whether anything changed"
    wire.execute("MATCH (k:Count {id: 'none'}) DELETE k")
    assert len(asked(wire, page, None, monkeypatch)) == 2, "a writing makes it ask anew"
