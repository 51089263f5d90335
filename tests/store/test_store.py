"""The contract of the store, on every engine: the same statements, the same values, the same errors."""

from __future__ import annotations

import json
import multiprocessing
import socket
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import neo4j
import pytest

from kb.errors import QueryError, StoreDamaged, StoreDenied, StoreUnavailable
from kb.store import (
    GraphNode,
    GraphPath,
    GraphRelationship,
    Settings,
    Store,
    Transaction,
    http,
    java,
    logins,
    open_store,
    schema,
    server,
    status,
    stop,
)

SLOW = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a, b WHERE (a * b) % 7 = 8 RETURN count(*) AS n"
MISSING = """UNWIND $rows AS row OPTIONAL MATCH (old:Entity {id: row.id}) WITH row, old WHERE old IS NULL
CREATE (:Entity:Person {id: row.id})"""
MERGE = "UNWIND $rows AS row MERGE (n:Event {id: row.id}) SET n += row"
SET = "UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row"
JOIN = """UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Event {id: row.end})
MERGE (a)-[r:PARTICIPATED_IN {role: row.role}]->(b) SET r += row.properties"""


def test_values_come_back_plain(store: Store) -> None:
    given = {"text": "Kyiv – “now”", "n": 9007199254740993, "share": 0.5, "yes": True, "list": ("a", "b")}
    store.execute("MERGE (e:Event {id: 'e1'}) SET e += $given", given={**given, "none": None})
    [row] = store.run("MATCH (e:Event) RETURN e, e.list AS list, date('2024-02-16') AS day, {a: [1, {b: 2}]} AS map")
    assert row["e"] == {"id": "e1", **given, "list": ["a", "b"]}
    assert (row["list"], row["day"], row["map"]) == (["a", "b"], "2024-02-16", {"a": [1, {"b": 2}]})


def test_a_table_has_records_for_graph_values_and_each_node_once(store: Store) -> None:
    store.execute("CREATE (:Entity:Person {id: 'p'})-[:PARTICIPATED_IN {role: 'agent'}]->(:Event {id: 'e'})")
    found = store.table("MATCH path = (p:Person)-[r]->(e) RETURN path, r, e, [p] AS list, date('2024-02-16') AS day")
    [(path, relationship, event, people, day)] = found.rows
    assert found.columns == ("path", "r", "e", "list", "day")
    assert isinstance(path, GraphPath)
    assert isinstance(relationship, GraphRelationship)
    assert isinstance(event, GraphNode)
    assert people[0].labels == ("Entity", "Person")
    assert (relationship.type, relationship.start, relationship.end) == (
        "PARTICIPATED_IN",
        people[0].element_id,
        event.element_id,
    )
    assert (dict(relationship.properties), dict(event.properties)) == ({"role": "agent"}, {"id": "e"})
    assert day == "2024-02-16"
    assert sorted(node.properties["id"] for node in found.nodes) == ["e", "p"]
    assert found.relationships == (relationship,)


def test_a_table_is_cut_at_its_limit(store: Store) -> None:
    found = store.table("UNWIND range(1, $top) AS i RETURN i", {"top": 2000}, limit=10)
    assert [row[0] for row in found.rows] == list(range(1, 11))
    assert found.truncated
    whole = store.table("UNWIND range(1, 10) AS i RETURN i", limit=10)
    assert (len(whole.rows), whole.truncated) == (10, False)
    assert json.dumps(whole.rows)
    assert store.table("MATCH (n:Event) RETURN n.id AS id").rows == ()


def test_a_store_is_closed_while_others_ask_and_each_gets_an_answer_or_a_sentence(engine: Settings) -> None:
    for pause in (0.0, 0.002, 0.005, 0.01, 0.02) * 4:
        store = open_store(engine, role="reader")
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(_ask_until_closed, store) for _ in range(4)]
            time.sleep(pause)
            store.close()
            assert all("closed" in str(each.result()) for each in asked)


