"""What the pages of one event and of one name ask, on both engines, against the same facts in plain Python."""

from __future__ import annotations

import pytest

from ingest.graph.facts import Facts, Relation
from ingest.revising import decide
from ingest.revising.revise import apply
from kb.ask.dossier import date_reason, event_dossier, name_dossier
from kb.ask.event import EventDetail, Report
from kb.ask.rows import ArticleRow
from kb.ask.timeline import TimelineRow
from kb.store import Store

ARTICLES = 30
PERSON = "syn-person-6"


@pytest.fixture(scope="module")
def relations(facts: list[Facts]) -> list[Relation]:
    return [relation for one in facts for relation in one.relations]


def took_part(relations: list[Relation], entity: str) -> set[str]:
    return {r.end for r in relations if r.type == "PARTICIPATED_IN" and r.start == entity}


def test_a_name_has_its_events_claims_company_and_articles(
    chronicle: Store, facts: list[Facts], relations: list[Relation]
) -> None:
    found = name_dossier(chronicle, PERSON, events=500, said=500)
    assert found
    dated = {event.id for one in facts for event in one.events if event.earliest}
    assert {row.id for row in found.events} == took_part(relations, PERSON) & dated
    assert found.every == len(found.events)
    assert [row.earliest or row.latest for row in found.events] == sorted(
        row.earliest or row.latest or "" for row in found.events
    )
    assert {claim.id for claim in found.said} == {r.start for r in relations if r.type == "MADE_BY" and r.end == PERSON}
    others = {r.start: took_part(relations, r.start) for r in relations if r.type == "PARTICIPATED_IN"}
    shared = {id: len(events & took_part(relations, PERSON)) for id, events in others.items() if id != PERSON}
    assert {one.id: one.events for one in found.company} == {id: count for id, count in shared.items() if count}
    assert all(found.sentences[event.id].text for one in found.company for event in one.shared)
    named = {one.article.id for one in facts if any(
        r.type == "MENTIONS" and r.end == PERSON for r in one.relations)}  # fmt: skip
    assert {one.article.id for one in found.articles} == named
    assert {one.wording for one in found.wordings} == {found.card.name}
    assert all(found.card.name in one.text for one in found.wordings)


def test_few_events_and_claims_are_the_most_important_and_the_last(chronicle: Store) -> None:
    whole = name_dossier(chronicle, PERSON, events=500, said=500)
    few = name_dossier(chronicle, PERSON, events=2, said=1)
    assert whole
    assert few
    best = sorted(whole.events, key=lambda row: (-row.importance, row.id))[:2]
    assert {row.id for row in few.events} == {row.id for row in best}
    assert few.every == len(whole.events)
    assert few.said == whole.said[-1:]


def test_nobody_of_an_unknown_id(chronicle: Store) -> None:
    assert name_dossier(chronicle, "no-such-name") is None


def test_who_says_that_somebody_took_part(chronicle: Store, facts: list[Facts], relations: list[Relation]) -> None:
    event = next(iter(sorted(took_part(relations, PERSON))))
    found = event_dossier(chronicle, event)
    said = {(r.start, one.article.id) for one in facts for r in one.relations
            if r.type == "PARTICIPATED_IN" and r.end == event}  # fmt: skip
    assert {(each.entity, each.article.id) for each in found.says_so} == said


def test_what_was_decided_on_it_is_told_with_what_was_taken_back(chronicle: Store) -> None:
    event = next(iter(row["id"] for row in chronicle.run("MATCH (e:Event) RETURN e.id AS id ORDER BY id LIMIT 1")))
    assert event_dossier(chronicle, event).decided == ()
    apply(chronicle, decide.edit(chronicle, event, "title", "Another title"))
    (row,) = event_dossier(chronicle, event).decided
    assert (row.decision.field, row.decision.value, row.decision.revoked_at) == ("title", "Another title", None)
    apply(chronicle, decide.undo(chronicle))
    (row,) = event_dossier(chronicle, event).decided
    assert row.decision.revoked_at


def told(shown: str, rule: str, *dates: tuple[str, str | None]) -> EventDetail:
    """An event as it is shown, with reports by publisher and date."""
    event = TimelineRow("e", "Talks", "CONSULT", shown, None, None, "day", "asserted", 0.5, 0.9, None, (), ())
    reports = tuple(
        Report(f"p{at}", "They met.", 5, 8, "met", date, "asserted", 0.9, ArticleRow(f"a{at}", publisher=publisher))
        for at, (publisher, date) in enumerate(dates)
    )  # fmt: skip
    return EventDetail(event, (), (), (), reports, (), (), date_rule=rule)


AS_MANY = "the most precise, best told or earliest of the dates that most sources agree with; 3 of 4 …"
MOST = "the date that most sources agree with; 2 of 3 …"
REASONS = (
    (told("2014-03-18", AS_MANY, ("A", "2014-03-18"), ("B", "2014-03-21"), ("C", "2014-03"), ("D", "2014")),
     "Two sources give a day and disagree: 18 Mar 2014 or 21 Mar 2014; two give only March 2014 or 2014. "
     "As many agree with each, so the most precise, best told or earliest is shown: 18 Mar 2014."),
    (told("2014-03-18", MOST, ("A", "2014-03-18"), ("B", "2014-03-18"), ("C", "2014-03-21")),
     "Three sources give a day and disagree: 18 Mar 2014 (two) or 21 Mar 2014 (one). "
     "18 Mar 2014 is shown: most sources agree with it."),
    (told("2022-02-24", "the most precise date; 2 of 2 …", ("A", "2022-02-24"), ("B", "2022-02"), ("B", "2022-02-24")),
     "Two sources say 24 Feb 2022."),
    (told("2022-02-24", "", ("A", "2022-02-24"), ("B", "2022-02"), ("C", None)),
     "One source says 24 Feb 2022; one gives only February 2022."),
    (told("2022-02-24", "", ("A", None)), ""),
    (told("2022-02-24", "a human gave the date", ("A", "2022-02-25")),
     "A human gave this date; what the sentences say stands below."),
)  # fmt: skip


@pytest.mark.parametrize(("detail", "reason"), REASONS, ids=range(len(REASONS)))
def test_the_reason_of_a_date_is_one_plain_sentence(detail: EventDetail, reason: str) -> None:
    assert date_reason(detail) == reason
