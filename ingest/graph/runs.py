"""Runs as the graph keeps them: when one began, by which rules, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from kb.models import IngestRun
from kb.store import Store
from kb.store.moments import now

BEGIN = "MERGE (r:IngestRun {id: $id}) ON CREATE SET r += $properties, r.createdAt = $started"
FINISH = "MATCH (r:IngestRun {id: $id}) SET r += $properties"
HELD = "UNWIND $ids AS wanted MATCH (a:Article {id: wanted}) RETURN a.id AS id"


def new_id() -> str:
    """An id for a run."""
    return f"run-{uuid.uuid4().hex}"


def begin(store: Store, version: str, id: str = "") -> str:
    """Record that a run starts, unless it was recorded before it was broken off.

    Arguments: the open store; the version of the rules; id, of the run, a new one where none is given. Returns its id.
    """
    run = IngestRun(id=id or new_id(), started=now(), version=version)
    store.execute(BEGIN, id=run.id, properties=run.properties(), started=run.started)
    return run.id


def close(store: Store, run: str, *, articles: int, unchanged: int = 0, failures: Sequence[str] = ()) -> None:
    """Record that a run is over: how many articles it took, how many of them changed nothing, and what failed."""
    properties = {"finished": now(), "articles": articles, "unchanged": unchanged, "failed": len(failures),
                  "failures": list(failures)}  # fmt: skip
    store.execute(FINISH, id=run, properties=properties)


def held(store: Store, articles: Iterable[str]) -> set[str]:
    """Those of some articles, by their ids, that the graph holds, withdrawn ones too. Raises: StoreError."""
    return {str(row["id"]) for row in store.run(HELD, ids=sorted(articles))}
