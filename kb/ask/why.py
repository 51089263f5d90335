"""Why a date is what it is: the phrase, what it was counted from, and what that in turn was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb import decisions
from kb.ask.rows import ARTICLE_NAME, Record, kind_of
from kb.ask.timeline import DOUBTFUL
from kb.ask.words import BASES, human
from kb.errors import BadInput, CircularAnchor
from kb.shown import news_day
from kb.shown.derivation import derive, joined
from kb.store import Store

Times = Mapping[str, Sequence[Record]]
_DEEPEST = 20  # anchors of anchors; a text of a thousand sentences has shown four

# What has a date, by its id.
NODE = """MATCH (n:TimeExpression {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Event {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Claim {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Article {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels"""

# Time expressions, where each stands, and what it is counted from, a row for each anchor.
TIMES = f"""UNWIND $ids AS wanted
MATCH (t:TimeExpression {{id: wanted}})<-[h:HAS_TIME]-(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE h.expiredAt IS NULL AND a.id = t.articleId
OPTIONAL MATCH (t)-[r:ANCHORED_TO]->(x) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT t.id AS id, t.text AS text, t.rule AS rule, t.edtf AS edtf, t.candidates AS candidates,
  t.confidence AS confidence, p.text AS sentence, a.id AS article, {ARTICLE_NAME} AS source, labels(x) AS anchor_labels,
  coalesce(t.anchorText, x.title, x.text) AS anchor_text, coalesce(t.anchorEdtf, x.edtf, x.published) AS anchor_edtf,
  CASE WHEN 'TimeExpression' IN labels(x) THEN x.id ELSE null END AS anchor_time,
  CASE WHEN 'Event' IN labels(x) THEN x.id ELSE null END AS anchor_event"""

# The sentences that report an event, with the expression that dates each.
REPORTS = f"""MATCH (e:Event {{id: $id}})-[r:REPORTED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE r.expiredAt IS NULL AND a.id = r.articleId
RETURN r.timeId AS time, r.edtf AS edtf, r.confidence AS confidence, p.text AS sentence, {ARTICLE_NAME} AS source,
  a.published AS published
ORDER BY a.publishedEarliest, a.id, r.start"""

# Why an event shows the date it shows, where its reports give several.
CHOICE = "MATCH (e:Event {id: $id}) RETURN e.edtfRule AS rule, e.edtf AS edtf, e.confidence AS confidence"

# A claim, when it was said and in what event.
CLAIM = f"""MATCH (c:Claim {{id: $id}})-[s:STATED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE s.expiredAt IS NULL AND a.id = c.articleId
OPTIONAL MATCH (c)-[m:MADE_IN]->(e:Event) WHERE m.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN c.said AS said, c.saidTimeId AS time, e.id AS event, e.title AS event_title, e.edtf AS event_edtf,
  p.text AS sentence, {ARTICLE_NAME} AS source, a.published AS published LIMIT 1"""

# When an article was published, by its source and by whoever corrected it.
ARTICLE = """MATCH (a:Article {id: $id})
RETURN a.published AS published, a.publishedBasis AS basis, a.statedPublished AS stated,
  a.statedBasis AS stated_basis"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation. depth: 0 for what was asked, 1 for what that was counted from, and so on."""

    depth: int
    line: str
    sentence: str = ""
    source: str = ""


def why(store: Store, id: str) -> list[Reason]:
    """How a date was reached, from its words to what they were counted from.

    Arguments: the open store; the id of a TimeExpression, an Event, a Claim or an Article.
    Raises: BadInput for an id of nothing that has a date; CircularAnchor when expressions are counted from each other,
    naming them; StoreError.
    """
    known = decisions.clusters_of(store, "Event", [id])
    found = store.run(NODE, id=known[id][0] if id in known else id)
    if not found:
        raise BadInput(f"Nothing with a date has the id “{id}”; events, claims, articles and time expressions have one")
    node = found[0]
    tell = {"TimeExpression": _of_time, "Event": _of_event, "Claim": _of_claim, "Article": _of_article}
    kind = next(label for label in node["labels"] if label in tell)
    return list(tell[kind](store, node))


def _of_time(store: Store, node: Record) -> Iterator[Reason]:
    yield from _chain(store, _times(store, [node["id"]]), node["id"], 0, ())


def _of_event(store: Store, node: Record) -> Iterator[Reason]:
    decision = decisions.standing(store, node["id"], "edtf")
    if decision:
        yield Reason(0, f"{_decided(decision)} → {_value(decision.value)}")
    choice = store.run(CHOICE, id=node["id"])[0]
    if choice["rule"] and not decision:
        yield Reason(0, f"{choice['rule']} → {_value(choice['edtf'])}")
    # What the shown date rests on comes before what tells another.
    reports = sorted(store.run(REPORTS, id=node["id"]), key=lambda report: report["edtf"] != choice["edtf"])
    below = int(decision is not None or bool(choice["rule"]))
    known = _times(store, {r["time"] for r in reports if r["time"]})
    for time in dict.fromkeys(r["time"] for r in reports if r["time"]):
        reasons = list(_chain(store, known, time, below, ()))
        own = [r for r in reports if r["time"] == time and r["edtf"]]
        shown = not decision and choice["confidence"] < DOUBTFUL and any(r["edtf"] == choice["edtf"] for r in own)
        doubt = _doubt(known[time], own) if shown else ""
        yield from _as_told(reasons, sorted({r["edtf"] for r in own}), doubt)
    for report in reports:
        if report["edtf"] and not report["time"]:
            yield Reason(below, _news(report), report["sentence"], report["source"])
    if not decision and not any(r["edtf"] for r in reports):
        yield Reason(0, "no words in its sentences date it, so it has no date")


def _as_told(reasons: list[Reason], told: list[str], doubt: str) -> Iterator[Reason]:
    """The lines of an expression; why its date is doubtful and a span its sentences make of it are said in the first.

    Such a span is “since”.
    """
    for number, reason in enumerate(reasons):
        spans = [f"as told there {_value(edtf)}" for edtf in told if not number and _value(edtf) not in reason.line]
        *steps, value = reason.line.split(" → ")
        doubts = [doubt] if doubt and not number else []
        yield replace(reason, line=" → ".join((*steps, *doubts, value, *spans)))


def _doubt(time: Sequence[Record], reports: Sequence[Record]) -> str:
    """Why the date that an expression gives an event is doubtful. Arguments: rows of the expression; its reports."""
    words: Mapping[str, Any] = time[0] if time else {"confidence": 0.0, "sentence": ""}
    if words["confidence"] < DOUBTFUL:
        return "doubtful, as such words are often read wrong"
    if any(report["sentence"] == words["sentence"] for report in reports):
        return "doubtful, as the words stand by something else in the sentence"
    return "doubtful, as the words stand in another sentence"


def _of_claim(store: Store, node: Record) -> Iterator[Reason]:
    row = store.run(CLAIM, id=node["id"])[0]
    if row["time"]:
        yield from _chain(store, _times(store, [row["time"]]), row["time"], 0, ())
    elif row["said"] and row["event"] and row["said"] == row["event_edtf"]:
        yield Reason(0, f"said in “{row['event_title']}” → {_value(row['said'])}", row["sentence"], row["source"])
        for reason in why(store, row["event"]):
            yield Reason(reason.depth + 1, reason.line, reason.sentence, reason.source)
    elif row["said"]:
        yield Reason(0, _news({**row, "edtf": row["said"]}), row["sentence"], row["source"])
    else:
        yield Reason(0, "no words in its sentence say when it was said", row["sentence"], row["source"])


def _of_article(store: Store, node: Record) -> Iterator[Reason]:
    row = store.run(ARTICLE, id=node["id"])[0]
    decision = decisions.standing(store, node["id"], "published")
    if decision:
        yield Reason(0, f"{_decided(decision)} → {_value(decision.value)}")
    stated = row["stated"] if decision else row["published"]
    basis = BASES.get(row["stated_basis"] if decision else row["basis"], "")
    told = f"{basis} → {_value(stated)}" if stated else "the source does not say when it was published"
    yield Reason(int(decision is not None), told)


def _decided(decision: Any) -> str:
    reason = f" ({decision.reason})" if decision.reason else ""
    return f"corrected by {decision.by} on {human(decision.at[:10])}{reason}"


def _news(report: Record) -> str:
    """The line for what is told as news with no date of its own; see `kb.shown.news_day`."""
    rule = news_day.in_words(report["edtf"], report["published"])
    return f"no words date it → {rule} → {_value(report['edtf'])}"


def _value(edtf: str | None) -> str:
    return f"{edtf} ({human(edtf)})" if edtf and human(edtf) != edtf else edtf or "no date"


def _times(store: Store, ids: Iterable[str]) -> Times:
    """Some time expressions and all that they hang on, by id: a row for each anchor."""
    found: dict[str, list[Record]] = {}
    wanted = set(ids)
    for _ in range(_DEEPEST + 1):
        if not wanted:
            break
        found |= {id: [] for id in wanted}
        for row in store.run(TIMES, ids=sorted(wanted)):
            found[row["id"]].append(row)
        wanted = {row["anchor_time"] for id in wanted for row in found[id] if row["anchor_time"]} - found.keys()
    return found


def _chain(store: Store, known: Times, time: str, depth: int, above: tuple[tuple[str, str], ...]) -> Iterator[Reason]:
    """A time expression and what it hangs on. `above`: ids and words of those that hang on it."""
    rows = known.get(time)
    if not rows:
        return
    row = max(rows, key=lambda r: r["anchor_event"] is not None)
    words = joined(row["text"])
    if any(time == known for known, _ in above):
        raise CircularAnchor(_circle([*above, (time, words)]))
    yield Reason(depth, _line(row), row["sentence"], row["source"])
    if depth >= _DEEPEST:
        return
    path = (*above, (time, words))
    for anchor in dict.fromkeys(r["anchor_time"] for r in rows if r["anchor_time"]):
        yield from _chain(store, known, anchor, depth + 1, path)
    for event in dict.fromkeys(r["anchor_event"] for r in rows if r["anchor_event"]):
        decision = decisions.standing(store, event, "edtf")
        if decision:
            yield Reason(depth + 1, f"{_decided(decision)} → {_value(decision.value)}")


def _line(row: Record) -> str:
    kind = kind_of(row["anchor_labels"]) or None
    return derive(row["text"], row["rule"], row["edtf"], kind, row["anchor_text"], row["anchor_edtf"],
                  row["candidates"] or ())  # fmt: skip


def _circle(path: list[tuple[str, str]]) -> str:
    start = next(n for n, (time, _) in enumerate(path) if time == path[-1][0])
    words = " from ".join(f"“{text}”" for _, text in path[start:])
    return (
        f"These are counted from each other, so none has a date: {words}; give the event of one a date with kb set-date"
    )
