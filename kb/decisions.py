"""Human judgements in the graph: who decided what, when and why. None is ever deleted; one can be taken back.

A decision of kind "edit" sets one field of one node ("published" of an Article, "edtf" of an Event). Of several on one
field the last one stands: it takes back the one before it.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kb.edtf import Edtf
from kb.models import Decision
from kb.store import Store, Transaction

Field = Literal["published", "edtf"]

STANDING = """MATCH (d:Decision)-[:JUDGES]->(n:LABEL {id: $target})
WHERE d.field = $field AND d.revokedAt IS NULL
RETURN d.id AS id, d.value AS value, d.by AS by, d.at AS at, d.reason AS reason ORDER BY d.at DESC LIMIT 1"""

PINS_OF_EVENTS = """MATCH (e:Event)<-[:JUDGES]-(d:Decision)
WHERE e.id IN $events AND d.field = 'edtf' AND d.revokedAt IS NULL
RETURN e.id AS event, d.value AS date"""

PINS_OF_PASSAGES = """MATCH (p:Passage)<-[j:JUDGES]-(d:Decision)-[:JUDGES]->(e:Event)
WHERE p.id IN $passages AND j.articleId = $article AND d.field = 'edtf' AND d.revokedAt IS NULL
RETURN e.id AS event, d.value AS date, j.start AS start, j.end AS end"""

PINS_OF_ARTICLE = """MATCH (:Article {id: $article})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[r:REPORTED_IN]-(e:Event)<-[:JUDGES]-(d:Decision)
WHERE r.articleId = $article AND r.expiredAt IS NULL AND d.field = 'edtf' AND d.revokedAt IS NULL
RETURN DISTINCT e.id AS event, d.value AS date"""

REVOKE = """MATCH (d:Decision)-[:JUDGES]->(n:LABEL {id: $target})
WHERE d.field = $field AND d.revokedAt IS NULL SET d.revokedAt = $at"""

DECIDE = """MATCH (n:LABEL {id: $target})
MERGE (d:Decision {id: $id}) SET d += $properties, d.createdAt = $at
MERGE (d)-[:JUDGES]->(n)"""

# Where the event stood when it was judged, so that the judgement finds it again whatever else changes.
JUDGE_REPORTS = """MATCH (d:Decision {id: $id})
MATCH (:Event {id: $target})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
MERGE (d)-[j:JUDGES {articleId: r.articleId, start: r.start, end: r.end}]->(p)"""

_LABELS: Mapping[str, str] = {"published": "Article", "edtf": "Event"}


@dataclass(frozen=True, slots=True)
class Pin:
    """A date that a human gave an event: the event's id and the date."""

    event: str
    date: Edtf


def edit(target: str, field: Field, value: Edtf, *, at: str, by: str, reason: str = "") -> Decision:
    """The decision that sets a field of a node.

    Arguments: target, the node's id; field and value; at, the moment in UTC (ISO); by, who decides; reason, why.
    """
    known = "\x1f".join((target, field, value, at, by))
    return Decision(
        id=f"decision-{hashlib.sha256(known.encode()).hexdigest()[:20]}", kind="edit", by=by, at=at, reason=reason,
        targets=(target,), field=field, value=str(value),
    )  # fmt: skip


def standing(store: Store, target: str, field: Field) -> Decision | None:
    """The decision that holds for a field of a node; None when none does. Raises: StoreError."""
    rows = store.read(STANDING.replace("LABEL", _LABELS[field]), target=target, field=field)
    return Decision(kind="edit", targets=(target,), field=field, **_words(rows[0])) if rows else None


def _words(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "reason": row["reason"] or ""}


def record(tx: Transaction, decision: Decision) -> None:
    """Store an edit within a transaction; the one that stood on the same field is taken back."""
    target, field = decision.targets[0], str(decision.field)
    take_back(tx, target, field, decision.at)
    statement = DECIDE.replace("LABEL", _LABELS[field])
    tx.execute(statement, target=target, id=decision.id, properties=decision.properties(), at=decision.at)
    if field == "edtf":
        tx.execute(JUDGE_REPORTS, id=decision.id, target=target)


def take_back(tx: Transaction, target: str, field: str, at: str) -> None:
    """Revoke the decision that stands on a field of a node; nothing when none does."""
    tx.execute(REVOKE.replace("LABEL", _LABELS[field]), target=target, field=field, at=at)


def pins_of_events(reader: Store | Transaction, events: Iterable[str]) -> tuple[Pin, ...]:
    """The dates that humans gave these events. Arguments: the open store or a transaction; ids of events."""
    wanted = sorted(set(events))
    if not wanted:
        return ()
    return _pins(_rows(reader, PINS_OF_EVENTS, events=wanted))


def pins_of_article(store: Store, article: str) -> tuple[Pin, ...]:
    """The dates that humans gave the events that an article in the graph reports."""
    return _pins(store.read(PINS_OF_ARTICLE, article=article))


def pins_of_passages(store: Store, article: str, passages: Sequence[str]) -> dict[tuple[int, int], Pin]:
    """The dates given to events that stood in these passages of the article when they were judged, by span."""
    rows = store.read(PINS_OF_PASSAGES, article=article, passages=list(passages))
    return {(r["start"], r["end"]): Pin(r["event"], Edtf(r["date"])) for r in rows}


def _rows(reader: Store | Transaction, statement: str, **params: Any) -> list[dict[str, Any]]:
    return reader.read(statement, **params) if isinstance(reader, Store) else reader.run(statement, **params)


def _pins(rows: Iterable[Mapping[str, Any]]) -> tuple[Pin, ...]:
    return tuple(sorted((Pin(r["event"], Edtf(r["date"])) for r in rows), key=lambda pin: pin.event))


def somebody() -> str:
    """Who is at the keyboard, when nobody says: the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
