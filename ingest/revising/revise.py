"""Read stored articles again after a correction or with newer rules: first the differences, then the change.

Nothing is written before `apply`, which stores the decision and everything that hangs on it in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.clean import clean
from ingest.graph.aliases import store_aliases
from ingest.graph.facts import Facts
from ingest.graph.merge import merge_touched, take_turn
from ingest.graph.resolve import resolve
from ingest.graph.runs import begin, close
from ingest.graph.touched import Touched
from ingest.graph.write import Status, write_in, write_several
from ingest.matching.aliases import AliasGroup
from ingest.matching.ids import article_id
from ingest.originals import again
from ingest.reading.extract import rules_version
from ingest.reading.findings import Document
from ingest.revising.corrections import NO_CHANGE, Change, corrected, read_corrected
from ingest.revising.differences import Difference, differences
from ingest.revising.effects import Effect, rehearse
from ingest.revising.remove import withdraw_in
from kb import decisions
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.heeded import Added
from kb.models import Decision
from kb.store import Queryable, Store, Transaction
from kb.store.moments import now

FIND_ARTICLE = """MATCH (a:Article)
WHERE a.expiredAt IS NULL AND $words IN [a.id, a.url, a.source, a.title]
RETURN a.id AS id ORDER BY id"""

EVENT_SHOWN = "MATCH (e:Event {id: $id}) RETURN e.title AS title, e.edtf AS edtf"

STORED_ARTICLE = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE ($withdrawn OR a.expiredAt IS NULL) AND h.current = true
RETURN a.source AS source, s.text AS text, a.url AS url, a.title AS title, a.publisher AS publisher,
  a.authors AS authors, a.language AS language, a.published AS published, a.publishedBasis AS basis,
  a.statedPublished AS stated, a.statedBasis AS stated_basis, a.fingerprint AS fingerprint LIMIT 1"""

REPORTS = """MATCH (:Event {id: $id})-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL
RETURN r.articleId AS article, r.start AS start, r.end AS end, r.startReferent AS referent ORDER BY article, start"""

EVERY_ENTITY = "MATCH (n:Entity) WHERE n.described = false RETURN n.id AS id"

_ROUNDS = 5  # of reading anew what another reading changed; what then still turns in a circle is left

READ_BY = """MATCH (a:Article)-[:RECORDED_BY]->(run:IngestRun) WHERE a.expiredAt IS NULL
RETURN a.id AS id, run.started AS started, run.version AS version"""

ALL_ARTICLES = "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN a.id AS id ORDER BY id"


@dataclass(frozen=True, slots=True)
class Revision:
    """What a human asks for, or new rules.

    facts: articles read anew; decision, to store; revoked, to take back; aliases, a table of other names in the place
    of the stored one (empty: none at all).

    differences: what the articles read anew now say. effects: what becomes of the shown entities, events and claims.
    """

    facts: tuple[Facts, ...] = ()
    differences: tuple[Difference, ...] = ()
    decision: Decision | None = None
    revoked: tuple[Decision, ...] = ()
    aliases: tuple[AliasGroup, ...] | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not self.facts and self.decision is None and not self.revoked and self.aliases is None


def find_article(store: Store, words: str) -> str:
    """The id of the article of this id, URL, source or title. Raises: BadInput when none or several fit; StoreError."""
    found = [row["id"] for row in store.run(FIND_ARTICLE, words=words)]
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
    stand = decisions.all_standing(store, id, "published")
    _check_new("publication date of this article", stand, date)
    return published_revision(store, id, date, _decision(id, "published", date, by, reason), () if date else stand)


def published_revision(
    store: Store, article: str, date: Edtf | None, decision: Decision | None, revoked: Sequence[Decision] = ()
) -> Revision:
    """What changes when an article is published on another date: None, what its source says. Raises: StoreError."""
    facts = _read_anew(store, [article], Change(published={article: date}))
    return rehearsed(store, Revision(facts, decision=decision, revoked=tuple(revoked)))


def returned_revision(store: Store, article: str, revoked: Decision) -> Revision:
    """What changes when a withdrawn article comes back: its stored text is read again. Raises: BadInput, StoreError."""
    document = corrected(store, _document(_stored(store, article, withdrawn=True)))
    facts = resolve(read_corrected(store, document), version=rules_version())
    return rehearsed(store, Revision(facts=(facts,), revoked=(revoked,)))


def set_date(store: Store, event: str, date: Edtf | None, *, by: str | None = None, reason: str = "") -> Revision:
    """What a corrected date of an event would change: its own, and all that is counted from it.

    Arguments: as `set_published`, with the id of an event. Raises: BadInput, StoreError.
    """
    together = decisions.clusters_of(store, "Event", [event]).get(event)
    if not together:
        raise BadInput(f"No event has the id “{event}”; the address of its panel in the app shows it after event=")
    stand = decisions.all_standing(store, event, "edtf")
    _check_new("date of this event", stand, date)
    decision = _decision(together[0], "edtf", date, by, reason)
    return date_revision(store, together, date, decision, () if date else stand)


