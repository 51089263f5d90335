"""A small OpenID provider on this machine: whoever comes is taken for whom the test says, and nothing is asked."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


@dataclass
class Known:
    """Whom the provider takes its visitor for. codes: what it gave out, with the nonce of each."""

    mail: str = ""
    verified: bool = True
    codes: dict[str, str] = field(default_factory=dict)


@contextmanager
def vouching(client: str, secret: str) -> Iterator[tuple[str, Known]]:
    """Run a provider that knows one client by its secret. Yields: its address, and whom it takes visitors for."""
    known = Known()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(known, client, secret))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", known
    finally:
        server.shutdown()
        server.server_close()


def _handler(known: Known, client: str, secret: str) -> type[BaseHTTPRequestHandler]:
    from joserfc import jwt  # noqa: PLC0415 (comes with the extra, which may be missing)
    from joserfc.jwk import RSAKey  # noqa: PLC0415

    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            issuer = f"http://{self.headers['Host']}"
            if asked.path == "/.well-known/openid-configuration":
                self._answer({"issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                              "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                              "response_types_supported": ["code"], "subject_types_supported": ["public"],
                              "id_token_signing_alg_values_supported": ["RS256"]})  # fmt: skip
            elif asked.path == "/keys":
                self._answer({"keys": [key.as_dict(private=False)]})
            elif asked.path == "/authorize":
                given = {name: values[0] for name, values in parse_qs(asked.query).items()}
                code = f"code-{len(known.codes)}"
                known.codes[code] = given.get("nonce", "")
                self.send_response(302)
                self.send_header(
                    "Location", f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"
                )
                self.end_headers()
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            login = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
            told = login or f"{sent.get('client_id', [''])[0]}:{sent.get('client_secret', [''])[0]}"
            nonce = known.codes.pop(sent["code"][0], None)
            if nonce is None or told.replace("+", " ").replace("%20", " ") != f"{client}:{secret}":
                self.send_error(401)
                return
            now = int(time.time())
            claims = {"iss": f"http://{self.headers['Host']}", "aud": client, "sub": known.mail, "iat": now,
                      "exp": now + 300, "nonce": nonce, "email": known.mail,
                      "email_verified": known.verified}  # fmt: skip
            token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
            self._answer({"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": token})

        def _answer(self, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
