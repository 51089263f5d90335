"""From where a statement about events sets out, so that it looks through little more than what it finds.

An event is found by who takes part in it, where it is or what it is part of; by words, from the full-text indexes of
titles and sentences, or among the most important where very many have them; by the slots that a window touches; by its
type or status; or by its rung, from the most important down, until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.ask.kept.counts import Counts, Reach, Wanted, countable, reach, touching
from kb.ask.kept.present import Now, counts_of
from kb.ask.typed import asked
from kb.counted import EVENT_RUNGS, UNDATED
from kb.errors import BadInput, QueryError
from kb.store import Queryable
from kb.store.dialect import words_index_name

_SPARE = 1.25  # times as many as should do are looked through, as the counts do not tell all
_MOST_FOUND = 30_000  # of what an index holds of the words, for who wants all of it; of more it gives no more
_HELD = 500  # sentences or titles that an index holds of words; where it holds more, not all is looked through
LOOKED_THROUGH = 1000  # the most important events, which are looked through then,
SENTENCES = 8000  # or fewer, once those that were looked through have so many sentences
_FIRST = 125  # events that are looked through before that is asked
_FEW = 150  # events that are looked through at once, however few are wanted

# Each binds e; what else a filter asks for follows. The index is named, as Neo4j takes another way while a label is
# small, and keeps to it when it is not.
BY_ENTITY = """MATCH (:Entity {id: $by})-[by:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE by.expiredAt IS NULL
WITH DISTINCT e"""
BY_PLACE = "MATCH (:Place {id: $by})<-[by:LOCATED_IN]-(e:Event) WHERE by.expiredAt IS NULL\nWITH DISTINCT e"
BY_WHOLE = "MATCH (:Event {id: $by})<-[by:PART_OF]-(e:Event) WHERE by.expiredAt IS NULL\nWITH DISTINCT e"
BY_TEXT = "MATCH (e:Event)"
# What the indexes hold of a word that is typed, and of what begins so; which of it has the very words is asked after.
TITLED = f"""CALL db.index.fulltext.queryNodes('{words_index_name("Event")}', $query, {{limit: $most}}) YIELD node
RETURN DISTINCT node.id AS id"""
TOLD = f"""CALL db.index.fulltext.queryNodes('{words_index_name("Passage")}', $query, {{limit: $most}}) YIELD node
WITH collect(node) AS found
UNWIND CASE WHEN size(found) < $most THEN found ELSE found[0..1] END AS p
OPTIONAL MATCH (p)<-[r:REPORTED_IN]-(e:Event) WHERE r.expiredAt IS NULL
RETURN DISTINCT e.id AS id, size(found) AS held"""
# First by the sentences alone: the local server takes twice as long where it looks at each relationship, too.
HAS_TEXT = """(toLower(e.title) CONTAINS $text OR EXISTS {
    MATCH (e)-[:REPORTED_IN]->(p:Passage) WHERE toLower(p.text) CONTAINS $text } AND EXISTS {
    MATCH (e)-[r:REPORTED_IN]->(p:Passage) WHERE toLower(p.text) CONTAINS $text AND r.expiredAt IS NULL })"""
BY_ID = "UNWIND $keys AS key\nMATCH (e:Event {id: key})"
BY_SLOT = "UNWIND $keys AS key\nMATCH (e:Event {slot: key}) USING INDEX e:Event(slot)"
BY_RUNG = """CALL {
  UNWIND $keys AS key MATCH (e:Event {rung: key}) USING INDEX e:Event(rung) RETURN e
  UNION ALL UNWIND $lots AS key MATCH (e:Event {lot: key}) USING INDEX e:Event(lot) RETURN e
} WITH e"""
WITH_TEXT = f""" WHERE e.expiredAt IS NULL
WITH e, coalesce(e.reports, 0) AS sentences, {HAS_TEXT} AS has
RETURN collect(CASE WHEN has THEN e.id END) AS ids, sum(sentences) AS sentences"""
BY_TYPE = "UNWIND $keys AS key\nMATCH (e:Event {type: key}) USING INDEX e:Event(type)"
BY_STATUS = "UNWIND $keys AS key\nMATCH (e:Event {status: key}) USING INDEX e:Event(status)"


@dataclass(frozen=True, slots=True)
class Way:
    """How to set out: the beginning of a statement, its parameters, how many events it looks through (0: not known).

    whole: whether no event that is wanted is left out. cut: whether it has the most important of those that are wanted
    and no others, because very many sentences have the words.
    """

    begin: str
    parameters: Mapping[str, Any]
    events: float = 0
    whole: bool = True
    cut: bool = False


def by_relation(graph: Now, wanted: Wanted, *, limit: int = 0) -> Way | None:
    """The way for a filter that names events, who, where, of what or words; None for any other.

    Arguments: the graph; the filter; limit, how many are wanted: who wants more than are looked through where very many
    sentences have the words gets all of them. Raises: StoreError.
    """
    if wanted["ids"]:
        return Way(BY_ID, {**wanted, "ids": None, "keys": wanted["ids"]})
    for name, begin in (("whole", BY_WHOLE), ("place", BY_PLACE), ("entity", BY_ENTITY)):
        if wanted[name]:
            return Way(begin, {**wanted, name: None, "by": wanted[name]})
    if not wanted["text"]:
        return None
    thorough = limit > LOOKED_THROUGH
    found = _with_words(graph, wanted["text"], _MOST_FOUND if thorough else _HELD)
    if found is None:
        return Way(BY_TEXT, wanted) if thorough else _common(graph, wanted)
    return Way(BY_ID, {**wanted, "ids": None, "keys": found}, len(found))


def _with_words(graph: Queryable, text: str, most: int) -> list[str] | None:
    """Ids of the events that may have the words in title or sentences; None where `most` do, or nothing can tell."""
    try:
        words = asked(f"{text}*")
        if not words:
            return None
        given = {"query": words.query, "most": most}
        titled, told = (graph.run(statement, **given) for statement in (TITLED, TOLD))
    except (BadInput, QueryError):
        return None
    held = max([len(titled), *(row["held"] for row in told[:1])])
    return None if held >= most else sorted({row["id"] for row in (*titled, *told) if row["id"]})


def _common(graph: Now, wanted: Wanted) -> Way:
    """The way for words that very many sentences have: of all events of a short window, or of the most important."""
    counts = counts_of(graph)
    window = touching(counts.cells, wanted["earliest"], wanted["latest"])
    slots, rungs = [*window.within, *window.partly], counts.of(EVENT_RUNGS)
    dated, undated = ({r: n for r, n in rungs.items() if r.startswith("u") == bare} for bare in (False, True))
    if counts.events_in(slots) <= LOOKED_THROUGH:
        rows = graph.run(BY_SLOT + WITH_TEXT, keys=slots, text=wanted["text"]) if slots else []
        found, cut = {id for row in rows for id in row["ids"]}, False
    else:
        found, cut = _looked_through(graph, dated, LOOKED_THROUGH, wanted["text"])
    others, also_cut = _looked_through(graph, undated, LOOKED_THROUGH // 4, wanted["text"])
    ids = sorted(found | others)
    return Way(BY_ID, {**wanted, "ids": None, "text": None, "keys": ids}, len(ids), cut=cut or also_cut)


def _looked_through(graph: Now, numbers: Mapping[str, int], most: int, text: str) -> tuple[set[str], bool]:
    """The most important events that have the words, and whether there are others that were not looked through.

    Arguments: the graph; how many there are by rung; most, how many are looked through; the words.
    """
    found: set[str] = set()
    sentences, enough, before = 0, min(most, _FIRST), Reach([], [], 0)
    while numbers:
        here = reach(numbers, enough)
        new = {"keys": [key for key in here.rungs if key not in before.rungs],
               "lots": [lot for lot in here.lots if lot not in before.lots]}  # fmt: skip
        for row in graph.run(BY_RUNG + WITH_TEXT, **new, text=text):
            found.update(row["ids"])
            sentences += row["sentences"]
        if len(here.rungs) == len(numbers):
            break
        if enough >= most or sentences >= SENTENCES:
            return found, True
        enough, before = min(2 * enough, most), here
    return found, False


def all_of(counts: Counts, wanted: Wanted) -> Way:
    """The way that finds every dated event that may pass a filter."""
    window = touching(counts.cells, wanted["earliest"], wanted["latest"])
    slots = [*window.within, *window.partly]
    ways = [Way(BY_SLOT, {**wanted, "keys": slots}, counts.events_in(slots))]
    return min([*ways, *_by_words(counts, wanted)], key=lambda way: way.events)


def ways_to_most_important(counts: Counts, wanted: Wanted, limit: int, *, dated: bool) -> Iterator[Way]:
    """Ways to the most important events that pass a filter, each wider than the one before; the last is whole.

    Arguments: the counts; the filter; how many are wanted; dated, those with a date, or those without.
    """
    rungs = {r: n for r, n in counts.of(EVENT_RUNGS).items() if r.startswith("u") != dated}
    window = touching(counts.cells, wanted["earliest"], wanted["latest"])
    slots = [*window.within, *window.partly] if dated else [UNDATED]
    every = all_of(counts, wanted) if dated else Way(BY_SLOT, {**wanted, "keys": slots}, sum(rungs.values()))
    enough = max(_FEW, limit * _SPARE * sum(rungs.values()) / max(1, _expected(counts, wanted, slots, dated=dated)))
    while enough < every.events:
        keys, lots, events = reach(rungs, enough)
        yield Way(BY_RUNG, {**wanted, "keys": keys, "lots": lots}, events, whole=len(keys) == len(rungs))
        enough *= 3
    yield every


def _expected(counts: Counts, wanted: Wanted, slots: list[str], *, dated: bool) -> int:
    """About how many events pass a filter."""
    if not countable(wanted):
        return counts.events_in(slots)
    window = touching(counts.cells, wanted["earliest"], wanted["latest"])
    partly = counts.matching(window.partly, wanted) if dated else []
    within = counts.matching(window.within if dated else slots, wanted)
    return sum(found[-1] for found in within) + sum(found[-1] for found in partly) // 2


def _by_words(counts: Counts, wanted: Wanted) -> Iterator[Way]:
    for name, begin, place in (("types", BY_TYPE, 1), ("statuses", BY_STATUS, 2)):
        if wanted[name]:
            held = sum(c.events for cells in counts.cells.values() for c in cells if c[place] in wanted[name])
            yield Way(begin, {**wanted, "keys": sorted(set(wanted[name]))}, held)
