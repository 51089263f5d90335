"""The `kb` command: every subcommand explains itself; what goes wrong is one sentence and a non-zero exit.

Each room holds the commands of one purpose and names them in its COMMANDS; a new room is one more in ROOMS. The
language model and Streamlit take seconds to import, so commands import what they need when they run.
"""

from __future__ import annotations

import os
from typing import Any

import click

from kb import __version__
from kb.cli import adding, asking, checkup, correcting, deciding, exporting, finding, keeping, listing, serving, telling
from kb.errors import KbError

ROOMS = (adding, correcting, deciding, finding, listing, telling, exporting, asking, keeping, serving, checkup)


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
@click.option("--project", metavar="DIR", help="Work on the project of this folder (kb init), wherever you are.")
def main(project: str | None) -> None:
    """Follow a long conflict through many articles: events, people and claims, each with the sentence it came from."""
    if project:
        os.environ["KB_PROJECT"] = project  # for the processes that are started too
        os.environ.pop("KB_DATA_DIR", None)


for _room in ROOMS:
    for _command in _room.COMMANDS:
        main.add_command(_command)
