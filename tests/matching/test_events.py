"""Which events of different articles are one: pairs of profiles, and what holds of all."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.matching.events import compare_events, event_blocks, event_profiles
from ingest.matching.events.families import families
from ingest.matching.ids import digest
from ingest.matching.profiles import EventProfile
from ingest.reading.findings import EntityFinding, EventFinding, EventMention, MentionFinding, Participant
from kb.edtf import Edtf
from kb.models import EventStatus

SPECS = Path(__file__).parents[1] / "specs" / "event_identity"
NAMES: dict[str, str] = json.loads((SPECS / "names.json").read_text("utf-8"))
ROWS = [
    (file.stem, row)
    for file in sorted(SPECS.glob("*.json"))
    if file.stem != "names"
    for row in json.loads(file.read_text("utf-8"))
]
STATUSES: dict[str, EventStatus] = {
    status: status for status in ("asserted", "alleged", "denied", "planned", "hypothetical", "negated")
}
WIDE = ("country", "region")


def itself(entity: str) -> str:
    return entity


def entity(name: str) -> str:
    kind = NAMES[name]
    return digest("place" if kind in (*WIDE, "city") else kind.lower(), name)


def profile(text: str, name: str = "one") -> EventProfile:
    """The profile that "annex 2014-03-18: agent Russia, patient Crimea; at Crimea; planned" writes out.

    "war undated, told 2022-05: …" is of an article of that month.
    """
    head, _, rest = text.partition(": ")
    head, _, told = head.partition(", told ")
    lemma, _, date = head.rpartition(" ")
    people: list[tuple[str, str]] = []
    place, thing, status = "", "", "asserted"
    for part in filter(None, rest.split("; ")):
        word, _, value = part.partition(" ")
        if word == "at":
            place = value
        elif word == "thing":
            thing = value
        elif word in STATUSES:
            status = word
        else:
            people += [(role, who) for role, _, who in (p.partition(" ") for p in part.split(", "))]
    if place:
        people.append(("location", place))
    return EventProfile(
        id=name,
        type="OTHER",
        lemma=lemma,
        edtf=None if date == "undated" else Edtf(date),
        status=STATUSES[status],
        participants=tuple(sorted({(role, entity(who)) for role, who in people})),
        place=entity(place) if place else None,
        lands=tuple(sorted({entity(who) for _, who in people if NAMES[who] in WIDE})),
        thing=thing,
        told=told,
    )


@pytest.mark.parametrize(("topic", "row"), ROWS, ids=[f"{topic}: {row['a']} | {row['b']}" for topic, row in ROWS])
def test_pair(topic: str, row: dict[str, str]) -> None:
    one, other = profile(row["a"]), profile(row["b"], "other")
    found = compare_events(one, other, itself)
    verdict = "apart" if found is None or found.verdict == "different" else found.verdict
    assert verdict == row["expect"], found
    assert compare_events(other, one, itself) == found
    if found is not None:
        assert event_blocks(one, itself) & event_blocks(other, itself)


LEMMAS = (
    *("annex", "die", "murder", "launch", "release", "resign", "arrest", "meet", "negotiate", "visit", "attack"),
    *("invade", "war", "sanction", "announce", "say", "speech", "interview", "accuse", "sign", "walk", "capture"),
)
DATES = (
    *("2014", "2014-03", "2014-03-18", "2014-03-21", "2014-03-18~", "2014-04-20", "2014~", "201X", "2014-12-31"),
    *("2015-01-02", "2014-03/2014-04", "2014-03-18/..", "../2014-03", "XXXX-03-18", "2014-21", "-0044-03-15"),
    *("2013-12-31/2014-01-01", "20XX", "9999-12-31", "0001-01-01~", "1990-02~/.."),
)
THINGS = ("", "iPhone 4", "iPhone", "iTunes Music Store", "law", "draft treaty", "4")
people = st.lists(
    st.tuples(
        st.sampled_from(["agent", "patient", "party", "speaker", "recipient", "location"]),
        st.sampled_from(["Russia", "Ukraine", "Crimea", "Kyiv", "Vladimir Putin", "Joe Biden", "Apple", "NATO"]),
    ),
    max_size=4,
)


@st.composite
def profiles(draw: st.DrawFn, name: str) -> EventProfile:
    who = draw(people)
    place = draw(st.sampled_from([None, "Kyiv", "Crimea", "Ukraine"]))
    date = draw(st.sampled_from([None, *DATES]))
    return EventProfile(
        id=name,
        type="OTHER",
        lemma=draw(st.sampled_from(LEMMAS)),
        edtf=None if date is None else Edtf(date),
        status=draw(st.sampled_from(["asserted", "asserted", "alleged", "denied", "planned", "negated"])),
        participants=tuple(sorted({(role, entity(who)) for role, who in who})),
        place=entity(place) if place else None,
        lands=tuple(sorted({entity(w) for w in (*(w for _, w in who), place) if w and NAMES[w] in WIDE})),
        thing=draw(st.sampled_from(THINGS)),
        scope=draw(st.sampled_from([None, "a", "b"])),
    )


def canons() -> st.SearchStrategy[dict[str, str]]:
    """One person or land under two ids, as a merge leaves them."""
    return st.sampled_from([{}, {entity("Joe Biden"): entity("Vladimir Putin")}, {entity("Russia"): entity("Ukraine")}])


@given(profiles("one"), profiles("other"), canons())
@settings(max_examples=1500)
def test_comparison_has_no_order_and_never_misses_its_block(
    one: EventProfile, other: EventProfile, merged: dict[str, str]
) -> None:
    def canon(referent: str) -> str:
        return merged.get(referent, referent)

    found = compare_events(one, other, canon)
    assert compare_events(other, one, canon) == found
    shared = event_blocks(one, canon) & event_blocks(other, canon)
    assert found is None or shared
    assert found is None or (0 < found.score <= 1 and found.reason)
    if one.scope is not None and one.scope == other.scope:
        assert found is None


@given(profiles("one"), profiles("other"))
@settings(max_examples=800)
def test_two_of_one_lemma_and_people(one: EventProfile, other: EventProfile) -> None:
    twin = replace(other, lemma=one.lemma, participants=one.participants, lands=one.lands, place=None, thing=one.thing)
    found = compare_events(one, twin, itself)
    assert compare_events(twin, one, itself) == found
    assert found is None or event_blocks(one, itself) & event_blocks(twin, itself)


def test_the_table_of_families_speaks_of_known_classes() -> None:
    text = files("ingest").joinpath("reading", "lexicon", "english", "events", "classes.json").read_text("utf-8")
    known = {row["class"] for row in json.loads(text)["classes"]}
    table = families()
    told = {*table.rows, *table.gatherings, *(lemma for group in table.groups.values() for lemma in group)}
    assert told <= known


def test_one_profile_is_the_same_as_itself() -> None:
    one = profile("say undated: speaker Joe Biden")
    found = compare_events(one, one, itself)
    assert found is not None
    assert found.verdict == "same"


def test_a_reason_for_a_reader() -> None:
    one, other = (
        profile("annex 2014: agent Russia, patient Crimea"),
        profile("annex 2014-03-18: agent Russia, patient Crimea", "other"),
    )
    found = compare_events(one, other, itself)
    assert found is not None
    assert found.reason == "the same deed, 2 participants in both, 2014 contains 18 Mar 2014"


def finding(key: str, kind: str, name: str, *, described: bool = False, subtype: str | None = None) -> EntityFinding:
    return EntityFinding(
        key,
        kind,
        name,
        (MentionFinding(0, 1, name),),
        described=described,
        subtype=subtype,  # type: ignore[arg-type]
    )


ENTITIES = {
    "n1": finding("n1", "Place", "Russia", subtype="country"),
    "n2": finding("n2", "Place", "Crimea", subtype="region"),
    "n3": finding("n3", "Person", "officials", described=True),
    "n4": finding("n4", "Place", "Simferopol", subtype="city"),
}


def told(
    lemma: str, date: str | None, *people: tuple[str, str], place: str | None = None, start: int = 0
) -> EventFinding:
    return EventFinding(
        "e1",
        "An event",
        "COERCE",
        lemma,
        (EventMention(start, start + 5, "event", 0),),
        tuple(Participant(role, key, 0) for role, key in people),
        place=place,
        edtf=Edtf(date) if date else None,
    )


def only(event: EventFinding, article: str) -> EventProfile:
    return event_profiles([event], ENTITIES, article)["e1"]


def test_two_articles_that_single_an_event_out_alike_share_its_id() -> None:
    one = only(told("annex", "2014-03-18", ("agent", "n1"), ("patient", "n2")), "article-1")
    other = only(told("annex", "2014-03-18", ("agent", "n1"), ("patient", "n2"), start=90), "article-2")
    assert one == other
    assert one.scope is None


def test_bystanders_and_place_make_no_other_id() -> None:
    one = only(told("annex", "2014-03-18", ("agent", "n1"), ("patient", "n2")), "article-1")
    other = only(
        told(
            "annex", "2014-03-18", ("agent", "n1"), ("patient", "n2"), ("location", "n4"), ("agent", "n3"), place="n4"
        ),
        "article-2",
    )
    assert one == other


@pytest.mark.parametrize(
    "event",
    [
        told("attack", "2014-03-18", ("agent", "n1"), ("patient", "n2")),
        told("annex", "2014-03-18", ("agent", "n1")),
        told("annex", "2014-03-18", ("agent", "n3"), ("patient", "n3")),
        told("say", "2014-03-18", ("speaker", "n1")),
        told("negotiate", None, ("party", "n1"), ("party", "n2")),
    ],
)
def test_what_nothing_singles_out_stays_its_articles_own(event: EventFinding) -> None:
    one, other = only(event, "article-1"), only(event, "article-2")
    assert one.scope == "article-1"
    assert one.id != other.id
    assert compare_events(one, other, itself) is None


def test_two_events_of_one_article_are_kept_apart() -> None:
    one = replace(profile("annex 2014: patient Crimea"), scope="article-1")
    other = replace(profile("annex 2014-03: patient Crimea", "other"), scope="article-1")
    assert compare_events(one, other, itself) is None


def test_dates_that_a_span_cannot_hold_raise_nothing() -> None:
    for date in DATES:
        one, other = profile(f"die {date}: agent Steve Jobs"), profile("die 2011-10-05: agent Steve Jobs", "other")
        compare_events(one, other, itself)
        assert event_blocks(one, itself)
