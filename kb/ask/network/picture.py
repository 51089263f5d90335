"""Who took part in what and where, what was said of it, and who spoke of whom, as a network that can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from kb.ask.kept.present import Now
from kb.ask.network.around import around
from kb.ask.network.order import hanging_together, kind_in_picture, telling
from kb.ask.rows import Record
from kb.ask.timeline import EventFilter, count_timeline, important
from kb.ask.words import human
from kb.counted import AT
from kb.edtf import Edtf

NETWORK_KINDS = ("Person", "Organization", "Country", "Place", "Thing", "Event")
CLAIMS_SHARE = 3  # claims take at most one node in so many

_CLAIM_WORDS = 7

# Each event with who took part and where, as it keeps them.
_NETWORK_ROW = f"""UNWIND coalesce(e.who, []) AS part
MATCH (x:Entity {{id: split(part, '|')[1]}}) WHERE x.expiredAt IS NULL
RETURN e.id AS event_id, e.title AS event_title, e.edtf AS edtf, e.importance AS importance,
  CASE WHEN part STARTS WITH '{AT}' THEN 'LOCATED_IN' ELSE 'PARTICIPATED_IN' END AS relation,
  CASE WHEN part STARTS WITH '{AT}' THEN null ELSE split(part, '|')[0] END AS role,
  x.id AS id, x.name AS name, labels(x) AS labels, x.subtype AS subtype, x.described AS described"""

# The network of some events: who took part, where.
NETWORK = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})
WITH e
{_NETWORK_ROW}
ORDER BY importance DESC, event_id, id"""

_CLAIM_ENDS = """WITH DISTINCT c
MATCH (c)-[r:MADE_BY|ABOUT|MADE_IN]->(x) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN c.id AS claim_id, c.text AS text, c.direct AS direct, c.cue AS cue, c.confidence AS confidence,
  type(r) AS relation, x.id AS id, coalesce(x.name, x.title) AS name, labels(x) AS labels, x.subtype AS subtype,
  x.described AS described, x.edtf AS edtf
ORDER BY claim_id, relation, id"""

# What was said about or in some events: who said it and what it is about, one row each.
CLAIMS_OF_EVENTS = f"""UNWIND $events AS wanted
MATCH (near:Event {{id: wanted}})<-[n:ABOUT|MADE_IN]-(c:Claim) WHERE n.expiredAt IS NULL AND c.expiredAt IS NULL
{_CLAIM_ENDS}"""

# What a person, an organisation or a state said, and what was said about them.
CLAIMS_OF_ENTITY = f"""MATCH (near:Entity {{id: $entity}})<-[n:MADE_BY|ABOUT]-(c:Claim)
WHERE n.expiredAt IS NULL AND c.expiredAt IS NULL
{_CLAIM_ENDS}"""

# Who spoke of whom, among some names.
SPOKE_OF = """UNWIND $ids AS wanted
MATCH (x:Entity {id: wanted})<-[m:MADE_BY]-(c:Claim)-[r:ABOUT]->(y:Entity)
WHERE m.expiredAt IS NULL AND c.expiredAt IS NULL AND r.expiredAt IS NULL AND y.id IN $ids AND y.id <> wanted
RETURN wanted AS source, y.id AS target, count(DISTINCT c) AS claims
ORDER BY source, target"""

