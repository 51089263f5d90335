"""A graph that an earlier version made is brought up to date: proven, and equal to one that is freshly read.

`schemas/` holds the same four articles of `seed_data/` as each schema kept them, written by `kb.backup` from a graph
that the last state of the program with that schema had read. A new schema adds its file before it is changed again.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import ingest
from ingest.revising.recompute import recompute
from ingest.revising.revise import apply, every_article, read_by_others, reread
from kb import backup, checks
from kb.checks.verify import verify
from kb.store import Settings, Store, open_store, schema
from tests.backup.making import READ, SEED
from tests.exported import export

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture(scope="module")
def fresh(arcadedb_settings: Settings) -> tuple[list[str], list[str]]:
    """The four articles as this version reads them."""
    with open_store(arcadedb_settings) as store:
        _empty(store)
        ingest([str(SEED / name) for name in READ], store)
        return export(store)


def _empty(store: Store) -> None:
    while store.execute("MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n").nodes_deleted:
        pass


def test_each_schema_before_this_one_is_here() -> None:
    assert sorted(int(path.stem) for path in SCHEMAS.glob("*.kb")) == list(range(1, schema.VERSION))


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_graph_of_an_earlier_schema_is_brought_up_to_date(
    local_settings: Settings, fresh: tuple[list[str], list[str]], version: int
) -> None:
    backup.restore(local_settings, SCHEMAS / f"{version}.kb")
    with open_store(local_settings) as store:
        assert schema.stored_version(store) == schema.VERSION
        checks.check(store)  # what is to be doubted is found when it is asked for first
        # Which kb verify says where something does not hold; none while the rules are still those of the last schema.
        assert read_by_others(store) in ({0, len(READ)} if version == schema.VERSION - 1 else {len(READ)})
        for article in every_article(store):
            apply(store, reread(store, article))
        proof = verify(store)
        recompute(store, proof)
        assert proof.faults == []
        assert proof.checked["snapshots"] == len(READ)
        assert tuple(map(_told, export(store))) == tuple(map(_told, fresh))
        assert read_by_others(store) == 0


def _told(lines: list[str]) -> list[str]:
    """The lines without how a judgement is worded, which stands as it was made."""
    rows = [json.loads(line) for line in lines]
    for row in rows:
        if row.get("type") == "RESEMBLES":
            row["properties"] = {key: row["properties"].get(key) for key in ("verdict", "told")}
    return sorted(json.dumps(row, sort_keys=True) for row in rows)
