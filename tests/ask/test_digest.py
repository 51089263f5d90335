"""The material of a digest as both engines give it, and the digest of the articles of `seed_data/`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ingest import ingest
from kb import ask
from kb.ask.digest import material
from kb.ask.past import Past
from kb.digest import formats
from kb.errors import BadInput
from kb.store import Store
from tests import kept


@pytest.fixture
def seeded(store: Store) -> Store:
    kept.seeded(store)
    return store


def test_an_empty_graph_has_no_days(store: Store) -> None:
    assert ask.digest(store).days == ()


def test_another_telling_settles_of_which_day_undated_news_is(store: Store, tmp_path: Path) -> None:
    rows = [
        {"doc_id": "undated", "published": "2022-03-04", "publisher": "The Example",
         "text": "Marek Dol resigned as president of Latvia after weeks of protests in Riga over the sale of the port. "
                 "Dol was elected in 2020. The parliament in Riga could not agree on a budget."},
        {"doc_id": "dated", "published": "2022-03-05", "publisher": "The Other",
         "text": "President Marek Dol of Latvia resigned on Thursday after weeks of protests in Riga over the sale of "
                 "the port. The parliament in Riga will elect a new president in May."},
    ]  # fmt: skip
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    assert ingest([str(file)], store).count("failed") == 0
    told = {event.day for sentence in material(store).sentences for event in sentence.events if "resign" in event.title}
    assert told == {"2022-03-03"}
    (row,) = store.run("MATCH (e:Event) WHERE e.title CONTAINS 'resign' AND e.expiredAt IS NULL RETURN e.id AS id")
    lines = [reason.line for reason in ask.why(store, row["id"])]
    assert any("news of 3 or 4 Mar 2022: its article was published on 4 Mar 2022" in line for line in lines)


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


def test_of_very_many_articles_those_are_read_that_tell_the_most_important_events(
    seeded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, whole = sys.modules[material.__module__], ask.digest(seeded)
    monkeypatch.setattr(asking, "MOST", 13)
    monkeypatch.setattr(asking, "CHOSEN", 6)
    monkeypatch.setattr(asking, "_EVENTS", 5)
    found = ask.digest(seeded)
    assert 0 < found.articles <= 6
    assert "2022-02-24" in [day.date for day in found.days]
    assert {entry.article.id for day in found.days for entry in day.entries} < {
        entry.article.id for day in whole.days for entry in day.entries}  # fmt: skip
    monkeypatch.setattr(asking, "MOST", 14)
    assert ask.digest(seeded) == whole
