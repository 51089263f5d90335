"""A web server on this machine that answers as a table says, and remembers what it was asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """status; body; headers beside the length; packed, whether gzipped; slow, seconds before each of two halves."""

    status: int = 200
    body: str | bytes = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    packed: bool = False
    slow: float = 0.0

    @property
    def data(self) -> bytes:
        plain = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(plain) if self.packed else plain


@dataclass
class Website:
    """pages: by path, an answer or several, one for each time it is asked, the last for ever. asked: paths in order."""

    pages: dict[str, Answer | list[Answer]]
    address: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def of(self, path: str) -> Answer:
        found = self.pages.get(path, Answer(404, "There is no such page."))
        if isinstance(found, Answer):
            return found
        return found.pop(0) if len(found) > 1 else found[0]


@contextmanager
def website(pages: Mapping[str, Answer | list[Answer]]) -> Iterator[Website]:
    """A server at a free port of 127.0.0.1, which ends with the block. “HERE” in a body or header is its address."""
    site = Website(dict(pages))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = site.of(self.path)
            data = answer.data if answer.packed else answer.data.replace(b"HERE", site.address.encode())
            self.send_response(answer.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
            if answer.packed:
                headers["Content-Encoding"] = "gzip"
            for name, value in headers.items():
                self.send_header(name, value.replace("HERE", site.address))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may have heard enough
                for half in (data[: len(data) // 2], data[len(data) // 2 :]):
                    time.sleep(answer.slow)
                    self.wfile.write(half)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
