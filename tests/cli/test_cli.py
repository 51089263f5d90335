"""The command line as a user meets it: what it prints, how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from kb.cli import TASKS, main, reference
from kb.store import Settings, open_store
from tests import synthetic
from tests.environment import variables
from tests.website import Answer, website

TEXT = """Title: Talks in Istanbul
Published: 30 March 2022
URL: https://example.org/talks

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022, and agreed to
meet again.

“We want guarantees,” David Arakhamia said after the meeting.
"""


def run(*words: str, env: dict[str, str | None] | None = None, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), env=env, input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _commands(group: click.Group, *above: str) -> list[str]:
    """Every command below a group, by its words."""
    inner = [(name, command) for name, command in group.commands.items()]
    deeper = [word for name, one in inner if isinstance(one, click.Group) for word in _commands(one, *above, name)]
    return [" ".join(above), *(" ".join((*above, name)) for name, one in inner), *deeper]


COMMANDS = sorted(set(_commands(main)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.output.split("\n")) > 5


def test_help_lists_every_command_once_by_task() -> None:
    assert sorted(name for names in TASKS.values() for name in names) == sorted(main.commands)
    told = run("--help").output
    assert all(f"\n{task}:\n" in told for task in TASKS)
    assert "More:" not in told
    assert "Exit codes: 0 done" in told


def test_the_reference_of_commands_is_up_to_date() -> None:
    assert reference.PATH.read_text("utf-8") == reference.reference(), "run python -m kb.cli.reference"
    assert all(f"### `kb {name}`\n" in reference.reference() for name in main.commands)


def test_a_shell_completes_commands() -> None:
    asked = {"_KB_COMPLETE": "bash_complete", "COMP_WORDS": "kb time", "COMP_CWORD": "1"}
    assert CliRunner().invoke(main, prog_name="kb", env=asked).output.split() == ["plain,timeline"]
    assert all("_KB_COMPLETE" in run("completion", shell).output for shell in ("bash", "zsh", "fish"))


# They run on, write a file of its own form, or are done when they end without a word.
WITHOUT_JSON = {"", "api", "app", "completion", "demo", "export", "mcp", "user add", "user remove"}


def test_every_command_that_tells_something_tells_it_as_json() -> None:
    groups = {command for command in COMMANDS if any(other.startswith(f"{command} ") for other in COMMANDS)}
    without = {command for command in COMMANDS if "--json" not in run(*command.split(), "--help").output}
    assert without - groups == WITHOUT_JSON


BAD = [
    (["undo", "--json"], 2, "--dry-run"),
    (["reannotate", "--json"], 2, "--dry-run"),
    (["ingest"], 2, "SOURCE"),
    (["ingest", "x.txt", "--published", "last week"], 2, "cannot be read as a date"),
    (["annotate", "x.txt"], 2, "--out"),
    (["app", "--port", "99999999"], 2, "port"),
    (["nonsense"], 2, "nonsense"),
    (["search"], 2, "WORDS"),
    (["export"], 2, "--format"),
    (["export", "--format", "docx"], 2, "docx"),
    (["export", "--format", "csv", "--from", "2023-01-01", "--to", "2022-01-01"], 1, "give the earlier day first"),
    (["timeline", "--from", "2023-01-01", "--to", "2022-01-01"], 1, "give the earlier day first"),
    (["set-published", "article-1"], 2, "--clear"),
    (["set-published", "article-1", "2024", "--clear"], 2, "--clear"),
    (["decide", "who", "event-1", "person-1"], 2, "--as ROLE or --not"),
    (["decide", "where", "event-1"], 2, "PLACE or --nowhere"),
    (["set-date", "event-1", "soon"], 2, "write 10 April 2022"),
]


@pytest.mark.parametrize(("words", "code", "says"), BAD)
def test_wrong_words_are_refused_in_a_sentence(words: list[str], code: int, says: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert says in result.output
    assert "Traceback" not in result.output


def test_ingest_tells_what_became_of_each_article_as_json(local_settings: Settings, article: Path) -> None:
    result = run("ingest", str(article), "no such file", "--json", env=variables(local_settings))
    one, other = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (one["source"], one["status"], one["counts"]["events"] > 0) == (str(article), "new", True)
    assert (other["status"], "no such file" in other["reason"]) == ("failed", True)


def test_ingest_says_what_was_found_and_then_that_nothing_changed(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    first = run("ingest", str(article), env=env)
    assert first.exit_code == 0, first.output
    assert "Talks in Istanbul" in first.output
    assert "1 article: 1 new." in first.output
    again = run("ingest", str(article), env=env)
    assert again.exit_code == 0
    assert "1 article: 1 unchanged." in again.output
    assert "Nothing changed." in again.output


def test_standard_input_is_a_source(local_settings: Settings) -> None:
    result = run("ingest", "-", "--url", "https://example.org/other", env=variables(local_settings), stdin=TEXT)
    assert result.exit_code == 0, result.output
    assert "1 new" in result.output


def test_an_address_is_a_source(local_settings: Settings) -> None:
    env = variables(local_settings)
    article = f"<article><h1>Talks in Oslo</h1>{TEXT}</article>"
    page = f"<html><head><title>Talks in Oslo</title></head><body>{article}</body></html>"
    pages = {
        "/talks": Answer(body=page.replace("\n\n", "<p>")),
        "/robots.txt": Answer(body="User-agent: *\nDisallow: /no"),
    }
    with website(pages) as site:
        refused = run("ingest", f"{site.address}/talks", env=env)
        assert refused.exit_code == 1
        assert "--allow-private" in refused.output
        assert site.asked == []
        first = run(
            "ingest", "--allow-private", f"{site.address}/talks", f"{site.address}/no", f"{site.address}/gone", env=env
        )
        assert first.exit_code == 1
        assert "1 new, 2 failed" in first.output
        assert "does not want programs" in first.output
        assert "is not there" in first.output
        again = run("ingest", f"{site.address}/talks", env=env | {"KB_ALLOW_PRIVATE": "1"})
        assert "Nothing changed." in again.output, again.output
    query = "MATCH (a:Article) RETURN a.url AS url, a.title AS title"
    found = json.loads(run("cypher", query, "--json", env=env).output)
    assert found == [{"url": f"{site.address}/talks", "title": "Talks in Oslo"}]


def test_a_failed_article_is_named_and_the_exit_code_says_so(local_settings: Settings, article: Path) -> None:
    (article.parent / "empty.txt").write_text("")
    result = run("ingest", str(article.parent), env=variables(local_settings))
    assert result.exit_code == 1
    assert "empty.txt" in result.output
    assert "1 new, 1 failed" in result.output


def test_the_log_holds_a_line_for_each_article(tmp_path: Path, local_settings: Settings, article: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("menu")
    run("ingest", str(article), str(bad), env=variables(local_settings))
    lines = [json.loads(line) for line in (local_settings.data_dir / "kb.log").read_text().splitlines()]
    mine = {Path(line["source"]).name: line for line in lines if line["source"] in (str(article), str(bad))}
    assert mine["talks.txt"]["status"] in ("new", "unchanged")
    assert mine["talks.txt"]["article"].startswith("article-")
    assert (mine["bad.txt"]["level"], mine["bad.txt"]["status"]) == ("warning", "failed")
    assert "holds no text" in mine["bad.txt"]["reason"]
    assert mine["talks.txt"]["run"] == mine["bad.txt"]["run"]


def test_an_article_in_ukrainian_has_its_times_and_stands_by_its_day(tmp_path: Path, local_settings: Settings) -> None:
    page = tmp_path / "uk.txt"
    page.write_text(
        "Title: Переговори в Стамбулі\nPublished: 30 March 2022\nURL: https://example.org/uk\n\n"
        "Українська та російська делегації провели у вівторок переговори, які тривали чотири години.\n"
    )
    env = variables(local_settings)
    assert "written in Ukrainian, of which only dates are read" in run("ingest", str(page), env=env).output
    assert "30 Mar 2022: Переговори в Стамбулі" in run("timeline", env=env).output
    times = "MATCH (a:Article {url: 'https://example.org/uk'})-[*1..3]->(t:TimeExpression) RETURN t.text, t.edtf"
    assert "вівторок,2022-03-29" in run("cypher", times, "--csv", env=env).output


def test_cypher_prints_table_json_and_csv(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    query = "MATCH (a:Article) RETURN a.title AS title, a.published AS published"
    table = run("cypher", query, env=env)
    assert table.exit_code == 0
    assert "Talks in Istanbul" in table.output
    assert "1 row in" in table.output
    assert json.loads(run("cypher", query, "--json", env=env).output) == [
        {"title": "Talks in Istanbul", "published": "2022-03-30"}
    ]
    assert run("cypher", query, "--csv", env=env).output.splitlines() == [
        "title,published",
        "Talks in Istanbul,2022-03-30",
    ]
    assert "2022-03-30" in run("cypher", "-", env=env, stdin=query).output


URL = "https://example.org/talks"
PUBLISHED = ["cypher", "MATCH (a:Article) RETURN a.published AS p", "--json"]


def test_a_publication_date_is_corrected_after_a_yes(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    dry = run("set-published", URL, "2022-04-02", "--dry-run", env=env)
    assert dry.exit_code == 0, dry.output
    assert "2 Apr 2022" in dry.output
    heading, *listed = dry.output.splitlines()
    assert re.fullmatch(r"(\d+) differences? in what the articles say:", heading)
    assert len([line for line in listed if re.match(r"(published|words|event|said): ", line)]) == int(
        heading.split()[0]
    )
    refused = run("set-published", URL, "2022-04-02", env=env, stdin="n\n")
    assert refused.exit_code == 1
    assert json.loads(run(*PUBLISHED, env=env).output) == [{"p": "2022-03-30"}]
    applied = run("set-published", URL, "2022-04-02", "--reason", "misprint", env=env, stdin="y\n")
    assert applied.exit_code == 0, applied.output
    assert json.loads(run(*PUBLISHED, env=env).output) == [{"p": "2022-04-02"}]
    told = run("ingest", str(article), "--published", "2021-01-01", env=env)
    assert "kept the publication date 2022-04-02" in told.output
    assert run("set-published", URL, "--clear", "--yes", env=env).exit_code == 0
    # The date that was given last holds again.
    assert json.loads(run(*PUBLISHED, env=env).output) == [{"p": "2021-01-01"}]


def test_search_gives_sentences_events_and_what_happened_then(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    told = run("search", "istanbul", '"peace talks"', env=env)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Events\n  29 Mar 2022: Peace talks in Istanbul")
    assert "\nSentences\n  Russian and Ukrainian negotiators held peace talks" in told.output
    found = json.loads(run("search", "negotiators", "March", "2022", "--json", "--limit", "1", env=env).output)
    assert (found["words"], found["date"]) == ("negotiators March 2022", "2022-03")
    events = next(group for group in found["groups"] if group["name"] == "Events")
    assert events["hits"][0]["edtf"] == "2022-03-29"
    assert run("search", "quokka", env=env).output == (
        "Nothing found: “quokka” stands nowhere; a word with * finds all that begins so.\n"
    )
    told = run("search", "Istanbul quokka negotiators", env=env).output
    assert told.startswith("Nothing found: “quokka” stands nowhere; try kb search Istanbul negotiators, ")
    assert "kb search --semantic" not in told, "nothing is indexed"
    told = run("search", '"talks peace" negotiators', env=env).output
    assert told == (
        "Nothing found: “talks peace” stands nowhere; try kb search talks peace negotiators or kb search negotiators.\n"
    )
    told = run("search", "Istanbuls", env=env).output
    assert told == "Nothing found: “Istanbuls” stands nowhere; try kb search 'Istanbu*'.\n"
    told = run("search", "guarantees Istanbul", env=env).output
    assert told == "Nothing found in one place; try kb search guarantees or kb search Istanbul.\n"
    for way in ("guarantees", "Istanbu*", "talks peace negotiators"):
        assert "Nothing found" not in run("search", way, env=env).output
    refused = run("search", "((", env=env)
    assert (refused.exit_code, refused.output[:18]) == (1, "Error: Type a word")


def test_events_are_exported_into_a_file_or_to_standard_output(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    out = article.parent / "events.csv"
    told = run("export", "--format", "csv", "--out", str(out), "--text", "Istanbul", env=env)
    assert told.exit_code == 0, told.output
    assert told.output.endswith(f" events, in {out}\n")
    assert "Peace talks in Istanbul" in out.read_text(encoding="utf-8-sig")
    whole = json.loads(run("export", "--format", "json", "--title", "Talks", env=env).output)
    assert whole["title"] == "Talks"
    assert "2022-03-29" in [event["edtf"] for event in whole["events"]]
    refused = run("export", "--format", "csv", "--out", str(article.parent / "no" / "such.csv"), env=env)
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)


def test_why_tells_a_date_in_a_line_and_where_it_stands(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    query = "MATCH (t:TimeExpression {edtf: '2022-03-29'}) RETURN t.id AS id"
    id = json.loads(run("cypher", query, "--json", env=env).output)[0]["id"]
    assert run("cypher", query, "--csv", env=env).output.split("\n") == ["id", id, ""]
    lines = run("why", id, env=env).output.splitlines()
    assert lines[0].startswith("“March 29, 2022” → ")
    assert lines[0].endswith("2022-03-29 (29 Mar 2022)")
    assert "peace talks" in lines[1]
    reasons = json.loads(run("why", id, "--json", env=env).output)
    assert (reasons[0]["line"], reasons[0]["depth"]) == (lines[0], 0)
    wrong = run("why", "time-0", env=env)
    assert wrong.exit_code == 1
    assert wrong.output.startswith("Error: Nothing with a date")


def test_the_beginning_of_an_id_stands_for_it(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    query = "MATCH (n) WHERE n:Event OR n:Person OR n:Article OR n:TimeExpression RETURN n.id AS id ORDER BY id"
    ids = [row["id"] for row in json.loads(run("cypher", query, "--json", env=env).output)]
    event, person, source, time = (next(id for id in ids if id.startswith(kind))
                                   for kind in ("event", "person", "article", "time"))  # fmt: skip
    for id in (event, source, time):
        assert run("why", id[:-8], env=env).output == run("why", f"{id[:-8]}…", env=env).output
        assert run("why", id[:-8], env=env).output == run("why", id, env=env).output
    assert run("decide", "edit", event[:-5], "title", "Talks", "--yes", env=env).exit_code == 0
    assert run("timeline", "--who", person[:-5], env=env).output == run("timeline", "--who", person, env=env).output
    told = json.loads(run("decisions", "--json", env=env).output)[0]["id"]
    assert run("undo", told[:-6], "--yes", env=env).exit_code == 0
    assert run("source", source[:-6], env=env).output == run("source", source, env=env).output
    # one that nothing begins with is told as it was given
    other = "event-ffff" if not event.startswith("event-ffff") else "event-0000"
    assert f"“{other}”" in run("why", other, env=env).output


def test_a_beginning_of_several_ids_is_refused_with_what_it_may_mean(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    ids = ["event-abcd0000000000000001", "event-abcd0000000000000002"]
    for id in ids:
        run("cypher", "--write", f"CREATE (:Event {{id: '{id}', title: 'Siege of {id[-1]}'}})", env=env)
    wrong = run("why", "event-abcd", env=env)
    assert wrong.exit_code == 1
    assert all(part in wrong.output for part in ("“event-abcd”", *ids, "Siege of 1", "Siege of 2"))


def test_deeds_are_listed_without_what_was_only_said(local_settings: Settings, tmp_path: Path) -> None:
    env = variables(local_settings)
    path = tmp_path / "week.txt"
    told = ("Olena Petrenko visited Lviv on 3 May 2022. Maria Koval gave a speech in Odesa on 4 May 2022. Maria Koval "
            "said on 6 May 2022 that the bridge is open.")  # fmt: skip
    path.write_text(f"Published: 9 May 2022\n\n{told}\n", encoding="utf-8")
    run("ingest", str(path), env=env)
    every = run("timeline", env=env).output
    assert "speech" in every.lower()
    assert "visit" in every.lower()
    for more in ((), ("--as-of", "2100-01-01")):
        deeds = run("timeline", "--deeds", *more, env=env).output
        assert "visit" in deeds.lower()
        assert "speech" not in deeds.lower()
    written = run("export", "--format", "csv", "--deeds", env=env).output
    assert "visit" in written.lower()
    assert "STATEMENT" not in written


def test_an_id_that_was_merged_still_lists_what_stands_there(local_settings: Settings, tmp_path: Path) -> None:
    env = variables(local_settings)
    path = tmp_path / "visit.txt"
    path.write_text("Published: 4 May 2022\n\nOlena Petrenko visited Lviv on 3 May 2022. “We are ready,” Maria Koval "
                    "said.\n", encoding="utf-8")  # fmt: skip
    run("ingest", str(path), env=env)
    query = "MATCH (p:Person) RETURN p.id AS id ORDER BY id"
    ids = [row["id"] for row in json.loads(run("cypher", query, "--json", env=env).output)]
    assert len(ids) == 2
    told = run("decide", "same", *ids, "--yes", env=env)
    assert told.exit_code == 0
    pair = re.search(r"“(.+)” becomes one with “(.+)”", told.output)
    assert pair
    assert {pair[1], pair[2]} == {"Maria Koval", "Olena Petrenko"}, "each by the name that it had"
    for id in (*ids, "Maria Koval", "olena petrenko"):
        assert "We are ready" in run("claims", "--speaker", id, env=env).output
        assert "We are ready" in run("claims", "--published-from", "2022-05-04", "--order", "recorded", env=env).output
        assert "No claim." in run("claims", "--recorded-to", "2022-05-04", env=env).output
        wrong = run("claims", "--happened-from", "2022-05-04", "--happened-to", "2021-05-04", env=env)
        assert "--happened-from 2022-05-04 is later than --happened-to 2021-05-04" in wrong.output
        assert "Lviv" in run("timeline", "--person", id, env=env).output
    assert "called “Nobody”" in run("timeline", "--entity", "Nobody", env=env).output


def test_reannotate_finds_nothing_to_change_under_the_same_rules(local_settings: Settings, article: Path) -> None:
    env = variables(local_settings)
    run("ingest", str(article), env=env)
    assert run("reannotate", "--yes", env=env).output == "Nothing changed.\n"
    run("cypher", "MATCH (a:Article) SET a.fingerprint = 'older'", "--write", env=env)
    told = "1 article had been read with other rules; 0 of them now differ."
    assert told in run("reannotate", "--dry-run", env=env).output
    assert told in run("reannotate", URL, "--yes", env=env).output
    assert run("reannotate", "--yes", env=env).output == "Nothing changed.\n"


def test_what_changes_the_graph_tells_it_as_json(local_settings: Settings, article: Path, tmp_path: Path) -> None:
    env = variables(local_settings)

    def answer(*words: str) -> Any:
        result = run(*words, "--json", env=env)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    run("ingest", str(article), env=env)
    tried = answer("set-published", URL, "2022-04-02", "--dry-run")
    assert (tried["applied"], tried["revoked"]) == (False, [])
    assert (tried["differences"][0]["before"], tried["differences"][0]["after"]) == ("2022-03-30", "2022-04-02")
    event = next(row for row in answer("timeline") if row["edtf"] == "2022-03-29")
    done = answer("decide", "edit", event["id"], "title", "Talks", "--yes", "--by", "Ann", "--reason", "shorter")
    assert (done["applied"], done["decision"]["by"], done["decision"]["revoked_at"]) == (True, "Ann", None)
    assert {"field": "words", "before": event["title"], "after": "Talks"} in done["effects"][0]["details"]
    assert answer("decisions") == [done["decision"]]
    assert answer("undo", "--yes")["revoked"] == [done["decision"]["id"]]
    table = tmp_path / "names.csv"
    table.write_text("name,alias\nDavid Arakhamia,Davyd Arakhamia\n", encoding="utf-8")
    assert answer("aliases", str(table), "--yes")["decision"] is None
    run("cypher", "MATCH (a:Article) SET a.fingerprint = 'older'", "--write", env=env)
    [again] = answer("reannotate", "--yes")
    assert (again["title"], again["applied"], again["differences"]) == ("Talks in Istanbul", True, [])
    assert answer("reannotate", "--dry-run") == []
    assert answer("remove", URL, "--dry-run")["decision"]["kind"] == "reject"
    gone = answer("remove", URL, "--purge", "--yes")
    assert (gone["applied"], gone["decision"]) == (True, None)


def test_cypher_only_reads_unless_told(local_settings: Settings) -> None:
    env = variables(local_settings)
    refused = run("cypher", "CREATE (n:Note {id: '1'})", env=env)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert len(refused.output.strip().splitlines()) == 1
    assert run("cypher", "CREATE (n:Note {id: '1'})", "--write", env=env).exit_code == 0
    assert json.loads(run("cypher", "MATCH (n:Note) RETURN count(n) AS n", "--json", env=env).output) == [{"n": 1}]


def test_cypher_says_in_a_sentence_what_is_wrong_with_it(local_settings: Settings) -> None:
    result = run("cypher", "MATCH (e:Event RETURN e", env=variables(local_settings))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output


def test_store_status_names_the_server(local_settings: Settings) -> None:
    env = variables(local_settings)
    result = run("store", "status", env=env)
    assert result.exit_code == 0
    assert "running: True" in result.output
    assert "bolt://127.0.0.1" in result.output
    assert json.loads(run("store", "status", "--json", env=env).output)["engine"] == "arcadedb"


def test_a_server_that_is_not_there_is_one_sentence(article: Path) -> None:
    result = run("ingest", str(article), env={"KB_URI": "bolt://127.0.0.1:1"})
    assert result.exit_code == 1
    assert result.output.strip().startswith("Error: ")
    assert "127.0.0.1:1" in result.output


def test_annotate_needs_no_store(tmp_path: Path, article: Path) -> None:
    out = tmp_path / "found"
    nowhere = {"KB_URI": "bolt://127.0.0.1:1"}
    result = run("annotate", str(article), "no-such", "--out", str(out), "--json", env=nowhere)
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    assert (told["rows"]["docs"], [one["source"] for one in told["failures"]]) == (1, ["no-such"])
    rows = {p.stem: [json.loads(line) for line in p.read_text("utf-8").splitlines()] for p in out.iterdir()}
    assert set(rows) == {"docs", "times", "entities", "things", "events", "claims"}
    text = rows["docs"][0]["text"]
    assert any(r["edtf"] == "2022-03-29" and text[r["start"] : r["end"]] == "March 29, 2022" for r in rows["times"])
    assert any(r["date"] == "2022-03-29" and r["place"] == "Istanbul" for r in rows["events"])
    assert any(r["speaker"] == "David Arakhamia" and r["direct"] for r in rows["claims"])
    for name in ("times", "entities", "events"):
        assert all(text[r["start"] : r["end"]] == r["text"] for r in rows[name]), name


def test_annotate_takes_documents_as_they_are(tmp_path: Path) -> None:
    source = tmp_path / "documents.jsonl"
    text = "Menu\nRussia  annexed Crimea in 2014 ."
    source.write_text(json.dumps({"doc_id": "d7", "published": "2020-01-01", "title": None, "text": text}) + "\n")
    run("annotate", str(source), "--out", str(tmp_path / "out"))
    document = json.loads((tmp_path / "out" / "docs.jsonl").read_text("utf-8"))
    assert (document["doc_id"], document["text"]) == ("d7", text)


def test_a_path_leads_from_one_name_to_another_with_sentences(local_settings: Settings) -> None:
    env = variables(local_settings)
    with open_store(local_settings) as store:
        synthetic.load(store, 4)
        one, other = (row["name"] for row in store.run("MATCH (x:Person) WHERE x.expiredAt IS NULL "
                                                       "RETURN x.name AS name ORDER BY name LIMIT 2"))  # fmt: skip
    told = run("path", one, other, env=env)
    assert told.exit_code == 0, told.output
    first, last = told.output.splitlines()[0], [line for line in told.output.splitlines() if line[0] != " "][-1]
    assert first.startswith(f"{one} [")
    assert last.endswith(other)
    assert "    " in told.output
    found = json.loads(run("path", one, other, "--json", env=env).output)
    assert (found["nodes"][0]["name"], found["nodes"][-1]["name"]) == (one, other)
    same = run("path", one, one.split()[1], env=env)
    assert same.exit_code == 1
    assert "one and the same" in same.output
    assert "Traceback" not in same.output
