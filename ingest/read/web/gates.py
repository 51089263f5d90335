"""Answers that are no page: what a host refuses, and why."""

from __future__ import annotations

import re

from ingest.read.web.address import Address
from kb.errors import UnreadableSource

_CLOSED = {
    401: "asks for a login", 402: "asks for payment", 403: "does not let this program in", 404: "is not there",
    407: "lies behind a proxy that asks for a login", 410: "was taken away", 429: "is asked too often",
    451: "is withheld for legal reasons",
}  # fmt: skip
_SAVE = "save the page in the browser and give the file"
_CONSENT_HOST = re.compile(r"^(?:consent|guce|cmp|privacy-gate|myprivacy)\.", re.I)


def refuse(address: Address, status: int, again: str | None) -> None:
    """Tell an answer that gives nothing by its status. Raises: UnreadableSource."""
    if status == 200 or status == 203:
        return
    if status in (429, 503) and again:
        raise UnreadableSource(f"{address.host} asks to be left alone for a while; try {address.text} again later.")
    if status in _CLOSED:
        rest = "check the address" if status in (404, 410) else _SAVE
        raise UnreadableSource(f"{address.text} {_CLOSED[status]} (HTTP {status}); {rest}.")
    if status >= 500:
        raise UnreadableSource(f"{address.host} is out of order (HTTP {status}); try {address.text} again later.")
    raise UnreadableSource(f"{address.text} gave no page (HTTP {status}); open it in the browser.")


def refuse_consent(address: Address) -> None:
    """Tell an address at which readers are asked for consent first. Raises: UnreadableSource."""
    if _CONSENT_HOST.match(address.host):
        raise UnreadableSource(f"{address.host} asks for consent before it shows the article; {_SAVE}.")
