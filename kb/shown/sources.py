"""How many independent sources report an event: a copy is no second witness, nor is a paper that reports it twice.

The rule: sources are counted as the greatest number of reports of which no two are copies of one another and no two
come from one publisher. A wire report in ten papers is one source; three reports of one paper are one; a paper that has
a report of its own beside the wire report that others print too is a second source beside the wire. An article whose
publisher is unknown stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store import Transaction

REPORTED_BY = """UNWIND $articles AS article
MATCH (:Article {id: article})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage) WHERE h.current = true
MATCH (p)<-[r:REPORTED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND r.articleId = article
RETURN DISTINCT e.id AS event"""


@dataclass(frozen=True, slots=True)
class Report:
    """An article that reports an event: its id, the id of its group of copies, its publisher ("" where unknown)."""

    article: str
    group: str
    publisher: str = ""


def independent(reports: Iterable[Report]) -> int:
    """Count the independent sources among reports by the rule above; their order does not matter.

    This is a maximum matching of publishers and groups of copies, found by augmenting paths (Kuhn, 1955).
    """
    groups: dict[str, set[str]] = {}
    for report in reports:
        groups.setdefault(publisher_of(report), set()).add(report.group)
    holders: dict[str, str] = {}
    for publisher in groups:
        _settle(publisher, groups, holders)
    return len(holders)


def publisher_of(report: Report) -> str:
    """Who publishes a report, whatever the case and spaces of the name; an unknown one is no other's."""
    known = " ".join(report.publisher.casefold().split())
    return f"publisher {known}" if known else f"article {report.article}"


def reported_events(tx: Transaction, articles: Iterable[str]) -> frozenset[str]:
    """The events that the current texts of these articles report. Arguments: a transaction; ids of articles."""
    wanted = sorted(set(articles))
    return frozenset(row["event"] for row in tx.run(REPORTED_BY, articles=wanted)) if wanted else frozenset()


def _settle(publisher: str, groups: dict[str, set[str]], holders: dict[str, str]) -> None:
    """Give a publisher a group that nobody holds, if need be by letting others move on to another of theirs."""
    asked: dict[str, str] = {}
    ahead = [publisher]
    while ahead:
        asking = ahead.pop()
        for group in groups[asking] - asked.keys():
            asked[group] = asking
            if group not in holders:
                _hand_over(group, asked, holders)
                return
            ahead.append(holders[group])


def _hand_over(free: str, asked: dict[str, str], holders: dict[str, str]) -> None:
    held = {publisher: group for group, publisher in holders.items()}
    group: str | None = free
    while group:
        holders[group] = asked[group]
        group = held.get(asked[group])
