"""Many articles at once: this process reads and cleans them, others parse and write, each with its own connection."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ingest.article import failed, keep_original, take_clean
from ingest.clean import clean
from ingest.matching.ids import article_id
from ingest.read import Failure
from ingest.reading.findings import Document, RawDocument
from ingest.run import Outcome
from kb.errors import StoreUnavailable
from kb.store import Settings, Store, open_store

Done = Callable[[int, Outcome], None]
_WAITING = 2  # articles that wait for each process, so that none is idle and few are held in memory

_open: list[Store] = []  # the connection of this process


@dataclass(frozen=True, slots=True)
class Crew:
    """Those that parse and write. size: how many. submit: gives one an article; arguments as `take_here`."""

    size: int
    submit: Callable[[Document, RawDocument, str], Future[Outcome]]


@dataclass(slots=True)
class _Queue:
    """What is under way: the place in the order given, the article and its source; what is done, by its place.

    The bytes of a source, which may hold many articles, stay in this process: it keeps them when an article is stored.
    """

    crew: Crew
    settings: Settings
    done: Done
    under_way: dict[Future[Outcome], tuple[int, str, RawDocument]] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def finish(self, place: int, outcome: Outcome) -> None:
        self.outcomes[place] = outcome
        self.done(place, outcome)

    def collect(self) -> None:
        """Wait until at least one is done."""
        for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
            place, _, raw = self.under_way.pop(future)
            outcome = future.result()
            try:
                outcome = keep_original(outcome, raw, self.settings)
            except Exception as error:
                outcome = failed(raw, error)
            self.finish(place, outcome)

    def give(self, place: int, document: Document, raw: RawDocument, run: str) -> None:
        """Hand an article on; of two versions of one article the second waits for the first."""
        article = article_id(document)
        limit = self.crew.size * _WAITING
        while len(self.under_way) >= limit or article in {a for _, a, _ in self.under_way.values()}:
            self.collect()
        future = self.crew.submit(document, replace(raw, content="", original=None), run)
        self.under_way[future] = place, article, replace(raw, content="")


def take_all(
    raws: Iterable[RawDocument | Failure], settings: Settings, run: str, crew: Crew, done: Done
) -> list[Outcome]:
    """Take articles with a crew; what becomes of them, in the order given.

    Arguments: settings of the open store; run, id of the IngestRun; crew, who parses and writes; done, called with each
    outcome as it comes and its place in the order given, from 0. Raises: StoreError.
    """
    queue = _Queue(crew, settings, done)
    for place, raw in enumerate(raws):
        if isinstance(raw, Failure):
            queue.finish(place, Outcome(raw.source, "", None, "failed", raw.reason))
            continue
        try:
            document = clean(raw)
        except Exception as error:
            queue.finish(place, failed(raw, error))
            continue
        queue.give(place, document, raw, run)
    while queue.under_way:
        queue.collect()
    return [queue.outcomes[place] for place in sorted(queue.outcomes)]


@contextmanager
def local(settings: Settings, processes: int) -> Iterator[Crew]:
    """Processes of this machine, all of which end with this one, also when something fails or the user interrupts.

    Arguments: settings of the open store; processes, how many. Raises: StoreUnavailable where one ends by itself.
    """
    before = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")  # a fork would share the parent's connection
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin_child, initargs=(settings,))
    try:
        yield Crew(processes, lambda *article: pool.submit(take_here, *article))
        pool.shutdown()
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        if isinstance(error, BrokenProcessPool):
            raise StoreUnavailable("A process ended before its article was read, perhaps for want of memory; what was "
                                   "read is stored; try again with fewer --processes") from error  # fmt: skip
        raise


def _begin_child(settings: Settings) -> None:
    """Open the store in a new process, which leaves Ctrl-C to its parent and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin_here(settings)


def begin_here(settings: Settings) -> None:
    """Open the store of this process, for `take_here`. Raises: StoreError."""
    _open.append(open_store(settings))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def take_here(document: Document, raw: RawDocument, run: str) -> Outcome:
    """Take an article in this process. Arguments: as cleaned; as read; id of the IngestRun. Raises: StoreError."""
    try:
        return take_clean(document, raw, _open[0], run)
    except Exception as error:
        return failed(raw, error)
