"""Views that are kept under a name: an address of the app each, in a file beside the graph.

They are no decisions: a decision says something of the world, a view only where somebody looked. So they lie in the
data folder, and the graph and its history know nothing of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from filelock import FileLock

from kb.errors import BadInput
from kb.store import Settings
from kb.views import reader
from kb.views.sharing import listed
from kb.words import say

FILE = "views.json"
MOST, LONGEST = 200, 80  # views, and characters of a name


@dataclass(frozen=True, slots=True)
class View:
    """A page with its state. page: its url path, "" for the first; query: what stands in its address, by name."""

    name: str
    page: str
    query: dict[str, str]

    @property
    def address(self) -> str:
        """The address within the app."""
        query = {**self.query, **reader.carried()}
        return f"/{self.page}" + (f"?{urlencode(query)}" if query else "")


def views(settings: Settings) -> tuple[View, ...]:
    """The views that are kept, by name. Raises: BadInput where their file cannot be read."""
    found = listed.read(settings.data_dir / FILE, View, "The saved views")
    return tuple(sorted(found, key=lambda view: view.name.casefold()))


def keep(settings: Settings, view: View) -> None:
    """Keep a view; one of the same name is replaced. Raises: BadInput where it has no name, or there are too many."""
    name = _name(view.name)
    with _locked(settings):
        rest = [each for each in views(settings) if each.name != name]
        if len(rest) >= MOST:
            raise BadInput(say("There are {most} saved views; delete one that is not needed any more.", most=MOST))
        _write(settings, [*rest, View(name, view.page, view.query)])


def rename(settings: Settings, old: str, new: str) -> None:
    """Give a view another name. Raises: BadInput where there is none of the old name, or one of the new."""
    name = _name(new)
    with _locked(settings):
        known = {each.name: each for each in views(settings)}
        if old not in known:
            raise BadInput(say("There is no saved view “{old}” any more.", old=old))
        if name != old and name in known:
            raise BadInput(say("There is a saved view “{name}” already; choose another name.", name=name))
        _write(settings, [View(name, e.page, e.query) if e.name == old else e for e in known.values()])


def forget(settings: Settings, name: str) -> None:
    """Delete a view; one that is not there is no fault."""
    with _locked(settings):
        _write(settings, [each for each in views(settings) if each.name != name])


def _name(words: str) -> str:
    name = " ".join(words.split())
    if not name or len(name) > LONGEST:
        raise BadInput(say("A saved view needs a name of at most {most} characters.", most=LONGEST))
    return name


def _locked(settings: Settings) -> FileLock:
    return listed.locked(settings.data_dir / FILE)


def _write(settings: Settings, kept: list[View]) -> None:
    listed.write(settings.data_dir / FILE, kept)
