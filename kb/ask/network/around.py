"""What those who took part in one event are also in, which a picture around that event is drawn from."""

from __future__ import annotations

from kb.ask.kept.present import Now
from kb.ask.rows import Record

MANY = 500  # events; who is in more of them, as a state is, says little of what belongs together
_FOLLOWED = 300  # events that are followed from those who took part in one, those first who are in fewest
_WALKED = 4000  # events of a name beyond which none of them is looked through

# Who took part in an event, and where it was, with in how many events each is.
PARTS_OF = """MATCH (centre:Event {id: $event})
UNWIND coalesce(centre.who, []) AS part
WITH DISTINCT split(part, '|')[1] AS named
MATCH (near:Entity {id: named})
RETURN near.id AS id, coalesce(near.events, 0) AS events"""

# The events that some names are in, with how many of these.
SHARING = """UNWIND $ids AS wanted
MATCH (near:Entity {id: wanted})-[d:PARTICIPATED_IN|LOCATED_IN]-(e:Event)
WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL
WITH e, count(DISTINCT near) AS shared
RETURN e.id AS id, shared, e.importance AS importance"""


def around(graph: Now, event: str) -> dict[str, Record]:
    """What those who took part in an event, or the place, are also in: of those in many events only where none else is.

    Followed first are those in fewest events, until enough are found. Raises: StoreError.
    """
    near = sorted(graph.run(PARTS_OF, event=event), key=lambda row: (row["events"], row["id"]))
    followed: list[str] = []
    together = 0
    for row in near:
        if followed and (together + row["events"] > _FOLLOWED or row["events"] > MANY):
            break
        followed.append(row["id"])
        together += row["events"]
    if not near or near[0]["events"] > _WALKED:  # nobody whose events could be looked through
        return {event: {"shared": 0, "importance": 0.0}} if near else {}
    found: dict[str, Record] = {row["id"]: row for row in graph.run(SHARING, ids=followed)}
    found.setdefault(event, {"shared": 0, "importance": 0.0})
    return found
