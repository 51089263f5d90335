"""What `kb check` finds, on both engines: real articles with one fault each, and none where all is well."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import ingest
from ingest.read import Given
from kb import ask, checks
from kb.checks import Doubt
from kb.cli import main
from kb.edtf import Edtf
from kb.store import Settings, Store, open_store
from tests import synthetic
from tests.exported import export

STORY = """Russia annexed Crimea on March 18, 2014. Merkel met Putin in Moscow after Russia annexed Crimea.

Macron visited Kyiv before Russia invaded Ukraine on February 24, 2022.
"""
ORDERS = """MATCH (a:Event)-[r:BEFORE|DURING]->(b:Event) WHERE r.expiredAt IS NULL
RETURN type(r) AS kind, a.title AS one, b.title AS other, r.cue AS cue ORDER BY one, other"""


CALM = "The old harbour is small and deep, and the hills around it are green in every season of the year."


def add(store: Store, folder: Path, name: str, text: str, published: str | None = "2024-02-16") -> None:
    """Ingest one article, written as a file of this name, whose address makes it the same article every time."""
    path = folder / f"{name}.txt"
    path.write_text(f"Title: Notes on {name}\nURL: https://example.org/{name}\n\n{text}\n\n{CALM}\n", encoding="utf-8")
    summary = ingest([str(path)], store, Given(published=Edtf(published) if published else None))
    assert [a.reason for a in summary.articles if a.status == "failed"] == []


def found(store: Store) -> dict[str, tuple[Doubt, ...]]:
    return {group.kind.key: group.doubts for group in checks.check(store)}


def test_an_article_in_order_has_nothing_to_look_at(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "story", STORY)
    assert found(store) == {}


def test_a_date_that_lies_years_from_the_news_is_left_open_and_listed(store: Store, tmp_path: Path) -> None:
    quiet = "\n\nThe harbour was calm.\n\n"
    add(store, tmp_path, "far", f"Russia annexed Crimea on March 18, 2014.{quiet}The next day, Macron visited Kyiv.")
    [doubt] = found(store)["left-open"]
    assert doubt.says.startswith("“The next day” would be day, “following” counted from the last date told, which lies")
    assert [s.text for s in doubt.evidence] == ["The next day, Macron visited Kyiv."]
    add(store, tmp_path, "far", "Russia annexed Crimea on March 18, 2014. The next day, Macron visited Kyiv.")
    assert "left-open" not in found(store)


def test_orders_are_stored_with_their_words_and_expire_with_them(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "story", STORY)
    assert [(r["kind"], r["cue"]) for r in store.run(ORDERS)] == [("BEFORE", "before"), ("BEFORE", "after")]
    before = export(store)
    add(store, tmp_path, "story", STORY)
    assert export(store) == before
    add(store, tmp_path, "story", STORY.replace("before Russia invaded", "as Russia invaded"))
    assert [r["cue"] for r in store.run(ORDERS)] == ["after"]
    add(store, tmp_path, "story", STORY)
    assert [r["cue"] for r in store.run(ORDERS)] == ["before", "after"]


def test_an_undated_event_is_bounded_but_stays_off_the_timeline(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "story", STORY)
    row = store.run(
        "MATCH (e:Event) WHERE e.title STARTS WITH 'Macron' RETURN e.edtf AS edtf, e.earliest AS earliest, "
        "e.latest AS latest, e.notAfter AS last, e.notBefore AS first, e.boundsRule AS rule, e.id AS id"
    )[0]
    assert (row["edtf"], row["earliest"], row["latest"], row["first"]) == (None, None, None, None)
    assert row["last"] == "2022-02-24"
    assert row["rule"] == "not after 24 Feb 2022: before “Russia invades Ukraine”"
    assert row["id"] not in {r.id for r in ask.timeline(store)}
    assert row["id"] in {r.id for r in ask.undated(store)}


def test_a_year_told_as_past_ends_with_the_publication(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "year", "Russia attacked Kyiv in 2024.")
    event = "MATCH (e:Event {edtf: '2024'}) RETURN e.earliest AS earliest, e.latest AS latest, e.precision AS precision"
    assert store.run(event) == [{"earliest": "2024-01-01", "latest": "2024-02-16", "precision": "year"}]
    add(store, tmp_path, "year", "Russia attacked Kyiv in 2024.", published="2025-05-05")
    assert store.run(event)[0]["latest"] == "2024-12-31"


IMPOSSIBLE: list[tuple[str, list[tuple[str, str, str | None]], str, str]] = [
    ("after publication", [("a", "Sweden attacked Norway on 3 May 2026.", "2024-02-16")],
     "after-publication",
     "“Sweden attacks Norway” is told as past and dated 3 May 2026, in an article published 16 Feb 2024"),
    ("said after publication", [("a", "Officials in Oslo said on 3 May 2026: “We want peace.”", "2024-02-16")],
     "said-after-publication",
     "“We want peace.” was said 3 May 2026, in an article published 16 Feb 2024"),
    ("against the order", [("a", "Canada attacked Norway in 2012 after Russia annexed Crimea on March 18, 2014.",
                            "2024-02-16")],
     "order",
     "“Russia annexes Crimea” before “Canada attacks Norway”, but “Russia annexes Crimea” is dated 18 Mar 2014 and "
     "“Canada attacks Norway” is dated 2012"),
    ("outside of what it was during", [("a", "The war between Iran and Iraq began in 1980 and ended in 1988. "
                                        "Israel attacked Syria in 1991 during the war between Iran and Iraq.",
                                        "2024-02-16")],
     "order", "during"),
    ("along a chain", [("a", "Poland attacked Norway in 2020 before Ukraine signed the treaty. "
                        "Ukraine signed the treaty before Russia annexed Crimea on March 18, 2014.", "2024-02-16")],
     "order",
     "“Poland attacks Norway” before “Ukraine signs treaty” and “Ukraine signs treaty” before “Russia annexes Crimea”, "
     "but “Poland attacks Norway” is dated 2020 and “Russia annexes Crimea” is dated 18 Mar 2014"),
    ("across articles", [("a", "Poland invaded Norway on 3 May 2015 before Canada invaded Sweden on 5 May 2016.",
                          "2024-02-16"),
                         ("b", "Canada invaded Sweden on 5 May 2016 before Poland invaded Norway on 3 May 2015.",
                          "2024-02-16")],
     "cycle", "leads round in a circle"),
    ("a publication before what came before", [("a", "Poland attacked Norway after Canada attacked Sweden.",
                                                "2014-02-16"),
                                               ("b", "Canada attacked Sweden on 5 May 2016.", "2024-02-16")],
     "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("articles", "kind", "says"), [pytest.param(*c[1:], id=c[0]) for c in IMPOSSIBLE])
def test_what_cannot_be(
    store: Store, tmp_path: Path, articles: list[tuple[str, str, str | None]], kind: str, says: str
) -> None:
    for article in articles:
        add(store, tmp_path, *article)
    doubts = found(store)
    assert {key for key, of_kind in doubts.items() if of_kind[0].impossible} == ({kind} if kind else set()), doubts
    for doubt in doubts.get(kind, ()):
        assert says in doubt.says
        assert doubt.impossible
        assert doubt.evidence
        for sentence in doubt.evidence:
            assert 0 <= sentence.start < sentence.end <= len(sentence.text)
            assert sentence.article.id.startswith("article-")
        for event in doubt.events:
            assert doubt in [replace(d, settles=doubt.settles) for d in checks.of_event(store, event.id)]


OPEN: list[tuple[str, list[tuple[str, str, str | None]], str, str, int]] = [
    ("no date of publication", [("a", "On May 3, Sweden attacked Norway. Last week, Canada closed its border.", None)],
     "no-publication-date", "“Notes on a” does not say when it was published; 2 expressions and 2 events have no", 4),
    ("without a year", [("a", "On May 3, Sweden attacked Norway.", None)],
     "no-year", "“Sweden attacks Norway” is dated 3 May, year unknown", 1),
]  # fmt: skip


@pytest.mark.parametrize(("articles", "kind", "says", "settles"), [pytest.param(*c[1:], id=c[0]) for c in OPEN])
def test_what_is_not_known(
    store: Store, tmp_path: Path, articles: list[tuple[str, str, str | None]], kind: str, says: str, settles: int
) -> None:
    for article in articles:
        add(store, tmp_path, *article)
    [doubt] = found(store)[kind]
    assert says in doubt.says
    assert doubt.settles == settles
    assert not doubt.impossible


def test_reports_that_exclude_each_other(store: Store) -> None:
    synthetic.load(store, 14)
    doubts = found(store)["rival-dates"]
    expected = {
        row.id: detail.rival_dates
        for row in (*ask.timeline(store), *ask.undated(store))
        if (detail := ask.event(store, row.id)) and detail.rival_dates
    }
    assert expected
    assert {doubt.events[0].id for doubt in doubts} == set(expected)
    for doubt in doubts:
        assert len({sentence.text for sentence in doubt.evidence[:2]}) == 2, "the first two do not disagree"


def test_expressions_counted_from_each_other_are_named_once(store: Store) -> None:
    synthetic.load(store, 3)
    of_one = "MATCH (t:TimeExpression) WITH t.articleId AS article, collect(t.id) AS ids WHERE size(ids) > 3 RETURN ids"
    times = sorted(store.run(of_one)[0]["ids"])
    link = """MATCH (a:TimeExpression {id: $a}), (b:TimeExpression {id: $b}) CREATE (a)-[:ANCHORED_TO]->(b)"""
    for one, other in ((0, 1), (1, 2), (2, 0), (3, 0)):
        store.execute(link, a=times[one], b=times[other])
    checks.recount(store)
    [doubt] = found(store)["circular"]
    assert len(doubt.evidence) == 3
    assert "are counted from each other" in doubt.says
    store.execute("MATCH (t:TimeExpression {id: $id}) SET t.circular = true", id=times[3])
    checks.recount(store)
    assert len(found(store)["circular"]) == 2


def test_a_withdrawn_order_is_no_contradiction(store: Store, tmp_path: Path) -> None:
    text = "Canada attacked Norway in 2012 after Russia annexed Crimea on March 18, 2014."
    add(store, tmp_path, "a", text)
    assert "order" in found(store)
    add(store, tmp_path, "a", text.replace("2012", "2015"))
    assert found(store) == {}


def test_one_answer_that_settles_more_comes_first(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "one", "On May 3, Sweden attacked Norway.", None)
    add(store, tmp_path, "three", "On May 3, Sweden attacked Norway. On May 4 and on May 5, it rained.", None)
    [group] = [g for g in checks.check(store, limit=1) if g.kind.key == "no-publication-date"]
    assert [a.name for doubt in group.doubts for a in doubt.articles] == ["Notes on three"]
    assert group.total == 2


def test_the_command_lists_them_and_fails_only_when_told_to(local_settings: Settings, tmp_path: Path) -> None:
    with open_store(local_settings) as store:
        add(store, tmp_path, "a", "Sweden attacked Norway on 3 May 2026.")
    env = {"KB_DATA_DIR": str(local_settings.data_dir)}
    plain = CliRunner().invoke(main, ["check"], env=env)
    assert plain.exit_code == 0
    assert "Told before it happened: 1" in plain.output
    assert "dated 3 May 2026" in plain.output
    assert "event-" in plain.output
    strict = CliRunner().invoke(main, ["check", "--strict", "--json"], env=env)
    assert strict.exit_code == 1
    [kind] = json.loads(strict.stdout)
    assert (kind["kind"], kind["impossible"], kind["total"]) == ("after-publication", True, 1)
    assert kind["doubts"][0]["events"][0]["id"].startswith("event-")
    assert kind["doubts"][0]["sentences"][0]["text"] == "Sweden attacked Norway on 3 May 2026."


def test_an_article_without_a_title_is_called_by_its_source(store: Store, tmp_path: Path) -> None:
    line = {"doc_id": "oslo-1", "published": "2024-02-16", "text": "Sweden attacked Norway on 3 May 2026."}
    (tmp_path / "wire.jsonl").write_text(json.dumps(line), encoding="utf-8")
    ingest([str(tmp_path / "wire.jsonl")], store)
    [doubt] = found(store)["after-publication"]
    [article] = ask.articles(store).rows
    assert article.title == ""
    assert doubt.articles[0].name == article.source != article.id
    assert ask.why(store, doubt.events[0].id)[0].line.count(article.id) == 0


def test_the_command_says_that_all_is_well(local_settings: Settings) -> None:
    result = CliRunner().invoke(main, ["check", "--strict"], env={"KB_DATA_DIR": str(local_settings.data_dir)})
    assert (result.exit_code, result.output) == (0, "Nothing to look at.\n")
