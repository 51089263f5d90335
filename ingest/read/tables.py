"""Corpora in rows: CSV, TSV, JSONL and Parquet, whatever their columns are called."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.read.failure import Failure, failure, legible
from ingest.reading.findings import RawDocument
from ingest.reading.written_dates import Order, date_in
from kb.edtf import Edtf
from kb.errors import BadInput, InvalidDate, UnreadableSource

# What a row says of an article, and what columns of it are often called; the first of these that is there counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("doc_id", "id", "article_id", "uid"),
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "maintext"),
    "html": ("html", "content_html", "raw_html"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "pubdate", "publication_date", "date_published"),
    "url": ("url", "link", "web_url"),
    "publisher": ("publisher", "outlet", "source_name", "publication"),
    "authors": ("authors", "author", "byline"),
}
_DELIMITERS = ",;\t|"
_CELL = 20_000_000  # characters of one cell; the default of 131,072 is less than a long article has


@dataclass(frozen=True, slots=True)
class Columns:
    """How the rows of a table are read.

    names: by field, the column that the user says holds it. order: of day and month in dates in figures, if stated.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None

    @classmethod
    def parse(cls, text: str, order: Order | None = None) -> Columns:
        """Of “title=headline,published=date”. Raises: BadInput for a field that no article has."""
        names: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, sign, column = (word.strip() for word in part.partition("="))
            name = "id" if name == "doc_id" else name
            if not sign or not column or name not in FIELDS:
                raise BadInput(f"“{part}” maps no column; write FIELD=COLUMN, with a field of {', '.join(FIELDS)}.")
            names[name] = column
        return cls(names, order)


DEFAULT = Columns()


def from_csv(source: str, text: str, columns: Columns = DEFAULT) -> Iterator[RawDocument | Failure]:
    """A document for each row of a table with a heading, parted by comma, semicolon, tab or bar.

    Arguments: source, its name; text, all of it; columns, how rows are read. Raises: UnreadableSource where there is no
    row, or no column that holds an article.
    """
    csv.field_size_limit(_CELL)
    delimiter = _delimiter(text[:100_000].split("\n", 1)[0])
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    try:
        yield from _documents(source, rows.fieldnames or (), rows, columns, first=2)
    except csv.Error as error:
        raise UnreadableSource(f"{source} is no table after row {rows.line_num} ({error}); mend it there.") from error


def from_parquet(path: Path, columns: Columns = DEFAULT) -> Iterator[RawDocument | Failure]:
    """A document for each row of a Parquet file; arguments and errors as `from_csv`."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 (half a second, and few have such a file)

    try:
        table = parquet.ParquetFile(path)
        names = table.schema_arrow.names
        wanted = [name for name in names if name in _wanted(names, columns).values()]
        rows = (row for batch in table.iter_batches(64, columns=wanted) for row in batch.to_pylist())
        yield from _documents(str(path), names, rows, columns, first=1)
    except ArrowException as error:
        raise UnreadableSource(f"{path} is no Parquet file, or a damaged one; fetch it again.") from error


def document(line: bytes, limit: int, columns: Columns = DEFAULT) -> RawDocument:
    """One JSON line as a document; its source is its id.

    Arguments: line; limit, the most bytes it may have; columns, how it is read.
    Raises: UnreadableSource when it is no object with an id and a text; InvalidDate when `published` is no date.
    """
    if len(line) > limit:
        raise UnreadableSource(f"The line is larger than {limit // 1_000_000} MB; split the document.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource("The line is no document; write a JSON object with doc_id and text.") from error
    found = _wanted(row, columns) if isinstance(row, dict) else {}
    if "id" not in found or not any(isinstance(row.get(found.get(name)), str) for name in ("text", "html")):
        raise UnreadableSource(
            "The line is no document; write a JSON object with doc_id and text (and published, title, url, publisher), "
            "or say with --map which fields hold them."
        )
    return _document(str(row[found["id"]]), row, found, columns)


def is_document(line: bytes, limit: int, columns: Columns = DEFAULT) -> bool:
    """Whether a line is a JSON document; arguments as `document`."""
    try:
        document(line, limit, columns)
    except InvalidDate:
        return True
    except BadInput:
        return False
    return True


def holds_articles(heading: str) -> bool:
    """Whether the first line of what may be a table names a column that holds the text of articles."""
    line = next(iter(heading.splitlines()), "")
    try:
        cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return False
    return bool({"text", "html"} & _wanted(cells, DEFAULT).keys())


def _delimiter(heading: str) -> str:
    return max(_DELIMITERS, key=heading.count)


def _documents(
    source: str, names: Iterable[str], rows: Iterable[Mapping[str, Any]], columns: Columns, first: int
) -> Iterator[RawDocument | Failure]:
    names = list(names)
    found = _wanted(names, columns)
    if not {"text", "html"} & found.keys():
        raise UnreadableSource(
            f"{source} has no column that holds the text of an article "
            f"(its columns: {', '.join(map(str, names))[:200]}); say which does with --map text=COLUMN."
        )
    count = 0
    for number, row in enumerate(rows, first):
        count += 1
        name = f"{source}:{(row.get(found['id']) if 'id' in found else None) or number}"
        try:
            yield _document(name, row, found, columns)
        except Exception as error:
            yield failure(error, name)
    if not count:
        raise UnreadableSource(f"{source} is empty; give a table that has rows.")


def _wanted(names: Iterable[str], columns: Columns) -> dict[str, str]:
    """By field, the column that holds it. Raises: UnreadableSource where one that the user named is not there."""
    there = list(names)
    folded = {str(name).strip().lower().replace(" ", "_"): name for name in reversed(there)}
    found = {name: next((folded[word] for word in words if word in folded), None) for name, words in FIELDS.items()}
    for name, column in columns.names.items():
        found[name] = column if column in there else folded.get(column.lower().replace(" ", "_"))
        if found[name] is None:
            raise UnreadableSource(f"There is no column “{column}”; there are {', '.join(map(str, there))[:200]}.")
    return {name: column for name, column in found.items() if column is not None}


def _document(name: str, row: Mapping[str, Any], found: Mapping[str, str], columns: Columns) -> RawDocument:
    word = {key: _word(row.get(column)) for key, column in found.items()}
    markup = word.get("html") or ""
    content = markup or word.get("text") or ""
    if not content.strip():
        raise UnreadableSource(f"The row {name} has no text; leave it out.")
    if legible(content) != content:
        raise UnreadableSource(f"The row {name} holds half a character, which no UTF-8 can hold; write it again.")
    published = _published(row.get(found["published"]) if "published" in found else None, columns.order)
    return RawDocument(
        source=name, kind="html" if markup else "document", content=content, url=word.get("url") or None,
        title=word.get("title") or None, publisher=word.get("publisher") or None,
        authors=tuple(one for one in (part.strip() for part in (word.get("authors") or "").split(";")) if one),
        published=published, published_basis="metadata" if published else "unknown",
    )  # fmt: skip


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(_word, value))
    return str(value)


def _published(value: Any, order: Order | None) -> Edtf | None:
    """A date of a table: EDTF, a moment, or a date as people write it. Raises: InvalidDate."""
    text = _word(value).strip()
    if not text:
        return None
    try:
        return Edtf(text[:10] if text[10:11] in ("T", " ") else text)
    except InvalidDate:
        found = date_in(text, month_only=True, order=order)
    if found is None:
        either = date_in(text, order="day-first") and date_in(text, order="month-first")
        more = "say with --dates whether the day or the month comes first" if either else "write it like 2024-02-16"
        raise InvalidDate(f"The date of publication “{text[:40]}” cannot be read; {more}.")
    return found
