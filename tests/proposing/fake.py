"""A model on this machine that answers what it is told to, and misbehaves where it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, bytes]


def said(content: Any) -> Reply:
    """A reply with an answer, of fifty tokens for a question of a thousand."""
    text = content if isinstance(content, str) else json.dumps(content)
    usage = {"prompt_tokens": 1000, "completion_tokens": 50}
    return 200, json.dumps({"choices": [{"message": {"content": text}}], "usage": usage}).encode()


@dataclass
class Fake:
    """The address of the model, and what it was asked."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextmanager
def model(replies: Sequence[Reply | Callable[[dict[str, Any]], Reply]], wait: float = 0.0) -> Iterator[Fake]:
    """A model that gives these replies in turn, the last again and again, each after so many seconds."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.asked.append(body)
            fake.keys.append(self.headers.get("Authorization", ""))
            reply = replies[min(len(fake.asked), len(replies)) - 1]
            time.sleep(wait)
            status, content = reply(body) if callable(reply) else reply
            self.send_response(status)
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                return  # nobody reads it any more

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = Fake(f"http://127.0.0.1:{server.server_port}/v1")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
