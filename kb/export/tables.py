"""Events as tables: CSV of the events, and an Excel workbook that has claims, names and articles too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from kb.ask.answers import harmless
from kb.export.material import Exported, Happening

Cell = str | int | float | None
_EVENT = (
    "date", "earliest", "latest", "precision", "event", "type", "status", "people", "organizations", "things",
    "place", "part of", "reports", "sources", "importance", "sentence", "article", "publisher", "url", "tags", "note",
    "id",
)  # fmt: skip
_CLAIM = ("said", "speaker", "manner", "claim", "quotation", "about", "article", "publisher", "url", "id")
_NAME = ("name", "kind", "sort", "also called", "country", "latitude", "longitude", "events", "id")
_ARTICLE = ("published", "title", "publisher", "url", "id")
_LONGEST = 32_000  # characters of a cell, of which Excel takes 32,767


def csv_file(found: Exported) -> bytes:
    """A line for each event, UTF-8 with a mark by which spreadsheets know it; no cell begins like a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_EVENT)
    writer.writerows([harmless(cell) for cell in row] for row in _events(found))
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_file(found: Exported) -> bytes:
    """A workbook of four sheets. Every text is a text: none is a formula or a link."""
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheets = (("Events", _EVENT, _events(found)), ("Claims", _CLAIM, _claims(found)),
                  ("Names", _NAME, _names(found)), ("Articles", _ARTICLE, _articles(found)))  # fmt: skip
        for title, heads, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, heads, bold)
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, _clean(cell)[:_LONGEST], wrap)
                    elif cell is not None:
                        sheet.write_number(number, column, cell, wrap)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(heads) - 1, 18)
    return out.getvalue()


def _clean(text: str) -> str:
    """Without what no XML may hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _events(found: Exported) -> Iterable[Sequence[Cell]]:
    titles = {each.row.id: each.row.title for each in found.events}
    for each in found.events:
        row = each.row
        best = each.sentences[0] if each.sentences else None
        article = found.articles.get(best.article) if best else None
        yield (row.edtf, row.earliest, row.latest, row.precision, row.title, row.type, row.status,
               *_who(found, each), "; ".join(titles.get(id, id) for id in each.wholes), row.reports, row.sources,
               round(row.importance, 3), best.text if best else None, article.name if article else None,
               article.publisher if article else None, article.url if article else None, each.tags, each.note,
               row.id)  # fmt: skip


def _who(found: Exported, each: Happening) -> tuple[str, str, str, str]:
    return ("; ".join(found.names(each, "Person")), "; ".join(found.names(each, "Organization", "Place")),
            "; ".join(found.names(each, "Thing")), "; ".join(place.name for place in found.placed(each)))  # fmt: skip


def _claims(found: Exported) -> Iterable[Sequence[Cell]]:
    for claim in found.claims:
        about: list[Any] = [*claim.about_events, *claim.about_entities]
        yield (claim.said, claim.speaker_name, claim.force, claim.text, "yes" if claim.direct else "no",
               "; ".join(one.name for one in about), claim.article.name, claim.article.publisher, claim.article.url,
               claim.id)  # fmt: skip


def _names(found: Exported) -> Iterable[Sequence[Cell]]:
    counted: dict[str, int] = {}
    for each in found.events:
        for id in {*(part.entity for part in each.parts), *each.places}:
            counted[id] = counted.get(id, 0) + 1
    for one in sorted(found.entities.values(), key=lambda one: (-counted.get(one.id, 0), one.name, one.id)):
        yield (one.name, one.kind, one.subtype, "; ".join(one.aliases), one.country, one.lat, one.lon,
               counted.get(one.id, 0), one.id)  # fmt: skip


def _articles(found: Exported) -> Iterable[Sequence[Cell]]:
    for one in sorted(found.articles.values(), key=lambda one: (one.published or "9", one.id)):
        yield one.published, one.title, one.publisher, one.url, one.id
