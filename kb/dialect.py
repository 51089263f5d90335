"""Where the engines differ, and what their errors mean in one sentence. Everything else is the Cypher both understand.

Cypher that both engines run alike (each checked by tests/test_store.py), and what to write instead of what they do not:
  - merge a typed entity with all its labels at once, `MERGE (n:Entity:Person {id: row.id})`. ArcadeDB cannot add a label to a
    node in the statement that makes it (`ON CREATE SET n:Person`), and a changed label gives the node a new element id;
  - address nodes by the property `id`, never by `elementId()` kept from an earlier statement;
  - one statement sets or removes labels, never both;
  - dates are ISO strings: a range filter over a DATE property scans the label on ArcadeDB;
  - `DETACH DELETE` large sets in batches (`WITH n LIMIT 5000`): the server's time limit counts for each statement;
  - no full-text or vector index from Cypher, no `db.schema.*`, no `LOAD CSV`.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Forbidden, Neo4jError, ServiceUnavailable

from kb.errors import QueryError, StoreDenied, StoreError, StoreUnavailable

Engine = Literal["arcadedb", "neo4j"]

_TIMED_OUT = re.compile(r"TransactionTimedOut|TransactionTimedOutClientConfiguration|Terminated", re.I)
_TIMEOUT_TEXT = re.compile(r"time ?out|timed out|exceeded", re.I)
_READ_ONLY = re.compile(r"AccessMode|not allowed to|not allowed in read|read[- ]only|write operations are not allowed", re.I)


def engine_of(agent: str) -> Engine:
    """Which engine introduced itself with this server agent ("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)")."""
    return "arcadedb" if "arcadedb" in agent.lower() else "neo4j"


def version_of(agent: str) -> str:
    """The engine's own version in a server agent, "" when it names none."""
    found = re.search(r"ArcadeDB (\S+?)\)", agent) or re.search(r"Neo4j/(\S+)", agent)
    return found.group(1) if found else ""


def explain(error: Neo4jError | DriverError, uri: str) -> StoreError:
    """The driver's error as one of ours, in one sentence."""
    if isinstance(error, AuthError):
        return StoreDenied(f"The server at {uri} refused the login; check KB_USER and KB_PASSWORD")
    if isinstance(error, Neo4jError):
        return _explain_reply(error)
    if isinstance(error, ConfigurationError):
        return StoreUnavailable(f"KB_URI={uri} is no address of a graph server ({_first(str(error))}); "
                                "write it like bolt://host:7687 or neo4j://host:7687")  # fmt: skip
    if isinstance(error, ServiceUnavailable):
        return unreachable(uri)
    return StoreUnavailable(f"The connection to the graph server at {uri} failed: {_first(str(error))}")


def unreachable(uri: str) -> StoreUnavailable:
    """Nobody answers at the address."""
    return StoreUnavailable(f"No graph server answers at {uri}; start it, or correct KB_URI "
                            "(unset it to use the local server)")  # fmt: skip


def too_slow(seconds: float) -> QueryError:
    """A statement ran into its time limit."""
    return QueryError(f"The query took longer than {seconds:g} seconds and was stopped; narrow it or add a LIMIT")


def is_timeout(error: BaseException) -> bool:
    """Whether the server gave a statement up because of a time limit."""
    if not isinstance(error, Neo4jError):
        return False
    return bool(_TIMED_OUT.search(error.code or "") or _TIMEOUT_TEXT.search(error.message or ""))


def _explain_reply(error: Neo4jError) -> StoreError:
    text = _first(error.message or error.code or "no reason given")
    if isinstance(error, Forbidden) or _READ_ONLY.search(text):
        return StoreDenied(f"This login may only read ({text}); use --write if you mean to change the graph")
    if is_timeout(error):
        return QueryError("The query took longer than the server allows and was stopped; narrow it or add a LIMIT")
    if isinstance(error, ClientError) and "SyntaxError" in (error.code or ""):
        return QueryError(f"The Cypher text has an error: {text}")
    return QueryError(f"The server refused the statement: {text}")


def _first(message: str) -> str:
    """The first line of a server's message that says something, without the frame around it."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    text = lines[0] if lines else "no reason given"
    return re.sub(r"^(Error executing Cypher (command|query): .*)$", lambda found: lines[1] if len(lines) > 1 else found[1], text)


def constraint(label: str, properties: tuple[str, ...] = ("id",)) -> str:
    """The statement that makes the values of `properties` unique among the nodes of a label."""
    fields = ", ".join(f"n.{name}" for name in properties)
    required = f"({fields})" if len(properties) > 1 else fields
    name = f"{label.lower()}_{'_'.join(properties).lower()}"
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE {required} IS UNIQUE"


def index(label: str, prop: str) -> str:
    """The statement that makes a range index on one property of a label."""
    return f"CREATE INDEX {label.lower()}_{prop.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{prop})"


def parameters(values: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the driver takes them: tuples become lists."""
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_listed(each) for each in value]
    return str(value) if isinstance(value, str) else value
