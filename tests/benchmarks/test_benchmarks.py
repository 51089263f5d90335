"""The benchmarks measure what they say: figures taken over, tables, losses, reliability, maps, and one set for real."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import calibrate, quality, speed
from benchmarks.calibrate import refitted, shares
from benchmarks.scoring.gold import Reader, find_sets
from benchmarks.scoring.parts import (
    LOOKED_AT,
    ONLY_SCORED,
    PARTS,
    WHOLE,
    lines_of,
    named,
    only_scored,
    part_of,
    unnamed,
)
from benchmarks.scoring.reliability import Judged, by_part, judge, pair, tables
from benchmarks.scoring.results import (
    BEGIN,
    END,
    HEADS,
    PAGE,
    Results,
    falls,
    load_expected,
    load_results,
    markdown,
    page_section,
    plain,
    table_rows,
    with_now,
    with_release,
)
from benchmarks.scoring.scores import ScorerError, printed_figures, score, write_top_events
from ingest.reading.findings import Document

GOLD = os.environ.get("KB_GOLD")
needs_gold = pytest.mark.skipif(not GOLD, reason="KB_GOLD names no folder with gold sets and their scorers")

EVENTS_PRINTED = """gold dated event mentions 8  predicted 21
event recall 75.00  date accuracy exact 66.67 prefix 83.33  dated recall 50.00
participants 80.00 of 5
cross-doc pairs: recall 25.00 precision -
"""


def test_printed_figures_are_taken_over_and_a_dash_is_no_figure() -> None:
    assert printed_figures("events", EVENTS_PRINTED) == {
        "recall": 75.0,
        "exact date": 66.67,
        "dated recall": 50.0,
        "participants": 80.0,
        "cross-document recall": 25.0,
    }
    printed = "gold named mentions 4  predicted 5  matched 3\nmention P 60.00 R 75.00 F1 66.67\n"
    printed += "B3      P 90.00 R 45.00 F1 60.00\ntype accuracy 100.00\n"
    assert printed_figures("entities", printed) == {"mention F1": 66.67, "B3 F1": 60.0, "type accuracy": 100.0}


def test_a_scorer_that_prints_something_else_is_an_error() -> None:
    with pytest.raises(ScorerError, match="no figure for participants"):
        printed_figures("events", EVENTS_PRINTED.replace("participants", "actors"))


EXPECTED: Any = {
    "times/own: value F1": {
        "goal": 85,
        "peers": [{"name": "Clockwork", "value": 71.5, "on": "all of it", "source": "its own report"}],
    }
}


def test_the_table_sets_each_figure_beside_the_release_the_goal_and_the_peers() -> None:
    now = {
        "times/own: value F1": 84.5, "times/own: value F1 (looked at)": 86.0, "times/own: value F1 (only scored)": 81.5,
        "times/own: span F1": 93.0,
    }  # fmt: skip
    rows = table_rows(now, {"times/own: value F1": 85.25}, EXPECTED)
    assert rows == [
        (
            "times/own",
            "value F1",
            "84.50",
            "86.00",
            "81.50",
            "85.25",
            "-0.75",
            "85 missed",
            "Clockwork 71.5 (all of it)",
        ),
        ("times/own", "span F1", "93.00", "", "", "", "", "", ""),
    ]
    lines = plain(HEADS, rows).splitlines()
    told = "times/own value F1 84.50 86.00 81.50 85.25 -0.75 85 missed Clockwork 71.5 (all of it)"
    assert lines[1].split() == told.split()
    assert markdown(HEADS, rows).splitlines()[1:3] == [
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        "| times/own | value F1 | 84.50 | 86.00 | 81.50 | 85.25 | -0.75 | 85 missed | Clockwork 71.5 (all of it) |",
    ]


def test_a_third_is_only_scored_and_no_document_is_in_both_parts() -> None:
    assert 80 < sum(only_scored(f"document-{number}") for number in range(300)) < 120
    lines = [json.dumps({"id": str(number)}) + "\n" for number in range(30)]
    looked, scored = (lines_of(lines, part, "id") for part in (LOOKED_AT, ONLY_SCORED))
    assert sorted(looked + scored) == sorted(lines_of(lines, WHOLE, "id")) == sorted(lines)
    assert {part_of(json.loads(line)["id"]) for line in scored} == {ONLY_SCORED}
    assert [unnamed(named("value F1", part)) for part in PARTS] == [("value F1", part) for part in PARTS]


CASES = [
    {"id": "a", "published": "2011-07-01", "text": "France protested in June 2011.",
     "checks": [{"time": "June 2011", "value": ["2011-06"]}, {"time": "June 2011", "value": ["2012-06"]}]},
    {"id": "b", "html": "<html><body><p>Nothing.</p></body></html>", "checks": [{"published": ["2011-07-01"]}]},
]  # fmt: skip


@needs_gold
def test_cases_are_texts_and_pages_whose_checks_are_counted_by_kind(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    shutil.copy(Path(str(GOLD), "bench", "score_cases.py"), tmp_path)
    text = f"<p>{'</p><p>'.join(BODY)}</p>"
    CASES[1]["html"] = f"<html><head><meta property='article:published_time' content='2011-07-01'></head>{text}</html>"
    lines = [json.dumps(case) + "\n" for case in CASES]
    (tmp_path / "cases" / "reading_own.jsonl").write_text("".join(lines), encoding="utf-8")
    (each,) = find_sets(tmp_path)
    assert score(each, Reader(tmp_path / "read"))[WHOLE] == {"dates": 50.0, "pages": 100.0, "all": 66.67}


def test_only_a_fall_of_more_than_the_margin_counts() -> None:
    kept = {"a: x": 80.0, "a: y": 80.0, "a: z": 80.0}
    assert falls({"a: x": 79.7, "a: y": 79.69, "a: new": 1.0}, kept, 0.3) == ["a: y fell from 80.00 to 79.69"]


def test_saving_one_set_keeps_the_others_and_a_release_copies_what_is_saved() -> None:
    kept: Results = {"now": {"version": "1", "figures": {"a: x": 1.0, "b: x": 2.0}}, "release": {}}
    saved = with_now(kept, {"version": "2", "figures": {"b: x": 3.0}})
    assert saved["now"] == {"version": "2", "figures": {"a: x": 1.0, "b: x": 3.0}, "reliability": {}}
    released = with_release(saved, "2.0")
    assert released["release"] == {**saved["now"], "version": "2.0"}


def test_pairs_are_one_to_one_and_the_greatest_weight_goes_first() -> None:
    assert pair([(1, 0, 0), (3, 0, 1), (2, 1, 1), (1, 1, 0)]) == {1: 0, 0: 1}


def item(stated: float, right: bool, kind: str = "claims", doc: str = "d") -> Judged:
    return Judged(kind, doc, stated, ("direct",), right)


def test_reliability_sets_what_is_stated_beside_what_is_right() -> None:
    judged = [item(0.9, True), item(0.9, False), item(1.0, True), item(0.3, False)]
    assert tables(judged) == {
        "claims": {
            "count": 4,
            "error": round((3 * abs(2.8 / 3 - 2 / 3) + 0.3) / 4, 4),
            "bins": {
                "0.3-0.4": {"count": 1, "stated": 0.3, "right": 0.0},
                "0.9-1.0": {"count": 3, "stated": 0.933, "right": 0.667},
            },
        }
    }


def test_reliability_is_told_apart_for_what_is_only_scored() -> None:
    names = [str(number) for number in range(40)]
    judged = [item(0.9, not only_scored(name), doc=name) for name in names]
    told = by_part(judged)
    assert sorted(told) == ["claims", "claims (only scored)"]
    assert told["claims (only scored)"]["count"] == sum(map(only_scored, names))
    assert told["claims (only scored)"]["bins"]["0.9-1.0"]["right"] == 0.0


def test_a_sort_has_the_share_that_was_right_drawn_towards_the_mean() -> None:
    judged = [item(0.9, number < 6) for number in range(8)]
    judged += [Judged("claims", "d", 0.9, ("indirect",), True) for _ in range(7)]
    mean = 13 / 15
    assert shares(judged) == {"direct": (pytest.approx((6 + 4 * mean) / 12), 8)}


def test_refitted_confidences_come_from_other_documents() -> None:
    one_half = [item(0.9, False, doc="a") for _ in range(8)]
    other_half = [item(0.9, True, doc="b") for _ in range(8)]
    assert {each.doc: each.confidence for each in refitted(one_half + other_half)} == {"a": 1.0, "b": 0.0}


def test_top_events_are_the_most_salient_with_all_their_mentions(tmp_path: Path) -> None:
    rows = [
        {"event_id": "late", "start": 90, "salience": 0.5},
        {"event_id": "least", "start": 0, "salience": 0.1},
        {"event_id": "early", "start": 10, "salience": 0.5},
        {"event_id": "best", "start": 40, "salience": 0.9},
        {"event_id": "best", "start": 70, "salience": 0.9},
    ]
    (tmp_path / "docs.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "events.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    kept = (write_top_events(tmp_path, 2) / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event_id"] for line in kept] == ["early", "best", "best"]


BODY = [
    "The harbour council of Port Ellen voted on Tuesday to rebuild the lighthouse, which a storm damaged in 1998.",
    "Engineers will begin with the foundations in May, and the lamp is to be lit again before the end of next year.",
    "The mayor said that the town had waited long enough, and that the money had been set aside for the work.",
]


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder of gold with one set, a page written for this test, and the files that results go to."""
    pages = tmp_path / "bench" / "pages"
    pages.mkdir(parents=True)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    page = f"<html><head><title>Lighthouse</title></head><body><article>{paragraphs}</article></body></html>"
    (pages / "one.html.gz").write_bytes(gzip.compress(page.encode()))
    gold = {"one": {"articleBody": "\n\n".join(BODY), "url": ""}}
    (pages / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "peers.json").write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "page.md").write_text(f"# Own\n\n{BEGIN}\n{END}\n\nMore.\n", encoding="utf-8")
    return tmp_path / "bench"


