"""Quotation marks in running text: which stretches stand between them, across nesting, paragraphs and missing marks.

One pass over the marks of each paragraph, no parse. A mark's own shape is only a hint: what stands to its left and
right decides whether it can open or close, so that apostrophes, inches and decades are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.reading.findings import Span

_MARK = re.compile(r"[“”„«»\"‘’']{1,2}|``")
_DOUBLE = {"“", "”", "„", "«", "»", '"', "``", "''", "’’", "‘‘"}
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?:…\"”’'])[^\S\n]*\n\s*")
_OPENS_AFTER = " \t\n\r\u00a0([{—–-―/…"
_ELISION = re.compile(r"(?:\d0s?|\d\d\b|cause|em|til|tis|twas|n)\b", re.IGNORECASE)
_CUE = re.compile(
    r",\s(?=(?:he|she|they|(?:the|a)\s[a-z]+|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3})\s"
    r"(?:said|says|added|wrote|told|replied|asked|explained|insisted|recalled|noted|warned|argued)\b)"
)
_AHEAD = 40  # characters in which a word must follow a mark that opens
_LOOKAHEAD = 60  # closing single marks looked at before an opening one is taken for an apostrophe


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outermost quotation, marks included: one part for each paragraph it runs through.

    closed: whether its last part ends with a closing mark.
    """

    parts: tuple[Span, ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """First character, a mark."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """End of the last part, exclusive."""
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    double: bool
    opens: bool
    closes: bool
    possessive: bool = False


def paragraphs(text: str) -> list[Span]:
    """Paragraphs as character spans: parted by a blank line, or by a line break after the end of a sentence."""
    ends = [(0, 0), *((m.start(), m.end()) for m in _PARAGRAPH.finditer(text)), (len(text), len(text))]
    return [(a[1], b[0]) for a, b in pairwise(ends) if b[0] > a[1]]


def find_quotations(text: str) -> list[Quotation]:
    """Outermost quotations in text order, non-overlapping.

    A double mark that a paragraph leaves open runs on where the next paragraph opens with a mark again (the
    newspaper convention for long speech); otherwise it ends with its paragraph. Single marks count only outside double
    ones and must close in their paragraph.
    """
    found: list[Quotation] = []
    running: list[Span] = []
    for start, end in paragraphs(text):
        marks = list(_marks(text, start, end))
        if running and not (
            marks and marks[0].start == start and marks[0].opens and text[start] == text[running[0][0]]
        ):
            found.append(Quotation(tuple(running), closed=False))
            running = []
        closed, rest = _pair(marks, end)
        if running:
            first = closed.pop(0) if closed else None
            part = first or (rest if rest is not None else start, end)
            running.append(part)
            if first:
                found.append(Quotation(tuple(running)))
                running = []
            else:
                rest = None
        found.extend(Quotation((span,)) for span in closed)
        if rest is not None:
            running = [(rest, end)]
    if running:
        found.append(Quotation(tuple(running), closed=False))
    return [q if q.closed else _before_cue(text, q) for q in found]


def _before_cue(text: str, quotation: Quotation) -> Quotation:
    """A quotation whose closing mark was forgotten ends before “, she said”."""
    *others, (start, end) = quotation.parts
    cue = _CUE.search(text, start, end)
    return replace(quotation, parts=(*others, (start, cue.start() + 1))) if cue else quotation


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        sign = match.group()
        if len(sign) == 2 and sign not in _DOUBLE:
            yield from filter(None, (_mark(text, i, i + 1, start, end) for i in (match.start(), match.start() + 1)))
        elif mark := _mark(text, match.start(), match.end(), start, end):
            yield mark


def _mark(text: str, at: int, to: int, start: int, end: int) -> _Mark | None:
    sign = text[at:to]
    before = text[at - 1] if at > start else " "
    after = text[to] if to < end else " "
    free_left = before in _OPENS_AFTER or before in "“”\"‘’'«„"
    free_right = not after.isalnum()
    if sign in _DOUBLE:
        if sign == '"' and before.isdigit() and re.search(r"\d['’]\s?\d{1,2}$", text[max(start, at - 6) : at]):
            return None
        opens = sign in "“„«``" or (free_left and not after.isspace())
        closes = sign in "”»''’’" or (not before.isspace() and (free_right or not free_left))
        if before.isspace() and free_right and sign == '"':
            # a mark between blanks, as in tokenised text, opens if none is open and words follow
            opens, closes = after.isspace() and any(c.isalnum() for c in text[to : min(end, to + _AHEAD)]), True
        if sign in "“„«" and free_right and not before.isspace() and before not in _OPENS_AFTER:
            opens, closes = False, True
        if sign in "”»" and free_left and not free_right and (before.isspace() or at == start):
            opens, closes = True, False
        return _Mark(at, to, True, opens, closes)
    if sign != "’" and free_left and not after.isspace() and not _ELISION.match(text, to):
        return _Mark(at, to, False, True, False)
    if sign != "‘" and free_right and not before.isspace():
        return _Mark(at, to, False, False, True, possessive=before in "sS")
    return None


def _pair(marks: Sequence[_Mark], end: int) -> tuple[list[Span], int | None]:
    """Pairs of one paragraph, and where a double mark that it leaves open stands."""
    spans: list[Span] = []
    singles = [i for i, mark in enumerate(marks) if not mark.double]
    at = 0
    while at < len(marks):
        mark = marks[at]
        if not mark.opens:
            at += 1
            continue
        closer = _double_closer(marks, at) if mark.double else _single_closer(marks, at, singles)
        if closer is None and mark.double:
            return spans, mark.start
        if closer is None:
            at += 1
        elif marks[closer].closes:
            spans.append((mark.start, marks[closer].end))
            at = closer + 1
        else:
            spans.append((mark.start, marks[closer].start))
            at = closer
    return spans, None


def _double_closer(marks: Sequence[_Mark], opener: int) -> int | None:
    """Index of the mark that ends the double quotation; an opening mark where the closing one was forgotten."""
    depth = 1
    for i in range(opener + 1, len(marks)):
        mark = marks[i]
        if not mark.double:
            continue
        if mark.closes:
            depth -= 1
            if depth == 0:
                return i
        elif mark.opens:
            following = [m for m in marks[i + 1 : i + 7] if m.double][:2]
            if len(following) < 2 or not all(m.closes for m in following):
                return i
            depth += 1
    return None


def _single_closer(marks: Sequence[_Mark], opener: int, singles: Sequence[int]) -> int | None:
    """Index of the single mark that ends the quotation.

    The possessive of a plural (workers’) looks like an end; it is passed by if another end follows before an opening.
    """
    first = bisect_right(singles, opener)
    closers = []
    for i in singles[first : first + _LOOKAHEAD]:
        if marks[i].opens:
            break
        closers.append(i)
    if len(closers) > 1 and marks[closers[0]].possessive:
        return closers[1]
    return closers[0] if closers else None