_OPENED = 12  # events of a name that are put into the picture when it is opened
_ROOM = 40  # nodes that an opened one may bring


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node to draw: Event, Person, Organization, Country, Place, Thing or Claim; `weight` counts its lines here.

    day: of an event the first that its date allows (ISO), None where there is none.
    """

    id: str
    label: str
    kind: str
    title: str
    weight: int
    day: str | None = None


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """A line from `source` to `target`, both node ids, and what it means; directed: it is read only that way."""

    source: str
    target: str
    role: str
    directed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkGraph:
    """Nodes and lines; every line's ends are among the nodes. `truncated` when more match than are drawn.

    events, claims: how many match, drawn or not.
    """

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    truncated: bool = False
    events: int = 0
    claims: int = 0


def network(
    graph: Now,
    *,
    event: str | None = None,
    kinds: Iterable[str] = NETWORK_KINDS,
    limit: int = 150,
    opened: Sequence[str] = (),
    **filters: Any,
) -> NetworkGraph:
    """The most telling events with those who took part, the places, and what was said about them.

    Those that hang together come first. Without "Event" among the kinds, names are joined that were in the
    same event, or of which one spoke of the other. Arguments: event, the id of one event to show with what its
    participants also took part in; kinds, of node, from NETWORK_KINDS and "Claim"; limit, most nodes; opened, ids of
    names and events around which more is shown; shared filters, `entity` among them, when no event is given.
    """
    wanted, shown = EventFilter(**filters).parameters(), frozenset(kinds)
    if event:
        near = around(graph, event)
        order = sorted(near, key=lambda id: (id != event, -near[id]["shared"], -near[id]["importance"], id))
        found: Sequence[Record] = _filling(graph, order[:limit], limit)
        matching = len(near)
    else:
        # More than fit, since the most salient are not always those that join people.
        ids = [row["id"] for row in important(graph, wanted, 3 * limit, "RETURN e.id AS id")]
        found = graph.run(NETWORK, ids=ids) if ids else []
        matching = count_timeline(graph, **filters)
    centre = event or wanted["entity"]
    said = _said(graph, found, event, wanted["entity"]) if "Claim" in shown else ()
    whole = centre is None and wanted["text"] is None
    more = _opened(graph, opened)
    drawn = network_graph(found, said, kinds=shown, limit=limit, centre=centre, matching=matching, connected=whole,
                          opened=more)  # fmt: skip
    return drawn if "Event" in shown else _with_speech(graph, drawn)


def _filling(graph: Now, order: Sequence[str], limit: int) -> list[Record]:
    """The rows of events in their order, of so many of them as fill a picture of so many nodes."""
    found: list[Record] = []
    half = max(1, limit // 2)
    for ids in (order[:half], order[half:]):
        if ids and len({row[name] for row in found for name in ("id", "event_id")}) < limit:
            place = {id: number for number, id in enumerate(ids)}
            rows = graph.run(NETWORK, ids=list(ids))
            found += sorted(rows, key=lambda row: (place[row["event_id"]], row["id"]))
    return found


def _opened(graph: Now, ids: Sequence[str]) -> list[tuple[str, Sequence[Record]]]:
    """What is put around each opened name or event: rows of NETWORK."""
    found: list[tuple[str, Sequence[Record]]] = []
    for id in ids:
        near = important(graph, EventFilter(entity=id).parameters(), _OPENED, "RETURN e.id AS id")
        found.append((id, graph.run(NETWORK, ids=[row["id"] for row in near] or [id])))
    return found


def _with_speech(graph: Now, drawn: NetworkGraph) -> NetworkGraph:
    """A picture of names with a line from each to those that it spoke of."""
    ids = [node.id for node in drawn.nodes if node.kind not in ("Event", "Claim")]
    rows = graph.run(SPOKE_OF, ids=ids) if ids else []
    lines = [NetworkEdge(row["source"], row["target"], f"spoke of, {_times(row['claims'])}", directed=True)
             for row in rows]  # fmt: skip
    edges = (*drawn.edges, *lines)
    weights = Counter(end for edge in edges for end in (edge.source, edge.target))
    return replace(drawn, edges=edges, nodes=tuple(replace(node, weight=weights[node.id]) for node in drawn.nodes))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _said(graph: Now, found: Sequence[Record], event: str | None, entity: str | None) -> Sequence[Record]:
    if entity and not event:
        return graph.run(CLAIMS_OF_ENTITY, entity=entity)
    events = [event] if event else sorted({row["event_id"] for row in found})
    return graph.run(CLAIMS_OF_EVENTS, events=events)


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
        nodes = tuple(replace(n, weight=weights[n.id]) for n in self.nodes.values())
        cut = (drawn["Event"] < events and not together) or drawn["Claim"] < claims
        return NetworkGraph(nodes, tuple(self.lines), cut, events, claims)


def network_graph(
    found: Sequence[Record],
    said: Sequence[Record] = (),
    *,
    kinds: Collection[str],
    limit: int,
    centre: str | None = None,
    matching: int = 0,
    connected: bool = False,
    opened: Sequence[tuple[str, Sequence[Record]]] = (),
) -> NetworkGraph:
    """The most telling events of `found` with those who took part, then what was said, until `limit` nodes are there.

    Unnamed sources ("negotiators") are drawn only around an event of theirs. Without "Event" among the kinds, those
    who took part in the same event are joined by a line that says in how many they did.

    Arguments: found, rows of NETWORK, around an event in the order of what they share with it; said, rows of
    CLAIMS_OF_EVENTS or CLAIMS_OF_ENTITY; kinds to draw, the centre is drawn in any case; limit, most nodes; centre, id
    of the node that all is around; matching, how many events there are; connected, whether what does not hang together
    with the first is drawn only where all that does has room; opened, ids of nodes and the rows of NETWORK that are put
    around each.
    """
    rows: dict[str, list[Record]] = {}
    for row in found:
        if _wanted(row, kinds, centre):
            rows.setdefault(row["event_id"], []).append(row)
    around = any(row["event_id"] == centre for row in found)
    if around:
        groups = [list(rows)]
    elif centre:
        groups = [sorted(rows, key=lambda id: (-telling(rows[id]), id))]
    else:
        groups = hanging_together(rows)
    claims = len({row["claim_id"] for row in said})
    picture = _Picture(limit - min(claims, limit // CLAIMS_SHARE))
    _centre(picture, [*found, *said], centre)
    together = "Event" not in kinds
    for group in groups:
        events = [rows[id] for id in group]
        fits = _join(picture, events, centre) if together else _put(picture, events)
        if connected and not fits:  # bits of others would only fill the gaps
            break
    _open(picture, opened, kinds, together=together)
    limit = picture.limit = max(limit, len(picture.nodes) + limit // CLAIMS_SHARE if opened and said else limit)
    _claims(picture, said, kinds, sources=around)
    # A claim can be about an event that its speaker took no part in: that one matches as well.
    spoken_of = {row["id"] for row in said if "Event" in row["labels"]} - {row["event_id"] for row in found}
    return picture.graph((matching or len(rows)) + len(spoken_of), claims, together)


def _wanted(row: Record, kinds: Collection[str], centre: str | None) -> bool:
    if row["id"] == centre:
        return True
    if row["described"] and row["event_id"] != centre:
        return False
    # Where something happened is a place, even if it is a whole country.
    return ("Place" if row["relation"] == "LOCATED_IN" else kind_in_picture(row)) in kinds


def _centre(picture: _Picture, rows: Iterable[Record], centre: str | None) -> None:
    for row in rows:
        if centre is not None and centre in (row["id"], row.get("event_id")):
            picture.add([_node(row) if centre == row["id"] else _event(row)])
            return


def _open(
    picture: _Picture, opened: Sequence[tuple[str, Sequence[Record]]], kinds: Collection[str], *, together: bool
) -> None:
    """What lies around opened nodes, beside what is drawn; an opened event brings all who took part."""
    for id, found in opened:
        rows: dict[str, list[Record]] = {}
        for row in found:
            if _wanted(row, kinds, id):
                rows.setdefault(row["event_id"], []).append(row)
        picture.limit = max(picture.limit, len(picture.nodes)) + _ROOM
        if together:
            _join(picture, list(rows.values()), None)
            continue
        _put(picture, list(rows.values()))


def _event(row: Record) -> NetworkNode:
    title = f"{row['event_title']} · {human(row['edtf'])}"
    return NetworkNode(row["event_id"], row["event_title"], "Event", title, 0, _day(row["edtf"]))


def _day(edtf: str | None) -> str | None:
    return Edtf(edtf).earliest if edtf else None


def _node(row: Record) -> NetworkNode:
    kind = kind_in_picture(row)
    note = f"{row['name']} · {human(row['edtf'])}" if kind == "Event" else f"{kind} · {row['name']}"
    return NetworkNode(row["id"], row["name"], kind, note, 0, _day(row["edtf"]) if kind == "Event" else None)


def _part(row: Record) -> NetworkEdge:
    if row["relation"] == "LOCATED_IN":
        return NetworkEdge(row["event_id"], row["id"], "located in")
    return NetworkEdge(row["id"], row["event_id"], row["role"] or "took part")


def _put(picture: _Picture, events: Sequence[Sequence[Record]]) -> bool:
    """Draw events with those who took part. Returns: whether all had room."""
    added = [picture.add([_event(rows[0]), *map(_node, rows)], map(_part, rows)) for rows in events]
    return all(added)


def _join(picture: _Picture, events: Sequence[Sequence[Record]], centre: str | None) -> bool:
    """Draw those who took part in the same event, joined. Returns: whether all had room."""
    shared: Counter[tuple[str, str]] = Counter()
    fits = True
    for rows in events:
        entities = {row["id"]: _node(row) for row in rows}
        if rows[0]["event_id"] == centre:
            picture.add([_event(rows[0]), *entities.values()], map(_part, rows))
        elif len(entities) > 1:
            if picture.add(entities.values()):
                shared.update(combinations(sorted(entities), 2))
            else:
                fits = False
    for (one, other), count in shared.items():
        role = f"{count} event{'s' if count > 1 else ''} together"
        picture.add((), [NetworkEdge(one, other, role)])
    return fits


def _claims(picture: _Picture, said: Sequence[Record], kinds: Collection[str], *, sources: bool) -> None:
    """Claims with who made them and what they are about, those that join most first; `sources`: unnamed ones too."""
    rows: dict[str, list[Record]] = {}
    for row in said:
        rows.setdefault(row["claim_id"], []).append(row)
    left = picture.limit // CLAIMS_SHARE
    for claim in sorted(rows.values(), key=lambda ends: _order(picture, ends)):
        ends = [row for row in claim if row["id"] in picture.nodes or _end_wanted(row, kinds, sources)]
        if ends and left and picture.add([_claim(claim[0]), *map(_node, ends)], map(_line, ends)):
            left -= 1


def _order(picture: _Picture, ends: Sequence[Record]) -> tuple[int, int, float, str]:
    drawn = len({row["relation"] for row in ends if row["id"] in picture.nodes})
    both = len({row["relation"] for row in ends if row["relation"] == "MADE_BY" or "Event" in row["labels"]})
    return (-drawn, -both, -float(ends[0]["confidence"] or 0), ends[0]["claim_id"])


def _end_wanted(row: Record, kinds: Collection[str], sources: bool) -> bool:
    """Who said it and the event it is about; that it names someone else besides would only blur the picture."""
    if row["relation"] != "MADE_BY":
        return "Event" in row["labels"] and "Event" in kinds
    return kind_in_picture(row) in kinds and (sources or not row["described"])


def _claim(row: Record) -> NetworkNode:
    words = row["text"].strip(' “”"').split()
    short = " ".join(words[:_CLAIM_WORDS]).rstrip(",;:")
    label = f"{short}…" if len(words) > _CLAIM_WORDS else short
    label = f"“{label}”" if row["direct"] else label
    return NetworkNode(row["claim_id"], label, "Claim", row["text"], 0)


def _line(row: Record) -> NetworkEdge:
    if row["relation"] == "MADE_BY":
        return NetworkEdge(row["id"], row["claim_id"], row["cue"] or "said")
    return NetworkEdge(row["claim_id"], row["id"], "said in" if row["relation"] == "MADE_IN" else "about")
