"""Decisions of humans in the graph: who decided what, when and why. None is ever deleted; each can be taken back.

    same       the targets are one person, place, body or event
    different  the targets are none of the others
    split      the targets go out of what they were merged into, whose rest are the others; with the field "article",
               what that one article means by the others is the target instead
    edit       a field of each target has this value ("published" of an Article, "edtf", "title", … of an Event, …)
               "participant" of an Event has a role and an entity that took part so, or "none" and one that did not;
               "place" has "at" and the entity where it was, or "none" alone
    reject     the target is no event, entity or claim
    add        the target, an article, tells an event or a claim that no rule found; the value says which and where, as
               kb.heeded.Added keeps it

Targets and others are ids of referents (see docs/graph.md), so that a decision holds whatever is merged later. Of two
that contradict each other, or set one field, the later holds; taken back, it leaves the earlier one standing.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast, get_args

from kb.edtf import Edtf
from kb.heeded import (
    NONE,
    Added,
    GivenDate,
    GivenPart,
    added_heeded,
    date_heeded,
    here_heeded,
    own_heeded,
    part_heeded,
)
from kb.models import Decision, DecisionField, DecisionKind
from kb.store import Queryable, Transaction

Field = DecisionField

_SIGNED: ContextVar[str | None] = ContextVar("signed", default=None)  # who is signed in, where that is demanded

LABELS = ("Event", "Entity", "Claim", "Article")
"""What can be judged."""

LABEL_OF = "\nUNION ALL\n".join(f"MATCH (n:{label} {{id: $id}}) RETURN '{label}' AS label" for label in LABELS)

CLUSTERS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
WITH wanted, coalesce(c, n) AS c
OPTIONAL MATCH (c)<-[m:MERGED_INTO]-(r:LABEL) WHERE m.expiredAt IS NULL
RETURN wanted, c.id AS canonical, collect(r.id) AS others"""

STANDING = """UNWIND $targets AS target
MATCH (n:LABEL {id: target})<-[:JUDGES]-(d:Decision)
WHERE d.field = $field AND d.kind = 'edit' AND d.revokedAt IS NULL
RETURN DISTINCT d.id AS id, d.targets AS targets, d.value AS value, d.by AS by, d.at AS at, d.reason AS reason
ORDER BY at DESC, id DESC"""

PINS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})<-[:JUDGES]-(d:Decision)
WHERE d.field = 'edtf' AND d.kind = 'edit' AND d.revokedAt IS NULL
RETURN wanted AS event, d.value AS date, d.at AS at, d.id AS id"""

PARTS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})<-[:JUDGES]-(d:Decision)
WHERE d.field IN ['participant', 'place'] AND d.kind = 'edit' AND d.revokedAt IS NULL
RETURN wanted AS event, d.field AS field, d.value AS value, d.at AS at, d.id AS id"""

TELLERS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})<-[t:TELLS]-(a:Article) WHERE t.live = true RETURN DISTINCT a.id AS article"""

HEEDED = """UNWIND $ids AS wanted
MATCH (a:Article {id: wanted}) WHERE a.expiredAt IS NULL
OPTIONAL MATCH (a)-[t:TELLS]->(e:Event) WHERE t.live = true
WITH a, collect(DISTINCT e.id) AS events
RETURN a.id AS article, a.heeded AS heeded, events ORDER BY article"""

ANY_READ_BY = """MATCH (d:Decision) WHERE d.field IN ['edtf', 'participant', 'place']
RETURN d.id AS id LIMIT 1"""

JUDGED_ARTICLES = """MATCH (d:Decision {id: $id})-[j:JUDGES]->(n)
RETURN DISTINCT CASE WHEN n:Article THEN n.id ELSE j.articleId END AS article"""

STANDING_PLACES = """MATCH (:Article {id: $article})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE h.current = true
MATCH (p)<-[j:JUDGES {articleId: $article}]-(d:Decision) WHERE d.revokedAt IS NULL AND j.referent IS NOT NULL
OPTIONAL MATCH (p)<-[r:REPORTED_IN {articleId: $article}]-(:Event)
WHERE r.live = true AND r.start = j.start AND r.end = j.end
RETURN j.start AS start, j.end AS end, j.referent AS referent, d.at AS at, d.id AS id,
  collect(DISTINCT r.startReferent) AS told ORDER BY at, id"""

JUDGED_PLACES = """MATCH (p:Passage)<-[j:JUDGES]-(d:Decision)
WHERE p.id IN $passages AND j.articleId = $article AND d.revokedAt IS NULL AND j.referent IS NOT NULL
RETURN j.start AS start, j.end AS end, j.referent AS referent, d.at AS at ORDER BY at, d.id"""

DECIDED_ON = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})<-[:JUDGES]-(d:Decision)
WITH DISTINCT d
RETURN properties(d) AS decision ORDER BY d.at DESC, d.id"""

