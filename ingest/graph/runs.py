"""Runs as the graph keeps them: when one began, by which rules, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from kb.models import IngestRun
from kb.store import Store
from kb.store.moments import now

BEGIN = "MERGE (r:IngestRun {id: $id}) SET r += $properties, r.createdAt = $started"
FINISH = "MATCH (r:IngestRun {id: $id}) SET r += $properties"


def begin(store: Store, version: str) -> str:
    """Record that a run starts; returns its id."""
    run = IngestRun(id=f"run-{uuid.uuid4().hex}", started=now(), version=version)
    store.execute(BEGIN, id=run.id, properties=run.properties(), started=run.started)
    return run.id


def close(store: Store, run: str, *, articles: int, unchanged: int = 0, failures: Sequence[str] = ()) -> None:
    """Record that a run is over: how many articles it took, how many of them changed nothing, and what failed."""
    properties = {"finished": now(), "articles": articles, "unchanged": unchanged, "failed": len(failures),
                  "failures": list(failures)}  # fmt: skip
    store.execute(FINISH, id=run, properties=properties)
