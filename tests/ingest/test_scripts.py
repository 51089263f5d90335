"""The example scripts, run as their users run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.scripts import newsroom
from kb.cli import main
from kb.store import Settings
from tests.environment import told

TEXT = "Norway and Sweden held talks in {} on Tuesday, and the ministers agreed to meet again in May, officials said."


def script(name: str, *words: str, settings: Settings) -> str:
    env = {**os.environ, **told(settings)}
    command = [sys.executable, "-m", f"ingest.scripts.{name}", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def test_the_export_of_a_newsroom(tmp_path: Path, local_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    story = {"id": 7, "headline": "Talks in Bergen", "dates": {"published": "2022-03-02"}, "links": {"web": None},
             "body": {"html": f"<p>{TEXT.format('Bergen')}</p>"}}  # fmt: skip
    export = tmp_path / "export.json"
    export.write_text(json.dumps({"items": [story, {"id": 8, "headline": "A draft"}]}))
    newsroom.main(str(export))
    lines = capsys.readouterr()
    assert "A draft" in lines.err
    taken = CliRunner().invoke(main, ["ingest", "-", "--json"], input=lines.out, env=told(local_settings))
    [outcome] = json.loads(taken.output)
    assert (outcome["title"], outcome["status"]) == ("Talks in Bergen", "new")


def test_a_zotero_library_and_its_files(tmp_path: Path, local_settings: Settings) -> None:
    saved = tmp_path / "storage" / "AB12"
    saved.mkdir(parents=True)
    (saved / "The Example - 2022 - Talks in Molde.txt").write_text(TEXT.format("Molde"))
    item = {"title": "Talks in Molde", "issued": {"date-parts": [[2022, 3, 2]]}, "container-title": "The Example"}
    library = tmp_path / "library.json"
    library.write_text(json.dumps([item, {"title": "Only a name"}]))
    printed = script("zotero", str(library), "--storage", str(tmp_path / "storage"), settings=local_settings)
    assert printed.startswith("new ")
    assert "left out  Only a name: neither a file nor an address" in printed
    asked = "MATCH (a:Article {publisher: 'The Example', published: '2022-03-02'}) RETURN count(a) AS n"
    answer = CliRunner().invoke(main, ["cypher", asked, "--json"], env=told(local_settings))
    assert json.loads(answer.output) == [{"n": 1}]


def test_files_that_are_named_by_their_date(tmp_path: Path, local_settings: Settings) -> None:
    (tmp_path / "2022-03-02 Talks in Narvik.txt").write_text(TEXT.format("Narvik"))
    (tmp_path / "notes.txt").write_text("nothing")
    printed = script("dated_files", str(tmp_path), "The Example", settings=local_settings).splitlines()
    assert [line.split()[:2] for line in printed] == [["new", "2022-03-02"]]
