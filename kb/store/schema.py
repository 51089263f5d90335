"""The graph's schema: constraints, indexes, and the version they make up, which is stored in the graph itself."""

from __future__ import annotations

from kb.counted import DOUBT_RULES
from kb.errors import StoreDamaged
from kb.store import dialect, kept
from kb.store.connection import Store
from kb.store.moments import now

VERSION = 8
LABELS = ("Article", "Snapshot", "Passage", "TimeExpression", "Entity", "Person", "Organization", "Place", "Thing",
          "Event", "Claim", "Decision", "Block", "Story", "AliasTable", "IngestRun", "Count",
          "Doubt")  # fmt: skip
INDEXES = (
    ("Article", "url"),
    ("Article", "publishedEarliest"),
    ("Event", "earliest"),
    ("Event", "latest"),
    ("Event", "type"),
    ("Event", "salience"),
    ("Event", "importance"),
    ("Claim", "saidEarliest"),
    ("Entity", "name"),
    ("Entity", "canonical"),
    ("Event", "canonical"),
    ("Decision", "at"),
    ("IngestRun", "started"),
    ("Event", "slot"),
    ("Event", "rung"),
    ("Event", "lot"),
    ("Event", "wholeRung"),
    ("Event", "status"),
    ("Entity", "rung"),
    ("Claim", "slot"),
    ("Article", "slot"),
    ("Article", "publisher"),
    ("Event", "ordered"),
    ("Doubt", "rung"),
    ("Doubt", "place"),
)
# What is found by its words; a name by all that it is called.
WORDS = (
    ("Passage", ("text",)),
    ("Event", ("title",)),
    ("Entity", ("called",)),
    ("Claim", ("text", "speakerText")),
    ("Article", ("title",)),
)
# What version 3 keeps as properties beside the relationships, for a graph that an earlier version made.
REFERENTS = "MATCH (n:LABEL) RETURN n.id AS id"
KEPT = (
    """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted}) WHERE EXISTS { MATCH (n)<-[t:NAMES|TELLS]-(:Article) WHERE t.live = true }
SET n.live = true""",
    """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted}) WHERE EXISTS { MATCH (n)<-[:JUDGES]-(:Decision) } SET n.judged = true""",
    """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
SET n.canonical = c.id, c.judged = CASE WHEN n.judged THEN true ELSE c.judged END""",
)
# Version 1 knew neither whose a statement is nor what an article tells, and its events had other ids: all of it comes
# again as kb reannotate reads the stored texts. What a human judged stays as ended.
OF_NOBODY = """MATCH (a)-[r]->(b)
WHERE r.digest IS NULL AND NOT type(r) IN ['HAS_SNAPSHOT', 'HAS_PASSAGE', 'RECORDED_BY', 'JUDGES']
WITH r LIMIT 5000 DELETE r"""
UNTOLD = """MATCH (e:LABEL)
WHERE NOT EXISTS { MATCH (e)<-[:TELLS|NAMES]-(:Article) } AND NOT EXISTS { MATCH (e)<-[:JUDGES]-(:Decision) }
WITH e LIMIT 2000 DETACH DELETE e"""
JUDGED = """MATCH (e:LABEL) WHERE NOT EXISTS { MATCH (e)<-[:TELLS|NAMES]-(:Article) } AND e.expiredAt IS NULL
SET e.expiredAt = $now"""
# What version 4 orders by, as a single article gives it; `kb reannotate` reckons it from all.
WEIGHED = """MATCH (e:Event) WHERE e.importance IS NULL AND e.salience IS NOT NULL
SET e.importance = toInteger(e.salience * 500) / 1000.0"""
# What version 6 finds names by, as `kb.models.called` writes it.
CALLED = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
SET n.called = reduce(whole = n.name, alias IN coalesce(n.aliases, []) | whole + ' · ' + alias)"""
UNDOUBTED = "MATCH (s:Schema {id: 'schema'}) SET s.pairs = $rules, s.doubts = $rules"
_AT_ONCE = 2000  # referents in one statement: a server holds a transaction in memory
ALL = "MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n"
_STATE = "MATCH (s:Schema {id: 'schema'}) RETURN s.version AS version, s.restoring AS restoring"


def statements() -> list[str]:
    """Write the statements that make the schema, each harmless when run again."""
    return [*(dialect.constraint(label) for label in (*LABELS, "Schema")), *(dialect.index(*pair) for pair in INDEXES)]


def stored_version(store: Store) -> int | None:
    """Read the version in the graph, None when it has none yet."""
    rows = store.run(_STATE)
    return int(rows[0]["version"]) if rows and rows[0]["version"] is not None else None


def is_restoring(store: Store) -> bool:
    """Whether a restore into this graph is under way, or was broken off."""
    return any(row["restoring"] for row in store.run(_STATE))


def clear(store: Store) -> None:
    """Take all out of a graph but its schema, some at a time. Raises: StoreError."""
    while store.execute(ALL).nodes_deleted:
        pass


def begin_restore(store: Store) -> None:
    """Mark the graph, so that nobody takes what is half restored for whole."""
    store.execute("MATCH (s:Schema {id: 'schema'}) SET s.restoring = true")


def end_restore(store: Store, version: int) -> None:
    """Take the mark away: the graph is whole, as this version of the schema made it."""
    store.execute(
        "MATCH (s:Schema {id: 'schema'}) SET s.version = $version, s.restoring = null, s.pairs = null, s.doubts = null",
        version=version,
    )


def check(store: Store) -> int | None:
    """Read the stored version and refuse a newer one.

    Raises: StoreDamaged when the graph was made by a newer version than this one, or is half restored.
    """
    [state] = store.run(_STATE) or [{"version": None, "restoring": None}]
    found: int | None = state["version"]
    if state["restoring"]:
        raise StoreDamaged(f"A restore into the graph at {store.uri} is under way or was broken off; wait for its end, "
                           "or run kb restore again, which begins anew")  # fmt: skip
    if found is not None and found > VERSION:
        raise StoreDamaged(f"The graph at {store.uri} has schema version {found}, this program knows {VERSION}; "
                           "update eventline, or use another graph")  # fmt: skip
    return found


def ensure(store: Store) -> None:
    """Make the constraints and indexes if the graph does not have this version's; two processes may do it at once.

    Raises: StoreDamaged when the graph was made by a newer version than this one.
    """
    found = check(store)
    if found == VERSION:
        return
    for statement in statements():
        store.define(statement)
    for label, properties in WORDS:
        store.index_words(label, properties)
    if found == 1:
        while store.execute(OF_NOBODY).relationships_deleted:
            pass
        for label in ("Entity", "Event"):
            while store.execute(UNTOLD.replace("LABEL", label)).nodes_deleted:
                pass
            store.execute(JUDGED.replace("LABEL", label), now=now())
    if found is not None:
        store.execute(WEIGHED)
        for label in ("Entity", "Event"):
            _keep(store, label)
        kept.recount(store)  # what version 6 keeps
        _in_batches(store, "Entity", CALLED)
    store.execute("MERGE (s:Schema {id: 'schema'}) SET s.version = $version", version=VERSION)
    if found is None:  # of nothing there are no doubts
        store.execute(UNDOUBTED, rules=DOUBT_RULES)


def _keep(store: Store, label: str) -> None:
    for statement in KEPT:
        _in_batches(store, label, statement.replace("LABEL", label))


def _in_batches(store: Store, label: str, statement: str) -> None:
    """Run a statement for the `$ids` of all nodes of a label."""
    ids = [row["id"] for row in store.run(REFERENTS.replace("LABEL", label))]
    for at in range(0, len(ids), _AT_ONCE):
        store.execute(statement, ids=ids[at : at + _AT_ONCE])
