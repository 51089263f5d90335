"""What a host asks of programs: its robots.txt (RFC 9309), and time between two questions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from protego import Protego

from ingest.read.web.address import Address
from kb.errors import UnreadableSource

LONGEST = 30.0  # seconds between two questions that a host may ask for; one that asks for more is not waited for
ROBOTS_LIMIT = 512_000  # bytes of robots.txt that are read; RFC 9309 asks for 500 KiB at least

AskRobots = Callable[[Address], tuple[int, str] | None]


def agent() -> str:
    """The name under which hosts are asked; it tells the program and nothing of who uses it."""
    try:
        return f"eventline/{version('eventline')}"
    except PackageNotFoundError:
        return "eventline"


@dataclass(slots=True)
class Manners:
    """What is known of the hosts asked so far.

    pace: seconds between two questions to one host. wait, clock: how to wait and tell the time, in seconds.
    """

    pace: float = 1.0
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _rules: dict[str, Protego | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def check(self, address: Address, ask: AskRobots) -> None:
        """Whether the host lets programs have an address.

        Arguments: the address; ask, which gets robots.txt: status and text, None where no answer came.
        Raises: UnreadableSource where it does not.
        """
        if address.origin not in self._rules:
            self._rules[address.origin] = _rules(ask(address))
        rules = self._rules[address.origin]
        if rules is None:
            raise UnreadableSource(
                f"{address.origin}/robots.txt could not be read, so nothing of {address.host} is asked for; "
                "try again later, or save the page in the browser and give the file."
            )
        if not rules.can_fetch(address.text, agent()):
            raise UnreadableSource(
                f"{address.host} does not want programs to read {address.text} (robots.txt); "
                "save the page in the browser and give the file."
            )

    def take_turn(self, address: Address) -> None:
        """Wait until the host may be asked again."""
        rules = self._rules.get(address.origin)
        wanted = float(rules.crawl_delay(agent()) or 0) if rules else 0.0
        pause = max(self.pace, min(wanted, LONGEST))
        last = self._asked.get(address.origin)
        if last is not None and (left := last + pause - self.clock()) > 0:
            self.wait(left)
        self._asked[address.origin] = self.clock()


def _rules(answer: tuple[int, str] | None) -> Protego | None:
    """RFC 9309, 2.3.1: without the file all is allowed; where the host fails, nothing is."""
    if answer is None or answer[0] >= 500 or answer[0] == 429:
        return None
    return Protego.parse(answer[1] if answer[0] == 200 else "")
