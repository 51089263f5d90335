"""By whatever way events, claims and articles are found, they are those that pass over all would find."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from kb import ask
from kb.ask.claims import choosing as claim_choosing
from kb.ask.kept import choosing, counts
from kb.ask.kept.counts import farther, highest, latest, outermost, reach, touching
from kb.counted import ALWAYS, FOREGROUND, UNDATED
from kb.store import Settings, Store, open_store
from kb.store.kept import recount

ARTICLES = 60
EVERY = """MATCH (e:Event) WHERE e.expiredAt IS NULL
RETURN e.id AS id, e.earliest AS earliest, e.latest AS latest, e.type AS type, e.status AS status,
  e.salience AS salience, e.confidence AS confidence, e.importance AS importance, e.edtf AS edtf,
  e.precision AS precision"""
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"min_salience": FOREGROUND}, {"min_salience": 0.63}, {"min_confidence": 0.85}, {"type": "FIGHT"},
    {"status": ("denied", "asserted")}, {"earliest": "2014-01-02", "latest": "2014-01-02"}, {"latest": "2014-01-01"},
    {"earliest": "2014-01-03", "type": ("AGREE", "VISIT"), "min_salience": 0.5}, {"earliest": "2015"},
)  # fmt: skip


@pytest.fixture(scope="module")
def wire(engine: Settings) -> Iterator[Store]:
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        load(store, lambda: articles(ARTICLES), "run")
        yield store


@pytest.fixture(scope="module")
def events(wire: Store) -> list[dict[str, Any]]:
    return wire.run(EVERY)


def passes(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    def among(word: str, given: Any) -> bool:
        return not given or word in ((given,) if isinstance(given, str) else given)

    return (
        among(row["type"], wanted.get("type"))
        and among(row["status"], wanted.get("status"))
        and row["salience"] >= wanted.get("min_salience", 0)
        and row["confidence"] >= wanted.get("min_confidence", 0)
    )


def touches(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    first, last = row["earliest"] or "", row["latest"] or "9999-12-31"
    return bool(first) and first <= wanted.get("latest", "9999-12-31") and last >= wanted.get("earliest", "")


def in_order(rows: list[dict[str, Any]]) -> list[str]:
    return [r["id"] for r in sorted(rows, key=lambda r: (-r["importance"], r["id"]))]


@pytest.mark.parametrize("few", [1, 400], ids=["by rungs", "by slots"])
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_events_are_the_same_by_any_way(
    wire: Store, events: list[dict[str, Any]], wanted: dict[str, Any], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "_FEW", few)
    dated = [row for row in events if touches(row, wanted) and passes(row, wanted)]
    undated = [row for row in events if not row["earliest"] and not row["latest"] and passes(row, wanted)]
    for limit in (3, 20, 500):
        assert [row.id for row in ask.timeline(wire, limit=limit, **wanted)] == in_order(dated)[:limit]
        both = ask.screen(wire, limit=limit, most_undated=limit, **wanted)
        assert [row.id for row in both.rows] == in_order(dated)[:limit]
        assert [row.id for row in both.undated] == in_order(undated)[:limit]
    spread = ask.spread(wire, **wanted)
    assert spread.total == len(dated)
    exact = [row["earliest"][:7] for row in dated if row["precision"] in ("day", "month", "interval", "open")]
    assert spread.density == sorted(Counter(exact).items())
    assert spread.types == Counter(row["type"] for row in dated)
    for type in spread.types:
        assert spread.of((type,)).density == ask.spread(wire, **{**wanted, "type": type}).density or wanted.get("type")


def _noted(asked: list[counts.Reach], one: counts.Reach) -> counts.Reach:
    asked.append(one)
    return one


def test_of_equals_as_many_are_read_as_are_asked_for(wire: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are as important as one another, the first by their ids are found, and few others looked at."""
    equal = wire.run("MATCH (e:Event) WHERE e.slot IS NOT NULL RETURN e.id AS id, e.importance AS importance,"
                     " e.slot = '?' AS bare ORDER BY id")  # fmt: skip
    wire.execute("MATCH (e:Event) WHERE e.slot IS NOT NULL SET e.importance = 0.5")
    try:
        recount(wire)
        asked: list[counts.Reach] = []
        plain = choosing.reach
        monkeypatch.setattr(counts, "_LEAST", 1)
        monkeypatch.setattr(choosing, "reach", lambda *given: _noted(asked, plain(*given)))
        monkeypatch.setattr(choosing, "_FEW", 3)
        for bare, question in ((False, ask.timeline), (True, ask.undated)):
            ids = [row["id"] for row in equal if row["bare"] == bare]
            assert [row.id for row in question(wire, limit=3)] == ids[:3]
            assert asked[0].events < len(ids) / 2
            asked.clear()
        both = ask.screen(wire, limit=9, most_undated=9)
        assert [row.id for row in both.rows] == [row["id"] for row in equal if not row["bare"]][:9]
        assert [row.id for row in both.undated] == [row["id"] for row in equal if row["bare"]][:9]
    finally:
        wire.execute("UNWIND $rows AS row MATCH (e:Event {id: row.id}) SET e.importance = row.importance", rows=equal)
        recount(wire)


