"""`kb cypher` cuts no date, and says of a word that the graph does not have that it has none; what is refused, why."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kb.ask.schema_words import unknown_words
from kb.cli import main
from kb.cli.asking import _print_table
from kb.store import Settings, Store, open_store
from kb.store.table import Table
from tests import synthetic
from tests.environment import variables


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["cypher", *words], env=variables(settings))


@pytest.mark.parametrize("columns", [4, 20])
def test_no_date_and_no_id_is_broken_however_wide_the_answer(capsys: pytest.CaptureFixture[str], columns: int) -> None:
    row: list[Any] = ["2022-03-29/2022-04-02", "event-0123456789abcdef", "Talks that led to nothing " * 4] * columns
    names = tuple(f"column{number}" for number in range(len(row)))
    _print_table(Table(names, (tuple(row),), truncated=False, nodes=(), relationships=(), seconds=0.1), None)
    printed = capsys.readouterr().out
    assert printed.count("2022-03-29/2022-04-02") == columns
    assert printed.count("event-0123456789abcdef") == columns
    assert all(name in printed for name in names)
    assert "…" not in printed


UNKNOWN = [
    ("MATCH (e:Evnt) RETURN e", ["No node has the label Evnt; perhaps Event is meant."]),
    ("MATCH (x:Person&!Dragon)-[:PARTICIPATED_IN]->(e:Event {id: '(a:Word)'}) RETURN x /* (b:Other) */",
     ["No node has the label Dragon; there are "]),
    ("MATCH (:Person)-[r:PARTICIPATED|LOCATED_IN*1..2]->(e:Event WHERE e.id = '1') RETURN r",
     ["No relationship is of the type PARTICIPATED; perhaps PARTICIPATED_IN is meant."]),
    ("MATCH (e:`Event`) WHERE e.title CONTAINS ':Nothing' RETURN [1, 2][0..1], {a: 1}", []),
    ("MATCH (s:Schema) RETURN s", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def story(arcadedb_settings: Settings) -> Store:
    with open_store(arcadedb_settings) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        synthetic.load(store, 3)
        return store


@pytest.mark.parametrize(("statement", "says"), UNKNOWN)
def test_a_word_that_nothing_in_the_graph_has_is_said(
    story: Store, arcadedb_settings: Settings, statement: str, says: list[str]
) -> None:
    asked = run(arcadedb_settings, statement, "--json")
    told = asked.stderr.splitlines()
    assert [line[: len(start)] for line, start in zip(told, says, strict=True)] == says
    assert asked.exit_code == 0
    assert isinstance(json.loads(asked.stdout), list), "what is said does not stand in the answer"


def test_what_there_is_is_listed_and_an_empty_graph_is_called_so(
    local_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(local_settings) as store:
        assert unknown_words(store, "MATCH (e:Event) RETURN e") == ["The graph is empty; add an article first."]
        synthetic.load(store, 1)
        monkeypatch.setattr(import_module("kb.ask.schema_words"), "_TOLD", 2)
        [said] = unknown_words(store, "MATCH (e:Dragon) RETURN e")
        assert said.startswith("No node has the label Dragon; there are Article, ")
        assert " more." in said


def test_a_refused_change_is_refused_without_a_reason_that_is_none(local_settings: Settings) -> None:
    refused = run(local_settings, "CREATE (n:Note {id: '1'})")
    assert refused.exit_code == 1
    assert "This login may only read" in refused.stderr
    assert "reason" not in refused.stderr
    assert "--write" in refused.stderr
