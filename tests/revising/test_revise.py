"""Corrections: shown before they are applied, kept for good, taken back without a trace in what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from ingest.read import Given
from ingest.revising.differences import Difference
from ingest.revising.revise import apply, every_article, reread, set_date, set_published
from kb import ask
from kb.ask.why import why
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.store import Store
from tests.exported import export
from tests.kept import filled

pytestmark = pytest.mark.usefixtures("every_tally")

VISIT = """Title: A visit to Bucha
Published: 30 March 2022
URL: https://example.org/visit

Russia invaded Ukraine in 2022. Negotiators met in Istanbul five weeks after the invasion.

Volodymyr Zelenskyy visited Bucha last week. “We remember,” Zelenskyy said on Monday.
"""
URL = "https://example.org/visit"
DECISIONS = {"Decision"}


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "visit.txt"
    path.write_text(VISIT, encoding="utf-8")
    return str(path)


@pytest.fixture
def visited(store: Store, article: str) -> Store:
    filled(store, __name__, lambda: ingest([article], store))
    return store


def times(store: Store) -> dict[str, str]:
    rows = store.run("MATCH (t:TimeExpression) WHERE t.expiredAt IS NULL RETURN t.text AS text, t.edtf AS edtf")
    return {" ".join(r["text"].split()): r["edtf"] for r in rows}


def event_of(store: Store, trigger: str) -> str:
    rows = store.run(
        "MATCH (e:Event)-[r:REPORTED_IN]->() WHERE r.trigger = $t AND r.expiredAt IS NULL RETURN e.id AS id", t=trigger
    )
    return str(rows[0]["id"])


def without_decisions(store: Store) -> tuple[list[str], list[str]]:
    nodes, relations = export(store)
    return [n for n in nodes if '"Decision"' not in n], [r for r in relations if "JUDGES" not in r]


def told(differences: tuple[Difference, ...], kind: str) -> dict[str, tuple[str | None, str | None]]:
    return {d.words: (d.before, d.after) for d in differences if d.kind == kind}


def test_nothing_changes_before_it_is_applied(visited: Store) -> None:
    before = export(visited)
    revision = set_published(visited, "A visit to Bucha", Edtf("2022-06-15"))
    assert export(visited) == before
    assert told(revision.differences, "published") == {"A visit to Bucha": ("2022-03-30", "2022-06-15")}
    assert told(revision.differences, "time") == {
        "last week": ("2022-03-21/2022-03-27", "2022-06-06/2022-06-12"),
        "Monday": ("2022-03-28", "2022-06-13"),
    }
    assert [d.after for d in revision.differences if d.kind == "claim"] == ["2022-06-13"]


def test_all_that_hangs_on_a_publication_date_moves_with_it(visited: Store) -> None:
    apply(visited, set_published(visited, URL, Edtf("2022-06-15"), by="Ada", reason="misprint"))
    assert times(visited)["last week"] == "2022-06-06/2022-06-12"
    (row,) = ask.articles(visited).rows
    assert (row.published, row.published_basis) == ("2022-06-15", "decision")
    lines = [r.line for r in why(visited, row.id)]
    assert lines[0].startswith("corrected by Ada on ")
    assert "misprint" in lines[0]
    assert "30 Mar 2022" in lines[1]


def test_reading_again_keeps_the_correction(visited: Store, article: str) -> None:
    apply(visited, set_published(visited, URL, Edtf("2022-06-15")))
    assert [o.status for o in ingest([article], visited).articles] == ["unchanged"]
    outcome = ingest([article], visited, Given(published=Edtf("2021-01-01"))).articles[0]
    assert "2022-06-15" in outcome.reason
    assert times(visited)["last week"] == "2022-06-06/2022-06-12"
    after = export(visited)
    ingest([article], visited)
    assert export(visited) == after


def test_an_event_whose_date_moves_is_told_as_one_that_changes(visited: Store) -> None:
    """Its id depends on its date, so it is another node: nobody should read that it is gone."""
    old = event_of(visited, "visited")
    revision = set_published(visited, URL, Edtf("2022-06-15"))
    assert {effect.change for effect in revision.effects} == {"changed"}
    [visit] = [effect for effect in revision.effects if effect.words == "Volodymyr Zelenskyy visits Bucha"]
    assert visit.details == (("date", "2022-03-21/2022-03-27", "2022-06-06/2022-06-12"),)
    assert visit.was == old != visit.id
    apply(visited, revision)
    assert event_of(visited, "visited") == visit.id


def test_an_event_that_a_human_dated_is_not_told_to_change_with_its_article(visited: Store) -> None:
    """Neither among what the articles say nor among what is shown, until its date is taken back."""
    old = event_of(visited, "visited")
    apply(visited, set_date(visited, old, Edtf("2022-03-25")))
    revision = set_published(visited, URL, Edtf("2022-06-15"))
    assert "last week" in told(revision.differences, "time")
    assert "Volodymyr Zelenskyy visits Bucha" not in told(revision.differences, "event")
    assert [effect for effect in revision.effects if not effect.details] == []
    assert "Volodymyr Zelenskyy visits Bucha" not in {effect.words for effect in revision.effects}
    apply(visited, revision)
    back = set_date(visited, event_of(visited, "visited"), None)
    assert told(back.differences, "event")["Volodymyr Zelenskyy visits Bucha"][0] == "2022-03-25"


def test_a_correction_taken_back_leaves_what_was_there(visited: Store) -> None:
    before = without_decisions(visited)
    apply(visited, set_published(visited, URL, Edtf("2022-06-15")))
    assert without_decisions(visited) != before
    apply(visited, set_published(visited, URL, None))
    assert without_decisions(visited) == before
    kept = visited.run("MATCH (d:Decision) RETURN d.value AS value, d.revokedAt IS NOT NULL AS revoked")
    assert kept == [{"value": "2022-06-15", "revoked": True}]


def test_a_corrected_event_moves_what_is_counted_from_it(visited: Store) -> None:
    invasion = event_of(visited, "invaded")
    revision = set_date(visited, invasion, Edtf("2022-02-24"))
    assert told(revision.differences, "time") == {
        "five weeks after the invasion": (times(visited)["five weeks after the invasion"], "2022-03-31~")
    }
    apply(visited, revision)
    detail = ask.event(visited, invasion)
    assert detail is not None
    assert detail.event.edtf == "2022-02-24"
    assert {r.edtf for r in detail.reports} == {"2022", None}
    assert times(visited)["five weeks after the invasion"] == "2022-03-31~"
    assert why(visited, invasion)[0].line.startswith("corrected by ")


def test_a_corrected_event_keeps_its_date_when_other_articles_tell_it(visited: Store, tmp_path: Path) -> None:
    invasion = event_of(visited, "invaded")
    apply(visited, set_date(visited, invasion, Edtf("2022-02-24")))
    other = tmp_path / "other.txt"
    other.write_text(VISIT.replace("org/visit", "org/other").replace("visited Bucha", "visited Lviv"), encoding="utf-8")
    ingest([str(other)], visited)
    detail = ask.event(visited, invasion)
    assert detail is not None
    assert detail.event.edtf == "2022-02-24"
    assert len({r.article.id for r in detail.reports}) == 2
    counted = visited.run(
        "MATCH (t:TimeExpression) WHERE t.text STARTS WITH 'five weeks' AND t.expiredAt IS NULL RETURN t.edtf AS edtf"
    )
    assert [r["edtf"] for r in counted] == ["2022-03-31~", "2022-03-31~"]


def test_a_corrected_event_is_itself_whatever_else_is_corrected(visited: Store) -> None:
    visit = event_of(visited, "visited")
    apply(visited, set_date(visited, visit, Edtf("2022-04-04")))
    apply(visited, set_published(visited, URL, Edtf("2022-06-15")))
    assert event_of(visited, "visited") == visit
    detail = ask.event(visited, visit)
    assert detail is not None
    assert detail.event.edtf == "2022-04-04"
    assert [r.edtf for r in detail.reports] == ["2022-06-06/2022-06-12"]


def test_a_corrected_event_taken_back_leaves_what_was_there(visited: Store) -> None:
    before = without_decisions(visited)
    invasion = event_of(visited, "invaded")
    apply(visited, set_date(visited, invasion, Edtf("2022-02-24")))
    apply(visited, set_date(visited, invasion, Edtf("2022-02-25")))
    apply(visited, set_date(visited, invasion, None))
    assert without_decisions(visited) == before


def test_what_is_read_with_the_same_rules_does_not_differ(visited: Store) -> None:
    assert [reread(visited, id).empty for id in every_article(visited)] == [True]


def test_older_rules_are_replaced_by_the_present_ones(visited: Store) -> None:
    after = export(visited)
    visited.execute("MATCH (a:Article) SET a.fingerprint = 'older'")
    visited.execute("MATCH (t:TimeExpression {text: 'last week'}) SET t.edtf = '2022', t.earliest = '2022-01-01'")
    (article,) = every_article(visited)
    revision = reread(visited, article)
    assert told(revision.differences, "time") == {"last week": ("2022", "2022-03-21/2022-03-27")}
    apply(visited, revision)
    assert export(visited) == after


@pytest.mark.parametrize(
    ("named", "date", "says"),
    [("nowhere", "2022", "No article"), (URL, None, "never corrected")],
)
def test_a_correction_that_cannot_be_made_is_one_sentence(
    visited: Store, named: str, date: str | None, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        set_published(visited, named, Edtf(date) if date else None)


def test_an_event_that_is_not_there_is_one_sentence(visited: Store) -> None:
    with pytest.raises(BadInput, match="No event"):
        set_date(visited, "event-none", Edtf("2022"))


def test_a_date_explains_itself_down_to_what_it_hangs_on(visited: Store) -> None:
    rows = visited.run("MATCH (t:TimeExpression) WHERE t.text STARTS WITH 'five weeks' RETURN t.id AS id")
    reasons = why(visited, rows[0]["id"])
    assert [r.depth for r in reasons] == [0, 1]
    assert "“invaded” (2022)" in reasons[0].line or "“invasion” (2022)" in reasons[0].line
    assert reasons[1].line.startswith("“2022” → ")
    assert reasons[1].sentence == "Russia invaded Ukraine in 2022."


def test_what_has_no_date_says_so(visited: Store) -> None:
    with pytest.raises(BadInput, match="Nothing with a date"):
        why(visited, "time-none")
