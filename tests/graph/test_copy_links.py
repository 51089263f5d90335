"""Copies in the graph, on both engines: the same links and groups whatever came first, and after every change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import combinations, permutations
from pathlib import Path
from random import Random

import pytest

from ingest import ingest
from ingest.graph.copies import link_copies, unlink_copies
from ingest.graph.write import MERGE_ARTICLE, RETIRE_SNAPSHOTS
from ingest.revising.decide import remove
from ingest.revising.revise import apply, find_article
from kb.shown.sources import reported_events
from kb.store import Store, Transaction
from tests.exported import export

PARAGRAPHS: dict[str, str] = json.loads(
    (Path(__file__).parents[1] / "specs" / "copies" / "paragraphs.json").read_text("utf-8")
)
NOW, LATER = "2024-02-16T10:00:00Z", "2024-02-17T10:00:00Z"

LINKS = """MATCH (a:Article)-[r:NEAR_DUPLICATE_OF]->(b:Article) WHERE r.expiredAt IS NULL
RETURN a.id AS start, b.id AS end, r.score AS score ORDER BY start, end"""
GROUPS = "MATCH (a:Article) RETURN a.id AS id, a.sourceGroup AS group ORDER BY id"
BLOCKS = """MATCH (a:Article)-[:IN_BLOCK]->(b:Block)
RETURN a.id AS id, b.id AS block ORDER BY id, block"""


def text(*names: str) -> str:
    return "\n\n".join(PARAGRAPHS[name] for name in names)


def ferry(*numbers: int) -> str:
    return text(*(f"ferry-{number}" for number in numbers))


# The two cut texts have one paragraph in common, so that only the full one joins them.
FULL, HEAD, TAIL = ferry(1, 2, 3, 4, 5), ferry(1, 2, 3), ferry(3, 4, 5)
OTHER, STRIKE = text("ferry-other-1", "ferry-other-2", "ferry-other-3"), text("strike-1", "strike-2", "strike-3")
TEXTS = {"a": HEAD, "b": TAIL, "c": FULL, "d": OTHER, "e": STRIKE, "f": STRIKE}


def put(store: Store, article: str, words: str, now: str = NOW) -> frozenset[str]:
    """Store an article of this text with its copies, in one transaction."""
    snapshot = {"id": sha256(words.encode()).hexdigest(), "text": words}

    def work(tx: Transaction) -> frozenset[str]:
        tx.execute(MERGE_ARTICLE, id=article, properties={"id": article}, snapshot=snapshot, now=now)
        tx.execute(RETIRE_SNAPSHOTS, id=article, snapshot=snapshot["id"], now=now)
        return link_copies(tx, article, words, now)

    return store.write(work)


def withdraw(store: Store, article: str) -> frozenset[str]:
    store.execute("MATCH (a:Article {id: $id}) SET a.expiredAt = $now", id=article, now=LATER)
    return store.write(lambda tx: unlink_copies(tx, article, LATER))


def links(store: Store) -> list[tuple[str, str]]:
    return [(row["start"], row["end"]) for row in store.run(LINKS)]


def groups(store: Store) -> dict[str, str]:
    return {row["id"]: row["group"] for row in store.run(GROUPS)}


def empty(store: Store) -> None:
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")


def orders(ids: str, count: int) -> Iterator[tuple[str, ...]]:
    every = list(permutations(ids))
    yield from Random(1).sample(every, count)  # noqa: S311


def test_links_and_groups(store: Store) -> None:
    for article, words in TEXTS.items():
        put(store, article, words)
    assert links(store) == [("c", "a"), ("c", "b"), ("f", "e")]
    assert {row["start"]: row["score"] for row in store.run(LINKS)}["f"] == 1.0
    assert groups(store) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e", "f": "e"}


def test_any_order_gives_the_same_graph(store: Store) -> None:
    seen = []
    for order in orders("abcdef", 12):
        empty(store)
        for article in order:
            put(store, article, TEXTS[article])
        seen.append(export(store))
    assert all(each == seen[0] for each in seen)


def test_a_second_time_changes_nothing(store: Store) -> None:
    for article in "abc":
        put(store, article, TEXTS[article])
    before = export(store)
    assert [put(store, article, TEXTS[article], LATER) for article in "cab"] == [frozenset()] * 3
    assert export(store) == before


def test_those_whose_group_changed_are_told(store: Store) -> None:
    assert put(store, "b", TAIL) == frozenset()
    assert put(store, "a", HEAD) == frozenset()
    assert put(store, "c", FULL) == {"b", "c"}
    assert put(store, "0", FULL) == {"a", "b", "c"}


def test_a_changed_text_leaves_its_group_and_comes_back(store: Store) -> None:
    for article in "abc":
        put(store, article, TEXTS[article])
    before = (store.run(LINKS), groups(store), store.run(BLOCKS))
    assert put(store, "c", STRIKE, LATER) == {"b", "c"}
    assert links(store) == []
    assert groups(store) == {"a": "a", "b": "b", "c": "c"}
    assert put(store, "c", FULL, LATER) == {"b", "c"}
    assert (store.run(LINKS), groups(store), store.run(BLOCKS)) == before


def test_the_least_leaves(store: Store) -> None:
    for article in "abcd":
        put(store, article, FULL)
    assert withdraw(store, "a") == {"b", "c", "d"}
    assert groups(store) == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert put(store, "e", FULL) == {"e"}
    assert ("e", "a") not in links(store)


def test_what_is_withdrawn_is_not_linked_again(store: Store) -> None:
    put(store, "a", FULL)
    store.execute("MATCH (a:Article {id: 'a'}) SET a.expiredAt = $now", now=LATER)
    put(store, "b", FULL)
    assert links(store) == []
    assert groups(store)["b"] == "b"
    put(store, "a", FULL, LATER)
    assert links(store) == [("b", "a")]


def test_what_joined_others_is_withdrawn(store: Store) -> None:
    for article in "abc":
        put(store, article, TEXTS[article])
    assert withdraw(store, "c") == {"b", "c"}
    assert links(store) == []
    assert groups(store) == {"a": "a", "b": "b", "c": "c"}
    assert store.run("MATCH ()-[r:NEAR_DUPLICATE_OF]->() RETURN r.expiredAt AS at") == [{"at": LATER}] * 2


def test_a_chain_of_editions(store: Store) -> None:
    """Each edition is a copy of the one before; the last shares nothing with the first but is of its group."""
    names = [*(f"ferry-{number}" for number in range(1, 6)), "strike-1", "strike-2", "strike-3", "back-a-1", "back-a-2"]
    ids = [f"{number:02d}" for number in range(len(names) - 3)]
    for id in reversed(ids):
        put(store, id, text(*names[int(id) : int(id) + 4]))
    assert set(groups(store).values()) == {"00"}
    assert (ids[-1], ids[0]) not in links(store)
    assert put(store, "03", OTHER, LATER) == {"03", "04", "05", "06"}
    assert groups(store) == {"00": "00", "01": "00", "02": "00", "03": "03", "04": "04", "05": "04", "06": "04"}


def test_any_history_ends_alike(store: Store) -> None:
    """After changes in any order, what is live is what the last texts alone would give."""
    random = Random(2)  # noqa: S311
    choices = [FULL, HEAD, TAIL, OTHER, STRIKE]
    last = {article: random.choice(choices) for article in "abcdef"}
    for _ in range(15):
        put(store, random.choice("abcdef"), random.choice(choices))
    for article in random.sample("abcdef", 6):
        put(store, article, last[article], LATER)
    found = (store.run(LINKS), groups(store), store.run(BLOCKS))
    empty(store)
    for article, words in last.items():
        put(store, article, words)
    assert (store.run(LINKS), groups(store), store.run(BLOCKS)) == found


def test_writers_at_once(store: Store) -> None:
    ids = "abcdef"
    with ThreadPoolExecutor(len(ids)) as pool:
        list(pool.map(lambda article: put(store, article, FULL), ids))
    assert links(store) == sorted((max(pair), min(pair)) for pair in combinations(ids, 2))
    assert groups(store) == dict.fromkeys(ids, "a")


@pytest.mark.parametrize("words", ["", "—", "Closed."])
def test_next_to_no_words(store: Store, words: str) -> None:
    put(store, "a", words)
    put(store, "b", words)
    assert links(store) == ([("b", "a")] if words == "Closed." else [])
    assert groups(store) == {"a": "a", "b": "a" if words == "Closed." else "b"}


def test_sources_of_an_event(store: Store, tmp_path: Path) -> None:
    """Three papers print one report, a fourth has its own: two sources, one once that one is withdrawn."""
    report = "Russia annexed Crimea on March 18, 2014. " + TAIL
    own = "Russia annexed Crimea on March 18, 2014, and nobody in the square was surprised. " + OTHER
    for name, words in {"one": report, "two": report, "three": report, "four": own}.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(f"Title: {name}\nURL: https://{name}.example.org/a\nPublished: 16 February 2024\n\n{words}\n")
        ingest([str(path)], store)
    told = """MATCH (e:Event)-[r:REPORTED_IN]->() WHERE r.trigger = 'annexed' AND r.expiredAt IS NULL
        RETURN DISTINCT e.id AS id, e.sources AS sources"""
    ((event, sources),) = [(row["id"], row["sources"]) for row in store.run(told)]
    assert sources == 2
    assert event in store.write(lambda tx: reported_events(tx, [find_article(store, "https://one.example.org/a")]))
    apply(store, remove(store, "https://four.example.org/a"))
    assert store.run(told) == [{"id": event, "sources": 1}]
