"""Statements that are sent as one do what they would do one after the other, on both engines."""

from __future__ import annotations

from kb.store import Store
from kb.store.together import Step, execute_together, run_together

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
