"""The local graph server: one detached ArcadeDB process per data directory, shared by every process of the user.

The Java runtime and the jars come with the `arcadedb-embedded` wheel. The server listens on loopback only; its three
passwords (root, writer, reader) are generated and kept in a 0600 file. What runs is read from the process's own command
line, so a stale or damaged record can never point at a stranger's process.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock, Timeout

from kb.errors import StoreDamaged, StoreDenied, StoreUnavailable

DATABASE = "eventline"
COMMAND_TIMEOUT = 120.0  # seconds; the server gives up any statement after this (it cannot be set per login)
_START_TIMEOUT, _STOP_TIMEOUT = 90.0, 60.0
_ATTEMPTS = 3
_RECORD = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_GROUPS = {"admin": (["updateSecurity", "updateSchema", "updateDatabaseSettings"], _RECORD),
           "writer": (["updateSchema"], _RECORD),
           "reader": ([], ["readRecord"]),
           "*": ([], [])}  # fmt: skip
_JVM = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--add-modules=jdk.incubator.vector",
        "--add-exports=java.management/sun.management=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-Djava.awt.headless=true")  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Passwords:
    """The generated passwords of the logins `root`, `writer` and `reader`."""

    root: str
    writer: str
    reader: str


def find(data_dir: Path) -> LocalServer | None:
    """The server that runs on `data_dir`, or None. A stale record, or another process with its pid, counts as none."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        recorded = _describe(int(json.loads(_record_path(data_dir).read_text("utf-8"))["pid"]), data_dir)
        if recorded:
            return recorded
    return _search(data_dir)


def start(data_dir: Path) -> LocalServer:
    """Start the server of `data_dir`, or join the one that runs there.

    Raises: StoreDamaged when the directory cannot be used, StoreUnavailable when the server does not come up.
    """
    _prepare(data_dir)
    try:
        with FileLock(data_dir / "server.lock", timeout=_START_TIMEOUT * 2):
            running = find(data_dir)
            server = running or _launch(data_dir)
            _create_logins(server, data_dir)
            _write_private(_record_path(data_dir), {**asdict(server), "uri": server.uri})
            return server
    except Timeout as error:
        raise StoreUnavailable(f"Another process has been starting the server in {data_dir} for minutes; "
                               f"see {log_path(data_dir)}") from error  # fmt: skip


def stop(data_dir: Path) -> bool:
    """Shut the server of `data_dir` down cleanly and wait for its end. False when none runs.

    Raises: StoreUnavailable when it is still there after a minute.
    """
    server = find(data_dir)
    if server is None:
        return False
    try:
        process = psutil.Process(server.pid)
        process.terminate()
        _await_end(process, data_dir)
    except psutil.NoSuchProcess:
        pass
    _record_path(data_dir).unlink(missing_ok=True)
    return True


def passwords(data_dir: Path) -> Passwords:
    """The logins of the server of `data_dir`.

    Raises: StoreDenied when the file that holds them is gone or unreadable.
    """
    path = _passwords_path(data_dir)
    try:
        return Passwords(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreDenied(f"The passwords in {path} cannot be read; run `kb store stop` and try again, "
                          "new ones are then made") from error  # fmt: skip


def log_path(data_dir: Path) -> Path:
    """The file with everything the server process printed."""
    return _home(data_dir) / "server.log"


def _home(data_dir: Path) -> Path:
    return data_dir / "server"


def _record_path(data_dir: Path) -> Path:
    return data_dir / "server.json"


def _passwords_path(data_dir: Path) -> Path:
    return data_dir / "passwords.json"


def _marker(data_dir: Path) -> str:
    return f"-Darcadedb.server.rootPath={_home(data_dir).resolve()}"


def _describe(pid: int, data_dir: Path) -> LocalServer | None:
    """What runs as `pid`, if that is a Java process started for this directory."""
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
    """The server of a directory whose record is missing or wrong."""
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
        data_dir.mkdir(parents=True, exist_ok=True)
        (_home(data_dir) / "config").mkdir(parents=True, exist_ok=True)
        os.chmod(_home(data_dir), 0o700)
        if not os.access(data_dir, os.W_OK | os.X_OK):
            raise PermissionError(f"{data_dir} is not writable")
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreDamaged(f"{error.filename or data_dir} is a file where a folder is needed; "
                           "set KB_DATA_DIR to a folder") from error  # fmt: skip
    except OSError as error:
        raise StoreDamaged(f"The data folder {data_dir} cannot be written ({error.strerror or error}); "
                           "set KB_DATA_DIR to a folder of yours") from error  # fmt: skip


def _renew_passwords(data_dir: Path) -> None:
    """Make passwords when there are none that can be read; the server then forgets the logins made with old ones."""
    try:
        passwords(data_dir)
    except StoreDenied:
        _write_private(_passwords_path(data_dir), {name: secrets.token_urlsafe(24) for name in ("root", "writer", "reader")})
        (_home(data_dir) / "config" / "server-users.jsonl").unlink(missing_ok=True)


def _write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON readable by its owner only; whole or not at all, whenever the process dies."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    draft.replace(path)


def _write_groups(data_dir: Path) -> None:
    groups = {name: {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}
              for name, (access, records) in _GROUPS.items()}  # fmt: skip
    _write_private(_home(data_dir) / "config" / "server-groups.json",
                   {"databases": {"*": {"groups": groups}}, "version": 2})  # fmt: skip


def _launch(data_dir: Path) -> LocalServer:
    """Start the process; once more on other ports when somebody took one between our look and the server's."""
    _renew_passwords(data_dir)
    _write_groups(data_dir)
    for attempt in range(_ATTEMPTS):
        server = _spawn(data_dir, *_free_ports(data_dir, remembered=attempt == 0))
        if _await_ready(server, data_dir):
            return server
        if "port" not in _last_words(data_dir).lower():
            break
    raise _start_failure(data_dir)


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
        file.write(passwords(data_dir).root)
    kept = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP")
    try:
        with log_path(data_dir).open("wb") as log:
            child = subprocess.Popen(_command(home, bolt, http, secret), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                     cwd=home, start_new_session=True,
                                     env={name: os.environ[name] for name in kept if name in os.environ})  # fmt: skip
    except OSError as error:
        raise StoreUnavailable(f"Java could not be started ({error}); reinstall the package arcadedb-embedded, "
                               f"or set KB_URI to a server of yours") from error  # fmt: skip
    _children[child.pid] = child
    return LocalServer(child.pid, bolt, http)


def _command(home: Path, bolt: int, http: int, secret: Path) -> list[str]:
    package = _package()
    java = package / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java")
    options = {
        "server.rootPath": home.resolve(),
        "server.rootPasswordPath": secret,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{DATABASE}[root]",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": http,
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "bolt.defaultDatabase": DATABASE,
        "bolt.maxMessageSize": 128 * 1024 * 1024,
        "txWalFlush": 2,  # fsync at commit: what was said to be stored survives a power cut
        "command.timeout": int(COMMAND_TIMEOUT * 1000),
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.security.importAllowedLocalPaths": home / "import",
    }
    settings = [f"-Darcadedb.{name}={value}" for name, value in options.items()]
    crash = f"-XX:ErrorFile={home / 'crash.log'}"
    return [str(java), *_JVM, crash, *settings, "-cp", str(package / "jars" / "*"), "com.arcadedb.server.ArcadeDBServer"]


def _package() -> Path:
    found = importlib.util.find_spec("arcadedb_embedded")
    if found is None or found.origin is None:
        raise StoreUnavailable("The local server is not installed; install the package arcadedb-embedded, "
                               "or set KB_URI to a server of yours")  # fmt: skip
    return Path(found.origin).parent


def server_version() -> str:
    """The version of the installed server package."""
    return version("arcadedb-embedded")


def _await_ready(server: LocalServer, data_dir: Path) -> bool:
    """Wait until both ports answer. False when the process ended or refused a port."""
    deadline = time.monotonic() + _START_TIMEOUT
    while time.monotonic() < deadline:
        # The child itself is asked: until it has become Java, its command line is still ours.
        if _children[server.pid].poll() is not None:
            return False
        if _answers(server):
            return True
        time.sleep(0.1)
    return False


def _answers(server: LocalServer) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.http}/api/v1/ready", timeout=2) as reply:
            ready = reply.status == 204
        with socket.create_connection(("127.0.0.1", server.bolt), timeout=2):
            return ready
    except OSError:
        return False


