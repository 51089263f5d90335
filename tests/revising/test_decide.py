"""What humans decide, on both engines: shown first, applied exactly, kept by every reading, undone without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from ingest.revising import decide
from ingest.revising.recompute import recompute
from ingest.revising.revise import Revision, apply, every_article, reread
from kb.checks.verify import Proof
from kb.decisions import decisions
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.heeded import Added
from kb.store import Store, schema
from tests.kept import filled
from tests.revising.test_recompute import differing, shown

pytestmark = pytest.mark.usefixtures("every_tally")

HEAD = "Title: {title}\nPublisher: {title}\nPublished: 16 February 2024\nURL: https://example.org/{title}\n\n"
TEXTS = {
    "one": "Russia annexed Crimea on 18 March 2014. Vladimir Putin met Angela Merkel in Minsk on 11 February 2015. "
           "“We are ready,” Putin said.",
    "two": "Russia annexed Crimea in 2014. Two years after the annexation, Canada closed its embassy in Minsk. "
           "Olena Petrenko visited Lviv on 3 May 2022.",
    "three": "Angela Merkel met President Putin in Minsk on 11 February 2015. Elena Petrenko visited Lviv on 3 May "
             "2022, and officials praised her.",
}  # fmt: skip
"""Three articles: the annexation is told in two ways, the meeting in one, the visitor’s name in two spellings."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in TEXTS:
        put(tmp_path, name)
    return tmp_path


def put(folder: Path, name: str, text: str | None = None) -> None:
    (folder / f"{name}.txt").write_text(HEAD.format(title=name) + (text or TEXTS[name]) + "\n", encoding="utf-8")


@pytest.fixture
def graph(store: Store, folder: Path) -> Store:
    filled(store, __name__, lambda: three_articles(store, folder))
    return store


def three_articles(store: Store, folder: Path) -> None:
    assert [o.status for o in ingest([str(folder)], store).articles] == ["new"] * 3


def ids(store: Store, label: str, words: str, *, canonical: bool = True) -> list[str]:
    """Those that have these words as their name, title or text, by id."""
    alive = "n.expiredAt IS NULL AND " if canonical else ""
    rows = store.run(f"MATCH (n:{label}) WHERE {alive}coalesce(n.title, n.name, n.text) CONTAINS $words "
                      "RETURN n.id AS id ORDER BY id", words=words)  # fmt: skip
    return [row["id"] for row in rows]


def event(store: Store, words: str) -> str:
    return ids(store, "Event", words)[0]


def merged_in(store: Store, id: str) -> list[str]:
    rows = store.run("MATCH (n)-[m:MERGED_INTO]->(c {id: $id}) WHERE m.expiredAt IS NULL RETURN n.id AS id", id=id)
    return sorted(row["id"] for row in rows)


VIEW = """MATCH (n:LABEL) RETURN n.id AS id, n.expiredAt IS NULL AS alive, coalesce(n.title, n.name, n.text) AS words,
  n.edtf AS date, n.status AS status, n.type AS type, n.reports AS reports, n.tags AS tags, n.note AS note"""


def view(store: Store) -> dict[str, dict[str, Any]]:
    """What is shown of every entity, event and claim."""
    return {r["id"]: r for label in ("Entity", "Event", "Claim") for r in store.run(VIEW.replace("LABEL", label))}


KEPT = """MATCH (n) WHERE n:Entity OR n:Event
RETURN n.id AS id, n.live AS live, n.canonical AS canonical, n.judged AS judged ORDER BY id"""


def test_a_graph_of_version_2_gains_what_version_3_keeps_of_referents(graph: Store) -> None:
    apply(graph, decide.same(graph, [event(graph, "annexes"), event(graph, "visits")]))
    kept = graph.run(KEPT)
    assert all(any(row[key] for row in kept) for key in ("live", "canonical", "judged"))
    graph.execute("MATCH (n) WHERE n:Entity OR n:Event SET n.live = null, n.canonical = null, n.judged = null")
    graph.execute("MATCH (s:Schema {id: 'schema'}) SET s.version = 2")
    schema.ensure(graph)
    assert graph.run(KEPT) == kept


Case = Callable[[Store], Revision]

