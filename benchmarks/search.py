"""How long a search takes in a graph of many sentences: `python -m benchmarks.search [--articles 6500]`.

The graph is the made-up newswire's; what is looked for are words, pairs, phrases and beginnings of its own sentences,
the same on every run. `--semantic 1000` measures instead the search by meaning over so many sentences (several numbers:
one after the other), with `--neo4j` on a Neo4j: what the index costs, what a question costs, and how many of the ten
nearest sentences are found that a comparison with every one finds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from kb import ask, meaning
from kb.edtf import Edtf
from kb.store import Settings, Store, open_store, schema, stop

_ROUNDS = 40  # searches of each sort
_OF_ARTICLE = 16  # sentences
_MONTH = Edtf("2014-03")


def sorts(store: Store) -> dict[str, list[Callable[[], object]]]:
    """Searches by sort, each drawn from a sentence of the graph."""
    chance = random.Random(3)  # noqa: S311 - the same each time
    rows = store.run("MATCH (p:Passage) WITH p ORDER BY p.id LIMIT 3000 RETURN p.text AS text")
    sentences = [[word.strip(".,“”") for word in row["text"].split()] for row in chance.sample(rows, _ROUNDS)]
    words = [max(sentence, key=len) for sentence in sentences]
    pairs = [" ".join(chance.sample(sentence, 2)) for sentence in sentences]

    def dated(word: str) -> Callable[[], object]:
        return lambda: ask.search(store, f"{word} March 2014", when=(word, _MONTH))

    return {
        "a word": [_one(store, word) for word in words],
        "two words": [_one(store, pair) for pair in pairs],
        "a phrase": [_one(store, f'"{" ".join(sentence[:3])}"') for sentence in sentences],
        "a beginning": [_one(store, f"{word[:4]}*") for word in words],
        "a word and a month": [dated(word) for word in words],
        "a month": [lambda: ask.search(store, "March 2014", when=("", _MONTH))] * 5,
    }


def _one(store: Store, words: str) -> Callable[[], object]:
    return lambda: ask.search(store, words)


def table(store: Store) -> Iterator[str]:
    """The figures as lines of a Markdown table, milliseconds of one search in a warm server."""
    yield "| search for | median | 95th percentile |"
    yield "| --- | ---: | ---: |"
    for name, searches in sorts(store).items():
        for search in searches:  # warm
            search()
        spent = sorted(_timed(search) for search in searches)
        yield f"| {name} | {statistics.median(spent):.0f} | {spent[int(len(spent) * 0.95)]:.0f} |"


def _timed(search: Callable[[], object]) -> float:
    begun = time.perf_counter()
    search()
    return (time.perf_counter() - begun) * 1000


def by_meaning(settings: Settings, sentences: int) -> str:
    """The figures of a search by meaning as a line of a Markdown table."""
    with open_store(settings) as store:
        schema.clear(store)
        meaning.drop(store)
        load(store, lambda: articles(sentences // _OF_ARTICLE + 1), "run")
        surplus = "MATCH (p:Passage) WITH p ORDER BY p.id SKIP $most LIMIT 2000 DETACH DELETE p"
        while store.execute(surplus, most=sentences).nodes_deleted:
            pass
        begun = time.perf_counter()
        made = meaning.build(store)
        indexed = time.perf_counter() - begun
        rows = store.run("MATCH (p:Passage) RETURN p.id AS id, p.text AS text ORDER BY id")
        chance = random.Random(3)  # noqa: S311 - the same each time
        # a sentence without its first words, so that none is asked for as it stands
        asked = [" ".join(row["text"].split()[3:]) for row in chance.sample(rows, _ROUNDS)]
        began = time.perf_counter()
        ask.search_by_meaning(store, asked[0])
        first = time.perf_counter() - began
        spent = sorted(_timed(partial(ask.search_by_meaning, store, words)) for words in asked)
        found = statistics.mean(_agreement(store, words) for words in asked[:10])
    return (f"| {store.engine} | {made.kept:,} | {indexed:.0f} s | {first * 1000:.0f} ms | "
            f"{statistics.median(spent):.0f} ms | {spent[int(len(spent) * 0.95)]:.0f} ms | {found:.1%} |")  # fmt: skip


def _agreement(store: Store, words: str) -> float:
    """Which share of the ten nearest is found, of those that are as near as the tenth each being as good."""
    import numpy as np  # noqa: PLC0415 (only here)

    kept = store.run("MATCH (m:Meaning) RETURN m.id AS id, m.vector AS vector ORDER BY id")
    every = np.array([row["vector"] for row in kept]) @ np.array(meaning.encoder().vectors([words])[0])
    tenth = np.sort(every)[-10]
    near = {row["id"] for row, cosine in zip(kept, every, strict=True) if cosine >= tenth - 1e-4}
    hits = [hit for group in ask.search_by_meaning(store, words).groups for hit in group.hits]
    return sum(hit.id in near for hit in hits) / 10


def _print_by_meaning(sizes: Sequence[int], *, neo4j: bool) -> None:
    print("| engine | sentences | to index | the first question | median | 95th percentile | of the ten nearest |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        if neo4j:
            from tests.engines import neo4j_server  # noqa: PLC0415 (what the tests have)

            with neo4j_server.running(Path(folder)) as uri:
                for size in sizes:
                    print(by_meaning(Settings(Path(folder) / "kb", uri, "neo4j", neo4j_server.PASSWORD), size))
            return
        settings = Settings(Path(folder))
        try:
            for size in sizes:
                print(by_meaning(settings, size))
        finally:
            stop(settings)


def main() -> None:
    """Load the newswire, unless KB_DATA_DIR holds it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--semantic", type=int, nargs="+", metavar="SENTENCES", help="measure the search by meaning")
    parser.add_argument("--neo4j", action="store_true", help="on the Neo4j of the tests, which Maven fetches")
    parser.add_argument("--articles", type=int, default=6500, help="of some sixteen sentences each")
    parser.add_argument("--loaded", action="store_true", help="ask the graph of KB_DATA_DIR, which holds it already")
    options = parser.parse_args()
    if options.loaded:
        with open_store(Settings.from_env()) as store:
            print("\n".join(table(store)))
        return
    if options.semantic:
        _print_by_meaning(options.semantic, neo4j=options.neo4j)
        return
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        settings = Settings(Path(folder))
        try:
            with open_store(settings) as store:
                load(store, lambda: articles(options.articles), "run")
                print("\n".join(table(store)))
        finally:
            stop(settings)


if __name__ == "__main__":
    main()
