"""Does the graph follow from what articles state and humans decided? Reckoned from nothing, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.graph.aliases import stored_aliases
from ingest.graph.parts import reckoned, stated
from ingest.graph.rulings import every_ruling
from ingest.graph.show import to_show
from ingest.graph.stories import every_story
from ingest.matching.parts import Found
from ingest.matching.stored import Profile, entity_profile_of, event_profile_of
from ingest.matching.together import canonical_ids
from kb.ask.kept import pairs
from kb.checks import keeping
from kb.checks.verify import Fault, Proof
from kb.store import Queryable
from kb.store.kept import counts_of, differing

_AT_ONCE = 500  # nodes whose values are compared in one go

REFERENTS = """MATCH (n:LABEL)
WHERE n.profile IS NOT NULL AND EXISTS { MATCH (n)<-[t:NAMES|TELLS]-(:Article) WHERE t.live = true }
RETURN n.id AS id, n.profile AS profile"""

MERGED = """MATCH (n:LABEL)-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
RETURN n.id AS id, c.id AS canonical"""

SHOWN = """MATCH (n:LABEL)
WHERE NOT EXISTS { MATCH (n)-[m:MERGED_INTO]->() WHERE m.expiredAt IS NULL }
RETURN n.id AS id, properties(n) AS properties"""


def recompute(graph: Queryable, proof: Proof) -> None:
    """Check every merge and every shown value; what differs is added to the proof's faults. Raises: StoreError."""
    proof.faults += _merges(graph, proof)
    for label in ("Entity", "Event"):
        proof.faults += _values(graph, label, proof)
    proof.faults += _parts(graph, proof)
    proof.faults += _kept(graph, proof)


def _merges(graph: Queryable, proof: Proof) -> Iterator[Fault]:
    profiles: list[Profile] = []
    merged: dict[str, str] = {}
    for label, read in (("Entity", entity_profile_of), ("Event", event_profile_of)):
        found = [read(row["profile"]) for row in graph.run(REFERENTS.replace("LABEL", label))]
        proof.checked[f"{label.lower()} identities"] += len(found)
        profiles += found
        merged |= {row["id"]: row["canonical"] for row in graph.run(MERGED.replace("LABEL", label))}
    reckoned = canonical_ids(profiles, every_ruling(graph), stored_aliases(graph), every_story(graph))
    for id in sorted({*reckoned, *merged}):
        stands, should = merged.get(id, id), reckoned.get(id, id)
        if stands != should:
            told = f"{stands}, by judgements and decisions {should}"
            yield Fault("merged otherwise than judgements and decisions say", id, told)


def _parts(graph: Queryable, proof: Proof) -> Iterator[Fault]:
    """Every event that is, or should be, concluded to be a part of another."""
    should = reckoned(graph, (row["id"] for row in graph.run(SHOWN.replace("LABEL", "Event"))))
    stands = stated(graph)
    proof.checked["parts of events"] += len(should)
    for id in sorted({*should, *stands}):
        if should.get(id) != stands.get(id):
            told = f"of {_whole(stands.get(id))}, by the rules of {_whole(should.get(id))}"
            yield Fault("a part otherwise than the rules say", id, told)


def _kept(graph: Queryable, proof: Proof) -> Iterator[Fault]:
    """Every count that screens go by; what is to be doubted, where it was ever asked for."""
    for found in (differing, *(each.differing for each in (keeping, pairs) if each.found(graph))):
        for id, name, stands, should in found(graph):
            told = f"{name} is {stands}, by what there is to count {should}"
            yield Fault("counted otherwise than what there is to count", id, told)
    proof.checked["counts"] += sum(map(len, counts_of(graph).values()))


def _whole(found: Found | None) -> str:
    return f"{found.whole} ({found.reason})" if found else "none"


def _values(graph: Queryable, label: str, proof: Proof) -> Iterator[Fault]:
    there = {row["id"]: row["properties"] for row in graph.run(SHOWN.replace("LABEL", label))}
    ids = sorted(there)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        for id, shown in to_show(graph, label, some).items():
            proof.checked[f"shown {'entities' if label == 'Entity' else 'events'}"] += 1
            yield from _differing(id, there[id], shown.alive, shown.properties)


def _differing(id: str, there: Mapping[str, Any], alive: bool, wanted: Mapping[str, Any]) -> Iterator[Fault]:
    if (there.get("expiredAt") is None) != alive:
        yield Fault("shown though nothing tells of it" if not alive else "not shown though it is told", id)
    for name, value in wanted.items() if alive else ():
        stands = there.get(name)
        if stands != value and not (value in (None, []) and stands in (None, [])):
            yield Fault("a value that the rules do not give", id, f"{name} is {stands}, by the rules {value}")
