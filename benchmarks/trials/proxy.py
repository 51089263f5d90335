"""A proxy to a server that cuts, delays or garbles what goes through it, at moments drawn from a seed."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

Harm = Literal["cut", "delay", "garble"]
_CHUNK = 4096  # bytes that are passed on at once
_BETWEEN = (20_000, 600_000)  # bytes between two harms; an article is some hundred thousand in its transaction
_SLOW = (0.05, 0.6)  # seconds of a delay
_SPOILT = 64  # bytes that are garbled at once: no one text or number is changed and still read as another


class Proxy:
    """Listens on a port of its own and passes on. harmed: how often it did its harm."""

    def __init__(self, target: tuple[str, int], harm: Harm, seed: int) -> None:
        self._target, self._harm, self._chance = target, harm, random.Random(seed)  # noqa: S311 (moments, no secrets)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._drawing = threading.Lock()
        self.port: int = self._listening.getsockname()[1]
        self.harmed = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                try:
                    server = socket.create_connection(self._target, timeout=10)
                except OSError:
                    client.close()
                    continue
                server.settimeout(None)
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        left = self._draw(*_BETWEEN)
        with suppress(OSError):
            while data := one.recv(_CHUNK):
                left -= len(data)
                if left <= 0:
                    left = self._draw(*_BETWEEN)
                    self.harmed += 1
                    if self._harm == "cut":
                        break
                    if self._harm == "garble":
                        data = self._garbled(data)
                    else:
                        with self._drawing:
                            pause = self._chance.uniform(*_SLOW)
                        time.sleep(pause)
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _garbled(self, data: bytes) -> bytes:
        at = self._draw(0, max(0, len(data) - _SPOILT))
        with self._drawing:
            spoilt = self._chance.randbytes(len(data[at : at + _SPOILT]))
        return data[:at] + spoilt + data[at + _SPOILT :]

    def _draw(self, least: int, most: int) -> int:
        with self._drawing:
            return self._chance.randint(least, most)


@contextmanager
def between(target: tuple[str, int], harm: Harm, seed: int) -> Iterator[Proxy]:
    """A proxy before a server's address, for as long as is worked within."""
    proxy = Proxy(target, harm, seed)
    try:
        yield proxy
    finally:
        proxy.close()
