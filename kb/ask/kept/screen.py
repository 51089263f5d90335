"""What the timeline page shows of a filter, asked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.ask.kept.choosing import Way, by_relation, ways_to_most_important
from kb.ask.kept.present import counts_of
from kb.ask.past import Graph, Past
from kb.ask.rows import row_of
from kb.ask.timeline import EventFilter, TimelineRow, statement, timeline, undated


@dataclass(frozen=True, slots=True)
class Screen:
    """The dated events of a window, and those without a date; both most important first."""

    rows: tuple[TimelineRow, ...]
    undated: tuple[TimelineRow, ...]


def screen(graph: Graph, *, limit: int, most_undated: int, **filters: Any) -> Screen:
    """What `timeline` and `undated` tell of a filter, asked at once.

    Arguments: the graph; limit, most dated events; most_undated, most of the others; the shared filters. Raises:
    StoreError.
    """
    if isinstance(graph, Past):
        return Screen(tuple(timeline(graph, limit=limit, **filters)),
                      tuple(undated(graph, limit=most_undated, **filters)))  # fmt: skip
    wanted = EventFilter(**filters).parameters()
    bare = {**wanted, **EventFilter().parameters(), **{k: wanted[k] for k in wanted if k not in ("earliest", "latest")}}
    if way := by_relation(graph, wanted):
        ways = [(way, way)]
    else:
        counts = counts_of(graph)
        dated = list(ways_to_most_important(counts, wanted, limit, dated=True))
        others = list(ways_to_most_important(counts, bare, most_undated, dated=False))
        steps = range(max(len(dated), len(others)))
        ways = [(dated[min(n, len(dated) - 1)], others[min(n, len(others) - 1)]) for n in steps]
    rows: list[dict[str, Any]] = []
    for one, other in ways:
        both = f"{statement(one)} UNION ALL {_of_others(other)}"
        keys = {"others": other.parameters.get("keys"), "otherLots": other.parameters.get("lots"),
                "mostOthers": most_undated}  # fmt: skip
        rows = graph.run(both, **one.parameters, limit=limit, **keys)
        found = sum(row["earliest"] is not None or row["latest"] is not None for row in rows)
        if (found >= limit or one.whole) and (len(rows) - found >= most_undated or other.whole):
            break
    every = [row_of(TimelineRow, row) for row in rows]
    return Screen(tuple(row for row in every if row.earliest or row.latest),
                  tuple(row for row in every if not (row.earliest or row.latest)))  # fmt: skip


def _of_others(way: Way) -> str:
    return statement(way, dated=False, keys="others", lots="otherLots", limit="mostOthers")
