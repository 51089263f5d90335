"""Tables of articles: CSV, TSV, Parquet and JSONL with columns of any name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from ingest.read import Columns, Failure, Given, read
from ingest.reading.findings import RawDocument
from ingest.reading.written_dates import Order
from kb.errors import BadInput

ROWS: list[dict[str, Any]] = [
    {"headline": "Ships leave", "body": "Two ships left Odesa,\n\n“at last”; he said.", "date": "16 Feb. 2024",
     "link": "https://example.org/1", "author": "Jane Doe; John Roe"},
    {"headline": "A third", "body": "A third ship | waits for its papers.", "date": "2024-02-17 10:00:00", "link": "",
     "author": ""},
]  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]], delimiter: str = ",") -> Path:
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row | {"id": f"a{n}"}) + "\n" for n, row in enumerate(rows)))
    else:
        lines = [list(rows[0]), *(row.values() for row in rows)]
        quoted = (delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines)
        path.write_text("\n".join(quoted) + "\n", encoding="utf-8-sig")
    return path


def documents(path: Path, columns: str = "", order: Order | None = None) -> list[RawDocument | Failure]:
    return list(read(str(path), Given(columns=Columns.parse(columns, order))))


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|"),
                                                 ("a.parquet", ""), ("a.jsonl", "")])  # fmt: skip
def test_rows_are_articles(name: str, delimiter: str, tmp_path: Path) -> None:
    first, second = documents(write(tmp_path / name, ROWS, delimiter))
    assert isinstance(first, RawDocument)
    assert isinstance(second, RawDocument)
    assert (first.title, first.content, str(first.published)) == ("Ships leave", ROWS[0]["body"], "2024-02-16")
    assert (first.url, first.authors, first.kind) == ("https://example.org/1", ("Jane Doe", "John Roe"), "document")
    assert (second.url, second.authors, str(second.published)) == (None, (), "2024-02-17")
    assert first.source != second.source


def test_columns_are_what_the_user_says(tmp_path: Path) -> None:
    rows = [{"Kop": "Ships leave", "Text (nl)": "Two ships left Odesa.", "text": "not this", "Uur": "2024"}]
    path = write(tmp_path / "a.csv", rows)
    found = documents(path, "title=Kop, text=Text (nl), published=uur")
    assert isinstance(found[0], RawDocument)
    assert (found[0].title, found[0].content, str(found[0].published)) == (
        "Ships leave",
        "Two ships left Odesa.",
        "2024",
    )


def test_the_id_has_its_name_of_jsonl_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"key": "k1", "text": "Two ships left."}) + "\n")
    assert isinstance(documents(path)[0], Failure)
    assert [item.source for item in documents(path, "doc_id=key")] == ["k1"]


def test_markup_is_cleaned_as_a_page(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [{"html": "<p>Two ships left.</p>", "text": "Two ships left."}])
    found = documents(path)
    assert isinstance(found[0], RawDocument)
    assert (found[0].kind, found[0].content) == ("html", "<p>Two ships left.</p>")


DATES = [
    ("03-02-2009", "day-first", "2009-02-03"), ("03-02-2009", "month-first", "2009-03-02"),
    ("3/2/2009", "day-first", "2009-02-03"), ("13.02.2009", None, "2009-02-13"), ("February 2009", None, "2009-02"),
    ("2009-02-03T23:30:00Z", None, "2009-02-03"), ("2009", None, "2009"), ("", None, None),
    ("Feb 3, 2009 at 10:15", None, "2009-02-03"), ("2009-02~", None, "2009-02~"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "order", "expected"), DATES)
def test_dates(date: str, order: Order | None, expected: str | None, tmp_path: Path) -> None:
    found = documents(write(tmp_path / "a.csv", [{"text": "Two ships left.", "date": date}]), order=order)
    assert isinstance(found[0], RawDocument), found
    assert (str(found[0].published) if found[0].published else None) == expected


WRONG = [
    ("03-02-2009", None, "--dates"),
    ("02-13-2009", "day-first", "write it like"),
    ("yesterday", None, "write it like"),
]


@pytest.mark.parametrize(("date", "order", "words"), WRONG)
def test_a_date_that_could_be_two_is_not_guessed(date: str, order: Order | None, words: str, tmp_path: Path) -> None:
    rows = [{"text": "Two ships left.", "date": date}, {"text": "A third waits.", "date": "2009-02-03"}]
    failed, read_on = documents(write(tmp_path / "a.csv", rows), order=order)
    assert isinstance(failed, Failure)
    assert words in failed.reason
    assert failed.source.endswith(":2")
    assert isinstance(read_on, RawDocument)


def test_a_row_without_a_text_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = documents(write(tmp_path / "a.csv", [{"id": "x1", "text": " "}, {"id": "x2", "text": "Two ships left."}]))
    assert isinstance(found[0], Failure)
    assert "has no text" in found[0].reason
    assert isinstance(found[1], RawDocument)
    assert found[1].source.endswith(":x2")


TABLES = [
    (b"name,price\nship,3\n", "", "no column that holds the text"),
    (b"name,price\nship,3\n", "text=words", "There is no column"),
    (b"text\n", "", "is empty"),
    (b'text\n"\xff\xfe\x00\x00', "", "."),
]


@pytest.mark.parametrize(("data", "columns", "words"), TABLES)
def test_what_is_no_table_of_articles(data: bytes, columns: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    found = documents(path, columns)
    assert len(found) == 1
    assert isinstance(found[0], Failure)
    assert words in found[0].reason


@pytest.mark.parametrize("data", [b"", b"PAR1 nothing PAR1", b"text,a\n"])
def test_what_is_no_parquet(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    found = documents(path)
    assert isinstance(found[0], Failure)
    assert "is no Parquet file" in found[0].reason


@pytest.mark.parametrize("text", ["headline", "heading=title", "title=", "=x"])
def test_a_map_that_maps_nothing(text: str) -> None:
    with pytest.raises(BadInput, match="maps no column"):
        Columns.parse(text)


def test_a_cell_may_be_long_and_ragged_rows_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nlong," + "word " * 60_000 + "\nshort\nmore,one,two,three\n")
    found = documents(path)
    assert [type(item) for item in found] == [RawDocument, Failure, RawDocument]
