"""A human's word on what is one, what a thing is called, and what is none: each shown before it is applied by `revise`.

Every function returns a Revision with its effects; `revise.apply` stores it. Ids may be of any referent; a reader sees
them in the app's addresses, in `kb check` and in Cypher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from ingest.matching.aliases import AliasGroup
from ingest.matching.ids import digest
from ingest.reading.asked_dates import written_date
from ingest.revising.revise import (
    Revision,
    added_revision,
    date_revision,
    find_article,
    published_revision,
    rehearsed,
    renamed_revision,
    returned_revision,
    set_date,
    set_published,
)
from kb import decisions
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.heeded import NONE, Added
from kb.models import Decision, DecisionField, DecisionKind, EventStatus
from kb.shown.choice import EDITABLE, OWN
from kb.store import Store
from kb.store.moments import now

ROLES = ("agent", "patient", "recipient", "party", "source")
"""As what somebody takes part: who does it, to whom it is done, who gets it, who is in it with others, whence it is."""

KIND = "MATCH (n:LABEL {id: $id}) RETURN labels(n) AS labels"

TEXT = """MATCH (:Article {id: $id})-[h:HAS_SNAPSHOT]->(s:Snapshot) WHERE h.current = true
RETURN s.text AS text LIMIT 1"""

TOLD_BY = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})<-[t:NAMES|TELLS]-(a:Article) WHERE t.live = true
RETURN n.id AS referent, a.id AS article"""


def same(store: Store, ids: Sequence[str], *, by: str | None = None, reason: str = "") -> Revision:
    """What it would mean that these are one. Arguments: two or more ids of one kind; who decides and why.

    Raises: BadInput when they are unknown, of different kinds or one already; StoreError.
    """
    label = _one_kind(store, ids)
    known = decisions.clusters_of(store, label, ids)
    if len({known[id][0] for id in ids}) == 1:
        raise BadInput("These are one already")
    return rehearsed(store, Revision(decision=_new("same", ids, by, reason)))


def different(store: Store, ids: Sequence[str], *, by: str | None = None, reason: str = "") -> Revision:
    """What it would mean that the first is none of the others. Arguments and errors as `same`."""
    _one_kind(store, ids)
    return rehearsed(store, Revision(decision=_new("different", ids[:1], by, reason, others=ids[1:])))


def split(store: Store, id: str, parts: Sequence[str], *, by: str | None = None, reason: str = "") -> Revision:
    """What it would mean that parts of something are another thing.

    Arguments: id of the merged entity or event; parts, ids of referents that are merged in it, or one article (id,
    address, source or title) for all that this article means by it; who decides and why. Raises: BadInput, StoreError.
    """
    label = _label(store, id)
    together = decisions.clusters_of(store, label, [id])[id]
    if all(part in together for part in parts):
        rest = [referent for referent in together if referent not in parts]
        if not rest:
            raise BadInput("All of it would go; leave at least one part")
        return rehearsed(store, Revision(decision=_new("split", parts, by, reason, others=rest)))
    if len(parts) > 1:
        raise BadInput("Give ids that are merged in it, or one article")
    return _split_article(store, label, together, find_article(store, parts[0]), by, reason)


def _split_article(
    store: Store, label: str, together: Sequence[str], article: str, by: str | None, reason: str
) -> Revision:
    told: dict[str, set[str]] = {}
    for row in store.run(TOLD_BY.replace("LABEL", label), ids=list(together)):
        told.setdefault(row["referent"], set()).add(row["article"])
    own = sorted(referent for referent, articles in told.items() if article in articles)
    if not own:
        raise BadInput("That article does not tell of it")
    if set(told) == set(own) and all(articles == {article} for articles in told.values()):
        raise BadInput("Only that article tells of it, so there is nothing to part")
    alone = [referent for referent in own if told[referent] == {article}]
    if alone == own:
        rest = [referent for referent in together if referent not in own]
        return rehearsed(store, Revision(decision=_new("split", own, by, reason, others=rest)))
    target = digest(own[0].partition("-")[0], "split", own[0], article)
    renames = decisions.renames_of_article(store, article) | dict.fromkeys(together, target)
    decision = _new("split", [target], by, reason, others=together, field="article", value=article)
    return renamed_revision(store, article, renames, decision)


