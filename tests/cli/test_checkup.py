"""`kb doctor` finds what is not there and says how it is mended."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kb.cli import Commands, checkup, main


def test_all_is_well_here(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(data_dir))
    found = {one.what: one for one in checkup.examine()}
    assert [one for one in found.values() if one.state == "fault"] == []
    assert "starts when it is asked" in found["graph"].found
    assert not data_dir.exists()
    run = CliRunner().invoke(main, ["doctor", "--json"])
    assert run.exit_code == 0
    assert {row["what"] for row in json.loads(run.output)} == {*found}


def test_what_is_wrong_is_named_with_its_mend(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def there(name: str) -> str:
        if name in ("dateparser", "pypdf"):
            raise PackageNotFoundError(name)
        return "0.0.1" if name == "spacy" else "99"

    monkeypatch.setenv("KB_DATA_DIR", str(data_dir))
    monkeypatch.setattr(checkup, "version", there)
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    monkeypatch.setattr(checkup, "_OLDEST", (4, 0))
    found = {one.what: one for one in checkup.examine()}
    assert {what for what, one in found.items() if one.state == "fault"} == {"Python", "packages", "disk"}
    assert "dateparser is missing" in found["packages"].found
    assert "spacy 0.0.1 is not" in found["packages"].found
    assert found["documents"].state == "warning"
    assert all(one.mend for one in found.values() if one.state != "ok")
    run = CliRunner().invoke(main, ["doctor"])
    assert run.exit_code == 1
    assert "Traceback" not in run.output


def test_a_folder_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "data"))
    assert {one.what: one.state for one in checkup.examine()}["data folder"] == "fault"


def test_a_neo4j_that_does_not_answer(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(data_dir))
    monkeypatch.setenv("KB_URI", "bolt://127.0.0.1:9")
    found = {one.what: one for one in checkup.examine()}
    assert found["graph"].state == "fault"
    assert found["graph"].mend


def test_a_disk_that_takes_nothing_is_told_in_a_sentence_by_every_command() -> None:
    group = Commands()

    @group.command("keep")
    def keep() -> None:
        Path("/dev/full").write_text("x", encoding="utf-8")

    run = CliRunner().invoke(group, ["keep"])
    assert (run.exit_code, "cannot be used (No space left on device)" in run.output) == (1, True)
    assert "Traceback" not in run.output
