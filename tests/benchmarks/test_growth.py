"""The made-up newswire: the same on every run, and its graph the same in any order, however much is shared."""

from __future__ import annotations

from benchmarks.graphs.newswire import articles
from benchmarks.growth import measure, table
from ingest.graph.write import write
from ingest.revising.recompute import recompute
from kb.checks.verify import verify
from kb.store import Settings, open_store
from tests.exported import export

ARTICLES = 60


def test_the_newswire_is_the_same_from_any_number_on() -> None:
    assert [f.article.id for f in articles(12)][5:] == [f.article.id for f in articles(12, 5)]
    assert list(articles(3))[1].relations == next(articles(3, 1)).relations


def test_any_order_gives_the_same_graph(local_settings: Settings) -> None:
    facts = list(articles(ARTICLES))
    graphs = []
    with open_store(local_settings) as store:
        for order in (facts, facts[::-1]):
            store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
            for one in order:
                write(store, one, "run")
            graphs.append(export(store))
        proof = verify(store)
        recompute(store, proof)
    assert graphs[0] == graphs[1]
    assert any("NEAR_DUPLICATE_OF" in line for line in graphs[0][1])
    assert any('"type": "MERGED_INTO"' in line for line in graphs[0][1])
    assert proof.faults == []


def test_each_added_article_is_timed(local_settings: Settings) -> None:
    with open_store(local_settings) as store:
        timed = measure(store, 3, 2)
    assert len(timed.articles) == 2
    assert all(seconds > 0 for seconds in timed.articles)
    lines = list(table([(3, timed)]))
    assert lines[2].startswith("| 3 | ")
