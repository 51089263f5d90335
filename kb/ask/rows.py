"""From what a statement returns to frozen rows, in one step; and the rows that many questions share.

A row's fields are the statement's columns of the same names. A field that is itself a row takes the columns that begin
with its name (`speaker_id`, `speaker_name`), or a list of maps; a field `kind` is read off a column `labels`. A column
that is null leaves a field its default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from kb.ask.words import human
from kb.errors import StoreDamaged
from kb.store import Queryable

Record = Mapping[str, Any]
Row = TypeVar("Row")

# What to call an article, as `ArticleRow.name` does; one without a title has an empty one. `a` is its node.
ARTICLE_NAME = "CASE WHEN coalesce(a.title, '') = '' THEN a.source ELSE a.title END"

# The columns of an article, for a field `article` of a row; `a` is its node.
ARTICLE_COLUMNS = """a.id AS article_id, a.title AS article_title, a.publisher AS article_publisher,
  a.url AS article_url, a.published AS article_published, a.publishedBasis AS article_published_basis,
  a.source AS article_source"""


@dataclass(frozen=True, slots=True)
class Named:
    """A node by its id, with what to call it and, for an event, when it happened."""

    id: str
    name: str
    kind: str = ""
    edtf: str | None = None

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list."""

    id: str
    title: str = ""
    publisher: str = ""
    url: str | None = None
    published: str | None = None
    published_basis: str = "unknown"
    source: str = ""
    events: int = 0
    claims: int = 0

    @property
    def name(self) -> str:
        """The title, or what else tells the article from others."""
        return self.title or self.source or self.id


def fetch(graph: Queryable, kind: type[Row], cypher: str, /, *, under: str = "", **params: Any) -> list[Row]:
    """Run a statement and read each of its records as a row.

    Arguments: the graph; kind, a frozen dataclass; the statement; under, what all columns of the row begin with; its
    parameters. Raises: StoreError.
    """
    return [row_of(kind, record, under) for record in graph.run(cypher, **params)]


def row_of(kind: type[Row], record: Record, under: str = "") -> Row:
    """One record as a row; arguments as `fetch`. Raises: StoreDamaged when the graph holds what we never write."""
    try:
        found: Row = _reader(kind).validate_python(_nested(kind, record, under))  # type: ignore[arg-type]  # hashable
    except ValidationError as error:
        fault = error.errors()[0]
        raise StoreDamaged(f"The graph holds what this program does not write: {'.'.join(map(str, fault['loc']))} of "
                           f"{record.get(f'{under}id', 'a node')} is {fault['input']!r}") from error  # fmt: skip
    return found


def kind_of(labels: Iterable[str] | None) -> str:
    """What a node is by its labels: "Person" rather than "Entity"; "" for none."""
    return next((label for label in labels or () if label != "Entity"), "")


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _plan(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The fields of a row: name, the row in it if it is one or holds some, whether it has a default."""
    hints = get_type_hints(kind)
    inner = {name: next((t for t in (hint, *get_args(hint)) if is_dataclass(t)), None) for name, hint in hints.items()}
    return tuple((f.name, inner[f.name], f.default is not MISSING) for f in fields(kind))


def _nested(kind: type[Any], record: Record, under: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, inner, default in _plan(kind):  # type: ignore[arg-type]  # as every class
        value = _value(name, inner, record, under)
        if value is not None or not default:
            found[name] = value
    return found


def _value(name: str, inner: type[Any] | None, record: Record, under: str) -> Any:
    column = under + name
    if inner and f"{column}_id" in record:
        return _nested(inner, record, f"{column}_") if record[f"{column}_id"] is not None else None
    if inner and record.get(column) is not None:
        return [_nested(inner, each, "") for each in record[column]]
    if name == "kind" and column not in record:
        return kind_of(record.get(f"{under}labels"))
    return record.get(column)
