"""What a human should look at, as the graph keeps it: a Doubt for each kind of doubt and each thing that is doubted.

A Doubt is an index, no fact. Its id says of what it is, so that what was written again finds it; its rung says how much
an answer settles, so that a screen reads the first of thousands and counts them all without looking at any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from kb.counted import DOUBTS, PARTS, doubt_rung, height_of_doubt, kind_of_rung, place_of_doubt
from kb.store.connection import Queryable, Store, Transaction
from kb.store.dialect import Step
from kb.store.kept import COUNTS, add_to_counts, counts_of
from kb.store.together import execute_together

Row = dict[str, Any]
NUMBERS: Step = (COUNTS, {"ids": [DOUBTS]})
"""What asks how many doubts stand on each rung."""

AT_ONCE = 500  # things looked at in one transaction, when all doubts are found anew
_WHOLE = 400  # doubts of a rung that are read at once, however few are wanted
_SPARE = 1.25  # times as many as should do, as a rung's parts are not of one size

STORED = "UNWIND $ids AS wanted MATCH (d:Doubt {id: wanted}) RETURN d.id AS id, properties(d) AS kept"

EVERY = "MATCH (d:Doubt) RETURN d.id AS id, properties(d) AS kept"

WRITE = "UNWIND $rows AS row MERGE (d:Doubt {id: row.id}) SET d = row"

DROP = "UNWIND $ids AS wanted MATCH (d:Doubt {id: wanted}) DELETE d"

ON_RUNG = """UNWIND $keys AS key
MATCH (d:Doubt {rung: key}) USING INDEX d:Doubt(rung) RETURN properties(d) AS kept"""

AT_PLACE = """UNWIND $keys AS key
MATCH (d:Doubt {place: key}) USING INDEX d:Doubt(place) RETURN properties(d) AS kept"""

FORGET = "MATCH (d:Doubt) WHERE d.kind IN $kinds WITH d LIMIT 5000 DELETE d"

MARK = "MATCH (s:Schema {id: 'schema'}) SET s.MARK = $rules"

MARKED = "MATCH (s:Schema {id: 'schema'}) RETURN s.MARK AS rules"


class Key(NamedTuple):
    """Where a doubt stands among those of some kinds: how high, in which part of its rung, and its id."""

    height: str
    part: str
    id: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A doubt as it is kept.

    kind; of: ids of what is doubted; cases: how many a list of doubts tells of it; settles: how many facts an answer
    settles at most; score: how sure it is, 0 to 1; more: what else is kept of it.
    """

    kind: str
    of: tuple[str, ...]
    cases: int
    settles: int
    score: float = 0.0
    more: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return id_of(self.kind.partition(" ")[0], *self.of)

    def row(self) -> Row:
        """Its properties."""
        rung = doubt_rung(self.kind, self.settles, self.score)
        return {"id": self.id, "of": list(self.of), "cases": self.cases, "kind": self.kind, "rung": rung,
                "place": place_of_doubt(rung, self.id), **(self.more or {})}  # fmt: skip


def id_of(kind: str, *of: str) -> str:
    """The id of a doubt of some things."""
    return "|".join((kind, *of))


def key_of(row: Mapping[str, Any]) -> Key:
    """Where a doubt stands, by its properties."""
    return Key(height_of_doubt(row["rung"]), row["place"].rpartition(" ")[2], row["id"])


def settle(
    tx: Transaction, looked_at: Mapping[str, Row], found: Collection[Kept], also: tuple[str, list[Row]] = ("", [])
) -> Counter[str]:
    """Keep the doubts that there are now in place of those that there were.

    Returns: how many more there are by rung, which is to be counted (`count`). Arguments: the transaction; the
    properties of all that is kept of what was looked at, by id; what was found of it; also, a statement over $rows that
    goes with it, and these.
    """
    wanted = {one.id: one.row() for one in found}
    counts: Counter[str] = Counter()
    for row, sign in [*((row, -1) for row in looked_at.values()), *((row, 1) for row in wanted.values())]:
        counts[row["rung"]] += sign * row["cases"]
    gone = sorted(looked_at.keys() - wanted.keys())
    rows = [row for id, row in sorted(wanted.items()) if looked_at.get(id) != row]
    if gone or rows or also[1]:
        more = [(also[0], {"rows": also[1]})] if also[0] else []
        execute_together(tx, [(DROP, {"ids": gone}), (WRITE, {"rows": rows}), *more])
    return counts


def count(tx: Transaction, more: Counter[str], read: Sequence[Row] | None = None) -> None:
    """Count so many more doubts, by rung, or fewer.

    Arguments: the transaction; how many more; read, what NUMBERS told, if it was asked already.
    """
    if any(more.values()):
        add_to_counts(tx, {DOUBTS: more}, read)


def stored(graph: Queryable, ids: Collection[str]) -> dict[str, Row]:
    """What is kept of some doubts, by id; those that there are not are left out. Raises: StoreError."""
    return {row["id"]: row["kept"] for row in (graph.run(STORED, ids=sorted(ids)) if ids else ())}


