"""Doubts that are kept of an article or an event: found by each writing for what it touched, counted, proven.

What is asked at each writing is only in which articles and events anything of a kind may be; the finders, which tell a
human the rest, look there alone. An event that very many tell is judged by its tally, as it has too many reports to
read at each writing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kb.ask.kept import doubted
from kb.ask.kept.doubted import Kept, id_of
from kb.ask.kept.pairs import asking, keep_pairs
from kb.ask.kept.present import Now, Present
from kb.ask.words import rival_dates
from kb.checks.circles import MAY_BE_CIRCULAR, MAY_BE_LEFT, circular_expressions, left_open
from kb.checks.dates import rival_reports, without_year
from kb.checks.denials import FOR, denials, settled_events
from kb.checks.doubts import Doubt, Row
from kb.checks.publication import (
    MAY_BE_LATE,
    MAY_BE_SAID_LATE,
    MAY_BE_UNDATED,
    late_claims,
    late_reports,
    undated_articles,
)
from kb.checks.story import single_sources, undated_events
from kb.counted import DOUBT_RULES, ORDERED, SALIENT
from kb.shown.tally import AGAINST, tally_of
from kb.store import Queryable, Store, Transaction, open_store
from kb.store.dialect import Step
from kb.store.together import run_together

Finder = Callable[[Queryable, Sequence[str]], list[Doubt]]

MARK = "doubts"

OF_ARTICLES: Mapping[str, tuple[str, Finder]] = {
    "after-publication": (MAY_BE_LATE, late_reports),
    "said-after-publication": (MAY_BE_SAID_LATE, late_claims),
    "circular": (MAY_BE_CIRCULAR, circular_expressions),
    "left-open": (MAY_BE_LEFT, left_open),
    "no-publication-date": (MAY_BE_UNDATED, undated_articles),
}
"""Kinds that are kept of an article: in which of some there may be any, and what finds them."""

OF_EVENTS: Mapping[str, Finder] = {
    "rival-dates": rival_reports, "denied": denials, "no-year": without_year, "single-source": single_sources,
    "undated": undated_events,
}  # fmt: skip
"""Kinds that are kept of an event, and what finds them."""

KINDS = (*OF_ARTICLES, *OF_EVENTS)

# What events show, and how their reports date them and say that they happened, where few tell them.
EVENTS = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted}) WHERE e.expiredAt IS NULL
OPTIONAL MATCH (e)-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL AND e.tally IS NULL AND e.reports > 1
WITH e, collect(DISTINCT [coalesce(r.edtf, ''), coalesce(r.status, ''), coalesce(r.articleId, '')]) AS told
RETURN e.id AS id, coalesce(e.salience, 0.0) AS salience, e.sources AS sources, e.status AS status, e.edtf AS edtf,
  e.earliest AS earliest, e.precision AS precision, coalesce(e.edtfBasis, 'text') AS basis,
  coalesce(e.reports, 0) AS reports, e.tally AS tally, told AS told"""

TELLERS = """UNWIND $ids AS wanted
MATCH (:Event {id: wanted})-[r:REPORTED_IN]->(:Passage) RETURN DISTINCT r.articleId AS id"""

SAYERS = "UNWIND $ids AS wanted MATCH (c:Claim {id: wanted}) WHERE c.articleId IS NOT NULL RETURN c.articleId AS id"

MADE_IN = "UNWIND $ids AS wanted MATCH (:Claim {id: wanted})-[:MADE_IN]->(e:Event) RETURN DISTINCT e.id AS id"

EVERY = "MATCH (n:LABEL) RETURN n.id AS id"

SET_ORDERED = """MATCH (one:Event)-[r:BEFORE|DURING]->(other:Event) WHERE r.live = true
SET one.ordered = $told, other.ordered = $told"""


