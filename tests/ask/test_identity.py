"""What may be one, what was merged and what was decided, as the screens ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.revising import decide
from ingest.revising.revise import apply
from kb import ask
from kb.ask.identity import Suggestion
from kb.store import Store
from tests import meetings


@pytest.fixture
def met(store: Store, tmp_path: Path) -> Store:
    meetings.filled(store, tmp_path)
    return store


def of_kind(store: Store, kind: str) -> Suggestion:
    [found] = [each for each in ask.suggestions(store) if each.one.kind == kind]
    return found


def pair(store: Store, kind: str) -> list[str]:
    found = of_kind(store, kind)
    return [found.one.id, found.other.id]


def test_an_empty_graph_suggests_and_tells_nothing(store: Store) -> None:
    assert ask.suggestions(store) == []
    assert ask.decision_rows(store) == []
    assert ask.merged_from(store, "event-none") == []
    assert ask.entity(store, "person-none") is None
    assert ask.canonical(store, "event-none") == "event-none"


def test_a_suggestion_says_all_that_a_human_needs(met: Store) -> None:
    found = of_kind(met, "Event")
    assert [(side.edtf, side.facts, side.articles) for side in (found.one, found.other)] == [
        ("2022-04-09", 2, 2), ("2022-04", 1, 1)
    ]  # fmt: skip
    assert found.settles == 1
    assert "April 2022 contains 9 Apr 2022" in found.reason
    assert 0 < found.score < 1
    sentence = found.other.sentence
    assert sentence
    assert sentence.text[sentence.start : sentence.end] == "met"
    assert sentence.article.title == "A walk in spring"
    person = of_kind(met, "Person")
    assert {person.one.name, person.other.name} == {"Philip Hammond", "Phillip Hammond"}
    assert person.one.when == ""
    assert person.one.sentence
    assert person.one.sentence.text[: person.one.sentence.end] == person.one.name


def test_suggestions_are_cut_and_asked_for_one_thing(met: Store) -> None:
    assert len(ask.suggestions(met)) == 2
    assert len(ask.suggestions(met, 1)) == 1
    one, other = pair(met, "Event")
    assert [each.one.id for each in ask.suggestions(met, of=other)] == [one]
    assert ask.suggestions(met, of="event-none") == []


def test_what_settles_most_comes_first(met: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("more")
    more = meetings.ARTICLES["april"].replace("/april", "/more").replace("Philip Hammond visited", "It rained in")
    (folder / "more.txt").write_text(more, encoding="utf-8")
    meetings.read(met, folder)
    assert [each.settles for each in ask.suggestions(met)] == [2, 1]
    assert ask.suggestions(met)[0].one.kind == "Event"


@pytest.fixture
def two_days_and_a_year(store: Store, tmp_path: Path) -> dict[str | None, str]:
    """Three reports of one deed, dated to two days and to their year; the ids of their events by date."""
    for name, when in (("spring", "on March 3, 2014"), ("year", "in 2014"), ("autumn", "on September 9, 2014")):
        head = f"Title: {name}\nPublished: 1 May 2020\nURL: https://example.org/{name}\n"
        body = f"Russia annexed Crimea {when}. The harbour of {name} was quiet, and ships lay at the long quay."
        (tmp_path / f"{name}.txt").write_text(f"{head}\n{body}\n", encoding="utf-8")
    meetings.read(store, tmp_path)
    return {side.edtf: side.id for each in ask.suggestions(store) for side in (each.one, each.other)}


def test_a_year_that_fits_two_days_is_one_with_neither_until_somebody_says_so(
    store: Store, two_days_and_a_year: dict[str | None, str]
) -> None:
    found, ids = ask.suggestions(store), two_days_and_a_year
    assert sorted(sorted((each.one.edtf, each.other.edtf)) for each in found) == [
        ["2014", "2014-03-03"], ["2014", "2014-09-09"], ["2014-03-03", "2014-09-09"],
    ]  # fmt: skip
    apply(store, decide.different(store, [ids["2014"], ids["2014-09-09"]]))
    assert ask.canonical(store, ids["2014"]) == ask.canonical(store, ids["2014-03-03"])
    apply(store, decide.undo(store))
    assert ask.suggestions(store) == found


def test_when_one_of_two_days_goes_the_year_is_one_with_the_other(
    store: Store, two_days_and_a_year: dict[str | None, str]
) -> None:
    ids = two_days_and_a_year
    apply(store, decide.remove(store, "https://example.org/autumn"))
    assert ask.canonical(store, ids["2014"]) == ask.canonical(store, ids["2014-03-03"])
    apply(store, decide.undo(store))
    assert ask.canonical(store, ids["2014"]) != ask.canonical(store, ids["2014-03-03"])


@pytest.mark.parametrize("kind", ["Event", "Person"])
@pytest.mark.parametrize("ruling", ["same", "different"])
def test_what_was_ruled_on_is_not_suggested_until_it_is_taken_back(met: Store, kind: str, ruling: str) -> None:
    before, ids = ask.suggestions(met), pair(met, kind)
    apply(met, getattr(decide, ruling)(met, ids))
    assert {each.one.kind for each in ask.suggestions(met)} == {"Event", "Person"} - {kind}
    apply(met, decide.undo(met))
    assert ask.suggestions(met) == before


def test_a_part_that_was_split_off_is_not_suggested_again(met: Store) -> None:
    ids = pair(met, "Event")
    apply(met, decide.same(met, ids))
    shown = ask.canonical(met, ids[0])
    gone = next(id for id in ids if id != shown)
    apply(met, decide.split(met, shown, [gone]))
    assert [each.one.kind for each in ask.suggestions(met)] == ["Person"]


def test_what_is_rejected_is_not_suggested(met: Store) -> None:
    apply(met, decide.reject(met, pair(met, "Event")[1]))
    assert [each.one.kind for each in ask.suggestions(met)] == ["Person"]


def test_an_event_tells_what_it_was_merged_from_and_why(met: Store) -> None:
    ids = pair(met, "Event")
    apply(met, decide.same(met, ids, by="Ada", reason="one walk"))
    shown = ask.canonical(met, ids[0])
    assert {ask.canonical(met, id) for id in ids} == {shown}
    merged = ask.merged_from(met, ids[1])
    assert {one.id for one in merged} == set(ids)
    assert {one.edtf: len(one.articles) for one in merged} == {"2022-04-09": 2, "2022-04": 1}
    assert all(one.reason.startswith("Ada said so on ") and one.reason.endswith(": one walk") for one in merged)
    assert ask.merged_from(met, shown) == merged


def test_a_telling_alone_is_split_by_what_is_its_own(met: Store) -> None:
    ids = pair(met, "Event")
    apply(met, decide.same(met, ids))
    parts = {article.title: part for _, article, part in ask.tellings(ask.merged_from(met, ids[0]))}
    assert parts["A walk in spring"] in ids
    assert parts["Kyiv, a year later"].startswith("article-")
    apply(met, decide.split(met, ids[0], [parts["A walk in spring"]]))
    for id in ids:
        told = ask.tellings(ask.merged_from(met, id))
        assert ("A walk in spring" in [article.title for _, article, _ in told]) == (len(told) == 1)


def test_the_surest_comparison_is_the_reason(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(_TALKS.format("one", "in March 2014"), encoding="utf-8")
    (tmp_path / "two.txt").write_text(_TALKS.format("two", "on 18 March 2014"), encoding="utf-8")
    meetings.read(store, tmp_path)
    [event] = store.run("MATCH (e:Event)<-[m:MERGED_INTO]-(o:Event) WHERE m.expiredAt IS NULL AND o.edtf = '2014-03' "
                        "RETURN DISTINCT e.id AS id")  # fmt: skip
    merged = ask.merged_from(store, event["id"])
    assert {one.edtf for one in merged} == {"2014-03", "2014-03-18"}
    assert all("March 2014 contains 18 Mar 2014" in one.reason for one in merged)


_TALKS = """Title: Number {0}
Publisher: Paper {0}
Published: 6 May 2023
URL: https://example.org/{0}

