"""Stories in the graph, on both engines: the same links and events whatever came first, and after every change."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from ingest import ingest
from ingest.graph.stories import every_story, near_lists
from ingest.matching.stories import near, near_pairs
from ingest.revising.decide import remove
from ingest.revising.recompute import recompute
from ingest.revising.remove import purge
from ingest.revising.revise import apply, find_article
from kb.checks.verify import Proof
from kb.store import Store
from tests.exported import export

TOWNS = {
    "Talvik": "Gunmen attacked the Talvik ferry terminal on May 2, killing 14 passengers. Divers searched the harbour.",
    "Orsund": "Robbers attacked a bank in Orsund on April 24 and took gold. The bank of Orsund had just reopened.",
    "Brennholm": "Hackers attacked the hospital of Brennholm on April 11. Surgeons worked without computers.",
}
TOLD = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.sources > 1
RETURN e.title AS title, e.sources AS sources ORDER BY title"""
STORY_EDGES = "MATCH (:Event)-[r:RESEMBLES]->(:Event) WHERE r.live = true AND r.told IS NOT NULL RETURN count(r) AS n"


def article(town: str, paper: int) -> str:
    day = 3 + paper % 3
    return json.dumps({
        "doc_id": f"{town}-{paper}", "published": f"2021-05-{day:02}", "publisher": f"Paper {paper}",
        "text": f"{TOWNS[town]} The mayor of {town} spoke to paper {'abcdefgh'[paper]} of grief and guards.",
    })  # fmt: skip


ARTICLES = [article(town, paper) for town in TOWNS for paper in range(5)]


def put(store: Store, folder: Path, lines: list[str]) -> None:
    file = folder / "articles.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ingest([str(file)], store).count("failed") == 0


def holds(store: Store) -> bool:
    """Whether lists and merges are what the stories, taken together, give."""
    proof = Proof()
    recompute(store, proof)
    stories = every_story(store)
    lists = near_lists(store, (story.article for story in stories))
    stored = {(min(a, b), max(a, b)) for a, listed in lists.items() for b in listed}
    return proof.holds and stored == set(near_pairs(stories))


@pytest.fixture(params=[15, 3], ids=["all near", "few near"], autouse=True)
def _nearest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With short lists as well, so that one article drives another out of them."""
    monkeypatch.setattr(near, "NEAREST", request.param)
    monkeypatch.setattr("ingest.graph.stories.NEAREST", request.param)


def test_any_order(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, ARTICLES)
    assert holds(store)
    assert len(store.run(TOLD)) >= len(TOWNS)
    first = export(store)
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    put(store, tmp_path, Random(3).sample(ARTICLES, len(ARTICLES)))  # noqa: S311 (the same on every run)
    assert export(store) == first


def test_each_attack_is_one_event_of_its_town(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, ARTICLES)
    attacks = [row["title"] for row in store.run(TOLD) if "attack" in row["title"]]
    assert all(sum(town in title for title in attacks) >= 1 for town in TOWNS)
    assert all(sum(town in title for town in TOWNS) == 1 for title in attacks)


def test_what_leaves_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, ARTICLES[:9])
    before = export(store)
    put(store, tmp_path, ARTICLES[9:])
    for line in ARTICLES[9:]:
        found = store.run("MATCH (a:Article {source: $source}) RETURN a.id AS id", source=json.loads(line)["doc_id"])
        purge(store, found[0]["id"])
        assert holds(store)
    assert export(store) == before


def test_withdrawn_and_brought_back(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, ARTICLES[:6])
    edges = store.run(STORY_EDGES)
    revision = remove(store, find_article(store, json.loads(ARTICLES[0])["doc_id"]), by="me", reason="")
    apply(store, revision)
    assert holds(store)
    assert store.run(STORY_EDGES) != edges
