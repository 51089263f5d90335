"""The notebooks give what they say, and the site holds all pages and asks nothing of the internet."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ingest.graph.facts import RELATIONS
from kb.store import Settings

ROOT = Path(__file__).parent.parent


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deploy_{name}", ROOT / "deploy" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_notebook_gives_what_it_shows(local_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    notebooks = script("notebooks")
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    monkeypatch.delenv("KB_URI", raising=False)
    monkeypatch.chdir(ROOT)
    paths = notebooks.notebooks()
    assert len(paths) == 3
    for path in paths:
        assert notebooks.written(notebooks.executed(path)) == path.read_text("utf-8"), "run deploy/notebooks.py"


def test_what_neo4j_s_tools_take_is_what_the_script_writes() -> None:
    made = script("dashboard")
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "deploy" / "neo4j" / "cypher").iterdir()}
    assert kept == dict(made.saved()), "run deploy/dashboard.py"
    assert len(kept) == (ROOT / "docs" / "cypher.md").read_text("utf-8").count("```cypher")
    assert json.loads((ROOT / "deploy" / "neo4j" / "dashboard.json").read_text("utf-8")) == made.dashboard()
    for page in made.dashboard()["pages"]:
        cells = [(x, y) for one in page["reports"] for x in range(one["x"], one["x"] + one["width"])
                 for y in range(one["y"], one["y"] + one["height"])]  # fmt: skip
        assert len(cells) == len(set(cells)), f"reports of {page['title']} overlap"
        assert all(x < 24 for x, _ in cells)


def test_the_perspective_for_bloom_is_what_the_script_writes_and_knows_the_graph() -> None:
    made = script("bloom").perspective()
    path = ROOT / "deploy" / "neo4j" / "bloom.json"
    assert json.loads(path.read_text("utf-8")) == made, "run deploy/bloom.py"
    types = [one["id"] for one in made["relationshipTypes"]]
    assert len(types) == len(set(types))
    guide = (ROOT / "docs" / "graph.md").read_text("utf-8")
    assert {*RELATIONS} <= {*types} == {kind for kind in types if re.search(rf"\b{kind}\b", guide)}
    rows = [row for row in guide.partition("```")[0].splitlines() if row.startswith("| `")]
    kept = set(re.findall(r"`(\w+)`", guide))  # counts, of which the guide tells further below
    for category in made["categories"]:
        [label] = category["labels"]
        [told] = [row for row in rows if f"`{label}`" in row.split("|")[1]]
        shown = {one["name"] for one in category["properties"]}
        assert shown <= {*re.findall(r"\w+", told), *kept}, label
        assert category["captionKeys"][0] in shown


def test_the_site_leads_to_every_page_and_draws_every_relationship(monkeypatch: pytest.MonkeyPatch) -> None:
    site = script("site")
    monkeypatch.setattr(sys, "path", list(sys.path))
    listed = set(re.findall(r": ([\w/.-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} | {*site.TOP, "index.md"}
    books = {f"notebooks/{path.stem}.md" for path in (ROOT / "docs" / "notebooks").glob("*.ipynb")}
    assert listed == pages | books
    drawn = site.drawing()
    assert all(f">{kind}<" in drawn for kind in RELATIONS)
    ends = {end for shape in RELATIONS.values() for end in (shape.start, *shape.end.split("|"))}
    assert ends == {*site.AROUND}
    told = "[a](docs/graph.md), [b](../CONTRIBUTING.md), [c](https://example.org/docs/x.md)"
    assert site.told_from(site.told_from(told, "docs/"), "../") == (
        "[a](graph.md), [b](CONTRIBUTING.md), [c](https://example.org/docs/x.md)")  # fmt: skip


@pytest.mark.parametrize(
    ("page", "loads"),
    [
        ('<script src="https://unpkg.com/shim"></script>', True),
        ('<link rel="stylesheet" href="//fonts.example/css">', True),
        ("<style>a{background:url(https://example.org/a.png)}</style>", True),
        ('<a href="https://example.org/">there</a><img src="docs/a.png">', False),
        ('<link rel="canonical" href="https://example.org/">', False),
    ],
)
def test_what_a_page_would_load_from_elsewhere_is_found(tmp_path: Path, page: str, loads: bool) -> None:
    (tmp_path / "index.html").write_text(page)
    assert bool(list(script("site").foreign(tmp_path))) == loads


def test_a_notebook_becomes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    shutil.copy(ROOT / "docs" / "notebooks" / "2-questions-in-cypher.ipynb", path)
    page = "\n\n".join(script("site").as_markdown(json.loads(path.read_text("utf-8"))))
    assert page.startswith("# Questions in Cypher")
    assert "```python\nimport kb" in page
    assert "<td>Vladimir Putin</td>" in page
    assert "<style" not in page
