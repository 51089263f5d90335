"""Dated events in the order of time, a page at a time: what a chronology shows of each.

A page begins after the last event of the one before (a keyset), so one late in a long list costs what the first does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.ask.kept.choosing import BY_SLOT, Way, by_relation
from kb.ask.kept.counts import touching
from kb.ask.kept.present import Now, counts_of
from kb.ask.past import Graph, Past
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Record, row_of
from kb.ask.timeline import DATED, EVENT_FILTER, EVENT_ROW, EventFilter, TimelineRow
from kb.counted import LAST, span_of

Key = tuple[str, str]
"""Where an event stands: its first day, or its last where it has no first, and its id."""

_SPARE = 4  # times as many as should do are looked through, as a filter leaves some out

_PAGE = f"""
WHERE {DATED}
  AND {EVENT_FILTER}
WITH e, coalesce(e.earliest, e.latest) AS key
WHERE key >= $since AND key <= $until AND ($key IS NULL OR PASSED)
WITH e, key ORDER BY key DIRECTION, e.id DIRECTION LIMIT $limit
{EVENT_ROW}"""

# What humans wrote on events, and the sentence that tells each best.
BESIDE = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})
OPTIONAL MATCH (e)-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
OPTIONAL MATCH (a:Article {{id: r.articleId}}) WHERE a.expiredAt IS NULL
WITH e, r, p, a ORDER BY r.salience DESC, r.confidence DESC, p.id
WITH e, head(collect(p.text)) AS sentence, head(collect(a)) AS a
RETURN e.id AS id, e.starred = 'yes' AS starred, e.tags AS tags, e.note AS note, sentence, {ARTICLE_COLUMNS}"""


@dataclass(frozen=True, slots=True)
class ChronologyRow:
    """An event in a chronology: what it shows, what humans wrote on it, and a sentence that tells of it."""

    event: TimelineRow
    sentence: str = ""
    article: ArticleRow | None = None
    starred: bool = False
    tags: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChronologyPage:
    """Events in the order of time. after: where the next page begins; None where there is none."""

    rows: tuple[ChronologyRow, ...]
    after: Key | None = field(default=None)


def chronology(
    graph: Graph, *, limit: int = 50, after: Key | None = None, latest_first: bool = False, **filters: Any
) -> ChronologyPage:
    """A page of the dated events that pass the shared filters of `kb.ask.timeline`, by their first days.

    Arguments: the graph; limit, events of the page; after, where the page before ended; latest_first, whether the order
    is turned round. Raises: StoreError.
    """
    wanted = EventFilter(**filters).parameters()
    if isinstance(graph, Past):
        rows = _of_past(graph, wanted, limit, after, latest_first)
    else:
        rows = _found(graph, wanted, limit, after, latest_first)
    events = sorted((row_of(TimelineRow, row) for row in rows), key=_key, reverse=latest_first)
    page = tuple(told(graph, events[:limit]))
    return ChronologyPage(page, _key(page[-1].event) if len(events) > limit else None)


def told(graph: Graph, events: Sequence[TimelineRow]) -> list[ChronologyRow]:
    """Events with the sentence that tells each best, and what humans wrote on them. Raises: StoreError."""
    beside = {row["id"]: row for row in (graph.run(BESIDE, ids=[each.id for each in events]) if events else ())}
    return [_row(each, beside.get(each.id, {})) for each in events]


def _found(graph: Now, wanted: Mapping[str, Any], limit: int, after: Key | None, turned: bool) -> list[dict[str, Any]]:
    """The events of a page and the next one, looked for farther and farther in time until there are enough."""
    if way := by_relation(graph, wanted):
        return _asked(graph, way, "", LAST, limit, after, turned)
    counts = counts_of(graph)
    months = sorted((slot for slot in counts.cells if len(slot) == 7), reverse=turned)
    if after:
        months = [month for month in months if (month <= after[0][:7] if turned else month >= after[0][:7])]
    held = {month: sum(cell.events for cell in counts.cells[month]) for month in months}
    enough = limit * _SPARE
    while True:
        edge = _edge(months, held, enough)
        since, until = ("" if edge is None else span_of(edge)[0], LAST) if turned else (
            "", LAST if edge is None else span_of(edge)[1])  # fmt: skip
        if after:
            since, until = (since, after[0]) if turned else (after[0], until)
        window = touching(counts.cells, max(wanted["earliest"], since), min(wanted["latest"], until))
        way = Way(BY_SLOT, {**wanted, "keys": [*window.within, *window.partly]})
        found = _asked(graph, way, since, until, limit, after, turned)
        if len(found) > limit or edge is None:
            return found
        enough *= _SPARE


def _edge(months: Sequence[str], held: Mapping[str, int], enough: int) -> str | None:
    """The month by which so many events begin; None where all of them together are fewer."""
    total = 0
    for month in months:
        total += held[month]
        if total >= enough:
            return month
    return None


def _asked(
    graph: Now, way: Way, since: str, until: str, limit: int, after: Key | None, turned: bool
) -> list[dict[str, Any]]:  # fmt: skip
    sign, direction = ("<", "DESC") if turned else (">", "ASC")
    passed = f"key {sign} $key OR (key = $key AND e.id {sign} $id)"
    statement = way.begin + _PAGE.replace("PASSED", f"({passed})").replace("DIRECTION", direction)
    key, id = after or (None, None)
    return graph.run(statement, **way.parameters, since=since, until=until, key=key, id=id, limit=limit + 1)


def _of_past(graph: Past, wanted: Mapping[str, Any], limit: int, after: Key | None, turned: bool) -> Iterable[Record]:
    rows = sorted(graph.events(wanted, dated=True, limit=10**9), key=_key_of, reverse=turned)
    if after:
        rows = [row for row in rows if (_key_of(row) < after if turned else _key_of(row) > after)]
    return rows[: limit + 1]


def _row(event: TimelineRow, beside: Record) -> ChronologyRow:
    article = row_of(ArticleRow, beside, "article_") if beside.get("article_id") else None
    return ChronologyRow(event, " ".join((beside.get("sentence") or "").split()), article,
                         bool(beside.get("starred")), beside.get("tags") or "", beside.get("note") or "")  # fmt: skip


def _key_of(row: Record) -> Key:
    return (row["earliest"] or row["latest"], row["id"])


def _key(event: TimelineRow) -> Key:
    return (event.earliest or event.latest or "", event.id)
