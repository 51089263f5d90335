"""Where the engines differ, and what their errors mean in one sentence. Everything else is the Cypher both understand.

What both run alike, and what to write instead of what they do not (tests/store/test_store.py checks it):
  - ids: `MERGE (n:Event {id: row.id}) SET n += row` with one label uses the index. With two (`:Entity:Person`) ArcadeDB
    reads every node of the label instead, so make what is missing, then set:
    `UNWIND $rows AS row OPTIONAL MATCH (old:Entity {id: row.id}) WITH row, old WHERE old IS NULL
    CREATE (:Entity:Person {id: row.id})`, then `UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row`;
  - labels: never changed later. ArcadeDB cannot add one in the statement that makes the node
    (`ON CREATE SET n:Person`), cannot set one and remove another in one statement, and gives it a new element id;
  - relationships: `UNWIND $rows AS row MATCH (a:X {id: row.start}) MATCH (b:Y {id: row.end})
    MERGE (a)-[r:T {role: row.role}]->(b) SET r += row.properties` is right and uses the indexes. Through `Store.write`
    no duplicate can arise; another Bolt client that merges the same one at the same moment can leave two on ArcadeDB;
  - address nodes by the property `id`, never by an `elementId()` kept from an earlier statement;
  - dates are ISO strings: a range filter over a DATE property reads the whole label on ArcadeDB;
  - `UNWIND $keys AS key MATCH (n:X {prop: key})` uses the index on both; a range on ArcadeDB only in the first MATCH of
    a statement, by an index of its choice, and not where it holds much of the label. Both take `USING INDEX n:X(prop)`;
  - `CALL { WITH x MATCH … RETURN y LIMIT 200 }` follows no more than it returns; `PROFILE` says how on both;
  - delete large sets in batches (`WITH n LIMIT 5000 DETACH DELETE n`): the server's time limit counts for each;
  - full text: `CALL db.index.fulltext.queryNodes($index, $query, {limit: $n}) YIELD node, score`, on ArcadeDB without
    positions (a phrase is only its words) and over indexes that only SQL makes (`words_index`), of single strings;
  - nearest vectors: `CALL db.index.vector.queryNodes($index, $n, $vector) YIELD node, score` on both, where score is
    (1 + cosine) / 2, over indexes that on ArcadeDB only SQL makes (`vectors_index`);
  - no vector index made from Cypher, no `db.schema.*`, no `LOAD CSV`, no `CALL {} IN TRANSACTIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kb.errors import QueryError, StoreDenied, StoreError, StoreUnavailable

Engine = Literal["arcadedb", "neo4j"]

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_TIMED_OUT = re.compile(
    r"TransactionTimedOut|Transaction\.Terminated|arcadedb\.command\.timeout"
    r"|(query|command|transaction) (\S+ )?(was|has been|is) terminated",
    re.I,
)
_READ_ONLY = re.compile(r"read access mode|AccessMode|not allowed to|read[- ]only", re.I)
_BUSY = re.compile(r"queryQueueTimeout|queryQueueMaxSize|Query not started", re.I)
_FULL = re.compile(r"No space left on device|not enough space on the disk|disk quota exceeded", re.I)
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONCEALED = re.compile(r"request failed\. Check the server log", re.I)
_REASON = re.compile(r"BOLT: (.+?) \(concealed from the client|^com\.arcadedb\.exception\.\w+: (.+?)$", re.S | re.M)
_SILENT = "no reason given"
_NO_DATABASE = re.compile(r"DatabaseNotFound|Graph not found|database \S+ (does not exist|is not available)", re.I)
TEXT_AND_COMMENTS = r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
"""A pattern of what in a Cypher statement is no code: strings and comments, over several lines (re.S)."""
_NOT_CODE = re.compile(rf"{TEXT_AND_COMMENTS}|`[^`]*`", re.S)


def engine_of(agent: str) -> Engine:
    """Which engine introduced itself with this server agent ("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)")."""
    return "arcadedb" if "arcadedb" in agent.lower() else "neo4j"


def version_of(agent: str) -> str:
    """Read the engine's own version from a server agent, "" when it names none."""
    found = re.search(r"ArcadeDB (\S+?)\)", agent) or re.search(r"Neo4j/(\S+)", agent)
    return found.group(1) if found else ""


def check_address(uri: str) -> None:
    """Refuse what is no Bolt address. Raises: StoreUnavailable."""
    try:
        parts = urlsplit(uri)
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good:
        raise StoreUnavailable(f"KB_URI={uri} is no address of a graph server; write it like bolt://host:7687 "
                               "or neo4j://host:7687")  # fmt: skip


def refuse_loading(cypher: str) -> None:
    """Refuse a reader's LOAD CSV, which reads files and addresses of the server's machine. Raises: StoreDenied."""
    if re.search(r"\bload\s+csv\b", _NOT_CODE.sub(" ", cypher), re.I):
        raise StoreDenied("LOAD CSV reads files of the server's machine, which a reader may not; use --write for that")


