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


@dataclass(slots=True)
class _Queue:
    """What is under way: the place in the order given, the article and its source; what is done, by its place.

    The bytes of a source, which may hold many articles, stay in this process: it keeps them when an article is stored.
    """

    pool: ProcessPoolExecutor
    settings: Settings
    done: Done
    limit: int
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
        while len(self.under_way) >= self.limit or article in {a for _, a, _ in self.under_way.values()}:
            self.collect()
        future = self.pool.submit(_take, document, replace(raw, content="", original=None), run)
        self.under_way[future] = place, article, replace(raw, content="")


def take_all(
    raws: Iterable[RawDocument | Failure], settings: Settings, run: str, processes: int, done: Done
) -> list[Outcome]:
    """Take articles with several processes; what becomes of them, in the order given.

    Arguments: settings of the open store; run, id of the IngestRun; processes, how many; done, called with each
    outcome as it comes and its place in the order given, from 0. All processes end with this one. Raises: StoreError.
    """
    with _pool(settings, processes) as pool:
        queue = _Queue(pool, settings, done, processes * _WAITING)
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
def _pool(settings: Settings, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are ended when something fails or the user interrupts."""
    before = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")  # a fork would share the parent's connection
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin, initargs=(settings,))
    try:
        yield pool
        pool.shutdown()
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        if isinstance(error, BrokenProcessPool):
            raise StoreUnavailable("A process ended before its article was read, perhaps for want of memory; what was "
                                   "read is stored; try again with fewer --processes") from error  # fmt: skip
        raise


def _begin(settings: Settings) -> None:
    """Open the store in a new process, which leaves Ctrl-C to its parent and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _open.append(open_store(settings))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _take(document: Document, raw: RawDocument, run: str) -> Outcome:
    try:
        return take_clean(document, raw, _open[0], run)
    except Exception as error:
        return failed(raw, error)
