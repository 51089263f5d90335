"""Reading articles in a thread of its own, so that it goes on when its page is left, and is found again there."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kb.errors import BadInput, KbError
from kb.log import unforeseen
from kb.store import Store
from kb.words import say

if TYPE_CHECKING:
    from ingest.read import Given
    from ingest.run import Outcome

Owner = tuple[str, str]  # the folder of the graph, and who asked

_works: dict[Owner, Work] = {}
_lock = threading.Lock()


@dataclass
class Work:
    """One addition: how many sources it was given, what became of the articles so far, and why it ended, if badly."""

    sources: int
    outcomes: list[Outcome] = field(default_factory=list)
    error: str = ""
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return self.thread is not None and self.thread.is_alive()


def latest(owner: Owner) -> Work | None:
    """What somebody asked for last, whether it still goes on or not."""
    return _works.get(owner)


def forget(owner: Owner) -> None:
    """Show what came of somebody's addition no longer."""
    _works.pop(owner, None)


def start(
    owner: Owner,
    sources: Sequence[str],
    given: Given,
    opened: Callable[[], AbstractContextManager[Store]],
    folder: TemporaryDirectory[str] | None = None,
) -> Work:
    """Begin to read.

    Arguments: owner; sources and what is known of them, as `ingest.ingest` takes them; opened, which opens the graph
    for writing; folder, that holds them and goes when they are read. Raises: BadInput while another goes on.
    """
    with _lock:
        before = _works.get(owner)
        if before and before.running:
            raise BadInput(say("What you gave before is still being read; it goes on below. Wait until it is done."))
        work = _works[owner] = Work(len(sources))
        work.thread = threading.Thread(target=_read, args=(work, sources, given, opened, folder), daemon=True)
        work.thread.start()
    return work


def _read(
    work: Work,
    sources: Sequence[str],
    given: Given,
    opened: Callable[[], AbstractContextManager[Store]],
    folder: TemporaryDirectory[str] | None,
) -> None:
    try:
        import ingest  # noqa: PLC0415 (the language model loads only when something is added)
        from ingest.read import Web  # noqa: PLC0415

        with opened() as store:
            ingest.ingest(sources, store, given, lambda each, _: work.outcomes.append(_told(each, folder)),
                          web=Web.from_env())  # fmt: skip
    except KbError as error:
        work.error = _as_given(str(error), folder)
    except Exception as error:  # a thread has nobody to raise it to
        work.error = unforeseen(error, "what was to be added")
    finally:
        if folder:
            folder.cleanup()


def _told(outcome: Outcome, folder: TemporaryDirectory[str] | None) -> Outcome:
    return replace(outcome, source=_as_given(outcome.source, folder), reason=_as_given(outcome.reason, folder))


def _as_given(words: str, folder: TemporaryDirectory[str] | None) -> str:
    """Words in which a file is called as it was uploaded: nobody knows the folder that it is kept in meanwhile."""
    return re.sub(rf"{re.escape(folder.name)}/(\d+/)?", "", words) if folder else words
