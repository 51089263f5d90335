"""Articles in, dated events out: read -> clean -> annotate -> extract -> resolve -> write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.read import Failure, Given, Web
    from ingest.reading.findings import RawDocument
    from ingest.run import Outcome, Summary
    from kb.store import Store

Progress = Callable[[str, int], None]


def ingest(
    sources: Sequence[str],
    store: Store,
    given: Given | None = None,
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
    # What reads and what stores is imported here: reading alone, as `kb annotate` does, needs no store.
    from ingest.graph.runs import begin  # noqa: PLC0415
    from ingest.processes import take_all  # noqa: PLC0415
    from ingest.read import Given, Web  # noqa: PLC0415
    from ingest.reading.extract import rules_version  # noqa: PLC0415
    from ingest.run import Summary, finish, log  # noqa: PLC0415

    raws = _all(sources, given or Given(), web or Web())
    first = next(raws, None)
    if first is None:
        return Summary("", ())
    raws = chain([first], raws)
    run = begin(store, rules_version())
    finished: list[Outcome] = []

    def done(outcome: Outcome) -> None:
        finished.append(outcome)
        log(outcome, run, store.settings.data_dir)
        if progress:
            progress(outcome.title or outcome.source, len(finished))

    if processes > 1:
        return finish(store, run, take_all(raws, store.settings, run, processes, done))
    for raw in raws:
        done(_attempt(raw, store, run))
    return finish(store, run, finished)


def _all(sources: Iterable[str], given: Given, web: Web) -> Iterator[RawDocument | Failure]:
    from ingest.read import read  # noqa: PLC0415

    for source in sources:
        yield from read(source, given, web)


def _attempt(raw: RawDocument | Failure, store: Store, run: str) -> Outcome:
    from ingest.article import failed, take  # noqa: PLC0415
    from ingest.read import Failure  # noqa: PLC0415
    from ingest.run import Outcome  # noqa: PLC0415

    if isinstance(raw, Failure):
        return Outcome(raw.source, "", None, "failed", raw.reason)
    try:
        return take(raw, store, run)
    except Exception as error:
        return failed(raw, error)
