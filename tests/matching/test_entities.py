"""Which names of different articles are one: pairs by phenomenon, then what must hold for any two."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.matching.aliases import AliasGroup, alias_pairs
from ingest.matching.entities import compare_entities, entity_blocks, entity_profile
from ingest.matching.ids import entity_id, name_key
from ingest.matching.profiles import EntityProfile
from ingest.reading.findings import EntityFinding, MentionFinding

SPECS = Path(__file__).parents[1] / "specs" / "identity"
ROWS = [
    pytest.param(row, id=f"{path.stem}: {row['what']}: {n}")
    for path in sorted(SPECS.glob("*.json"))
    for n, row in enumerate(json.loads(path.read_text("utf-8")))
]


def finding(kind: Any, given: str | dict[str, Any]) -> EntityFinding:
    fields = {"name": given} if isinstance(given, str) else given
    return EntityFinding("n1", kind, mentions=(MentionFinding(0, 1, "x"),), **fields)


def profile(kind: Any, given: str | dict[str, Any]) -> EntityProfile:
    """A referent as an article gives it; what a list would say of a place is taken from the row."""
    fields = {"name": given} if isinstance(given, str) else given
    return EntityProfile(id=entity_id(finding(kind, given), "a") + str(sorted(fields.items())), kind=kind, **fields)


@pytest.mark.parametrize("row", ROWS)
def test_pair(row: dict[str, Any]) -> None:
    one, other = profile(row["kind"], row["one"]), profile(row["kind"], row["other"])
    found = compare_entities(one, other)
    assert (found.verdict if found else None) == row["verdict"], found
    assert compare_entities(other, one) == found
    if found:
        assert 0 <= found.score <= 1
        assert found.reason


def test_enough_pairs_that_must_stay_apart() -> None:
    rows = [row.values[0] for row in ROWS]
    assert len(rows) >= 120
    assert sum(row["verdict"] in ("different", None) for row in rows) >= 40


KINDS = st.sampled_from(("Person", "Organization", "Place"))
WORDS = sorted({
    word
    for row in ROWS
    for side in ("one", "other")
    for word in (row.values[0][side] if isinstance(row.values[0][side], str) else row.values[0][side]["name"]).split()
})  # fmt: skip
NAMES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.text(max_size=12),
    st.text(alphabet="aeioyjkhgsvc'. -", max_size=10),
)
POINTS = st.none() | st.floats(-90, 90)
PROFILES = st.builds(
    lambda kind, name, **rest: EntityProfile(f"{kind}-{name_key(name)}-{rest['gazetteer']}", kind, name, **rest),
    KINDS,
    NAMES,
    gazetteer=st.sampled_from((None, None, None, "a", "b")),
    described=st.sampled_from((False, False, False, True)),
    subtype=st.sampled_from((None, "city", "region")),
    country=st.sampled_from((None, "UA", "RU")),
    lat=POINTS,
    lon=POINTS,
)


@st.composite
def near_pairs(draw: Callable[[Any], Any]) -> tuple[EntityProfile, EntityProfile]:
    """Two profiles of one kind, the second's name made of the first's by small changes."""
    one = draw(PROFILES)
    at = draw(st.integers(0, len(one.name)))
    name = one.name[:at] + draw(st.text(alphabet="aeiykhs .", max_size=2)) + one.name[at + draw(st.integers(0, 2)) :]
    return one, EntityProfile(f"{one.kind}-{name_key(name)}-x", one.kind, name)


@given(st.one_of(st.tuples(PROFILES, PROFILES), near_pairs()))
@settings(max_examples=600)
def test_what_holds_for_any_two(pair: tuple[EntityProfile, EntityProfile]) -> None:
    one, other = pair
    found = compare_entities(one, other)
    assert compare_entities(other, one) == found
    if one.kind != other.kind or one.described or other.described:
        assert found is None
    if found and found.verdict in ("same", "doubtful") and one.id != other.id:
        assert entity_blocks(one) & entity_blocks(other)


@given(PROFILES)
@settings(max_examples=200)
def test_a_referent_is_itself(one: EntityProfile) -> None:
    found = compare_entities(one, one)
    assert (found is None) if one.described else (found is not None and found.verdict == "same")
    assert bool(entity_blocks(one)) == (not one.described and bool(name_key(one.name)))


@given(NAMES, NAMES, KINDS)
@example("& The 1st", "1st 1st", "Person")
@settings(max_examples=200)
def test_case_accents_and_marks_change_nothing(one: str, other: str, kind: Any) -> None:
    plain, marked = (EntityProfile("x", kind, name) for name in (one, name_key(one)))
    second = EntityProfile("y", kind, other)
    assert compare_entities(plain, second) == compare_entities(marked, second)
    assert entity_blocks(plain) == entity_blocks(marked)


def test_profile_of_a_finding_is_the_same_from_any_article() -> None:
    one = EntityFinding("n1", "Organization", "Ford Motor", (), goes_by="Ford", subtype="company")
    other = EntityFinding("n7", "Organization", "Ford", (), confidence=0.1)
    assert entity_profile(one, "article-1") == entity_profile(other, "article-2")


def test_an_unnamed_source_is_its_article_s_alone() -> None:
    source = EntityFinding("n1", "Person", "officials", (), described=True)
    one, other = (entity_profile(source, article) for article in ("article-1", "article-2"))
    assert one.scope == "article-1"
    assert one.id == entity_id(source, "article-1")
    assert not entity_blocks(one)
    assert compare_entities(one, other) is None


def test_a_listed_thing_keeps_its_list_s_name_and_point() -> None:
    kyiv = EntityFinding(
        "n1", "Place", "Kyiv", (), gazetteer="geonames:703448", country="UA", lat=50.45, lon=30.52, subtype="city"
    )
    found = entity_profile(kyiv, "article-1")
    assert (found.gazetteer, found.country, found.subtype, found.scope) == ("geonames:703448", "UA", "city", None)


def test_kinds_are_never_compared() -> None:
    assert compare_entities(profile("Person", "Washington"), profile("Place", "Washington")) is None


def test_a_table_of_other_names_joins_what_the_rules_would_not() -> None:
    table = alias_pairs([AliasGroup("Bono", ("Paul Hewson",), "Person")])
    one, other = profile("Person", "Bono"), profile("Person", "Paul Hewson")
    assert compare_entities(one, other) is None
    found = compare_entities(one, other, table)
    assert found
    assert (found.verdict, found.reason) == ("same", "the alias table")
    assert entity_blocks(one, table) & entity_blocks(other, table)


def test_keys_are_those_of_names_and_not_of_half_the_world() -> None:
    assert "person|surname:putin" in entity_blocks(profile("Person", "Vladimir Putin"))
    assert "org|acronym:nato" in entity_blocks(profile("Organization", "North Atlantic Treaty Organization"))
    assert "place|name:springfield" in entity_blocks(profile("Place", "Springfield"))
    bodies = [profile("Organization", f"Ministry of {word}") for word in ("Health", "Trade", "Justice")]
    assert not frozenset.intersection(*map(entity_blocks, bodies))
