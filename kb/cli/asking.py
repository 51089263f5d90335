"""Commands that only ask: they change nothing, but for `kb cypher --write`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import Id, json_option, print_json

_SHOWN = 2000  # characters of a cell
_WHOLE = 40  # characters of a word that is not broken

if TYPE_CHECKING:
    from kb.checks import Group
    from kb.store import Table


@click.command()
@click.argument("id", type=Id(), metavar="DATE-ID")
@json_option
def why(id: str, as_json: bool) -> None:
    """Say how a date was reached: its words, what they were counted from, and by which rule.

    DATE-ID is the id of a time expression, an event, a claim or an article, or as much of its beginning as tells it
    from others. What something was counted from is explained below it.

    \b
    kb why "$(kb cypher --csv "MATCH (e:Event) RETURN e.id ORDER BY e.salience DESC LIMIT 1" | tail -1)"
    """
    from kb.ask.why import why as explain  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        reasons = explain(store, id)
    if as_json:
        print_json(reasons)
        return
    for reason in reasons:
        click.echo(f"{'   ' * reason.depth}{'↳ ' if reason.depth else ''}{reason.line}")
        if reason.sentence:
            click.echo(f"{'   ' * reason.depth}   in “{' '.join(reason.sentence.split())}” ({reason.source})")


@click.command()
@json_option
def verify(as_json: bool) -> None:
    """Prove the graph: each fact's words stand in its stored text, letter by letter, and nothing hangs loose.

    What is merged and what is shown is reckoned anew from the articles' statements and the decisions, and compared. The
    originals that are kept of articles are the bytes that were got.

    Exit code 1 if anything does not hold.
    """
    from ingest import originals  # noqa: PLC0415
    from ingest.revising.recompute import recompute  # noqa: PLC0415
    from ingest.revising.revise import read_by_others  # noqa: PLC0415
    from kb.checks.verify import Fault  # noqa: PLC0415
    from kb.checks.verify import verify as prove  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        proof = prove(store)
        recompute(store, proof)
        older = 0 if proof.holds else read_by_others(store)
        folder = store.settings.data_dir
    for article, wrong in originals.damaged(folder):
        proof.faults.append(Fault("original", article, wrong))
    proof.checked["originals"] = originals.count(folder)
    if as_json:
        print_json({"checked": proof.checked, "faults": proof.faults})
    else:
        for fault in proof.faults:
            click.echo(": ".join(part for part in (fault.kind, fault.id, fault.detail) if part))
        told = ", ".join(f"{count:,} {name}" for name, count in proof.checked.items()) or "nothing: the graph is empty"
        click.echo(f"Checked {told}.")
        click.echo("Everything holds." if proof.holds else f"Faults: {len(proof.faults):,}.")
        if older:
            click.echo(f"{older:,} articles were read by the rules of another version; kb reannotate reads them again.")
    if not proof.holds:
        sys.exit(1)


@click.command()
@json_option
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
        print_json([checks.plain(group) for group in groups])
    else:
        _print_checks(groups)
    if strict and any(group.kind.impossible for group in groups):
        sys.exit(1)


def _print_checks(groups: Sequence[Group]) -> None:
    for group in groups:
        among = f" of {group.among:,} without a date or a year" if group.among else ""
        click.echo(f"{group.kind.title}: {group.total:,}{among}. {group.kind.advice}")
        for doubt in group.doubts:
            click.echo(f"  - {doubt.says}" + (f" (settles {doubt.settles:,})" if doubt.settles > 1 else ""))
            ids = [one.id for one in (*doubt.events, *doubt.entities, *doubt.claims, *doubt.articles)]
            if ids:
                click.echo(f"    {' '.join(ids)}")
            for sentence in doubt.evidence:
                click.echo(f"    “{' '.join(sentence.text.split())}” ({sentence.article.name})")
        if group.total > len(group.doubts):
            click.echo(f"  and {group.total - len(group.doubts):,} more; raise --limit to see them")
    if not groups:
        click.echo("Nothing to look at.")


@click.command()
@click.argument("query")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--write", is_flag=True, help="Allow the query to change the graph.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1), help="Print at most so many rows.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Give up after so many seconds."
)
@click.option("--megabytes", default=16, show_default=True, type=click.IntRange(1), help="Print at most so much.")
def cypher(query: str, form: str | None, write: bool, limit: int, timeout: float, megabytes: int) -> None:
    """Ask the graph in Cypher, read-only unless --write. A query of - is read from standard input.

    \b
    kb cypher "MATCH (e:Event) RETURN e.edtf, e.title ORDER BY e.earliest LIMIT 10"
    """
    from kb.ask.schema_words import unknown_words  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    text = sys.stdin.read() if query == "-" else query
    with open_store(role="writer" if write else "reader") as store:
        table = store.table(text, limit=limit, size=megabytes * 2**20, timeout=timeout)
        unknown = unknown_words(store, text)
    _print_table(table, form)
    for sentence in unknown:
        click.echo(sentence, err=True)


def _print_table(table: Table, form: str | None) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table as Grid  # noqa: PLC0415

    from kb.ask.answers import as_csv, as_json, cell, records  # noqa: PLC0415

    if form == "json":
        click.echo(as_json(table))
    elif form == "csv":
        click.echo(as_csv(table), nl=False)
    else:
        cells = [[_shortened(_words(cell(value))) for value in row.values()] for row in records(table)]
        grid = Grid(header_style="bold")
        widths = [_widths(name, *(row[place] for row in cells)) for place, name in enumerate(table.columns)]
        word = max((longest for longest, _ in widths), default=1)
        for name, (_, whole) in zip(table.columns, widths, strict=True):
            grid.add_column(escape(name), overflow="fold", no_wrap=whole <= _WHOLE)
        for row in cells:
            grid.add_row(*map(escape, row))
        # A date that is cut says nothing; a line that is too long is all there.
        needed = 1 + sum(3 + (whole if whole <= _WHOLE else word) for _, whole in widths)
        console = Console(width=max(Console().width, needed))
        console.print(grid)
        click.echo(f"{len(table.rows)} row{'s' * (len(table.rows) != 1)} in {table.seconds:.2f} s")
    if table.truncated:
        click.echo(f"Only the first {len(table.rows)} rows are shown; raise --limit or --megabytes for more.", err=True)


def _widths(*texts: str) -> tuple[int, int]:
    """How wide the longest word of a column is, up to what is broken, and the longest text; characters."""
    words = (len(word) for text in texts for word in text.split())
    return min(max(words, default=1), _WHOLE), max(map(len, texts))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters; --json prints all)"


COMMANDS = (why, verify, check, cypher)
