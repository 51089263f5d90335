"""What is a part of what across articles, on both engines: the same whatever came first, and after every change."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from ingest import ingest
from ingest.revising.decide import different, remove
from ingest.revising.recompute import recompute
from ingest.revising.remove import purge
from ingest.revising.revise import apply, find_article, set_date
from kb import ask
from kb.ask.past import Past
from kb.checks.verify import Proof
from kb.edtf import Edtf
from kb.store import Store
from tests.exported import export

WAR = "The war between Russia and Ukraine began on February 24, 2022."
SIEGE = "The siege of Mariupol began on March 2, 2022. The siege of Mariupol ended on May 20, 2022."
THEATRE = "Russia bombed a theatre in Mariupol on March 16, 2022."
STRIKE = "Russia attacked Lviv in Ukraine on July 4, 2023."
EARLIER = "Russia attacked Mariupol on January 24, 2015."
ELSEWHERE = "Israel attacked Damascus in Syria on July 4, 2023."
SPEECH = "Volodymyr Zelenskyy gave a speech in Lviv on July 4, 2023."

TALKS = "Russia and Ukraine held talks in Istanbul in March 2022."
ROUNDS = (
    "The first round of talks between Russia and Ukraine was held in Istanbul on March 10, 2022. "
    "The second round of talks between Russia and Ukraine was held in Istanbul on March 29, 2022."
)

PARTS = """MATCH (a:Event)-[r:PART_OF]->(b:Event) WHERE r.live = true AND r.inferred = true
RETURN a.lemma AS lemma, a.earliest AS day, a.profile AS part, b.profile AS whole, r.reason AS reason ORDER BY day"""


def line(name: str, text: str, published: str = "2024-01-10") -> str:
    return json.dumps({"doc_id": name, "published": published, "text": text})


def put(store: Store, folder: Path, texts: dict[str, str]) -> None:
    file = folder / "articles.jsonl"
    file.write_text("".join(line(name, text) + "\n" for name, text in texts.items()), encoding="utf-8")
    assert ingest([str(file)], store).count("failed") == 0


def parts(store: Store) -> list[tuple[str, str, str]]:
    """Each part with its day and its whole, by their classes."""
    return [(json.loads(r["part"])["lemma"], r["day"], json.loads(r["whole"])["lemma"]) for r in store.run(PARTS)]


def holds(store: Store) -> bool:
    proof = Proof()
    recompute(store, proof)
    return proof.holds


def test_parts_of_a_siege_and_of_a_war(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, {"war": WAR, "siege": SIEGE, "theatre": THEATRE, "strike": STRIKE})
    assert parts(store) == [
        ("besiege", "2022-03-02", "war"), ("bomb", "2022-03-16", "besiege"), ("attack", "2023-07-04", "war"),
    ]  # fmt: skip
    assert {row["reason"] for row in store.run(PARTS)} >= {"at its place, while it lasted"}
    assert holds(store)


def test_what_is_no_part(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, {"war": WAR, "earlier": EARLIER, "elsewhere": ELSEWHERE, "speech": SPEECH})
    assert parts(store) == []
    assert holds(store)


def test_asked_for_its_parts(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, {"war": WAR, "siege": SIEGE, "theatre": THEATRE, "strike": STRIKE})
    rows = {row.edtf: row for row in ask.timeline(store)}
    siege, theatre = rows["2022-03-02/2022-05-20"], rows["2022-03-16"]
    assert (theatre.whole_id, theatre.whole) == (siege.id, siege.title)
    assert [row.id for row in ask.timeline(store, part_of=siege.id)] == [theatre.id]
    detail = ask.event(store, siege.id)
    assert detail is not None
    assert [part.id for part in detail.parts] == [theatre.id]
    assert [(whole.title, whole.reason) for whole in detail.part_of] == [
        ("Russia–Ukraine war", "in its land, while it lasted")
    ]
    before = Past(store, "2020-01-01T00:00:00+00:00")
    assert ask.timeline(before, part_of=siege.id) == []
    now = Past(store, "2100-01-01T00:00:00+00:00")
    assert [row.whole_id for row in ask.timeline(now, part_of=siege.id)] == [siege.id]


def test_the_war_that_most_tell_holds_the_parts(store: Store, tmp_path: Path) -> None:
    other = "The war in Ukraine began in April 2023."
    put(store, tmp_path, {"war": WAR, "again": WAR.replace("The war", "Officials say the war"), "other": other,
                          "strike": STRIKE})  # fmt: skip
    assert [row.when for row in ask.timeline(store) if row.id in {r.whole_id for r in ask.timeline(store)}] == [
        "since 24 Feb 2022"
    ]
    assert holds(store)


def test_rounds_are_parts_of_the_talks(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, {"talks": TALKS, "rounds": ROUNDS})
    assert [(day, whole) for _, day, whole in parts(store)] == [
        ("2022-03-10", "negotiate"), ("2022-03-29", "negotiate"),
    ]  # fmt: skip
    assert holds(store)


def test_any_order(store: Store, tmp_path: Path) -> None:
    texts = {"war": WAR, "siege": SIEGE, "theatre": THEATRE}
    found = []
    for order in permutations(texts):
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        put(store, tmp_path, {name: texts[name] for name in order})
        found.append(export(store))
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("gone", ["withdrawn", "purged"])
def test_without_its_whole_a_part_is_one_of_the_next(store: Store, tmp_path: Path, gone: str) -> None:
    put(store, tmp_path, {"war": WAR, "siege": SIEGE, "theatre": THEATRE})
    article = find_article(store, "siege")
    if gone == "withdrawn":
        apply(store, remove(store, article))
    else:
        purge(store, article)
    assert parts(store) == [("bomb", "2022-03-16", "war")]
    assert holds(store)


def test_a_corrected_date_moves_a_part(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, {"war": WAR, "siege": SIEGE, "theatre": THEATRE})
    [bombing] = [r["id"] for r in store.run("MATCH (e:Event) WHERE e.earliest = '2022-03-16' RETURN e.id AS id")]
    apply(store, set_date(store, bombing, Edtf("2023-03-16")))
    assert ("bomb", "2023-03-16", "war") in parts(store)
    assert holds(store)


def test_what_is_shown_as_a_part_is_asked_for_as_such(store: Store, tmp_path: Path) -> None:
    """A day of talks within a month of talks may be all of it: the question says what is shown until somebody rules."""
    day = "Russia and Ukraine held talks in Istanbul on March 29, 2022."
    put(store, tmp_path, {"month": TALKS, "day": day})
    [(_, when, _)] = parts(store)
    assert when == "2022-03-29"
    [asked] = ask.suggestions(store)
    assert asked.part
    assert asked.reason.endswith("shown as a part of it until somebody rules")
    assert "may be a part" not in asked.reason
    apply(store, different(store, [asked.one.id, asked.other.id]))
    assert ask.suggestions(store) == []
    assert [when for _, when, _ in parts(store)] == ["2022-03-29"], "what was ruled to be two stays whole and part"
