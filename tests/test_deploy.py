"""The units and containers in deploy/ name commands that there are, with options that these take."""

from __future__ import annotations

import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest
import srsly
from click.testing import CliRunner

from kb.cli import main

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text()


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


def started(words: list[str]) -> None:
    command = main.commands[words[0]]
    command.make_context(words[0], words[1:])  # raises where an option is none


def test_the_container_starts_the_app_and_copies_what_there_is() -> None:
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", CONTAINER, re.M)[0]) == ["kb"]
    started(json.loads(re.findall(r"^CMD (.*)$", CONTAINER, re.M)[0]))
    named = re.findall(r"(?:-r |python )([\w/.-]+\.(?:txt|py))", CONTAINER)
    assert named
    assert all((ROOT / name).is_file() for name in named)


def test_compose_starts_commands_that_there_are() -> None:
    services = srsly.yaml_loads((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    assert set(services) == {"neo4j", "app", "watch"}
    started(services["app"]["command"])
    started(shlex.split(services["watch"]["entrypoint"][-1].replace("$$FEEDS", "https://example.org/feed.xml"))[2:])
    assert services["app"]["ports"] == ["127.0.0.1:8501:8501"]
    assert set(services["app"]["environment"]) <= {"KB_URI", "KB_USER", "KB_PASSWORD"}
