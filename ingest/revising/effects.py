"""What a change does to what is shown: tried in a transaction that is given up, so that nothing is guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ingest.graph.touched import Touched
from kb.store import Store, Transaction

Row = Mapping[str, Any]

VIEW = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
RETURN n.id AS id, n.expiredAt IS NULL AS alive, coalesce(n.title, n.name, n.text) AS words, n.edtf AS date,
  n.status AS status, n.type AS type, n.starred AS starred, n.tags AS tags, n.note AS note,
  n.reports AS reports, c.id AS into, coalesce(c.title, c.name) AS into_words"""

# Who took part in events, and where they were.
WHO = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE r.live = true
RETURN DISTINCT wanted AS id, x.name AS name, coalesce(r.role, 'place') AS role"""

SHOWN = ("words", "date", "status", "type", "starred", "tags", "note", "reports", "who")


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one entity, event or claim.

    change: "merged" into another, "apart" again from one, "gone", "back", or "changed". words: its name or title
    now; into: the name of what it goes into or comes from. details: each changed property with its value before and
    after. was: the id that it had, where a date made it another node.
    """

    change: Literal["merged", "apart", "gone", "back", "changed"]
    id: str
    words: str
    into: str = ""
    details: tuple[tuple[str, Any, Any], ...] = ()
    was: str = ""

    def plain(self) -> dict[str, Any]:
        """The effect as JSON-like values, each changed property as field, before and after."""
        details = [dict(zip(("field", "before", "after"), detail, strict=True)) for detail in self.details]
        return {**asdict(self), "details": details}


class _GivenUp(Exception):
    """Ends the rehearsal's transaction; no error."""

    def __init__(self, after: dict[str, Row]) -> None:
        self.after = after


def rehearse(store: Store, work: Callable[[Transaction], Touched], *, who: bool = False) -> tuple[Effect, ...]:
    """What a change would do, without doing it.

    Arguments: the open store; work, which does all of it in a transaction and returns the nodes that it refreshed;
    who, whether who takes part in events is told too. Raises: StoreError.
    """

    def attempt(tx: Transaction) -> None:
        raise _GivenUp(_view(tx.run, work(tx), who=who))

    try:
        store.write(attempt)
    except _GivenUp as given_up:
        after = given_up.after
    touched = Touched(
        *({id for id in after if (after[id]["label"] == label)} for label in ("Entity", "Event", "Claim"))
    )
    before = _view(store.run, touched, who=who)
    effects = [effect for id in sorted(after) if (effect := _effect(before.get(id), after[id]))]
    return tuple(_with_heirs(effects, before, after))


def _view(read: Callable[..., list[dict[str, Any]]], touched: Touched, *, who: bool) -> dict[str, Row]:
    found: dict[str, Row] = {}
    taking_part = _who(read, touched.events) if who else {}
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("Entity", touched.entities), ("Event", touched.events), ("Claim", touched.claims))  # fmt: skip
    for label, ids in kinds:
        for row in read(VIEW.replace("LABEL", label), ids=sorted(ids)) if ids else ():
            found[row["id"]] = {**row, "label": label, "who": taking_part.get(row["id"])}
    return found


def _who(read: Callable[..., list[dict[str, Any]]], events: Iterable[str]) -> dict[str, str]:
    """Who takes part in events and where they are, in words: “Angela Merkel (agent), Minsk (place)”."""
    parts: dict[str, set[str]] = defaultdict(set)
    for row in read(WHO, ids=sorted(events)):
        parts[row["id"]].add(f"{row['name']} ({row['role']})")
    return {id: ", ".join(sorted(listed)) for id, listed in parts.items()}


def _effect(before: Row | None, after: Row) -> Effect | None:
    id, words = after["id"], str(after["words"])
    was = before["alive"] if before else False
    if was and before is not None and not after["alive"]:
        # by what it was called so far: in the one that it became it may be called otherwise
        called = str(before["words"]) if after["into"] else words
        return Effect("merged" if after["into"] else "gone", id, called, str(after["into_words"] or ""))
    if after["alive"] and not was:
        parted = before is not None and before["into"]
        return Effect("apart" if parted else "back", id, words, str(before["into_words"] or "") if before else "")
    if before is None or not after["alive"]:
        return None
    details = _details(before, after)
    return Effect("changed", id, words, details=details) if details else None


def _details(before: Row, after: Row) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((key, before[key], after[key]) for key in SHOWN if before[key] != after[key])


def _with_heirs(effects: Sequence[Effect], before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Effect]:
    """The effects, what goes and what comes under the same words told as one that changes.

    An event's id depends on its date, so a corrected date makes it another node; one that shows what it showed is not
    told. Several of the same words are told apart by the order of their dates.
    """
    named: dict[tuple[str, str], dict[str, list[Effect]]] = {}
    for effect in effects:
        if effect.change in ("gone", "back"):
            sides = named.setdefault((after[effect.id]["label"], effect.words), {"gone": [], "back": []})
            sides[effect.change].append(effect)
    heirs: dict[str, str] = {}
    for sides in named.values():
        old = sorted(sides["gone"], key=lambda effect: (before[effect.id]["date"] or "", effect.id))
        new = sorted(sides["back"], key=lambda effect: (after[effect.id]["date"] or "", effect.id))
        if len(old) == len(new):
            heirs |= {one.id: other.id for one, other in zip(new, old, strict=True)}
    for effect in effects:
        if effect.id in heirs:
            was = heirs[effect.id]
            if details := _details(before[was], after[effect.id]):
                yield replace(effect, change="changed", details=details, was=was)
        elif effect.id not in heirs.values():
            yield effect