def best(graph: Queryable, numbers: Mapping[str, int], kinds: Collection[str], limit: int, after: Key | None = None,
         ) -> list[Row]:  # fmt: skip
    """The doubts of some kinds that settle most, in their order: those that stand highest, the surest first.

    Arguments: the graph; how many there are by rung; the kinds; limit, most rows; after, where the page before ended.
    Raises: StoreError.
    """
    rungs = sorted(((height_of_doubt(rung), rung) for rung in numbers if kind_of_rung(rung) in kinds), reverse=True)
    found: list[Row] = []
    ahead: list[str] = []
    held = 0
    for height, same in groupby(rungs, key=lambda pair: pair[0]):
        if after and height > after.height:
            continue
        level = [rung for _, rung in same]
        here = sum(numbers[rung] for rung in level)
        if here <= _WHOLE:
            ahead += level
            held += here
        if here > _WHOLE or held >= limit - len(found):
            found += _passed(_read(graph, ON_RUNG, ahead), after)
            ahead, held = [], 0
        if here > _WHOLE and len(found) < limit:
            found += _parts(graph, level, here, limit - len(found), after)
        if len(found) >= limit:
            break
    found += _passed(_read(graph, ON_RUNG, ahead), after)
    return sorted(found, key=_order)[:limit]


def _parts(graph: Queryable, level: Sequence[str], held: int, limit: int, after: Key | None) -> list[Row]:
    """The first doubts of rungs of one height, part by part until there are enough."""
    left = [part for part in PARTS if not after or height_of_doubt(level[0]) < after.height or part >= after.part]
    found: list[Row] = []
    while left and len(found) < limit:
        some = max(1, int(_SPARE * (limit - len(found)) * len(PARTS) / held))
        keys = [f"{rung} {part}" for part in left[:some] for rung in level]
        found += _passed(_read(graph, AT_PLACE, keys), after)
        left = left[some:]
    return found


def _read(graph: Queryable, statement: str, keys: Sequence[str]) -> list[Row]:
    return [row["kept"] for row in graph.run(statement, keys=list(keys))] if keys else []


def _passed(rows: Sequence[Row], after: Key | None) -> list[Row]:
    return [row for row in rows if after is None or _order(row) > _order_of(after)]


def _order(row: Mapping[str, Any]) -> tuple[tuple[int, ...], str, str]:
    return _order_of(key_of(row))


def _order_of(key: Key) -> tuple[tuple[int, ...], str, str]:
    return tuple(-int(part) for part in key.height.split()), key.part, key.id


def number_of(numbers: Mapping[str, int], kinds: Collection[str]) -> int:
    """How many doubts of some kinds there are, by how many stand on each rung."""
    return sum(number for rung, number in numbers.items() if kind_of_rung(rung) in kinds)


def up_to_date(graph: Queryable, mark: str, rules: int) -> bool:
    """Whether the doubts of a sort are kept as these rules find them. Raises: StoreError."""
    return any(row["rules"] == rules for row in graph.run(MARKED.replace("MARK", mark)))


def find_anew(store: Store, mark: str, rules: int, kinds: Collection[str], work: Callable[[Store], None]) -> None:
    """Forget the doubts of some kinds and find them all anew; what is not brought to its end is begun anew.

    Arguments: the store, open for writing; what says on the Schema that they are kept; the version of the rules; the
    kinds; work, which finds them. Raises: StoreError.
    """
    store.execute(MARK.replace("MARK", mark), rules=None)
    while store.execute(FORGET, kinds=sorted(kinds)).nodes_deleted:
        pass
    numbers = counts_of(store).get(DOUBTS, {})
    gone = Counter({rung: -number for rung, number in numbers.items() if kind_of_rung(rung) in kinds})
    store.write(lambda tx: add_to_counts(tx, {DOUBTS: gone}))
    work(store)
    store.execute(MARK.replace("MARK", mark), rules=rules)


def differing(graph: Queryable, found: Collection[Kept], kinds: Collection[str]) -> Iterator[tuple[str, str, Any, Any]]:
    """What is kept of doubts otherwise than it should be: the id, what of it, what stands there, what should.

    Arguments: the graph; all that there are of some kinds, and which these are. Raises: StoreError.
    """
    should = {one.id: one.row() for one in found}
    stands = {row["id"]: row["kept"] for row in graph.run(EVERY) if row["kept"]["kind"] in kinds}
    for id in sorted({*should, *stands}):
        there, wanted = stands.get(id, {}), should.get(id, {})
        for name in sorted({*there, *wanted}):
            if there.get(name) != wanted.get(name):
                yield id, name, there.get(name), wanted.get(name)
    counted: Counter[str] = Counter()
    for row in should.values():
        counted[row["rung"]] += row["cases"]
    numbers = {r: n for r, n in counts_of(graph).get(DOUBTS, {}).items() if kind_of_rung(r) in kinds}
    for rung in sorted({*counted, *numbers}):
        if counted[rung] != numbers.get(rung, 0):
            yield DOUBTS, rung, numbers.get(rung, 0), counted[rung]