def _create_logins(server: LocalServer, data_dir: Path) -> None:
    """Make the writer's and the reader's login, unless they exist; the root password's file is then of no more use."""
    known = passwords(data_dir)
    for name, password in (("writer", known.writer), ("reader", known.reader)):
        if not _logs_in(server, name, password):
            body = {"name": name, "password": password, "databases": {DATABASE: [name]}}
            try:
                _post(server, "server", {"command": f"create user {json.dumps(body)}"}, "root", known.root)
            except OSError as error:
                raise StoreDenied(f"The local server does not accept the passwords in {_passwords_path(data_dir)}; run "
                                  "`kb store stop`, delete that file and try again, new ones are then made") from error  # fmt: skip
    (_home(data_dir) / "config" / "root-password").unlink(missing_ok=True)


def _logs_in(server: LocalServer, user: str, password: str) -> bool:
    try:
        _post(server, f"query/{DATABASE}", {"language": "sql", "command": "select 1"}, user, password)
    except OSError:
        return False
    return True


def _post(server: LocalServer, path: str, body: dict[str, Any], user: str, password: str) -> bytes:
    login = base64.b64encode(f"{user}:{password}".encode()).decode()
    request = urllib.request.Request(f"http://127.0.0.1:{server.http}/api/v1/{path}", json.dumps(body).encode(),
                                     {"Content-Type": "application/json", "Authorization": f"Basic {login}"})  # fmt: skip
    with urllib.request.urlopen(request, timeout=30) as reply:
        content: bytes = reply.read()
        return content


def _await_end(process: psutil.Process, data_dir: Path) -> None:
    child = _children.pop(process.pid, None)
    try:
        if child:
            child.wait(_STOP_TIMEOUT)
        else:
            process.wait(_STOP_TIMEOUT)
    except (psutil.TimeoutExpired, subprocess.TimeoutExpired) as error:
        raise StoreUnavailable(f"The server (process {process.pid}) did not stop within {_STOP_TIMEOUT:.0f} seconds; "
                               f"see {log_path(data_dir)}") from error  # fmt: skip


def _last_words(data_dir: Path) -> str:
    """The line of the log that most likely says why the server did not start."""
    with suppress(OSError):
        lines = log_path(data_dir).read_text("utf-8", "replace").splitlines()
        telling = [line for line in lines if any(word in line for word in ("SEVER", "Exception", "Error"))]
        return (telling or lines or [""])[0].strip()[:200]
    return ""


def _start_failure(data_dir: Path) -> StoreUnavailable | StoreDamaged:
    words, log = _last_words(data_dir), log_path(data_dir)
    if any(sign in words for sign in ("Error on opening", "Invalid", "JSON", "Schema", "corrupt")):
        return StoreDamaged(f"The data in {_home(data_dir)} is damaged and the server cannot open it; "
                            f"restore a backup or set KB_DATA_DIR to another folder (see {log})")  # fmt: skip
    return StoreUnavailable(f"The local server did not start: {words or 'it said nothing'} (see {log})")
