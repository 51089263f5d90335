"""The local graph server: one detached ArcadeDB process per data directory, shared by every process of the user.

The Java runtime and the jars come with the `arcadedb-embedded` wheel. The server listens on loopback only; its three
passwords (root, writer, reader) are generated and kept in a 0600 file. What runs is read from the process's own command
line, so a stale or damaged record can never point at a stranger's process.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import time
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import psutil
from filelock import FileLock, Timeout

from kb.errors import StoreDamaged, StoreDenied, StoreUnavailable
from kb.project import write_private
from kb.store import java, logins
from kb.store.http import post
from kb.store.java import DATABASE

_START_TIMEOUT, _STOP_TIMEOUT = 90.0, 60.0
_SAID = 2**20  # bytes of the log that are read for a reason
_ASKING = 5.0  # seconds for the server to say what it works on
_ATTEMPTS = 3
_GAVE_UP, _NO_PORT = 'Exception in thread "main"', "Unable to listen"
_children: dict[int, subprocess.Popen[bytes]] = {}  # kept so that the end of a server we started is noticed and reaped


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running local server: its process and its two loopback ports."""

    pid: int
    bolt: int
    http: int

    @property
    def uri(self) -> str:
        """Where a Bolt driver finds it."""
        return f"bolt://127.0.0.1:{self.bolt}"


def find(data_dir: Path) -> LocalServer | None:
    """Find the server that runs on `data_dir`. A stale record, or another process with its pid, counts as none."""
    return _recorded(data_dir) or _search(data_dir)


def start(data_dir: Path, *, proven: bool = False) -> LocalServer:
    """Start the server of `data_dir`, or join the one that runs there.

    Arguments: the data folder; proven, whether a server that runs must answer now: one that is ending does not.
    Raises: StoreDamaged when the directory cannot be used, StoreUnavailable when the server does not come up.
    """
    # A record is written when all is ready, so there is nothing to wait for.
    known = None if proven else _recorded(data_dir)
    if known:
        return known
    _prepare(data_dir)
    try:
        with FileLock(data_dir / "server.lock", timeout=_START_TIMEOUT * 2):
            server = find(data_dir)
            if server is None or not _await_ready(server, data_dir):
                server = _launch(data_dir)
            _create_logins(server, data_dir)
            write_private(_record_path(data_dir), {**asdict(server), "uri": server.uri})
            return server
    except Timeout as error:
        raise StoreUnavailable(f"Another process has been starting the server in {data_dir} for minutes; "
                               f"see {log_path(data_dir)}") from error  # fmt: skip


def stop(data_dir: Path) -> bool:
    """Shut the server of `data_dir` down cleanly and wait for its end. False when none runs.

    One that does not end within a minute, as it cannot give up what it works on, is killed: each commit is on the disk.
    """
    server = find(data_dir)
    if server is None:
        return False
    _end(server, data_dir)
    return True


def terminate(data_dir: Path, statement: str) -> None:
    """Make the server give up `statement` where the reader or the writer runs it.

    Closing the connection would leave it running. Does nothing when the server or its passwords are gone.
    """
    server = find(data_dir)
    if server is None:
        return
    with suppress(OSError, ValueError, StoreDenied):
        root = logins.passwords(data_dir).root
        for query in _queries(server, root, statement):
            post(server.http, "server", {"command": f"terminate query {query['id']}"}, "root", root)


def is_running(server: LocalServer, data_dir: Path, statement: str) -> bool:
    """Whether this server still works on a statement; also where it is too busy to say."""
    try:
        return bool(_queries(server, logins.passwords(data_dir).root, statement))
    except (OSError, ValueError, StoreDenied):
        return find(data_dir) == server


def begin_anew(server: LocalServer, data_dir: Path) -> None:
    """End a server that cannot give a statement up, and start another: each commit is on the disk.

    Raises: as `start`.
    """
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(server.pid)
        process.kill()
        process.wait(_STOP_TIMEOUT)
    start(data_dir)


def log_size(data_dir: Path) -> int:
    """How many bytes the server of `data_dir` has printed, to read on from there with `printed`."""
    try:
        return log_path(data_dir).stat().st_size
    except OSError:
        return 0


def printed(data_dir: Path, since: int) -> str:
    """What the server has printed since it had printed so many bytes; all, if it was started anew since."""
    with suppress(OSError), log_path(data_dir).open("rb") as log:
        log.seek(since if since <= log_size(data_dir) else 0)
        return log.read(_SAID).decode("utf-8", "replace")
    return ""


def ran_out_of_memory(data_dir: Path) -> bool:
    """Whether the server that ran last ended for want of memory, by what it printed."""
    return "java.lang.OutOfMemoryError" in _log(data_dir)


def _queries(server: LocalServer, root: str, statement: str) -> list[dict[str, Any]]:
    reply = post(server.http, "server", {"command": "list queries"}, "root", root, timeout=_ASKING)
    return [query for query in json.loads(reply)["result"] if query["text"] == statement]


