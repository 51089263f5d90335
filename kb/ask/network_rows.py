"""From rows of events, those who took part and what was said to a network that can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kb.ask.query_rows import NetworkEdge, NetworkGraph, NetworkNode, human

Row = Mapping[str, Any]
COMPANY = 0.1  # how much salience each named person or organisation is worth, up to three
CLAIMS_SHARE = 3  # claims take at most one node in so many
_CLAIM_WORDS = 7


@dataclass
class _Picture:
    """What is drawn so far: nodes by id and lines with their roles, in order."""

    limit: int
    nodes: dict[str, NetworkNode] = field(default_factory=dict)
    lines: dict[NetworkEdge, None] = field(default_factory=dict)

    def add(self, nodes: Iterable[NetworkNode], lines: Iterable[NetworkEdge] = ()) -> bool:
        """Take all of it, or nothing when that would be too much. Returns: whether it was taken."""
        fresh = {node.id: node for node in nodes if node.id not in self.nodes}
        if len(self.nodes) + len(fresh) > self.limit:
            return False
        self.nodes |= fresh
        self.lines |= dict.fromkeys(lines)
        return True

    def graph(self, events: int, claims: int, together: bool) -> NetworkGraph:
        """The picture with each node's weight, as `network_graph` gives it."""
        drawn = Counter(node.kind for node in self.nodes.values())
        weights = Counter(end for line in self.lines for end in (line.source, line.target))
        nodes = tuple(NetworkNode(n.id, n.label, n.kind, n.title, weights[n.id]) for n in self.nodes.values())
        cut = (drawn["Event"] < events and not together) or drawn["Claim"] < claims
        return NetworkGraph(nodes, tuple(self.lines), cut, events, claims)


