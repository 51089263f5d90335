"""Which literals of the code a reader sees, found by how they look: words in a row, or a word with a capital."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARKING = frozenset(("say", "mark", "plural", "sense", "pair", "forms"))
# Calls whose texts no reader sees.
_SILENT_CALLS = frozenset(
    (
        "import_module",
        "compile",
        "sub",
        "fullmatch",
        "match",
        "search",
        "split",
        "get",
        "pop",
        "set_page_config",
        "remember",
        "fingerprint",
        "partition",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "TypeVar",
        "getattr",
        "addFilter",
        "getLogger",
        "query_selector",
    )
)
_SILENT_KEYWORDS = frozenset(("key", "format", "prefix", "css", "name_of", "autocomplete", "width", "gap"))
_TAG = re.compile(r"<[^<>]*(?:>|$)")
_SEEN = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
_WORDS = re.compile(r"[a-z]{2,}[,;:.…]? +[A-Za-z“]|[A-Za-z”)],? [a-z]{2,}|\b[A-Z][a-z]{2,}(?![\w-])|[a-z]{3,} …|…")
_PIECE = re.compile(r"(?:^|[ (])[A-Za-z]{2,}(?:$|[ ,;:.)])")
_STYLE = re.compile(
    r"[\w-]+: ?[\w#.(), -]+;|^\.[\w-]+|^--|var\(|^[a-z_]+$|^https?:|^[a-z]+(/[a-z.+-]+)+$|^[A-Z_]+$|MATCH"
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal that a reader sees, where it stands, and what of it is seen."""

    line: int
    text: str
    node: ast.AST


def seen_in(path: Path) -> Iterator[Literal]:
    """The literals of a module that a reader sees and that are not marked for the catalogue."""
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
            piece = True
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not isinstance(parents[node], ast.JoinedStr)
        ):
            text, piece = node.value, False
        else:
            continue
        if _silent(node, parents):
            continue
        words = visible(text, piece=piece)
        if words:
            yield Literal(node.lineno, words, node)


def visible(text: str, *, piece: bool) -> str:
    """What of a text is read as words, "" for none. Arguments: text, HTML or not, \\0 for a part; piece, whether it has parts."""
    bare = text.replace("\0", "" if piece and "<" not in text else " ")
    if _STYLE.search(bare.strip()) and "<" not in bare:
        return ""
    seen = " ".join(_SEEN.findall(text))
    runs = [run.strip() for run in re.split(r"\x01", _TAG.sub("\x01", text.replace("\0", "\x02")))]
    runs = [run for run in [*runs, seen] if _read(run, piece)]
    return " | ".join(runs).replace("\x02", "{}").replace("\0", "{}")


def _read(run: str, piece: bool) -> bool:
    plain = run.replace("\x02", " ").replace("\0", " ")
    return bool(_WORDS.search(plain) or (piece and _PIECE.search(plain)))


def _silent(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    child, above = node, parents.get(node)
    if isinstance(above, ast.Expr):
        return True  # a docstring
    while above is not None and not isinstance(above, ast.stmt):
        if isinstance(above, ast.Call):
            name = above.func.attr if isinstance(above.func, ast.Attribute) else getattr(above.func, "id", "")
            if name in MARKING or (name in _SILENT_CALLS and child in above.args):
                return True
        if isinstance(above, ast.keyword) and above.arg in _SILENT_KEYWORDS:
            return True
        if isinstance(above, ast.Compare) or (isinstance(above, ast.Subscript) and child is above.slice):
            return True
        if isinstance(above, ast.Dict) and child in above.keys:
            return True
        if isinstance(above, ast.arg):
            return True
        child, above = above, parents.get(above)
    if isinstance(above, ast.AnnAssign) and child is above.annotation:
        return True
    return isinstance(above, (ast.Import, ast.ImportFrom))
