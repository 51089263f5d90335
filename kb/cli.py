"""The `kb` command: every subcommand explains itself; what goes wrong is one sentence and a non-zero exit."""

# The language model and Streamlit take seconds to import, so commands import what they need when they run.

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table as Grid

from kb import __version__
from kb.edtf import Edtf
from kb.errors import InvalidDate, KbError

if TYPE_CHECKING:
    from ingest.findings import Document
    from ingest.read import Given
    from ingest.revise import Difference
    from ingest.run import Summary
    from kb.checks import Group
    from kb.store import ServerStatus, Table


class EdtfDate(click.ParamType[Edtf]):
    """An EDTF date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Edtf:
        """Raises: click.BadParameter with the sentence of InvalidDate."""
        try:
            return Edtf(str(value))
        except InvalidDate as error:
            self.fail(str(error), param, ctx)


class Commands(click.Group):
    """A group whose errors are one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; a KbError ends it with its sentence."""
        try:
            return super().invoke(ctx)
        except KbError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """Follow a long conflict through many articles: events, people and claims, each with the sentence it came from."""


def _given_options(command: Any) -> Any:
    for option in (
        click.option("--publisher", metavar="NAME", help="Who published it, where the source does not say."),
        click.option("--url", metavar="URL", help="Where it was published, where the source does not say."),
        click.option("--published", type=EdtfDate(), metavar="DATE",
                     help="When it was published (EDTF: 2024-02-16, 2024-02, 2024-02~)."),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_given_options
def ingest(sources: Sequence[str], published: Edtf | None, url: str | None, publisher: str | None) -> None:
    """Read articles into the graph.

    SOURCE is a text file, a saved web page (also gzipped), a feed (RSS, Atom), a JSONL of documents, a folder of
    these, or - for standard input. The same article again changes nothing. Exit code 1 if any article failed.

    \b
    kb ingest page.html
    kb ingest article.txt --published 2024-02-16 --publisher "The Example"
    kb ingest saved-pages/
    """
    from ingest.read import Given  # noqa: PLC0415

    summary = _ingest_with_progress(sources, Given(published=published, url=url, publisher=publisher))
    _print_summary(summary)
    if summary.count("failed"):
        sys.exit(1)


def _ingest_with_progress(sources: Sequence[str], given: Given) -> Summary:
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

            return ingest_all(sources, store, given, show)


def _print_summary(summary: Summary) -> None:
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


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the JSONL files."
)
@_given_options
def annotate(sources: Sequence[str], out: Path, published: Edtf | None, url: str | None, publisher: str | None) -> None:
    """Read articles without a store and write what was found.

    Writes docs, times, entities, events and claims.jsonl into the folder --out. A JSONL source of documents
    ({doc_id, published, title, text}) is taken as it is, not cleaned. Exit code 1 if any article failed.
    """
    from ingest.jsonl import write_jsonl  # noqa: PLC0415
    from ingest.read import Given  # noqa: PLC0415

    failures: list[str] = []
    given = Given(published=published, url=url, publisher=publisher)
    total = write_jsonl(_readings(sources, given, failures), out)
    click.echo(", ".join(f"{n} {name}" for name, n in total.items()))
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(1)


def _readings(sources: Sequence[str], given: Given, failures: list[str]) -> Iterator[Any]:
    from ingest.extract import extract_all  # noqa: PLC0415

    return extract_all(_documents(sources, given, failures))


def _documents(sources: Sequence[str], given: Given, failures: list[str]) -> Iterator[Document]:
    from ingest.clean import clean  # noqa: PLC0415
    from ingest.read import Failure, read  # noqa: PLC0415

    for source in sources:
        for raw in read(source, given):
            try:
                if isinstance(raw, Failure):
                    failures.append(_failure(raw.source, raw.reason))
                else:
                    yield clean(raw)
            except KbError as error:
                failures.append(_failure(raw.source, str(error)))


@main.command()
@click.argument("id", metavar="DATE-ID")
def why(id: str) -> None:
    """Say how a date was reached: its words, what they were counted from, and by which rule.

    DATE-ID is the id of a time expression, an event, a claim or an article, as kb cypher and the app's addresses show
    it. What something was counted from is explained below it.

    \b
    kb why "$(kb cypher --csv "MATCH (e:Event) RETURN e.id ORDER BY e.salience DESC LIMIT 1" | tail -1)"
    """
    from kb.store import open_store  # noqa: PLC0415
    from kb.why import why as explain  # noqa: PLC0415

    with open_store(role="reader") as store:
        reasons = explain(store, id)
    for reason in reasons:
        click.echo(f"{'   ' * reason.depth}{'↳ ' if reason.depth else ''}{reason.line}")
        if reason.sentence:
            click.echo(f"{'   ' * reason.depth}   in “{' '.join(reason.sentence.split())}” ({reason.source})")


def _decision_options(command: Any) -> Any:
    for option in (
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
        click.option("--yes", is_flag=True, help="Apply without asking."),
        click.option("--by", metavar="NAME", help="Who decides; default: the name of your account."),
        click.option("--reason", metavar="WORDS", default="", help="Why, for those who read it later."),
        click.option("--clear", is_flag=True, help="Take the correction back: what the text says holds again."),
    ):
        command = option(command)
    return command


@main.command("set-published")
@click.argument("article")
@click.argument("date", type=EdtfDate(), required=False)
@_decision_options
def set_published(article: str, date: Edtf | None, clear: bool, **options: Any) -> None:
    """Correct when an article was published, and every date that hangs on it.

    ARTICLE is an article's id, web address, source or title; DATE is EDTF (2024-02-16, 2024-02). What changes is
    shown first and applied when you say yes. The correction is kept for good: reading the article again does not undo
    it.

    \b
    kb set-published https://example.org/talks 2022-03-30 --reason "printed on the page"
    """
    from ingest.revise import set_published as revise  # noqa: PLC0415

    _correct(revise, article, _date_or_clear(date, clear), options)


@main.command("set-date")
@click.argument("event")
@click.argument("date", type=EdtfDate(), required=False)
@_decision_options
def set_date(event: str, date: Edtf | None, clear: bool, **options: Any) -> None:
    """Correct when an event happened, and every date that is counted from it.

    EVENT is an event's id; DATE is EDTF (2022-02-24, 2014, 2022-03-27/2022-04-02). What changes is shown first and
    applied when you say yes. Each report keeps the date that its own sentence gives.
    """
    from ingest.revise import set_date as revise  # noqa: PLC0415

    _correct(revise, event, _date_or_clear(date, clear), options)


def _date_or_clear(date: Edtf | None, clear: bool) -> Edtf | None:
    if clear == (date is not None):
        raise click.UsageError("Give either a DATE or --clear.")
    return date


def _correct(revise: Any, target: str, date: Edtf | None, options: dict[str, Any]) -> None:
    from ingest.revise import apply  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store() as store:
        revision = revise(store, target, date, by=options["by"], reason=options["reason"])
        _print_differences(revision.differences)
        if options["dry_run"]:
            return
        if not options["yes"]:
            click.confirm("Apply this?", abort=True)
        apply(store, revision)
    click.echo("Applied.")


def _print_differences(differences: Sequence[Difference]) -> None:
    from kb.query_rows import human  # noqa: PLC0415

    grid = Grid("what", "was", "becomes", "in", box=None, header_style="bold", pad_edge=False)
    kinds = {"published": "published", "time": "words", "event": "event", "claim": "said"}
    for one in differences:
        was, becomes = human(one.before, "no date"), human(one.after, "no date")
        grid.add_row(
            escape(f"{kinds[one.kind]}: {_short(one.words)}"),
            "not there" if one.change == "new" else escape(was),
            "gone" if one.change == "gone" else escape(becomes),
            escape(_short(one.sentence)),
        )
    if differences:
        Console().print(grid)
    click.echo(f"{len(differences)} difference{'s' * (len(differences) != 1)}.")


def _short(words: str) -> str:
    from kb.derivation import joined  # noqa: PLC0415

    line = joined(words)
    return line if len(line) <= 70 else f"{line[:67]}…"


@main.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE...]")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def reannotate(articles: Sequence[str], dry_run: bool, yes: bool) -> None:
    """Read stored articles again with the rules of this version, all of them or those named.

    ARTICLE is an article's id, web address, source or title. The stored text is read, not the source. What changes is
    shown first, article by article, and applied when you say yes.
    """
    from ingest.revise import apply, every_article, find_article, reread  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    read = differing = 0
    with open_store() as store:
        for id in [find_article(store, words) for words in articles] or every_article(store):
            revision = reread(store, id)
            if revision.empty:
                continue
            read += 1
            differing += bool(revision.differences)
            if revision.differences:
                article = revision.facts[0].article
                click.echo(f"{article.title or article.source} ({id})")
                _print_differences(revision.differences)
            if not dry_run and (yes or not revision.differences or click.confirm("Apply this?")):
                apply(store, revision)
    if not read:
        click.echo("Nothing changed.")
        return
    told = "1 article had" if read == 1 else f"{read} articles had"
    click.echo(f"{told} been read with other rules; {differing} of them now differ{'s' * (differing == 1)}.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Prove the graph: each fact's words stand in its stored text, letter by letter, and nothing hangs loose.

    Exit code 1 if anything does not hold.
    """
    from dataclasses import asdict  # noqa: PLC0415

    from kb.store import open_store  # noqa: PLC0415
    from kb.verify import verify as prove  # noqa: PLC0415

    with open_store(role="reader") as store:
        proof = prove(store)
    if as_json:
        click.echo(json.dumps({"checked": proof.checked, "faults": [asdict(fault) for fault in proof.faults]}))
    else:
        for fault in proof.faults:
            click.echo(": ".join(part for part in (fault.kind, fault.id, fault.detail) if part))
        told = ", ".join(f"{count:,} {name}" for name, count in proof.checked.items()) or "nothing: the graph is empty"
        click.echo(f"Checked {told}.")
        click.echo("Everything holds." if proof.holds else f"Faults: {len(proof.faults):,}.")
    if not proof.holds:
        sys.exit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="Show at most so many of a kind.")
