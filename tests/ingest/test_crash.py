"""What a kill, a second process or a full folder may not do to the graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest import ingest
from kb.store import Settings, Store
from tests.exported import export

SEED = Path(__file__).parents[2] / "seed_data"
COUNT = "MATCH (a:Article) RETURN count(a) AS n"
WIPE = "MATCH (n) WHERE NOT n:Schema DETACH DELETE n"


def environment(settings: Settings) -> dict[str, str]:
    named = {"KB_URI": settings.uri, "KB_USER": settings.user, "KB_PASSWORD": settings.password,
             "KB_DATABASE": settings.database, "KB_DATA_DIR": str(settings.data_dir)}  # fmt: skip
    return {**os.environ, **{key: value for key, value in named.items() if value}}


def start_ingest(settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest", str(SEED)]
    return subprocess.Popen(command, env=environment(settings), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def undisturbed(store: Store) -> tuple[list[str], list[str]]:
    ingest([str(SEED)], store)
    graph = export(store)
    store.execute(WIPE)
    return graph


def test_killed_in_the_middle_and_run_again(engine: Settings, store: Store) -> None:
    whole = undisturbed(store)
    process = start_ingest(engine)
    deadline = time.monotonic() + 120
    while store.run(COUNT)[0]["n"] < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, "the ingest ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert 3 <= store.run(COUNT)[0]["n"] < 14
    again = start_ingest(engine)
    _, errors = again.communicate(timeout=200)
    assert again.returncode == 0, errors
    assert export(store) == whole


def test_two_at_once_leave_no_duplicate(engine: Settings, store: Store) -> None:
    whole = undisturbed(store)
    both = [start_ingest(engine), start_ingest(engine)]
    for process in both:
        _, errors = process.communicate(timeout=250)
        assert process.returncode == 0, errors
    assert export(store) == whole
