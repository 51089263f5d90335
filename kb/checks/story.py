"""What a human should look at beside dates: what may be one, what one source alone tells, what is missing.

Nothing here is impossible; lists of events are held to the salient ones.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from kb.ask.identity import Suggestion, compared
from kb.ask.kept.pairs import pair_of
from kb.ask.kept.present import Now
from kb.ask.rows import Named
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Evidence, Row, count, evidence, named, quoted
from kb.counted import PAIRS, SALIENT, least_on
from kb.store import Queryable

IDENTITY = "doubtful-identity"
IDENTITIES = PAIRS[:2]  # names, and events that an editor would want on a timeline
FEW_ARTICLES = 5  # below which nearly all events have one source, and many no date
_GAP, _TIMES = 60, 3  # days that a gap has at least, and how many of an entity's usual distances
_WIDEST = 31  # days of a date that puts an event at one point of a story
_LEAST_EVENTS, _MOST_EVENTS = 6, 120  # of somebody whose story is looked at
_LOOKED_AT, _MOST_ENTITIES = 1200, 10  # events that are looked at, and of how many entities a gap is told
_OFTEN = 2  # reports of an event beside a gap

# A sentence for each of some events, and of each that no article dates.
SENTENCES_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY id, article_id, start"""

# Salient events that one source alone tells.
SINGLE = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.sources = 1 AND e.status = 'asserted'
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports ORDER BY reports DESC, id"""

# Salient events without any date, with what hangs on each.
UNDATED = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.edtf IS NULL AND e.status = 'asserted'
OPTIONAL MATCH (e)<-[m:MADE_IN|ANCHORED_TO]-(x) WHERE m.live = true
WITH e, count(DISTINCT x) AS hang
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, hang ORDER BY hang DESC, id"""

# Who is in which dated events: salient ones that are said to have happened, which make the story, and any other.
STORIES = """UNWIND $keys AS key
MATCH (n:Entity {rung: key}) USING INDEX n:Entity(rung)
WHERE n.expiredAt IS NULL AND n.described = false AND n.events <= $most
MATCH (n)-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event)
WHERE r.live = true AND e.expiredAt IS NULL AND (e.earliest IS NOT NULL OR e.latest IS NOT NULL)
WITH DISTINCT n, e, max(CASE WHEN type(r) = 'PARTICIPATED_IN' THEN 1 ELSE 0 END) AS part
RETURN n.id AS entity, n.name AS name, e.id AS id, e.title AS title, e.edtf AS edtf,
  coalesce(e.earliest, '0001-01-01') AS earliest, coalesce(e.latest, '9999-12-31') AS latest, e.reports AS reports,
  part = 1 AND coalesce(e.salience, 0.0) >= $salience AND e.status = 'asserted'
    AND e.earliest IS NOT NULL AND e.latest IS NOT NULL AS tells
ORDER BY entity, earliest, latest, id"""


def doubtful_identities(graph: Now, rows: Sequence[Row]) -> list[Doubt]:
    """Pairs, as they are kept, that a comparison found alike without being sure; `told` quotes them."""
    return [_doubtful(each) for each in compared(graph, [pair_of(row) for row in rows])]


def told(graph: Queryable, doubts: Sequence[Doubt]) -> list[Doubt]:
    """Doubts whether events are one, with a sentence of each; others as they are. Raises: StoreError."""
    ids = {one.id for doubt in doubts if doubt.kind == IDENTITY for one in doubt.events}
    sentences = _sentences(graph, ids)

    def first(doubt: Doubt) -> tuple[Evidence, ...]:
        return tuple(sentence for one in doubt.events for sentence in sentences.get(one.id, ())[:1])

    return [replace(each, evidence=first(each)) if each.kind == IDENTITY else each for each in doubts]


def _doubtful(pair: Suggestion) -> Doubt:
    label = "Event" if pair.one.kind == "Event" else "Entity"
    both = tuple(named(side.id, side.name, label, side.edtf) for side in (pair.one, pair.other))
    alike = label == "Event" and pair.one.name == pair.other.name
    one, other = (
        f"{quoted(side.name)} ({side.when})" if alike else quoted(side.name) for side in (pair.one, pair.other)
    )
    says = f"{one} and {other} may be one: {pair.reason}"
    return Doubt(IDENTITY, says, pair.settles,
                 events=both if label == "Event" else (), entities=both if label == "Entity" else ())  # fmt: skip


def single_sources(graph: Queryable, events: Sequence[str]) -> list[Doubt]:
    """Those of some events that are salient and that one source alone tells."""
    rows = graph.run(SINGLE, ids=list(events), salience=SALIENT)
    sentences = _sentences(graph, [row["id"] for row in rows])
    return [
        Doubt("single-source", f"{quoted(row['title'])} is told by one source, in {count(row['reports'], 'sentence')}",
              row["reports"], events=(_event(row),), evidence=tuple(sentences.get(row["id"], ())[:1]))
        for row in rows
    ]  # fmt: skip


