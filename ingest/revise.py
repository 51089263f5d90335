"""Read stored articles again after a correction or with newer rules: first the differences, then the change.

Nothing is written before `apply`, which stores the decision and everything that hangs on it in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest.corrections import NO_CHANGE, Change, corrected, read_corrected
from ingest.extract import rules_version
from ingest.facts import Facts
from ingest.findings import Document
from ingest.resolve import resolve
from ingest.run import begin, close, now
from ingest.write import write_in
from kb import decisions
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.models import Decision
from kb.store import Store, Transaction

Kind = Literal["published", "time", "event", "claim"]

FIND_ARTICLE = """MATCH (a:Article)
WHERE a.expiredAt IS NULL AND $words IN [a.id, a.url, a.source, a.title]
RETURN a.id AS id ORDER BY id"""

FIND_EVENT = """MATCH (e:Event {id: $id}) WHERE e.expiredAt IS NULL
RETURN e.title AS title, e.edtf AS edtf"""

STORED_ARTICLE = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE a.expiredAt IS NULL AND h.current = true
RETURN a.source AS source, s.text AS text, a.url AS url, a.title AS title, a.publisher AS publisher,
  a.authors AS authors, a.language AS language, a.published AS published, a.publishedBasis AS basis,
  a.statedPublished AS stated, a.statedBasis AS stated_basis, a.fingerprint AS fingerprint LIMIT 1"""

REPORTS = """MATCH (:Event {id: $id})-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL
RETURN r.articleId AS article, r.start AS start, r.end AS end ORDER BY article, start"""

STORED_TIMES = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)-[r:HAS_TIME]->(t:TimeExpression)
WHERE r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = $id
RETURN t.start AS start, t.end AS end, t.id AS id, t.text AS words, t.edtf AS date"""

STORED_EVENTS = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[r:REPORTED_IN]-(e:Event)
WHERE r.articleId = $id AND r.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, e.id AS id, r.title AS words, r.edtf AS date"""