REVOKE = "MATCH (d:Decision {id: $id}) WHERE d.revokedAt IS NULL SET d.revokedAt = $at"

DECIDE = """MERGE (d:Decision {id: $id}) SET d += $properties, d.createdAt = $at
WITH d UNWIND $judged AS wanted
MATCH (n:LABEL {id: wanted}) MERGE (d)-[:JUDGES]->(n) SET n.judged = true
WITH n WHERE n.canonical IS NOT NULL MATCH (c:LABEL {id: n.canonical}) SET c.judged = true"""

# Where the events stood when they were judged, so that the decision finds them again whatever else changes.
JUDGE_REPORTS = """MATCH (d:Decision {id: $id})
WITH d UNWIND $events AS event
MATCH (:Event {id: event.canonical})-[r:REPORTED_IN]->(p:Passage)
WHERE r.live = true AND r.startReferent = event.referent
MERGE (d)-[j:JUDGES {articleId: r.articleId, start: r.start, end: r.end, referent: r.startReferent}]->(p)"""

JUDGE_ARTICLE = """MATCH (d:Decision {id: $id}) MATCH (a:Article {id: $article}) MERGE (d)-[:JUDGES]->(a)"""

REJECTION = """MATCH (:Article {id: $article})<-[:JUDGES]-(d:Decision)
WHERE d.kind = 'reject' AND d.revokedAt IS NULL
RETURN d.id AS id, d.by AS by, d.at AS at, coalesce(d.reason, '') AS reason ORDER BY at DESC LIMIT 1"""

ADDED = """MATCH (:Article {id: $article})<-[:JUDGES]-(d:Decision)
WHERE d.kind = 'add' AND d.revokedAt IS NULL
RETURN d.id AS id, d.value AS value ORDER BY d.at, d.id"""

RENAMES = """MATCH (:Article {id: $article})<-[:JUDGES]-(d:Decision)
WHERE d.kind = 'split' AND d.field = 'article' AND d.value = $article AND d.revokedAt IS NULL
RETURN d.others AS referents, d.targets AS own ORDER BY d.at, d.id"""

DECISIONS = """MATCH (d:Decision)
WHERE ($id IS NULL OR d.id = $id) AND ($all OR d.revokedAt IS NULL)
RETURN properties(d) AS decision ORDER BY d.at DESC, d.id LIMIT $limit"""


def new(
    kind: DecisionKind, targets: Sequence[str], *, at: str, by: str, reason: str = "", others: Sequence[str] = (),
    field: Field | None = None, value: str | None = None,
) -> Decision:  # fmt: skip
    """A decision with its id, which hashes all of it.

    Arguments: kind; targets and others, ids; at, the moment in UTC (ISO); by, who decides; reason, why; field and
    value of an edit.
    """
    known = "\x1f".join((kind, *targets, "", *others, field or "", value or "", at, by))
    return Decision(
        id=f"decision-{hashlib.sha256(known.encode()).hexdigest()[:20]}", kind=kind, by=by, at=at, reason=reason,
        targets=tuple(targets), others=tuple(others), field=field, value=value,
    )  # fmt: skip


def edit(target: str, field: Field, value: Edtf, *, at: str, by: str, reason: str = "") -> Decision:
    """The decision that sets a date field of a node; arguments as `new`."""
    return new("edit", (target,), at=at, by=by, reason=reason, field=field, value=str(value))


def as_field(name: str) -> DecisionField:
    """A field's name as one that a decision can set. Raises: ValueError when it is none."""
    for known in get_args(DecisionField):
        if known == name:
            return cast("DecisionField", known)
    raise ValueError(name)


def label_of(reader: Queryable, id: str) -> str | None:
    """The label ("Event", "Entity", "Claim", "Article") of what has this id; None when nothing has."""
    found = [row["label"] for row in reader.run(LABEL_OF, id=id)]
    return str(found[0]) if found else None


