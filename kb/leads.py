"""What to look for next where a search found nothing: less of what was typed that does stand somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb import ask, meaning
from kb.ask.typed import Chunk, asked
from kb.store import Store

_MOST_PARTS, _MOST_WAYS = 6, 4  # parts of what was typed that are tried, ways that are told
_BEGINNING, _LEAST = 2, 4  # letters that the end of a word is left without, and that it keeps


@dataclass(frozen=True, slots=True)
class Leads:
    """Ways on from a search that found nothing.

    nowhere: the words that stand nowhere; ways: what finds something, the nearest to what was typed first; by_meaning:
    whether the sentences can be found by what they mean.
    """

    nowhere: tuple[str, ...]
    ways: tuple[str, ...]
    by_meaning: bool


def leads(store: Store, words: str) -> Leads:
    """How to go on from words that nothing has. Arguments: the store; words, as typed. Raises: BadInput, StoreError."""
    chunks = asked(words).chunks[:_MOST_PARTS]
    typed = {word.strip('"“”„«»*').lower(): word.strip('"“”„«»*') for word in words.split()}
    parts = [_written(chunk, typed) for chunk in chunks]
    alone = {part: _finds(store, part) for part in parts} if len(parts) > 1 else dict.fromkeys(parts, False)
    ways: list[str] = []
    for way in _fewer(chunks, parts, alone, typed):
        if len(ways) < _MOST_WAYS and way not in ways and (alone.get(way) or _finds(store, way)):
            ways.append(way)
    nowhere = tuple(part for part in parts if not alone[part])
    return Leads(nowhere, tuple(ways), meaning.is_installed() and meaning.state(store).model is not None)


def _fewer(
    chunks: tuple[Chunk, ...], parts: list[str], alone: dict[str, bool], typed: dict[str, str]
) -> Iterator[str]:  # fmt: skip
    """What asks for less than was typed, the least first."""
    loose = [term for chunk in chunks for term in (typed.get(each, each) for each in chunk.terms)]
    if any(len(chunk.terms) > 1 for chunk in chunks):
        yield " ".join(dict.fromkeys(loose))
    standing = [part for part in parts if alone[part]]
    if 1 < len(standing) < len(parts):
        yield " ".join(standing)
    if len(standing) > 2:
        yield from (" ".join(part for part in standing if part != left) for left in reversed(standing))
    yield from standing
    for chunk, part in zip(chunks, parts, strict=True):
        if not alone[part] and len(chunk.terms) == 1:
            yield f"{part.rstrip('*')[: max(_LEAST, len(part.rstrip('*')) - _BEGINNING)]}*"


def _written(chunk: Chunk, typed: dict[str, str]) -> str:
    """A part of what was typed, as it is typed alone."""
    words = " ".join(typed.get(term, term) for term in chunk.terms)
    return f'"{words}"' if len(chunk.terms) > 1 else f"{words.rstrip('*')}*" if chunk.prefix else words


def _finds(store: Store, words: str) -> bool:
    return bool(ask.search(store, words, limit=1).groups)