@click.option("--strict", is_flag=True, help="Exit code 1 if anything is impossible.")
def check(as_json: bool, limit: int, strict: bool) -> None:
    """List what a human should look at, what settles most first.

    Dates that cannot be (told before it happened, against the order that the sentences tell), reports that exclude each
    other, and dates that one answer would settle, each with its sentences and the ids to correct it by.
    """
    from kb import checks  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        groups = checks.check(store, limit=limit)
    if as_json:
        click.echo(json.dumps([checks.plain(group) for group in groups], ensure_ascii=False, indent=2))
    else:
        _print_checks(groups)
    if strict and any(group.kind.impossible for group in groups):
        sys.exit(1)


def _print_checks(groups: Sequence[Group]) -> None:
    for group in groups:
        click.echo(f"{group.kind.title}: {group.total:,}. {group.kind.advice}")
        for doubt in group.doubts:
            click.echo(f"  - {doubt.says}" + (f" (settles {doubt.settles:,})" if doubt.settles > 1 else ""))
            ids = [one.id for one in (*doubt.events, *doubt.claims, *doubt.articles)]
            if ids:
                click.echo(f"    {' '.join(ids)}")
            for sentence in doubt.evidence:
                click.echo(f"    “{' '.join(sentence.text.split())}” ({sentence.article.name})")
        if group.total > len(group.doubts):
            click.echo(f"  and {group.total - len(group.doubts):,} more; raise --limit to see them")
    if not groups:
        click.echo("Nothing to look at.")


