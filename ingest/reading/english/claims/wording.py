"""A claim's words reduced to what makes two tellings of it the same: no marks, no editor's insertions, one case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.findings import Span

_PART_OF_WORD = re.compile(r"\[(\w{1,2})\](?=\w)|(?<=\w)\[(\w{1,4})\]")
_INSERTION = re.compile(r"\s*\[[^\[\]]{0,200}\]")
_ELLIPSIS = re.compile(r"…|\.{2,}|\. \. \.")
_MARKS = re.compile(r"[“”„«»\"]|``|''|(?<!\w)[‘’'`]|[‘’'`](?!\w)")
_EDGE = " \t\n.,;:!?–—-"


def normal_text(text: str, content: Sequence[Span]) -> str:
    """The words of a claim for comparison with other claims, in lower case.

    Arguments: the article's text; the claim's spans in it. Square brackets are the editor's by the convention of the
    press (a name put in, "[sic]", "[…]") and are left out; a changed letter, "[T]he" or "goe[s]", counts as written.
    """
    words = " ".join(text[start:end] for start, end in content)
    words = _PART_OF_WORD.sub(lambda found: found.group(1) or found.group(2), words)
    words = _ELLIPSIS.sub(" ", _INSERTION.sub("", words))
    words = _MARKS.sub("", words).replace("’", "'").replace("‘", "'")
    return " ".join(words.split()).strip(_EDGE).casefold()