def keep_doubts(
    tx: Transaction, pairs: Mapping[str, tuple[Collection[str], Collection[str]]], articles: Collection[str],
    events: Collection[str], claims: Collection[str] = (), *, judged: bool = False,
) -> None:  # fmt: skip
    """Bring the doubts up to date after a writing, and the pairs that may be one.

    Arguments: the transaction, in which all is shown as it should be; pairs, by label, referents of which what they
    resemble, what stands for them or what was ruled on them may have changed, and canonical nodes that may be told in
    other numbers; articles, canonical events and claims that were touched; judged, whether humans judged them, so that
    other articles' doubts may be settled. Raises: StoreError.
    """
    in_articles, of_events = _also_judged(tx, articles, events, claims) if judged else (articles, events)
    counted, *told = run_together(tx, [doubted.NUMBERS, *(asking(label, *each) for label, each in pairs.items()),
                                       *_asking(in_articles, of_events)])  # fmt: skip
    more: Counter[str] = Counter()
    for (label, (stirred, _)), rows in zip(pairs.items(), told, strict=False):
        more.update(keep_pairs(tx, label, stirred, rows))
    more.update(_settle(tx, told[len(pairs) :]))
    doubted.count(tx, more, counted)


def _also_judged(
    tx: Transaction, articles: Collection[str], events: Collection[str], claims: Collection[str]
) -> tuple[set[str], set[str]]:
    """The articles and events of which a doubt may be settled by what humans said of some events and claims."""
    in_articles, of_events, said = set(articles), set(events), sorted(claims)
    if of_events:
        in_articles |= {row["id"] for row in tx.run(TELLERS, ids=sorted(of_events))}
    if said:
        in_articles |= {row["id"] for row in tx.run(SAYERS, ids=said)}
        of_events |= {row["id"] for row in tx.run(MADE_IN, ids=said)}
    return in_articles, of_events


def _settle(tx: Transaction, told: Sequence[Sequence[Row]]) -> Counter[str]:
    """Keep what the statements of `_asking` told. Returns: how many more doubts there are, by rung."""
    before, *rows = told
    return doubted.settle(tx, {row["id"]: row["kept"] for row in before}, _kept(tx, rows))


def _keep(tx: Transaction, articles: Collection[str], events: Collection[str]) -> None:
    doubted.count(tx, _settle(tx, run_together(tx, _asking(articles, events))))


def _asking(articles: Collection[str], events: Collection[str]) -> list[Step]:
    ids = [id_of(kind, id) for kinds, of in ((OF_ARTICLES, articles), (OF_EVENTS, events)) for kind in kinds
           for id in sorted(of)]  # fmt: skip
    return [(doubted.STORED, {"ids": ids}), *_asked(articles, events)]


def _asked(articles: Collection[str], events: Collection[str]) -> list[Step]:
    """The statements that tell where any doubt may be."""
    return [*((may_be, {"ids": sorted(articles)}) for may_be, _ in OF_ARTICLES.values()),
            (EVENTS, {"ids": sorted(events)})]  # fmt: skip


def _kept(graph: Queryable, told: Sequence[Sequence[Row]]) -> list[Kept]:
    """What is to be kept of what those statements told."""
    kept: list[Kept] = []
    for (kind, (_, find)), rows in zip(OF_ARTICLES.items(), told[:-1], strict=True):
        by_article: dict[str, list[Doubt]] = defaultdict(list)
        for doubt in find(graph, sorted({row["id"] for row in rows})) if rows else ():
            by_article[_article(doubt)].append(doubt)
        kept += [Kept(kind, (id,), len(listed), _weight(listed)) for id, listed in sorted(by_article.items())]
    return [*kept, *_of_events(graph, told[-1])]


def _article(doubt: Doubt) -> str:
    return (doubt.articles or tuple(one.article for one in doubt.evidence))[0].id


def _weight(listed: Sequence[Doubt]) -> int:
    """What an answer settles of an article's doubts; what events lack a date changes with what others tell of them."""
    return 0 if listed[0].kind == "no-publication-date" else max(doubt.settles for doubt in listed)


