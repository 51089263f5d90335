"""Claims in an order, a page at a time, with how many there are: every claim of the graph can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.ask.claims.choosing import (
    ALL_CLAIMS,
    IN_SLOTS,
    ON_SLOTS,
    ClaimFilter,
    Order,
    Way,
    narrow,
    passing,
    slots_of,
    slots_on,
)
from kb.ask.claims.rows import ClaimRow, claims_of
from kb.ask.kept.counts import Counts, outermost
from kb.ask.kept.present import Now, counts_of
from kb.ask.past import Graph, Past
from kb.ask.rows import Named, Record, kind_of
from kb.counted import ARTICLE_SLOTS, CLAIM_SLOTS, LAST, UNDATED, span_of

_LEAST = 400  # claims looked through for a page, however few fit on it
_MONTH = 7  # characters of the slot of a month
_END = "~"  # sorts after all that follows a day in a key

_SAID = "coalesce(c.saidEarliest, c.saidLatest, $undated) + ' ' + coalesce(c.saidLatest, $undated) + ' ' + c.id"
# What claims are ordered by, one string each that no two share; what has no day comes last in either direction.
_KEYS: Mapping[Order, str] = {
    "said": f"WITH c, {_SAID} AS key",
    "happened": f"""OPTIONAL MATCH (c)-[r:ABOUT]->(y:Event) WHERE r.expiredAt IS NULL AND y.expiredAt IS NULL
WITH c, min(coalesce(y.earliest, y.latest)) AS day
WITH c, coalesce(day, $undated) + ' ' + {_SAID} AS key""",
    "published": f"""OPTIONAL MATCH (a:Article {{id: c.articleId}})
WITH c, coalesce(a.publishedEarliest, a.publishedLatest, $undated) + ' ' + {_SAID} AS key""",
    "recorded": f"WITH c, coalesce(c.createdAt, $undated) + ' ' + {_SAID} AS key",
}
_PAGE = "\nWHERE ($after IS NULL OR key > $after) AND ($bound IS NULL OR key <= $bound)\nRETURN c.id AS id, key"
_UP = f"{_PAGE} ORDER BY key LIMIT $limit"
_DOWN = f"{_PAGE} ORDER BY key DESC LIMIT $limit".replace("key > $after", "key < $after").replace("key <=", "key >=")

_COUNT = "RETURN count(c) AS claims"
_SPEAKERS = """MATCH (c)-[r:MADE_BY]->(s:Entity) WHERE r.expiredAt IS NULL AND s.expiredAt IS NULL
RETURN s.id AS id, s.name AS name, labels(s) AS labels, count(DISTINCT c) AS claims
ORDER BY claims DESC, name, id LIMIT $limit"""

# How many claims are about some events or names, and of how many speakers.
_ABOUT = """UNWIND $ids AS wanted
MATCH (x:LABEL {id: wanted})<-[r:ABOUT]-(c:Claim) WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN wanted AS id, count(DISTINCT c) AS claims, count(DISTINCT coalesce(c.who[0], c.speakerText)) AS speakers"""

# From which day to which claims became public: said or printed.
CLAIM_DAYS = """UNWIND $said AS key
MATCH (c:Claim {slot: key}) USING INDEX c:Claim(slot) RETURN min(c.saidLatest) AS first, null AS last
UNION ALL UNWIND $printed AS key
MATCH (a:Article {slot: key}) USING INDEX a:Article(slot)
RETURN min(a.publishedLatest) AS first, max(a.publishedLatest) AS last"""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some claims in their order.

    before, after: what to give to come to the pages beside this one; None where there is none.
    """

    rows: tuple[ClaimRow, ...]
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who made how many of the claims asked for."""

    id: str
    name: str
    kind: str
    claims: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many claims are about something, and how many speakers made them."""

    claims: int
    speakers: int


