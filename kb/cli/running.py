"""A run of ingest as a command shows it: how far it is, what came of it, and how it goes on when it was broken off."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from ingest.journal import Asked, Journal
    from ingest.read import Given
    from ingest.run import Outcome, Summary
    from kb.store import Store

INTERRUPTED = 130  # the exit code of what Ctrl-C ended: 128 and the number of SIGINT
_RECENT = 200  # articles by which the rate is told
_PAUSE = 30.0  # seconds between two lines where nobody watches
_MOST_ROWS = 200  # articles of which each gets a row


@dataclass
class Course:
    """How far a run is. before: articles that were done before it was broken off; total: of all, where it is known."""

    total: int | None = None
    before: int = 0
    done: int = 0
    failed: int = 0
    ends: deque[float] = field(default_factory=lambda: deque([time.monotonic()], maxlen=_RECENT))

    def take(self, outcome: Outcome) -> None:
        """Count one more article."""
        self.done += 1
        self.failed += outcome.status == "failed"
        self.ends.append(time.monotonic())

    def told(self) -> str:
        """How far it is, in words: "120 of 1,000 articles, 2 failed, 3.1 a second, about 5 minutes left"."""
        came = self.before + self.done
        words = [f"{came:,} of {self.total:,} articles" if self.total else f"{came:,} article{'s' * (came != 1)}"]
        if self.failed:
            words.append(f"{self.failed:,} failed")
        spent = self.ends[-1] - self.ends[0]
        if self.done and spent > 0:
            rate = (len(self.ends) - 1) / spent
            words.append(f"{rate:.1f} a second" if rate >= 0.7 else f"{1 / rate:.0f} seconds each")
            if self.total and self.total > came:
                words.append(f"about {_lasting((self.total - came) / rate)} left")
        return ", ".join(words)


def _lasting(seconds: float) -> str:
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"


def ingest_with_progress(sources: Sequence[str], given: Given) -> Summary:
    """Read the sources into the store and show how far it is. Raises: KbError where `ingest` does."""
    from ingest import ingest  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store() as store, _shown(Course()) as show:
        return ingest(sources, store, given, show)


def ingest_asked(asked: Asked | None, processes: int | None, ray: str | None, *, resume: bool) -> tuple[Summary, bool]:
    """Read what is asked for and show how far it is. Returns: what came of it, and whether Ctrl-C broke it off.

    Arguments: asked, None for what the last run that was broken off was asked for; processes, how many; ray, address of
    a Ray cluster that reads; resume, whether
    such a run is gone on with. Raises: BadInput where there is none; KbError where `ingest` does.
    """
    from ingest import ingest  # noqa: PLC0415
    from ingest.read import Web, expected  # noqa: PLC0415
    from ingest.run import Summary  # noqa: PLC0415
    from kb.errors import KbError  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    outcomes: list[Outcome] = []
    with open_store() as store:
        journal = _journal(store, asked, resume=resume)
        wanted = journal.asked
        web = Web(private=bool(wanted.options.get("allow_private")))
        try:
            with _shown(Course(expected(wanted.sources), journal.articles)) as show:

                def progress(outcome: Outcome, done: int) -> None:
                    outcomes.append(outcome)
                    show(outcome, done)

                given = given_of(wanted.options)
                summary = ingest(wanted.sources, store, given, progress, processes, web, journal, ray)
        except (KeyboardInterrupt, KbError) as error:
            journal.end(over=False)
            came = journal.articles + len(outcomes)
            click.echo(f"Broken off after {came:,} article{'s' * (came != 1)}. {_goes_on(wanted)}", err=True)
            if isinstance(error, KbError):
                raise
            return Summary(journal.run, tuple(outcomes)), True
        journal.end(over=True)
    if journal.articles:
        click.echo(f"{journal.articles:,} were done before it was broken off.", err=True)
    return summary, False


def given_of(options: Mapping[str, Any]) -> Given:
    """What the user says of the sources, from options as they are kept. Raises: BadInput for columns of no field."""
    from ingest.read import Columns, Given  # noqa: PLC0415
    from kb.edtf import Edtf  # noqa: PLC0415

    published = Edtf(options["published"]) if options.get("published") else None
    columns = Columns.parse(options.get("columns") or "", options.get("order"))
    return Given(published=published, url=options.get("url"), publisher=options.get("publisher"), columns=columns)


def _journal(store: Store, asked: Asked | None, *, resume: bool) -> Journal:
    """The journal of the run to go on with, or of a new one. Raises: BadInput where nothing is asked for."""
    from ingest.journal import broken_off, new  # noqa: PLC0415
    from kb.errors import BadInput  # noqa: PLC0415

    found = broken_off(store, asked) if resume else None
    if found is not None and asked is None and (needs := _cannot_begin(found.asked)):
        found.end(over=False)
        raise BadInput(needs)
    if found is not None:
        return found
    if asked is None:
        raise BadInput("No run was broken off; give what to read: an address, a file or a folder.")
    return new(store.settings, asked)


def _cannot_begin(asked: Asked) -> str:
    if "-" in asked.sources:
        return "That run read standard input, which is not kept; give the same again: kb ingest - --resume."
    if os.path.realpath(asked.folder) != os.path.realpath(os.getcwd()):
        return f"That run was begun in another folder; go there first: cd {asked.folder}, then kb ingest --resume."
    return ""


def _goes_on(asked: Asked) -> str:
    again = "kb ingest --resume goes on"
    if "-" in asked.sources:
        again = "the same input and kb ingest - --resume go on"
    return f"What was read is stored, and no article by half; {again}."


@contextmanager
def _shown(course: Course) -> Iterator[Callable[[Outcome, int], None]]:
    """Show how far a run is: on a terminal all the time, elsewhere now and then. Gives: what is told each article."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(console, course)
        return
    columns = (SpinnerColumn(), BarColumn(20), TextColumn("{task.fields[told]}"), TextColumn("[dim]{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=course.total, completed=course.before, told="reading")

        def show(outcome: Outcome, _: int) -> None:
            course.take(outcome)
            name = escape((outcome.title or outcome.source)[:40])
            bar.update(task, description=name, completed=course.before + course.done, told=course.told())

        yield show


def _lines(console: Console, course: Course) -> Callable[[Outcome, int], None]:
    said = time.monotonic()

    def show(outcome: Outcome, _: int) -> None:
        nonlocal said
        course.take(outcome)
        if time.monotonic() - said >= _PAUSE:
            said = time.monotonic()
            console.print(course.told(), highlight=False, soft_wrap=True)

    return show


def print_summary(summary: Summary) -> None:
    """Print a row for each article, then every reason that one has, then how many there are of each status.

    Of more than two hundred articles only those with a reason are named.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table as Grid  # noqa: PLC0415

    console = Console()
    grid = Grid(
        "article", "status", "events", "dated", "claims", "entities", box=None, header_style="bold", pad_edge=False
    )
    for column in grid.columns[2:]:
        column.justify = "right"
    shown = summary.articles if len(summary.articles) <= _MOST_ROWS else ()
    for outcome in shown:
        numbers = [str(outcome.counts.get(k, "")) for k in ("events", "dated", "claims", "entities")]
        grid.add_row(escape(outcome.title or outcome.source), outcome.status, *numbers)
    if shown:
        console.print(grid)
    for outcome in summary.articles:
        if outcome.reason:
            what = (
                failure_line(outcome.source, outcome.reason)
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


def failure_line(source: str, reason: str) -> str:
    """Say that an article failed and why, with its source named once."""
    return f"failed: {reason}" if source in reason else f"failed: {source}: {reason}"