def _of_events(graph: Queryable, rows: Sequence[Row]) -> Iterator[Kept]:
    told = {row["id"]: _told(row) for row in rows}
    denied = [id for id, (_, statuses) in told.items() if _both_ways(statuses)]
    settled = settled_events(graph) if denied else set()
    hanging = {kind: {doubt.events[0].id: doubt.settles for doubt in OF_EVENTS[kind](graph, ids)}
               for kind, ids in _may_hang(rows).items() if ids}  # fmt: skip
    for row in rows:
        id, (dates, _) = row["id"], told[row["id"]]
        if row["basis"] != "decision" and rival_dates(dates):
            yield Kept("rival-dates", (id,), 1, row["reports"])
        if id in denied and id not in settled:
            yield Kept("denied", (id,), 1, row["reports"])
        if row["salience"] >= SALIENT and row["sources"] == 1 and row["status"] == "asserted":
            yield Kept("single-source", (id,), 1, row["reports"])
        for kind, settles in hanging.items():
            if id in settles:
                yield Kept(kind, (id,), 1, settles[id])


def _may_hang(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The events without a year and those without any date, on which claims and dates may hang."""
    undated = [r for r in rows if r["edtf"] is None and r["salience"] >= SALIENT and r["status"] == "asserted"]
    bare = [row for row in rows if row["precision"] == "unknown" and row["earliest"] is None]
    return {"undated": [row["id"] for row in undated], "no-year": [row["id"] for row in bare]}


def _told(row: Row) -> tuple[set[str], set[tuple[str, str]]]:
    """How an event is dated, and by whom it is told to have happened or not: statuses with articles, or with dates."""
    if row["tally"] is not None:
        dates = tally_of(row["tally"]).dates
        return {edtf for edtf, _ in dates if edtf}, {(status, f"{status} {edtf}") for edtf, status in dates}
    if row["reports"] < 2:
        return set(), set()
    return {edtf for edtf, _, _ in row["told"] if edtf}, {(status, article) for _, status, article in row["told"]}


def _both_ways(told: Collection[tuple[str, str]]) -> bool:
    """Whether one tells that it happened and another that it did not."""
    against = {who for status, who in told if status in AGAINST}
    return bool(against) and any(status in FOR and who not in against for status, who in told)


def found(graph: Queryable) -> bool:
    """Whether the doubts are kept. Raises: StoreError."""
    return doubted.up_to_date(graph, MARK, DOUBT_RULES)


def ensure(graph: Now) -> None:
    """Find all doubts once, in a graph of an earlier version or filled at once. Raises: StoreError."""
    if not found(graph):
        store = graph.store if isinstance(graph, Present) else graph
        with open_store(store.settings) as writer:
            recount(writer)


def recount(store: Store) -> None:
    """Find all doubts anew. Raises: StoreError."""
    store.execute(SET_ORDERED, told=ORDERED)
    doubted.find_anew(store, MARK, DOUBT_RULES, KINDS, _find_all)


def _find_all(store: Store) -> None:
    for articles, events in _everything(store):
        store.write(partial(_keep, articles=articles, events=events))


def _everything(graph: Queryable) -> Iterator[tuple[list[str], list[str]]]:
    """All articles and events, some at a time."""
    articles, events = ([str(row["id"]) for row in graph.run(EVERY.replace("LABEL", label))]
                        for label in ("Article", "Event"))  # fmt: skip
    for at in range(0, max(len(articles), len(events)), doubted.AT_ONCE):
        yield articles[at : at + doubted.AT_ONCE], events[at : at + doubted.AT_ONCE]


def differing(graph: Queryable) -> Iterator[tuple[str, str, Any, Any]]:
    """What is kept of doubts otherwise than it should be, as `doubted` tells it. Raises: StoreError."""
    every = [kept for articles, events in _everything(graph)
             for kept in _kept(graph, run_together(graph, _asked(articles, events)))]  # fmt: skip
    return doubted.differing(graph, every, KINDS)
