"""The graph store: one code path over Bolt, whether the local server or a Neo4j 5 that KB_URI names.

    with open_store() as store:
        store.execute("MERGE (e:Event {id: $id}) SET e.title = $title", id="e1", title="Annexation of Crimea")
        store.run("MATCH (e:Event) RETURN e.title AS title")

Nothing configured: the local server is started, or joined when it runs. `kb.store.dialect` tells which Cypher both
engines share.
"""

import kb.store.driver  # noqa: F401  # isort: skip  (hides what the driver need not import, so it comes first)
from kb.store.connection import Counters, Queryable, Store, Transaction
from kb.store.opening import ServerStatus, open_store, start, status, stop
from kb.store.settings import Settings
from kb.store.table import GraphNode, GraphPath, GraphRelationship, Table

__all__ = ["Counters", "GraphNode", "GraphPath", "GraphRelationship", "Queryable", "ServerStatus", "Settings", "Store",
           "Table", "Transaction", "open_store", "start", "status", "stop"]  # fmt: skip