def date_revision(
    store: Store, together: Sequence[str], date: Edtf | None, decision: Decision | None,
    revoked: Sequence[Decision] = (),
) -> Revision:  # fmt: skip
    """What changes when an event happened on another date: None, what its texts say.

    Arguments: together, the canonical id and those merged into it. Raises: StoreError.
    """
    places: dict[str, dict[tuple[int, int], str]] = {}
    for row in store.run(REPORTS, id=together[0]):
        places.setdefault(row["article"], {})[row["start"], row["end"]] = row["referent"]
    change = Change(dates=dict.fromkeys(together, date), places=places)
    facts = _read_anew(store, list(places), change)
    own = _own_date(store, together[0], date, facts)
    return rehearsed(store, Revision(facts, (own,), decision, tuple(revoked)))


def renamed_revision(
    store: Store, article: str, renames: Mapping[str, str], decision: Decision | None,
    revoked: Sequence[Decision] = (),
) -> Revision:  # fmt: skip
    """What changes when an article means something of its own by some referents. Raises: StoreError."""
    facts = _read_anew(store, [article], Change(renames={article: renames}))
    return rehearsed(store, Revision(facts, decision=decision, revoked=tuple(revoked)))


def added_revision(
    store: Store, article: str, added: Mapping[str, Added], decision: Decision | None, revoked: Sequence[Decision] = ()
) -> Revision:
    """What changes when humans add these to an article, and nothing else.

    Arguments: added, by the decision's id. Raises: StoreError.
    """
    facts = _read_anew(store, [article], Change(added={article: added}))
    return rehearsed(store, Revision(facts, decision=decision, revoked=tuple(revoked)))


def _check_new(what: str, stand: Sequence[Decision], date: Edtf | None) -> None:
    if date is None and not stand:
        raise BadInput(f"The {what} was never corrected, so there is nothing to take back")
    if date is not None and stand and stand[0].value == str(date):
        raise BadInput(f"The {what} is {date} already, by a decision of {stand[0].by}")


def reread(store: Store, article: str) -> Revision:
    """What the present rules and decisions would change in one article. Raises: BadInput, StoreError."""
    facts = _read_anew(store, [article], NO_CHANGE)
    return Revision(facts, _differences(store, facts))


def reread_original(store: Store, article: str) -> Revision:
    """What the present rules make of the bytes that an article was read from: its text may be another by now.

    Raises: BadInput where they are not kept or would be another article, as one without an address is known by its
    text; NotAnArticle, StoreError.
    """
    document = clean(again(store.settings.data_dir, article))
    if article_id(document) != article:
        raise BadInput(f"{document.title or document.source} has no address and is known by its text, which these "
                       f"rules take otherwise from its original; it stays as it is ({article}).")  # fmt: skip
    stored = _stored(store, article)
    if document.text == stored["text"]:
        return reread(store, article)
    facts = resolve(read_corrected(store, corrected(store, document)), version=rules_version())
    return Revision((facts,), _differences(store, (facts,)))


def every_article(store: Store) -> list[str]:
    """Ids of all articles in the graph."""
    return [str(row["id"]) for row in store.run(ALL_ARTICLES)]


def read_by_others(store: Store) -> int:
    """How many articles were last read by the rules of another version. Raises: StoreError."""
    last: dict[str, tuple[str, str]] = {}
    for row in store.run(READ_BY):
        last[row["id"]] = max(last.get(row["id"], ("", "")), (row["started"] or "", row["version"] or ""))
    return sum(version != rules_version() for _, version in last.values())


def apply(store: Store, revision: Revision) -> str:
    """Store a revision, all of it or nothing. Returns the id of the IngestRun. Raises: StoreError."""
    run = begin(store, rules_version())
    store.write(lambda tx: _do(tx, revision, run))
    close(store, run, articles=len(revision.facts))
    return run


def rehearsed(store: Store, revision: Revision) -> Revision:
    """The revision with its effects on what is shown, and what else is read anew, found by trying it.

    Raises: StoreError.
    """
    followed: list[Facts] = []

    def work(tx: Transaction) -> Touched:
        touched, followed[:] = _do(tx, revision, "rehearsal")
        return touched

    effects = rehearse(store, work, who=any(d.field in ("participant", "place") for d in _made(revision)))
    last = {facts.article.id: facts for facts in (*revision.facts, *followed)}
    differences = _differences(store, last.values(), revision.revoked)
    return replace(revision, differences=(*revision.differences, *differences), effects=effects)


def write_all(store: Store, facts: Facts, run: str) -> Status:
    """Write one article's facts, and what changes by that in how others are read; arguments as `write`.

    Returns what became of the article. Raises: StoreError; then nothing of it was written.
    """

    def work(tx: Transaction) -> Status:
        written = write_in(tx, facts, run)
        _follow(tx, written.touched, run)
        return written.status

    return store.write(work)