def network_graph(
    found: Sequence[Row],
    said: Sequence[Row] = (),
    *,
    kinds: Collection[str],
    limit: int,
    centre: str | None = None,
    matching: int = 0,
) -> NetworkGraph:
    """The most telling events of `found` with those who took part, then what was said, until `limit` nodes are there.

    Unnamed sources ("negotiators") are drawn only around an event of theirs. Without "Event" among the kinds, those
    who took part in the same event are joined by a line that says in how many they did.

    Arguments: found, rows of NETWORK, or of NETWORK_OF_EVENT in their order; said, rows of CLAIMS_OF_EVENTS or
    CLAIMS_OF_ENTITY; kinds to draw, the centre is drawn in any case; limit, most nodes; centre, id of the node that
    all is around; matching, how many events there are.
    """
    rows: dict[str, list[Row]] = {}
    for row in found:
        if _wanted(row, kinds, centre):
            rows.setdefault(row["event_id"], []).append(row)
    around = any(row["event_id"] == centre for row in found)
    order = list(rows) if around else sorted(rows, key=lambda id: (-telling(rows[id]), id))
    claims = len({row["claim_id"] for row in said})
    picture = _Picture(limit - min(claims, limit // CLAIMS_SHARE))
    _centre(picture, [*found, *said], centre)
    together = "Event" not in kinds
    if together:
        _join(picture, [rows[id] for id in order], centre)
    else:
        for id in order:
            picture.add([_event(rows[id][0]), *map(_node, rows[id])], map(_part, rows[id]))
    picture.limit = limit
    _claims(picture, said, kinds, sources=around)
    # A claim can be about an event that its speaker took no part in: that one matches as well.
    spoken_of = {row["id"] for row in said if "Event" in row["labels"]} - {row["event_id"] for row in found}
    return picture.graph((matching or len(rows)) + len(spoken_of), claims, together)


def telling(event_rows: Sequence[Row]) -> float:
    """How much an event says in a picture of who did what with whom: its salience, and the company it joins."""
    named = {row["id"] for row in event_rows if _kind(row) in ("Person", "Organization") and not row["described"]}
    return float(event_rows[0]["salience"] or 0) + COMPANY * min(3, len(named))


def _kind(row: Row) -> str:
    """A state is an actor as well as a place, so it is a kind of its own."""
    kind = next((label for label in row["labels"] if label != "Entity"), "Entity")
    return "Country" if kind == "Place" and row["subtype"] == "country" else kind


def _wanted(row: Row, kinds: Collection[str], centre: str | None) -> bool:
    if row["id"] == centre:
        return True
    if row["described"] and row["event_id"] != centre:
        return False
    # Where something happened is a place, even if it is a whole country.
    return ("Place" if row["relation"] == "LOCATED_IN" else _kind(row)) in kinds


def _centre(picture: _Picture, rows: Iterable[Row], centre: str | None) -> None:
    for row in rows:
        if centre is not None and centre in (row["id"], row.get("event_id")):
            picture.add([_node(row) if centre == row["id"] else _event(row)])
            return


def _event(row: Row) -> NetworkNode:
    title = f"{row['event_title']} · {human(row['edtf'])}"
    return NetworkNode(row["event_id"], row["event_title"], "Event", title, 0)


def _node(row: Row) -> NetworkNode:
    kind = _kind(row)
    note = f"{row['name']} · {human(row['edtf'])}" if kind == "Event" else f"{kind} · {row['name']}"
    return NetworkNode(row["id"], row["name"], kind, note, 0)


def _part(row: Row) -> NetworkEdge:
    if row["relation"] == "LOCATED_IN":
        return NetworkEdge(row["event_id"], row["id"], "located in")
    return NetworkEdge(row["id"], row["event_id"], row["role"] or "took part")


def _join(picture: _Picture, events: Sequence[Sequence[Row]], centre: str | None) -> None:
    shared: Counter[tuple[str, str]] = Counter()
    for rows in events:
        entities = {row["id"]: _node(row) for row in rows}
        if rows[0]["event_id"] == centre:
            picture.add([_event(rows[0]), *entities.values()], map(_part, rows))
        elif len(entities) > 1 and picture.add(entities.values()):
            shared.update(combinations(sorted(entities), 2))
    for (one, other), count in shared.items():
        role = f"{count} event{'s' if count > 1 else ''} together"
        picture.add((), [NetworkEdge(one, other, role)])


def _claims(picture: _Picture, said: Sequence[Row], kinds: Collection[str], *, sources: bool) -> None:
    """Claims with who made them and what they are about, those that join most first; `sources`: unnamed ones too."""
    rows: dict[str, list[Row]] = {}
    for row in said:
        rows.setdefault(row["claim_id"], []).append(row)
    left = picture.limit // CLAIMS_SHARE
    for claim in sorted(rows.values(), key=lambda ends: _order(picture, ends)):
        ends = [row for row in claim if row["id"] in picture.nodes or _end_wanted(row, kinds, sources)]
        if ends and left and picture.add([_claim(claim[0]), *map(_node, ends)], map(_line, ends)):
            left -= 1


def _order(picture: _Picture, ends: Sequence[Row]) -> tuple[int, int, float, str]:
    drawn = len({row["relation"] for row in ends if row["id"] in picture.nodes})
    both = len({row["relation"] for row in ends if row["relation"] == "MADE_BY" or "Event" in row["labels"]})
    return (-drawn, -both, -float(ends[0]["confidence"] or 0), ends[0]["claim_id"])


def _end_wanted(row: Row, kinds: Collection[str], sources: bool) -> bool:
    """Who said it and the event it is about; that it names someone else besides would only blur the picture."""
    if row["relation"] != "MADE_BY":
        return "Event" in row["labels"] and "Event" in kinds
    return _kind(row) in kinds and (sources or not row["described"])


def _claim(row: Row) -> NetworkNode:
    words = row["text"].strip(' “”"').split()
    short = " ".join(words[:_CLAIM_WORDS]).rstrip(",;:")
    label = f"“{short}…”" if len(words) > _CLAIM_WORDS else f"“{short}”"
    return NetworkNode(row["claim_id"], label, "Claim", row["text"], 0)


def _line(row: Row) -> NetworkEdge:
    if row["relation"] == "MADE_BY":
        return NetworkEdge(row["id"], row["claim_id"], row["cue"] or "said")
    return NetworkEdge(row["claim_id"], row["id"], "said in" if row["relation"] == "MADE_IN" else "about")