def edit(
    store: Store, id: str, field: str, value: str, *, also: Sequence[str] = (), by: str | None = None, reason: str = ""
) -> Revision:
    """What another value of a field would change: title, type, status, date, star, tags or note of an event, name of an
    entity, published of an article. Arguments: id; field; value, "" for no tags or no note; also, ids of other events
    that get the same star, tags or note; who decides and why. Raises: BadInput, StoreError.
    """  # noqa: D205 - the fields are the summary
    if field in ("date", "edtf"):
        return set_date(store, id, written_date(value), by=by, reason=reason)
    if field == "published":
        return set_published(store, id, written_date(value), by=by, reason=reason)
    label = _label(store, id)
    allowed = EDITABLE.get(label, ())
    if field not in allowed:
        listed = ", ".join((*allowed, *(("date",) if label == "Event" else ()))) or "nothing; reject it instead"
        raise BadInput(f"{label} has no field “{field}” that can be set; there are: {listed}")
    value = _tags(value) if field == "tags" else value.strip()
    if not value and field not in ("tags", "note"):
        raise BadInput(f"The {field} cannot be empty")
    if field == "status" and value not in get_args(EventStatus):
        raise BadInput(f"“{value}” is no status; give one of {', '.join(get_args(EventStatus))}")
    if field == "starred" and value not in ("yes", "no"):
        raise BadInput(f"“{value}” is no star; give yes or no")
    if also and field not in OWN:
        raise BadInput(f"Each has a {field} of its own; set it for one at a time")
    known = decisions.clusters_of(store, label, [id, *also])
    if missing := [other for other in also if other not in known]:
        raise BadInput(f"No event has the id “{missing[0]}”")
    targets = list(dict.fromkeys(known[each][0] for each in (id, *also)))
    decision = decisions.new("edit", targets, at=now(), by=by or decisions.somebody(), reason=reason,
                             field=decisions.as_field(field), value=value)  # fmt: skip
    return rehearsed(store, Revision(decision=decision))


def who(
    store: Store, event: str, entity: str, role: str = NONE, *, by: str | None = None, reason: str = ""
) -> Revision:
    """What it would change that somebody took part in an event as something, or took none.

    Arguments: ids of the event and of who; role, one of ROLES, NONE for no part; who decides and why. Raises: BadInput,
    StoreError.
    """
    if role not in (*ROLES, NONE):
        raise BadInput(f"“{role}” is no role; give one of {', '.join(ROLES)}")
    _kind(store, entity, "Entity")
    return _part(store, event, "participant", f"{role} {entity}", by, reason)


def where(store: Store, event: str, place: str | None, *, by: str | None = None, reason: str = "") -> Revision:
    """What it would change that an event was somewhere, or nowhere in particular.

    Arguments: id of the event; of the place, None for nowhere; who decides and why. Raises: BadInput, StoreError.
    """
    if place is not None:
        _kind(store, place, "Place")
    return _part(store, event, "place", f"at {place}" if place else NONE, by, reason)


def _part(store: Store, event: str, field: DecisionField, value: str, by: str | None, reason: str) -> Revision:
    _kind(store, event, "Event")
    target = decisions.clusters_of(store, "Event", [event])[event][0]
    return rehearsed(store, Revision(decision=_new("edit", [target], by, reason, field=field, value=value)))


def _kind(store: Store, id: str, wanted: str) -> None:
    """See that an id is of an event, an entity or a place. Raises: BadInput."""
    label = _label(store, id)
    labels = store.run(KIND.replace("LABEL", label), id=id)[0]["labels"]
    if wanted not in labels:
        what = {"Event": "no event", "Entity": "nobody and nothing that takes part", "Place": "no place"}[wanted]
        raise BadInput(f"“{id}” is {what}")


def _tags(words: str) -> str:
    """Tags as they are kept: each once, in order, "aid, border"; they are told apart by commas."""
    return ", ".join(sorted({" ".join(tag.split()) for tag in words.split(",") if tag.strip()}, key=str.lower))


def reject(store: Store, id: str, *, by: str | None = None, reason: str = "") -> Revision:
    """What it would mean that something is no event, entity or claim. Raises: BadInput, StoreError."""
    label = _label(store, id)
    if label == "Article":
        raise BadInput("An article is withdrawn with kb remove")
    target = decisions.clusters_of(store, label, [id])[id][0]
    return rehearsed(store, Revision(decision=_new("reject", [target], by, reason)))