def explain(error: Exception, uri: str, *, log: str | None = None) -> StoreError:
    """Turn an error of the driver into one of ours, in one sentence.

    Arguments: the error; the server's address; log, what the local server printed meanwhile, None for another server.
    """
    local = log is not None
    if local and isinstance(error, AuthError):
        return StoreDenied("The local server refuses the passwords in the data folder; run `kb store stop` and delete "
                           "passwords.json there, new ones are then made")  # fmt: skip
    if local and isinstance(error, ServiceUnavailable):
        return StoreUnavailable("The local server ended or does not answer; try again, which starts it, and see "
                                "server/server.log in the data folder if it ends again")  # fmt: skip
    if isinstance(error, AuthError):
        return StoreDenied(f"The server at {uri} refused the login; check KB_USER and KB_PASSWORD")
    if isinstance(error, Neo4jError):
        return _explain_reply(error, uri, log or "")
    if not isinstance(error, DriverError):
        return StoreUnavailable(f"The connection to the graph server at {uri} brings what is no answer; see whether "
                                "the network is sound, then try again: nothing is stored by half")  # fmt: skip
    if isinstance(error, ServiceUnavailable | SessionExpired) and isinstance(error.__cause__, TimeoutError):
        return StoreUnavailable(f"The connection to the graph server at {uri} was silent for too long; try again, or "
                                "raise KB_SILENCE (seconds) if need be: nothing is stored by half")  # fmt: skip
    if isinstance(error, ServiceUnavailable | SessionExpired) and "defunct" in str(error):
        return StoreUnavailable(f"The connection to the graph server at {uri} is cut again and again; see whether the "
                                "network is sound, then try again: nothing is stored by half")  # fmt: skip
    if isinstance(error, ServiceUnavailable):
        return StoreUnavailable(f"No graph server answers at {uri}; start it, or correct KB_URI "
                                "(unset it to use the local server)")  # fmt: skip
    return StoreUnavailable(f"The connection to the graph server at {uri} failed: {_first(str(error))}")


def too_slow(seconds: float) -> QueryError:
    """Say that a statement ran into its time limit."""
    return QueryError(f"The query took longer than {seconds:g} seconds and was stopped; narrow it or add a LIMIT")


def is_timeout(error: BaseException) -> bool:
    """Whether the server gave a statement up because of a time limit."""
    return isinstance(error, Neo4jError) and bool(_TIMED_OUT.search(f"{error.code} {error.message}"))


def _explain_reply(error: Neo4jError, uri: str, log: str) -> StoreError:
    text = _first(error.message or error.code or _SILENT)
    if _CONCEALED.search(text):  # in production mode the server tells its reasons to its log alone
        text = _first(next(("".join(found) for found in reversed(_REASON.findall(log))), ""))
    if isinstance(error, Forbidden) or _READ_ONLY.search(text):
        because = f" ({text})" if text != _SILENT else ""
        return StoreDenied(f"This login may only read{because}; use --write if you mean to change the graph")
    if _NO_DATABASE.search(f"{error.code} {text}"):
        return StoreUnavailable(f"The server at {uri} has no such database ({text}); correct KB_DATABASE or unset it")
    if _BUSY.search(text):
        return StoreUnavailable("The server has more questions to answer than run at once, and this one waited for "
                                "half a minute; try again when others have ended")  # fmt: skip
    if _FULL.search(f"{text} {log}"):
        return StoreUnavailable("The disk of the graph server is full: nothing of this was stored, and nothing that "
                                "was stored before is lost; make room, then do it again")  # fmt: skip
    if is_timeout(error):
        return QueryError("The query took longer than the server allows and was stopped; narrow it or add a LIMIT")
    if isinstance(error, ClientError) and "SyntaxError" in (error.code or ""):
        return QueryError(f"The Cypher text has an error: {text}")
    return QueryError(f"The server refused the statement: {text}")


