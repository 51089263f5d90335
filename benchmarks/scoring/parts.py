"""The parts of a gold set: what may be looked at while rules are written, and the third that is only scored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

WHOLE, LOOKED_AT, ONLY_SCORED = "", "looked at", "only scored"
PARTS = (WHOLE, LOOKED_AT, ONLY_SCORED)


def only_scored(document: str) -> bool:
    """Whether a document is of the third that is never looked at, by the hash of its id."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 3 == 0


def part_of(document: str) -> str:
    """The part that a document is of."""
    return ONLY_SCORED if only_scored(document) else LOOKED_AT


def lines_of(lines: Iterable[str], part: str, key: str = "doc_id") -> list[str]:
    """The JSONL lines whose document, named under `key`, is of the part."""
    return [line for line in lines if line.strip() and part in (WHOLE, part_of(json.loads(line)[key]))]


def write_part(source: Path, folder: Path, part: str, key: str = "doc_id") -> Path:
    """A JSONL file's lines of one part, as a file of the same name in `folder`; the whole is the file itself."""
    if part == WHOLE:
        return source
    with source.open(encoding="utf-8") as lines:
        kept = lines_of(lines, part, key)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / source.name).write_text("".join(kept), encoding="utf-8")
    return folder / source.name


def named(figure: str, part: str) -> str:
    """The name that a figure of a part is kept under."""
    return f"{figure} ({part})" if part else figure


def unnamed(name: str) -> tuple[str, str]:
    """The figure and the part of a kept name."""
    for part in PARTS[1:]:
        figure, found, rest = name.rpartition(f" ({part})")
        if found and not rest:
            return figure, part
    return name, WHOLE