def add(store: Store, article: str, added: Added, *, by: str | None = None, reason: str = "") -> Revision:
    """What it would change that an article tells an event or a claim that no rule found.

    Arguments: id, address, source or title of the article; what is added, its date in any form that a reader writes;
    who decides and why. Raises: BadInput where the words do not stand in it, the date is none, or it was added already;
    StoreError.
    """
    id = find_article(store, article)
    added = replace(
        added, title=" ".join(added.title.split()), date=str(written_date(added.date)) if added.date else ""
    )
    if added.what == "event" and not added.title:
        raise BadInput("An event needs a title")
    if not added.words.strip() or added.words not in store.run(TEXT, id=id)[0]["text"]:
        raise BadInput("These words do not stand in the article")
    before = decisions.added_to_article(store, id)
    if added in before.values():
        raise BadInput("This was added already")
    for _, entity in added.who:
        _kind(store, entity, "Entity")
    decision = _new("add", [id], by, reason, value=added.value())
    return added_revision(store, id, before | {decision.id: added}, decision)


def remove(store: Store, article: str, *, by: str | None = None, reason: str = "") -> Revision:
    """What withdrawing an article would change: it, and all that only it supports.

    Arguments: id, address, source or title of an article; who decides and why. Raises: BadInput, StoreError.
    """
    return rehearsed(store, Revision(decision=_new("reject", [find_article(store, article)], by, reason)))


def undo(store: Store, decision: str | None = None) -> Revision:
    """What taking a decision back would change. Arguments: its id; None for the latest that stands.

    Raises: BadInput when there is none, or it was taken back already; StoreError.
    """
    found = decisions.decisions(store, decision, limit=1)
    if not found:
        raise BadInput(f"No decision has the id “{decision}”; kb decisions lists them" if decision
                       else "There is no decision to take back")  # fmt: skip
    known = found[0]
    if known.revoked_at:
        raise BadInput(f"That decision was taken back already, on {known.revoked_at[:10]}")
    target = known.targets[0]
    if known.field == "published":
        return published_revision(store, target, _left(store, target, known), None, (known,))
    if known.field == "edtf":
        together = decisions.clusters_of(store, "Event", [target])[target]
        return date_revision(store, together, _left(store, target, known), None, (known,))
    if known.kind == "add":
        rest = {id: one for id, one in decisions.added_to_article(store, target).items() if id != known.id}
        return added_revision(store, target, rest, None, (known,))
    if known.kind == "reject" and decisions.label_of(store, target) == "Article":
        return returned_revision(store, target, known)
    return rehearsed(store, Revision(revoked=(known,)))


def use_aliases(store: Store, groups: Iterable[AliasGroup]) -> Revision:
    """What another table of other names would change; no group takes the table away. Raises: StoreError."""
    return rehearsed(store, Revision(aliases=tuple(groups)))


def _left(store: Store, target: str, revoked: Decision) -> Edtf | None:
    """The date that stands once a decision is taken back."""
    field = revoked.field or "edtf"
    rest = [d.value for d in decisions.all_standing(store, target, field) if d.id != revoked.id and d.value]
    return Edtf(rest[0]) if rest else None


def _new(
    kind: DecisionKind, targets: Sequence[str], by: str | None, reason: str, *, others: Sequence[str] = (),
    field: DecisionField | None = None, value: str | None = None,
) -> Decision:  # fmt: skip
    return decisions.new(kind, list(targets), at=now(), by=by or decisions.somebody(), reason=reason,
                         others=list(others), field=field, value=value)  # fmt: skip


def _label(store: Store, id: str) -> str:
    label = decisions.label_of(store, id)
    if label is None:
        raise BadInput(f"Nothing in the graph has the id “{id}”")
    return label


def _one_kind(store: Store, ids: Sequence[str]) -> str:
    if len(set(ids)) < 2:
        raise BadInput("Give two ids or more, each once")
    kinds = {id: _label(store, id) for id in ids}
    labels = {tuple(sorted(store.run(KIND.replace("LABEL", label), id=id)[0]["labels"])) for id, label in kinds.items()}
    label = next(iter(kinds.values()))
    if len(labels) > 1 or label not in EDITABLE:
        raise BadInput("Only events, or entities of one kind, can be one")
    return label
