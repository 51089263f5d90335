"""How claims answer one another: what repeats, contradicts or supports a claim, and who disputes an event.

Every function raises StoreError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.ask.claims.rows import ClaimRow, claims_of
from kb.ask.past import Graph
from kb.ask.rows import Record
from kb.counted import LAST

# What some claims repeat, contradict or support, and what repeats, contradicts or supports them.
LINKS_OF_CLAIMS = """UNWIND $ids AS wanted
MATCH (:Claim {id: wanted})-[r:REPEATS|CONTRADICTS|SUPPORTS]-(:Claim) WHERE r.expiredAt IS NULL
WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b
WHERE a.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN type(r) AS kind, a.id AS start, b.id AS end, r.score AS score, r.method AS method, r.reason AS reason
ORDER BY kind, score DESC, start, end"""

# Which claims say the same, and when each of the two was said, or was published where that is not known.
SAYING_THE_SAME = """UNWIND $ids AS wanted
MATCH (a:Claim {id: wanted})-[r:REPEATS|SUPPORTS]-(b:Claim)
WHERE r.expiredAt IS NULL AND a.expiredAt IS NULL AND b.expiredAt IS NULL
OPTIONAL MATCH (y:Article {id: a.articleId})
OPTIONAL MATCH (z:Article {id: b.articleId})
RETURN DISTINCT wanted AS one, coalesce(a.saidEarliest, a.saidLatest, y.publishedLatest) AS one_day, b.id AS other,
  coalesce(b.saidEarliest, b.saidLatest, z.publishedLatest) AS other_day"""

# What claims about some events say of them: the statuses that their own sentences give the event, and the one shown.
STANCES = """UNWIND $events AS wanted
MATCH (e:Event {id: wanted})<-[ab:ABOUT]-(c:Claim)
WHERE ab.expiredAt IS NULL AND c.expiredAt IS NULL
OPTIONAL MATCH (c)-[st:STATED_IN]->(p:Passage)<-[r:REPORTED_IN]-(e)
WHERE st.expiredAt IS NULL AND r.expiredAt IS NULL AND r.articleId = c.articleId AND r.start >= st.start
  AND r.start < st.end
RETURN wanted AS event, e.status AS shown, c.id AS id, c.force AS force, c.polarity AS polarity,
  c.modality AS modality, collect(r.status) AS statuses
ORDER BY event, id"""

_STEPS, _CHAIN = 8, 2000  # how far what says the same is followed, and to how many claims
_AGAINST = frozenset(("denied", "negated"))
_FOR = frozenset(("asserted", "alleged"))
_DISPUTING = frozenset(("negation", "denial", "verdict"))  # rules by which one claim says that it did not happen


@dataclass(frozen=True, slots=True)
class ClaimLinkRow:
    """One claim that repeats, contradicts or supports another (`kind`), and why, in words for a reader.

    start: the claim said later, or the one that denies or confirms; end: the other. score: 0-1; method: the rule.
    """

    kind: str
    start: ClaimRow
    end: ClaimRow
    score: float
    method: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimDisputes:
    """What was claimed for and against an event, in the order of saying, and how these claims answer one another."""

    for_: tuple[ClaimRow, ...]
    against: tuple[ClaimRow, ...]
    links: tuple[ClaimLinkRow, ...]


def links_of_claims(graph: Graph, ids: Sequence[str]) -> list[ClaimLinkRow]:
    """Links from and to some claims, each once, contradictions first, the surest first. Arguments: graph, ids."""
    found = graph.run(LINKS_OF_CLAIMS, ids=list(ids)) if ids else []
    rows = claims_of(graph, {row[end] for row in found for end in ("start", "end")})
    return [
        ClaimLinkRow(row["kind"], rows[row["start"]], rows[row["end"]], row["score"], row["method"], row["reason"])
        for row in found
        if row["start"] in rows and row["end"] in rows
    ]


def stances(graph: Graph, events: Sequence[str]) -> dict[str, dict[str, str]]:
    """What claims about events say of them: by event and claim "for" (it happened), "against" or "" (neither).

    An event that is itself shown as denied, or as what did not happen, is no dispute unless a claim says it happened:
    then no claim is against it. Arguments: graph; events, their ids.
    """
    found: dict[str, dict[str, str]] = {}
    denied = set()
    for row in graph.run(STANCES, events=list(events)) if events else ():
        found.setdefault(row["event"], {})[row["id"]] = _stance(row)
        denied |= {row["event"]} if row["shown"] in _AGAINST else set()
    for event in denied:
        if "for" not in found[event].values():
            found[event] = dict.fromkeys(found[event], "")
    return found


def disputes_of_event(graph: Graph, event: str) -> ClaimDisputes:
    """Claims that say an event happened, claims that say it did not, and their links.

    A claim about the event counts by the status that its own sentence gives the event; one about something else counts
    when it denies a claim that says it happened, or is denied by it. Arguments: graph; event, its id.
    """
    known = stances(graph, [event]).get(event, {})
    told = {id for id, stance in known.items() if stance}
    links = links_of_claims(graph, sorted(told))
    pro, contra = ({id for id in told if known[id] == side} for side in ("for", "against"))
    for link in links:
        ends = {link.start.id, link.end.id}
        if link.kind == "CONTRADICTS" and link.method in _DISPUTING and not ends <= told:
            contra |= ends - told if ends & pro else set()
            pro |= ends - told if ends & contra & told else set()
    rows = claims_of(graph, pro | contra)
    return ClaimDisputes(_in_order(rows, pro), _in_order(rows, contra), tuple(links))


def first_to_say(graph: Graph, ids: Sequence[str]) -> dict[str, ClaimRow]:
    """The earliest of all claims that say what a claim says, by its id: those that repeat or support one another.

    A claim that nobody repeats or supports is left out. Arguments: graph; ids. Raises: StoreError.
    """
    near: dict[str, set[str]] = {}
    days: dict[str, str] = {}
    asked: set[str] = set()
    ahead = sorted(set(ids))
    for _ in range(_STEPS):
        if not ahead or len(near) > _CHAIN:
            break
        for row in graph.run(SAYING_THE_SAME, ids=ahead):
            near.setdefault(row["one"], set()).add(row["other"])
            near.setdefault(row["other"], set()).add(row["one"])
            days |= {row[end]: row[f"{end}_day"] or LAST for end in ("one", "other")}
        asked |= set(ahead)
        ahead = sorted(near.keys() - asked)
    first = {id: min(_chain(near, id), key=lambda each: (days[each], each)) for id in ids if id in near}
    rows = claims_of(graph, first.values())
    return {id: rows[one] for id, one in first.items() if one in rows}


def _chain(near: Mapping[str, set[str]], id: str) -> set[str]:
    """All that is reached from a claim."""
    found, ahead = {id}, [id]
    while ahead:
        fresh = near.get(ahead.pop(), set()) - found
        found |= fresh
        ahead += fresh
    return found


def _stance(row: Record) -> str:
    """Whether a claim is "for" or "against" the event that it is about; "" where it only speaks of it."""
    statuses = set(row["statuses"])
    if statuses & _AGAINST:
        return "against"
    if row["force"] == "denied":  # who denies that the talks failed does not deny the talks
        return "" if statuses else "against"
    if statuses:
        return "for" if statuses & _FOR else ""
    return "for" if row["polarity"] == "positive" and row["modality"] == "asserted" else ""


def _in_order(rows: Mapping[str, ClaimRow], ids: Iterable[str]) -> tuple[ClaimRow, ...]:
    return tuple(sorted((rows[id] for id in ids if id in rows), key=lambda row: (row.said or LAST, row.id)))