def run(arguments: Sequence[str], folder: Path) -> int:
    return quality.main(arguments, folder / "results.json", folder / "peers.json", folder / "page.md")


def test_a_run_prints_saves_and_notices_a_loss(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = bench.parent
    assert run([str(bench), "--strict", "--save"], files) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == " ".join(HEADS).split()
    assert printed[1].split()[:3] == ["pages", "body", "F1"]
    assert float(printed[1].split()[3]) > 90
    kept = load_results(files / "results.json")
    assert run(["--release", "1.0"], files) == 0
    assert load_results(files / "results.json")["release"] == {**kept["now"], "version": "1.0"}
    page = (files / "page.md").read_text(encoding="utf-8")
    assert "the last release is 1.0" in page
    assert page.startswith("# Own\n")
    assert page.endswith("\n\nMore.\n")

    better = {"now": {**kept["now"], "figures": {"pages: body F1": 100.9}}, "release": {}}
    (files / "results.json").write_text(json.dumps(better), encoding="utf-8")
    assert run([str(bench), "--strict"], files) == 1
    assert "pages: body F1 fell from 100.90 to" in capsys.readouterr().out
    assert run([str(bench)], files) == 0


def test_what_is_no_folder_of_gold_is_one_sentence_and_exit_2(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*arguments: str) -> str:
        assert run(arguments, bench.parent) == 2
        return capsys.readouterr().err.strip()

    assert refused().startswith("Give the folder of gold sets")
    assert refused(str(bench / "nowhere")).startswith(f"There is no folder {bench / 'nowhere'}; give")
    assert "holds no gold set; give" in refused(str(bench / "pages"))
    assert refused(str(bench), "--only", "times") == "There is no set times; there are pages."
    assert refused("--release", "1.0").startswith("Nothing is saved yet")
    (bench / "times").mkdir()
    (bench / "times" / "own.gold.jsonl").touch()
    assert "has the set times/own but no score_times.py" in refused(str(bench))
    assert calibrate.main([str(bench / "nowhere")]) == 2


TOWN = (
    "The parliament of Norway passed a law on fishing on 3 May 2011. “We have waited for this,” said Ingrid Solberg. "
    "France protested in June 2011. Officials in Paris said that boats would stay in the harbours."
)


def spans(*parts: str) -> list[list[int]]:
    return [[TOWN.index(part), TOWN.index(part) + len(part)] for part in parts]


def own_gold(data: Path) -> None:
    """Sets of one document; what is deliberately unlike what is read makes both kinds of error."""

    def put(name: str, gold: list[dict[str, Any]]) -> None:
        path = data / f"{name}.gold.jsonl"
        path.parent.mkdir(parents=True)
        path.write_text("".join(json.dumps({"doc_id": "d", **row}) + "\n" for row in gold), encoding="utf-8")
        document = {"doc_id": "d", "published": "2011-07-01", "title": None, "text": TOWN}
        (data / f"{name}.docs.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")

    def at(words: str, **fields: Any) -> dict[str, Any]:
        ((start, end),) = spans(words)
        return {"start": start, "end": end, "text": words, **fields}

    put("times/own", [at("3 May 2011", type="DATE", value="2011-05-03"), at("June 2011", type="DATE", value="2012")])
    put("events/own", [at("passed", event_id="a", date="2011-05-03", participants=[]),
                       at("protested", event_id="b", date="2012", participants=[])])  # fmt: skip
    said, stay = spans("We have waited for this"), spans("that boats would stay in the harbours")
    put("quotes/own", [
        {"content": said, "source": spans("Ingrid Solberg"), "source_text": "Ingrid Solberg", "direct": True},
        {"content": stay, "source": spans("France"), "source_text": "France", "direct": False}])  # fmt: skip


@needs_gold
def test_what_is_judged_one_by_one_adds_up_to_what_the_scorers_say(tmp_path: Path) -> None:
    own_gold(tmp_path)
    for scorer in Path(str(GOLD), "bench").glob("score_*.py"):
        shutil.copy(scorer, tmp_path)
    sets, reader = find_sets(tmp_path), Reader(tmp_path / "read")
    assert [each.name for each in sets] == ["times/own", "events/own", "quotes/own"]
    figures = {each.kind: score(each, reader)[WHOLE] for each in sets}
    judged = judge(sets, reader)

    def f1(kind: str, gold: int) -> float:
        found = [each.right for each in judged if each.kind == kind]
        return round(100 * 2 * sum(found) / (len(found) + gold), 2)

    assert 0 < figures["times"]["value F1"] < 100
    assert f1("times", 2) == figures["times"]["value F1"]
    assert 0 < figures["quotes"]["all end-to-end"] < 100
    assert f1("claims", 2) == figures["quotes"]["all end-to-end"]
    dated = [each.right for each in judged if each.kind == "events"]
    assert round(100 * sum(dated) / 2, 2) == figures["events"]["dated recall"] == 50.0


@needs_gold
def test_the_story_does_not_fall_below_the_kept_figures(tmp_path: Path) -> None:
    (each,) = find_sets(Path(str(GOLD), "bench"), ("story/seed",))
    now = {f"{each.name}: {name}": value for name, value in score(each, Reader(tmp_path))[WHOLE].items()}
    kept = load_results()["now"]["figures"]
    assert set(now) == {name for name in kept if name.startswith("story/seed: ") and unnamed(name)[1] == WHOLE}
    assert falls(now, kept, 0.5) == []


def test_the_page_shows_the_kept_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = page[page.index(BEGIN) + len(BEGIN) : page.index(END)].strip()
    assert shown == page_section(load_results(), load_expected())


def test_goals_and_peers_belong_to_figures_and_say_where_they_are_from() -> None:
    figures = load_results()["now"]["figures"]
    for name, held in load_expected().items():
        assert name in figures
        assert all(peer["source"] for peer in held["peers"])


def test_every_step_is_timed_and_a_missing_source_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seconds = speed.measure([Document("own", "Norway joined the pact in 1949. Oslo said that it would stay.")], 1)
    assert list(seconds) == [speed.BARE, speed.PARSE, *speed.STEPS, speed.WHOLE]
    assert all(spent > 0 for spent in seconds.values())
    assert speed.main([str(tmp_path / "nowhere.txt")]) == 2
    assert "nowhere.txt cannot be read" in capsys.readouterr().err


def test_speed_is_told_in_words_a_second_and_beside_the_parse() -> None:
    seconds = {speed.BARE: 2.0, "times": 0.5, speed.WHOLE: 3.5}
    assert speed.table(seconds, 5000).splitlines() == [
        "step                     ms  words/s  of the bare parse",
        "bare spaCy parse       2000    2,500               1.00",
        "times                   500   10,000               0.25",
        "the whole of annotate  3500    1,429               1.75",
    ]
    assert speed.goals(seconds, 5000) == [
        "times, words a second: 10,000, goal 20,000: missed",
        "times, share of the bare parse: 0.25, goal below 0.33: met",
        "whole over bare parse: 1.75, goal at most 1.6: missed",
    ]
