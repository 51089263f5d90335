"""A throw-away Neo4j Community server for the tests: jars by Maven into a cache folder, one process, loopback only."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
from filelock import FileLock
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).with_name("pom.xml")
PASSWORD = "only-for-tests"  # noqa: S105 - of a server that lives for one test run
_START_TIMEOUT, _FETCH_TIMEOUT, _STOP_TIMEOUT = 180, 600, 60
# Nearly all that it does is to plan statements it has not seen: to compile its own code twice costs more than it gains.
COMPILED_ONCE = "-XX:TieredStopAtLevel=1"
_SHORT_LIVED = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", COMPILED_ONCE)
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class CannotRunNeo4jError(Exception):
    """There is no Java 17, no Maven or no jars here; the text says which."""


def jars() -> Path:
    """The folder of the server's jars (KB_NEO4J_LIB, or .cache/neo4j in the repository), fetched when it is empty."""
    version = re.findall(r"<neo4j.version>(.+?)</", POM.read_text("utf-8"))[0]
    folder = Path(os.environ.get("KB_NEO4J_LIB") or POM.parents[2] / ".cache" / "neo4j")
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "fetch.lock", timeout=_FETCH_TIMEOUT):
        complete = folder / f"complete-{version}"
        if not complete.exists():
            _fetch(folder)
            complete.touch()
    return folder


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotRunNeo4jError("Maven (mvn) is not installed, so Neo4j cannot be fetched")
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_FETCH_TIMEOUT, check=False)
    if done.returncode != 0:
        raise CannotRunNeo4jError(f"Maven could not fetch Neo4j: {(done.stdout or done.stderr).strip()[:300]}")


@contextmanager
def running(home: Path) -> Iterator[str]:
    """Run a server in `home` and give its Bolt address; the login is neo4j / PASSWORD. Stopped at the end.

    Raises: CannotRunNeo4jError when Java or the jars cannot be had here.
    """
    java = shutil.which("java")
    if java is None:
        raise CannotRunNeo4jError("Java is not installed, so Neo4j cannot run")
    library, port = jars(), _free_port()
    uri = f"bolt://127.0.0.1:{port}"
    _configure(home, port)
    opened = [f"--add-opens={each}=ALL-UNNAMED" for each in _OPENED]
    command = [java, *_SHORT_LIVED, *opened, "-Dio.netty.tryReflectionSetAccessible=true",
               "-cp", f"{library}/*", "org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}",
               f"--config-dir={home / 'conf'}"]  # fmt: skip
    with (home / "console.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        _set_password(uri, process, home)
        yield uri
    finally:
        process.terminate()
        process.wait(_STOP_TIMEOUT)


def _configure(home: Path, port: int) -> None:
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        f"server.bolt.advertised_address=127.0.0.1:{port}\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "server.memory.pagecache.size=64m\n"
        "dbms.security.auth_minimum_password_length=8\n"
        "dbms.usage_report.enabled=false\n"
        # A plan is thrown away when the counts have changed, which in tests they always have: half of all the work.
        "dbms.cypher.min_replan_interval=1h\n"
        # Nor is a statement planned again for each order of magnitude of what it is asked with.
        "internal.cypher.use_parameter_size=false\n"
        "server.memory.query_cache.per_db_cache_num_entries=4000\n",
        encoding="utf-8",
    )


def _set_password(uri: str, process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait for the server, and replace the password every new Neo4j starts with."""
    deadline = time.monotonic() + _START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j"), max_transaction_retry_time=0) as driver:
                change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new"
                driver.execute_query(change, new=PASSWORD, database_="system")
                return
        except (DriverError, Neo4jError):
            time.sleep(0.5)
    raise CannotRunNeo4jError(f"Neo4j did not start: {(home / 'console.log').read_text('utf-8', 'replace')[-500:]}")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