def clusters_of(reader: Queryable, label: str, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each referent the canonical id, then all others merged into it; a label without merges gives itself."""
    wanted = sorted(set(ids))
    if label not in ("Event", "Entity") or not wanted:
        return {id: (id,) for id in wanted}
    return {r["wanted"]: (r["canonical"], *sorted(x for x in r["others"] if x))
            for r in reader.run(CLUSTERS.replace("LABEL", label), ids=wanted)}  # fmt: skip


def all_standing(reader: Queryable, target: str, field: Field) -> list[Decision]:
    """The decisions on a field of a node that nobody took back, made on any of its referents; the first holds."""
    label = _LABELS[field] or label_of(reader, target)
    if label is None:
        return []
    targets = clusters_of(reader, label, [target]).get(target, (target,))
    found = reader.run(STANDING.replace("LABEL", label), targets=list(targets), field=field)
    return [Decision(kind="edit", field=field, **{**row, "reason": row["reason"] or ""}) for row in found]


def standing(reader: Queryable, target: str, field: Field) -> Decision | None:
    """The decision that holds for a field of a node, made on any of its referents; None when none does."""
    return next(iter(all_standing(reader, target, field)), None)


@contextmanager
def in_the_name_of(name: str | None) -> Iterator[None]:
    """Whatever is decided within is decided by this person, whoever it says; None changes nothing."""
    token = _SIGNED.set(name)
    try:
        yield
    finally:
        _SIGNED.reset(token)


def record(tx: Transaction, decision: Decision) -> None:
    """Store a decision within a transaction, after the nodes that it judges."""
    if signed := _SIGNED.get():
        decision = decision.model_copy(update={"by": signed})
    label = label_of(tx, decision.targets[0]) or "Article"
    judged = [*decision.targets, *decision.others]
    tx.execute(DECIDE.replace("LABEL", label), judged=judged, id=decision.id, at=decision.at,
               properties=decision.properties())  # fmt: skip
    if decision.field == "article":
        tx.execute(JUDGE_ARTICLE, id=decision.id, article=decision.value)
    if label == "Event":
        known = clusters_of(tx, "Event", judged)
        # What articles are read by holds for all that is merged; another decision for the referents that it names.
        wide = decision.field in ("edtf", "participant", "place")
        events = [{"referent": r, "canonical": known[id][0]} for id in judged if id in known
                  for r in (known[id] if wide else (id,))]  # fmt: skip
        tx.execute(JUDGE_REPORTS, id=decision.id, events=events)


def revoke(tx: Transaction, decision: str, at: str) -> None:
    """Take a decision back by its id; nothing when it is revoked already."""
    tx.execute(REVOKE, id=decision, at=at)


def decisions(reader: Queryable, id: str | None = None, *, revoked: bool = False, limit: int = 100) -> list[Decision]:
    """Decisions, latest first. Arguments: id, of one; revoked, those taken back too; limit, most rows."""
    return _decisions(reader.run(DECISIONS, id=id, all=revoked or id is not None, limit=limit))


def decided_on(reader: Queryable, label: str, ids: Iterable[str]) -> list[Decision]:
    """All decisions that judge some nodes of a label, also those taken back, latest first."""
    return _decisions(reader.run(DECIDED_ON.replace("LABEL", label), ids=sorted(ids)))


def _decisions(rows: Iterable[Mapping[str, Any]]) -> list[Decision]:
    known = set(Decision.model_fields) | {f.alias for f in Decision.model_fields.values()}
    return [Decision(**{k: v for k, v in row["decision"].items() if k in known}) for row in rows]


def pins_of_events(reader: Queryable, events: Iterable[str]) -> tuple[GivenDate, ...]:
    """The dates that humans gave these events, or what is merged with them. Arguments: ids of referents."""
    clusters = clusters_of(reader, "Event", events)
    every = sorted({id for together in clusters.values() for id in together})
    pinned = sorted(reader.run(PINS, ids=every), key=lambda r: (r["at"], r["id"])) if every else []
    given = {r["event"]: (r["at"], r["id"], r["date"]) for r in pinned}
    found = []
    for event, together in sorted(clusters.items()):
        dates = sorted(given[id] for id in together if id in given)
        if dates:
            found.append(GivenDate(event, Edtf(dates[-1][2])))
    return tuple(found)


def parts_of_events(reader: Queryable, events: Iterable[str]) -> tuple[GivenPart, ...]:
    """What humans said of who took part in these events, or what is merged with them, and where they were.

    Of several on one entity, or on the place, the last holds. Arguments: ids of referents.
    """
    clusters = clusters_of(reader, "Event", events)
    every = sorted({id for together in clusters.values() for id in together})
    rows = sorted(reader.run(PARTS, ids=every), key=lambda row: (row["at"], row["id"])) if every else []
    named = {row["value"].split()[-1] for row in rows if row["value"] != NONE}
    entities = clusters_of(reader, "Entity", named)
    found: list[GivenPart] = []
    for event, together in sorted(clusters.items()):
        last: dict[tuple[str, str], GivenPart] = {}
        for row in rows:
            role, _, entity = row["value"].partition(" ")
            ids = entities.get(entity, (entity,)) if entity else ()
            if row["event"] in together:
                last[row["field"], ids[0] if row["field"] == "participant" else ""] = GivenPart(
                    event, row["field"], role, ids)  # fmt: skip
        found += [last[key] for key in sorted(last)]
    return tuple(found)


def heeded(reader: Queryable, article: str) -> tuple[str, ...]:
    """What humans decided that the graph's reading of an article heeds, in words."""
    return tuple(word for row in reader.run(HEEDED, ids=[article]) for word in row["heeded"] or ())


def misread(reader: Queryable, articles: Iterable[str]) -> list[str]:
    """Those of some articles that were read by other decisions than stand now: something was decided or merged since.

    Arguments: articles, ids. Compared is what `heeded` says, and which event stands where one was judged.
    """
    wanted = sorted(set(articles))
    found = reader.run(HEEDED, ids=wanted) if wanted else []
    pins = pins_of_events(reader, {event for row in found for event in row["events"]})
    dates = {pin.event: date_heeded(pin) for pin in pins}
    parts = parts_of_events(reader, {event for row in found for event in row["events"]})
    stale = []
    for row in found:
        renames = renames_of_article(reader, row["article"])
        expected = {dates[e] for e in row["events"] if e in dates} | {own_heeded(*pair) for pair in renames.items()}
        expected |= {added_heeded(id) for id in added_to_article(reader, row["article"])}
        expected |= {part_heeded(part) for part in parts if part.event in row["events"]}
        heeded = set(row["heeded"] or ())
        here = {each for each in heeded if each.startswith("here ")}
        if heeded - here != expected or _moved(reader, row["article"], here):
            stale.append(str(row["article"]))
    return stale


def _moved(reader: Queryable, article: str, here: set[str]) -> bool:
    """Whether an event does not stand where a human judged it, or is held where none did."""
    found = reader.run(STANDING_PLACES, article=article)
    judged = {(r["start"], r["end"]): r["referent"] for r in found}
    told = {(r["start"], r["end"]): set(r["told"]) for r in found}
    if here - {here_heeded(*place) for place in judged.items()}:
        return True
    return any(told[span] and event not in told[span] for span, event in judged.items())


def tellers(reader: Queryable, events: Iterable[str]) -> set[str]:
    """The articles that tell of some events, or of what is merged with them. Arguments: ids of referents."""
    clusters = clusters_of(reader, "Event", events)
    every = sorted({id for together in clusters.values() for id in together})
    return {str(row["article"]) for row in reader.run(TELLERS, ids=every)} if every else set()


def any_read_by(reader: Queryable) -> bool:
    """Whether a human ever said of an event what all articles that tell it are read by: its date, who, where."""
    return bool(reader.run(ANY_READ_BY))


def judged_articles(reader: Queryable, decision: str) -> set[str]:
    """The articles in which something stood that a decision judged."""
    return {str(row["article"]) for row in reader.run(JUDGED_ARTICLES, id=decision) if row["article"]}


def rejection_of_article(reader: Queryable, article: str) -> Decision | None:
    """The decision by which an article is withdrawn; None when it is not."""
    rows = reader.run(REJECTION, article=article)
    return Decision(kind="reject", targets=(article,), **rows[0]) if rows else None


def renames_of_article(reader: Queryable, article: str) -> dict[str, str]:
    """What a human split off for one article: the referents that its words give, with what it means by each."""
    found = reader.run(RENAMES, article=article)
    return {referent: row["own"][0] for row in found for referent in row["referents"]}


def added_to_article(reader: Queryable, article: str) -> dict[str, Added]:
    """What humans added to an article and did not take back, by the decision's id, in the order it was said."""
    return {row["id"]: Added.of(row["value"]) for row in reader.run(ADDED, article=article)}


def judged_places(reader: Queryable, article: str, passages: Sequence[str]) -> dict[tuple[int, int], str]:
    """Which event stood where in these passages of the article when it was judged, by span."""
    found = reader.run(JUDGED_PLACES, article=article, passages=list(passages))
    return {(r["start"], r["end"]): r["referent"] for r in found}


_LABELS: Mapping[str, str | None] = {
    "published": "Article", "edtf": "Event", "title": None, "type": "Event", "status": "Event", "tags": "Event",
    "note": "Event", "participant": "Event", "place": "Event", "name": "Entity",
}  # fmt: skip


def somebody() -> str:
    """Who is at the keyboard, when nobody says: who is signed in, else the name of the account."""
    if signed := _SIGNED.get():
        return signed
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
