"""The same articles in any order, twice, by one process or many, make the same graph, on both engines."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
import pytest

from ingest import ingest
from ingest.run import Summary
from kb.store import Settings, Store, open_store
from tests.exported import export
from tests.kept import SEED, seeded

FILES = sorted(str(path) for path in SEED.iterdir())


def emptied(store: Store) -> None:
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")


@pytest.fixture(scope="module")
def forwards(engine: Settings) -> Iterator[tuple[list[str], list[str]]]:
    """The graph of the articles in the order of their names."""
    with open_store(engine) as store:
        emptied(store)
        seeded(store)
        yield export(store)


@pytest.mark.parametrize("seed", range(2))
def test_any_order_and_twice(store: Store, forwards: tuple[list[str], list[str]], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same on every run)
    ingest(chance.sample(FILES, len(FILES)), store)
    assert export(store) == forwards
    assert {o.status for o in ingest(chance.sample(FILES, len(FILES)), store).articles} == {"unchanged"}
    assert export(store) == forwards


def ingest_part(files: list[str], settings: Settings) -> Summary:
    with open_store(settings) as store:
        return ingest(files, store)


def test_four_at_once_with_parts_in_common(
    store: Store, engine: Settings, forwards: tuple[list[str], list[str]]
) -> None:
    parts = [FILES[n::4] + FILES[(n + 1) % 4 :: 4][::-1] for n in range(4)]
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        summaries = list(pool.map(ingest_part, parts, [engine] * 4))
    assert not any(summary.count("failed") for summary in summaries)
    assert export(store) == forwards


def test_several_processes_report_as_one_does(
    store: Store, forwards: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    sources = [str(tmp_path / "missing.txt"), *FILES[::-1], str(tmp_path), *FILES[:2]]
    seen: list[tuple[str, int]] = []
    summary = ingest(sources, store, progress=lambda o, done: seen.append((o.title or o.source, done)), processes=3)
    assert export(store) == forwards
    emptied(store)
    alone = ingest(sources, store)
    assert summary.articles == alone.articles
    assert [done for _, done in seen] == list(range(1, len(alone.articles) + 1))
    assert sorted(name for name, _ in seen) == sorted(o.title or o.source for o in alone.articles)
    runs = store.run("MATCH (r:IngestRun) WHERE r.finished IS NOT NULL RETURN r.failed AS failed")
    assert [row["failed"] for row in runs] == [2]


def test_of_two_versions_the_later_given_stands(store: Store, tmp_path: Path) -> None:
    """Whichever process is the faster."""
    for name, text in (
        ("a", "Russia annexed Crimea in 2014. " * 40),
        ("b", "Nothing was agreed in Minsk in 2015. " * 20),
    ):
        (tmp_path / f"{name}.txt").write_text(f"Title: It\nURL: https://example.org/it\n\n{text}\n", encoding="utf-8")
    statuses = [o.status for o in ingest([str(tmp_path)], store, processes=2).articles]
    assert statuses == ["new", "changed"]
    text = store.run("MATCH (:Article)-[h:HAS_SNAPSHOT]->(s) WHERE h.current = true RETURN s.text AS text")
    assert ["Minsk" in row["text"] for row in text] == [True]


# A shell that starts the tests in the background lets them, and so what they start, ignore interrupts.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from kb.cli import main
main()
"""


def test_an_interrupt_ends_all_processes(local_settings: Settings, tmp_path: Path) -> None:
    for number in range(200):  # more than are read before the interrupt comes
        text = "\n\n".join(f"The council of town {number} voted on item {n} on 5 May 2011." for n in range(40))
        Path(tmp_path, f"{number:03d}.txt").write_text(f"Votes in town {number}\n\n{text}\n", encoding="utf-8")
    env = {**os.environ, "KB_DATA_DIR": str(local_settings.data_dir)}
    command = [sys.executable, "-c", INTERRUPTIBLE, "ingest", str(tmp_path), "--processes", "2"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        with open_store(local_settings) as store:
            _wait_for(lambda: store.run("MATCH (a:Article) RETURN count(a) AS articles")[0]["articles"] > 0)
        children = psutil.Process(running.pid).children(recursive=True)
        assert len([c for c in children if "spawn_main" in " ".join(c.cmdline())]) >= 2
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130
    assert b"Traceback" not in output + errors
    assert re.search(rb"Broken off after \d+ articles?\. What was read is stored.*kb ingest --resume goes on", errors)
    assert not psutil.wait_procs(children, timeout=20)[1]


def _wait_for(met: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not met():
        assert time.monotonic() < end, "nothing was read"
        time.sleep(0.1)
