"""What a human should look at: dates that cannot be, exclude each other or are not known; kb.checks.story has the rest.

Kinds are rows of a table; `kb check`, the page and an event's panel read the same.
Impossible is only what no reading of the sentences allows: "about" is given room (intervals.span_of), and of two
events that a sentence orders only the first days are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.ask.query_rows import Named, human, rival_dates
from kb.checks import statements as cypher
from kb.checks.doubts import BY_KEY, KINDS, CheckKind, Doubt, Evidence, article, count, evidence, named, quoted
from kb.checks.story import doubtful_identities, silent_gaps, single_sources, undated_events
from kb.edtf import Edtf
from kb.shown.intervals import Conflict, Constraint, Span, propagate, rank, span_of
from kb.store import Store

Row = Mapping[str, Any]
_HOPS, _MOST_NEAR = 6, 500  # how far an event's own check follows the orders
_PUBLISHED = "published:"  # before an article's id: the key of its publication among the events

__all__ = ["BY_KEY", "KINDS", "CheckKind", "Doubt", "Evidence", "Group", "check", "of_event", "plain"]


@dataclass(frozen=True, slots=True)
class Group:
    """The doubts of one kind, those that settle most first; `total` counts them all."""

    kind: CheckKind
    doubts: tuple[Doubt, ...]
    total: int


def check(store: Store, *, limit: int | None = None) -> list[Group]:
    """All kinds that have a case, in the order of the table, each with at most `limit` doubts. Raises: StoreError."""
    found: dict[str, list[Doubt]] = defaultdict(list)
    for find in _FINDERS:
        for doubt in find(store):
            found[doubt.kind].append(doubt)
    groups = []
    for kind in KINDS:
        doubts = sorted(found[kind.key], key=lambda d: (-d.settles, d.says))
        if doubts:
            groups.append(Group(kind, tuple(doubts[:limit]), len(doubts)))
    return groups


def plain(group: Group) -> dict[str, Any]:
    """A group as JSON-like values."""
    return {
        "kind": group.kind.key, "title": group.kind.title, "advice": group.kind.advice,
        "impossible": group.kind.impossible, "total": group.total, "doubts": [_plain(doubt) for doubt in group.doubts],
    }  # fmt: skip


def _plain(doubt: Doubt) -> dict[str, Any]:
    def listed(some: Iterable[Named]) -> list[dict[str, Any]]:
        return [{"id": one.id, "name": one.name, "date": one.edtf} for one in some]

    sentences = [{"text": s.text, "start": s.start, "end": s.end, "article": s.article.id} for s in doubt.evidence]
    return {"says": doubt.says, "settles": doubt.settles, "events": listed(doubt.events),
            "claims": listed(doubt.claims), "entities": listed(doubt.entities),
            "articles": listed(doubt.articles), "sentences": sentences}  # fmt: skip


def of_event(store: Store, event: str) -> list[Doubt]:
    """What is impossible about one event as it stands, but for circles, which kb.ask.why names.

    Arguments: the open store; its id. Raises: StoreError.
    """
    orders = [d for d in _orders(store, _near(store, event)) if any(e.id == event for e in d.events)]
    return [*_late_reports(store, event), *orders]


def _after(edtf: str, published: str) -> bool:
    """Whether a date lies wholly after a publication, "about" given its room."""
    begins, ended = span_of(Edtf(edtf)).first.earliest, span_of(Edtf(published)).last.latest
    return begins is not None and ended is not None and rank(begins) > rank(ended)


def _late_reports(store: Store, event: str | None = None) -> list[Doubt]:
    """Events that an article tells as past and dates after its own publication."""
    return _late(_late_rows(store, event), "after-publication", "is told as past and dated")


def _late_rows(store: Store, event: str | None = None) -> list[Row]:
    text = cypher.LATE_REPORTS.replace(cypher.START, " {id: $event}" if event else "")
    return [r for r in store.run(text, event=event) if _after(r["edtf"], r["published"])]


def _late_claims(store: Store) -> list[Doubt]:
    """Claims that were said after they were printed; not those that an event dates wrongly by the same expression."""
    rows = [r for r in store.run(cypher.LATE_CLAIMS) if _after(r["edtf"], r["published"])]
    known = {r["time"] for r in _late_rows(store) if r["time"]} if rows else set()
    claims = {r["id"]: r for r in reversed(rows) if r["time"] not in known}
    return _late(list(claims.values()), "said-after-publication", "was said")


def _late(rows: Sequence[Row], kind: str, words: str) -> list[Doubt]:
    together = Counter(r["article_id"] for r in rows)
    doubts = []
    for row in rows:
        said = kind == "said-after-publication"
        about = (named(row["id"], row["title"], "Claim" if said else "Event", row["edtf"]),)
        says = f"{quoted(row['title'])} {words} {human(row['edtf'])}, in an article published {human(row['published'])}"
        doubts.append(Doubt(kind, says, together[row["article_id"]], () if said else about, about if said else (),
                            (article(row),), (evidence(row),)))  # fmt: skip
    return doubts


def _all_orders(store: Store) -> list[Doubt]:
    return _orders(store, store.run(cypher.ORDERS))


def _near(store: Store, event: str) -> list[Row]:
    """The orders around an event, a few steps far."""
    seen = {event}
    found: dict[tuple[Any, ...], Row] = {}
    frontier = [event]
    for _ in range(_HOPS):
        rows = store.run(cypher.ORDERS_OF, ids=frontier) if frontier else []
        found |= {(r["kind"], r["one"], r["other"], r["passage"], r["start"]): r for r in rows}
        frontier = sorted({key for r in rows for key in (r["one"], r["other"])} - seen)[:_MOST_NEAR]
        seen |= set(frontier)
    return list(found.values())


def _orders(store: Store, rows: Sequence[Row]) -> list[Doubt]:
    """Orders that go round in a circle, or that the dates exclude."""
    events = {r[end]: named(r[end], r[f"{end}_title"], "Event", r[f"{end}_edtf"]) for r in rows for end in _ENDS}
    if not events:
        return []
    spans: dict[str, Span] = {key: span_of(Edtf(e.edtf) if e.edtf else None) for key, e in events.items()}
    constraints = {Constraint(r["kind"], r["one"], r["other"]) for r in rows}
    past: dict[Constraint, Row] = {}
    for row in store.run(cypher.PUBLISHED_AFTER, ids=sorted(events)):
        key = _PUBLISHED + row["article_id"]
        spans[key] = span_of(Edtf(row["published"]))
        past.setdefault(Constraint("before", row["id"], key), row)
    conflicts = [c for c in propagate(spans, constraints | past.keys()).conflicts if any(s not in past for s in c.path)]
    return _explained(store, conflicts, rows, events, past)


_ENDS = ("one", "other")


def _explained(
    store: Store, conflicts: Sequence[Conflict], rows: Iterable[Row], events: Mapping[str, Named],
    past: Mapping[Constraint, Row],
) -> list[Doubt]:  # fmt: skip
    """Conflicts as doubts, with every sentence that states one of their constraints."""
    said: dict[Constraint, list[Row]] = defaultdict(list)
    for row in rows:
        said[Constraint(row["kind"], row["one"], row["other"])].append(row)
    wanted = sorted({r["passage"] for c in conflicts for step in c.path for r in said[step]})
    passages = {r["id"]: r for r in store.run(cypher.PASSAGES, ids=wanted)} if wanted else {}
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


def _circular(store: Store) -> list[Doubt]:
    """Time expressions that are counted from each other."""
    steps: dict[str, list[str]] = defaultdict(list)
    for row in store.run(cypher.ANCHORS):
        steps[row["id"]].append(row["anchor"])
    circles = _circles(steps)
    inside = {id for circle in circles for id in circle}
    circles += [(row["id"],) for row in store.run(cypher.CIRCULAR) if row["id"] not in inside]
    ids = sorted({id for circle in circles for id in circle})
    rows = {r["id"]: r for r in store.run(cypher.EXPRESSIONS, ids=ids)} if ids else {}
    return [
        _circle([rows[id] for id in circle if id in rows]) for circle in circles if any(id in rows for id in circle)
    ]


def _circle(rows: Sequence[Row]) -> Doubt:
    words = [f"“{' '.join(row['words'].split())}”" for row in rows]
    if len(words) > 1:
        says = f"{' and '.join(words)} are counted from each other, so none of them has a date"
    else:
        says = f"{words[0]} is counted from an event that only it dates, so it has no date"
    events = {e["id"]: named(e["id"], e["title"], "Event", e["edtf"]) for r in rows for e in r["events"] if e["id"]}
    return Doubt("circular", says, len(rows) + len(events), events=tuple(events.values()),
                 evidence=tuple(evidence(row) for row in rows))  # fmt: skip


def _circles(steps: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The circles among steps from one id to others, each once, begun at its least id."""
    left = {id: sorted(ends) for id, ends in steps.items()}
    found = []
    while left:
        # What leads out of all circles is no part of one.
        ending = [id for id, ends in left.items() if not any(end in left for end in ends)]
        if ending:
            for id in ending:
                del left[id]
            continue
        way = [min(left)]
        while (following := next(end for end in left[way[-1]] if end in left)) not in way:
            way.append(following)
        circle = way[way.index(following) :]
        start = circle.index(min(circle))
        found.append((*circle[start:], *circle[:start]))
        for id in circle:
            del left[id]
    return found


