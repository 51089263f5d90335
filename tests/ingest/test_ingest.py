"""The whole way of an article, on both engines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest import ingest
from ingest.read import Given
from kb import ask
from kb.edtf import Edtf
from kb.store import Store
from tests.exported import export

GOLD = os.environ.get("KB_GOLD")
SEED = Path(__file__).parents[2] / "seed_data"

TALKS = """Title: Talks in Istanbul
Publisher: The Example
Published: 30 March 2022
URL: https://example.org/talks

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022.
David Arakhamia led the Ukrainian delegation.

“We want guarantees,” Arakhamia said. Russia annexed Crimea in 2014.

Volodymyr Zelenskyy visited Bucha last week.
"""

EVENTS = """MATCH (e:Event)-[r:REPORTED_IN]->(p:Passage)
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL
OPTIONAL MATCH (x:Entity)-[i:PARTICIPATED_IN]->(e) WHERE i.expiredAt IS NULL
OPTIONAL MATCH (e)-[l:LOCATED_IN]->(o:Place)
RETURN e.title AS title, e.edtf AS edtf, e.status AS status, p.text AS sentence, r.trigger AS trigger,
       collect(DISTINCT x.name) AS who, collect(DISTINCT o.name) AS places"""

CLAIMS = """MATCH (c:Claim)-[:STATED_IN]->(p:Passage) WHERE c.expiredAt IS NULL
OPTIONAL MATCH (c)-[:MADE_BY]->(x) RETURN DISTINCT c.text AS text, x.name AS speaker, c.said AS said"""


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "talks.txt"
    path.write_text(TALKS, encoding="utf-8")
    return str(path)


def test_an_article_becomes_events_people_and_claims(store: Store, article: str) -> None:
    summary = ingest([article], store)
    assert [o.status for o in summary.articles] == ["new"]
    events = store.run(EVENTS)
    talks = [e for e in events if e["edtf"] == "2022-03-29"]
    assert talks
    assert "Istanbul" in talks[0]["places"]
    assert {"Russia", "Ukraine"} <= set(talks[0]["who"])
    assert any(e["edtf"] == "2014" and "Crimea" in {*e["who"], *e["places"]} for e in events)
    assert ("We want guarantees", "David Arakhamia") in {
        (c["text"].strip("“”,"), c["speaker"]) for c in store.run(CLAIMS)
    }


CRUISER = """Title: A cruiser sinks
Publisher: The Example
Published: {day}
URL: https://example.org/{page}

