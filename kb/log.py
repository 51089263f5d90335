"""The log in the data folder: what nobody foresaw is told to the user in a sentence, and kept there in full."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime

from kb.errors import BadInput
from kb.project import data_folder


class _LogFile(logging.Handler):
    """The file kb.log, made when something is first written; where none can be, nothing is kept."""

    def emit(self, record: logging.LogRecord) -> None:
        """Add a record with its moment and, for an error, where it arose."""
        with suppress(OSError, BadInput):
            folder = data_folder()
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "kb.log").open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {self.format(record)}\n")


LOG = logging.getLogger("eventline")
LOG.addHandler(_LogFile())
LOG.propagate = False  # else a traceback reaches the user


def unforeseen(error: Exception, name: str) -> str:
    """One sentence for an error that nobody foresaw. Arguments: the error; name, of the article it arose in."""
    LOG.error("%s: nobody foresaw this", name, exc_info=error)
    words = " ".join(str(error).split())[:200]
    return (
        f"it could not be read, for a reason that nobody foresaw ({type(error).__name__}: {words}); kb.log says where"
    )
