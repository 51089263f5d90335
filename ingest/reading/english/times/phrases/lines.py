"""Where lines begin: a date that opens one is the heading of what it tells."""

from __future__ import annotations

import re

_OPENS = re.compile(r"(?:\A|\n)[^\S\n]*(?:[•*·–—-][^\S\n]*)?\Z")


def opens_line(text: str, start: int) -> bool:
    """Whether nothing but a bullet stands before a character on its line. Arguments: the text; the character."""
    return _OPENS.search(text, max(0, start - 8), start) is not None