Russia annexed Crimea {1}. The streets of the old town were quiet that morning, and the shops were closed.
"""


def test_an_entity_in_short(met: Store) -> None:
    ids = pair(met, "Person")
    apply(met, decide.same(met, ids))
    shown = ask.canonical(met, ids[0])
    card = ask.entity(met, shown)
    assert card
    assert (card.name, card.kind) == ("Phillip Hammond", "Person")
    assert "Philip Hammond" in card.aliases
    assert (card.mentions, card.articles, card.events) == (2, 2, 2)
    assert {one.name for one in ask.merged_from(met, shown)} == {"Philip Hammond", "Phillip Hammond"}
    gone = next(id for id in ids if id != shown)
    assert ask.entity(met, gone) is None


def test_decisions_have_names_latest_first_and_keep_those_taken_back(met: Store) -> None:
    people, events = pair(met, "Person"), pair(met, "Event")
    apply(met, decide.different(met, people, by="Ada", reason="father and son"))
    apply(met, decide.edit(met, events[0], "title", "The walk through Kyiv", by="Bo"))
    apply(met, decide.undo(met))
    edited, parted = ask.decision_rows(met)
    assert (edited.decision.value, edited.decision.by) == ("The walk through Kyiv", "Bo")
    assert edited.decision.revoked_at
    assert edited.targets[0].name == "Boris Johnson meets Volodymyr Zelenskyy in Kyiv"
    assert (parted.decision.kind, parted.decision.reason) == ("different", "father and son")
    assert {one.name for one in (*parted.targets, *parted.others)} == {"Philip Hammond", "Phillip Hammond"}
    assert [row.decision.id for row in ask.decision_rows(met, revoked=False)] == [parted.decision.id]
    assert len(ask.decision_rows(met, limit=1)) == 1


def test_a_decision_on_one_article_names_it(met: Store) -> None:
    event = of_kind(met, "Event").one.id
    apply(met, decide.split(met, event, ["Kyiv, a year later"]))
    [row] = ask.decision_rows(met)
    assert row.others[-1].name == "Kyiv, a year later"
    assert row.others[0].name == "Boris Johnson meets Volodymyr Zelenskyy in Kyiv"
