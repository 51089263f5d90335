"""The queries and the program of the README and the cookbook give what these say; those of the dashboard run."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from ingest import ingest
from kb.ask.answers import as_csv
from kb.store import Settings, Store, open_store

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "neo4j" / "dashboard.json"
BLOOM = DASHBOARD.with_name("bloom.json")
BLOCK = re.compile(r"```cypher\n(.+?)```\s*```csv\n(.*?)```", re.S)
TEXTS = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/cypher.md")]
EXAMPLES = list(dict.fromkeys(found for text in TEXTS for found in BLOCK.findall(text)))


@pytest.fixture
def seeded(engine: Settings, store: Store) -> Settings:
    summary = ingest([str(ROOT / "seed_data")], store)
    assert summary.count("failed") == 0
    return engine


def test_the_examples_of_the_readme_and_the_reports_of_the_dashboard(seeded: Settings) -> None:
    assert len(EXAMPLES) >= 25
    reports = [report for page in json.loads(DASHBOARD.read_text("utf-8"))["pages"] for report in page["reports"]]
    with open_store(seeded, role="reader") as reader:
        for query, rows in EXAMPLES:
            assert as_csv(reader.table(query)) == rows, query
        for report in reports:
            found = reader.table(report["query"])
            assert found.rows or "contradict" in report["title"], report["title"]  # in the demonstration nothing does
            drawn = {report["selection"][name] for name in ("index", "value") if name in report["selection"]}
            assert drawn <= {*found.columns}, report["title"]
            assert bool(found.nodes) == (report["type"] == "graph"), report["title"]


def test_every_phrase_of_the_perspective_for_bloom_finds_a_graph(seeded: Settings) -> None:
    templates = json.loads(BLOOM.read_text("utf-8"))["templates"]
    assert len(templates) >= 9
    with open_store(seeded, role="reader") as reader:
        for one in templates:
            names = [found.removeprefix("$") for found in re.findall(r"\$\w+", one["text"])]
            assert names == [param["name"].removeprefix("$") for param in one["params"]]
            assert {*names} == {*re.findall(r"\$(\w+)", one["cypher"])}
            offered = [_offered(reader, param["suggestionLabel"], param["suggestionProp"]) for param in one["params"]]
            chosen = (dict(zip(names, values, strict=True)) for values in product(*offered))
            drawn = next((found for given in chosen if (found := reader.table(one["cypher"], given)).nodes), None)
            assert drawn, one["text"]
            assert drawn.relationships, one["text"]
            assert not drawn.truncated


def _offered(reader: Store, label: str, prop: str) -> list[str]:
    """What Bloom offers to choose from, the weightiest first."""
    query = f"""MATCH (n:{label}) WHERE n.{prop} IS NOT NULL AND n.expiredAt IS NULL
WITH n.{prop} AS value, coalesce(n.importance, n.events, 0) AS weight
RETURN value, max(weight) AS weight ORDER BY weight DESC, value LIMIT 60"""
    return [str(row["value"]) for row in reader.run(query)]


def test_the_program_of_the_readme(
    local_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    monkeypatch.chdir(ROOT)
    [program] = re.findall(r"```python\n(.+?)```", TEXTS[0], re.S)
    exec(program, {})  # noqa: S102 (our own words)
    printed = capsys.readouterr().out
    assert "2022-03-29" in printed
    assert "talks" in printed.splitlines()[-1]
