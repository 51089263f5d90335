"""Two stories side by side: each folder that `kb init` made has a graph of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.errors import BadInput
from kb.project import FILE, Provider, create, data_folder, find
from kb.store import server


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KB_DATA_DIR", "KB_PROJECT", "KB_URI"):
        monkeypatch.setenv(name, "")  # so that what a command sets is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def kb(*words: str) -> Result:
    run = CliRunner().invoke(main, list(words))
    assert "Traceback" not in run.output
    return run


def test_a_project_is_found_in_its_folder_and_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find() is None
    assert data_folder() == tmp_path / "home" / "eventline"
    assert "is a project now" in kb("init", "crimea").output
    (tmp_path / "crimea" / "saved" / "pages").mkdir(parents=True)
    for folder in ("crimea", "crimea/saved/pages"):
        monkeypatch.chdir(tmp_path / folder)
        assert data_folder() == tmp_path / "crimea" / ".eventline"
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "given"))
    assert data_folder() == tmp_path / "given"


def test_what_is_a_project_already_stays_as_it_is(tmp_path: Path) -> None:
    create(tmp_path)
    (tmp_path / FILE).write_text('feeds = ["https://example.org/feed.xml"]\n', encoding="utf-8")
    run = kb("init", str(tmp_path))
    assert run.exit_code == 1
    assert "is a project already" in run.output
    found = find(tmp_path)
    assert found is not None
    assert found.feeds == ("https://example.org/feed.xml",)


@pytest.mark.parametrize("words", ["feeds = [", "feeds = 3", "feeds = [1]", "\ufffe\udcff"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_bytes(words.encode("utf-16", "surrogatepass") if "\ufffe" in words else words.encode())
    with pytest.raises(BadInput, match="cannot be used"):
        find(tmp_path)
    monkeypatch.chdir(tmp_path)
    run = kb("store", "status")
    assert run.exit_code == 1
    assert FILE in run.output


def test_a_project_by_name_goes_before_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path / "one")
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "given"))
    run = kb("--project", str(tmp_path / "one"), "doctor", "--json")
    assert str(tmp_path / "one" / ".eventline") in run.output
    assert os.environ["KB_PROJECT"] == str(tmp_path / "one")
    run = kb("--project", str(tmp_path / "none"), "store", "status")
    assert run.exit_code == 1
    assert "is no project" in run.output


def test_watch_looks_at_the_feeds_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "There is nothing to watch" in kb("watch", "--once").output
    create(tmp_path)
    assert "There is nothing to watch" in kb("watch", "--once").output
    (tmp_path / FILE).write_text('feeds = ["http://127.0.0.1:9/feed.xml"]\n', encoding="utf-8")
    run = kb("watch", "--once", "--allow-private")
    assert server.stop(tmp_path / ".eventline")
    assert run.exit_code == 1
    assert "http://127.0.0.1:9/feed.xml: 1 failed" in run.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("[sign_in]\nissuer = 'https://id.example.org'\n", "sign_in wants issuer, client, address"),
        ("sign_in = true\n", "sign_in wants issuer, client, address"),
        ("[sign_in]\nissuer = 'http://id.example.org'\nclient = 'a'\naddress = 'https://a.example.org'\n",
         "begin with https://"),
        ("[sign_in]\nissuer = 'https://id.example.org'\nclient = 'a'\naddress = 'http://localhost.example.org'\n",
         "begin with https://"),
    ],
)  # fmt: skip
def test_a_provider_that_cannot_be_meant_is_refused(tmp_path: Path, words: str, says: str) -> None:
    (tmp_path / FILE).write_text(words, encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        find(tmp_path)


def test_a_provider_of_a_project_is_known(tmp_path: Path) -> None:
    words = "[sign_in]\nissuer = 'https://id.example.org/'\nclient = 'a'\naddress = 'http://localhost:{port}/'\n"
    (tmp_path / FILE).write_text(words, encoding="utf-8")
    project = find(tmp_path)
    assert project
    assert project.provider == Provider("https://id.example.org", "a", "http://localhost:{port}")
