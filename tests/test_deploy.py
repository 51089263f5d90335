"""The units in deploy/ name commands that there are, with options that these take."""

from __future__ import annotations

import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import main

UNITS = sorted((Path(__file__).parents[1] / "deploy").glob("*.service"))


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_a_unit_starts_a_command(path: Path) -> None:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(path, encoding="utf-8")
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/kb")
    command = main.commands[words[0]]
    given = [word.replace("$FEEDS", "https://example.org/feed.xml") for word in words[1:]]
    command.make_context(words[0], given)  # raises where an option is none
    assert CliRunner().invoke(main, [words[0], "--help"]).exit_code == 0
    assert unit["Install"]["WantedBy"] == "default.target"


def test_there_are_units() -> None:
    assert [path.stem for path in UNITS] == ["eventline-app", "eventline-watch"]
