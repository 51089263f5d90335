"""What somebody looked at and left as it is, in a file beside the graph.

Leaving a doubt says nothing of the world, so it is no decision, as a saved view is none. What is said of the same thing
later in other words, because more was read, comes up again.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.store import Settings
from kb.views.sharing import listed

FILE = "left.json"


@dataclass(frozen=True, slots=True)
class Left:
    """One item of the queue that was left. at: the moment in UTC (ISO)."""

    key: str
    says: str
    by: str
    at: str


def left(settings: Settings) -> tuple[Left, ...]:
    """What was left, the latest first. Raises: BadInput where the file cannot be read."""
    found = listed.read(settings.data_dir / FILE, Left, "What was left as it is,")
    return tuple(sorted(found, key=lambda one: (one.at, one.key), reverse=True))


def leave(settings: Settings, one: Left) -> None:
    """Keep that something was left. Raises: BadInput where the file cannot be read."""
    with listed.locked(settings.data_dir / FILE):
        listed.write(settings.data_dir / FILE, [*(each for each in left(settings) if each.key != one.key), one])


def take_up(settings: Settings, key: str) -> None:
    """Forget that something was left, so that it stands in the queue again. Raises: BadInput."""
    with listed.locked(settings.data_dir / FILE):
        listed.write(settings.data_dir / FILE, [each for each in left(settings) if each.key != key])