CASES: dict[str, Case] = {
    "same events": lambda s: decide.same(s, [event(s, "annexes"), event(s, "visits")]),
    "same people": lambda s: decide.same(s, [ids(s, "Person", "Putin")[0], ids(s, "Person", "Merkel")[0]]),
    "different events": lambda s: decide.different(s, apart(s)),
    "different people": lambda s: decide.different(s, ids(s, "Person", "Putin")[:1] + ids(s, "Person", "Merkel")[:1]),
    "split a referent": lambda s: decide.split(s, event(s, "annexes"), merged_in(s, event(s, "annexes"))),
    "split an article's event": lambda s: decide.split(s, event(s, "annexes"), ["https://example.org/two"]),
    "split a shared event": lambda s: decide.split(s, event(s, "meets"), ["https://example.org/three"]),
    "split a shared person": lambda s: decide.split(s, ids(s, "Person", "Putin")[0], ["https://example.org/one"]),
    "title": lambda s: decide.edit(s, event(s, "annexes"), "title", "The annexation"),
    "type": lambda s: decide.edit(s, event(s, "annexes"), "type", "CONSULT"),
    "status": lambda s: decide.edit(s, event(s, "annexes"), "status", "alleged"),
    "tags": lambda s: decide.edit(s, event(s, "annexes"), "tags", " law,border , law"),
    "note of two": lambda s: decide.edit(s, event(s, "annexes"), "note", "Ask again", also=[event(s, "visits")]),
    "took no part": lambda s: decide.who(s, event(s, "meets"), ids(s, "Person", "Putin")[0]),
    "took part": lambda s: decide.who(s, event(s, "annexes"), ids(s, "Person", "Merkel")[0], "agent"),
    "was nowhere": lambda s: decide.where(s, event(s, "annexes"), None),
    "was elsewhere": lambda s: decide.where(s, event(s, "annexes"), ids(s, "Place", "")[0]),
    "name": lambda s: decide.edit(s, ids(s, "Person", "Putin")[0], "name", "V. V. Putin"),
    "date": lambda s: decide.edit(s, event(s, "annexes"), "date", "2014-03-21"),
    "published": lambda s: decide.edit(s, "https://example.org/one", "published", "2024-03-01"),
    "reject an event": lambda s: decide.reject(s, event(s, "annexes")),
    "reject a person": lambda s: decide.reject(s, ids(s, "Person", "Putin")[0]),
    "reject a claim": lambda s: decide.reject(s, ids(s, "Claim", "We are ready")[0]),
}  # fmt: skip


def apart(store: Store) -> list[str]:
    """The two ways to tell the annexation, which are one."""
    canonical = event(store, "annexes")
    return [canonical, *merged_in(store, canonical)]


def test_the_articles_are_what_the_cases_need(graph: Store) -> None:
    assert len(apart(graph)) == 2
    assert merged_in(graph, event(graph, "meets")) == []
    assert len(ids(graph, "Event", "meets")) == 1


def test_what_is_merged_is_not_shown_beside_what_it_is_merged_into(graph: Store) -> None:
    both = "MATCH (n)-[m:MERGED_INTO]->() WHERE m.expiredAt IS NULL RETURN n.expiredAt IS NULL AS shown"
    assert {row["shown"] for row in graph.run(both)} == {False}
    assert len(ids(graph, "Event", "annexes")) == 1


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_decision_shown_applied_kept_and_taken_back(graph: Store, folder: Path, case: Case) -> None:
    at_first = shown(graph)
    before = view(graph)
    revision = case(graph)
    assert (shown(graph), view(graph)) == (at_first, before), "a decision that is only shown changes something"
    apply(graph, revision)
    after, decided = view(graph), shown(graph)
    assert decided != at_first or revision.effects == ()
    assert effects_of(revision) == changes(before, after)
    assert [o.status for o in ingest([str(folder)], graph).articles] == ["unchanged"] * 3
    assert [reread(graph, article).empty for article in every_article(graph)] == [True] * 3
    assert shown(graph) == decided
    [made] = decisions(graph)
    back = decide.undo(graph, made.id)
    apply(graph, back)
    assert effects_of(back) == changes(after, view(graph))
    assert shown(graph) == at_first
    assert decisions(graph) == []
    assert [o.status for o in ingest([str(folder)], graph).articles] == ["unchanged"] * 3
    assert [reread(graph, article).empty for article in every_article(graph)] == [True] * 3