def claim_page(
    graph: Graph,
    wanted: ClaimFilter,
    *,
    order: Order = "said",
    newest_first: bool = False,
    after: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> ClaimPage:
    """A page of the claims that pass a filter, found by keys, so that each costs the same however far back it lies.

    Arguments: the graph; the filter; order, by when it was said, when the event that it is about happened, when its
    article was published or when it was recorded, what has no such day last; newest_first, in the other direction;
    after, before, what another page gives: the page that follows it, or the one that ends before it; limit, most
    claims. Raises: StoreError.
    """
    found = _keys(graph, wanted, order, newest_first, before or after, limit + 1, back=bool(before))
    more, found = len(found) > limit, found[:limit]
    if before:
        found = found[::-1]
    rows = claims_of(graph, [row["id"] for row in found])
    first, last = (found[0]["key"], found[-1]["key"]) if found else (None, None)
    return ClaimPage(
        tuple(rows[row["id"]] for row in found if row["id"] in rows),
        first if (more if before else after) else None,
        last if (more or before) else None,
    )


def _keys(
    graph: Graph, wanted: ClaimFilter, order: Order, newest_first: bool, edge: str | None, limit: int, *, back: bool
) -> list[Record]:
    """The next ids with their keys, in the order asked for, or against it where it is looked back."""
    down = newest_first != back
    asked = wanted.parameters()
    # What has no day is last in the order that is asked for, also when this is walked against.
    given = {"after": edge, "bound": None, "limit": limit, "undated": "" if newest_first else LAST}
    rest = f"{_KEYS[order]}{_DOWN if down else _UP}"
    if isinstance(graph, Past):
        return list(graph.run(f"{ALL_CLAIMS}{passing(asked)}{rest}", **asked, **given))
    counts = counts_of(graph)
    if way := narrow(graph, asked, counts):
        return list(graph.run(f"{way.begin}{passing(way.parameters)}{rest}", **way.parameters, **given))
    found: list[Record] = []
    for window in _windows_of(order, asked, counts, edge, limit, down=down):
        begin = f"{window.begin}{passing(asked)}"
        found = list(graph.run(f"{begin}{rest}", **{**asked, **given, "bound": window.bound}, keys=window.slots))
        if len(found) >= limit:
            break
    return found


def _windows_of(
    order: Order, asked: Mapping[str, Any], counts: Counts, edge: str | None, limit: int, *, down: bool
) -> Iterator[_Window]:
    """Wider and wider windows on the clock by which claims are ordered; the last holds all.

    A claim lies in the slot of the day on which it was said, but not in that of its event or its article: these are
    set out from, until there is no day left. By when they were recorded claims lie in no slots, so all are looked at.
    """
    numbers = slots_of(asked, counts)
    if order == "said":
        yield from _windows(numbers, edge, limit, down=down)
        return
    if order in ON_SLOTS and not (edge and edge.partition(" ")[0] in ("", LAST)):
        for window in _windows(slots_on(order, counts), edge, limit, down=down):
            if window.bound is not None:
                yield replace(window, begin=ON_SLOTS[order])
    yield _Window(sorted(numbers), None)


@dataclass(frozen=True, slots=True)
class _Window:
    """Slots to look through, and the key up to which they hold every claim; None for all there are.

    begin: how to set out from the slots.
    """

    slots: list[str]
    bound: str | None
    begin: str = IN_SLOTS


def _windows(numbers: Mapping[str, int], edge: str | None, limit: int, *, down: bool) -> Iterator[_Window]:
    """Wider and wider windows on the days of saying from a key on; the last holds all that is left."""
    day = edge.partition(" ")[0] if edge else (LAST if down else "")
    undated = [UNDATED] if UNDATED in numbers else []
    always = undated if edge and day in ("", LAST) else []  # it is walked from what has no day back to what has one
    months = [slot for slot in sorted(numbers, reverse=down) if len(slot) == _MONTH and _ahead(slot, day, down)]
    wide = [slot for slot in numbers if len(slot) != _MONTH and slot != UNDATED and _ahead(slot, day, down)]
    enough, held, chosen = max(_LEAST, 2 * limit), 0, 0
    while chosen < len(months):
        held += numbers[months[chosen]]
        chosen += 1
        if held < enough or chosen == len(months):
            continue
        first, last = span_of(months[chosen - 1])
        bound = first if down else last + _END
        reached = [slot for slot in wide if span_of(slot)[1] >= first] if down else [
            slot for slot in wide if span_of(slot)[0] <= last
        ]  # fmt: skip
        yield _Window([*months[:chosen], *reached, *always], bound)
        enough *= 4
    yield _Window([*months, *wide, *undated], None)


def _ahead(slot: str, day: str, down: bool) -> bool:
    """Whether a slot may hold a day that is not passed yet."""
    first, last = span_of(slot)
    return first <= day if down else last >= day


def claims(graph: Graph, *, limit: int = 200, order: Order = "said", **filters: Any) -> list[ClaimRow]:
    """Who said what about what, in the order of a clock, the undated last; of more than `limit` the latest.

    Arguments: the graph; limit, most rows; order, as `claim_page`; the fields of a ClaimFilter. Raises: StoreError.
    """
    page = claim_page(graph, ClaimFilter(**filters), order=order, newest_first=True, limit=limit)
    dated = [row for row in page.rows if _day(row, order)]
    return [*dated[::-1], *[row for row in page.rows if not _day(row, order)][::-1]]


def _day(row: ClaimRow, order: Order) -> str | None:
    """What a clock of a claim shows, None where it is not known."""
    if order == "happened":
        return next((event.edtf for event in row.about_events if event.edtf), None)
    return {"said": row.said, "published": row.article.published, "recorded": row.recorded}[order]


def count_claims(graph: Graph, wanted: ClaimFilter) -> int:
    """How many claims pass a filter. Raises: StoreError."""
    if wanted.open and not isinstance(graph, Past):
        return counts_of(graph).total(CLAIM_SLOTS)
    return int(_along(graph, wanted, _COUNT)[0]["claims"])


def speakers(graph: Graph, wanted: ClaimFilter, limit: int = 40) -> list[Speaker]:
    """Who made the claims that pass a filter, those with most first, at most `limit`. Raises: StoreError."""
    rows = _along(graph, wanted, _SPEAKERS, limit=limit)
    return [Speaker(row["id"], row["name"], kind_of(row["labels"]), row["claims"]) for row in rows]


def _along(graph: Graph, wanted: ClaimFilter, rest: str, **given: Any) -> list[Record]:
    """What a statement gives of all claims that pass a filter."""
    asked = wanted.parameters()
    if isinstance(graph, Past):
        way = Way(ALL_CLAIMS, asked)
    else:
        counts = counts_of(graph)
        way = narrow(graph, asked, counts) or Way(IN_SLOTS, {**asked, "keys": sorted(slots_of(asked, counts))})
    return list(graph.run(f"{way.begin}{passing(way.parameters)}{rest}", **way.parameters, **given))


def spoken_of(graph: Graph, subjects: Mapping[str, Named]) -> dict[str, Spoken]:
    """How much is said about some events and names, by their ids. Raises: StoreError."""
    found: dict[str, Spoken] = {}
    for label, ids in (("Event", [id for id, one in subjects.items() if one.kind == "Event"]),
                       ("Entity", [id for id, one in subjects.items() if one.kind != "Event"])):  # fmt: skip
        rows = graph.run(_ABOUT.replace("LABEL", label), ids=sorted(ids)) if ids else ()
        found |= {row["id"]: Spoken(row["claims"], row["speakers"]) for row in rows}
    return found


def claim_days(graph: Now) -> tuple[str, str] | None:
    """The first and last day, ISO, on which a claim became public; None where no article has a date."""
    counts = counts_of(graph)
    said, printed = (outermost(counts.of(count)) for count in (CLAIM_SLOTS, ARTICLE_SLOTS))
    rows = graph.run(CLAIM_DAYS, said=said, printed=printed)
    days = [row[end] for row in rows for end in ("first", "last") if row[end]]
    return (min(days), max(days)) if any(row["last"] for row in rows) else None
