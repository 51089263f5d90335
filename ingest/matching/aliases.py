"""Other names from a table of the user's own: CSV or JSON, written by hand or exported from Wikidata."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.matching.ids import name_key
from kb.errors import UnreadableSource
from kb.models import EntityKind

_KINDS: dict[str, EntityKind] = {
    "person": "Person",
    "organization": "Organization",
    "organisation": "Organization",
    "place": "Place",
    "thing": "Thing",
}
_EVERY: tuple[EntityKind, ...] = ("Person", "Organization", "Place", "Thing")
_COLUMNS = "name,alias[,kind], or item,itemLabel,itemAltLabel as Wikidata exports them"


@dataclass(frozen=True, slots=True)
class AliasGroup:
    """Names of one thing. kind: None where the table does not say; id: in the table's source, as "Q30"."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: EntityKind | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class AliasTable:
    """Look-up of groups by name. keys: group key by kind and name key; None for a name that stands in two groups."""

    keys: Mapping[tuple[EntityKind, str], str | None] = field(default_factory=dict)

    def key(self, kind: EntityKind, name: str) -> str | None:
        """The key of the one group that has this name; None when none has it, or more than one."""
        return self.keys.get((kind, name_key(name)))


NO_ALIASES = AliasTable()


def read_aliases(path: Path) -> tuple[AliasGroup, ...]:
    """Read a table of other names, rows of one thing put together, in the order of the file.

    Arguments: path of a .csv file (columns name, alias and, if wished, kind; or a Wikidata export with item, itemLabel
    and itemAltLabel) or of a .json file (a list of {name, aliases, kind, id}, or SPARQL 1.1 query results).
    Raises: UnreadableSource, which names the line.
    """
    if path.suffix.lower() not in (".csv", ".tsv", ".json"):
        raise UnreadableSource(f"{path} is no table of aliases; give a .csv or a .json file.")
    text = _text(path)
    rows = _json_rows(path, text) if path.suffix.lower() == ".json" else _csv_rows(path, text)
    groups = _together(rows)
    if not groups:
        raise UnreadableSource(f"{path} holds no alias; give one row for each.")
    return groups


def alias_pairs(groups: Iterable[AliasGroup]) -> AliasTable:
    """Make a look-up of groups; a name in two groups of one kind gives no key, and a group without a kind is of all."""
    keys: dict[tuple[EntityKind, str], str | None] = {}
    for group in groups:
        own = f"{group.kind or 'any'}|{group.id or name_key(group.name)}"
        for name in {name_key(name) for name in (group.name, *group.aliases)} - {""}:
            for kind in (group.kind,) if group.kind else _EVERY:
                keys[kind, name] = own if keys.get((kind, name), own) == own else None
    return AliasTable(keys)


def _together(rows: Iterable[AliasGroup]) -> tuple[AliasGroup, ...]:
    """One group for the rows of one id, or of one name and kind where there is no id."""
    found: dict[tuple[str | None, str, EntityKind | None], AliasGroup] = {}
    for row in rows:
        key = (row.id, "" if row.id else name_key(row.name), row.kind)
        first = found.get(key, row)
        more = (row.name, *row.aliases) if row.name != first.name else row.aliases
        aliases = dict.fromkeys((*first.aliases, *more))
        found[key] = AliasGroup(first.name, tuple(a for a in aliases if a != first.name), row.kind, row.id)
    return tuple(found.values())


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(f"{path}, line {line}: this is no UTF-8; save the table as UTF-8.") from error
    if not text.strip():
        raise UnreadableSource(f"{path} is empty; give a table of aliases.")
    return text


