"""Articles in, dated events out: read -> clean -> annotate -> extract -> resolve -> write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from ingest.article import failed, take
from ingest.graph.runs import begin
from ingest.processes import take_all
from ingest.read import Failure, Given, Web, read
from ingest.reading.extract import extract, rules_version
from ingest.reading.findings import RawDocument
from ingest.run import Outcome, Summary, finish
from kb.store import Store

__all__ = ["extract", "ingest", "rules_version", "take"]

NOTHING_GIVEN = Given()
Progress = Callable[[str, int], None]


def ingest(
    sources: Sequence[str],
    store: Store,
    given: Given = NOTHING_GIVEN,
    progress: Progress | None = None,
    processes: int = 1,
    web: Web | None = None,
) -> Summary:
    """Take every article of the sources; what fails is reported and the rest go on.

    Arguments: sources, paths of files and folders, addresses or "-"; the open store; what the user says of the source;
    progress, called with each finished article's name and the number done; processes, how many read at once: what is
    stored and the order of the summary are the same; web, how addresses are asked. Where there is no article at all, no
    run is recorded. Raises: StoreError.
    """
    raws = _all(sources, given, web or Web())
    first = next(raws, None)
    if first is None:
        return Summary("", ())
    raws = chain([first], raws)
    run = begin(store, rules_version())
    finished: list[Outcome] = []

    def done(outcome: Outcome) -> None:
        finished.append(outcome)
        if progress:
            progress(outcome.title or outcome.source, len(finished))

    if processes > 1:
        return finish(store, run, take_all(raws, store.settings, run, processes, done))
    for raw in raws:
        done(_attempt(raw, store, run))
    return finish(store, run, finished)


def _all(sources: Iterable[str], given: Given, web: Web) -> Iterator[RawDocument | Failure]:
    for source in sources:
        yield from read(source, given, web)


def _attempt(raw: RawDocument | Failure, store: Store, run: str) -> Outcome:
    if isinstance(raw, Failure):
        return Outcome(raw.source, "", None, "failed", raw.reason)
    try:
        return take(raw, store, run)
    except Exception as error:
        return failed(raw, error)
