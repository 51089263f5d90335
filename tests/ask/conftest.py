"""The synthetic articles: their facts, to reckon with in plain Python, and a graph of them to ask on each engine.

A module says by ARTICLES how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.graph.facts import Facts
from kb.store import Settings, Store, open_store
from tests import synthetic


@pytest.fixture(scope="module")
def facts(request: pytest.FixtureRequest) -> list[Facts]:
    """What the articles of this module say."""
    return list(synthetic.facts(request.module.ARTICLES))


@pytest.fixture(scope="module")
def chronicle(request: pytest.FixtureRequest, engine: Settings) -> Iterator[Store]:
    """A graph of them, loaded once for each engine."""
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        synthetic.load(store, request.module.ARTICLES)
        yield store
