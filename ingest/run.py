"""What became of each article of one run of ingest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.graph.facts import Facts
from ingest.graph.runs import close
from kb.log import tell
from kb.store import Store


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


def log(outcome: Outcome, run: str, folder: Path) -> None:
    """Add a line to the log of what became of an article. Arguments: run, its id; folder, the data folder."""
    told = {"article": outcome.article_id, "status": outcome.status, "source": outcome.source, "run": run,
            **({"reason": outcome.reason} if outcome.reason else {}), **outcome.counts}  # fmt: skip
    tell("article", told, folder, failed=outcome.status == "failed")


def finish(store: Store, run: str, outcomes: Sequence[Outcome], articles: int = 0, unchanged: int = 0) -> Summary:
    """Record what came of the run. Arguments: articles, unchanged: how many there were before it was broken off."""
    summary = Summary(run, tuple(outcomes))
    failures = [f"{o.source}: {o.reason}" for o in outcomes if o.status == "failed"]
    unchanged += summary.count("unchanged")
    close(store, run, articles=articles + len(outcomes), unchanged=unchanged, failures=failures)
    return summary