def test_what_a_human_writes_on_an_event_is_kept_as_written_and_can_be_emptied(graph: Store) -> None:
    one, other = event(graph, "annexes"), event(graph, "visits")
    written = """MATCH (e:Event) WHERE e.tags IS NOT NULL OR e.note IS NOT NULL
    RETURN e.id AS id, e.tags AS tags, e.note AS note"""
    apply(graph, decide.edit(graph, one, "tags", "law,  Border ,law", also=[other]))
    apply(graph, decide.edit(graph, one, "note", "Ask the ministry"))
    assert sorted(graph.run(written), key=lambda row: row["id"]) == sorted(
        ({"id": one, "tags": "Border, law", "note": "Ask the ministry"},
         {"id": other, "tags": "Border, law", "note": None}),
        key=lambda row: row["id"])  # fmt: skip
    apply(graph, decide.edit(graph, one, "tags", " , "))
    apply(graph, decide.edit(graph, one, "note", ""))
    assert [row["id"] for row in graph.run(written)] == [other]
    with pytest.raises(BadInput, match="a title of its own"):
        decide.edit(graph, one, "title", "Both", also=[other])
    with pytest.raises(BadInput, match="No event"):
        decide.edit(graph, one, "note", "Both", also=["event-of-nothing"])


TAKING_PART = """MATCH (e:Event {id: $id})-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE r.live = true
RETURN DISTINCT coalesce(r.role, 'place') AS role, x.name AS name"""


def taking_part(store: Store, id: str) -> set[tuple[str, str]]:
    """Who takes part in an event, and where it is, each with the role."""
    return {(row["name"], row["role"]) for row in store.run(TAKING_PART, id=id)}


def test_who_took_part_and_where_is_said_kept_through_merges_and_taken_back(graph: Store, folder: Path) -> None:
    annexed, merkel = event(graph, "annexes"), ids(graph, "Person", "Merkel")[0]
    at_first = taking_part(graph, annexed)
    agents = [row["id"] for row in graph.run(
        "MATCH (x:Entity)-[r:PARTICIPATED_IN {role: 'agent'}]->(e:Event {id: $id}) WHERE r.live = true "
        "RETURN DISTINCT x.id AS id", id=annexed)]  # fmt: skip
    assert agents
    revision = decide.who(graph, annexed, merkel, "patient")
    [(key, _, told)] = revision.effects[0].details
    assert (key, "(patient)" in told) == ("who", True)
    apply(graph, revision)
    for agent in agents:
        apply(graph, decide.who(graph, annexed, agent))
    apply(graph, decide.where(graph, annexed, None))
    said = taking_part(graph, annexed)
    assert {role for _, role in said} & {"agent", "place"} == set()
    assert [role for name, role in said if "Merkel" in name] == ["patient"]
    apply(graph, decide.split(graph, annexed, merged_in(graph, annexed)))
    apply(graph, decide.undo(graph))
    assert taking_part(graph, annexed) == said
    ingest_all(graph, folder, LONGER)
    assert taking_part(graph, annexed) == said
    proof = Proof()
    recompute(graph, proof)
    assert proof.faults == []
    while decisions(graph):
        apply(graph, decide.undo(graph))
    assert taking_part(graph, annexed) == at_first


def test_an_article_that_comes_later_is_read_by_what_was_said_of_who(graph: Store, folder: Path) -> None:
    annexed = event(graph, "annexes")
    apply(graph, decide.where(graph, annexed, None))
    (folder / "four.txt").write_text(HEAD.format(title="four") + TEXTS["one"] + "\n", encoding="utf-8")
    ingest([str(folder)], graph)
    assert "place" not in {role for _, role in taking_part(graph, annexed)}


@pytest.mark.parametrize(("who", "role", "told"), [("Merkel", "boss", "no role"), ("annexes", "agent", "takes part")])
def test_what_cannot_take_part_is_one_sentence(graph: Store, who: str, role: str, told: str) -> None:
    id = (ids(graph, "Person", who) or ids(graph, "Event", who))[0]
    with pytest.raises(BadInput, match=told):
        decide.who(graph, event(graph, "annexes"), id, role)
    with pytest.raises(BadInput, match="no place"):
        decide.where(graph, event(graph, "annexes"), id)


def effects_of(revision: Revision) -> dict[str, str]:
    # Who takes part is told only where that was decided; its own tests look at it.
    told = [one for one in revision.effects if {key for key, _, _ in one.details} != {"who"}]
    kinds = {"merged": "gone", "gone": "gone", "apart": "here", "back": "here", "changed": "changed"}
    found = {effect.id: "here" if effect.was else kinds[effect.change] for effect in told}
    return found | {effect.was: "gone" for effect in revision.effects if effect.was}


def changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What really came of each."""
    found = {}
    for id, row in after.items():
        was = before.get(id)
        if row["alive"] != (was["alive"] if was else False):
            found[id] = "here" if row["alive"] else "gone"
        elif row["alive"] and row != was:
            found[id] = "changed"
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_decision_outlives_what_was_decided_later(graph: Store, case: Case) -> None:
    """Taken back out of order, it leaves what the others alone would have made."""
    later = decide.edit(graph, event(graph, "closes"), "title", "A visit")
    apply(graph, later)
    alone = shown(graph)
    assert later.decision
    apply(graph, decide.undo(graph, later.decision.id))
    revision = case(graph)
    apply(graph, revision)
    apply(graph, decide.edit(graph, event(graph, "closes"), "title", "A visit"))
    assert revision.decision
    apply(graph, decide.undo(graph, revision.decision.id))
    assert shown(graph) == alone


LONGER = {
    "one": "Nobody had expected it. " + TEXTS["one"],
    "two": TEXTS["two"] + " It was a cold day in the whole of the country.",
    "three": "Nobody had expected it. " + TEXTS["three"],
}


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("published", "reject a claim")])
def test_a_changed_article_keeps_the_decision(graph: Store, folder: Path, name: str) -> None:
    revision = CASES[name](graph)
    apply(graph, revision)
    ingest_all(graph, folder, LONGER)
    kept = view(graph)
    for effect in revision.effects:
        if not effect.id.startswith("claim"):
            assert kept[effect.id]["alive"] == (effect.change not in ("merged", "gone")), effect
        for key, _, value in effect.details:
            if key == "who":
                continue
            assert kept[effect.id][key] == value, effect


def ingest_all(store: Store, folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        put(folder, name, text)
    assert [o.status for o in ingest([str(folder)], store).articles] == ["changed"] * len(texts)


def test_a_date_holds_for_the_article_whose_event_is_merged_later(store: Store, folder: Path) -> None:
    ingest([str(folder / "one.txt")], store)
    apply(store, decide.edit(store, event(store, "annexes"), "date", "2012-03-21"))
    ingest([str(folder / "two.txt")], store)
    assert [row["d"] for row in store.run(TWO_YEARS)] == ["2014~"]
    forwards = shown(store)
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    ingest([str(folder / "two.txt"), str(folder / "one.txt")], store)
    apply(store, decide.edit(store, event(store, "annexes"), "date", "2012-03-21"))
    backwards = shown(store)
    assert backwards == forwards, differing(forwards[0] + forwards[1], backwards[0] + backwards[1])


def test_a_date_leaves_what_is_parted_from_it(graph: Store) -> None:
    before = [r["d"] for r in graph.run(TWO_YEARS)]
    apply(graph, decide.edit(graph, event(graph, "annexes"), "date", "2013-01-01"))
    assert [r["d"][:4] for r in graph.run(TWO_YEARS)] == ["2015"]
    apply(graph, decide.split(graph, event(graph, "annexes"), ["https://example.org/two"]))
    apply(graph, decide.undo(graph, decisions(graph)[1].id))
    assert [r["d"] for r in graph.run(TWO_YEARS)] == before


MEETING = (
    "Angela Merkel met President Putin in Minsk on 11 February 2015. Two days after the meeting, Olena Petrenko "
    "visited Lviv."
)


def test_what_is_counted_from_a_date_is_shown_whenever_it_changes(store: Store, folder: Path) -> None:
    """A split leaves the article the date that its own words give, and taking the split back the human's again."""
    put(folder, "three", MEETING)
    ingest([str(folder / "one.txt"), str(folder / "three.txt")], store)
    meeting = event(store, "meets")
    apply(store, decide.edit(store, meeting, "date", "2015-03-01"))
    split = decide.split(store, meeting, ["https://example.org/three"])
    assert counted(split) == {"Two days after the meeting": ("2015-03-03~", "2015-02-13~")}
    apply(store, split)
    undo = decide.undo(store)
    assert counted(undo) == {"Two days after the meeting": ("2015-02-13~", "2015-03-03~")}
    apply(store, undo)
    assert counted(decide.undo(store)) == {"Two days after the meeting": ("2015-03-03~", "2015-02-13~")}


def test_what_is_counted_from_what_becomes_one_is_shown(graph: Store) -> None:
    apply(graph, decide.edit(graph, ids(graph, "Event", "meets")[0], "date", "2011-05-07"))
    one = decide.same(graph, [event(graph, "annexes"), event(graph, "meets")])
    two_years = {"Two years after the annexation": ("2016~", "2013~")}
    assert counted(one) == two_years


