"""Does the graph prove itself? Each fact's words must stand in its snapshot, letter by letter; nothing hangs loose."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.edtf import Edtf
from kb.store import Store

Row = Mapping[str, Any]

ARTICLES = "MATCH (a:Article) RETURN a.id AS id ORDER BY id"

SNAPSHOTS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot)
RETURN s.id AS id, s.text AS text, h.current AS current"""

PASSAGES = """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(s:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
RETURN s.id AS snapshot, p.id AS id, p.start AS start, p.end AS end, p.text AS text"""

_OWN = "MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(s:Snapshot)-[:HAS_PASSAGE]->(p:Passage)"

# What was withdrawn and came back is stated twice, once ended: it counts once.
TIMES = f"""{_OWN}-[r:HAS_TIME]->(t:TimeExpression)
WHERE t.articleId = $id
RETURN DISTINCT s.id AS snapshot, t.id AS id, t.start AS start, t.end AS end, t.text AS text,
  p.start AS low, p.end AS high, t.edtf AS edtf, t.earliest AS earliest, t.latest AS latest, t.expiredAt AS expired"""

MENTIONS = f"""{_OWN}-[r:MENTIONS]->(x:Entity)
WHERE r.articleId = $id
RETURN DISTINCT s.id AS snapshot, x.id AS id, r.start AS start, r.end AS end, r.text AS text,
  p.start AS low, p.end AS high"""

REPORTS = f"""{_OWN}<-[r:REPORTED_IN]-(e:Event)
WHERE r.articleId = $id
RETURN DISTINCT s.id AS snapshot, e.id AS id, r.start AS start, r.end AS end, r.trigger AS text,
  p.start AS low, p.end AS high, r.edtf AS edtf"""

CLAIMS = f"""{_OWN}<-[r:STATED_IN]-(c:Claim)
WHERE c.articleId = $id
RETURN DISTINCT s.id AS snapshot, c.id AS id, r.start AS start, r.end AS end, c.text AS whole, c.said AS edtf,
  c.saidEarliest AS earliest, c.saidLatest AS latest ORDER BY id, start"""

EVENTS = """MATCH (e:Event) WHERE e.expiredAt IS NULL
RETURN e.id AS id, e.edtf AS edtf, e.earliest AS earliest, e.latest AS latest"""

