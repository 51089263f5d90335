"""A query's answer as rows, as one cell of a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from kb.store.table import GraphNode, GraphPath, GraphRelationship, Table

_FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@\t\r\n]")  # what a spreadsheet might run when it opens a CSV


def records(table: Table) -> list[dict[str, Any]]:
    """The rows as JSON-like maps: a node is its labels and properties, a relationship its type, ends and properties.

    A column name that comes twice gets a number.
    """
    names = list(table.columns)
    for at, name in enumerate(names):
        if name in names[:at]:
            names[at] = f"{name} {names[:at].count(name) + 1}"
    return [dict(zip(names, map(_json, row), strict=True)) for row in table.rows]


def _json(value: Any) -> Any:
    if isinstance(value, GraphNode):
        return {"labels": list(value.labels), **value.properties}
    if isinstance(value, GraphRelationship):
        return {"type": value.type, "start": value.start, "end": value.end, **value.properties}
    if isinstance(value, GraphPath):
        return {"nodes": [_json(n) for n in value.nodes], "relationships": [_json(r) for r in value.relationships]}
    if isinstance(value, Mapping):
        return {key: _json(each) for key, each in value.items()}
    return [_json(each) for each in value] if isinstance(value, (list, tuple)) else value


def cell(value: Any) -> Any:
    """A cell as a table shows it: a node by its name, lists and maps as JSON."""
    if isinstance(value, Mapping) and "labels" in value:
        return str(value.get("title") or value.get("name") or value.get("text") or value.get("id") or value["labels"])
    if isinstance(value, Mapping) and "type" in value and "start" in value:
        return f"[{value['type']}]"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, Mapping)) else value


def harmless(value: Any) -> Any:
    """A text that a spreadsheet might run gets an apostrophe before it (OWASP, CSV injection); a figure stays one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def as_csv(table: Table) -> str:
    """The table as CSV (RFC 4180): one header line; lists, maps, nodes and relationships as JSON; no cell a formula."""
    out = io.StringIO()
    rows = records(table)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0] if rows else table.columns)
    for row in rows:
        writer.writerow(
            json.dumps(v, ensure_ascii=False, default=str) if isinstance(v, (list, dict)) else harmless(v)
            for v in row.values()
        )
    return out.getvalue()


def as_json(table: Table) -> str:
    """The table as a JSON list of objects."""
    return json.dumps(records(table), ensure_ascii=False, indent=2, default=str)
