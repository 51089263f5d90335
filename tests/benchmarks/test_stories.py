"""The benchmark of long stories: what it counts, and its table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import stories
from benchmarks.scoring.gold import NoGoldError
from kb.store import Settings, open_store

PRINTED = """mention recall 0.613 (100 of 163)
matched: 100 mentions
  pairs across documents P 0.900 R 0.500 F1 0.643 (right 9, wrong 1, missed 9)
all: 163 mentions
  pairs across documents P 0.860 R 0.250 F1 0.387 (right 9, wrong 1, missed 27)
"""


def test_the_scorer_of_coreference_is_understood() -> None:
    assert stories.coreference_figures(PRINTED) == {
        "mention recall": 0.613, "pairs P": 0.9, "pairs R": 0.5, "pairs R of all": 0.25,
    }  # fmt: skip
    with pytest.raises(NoGoldError, match="something else"):
        stories.coreference_figures("nothing")


def test_the_table_stands_beside_what_is_expected() -> None:
    expected = json.loads(stories.EXPECTED.read_text(encoding="utf-8"))
    (row,) = stories.rows({"timelines/mj": {"date F1": 0.5}}, expected)
    assert row == ["timelines/mj", "date F1", "0.5", "0.55", "0.405", "0.324"]
    (row,) = stories.rows({"timelines/new": {"articles failed": 0.0}}, expected)
    assert row == ["timelines/new", "articles failed", "0", "", "", ""]


def test_a_folder_without_gold_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stories.main([str(tmp_path)]) == 2
    assert "give the folder of gold sets" in capsys.readouterr().err


def test_events_of_one_class_day_and_participant_are_duplicates(local_settings: Settings) -> None:
    with open_store(local_settings) as store:
        for id, day in (("e1", "2022-03-03"), ("e2", "2022-03-03"), ("e3", "2022-03-04")):
            store.execute(
                "CREATE (:Event {id: $id, type: 'ASSAULT', earliest: $day, latest: $day, sources: 2, salience: 0.5, "
                "reports: 1})",
                id=id, day=day,
            )  # fmt: skip
        store.execute("CREATE (:Entity {id: 'x'})")
        store.execute("MATCH (x:Entity {id: 'x'}), (e:Event) CREATE (x)-[:PARTICIPATED_IN {role: 'actor'}]->(e)")
        assert stories.duplicates(store) == 1
        assert store.run(stories.SOURCES) == [{"events": 3}]
