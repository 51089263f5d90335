"""Commands by which a human says what is one, what it is called, what is none, and which proposal of a model holds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.arguments import Id, json_option, print_json
from kb.cli.correcting import decide, decision_options, with_care

if TYPE_CHECKING:
    from kb.proposing import Asked, Proposal


@click.group("decide")
def decide_group() -> None:
    """Say what is one and what is not, set a field, or reject a fact: kept for good, until kb undo takes it back.

    What a decision changes is shown first, and applied when you say yes. Reading articles again never overrides one.
    Ids are in the addresses of the app's panels, in kb check and in kb cypher; the beginning of one will do that no
    other begins with.
    """


@decide_group.command()
@click.argument("ids", nargs=-1, required=True, type=Id(), metavar="ID ID...")
@decision_options
def same(ids: Sequence[str], **options: Any) -> None:
    """Say that these are one event, person, organisation, place or thing.

    \b
    kb decide same person-1f0c… person-77ab… --reason "the same man, spelled two ways"
    """
    from ingest.revising.decide import same as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, ids, **who), **options)


@decide_group.command()
@click.argument("ids", nargs=-1, required=True, type=Id(), metavar="ID OTHER...")
@decision_options
def different(ids: Sequence[str], **options: Any) -> None:
    """Say that the first is none of the others, so that nothing merges them."""
    from ingest.revising.decide import different as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, ids, **who), **options)


@decide_group.command()
@click.argument("id", type=Id())
@click.argument("parts", nargs=-1, required=True, type=Id(), metavar="PART...")
@decision_options
def split(id: str, parts: Sequence[str], **options: Any) -> None:
    """Part what was taken for one.

    ID is an event or entity; PART… are ids that are merged in it, or one article (id, address, source or title) for
    all that this article means by it.
    """
    from ingest.revising.decide import split as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, id, parts, **who), **options)


@decide_group.command()
@click.argument("id", type=Id())
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
@click.argument("event", type=Id())
@click.argument("entity", type=Id())
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
@click.argument("event", type=Id())
@click.argument("place", type=Id(), required=False)
@click.option("--nowhere", is_flag=True, help="That it was nowhere in particular.")
@decision_options
def where(event: str, place: str | None, nowhere: bool, **options: Any) -> None:
    """Say where an event was: one place, whatever its sentences say."""
    from ingest.revising.decide import where as revise  # noqa: PLC0415

    if nowhere == bool(place):
        raise click.UsageError("Give either a PLACE or --nowhere.")
    decide(lambda store, **options: revise(store, event, place, **options), **options)


@decide_group.command()
@click.argument("id", type=Id())
@decision_options
def reject(id: str, **options: Any) -> None:
    """Say that an event, an entity or a claim is none: it is shown no more."""
    from ingest.revising.decide import reject as revise  # noqa: PLC0415

    decide(lambda store, **who: revise(store, id, **who), **options)


@decide_group.command("proposed")
@click.argument("proposal")
@click.option("--not", "wrong", is_flag=True, help="That it is wrong; it is not proposed again.")
@decision_options
def proposed(proposal: str, wrong: bool, **options: Any) -> None:
    """Say whether what a model proposed (kb propose) is right: only your word makes it a fact."""
    from ingest.revising import decide as deeds  # noqa: PLC0415
    from kb.decisions import somebody  # noqa: PLC0415
    from kb.heeded import Added  # noqa: PLC0415
    from kb.proposing import Declined, decline, find  # noqa: PLC0415
    from kb.store import Settings  # noqa: PLC0415
    from kb.store.moments import now  # noqa: PLC0415

    folder = Settings.from_env().data_dir
    one = find(folder, proposal)
    if wrong and one.what != "identity":
        if not options["dry_run"]:
            decline(folder, one.id, Declined(options["by"] or somebody(), now(), options["reason"]))
        click.echo(f"Declined: {one.says}.")
        return
    options["reason"] = options["reason"] or f"proposed by {one.model}"
    if one.what == "identity":
        deed = deeds.different if wrong else deeds.same
        decide(lambda store, **who: deed(store, list(one.ids), **who), **options)
    else:
        decide(lambda store, **who: deeds.add(store, one.article, Added.of(one.added), **who), **options)


@click.command()
@click.argument("article", type=Id(), required=False)
@click.option("--new", is_flag=True, help="All articles that this model was not asked about yet, the latest first.")
@click.option("--list", "listed", is_flag=True, help="Show what was proposed and waits; asks no model.")
@click.option("--endpoint", envvar="KB_MODEL_ENDPOINT", metavar="URL", help="Address of an OpenAI-compatible model.")
@click.option("--model", envvar="KB_MODEL", metavar="NAME", help="Its name there.")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="With --new: so many articles.")
@click.option("--timeout", default=120.0, show_default=True, type=click.FloatRange(1), help="Seconds for an answer.")
@json_option
def propose(
    article: str | None, new: bool, listed: bool, endpoint: str | None, model: str | None, most: int, timeout: float,
    as_json: bool,
) -> None:  # fmt: skip
    """Ask a language model of your choice what the rules missed in ARTICLE: never needed, and never a fact by itself.

    Its text is sent to the endpoint that you name, and to no other. What quotes the article letter by letter waits on
    the page Review and in kb check; kb decide proposed ID says whether it is right. A key is read from KB_MODEL_KEY.
    """
    from itertools import islice  # noqa: PLC0415

    from ingest.revising.revise import find_article  # noqa: PLC0415
    from kb import proposing  # noqa: PLC0415
    from kb.store import open_store  # noqa: PLC0415

    if bool(article) + new + listed != 1:
        raise click.UsageError("Give an ARTICLE, --new or --list.")
    with open_store(role="reader") as store:
        if listed:
            _list_proposed(proposing.proposals(store.settings.data_dir), as_json)
            return
        wanted = find_article(store, article) if article else None  # a wrong name is told before a model is asked for
        if not endpoint or not model:
            raise click.UsageError("Name a model: --endpoint http://127.0.0.1:11434/v1 --model NAME.")
        there = proposing.Endpoint(endpoint, model, os.environ.get("KB_MODEL_KEY", ""), timeout)
        ids = [wanted] if wanted else islice(proposing.waiting_articles(store, there), most)
        done: list[Asked] = []
        try:
            for id in ids:
                done.append(proposing.propose(store, id, there))  # noqa: PERF401 (what was done before a failure is told)
        finally:
            _tell_asked(done, as_json)


def _tell_asked(done: Sequence[Asked], as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    for one in done:
        told = {"new": one.new, "known": one.known, "dropped": one.dropped, "answered before": one.kept}
        parts = [f"{number} {word}" for word, number in told.items() if number or word == "new"]
        click.echo(f"{one.title or one.article}: {', '.join(parts)}")
    asked, answered = (sum(one.tokens[end] for one in done) for end in (0, 1))
    click.echo(f"{len(done)} articles asked, {sum(one.new for one in done)} new proposals; "
               f"{asked:,} tokens sent, {answered:,} got. kb propose --list shows them.")  # fmt: skip


def _list_proposed(found: Sequence[Proposal], as_json: bool) -> None:
    if as_json:
        print_json([{"id": one.id, **asdict(one)} for one in found])
        return
    for one in found:
        click.echo(f"{one.id}  {one.says} ({one.model})\n  “{' '.join(one.quotation.split())}”")
    if not found:
        click.echo("Nothing is proposed.")


@click.command()
@click.argument("article", type=Id())
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
@click.argument("decision", type=Id(), required=False)
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


COMMANDS = (decide_group, propose, undo, decisions, remove, aliases)