def counted(revision: Revision) -> dict[str, tuple[str | None, str | None]]:
    return {d.words: (d.before, d.after) for d in revision.differences if d.kind == "time"}


TWO_YEARS = "MATCH (t:TimeExpression) WHERE t.text STARTS WITH 'Two years' AND t.expiredAt IS NULL RETURN t.edtf AS d"

REFUSED: list[tuple[str, Case, str]] = [
    ("one thing", lambda s: decide.same(s, [event(s, "annexes")]), "two ids or more"),
    ("one thing twice", lambda s: decide.same(s, [event(s, "annexes")] * 2), "two ids or more"),
    ("of two kinds", lambda s: decide.same(s, [event(s, "annexes"), ids(s, "Person", "Putin")[0]]), "of one kind"),
    ("of two kinds of entities", lambda s: decide.same(s, [ids(s, "Place", "Minsk")[0], ids(s, "Person", "Putin")[0]]),
     "of one kind"),
    ("one already", lambda s: decide.same(s, apart(s)), "one already"),
    ("unknown", lambda s: decide.same(s, ["event-x", event(s, "annexes")]), "Nothing in the graph"),
    ("all parts", lambda s: decide.split(s, event(s, "annexes"), apart(s)), "leave at least one"),
    ("no part", lambda s: decide.split(s, event(s, "annexes"), ["nowhere"]), "No article"),
    ("an article that does not tell it", lambda s: decide.split(s, event(s, "annexes"), ["https://example.org/three"]),
     "does not tell"),
    ("the only article", lambda s: decide.split(s, ids(s, "Person", "Olena")[0], ["https://example.org/two"]),
     "Only that"),
    ("claims cannot be one", lambda s: decide.same(s, [ids(s, "Claim", "We")[0], event(s, "annexes")]), "of one kind"),
    ("no such field", lambda s: decide.edit(s, event(s, "annexes"), "name", "x"), "has no field"),
    ("nothing of a claim", lambda s: decide.edit(s, ids(s, "Claim", "We")[0], "title", "x"), "reject it instead"),
    ("empty", lambda s: decide.edit(s, event(s, "annexes"), "title", " "), "cannot be empty"),
    ("no date", lambda s: decide.edit(s, event(s, "annexes"), "date", "yesterday"), "cannot be read as a date"),
    ("no status", lambda s: decide.edit(s, event(s, "annexes"), "status", "maybe"), "asserted, alleged"),
    ("an article", lambda s: decide.reject(s, every_article(s)[0]), "kb remove"),
    ("nothing to take back", decide.undo, "no decision to take back"),
    ("no such decision", lambda s: decide.undo(s, "decision-x"), "kb decisions"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "says"), [pytest.param(*c[1:], id=c[0]) for c in REFUSED])
def test_what_cannot_be_decided_is_one_sentence(graph: Store, case: Case, says: str) -> None:
    before = shown(graph)
    with pytest.raises(BadInput, match=says) as error:
        case(graph)
    assert "\n" not in str(error.value)
    assert shown(graph) == before


def test_what_is_taken_back_cannot_be_taken_back_again(graph: Store) -> None:
    revision = decide.reject(graph, event(graph, "annexes"))
    apply(graph, revision)
    apply(graph, decide.undo(graph))
    assert revision.decision
    with pytest.raises(BadInput, match="taken back already"):
        decide.undo(graph, revision.decision.id)


def test_of_two_words_on_one_field_the_later_holds_until_it_goes(graph: Store) -> None:
    for date in ("2013", "2012", "2011"):
        apply(graph, decide.edit(graph, event(graph, "annexes"), "date", date))
    dates = "MATCH (e:Event {id: $id}) RETURN e.edtf AS d, e.edtfBasis AS b"
    id = event(graph, "annexes")
    latest = decisions(graph)
    apply(graph, decide.undo(graph, latest[1].id))
    assert graph.run(dates, id=id) == [{"d": "2011", "b": "decision"}]
    apply(graph, decide.undo(graph, latest[0].id))
    assert graph.run(dates, id=id) == [{"d": "2013", "b": "decision"}]
    assert Edtf("2013") == decisions(graph)[0].value


