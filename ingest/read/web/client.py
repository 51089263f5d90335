"""One address after another, politely: robots.txt, pace, redirects, retries, bounds of time and size."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from types import MappingProxyType
from typing import Self

from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, ResponseError, SSLError, TimeoutError

from ingest.read.web.address import Address, address_of, onward
from ingest.read.web.gates import refuse, refuse_consent
from ingest.read.web.guard import pools
from ingest.read.web.manners import ROBOTS_LIMIT, Manners, agent
from ingest.read.web.memory import Memory
from kb.errors import KbError, UnreadableSource

SIZE = 20_000_000  # bytes of one answer, unpacked
_CONNECT, _READ, _WHOLE = 10.0, 20.0, 60.0  # seconds
_REDIRECTS, _TRIES = 5, 3
_BACK_OFF = 0.5  # seconds before the second try, twice as many before the third
_PATIENCE = 60.0  # seconds that a host may ask to be left alone before a further try
_AGAIN = frozenset((429, 500, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))
_NOT_MODIFIED = 304
_PRIVATE = frozenset(("set-cookie", "set-cookie2"))
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    address: where it lay in the end. kind: its media type in lower case. charset: as the host declares it. data: the
    bytes, unpacked. got: when (ISO, UTC). headers: all that the host said, but for cookies, names in lower case. newer:
    whether there is anything that was not given before.
    """

    address: str
    kind: str
    charset: str | None
    data: bytes
    got: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    newer: bool = True


@dataclass
class Web:
    """What one run needs to ask hosts: connections, and what is known of their wishes.

    private: whether addresses of this machine and of private networks may be asked. memory: what is remembered of an
    address that is asked again and again; None where it is asked once.
    """

    private: bool = False
    memory: Memory | None = None
    manners: Manners = field(default_factory=Manners)

    @classmethod
    def from_env(cls) -> Self:
        """As KB_ALLOW_PRIVATE says: with 1, private addresses may be asked."""
        return cls(private=os.environ.get("KB_ALLOW_PRIVATE", "").lower() in ("1", "true", "yes", "on"))

    def fetch(self, text: str, conditions: Mapping[str, str] = MappingProxyType({})) -> Fetched:
        """What lies at an address.

        Arguments: text, the address; conditions, headers by which its host tells whether anything is newer.
        Raises: UnreadableSource with the reason in one sentence.
        """
        address = address_of(text)
        for _ in range(_REDIRECTS + 1):
            refuse_consent(address)
            self.manners.check(address, self._robots)
            answer = self._answer(address, conditions)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise UnreadableSource(f"{text} leads on and on ({_REDIRECTS} redirects); open it in the browser.")

    @cached_property
    def _pools(self) -> PoolManager:
        return pools(private=self.private)

    def _robots(self, address: Address) -> tuple[int, str] | None:
        """Status and text of a host's robots.txt; None where it gave none at all."""
        here = address_of(f"{address.origin}/robots.txt")
        try:
            for _ in range(_REDIRECTS + 1):
                self.manners.take_turn(here)
                response = self._ask(here)
                if response.status not in _MOVED:
                    return response.status, _text(response)
                here = onward(here, response.headers.get("location", ""))
        except (HTTPError, TimeoutError, OSError) as error:
            raise UnreadableSource(_unreachable(address, error)) from error
        return 404, ""

    def _answer(self, address: Address, conditions: Mapping[str, str]) -> Fetched | Address:
        """What an address gives, or where it leads. Tries again where the host may be better in a moment."""
        for number in range(1, _TRIES + 1):
            self.manners.take_turn(address)
            try:
                response = self._ask(address, conditions)
                pause = _pause(response, number)
                if response.status not in _AGAIN or number == _TRIES or pause > _PATIENCE:
                    return _read(address, response)
            except (HTTPError, TimeoutError, OSError) as error:
                if number == _TRIES or isinstance(error, SSLError | LocationParseError | ResponseError):
                    raise UnreadableSource(_unreachable(address, error)) from error
                pause = _BACK_OFF * 2 ** (number - 1)
            self.manners.wait(pause)
        raise AssertionError

    def _ask(self, address: Address, conditions: Mapping[str, str] = MappingProxyType({})) -> BaseHTTPResponse:
        headers = {"User-Agent": agent(), "Accept": _ACCEPT, "Accept-Language": "en,*;q=0.5", **conditions}
        return self._pools.request(
            "GET", address.text, headers=headers | {"Accept-Encoding": "gzip, deflate"}, redirect=False,
            retries=False, preload_content=False, timeout=Timeout(connect=_CONNECT, read=_READ),
        )  # fmt: skip


def _read(address: Address, response: BaseHTTPResponse) -> Fetched | Address:
    try:
        if response.status in _MOVED and response.headers.get("location"):
            return onward(address, response.headers["location"])
        if response.status == _NOT_MODIFIED:
            return Fetched(address.text, "", None, b"", newer=False)
        refuse(address, response.status, response.headers.get("retry-after"))
        message = Message()
        message["content-type"] = response.headers.get("content-type", "")
        charset = message.get_content_charset()
        kind = message.get_content_type() if response.headers.get("content-type") else ""
        headers = tuple(
            (name.lower(), value) for name, value in response.headers.items() if name.lower() not in _PRIVATE
        )
        got = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return Fetched(address.text, kind, charset, _body(address, response), got, headers)
    finally:
        response.close()


def _body(address: Address, response: BaseHTTPResponse) -> bytes:
    """All of an answer. Raises: UnreadableSource where it is too long, or comes too slowly."""
    end = time.monotonic() + _WHOLE
    parts, size = [], 0
    for part in response.stream(65_536, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > SIZE:
            raise UnreadableSource(f"{address.text} is larger than {SIZE // 1_000_000} MB; no article is.")
        if time.monotonic() > end:
            raise UnreadableSource(f"{address.text} did not come within {_WHOLE:.0f} seconds; try again later.")
    return b"".join(parts)


def _text(response: BaseHTTPResponse) -> str:
    try:
        part = next(response.stream(ROBOTS_LIMIT, decode_content=True), b"") if response.status == 200 else b""
        return part.decode("utf-8-sig", errors="replace")
    finally:
        response.close()


def _pause(response: BaseHTTPResponse, number: int) -> float:
    """Seconds before a further try: as many as the host asks for, or more with each try."""
    asked = response.headers.get("retry-after", "")
    if asked.strip().isdigit():
        return float(asked)
    try:
        moment: float = parsedate_to_datetime(asked).timestamp()
    except (TypeError, ValueError, OverflowError):
        return float(_BACK_OFF * 2 ** (number - 1))
    return max(0.0, moment - time.time())


def _unreachable(address: Address, error: Exception) -> str:
    if isinstance(error, KbError):
        return str(error)
    if isinstance(error, SSLError):
        return f"The certificate of {address.host} is not valid, so nothing was read from it; open it in the browser."
    if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
        return f"{address.host} did not answer in time; try again later."
    return f"{address.host} could not be reached or broke off; check the address and the connection."
