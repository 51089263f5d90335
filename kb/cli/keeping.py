"""Commands that keep a story safe, all of it into one file and back, and that index what it says by its meaning."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import json_option, print_json

if TYPE_CHECKING:
    from kb.backup import Manifest

_PAUSE = 10.0  # seconds between two lines that say how far it is
_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@_file
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write the whole graph into a new FILE: articles, decisions, originals, saved views. Others may go on writing.

    It can be restored into the local server as into a Neo4j, whichever it came from.
    """
    from kb.backup import save  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        made = save(store, file)
    if as_json:
        print_json(made)
        return
    click.echo(f"{file} holds {_told(made)} ({file.stat().st_size / 2**20:,.1f} MB).")


@click.command()
@_file
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Read the FILE of a backup into an empty graph. It is proven whole before anything is written."""
    from kb import backup  # noqa: PLC0415
    from kb.store import Settings  # noqa: PLC0415

    made = backup.restore(Settings.from_env(), file)
    if as_json:
        print_json(made)
        return
    click.echo(f"Restored {_told(made)}, as of {made.made[:16].replace('T', ' ')} UTC. kb verify proves it.")


@click.command()
@click.option("--drop", "drops", is_flag=True, help="Take the index and its vectors out of the graph instead.")
@json_option
def index(drops: bool, as_json: bool) -> None:
    """Index every sentence by its meaning, for kb search --semantic. Needs: pip install 'eventline[semantic]'.

    The model runs here; no text leaves this machine. A hundred sentences take some seconds, ten thousand some minutes;
    what was broken off goes on where it was. Articles that are added later are indexed with them.
    """
    from kb import meaning  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store() as store:
        if drops:
            meaning.drop(store)
            if as_json:
                print_json(meaning.state(store))
                return
            click.echo("The index by meaning is gone; kb index makes it anew.")
            return
        model = meaning.encoder()
        before = meaning.state(store)
        click.echo(f"{before.sentences:,} sentences, by {model.name}, {model.dimensions} numbers each.", err=True)
        with _shown() as show:
            made = meaning.build(store, show)
    if as_json:
        print_json(made)
        return
    click.echo(f"{made.kept:,} sentences are indexed by their meaning; kb search --semantic finds them.")


@contextmanager
def _shown() -> Iterator[Callable[[int, int], None]]:
    """Show how far it is: a bar on a terminal, elsewhere a line now and then."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    if console.is_terminal:
        columns = (BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of)
        return
    said = time.monotonic()

    def line(done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _PAUSE:
            said = time.monotonic()
            click.echo(f"{done:,} of {of:,} sentences", err=True)

    yield line


def _told(made: Manifest) -> str:
    return (f"{made.nodes.get('Article', 0):,} articles, {sum(made.nodes.values()):,} nodes, "
            f"{sum(made.relationships.values()):,} relationships and {made.files:,} files beside them")  # fmt: skip


COMMANDS = (backup, restore, index)