def test_a_star_puts_an_event_first_until_it_is_taken_back(graph: Store) -> None:
    starred, before = event(graph, "Petrenko visits"), shown(graph)
    revision = decide.edit(graph, starred, "starred", "yes")
    assert {effect.id for effect in revision.effects} == {starred}
    apply(graph, revision)
    first = graph.run("MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.id AS id, e.importanceRule AS why "
                      "ORDER BY e.importance DESC LIMIT 1")  # fmt: skip
    assert first == [{"id": starred, "why": "a human starred it"}]
    apply(graph, decide.undo(graph))
    assert shown(graph) == before
    with pytest.raises(BadInput, match="“perhaps” is no star; give yes or no"):
        decide.edit(graph, starred, "starred", "perhaps")


def test_an_event_that_a_human_adds_outlives_reading_correction_and_is_undone(graph: Store, folder: Path) -> None:
    before = shown(graph)
    [merkel] = ids(graph, "Entity", "Merkel")
    words = "officials praised her"
    start = (HEAD + TEXTS["three"]).index(words)
    added = Added("event", start, words, "A visitor is honoured", "SUPPORT", "3 May 2022", (("agent", merkel),))
    revision = decide.add(graph, "three", added, by="Ada")
    assert [(e.change, e.words) for e in revision.effects] == [("back", "A visitor is honoured")]
    assert shown(graph) == before
    apply(graph, revision)
    [id] = ids(graph, "Event", "A visitor is")
    told = """MATCH (e:Event {id: $id})-[r:REPORTED_IN]->(p:Passage) WHERE r.live = true
RETURN e.edtf AS edtf, p.text AS text"""
    assert [(r["edtf"], words in r["text"]) for r in graph.run(told, id=id)] == [("2022-05-03", True)]
    who = "MATCH (:Event {id: $id})<-[r:PARTICIPATED_IN]-(x) WHERE r.live = true RETURN x.name AS name, r.role AS role"
    assert graph.run(who, id=id) == [{"name": "Angela Merkel", "role": "agent"}]
    proof = Proof()
    recompute(graph, proof)
    assert proof.holds
    assert [reread(graph, each).empty for each in every_article(graph)] == [True] * 3
    with pytest.raises(BadInput, match="added already"):
        decide.add(graph, "three", replace(added, date="2022-05-03"))

    put(folder, "three", TEXTS["three"].replace("Angela Merkel met", "Yesterday it rained. Angela Merkel met"))
    assert "changed" in [o.status for o in ingest([str(folder)], graph).articles]
    [again] = ids(graph, "Event", "A visitor is")
    assert [(r["edtf"], words in r["text"]) for r in graph.run(told, id=again)] == [("2022-05-03", True)]
    apply(graph, decide.edit(graph, again, "date", "May 2022"))
    [dated] = ids(graph, "Event", "A visitor is")
    assert graph.run(told, id=dated)[0]["edtf"] == "2022-05"
    assert [reread(graph, each).empty for each in every_article(graph)] == [True] * 3
    apply(graph, decide.undo(graph))
    put(folder, "three")
    ingest([str(folder)], graph)
    apply(graph, decide.undo(graph))
    assert ids(graph, "Event", "A visitor is") == []
    assert shown(graph) == before


def test_a_claim_that_a_human_adds_has_its_speaker_its_day_and_what_it_is_about(graph: Store) -> None:
    [merkel] = ids(graph, "Entity", "Merkel")
    words = "Elena Petrenko visited Lviv on 3 May 2022"
    added = Added("claim", 0, words, date="May 2022", who=(("speaker", merkel),))
    apply(graph, decide.add(graph, "three", added))
    [id] = ids(graph, "Claim", "Elena Petrenko visited")
    said = """MATCH (c:Claim {id: $id})-[m:MADE_BY]->(x) MATCH (c)-[a:ABOUT]->(e:Event)
WHERE m.live = true AND a.live = true RETURN x.name AS who, c.said AS said, e.title AS about"""
    assert graph.run(said, id=id) == [
        {"who": "Angela Merkel", "said": "2022-05", "about": "Elena Petrenko visits Lviv"}
    ]
    apply(graph, decide.undo(graph))
    assert ids(graph, "Claim", "Elena Petrenko visited") == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"words": "no such words"}, "do not stand"), ({"words": " "}, "do not stand"), ({"title": " "}, "needs a title"),
     ({"date": "soon"}, "cannot be read as a date"), ({"who": (("agent", "person-none"),)}, "Nothing in the graph")],
)  # fmt: skip
def test_what_cannot_be_added_is_one_sentence(graph: Store, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        decide.add(graph, "three", replace(Added("event", 0, "praised her", "Praise", "SUPPORT"), **change))
