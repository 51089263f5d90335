"""A server that is killed while an ingest runs, or cut off: the graph is the same in the end, and a loss would be seen.

`python -m benchmarks.faults` kills ingest and `kb decide` too, many times; tests/ingest/test_crash.py the ingest once.
"""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.faults import _differences, harmed_round, round_of, undisturbed
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
