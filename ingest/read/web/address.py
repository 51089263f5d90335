"""Addresses that may be asked: http and https, without a login, of a host that the name really leads to."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from kb.errors import UnreadableSource

_SCHEMES = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """One address, taken apart: `text` without its fragment."""

    text: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port, whose robots.txt and pace hold for it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _SCHEMES[self.scheme] else f":{self.port}")


def is_address(source: str) -> bool:
    """Whether a source is written as an address and not as a path ("https://…", also "ftp://…")."""
    head, mark, _ = source.partition("://")
    return bool(mark) and head.isalnum() and len(head) > 1


def address_of(text: str) -> Address:
    """An address taken apart. Raises: UnreadableSource, with what is wrong with it."""
    if any(ord(c) <= 32 or ord(c) == 127 for c in text):
        raise UnreadableSource(f"{text!r} is no address: it has a space or a control character in it.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UnreadableSource(f"{text} is no address ({error}); copy it from the browser.") from error
    if parts.scheme.lower() not in _SCHEMES:
        raise UnreadableSource(f"{text} is no web address; give one that begins with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise UnreadableSource(f"The address at {host} holds a user name or password; give it without.")
    if not host:
        raise UnreadableSource(f"{text} names no host; copy the address from the browser.")
    scheme = parts.scheme.lower()
    plain = urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))
    return Address(plain, scheme, host, _SCHEMES[scheme] if port is None else port)


def onward(here: Address, there: str) -> Address:
    """Where a redirect or a link leads from an address. Raises: UnreadableSource."""
    try:
        return address_of(urljoin(here.text, there.strip()))
    except ValueError as error:
        raise UnreadableSource(f"{here.text} leads to {there!r}, which is no address.") from error


def hosts_of(host: str, port: int, *, private: bool) -> list[str]:
    """The numeric addresses that a name leads to, which alone are then connected to.

    So an answer that changes between this check and the connection changes nothing.
    Arguments: host and port; private, whether loopback, private, link-local and reserved ones may be asked.
    Raises: UnreadableSource where the name leads nowhere, or to one that may not be asked.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableSource(f"No host {host} was found; check the address and the connection.") from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not private and (hidden := [ip for ip in found if not _public(ip)]):
        raise UnreadableSource(
            f"{host} is an address of this machine or of a private network ({hidden[0]}); "
            "if you trust it, ask again with --allow-private."
        )
    return found


def _public(text: str) -> bool:
    ip = ipaddress.ip_address(text.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (ip, *_within(ip)))


def _within(ip: _Ip) -> list[_Ip]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    last = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else None
    found = (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), last)
    return [one for one in found if one is not None]
