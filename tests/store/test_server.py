"""The local server as a process: started once, shared, detached, stopped cleanly, and honest about what is wrong."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kb.errors import StoreDamaged, StoreUnavailable
from kb.store import Settings, java, open_store, schema, server, start, status, stop

REPOSITORY = Path(__file__).parents[2]
START = "import sys; from pathlib import Path; from kb.store import server; print(server.start(Path(sys.argv[1])).pid)"
DATABASE = Path("server", "databases", java.DATABASE)


def test_two_processes_at_once_share_one_detached_server(tmp_path: Path) -> None:
    folder = tmp_path / "Zürich data"  # a blank and a letter beyond ASCII
    command = [sys.executable, "-c", START, str(folder)]
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) for _ in range(2)]
    try:
        pids = {int(starter.communicate(timeout=120)[0]) for starter in starters}
        assert len(pids) == 1
        process = psutil.Process(pids.pop())  # both starters have ended; the server has not
        assert os.getsid(process.pid) == process.pid
        listening = [each.laddr for each in process.net_connections("tcp") if each.status == "LISTEN"]
        assert len(listening) == 2
        assert all(address.ip.endswith("127.0.0.1") for address in listening)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        secret = folder / "passwords.json"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert not [word for word in json.loads(secret.read_text()).values() if word in " ".join(process.cmdline())]
        page = f"http://127.0.0.1:{json.loads((folder / 'server.json').read_text())['http']}/"
        with pytest.raises(urllib.error.HTTPError, match="404"):  # no web console
            urllib.request.urlopen(page, timeout=5)
        assert not [jar for jar in process.cmdline()[-2].split(os.pathsep) if "redis" in jar or "postgres" in jar]
        assert "-Darcadedb.txWalFlush=2" in process.cmdline()
    finally:
        server.stop(folder)
    assert not psutil.wait_procs([process], timeout=10)[1]


def test_a_stop_does_not_wait_for_the_process_that_started_the_server(tmp_path: Path) -> None:
    stay = "import sys\n" + START + "\nsys.stdin.read()"
    starter = subprocess.Popen(
        [sys.executable, "-u", "-c", stay, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY
    )
    try:
        assert starter.stdout
        starter.stdout.readline()
        assert server.stop(tmp_path)  # the starter lives on and has not taken note of the end
        assert starter.poll() is None
        assert server.find(tmp_path) is None
    finally:
        starter.communicate()


def test_what_was_committed_survives_a_kill_and_the_stale_record_is_recognised(data_dir: Path) -> None:
    with open_store(Settings(data_dir)) as store:
        store.execute("MERGE (e:Event {id: 'kept'})")
    first = server.find(data_dir)
    assert first
    os.kill(first.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(first.pid)] if psutil.pid_exists(first.pid) else [], timeout=10)
    assert server.find(data_dir) is None
    assert not status(Settings(data_dir)).running
    with open_store(Settings(data_dir)) as store:
        assert store.run("MATCH (e:Event) RETURN e.id AS id") == [{"id": "kept"}]
    assert (server.find(data_dir) or first).pid != first.pid


def test_a_stop_is_clean_and_the_next_start_keeps_address_and_data(data_dir: Path) -> None:
    settings = Settings(data_dir)
    begun = start(settings)
    with open_store(settings) as store:
        store.execute("MERGE (e:Event {id: 'kept'})")
        said = stop(settings)
        assert not said.running
        assert "stopped" in said.message
        assert not psutil.pid_exists(begun.pid or 0)
        # the store that was open all the time finds the server again by starting it
        assert store.run("MATCH (e:Event) RETURN e.id AS id") == [{"id": "kept"}]
    again = status(settings)
    assert (again.uri, again.nodes, again.schema_version) == (begun.uri, 2, schema.VERSION)
    assert again.pid != begun.pid
    assert again.size_bytes > 1_000_000


def test_nothing_running_is_no_error(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "never used")
    assert stop(settings).message == "No local server was running"
    assert not status(settings).running
    assert not settings.data_dir.exists()


def test_a_process_that_only_has_the_recorded_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (tmp_path / "server.json").write_text(json.dumps({"pid": stranger.pid, "bolt": 1, "http": 2}))
        assert server.find(tmp_path) is None
        assert not server.stop(tmp_path)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', '{"pid": -1}', '{"pid": 99999999}', "\x00\xff"])
def test_a_damaged_record_is_no_server(tmp_path: Path, content: str) -> None:
    (tmp_path / "server.json").write_text(content)
    assert server.find(tmp_path) is None


def test_lost_passwords_and_record_are_made_anew(data_dir: Path) -> None:
    settings = Settings(data_dir)
    with open_store(settings) as store:
        store.execute("MERGE (e:Event {id: 'kept'})")
    running = server.find(data_dir)
    (data_dir / "server.json").write_text("garbage")
    assert server.find(data_dir) == running  # found by its command line
    stop(settings)
    (data_dir / "passwords.json").write_text("garbage")
    with open_store(settings, role="reader") as store:
        assert store.run("MATCH (e:Event) RETURN e.id AS id") == [{"id": "kept"}]


@pytest.mark.parametrize("which", [0, 1], ids=["bolt", "http"])
def test_a_port_taken_at_the_last_moment_is_replaced(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    choose = server._free_ports
    with socket.socket() as rival:
        rival.bind(("127.0.0.1", 0))
        rival.listen()
        taken = rival.getsockname()[1]

        def unlucky(folder: Path, *, remembered: bool) -> tuple[int, int]:
            bolt, http = choose(folder, remembered=False)
            if not remembered:
                return bolt, http
            return (taken, http) if which == 0 else (bolt, taken)

        monkeypatch.setattr(server, "_free_ports", unlucky)
        found = server.start(data_dir)
        assert taken not in (found.bolt, found.http)


def _is_a_file(folder: Path) -> None:
    folder.write_text("not a folder")


def _lies_in_a_file(folder: Path) -> None:
    folder.parent.rmdir()
    folder.parent.write_text("not a folder")


@pytest.mark.parametrize("spoil", [_is_a_file, _lies_in_a_file])
def test_a_file_in_the_place_of_the_folder(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = tmp_path / "inner" / "data"
    folder.parent.mkdir()
    spoil(folder)
    with pytest.raises(StoreDamaged, match="is a file where a folder is needed; set KB_DATA_DIR"):
        open_store(Settings(folder))


def test_a_folder_that_cannot_be_written() -> None:
    with pytest.raises(StoreDamaged, match=r"cannot be written \(.+\); set KB_DATA_DIR"):
        open_store(Settings(Path("/proc/eventline")))


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x00\xff" * 100])
def test_a_damaged_schema_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    # ArcadeDB itself takes such a database for an empty one.
    (tmp_path / DATABASE).mkdir(parents=True)
    path = tmp_path / DATABASE / "schema.json"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"schema\.json cannot be read; restore the folder from a backup"):
        open_store(Settings(tmp_path))
    assert path.read_bytes() == content
    assert server.find(tmp_path) is None


@pytest.mark.parametrize("pattern", ["dictionary*", "Schema_0.*.bucket"])
def test_a_damaged_database_is_one_sentence(data_dir: Path, pattern: str) -> None:
    start(Settings(data_dir))
    stop(Settings(data_dir))
    for file in (data_dir / DATABASE).glob(pattern):
        file.write_bytes(b"\xde\xad\xbe\xef" * 16384)
    with pytest.raises(StoreDamaged, match=r"restore .*backup") as caught:
        open_store(Settings(data_dir))
    assert "\n" not in str(caught.value)


def test_java_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "package_folder", lambda: tmp_path / "nowhere")
    with pytest.raises(StoreUnavailable, match="Java could not be started"):
        open_store(Settings(tmp_path / "data"))


def test_java_crashing_shows_its_words_and_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / "jre" / "bin" / "java"
    runtime.parent.mkdir(parents=True)
    runtime.write_text("#!/bin/sh\necho 'Error: not enough memory for the heap' >&2\nexit 1\n")
    runtime.chmod(0o755)
    monkeypatch.setattr(java, "package_folder", lambda: tmp_path)
    with pytest.raises(StoreUnavailable, match=r"did not start: Error: not enough memory .*server\.log"):
        open_store(Settings(tmp_path / "data"))
