"""What a kill, a second process or a full folder may not do to the graph."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from kb.store import Settings, Store
from tests.environment import told
from tests.exported import export
from tests.kept import SEED, seeded

COUNT = "MATCH (a:Article) RETURN count(a) AS n"
WIPE = "MATCH (n) WHERE NOT n:Schema DETACH DELETE n"


def start_ingest(settings: Settings, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest", str(SEED), "--json", *options]
    return subprocess.Popen(
        command, env={**os.environ, **told(settings)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def undisturbed(store: Store) -> tuple[list[str], list[str]]:
    seeded(store)
    graph = export(store)
    store.execute(WIPE)
    return graph


def test_killed_in_the_middle_and_resumed(engine: Settings, store: Store) -> None:
    whole = undisturbed(store)
    process = start_ingest(engine)
    deadline = time.monotonic() + 120
    while store.run(COUNT)[0]["n"] < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, "the ingest ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = store.run(COUNT)[0]["n"]
    assert 3 <= done < 14
    again = start_ingest(engine, "--resume")
    output, errors = again.communicate(timeout=200)
    assert again.returncode == 0, errors
    assert len(json.loads(output)) in (14 - done, 15 - done)  # the last may have been stored, and not noted any more
    assert export(store) == whole
    runs = store.run("MATCH (r:IngestRun) RETURN r.articles AS articles, r.finished IS NOT NULL AS over")
    assert runs == [{"articles": 14, "over": True}]


def test_two_at_once_leave_no_duplicate(engine: Settings, store: Store) -> None:
    whole = undisturbed(store)
    both = [start_ingest(engine), start_ingest(engine)]
    for process in both:
        _, errors = process.communicate(timeout=250)
        assert process.returncode == 0, errors
    assert export(store) == whole
