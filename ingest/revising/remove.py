"""Take an article out of the graph: withdrawn, it can be brought back; purged, it is gone for good."""

from __future__ import annotations

from ingest.graph.copies import unlink_copies
from ingest.graph.merge import merge_touched, take_turn
from ingest.graph.stories import unlink_story
from ingest.graph.touched import Touched
from ingest.graph.write import expire
from kb.shown.sources import reported_events
from kb.store import Store, Transaction
from kb.store.moments import now

WITHDRAW = "MATCH (a:Article {id: $id}) SET a.expiredAt = $now"

# Each deletes at most so many at a time and is repeated until nothing is left: a server's time limit counts for each.
PURGE = (
    """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)-[:HAS_TIME|STATED_IN]-(n)
WHERE n.articleId = $id WITH DISTINCT n LIMIT 500 DETACH DELETE n""",
    """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)-[r]-()
WHERE r.articleId = $id WITH DISTINCT r LIMIT 500 DELETE r""",
    """MATCH (:Article {id: $id})-[:TELLS|NAMES]->()-[r]-()
WHERE r.articleId = $id AND NOT type(r) IN ['TELLS', 'NAMES'] WITH DISTINCT r LIMIT 500 DELETE r""",
    """MATCH (:Article {id: $id})-[:TELLS|NAMES]->(:Event|Entity)-[:MERGED_INTO]->()-[r]-()
WHERE r.articleId = $id AND NOT type(r) IN ['TELLS', 'NAMES'] WITH DISTINCT r LIMIT 500 DELETE r""",
    """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(s:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE NOT EXISTS { MATCH (s)<-[:HAS_SNAPSHOT]-(a:Article) WHERE a.id <> $id }
MATCH (m:Meaning {id: p.id}) WITH DISTINCT m LIMIT 500 DELETE m""",
    """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(s:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE NOT EXISTS { MATCH (s)<-[:HAS_SNAPSHOT]-(a:Article) WHERE a.id <> $id }
WITH DISTINCT p LIMIT 500 DETACH DELETE p""",
    """MATCH (:Article {id: $id})-[:HAS_SNAPSHOT]->(s:Snapshot)
WHERE NOT EXISTS { MATCH (s)<-[:HAS_SNAPSHOT]-(a:Article) WHERE a.id <> $id }
WITH DISTINCT s LIMIT 500 DETACH DELETE s""",
)

STATED = "MATCH (:Article {id: $id})-[:TELLS|NAMES]->(n) RETURN DISTINCT n.id AS id, labels(n) AS labels"

DELETE_ARTICLE = """MATCH (a:Article {id: $id})
OPTIONAL MATCH (a)<-[:JUDGES]-(d:Decision) WHERE d.targets = [$id]
DETACH DELETE d, a"""

# What nothing tells of, now or then, and no human judged.
DELETE_UNTOLD = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
WHERE NOT EXISTS { MATCH (n)<-[:TELLS|NAMES]-(:Article) } AND NOT EXISTS { MATCH (n)<-[:JUDGES]-(:Decision) }
  AND NOT EXISTS { MATCH (n)<-[m:MERGED_INTO]-() WHERE m.expiredAt IS NULL }
DETACH DELETE n"""


def withdraw_in(tx: Transaction, article: str, moment: str) -> Touched:
    """End all that an article states, within a transaction. Returns: what was shown anew."""
    tx.execute(WITHDRAW, id=article, now=moment)
    copied = unlink_copies(tx, article, moment) - {article}
    touched = expire(tx, article, moment) | Touched(events=reported_events(tx, copied), articles={article})
    return merge_touched(tx, touched, moment, stirred=unlink_story(tx, article, moment))


def purge(store: Store, article: str) -> None:
    """Delete an article with its texts and all that only it supported; nothing brings it back. Raises: StoreError."""
    store.write(lambda tx: purge_in(tx, article, now()))


def purge_in(tx: Transaction, article: str, moment: str) -> None:
    """Delete an article within a transaction; arguments as `withdraw_in`."""
    take_turn(tx, moment)
    withdraw_in(tx, article, moment)
    stated = tx.run(STATED, id=article)
    for statement in PURGE:
        while _changed(tx, statement, article):
            pass
    tx.execute(DELETE_ARTICLE, id=article)
    for label in ("Event", "Entity"):
        ids = sorted(row["id"] for row in stated if label in row["labels"])
        if ids:
            tx.execute(DELETE_UNTOLD.replace("LABEL", label), ids=ids)


def _changed(tx: Transaction, statement: str, article: str) -> bool:
    done = tx.execute(statement, id=article)
    return bool(done.nodes_deleted or done.relationships_deleted)
