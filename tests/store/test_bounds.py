"""A question cannot hurt the others: what may grow is refused, the rest is cut off, the server comes back."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from pathlib import Path

import psutil
import pytest

from kb.errors import BadInput, QueryError, StoreUnavailable
from kb.store import (
    Settings,
    Store,
    bounds,
    connection,
    dialect,
    driver,
    java,
    logins,
    open_store,
    question,
    server,
)

DOUBLED = "WITH reduce(s='x', i IN range(1,30) | s+s) AS s RETURN size(s)"
# What the engine cannot give up: it looks at the clock between two rows, and all of this is one.
ENDLESS = "MATCH (a:Event) RETURN size([(a)-[*1..12]-(b) | b]) AS n"
GROWING = {
    "doubled text": DOUBLED,
    "doubled list": "WITH reduce(l=[1], i IN range(1,30) | l+l) AS l RETURN size(l)",
    "doubled beside itself": "WITH reduce(l=[1], i IN range(1,40) | [l, l]) AS l RETURN l",
    "doubled clause by clause": f"WITH 'xxxx' AS s {'WITH s+s AS s ' * 28} RETURN size(s)",
    "listed twice clause by clause": f"WITH 'xxxx' AS s {'WITH [s, s] AS s ' * 28} RETURN s",
    "replaced by itself": "MATCH (p:Passage) WITH p.text AS s WITH replace(s, 'e', s) AS s RETURN replace(s, 'e', s)",
    "replaced in each round": "RETURN reduce(s='x', i IN range(1,40) | replace(s, 'x', 'xx')) AS s",
    "loop in a loop": "RETURN [i IN range(1,30000) | [j IN range(1,30000) | i*j]] AS n",
    "loop in a loop over a variable": "MATCH (n) WITH collect(n.id) AS l RETURN size([x IN l | [y IN l | x + y]])",
    "reduce in a reduce": "RETURN reduce(s=0, i IN range(1,99999) | reduce(t=0, j IN range(1,99999) | t+i*j)) AS n",
    "padded": "RETURN size(lpad('x', 1500000000, 'y')) AS n",
    "padded by a product": "RETURN size(lpad('x', 1000*1000*1000, 'y')) AS n",
    "hidden by a comment": "WITH reduce(s='x', i IN range(1,30) | s/* | */+s) AS s RETURN size(s)",
}
PLAIN = (
    "MATCH (e:Event) RETURN reduce(m=0, x IN collect(e.reports) | CASE WHEN x > m THEN x ELSE m END) AS most",
    "MATCH (e:Event) RETURN reduce(s='', x IN e.tags | s + ', ' + x) AS tags",
    "MATCH p=(a)-[*1..3]-(b) RETURN [n IN nodes(p) WHERE any(l IN labels(n) WHERE l='Event') | n.title] AS titles",
    "MATCH (e:Event) RETURN e.title + ' (' + e.edtf + '), ' + e.title AS line",
    "MATCH (e:Event) RETURN replace(replace(e.title, '&', '&amp;'), '<', '&lt;') AS safe",
    "MATCH (a:Person)-[r]->(e)<--(b) RETURN [a, e, b] AS three, [a.id] + [b.id] AS two, a.x + b.x AS sum",
    "RETURN 'reduce(s=1, i IN range(1,9) | s+s)' AS text // reduce(s=1, i IN l | s+s)",
)


@pytest.mark.parametrize("cypher", GROWING.values(), ids=GROWING)
def test_what_grows_within_one_expression_is_refused_by_its_form(cypher: str) -> None:
    with pytest.raises(QueryError):
        bounds.refuse_growing(cypher)


@pytest.mark.parametrize("cypher", PLAIN)
def test_what_does_not_grow_is_let_through(cypher: str) -> None:
    bounds.refuse_growing(cypher)


@pytest.mark.parametrize(
    "cypher", [DOUBLED, "UNWIND range(1, 900000) AS i UNWIND range(1, 900) AS j RETURN collect(i)"]
)
def test_a_reader_cannot_take_the_servers_memory(local_settings: Settings, cypher: str) -> None:
    before = server.find(local_settings.data_dir)
    with open_store(local_settings, role="reader") as reader:
        with pytest.raises(QueryError):
            reader.table(cypher)
        assert reader.run("RETURN 1 AS one") == [{"one": 1}]
    assert server.find(local_settings.data_dir) == before


def test_a_list_is_counted_up_only_so_far(local_settings: Settings) -> None:
    with open_store(local_settings, role="reader") as reader:
        with pytest.raises(QueryError, match="10000000 elements, exceeding the maximum of 1000000"):
            reader.table("RETURN range(1,10000000) AS r", limit=1)
        assert reader.table("RETURN size(range(1, 1000000)) AS n").rows == ((1000000,),)


def test_an_answer_is_cut_by_its_bytes_and_one_row_that_is_too_large_is_refused(store: Store) -> None:
    found = store.table("UNWIND range(1, 5000) AS i RETURN 'a text of some length' AS t", limit=5000, size=10_000)
    assert found.truncated
    assert 100 < len(found.rows) < 400
    with pytest.raises(QueryError, match=r"One row alone has .* MB.*return less of it"):
        store.table("RETURN range(1, 100000) AS r", size=10_000)


def test_what_a_cell_weighs_is_near_what_it_takes_as_text() -> None:
    assert bounds.weight("x" * 1000) == 1008
    assert 8000 <= bounds.weight(list(range(1000))) <= 9000
    assert bounds.weight({"key": ["x" * 500, None]}) > 500


def test_only_so_many_questions_run_at_once_and_the_others_are_told(local_settings: Settings) -> None:
    folder = local_settings.data_dir
    with open_store(local_settings, role="reader") as reader:
        with bounds.turn(folder, 1), bounds.turn(folder, 1), pytest.raises(QueryError, match="2 other questions"):
            reader.table("RETURN 1 AS one", timeout=0.3)
        assert reader.table("RETURN 1 AS one").rows == ((1,),)


def test_a_statement_that_the_server_cannot_give_up_ends_it_and_it_comes_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "_GIVING_UP", 1.0)
    with open_store(Settings(data_dir)) as writer, open_store(Settings(data_dir), role="reader") as reader:
        writer.execute("UNWIND range(1, 60) AS i CREATE (:Event {id: 'e' + i})")
        writer.execute("MATCH (a:Event), (b:Event) WHERE a.id < b.id CREATE (a)-[:BEFORE]->(b)")
        before = server.find(data_dir)
        with pytest.raises(QueryError, match="took longer than 1 seconds and was stopped"):
            reader.table(ENDLESS, timeout=1)
        after = server.find(data_dir)
        assert before
        assert after
        assert after.pid != before.pid
        assert writer.execute("CREATE (:Event {id: 'later'})").nodes_created == 1  # found again by itself
        assert reader.run("MATCH (e:Event) RETURN count(e) AS n") == [{"n": 61}]


def test_a_server_that_dies_is_up_again_at_once_and_the_question_is_told_so(data_dir: Path) -> None:
    with open_store(Settings(data_dir), role="reader") as reader:
        killed = server.find(data_dir)
        assert killed
        threading.Timer(1.0, os.kill, (killed.pid, signal.SIGKILL)).start()
        slow = (
            "UNWIND range(1, 900000) AS a UNWIND range(1, 900000) AS b WITH a, b WHERE a + b = 0 RETURN count(*) AS n"
        )
        with pytest.raises(QueryError, match=r"ended while it answered; it is up again and nothing .* is lost"):
            reader.table(slow, timeout=20)
        found = server.find(data_dir)
        assert found
        assert found.pid != killed.pid
        assert reader.table("RETURN 1 AS one").rows == ((1,),)


def test_a_server_that_does_not_stop_is_killed(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_STOP_TIMEOUT", 1.0)
    started = server.start(data_dir)
    process = psutil.Process(started.pid)
    process.suspend()  # it cannot take note of the wish
    began = time.monotonic()
    assert server.stop(data_dir)
    assert time.monotonic() - began < 30
    assert server.find(data_dir) is None


def test_wrong_passwords_of_others_lock_nobody_out(local_settings: Settings) -> None:
    import neo4j  # noqa: PLC0415

    uri = server.start(local_settings.data_dir).uri
    for name in ("reader", "writer", "root"):
        for _ in range(6):
            with pytest.raises(neo4j.exceptions.AuthError), neo4j.GraphDatabase.driver(uri, auth=(name, "no")) as one:
                one.verify_connectivity()
    for role in ("reader", "writer"):
        with open_store(local_settings, role=role) as opened:
            assert opened.run("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(("message", "log", "said"), [
    ("Transaction error on commit", "IOException: No space left on device", "The disk of the graph server is full"),
    ("Query not started because it waited 30000ms in the queue", "", "more questions to answer"),
])  # fmt: skip
def test_a_cause_is_named(message: str, log: str, said: str) -> None:
    import neo4j  # noqa: PLC0415

    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.General", message=message)
    told = dialect.explain(error, "bolt://127.0.0.1:1", log=log)
    assert isinstance(told, StoreUnavailable)
    assert said in str(told)


def test_a_cut_connection_is_called_so() -> None:
    import neo4j  # noqa: PLC0415

    cut = "Failed to read from defunct connection IPv4Address(('127.0.0.1', 7687))"
    for kind in (neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.SessionExpired):
        assert "is cut again and again" in str(dialect.explain(kind(cut), "bolt://127.0.0.1:1"))
    refused = neo4j.exceptions.ServiceUnavailable("Couldn't connect to 127.0.0.1:1")
    assert "No graph server answers" in str(dialect.explain(refused, "bolt://127.0.0.1:1"))


def test_a_server_that_falls_silent_is_given_up(
    local_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(connection, "_LOST_TIME", 0.0)
    running = server.start(local_settings.data_dir)
    user, password = logins.passwords(local_settings.data_dir).login("reader")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        passing = threading.Event()
        passing.set()
        threading.Thread(target=_relay, args=(listening, running.bolt, passing), daemon=True).start()
        uri = f"bolt://127.0.0.1:{listening.getsockname()[1]}"
        with Store(Settings(tmp_path, uri, user, password, java.DATABASE, silence=0.5), "reader") as store:
            assert store.run("RETURN 1 AS n") == [{"n": 1}]
            passing.clear()
            with pytest.raises(StoreUnavailable, match="was silent for too long"):
                store.run("RETURN 2 AS n")


def _relay(listening: socket.socket, port: int, passing: threading.Event) -> None:
    """Pass a connection on to the server until told to swallow what comes."""
    client, there = listening.accept()[0], socket.create_connection(("127.0.0.1", port))

    def back() -> None:
        while data := there.recv(4096):
            client.sendall(data)

    threading.Thread(target=back, daemon=True).start()
    with contextlib.suppress(OSError):
        while data := client.recv(4096):
            if passing.is_set():
                there.sendall(data)
    there.close()


def test_what_the_driver_cannot_read_is_told_from_an_error_of_our_own() -> None:
    from neo4j._codec.packstream.v1 import Unpacker  # noqa: PLC0415

    garbled = Unpacker.new_unpackable_buffer()
    garbled.data, garbled.used = bytearray(b"\xc7\x00"), 2
    with pytest.raises(ValueError, match="marker") as found:
        Unpacker(garbled).unpack()
    assert driver.is_unreadable(found.value)
    assert "brings what is no answer" in str(dialect.explain(found.value, "bolt://127.0.0.1:1"))
    with pytest.raises(ValueError, match="invalid literal") as own:
        int("x")
    assert not driver.is_unreadable(own.value)


def test_how_long_a_server_may_be_silent_is_a_number_of_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_SILENCE", "30")
    assert Settings.from_env().silence == 30
    for wrong in ("soon", "0", "nan"):
        monkeypatch.setenv("KB_SILENCE", wrong)
        with pytest.raises(BadInput, match="is no number of seconds"):
            Settings.from_env()
