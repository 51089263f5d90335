"""Commands that read articles: into the graph, or into files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import EdtfDate

if TYPE_CHECKING:
    from ingest.read import Given, Web
    from ingest.reading.findings import Document
    from ingest.reading.written_dates import Order
    from ingest.run import Summary
    from kb.edtf import Edtf


def _given_options(command: Any) -> Any:
    for option in (
        click.option("--dates", "order", type=click.Choice(["day-first", "month-first"]),
                     help="Which comes first in dates such as 03-02-2009, in tables and JSONL."),
        click.option("--map", "columns", default="", metavar="FIELD=COLUMN,…",
                     help="Which columns of a table or JSONL hold what: title=headline,published=date. "
                          "Fields: id (or doc_id), text, html, title, published, url, publisher, authors."),
        click.option("--publisher", metavar="NAME", help="Who published it, where the source does not say."),
        click.option("--url", metavar="URL", help="Where it was published, where the source does not say."),
        click.option("--published", type=EdtfDate(), metavar="DATE",
                     help="When it was published (EDTF: 2024-02-16, 2024-02, 2024-02~)."),
    ):  # fmt: skip
        command = option(command)
    return command


_allow_private = click.option(
    "--allow-private",
    is_flag=True,
    envvar="KB_ALLOW_PRIVATE",
    show_envvar=True,
    help="Ask addresses of this machine and of private networks too.",
)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_given_options
@_allow_private
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    metavar="N",
    help="Read so many articles at once; each process needs the memory of a language model.",
)
def ingest(sources: Sequence[str], allow_private: bool, processes: int, **given: Any) -> None:
    """Read articles into the graph.

    SOURCE is the address of an article, a feed or a sitemap, or a file: a text, a PDF or Word file, a saved web page
    (also gzipped), a feed (RSS, Atom, JSON Feed), letters (.eml, .mbox), a table of articles (CSV, TSV, Parquet,
    JSONL), an archive (ZIP, WARC), a folder of these; - is standard input. A host is asked as its robots.txt allows,
    once a second at most. The same article again changes nothing. Exit code 1 if any article failed, 2 for an option
    that cannot be used. PDF, Word and WARC need: pip install 'eventline[documents]'.

    \b
    kb ingest https://example.org/news/article
    kb ingest https://example.org/feed.xml
    kb ingest page.html
    kb ingest article.txt --published 2024-02-16 --publisher "The Example"
    kb ingest saved-pages/ --processes 4
    kb ingest corpus.csv --map title=headline,published=day --dates day-first
    """
    from ingest.read import Web  # noqa: PLC0415

    summary = ingest_with_progress(sources, _given(**given), processes, Web(private=allow_private))
    print_summary(summary)
    if summary.count("failed"):
        sys.exit(1)


def _given(published: Edtf | None, url: str | None, publisher: str | None, columns: str, order: Order | None) -> Given:
    from ingest.read import Columns, Given  # noqa: PLC0415

    return Given(published=published, url=url, publisher=publisher, columns=Columns.parse(columns, order))


def ingest_with_progress(sources: Sequence[str], given: Given, processes: int = 1, web: Web | None = None) -> Summary:
    """Read the sources into the store and show how far it is. Raises: KbError where `ingest` does."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

    from ingest import ingest as ingest_all  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    console = Console(stderr=True)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} done"),
                  console=console, transient=True) as bar:  # fmt: skip
        task = bar.add_task("opening the store", total=None)
        with open_store() as store:
            bar.update(task, description="reading")

            def show(name: str, done: int) -> None:
                bar.update(task, description=escape(name[:60]), completed=done)

            return ingest_all(sources, store, given, show, processes, web)


def print_summary(summary: Summary) -> None:
    """Print a row for each article, then every reason that one has, then how many there are of each status."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table as Grid  # noqa: PLC0415

    console = Console()
    grid = Grid(
        "article", "status", "events", "dated", "claims", "entities", box=None, header_style="bold", pad_edge=False
    )
    for column in grid.columns[2:]:
        column.justify = "right"
    for outcome in summary.articles:
        numbers = [str(outcome.counts.get(k, "")) for k in ("events", "dated", "claims", "entities")]
        grid.add_row(escape(outcome.title or outcome.source), outcome.status, *numbers)
    if summary.articles:
        console.print(grid)
    for outcome in summary.articles:
        if outcome.reason:
            what = (
                _failure(outcome.source, outcome.reason)
                if outcome.status == "failed"
                else f"{outcome.title}: {outcome.reason}"
            )
            console.print(escape(what), soft_wrap=True)
    words = [f"{summary.count(s)} {s}" for s in ("new", "changed", "unchanged", "failed") if summary.count(s)]
    console.print(
        f"{len(summary.articles)} article{'s' * (len(summary.articles) != 1)}: {', '.join(words) or 'none found'}."
    )
    if summary.articles and summary.count("unchanged") == len(summary.articles):
        console.print("Nothing changed.")


def _failure(source: str, reason: str) -> str:
    return f"failed: {reason}" if source in reason else f"failed: {source}: {reason}"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the JSONL files."
)
@_given_options
@_allow_private
def annotate(sources: Sequence[str], out: Path, allow_private: bool, **given: Any) -> None:
    """Read articles without a store and write what was found.

    Writes docs, times, entities, things, events and claims.jsonl into the folder --out. A JSONL source of documents
    ({doc_id, published, title, text}) is taken as it is, not cleaned. Exit code 1 if any article failed.
    """
    from ingest.jsonl import write_jsonl  # noqa: PLC0415
    from ingest.read import Web  # noqa: PLC0415

    failures: list[str] = []
    total = write_jsonl(_readings(sources, _given(**given), Web(private=allow_private), failures), out)
    click.echo(", ".join(f"{n} {name}" for name, n in total.items()))
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(1)


def _readings(sources: Sequence[str], given: Given, web: Web, failures: list[str]) -> Iterator[Any]:
    from ingest.article import reason_of  # noqa: PLC0415
    from ingest.reading.extract import extract_all  # noqa: PLC0415

    def failed(document: Document, error: Exception) -> None:
        failures.append(_failure(document.source, reason_of(error, document.source)))

    return extract_all(_documents(sources, given, web, failures), failed)


def _documents(sources: Sequence[str], given: Given, web: Web, failures: list[str]) -> Iterator[Document]:
    from ingest.article import reason_of  # noqa: PLC0415
    from ingest.clean import clean  # noqa: PLC0415
    from ingest.read import Failure, read  # noqa: PLC0415

    for source in sources:
        for raw in read(source, given, web):
            try:
                if isinstance(raw, Failure):
                    failures.append(_failure(raw.source, raw.reason))
                else:
                    yield clean(raw)
            except Exception as error:
                failures.append(_failure(raw.source, reason_of(error, raw.source)))


COMMANDS = (ingest, annotate)
