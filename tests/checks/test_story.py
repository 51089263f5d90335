"""What may be one, what one source alone tells, and what is missing, as `kb check` finds it on both engines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest.revising import decide
from ingest.revising.revise import apply
from kb import ask, checks
from kb.ask.kept.doubted import Key
from kb.checks import Doubt
from kb.edtf import Edtf
from kb.store import Store
from tests.checks.test_checks import add, found

DAYS = ("3 March 2014", "9 March 2014", "18 March 2014", "27 March 2014", "4 April 2014", "20 May 2016", "29 May 2016")
MEETING = "Angela Merkel met Vladimir Putin in {place} on {day}."
PLACES = ("Minsk", "Berlin", "Paris", "Rome", "Vienna", "Geneva", "Madrid")


def test_names_that_may_be_one_are_asked_for_until_somebody_rules(store: Store, tmp_path: Path) -> None:
    add(
        store, tmp_path, "one", "Olena Petrenko visited Lviv on 3 May 2022. Olena Petrenko met Angela Merkel in Berlin."
    )
    add(store, tmp_path, "two", "Elena Petrenko left Madrid on 4 June 2022.")
    [doubt] = found(store)["doubtful-identity"]
    assert "“Elena Petrenko”" in doubt.says
    assert "“Olena Petrenko” may be one: " in doubt.says.replace("“Elena Petrenko” may", "“Olena Petrenko” may")
    assert {one.kind for one in doubt.entities} == {"Entity"}
    assert doubt.settles == 1
    ids = [one.id for one in doubt.entities]
    apply(store, decide.different(store, ids))
    assert "doubtful-identity" not in found(store)
    apply(store, decide.undo(store))
    assert "doubtful-identity" in found(store)
    apply(store, decide.same(store, ids))
    assert "doubtful-identity" not in found(store)


def test_what_is_one_already_or_surely_not_is_not_asked_for(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "one", "Olena Petrenko visited Lviv on 3 May 2022.")
    add(store, tmp_path, "two", "Olena Petrenko left Madrid on 4 June 2022. Ivan Petrenko left Madrid on 5 June 2022.")
    assert "doubtful-identity" not in found(store)


def test_what_one_article_tells_and_another_takes_back(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, "first", "General Marek Dussan was killed in an air strike on 29 March 2024.", "2024-03-30")
    assert "denied" not in found(store)
    add(store, tmp_path, "second", "General Marek Dussan was not killed. He held a news conference in Oslo on 1 April "
        "2024.", "2024-04-02")  # fmt: skip
    [doubt] = found(store)["denied"]
    assert doubt.says == (
        "“Marek Dussan killed in air strike” is told by “Notes on first” (30 Mar 2024), and told not to have happened "
        "by “Notes on second” (2 Apr 2024)"
    )
    assert [e.article.name for e in doubt.evidence] == ["Notes on first", "Notes on second"]
    event = doubt.events[0].id
    apply(store, decide.edit(store, event, "status", "negated"))
    assert "denied" not in found(store)
    apply(store, decide.undo(store))
    assert "denied" in found(store)


def collection(store: Store, folder: Path, number: int) -> None:
    """Articles about one day, and one that tells what no other does."""
    for n in range(number - 1):
        add(store, folder, f"talks{n}", "Angela Merkel met Vladimir Putin in Minsk on 11 February 2015.")
    add(store, folder, "alone", "Russia invaded Ukraine on 24 February 2022. Canada attacked Norway.")


def test_what_one_source_alone_tells(store: Store, tmp_path: Path) -> None:
    collection(store, tmp_path, 5)
    doubts = found(store)
    assert [d.says for d in doubts["single-source"] if "invades" in d.says] == [
        "“Russia invades Ukraine” is told by one source, in 1 sentence"
    ]
    assert not [d for d in doubts["single-source"] if "Merkel" in d.says]
    [undated] = doubts["undated"]
    assert undated.says == "“Canada attacks Norway” has no date"
    for doubt in (*doubts["single-source"], undated):
        assert not doubt.impossible
        assert doubt.evidence[0].text[doubt.evidence[0].start : doubt.evidence[0].end]


def test_a_few_articles_are_not_asked_for_second_sources(store: Store, tmp_path: Path) -> None:
    collection(store, tmp_path, 4)
    assert not {"single-source", "undated"} & found(store).keys()


def many_alone(store: Store, folder: Path, number: int) -> None:
    """So many salient events without a date that one source tells, the first of them in most sentences."""
    collection(store, folder, 5)
    rows = [{"id": f"event-{n:04}", "title": f"Event {n:04}", "salience": 0.9, "sources": 1, "status": "asserted",
             "reports": max(1, 50 - n)} for n in range(number)]  # fmt: skip
    store.execute("UNWIND $rows AS row CREATE (e:Event) SET e = row", rows=rows)
    checks.recount(store)


def test_the_first_are_told_and_all_are_counted(store: Store, tmp_path: Path) -> None:
    alone = len(found_after(store, tmp_path))
    many_alone(store, tmp_path, 300)
    groups = {group.kind.key: group for group in checks.check(store, limit=3)}
    assert [doubt.events[0].name for doubt in groups["single-source"].doubts] == [f"Event {n:04}" for n in range(3)]
    assert groups["single-source"].total == 300 + alone
    assert len(found(store)["single-source"]) == 300 + alone


def test_of_the_events_without_a_date_the_main_ones_are_told_and_all_are_counted(store: Store, tmp_path: Path) -> None:
    collection(store, tmp_path, 5)
    passing = "Reporters asked whether Vladimir Putin had called Angela Merkel. Norway may attack Canada."
    add(store, tmp_path, "passing", passing)
    [group] = [group for group in checks.check(store) if group.kind.key == "undated"]
    counted = store.run("""MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.earliest IS NULL AND e.latest IS NULL
        AND e.status = 'asserted' RETURN count(e) AS events""")
    assert group.among == counted[0]["events"] > group.total


def found_after(store: Store, folder: Path) -> tuple[Doubt, ...]:
    collection(store, folder, 5)
    return found(store)["single-source"]


def test_page_after_page_gives_each_once(store: Store, tmp_path: Path) -> None:
    many_alone(store, tmp_path, 1200)
    every = [doubt.says for doubt in found(store)["single-source"]]
    told: list[str] = []
    after: Key | None = None
    for _ in range(100):
        page = checks.more(store, "single-source", 90, after)
        assert page
        assert page.total == len(every)
        told += [doubt.says for doubt in page.doubts]
        after = page.after
        if after is None:
            break
    assert len(told) == len(set(told))
    assert sorted(told) == sorted(every)
    assert told[:49] == every[:49], "those that settle most come first"


GAPS: list[tuple[str, tuple[str, ...], int, list[str]]] = [
    ("two years of nothing", DAYS, 2, ["777 days"]),
    ("its ends told only once", DAYS, 1, []),
    ("no gap that stands out", ("3 March 2014", "9 May 2014", "18 July 2014", "27 September 2014", "4 December 2014",
                                "20 February 2015", "1 May 2015"), 2, []),
    ("a long one among short, but of few weeks", ("3 March 2014", "5 March 2014", "7 March 2014", "9 March 2014",
                                                  "11 March 2014", "13 March 2014", "29 April 2014"), 2, []),
    ("too few events", DAYS[:2] + DAYS[-2:], 2, []),
]  # fmt: skip


@pytest.mark.parametrize(("days", "times", "expected"), [pytest.param(*c[1:], id=c[0]) for c in GAPS])
def test_stretches_without_an_event(
    store: Store, tmp_path: Path, days: tuple[str, ...], times: int, expected: list[str]
) -> None:
    story = " ".join(MEETING.format(place=place, day=day) for place, day in zip(PLACES, days, strict=False))
    for n in range(times):
        add(store, tmp_path, f"story{n}", story)
    doubts = found(store).get("silent-gap", ())
    assert len(doubts) == len(expected)
    for doubt, words in zip(doubts, expected, strict=True):
        assert words in doubt.says
        assert "Geneva" not in doubt.events[0].name
        assert len(doubt.events) == 2


BETWEEN = {
    "told in passing": "Reporters asked whether Vladimir Putin had called Angela Merkel on 2 June 2015.",
    "only alleged": "Vladimir Putin allegedly met Angela Merkel in Prague on 2 June 2015.",
    "known to the year": "Angela Merkel met Vladimir Putin in Prague in 2015.",
    "of a place": "A bridge collapsed in Minsk on 2 June 2015.",
}


@pytest.mark.parametrize("sentence", BETWEEN.values(), ids=BETWEEN)
def test_nothing_that_the_timeline_lists_lies_in_a_silent_gap(store: Store, tmp_path: Path, sentence: str) -> None:
    story = " ".join(MEETING.format(place="Minsk", day=day) for day in DAYS)
    for n in range(2):
        add(store, tmp_path, f"story{n}", f"{story} {sentence}")
    gaps = found(store).get("silent-gap", ())
    for gap in gaps:
        before, after = (Edtf(str(event.edtf)) for event in gap.events)
        inner = {"earliest": day_beside(before.latest, 1), "latest": day_beside(after.earliest, -1)}
        assert ask.timeline(store, entity=gap.entities[0].id, **inner) == []
    assert gaps, "what lies between parts one silence in two of which the longer is told"


def day_beside(day: str | None, days: int) -> str:
    assert day
    return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
