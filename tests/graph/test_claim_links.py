"""Links of claims in the graph, on both engines: the same in any order, withdrawn and restored with their claims."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from ingest.graph.claim_links import link_claims, stored_profiles, unlink_claims
from ingest.graph.facts import Facts
from ingest.graph.resolve import resolve
from ingest.graph.write import write
from ingest.matching.claims import ClaimProfile
from ingest.reading.extract import extract
from ingest.reading.findings import Document
from kb.ask.claims.disputes import disputes_of_event, first_to_say, links_of_claims, stances
from kb.edtf import Edtf
from kb.store import Store

NOW, LATER = "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z"
ARTICLES = {
    "first": ("2024-02-01", "Mara Lind said on 30 January 2024 that the army of Norland had shelled the market in "
              "Kharkiv on 28 January 2024. “We found eleven craters behind the old fish hall,” Lind said."),
    "second": ("2024-02-03", "Olaf Berg denied on 2 February 2024 that the army of Norland had shelled the market in "
               "Kharkiv on 28 January 2024."),
    "third": ("2024-02-09", "Mara Lind said again that “we found eleven craters behind the old fish hall”. Piotr "
              "Hanley said on 8 February 2024 that the army of Norland had shelled the market in Kharkiv on 28 January "
              "2024."),
}  # fmt: skip

SHOWN = """MATCH (a:Claim)-[r:REPEATS|CONTRADICTS|SUPPORTS]->(b:Claim)
RETURN a.normalText AS one, a.articleId AS from, type(r) AS kind, b.normalText AS other, b.articleId AS to,
  r.score AS score, r.method AS method, r.reason AS reason, r.expiredAt AS expired
ORDER BY kind, one, from, other, to"""


@pytest.fixture(scope="module")
def facts() -> dict[str, Facts]:
    made = {}
    for name, (published, text) in ARTICLES.items():
        document = Document(name, text, url=f"https://example.org/{name}", published=Edtf(published))
        made[name] = resolve(extract(document), version="one")
    return made


def take(store: Store, *facts: Facts) -> None:
    for each in facts:
        write(store, each, "run")


def profiles(store: Store, facts: Facts) -> list[ClaimProfile]:
    return store.write(lambda tx: stored_profiles(tx, claims_of(facts)))


def claims_of(facts: Facts) -> list[str]:
    return [claim.id for claim in facts.claims]


def test_the_same_articles_give_the_same_links_in_any_order(store: Store, facts: dict[str, Facts]) -> None:
    seen = []
    for order in permutations(facts):
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        for name in order:
            take(store, facts[name])
        seen.append(store.run(SHOWN))
    assert all(rows == seen[0] for rows in seen)
    assert sorted((r["kind"], r["method"]) for r in seen[0]) == [
        ("CONTRADICTS", "denial"), ("CONTRADICTS", "denial"), ("REPEATS", "same"), ("SUPPORTS", "same-words"),
    ]  # fmt: skip
    assert {r["expired"] for r in seen[0]} == {None}


def test_linking_twice_changes_nothing(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    before = store.run(SHOWN)
    held = profiles(store, facts["second"])
    store.write(lambda tx: link_claims(tx, held, LATER))
    assert store.run(SHOWN) == before


def test_a_withdrawn_claim_loses_its_links_and_regains_them(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    before = store.run(SHOWN)
    store.write(lambda tx: unlink_claims(tx, claims_of(facts["second"]), LATER))
    live = [row for row in store.run(SHOWN) if row["expired"] is None]
    assert {row["kind"] for row in live} == {"REPEATS", "SUPPORTS"}
    assert not any(link.kind == "CONTRADICTS" for link in links_of_claims(store, claims_of(facts["second"])))
    # Whoever comes meanwhile does not find what was withdrawn.
    held = profiles(store, facts["first"])
    store.write(lambda tx: link_claims(tx, held, LATER))
    assert [row for row in store.run(SHOWN) if row["expired"] is None] == live
    held = profiles(store, facts["second"])
    store.write(lambda tx: link_claims(tx, held, LATER))
    assert store.run(SHOWN) == before


def test_a_link_that_holds_no_more_is_expired(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    changed = [profile_of_another(one) for one in profiles(store, facts["second"])]
    store.write(lambda tx: link_claims(tx, changed, LATER))
    expired = [row for row in store.run(SHOWN) if row["expired"]]
    assert {(row["kind"], row["expired"]) for row in expired} == {("CONTRADICTS", LATER)}


def profile_of_another(profile: Any) -> Any:
    """The claim read anew, as one that only asks."""
    return type(profile)(profile.id, profile.text, profile.speaker, profile.about, "asked", "positive",
                         profile.modality, profile.said, profile.article)  # fmt: skip


def test_the_links_of_some_claims(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    links = links_of_claims(store, claims_of(facts["second"]))
    assert [link.kind for link in links] == ["CONTRADICTS", "CONTRADICTS"]
    assert {link.start.speaker_name for link in links} == {"Olaf Berg"}
    assert {link.end.speaker_name for link in links} == {"Mara Lind", "Piotr Hanley"}
    assert all("denies" in link.reason and "Kharkiv" in link.end.sentence for link in links)
    assert links_of_claims(store, []) == []


def test_the_first_of_all_that_say_the_same(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    ids = [id for one in facts.values() for id in claims_of(one)]
    same = [link for link in links_of_claims(store, ids) if link.kind in ("REPEATS", "SUPPORTS")]
    assert same
    first = first_to_say(store, ids)
    assert set(first) == {end.id for link in same for end in (link.start, link.end)}
    for link in same:
        assert first[link.start.id] == first[link.end.id]
        assert (first[link.start.id].said or "9") <= min(end.said or "9" for end in (link.start, link.end))


def test_who_says_that_an_event_happened_and_who_denies_it(store: Store, facts: dict[str, Facts]) -> None:
    take(store, *facts.values())
    rows = store.run("MATCH (e:Event)<-[:ABOUT]-(c:Claim {force: 'said'}) WHERE c.normalText CONTAINS 'shelled' "
                      "RETURN DISTINCT e.id AS id, e.title AS title")  # fmt: skip
    assert rows
    found = disputes_of_event(store, rows[0]["id"])
    assert {claim.speaker_name for claim in found.against} == {"Olaf Berg"}
    assert {claim.speaker_name for claim in found.for_} >= {"Mara Lind"}
    assert {link.kind for link in found.links} >= {"CONTRADICTS"}
    sides = stances(store, [rows[0]["id"], "event-unknown"])
    assert set(sides) == {rows[0]["id"]}
    assert {"for", "against"} <= set(sides[rows[0]["id"]].values())
    nothing = disputes_of_event(store, "event-unknown")
    assert (nothing.for_, nothing.against, nothing.links) == ((), (), ())


def test_what_is_only_denied_is_shown_so_and_in_no_dispute(store: Store, facts: dict[str, Facts]) -> None:
    take(store, facts["second"])
    rows = store.run("MATCH (e:Event)<-[:ABOUT]-(c:Claim {force: 'denied'}) WHERE c.normalText CONTAINS 'shelled' "
                      "RETURN e.id AS id, e.status AS status")  # fmt: skip
    assert [row["status"] for row in rows] == ["denied"]
    assert set(stances(store, [rows[0]["id"]])[rows[0]["id"]].values()) == {""}
    assert disputes_of_event(store, rows[0]["id"]).against == ()
