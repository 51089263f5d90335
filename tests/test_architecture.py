"""What the guides say of the code holds: paths exist, folders, files and functions stay small, pages know no Cypher."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDES = ("docs/architecture.md", "CONTRIBUTING.md")
ROOMS = ("kb", "ingest")
CODE = (*ROOMS, "benchmarks")
NO_CYPHER = ("kb/views", "kb/cli")
MOST_MODULES, MOST_LINES, LONGEST = 16, 400, 60
CYPHER = re.compile(r"\b(?:MATCH|MERGE)\s*\(|\bUNWIND\s*[(\[$]")

# Exceptions, each by its path (a function as path::name) with its reason.
LONELY: Mapping[str, str] = {}
LONG_FILES: Mapping[str, str] = {}
LONG_FUNCTIONS: Mapping[str, str] = {}
SHOWS_CYPHER: Mapping[str, str] = {
    "kb/cli/asking.py::why": "its help shows a query that finds ids",
    "kb/cli/asking.py::cypher": "its help shows queries to begin with",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*tops: str) -> list[Path]:
    return sorted(path for top in tops for path in (ROOT / top).rglob("*.py"))


def every_module() -> list[Path]:
    """All of the project's own, without what set-up installs beside them."""
    tops = (path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "node_modules")))
    return sorted([*ROOT.glob("*.py"), *(path for top in tops for path in top.rglob("*.py"))])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def packages() -> list[Path]:
    return sorted({path.parent for path in modules(*CODE)})


def beside_init(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")


def paths_in(guide: str) -> set[str]:
    """What looks like a path of the repository, in backticks or in a drawing; <name> stands for one of many."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    drawings = re.findall(r"^```mermaid$(.*?)^```$", text, re.S | re.M)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    words = {word for code in re.findall(r"`([^`\n]+)`", prose) for word in code.split()}
    words |= {word for drawing in drawings for word in re.findall(r"(?<![\w/.])\w+/[\w/.]*", drawing)}
    words = {word.rstrip(":,") for word in words}
    return {
        word
        for word in words
        if "/" in word and word.endswith((".py", ".md", ".toml", ".json", ".xml", "/")) and "<" not in word
    }


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_exists(guide: str) -> None:
    paths = paths_in(guide)
    assert len(paths) >= 5
    wrong = [
        path for path in sorted(paths) if not (ROOT / path).exists() or path.endswith("/") != (ROOT / path).is_dir()
    ]
    assert wrong == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / guide).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / guide).parent.joinpath(link).exists()] == []


def test_every_room_of_the_contracts_is_in_the_guide() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = {
        name
        for line in text.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\S+)`", line.split("|")[1])
    }
    rooms = {
        f"{named(path)}/" if path.is_dir() else named(path)
        for top in ROOMS
        for path in (ROOT / top).iterdir()
        if (path.is_dir() and any(path.glob("*.py"))) or (path.suffix == ".py" and not path.name.startswith("__"))
    }
    assert rows == rooms


def test_no_folder_holds_too_many_modules() -> None:
    counted = {named(folder): len(beside_init(folder)) for folder in packages()}
    assert {name: count for name, count in counted.items() if count > MOST_MODULES} == {}


def test_no_package_is_made_for_one_module() -> None:
    lonely = {named(folder) for folder in packages() if len(beside_init(folder)) == 1}
    assert lonely == LONELY.keys()


def test_no_file_is_long() -> None:
    counted = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*CODE)}
    assert {name: lines for name, lines in counted.items() if lines > MOST_LINES and name not in LONG_FILES} == {}


def test_no_function_is_long() -> None:
    lengths = [
        (f"{named(path)}::{function.name}", (function.end_lineno or function.lineno) - function.lineno + 1)
        for path in modules(*CODE)
        for function in functions(path)
    ]
    assert [(name, lines) for name, lines in lengths if lines > LONGEST and name not in LONG_FUNCTIONS] == []


def test_pages_and_commands_hold_no_cypher() -> None:
    found = []
    for path in modules(*NO_CYPHER):
        shown = {
            id(function.body[0].value)
            for function in functions(path)
            if f"{named(path)}::{function.name}" in SHOWS_CYPHER and isinstance(function.body[0], ast.Expr)
        }
        for node in ast.walk(parsed(path)):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if CYPHER.search(text) and id(node) not in shown:
                found.append(f"{named(path)}:{node.lineno}")
    assert found == []


def test_every_exception_is_still_needed() -> None:
    there = {named(path) for path in modules(*CODE)} | {named(folder) for folder in packages()}
    there |= {f"{named(path)}::{function.name}" for path in modules(*CODE) for function in functions(path)}
    excepted = {**LONELY, **LONG_FILES, **LONG_FUNCTIONS, **SHOWS_CYPHER}
    assert excepted.keys() - there == set()
    assert all(excepted.values())


def test_every_module_says_what_it_is() -> None:
    assert [named(path) for path in every_module() if not (ast.get_docstring(parsed(path)) or "").strip()] == []