def _rivals(store: Store) -> list[Doubt]:
    """Events that their reports put on days that exclude each other."""
    rows = {r["id"]: (r, dates) for r in store.run(cypher.SEVERAL_DATES) if (dates := rival_dates(r["dates"]))}
    reports: dict[str, list[Row]] = defaultdict(list)
    for report in store.run(cypher.REPORTS_OF, ids=sorted(rows)) if rows else ():
        if report["edtf"] in rows[report["id"]][1]:
            reports[report["id"]].append(report)
    return [
        Doubt("rival-dates", f"“{row['title']}” is dated {' or '.join(human(date) for date in dates)}", row["reports"],
              events=(named(id, row["title"], "Event", row["edtf"]),),
              evidence=tuple(evidence(r) for r in _in_turn(reports[id])))
        for id, (row, dates) in rows.items()
    ]  # fmt: skip


def _in_turn(reports: Sequence[Row]) -> list[Row]:
    """One report of each date, then the next of each: a page shows the first few, which must not all agree."""
    told: Counter[str] = Counter()
    turns = []
    for report in reports:
        turns.append((told[report["edtf"]], report))
        told[report["edtf"]] += 1
    return [report for _, report in sorted(turns, key=lambda turn: turn[0])]


def _without_year(store: Store) -> list[Doubt]:
    """Events told only with a day or a month."""
    rows = store.run(cypher.WITHOUT_YEAR)
    reports: dict[str, list[Row]] = defaultdict(list)
    for report in store.run(cypher.REPORTS_OF, ids=[r["id"] for r in rows]) if rows else ():
        reports[report["id"]].append(report)
    return [
        Doubt("no-year", f"“{row['title']}” is dated {human(row['edtf'])}", 1 + row["claims"],
              events=(named(row["id"], row["title"], "Event", row["edtf"]),),
              articles=tuple(dict.fromkeys(article(r) for r in reports[row["id"]])),
              evidence=tuple(evidence(r) for r in reports[row["id"]][:3]))
        for row in rows
    ]  # fmt: skip


def _undated_articles(store: Store) -> list[Doubt]:
    """Articles whose day of publication nobody knows."""
    doubts = []
    for row in store.run(cypher.UNDATED_ARTICLES):
        hang = f"{count(row['times'], 'expression')} and {count(row['events'], 'event')} have no date or no year"
        says = f"“{row['article_title']}” does not say when it was published; {hang}"
        doubts.append(Doubt("no-publication-date", says, row["times"] + row["events"], articles=(article(row),)))
    return doubts


_FINDERS: tuple[Callable[[Store], list[Doubt]], ...] = (
    _late_reports, _late_claims, _all_orders, _circular, _rivals, _undated_articles, _without_year,
    doubtful_identities, single_sources, undated_events, silent_gaps,
)  # fmt: skip
