"""What could not be read, and why, in words that can be stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.errors import KbError
from kb.log import unforeseen

_HALVES = re.compile("[\ud800-\udfff]")  # what no UTF-8 can hold


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a part of one, that could not be read, and why in one sentence."""

    source: str
    reason: str


def failure(error: Exception, source: str) -> Failure:
    """The failure of a source, with a sentence for the error. Arguments: the error; the source's name."""
    return Failure(legible(source), legible(_sentence(error, source)))


def legible(name: str) -> str:
    """A name as it can be stored: what no UTF-8 can hold, as in names of files, becomes “\ufffd”."""
    return _HALVES.sub("\ufffd", name)


def _sentence(error: Exception, name: str) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be read by this user; give yourself the right to read it."
    if isinstance(error, OSError):
        return f"{error.filename or 'The source'} could not be read ({error.strerror or error}); check the path."
    return str(error) if isinstance(error, KbError) else unforeseen(error, name)