# What nothing holds up: each statement gives the ids of one kind.
LOOSE: Mapping[str, str] = {
    "event without a sentence": """MATCH (n:Event) WHERE n.expiredAt IS NULL
  AND NOT EXISTS { MATCH (n)-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL } RETURN n.id AS id""",
    "claim without a sentence": """MATCH (n:Claim) WHERE n.expiredAt IS NULL
  AND NOT EXISTS { MATCH (n)-[r:STATED_IN]->(:Passage) WHERE r.expiredAt IS NULL } RETURN n.id AS id""",
    "time expression without a sentence": """MATCH (n:TimeExpression) WHERE n.expiredAt IS NULL
  AND NOT EXISTS { MATCH (n)<-[r:HAS_TIME]-(:Passage) WHERE r.expiredAt IS NULL } RETURN n.id AS id""",
    "entity without a mention": """MATCH (n:Entity) WHERE n.expiredAt IS NULL
  AND NOT EXISTS { MATCH (n)<-[r:MENTIONS]-(:Passage) WHERE r.expiredAt IS NULL } RETURN n.id AS id""",
    "passage without a snapshot": """MATCH (n:Passage)
WHERE NOT EXISTS { MATCH (n)<-[:HAS_PASSAGE]-(:Snapshot) } RETURN n.id AS id""",
    "snapshot without an article": """MATCH (n:Snapshot)
WHERE NOT EXISTS { MATCH (n)<-[:HAS_SNAPSHOT]-(:Article) } RETURN n.id AS id""",
    "article without a current text": """MATCH (n:Article) WHERE n.expiredAt IS NULL
  AND NOT EXISTS { MATCH (n)-[h:HAS_SNAPSHOT]->(:Snapshot) WHERE h.current = true } RETURN n.id AS id""",
    "decision that judges nothing": """MATCH (n:Decision)
WHERE NOT EXISTS { MATCH (n)-[:JUDGES]->() } RETURN n.id AS id""",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold. kind: what is wrong; id: of the node it is wrong with; detail: the rest."""

    kind: str
    id: str
    detail: str = ""


@dataclass(slots=True)
class Proof:
    """What was checked, by kind of fact, and the faults found."""

    checked: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether there is no fault."""
        return not self.faults


def verify(store: Store, progress: Callable[[int, int], None] | None = None) -> Proof:
    """Check the whole graph, article by article.

    Arguments: the open store; progress, called with the articles done and their number. Raises: StoreError.
    """
    proof = Proof()
    articles = [str(row["id"]) for row in store.run(ARTICLES)]
    for number, article in enumerate(articles, 1):
        _article(store, article, proof)
        if progress:
            progress(number, len(articles))
    for row in store.run(EVENTS):
        _count(proof, "event dates", _bad_date(row))
    for kind, statement in LOOSE.items():
        proof.faults += [Fault(kind, str(row["id"])) for row in store.run(statement)]
    return proof


def _article(store: Store, article: str, proof: Proof) -> None:
    texts: dict[str, str] = {}
    for row in store.run(SNAPSHOTS, id=article):
        texts[row["id"]] = row["text"]
        hashed = hashlib.sha256(row["text"].encode()).hexdigest()
        _count(proof, "snapshots", [] if hashed == row["id"] else [Fault("text that is not its id's", row["id"])])
    for row in store.run(PASSAGES, id=article):
        _count(proof, "sentences", _bad_words(row, texts))
    for name, statement in (("times", TIMES), ("mentions", MENTIONS), ("reports", REPORTS)):
        for row in store.run(statement, id=article):
            _count(proof, name, (*_bad_words(row, texts), *_bad_place(row), *_bad_date(row)))
    for fault in _bad_claims(store.run(CLAIMS, id=article), texts, proof):
        proof.faults.append(fault)


def _count(proof: Proof, name: str, faults: Iterator[Fault] | list[Fault] | tuple[Fault, ...]) -> None:
    proof.checked[name] += 1
    proof.faults += faults


def _bad_words(row: Row, texts: Mapping[str, str]) -> Iterator[Fault]:
    stands = texts[row["snapshot"]][row["start"] : row["end"]]
    if stands != row["text"]:
        yield Fault(
            "words that the text does not have there", row["id"], f"“{row['text']}” at {row['start']}: “{stands}”"
        )


def _bad_place(row: Row) -> Iterator[Fault]:
    if not row["low"] <= row["start"] < row["high"]:
        yield Fault(
            "words outside their sentence", row["id"], f"at {row['start']}, sentence {row['low']}-{row['high']}"
        )


def _bad_claims(rows: list[dict[str, Any]], texts: Mapping[str, str], proof: Proof) -> Iterator[Fault]:
    """A claim may stand in several pieces: their words in order are the claim's."""
    pieces: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        pieces.setdefault((row["id"], row["snapshot"]), []).append(row)
    for (id, snapshot), parts in pieces.items():
        proof.checked["claims"] += 1
        stands = " … ".join(texts[snapshot][p["start"] : p["end"]] for p in parts)
        if stands != parts[0]["whole"]:
            yield Fault("words that the text does not have there", id, f"“{parts[0]['whole']}”: “{stands}”")
        yield from _bad_date(parts[0])


def _bad_date(row: Row) -> Iterator[Fault]:
    if not row.get("edtf"):
        return
    date = Edtf.of(row["edtf"])
    if date is None:
        yield Fault("a date that is not EDTF", row["id"], row["edtf"])
        return
    for name, bound in (("earliest", date.earliest), ("latest", date.latest)):
        told = row.get(name, bound)
        outside = told is None or bound is None or (told < bound if name == "earliest" else told > bound)
        if told != bound and outside:
            yield Fault("bounds wider than the date", row["id"], f"{name} {told}, {row['edtf']}")