def _csv_rows(path: Path, text: str) -> Iterator[AliasGroup]:
    heading = text.lstrip("\r\n").partition("\n")[0]
    mark = next((m for m in (",", "\t", ";") if m in heading), ",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    done = 0  # lines of the rows before, so that a row is named by the line it begins on
    try:
        columns = {column.strip() for column in reader.fieldnames or ()}
        wikidata = {"item", "itemLabel"} <= columns
        if not wikidata and not {"name", "alias"} <= columns:
            raise UnreadableSource(f"{path}, line 1: the columns are not known; give {_COLUMNS}.")
        done = reader.line_num
        for row in reader:
            where, done = f"{path}, line {done + 1}", reader.line_num
            if None in row:
                raise UnreadableSource(
                    f"{where}: there are more cells than columns; put a cell with a comma in quotes."
                )
            cells = {column.strip(): (cell or "").strip() for column, cell in row.items()}
            if any(cells.values()):
                yield _wikidata(where, cells) if wikidata else _plain(where, cells)
    except csv.Error as error:
        raise UnreadableSource(f"{path}, line {done + 1}: {error}.") from error


def _plain(where: str, cells: Mapping[str, str]) -> AliasGroup:
    if not name_key(cells["name"]) or not name_key(cells["alias"]):
        raise UnreadableSource(f"{where}: a row needs a name and an alias.")
    return AliasGroup(cells["name"], (cells["alias"],), _kind(where, cells.get("kind")), cells.get("id") or None)


def _wikidata(where: str, cells: Mapping[str, str]) -> AliasGroup:
    """One row of a Wikidata export; alternative labels are parted by ", "."""
    if not cells["item"] or not name_key(cells["itemLabel"]):
        raise UnreadableSource(f"{where}: a row needs an item and its label.")
    aliases = tuple(alias.strip() for alias in cells.get("itemAltLabel", "").split(", ") if name_key(alias))
    return AliasGroup(cells["itemLabel"], aliases, _kind(where, cells.get("kind")), cells["item"].rpartition("/")[2])


def _json_rows(path: Path, text: str) -> Iterator[AliasGroup]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"{path}, line {error.lineno}: this is no JSON ({error.msg}).") from error
    except RecursionError as error:
        raise UnreadableSource(f"{path} is nested too deeply; give a list of objects.") from error
    if isinstance(data, list):
        for line, row in zip(_lines(text), data, strict=True):
            yield _object(f"{path}, line {line}", row)
        return
    bindings = data.get("results", {}) if isinstance(data, dict) else {}
    bindings = bindings.get("bindings") if isinstance(bindings, dict) else None
    if not isinstance(bindings, list):
        raise UnreadableSource(f"{path}, line 1: give a list of objects with name and aliases, or SPARQL results.")
    for line, row in zip(_lines(text[text.index("[", text.index('"bindings"')) :]), bindings, strict=False):
        before = text[: text.index("[", text.index('"bindings"'))].count("\n")
        yield _binding(f"{path}, line {before + line}", row)


def _lines(text: str) -> Iterator[int]:
    """The line that each entry of a JSON list begins on. Arguments: text, valid JSON from the list's bracket on."""
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    while True:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        if text[at] == "]":
            return
        yield text.count("\n", 0, at) + 1
        at = decoder.raw_decode(text, at)[1]


def _object(where: str, row: Any) -> AliasGroup:
    name = row.get("name") if isinstance(row, dict) else None
    aliases = row.get("aliases") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name_key(name):
        raise UnreadableSource(f"{where}: an entry needs a name.")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise UnreadableSource(f"{where}: aliases must be a list of names.")
    kind, id = row.get("kind"), row.get("id")
    if not isinstance(kind, str | None) or not isinstance(id, str | None):
        raise UnreadableSource(f"{where}: kind and id must be words.")
    return AliasGroup(name.strip(), tuple(a.strip() for a in aliases if name_key(a)), _kind(where, kind), id or None)


def _binding(where: str, row: Any) -> AliasGroup:
    if not isinstance(row, dict):
        raise UnreadableSource(f"{where}: a result must be an object.")
    values = {name: cell.get("value") for name, cell in row.items() if isinstance(cell, dict)}
    cells = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    return _wikidata(where, {"item": "", "itemLabel": ""} | cells)


def _kind(where: str, word: str | None) -> EntityKind | None:
    if not word:
        return None
    if word.casefold() not in _KINDS:
        raise UnreadableSource(f"{where}: “{word}” is no kind; give person, organization, place or thing.")
    return _KINDS[word.casefold()]
