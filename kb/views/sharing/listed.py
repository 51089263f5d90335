"""A file of frozen records beside the graph: read as a whole, written as a whole, by one session at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from kb.errors import BadInput

Record = TypeVar("Record")
_WAIT = 10  # seconds for another session that writes


def read(path: Path, make: type[Record], what: str) -> list[Record]:
    """The records in a file, none where it is not there.

    Arguments: the file; make, the dataclass of its records; what, how a fault calls them. Raises: BadInput where it
    cannot be read.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [make(**each) for each in found]
    except (OSError, ValueError, TypeError) as error:
        raise BadInput(f"{what} in {path} cannot be read ({error}); mend the file or remove it.") from error


def locked(path: Path) -> FileLock:
    """Held while the file is read to be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(f"{path}.lock", timeout=_WAIT)


def write(path: Path, records: Iterable[Any]) -> None:
    """Put dataclass records into the file: written beside and put in place, so that nobody reads half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(each) for each in records], ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, path)