@pytest.mark.parametrize("turned", [False, True], ids=["first first", "last first"])
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_chronology_comes_page_by_page_each_event_once(
    wire: Store, events: list[dict[str, Any]], wanted: dict[str, Any], turned: bool
) -> None:
    dated = [row for row in events if touches(row, wanted) and passes(row, wanted)]
    in_time = sorted(((row["earliest"] or row["latest"], row["id"]) for row in dated), reverse=turned)
    found, after = [], None
    for _ in range(len(dated) + 1):
        page = ask.chronology(wire, limit=23, after=after, latest_first=turned, **wanted)
        assert len(page.rows) <= 23
        found += [(row.event.earliest or row.event.latest, row.event.id) for row in page.rows]
        after = page.after
        if after is None:
            break
    assert found == in_time
    some = [id for _, id in in_time[::7]] or ["event-of-nothing"]
    assert [row.event.id for row in ask.chronology(wire, ids=some, latest_first=turned).rows] == (
        some[:50] if dated else []
    )
    assert {row.id for row in ask.timeline(wire, ids=some)} == (set(some) if dated else set())


def test_each_of_a_chronology_has_a_sentence_that_tells_it(wire: Store) -> None:
    told = "MATCH (e:Event {id: $id})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL RETURN p.text AS text"
    for row in ask.chronology(wire, limit=5).rows:
        assert row.sentence in {" ".join(each["text"].split()) for each in wire.run(told, id=row.event.id)}
        assert row.article


def test_what_is_told_in_passing_is_counted_beside(wire: Store, events: list[dict[str, Any]]) -> None:
    dated = [row for row in events if touches(row, {})]
    told = ask.spread(wire, min_salience=FOREGROUND)
    assert told.total + told.left_out == len(dated)
    assert told.left_out == sum(row["salience"] < FOREGROUND for row in dated)


def test_articles_come_page_by_page_each_once(wire: Store) -> None:
    rows, after = [], None
    for _ in range(ARTICLES):
        page = ask.articles(wire, limit=7, after=after)
        rows += page.rows
        after = page.after
        if after is None:
            break
    assert len(rows) == len({row.id for row in rows}) == ARTICLES
    assert rows == list(ask.articles(wire, limit=1000).rows)
    assert [row.published for row in rows] == sorted((row.published or "" for row in rows), reverse=True)


def test_articles_by_words_and_publisher(wire: Store) -> None:
    every = ask.articles(wire, limit=1000).rows
    publisher = ask.publishers(wire)[0]
    assert set(ask.publishers(wire)) == {row.publisher for row in every}
    own = [row for row in every if row.publisher == publisher]
    assert list(ask.articles(wire, limit=1000, publisher=publisher).rows) == own
    words = own[0].title.split()[:2]
    found = ask.articles(wire, limit=1000, text=" ".join(words).upper()).rows
    assert [row for row in every if all(word.lower() in row.title.lower() for word in words)] == list(found)


