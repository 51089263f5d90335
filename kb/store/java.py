"""The command that runs the local server: its Java runtime, its memory, and which parts of the engine are on."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path

import psutil

from kb.errors import StoreUnavailable

DATABASE = "eventline"
COMMAND_TIMEOUT = 300.0  # seconds; the server gives up any statement after this (it cannot be set per login)
_ANSWERED_AT_ONCE = 16  # statements; more wait: the engine's default, two a core, lets few slow ones hold up all others
_UNUSED = re.compile(r"arcadedb-(redisw|postgresw|graphql|mcp|console|integration)-")
_LEAST_HEAP, _MOST_HEAP = 512, 2048  # MB; a quarter of it holds pages, which a graph of 100,000 articles has 5 GB of
_JVM = ("-Xms64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--add-modules=jdk.incubator.vector",
        "--add-exports=java.management/sun.management=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-Djava.awt.headless=true")  # fmt: skip


def command(home: Path, bolt: int, http: int, secret: Path) -> list[str]:
    """The command and its words.

    Arguments: home, the server's folder; the two loopback ports; secret, the file with root's password.
    Raises: StoreUnavailable where the runtime is not installed.
    """
    package = package_folder()
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
        "queryMaxRangeSize": 1_000_000,  # elements of a list that a statement may count up
        "queryMaxConcurrent": _ANSWERED_AT_ONCE,
        # else it reads the pages of a whole bucket now and then, to find room: half a second with 5 GB of them
        "bucketReuseSpaceMode": "low",
        "server.mode": "production",  # without its web console
        "polyglotEngineEnabled": "false",  # no functions in other languages
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.security.importAllowedLocalPaths": home / "import",
    }
    settings = [f"-Darcadedb.{name}={value}" for name, value in options.items()]
    crash = f"-XX:ErrorFile={home / 'crash.log'}"
    # The engine takes up every language and protocol whose jar it finds: what nobody uses here is not given to it.
    jars = [str(jar) for jar in sorted((package / "jars").glob("*.jar")) if not _UNUSED.search(jar.name)]
    return [
        str(java),
        *_JVM,
        f"-Xmx{_heap()}m",
        crash,
        *settings,
        "-cp",
        os.pathsep.join(jars),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _heap() -> int:
    """The most memory that the server may take, in MB: a quarter of the machine's, within bounds."""
    return max(_LEAST_HEAP, min(_MOST_HEAP, psutil.virtual_memory().total // 4 // 2**20))


def package_folder() -> Path:
    """Where the wheel with runtime and jars lies. Raises: StoreUnavailable."""
    found = importlib.util.find_spec("arcadedb_embedded")
    if found is None or found.origin is None:
        raise StoreUnavailable("The local server is not installed; install the package arcadedb-embedded, "
                               "or set KB_URI to a server of yours")  # fmt: skip
    return Path(found.origin).parent
