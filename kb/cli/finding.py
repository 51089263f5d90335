"""The commands that find: what is told by its words, and how two names are connected."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import Id, json_option, print_json

if TYPE_CHECKING:
    from kb.ask.network import Behind
    from kb.ask.rows import Named
    from kb.ask.search import Found, Hit
    from kb.edtf import Edtf
    from kb.store import Store

_MARKS = '"*'  # around what is looked for
_SENTENCES = 3  # behind each step of a path


@click.command()
@click.argument("words", nargs=-1, required=True)
@json_option
@click.option("--semantic", is_flag=True, help="Sentences that mean the same in whatever words, the nearest first.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="So many of a group.")
def search(words: tuple[str, ...], as_json: bool, semantic: bool, limit: int) -> None:
    """Find words in events, names, claims, sentences and articles.

    All WORDS must stand there. In quotation marks they follow each other; one that ends in * is the beginning of many.
    A date with its year also finds what happened, was said or appeared then. --semantic wants `kb index` once.

    \b
    kb search Istanbul guarantees
    kb search '"peace talks" negotiat*'
    kb search Istanbul March 2022 --json
    kb search --semantic promises of protection by the West
    """
    from kb import ask  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    typed = " ".join(words)
    with open_store(role="reader") as store:
        if semantic:
            found, ways_on = ask.search_by_meaning(store, typed, limit=limit), "Nothing found."
        else:
            found = ask.search(store, typed, when=date_in(typed), limit=limit)
            ways_on = "" if found.groups or as_json else _ways_on(store, typed)
    if found.unindexed:
        click.echo(f"{found.unindexed:,} sentences are not indexed yet; kb index does it.", err=True)
    if as_json:
        print_json(plain(found))
        return
    for group in found.groups:
        click.echo(f"{group.name}{', the first' if group.more else ''}")
        for hit in group.hits:
            click.echo(f"  {_line(hit)}")
    if not found.groups:
        click.echo(ways_on)


def _ways_on(store: Store, typed: str) -> str:
    """A sentence that leads on from words that nothing has."""
    from kb.leads import leads  # noqa: PLC0415

    led = leads(store, typed)
    several = len(led.nowhere) > 1
    lacking = (
        f": {_listed(led.nowhere, 'and', marked=True)} stand{'s' * (not several)} nowhere"
        if led.nowhere
        else " in one place"
    )
    ways = [f"kb search {_as_argument(way)}" for way in led.ways]
    ways += [f"kb search --semantic {_as_argument(typed)}"] if led.by_meaning else []
    on = f"try {_listed(ways, 'or', marked=False)}" if ways else "a word with * finds all that begins so"
    return f"Nothing found{lacking}; {on}."


def _listed(words: Sequence[str], last: str, *, marked: bool) -> str:
    told = [f"“{each.strip(_MARKS)}”" if marked else each for each in words]
    return f" {last} ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)


def _as_argument(words: str) -> str:
    """Words as a shell takes them for one search."""
    parts = words.split()
    return words if shlex.join(parts) == words else shlex.quote(words)


def date_in(typed: str) -> tuple[str, Edtf] | None:
    """As `asked_date`, whose import takes seconds: a year has figures."""
    if not any(letter.isdigit() for letter in typed):
        return None
    from ingest.reading.asked_dates import asked_date  # noqa: PLC0415

    return asked_date(typed)


def plain(found: Found) -> dict[str, Any]:
    """What was found as JSON-like data."""
    groups = [{"name": group.name, "more": group.more, "hits": [asdict(hit) for hit in group.hits]}
              for group in found.groups]  # fmt: skip
    return {"words": found.words, "date": found.date, "groups": groups, "unindexed": found.unindexed}


def _line(hit: Hit) -> str:
    """A hit in a line, what was looked for in bold on a terminal."""
    parts, at = [], 0
    for start, end in hit.marks:
        parts += [hit.text[at:start], click.style(hit.text[start:end], bold=True)]
        at = end
    text = " ".join("".join((*parts, hit.text[at:])).split())
    if hit.kind == "Event":
        doubt = "" if hit.status == "asserted" else f" [{hit.status}]"
        return f"{hit.when or 'date unknown'}: {text}{doubt} {hit.id}"
    if hit.kind == "Claim":
        who = f"{hit.speaker.name if hit.speaker else 'unnamed source'} {hit.cue or 'said'}"
        return f"{hit.when or 'not known when'}: {who}: {text} {_source(hit)} {hit.id}"
    if hit.kind == "Passage":
        return f"{text} {_source(hit)}"
    if hit.kind == "Article":
        return f"{hit.when or 'publication date unknown'}: {text} {hit.id}"
    also = f" ({', '.join(hit.aliases)})" if hit.aliases else ""
    return f"{text}{also}, {hit.kind.lower()} {hit.id}"


def _source(hit: Hit) -> str:
    return f"({hit.article.name})" if hit.article else ""


@click.command()
@click.argument("one", type=Id(), metavar="NAME")
@click.argument("other", type=Id(), metavar="NAME")
@json_option
def path(one: str, other: str, as_json: bool) -> None:
    """Show the shortest connection of two names, with the sentences behind each step.

    It leads through events that they took part in and claims that were made. NAME is a name, another name or an id.

    \b
    kb path "David Arakhamia" "Boris Johnson"
    """
    from kb import ask  # noqa: PLC0415
    from kb.errors import BadInput  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    with open_store(role="reader") as store:
        ends = [ask.called(store, name) for name in (one, other)]
        if ends[0].id == ends[1].id:
            raise BadInput(f"“{one}” and “{other}” are one and the same, {ends[0].name}; give two names.")
        found = ask.connection(store, ends[0].id, ends[1].id)
    if as_json:
        print_json(found)
    elif found is None:
        click.echo(f"Nothing connects {ends[0].name} and {ends[1].name}.")
    else:
        for hop in found.hops:
            _print_step(hop)


def _print_step(hop: Behind) -> None:
    from kb.ask.network.connection import meaning  # noqa: PLC0415

    click.echo(f"{_node(hop.one)} [{meaning(hop)}] {_node(hop.other)}")
    told = [(claim.sentence, claim.article) for claim in hop.claims] or [(s.text, s.article) for s in hop.sentences]
    lines = dict.fromkeys(f"    {' '.join(text.split())} ({article.name})" for text, article in told)
    for line in list(lines)[:_SENTENCES]:
        click.echo(line)


def _node(one: Named) -> str:
    return f"{one.name} ({one.when})" if one.kind == "Event" else one.name


COMMANDS = (search, path)
