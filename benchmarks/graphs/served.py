"""A server of ours beside a benchmark, on a port of its own, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0  # seconds until it answers
_ROOT = Path(__file__).parents[2]


@contextmanager
def served(data_dir: Path, words: Sequence[str], ready: str) -> Iterator[str]:
    """Run a command that serves; gives its address.

    Arguments: the data folder; the words of the command, without its port; ready, the path that answers once it serves.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kb.cli", *words, "--port", str(port)]
    server = subprocess.Popen(command, cwd=_ROOT, env={**os.environ, "KB_DATA_DIR": str(data_dir)},  # noqa: S603
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        _await(server, f"{address}{ready}")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.2)
