"""The log in the data folder, a JSON object a line: what became of each article, and what nobody foresaw, in full."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import BadInput
from kb.project import data_folder

NAME = "kb.log"


class _LogFile(logging.Handler):
    """The file kb.log, made when something is first written; where none can be, nothing is kept."""

    def emit(self, record: logging.LogRecord) -> None:
        """Add a record with its moment and, for an error, where it arose."""
        with suppress(OSError, BadInput):
            folder = Path(getattr(record, "folder", None) or data_folder())
            folder.mkdir(parents=True, exist_ok=True)
            # one call of write: the lines of several processes do not mix
            with (folder / NAME).open("ab", buffering=0) as log:
                log.write((self.format(record) + "\n").encode("utf-8", "backslashreplace"))

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON: at (UTC), level, message, process, then what it tells of, and a traceback."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "process": os.getpid(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["traceback"] = logging.Formatter().formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


LOG = logging.getLogger("eventline")
LOG.addHandler(_LogFile())
LOG.setLevel(logging.INFO)
LOG.propagate = False  # else a traceback reaches the user


def tell(message: str, told: Mapping[str, Any], folder: Path, *, failed: bool = False) -> None:
    """Add a line to the log.

    Arguments: message, what kind of line it is; told, its fields, which JSON can hold; folder, the data folder;
    failed, whether it is a warning. Raises: nothing.
    """
    LOG.log(logging.WARNING if failed else logging.INFO, message, extra={"told": dict(told), "folder": folder})


def unforeseen(error: Exception, name: str) -> str:
    """One sentence for an error that nobody foresaw. Arguments: the error; name, of the article it arose in."""
    LOG.error("nobody foresaw this", exc_info=error, extra={"told": {"source": name}})
    words = " ".join(str(error).split())[:200]
    return (
        f"it could not be read, for a reason that nobody foresaw ({type(error).__name__}: {words}); kb.log says where"
    )
