"""Commands by which a human says what is one, what it is called, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kb.cli.arguments import json_option, print_json
from kb.cli.correcting import decide, decision_options, with_care


@click.group("decide")
def decide_group() -> None:
    """Say what is one and what is not, set a field, or reject a fact: kept for good, until kb undo takes it back.

    What a decision changes is shown first, and applied when you say yes. Reading articles again never overrides one.
    Ids are in the addresses of the app's panels, in kb check and in kb cypher.
    """


@decide_group.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@decision_options
def same(ids: Sequence[str], **options: Any) -> None:
    """Say that these are one event, person, organisation, place or thing.

    \b
    kb decide same person-1f0c… person-77ab… --reason "the same man, spelled two ways"
    """
    from ingest.revising.decide import same as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, ids, **who), **options)


@decide_group.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID OTHER...")
@decision_options
def different(ids: Sequence[str], **options: Any) -> None:
    """Say that the first is none of the others, so that nothing merges them."""
    from ingest.revising.decide import different as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, ids, **who), **options)


@decide_group.command()
@click.argument("id")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@decision_options
def split(id: str, parts: Sequence[str], **options: Any) -> None:
    """Part what was taken for one.

    ID is an event or entity; PART… are ids that are merged in it, or one article (id, address, source or title) for
    all that this article means by it.
    """
    from ingest.revising.decide import split as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, id, parts, **who), **options)


@decide_group.command()
@click.argument("id")
@click.argument(
    "field", type=click.Choice(["title", "type", "status", "name", "date", "published", "starred", "tags", "note"])
)
@click.argument("value")
@decision_options
def edit(id: str, field: str, value: str, **options: Any) -> None:
    """Set what is shown: title, type, status, date, star (yes, no), tags ("aid, border") or note of an event, name of
    an entity, published of an article. An empty VALUE takes tags or a note away.

    \b
    kb decide edit event-1f0c… title "Referendum in Crimea"
    kb decide edit event-1f0c… starred yes
    kb decide edit event-1f0c… note "Ask the ministry when the list was drawn up"
    """  # noqa: D205 - the fields are the summary
    from ingest.revising.decide import edit as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, id, field, value, **who), **options)


@decide_group.command()
@click.argument("event")
@click.argument("entity")
@click.option("--as", "role", metavar="ROLE", default="", help="As what: agent, patient, recipient, party or source.")
@click.option("--not", "none", is_flag=True, help="That they took no part.")
@decision_options
def who(event: str, entity: str, role: str, none: bool, **options: Any) -> None:
    """Say who took part in an event and as what, or that somebody took no part.

    \b
    kb decide who event-1f0c… person-77ab… --as agent
    kb decide who event-1f0c… person-77ab… --not
    """
    from ingest.revising.decide import who as revise  # noqa: PLC0415
    from kb.heeded import NONE  # noqa: PLC0415

    if none == bool(role):
        raise click.UsageError("Give either --as ROLE or --not.")
    decide(lambda store, **options: revise(store, event, entity, NONE if none else role, **options), **options)


@decide_group.command()
@click.argument("event")
@click.argument("place", required=False)
@click.option("--nowhere", is_flag=True, help="That it was nowhere in particular.")
@decision_options
def where(event: str, place: str | None, nowhere: bool, **options: Any) -> None:
    """Say where an event was: one place, whatever its sentences say."""
    from ingest.revising.decide import where as revise  # noqa: PLC0415

    if nowhere == bool(place):
        raise click.UsageError("Give either a PLACE or --nowhere.")
    decide(lambda store, **options: revise(store, event, place, **options), **options)


@decide_group.command()
@click.argument("id")
@decision_options
def reject(id: str, **options: Any) -> None:
    """Say that an event, an entity or a claim is none: it is shown no more."""
    from ingest.revising.decide import reject as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, id, **who), **options)


@click.command()
@click.argument("article")
@click.option("--purge", is_flag=True, help="Delete it for good, its text too; nothing brings it back.")
@decision_options
def remove(article: str, purge: bool, **options: Any) -> None:
    """Withdraw an article and all that only it supports.

    ARTICLE is an article's id, web address, source or title. What only it told is shown no more, and reading it again
    leaves it out; kb undo brings it back. With --purge its text and facts are deleted instead, and reading it again
    takes it anew.
    """
    from ingest.revising.decide import remove as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, article, **who), purge=purge, **options)


@click.command()
@click.argument("table", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--clear", is_flag=True, help="Use no table any more.")
@with_care
def aliases(table: Path | None, clear: bool, **options: Any) -> None:
    """Use a table of other names, by which people, bodies and places of several articles are one.

    TABLE is a CSV file (columns name, alias and, if wished, kind; or a Wikidata export with item, itemLabel and
    itemAltLabel) or a JSON file (a list of {name, aliases, kind, id}, or SPARQL results). It takes the place of the one
    before; a name that stands for two things counts for neither.
    """
    from ingest.matching.aliases import read_aliases  # noqa: PLC0415
    from ingest.revising.decide import use_aliases  # noqa: PLC0415

    if clear == (table is not None):
        raise click.UsageError("Give either a TABLE or --clear.")
    groups = read_aliases(table) if table else ()
    decide(lambda store, **_: use_aliases(store, groups), **options)


@click.command()
@click.argument("decision", required=False)
@with_care
def undo(decision: str | None, **options: Any) -> None:
    """Take a decision back, however old: the one of this id, or the latest that stands.

    What it had changed is again as if it had never been made; what was decided or added since stays.
    """
    from ingest.revising.decide import undo as revise  # noqa: PLC0415

    decide(lambda store, **_: revise(store, decision), **options)


@click.command()
@click.option("--revoked", is_flag=True, help="Also those that were taken back.")
@json_option
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="Show at most so many.")
def decisions(revoked: bool, as_json: bool, limit: int) -> None:
    """List what humans decided, latest first: what, who, when and why."""
    from kb.decisions import decisions as listed  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        found = listed(store, revoked=revoked, limit=limit)
    if as_json:
        print_json([one.model_dump() for one in found])
        return
    for one in found:
        taken = f", taken back {one.revoked_at[:16].replace('T', ' ')}" if one.revoked_at else ""
        what = " ".join(part for part in (one.kind, one.field, one.value) if part)
        click.echo(f"{one.id}  {one.at[:16].replace('T', ' ')}  {one.by}  {what}{taken}")
        click.echo(f"  {' '.join(one.targets)}" + (f" / {' '.join(one.others)}" if one.others else ""))
        if one.reason:
            click.echo(f"  {one.reason}")
    if not found:
        click.echo("Nothing was decided.")


COMMANDS = (decide_group, undo, decisions, remove, aliases)
