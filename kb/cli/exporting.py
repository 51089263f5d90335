"""The command that writes events out for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kb.cli.arguments import Id
from kb.cli.listing import entity_option, reader, span_given, standing, types_of_deeds
from kb.errors import BadInput

FORMATS = ("csv", "json", "xlsx", "timelinejs", "ical", "jsonld", "graphml", "cypher", "ftm", "html")


@click.command()
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What the file is for.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write into this file.")
@click.option("--text", metavar="WORDS", help="Words in the title or a sentence.")
@entity_option
@click.option("--part-of", type=Id(), metavar="ID", help="Only the parts of this event: a war, a siege, talks.")
@click.option("--deeds", is_flag=True, help="Only what was done; leaves out statements, speeches, interviews.")
@click.option("--salience", default=0.0, type=click.FloatRange(0, 1), help="Only from this salience on.")
@click.option("--from", "earliest", metavar="DAY", help="Not before this day (2022-02-24).")
@click.option("--to", "latest", metavar="DAY", help="Not after this day.")
@click.option("--as-of", metavar="DATE", help="As it was recorded then (2024-02-16 or 2024-02-16T18:30).")
@click.option("--title", default="", metavar="WORDS", help="What the file calls itself.")
@click.option("--limit", default=100_000, show_default=True, type=click.IntRange(1), help="The most important so many.")
def export(
    form: str,
    out: Path | None,
    salience: float,
    earliest: str | None,
    latest: str | None,
    as_of: str | None,
    title: str,
    limit: int,
    deeds: bool,
    **wanted: Any,
) -> None:
    """Write dated events out, with who took part, where, the sentences, articles and claims.

    csv and xlsx are for spreadsheets, timelinejs for TimelineJS 3, ical for calendars, jsonld in the words of
    schema.org, graphml for Gephi and networkx, cypher for an empty graph, ftm (FollowTheMoney) for Aleph, html for any
    browser, without the internet.

    \b
    kb export --format xlsx --out talks.xlsx --text Istanbul
    kb export --format html --out story.html --salience 0.5
    kb export --format ical --from 2022-01-01 --to 2022-12-31 --out 2022.ics
    """
    from kb import export as forms  # noqa: PLC0415

    span_given(earliest, latest)
    if out is None and forms.form_of(form).ending == "xlsx" and sys.stdout.isatty():
        raise BadInput("A workbook is no text for a terminal; name a file with --out.")
    with reader(as_of) as store:
        types = {"type": types_of_deeds(store)} if deeds else {}
        found = forms.gather(
            store, title, limit=limit, earliest=earliest, latest=latest,
            min_salience=salience, **types, **standing(store, wanted),
        )  # fmt: skip
    made = forms.write(found, form)
    if out is None:
        sys.stdout.buffer.write(made)
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror or error}.") from error
    cut = f", the most important of {found.whole:,}" if found.whole > len(found.events) else ""
    click.echo(f"{len(found.events):,} event{'s' * (len(found.events) != 1)}{cut}, in {out}")


COMMANDS = (export,)
