"""An article's text with everything that was found in it marked, as HTML.

Findings nest and cross (a name in a quotation in a claim), which tags cannot: so the text is cut wherever one begins or
ends, and each piece carries the looks of all that cover it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise

from kb.ask.articles import Highlight
from kb.views.parts.markup import address
from kb.words import mark, retold

KINDS = {
    "event": mark("Events"),
    "time": mark("Times"),
    "person": mark("People"),
    "organization": mark("Organisations"),
    "place": mark("Places"),
    "thing": mark("Things"),
    "claim": mark("Claims"),
}

NAMES = ("person", "organization", "place", "thing")
"""The kinds of what has a name."""

SOUGHT = "sought"
"""The kind of what a link asks to be shown: it is no finding, and has no pill."""

# What a click on a piece opens, the first that covers it: the page and the name of its query.
_OPENS = {"event": "event"} | dict.fromkeys(NAMES, "name")
Piece = tuple[int, int, tuple[Highlight, ...]]


def pieces(length: int, highlights: Sequence[Highlight]) -> Iterator[Piece]:
    """Cut a text where findings begin or end.

    Arguments: length of the text in characters; highlights in any order, those outside the text are left out.
    Yields: start, end (exclusive) and the findings that cover this piece, the widest first; together the whole text.
    """
    valid = [h for h in highlights if 0 <= h.start < h.end <= length]
    opening: dict[int, list[Highlight]] = {}
    closing: dict[int, list[Highlight]] = {}
    for highlight in valid:
        opening.setdefault(highlight.start, []).append(highlight)
        closing.setdefault(highlight.end, []).append(highlight)
    here: list[Highlight] = []
    edges = sorted({0, length, *opening, *closing})
    for start, end in pairwise(edges):
        for done in closing.get(start, ()):
            here.remove(done)
        here.extend(opening.get(start, ()))
        yield start, end, tuple(sorted(here, key=lambda h: (h.start - h.end, h.start, h.kind, h.id)))


def article_html(text: str, highlights: Sequence[Highlight], kinds: Collection[str], *, start: int = 0) -> str:
    """The text from `start` on as HTML paragraphs with the findings of `kinds` marked; every word of it is escaped."""
    body = _marked(text, highlights, kinds, start, len(text))
    return f'<div class="kb-article" lang="en"><p>{_paragraphs(body)}</p></div>'


def headline_end(text: str, title: str) -> int:
    """Where the body starts in a text that begins with its own headline; 0 when it does not."""
    end = len(title)
    return end if title and text.startswith(title) and text[end : end + 1] in ("\n", "") else 0


def headline_html(title: str, highlights: Sequence[Highlight], kinds: Collection[str]) -> str:
    """A headline that the text begins with, its findings marked; escaped."""
    return _marked(title, highlights, kinds, 0, len(title)).replace("\n", " ")


def _marked(text: str, highlights: Sequence[Highlight], kinds: Collection[str], start: int, end: int) -> str:
    shown = [_at_words(h, text) for h in highlights if h.kind in kinds]
    cut = ((max(a, start), min(b, end), found) for a, b, found in pieces(len(text), shown) if a < end and b > start)
    return "".join(_piece(text[a:b], found) for a, b, found in cut)


def _at_words(highlight: Highlight, text: str) -> Highlight:
    """The finding without white space at its edges: half of a blank line in a mark would be no paragraph's end."""
    inside = text[highlight.start : highlight.end]
    start = highlight.start + len(inside) - len(inside.lstrip())
    return replace(highlight, start=start, end=start + len(inside.strip()))


def _piece(words: str, found: Sequence[Highlight]) -> str:
    if not found:
        return escape(words)
    classes = " ".join(dict.fromkeys(f"kb-m-{h.kind}" for h in found))
    notes = "\n".join(dict.fromkeys(_detail(h) for h in reversed(found)))
    parts = re.split(r"(\n\s*\n)", words)
    # A finding may run over the end of a paragraph: no tag may.
    return "".join(part if part.isspace() else _tag(part, found, classes, notes) for part in parts if part)


def _detail(highlight: Highlight) -> str:
    """What a finding is, in the reader's words; the second of its parts is what the article has."""
    kind, *rest = (highlight.detail or highlight.label).split(" · ")
    words = [" → ".join(map(retold, part.split(" → "))) if number else part for number, part in enumerate(rest)]
    return " · ".join((retold(kind), *words))


def _tag(words: str, found: Sequence[Highlight], classes: str, notes: str) -> str:
    note = escape(notes).replace("\n", "&#10;")
    shared = f'class="kb-m {classes}" data-note="{note}"'
    for highlight in reversed(found):
        if highlight.kind in _OPENS:
            href = address(_OPENS[highlight.kind], id=highlight.id)
            return f'<a {shared} href="{escape(href)}" target="_self">{escape(words)}</a>'
    return f'<span {shared} tabindex="0">{escape(words)}</span>'


def _paragraphs(body: str) -> str:
    return re.sub(r"\n\s*\n", "</p><p>", body.lstrip("\n")).replace("\n", "<br>")
