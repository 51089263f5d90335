"""How long a search takes in a graph of many sentences: `python -m benchmarks.search [--articles 6500]`.

The graph is the made-up newswire's; what is looked for are words, pairs, phrases and beginnings of its own sentences,
the same on every run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from kb import ask
from kb.edtf import Edtf
from kb.store import Settings, Store, open_store, stop

_ROUNDS = 40  # searches of each sort
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


def main() -> None:
    """Load the newswire, unless KB_DATA_DIR holds it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=6500, help="of some sixteen sentences each")
    parser.add_argument("--loaded", action="store_true", help="ask the graph of KB_DATA_DIR, which holds it already")
    options = parser.parse_args()
    if options.loaded:
        with open_store(Settings.from_env()) as store:
            print("\n".join(table(store)))
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
