"""The command that tells the story of the graph in few days."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import Id
from kb.cli.listing import reader, span_given
from kb.errors import BadInput

if TYPE_CHECKING:
    from kb.digest import Digest

FORMATS = ("json", "markdown", "timelinejs", "jsonl")


@click.command()
@click.option("--days", default=20, show_default=True, type=click.IntRange(1), help="Tell so many days.")
@click.option("--sentences", default=2, show_default=True, type=click.IntRange(1, 8), help="At most so many a day.")
@click.option(
    "--about",
    "--person",
    type=Id(),
    metavar="NAME",
    help="Only of this person, organisation, place or thing (a name or id).",
)
@click.option("--place", type=Id(), metavar="NAME", help="Only of what happened at this place.")
@click.option("--from", "earliest", metavar="DAY", help="Not before this day (2022-02-24).")
@click.option("--to", "latest", metavar="DAY", help="Not after this day.")
@click.option("--as-of", metavar="DATE", help="As it was recorded then (2024-02-16 or 2024-02-16T18:30).")
@click.option("--chapters", is_flag=True, help="In chapters with headings.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@click.option("--timelinejs", "form", flag_value="timelinejs", help="Print the JSON that TimelineJS 3 shows.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print a line for every day that anything is said of.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write into this file.")
def digest(
    days: int,
    sentences: int,
    about: str | None,
    place: str | None,
    earliest: str | None,
    latest: str | None,
    as_of: str | None,
    chapters: bool,
    form: str | None,
    out: Path | None,
) -> None:
    """Tell the story in its most important days, in the articles' own words.

    Each sentence can be read alone, no two tell one event, and behind each stand its article and events.

    \b
    kb digest --days 10 --sentences 2
    kb digest --person "Vladimir Putin" --from 2022-01-01 --chapters --markdown --out story.md
    kb digest --timelinejs --out story.json
    """
    from kb import ask  # noqa: PLC0415

    span_given(earliest, latest)
    if chapters and form in ("timelinejs", "jsonl"):
        raise BadInput(f"--chapters goes with text, --markdown and --json; --{form} has days alone.")
    with reader(as_of) as store, _progress() as show:
        whom = [ask.called(store, about)] if about else []
        whom += [ask.called(store, place, ("Place",))] if place else []
        found = ask.digest(
            store, most=None if form == "jsonl" else days, earliest=earliest, latest=latest,
            about=[each.id for each in whom], title=", ".join(each.name for each in whom), progress=show,
        )  # fmt: skip
    if not found.days:
        click.echo("No article says anything of a day that fits.", err=True)
    _write(_formed(found, form, days, sentences, chapters) if found.days or form else "", out)


def _formed(found: Digest, form: str | None, days: int, sentences: int, chapters: bool) -> str:
    from kb.digest import formats  # noqa: PLC0415

    if form == "jsonl":
        return formats.jsonl(found)
    short = found.best(days, sentences)
    if form == "timelinejs":
        return formats.timelinejs(short)
    write = {"json": formats.as_json, "markdown": formats.markdown}.get(form or "", formats.text)
    return write(short, chapters=chapters)


def _write(words: str, out: Path | None) -> None:
    """Raises: BadInput when the file cannot be written."""
    if out is None:
        click.echo(words, nl=False)
        return
    try:
        out.write_text(words, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror or error}.") from error


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Says on a terminal's stderr how many days are looked at; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("choosing days", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


COMMANDS = (digest,)