@main.command()
@click.argument("query")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--write", is_flag=True, help="Allow the query to change the graph.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1), help="Print at most so many rows.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Give up after so many seconds."
)
def cypher(query: str, form: str | None, write: bool, limit: int, timeout: float) -> None:
    """Ask the graph in Cypher, read-only unless --write. A query of - is read from standard input.

    \b
    kb cypher "MATCH (e:Event) RETURN e.edtf, e.title ORDER BY e.earliest LIMIT 10"
    """
    from kb.store import open_store  # noqa: PLC0415

    text = sys.stdin.read() if query == "-" else query
    with open_store(role="writer" if write else "reader") as store:
        table = store.table(text, limit=limit, timeout=timeout)
    _print_table(table, form)


def _print_table(table: Table, form: str | None) -> None:
    from kb.answers import as_csv, as_json, cell, records  # noqa: PLC0415

    if form == "json":
        click.echo(as_json(table))
    elif form == "csv":
        click.echo(as_csv(table), nl=False)
    else:
        grid = Grid(*table.columns, header_style="bold")
        for row in records(table):
            grid.add_row(*(escape(_words(cell(value))) for value in row.values()))
        Console().print(grid)
        click.echo(f"{len(table.rows)} row{'s' * (len(table.rows) != 1)} in {table.seconds:.2f} s")
    if table.truncated:
        click.echo(f"Only the first {len(table.rows)} rows are shown; raise --limit for more.", err=True)


def _words(value: Any) -> str:
    return "" if value is None else str(value)


@main.group()
def store() -> None:
    """The graph database: the local server, or the one that KB_URI names."""


@store.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Say which server is used, whether it runs, and what it holds."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import status as ask  # noqa: PLC0415

    _print_status(ask(Settings.from_env()), as_json)


@store.command()
def start() -> None:
    """Start the local server, if none runs on this data directory."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import start as begin  # noqa: PLC0415

    _print_status(begin(Settings.from_env()))


@store.command()
def stop() -> None:
    """Stop the local server that runs on this data directory."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import stop as end  # noqa: PLC0415

    _print_status(end(Settings.from_env()))


def _print_status(state: ServerStatus, as_json: bool = False) -> None:
    from dataclasses import asdict  # noqa: PLC0415

    facts = {key: value for key, value in asdict(state).items() if value is not None}
    if as_json:
        click.echo(json.dumps(facts, default=str))
        return
    for key, value in facts.items():
        click.echo(f"{key.replace('_', ' ')}: {value}")


_port = click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="The app's port.")
_browser = click.option("--browser/--no-browser", default=False, show_default=True, help="Open a browser window.")


@main.command()
@_port
@_browser
def app(port: int, browser: bool) -> None:
    """Open the app: timeline, network, articles, claims, Cypher. It serves this machine only."""
    from kb.launch import serve  # noqa: PLC0415

    sys.exit(serve(port, open_browser=browser))


@main.command()
@_port
@_browser
def demo(port: int, browser: bool) -> None:
    """Read the demonstration articles into the local store and open the app."""
    from ingest.read import Given  # noqa: PLC0415
    from kb.launch import seed_folder, serve  # noqa: PLC0415

    _print_summary(_ingest_with_progress([str(seed_folder())], Given()))
    sys.exit(serve(port, open_browser=browser))


if __name__ == "__main__":
    main()
