"""`kb digest` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.store import Settings
from tests.cli.test_cli import run, variables

FIRST = """Title: Port of Arvana falls
Published: 4 March 2022
URL: https://example.org/port
Publisher: The Example

Rebels captured the port of Arvana on March 3, 2022, after a siege of three weeks, the government of Beldar said.

Governor Marek Dol fled the city of Arvana by boat on Friday with forty soldiers of the garrison.
"""
SECOND = """Title: Truce signed
Published: 1 June 2022
URL: https://example.org/truce

Rebels and ministers signed a truce in Beldar on Wednesday, three months after the siege of Arvana.

The rebels have held the port of Arvana since March 3, 2022, when its garrison surrendered to General Osk Varn.
"""


@pytest.fixture
def told(local_settings: Settings, tmp_path: Path) -> dict[str, str | None]:
    for number, text in enumerate((FIRST, SECOND)):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    env = variables(local_settings)
    done = run("ingest", *(str(tmp_path / f"{number}.txt") for number in (0, 1)), env=env)
    assert done.exit_code == 0, done.output
    return env


def test_the_story_in_days(told: dict[str, str | None], tmp_path: Path) -> None:
    done = run("digest", env=told)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("3 Mar 2022\n  Rebels captured the port of Arvana")
    assert "Port of Arvana falls" in done.output
    assert "https://example.org/port" in done.output
    assert "(event-" in done.output

    assert run("digest", "--days", "1", "--sentences", "1", env=told).output.count("https://") == 1
    assert run("digest", "--chapters", env=told).output.startswith("3 Mar to 1 Jun 2022: ")
    assert run("digest", "--from", "2022-05-01", env=told).output.startswith("1 Jun 2022\n")
    days = json.loads(run("digest", "--json", env=told).output)["days"]
    assert {"2022-03-03", "2022-06-01"} <= {day["date"] for day in days}
    assert run("digest", "--markdown", env=told).output.startswith("# The story\n\n## 3 Mar 2022\n")
    lines = [json.loads(line) for line in run("digest", "--jsonl", env=told).output.splitlines()]
    assert {"2022-03-03", "2022-06-01"} <= {row["date"] for row in lines}
    assert {"date", "importance", "sentences"} == lines[0].keys()

    path = tmp_path / "story.json"
    done = run("digest", "--timelinejs", "--out", str(path), env=told)
    assert (done.exit_code, done.output) == (0, "")
    assert json.loads(path.read_text("utf-8"))["events"][0]["start_date"] == {"year": 2022, "month": 3, "day": 3}

    about = run("digest", "--person", "marek dol", "--json", env=told)
    assert json.loads(about.output)["about"] == "Marek Dol"
    assert "No article says anything of a day that fits." in run("digest", "--from", "2030-01-01", env=told).output


BAD = [
    (["--days", "0"], 2, "days"),
    (["--from", "soon"], 1, "is no day"),
    (["--from", "2022-05-01", "--to", "2022-04-01"], 1, "earlier day first"),
    (["--person", "Nobody At All"], 1, "is called “Nobody At All”"),
    (["--place", "Nowhere"], 1, "No place is called “Nowhere”"),
    (["--chapters", "--jsonl"], 1, "--jsonl has days alone"),
    (["--out", "/nonexistent/story.txt"], 1, "cannot be written"),
]


@pytest.mark.parametrize(("words", "code", "says"), BAD)
def test_wrong_words_are_refused_in_a_sentence(
    words: list[str], code: int, says: str, local_settings: Settings
) -> None:
    done = run("digest", *words, env=variables(local_settings))
    assert done.exit_code == code, done.output
    assert says in done.output
    assert "Traceback" not in done.output


def test_an_empty_graph_is_one_sentence(local_settings: Settings) -> None:
    done = run("digest", env=variables(local_settings))
    assert (done.exit_code, done.output) == (0, "No article says anything of a day that fits.\n")
