"""What an article says when it is read anew, beside what the graph holds of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ingest.graph.facts import Facts
from kb.edtf import Edtf
from kb.store import Queryable

Kind = Literal["published", "time", "event", "claim"]

STORED_TIMES = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)-[r:HAS_TIME]->(t:TimeExpression)
WHERE r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = $id
RETURN t.start AS start, t.end AS end, t.id AS id, t.text AS words, t.edtf AS date"""

STORED_EVENTS = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[r:REPORTED_IN]-(e:Event)
WHERE r.articleId = $id AND r.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, r.startReferent AS id, r.title AS words, r.edtf AS date"""

STORED_CLAIMS = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[r:STATED_IN]-(c:Claim)
WHERE c.articleId = $id AND r.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, c.id AS id, c.text AS words, c.said AS date"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a change alters. before and after are EDTF dates, None without one; `change` says what happens.

    kind: "published" (the article's date), "time" (an expression), "event" (when a sentence puts it), "claim" (when it
    was said). words: the expression, the title or the claim. sentence: the passage it stands in.
    """

    kind: Kind
    change: Literal["changed", "new", "gone"]
    id: str
    words: str
    before: Edtf | None
    after: Edtf | None
    sentence: str
    article: str


def differences(store: Queryable, before: str | None, facts: Facts) -> Iterator[Difference]:
    """How what an article says differs from what the graph holds of it.

    Arguments: the graph; before, when the article was published as the graph has it (EDTF); facts, the article read
    anew. Raises: StoreError.
    """
    article, title = facts.article, facts.article.title or facts.article.source
    if before != article.published:
        yield Difference("published", "changed", article.id, title, _date(before), article.published, "", title)
    for kind, statement in _STORED.items():
        old = {(r["start"], r["end"]): r for r in store.run(statement, id=article.id)}
        new = {(r["start"], r["end"]): r for r in _told(kind, facts)}
        for span in sorted({*old, *new}):
            yield from _compare(kind, old.get(span), new.get(span), _sentence(facts, span[0]), title)


_STORED: Mapping[Kind, str] = {"time": STORED_TIMES, "event": STORED_EVENTS, "claim": STORED_CLAIMS}


def _told(kind: Kind, facts: Facts) -> Iterator[Mapping[str, Any]]:
    """What the facts say, in the shape of the stored rows."""
    if kind == "time":
        for time in facts.times:
            yield {"start": time.start, "end": time.end, "id": time.id, "words": time.text, "date": time.edtf}
        return
    claims = {claim.id: claim for claim in facts.claims}
    for relation in facts.relations:
        given = relation.properties
        if kind == "event" and relation.type == "REPORTED_IN":
            yield {"start": given["start"], "end": given["end"], "id": relation.start, "words": given["title"],
                   "date": given["edtf"]}  # fmt: skip
        elif kind == "claim" and relation.type == "STATED_IN":
            claim = claims[relation.start]
            yield {"start": given["start"], "end": given["end"], "id": claim.id, "words": claim.text,
                   "date": claim.said}  # fmt: skip


def _compare(
    kind: Kind, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, sentence: str, article: str
) -> Iterator[Difference]:
    row = new or old
    before, after = _date(old["date"]) if old else None, _date(new["date"]) if new else None
    if row is None or (old and new and before == after and (kind != "event" or old["words"] == new["words"])):
        return
    change: Literal["changed", "new", "gone"] = "changed" if old and new else "new" if new else "gone"
    retold = old and new and kind == "event" and old["words"] != new["words"]
    words = f"{old['words']} → {new['words']}" if old and new and retold else row["words"]
    yield Difference(kind, change, row["id"], words, before, after, sentence, article)


def _sentence(facts: Facts, offset: int) -> str:
    return next((p.text for p in facts.passages if p.start <= offset < p.end), "")


def _date(value: str | None) -> Edtf | None:
    return Edtf(value) if value else None