{told}
"""


def test_a_named_thing_of_two_articles_has_one_page_with_its_events(store: Store, tmp_path: Path) -> None:
    told = (
        "The Norwegian cruiser Falken sank near Bergen on 3 May 2023, the navy said after a search of two days.",
        "The cruiser Falken left Oslo on 1 May 2023, and crowds had come to the quay to see it go.",
    )
    for page, sentence in enumerate(told):
        text = CRUISER.format(day="5 May 2023", page=page, told=sentence)
        (tmp_path / f"{page}.txt").write_text(text, encoding="utf-8")
    ingest([str(tmp_path)], store)
    things = ask.entities(store, "Thing")
    assert [(row.name, row.events) for row in things] == [("Falken", 2)]
    card = ask.entity(store, things[0].id)
    assert card is not None
    assert (card.kind, card.subtype, card.articles) == ("Thing", "vessel", 2)
    assert {row.edtf for row in ask.timeline(store, entity=card.id)} == {"2023-05-01", "2023-05-03"}
    assert things[0].id in {row.id for row in ask.facets(store).things}
    assert ask.called(store, "falken").kind == "Thing"
    drawn = ask.network(store, entity=card.id, kinds=("Thing", "Event"))
    assert ("Falken", "Thing") in {(node.label, node.kind) for node in drawn.nodes}


def test_every_fact_shows_its_words(store: Store, article: str) -> None:
    ingest([article], store)
    rows = store.run(
        "MATCH (s:Snapshot)-[:HAS_PASSAGE]->(p)<-[r:REPORTED_IN]-(e) "
        "RETURN s.text AS text, p.start AS start, p.end AS end, p.text AS sentence, "
        "r.start AS a, r.end AS b, r.trigger AS t"
    )
    assert rows
    for row in rows:
        assert row["text"][row["start"] : row["end"]] == row["sentence"]
        assert row["text"][row["a"] : row["b"]] == row["t"]
        assert row["start"] <= row["a"] < row["b"] <= row["end"]


def test_the_same_article_again_changes_nothing(store: Store, article: str) -> None:
    ingest([article], store)
    before = export(store)
    assert [o.status for o in ingest([article], store).articles] == ["unchanged"]
    assert export(store) == before


def test_a_corrected_publication_date_moves_what_hangs_on_it(store: Store, article: str) -> None:
    ingest([article], store)
    visit = "MATCH (t:TimeExpression {text: 'last week'}) WHERE t.expiredAt IS NULL RETURN t.earliest AS earliest"
    assert store.run(visit)[0]["earliest"].startswith("2022-03")
    summary = ingest([article], store, Given(published=Edtf("2023-06-15")))
    assert [o.status for o in summary.articles] == ["changed"]
    assert [r["earliest"][:7] for r in store.run(visit)] == ["2023-06"]


def test_a_date_that_was_given_once_is_kept(store: Store, article: str) -> None:
    ingest([article], store, Given(published=Edtf("2023-06-15")))
    before = export(store)
    (again,) = ingest([article], store).articles
    assert (again.status, "2023-06-15" in again.reason) == ("unchanged", True)
    assert export(store) == before
    (other,) = ingest([article], store, Given(published=Edtf("2023-06-16"))).articles
    assert other.status == "changed"


def test_a_changed_text_expires_what_it_no_longer_says(store: Store, article: str) -> None:
    ingest([article], store)
    Path(article).write_text(
        TALKS.replace("Russia annexed Crimea in 2014.", "Nothing else was agreed."), encoding="utf-8"
    )
    assert [o.status for o in ingest([article], store).articles] == ["changed"]
    assert not [e for e in store.run(EVENTS) if e["edtf"] == "2014"]
    assert store.run("MATCH (e:Event {edtf: '2014'}) RETURN e.expiredAt AS expired")[0]["expired"]
    Path(article).write_text(TALKS, encoding="utf-8")
    ingest([article], store)
    assert [e for e in store.run(EVENTS) if e["edtf"] == "2014"]


def test_an_event_counts_only_the_reports_that_still_stand(store: Store, article: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    said = TALKS.replace("org/talks", "org/other").replace("visited Bucha", "visited Lviv")
    other.write_text(said, encoding="utf-8")
    ingest([article, str(other)], store)
    reports = "MATCH (e:Event {edtf: '2014'}) WHERE e.expiredAt IS NULL RETURN e.reports AS n"
    assert store.run(reports) == [{"n": 2}]
    other.write_text(said.replace("Russia annexed Crimea in 2014.", "Nothing else was agreed."), encoding="utf-8")
    ingest([str(other)], store)
    assert store.run(reports) == [{"n": 1}]


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "menu.html": b"<html><body><ul><li>Home</li><li>Sport</li></ul></body></html>",
}


def test_a_bad_article_is_reported_and_the_rest_go_on(store: Store, article: str, tmp_path: Path) -> None:
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    summary = ingest([str(tmp_path), str(tmp_path / "missing.txt")], store)
    status = {Path(o.source).name: o for o in summary.articles}
    assert status["talks.txt"].status == "new"
    for name in (*BAD, "missing.txt"):
        assert status[name].status == "failed", name
        assert status[name].reason.count("\n") == 0
        assert len(status[name].reason) > 20
    assert len(store.run("MATCH (a:Article) RETURN a.id AS id")) == 1
    run = store.run("MATCH (r:IngestRun) RETURN r.failed AS failed, r.failures AS failures, r.finished AS finished")[0]
    assert run["failed"] == 4
    assert run["finished"]


def test_another_language_is_kept_as_text_only(store: Store, tmp_path: Path) -> None:
    text = "Der Minister sagte am 3. März 2022 in Kiew, dass die Gespräche lang waren und dass sie sich gelohnt haben."
    (tmp_path / "de.txt").write_text(text, encoding="utf-8")
    outcome = ingest([str(tmp_path)], store).articles[0]
    assert outcome.status == "new"
    assert "German" in outcome.reason
    assert store.run("MATCH (s:Snapshot) RETURN s.text AS text") == [{"text": text}]
    assert store.run("MATCH (e:Event) RETURN e.id AS id") == []


def test_order_does_not_matter(store: Store) -> None:
    files = sorted(str(p) for p in SEED.iterdir())
    ingest(files, store)
    forwards = export(store)
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    ingest(files[::-1], store)
    assert export(store) == forwards


SAMPLE = [
    # date, who took part, where, words of the sentence
    ("2014", {"Russia", "Crimea"}, None, "Russia annexed parts of Ukraine’s territory in 2014"),
    ("2022-02-24", {"Russia", "Ukraine"}, None, "full-scale invasion of Ukraine on Feb. 24"),
    ("2022-03", {"David Arakhamia", "Russia", "Ukraine"}, "Istanbul", "during peace talks with Russia in March 2022"),
    (
        "2024-02-06",
        {"Vladimir Putin", "Tucker Carlson"},
        "Moscow",
        "In an interview with Tucker Carlson on Feb. 6 in Moscow",
    ),
    ("2024-02-10", {"Robert F. Kennedy Jr."}, None, "post on X"),
    ("2023", {"David Arakhamia"}, None, "revealed last year"),
]

SAMPLE_CLAIMS = [
    ("Vladimir Putin", "We are willing to negotiate", "2024-02-06"),
    ("David Arakhamia", "Russia’s only demand in the peace talks was a commitment", "2023"),
    ("Robert F. Kennedy Jr.", "This is a war that should never have happened", "2024-02-10"),
    ("Robert F. Kennedy Jr.", "The major thing they wanted was for us to keep NATO out", "2024-02-10"),
]

JUNK = ["T-Shirt", "Out of the Question", "TruthUSA", "Akismet", "Leave a Reply", "Source link"]

needs_gold = pytest.mark.skipif(not GOLD, reason="KB_GOLD names no folder with the sample article")


def sample() -> str:
    return str(Path(str(GOLD)) / "articles" / "us-rejects-putin-peace-offer.txt")


@needs_gold
def test_the_sample_article(store: Store) -> None:
    ingest([sample()], store, Given(published=Edtf("2024-02-16")))
    events = store.run(EVENTS)
    for date, who, place, words in SAMPLE:
        found = [e for e in events if words in " ".join(e["sentence"].split()) and e["edtf"] == date]
        assert any(who <= {*e["who"], *e["places"]} and (place is None or place in e["places"]) for e in found), (
            words,
            found,
        )
    claims = store.run(CLAIMS)
    for speaker, words, said in SAMPLE_CLAIMS:
        assert any(words in c["text"] and c["speaker"] == speaker and c["said"] == said for c in claims), (
            words,
            claims,
        )
    text = store.run("MATCH (s:Snapshot) RETURN s.text AS text")[0]["text"]
    assert not [junk for junk in JUNK if junk in text]


@needs_gold
def test_the_sample_article_without_a_date_stays_open(store: Store) -> None:
    ingest([sample()], store)
    dates = {r["edtf"] for r in store.run("MATCH (t:TimeExpression) RETURN t.edtf AS edtf")}
    assert {"XXXX-02-06", "XXXX-02-10", "2014", "2022-03"} <= dates
    article = store.run("MATCH (a:Article) RETURN a.published AS published, a.publishedBasis AS basis")[0]
    assert article == {"published": None, "basis": "unknown"}
