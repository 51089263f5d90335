"""The graph proves itself, and each way of breaking it is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from ingest.revise import apply, set_date
from kb.edtf import Edtf
from kb.store import Store
from kb.verify import verify

SEED = Path(__file__).parent.parent / "seed_data"
TEXT = """Title: Talks in Istanbul
Published: 30 March 2022

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022.

“We want guarantees,” David Arakhamia said, “and we want them now.”
"""


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    ingest([str(tmp_path / "talks.txt")], store)
    return store


def test_what_ingest_writes_holds(store: Store) -> None:
    ingest([str(SEED)], store)
    event = store.read("MATCH (e:Event) WHERE e.reports > 1 RETURN e.id AS id ORDER BY id LIMIT 1")[0]["id"]
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
