"""A server that is killed while an ingest runs, or cut off: the graph is the same in the end, and a loss would be seen.

`python -m benchmarks.faults` kills ingest and `kb decide` too, many times; tests/ingest/test_crash.py the ingest once.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.faults import (
    Round,
    _differences,
    _said,
    attempt,
    harmed_round,
    names_the_cause,
    round_of,
    undisturbed,
)
from kb.project import seed_folder
from kb.store import Settings, open_store


def test_an_ingest_goes_on_when_the_server_is_killed_or_its_connections_are_cut(data_dir: Path) -> None:
    settings = Settings(data_dir)  # of its own: its server is killed
    sources = [str(seed_folder() / "2023-11-arakhamia.html")]
    known = undisturbed(settings, sources)
    done = round_of("server", settings, sources, known, random.Random(7))  # noqa: S311 (a moment, no secret)
    assert done.wrong == ()
    cut = harmed_round("cut", settings, sources, known, 3455)  # of which the first connection is soon cut
    assert (cut.wrong, cut.after > 0) == ((), True)
    with open_store(settings) as store:
        store.execute("MATCH (:Event)-[r:REPORTED_IN]->() WITH r LIMIT 1 DELETE r")
        assert any(wrong.startswith("1 relationships lost, 0 too many") for wrong in _differences(store, known.graph))


AT = "Error: The connection to the graph server at bolt://127.0.0.1:1"


@pytest.mark.parametrize(("kind", "said", "true"), [
    ("garble", f"{AT} brings what is no answer; see whether the network is sound", True),
    ("garble", "failed: a.html: " + AT.removeprefix("Error: ") + " was silent for too long; try again", True),
    ("garble", "Error: The server at bolt://127.0.0.1:1 refused the login; check KB_USER and KB_PASSWORD", False),
    ("garble", "Error: The Cypher text has an error: Invalid input", False),
    ("garble", "failed: a.html: This article failed for a reason that nobody foresaw (KeyError: 1)", False),
    ("garble", f"{AT} brings what is no answer; see\nfailed: b.html: The server refused the statement: 7", False),
    ("garble", "1 article: 1 new.", False),
    ("cut", f"{AT} is cut again and again; see whether the network is sound", True),
    ("readonly", "Error: The folder /data cannot be written (Read-only file system); set KB_DATA_DIR", True),
    ("readonly", "Error: No graph server answers at bolt://127.0.0.1:1; start it", False),
])  # fmt: skip
def test_only_a_sentence_that_names_the_cause_is_true(kind: str, said: str, true: bool) -> None:
    assert names_the_cause(kind, said) == true


def test_a_command_that_does_not_end_is_a_round_that_went_wrong() -> None:
    def stuck() -> Round:
        words = "import time; print('begun', flush=True); time.sleep(600)"
        process = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True)
        try:
            return Round("ingest", 1.0, (_said(process, 2.0),))
        finally:
            assert process.poll() is not None, "it is killed"

    assert attempt("ingest", stuck) == Round(
        "ingest", 0.0, ("a command did not end within 2 seconds; it said: begun\n",)
    )
