"""The reference of all commands, made from themselves: `python -m kb.cli.reference` writes docs/commands.md."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli import TASKS, main

PATH = Path(__file__).parents[2] / "docs" / "commands.md"
_HEAD = """# Commands

Made from the program by `python -m kb.cli.reference`, as a test sees to; `kb COMMAND --help` says the same.
Exit codes: 0 done; 1 something failed or was refused; 2 words that cannot be used; 130 interrupted.

`--json` prints one JSON value on standard output and nothing else there: an object for one thing, a list for several.
Keys are in `snake_case`, dates are EDTF, moments ISO 8601 in UTC, and what there is not is `null`. Warnings and errors
are sentences on standard error, and the exit code is the same as without. Where a command asks before it changes
anything, `--json` wants `--dry-run` or `--yes`. `kb watch` prints a line for each look, `kb cypher` names its keys as
the query does.
"""


def reference() -> str:
    """All commands by task, each with its words, what it does and its options, in Markdown."""
    parts = [_HEAD]
    for task, names in TASKS.items():
        parts.append(f"## {task}\n")
        for name in names:
            parts += _command(main.commands[name], f"kb {name}")
    return "\n".join(parts)


def _command(command: click.Command, words: str) -> Iterator[str]:
    context = click.Context(command, info_name=words)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"### `{words}`\n"
    yield f"```\n{words} {usage}\n```\n"
    yield f"{_text(command.help or '')}\n"
    rows = [row for option in command.params if (row := _option(option, context))]
    if rows:
        yield "| option | |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            yield from _command(command.commands[name], f"{words} {name}")


def _text(told: str) -> str:
    """Help as Markdown: what a backslash-b keeps as it stands becomes a block of code."""
    paragraphs = inspect.cleandoc(told).split("\n\n")
    return "\n\n".join(
        f"```console\n{each.removeprefix(chr(8)).strip()}\n```" if each.startswith("\b") else " ".join(each.split())
        for each in paragraphs
    )


def _option(option: click.Parameter, context: click.Context) -> str | None:
    record = option.get_help_record(context) if isinstance(option, click.Option) else None
    if record is None:
        return None
    words, told = (re.sub(r"\s+", " ", part).replace("|", "\\|") for part in record)
    return f"| `{words}` | {told} |"


if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
