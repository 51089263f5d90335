"""Articles in, dated events out: read -> clean -> annotate -> extract -> resolve -> write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.journal import Journal
    from ingest.read import Failure, Given, Web
    from ingest.reading.findings import RawDocument
    from ingest.run import Outcome, Summary
    from kb.store import Store

Progress = Callable[["Outcome", int], None]


def ingest(
    sources: Sequence[str],
    store: Store,
    given: Given | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
    web: Web | None = None,
    journal: Journal | None = None,
    ray: str | None = None,
) -> Summary:
    """Take every article of the sources; what fails is reported and the rest go on.

    Arguments: sources, paths of files and folders, addresses or "-"; the open store; what the user says of the source;
    progress, called with what became of each article and the number done; processes, how many read at once (None: one,
    or as many as the cluster has CPUs): what is stored and the order of the summary are the same; web, how addresses
    are asked; journal, of what is done already and is not read again; ray, address of a Ray cluster that reads. Where
    there is no article at all, no run is recorded. Raises: BadInput where there is no cluster; StoreError.
    """
    # What reads and what stores is imported here: reading alone, as `kb annotate` does, needs no store.
    from ingest.graph.runs import begin  # noqa: PLC0415
    from ingest.processes import local, take_all  # noqa: PLC0415
    from ingest.read import Given, Web  # noqa: PLC0415
    from ingest.reading.extract import rules_version  # noqa: PLC0415
    from ingest.run import Summary, finish, log  # noqa: PLC0415
    from kb import meaning  # noqa: PLC0415

    raws = _all(sources, given or Given(), web or Web(), journal)
    first = next(raws, None)
    if first is None and not (journal and journal.articles):
        return Summary("", ())
    raws = chain([first], raws) if first else raws
    run = begin(store, rules_version(), journal.run if journal else "")
    if journal:
        journal.begin(store)
    finished: list[Outcome] = []
    keep_meanings = meaning.keeper(store)

    def done(place: int, outcome: Outcome) -> None:
        finished.append(outcome)
        if keep_meanings and outcome.article_id and outcome.status in ("new", "changed"):
            keep_meanings(outcome.article_id)
        log(outcome, run, store.settings.data_dir)
        if journal:
            journal.note(place, outcome)
        if progress:
            progress(outcome, len(finished))

    if ray:
        from ingest.cluster import on_ray  # noqa: PLC0415

        with on_ray(ray, store.settings, processes) as crew:
            finished = take_all(raws, store.settings, run, crew, done)
    elif processes and processes > 1:
        with local(store.settings, processes) as crew:
            finished = take_all(raws, store.settings, run, crew, done)
    else:
        for place, raw in enumerate(raws):
            done(place, _attempt(raw, store, run))
    return finish(store, run, finished, *((journal.articles, journal.unchanged) if journal else ()))


def _all(sources: Iterable[str], given: Given, web: Web, journal: Journal | None) -> Iterator[RawDocument | Failure]:
    from ingest.read import read  # noqa: PLC0415

    if journal is None:
        for source in sources:
            yield from read(source, given, web)
    else:
        yield from journal.left(raw for source in sources for raw in read(source, given, web, journal.passed))


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