def _follow(
    tx: Transaction, touched: Touched, run: str, judged: Iterable[str] = ()
) -> tuple[Touched, tuple[Facts, ...]]:
    """Read again the articles that other decisions bear on by now, until none is left.

    Arguments: judged, articles in which something stands that was judged just now. Returns: all that is touched by
    then, and what was read, of one article the last reading last.
    """
    articles, shown = set(judged), touched
    read: list[Facts] = []
    for _ in range(_ROUNDS):
        articles |= decisions.tellers(tx, shown.events) if decisions.any_read_by(tx) else set()
        stale = decisions.misread(tx, articles)
        if not stale:
            break
        documents = (corrected(tx, _document(_stored(tx, article))) for article in stale)
        again = [resolve(read_corrected(tx, document), version=rules_version()) for document in documents]
        shown = write_several(tx, again, run)
        read += again
        touched |= shown
    return touched, tuple(read)


def _do(tx: Transaction, revision: Revision, run: str) -> tuple[Touched, tuple[Facts, ...]]:
    touched = _decided(tx, revision, run)
    judged = {article for decision in _made(revision) for article in decisions.judged_articles(tx, decision.id)}
    also, read = _follow(tx, touched, run, judged)
    return touched | also, read


def _decided(tx: Transaction, revision: Revision, run: str) -> Touched:
    moment = now()
    take_turn(tx, moment)
    touched = write_several(tx, revision.facts, run)
    for decision in revision.revoked:
        decisions.revoke(tx, decision.id, moment)
    if revision.decision:
        decisions.record(tx, revision.decision)
        if revision.decision.kind == "reject" and decisions.label_of(tx, revision.decision.targets[0]) == "Article":
            touched |= withdraw_in(tx, revision.decision.targets[0], moment)
    if revision.aliases is not None:
        store_aliases(tx, revision.aliases, moment)
        every = {row["id"] for row in tx.run(EVERY_ENTITY)}
        touched |= merge_touched(tx, Touched(entities=every), moment)
    for decision in _made(revision):
        touched |= merge_touched(tx, _judged(tx, decision), moment, judged=True)
    return touched


def _made(revision: Revision) -> tuple[Decision, ...]:
    """What is decided and what is taken back."""
    return (*revision.revoked, *([revision.decision] if revision.decision else ()))


def _judged(tx: Transaction, decision: Decision) -> Touched:
    ids = {*decision.targets, *decision.others}
    label = decisions.label_of(tx, decision.targets[0])
    return Touched(*(ids if label == each else set() for each in ("Entity", "Event", "Claim")))


def _decision(target: str, field: decisions.Field, date: Edtf | None, by: str | None, reason: str) -> Decision | None:
    if date is None:
        return None
    return decisions.edit(target, field, date, at=now(), by=by or decisions.somebody(), reason=reason)


def _read_anew(store: Store, articles: Sequence[str], change: Change) -> tuple[Facts, ...]:
    """What articles say after a change; those that say the same are left out."""
    facts: list[Facts] = []
    for article in articles:
        stored = _stored(store, article)
        document = corrected(store, _document(stored), change)
        new = resolve(read_corrected(store, document, change), version=rules_version())
        if new.article.fingerprint != stored["fingerprint"]:
            facts.append(new)
    return tuple(facts)


def _differences(store: Store, read: Iterable[Facts], revoked: Sequence[Decision] = ()) -> tuple[Difference, ...]:
    """How articles read anew differ from the graph; one that comes back as a whole is left to the effects.

    What an article says of an event is left out where a human gave it its date: it shows that one, whatever a sentence
    comes to mean. Arguments: revoked, the decisions that hold no longer then.
    """
    found: list[Difference] = []
    for facts in read:
        for stored in store.run(STORED_ARTICLE, id=facts.article.id, withdrawn=False):
            found += differences(store, stored["published"], facts)
    released = {id for one in revoked for id in one.targets if one.field == "edtf"}
    released |= {id for ids in decisions.clusters_of(store, "Event", released).values() for id in ids}
    events = {one.id for one in found if one.kind == "event" and one.change == "changed"} - released
    pinned = {pin.event for pin in decisions.pins_of_events(store, events)} if events else set()
    return tuple(one for one in found if one.kind != "event" or one.id not in pinned)


def _stored(reader: Queryable, article: str, *, withdrawn: bool = False) -> Mapping[str, Any]:
    rows = reader.run(STORED_ARTICLE, id=article, withdrawn=withdrawn)
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
    row = store.run(EVENT_SHOWN, id=event)[0]
    told = next((e.edtf for f in facts for e in f.events if e.id == event), None)
    return Difference("event", "changed", event, row["title"], _date(row["edtf"]), date or told, "", "")


def _date(value: str | None) -> Edtf | None:
    return Edtf(value) if value else None