def _ask_until_closed(store: Store) -> QueryError | StoreUnavailable:
    while True:
        try:
            assert store.run("UNWIND range(1, 50) AS n RETURN n")[-1] == {"n": 50}
        except (QueryError, StoreUnavailable) as error:
            return error


def test_an_exception_in_the_work_rolls_everything_back(store: Store) -> None:
    def fail(transaction: Transaction) -> None:
        transaction.execute("CREATE (:Event {id: 'half'})")
        raise KeyError("by the caller")

    with pytest.raises(KeyError):
        store.write(fail)
    assert store.run("MATCH (e:Event) RETURN e") == []


@pytest.mark.parametrize("label", schema.LABELS)
def test_an_id_is_unique_within_its_label(store: Store, label: str) -> None:
    store.execute(f"CREATE (:{label} {{id: 'same'}})")
    with pytest.raises(QueryError):
        store.write(lambda tx: [tx.execute(f"CREATE (:{label} {{id: 'same'}})")])
    assert store.run(f"MATCH (n:{label}) RETURN count(n) AS n") == [{"n": 1}]


def test_an_id_is_unique_among_entities_of_every_kind(store: Store) -> None:
    store.execute("CREATE (:Entity:Person {id: 'same'})")
    with pytest.raises(QueryError):
        store.execute("CREATE (:Entity:Place {id: 'same'})")


def test_indexes_are_there(store: Store) -> None:
    rows = store.run("SHOW INDEXES YIELD labelsOrTypes, properties RETURN labelsOrTypes, properties")
    present = {(row["labelsOrTypes"][0], row["properties"][0]) for row in rows if row["labelsOrTypes"]}
    assert present >= {*schema.INDEXES, *((label, "id") for label in schema.LABELS)}


def test_writing_facts_twice_changes_nothing(store: Store) -> None:
    people = [{"id": f"p{i}", "name": f"Person {i}", "aliases": ["a"]} for i in range(500)]
    events = [{"id": f"e{i}", "title": f"Event {i}", "earliest": "2022-02-24"} for i in range(500)]
    joins = [{"start": f"p{i}", "end": f"e{i * 7 % 500}", "role": "agent", "properties": {"n": i}}
             for i in range(500)]  # fmt: skip

    def facts(transaction: Transaction) -> tuple[int, int]:
        made = transaction.execute(MISSING, rows=people).nodes_created
        transaction.execute(SET, rows=people)
        made += transaction.execute(MERGE, rows=events).nodes_created
        return made, transaction.execute(JOIN, rows=joins).relationships_created

    assert store.write(facts) == (1000, 500)
    assert store.write(facts) == (0, 0)
    [row] = store.run("MATCH (p:Person {id: 'p3'})-[r:PARTICIPATED_IN]->(e:Event) "
                       "RETURN labels(p) AS labels, p.name AS name, r.n AS n, e.id AS event")  # fmt: skip
    assert sorted(row.pop("labels")) == ["Entity", "Person"]
    assert row == {"name": "Person 3", "n": 3, "event": "e21"}


def _write_pairs(settings: Settings, who: int) -> int:
    """Write the same people, events and relationships as another process does at the same moment."""
    rows = [{"id": f"p{i}"} for i in range(60)]
    joins = [{"start": f"p{i}", "end": "hub", "role": "agent", "properties": {"by": who}} for i in range(60)]
    with open_store(settings) as store:
        for at in range(0, 60, 4):
            people, events = rows[at : at + 4], joins[at : at + 4]
            store.write(lambda tx, a=people, b=events: (tx.execute(MISSING, rows=a), tx.execute(JOIN, rows=b)))
    return who


def test_processes_that_write_the_same_leave_no_duplicate(engine: Settings, store: Store) -> None:
    # what is joined already matters: ArcadeDB sees no conflict in two additions to one node's list
    store.execute("CREATE (:Event {id: 'hub'}), (:Event {id: 'other'})")
    store.execute(MISSING, rows=[{"id": f"p{i}"} for i in range(0, 60, 2)])
    store.execute("MATCH (p:Person), (o:Event {id: 'other'}) CREATE (p)-[:PARTICIPATED_IN {role: 'agent'}]->(o)")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_write_pairs, [(engine, 1), (engine, 2)]) == [1, 2]
    assert store.run("MATCH (p:Person) RETURN count(p) AS n, count(DISTINCT p.id) AS ids") == [{"n": 60, "ids": 60}]
    assert store.run("MATCH (:Person)-[r]->(:Event {id: 'hub'}) RETURN count(r) AS n") == [{"n": 60}]