def undated_events(graph: Queryable, events: Sequence[str]) -> list[Doubt]:
    """Those of some events that are salient and without any date."""
    rows = graph.run(UNDATED, ids=list(events), salience=SALIENT)
    sentences = _sentences(graph, [row["id"] for row in rows])
    return [
        Doubt("undated", f"{quoted(row['title'])} has no date", 1 + row["hang"], events=(_event(row),),
              evidence=tuple(sentences.get(row["id"], ())[:1]))
        for row in rows
    ]  # fmt: skip


def silent_gaps(graph: Queryable, rungs: Mapping[str, int]) -> list[Doubt]:
    """Stretches in which somebody's story has nothing though it is told closely before and after.

    A gap is the longest stretch that no dated event touches which one entity is in, salient or not: what
    `kb timeline --entity` lists of it. It is longer than 60 days and than three times the median distance of the
    salient ones, of which the last before it and the first after it are told at least twice. Of those in most events,
    each gap once; who is in more than a hundred and some has no silence. Arguments: the graph; how many entities stand
    on which rung.
    """
    keys = _rungs_of_stories(rungs)
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in graph.run(STORIES, keys=keys, most=_MOST_EVENTS, salience=SALIENT) if keys else ():
        stories[row["entity"]].append(row)
    told = [(sum(row["tells"] for row in rows), rows) for rows in stories.values()]
    long = sorted((each for each in told if each[0] >= _LEAST_EVENTS), key=lambda each: (-each[0], each[1][0]["name"]))
    gaps: dict[tuple[str, str], Doubt] = {}
    for _, rows in long[:_MOST_ENTITIES]:
        found = _gap(rows)
        if found:
            gaps.setdefault((found.events[0].id, found.events[1].id), found)
    return list(gaps.values())


def _rungs_of_stories(rungs: Mapping[str, int]) -> list[str]:
    """The rungs of those who are in most events, but not in too many, until they are in so many together."""
    chosen: list[str] = []
    together = 0
    for height in sorted({rung.rpartition(" ")[2] for rung in rungs}, reverse=True):
        level = [rung for rung in rungs if rung.rpartition(" ")[2] == height]
        if together < _LOOKED_AT and _LEAST_EVENTS <= least_on(height) <= _MOST_EVENTS:
            chosen += sorted(level)
            together += least_on(height) * sum(rungs[rung] for rung in level)
    return chosen


def _gap(rows: Sequence[Row]) -> Doubt | None:
    """The longest gap of one story, if it stands out. Arguments: all dated events of one entity, earliest first."""
    points = [row for row in rows if row["tells"] and _width(row) <= _WIDEST]
    distances = [max(0, _days(a["latest"], b["earliest"])) for a, b in pairwise(points)]
    usual = median([d for d in distances if d > 0] or [0])
    if len(points) < _LEAST_EVENTS or not usual:
        return None
    days, before, after = max(_silences(rows), key=lambda silence: silence[0], default=(0, rows[0], rows[0]))
    if days <= _GAP or days <= _TIMES * usual or not _told_often(points, before["latest"], after["earliest"]):
        return None
    name = rows[0]["name"]
    says = (f"Nothing is told of {quoted(name)} for {count(days, 'day')}, between {quoted(before['title'])} and "
            f"{quoted(after['title'])}; usual are {count(round(usual), 'day')}")  # fmt: skip
    return Doubt("silent-gap", says, len(points), events=(_event(before), _event(after)),
                 entities=(named(rows[0]["entity"], name, "Entity"),))  # fmt: skip


def _silences(rows: Sequence[Row]) -> Iterator[tuple[int, Row, Row]]:
    """The stretches that no event touches: their days, the event that ends last before each, and the first after it."""
    last = rows[0]
    for row in rows[1:]:
        if row["earliest"] > last["latest"]:
            yield _days(last["latest"], row["earliest"]), last, row
        last = max(last, row, key=lambda one: one["latest"])


def _told_often(points: Sequence[Row], end: str, begin: str) -> bool:
    """Whether of the events that make a story the last before a gap and the first after it are told twice."""
    before = max((row for row in points if row["latest"] <= end), key=lambda row: row["latest"], default=None)
    after = next((row for row in points if row["earliest"] >= begin), None)
    return bool(before and after) and all(row["reports"] >= _OFTEN for row in (before, after) if row)


def _width(row: Row) -> int:
    return _days(row["earliest"], row["latest"])


def _days(first: str, last: str) -> int:
    """Days from one ISO day to another; years before our reckoning count as its first."""
    one, other = (dt.date.fromisoformat(day) if day >= "0001" else dt.date.min for day in (first, last))
    return (other - one).days


def _event(row: Row) -> Named:
    return named(row["id"], row["title"], "Event", row["edtf"])


def _sentences(graph: Queryable, events: Iterable[str]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    ids = sorted(set(events))
    for row in graph.run(SENTENCES_OF, ids=ids) if ids else ():
        found[row["id"]].append(evidence(row))
    return found
