"""The graph proves itself, and each way of breaking it is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ingest
from ingest.revising.decide import edit
from ingest.revising.recompute import recompute
from ingest.revising.revise import apply, set_date
from kb.checks import check
from kb.checks.verify import Proof, verify
from kb.edtf import Edtf
from kb.store import Settings, Store, Transaction, open_store
from tests.kept import SEED, filled, seeded

TEXT = """Title: Talks in Istanbul
Published: 30 March 2022

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022.

“We want guarantees,” David Arakhamia said, “and we want them now.”
"""


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    filled(store, __name__, lambda: ingest([str(tmp_path / "talks.txt")], store))
    return store


UNFOUNDED = [
    ("MATCH (:Event)-[m:MERGED_INTO]->(:Event) SET m.expiredAt = '2025-01-01'", "merged otherwise"),
    ("MATCH (e:Event) SET e.title = 'Nothing happened'", "a value that the rules do not give"),
    ("MATCH (e:Event) WHERE e.reports > 1 SET e.sources = 99", "a value that the rules do not give"),
    ("MATCH (n:Person) SET n.aliases = ['Nobody']", "a value that the rules do not give"),
    ("MATCH ()-[t:TELLS]->() SET t.live = null, t.expiredAt = '2025-01-01'", "shown though nothing tells of it"),
    ("MATCH (d:Decision) SET d.revokedAt = '2025-01-01'", "a value that the rules do not give"),
    ("MATCH (e:Event) WHERE e.slot IS NOT NULL SET e.slot = '1066-10'", "counted otherwise"),
    ("MATCH (e:Event) WHERE e.rung IS NOT NULL SET e.rung = '100'", "counted otherwise"),
    ("MATCH (e:Event) SET e.who = null", "counted otherwise"),
    ("MATCH (e:Event) SET e.parts = 7", "counted otherwise"),
    ("MATCH (n:Person) SET n.mentions = 99", "counted otherwise"),
    ("MATCH (k:Count {id: 'slots of claims'}) SET k.id = 'lost'", "counted otherwise"),
    ("MATCH (k:Count) SET k.counts = '{}'", "counted otherwise"),
    ("MATCH (d:Doubt) SET d.rung = 'denied 0001 000'", "counted otherwise"),
    ("MATCH (k:Count {id: 'rungs of doubts'}) SET k.id = 'lost'", "counted otherwise"),
    ("MATCH (e:Event) SET e.pairs = ['none']", "counted otherwise"),
    ("CREATE (d:Doubt {id: 'undated|none', kind: 'undated', of: ['none'], cases: 1})", "counted otherwise"),
]


class Found(Exception):
    """Carries what was found out of a transaction that is given up."""


@pytest.fixture(scope="module")
def demonstration(engine: Settings) -> Iterator[Store]:
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        seeded(store)
        event = store.run("MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.id AS id ORDER BY id LIMIT 1")[0]["id"]
        apply(store, edit(store, event, "title", "A title of our own"))
        check(
            store, limit=1
        )  # a graph that others filled at once before finds its doubts when asked, and proves them then
        yield store


def replayed(store: Store) -> set[str]:
    proof = Proof()
    recompute(store, proof)
    return {fault.kind for fault in proof.faults}


def test_merges_and_values_follow_from_statements_and_decisions(demonstration: Store) -> None:
    assert replayed(demonstration) == set()


@pytest.mark.parametrize(("broken", "kind"), UNFOUNDED)
def test_what_does_not_follow_is_named(demonstration: Store, broken: str, kind: str) -> None:
    def attempt(tx: Transaction) -> None:
        assert tx.execute(broken).properties_set
        proof = Proof()
        recompute(tx, proof)
        raise Found({fault.kind for fault in proof.faults})

    with pytest.raises(Found) as found:
        demonstration.write(attempt)
    assert any(fault.startswith(kind) for fault in found.value.args[0])
    assert replayed(demonstration) == set()


def test_what_ingest_writes_holds(store: Store, tmp_path: Path) -> None:
    capitals = tmp_path / "capitals.txt"
    capitals.write_text(
        "Title: A visit\n\nShe came.\n\nUKRAINIAN MINISTER MEETS ADA BERG IN OSLO ON MARCH 3, 2024\n\nAll agreed."
    )
    ingest([str(SEED), str(capitals)], store)
    event = store.run("MATCH (e:Event) WHERE e.reports > 1 RETURN e.id AS id ORDER BY id LIMIT 1")[0]["id"]
    apply(store, set_date(store, event, Edtf("2022")))
    proof = verify(store)
    assert proof.faults == []
    assert all(proof.checked[name] > 20 for name in ("sentences", "times", "mentions", "reports", "claims"))


BROKEN = [
    ("MATCH (s:Snapshot) SET s.text = replace(s.text, 'Istanbul', 'Ankara  ')", "text that is not its id's"),
    ("MATCH (p:Passage) SET p.text = p.text + '!'", "words that the text does not have there"),
    ("MATCH (t:TimeExpression) SET t.start = t.start + 1", "words that the text does not have there"),
    ("MATCH ()-[r:REPORTED_IN]->() SET r.start = 0, r.end = 7, r.trigger = 'Russian'", "words outside their sentence"),
    ("MATCH ()-[r:MENTIONS]->() SET r.text = 'Nobody'", "words that the text does not have there"),
    ("MATCH (c:Claim) SET c.text = 'We want peace'", "words that the text does not have there"),
    ("MATCH (e:Event) WHERE e.edtf IS NOT NULL SET e.edtf = 'last spring'", "a date that is not EDTF"),
    ("MATCH (e:Event) WHERE e.edtf IS NOT NULL SET e.earliest = '1990-01-01'", "bounds wider than the date"),
    ("MATCH (:Event)-[r:REPORTED_IN]->() DELETE r", "event without a sentence"),
    ("MATCH (:Claim)-[r:STATED_IN]->() DELETE r", "claim without a sentence"),
    ("MATCH (:TimeExpression)<-[r:HAS_TIME]-() DELETE r", "time expression without a sentence"),
    ("MATCH (:Entity)<-[r:MENTIONS]-() DELETE r", "entity without a mention"),
    ("MATCH (:Passage)<-[r:HAS_PASSAGE]-() DELETE r", "passage without a snapshot"),
    ("MATCH (:Snapshot)<-[r:HAS_SNAPSHOT]-() DELETE r", "snapshot without an article"),
    ("MATCH (:Article)-[h:HAS_SNAPSHOT]->() SET h.current = false", "article without a current text"),
    ("CREATE (:Decision {id: 'decision-0'})", "decision that judges nothing"),
]


@pytest.mark.parametrize(("statement", "kind"), BROKEN)
def test_what_was_broken_is_named(talks: Store, statement: str, kind: str) -> None:
    assert verify(talks).holds
    talks.execute(statement)
    proof = verify(talks)
    assert kind in {fault.kind for fault in proof.faults}
    assert not proof.holds
