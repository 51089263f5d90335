"""Whatever was read, decided and taken back, in whatever order: the graph is that of the final articles and the
decisions that stand, on an empty graph."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from ingest.article import take
from ingest.graph.runs import begin
from ingest.reading.findings import RawDocument
from ingest.revising import decide
from ingest.revising.revise import Revision, apply, every_article, reread
from kb import decisions
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.models import Decision
from kb.store import Settings, Store, open_store
from tests.exported import export

pytestmark = pytest.mark.usefixtures("every_tally")

ARTICLES: dict[str, tuple[str, str]] = {
    "crimea": ("Russia annexed Crimea on 18 March 2014. Vladimir Putin signed the treaty in Moscow. “Crimea is "
               "ours,” Putin said. Angela Merkel condemned the annexation.",
               "Russia annexed Crimea in 2014. Vladimir Putin signed the treaty in Moscow. Angela Merkel condemned the "
               "annexation."),
    "law": ("Russia annexed Crimea on 21 March 2014, when President Putin signed the law. Two years after the "
            "annexation, Petro Poroshenko met Angela Merkel in Berlin.",
            "President Putin signed the law. Petro Poroshenko met Angela Merkel in Berlin on 20 May 2016."),
    "minsk": ("Angela Merkel met Vladimir Putin in Minsk on 11 February 2015. Francois Hollande said on 12 February "
              "2015 that the talks were hard.",
              "Francois Hollande said on 12 February 2015 that the talks were hard. Angela Merkel met Putin in "
              "Minsk on 11 February 2015."),
    "summit": ("Chancellor Merkel met President Putin in Minsk on 11 February 2015. Russia had annexed Crimea in 2014. "
               "A week after the annexation of Crimea, Canada closed its embassy in Moscow.",
               "Chancellor Merkel met President Putin in Minsk in February 2015."),
    "invasion": ("Russia invaded Ukraine on 24 February 2022. Five weeks after the invasion, negotiators met in "
                 "Istanbul. Volodymyr Zelenskyy visited Bucha last week.",
                 "Russia invaded Ukraine in February 2022. Five weeks after that, negotiators met in Istanbul."),
    "zelensky": ("Volodymyr Zelensky visited Bucha on 4 April 2022. Russia invaded Ukraine in 2022. “We remember,” "
                 "Zelensky said.",
                 "Volodymyr Zelensky visited Bucha on 5 April 2022. “We remember,” Zelensky said on Monday."),
    "interview": ("Tucker Carlson interviewed Vladimir Putin in Moscow on 6 February 2024. Putin said that Boris "
                  "Johnson had stopped the talks.",
                  "Tucker Carlson interviewed Vladimir Putin in the Kremlin on 6 February 2024."),
    "denial": ("Boris Johnson denied on 8 February 2024 that he had stopped the talks. Carlson interviewed Putin on 6 "
               "February 2024. The former prime minister spoke to The Times.",
               "Boris Johnson denied on 8 February 2024 that he had stopped the talks."),
}  # fmt: skip
"""Articles of two versions, the second as corrected by its publisher."""

KINDS = ("same", "same", "different", "split", "article", "article", "edit", "date", "date", "published", "reject",
         "claim")  # fmt: skip
PUBLISHED = ("2024-02-16", "2022-04-10")
VALUES = {"title": "A title of our own", "type": "CONSULT", "status": "alleged", "name": "Somebody else"}
DATES = ("2014-03-18", "2015", "2022-02-24", "2022-04~")


def document(name: str, version: int, published: str = PUBLISHED[0]) -> RawDocument:
    return RawDocument(name, "document", ARTICLES[name][version], url=f"https://example.org/{name}", title=name,
                       publisher=f"The {name}", published=Edtf(published), published_basis="given")  # fmt: skip


RETIRED = """MATCH (:Article)-[h:HAS_SNAPSHOT]->(s:Snapshot) WHERE h.current = false
OPTIONAL MATCH (s)-[:HAS_PASSAGE]->(p:Passage) RETURN s.id AS snapshot, collect(p.id) AS passages"""


def shown(store: Store) -> tuple[list[str], list[str]]:
    """The present graph without the decisions and without the texts of former versions, which are kept."""
    former = {id for row in store.run(RETIRED) for id in (row["snapshot"], *row["passages"])}
    nodes, relations = ([json.loads(line) for line in lines] for lines in export(store))
    return (
        [str(n) for n in nodes if n["labels"] != ["Decision"] and n["properties"]["id"] not in former],
        [str(r) for r in relations if r["type"] != "JUDGES" and not {r["a"], r["b"]} & former],
    )


def emptied(store: Store) -> None:
    store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")


@dataclass
class Walk:
    """A random sequence of what users do, and what is left of it."""

    store: Store
    chance: random.Random
    run: str
    versions: dict[str, tuple[int, str]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def ingest(self) -> None:
        name = self.chance.choice(sorted(ARTICLES))
        version = (self.chance.choice((0, 0, 1)), self.chance.choice(PUBLISHED))
        self.steps.append(f"ingest {name} {version}")
        take(document(name, *version), self.store, self.run)
        self.versions[name] = version

    def some(self, label: str, number: int = 1) -> list[str]:
        told = "EXISTS { MATCH (n)<-[t:NAMES|TELLS]-(:Article) WHERE t.live = true }"
        present = told if label in ("Event", "Person", "Organization", "Place") else "n.expiredAt IS NULL"
        rows = self.store.run(f"MATCH (n:{label}) WHERE {present} RETURN n.id AS id ORDER BY id")
        ids = [row["id"] for row in rows]
        return self.chance.sample(ids, min(number, len(ids)))

    def decide(self) -> None:
        label = self.chance.choice(("Event", "Event", "Person", "Organization", "Place"))
        kind = self.chance.choice(KINDS)
        try:
            revision = self.judged(kind, label)
        except BadInput as error:
            self.steps.append(f"no {kind}: {error}")
            return
        if revision is not None:
            self.steps.append(f"{kind} {revision.decision}")
            apply(self.store, revision)

    def judged(self, kind: str, label: str) -> Revision | None:
        store, ids = self.store, self.merged() if self.chance.random() < 0.5 else self.some(label, 2)
        if kind == "claim":
            ids = self.some("Claim")
        if len(ids) < 1 + (kind in ("same", "different", "split")):
            return None
        if kind in ("same", "different"):
            return getattr(decide, kind)(store, ids)  # type: ignore[no-any-return]
        if kind == "split":
            return decide.split(store, ids[0], ids[-1:])
        if kind == "article":
            return decide.split(store, ids[0], [f"https://example.org/{self.chance.choice(sorted(self.versions))}"])
        if kind in ("reject", "claim"):
            return decide.reject(store, ids[0])
        if kind == "published":
            return decide.edit(store, self.some("Article")[0], "published", self.chance.choice(PUBLISHED))
        if kind == "date":
            return decide.edit(store, ids[0], "date", self.chance.choice(DATES))
        field_ = self.chance.choice(sorted(VALUES))
        return decide.edit(store, ids[0], field_, VALUES[field_])

    def merged(self) -> list[str]:
        rows = self.store.run("MATCH (n)-[m:MERGED_INTO]->(c) WHERE m.expiredAt IS NULL "
                               "RETURN n.id AS id, c.id AS into ORDER BY id")  # fmt: skip
        if not rows:
            return []
        row = self.chance.choice(rows)
        return [row["into"], row["id"]]

    def undo(self) -> None:
        standing = [d.id for d in decisions.decisions(self.store)]
        if standing:
            chosen = self.chance.choice(sorted(standing))
            self.steps.append(f"undo {chosen}")
            apply(self.store, decide.undo(self.store, chosen))


PLACES = """MATCH (d:Decision {id: $id})-[j:JUDGES]->(p:Passage)
RETURN p.id AS passage, properties(j) AS place"""

PUT = """MERGE (d:Decision {id: $id}) SET d += $properties, d.createdAt = $properties.at
WITH d UNWIND $articles AS wanted MATCH (a:Article {id: wanted}) MERGE (d)-[:JUDGES]->(a)"""

PUT_PLACES = """MATCH (d:Decision {id: $id}) UNWIND $places AS row
MATCH (p:Passage {id: row.passage}) CREATE (d)-[j:JUDGES]->(p) SET j = row.place"""


def put(store: Store, decision: Decision, places: list[dict[str, Any]]) -> None:
    """A decision as it is kept, with where stood what it judged."""
    named = {"published": decision.targets[0], "article": decision.value}.get(decision.field or "")
    store.execute(PUT, id=decision.id, properties=decision.properties(), articles=[named] if named else [])
    store.execute(PUT_PLACES, id=decision.id, places=places)


def replayed(walk: Walk) -> tuple[list[str], list[str]]:
    """The final articles in another order on an empty graph, then the decisions that stand, in their order."""
    store, stand = walk.store, sorted(decisions.decisions(walk.store), key=lambda d: (d.at, d.id))
    places = {d.id: store.run(PLACES, id=d.id) for d in stand}
    emptied(store)
    names = sorted(walk.versions)
    walk.chance.shuffle(names)
    for name in names:
        take(document(name, *walk.versions[name]), store, walk.run)
    for decision in stand:
        put(store, decision, places[decision.id])
    for article in every_article(store):
        apply(store, reread(store, article))
    for decision in stand:
        apply(store, Revision(decision=decision))
    return shown(store)


def differing(one: list[str], other: list[str]) -> str:
    gone, new = (line for line in one if line not in other), (line for line in other if line not in one)
    return "\n".join([*(f"- {line[:300]}" for line in gone), *(f"+ {line[:300]}" for line in new)])


@pytest.mark.parametrize("seed", range(12))
def test_history_leaves_no_trace(local_settings: Settings, seed: int) -> None:
    with open_store(local_settings) as store:
        walk = Walk(store, random.Random(seed), begin(store, "walk"))  # noqa: S311 (the same on every run)
        actions: list[Callable[[], None]] = [walk.ingest] * 4 + [walk.decide] * 4 + [walk.undo] * 2
        for _ in range(4):
            walk.ingest()
        for _ in range(18):
            walk.chance.choice(actions)()
        nodes, relations = shown(store)
        again_nodes, again_relations = replayed(walk)
        steps = "\n".join(walk.steps)
        assert nodes == again_nodes, f"{steps}\n{differing(nodes, again_nodes)}"
        assert relations == again_relations, f"{steps}\n{differing(relations, again_relations)}"
