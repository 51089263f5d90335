"""Each form read back by its own reader: nothing is lost, nothing runs, nothing breaks out."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import networkx
import openpyxl
import pytest
import rdflib

from kb.errors import BadInput
from kb.export import FORMS, Exported, write
from tests.export.samples import CLAIMS, EVENTS, FORMULA, ODD, SAMPLE, SCRIPT

EMPTY = Exported("Nothing", "2026-11-29T20:15:30+00:00", 0, (), {}, {}, ())
SPEC = Path(__file__).parents[1] / "specs" / "export" / "ftm.json"
IDS = [each.row.id for each in EVENTS]


def without_controls(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_found_is_a_file_too_and_the_same_gives_the_same(form: str) -> None:
    assert write(EMPTY, form) or form == "ftm"  # no line at all
    if form != "xlsx":  # whose parts bear the moment of writing
        assert write(SAMPLE, form) == write(SAMPLE, form)


def test_an_unknown_form_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="no form to export to; known are csv"):
        write(SAMPLE, "docx")


def test_csv_has_a_line_for_each_event_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(write(SAMPLE, "csv").decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == IDS
    assert rows[1]["event"] == f"'{FORMULA}"
    assert (rows[1]["tags"], rows[1]["note"], rows[2]["note"]) == ("law", f"'{FORMULA}", "")
    assert rows[2]["event"] == SCRIPT
    assert rows[3]["event"] == ODD
    assert rows[2]["part of"] == "War"
    assert rows[4]["sentence"] == "'-1 is where a formula might begin"
    for row in rows:
        for name, cell in row.items():
            assert cell is None or not re.match(r"\s*[=+\-@]", cell) or re.fullmatch(r"-?[\d.]+", cell), (name, cell)
    assert rows[0]["date"] == "'-0752"


def test_a_workbook_holds_texts_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(SAMPLE, "xlsx")))
    assert book.sheetnames == ["Events", "Claims", "Names", "Articles"]
    sheet = book["Events"]
    heads = [cell.value for cell in sheet[1]]
    titles = [row[heads.index("event")] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in titles][1:3] == [FORMULA, SCRIPT]
    assert str(titles[3].value).replace("_x0000_", "") == without_controls(ODD)
    for each in book:
        assert {cell.data_type for row in each.iter_rows() for cell in row} <= {"s", "n"}
        assert not [cell for row in each.iter_rows() for cell in row if cell.hyperlink]
    assert [cell.value for cell in book["Names"][2]][:2] in (["Kyiv", "Place"], ["Ministry", "Organization"],
                                                             ["@SUM(1+1)*cmd|' /C calc'!A0", "Person"])  # fmt: skip


def test_json_holds_everything() -> None:
    whole = json.loads(write(SAMPLE, "json"))
    assert [event["id"] for event in whole["events"]] == IDS
    assert whole["events"][3]["title"] == ODD
    assert whole["events"][1]["participants"] == [{"entity": "person-1", "role": "agent"},
                                                  {"entity": "organization-1", "role": "patient"}]  # fmt: skip
    assert set(whole["names"]) == set(SAMPLE.entities)
    assert [claim["text"] for claim in whole["claims"]] == [CLAIMS[0].text]


def test_timelinejs_has_dates_and_texts_that_cannot_run() -> None:
    whole = json.loads(write(SAMPLE, "timelinejs"))
    slides = {slide["unique_id"]: slide for slide in whole["events"]}
    assert list(slides) == IDS
    assert slides["event-1"]["start_date"] == {"year": 2014, "month": 3, "day": 18}
    assert "end_date" not in slides["event-1"]
    assert slides["event-2"]["end_date"] == {"year": 2014, "month": 3, "day": 31}
    assert slides["event-5"]["start_date"]["year"] == -752
    assert slides["event-7"]["start_date"] == {"year": 1990, "month": 12, "day": 31}
    texts = json.dumps(whole)
    assert "<script" not in texts
    assert "<img" not in texts
    assert "javascript:" not in texts


def test_a_calendar_has_whole_days_that_end_the_day_after() -> None:
    calendar = icalendar.Calendar.from_ical(write(SAMPLE, "ical"))
    events = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert list(events) == IDS[1:]  # the year -752 has no place in a calendar
    month = events["event-2"]
    assert (str(month.decoded("DTSTART")), str(month.decoded("DTEND"))) == ("2014-03-01", "2014-04-01")
    assert str(events["event-3"]["SUMMARY"]).split() == without_controls(ODD).split()
    assert str(events["event-3"]["STATUS"]) == "CANCELLED"
    assert "DTEND" not in events["event-6"]
    assert (str(month["LOCATION"]), month["GEO"].latitude) == ("Kyiv", 50.45)
    assert "URL" not in month
    assert all(len(line) <= 75 for line in write(SAMPLE, "ical").split(b"\r\n"))


def test_json_ld_is_read_as_statements_in_the_words_of_schema_org() -> None:
    graph = rdflib.Graph()
    graph.parse(data=write(SAMPLE, "jsonld").decode(), format="json-ld")
    schema, own = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("urn:eventline:")
    assert len(set(graph.subjects(rdflib.RDF.type, schema.Event))) == len(EVENTS)
    event = own["event-2"]
    assert [str(value) for value in graph.objects(event, schema.startDate)] == ["2014-03"]
    assert list(graph.objects(event, schema.superEvent)) == [own["event-4"]]
    assert list(graph.objects(event, schema.actor)) == [own["person-1"]]
    assert list(graph.objects(event, schema.location)) == [own["place-1"]]
    assert str(next(graph.objects(own["event-3"], schema.name))) == ODD
    assert list(graph.objects(own["organization-1"], rdflib.RDF.type)) == [schema.GovernmentOrganization]
    assert list(graph.objects(own["claim-1"], schema.author)) == [own["person-1"]]
    assert list(graph.objects(own["article-1"], schema.url)) == []  # javascript: is no address


def test_graphml_is_a_graph_of_events_and_names() -> None:
    graph = networkx.read_graphml(io.BytesIO(write(SAMPLE, "graphml")))
    assert set(graph.nodes) == {*IDS, *SAMPLE.entities}
    assert graph.nodes["event-3"]["label"] == without_controls(ODD)
    assert graph.nodes["event-1"]["importance"] == 0.7
    assert graph.nodes["place-1"]["latitude"] == 50.45
    relations = [(a, b, data["relation"], data.get("role")) for a, b, data in graph.edges(data=True)]
    assert ("person-1", "event-1", "PARTICIPATED_IN", "agent") in relations
    assert ("event-2", "event-4", "PART_OF", None) in relations
    assert len(relations) == 3 * len(EVENTS) + 1


def test_followthemoney_entities_have_known_schemata_properties_and_values() -> None:
    known = json.loads(SPEC.read_text(encoding="utf-8"))
    lines: list[dict[str, Any]] = [json.loads(line) for line in write(SAMPLE, "ftm").decode().split("\n")[:-1]]
    ids = {line["id"] for line in lines}
    assert ids == {*IDS, *SAMPLE.entities, *SAMPLE.articles}
    for line in lines:
        assert set(line["properties"]) <= set(known[line["schema"]]), line
        for name, values in line["properties"].items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in ("date", "startDate", "endDate", "publishedAt"):
                assert all(re.fullmatch(r"-?\d{4}(-\d\d(-\d\d)?)?", value) for value in values), line
            if name in ("involved", "proof", "addressEntity"):
                assert set(values) <= ids
            if name == "sourceUrl":
                assert all(value.startswith("http") for value in values)
    by_id = {line["id"]: line for line in lines}
    assert by_id["event-1"]["properties"]["date"] == ["2014-03-18"]
    assert by_id["event-2"]["properties"]["date"] == ["2014-03"]
    assert by_id["organization-1"]["schema"] == "PublicBody"
    assert by_id["place-1"]["properties"]["country"] == ["ua"]


class _Reader(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_holds_only_our_own_script_and_fetches_nothing() -> None:
    text = write(SAMPLE, "html").decode()
    reader = _Reader()
    reader.feed(text)
    assert reader.tags.count("script") == 1
    assert "img" not in reader.tags
    assert "link" not in reader.tags
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name == "src"]
    assert not [value for name, value in reader.attributes if name == "href" and not str(value).startswith("http")]
    assert reader.tags.count("article") == len(EVENTS)
    assert "default-src 'none'" in text
    assert re.findall("<h2>(.+?)</h2>", text) == ["-0752", "2014", "2022", "2014", "9999", "1990"]
