"""What the graph keeps to count by: made for an older graph, raised by each writing, and no second of import."""

from __future__ import annotations

import subprocess
import sys

from kb import checks
from kb.ask.kept import pairs
from kb.checks import keeping
from kb.counted import DOUBTS
from kb.store import Settings, Store, open_store
from kb.store.kept import counts_of, differing
from tests import synthetic

KEPT = (
    "slot",
    "rung",
    "lot",
    "yearGuessed",
    "wholeRung",
    "counted",
    "who",
    "parts",
    "events",
    "claims",
    "mentions",
    "articles",
    "pairs",
    "pairsRank",
)


def test_a_graph_of_an_earlier_version_is_counted_once(store: Store, engine: Settings) -> None:
    synthetic.load(store, 8)
    counts = counts_of(store)
    assert counts["slots of claims"]
    assert counts[DOUBTS]
    assert not unproven(store)
    for label in ("Event", "Entity", "Claim", "Article"):
        store.execute(f"MATCH (n:{label}) SET {', '.join(f'n.{name} = null' for name in KEPT)}")
    store.execute("MATCH (k:Count) DELETE k")
    store.execute("MATCH (d:Doubt) DELETE d")
    assert unproven(store)
    store.execute("MATCH (s:Schema) SET s.version = 5, s.pairs = null, s.doubts = null")
    with open_store(engine, role="reader") as opened:
        checks.check(opened)  # what is to be doubted is found when it is asked for first
        assert counts_of(opened) == counts
        assert not unproven(opened)


def unproven(store: Store) -> list[tuple[str, str, object, object]]:
    return [*differing(store), *keeping.differing(store), *pairs.differing(store)]


def writes(store: Store) -> int:
    return int(store.run("MATCH (s:Schema {id: 'schema'}) RETURN coalesce(s.writes, 0) AS writes")[0]["writes"])


def test_each_writing_raises_the_version_and_no_reading_does(store: Store, engine: Settings) -> None:
    before = writes(store)
    store.execute("CREATE (:Article {id: 'one'})")
    assert writes(store) == before + 1
    store.run("MATCH (a:Article) RETURN a.id AS id")
    with open_store(engine, role="reader") as reader:
        reader.table("MATCH (a:Article) RETURN a.id AS id")
    assert writes(store) == before + 1
    store.table("MATCH (a:Article) SET a.title = 'One'")
    assert writes(store) == before + 2


def test_the_driver_does_not_import_data_frames() -> None:
    told = "import kb.store, sys; print('pandas' in sys.modules); import numpy; print(numpy.array([1]).sum())"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "1"], "hidden only while the driver is imported"