def log_path(data_dir: Path) -> Path:
    """Name the file with everything the server process printed."""
    return _home(data_dir) / "server.log"


def _home(data_dir: Path) -> Path:
    return data_dir / "server"


def _record_path(data_dir: Path) -> Path:
    return data_dir / "server.json"


def _marker(data_dir: Path) -> str:
    return f"-Darcadedb.server.rootPath={_home(data_dir).resolve()}"


def _recorded(data_dir: Path) -> LocalServer | None:
    with suppress(OSError, ValueError, TypeError, KeyError):
        return _describe(int(json.loads(_record_path(data_dir).read_text("utf-8"))["pid"]), data_dir)
    return None


def _describe(pid: int, data_dir: Path) -> LocalServer | None:
    """Describe what runs as `pid`, if that is a Java process started for this directory."""
    try:
        process = psutil.Process(pid)
        words = process.cmdline()
        if process.status() == psutil.STATUS_ZOMBIE or _marker(data_dir) not in words:
            return None
    except psutil.Error:
        return None
    ports = {key: int(value) for key, _, value in (word.partition("=") for word in words) if key in _PORT_OPTIONS}
    return LocalServer(pid, *(ports[option] for option in _PORT_OPTIONS)) if len(ports) == 2 else None


_PORT_OPTIONS = ("-Darcadedb.bolt.port", "-Darcadedb.server.httpIncomingPort")


def _search(data_dir: Path) -> LocalServer | None:
    """Find the server of a directory whose record is missing or wrong."""
    marker = _marker(data_dir)
    for process in psutil.process_iter(["cmdline"]):
        if marker in (process.info["cmdline"] or ()):
            found = _describe(process.pid, data_dir)
            if found:
                return found
    return None


def _prepare(data_dir: Path) -> None:
    """Make the directory, its passwords and the server's configuration."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (_home(data_dir) / "config").mkdir(parents=True, exist_ok=True)
        os.chmod(_home(data_dir), 0o700)
        _close(data_dir)
        if not os.access(data_dir, os.W_OK | os.X_OK):
            raise PermissionError(f"{data_dir} is not writable")
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreDamaged(f"{error.filename or data_dir} is a file where a folder is needed; "
                           "set KB_DATA_DIR to a folder") from error  # fmt: skip
    except OSError as error:
        raise StoreDamaged(f"The data folder {data_dir} cannot be written ({error.strerror or error}); "
                           "set KB_DATA_DIR to a folder of yours") from error  # fmt: skip


def _close(folder: Path) -> None:
    """Shut a folder to others, unless it is not ours or is one that all share, as /tmp is."""
    state = folder.stat()
    if not state.st_mode & stat.S_ISVTX and state.st_mode & 0o077:
        with suppress(PermissionError):
            os.chmod(folder, 0o700)


def _launch(data_dir: Path) -> LocalServer:
    """Start the process; once more on other ports when somebody took one between our look and the server's."""
    _check_data(data_dir)
    logins.renew(data_dir, _home(data_dir) / "config")
    for attempt in range(_ATTEMPTS):
        server = _spawn(data_dir, *_free_ports(data_dir, remembered=attempt == 0))
        if _await_ready(server, data_dir):
            return server
        _end(server, data_dir)
        if _NO_PORT not in _log(data_dir):
            break
    raise _start_failure(data_dir)


def _check_data(data_dir: Path) -> None:
    """Refuse a database whose schema file is damaged: the server would take it for empty and write over it."""
    database = _home(data_dir) / "databases" / DATABASE
    if not database.is_dir():
        return
    for name in ("schema.json", "configuration.json"):
        try:
            json.loads((database / name).read_text("utf-8"))
        except FileNotFoundError as error:
            if any(database.glob("*.bucket")):
                raise _damaged(database / name) from error
        except (OSError, ValueError) as error:
            raise _damaged(database / name) from error


def _damaged(path: Path) -> StoreDamaged:
    return StoreDamaged(f"The stored graph is damaged: {path} cannot be read; restore the folder from a backup, "
                        "or set KB_DATA_DIR to another folder to begin anew")  # fmt: skip


def _free_ports(data_dir: Path, *, remembered: bool) -> tuple[int, int]:
    """Two free loopback ports: the last ones when they are still free, so that a saved address stays true."""
    wanted = [0, 0]
    if remembered:
        with suppress(OSError, ValueError, TypeError, KeyError):
            record = json.loads(_record_path(data_dir).read_text("utf-8"))
            wanted = [int(record["bolt"]), int(record["http"])]
    sockets = [_bind(port) for port in wanted]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports[0], ports[1]


def _bind(port: int) -> socket.socket:
    held = socket.socket()
    if os.name != "nt":  # a port whose last connections are fading out is free, as Java sees it too
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
    except (OSError, OverflowError):
        held.bind(("127.0.0.1", 0))
    return held


