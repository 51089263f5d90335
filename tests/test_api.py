"""The knowledge base from Python, on a graph read from texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kb
from kb.errors import BadInput, StoreDenied
from kb.store import Settings, open_store

TALKS = """Title: Talks in Istanbul
Published: 30 March 2022
URL: https://example.org/talks

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022, and agreed to
meet again.

“We want guarantees,” David Arakhamia said after the meeting on Tuesday.
"""
SUMMIT = """Title: Zelensky visits Warsaw
Published: 6 April 2023
URL: https://example.org/warsaw

President Volodymyr Zelensky visited Warsaw on April 5, 2023, and met the Polish president, Andrzej Duda.
"""


@pytest.fixture(scope="module")
def base(arcadedb_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kb.Base]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in {"talks": TALKS, "warsaw": SUMMIT}.items():
        Path(folder, f"{name}.txt").write_text(text)
    given = arcadedb_settings
    with open_store(given) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    with kb.open(given.uri, user=given.user, password=given.password, data_dir=given.data_dir) as opened:
        summary = opened.ingest(folder)
        assert summary.count("failed") == 0
        yield opened


def test_a_timeline_is_rows_and_a_table(base: kb.Base) -> None:
    rows = base.timeline(where="Istanbul", earliest="2022-03-01", latest="2022-03-31")
    assert [(row.edtf, row.type) for row in rows if "talks" in row.title.lower()] == [("2022-03-29", "CONSULT")]
    assert rows.to_pandas().loc[0, "edtf"] == rows[0].edtf == rows.to_polars()["edtf"][0]
    assert len(rows[:1]) == 1
    assert base.timeline(who="Andrzej Duda")[0].when == "5 Apr 2023"


def test_what_is_named_is_found_by_name_or_id(base: kb.Base) -> None:
    person = base.person("Zelensky")
    assert "Zelensky" in person.card.aliases or person.card.name.startswith("Volodymyr Zelensky")
    assert base.person(person.card.id).card == person.card
    with pytest.raises(BadInput, match="is called “Nobody”"):
        base.timeline(who="Nobody")
    with pytest.raises(BadInput, match="There is no event"):
        base.event("event-0")


def test_an_event_shows_its_sentences_and_why_its_date(base: kb.Base) -> None:
    [visit] = [row for row in base.timeline(who="Zelensky") if "visit" in row.title.lower()]
    assert any("April 5, 2023" in report.text for report in base.event(visit.id).reports)
    assert "2023" in str(base.why(visit.id)[0])


def test_claims_search_and_digest(base: kb.Base) -> None:
    [said] = base.claims(speaker="David Arakhamia")
    assert "guarantees" in said.text
    assert {group.name for group in base.search("guarantees").groups} >= {"Claims", "Sentences"}
    assert base.digest(days=5).days


def test_cypher_reads_and_never_writes(base: kb.Base) -> None:
    rows = base.cypher("MATCH (a:Article) WHERE a.published >= $day RETURN a.title AS title", day="2023")
    assert rows.to_dicts() == [{"title": "Zelensky visits Warsaw"}]
    with pytest.raises(StoreDenied):
        base.cypher("MATCH (a:Article) SET a.title = ''")


def test_a_network_becomes_a_graph_of_networkx(base: kb.Base) -> None:
    graph = base.to_networkx(who="Zelensky")
    names = {data["label"]: node for node, data in graph.nodes(data=True)}
    assert "Andrzej Duda" in names
    assert graph.number_of_edges() > 0


def test_a_decision_is_shown_applied_and_taken_back(base: kb.Base) -> None:
    [visit] = [row for row in base.timeline(who="Zelensky") if "visit" in row.title.lower()]
    preview = base.edit(visit.id, "title", "The visit to Warsaw", by="Ann", reason="shorter")
    assert preview.effects
    assert base.event(visit.id).event.title == visit.title
    decision = preview.apply()
    assert base.event(visit.id).event.title == "The visit to Warsaw"
    base.undo(decision).apply()
    assert base.event(visit.id).event.title == visit.title


def test_the_past_is_asked_with_as_of(base: kb.Base) -> None:
    store = base.store.settings
    with kb.open(store.uri, data_dir=store.data_dir, as_of="2001-01-01") as then:
        assert not len(then.timeline())
