"""Time expressions that are counted from each other, or from a date that cannot be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Row, evidence, named
from kb.models import LEFT_OPEN
from kb.store import Queryable

# The expressions of some articles.
_IN = """UNWIND $ids AS wanted
MATCH (:Article {id: wanted})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)-[h:HAS_TIME]->(t:TimeExpression)
WHERE h.expiredAt IS NULL AND t.articleId = wanted AND t.expiredAt IS NULL"""

# Those that are counted from other expressions.
ANCHORS = f"""{_IN}
MATCH (t)-[r:ANCHORED_TO]->(x:TimeExpression) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT t.id AS id, x.id AS anchor"""

# Those that the reading found to be counted from themselves.
CIRCULAR = f"{_IN} AND t.circular = true\nRETURN DISTINCT t.id AS id"

# Those that were counted from a date years away from the news, and not believed.
LEFT = f"{_IN} AND t.rule STARTS WITH '{LEFT_OPEN}'\nRETURN DISTINCT t.id AS id"

# Articles with any of these. What is counted from another expression may be a part of a circle.
MAY_BE_CIRCULAR = f"""{_IN} AND (t.circular = true OR EXISTS {{
  MATCH (t)-[r:ANCHORED_TO]->(x:TimeExpression) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL }})
RETURN DISTINCT wanted AS id"""
MAY_BE_LEFT = f"{_IN} AND t.rule STARTS WITH '{LEFT_OPEN}'\nRETURN DISTINCT wanted AS id"

# Some expressions where they stand, with the events they date.
EXPRESSIONS = f"""UNWIND $ids AS wanted
MATCH (t:TimeExpression {{id: wanted}})<-[r:HAS_TIME]-(p:Passage){OF_ARTICLE}
WHERE r.expiredAt IS NULL AND a.id = t.articleId AND h.current = true
OPTIONAL MATCH (t)<-[d:DATED_BY]-(e:Event) WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN t.id AS id, t.text AS words, t.rule AS rule, t.start - p.start AS start, t.end - p.start AS end, {SENTENCE},
  collect(DISTINCT {{id: e.id, title: e.title, edtf: e.edtf}}) AS events"""


def circular_expressions(graph: Queryable, articles: Sequence[str]) -> list[Doubt]:
    """Time expressions of some articles that are counted from each other."""
    ids = list(articles)
    steps: dict[str, list[str]] = defaultdict(list)
    for row in graph.run(ANCHORS, ids=ids):
        steps[row["id"]].append(row["anchor"])
    circles = _circles(steps)
    inside = {id for circle in circles for id in circle}
    alone = sorted({row["id"] for row in graph.run(CIRCULAR, ids=ids)} - inside)
    circles += [(id,) for id in alone]
    rows = _expressions(graph, {id for circle in circles for id in circle})
    return [
        _circle([rows[id] for id in circle if id in rows]) for circle in circles if any(id in rows for id in circle)
    ]


def left_open(graph: Queryable, articles: Sequence[str]) -> list[Doubt]:
    """Time expressions whose date lay years away from the news that tells them, so that none was taken."""
    rows = _expressions(graph, {row["id"] for row in graph.run(LEFT, ids=list(articles))})
    return [
        Doubt("left-open", f"“{' '.join(r['words'].split())}” would be {r['rule'].removeprefix(LEFT_OPEN)}", 1,
              evidence=(evidence(r),))
        for r in rows.values()
    ]  # fmt: skip


def _expressions(graph: Queryable, ids: Collection[str]) -> dict[str, Row]:
    return {row["id"]: row for row in (graph.run(EXPRESSIONS, ids=sorted(ids)) if ids else ())}


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
