"""What tests begin with again is what was made once: with what has ended in it, and ready to be written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import ingest
from ingest.graph.write import write
from ingest.revising import decide
from ingest.revising.revise import apply
from kb import ask
from kb.store import Store, schema
from tests import kept, meetings, synthetic
from tests.exported import export


def whole(store: Store) -> tuple[list[str], dict[str, object]]:
    """All that is in a graph, in whatever order it comes."""
    graph = kept.copied(store)
    return sorted(
        json.dumps([batch.statement, row], sort_keys=True) for batch in graph.batches for row in batch.rows
    ), graph.state


def test_a_graph_that_is_put_back_is_the_one_that_was_made(store: Store, tmp_path: Path) -> None:
    meetings.add(store, tmp_path)
    one = next(each for each in ask.suggestions(store) if each.one.kind == "Event")
    apply(store, decide.same(store, [one.one.id, one.other.id]))
    apply(store, decide.undo(store))
    made, graph = whole(store), kept.copied(store)
    assert any("expiredAt" in line for line in made[0])
    schema.clear(store)
    kept.put_back(store, graph)
    assert whole(store) == made
    assert {each.status for each in ingest([str(tmp_path)], store).articles} == {"unchanged"}


def test_articles_written_together_make_the_graph_of_one_by_one(store: Store) -> None:
    for facts in synthetic.facts(24):
        write(store, facts, "synthetic")
    one_by_one = export(store)
    schema.clear(store)
    assert synthetic.load(store, 24) == 24
    assert export(store) == one_by_one


def test_it_is_made_once_and_not_where_making_failed(store: Store, tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> None:
        made.append("once")
        if len(made) == 1:
            raise LookupError
        meetings.add(store, tmp_path)

    with pytest.raises(LookupError):
        kept.filled(store, __name__, make)
    for _ in range(3):
        schema.clear(store)
        kept.filled(store, __name__, make)
    assert len(made) == 2
    assert len(ask.suggestions(store)) == 2