STORED_CLAIMS = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[r:STATED_IN]-(c:Claim)
WHERE c.articleId = $id AND r.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, c.id AS id, c.text AS words, c.said AS date"""

ALL_ARTICLES = "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN a.id AS id ORDER BY id"


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


@dataclass(frozen=True, slots=True)
class Revision:
    """Articles read anew, the decision that asked for it, and what differs from the graph."""

    facts: tuple[Facts, ...]
    differences: tuple[Difference, ...]
    decision: Decision | None = None
    taken_back: tuple[str, decisions.Field] | None = None

    @property
    def empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not self.facts and self.decision is None and self.taken_back is None


def find_article(store: Store, words: str) -> str:
    """The id of the article of this id, URL, source or title. Raises: BadInput when none or several fit; StoreError."""
    found = [row["id"] for row in store.read(FIND_ARTICLE, words=words)]
    if not found:
        raise BadInput(f"No article has the id, address, source or title “{words}”; "
                       'kb cypher "MATCH (a:Article) RETURN a.id, a.title" lists them')  # fmt: skip
    if len(found) > 1:
        raise BadInput(f"{len(found)} articles have the source or title “{words}”; give one's id: {', '.join(found)}")
    return str(found[0])


def set_published(
    store: Store, article: str, date: Edtf | None, *, by: str | None = None, reason: str = ""
) -> Revision:
    """What a corrected publication date would change.

    Arguments: the open store; id, URL, source or title of an article; the date, None to go back to what the source
    says; who decides (default: the account's name) and why. Raises: BadInput, StoreError.
    """
    id = find_article(store, article)
    _check_new("publication date of this article", decisions.standing(store, id, "published"), date)
    change = Change(published={id: date})
    return _revision(store, [id], change, _decision(id, "published", date, by, reason), (id, "published"))


def set_date(store: Store, event: str, date: Edtf | None, *, by: str | None = None, reason: str = "") -> Revision:
    """What a corrected date of an event would change: its own, and all that is counted from it.

    Arguments: as `set_published`, with the id of an event. Raises: BadInput, StoreError.
    """
    if not store.read(FIND_EVENT, id=event):
        raise BadInput(f"No event has the id “{event}”; the address of its panel in the app shows it after event=")
    _check_new("date of this event", decisions.standing(store, event, "edtf"), date)
    places: dict[str, dict[tuple[int, int], str]] = {}
    for row in store.read(REPORTS, id=event):
        places.setdefault(row["article"], {})[row["start"], row["end"]] = event
    change = Change(dates={event: date}, places=places)
    return _revision(store, list(places), change, _decision(event, "edtf", date, by, reason), (event, "edtf"))


def _check_new(what: str, known: Decision | None, date: Edtf | None) -> None:
    if date is None and known is None:
        raise BadInput(f"The {what} was never corrected, so there is nothing to take back")
    if date is not None and known is not None and known.value == str(date):
        raise BadInput(f"The {what} is {date} already, by a decision of {known.by}")


def reread(store: Store, article: str) -> Revision:
    """What the present rules and decisions would change in one article. Raises: BadInput, StoreError."""
    return _revision(store, [article], NO_CHANGE, None, None)


def every_article(store: Store) -> list[str]:
    """Ids of all articles in the graph."""
    return [str(row["id"]) for row in store.read(ALL_ARTICLES)]


def apply(store: Store, revision: Revision) -> str:
    """Store a revision, all of it or nothing. Returns the id of the IngestRun. Raises: StoreError."""
    run = begin(store, rules_version())

    def work(tx: Transaction) -> None:
        if revision.decision:
            decisions.record(tx, revision.decision)
        elif revision.taken_back:
            decisions.take_back(tx, *revision.taken_back, at=now())
        for facts in revision.facts:
            write_in(tx, facts, run)

    store.write(work)
    close(store, run, articles=len(revision.facts))
    return run


def _decision(target: str, field: decisions.Field, date: Edtf | None, by: str | None, reason: str) -> Decision | None:
    if date is None:
        return None
    return decisions.edit(target, field, date, at=now(), by=by or decisions.somebody(), reason=reason)


def _revision(
    store: Store,
    articles: Sequence[str],
    change: Change,
    decision: Decision | None,
    target: tuple[str, decisions.Field] | None,
) -> Revision:
    facts: list[Facts] = []
    differences: list[Difference] = []
    for article in articles:
        stored = _stored(store, article)
        document = corrected(store, _document(stored), change)
        new = resolve(read_corrected(store, document, change), version=rules_version())
        if new.article.fingerprint != stored["fingerprint"]:
            facts.append(new)
            differences += _differences(store, stored, new)
    if target and target[1] == "edtf":
        differences.insert(0, _own_date(store, target[0], change.dates[target[0]], facts))
    return Revision(tuple(facts), tuple(differences), decision, target if target and decision is None else None)


def _stored(store: Store, article: str) -> Mapping[str, Any]:
    rows = store.read(STORED_ARTICLE, id=article)
    if not rows:
        raise BadInput(f"No article has the id “{article}”")
    return rows[0]


def _document(stored: Mapping[str, Any]) -> Document:
    """The document as it was read, with the publication date that the source states."""
    decided = stored["basis"] == "decision"
    published = stored["stated"] if decided else stored["published"]
    basis = stored["stated_basis"] if decided else stored["basis"]
    return Document(
        source=stored["source"], text=stored["text"], url=stored["url"], title=stored["title"] or "",
        publisher=stored["publisher"] or "", authors=tuple(stored["authors"] or ()),
        language=stored["language"], published=Edtf(published) if published else None,
        published_basis=basis or "unknown",
    )  # fmt: skip


def _own_date(store: Store, event: str, date: Edtf | None, facts: Sequence[Facts]) -> Difference:
    """The difference in the event's shown date; one that is taken back is dated by its texts again."""
    row = store.read(FIND_EVENT, id=event)[0]
    told = next((e.edtf for f in facts for e in f.events if e.id == event), None)
    return Difference("event", "changed", event, row["title"], _date(row["edtf"]), date or told, "", "")


def _differences(store: Store, stored: Mapping[str, Any], facts: Facts) -> Iterator[Difference]:
    article, title = facts.article, facts.article.title or facts.article.source
    before = _date(stored["published"])
    if before != article.published:
        yield Difference("published", "changed", article.id, title, before, article.published, "", title)
    for kind, statement in _STORED.items():
        old = {(r["start"], r["end"]): r for r in store.read(statement, id=article.id)}
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
