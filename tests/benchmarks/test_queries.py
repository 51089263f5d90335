"""Each question of each screen is asked and timed, and the figures are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import queries
from benchmarks.graphs.screens import QUESTIONS
from benchmarks.queries import Cost, as_json, main, measure, save, table
from kb.store import Settings, open_store


def test_every_question_is_timed(local_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WARM", 1), ("TIMES", 1), ("ROUNDS", 1)):
        monkeypatch.setattr(queries, name, value)
    with open_store(local_settings) as store:
        costs = measure(store, 40)
    assert costs.keys() == QUESTIONS.keys()
    assert all(one.server > 0 and one.wall > 0 and one.statements for one in costs.values())
    assert len(list(table({40: costs}))) == len(QUESTIONS) + 2


def test_figures_are_kept_beside_those_of_other_sizes(tmp_path: Path) -> None:
    path = tmp_path / "queries.json"
    save({1: {"a: b": Cost(1.23, 2.0, 1, 1)}}, "local", path)
    save({2: {"a: b": Cost(4.0, 2.0, 1, 1)}}, "local", path)
    assert json.loads(path.read_text("utf-8")) == {"local": {"a: b": {"1": 1.2, "2": 4.0}}}
    assert json.loads(as_json({1: {"a: b": Cost(1.234, 2.0, 1, 1)}})) == {"a: b": {"1": 1.23}}


@pytest.mark.parametrize("words", [["--sizes", "none"], ["--only", "nothing of the kind"]])
def test_what_cannot_be_measured_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
