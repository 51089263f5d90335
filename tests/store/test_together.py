"""Statements that are sent as one do what they would do one after the other, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
from neo4j import ManagedTransaction

from benchmarks.graphs.newswire import articles
from ingest.graph.runs import begin
from ingest.graph.write import write
from kb.store import Store, Transaction
from kb.store.dialect import Step
from kb.store.together import execute_together, run_together

MOST, USUAL = 38, 24  # messages of one made-up newswire article

MADE = "UNWIND $rows AS row MERGE (n:Note {id: row.id}) ON CREATE SET n.made = $at SET n.seen = row.seen"
LINKED = """UNWIND $rows AS row
MATCH (a:Note {id: row.start}) MATCH (b:Note {id: row.end}) MERGE (a)-[r:FOLLOWS]->(b) SET r.at = $at"""
ONE = "MATCH (n:Note {id: $id}) SET n.last = $at"
NOTES = "UNWIND $ids AS wanted MATCH (n:Note {id: wanted}) RETURN n.id AS id, n.seen AS seen, n.last AS last"
COUNTED = "UNWIND $ids AS wanted MATCH (n:Note {id: wanted})-[:FOLLOWS]->(m) RETURN wanted AS id, count(m) AS after"


def test_each_step_finds_what_the_one_before_made_and_an_empty_one_stops_nothing(store: Store) -> None:
    notes = [{"id": "a", "seen": 1}, {"id": "b", "seen": None}]
    steps: list[Step] = [
        (MADE, {"rows": notes, "at": "first"}),
        (LINKED, {"rows": [], "at": "never"}),
        (MADE, {"rows": [{"id": "a", "seen": 2}, {"id": "c", "seen": 3}], "at": "second"}),
        (ONE, {"id": "nobody", "at": "never"}),
        (LINKED, {"rows": [{"start": "a", "end": "b"}, {"start": "a", "end": "c"}], "at": "third"}),
        (ONE, {"id": "b", "at": "last"}),
    ]
    store.write(lambda tx: execute_together(tx, steps))
    told = store.run("MATCH (n:Note) RETURN n.id AS id, n.made AS made, n.seen AS seen, n.last AS last ORDER BY id")
    assert told == [
        {"id": "a", "made": "first", "seen": 2, "last": None},
        {"id": "b", "made": "first", "seen": None, "last": "last"},
        {"id": "c", "made": "second", "seen": 3, "last": None},
    ]
    asked: list[Step] = [(NOTES, {"ids": ["b", "nobody"]}), (COUNTED, {"ids": []}), (COUNTED, {"ids": ["a", "b"]})]
    assert run_together(store, asked) == [
        [{"id": "b", "seen": None, "last": "last"}],
        [],
        [{"id": "a", "after": 2}],
    ]


def test_what_is_to_be_done_later_is_done_before_anything_is_asked_and_goes_with_it(store: Store) -> None:
    sent = Sent()

    def work(tx: Transaction) -> list[list[dict[str, Any]]]:
        tx.later(MADE, rows=[{"id": "a", "seen": 1}, {"id": "b", "seen": None}], at="first")
        tx.later(LINKED, rows=[{"start": "a", "end": "b"}], at="second")
        asked = [tx.run(COUNTED, ids=["a"])]
        tx.later(ONE, id="b", at="third")
        # Joined by UNION, with what is to be done before in the first of its branches, and of another in the second.
        asked.append(tx.run(f"{NOTES.replace('n.seen AS seen, ', '')}\nUNION {NOTES.replace('n.seen AS seen, ', '')}",
                            ids=["b"]))  # fmt: skip
        tx.later(ONE, id="a", at="fourth")
        asked += run_together(tx, [(NOTES, {"ids": ["a"]}), (COUNTED, {"ids": ["a"]})])
        tx.later(ONE, id="a", at="fifth")
        tx.later(ONE, id="b", at="fifth")
        assert tx.execute("MATCH (n:Note {id: $id}) WHERE n.last = 'fifth' DETACH DELETE n", id="a").nodes_deleted == 1
        tx.later(ONE, id="b", at="last")
        return asked

    with sent.noted():
        found = store.write(work)
    assert found == [
        [{"id": "a", "after": 1}],
        [{"id": "b", "last": "third"}],
        [{"id": "a", "seen": 1, "last": "fourth"}],
        [{"id": "a", "after": 1}],
    ]
    assert store.run("MATCH (n:Note) RETURN n.id AS id, n.last AS last") == [{"id": "b", "last": "last"}]
    assert sent.messages == 6, "what is asked, thrice; what is done before a count of changes, that, and the end"


def test_an_article_is_written_in_few_messages(store: Store) -> None:
    """The goal is twenty; what is asked of clusters, stories and parts hangs each on the one before."""
    begin(store, "run")
    written = []
    for facts in islice(articles(24), 24):
        sent = Sent()
        with sent.noted():
            write(store, facts, "run")
        written.append(sent.messages)
    assert max(written) <= MOST
    assert sum(written) / len(written) <= USUAL


class Sent:
    """How many messages went to the server."""

    messages = 0

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Count the statements that are sent in transactions."""
        plain = ManagedTransaction.run

        def noting(tx: ManagedTransaction, *given: Any, **params: Any) -> Any:
            self.messages += 1
            return plain(tx, *given, **params)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ManagedTransaction, "run", noting)
            yield
