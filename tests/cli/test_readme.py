"""The queries and the program of the README and the cookbook give what these say; those of the dashboard run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest import ingest
from kb.ask.answers import as_csv
from kb.store import Settings, Store, open_store

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "neo4j" / "dashboard.json"
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
