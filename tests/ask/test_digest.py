"""The material of a digest as both engines give it, and the digest of the articles of `seed_data/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from kb import ask
from kb.ask.past import Past
from kb.digest import formats
from kb.errors import BadInput
from kb.store import Store

SEED = Path(__file__).parents[2] / "seed_data"


@pytest.fixture
def seeded(store: Store) -> Store:
    assert ingest([str(SEED)], store).count("failed") == 0
    return store


def test_an_empty_graph_has_no_days(store: Store) -> None:
    assert ask.digest(store).days == ()


def test_the_story_of_the_seed(seeded: Store) -> None:
    found = ask.digest(seeded)
    best = found.best(6, 2)
    assert found.articles == 14
    assert "2022-02-24" in [day.date for day in best.days]
    for day in found.days:
        for entry in day.entries:
            (row,) = seeded.run("MATCH (p:Passage {id: $id}) RETURN p.text AS text", id=entry.passage)
            assert entry.text in " ".join(row["text"].split())
            assert entry.article.name
    assert any(entry.names for day in found.days for entry in day.entries)
    assert formats.text(found, chapters=True) == formats.text(ask.digest(seeded), chapters=True)

    # of a name, a place and a period
    putin = ask.called(seeded, "vladimir putin")
    assert putin.name == "Vladimir Putin"
    assert ask.called(seeded, putin.id) == putin
    about = ask.digest(seeded, about=[putin.id], title=putin.name)
    assert about.about == "Vladimir Putin"
    assert 0 < len(about.days) < len(found.days)
    spring = ask.digest(seeded, earliest="2022-02-01", latest="2022-04-30")
    assert spring.days
    assert all("2022-02-01" <= day.date <= "2022-04-30" for day in spring.days)
    place = ask.called(seeded, "Istanbul", ("Place",))
    assert ask.digest(seeded, about=[place.id]).days
    with pytest.raises(BadInput, match="No place is called “Vladimir Putin”"):
        ask.called(seeded, "Vladimir Putin", ("Place",))
    with pytest.raises(BadInput, match="is called “Nobody”"):
        ask.called(seeded, "Nobody")

    # as it was recorded before anything was
    assert ask.digest(Past(seeded, "2001-01-01T00:00:00.000+00:00")).days == ()
