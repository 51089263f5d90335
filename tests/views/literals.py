"""Which literals of the code a reader sees, told by how they look: words in a row, or a word with a capital."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MARKING = frozenset(("say", "mark", "plural", "sense", "pair", "forms"))
"""The verbs of kb/words by which a text is marked."""

SILENT_CALLS: Mapping[str, str] = {
    **dict.fromkeys(("compile", "sub", "fullmatch", "split", "match"), "a pattern"),
    **dict.fromkeys(("get", "pop", "remember", "getattr", "answered"), "a key"),
    **dict.fromkeys(("import_module", "getLogger", "TypeVar", "cast"), "a name of the code"),
    **dict.fromkeys(("startswith", "endswith", "removeprefix", "removesuffix", "partition"), "looks for words"),
    "retold": "is known by its pattern",
    "unforeseen": "is told to the log",
}
"""Calls whose arguments no reader sees, with the reason."""

SILENT_KEYWORDS = frozenset(("key", "format", "prefix", "autocomplete", "width", "gap"))
"""Arguments that no reader sees, whatever the call."""

_TAG = re.compile(r"<[^<>]*(?:>|$)")
_SEEN = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
_WORDS = re.compile(r"[a-z]{2,}[,;:.…]? +[A-Za-z“]|[A-Za-z”)],? [a-z]{2,}|\b[A-Z][a-z]{2,}(?![\w-])|[a-z]{3,} ?…")
_PIECE = re.compile(r"(?:^|[ (])[A-Za-z]{2,}(?:$|[ ,;:.)])")
_STYLE = re.compile(r"[\w-]+: ?[\w#.(), -]+;|^\.[\w-]+|^--|var\(|^[a-z_]+$|^https?:|^[a-z]+(/[a-z.+-]+)+$|^[A-Z_]+$")
_PART = "\0"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal that a reader sees: its line, and what of it is seen."""

    line: int
    text: str


def seen_in(path: Path) -> Iterator[Literal]:
    """The literals of a module that a reader sees and that are not marked for the catalogue."""
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else _PART for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if isinstance(parents[node], ast.JoinedStr):
                continue
            text = node.value
        else:
            continue
        words = "" if _silent(node, parents) else visible(text, piece=isinstance(node, ast.JoinedStr))
        if words:
            yield Literal(node.lineno, words)


def visible(text: str, *, piece: bool) -> str:
    """What of a text is read as words, "" for none. Arguments: text, HTML or not; piece, whether it has parts in it."""
    if _STYLE.search(text.replace(_PART, "").strip()) and "<" not in text:
        return ""
    runs = [*_TAG.sub("\x01", text).split("\x01"), *_SEEN.findall(text)]
    seen = [run.strip() for run in runs if _read(run.replace(_PART, " "), piece)]
    return " | ".join(seen).replace(_PART, "{}")


def _read(run: str, piece: bool) -> bool:
    return bool(_WORDS.search(run) or (piece and _PIECE.search(run)))


def _silent(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> bool:
    child, above = node, parents.get(node)
    if isinstance(above, ast.Expr):
        return True  # a docstring
    while above is not None and not isinstance(above, ast.stmt):
        if isinstance(above, ast.Call) and child in above.args:
            name = above.func.attr if isinstance(above.func, ast.Attribute) else getattr(above.func, "id", "")
            if name in MARKING or name in SILENT_CALLS:
                return True
        if isinstance(above, ast.keyword) and above.arg in SILENT_KEYWORDS:
            return True
        named = isinstance(above, ast.Subscript) and child is above.slice
        if named or isinstance(above, ast.Compare | ast.arg) or (isinstance(above, ast.Dict) and child in above.keys):
            return True
        child, above = above, parents.get(above)
    return isinstance(above, ast.AnnAssign) and child is above.annotation
