"""A model behind an OpenAI-compatible endpoint: one question, one answer as JSON of a given form.

By urllib3 and a JSON schema, which are here already: the libraries for structured output bring the client of each
vendor with them, and what they repair is here dropped.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import urllib3

from kb.errors import BadInput, ModelError

_MOST = 2**20  # bytes of an answer
_WORDS = 4000  # tokens that an answer may have
_TRIES, _PAUSE = 3, 0.5  # times that a busy server is asked, seconds before the second
_BUSY = (429, 500, 502, 503, 504)
_UNKNOWN_FORM = (400, 404, 415, 422)  # what servers answer that know no response_format

Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model: the address before `/chat/completions`, its name there, a key or "", how long it may take (seconds)."""

    address: str
    model: str
    key: str = ""
    timeout: float = 120.0

    def __post_init__(self) -> None:
        """Raises: BadInput where the address is none."""
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise BadInput(f"{self.address} is no address of a model; write it like http://127.0.0.1:11434/v1, "
                           "and give its key in KB_MODEL_KEY")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered, and what it cost in tokens, 0 where the server does not say."""

    text: str
    asked: int = 0
    answered: int = 0


def ask(endpoint: Endpoint, messages: Sequence[Message], schema: Mapping[str, Any]) -> Answer:
    """Ask for an answer in the form of a schema; a server that knows no schemas is asked without.

    Arguments: the endpoint; messages, each with role and content; a JSON schema. Raises: ModelError where no answer
    comes, or one that is too long.
    """
    form = {"type": "json_schema", "json_schema": {"name": "proposals", "schema": schema, "strict": True}}
    body = {"model": endpoint.model, "messages": list(messages), "temperature": 0, "max_tokens": _WORDS}
    status, read = _posted(endpoint, {**body, "response_format": form})
    if status in _UNKNOWN_FORM:
        status, read = _posted(endpoint, body)
    if status != 200:
        raise ModelError(f"The model at {endpoint.address} answers with an error ({status}: {_said(read)})")
    try:
        told = json.loads(read)
        text = told["choices"][0]["message"]["content"]
        used = told.get("usage") or {}
        tokens = [int(used.get(name) or 0) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ModelError(f"What answers at {endpoint.address} is no OpenAI-compatible endpoint") from error
    if not isinstance(text, str):
        raise ModelError(f"The model at {endpoint.address} gives no text")
    return Answer(text, *tokens)


def _posted(endpoint: Endpoint, body: Mapping[str, Any]) -> tuple[int, bytes]:
    """Status and body of the reply; a busy server is asked again. Raises: ModelError."""
    own = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})
    address = f"{endpoint.address.rstrip('/')}/chat/completions"
    status, read = 0, b""
    for number in range(_TRIES):
        if number:
            time.sleep(_PAUSE * 2 ** (number - 1))
        try:
            status, read = _reply(endpoint, address, json.dumps(body).encode(), own)
        except urllib3.exceptions.NewConnectionError as error:  # which is a time-out too
            raise ModelError(f"No model answers at {endpoint.address}; start it, or correct --endpoint") from error
        except urllib3.exceptions.TimeoutError as error:
            raise ModelError(f"The model at {endpoint.address} does not answer within {endpoint.timeout:g} seconds; "
                             "give it more with --timeout") from error  # fmt: skip
        except urllib3.exceptions.HTTPError as error:
            raise ModelError(f"The connection to the model at {endpoint.address} failed ({error})") from error
        if status not in _BUSY:
            break
    return status, read


def _reply(endpoint: Endpoint, address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    until = time.monotonic() + endpoint.timeout
    with urllib3.PoolManager(retries=False, timeout=endpoint.timeout) as pool:
        reply = pool.request("POST", address, body=body, headers=headers, preload_content=False, redirect=False)
        read = bytearray()
        try:
            for part in reply.stream(2**14):
                read += part
                if len(read) > _MOST:
                    raise ModelError(f"The model at {endpoint.address} answers with more than {_MOST // 2**20} MB")
                if time.monotonic() > until:
                    raise urllib3.exceptions.ReadTimeoutError(pool.pools, address, "it took too long")  # type: ignore[arg-type]
        finally:
            reply.close()
        return reply.status, bytes(read)


def _said(read: bytes) -> str:
    return " ".join(read[:200].decode("utf-8", "replace").split()) or "no reason given"
