"""The search by meaning on both engines, with the packaged model: what is found, kept, told and taken away again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

import kb
from ingest import ingest
from ingest.revising.remove import purge
from kb import ask, backup, meaning
from kb.api import Base
from kb.ask.search import Hit
from kb.cli import main
from kb.errors import BadInput, MissingAsset
from kb.meaning import kept
from kb.meaning import model as encoding
from kb.serve import plain
from kb.serve.http import application
from kb.store import Settings, Store, open_store
from tests.environment import told as environment
from tests.environment import variables
from tests.kept import seeded

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "meaning.md"
GRAPHRAG = "neo4j-graphrag==1.22.0"
PROGRAMS = re.findall(r"```python\n(.+?)```", GUIDE.read_text("utf-8"), re.S)
FARM = """Title: A dry summer
Published: 12 August 2022
URL: https://example.org/farm

Bakers in the valley pay a third more for flour than a year ago. The harvest was poor after two months without rain.
"""
# What is typed has none of the words of what is found.
ASKED = {
    "truce negotiations": "peace talks in Istanbul",
    "annexation of a peninsula": "Crimea",
    "pledges of protection for Kyiv": "guarantees",
}


def missing(reason: str) -> None:
    """Skip loudly on a developer's machine; in CI what is missing is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    if not meaning.is_installed():
        missing(encoding.INSTALL)


@pytest.fixture(scope="module")
def indexed(engine: Settings) -> Iterator[Store]:
    """The articles that come with the program, indexed."""
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        meaning.drop(store)
        seeded(store)
        meaning.build(store)
        yield store
        meaning.drop(store)


def nearest(store: Store, words: str, limit: int = 10) -> tuple[Hit, ...]:
    groups = ask.search_by_meaning(store, words, limit=limit).groups
    assert all(group.name == "Sentences" for group in groups)
    return groups[0].hits if groups else ()


@pytest.mark.parametrize("words", ASKED)
def test_a_sentence_is_found_that_has_none_of_the_words(indexed: Store, words: str) -> None:
    hits = nearest(indexed, words)
    assert any(ASKED[words] in " ".join(hit.text.split()) for hit in hits[:3])
    assert [hit.near for hit in hits] == sorted((hit.near or 0 for hit in hits), reverse=True)
    assert all(hit.article and hit.article.published for hit in hits)


def test_all_sentences_are_compared_as_python_compares_them(indexed: Store) -> None:
    """So both engines answer alike: each as a comparison with every sentence, made here, does."""
    rows = indexed.run("MATCH (p:Passage) RETURN p.id AS id, p.text AS text ORDER BY id")
    model = meaning.encoder()
    vectors = model.vectors(row["text"] for row in rows)
    for words in (*ASKED, "who visited whom", "soldiers crossed the border at night"):
        [wanted] = model.vectors([words])
        cosines = {row["id"]: sum(a * b for a, b in zip(vector, wanted, strict=True))
                   for row, vector in zip(rows, vectors, strict=True)}  # fmt: skip
        hits = nearest(indexed, words, limit=200)
        assert {hit.id: hit.near for hit in hits} == {
            id: pytest.approx(cosine, abs=2e-4) for id, cosine in cosines.items() if cosine >= 0.2
        }


def test_what_means_nothing_like_it_is_not_found(indexed: Store) -> None:
    assert nearest(indexed, "a recipe for banana bread with chocolate") == ()
    with pytest.raises(BadInput, match="Type what to look for"):
        ask.search_by_meaning(indexed, "  ")


def test_there_is_more_than_the_limit(indexed: Store) -> None:
    [group] = ask.search_by_meaning(indexed, "peace talks", limit=2).groups
    assert len(group.hits) == 2
    assert group.more


def test_an_article_that_is_added_is_indexed_and_one_that_is_purged_leaves_nothing(
    indexed: Store, tmp_path: Path
) -> None:
    (tmp_path / "farm.txt").write_text(FARM, encoding="utf-8")
    before = meaning.state(indexed)
    [became] = ingest([str(tmp_path)], indexed).articles
    assert became.article_id
    assert meaning.state(indexed).wanting == 0
    hit = nearest(indexed, "price of bread")[0]
    assert "flour" in hit.text
    purge(indexed, became.article_id)
    assert meaning.state(indexed) == before
    assert all("flour" not in hit.text for hit in nearest(indexed, "price of bread"))


