"""Text -> paragraphs: characters levelled, soft line wraps undone, one string per paragraph."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"^(?:[-*•‣◦▪]\s+)+")
_LIST_ITEM = re.compile(r"(?:[-*•‣◦▪–—]|\(?\d{1,3}[.)])\s")
_LABEL = re.compile(r"(?:by|[A-Za-z][A-Za-z ]{1,18}:)\s+\S", re.I)
_NARROW = 130  # characters; text wrapped by a program is narrower (RFC 5322 mail 78, terminals 80 to 120)


def level(text: str) -> str:
    """NFC text without control, zero-width and unpaired characters, every white space a space or a line break.

    Twice the same is once: invisible characters go before composing, so that nothing composes later.
    """
    text = _NEWLINES.sub("\n", text)
    text = re.sub(r"[^\S\n]", " ", text)
    invisible = {
        char for char in set(text) if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
    }
    text = text.translate(dict.fromkeys(map(ord, invisible)))
    return unicodedata.normalize("NFC", text)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, none empty, each on one line with single spaces.

    Blocks are parted by blank lines; inside a block a line break ends a paragraph unless the line was wrapped.
    """
    blocks = [block for block in _blocks(level(text)) if block]
    width = _wrap_width(blocks)
    lines = (_BULLET.sub("", line) for block in blocks for line in _unwrap(block, width))
    return [line for line in lines if line]


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words:
            blocks[-1].append(words)
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """The column at which a program wrapped the lines; None when the lines are not wrapped to one width."""
    inner = [(line, after) for block in blocks for line, after in pairwise(block)]
    if not inner:
        return None
    width = max(len(line) for line, _ in inner)
    forced = sum(_was_forced(line, after, width) for line, after in inner)
    return width if width <= _NARROW and forced >= 0.6 * len(inner) and len(inner) >= 3 else None


def _was_forced(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _unwrap(block: list[str], width: int | None) -> list[str]:
    joined = [[block[0]]]
    for line, after in pairwise(block):
        if _continues(line, after, width):
            joined[-1].append(_glue(line, after) + after)
        else:
            joined.append([after])
    return ["".join(parts) for parts in joined]


def _continues(line: str, after: str, width: int | None) -> bool:
    if _LIST_ITEM.match(after) or _LABEL.match(line):
        return False
    if after[0].islower():
        return True
    return width is not None and _was_forced(line, after, width) and not _LABEL.match(after)


def _glue(line: str, after: str) -> str:
    """What joins two lines: a space, but nothing after a compound's hyphen ("short- and long-range" keeps one)."""
    compound = (
        re.search(r"\w-$", line)
        and after[0].isalpha()
        and after.split(" ", 1)[0].lower() not in ("and", "or", "to", "nor")
    )
    return "" if compound else " "
