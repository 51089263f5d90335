"""The README's queries give what the README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest import ingest
from kb.ask.answers import as_csv
from kb.store import Settings, Store, open_store

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```cypher\n(.+?)```\s*```csv\n(.*?)```", re.S)
EXAMPLES = [(query, rows) for query, rows in BLOCK.findall((ROOT / "README.md").read_text("utf-8"))]


@pytest.fixture
def seeded(engine: Settings, store: Store) -> Settings:
    summary = ingest([str(ROOT / "seed_data")], store)
    assert summary.count("failed") == 0
    return engine


def test_the_examples_of_the_readme(seeded: Settings) -> None:
    assert len(EXAMPLES) >= 4
    with open_store(seeded, role="reader") as reader:
        for query, rows in EXAMPLES:
            assert as_csv(reader.table(query)) == rows, query