def _spawn(data_dir: Path, bolt: int, http: int) -> LocalServer:
    """Start Java in a session of its own, so that it outlives us and no Ctrl-C of our terminal reaches it."""
    home = _home(data_dir)
    secret = home / "config" / "root-password"
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(logins.passwords(data_dir).root)
    inherited = ("PATH", "HOME", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP")
    kept = {name: os.environ[name] for name in inherited if name in os.environ}
    try:
        with log_path(data_dir).open("wb") as log:
            # Without a UTF-8 locale Java cannot open a folder whose name is not plain ASCII.
            child = subprocess.Popen(java.command(home, bolt, http, secret), stdin=subprocess.DEVNULL, stdout=log,  # noqa: S603
                                     stderr=log, cwd=home, start_new_session=True,
                                     env={**kept, "LC_ALL": "C.UTF-8"})  # fmt: skip
    except OSError as error:
        raise StoreUnavailable(f"Java could not be started ({error}); reinstall the package arcadedb-embedded, "
                               "or set KB_URI to a server of yours") from error  # fmt: skip
    _children[child.pid] = child
    return LocalServer(child.pid, bolt, http)


def _await_ready(server: LocalServer, data_dir: Path) -> bool:
    """Wait until both ports answer. False when the process ended, gave up, or took too long."""
    child = _children.get(server.pid)
    deadline = time.monotonic() + _START_TIMEOUT
    while time.monotonic() < deadline:
        # The child itself is asked: until it has become Java, its command line is still ours.
        if child.poll() is not None if child else _describe(server.pid, data_dir) is None:
            return False
        if _answers(server):
            return True
        if _GAVE_UP in _log(data_dir):  # the process stays although its main thread has ended
            return False
        time.sleep(0.1)
    return False


def _answers(server: LocalServer) -> bool:
    """Whether this very process holds both ports, and its HTTP side says it is ready."""
    try:
        connections = psutil.Process(server.pid).net_connections("tcp")
        if not {server.bolt, server.http} <= {each.laddr.port for each in connections if each.status == "LISTEN"}:
            return False
        with urllib.request.urlopen(f"http://127.0.0.1:{server.http}/api/v1/ready", timeout=2) as reply:
            return bool(reply.status == 204)
    except (OSError, psutil.Error):
        return False


def _create_logins(server: LocalServer, data_dir: Path) -> None:
    """Make the writer's and the reader's login, unless they exist; the root password's file is then of no more use."""
    known = logins.passwords(data_dir)
    roles: tuple[Literal["writer", "reader"], ...] = ("writer", "reader")
    for role in roles:
        name, password = known.login(role)
        if _logs_in(server, name, password):
            continue
        body = {"name": name, "password": password, "databases": {DATABASE: [role]}}
        try:
            post(server.http, "server", {"command": f"create user {json.dumps(body)}"}, "root", known.root)
        except OSError as error:
            raise StoreDenied(f"The local server refuses the passwords in {logins.passwords_path(data_dir)}; run "
                              "`kb store stop` and delete that file, new ones are then made") from error  # fmt: skip
    (_home(data_dir) / "config" / "root-password").unlink(missing_ok=True)


def _logs_in(server: LocalServer, user: str, password: str) -> bool:
    try:
        post(server.http, f"query/{DATABASE}", {"language": "sql", "command": "select 1"}, user, password)
    except OSError:
        return False
    return True


def _end(server: LocalServer, data_dir: Path) -> None:
    """Ask the process to shut down and wait until it has: what it holds in memory must reach the disk."""
    child = _children.pop(server.pid, None)
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(server.pid)
        process.terminate()
        deadline = time.monotonic() + _STOP_TIMEOUT
        # An ended process whose starter lives on and has not asked for it is a zombie: its pid is there, it is not.
        while (child.poll() is None) if child else (process.is_running() and process.status() != psutil.STATUS_ZOMBIE):
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.05)


def _log(data_dir: Path) -> str:
    try:
        return log_path(data_dir).read_text("utf-8", "replace")
    except OSError:
        return ""


def _start_failure(data_dir: Path) -> StoreUnavailable | StoreDamaged:
    """Say why the server did not start, by what it printed."""
    said, log = _log(data_dir), log_path(data_dir)
    causes = [line.strip() for line in said.splitlines() if _GAVE_UP in line or line.startswith("Caused by:")]
    if "locked by another process" in said:
        return StoreUnavailable(f"Another server already uses {_home(data_dir)}; stop it, or set KB_DATA_DIR "
                                "to another folder")  # fmt: skip
    if _NO_PORT in said:
        return StoreUnavailable(f"No free port could be had for the local server in {_ATTEMPTS} attempts (see {log})")
    if causes and (_home(data_dir) / "databases" / DATABASE).exists():
        return StoreDamaged(f"The stored graph in {_home(data_dir)} is damaged and the server cannot open it; restore "
                            f"the folder from a backup, or set KB_DATA_DIR to another folder (see {log})")  # fmt: skip
    reason = (causes or [line for line in said.splitlines() if line.strip()] or ["it printed nothing"])[-1][:200]
    return StoreUnavailable(f"The local server did not start: {reason} (see {log})")
