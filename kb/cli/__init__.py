"""The `kb` command: every subcommand explains itself; what goes wrong is one sentence and a non-zero exit.

Each room holds the commands of one purpose and names them in its COMMANDS; a new room is one more in ROOMS. The
language model and Streamlit take seconds to import, so commands import what they need when they run.
"""

from __future__ import annotations

import errno
import os
from typing import Any

import click

from kb.cli import (
    adding,
    asking,
    checkup,
    connecting,
    correcting,
    deciding,
    exporting,
    finding,
    keeping,
    listing,
    serving,
    telling,
)
from kb.errors import KbError
from kb.version import __version__

TASKS = {
    "Begin": ("demo", "init", "doctor", "completion"),
    "Add articles": ("ingest", "watch", "annotate", "source"),
    "Look": ("app", "timeline", "digest", "claims", "search", "path", "why"),
    "Mend": (
        "check",
        "decide",
        "set-date",
        "set-published",
        "aliases",
        "remove",
        "propose",
        "undo",
        "decisions",
        "reannotate",
    ),
    "Ask, prove, hand on": ("cypher", "verify", "export", "api", "mcp"),
    "Keep": ("store", "index", "backup", "restore", "user"),
}
"""What people come for, in the order in which they come, and the commands that do it; `kb --help` shows them so."""

_REFUSED = frozenset((errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT))
"""What the system answers where a file cannot be written, whatever the file is for."""

ROOMS = (
    adding,
    correcting,
    deciding,
    finding,
    listing,
    telling,
    exporting,
    asking,
    connecting,
    keeping,
    serving,
    checkup,
)


class Commands(click.Group):
    """A group whose errors are one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; a KbError ends it with its sentence, and so does a file that cannot be written."""
        try:
            return super().invoke(ctx)
        except KbError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
            said = f"{error.filename or 'A file'} cannot be used ({error.strerror}); see to its folder or the disk"
            raise click.ClickException(f"{said}, then try again: nothing is stored by half") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by task; one that no task names comes last."""
        named = {name for names in TASKS.values() for name in names}
        rest = tuple(name for name in self.list_commands(ctx) if name not in named)
        # first the longest name is known, so that all tasks have one column
        width = max(map(len, self.commands)) + 2
        for task, names in (*TASKS.items(), ("More", rest)):
            rows = [(name.ljust(width - 2), self.commands[name].get_short_help_str(limit=130)) for name in names]
            if rows:
                with formatter.section(task):
                    formatter.write_dl(rows)


_CODES = (
    "Exit codes: 0 done; 1 something failed or was refused; 2 words that cannot be used; 130 interrupted by Ctrl-C."
)


@click.group(
    cls=Commands, epilog=_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
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
