"""Commands that keep a story safe: all of it into one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import json_option, print_json

if TYPE_CHECKING:
    from kb.backup import Manifest

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


def _told(made: Manifest) -> str:
    return (f"{made.nodes.get('Article', 0):,} articles, {sum(made.nodes.values()):,} nodes, "
            f"{sum(made.relationships.values()):,} relationships and {made.files:,} files beside them")  # fmt: skip


COMMANDS = (backup, restore)
