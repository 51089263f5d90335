"""What somebody typed into the search box, as the full-text indexes are asked for it and as it is marked where found.

Words all have to stand there, in any order; “in quotation marks” they follow each other; `word*` stands for all that
begin so. What else an engine's query language knows (AND, ~, /…/, field:) is taken for words, so nothing typed is an
error of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from kb.errors import BadInput

MOST_WORDS = 24  # that one search may have
_LONGEST = 60  # letters of a word that are looked at
_CHUNK = re.compile(r"[\"“”„«»]([^\"“”„«»]*)(?:[\"“”„«»]|$)|([^\s\"“”„«»]+)")
_PIECE = re.compile(r"[^\W_]+")
_APOSTROPHES = "'’"
_BETWEEN = r"[^\p{L}\p{N}]+"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that follow each other: one, those in quotation marks, or the parts of “F-16”.

    pieces: letters and digits in lower case; terms: as typed, between spaces; prefix: the last may go on.
    """

    pieces: tuple[str, ...]
    terms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Asked:
    """What is looked for; none of it: nothing to look for."""

    chunks: tuple[Chunk, ...]

    def __bool__(self) -> bool:
        return bool(self.chunks)

    @property
    def query(self) -> str:
        """In Lucene's query syntax: every text that fits, and of words that follow each other some that do not."""
        return " ".join(f"+{_clause(chunk)}" for chunk in self.chunks)

    @property
    def patterns(self) -> list[str]:
        """Regular expressions, as Java reads them, of what an index alone cannot promise: that words follow."""
        return [_following(chunk) for chunk in self.chunks if len(chunk.pieces) > 1]

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile("|".join(_mark(chunk) for chunk in self.chunks), re.I)

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where what is looked for stands in a text, as offsets that do not overlap."""
        return tuple(found.span() for found in self._marks.finditer(text)) if self else ()


def asked(words: str) -> Asked:
    """What somebody typed, understood. Raises: BadInput when it is too much to look for at once."""
    chunks: list[Chunk] = []
    for found in _CHUNK.finditer(unicodedata.normalize("NFC", words)):
        made = _chunk(found[1] if found[1] is not None else found[2], quoted=found[1] is not None)
        chunks += [made] if made and made not in chunks else []
        if sum(len(chunk.pieces) for chunk in chunks) > MOST_WORDS:
            raise BadInput(f"A search takes at most {MOST_WORDS} words; leave some out")
    return Asked(tuple(chunks))


def _chunk(text: str, *, quoted: bool) -> Chunk | None:
    terms = tuple(term.lower() for term in text.split() if _PIECE.search(term))
    pieces = tuple(piece.lower()[:_LONGEST] for piece in _PIECE.findall(text))
    if _too_short(text, pieces) and not quoted:
        raise BadInput(f"“{text}” begins too many words; write two letters of it or more before the *")
    long = any(len(piece) > _LONGEST for piece in _PIECE.findall(text))
    prefix = long or (not quoted and text.endswith("*") and not text.startswith("*"))
    return Chunk(pieces, terms, prefix) if pieces else None


def _too_short(text: str, pieces: tuple[str, ...]) -> bool:
    """Whether a single letter stands for all that begin so."""
    return text.endswith("*") and len(pieces) == 1 and len(pieces[0]) == 1


def _clause(chunk: Chunk) -> str:
    clauses = [_term(term) for term in chunk.terms[:-1]]
    last = chunk.terms[-1]
    clauses.append(_begun(last) if chunk.prefix else _term(last))
    return clauses[0] if len(clauses) == 1 else f"({' '.join(f'+{each}' for each in clauses)})"


def _term(term: str) -> str:
    """A word with its possessive, or the spellings of one that has marks within it."""
    pieces = [piece.lower() for piece in _PIECE.findall(term)]
    if len(pieces) == 1:
        own = [f"{pieces[0]}{mark}s" for mark in _APOSTROPHES if pieces[0].isalpha() and not pieces[0].endswith("s")]
        return f"({' '.join(map(_quoted, (pieces[0], *own)))})"
    spelled = dict.fromkeys(re.sub(f"[{_APOSTROPHES}]", mark, term) for mark in _APOSTROPHES)
    apart = " ".join(f"+{_quoted(piece)}" for piece in pieces)
    return f"({' '.join(map(_quoted, spelled))} ({apart}))"


def _begun(term: str) -> str:
    *pieces, last = (piece.lower()[:_LONGEST] for piece in _PIECE.findall(term))
    clauses = [*map(_quoted, pieces), f"{last}*"]
    return clauses[0] if len(clauses) == 1 else f"({' '.join(f'+{each}' for each in clauses)})"


def _quoted(words: str) -> str:
    """Words as the query parser takes them for words, whatever stands in them."""
    return '"' + re.sub(r'["\\]', " ", words) + '"'


def _following(chunk: Chunk) -> str:
    words = _BETWEEN.join(chunk.pieces)
    end = "" if chunk.prefix else r"(?![\p{L}\p{N}])"
    return rf"(?isU).*(?<![\p{{L}}\p{{N}}]){words}{end}.*"


def _mark(chunk: Chunk) -> str:
    end = r"[^\W_]*" if chunk.prefix else r"(?![^\W_])"
    words = r"[\W_]+".join(map(re.escape, chunk.pieces))
    return rf"(?<![^\W_]){words}{end}"
