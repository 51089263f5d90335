"""Commands that list what the graph holds, now or as it was recorded at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from kb.cli.arguments import Id, json_option, print_json
from kb.errors import BadInput

entity_option = click.option(
    "--entity", "--person", "--who", "entity", type=Id(), metavar="NAME",
    help="What this person, organisation, place or thing took part in (a name or id).",
)  # fmt: skip
"""The option of whom a list of events is about; `standing` finds him by it."""


def _period(command: Any) -> Any:
    for option in (
        click.option("--as-of", metavar="DATE", help="As it was recorded then (2024-02-16 or 2024-02-16T18:30)."),
        click.option("--from", "earliest", metavar="DAY", help="Not before this day (2022-02-24)."),
        click.option("--to", "latest", metavar="DAY", help="Not after this day."),
        json_option,
        click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="Print at most so many."),
    ):
        command = option(command)
    return command


_CLOCKS = {"happened": "what it is about happened", "said": "it was said", "published": "its article was published",
           "recorded": "it came into the graph"}  # fmt: skip


def _clocks(command: Any) -> Any:
    """The options that bound the clocks of a claim but that of saying, which --from and --to bound."""
    for clock, words in reversed([(clock, words) for clock, words in _CLOCKS.items() if clock != "said"]):
        for end, bound in (
            ("to", f"Only where {words} by this day."),
            ("from", f"Only where {words} from this day on."),
        ):
            command = click.option(f"--{clock}-{end}", metavar="DAY", help=bound)(command)
    return command


def days_given(*days: str | None) -> None:
    """See that what should be days are some. Raises: InvalidDate when one is no ISO day."""
    from kb.store.moments import moment  # noqa: PLC0415

    for day in days:
        if day:
            moment(day)


def span_given(earliest: str | None, latest: str | None, *others: str | None, of: str = "") -> None:
    """As `days_given`, and that the first is not later than the second.

    Arguments: of, what stands before "from" and "to" in their options. Raises: InvalidDate, BadInput.
    """
    days_given(earliest, latest, *others)
    if earliest and latest and earliest > latest:
        raise BadInput(f"--{of}from {earliest} is later than --{of}to {latest}; give the earlier day first.")


@contextmanager
def reader(as_of: str | None) -> Iterator[Any]:
    """The graph opened for reading, now or as it was recorded then. Raises: InvalidDate, StoreError."""
    from kb.ask.past import Past  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415
    from kb.store.moments import moment  # noqa: PLC0415

    at = moment(as_of) if as_of else None
    with open_store(role="reader") as store:
        yield Past(store, at) if at else store


def standing(store: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """The options, with whom a name means, and with what was merged into another since given as that one.

    Raises: NotFound when nobody has that name or id; StoreError.
    """
    from kb import ask  # noqa: PLC0415
    from kb.ask.identity import canonical  # noqa: PLC0415

    ids, named = ("entity", "speaker", "event", "part_of"), ("entity", "speaker")
    found = {name: canonical(store, value) if name in ids and value else value for name, value in wanted.items()}
    return {name: ask.called(store, value).id if name in named and value else value for name, value in found.items()}


@click.command()
@click.option("--text", metavar="WORDS", help="Words in the title or a sentence.")
@entity_option
@click.option("--part-of", type=Id(), metavar="ID", help="Only the parts of this event: a war, a siege, talks.")
@click.option("--deeds", is_flag=True, help="Only what was done; leaves out statements, speeches, interviews.")
@click.option("--fold", is_flag=True, help="What is part of another event in the list, below it.")
@click.option("--salience", default=0.0, type=click.FloatRange(0, 1), help="Only from this salience on.")
@_period
def timeline(
    as_of: str | None,
    earliest: str | None,
    latest: str | None,
    as_json: bool,
    limit: int,
    salience: float,
    fold: bool,
    deeds: bool,
    **wanted: Any,
) -> None:
    """List dated events, the most important of them, in the order of time.

    \b
    kb timeline --from 2022-02-01 --to 2022-04-30 --salience 0.6
    kb timeline --fold
    kb timeline --as-of 2024-02-16 --text Istanbul
    """
    from kb import ask  # noqa: PLC0415
    from kb.ask.kept.choosing import LOOKED_THROUGH  # noqa: PLC0415
    from kb.ask.kept.spreads import MOST_IMPORTANT  # noqa: PLC0415

    span_given(earliest, latest)
    with reader(as_of) as store:
        found = {"earliest": earliest, "latest": latest, "min_salience": salience, **standing(store, wanted)}
        if deeds:
            found["type"] = types_of_deeds(store)
        rows = ask.timeline(store, limit=limit, **found)
        cut = bool(wanted["text"]) and limit <= LOOKED_THROUGH and ask.spread(store, **found).cut
    if cut:
        click.echo(f"{MOST_IMPORTANT} A --limit above {LOOKED_THROUGH:,} finds all.", err=True)
    rows.sort(key=lambda row: (row.earliest or row.latest or "", row.id))
    if as_json:
        print_json(rows)
        return
    for depth, row in folded(rows) if fold else ((0, row) for row in rows):
        doubt = "" if row.status == "asserted" else f" [{row.status}]"
        sources = f", {row.sources} sources" if row.sources > 1 else ""
        told = f"{row.reports} report{'s' * (row.reports != 1)}{sources}"
        when = f"{row.when} ({row.doubt})" if row.doubt else row.when
        click.echo(f"{'    ' * depth}{when}: {row.title}{doubt} ({told}) {row.id}")
    if not rows:
        click.echo("No event.")


def types_of_deeds(graph: Any) -> tuple[str, ...]:
    """The types of what was done, not only said, as options ask for them. Arguments: the graph, now or then."""
    from kb import ask  # noqa: PLC0415
    from kb.ask.past import Past  # noqa: PLC0415
    from kb.counted import deeds  # noqa: PLC0415

    known = () if isinstance(graph, Past) else ask.facets(graph).types
    return deeds(name for name, _ in known)


def folded(rows: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Rows of a timeline, each behind the one that it is a part of, with how deep it lies."""
    listed = {row.id for row in rows}
    below: dict[str | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.whole_id if row.whole_id in listed else None, []).append(row)
    waiting = [(0, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        yield depth, row
        waiting += [(depth + 1, part) for part in reversed(below.get(row.id, []))]


@click.command()
@click.option("--text", metavar="WORDS", help="Words in the claim or its speaker.")
@click.option("--speaker", type=Id(), metavar="NAME", help="Who made it (a name or id).")
@click.option("--event", type=Id(), metavar="ID", help="The event that it is about.")
@click.option("--by", "public_by", metavar="DAY", help="Only what was public for sure by this day.")
@click.option("--order", default="said", show_default=True, type=click.Choice(tuple(_CLOCKS)), help="By which clock.")
@_clocks
@_period
def claims(
    as_of: str | None,
    earliest: str | None,
    latest: str | None,
    as_json: bool,
    limit: int,
    public_by: str | None,
    order: Any,
    **wanted: Any,
) -> None:
    """List who said what, in the order of saying, or of another clock; --from and --to bound when it was said.

    \b
    kb claims --text Istanbul --by 2023-12-31     # what was publicly said by then
    kb claims --happened-from 2022-03-01 --happened-to 2022-03-31 --order published
    """
    from kb import ask  # noqa: PLC0415
    from kb.ask.words import as_said  # noqa: PLC0415

    span_given(earliest, latest, public_by)
    for clock in _CLOCKS:
        if clock != "said":
            span_given(wanted[f"{clock}_from"], wanted[f"{clock}_to"], of=f"{clock}-")
    with reader(as_of) as store:
        found = {"said_from": earliest, "said_to": latest, "public_by": public_by, **standing(store, wanted)}
        rows = ask.claims(store, limit=limit, order=order, **found)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        who = f"{row.speaker_name} {row.cue or 'said'}"
        click.echo(f"{row.said_human}: {who}: {as_said(row.text, direct=row.direct)} ({row.article.name}) {row.id}")
    if not rows:
        click.echo("No claim.")


COMMANDS = (timeline, claims)