def test_claims_said_last_come_first_whatever_is_left_out(wire: Store) -> None:
    every = ask.claims(wire, limit=10_000)
    last = sorted(every, key=lambda row: (row.said or "", row.id), reverse=True)[:15]
    assert {row.id for row in ask.claims(wire, limit=15)} == {row.id for row in last}
    day = every[len(every) // 2].said
    assert day
    within = [row.id for row in every if row.said == day]
    assert [row.id for row in ask.claims(wire, limit=10_000, said_from=day, said_to=day)] == within


def test_slots_that_a_window_touches() -> None:
    slots = ("2014-03", "2014-04", "2014", "201", "20", "19", ALWAYS, UNDATED)
    assert touching(slots, "2014-03-05", "2014-03-09").partly == [ALWAYS, "20", "201", "2014", "2014-03"]
    assert touching(slots, "2014-03", "2014-12-31").within == ["2014-03", "2014-04"]
    assert touching(slots, "", "9999-12-31").within == sorted(set(slots) - {UNDATED})
    assert outermost(slots) == sorted({"2014-03", "2014-04", "2014", "201", "20", "19", ALWAYS})


def test_enough_is_taken_from_the_top() -> None:
    numbers = {"010": 5, "030": 2, "020": 4}
    assert highest(numbers, 1) == ["030"]
    assert highest(numbers, 3) == ["030", "020"]
    assert highest(numbers, 100) == ["030", "020", "010"]
    assert reach(numbers, 3) == (["030", "020"], [], 6)
    assert reach({}, 3) == ([], [], 0)
    many = {"0460": 2000, "0500": 30}
    few = reach(many, 130)
    assert few.rungs == ["0500"]
    assert few.lots == [f"0460 {part:02x}" for part in range(16)], "an eighth of a hundred more than do, of 2000 in 256"
    assert 125 <= few.events - 30 <= 126
    assert reach(many, 1700) == (["0500", "0460"], [], 2030)
    months = {"2014-01": 9, "2014-03": 2, "2014-02": 4, "2013": 1, "2014": 1, UNDATED: 3}
    assert latest(months, 5) == ["2014-03", "2014-02", "2014"]
    assert latest(months, 100)[-1] == UNDATED
    assert latest(months, 4, until="2014-02-10") == ["2014-02", "2014"]
    assert list(farther({"a": 100}, 10)) == [10, 40, 100]


def with_words(store: Store, text: str) -> set[str]:
    """The events whose title or a sentence has the words, found by looking at all."""
    told = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND (toLower(e.title) CONTAINS $text OR EXISTS {
  MATCH (e)-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL AND toLower(p.text) CONTAINS $text })
RETURN e.id AS id"""
    return {row["id"] for row in store.run(told, text=text)}


def test_of_words_that_very_many_have_the_most_important_are_found(
    wire: Store, events: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [row.title.lower().split() for row in ask.timeline(wire, limit=30)]
    text = Counter(word for title in titles for word in set(title) if len(word) > 3).most_common(1)[0][0]
    having = with_words(wire, text)
    dated = [row for row in events if touches(row, {}) and row["id"] in having]
    assert [row.id for row in ask.timeline(wire, limit=500, text=text)] == in_order(dated)
    assert not ask.spread(wire, text=text).cut
    monkeypatch.setattr(choosing, "_HELD", 3)
    assert [row.id for row in ask.timeline(wire, limit=500, text=text)] == in_order(dated), "so few are all looked at"
    monkeypatch.setattr(choosing, "LOOKED_THROUGH", 20)
    monkeypatch.setattr(counts, "_LEAST", 1)
    found = [row.id for row in ask.timeline(wire, limit=15, text=text)]
    assert 0 < len(found) < len(dated)
    assert found == in_order(dated)[: len(found)], "no other is more important"
    assert ask.spread(wire, text=text).cut
    assert ask.spread(wire, text=text).total == len(found)
    monkeypatch.setattr(choosing, "LOOKED_THROUGH", 60)
    monkeypatch.setattr(choosing, "_FIRST", 8)
    monkeypatch.setattr(choosing, "SENTENCES", 60)
    fewer = [row.id for row in ask.timeline(wire, limit=15, text=text)]
    monkeypatch.setattr(choosing, "SENTENCES", 8000)
    more = [row.id for row in ask.timeline(wire, limit=60, text=text)]
    assert fewer == more[: len(fewer)]
    assert len(fewer) < len(more), "once many sentences were looked at, no more are"
    month = {"earliest": "2014-01-02", "latest": "2014-01-02"}
    monkeypatch.setattr(choosing, "LOOKED_THROUGH", 400)
    within = [row for row in dated if touches(row, month)]
    assert [row.id for row in ask.timeline(wire, limit=40, text=text, **month)] == in_order(within)
    assert [row.id for row in ask.timeline(wire, limit=500, text=text)] == in_order(dated), "who asks for more gets all"


@pytest.mark.parametrize("held", [1000, 2], ids=["by their index", "by their days"])
def test_claims_with_words_are_the_same_by_any_way(wire: Store, held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = ask.claims(wire, limit=10_000)
    words = Counter(word for row in every for word in set(row.text.lower().split()) if word.isalpha())
    word = next(word for word, _ in words.most_common() if len(word) > 6)
    monkeypatch.setattr(claim_choosing, "_HELD", held)
    having = [row.id for row in every if re.search(rf"\b{word}", f"{row.text}|{row.speaker_text}".lower())]
    assert having
    assert [row.id for row in ask.claims(wire, limit=10_000, text=word)] == having
    assert ask.count_claims(wire, ask.ClaimFilter(text=word)) == len(having)
    assert ask.claims(wire, text="wordless") == []