WRITES = [
    "CREATE (e:Event {id: 'new'}) RETURN e",
    "CREATE (e:Brandnew {id: 'new'})",
    "MATCH (e:Event {id: 'old'}) SET e.title = 'changed' RETURN e.title",
    "MATCH (e:Event {id: 'old'}) REMOVE e.title",
    "MERGE (e:Event {id: 'old'}) ON MATCH SET e.title = 'changed'",
    "MATCH (e:Event {id: 'old'}) DETACH DELETE e",
    "MATCH (a:Event), (b:Event) CREATE (a)-[:PART_OF]->(b)",
    "CREATE INDEX new_index FOR (n:Event) ON (n.something)",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load /* a comment */ csv from 'http://127.0.0.1/' as line return line",
]


@pytest.mark.parametrize("statement", WRITES)
def test_a_reader_cannot_write(engine: Settings, store: Store, statement: str) -> None:
    store.execute("CREATE (:Event {id: 'old', title: 'as it was'})")
    with open_store(engine, role="reader") as reader, pytest.raises(StoreDenied):
        reader.table(statement)
    assert store.run("MATCH (e:Event) RETURN e.id AS id, e.title AS title") == [{"id": "old", "title": "as it was"}]


@pytest.mark.parametrize("method", ["run", "execute"])
def test_a_readers_other_methods_cannot_write(local_settings: Settings, method: str) -> None:
    with open_store(local_settings, role="reader") as reader, pytest.raises(StoreDenied, match="may only read"):
        getattr(reader, method)("CREATE (e:Event {id: 'new'})")


def test_words_of_a_statement_that_only_look_like_loading_are_let_through(engine: Settings, store: Store) -> None:
    with open_store(engine, role="reader") as reader:
        assert reader.table("RETURN 'load csv from x' AS a, \"LOAD CSV\" AS b // LOAD CSV").rows == (
            ("load csv from x", "LOAD CSV"),
        )


@pytest.mark.parametrize("login", ["reader", "writer"])
@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/"])
def test_the_local_server_itself_refuses_files_and_addresses(
    local_settings: Settings, login: Literal["reader", "writer"], url: str
) -> None:
    known = logins.passwords(local_settings.data_dir)
    address, auth = status(local_settings).uri or "", known.login(login)
    with neo4j.GraphDatabase.driver(address, auth=auth) as driver, pytest.raises(neo4j.exceptions.Forbidden):
        driver.execute_query(f"LOAD CSV FROM '{url}' AS line RETURN line")


@pytest.mark.parametrize(("language", "command"), [
    ("redis", "SET a b"), ("js", "1 + 1"), ("graphql", "{ a }"), ("sql", "BACKUP DATABASE"),
    ("sql", "CREATE VERTEX TYPE X"), ("sql", 'DEFINE FUNCTION a.b "return 1" LANGUAGE sql'),
    ("opencypher", "CREATE (:Event)"),
])  # fmt: skip
def test_the_other_languages_are_off_and_the_reader_only_reads(
    local_settings: Settings, language: str, command: str
) -> None:
    port, login = server.start(local_settings.data_dir).http, logins.passwords(local_settings.data_dir).login("reader")
    for path in ("command", "query"):
        with pytest.raises(urllib.error.HTTPError, match=r"HTTP Error 40[03]"):
            http.post(port, f"{path}/{java.DATABASE}", {"language": language, "command": command}, *login)


def test_a_slow_query_is_stopped_on_the_server_too(engine: Settings, store: Store) -> None:
    with open_store(engine, role="reader") as reader:
        with pytest.raises(QueryError, match="took longer than 1 seconds and was stopped"):
            reader.table(SLOW, timeout=1)
        quick = reader.table("RETURN 1 AS one", timeout=10)
    assert quick.rows == ((1,),)


