"""The catalogues of translations: compiled at set-up (no words after its name), or brought up to date (`update`).

`update` reads every marked text of the code, adds what is new to each catalogue and takes out what is gone; a person
then writes what is empty, and what is marked fuzzy because its English changed.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "kb" / "words" / "locale"
FOLDERS = ("kb/words", "kb/views", "kb/components", "kb/export")
_PERSONAL = re.compile(r'^"(?:Report-|POT-|PO-|Last-|Language-Team|Generated-)[^\n]*\n', re.M)
FORMS = {"say": 1, "mark": 1, "plural": 2, "pair": 2, "forms": 2, "sense": 2}
"""The verbs of kb/words that mark a text, and how many each takes; the first of `sense` says what is meant."""


def catalogues() -> list[Path]:
    """The catalogue of each language."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def extracted() -> Catalog:
    """Every marked text of the code, with the file that it stands in."""
    found = Catalog(project="eventline", charset="utf-8")
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))):
        for texts, context in marked(path):
            id = texts[0] if len(texts) == 1 else tuple(texts)
            # The first file, without the number of the line: a catalogue should change only with its texts.
            place = [] if found.get(id, context) else [(path.relative_to(ROOT).as_posix(), None)]
            found.add(id, locations=place, context=context)
    return found


def marked(path: Path) -> Iterator[tuple[list[str], str | None]]:
    """The texts of a module that are marked, each with what is meant by it where that is said.

    Read off the syntax, as Babel's own reader does not look into f-strings before Python 3.12.
    """
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in FORMS:
            continue
        verb = node.func.id
        texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if len(texts) == FORMS[verb]:
            yield (texts[1:], texts[0]) if verb == "sense" else (texts, None)


def read(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def written(catalogue: Catalog) -> str:
    """A catalogue as the text of its file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, ignore_obsolete=True)
    # Who wrote it and when is what the repository knows.
    return _PERSONAL.sub("", out.getvalue().decode())


def update() -> None:
    """Bring every catalogue up to date with the code."""
    template = extracted()
    for path in catalogues():
        known = read(path)
        dated, header = known.revision_date, known.header_comment
        known.update(template, update_header_comment=False)
        known.revision_date, known.header_comment = dated, header
        path.write_text(written(known), encoding="utf-8")
        left = sum(1 for each in known if each.id and (each.fuzzy or not all(_texts(each.string))))
        print(f"{path.relative_to(ROOT)}: {len(known)} texts, {left} to be written")


def stale() -> bool:
    """Whether a catalogue has changed since it was compiled, or never was."""
    return any(not (made := path.with_suffix(".mo")).exists() or made.stat().st_mtime < path.stat().st_mtime
               for path in catalogues())  # fmt: skip


def build() -> None:
    """Compile every catalogue to what gettext reads, beside it."""
    for path in catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def _texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


if __name__ == "__main__":
    update() if sys.argv[1:] == ["update"] else build()
