"""What a human should look at beside dates: what may be one, what one source alone tells, what is missing.

Nothing here is impossible; lists of events are held to the salient ones, and to so many.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from statistics import median

from kb.ask.rows import Named
from kb.checks.doubts import OF_ARTICLE, SENTENCE, Doubt, Evidence, Row, count, evidence, named, quoted
from kb.store import Store

SALIENCE = 0.6
"""From which an editor would want an event on a timeline."""

_IDENTITY = "doubtful-identity"
_MOST = 100  # events of one kind
_FEW_ARTICLES = 5  # below which nearly all events have one source, and many no date
_GAP, _TIMES = 60, 3  # days that a gap has at least, and how many of an entity's usual distances
_WIDEST = 31  # days of a date that puts an event at one point of a story
_LEAST_EVENTS, _MOST_ENTITIES = 6, 10
_OFTEN = 2  # reports of an event beside a gap

ARTICLES = "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN count(a) AS articles"

# Pairs of what is shown that a comparison found alike without being sure, or that a third keeps apart, with in how many
# sentences each is.
DOUBTFUL = """MATCH (a:LABEL)-[r:RESEMBLES]->(b:LABEL) WHERE r.live = true AND r.verdict IN ['doubtful', 'same']
  AND coalesce(a.canonical, a.id) <> coalesce(b.canonical, b.id)
WITH DISTINCT coalesce(a.canonical, a.id) AS one_id, coalesce(b.canonical, b.id) AS other_id, r.reason AS reason,
  r.score AS score, CASE WHEN r.told IS NULL THEN 0 ELSE 1 END AS after
MATCH (one:LABEL {id: one_id}) WHERE one.expiredAt IS NULL AND coalesce(one.salience, 1) >= $salience
MATCH (other:LABEL {id: other_id}) WHERE other.expiredAt IS NULL AND coalesce(other.salience, 1) >= $salience
RETURN one.id AS one, coalesce(one.title, one.name) AS one_words, one.edtf AS one_edtf,
  coalesce(one.reports, one.mentions, 0) AS one_facts, other.id AS other,
  coalesce(other.title, other.name) AS other_words, other.edtf AS other_edtf,
  coalesce(other.reports, other.mentions, 0) AS other_facts, reason, score, after
ORDER BY after, score DESC, one, other"""

# What humans said is or is not one, by what is shown now.
RULED = """MATCH (d:Decision) WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL AND d.field IS NULL
RETURN d.kind AS kind, d.targets AS targets, d.others AS others"""

SHOWN_AS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted}) OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
RETURN wanted AS id, coalesce(c.id, n.id) AS shown"""

# A sentence for each of some events, and of each that no article dates.
SENTENCES_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
MATCH (p){OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.start - p.start AS start, r.end - p.start AS end, {SENTENCE}
ORDER BY id, article_id, start"""

# Salient events that one source alone tells, the most salient first.
SINGLE = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.sources = 1 AND e.status = 'asserted'
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports
ORDER BY e.salience DESC, reports DESC, id LIMIT $most"""

# Salient events without any date, the most salient first.
UNDATED = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.edtf IS NULL AND e.status = 'asserted'
OPTIONAL MATCH (e)<-[m:MADE_IN|ANCHORED_TO]-(x) WHERE m.live = true
WITH e, count(DISTINCT x) AS hang
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, hang
ORDER BY e.salience DESC, hang DESC, id LIMIT $most"""

# Who took part in which salient dated events.
STORIES = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.status = 'asserted' AND e.earliest IS NOT NULL
  AND e.latest IS NOT NULL
MATCH (e)<-[r:PARTICIPATED_IN]-(n:Entity) WHERE r.live = true AND n.described = false
RETURN DISTINCT n.id AS entity, n.name AS name, e.id AS id, e.title AS title, e.edtf AS edtf, e.earliest AS earliest,
  e.latest AS latest, e.reports AS reports ORDER BY entity, earliest, latest, id"""


def doubtful_identities(store: Store) -> list[Doubt]:
    """Pairs that a comparison found alike without being sure, and on which no human has ruled; `told` quotes them."""
    found = []
    for label, salience in (("Entity", 0.0), ("Event", SALIENCE)):
        rows = store.run(DOUBTFUL.replace("LABEL", label), salience=salience)
        pairs = {tuple(sorted((row["one"], row["other"]))): row for row in reversed(rows)}
        for pair in pairs.keys() & _ruled(store, label):
            del pairs[pair]
        found += [_doubtful(label, row) for row in pairs.values()]
    return found


def told(store: Store, doubts: Sequence[Doubt]) -> list[Doubt]:
    """Doubts whether events are one, with a sentence of each; others as they are. Raises: StoreError."""
    ids = {one.id for doubt in doubts if doubt.kind == _IDENTITY for one in doubt.events}
    sentences = _sentences(store, ids)

    def first(doubt: Doubt) -> tuple[Evidence, ...]:
        return tuple(sentence for one in doubt.events for sentence in sentences.get(one.id, ())[:1])

    return [replace(each, evidence=first(each)) if each.kind == _IDENTITY else each for each in doubts]


def _ruled(store: Store, label: str) -> set[tuple[str, ...]]:
    """The pairs of what is shown that humans said are not one, or that they said are one and that yet are not."""
    rulings = store.run(RULED)
    ids = sorted({id for row in rulings for id in (*row["targets"], *(row["others"] or ()))})
    rows = store.run(SHOWN_AS.replace("LABEL", label), ids=ids) if ids else []
    shown = {row["id"]: row["shown"] for row in rows}
    pairs = set()
    for row in rulings:
        others = row["targets"] if row["kind"] == "same" else row["others"] or ()
        for pair in product(row["targets"], others):
            if all(id in shown for id in pair):
                pairs.add(tuple(sorted(shown[id] for id in pair)))
    return pairs


def _doubtful(label: str, row: Row) -> Doubt:
    both = tuple(named(row[end], row[f"{end}_words"], label, row[f"{end}_edtf"]) for end in ("one", "other"))
    says = f"{quoted(row['one_words'])} and {quoted(row['other_words'])} may be one: {row['reason']}"
    return Doubt(_IDENTITY, says, min(row["one_facts"], row["other_facts"]),
                 events=both if label == "Event" else (), entities=both if label == "Entity" else ())  # fmt: skip


def single_sources(store: Store) -> list[Doubt]:
    """Salient events that one source alone tells, where there are enough articles to expect more."""
    if _few(store):
        return []
    rows = store.run(SINGLE, salience=SALIENCE, most=_MOST)
    sentences = _sentences(store, [row["id"] for row in rows])
    return [
        Doubt("single-source", f"{quoted(row['title'])} is told by one source, in {count(row['reports'], 'sentence')}",
              row["reports"], events=(_event(row),), evidence=tuple(sentences.get(row["id"], ())[:1]))
        for row in rows
    ]  # fmt: skip


def _few(store: Store) -> bool:
    return bool(store.run(ARTICLES)[0]["articles"] < _FEW_ARTICLES)


def undated_events(store: Store) -> list[Doubt]:
    """Salient events without any date, where there are enough articles to expect one."""
    if _few(store):
        return []
    rows = store.run(UNDATED, salience=SALIENCE, most=_MOST)
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
    for row in store.run(STORIES, salience=SALIENCE):
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
    for row in store.run(SENTENCES_OF, ids=ids) if ids else ():
        found[row["id"]].append(evidence(row))
    return found
