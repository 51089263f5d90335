"""A run that was broken off goes on where it was, and reads again what it cannot be sure of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import ingest, journal
from ingest.read import expected
from ingest.run import Outcome
from kb.cli import main
from kb.cli.running import Course
from kb.store import Settings, Store, open_store

WORDS = "Talvik and Orsen signed the treaty on 5 May 2011. The council met in Talvik."
LINES = [{"doc_id": f"d{n}", "title": f"Talks {n}", "text": f"Round {n} was held on {n} May 2011."} for n in (1, 2, 3)]


class BrokenOffError(Exception):
    """What ends a run in these tests: the process goes on, so the run must let go of its journal."""


@pytest.fixture
def graph(local_settings: Settings) -> Iterator[Store]:
    for left in (local_settings.data_dir / "runs").glob("*"):  # by other tests
        left.unlink()
    with open_store(local_settings) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(3):
        (texts / f"{number}.txt").write_text(f"Treaty {number}\n\n{WORDS}\n", encoding="utf-8")
    (texts / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return texts


def asked(*sources: Path) -> journal.Asked:
    return journal.Asked(tuple(map(str, sources)), {}, "/")


def broken_off(store: Store, folder: Path, after: int) -> None:
    """Take the folder and break off after some articles."""
    begun = journal.new(store.settings, asked(folder))

    def stop(_: Outcome, done: int) -> None:
        if done == after:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        ingest([str(folder)], store, progress=stop, journal=begun)
    begun.end(over=False)


def resumed(store: Store, folder: Path) -> list[str]:
    """The names of what is read when the run goes on."""
    found = journal.broken_off(store, asked(folder))
    assert found is not None
    summary = ingest([str(folder)], store, journal=found)
    found.end(over=True)
    assert journal.broken_off(store, None) is None
    assert not list((store.settings.data_dir / "runs").iterdir())
    return [Path(outcome.source).name for outcome in summary.articles]


def test_what_is_done_is_not_read_again(graph: Store, folder: Path) -> None:
    broken_off(graph, folder, 4)
    found = journal.broken_off(graph, asked(folder))
    assert found is not None
    assert [found.passed(str(path)) for path in sorted(folder.iterdir())] == [True, True, True, False]
    found.end(over=False)
    assert resumed(graph, folder) == ["d2", "d3"]
    runs = graph.run("MATCH (r:IngestRun) RETURN r.articles AS articles, r.finished IS NOT NULL AS over")
    assert runs == [{"articles": 6, "over": True}]


def test_what_changed_since_or_is_gone_from_the_graph_is_read_again(graph: Store, folder: Path) -> None:
    broken_off(graph, folder, 4)
    (folder / "1.txt").write_text(f"Treaty 1\n\n{WORDS} It was signed by Orsen alone.\n", encoding="utf-8")
    graph.execute("MATCH (a:Article) WHERE a.source ENDS WITH '2.txt' DETACH DELETE a")
    assert resumed(graph, folder) == ["1.txt", "2.txt", "d2", "d3"]


def test_a_line_that_was_cut_short_counts_as_nothing(graph: Store, folder: Path) -> None:
    broken_off(graph, folder, 2)
    path = next((graph.settings.data_dir / "runs").glob("*.jsonl"))
    path.write_bytes(path.read_bytes()[:-9])
    assert resumed(graph, folder) == ["1.txt", "2.txt", "d1", "d2", "d3"]


def test_older_rules_did_nothing_for_these(graph: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off(graph, folder, 4)
    monkeypatch.setattr(journal, "rules_version", lambda: "newer")
    assert len(resumed(graph, folder)) == 6


def test_only_the_same_run_that_nobody_works_on_is_gone_on_with(graph: Store, folder: Path) -> None:
    broken_off(graph, folder, 1)
    assert journal.broken_off(graph, asked(folder.parent)) is None
    mine = journal.broken_off(graph, asked(folder))
    assert mine is not None
    assert journal.broken_off(graph, asked(folder)) is None
    mine.end(over=False)
    anew = journal.new(graph.settings, asked(folder))
    ingest([str(folder)], graph, journal=anew)  # begun anew, so the older one is forgotten
    anew.end(over=True)
    assert journal.broken_off(graph, None) is None


def test_the_command_alone_goes_on_with_the_last_run_as_it_was_asked_for(graph: Store, folder: Path) -> None:
    environment = {"KB_DATA_DIR": str(graph.settings.data_dir)}
    nothing = CliRunner().invoke(main, ["ingest", "--resume"], env=environment)
    assert (nothing.exit_code, "No run was broken off" in nothing.output) == (1, True)
    options = {"publisher": "The Example", "allow_private": False, "published": "2011-05-06"}
    begun = journal.new(graph.settings, journal.Asked((str(folder),), options, os.getcwd()))
    begun.begin(graph)
    begun.end(over=False)
    result = CliRunner().invoke(main, ["ingest", "--resume", "--json"], env=environment)
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)) == 6
    rows = graph.run("MATCH (a:Article) RETURN DISTINCT a.publisher AS publisher, a.published AS published")
    assert rows == [{"publisher": "The Example", "published": "2011-05-06"}]


@pytest.mark.parametrize(
    ("sources", "folder", "sentence"),
    [(("-",), os.getcwd(), "give the same again"), (("texts",), "/elsewhere", "cd /elsewhere")],
)
def test_a_run_that_cannot_be_begun_from_here_says_where(
    graph: Store, sources: tuple[str, ...], folder: str, sentence: str
) -> None:
    begun = journal.new(graph.settings, journal.Asked(sources, {}, folder))
    begun.begin(graph)
    begun.end(over=False)
    result = CliRunner().invoke(main, ["ingest", "--resume"], env={"KB_DATA_DIR": str(graph.settings.data_dir)})
    begun.end(over=True)
    assert result.exit_code == 1
    assert sentence in result.output


def test_how_many_articles_sources_hold(folder: Path) -> None:
    assert expected([str(folder), str(folder / "0.txt")]) == 7
    assert expected([str(folder), "https://example.org/"]) is None
    (folder / "feed.rss").write_text("<rss/>", encoding="utf-8")
    assert expected([str(folder)]) is None


def test_how_far_a_run_is_in_words() -> None:
    course = Course(1200, before=100)
    assert course.told() == "100 of 1,200 articles"
    for number in range(100):
        course.take(Outcome("a", "", None, "failed" if number == 7 else "new"))
    course.ends.clear()
    course.ends.extend([0.0, 0.5, 1.0])
    assert course.told() == "200 of 1,200 articles, 1 failed, 2.0 a second, about 8 minutes left"
    course.ends.extend([28.0])
    assert course.told() == "200 of 1,200 articles, 1 failed, 9 seconds each, about 3 hours left"
    assert Course().told() == "0 articles"
