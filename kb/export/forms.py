"""The forms in which events are written out: each with its ending, its media type and its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.errors import BadInput
from kb.export import calendar, cypher, ftm, graphml, jsonld, page, structured, tables
from kb.export.material import Exported


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what it is called, the ending of its files, the media type, who reads it, and what writes it."""

    title: str
    ending: str
    media: str
    reader: str
    make: Callable[[Exported], bytes]


FORMS: Mapping[str, Form] = {
    "csv": Form("CSV", "csv", "text/csv", "spreadsheets", tables.csv_file),
    "xlsx": Form("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheets",
                 tables.xlsx_file),
    "json": Form("JSON", "json", "application/json", "programs", structured.json_file),
    "timelinejs": Form("TimelineJS", "json", "application/json", "TimelineJS 3", structured.timelinejs_file),
    "ical": Form("Calendar", "ics", "text/calendar", "calendars", calendar.ical_file),
    "jsonld": Form("JSON-LD", "jsonld", "application/ld+json", "schema.org", jsonld.jsonld_file),
    "graphml": Form("GraphML", "graphml", "application/graphml+xml", "Gephi, networkx, yEd", graphml.graphml_file),
    "cypher": Form("Cypher", "cypher", "application/x-cypher-query", "an empty graph", cypher.cypher_file),
    "ftm": Form("FollowTheMoney", "ftm.json", "application/json+ftm", "Aleph, OpenSanctions", ftm.ftm_file),
    "html": Form("Web page", "html", "text/html", "any browser, offline", page.html_file),
}  # fmt: skip


def form_of(name: str) -> Form:
    """A form by its name. Raises: BadInput."""
    if name not in FORMS:
        raise BadInput(f"“{name}” is no form to export to; known are {', '.join(FORMS)}")
    return FORMS[name]


def write(found: Exported, name: str) -> bytes:
    """What was gathered as a file of this form. Raises: BadInput."""
    return form_of(name).make(found)
