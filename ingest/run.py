"""One run of ingest: what became of each article, kept in the graph as an IngestRun."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from ingest.facts import Facts
from kb.models import IngestRun
from kb.store import Store

BEGIN = "MERGE (r:IngestRun {id: $id}) SET r += $properties, r.createdAt = $started"
FINISH = "MATCH (r:IngestRun {id: $id}) SET r += $properties"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article; `reason` says why it failed or is only text, `counts` what was found."""

    source: str
    title: str
    article_id: str | None
    status: Literal["new", "changed", "unchanged", "failed"]
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of all articles of a run."""

    run: str
    articles: tuple[Outcome, ...]

    def count(self, status: str) -> int:
        """How many articles ended with this status."""
        return sum(outcome.status == status for outcome in self.articles)


def counts(facts: Facts) -> dict[str, int]:
    """How much an article gave: events, dated ones, claims, entities, time expressions."""
    return {
        "events": len(facts.events),
        "dated": sum(e.edtf is not None for e in facts.events),
        "claims": len(facts.claims),
        "entities": len(facts.entities),
        "times": len(facts.times),
    }


def begin(store: Store, version: str) -> str:
    """Record that a run starts; returns its id."""
    run = IngestRun(id=f"run-{uuid.uuid4().hex}", started=now(), version=version)
    store.execute(BEGIN, id=run.id, properties=run.properties(), started=run.started)
    return run.id


def finish(store: Store, run: str, outcomes: Sequence[Outcome]) -> Summary:
    """Record what came of the run."""
    summary = Summary(run, tuple(outcomes))
    failures = [f"{o.source}: {o.reason}" for o in outcomes if o.status == "failed"]
    close(store, run, articles=len(outcomes), unchanged=summary.count("unchanged"), failures=failures)
    return summary


def close(store: Store, run: str, *, articles: int, unchanged: int = 0, failures: Sequence[str] = ()) -> None:
    """Record that a run is over: how many articles it took, how many of them changed nothing, and what failed."""
    properties = {"finished": now(), "articles": articles, "unchanged": unchanged, "failed": len(failures),
                  "failures": list(failures)}  # fmt: skip
    store.execute(FINISH, id=run, properties=properties)


def now() -> str:
    """The present moment in UTC as an ISO string, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