def test_without_the_model_an_article_is_added_and_a_search_tells_what_is_wanting(
    indexed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "farm.txt").write_text(FARM, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(encoding, "_PACKAGES", ("no_such_runtime",))
        [became] = ingest([str(tmp_path)], indexed).articles
        with pytest.raises(MissingAsset, match=r"pip install 'eventline\[semantic\]'"):
            ask.search_by_meaning(indexed, "price of bread")
    assert ask.search_by_meaning(indexed, "price of bread").unindexed == meaning.state(indexed).wanting > 0
    seen: list[tuple[int, int]] = []
    assert meaning.build(indexed, lambda *told: seen.append(told)).wanting == 0
    assert seen[-1][0] == seen[-1][1] == meaning.state(indexed).sentences
    assert ask.search_by_meaning(indexed, "price of bread").unindexed == 0
    assert became.article_id
    purge(indexed, became.article_id)


def test_vectors_of_another_model_are_not_compared_but_made_anew(
    indexed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = encoding._files()
    assert files
    folder = tmp_path / "mine"
    folder.mkdir()
    # the same weights under a name of the user's own
    for path, name in zip(files[:2], ("model.onnx", "tokenizer.json"), strict=True):
        (folder / name).symlink_to(path)
    monkeypatch.setenv("KB_SENTENCE_MODEL", str(folder))
    assert meaning.encoder().name.startswith("mine ")
    with pytest.raises(BadInput, match=r"another model \(all-MiniLM-L6-v2 .*kb index does it anew by mine"):
        ask.search_by_meaning(indexed, "peace talks")
    assert meaning.keeper(indexed) is None
    assert meaning.build(indexed).model == meaning.encoder().name
    assert nearest(indexed, "truce negotiations")
    monkeypatch.setenv("KB_SENTENCE_MODEL", str(tmp_path))
    with pytest.raises(MissingAsset, match=r"is no folder with model\.onnx and tokenizer\.json"):
        meaning.encoder()
    monkeypatch.delenv("KB_SENTENCE_MODEL")
    meaning.build(indexed)


def test_a_model_that_is_none_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.setenv("KB_SENTENCE_MODEL", str(tmp_path))
    with pytest.raises(MissingAsset, match="cannot be used"):
        meaning.encoder()


def test_a_backup_leaves_the_vectors_out(indexed: Store, tmp_path: Path, data_dir: Path) -> None:
    made = backup.save(indexed, tmp_path / "story.zip")
    assert "Meaning" not in made.nodes
    backup.restore(Settings(data_dir), tmp_path / "story.zip")
    with open_store(Settings(data_dir)) as store:
        with pytest.raises(BadInput, match="not indexed by their meaning yet; kb index does it"):
            ask.search_by_meaning(store, "peace talks")
        assert meaning.build(store).wanting == 0
        assert [hit.id for hit in nearest(store, "peace talks")] == [hit.id for hit in nearest(indexed, "peace talks")]


def test_the_commands_index_find_and_drop(indexed: Store) -> None:
    runner = CliRunner(env=variables(indexed.settings))
    made = runner.invoke(main, ["index"])
    assert made.exit_code == 0, made.output
    assert "sentences are indexed by their meaning" in made.stdout
    told = runner.invoke(main, ["search", "--semantic", "truce", "negotiations"])
    assert told.stdout.startswith("Sentences")
    assert "peace talks in Istanbul" in told.stdout
    read = json.loads(runner.invoke(main, ["search", "--semantic", "truce negotiations", "--json"]).stdout)
    assert read["groups"][0]["hits"][0]["near"] > 0.4
    assert "gone" in runner.invoke(main, ["index", "--drop"]).stdout
    refused = runner.invoke(main, ["search", "--semantic", "truce"])
    assert refused.exit_code == 1
    assert "kb index does it" in refused.output
    meaning.build(indexed)


def test_python_finds_by_meaning(indexed: Store) -> None:
    where = environment(indexed.settings)
    with kb.open(where.get("KB_URI"), user=where.get("KB_USER"), password=where.get("KB_PASSWORD"),
                 data_dir=indexed.settings.data_dir, read_only=True) as base:  # fmt: skip
        [group] = base.search("truce negotiations", semantic=True, limit=3).groups
    assert len(group.hits) == 3


def test_over_http_and_to_an_assistant(indexed: Store) -> None:
    with Base(open_store(indexed.settings, role="reader")) as base:
        found = TestClient(application(base)).get("/v1/search", params={"q": "truce negotiations", "semantic": True})
        assert "peace talks" in found.json()["groups"]["Sentences"][0]["text"]
        assert found.json()["groups"]["Sentences"][0]["near"] > 0.4
        [told] = plain.search(base.search("truce negotiations", semantic=True, limit=1))["groups"].values()
    assert told[0]["article"]["published"]


def test_the_program_of_the_guide(
    indexed: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables(indexed.settings).items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
    exec(PROGRAMS[0], {})  # noqa: S102 (our own words)
    assert "2022-03-30" in capsys.readouterr().out


def test_a_retriever_for_graphrag_gives_sentences_on_neo4j(neo4j_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "retriever.py").write_text(PROGRAMS[1], encoding="utf-8")
    with open_store(neo4j_settings) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        meaning.drop(store)
        seeded(store)
        meaning.build(store)
        ours = nearest(store, "truce negotiations", limit=5)
    # fetched into a folder of its own, above the packages that are here: its bounds of theirs are others
    packages = tmp_path / "packages"
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(packages), GRAPHRAG]
    fetched = subprocess.run(fetch, capture_output=True, text=True, check=False)
    if fetched.returncode:
        missing(f"{GRAPHRAG} cannot be fetched here: {fetched.stderr[-200:]}")
    command = [sys.executable, str(tmp_path / "retriever.py")]
    given = {**os.environ, **environment(neo4j_settings), "PYTHONPATH": f"{packages}{os.pathsep}{ROOT}"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=given, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        f"{hit.article.published} {' '.join(hit.text.split())} | {hit.article.title}" for hit in ours if hit.article
    ]
    assert "peace talks in Istanbul" in ran.stdout


def test_few_sentences_at_a_time_are_held_in_memory(indexed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.drop(indexed)
    most: list[int] = []
    plain = encoding.Encoder._batch

    def watched(self: encoding.Encoder, texts: list[str]) -> list[list[float]]:
        most.append(len(texts))
        return plain(self, texts)

    monkeypatch.setattr(encoding.Encoder, "_batch", watched)
    monkeypatch.setattr(kept, "AT_ONCE", 50)
    assert meaning.build(indexed).wanting == 0
    assert max(most) <= 32
    assert len(most) > 4
