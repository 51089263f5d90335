"""Commands by which a human changes what the graph holds: shown first, applied on a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import EdtfDate, Id, json_option, print_json

if TYPE_CHECKING:
    from ingest.revising.differences import Difference
    from ingest.revising.effects import Effect
    from ingest.revising.revise import Revision
    from kb.edtf import Edtf


def _options(command: Any, *options: Any) -> Any:
    for option in options:
        command = option(command)
    return command


def with_care(command: Any) -> Any:
    """What every command has that shows what it changes and applies it on a yes."""
    return _options(
        command,
        json_option,
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
        click.option("--yes", is_flag=True, help="Apply without asking."),
    )


def decision_options(command: Any) -> Any:
    """What every command has by which a human decides something."""
    return _options(
        with_care(command),
        click.option("--by", metavar="NAME", help="Who decides; default: the name of your account."),
        click.option("--reason", metavar="WORDS", default="", help="Why, for those who read it later."),
    )


def _clear_option(command: Any) -> Any:
    clear = click.option("--clear", is_flag=True, help="Take the correction back: what the text says holds again.")
    return _options(command, clear)


@click.command("set-published")
@click.argument("article", type=Id())
@click.argument("date", type=EdtfDate(), required=False)
@_clear_option
@decision_options
def set_published(article: str, date: Edtf | None, clear: bool, **options: Any) -> None:
    """Correct when an article was published, and every date that hangs on it.

    ARTICLE is an article's id, web address, source or title; DATE is a day, a month or a year (“16 February 2024”,
    2024-02). What changes is shown first and applied when you say yes. The correction is kept for good: reading the
    article again does not undo it.

    \b
    kb set-published https://example.org/talks 2022-03-30 --reason "printed on the page"
    """
    from ingest.revising.revise import set_published as revise  # noqa: PLC0415

    _correct(revise, article, _date_or_clear(date, clear), options)


@click.command("set-date")
@click.argument("event", type=Id())
@click.argument("date", type=EdtfDate(), required=False)
@_clear_option
@decision_options
def set_date(event: str, date: Edtf | None, clear: bool, **options: Any) -> None:
    """Correct when an event happened, and every date that is counted from it.

    EVENT is an event's id; DATE is written as in an article (“10 April 2022”, “spring 2022”) or as EDTF (2022-02-24,
    2014~, 2022-03-27/2022-04-02). What changes is shown first and applied when you say yes. Each report keeps the date
    that its own sentence gives.
    """
    from ingest.revising.revise import set_date as revise  # noqa: PLC0415

    _correct(revise, event, _date_or_clear(date, clear), options)


def _date_or_clear(date: Edtf | None, clear: bool) -> Edtf | None:
    if clear == (date is not None):
        raise click.UsageError("Give either a DATE or --clear.")
    return date


def _correct(revise: Any, target: str, date: Edtf | None, options: dict[str, Any]) -> None:
    decide(lambda store, **who: revise(store, target, date, **who), **options)


def decide(
    make: Callable[..., Revision],
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    by: str | None = None,
    reason: str = "",
    purge: bool = False,
) -> None:
    """Show what a decision changes, and apply it on a yes.

    Arguments: make, which gives the Revision for an open store, `by` and `reason`; the options of a decision; purge,
    whether the article that it withdraws is deleted instead.
    """
    _answered(dry_run, yes, as_json)
    from ingest.revising.remove import purge as delete  # noqa: PLC0415
    from ingest.revising.revise import apply  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store() as store:
        revision = make(store, by=by, reason=reason)
        if not as_json:
            _print_differences(revision.differences)
            _print_effects(revision.effects)
        if not yes and not dry_run:
            click.confirm("Delete it for good?" if purge else "Apply this?", abort=True)
        if not dry_run:
            if purge and revision.decision:
                delete(store, revision.decision.targets[0])
            else:
                apply(store, revision)
    undone = f" kb undo {revision.decision.id} takes it back." if revision.decision else ""
    if as_json:
        print_json(_as_answer(revision, applied=not dry_run, purge=purge))
    elif not dry_run:
        click.echo("Deleted." if purge else f"Applied.{undone}")


def _answered(dry_run: bool, yes: bool, as_json: bool) -> None:
    """See that nobody has to be asked where a program reads the answer. Raises: click.UsageError."""
    if as_json and not (dry_run or yes):
        raise click.UsageError("With --json nobody is asked; give --dry-run to see what would change, or --yes.")


def _as_answer(revision: Revision, *, applied: bool, purge: bool) -> dict[str, Any]:
    kept = revision.decision if not purge else None
    return {
        "applied": applied,
        "decision": kept.model_dump() if kept else None,
        "revoked": [one.id for one in revision.revoked],
        "differences": revision.differences,
        "effects": [one.plain() for one in revision.effects],
    }


_CHANGES = {"merged": "becomes one with", "apart": "is apart again from", "gone": "is no longer shown",
            "back": "is shown", "changed": "changes"}  # fmt: skip
_DETAILS = {"words": "called", "reports": "sentences"}


def _print_effects(effects: Sequence[Effect]) -> None:
    if effects:
        click.echo(f"{len(effects)} change{'s' * (len(effects) != 1)} of what is shown:")
    for effect in effects:
        into = f" “{_short(effect.into)}”" if effect.into else ""
        click.echo(f"“{_short(effect.words)}” {_CHANGES[effect.change]}{into} ({effect.id})")
        for name, before, after in effect.details:
            was, becomes = ("none" if value is None else value for value in (before, after))
            click.echo(f"  {_DETAILS.get(name, name)}: {was} → {becomes}")
    if not effects:
        click.echo("Nothing that is shown changes.")


def _print_differences(differences: Sequence[Difference]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table as Grid  # noqa: PLC0415

    from kb.ask.words import human  # noqa: PLC0415

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
    if not differences:
        return
    click.echo(f"{len(differences)} difference{'s' * (len(differences) != 1)} in what the articles say:")
    Console().print(grid)


def _short(words: str) -> str:
    from kb.shown.derivation import joined  # noqa: PLC0415

    line = joined(words)
    return line if len(line) <= 70 else f"{line[:67]}…"


@click.command()
@click.argument("articles", nargs=-1, type=Id(), metavar="[ARTICLE...]")
@with_care
@click.option("--originals", is_flag=True, help="Read the bytes that were got, not the text that was taken from them.")
def reannotate(articles: Sequence[str], dry_run: bool, yes: bool, as_json: bool, originals: bool) -> None:
    """Read stored articles again with the rules of this version, all of them or those named.

    ARTICLE is an article's id, web address, source or title. The stored text is read, not the source; with --originals
    the page or file as it was got, so that what these rules leave out of a page, or no longer leave out, changes too.
    What changes is shown first, article by article, and applied when you say yes.
    """
    from ingest.revising.revise import apply, every_article, find_article, reread, reread_original  # noqa: PLC0415
    from kb.errors import BadInput  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    _answered(dry_run, yes, as_json)
    read: list[dict[str, Any]] = []
    with open_store() as store:
        for id in [find_article(store, words) for words in articles] or every_article(store):
            try:
                revision = reread_original(store, id) if originals else reread(store, id)
            except BadInput as error:
                click.echo(str(error), err=True)
                continue
            if revision.empty:
                continue
            article, differing = revision.facts[0].article, revision.differences
            if differing and not as_json:
                click.echo(f"{article.title or article.source} ({id})")
                _print_differences(differing)
            applied = not dry_run and (yes or not differing or click.confirm("Apply this?"))
            if applied:
                apply(store, revision)
            read.append({"id": id, "title": article.title, "source": article.source, "applied": applied,
                         "differences": differing})  # fmt: skip
    if as_json:
        print_json(read)
    else:
        _tell_read(len(read), sum(bool(one["differences"]) for one in read))


def _tell_read(read: int, differing: int) -> None:
    if not read:
        click.echo("Nothing changed.")
        return
    told = "1 article had" if read == 1 else f"{read} articles had"
    click.echo(f"{told} been read with other rules; {differing} of them now differ{'s' * (differing == 1)}.")


COMMANDS = (set_published, set_date, reannotate)