ERRORS = [
    ("MATCH (n RETURN n", QueryError, "The Cypher text has an error: .*RETURN"),
    ("RETURN $missing AS x", QueryError, "missing"),
    ("RETURN 1 / 0 AS x", QueryError, "by zero"),
    ("MATCH (n) RETURN nn", QueryError, "nn"),
    ("", QueryError, "."),
]


@pytest.mark.parametrize(("statement", "error", "words"), ERRORS)
def test_a_refused_statement_is_one_sentence_and_nothing_on_stderr(
    store: Store, capfd: pytest.CaptureFixture[str], statement: str, error: type[Exception], words: str
) -> None:
    for run in (store.run, store.execute, store.table):
        with pytest.raises(error, match=words) as caught:
            run(statement)
        assert "\n" not in str(caught.value)
    assert store.run("RETURN 1 AS one") == [{"one": 1}]
    assert capfd.readouterr() == ("", "")


def test_a_graph_of_a_newer_version_is_refused(engine: Settings, store: Store) -> None:
    store.execute("MATCH (s:Schema) SET s.version = 999")
    try:
        for role in ("reader", "writer"):
            with pytest.raises(StoreDamaged, match="has schema version 999, this program knows"):
                open_store(engine, role=role)  # type: ignore[arg-type]
    finally:
        store.execute("MATCH (s:Schema) SET s.version = $version", version=schema.VERSION)


def test_status_tells_what_is_there(engine: Settings, store: Store) -> None:
    store.execute("UNWIND range(1, 5) AS i CREATE (:Event {id: toString(i)})")
    found = status(engine)
    assert (found.running, found.engine, found.uri, found.nodes) == (True, store.engine, store.uri, 6)
    assert found.schema_version == schema.VERSION
    assert (found.version or "")[0].isdigit()


def test_neo4j_refuses_a_wrong_password_and_an_unknown_database(neo4j_settings: Settings) -> None:
    with pytest.raises(StoreDenied, match="check KB_USER and KB_PASSWORD"):
        open_store(replace(neo4j_settings, password="not the one"))  # noqa: S106
    with pytest.raises(StoreUnavailable, match="correct KB_DATABASE"):
        open_store(replace(neo4j_settings, database="elsewhere"))
    assert "not ours to stop" in stop(neo4j_settings).message
    assert status(neo4j_settings).running


@pytest.mark.parametrize("uri", ["http://localhost:7687", "localhost", "bolt://", "bolt://host:99999999", "rubbish"])
def test_what_is_no_address(tmp_path: Path, uri: str) -> None:
    with pytest.raises(StoreUnavailable, match="is no address of a graph server; write it like bolt://host:7687"):
        open_store(Settings(tmp_path, uri))


def test_nobody_answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound but not listening
        settings = Settings(tmp_path, f"bolt://127.0.0.1:{held.getsockname()[1]}", "neo4j", "x")
        with pytest.raises(StoreUnavailable, match="No graph server answers at bolt://127"):
            open_store(settings)
        assert not status(settings).running
    assert capfd.readouterr() == ("", "")


ENVIRONMENTS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"KB_DATA_DIR": "/data/here"}, {"data_dir": Path("/data/here"), "uri": None}),
    ({"KB_DATA_DIR": "~/graph"}, {"data_dir": Path.home() / "graph"}),
    ({"KB_URI": "neo4j://h", "KB_USER": "u", "KB_PASSWORD": "p", "KB_DATABASE": "d"},
     {"uri": "neo4j://h", "user": "u", "password": "p", "database": "d"}),
    ({"KB_URI": ""}, {"uri": None}),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "expected"), ENVIRONMENTS)
def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: dict[str, Any]
) -> None:
    for name in ("DATA_DIR", "URI", "USER", "PASSWORD", "DATABASE"):
        monkeypatch.delenv(f"KB_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = Settings.from_env()
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.data_dir.name
