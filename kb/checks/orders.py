"""Which events sentences put in an order that goes round in a circle, or that the dates exclude.

Impossible is only what no reading of the sentences allows: "about" is given room (intervals.span_of), and of two events
that a sentence orders only the first days are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.ask.rows import Named
from kb.ask.words import human
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Evidence, Row, article, evidence, named
from kb.counted import ORDERED
from kb.edtf import Edtf
from kb.shown.intervals import Conflict, Constraint, Span, propagate, span_of
from kb.store import Store

_HOPS, _MOST_NEAR = 6, 500  # how far an event's own check follows the orders
_PUBLISHED = "published:"  # before an article's id: the key of its publication among the events
_ENDS = ("one", "other")


def _orders_of(ids: str, first: str, second: str) -> str:
    return "\nUNION ALL\n".join(
        f"""{ids}MATCH (one:Event{first})-[r:{kind}]->(other:Event{second})
WHERE r.expiredAt IS NULL AND one.expiredAt IS NULL AND other.expiredAt IS NULL AND one.id <> other.id
RETURN '{kind.lower()}' AS kind, one.id AS one, one.title AS one_title, one.edtf AS one_edtf, other.id AS other,
  other.title AS other_title, other.edtf AS other_edtf, r.passageId AS passage, r.start AS start, r.end AS end"""
        for kind in ("BEFORE", "DURING")
    )


# The events of which any order was ever told.
TOLD = f"""UNWIND ['{ORDERED}'] AS key
MATCH (e:Event {{ordered: key}}) USING INDEX e:Event(ordered) WHERE e.expiredAt IS NULL RETURN e.id AS id"""

# What some events are before or during, with the passage that says so.
ORDERS = _orders_of("UNWIND $ids AS id ", " {id: id}", "")

# The same, of some events on either side.
ORDERS_OF = "\nUNION ALL\n".join((ORDERS, _orders_of("UNWIND $ids AS id ", "", " {id: id}")))

# The latest day on which some events can have happened, as articles tell them as past: one row an article.
PUBLISHED_AFTER = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage)
WHERE r.expiredAt IS NULL AND r.past = true AND r.status = 'asserted' AND coalesce(e.edtfBasis, 'text') <> 'decision'
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL AND a.publishedLatest IS NOT NULL
RETURN e.id AS id, r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY id, article_id, start"""

# Passages by id, with their article.
PASSAGES = f"""UNWIND $ids AS wanted
MATCH (p:Passage {{id: wanted}}){OF_ARTICLE}
WHERE a.expiredAt IS NULL
RETURN p.id AS id, p.start AS passage_start, {SENTENCE}"""


def impossible_orders(store: Store) -> list[Doubt]:
    """Orders that go round in a circle, or that the dates exclude.

    They are asked for anew each time, of the events of which any order is told: a contradiction belongs to a chain of
    sentences, which any article may close however far from what it tells.
    """
    ids = [row["id"] for row in store.run(TOLD)]
    return _impossible(store, store.run(ORDERS, ids=ids)) if ids else []


def orders_of_event(store: Store, event: str) -> list[Doubt]:
    """The same, as far as one event has a part in it. Arguments: the open store; its id."""
    return [doubt for doubt in _impossible(store, _near(store, event)) if any(e.id == event for e in doubt.events)]


def _near(store: Store, event: str) -> list[Row]:
    """The orders around an event, a few steps far."""
    seen = {event}
    found: dict[tuple[Any, ...], Row] = {}
    frontier = [event]
    for _ in range(_HOPS):
        rows = store.run(ORDERS_OF, ids=frontier) if frontier else []
        found |= {(r["kind"], r["one"], r["other"], r["passage"], r["start"]): r for r in rows}
        frontier = sorted({key for r in rows for key in (r["one"], r["other"])} - seen)[:_MOST_NEAR]
        seen |= set(frontier)
    return list(found.values())


def _impossible(store: Store, rows: Sequence[Row]) -> list[Doubt]:
    events = {r[end]: named(r[end], r[f"{end}_title"], "Event", r[f"{end}_edtf"]) for r in rows for end in _ENDS}
    if not events:
        return []
    spans: dict[str, Span] = {key: span_of(Edtf(e.edtf) if e.edtf else None) for key, e in events.items()}
    constraints = {Constraint(r["kind"], r["one"], r["other"]) for r in rows}
    past: dict[Constraint, Row] = {}
    for row in store.run(PUBLISHED_AFTER, ids=sorted(events)):
        key = _PUBLISHED + row["article_id"]
        spans[key] = span_of(Edtf(row["published"]))
        past.setdefault(Constraint("before", row["id"], key), row)
    conflicts = [c for c in propagate(spans, constraints | past.keys()).conflicts if any(s not in past for s in c.path)]
    return _explained(store, conflicts, rows, events, past)


def _explained(
    store: Store, conflicts: Sequence[Conflict], rows: Iterable[Row], events: Mapping[str, Named],
    past: Mapping[Constraint, Row],
) -> list[Doubt]:  # fmt: skip
    """Conflicts as doubts, with every sentence that states one of their constraints."""
    said: dict[Constraint, list[Row]] = defaultdict(list)
    for row in rows:
        said[Constraint(row["kind"], row["one"], row["other"])].append(row)
    wanted = sorted({r["passage"] for c in conflicts for step in c.path for r in said[step]})
    passages = {r["id"]: r for r in store.run(PASSAGES, ids=wanted)} if wanted else {}
    often = Counter(key for c in conflicts for key in _members(c) if key in events)
    doubts = []
    for conflict in conflicts:
        sentences = [evidence(past[step]) for step in conflict.path if step in past]
        for step in conflict.path:
            sentences += [_cue(passages[r["passage"]], r) for r in said[step] if r["passage"] in passages]
        members = [key for key in _members(conflict) if key in events]
        says = _says(conflict, events, past)
        doubts.append(Doubt("cycle" if conflict.kind == "cycle" else "order", says, max(often[k] for k in members),
                            events=tuple(events[k] for k in members), evidence=tuple(sentences)))  # fmt: skip
    return doubts


def _members(conflict: Conflict) -> list[str]:
    return list(dict.fromkeys(key for step in conflict.path for key in (step.one, step.other)))


def _cue(passage: Row, row: Row) -> Evidence:
    start, end = row["start"] - passage["passage_start"], row["end"] - passage["passage_start"]
    return Evidence(passage["text"], start, end, article(passage))


def _says(conflict: Conflict, events: Mapping[str, Named], past: Mapping[Constraint, Row]) -> str:
    """The contradiction in words: what is said, then the dates that exclude it."""
    steps = []
    for step in conflict.path:
        if step in past:
            steps.append(f"“{events[step.one].name}” before its article was published")
        else:
            steps.append(f"“{events[step.one].name}” {step.kind} “{events[step.other].name}”")
    told = " and ".join(steps)
    if conflict.kind == "cycle":
        return f"{told}: that leads round in a circle"
    dates = []
    for key in dict.fromkeys(conflict.ends):
        known = next((r["published"] for s, r in past.items() if s.other == key), None)
        dates.append(f"“{events[key].name}” is dated {human(events[key].edtf)}" if key in events
                     else f"the article was published {human(known)}")  # fmt: skip
    return f"{told}, but {' and '.join(dates)}"
