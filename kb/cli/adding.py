"""Commands that read articles: into the graph, or into files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import EdtfDate, Id, json_option, print_json
from kb.cli.running import INTERRUPTED, failure_line, given_of, ingest_asked, print_summary

if TYPE_CHECKING:
    from ingest.read import Failure, Given, Web
    from ingest.reading.findings import Document
    from kb.edtf import Edtf
    from kb.store import Store


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
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@_given_options
@_allow_private
@click.option("--json", "as_json", is_flag=True, help="Print what became of each article as JSON.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    metavar="N",
    help="Read so many articles at once (default: 1; with --ray, each CPU one); each takes half a gigabyte of memory.",
)
@click.option("--ray", metavar="ADDRESS", help="Read on a Ray cluster (10.0.0.1:6379, auto); see docs/scale.md.")
@click.option("--resume", is_flag=True, help="Go on with a run that was broken off; alone, the last one.")
def ingest(
    sources: Sequence[str],
    allow_private: bool,
    processes: int | None,
    ray: str | None,
    as_json: bool,
    resume: bool,
    **given: Any,
) -> None:
    """Read articles into the graph.

    SOURCE is the address of an article, a feed or a sitemap, or a file: a text, a PDF or Word file, a saved web page
    (also gzipped), a feed (RSS, Atom, JSON Feed), letters (.eml, .mbox), a table of articles (CSV, TSV, Parquet,
    JSONL), an archive (ZIP, WARC), a folder of these; - is standard input. A host is asked as its robots.txt allows,
    once a second at most. The same article again changes nothing. Ctrl-C gives up the article in hand alone. Exit code
    1 if any article failed, 2 for an option that cannot be used, 130 after Ctrl-C. PDF, Word and WARC need:
    pip install 'eventline[documents]'.

    \b
    kb ingest https://example.org/news/article
    kb ingest https://example.org/feed.xml
    kb ingest page.html
    kb ingest article.txt --published 2024-02-16 --publisher "The Example"
    kb ingest saved-pages/ --processes 4
    kb ingest --resume
    kb ingest corpus.csv --map title=headline,published=day --dates day-first
    """
    from ingest.journal import Asked  # noqa: PLC0415

    if not sources and not resume:
        raise click.UsageError("Give what to read: an address, a file or a folder; kb demo reads example articles.")
    options = {**_kept(**given), "allow_private": allow_private}
    given_of(options)  # what cannot be used is told before anything is opened
    asked = Asked(tuple(sources), options, os.getcwd()) if sources else None
    summary, interrupted = ingest_asked(asked, processes, ray, resume=resume)
    if as_json:
        print_json(summary.articles)
    else:
        print_summary(summary)
    if interrupted or summary.count("failed"):
        sys.exit(INTERRUPTED if interrupted else 1)


def _given(**options: Any) -> Given:
    return given_of(_kept(**options))


def _kept(published: Edtf | None, **options: Any) -> dict[str, Any]:
    """The options as they can be kept."""
    return {**options, "published": str(published) if published else None}


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the JSONL files."
)
@_given_options
@_allow_private
@json_option
def annotate(sources: Sequence[str], out: Path, allow_private: bool, as_json: bool, **given: Any) -> None:
    """Read articles without a store and write what was found.

    Writes docs, times, entities, things, events and claims.jsonl into the folder --out. A JSONL source of documents
    ({doc_id, published, title, text}) is taken as it is, not cleaned. Exit code 1 if any article failed.
    """
    from ingest.jsonl import write_jsonl  # noqa: PLC0415
    from ingest.read import Web  # noqa: PLC0415

    failures: list[Failure] = []
    total = write_jsonl(_readings(sources, _given(**given), Web(private=allow_private), failures), out)
    if as_json:
        print_json({"out": out, "rows": total, "failures": failures})
    else:
        click.echo(", ".join(f"{n} {name}" for name, n in total.items()))
        for failure in failures:
            click.echo(failure_line(failure.source, failure.reason), err=True)
    if failures:
        sys.exit(1)


def _readings(sources: Sequence[str], given: Given, web: Web, failures: list[Failure]) -> Iterator[Any]:
    from ingest.reading.extract import extract_all  # noqa: PLC0415

    def failed(document: Document, error: Exception) -> None:
        failures.append(_unread(document.source, error))

    return extract_all(_documents(sources, given, web, failures), failed)


def _documents(sources: Sequence[str], given: Given, web: Web, failures: list[Failure]) -> Iterator[Document]:
    from ingest.clean import clean  # noqa: PLC0415
    from ingest.read import Failure, read  # noqa: PLC0415

    for source in sources:
        for raw in read(source, given, web):
            try:
                if isinstance(raw, Failure):
                    failures.append(raw)
                else:
                    yield clean(raw)
            except Exception as error:
                failures.append(_unread(raw.source, error))


def _unread(source: str, error: Exception) -> Failure:
    from ingest.article import reason_of  # noqa: PLC0415 (the driver, which no reading needs)
    from ingest.read import Failure  # noqa: PLC0415

    return Failure(source, reason_of(error, source))


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS...]")
@click.option("--every", default=15, show_default=True, type=click.IntRange(1), metavar="MINUTES", help="How often.")
@click.option("--once", is_flag=True, help="Look once and end; exit code 1 if anything failed.")
@_allow_private
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each look.")
def watch(addresses: Sequence[str], every: int, once: bool, allow_private: bool, as_json: bool) -> None:
    """Look at feeds, sitemaps and pages again and again, and read what is new.

    What was taken of each is remembered in the data folder, and a host is asked whether it has anything newer before
    it sends anything. What fails is told, and tried again at the next look. Ctrl-C ends it. Without an ADDRESS the
    feeds of the project (kb init) are looked at.

    \b
    kb watch https://example.org/feed.xml https://example.net/sitemap.xml
    kb watch https://example.org/feed.xml --once
    """
    import time  # noqa: PLC0415

    from ingest.read import Web  # noqa: PLC0415
    from ingest.read.web import is_address  # noqa: PLC0415
    from kb.errors import BadInput  # noqa: PLC0415
    from kb.project import FILE, find  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    project = None if addresses else find()
    addresses = addresses or (project.feeds if project else ())
    if not addresses:
        raise BadInput(f"There is nothing to watch; give an address, or list feeds in the {FILE} of your project.")
    if wrong := next((address for address in addresses if not is_address(address)), None):
        raise BadInput(f"{wrong} is no address; give the address of a feed, a sitemap or a page.")
    web = Web(private=allow_private)
    try:
        while True:
            with open_store() as store:
                failed = sum([_look(address, web, store, as_json=as_json) for address in addresses])
            if once:
                sys.exit(1 if failed else 0)
            time.sleep(60 * every)
    except KeyboardInterrupt:
        click.echo("Ended; what was read is stored.", err=True)


def _look(address: str, web: Web, store: Store, *, as_json: bool) -> int:
    """Look at one address and say what came of it. Returns how many articles failed."""
    from datetime import datetime  # noqa: PLC0415

    from ingest.watch import look  # noqa: PLC0415

    seen = look(address, store, web)
    when = datetime.now().astimezone()
    if as_json:
        told = {"at": when.isoformat(timespec="seconds"), "address": address, "articles": seen.summary.articles}
        print_json(told, line=True)
        return len(seen.failures)
    told_of = ", ".join(f"{n} {status}" for status in ("new", "changed", "unchanged", "failed")
                        if (n := seen.summary.count(status)))  # fmt: skip
    click.echo(f"{when:%Y-%m-%d %H:%M}  {address}: {told_of or 'nothing new'}")
    for outcome in seen.failures:
        click.echo(failure_line(outcome.source, outcome.reason), err=True)
    return len(seen.failures)


@click.command()
@click.argument("article", type=Id())
@click.option("--out", metavar="FILE", help="Write the bytes there, - for standard output.")
@click.option("--number", default=1, show_default=True, type=click.IntRange(1), help="Which of the readings listed.")
@json_option
def source(article: str, out: str | None, number: int, as_json: bool) -> None:
    """Give back what an article was read from, the bytes as they were got.

    ARTICLE is an article's id, web address, source or title. Lists its readings, the last first: when the bytes were
    got, from where, how many they are, and their SHA-256. They are kept once, in the folder originals of the data
    folder; kb verify proves them.

    \b
    kb source https://example.org/news/article
    kb source https://example.org/news/article --out page.html
    """
    from ingest import originals  # noqa: PLC0415
    from ingest.revising.revise import find_article  # noqa: PLC0415
    from kb.errors import BadInput  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        id, folder = find_article(store, article), store.settings.data_dir
    found = originals.kept(folder, id)
    if not found:
        raise BadInput(f"No original of {article} is kept; it was read before originals were, or from a Parquet table.")
    if number > len(found):
        raise BadInput(f"There is no reading {number} of {article}; the last listed is {len(found)}.")
    if out is not None:
        _write(originals.data_of(folder, found[number - 1]), out)
    elif as_json:
        print_json(found)
    else:
        for place, one in enumerate(found, 1):
            told = one.document["address"] or one.document["source"]
            click.echo(f"{place}  {one.got}  {one.size:,} bytes  sha256 {one.sha256}  {told}")


def _write(data: bytes, out: str) -> None:
    from kb.errors import BadInput  # noqa: PLC0415

    try:
        with click.open_file(out, "wb") as file:
            file.write(data)
    except OSError as error:
        raise BadInput(f"{out} cannot be written ({error.strerror}); give another file.") from error


COMMANDS = (ingest, watch, annotate, source)
