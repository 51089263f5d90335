"""What a human should look at beside dates: what may be one, what one source alone tells, what is missing.

Nothing here is impossible; lists of events are held to the salient ones, and to so many.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from statistics import median

from kb.ask.query_rows import Named
from kb.checks import statements as cypher
from kb.checks.doubts import Doubt, Evidence, Row, count, evidence, named, quoted
from kb.store import Store

SALIENCE = 0.6
"""From which an editor would want an event on a timeline."""

_MOST = 100  # events of one kind
_FEW_ARTICLES = 5  # below which nearly all events have one source, and many no date
_GAP, _TIMES = 60, 3  # days that a gap has at least, and how many of an entity's usual distances
_WIDEST = 31  # days of a date that puts an event at one point of a story
_LEAST_EVENTS, _MOST_ENTITIES = 6, 10
_OFTEN = 2  # reports of an event beside a gap


def doubtful_identities(store: Store) -> list[Doubt]:
    """Pairs that a comparison found alike without being sure, and on which no human has ruled."""
    found = []
    for label, salience in (("Entity", 0.0), ("Event", SALIENCE)):
        rows = store.run(cypher.DOUBTFUL.replace("LABEL", label), salience=salience)
        pairs = {tuple(sorted((row["one"], row["other"]))): row for row in reversed(rows)}
        for pair in pairs.keys() & _ruled(store, label):
            del pairs[pair]
        ids = sorted({id for pair in pairs for id in pair})
        facts = (
            {r["id"]: r["facts"] for r in store.run(cypher.FACTS_AT.replace("LABEL", label), ids=ids)} if ids else {}
        )
        sentences = _sentences(store, ids) if label == "Event" else {}
        found += [_doubtful(label, row, facts, sentences) for row in pairs.values()]
    return found


def _ruled(store: Store, label: str) -> set[tuple[str, ...]]:
    """The pairs of what is shown that humans said are not one, or that they said are one and that yet are not."""
    rulings = store.run(cypher.RULED)
    ids = sorted({id for row in rulings for id in (*row["targets"], *(row["others"] or ()))})
    rows = store.run(cypher.SHOWN_AS.replace("LABEL", label), ids=ids) if ids else []
    shown = {row["id"]: row["shown"] for row in rows}
    pairs = set()
    for row in rulings:
        others = row["targets"] if row["kind"] == "same" else row["others"] or ()
        for pair in product(row["targets"], others):
            if all(id in shown for id in pair):
                pairs.add(tuple(sorted(shown[id] for id in pair)))
    return pairs


def _doubtful(label: str, row: Row, facts: Mapping[str, int], sentences: Mapping[str, Sequence[Evidence]]) -> Doubt:
    both = tuple(named(row[end], row[f"{end}_words"], label, row[f"{end}_edtf"]) for end in ("one", "other"))
    says = f"{quoted(row['one_words'])} and {quoted(row['other_words'])} may be one: {row['reason']}"
    told = tuple(sentence for one in both for sentence in sentences.get(one.id, ())[:1])
    return Doubt("doubtful-identity", says, min(facts[one.id] for one in both), evidence=told,
                 events=both if label == "Event" else (), entities=both if label == "Entity" else ())  # fmt: skip


def single_sources(store: Store) -> list[Doubt]:
    """Salient events that one source alone tells, where there are enough articles to expect more."""
    if _few(store):
        return []
    rows = store.run(cypher.SINGLE, salience=SALIENCE, most=_MOST)
    sentences = _sentences(store, [row["id"] for row in rows])
    return [
        Doubt("single-source", f"{quoted(row['title'])} is told by one source, in {count(row['reports'], 'sentence')}",
              row["reports"], events=(_event(row),), evidence=tuple(sentences.get(row["id"], ())[:1]))
        for row in rows
    ]  # fmt: skip


def _few(store: Store) -> bool:
    return bool(store.run(cypher.ARTICLES)[0]["articles"] < _FEW_ARTICLES)


def undated_events(store: Store) -> list[Doubt]:
    """Salient events without any date, where there are enough articles to expect one."""
    if _few(store):
        return []
    rows = store.run(cypher.UNDATED, salience=SALIENCE, most=_MOST)
    sentences = _sentences(store, [row["id"] for row in rows])
    return [
        Doubt("undated", f"{quoted(row['title'])} has no date", 1 + row["hang"], events=(_event(row),),
              evidence=tuple(sentences.get(row["id"], ())[:1]))
        for row in rows
    ]  # fmt: skip


def silent_gaps(store: Store) -> list[Doubt]:
    """Stretches in which somebody's story has nothing though it is told closely before and after.

    A gap is the longest between the salient events that one entity took part in: longer than 60 days and than three
    times the median distance, both its ends told at least twice. Of the entities with most events, each gap once.
    """
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in store.run(cypher.STORIES, salience=SALIENCE):
        stories[row["entity"]].append(row)
    long = sorted(
        (rows for rows in stories.values() if len(rows) >= _LEAST_EVENTS), key=lambda r: (-len(r), r[0]["name"])
    )
    gaps: dict[tuple[str, str], Doubt] = {}
    for rows in long[:_MOST_ENTITIES]:
        found = _gap(rows)
        if found:
            gaps.setdefault((found.events[0].id, found.events[1].id), found)
    return list(gaps.values())


def _gap(rows: Sequence[Row]) -> Doubt | None:
    """The longest gap of one story, if it stands out."""
    points = [row for row in rows if _width(row) <= _WIDEST]
    distances = [max(0, _days(a["latest"], b["earliest"])) for a, b in pairwise(points)]
    usual = median([d for d in distances if d > 0] or [0])
    if len(points) < _LEAST_EVENTS or not usual:
        return None
    longest = max(range(len(distances)), key=lambda n: distances[n])
    days, before, after = distances[longest], points[longest], points[longest + 1]
    lasting = any(
        r["earliest"] <= before["latest"] and r["latest"] >= after["earliest"] for r in rows if "/" in r["edtf"]
    )
    often = min(before["reports"], after["reports"]) >= _OFTEN
    if days <= _GAP or days <= _TIMES * usual or lasting or not often:
        return None
    name = rows[0]["name"]
    says = (f"Nothing is told of {quoted(name)} for {count(days, 'day')}, between {quoted(before['title'])} and "
            f"{quoted(after['title'])}; usual are {count(round(usual), 'day')}")  # fmt: skip
    return Doubt("silent-gap", says, len(rows), events=(_event(before), _event(after)),
                 entities=(named(rows[0]["entity"], name, "Entity"),))  # fmt: skip


def _width(row: Row) -> int:
    return _days(row["earliest"], row["latest"])


def _days(first: str, last: str) -> int:
    """Days from one ISO day to another; years before our reckoning count as its first."""
    one, other = (dt.date.fromisoformat(day) if day >= "0001" else dt.date.min for day in (first, last))
    return (other - one).days


def _event(row: Row) -> Named:
    return named(row["id"], row["title"], "Event", row["edtf"])


def _sentences(store: Store, events: Iterable[str]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    ids = sorted(set(events))
    for row in store.run(cypher.SENTENCES_OF, ids=ids) if ids else ():
        found[row["id"]].append(evidence(row))
    return found
