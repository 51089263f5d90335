"""Time expressions that are counted from each other, or from a date that cannot be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, evidence, named
from kb.models import LEFT_OPEN
from kb.store import Store

# Expressions that are counted from other expressions, or that the reading found to be counted from themselves.
ANCHORS = """MATCH (t:TimeExpression)-[r:ANCHORED_TO]->(x:TimeExpression)
WHERE t.expiredAt IS NULL AND r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN t.id AS id, x.id AS anchor"""

CIRCULAR = "MATCH (t:TimeExpression) WHERE t.circular = true AND t.expiredAt IS NULL RETURN t.id AS id"

# Expressions that were counted from a date years away from the news, and not believed.
LEFT = "MATCH (t:TimeExpression) WHERE t.rule STARTS WITH $open AND t.expiredAt IS NULL RETURN t.id AS id ORDER BY id"

# Some expressions where they stand, with the events they date.
EXPRESSIONS = f"""UNWIND $ids AS wanted
MATCH (t:TimeExpression {{id: wanted}})<-[r:HAS_TIME]-(p:Passage){OF_ARTICLE}
WHERE r.expiredAt IS NULL AND a.id = t.articleId AND h.current = true
OPTIONAL MATCH (t)<-[d:DATED_BY]-(e:Event) WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN t.id AS id, t.text AS words, t.rule AS rule, t.start - p.start AS start, t.end - p.start AS end, {SENTENCE},
  collect(DISTINCT {{id: e.id, title: e.title, edtf: e.edtf}}) AS events"""


def circular_expressions(store: Store) -> list[Doubt]:
    """Time expressions that are counted from each other."""
    steps: dict[str, list[str]] = defaultdict(list)
    for row in store.run(ANCHORS):
        steps[row["id"]].append(row["anchor"])
    circles = _circles(steps)
    inside = {id for circle in circles for id in circle}
    circles += [(row["id"],) for row in store.run(CIRCULAR) if row["id"] not in inside]
    ids = sorted({id for circle in circles for id in circle})
    rows = {r["id"]: r for r in store.run(EXPRESSIONS, ids=ids)} if ids else {}
    return [
        _circle([rows[id] for id in circle if id in rows]) for circle in circles if any(id in rows for id in circle)
    ]


def left_open(store: Store) -> list[Doubt]:
    """Time expressions whose date lay years away from the news that tells them, so that none was taken."""
    ids = [row["id"] for row in store.run(LEFT, open=LEFT_OPEN)]
    rows = store.run(EXPRESSIONS, ids=ids) if ids else ()
    return [
        Doubt("left-open", f"“{' '.join(r['words'].split())}” would be {r['rule'].removeprefix(LEFT_OPEN)}", 1,
              evidence=(evidence(r),))
        for r in rows
    ]  # fmt: skip


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