def _first(message: str) -> str:
    """Cut a server's message to its first line that says something."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return lines[0][:300] if lines else _SILENT


def constraint(label: str, properties: tuple[str, ...] = ("id",)) -> str:
    """Write the statement that makes the values of `properties` unique among the nodes of a label."""
    fields = ", ".join(f"n.{name}" for name in properties)
    required = f"({fields})" if len(properties) > 1 else fields
    name = f"{label.lower()}_{'_'.join(properties).lower()}"
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE {required} IS UNIQUE"


def index(label: str, prop: str) -> str:
    """Write the statement that makes a range index on one property of a label."""
    return f"CREATE INDEX {label.lower()}_{prop.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{prop})"


def words_index_name(label: str) -> str:
    """Name the full-text index of a label, as `db.index.fulltext.queryNodes` takes it."""
    return f"{label.lower()}_words"


def words_index(engine: Engine, label: str, properties: tuple[str, ...]) -> list[str]:
    """Write the statements that make a full-text index on string properties of a label, without stop words.

    For Neo4j they are Cypher; for ArcadeDB SQL, which its Bolt side does not take.
    """
    name = words_index_name(label)
    if engine == "neo4j":
        fields = ", ".join(f"n.{prop}" for prop in properties)
        return [f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [{fields}] "
                "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}",
                "CALL db.awaitIndexes(600)"]  # fmt: skip
    typed = [f"CREATE PROPERTY {label}.{prop} IF NOT EXISTS STRING" for prop in properties]
    index = f"CREATE INDEX {name} IF NOT EXISTS ON {label} ({', '.join(properties)}) FULL_TEXT"
    return [*typed, f'{index} METADATA {{"similarity": "BM25"}}']


def vectors_index_name(label: str) -> str:
    """Name the index of the vectors of a label, as `db.index.vector.queryNodes` takes it."""
    return f"{label.lower()}_vectors"


def vectors_index(engine: Engine, label: str, prop: str, dimensions: int) -> list[str]:
    """Write the statements that make an index of nearest vectors, by their cosine, over one property of a label.

    For Neo4j they are Cypher; for ArcadeDB SQL. The vectors themselves are compared, no shortened ones.
    """
    name = vectors_index_name(label)
    if engine == "neo4j":
        return [f"CREATE VECTOR INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{prop}) OPTIONS {{indexConfig: "
                f"{{`vector.dimensions`: {dimensions}, `vector.similarity_function`: 'cosine', "
                "`vector.quantization.enabled`: false}}",
                "CALL db.awaitIndexes(600)"]  # fmt: skip
    told = f'{{"dimensions": {dimensions}, "similarity": "COSINE"}}'
    return [f"CREATE PROPERTY {label}.{prop} IF NOT EXISTS ARRAY_OF_FLOATS",
            f"CREATE INDEX {name} IF NOT EXISTS ON {label} ({prop}) LSM_VECTOR METADATA {told}"]  # fmt: skip


def drop_vectors_index(engine: Engine, label: str) -> str:
    """Write the statement that drops an index of `vectors_index`, Cypher for Neo4j, SQL for ArcadeDB."""
    return f"DROP INDEX {vectors_index_name(label)} IF EXISTS"


def keep_vectors(engine: Engine, label: str, prop: str) -> str:
    """Write the Cypher that gives nodes their vectors as floats of 32 bits: `$rows` with id and vector."""
    made = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}})"
    if engine == "neo4j":
        return f"{made} WITH n, row CALL db.create.setNodeVectorProperty(n, '{prop}', row.vector)"
    return f"{made} SET n.{prop} = row.vector"  # as the property's type says


_TAKEN = frozenset((int, float, bool, type(None)))  # types that the driver takes as they are


def parameters(values: dict[str, Any]) -> dict[str, Any]:
    """Give parameters the types the driver takes: tuples and sets become lists, kinds of string plain strings.

    A lone surrogate, as in a file's name that is no UTF-8, becomes U+FFFD: no store of text can hold one.
    """
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: Any) -> Any:
    if type(value) in _TAKEN:
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key) if isinstance(key, str) else key: _listed(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_listed(each) for each in value]
    return value


def storable(text: str) -> str:
    """A plain string without surrogates."""
    # most texts of the graph are ids and words of English, of which Python knows without a look
    return str(text) if text.isascii() else _SURROGATES.sub("\ufffd", str(text))


Step = tuple[str, Mapping[str, Any]]
"""A statement and its parameters."""

_PARAMETER = re.compile(r"\$(\w+)")
_BRACES = re.compile(r"\{[^{}]*\}")
_COLUMN = re.compile(r"\bAS (\w+)\s*(?=,|$)")


def numbered(steps: Sequence[Step]) -> tuple[list[str], dict[str, Any]]:
    """Statements with parameters of their own, and all the parameters, which are to be given as `given`.

    All that they carry is one map, as Neo4j compiles a statement anew for lists of other lengths, though not for those
    within a map.
    """
    texts = [_PARAMETER.sub(rf"$given.\1_{place}", text) for place, (text, _) in enumerate(steps)]
    return texts, {f"{name}_{place}": value for place, (_, given) in enumerate(steps) for name, value in given.items()}


def one_after_another(steps: Sequence[Step]) -> tuple[str, dict[str, Any]]:
    """Statements as one, with its parameters: each ends before the next begins, as `WITH count(*)` gives one row.

    None but the last may return anything.
    """
    texts, params = numbered(steps)
    return "\nWITH count(*) AS done\n".join(texts), {"given": params}


def within_braces(statement: str) -> str:
    """A statement that can stand after others in one.

    Several that UNION joins, which name all columns, stand within braces: so what was to be done before is done when
    the first of them is asked.
    """
    outside, inner = "", statement
    while outside != inner:
        outside, inner = inner, _BRACES.sub("", inner)
    if "UNION" not in outside:
        return statement
    columns = ", ".join(_COLUMN.findall(outside.rpartition("RETURN")[2].replace("\n", " ")))
    return f"CALL {{\n{statement}\n}}\nRETURN {columns}"
