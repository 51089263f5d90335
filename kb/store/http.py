"""What the local server is told over HTTP: its users, its queries, and the SQL that Bolt does not take."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any

from kb.errors import QueryError, StoreUnavailable

_DEFINING = 600.0  # seconds: an index over a graph of 100,000 articles is made in some minutes


def post(port: int, path: str, body: dict[str, Any], user: str, password: str, *, timeout: float = 30) -> bytes:
    """Ask the server at this loopback port and read what it answers; timeout in seconds. Raises: OSError."""
    login = base64.b64encode(f"{user}:{password}".encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
    address = f"http://127.0.0.1:{port}/api/v1/{path}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=timeout) as reply:  # noqa: S310
        content: bytes = reply.read()
        return content


def define(port: int, database: str, statements: Sequence[str], login: tuple[str, str]) -> None:
    """Run SQL of the schema as the writer, whose name and password are given. Raises: StoreUnavailable, QueryError."""
    for statement in statements:
        body = {"language": "sql", "command": statement}
        try:
            post(port, f"command/{database}", body, *login, timeout=_DEFINING)
        except urllib.error.HTTPError as error:
            reply = error.read(300).decode(errors="replace")
            raise QueryError(f"The local server refused “{statement}”: {reply}") from error
        except OSError as error:
            raise StoreUnavailable(f"The local server did not answer “{statement}” ({error}); try again") from error
