"""The benchmark's way to load many articles at once gives the graph that writing them one by one gives."""

from __future__ import annotations

import pytest

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from ingest.graph.write import write
from kb.shown import choice as shown
from kb.store import Store
from tests.exported import export

ARTICLES = 60


def test_loading_at_once_is_writing_one_by_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "MANY", 3)
    for facts in articles(ARTICLES):
        write(store, facts, "run")
    one_by_one = export(store)
    assert any("NEAR_DUPLICATE_OF" in line for line in one_by_one[1])
    assert any('"tally"' in line for line in one_by_one[0])
    assert any('"type": "REPEATS"' in line for line in one_by_one[1])
    assert any('"type": "RESEMBLES"' in line for line in one_by_one[1])
    while store.execute("MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n").nodes_deleted:
        pass
    assert load(store, lambda: articles(ARTICLES), "run") == ARTICLES
    assert export(store) == one_by_one
