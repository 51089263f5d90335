"""One search over events, names, claims, sentences and articles."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from kb.ask.rows import ArticleRow, Named, Record, kind_of, row_of
from kb.ask.search import statements
from kb.ask.timeline import FIRST
from kb.ask.typed import Asked, asked
from kb.ask.words import as_said, human
from kb.counted import LAST
from kb.edtf import Edtf
from kb.errors import BadInput, QueryError
from kb.store import Store

# How many of the best an index gives: at first; of what is ordered by weight, not by words; at last, where most of
# these are withdrawn; and in all of sentences by what they tell, each of which costs a look at that.
_FEW, _MANY, _MOST, _TELLING = 120, 3000, 30_000, 800
_NO_INDEX = ("no such fulltext schema index", "index with name", "not found", "fulltext.querynodes")

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. kind: Event, Person, Organization, Place, Thing, Claim, Passage or Article.

    text: in which the words stand, of a claim in quotation marks where they are the speaker's own; or, of a name, that
    is shown with its aliases; marks: where they stand in it; edtf:
    when it happened, was said or appeared; status: of an event; events: what a sentence tells of; aliases: other names
    that have the words; article: in which a claim or sentence stands; start, end: where a sentence stands in its text.
    """

    kind: str
    id: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    edtf: str | None = None
    status: str = "asserted"
    cue: str = ""
    speaker: Named | None = None
    aliases: tuple[str, ...] = ()
    events: tuple[Named, ...] = ()
    article: ArticleRow | None = None
    start: int = 0
    end: int = 0
    near: float | None = None

    @property
    def when(self) -> str:
        """The date in words, "" where there is none."""
        return human(self.edtf, "")


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one sort. more: whether there is more than was asked for."""

    name: str
    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found, in groups that hold something; date: what of the words was read as one, EDTF.

    unindexed: where meaning was looked for, how many sentences have no vector yet.
    """

    words: str
    date: str | None
    groups: tuple[Group, ...]
    unindexed: int = 0


def search(store: Store, words: str, *, when: tuple[str, Edtf] | None = None, limit: int = 10) -> Found:
    """Find words in events, names, claims, sentences and articles.

    Arguments: the open store; what was typed, as `kb.ask.typed` takes it; when, the same without a date that
    stands in it, and that date: what has the other words and happened then, was said or appeared then, comes first;
    limit, most of each group. Raises: BadInput where there is nothing to look for; StoreError.
    """
    whole = asked(words)
    if not whole:
        raise BadInput("Type a word to look for, a “phrase in quotation marks”, or the beginning of one: negotiat*")
    ways = [_Way(whole, None)]
    if when and (when[1].earliest or when[1].latest):
        ways.insert(0, _Way(asked(when[0]), (when[1].earliest or FIRST, when[1].latest or LAST)))
    with ThreadPoolExecutor(len(_GROUPS)) as pool:
        groups = list(pool.map(lambda name: _group(store, name, whole, ways, limit), _GROUPS))
    return Found(words, str(when[1]) if when else None, tuple(group for group in groups if group.hits))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to understand what was typed: words, and between which days."""

    asked: Asked
    span: Span | None


# The statements of each group, and how many of the best an index gives at first.
_GROUPS: dict[str, tuple[tuple[str, int], ...]] = {
    "Events": ((statements.EVENTS, _MANY), (statements.EVENTS_TOLD, _FEW)),
    "People, places, things": ((statements.NAMES, _FEW),),
    "Claims": ((statements.CLAIMS, _FEW),),
    "Sentences": ((statements.PASSAGES, _FEW),),
    "Articles": ((statements.ARTICLES, _MANY),),
}


def _group(store: Store, name: str, whole: Asked, ways: Iterable[_Way], limit: int) -> Group:
    found: dict[tuple[str, str], Hit] = {}
    for way in ways:
        for statement, most in _GROUPS[name] if way.asked else _without_words(name):
            if len(found) <= limit:
                for row in _rows(store, statement, way, most, limit + 1):
                    hit = _hit(name, row, whole)
                    found.setdefault((hit.id, hit.article.id if hit.article else ""), hit)
    hits = tuple(found.values())
    return Group(name, hits[:limit], len(hits) > limit)


def _without_words(name: str) -> tuple[tuple[str, int], ...]:
    """What a date alone finds."""
    return ((statements.EVENTS_THEN, 0),) if name == "Events" else ()


def _rows(store: Store, statement: str, way: _Way, most: int, limit: int) -> list[Record]:
    """The rows of a statement; more of the index is asked for where too few of the best are shown now."""
    earliest, latest = way.span or (None, None)
    given: dict[str, Any] = {"query": way.asked.query, "patterns": way.asked.patterns, "limit": limit,
                             "earliest": earliest, "latest": latest}  # fmt: skip
    if statement == statements.EVENTS_TOLD or (statement == statements.PASSAGES and way.span):
        return _run(store, statement, given, _TELLING)
    rows = _run(store, statement, given, most)
    if len(rows) >= limit or not most:
        return rows
    return _run(store, statement, given, _MOST)


def _run(store: Store, statement: str, given: dict[str, Any], most: int) -> list[Record]:
    try:
        return list(store.run(statement, **given, most=most))
    except QueryError as error:
        if any(words in str(error).lower() for words in _NO_INDEX):
            raise QueryError(f"The graph at {store.uri} has no full-text index yet; run `kb store start`, which makes "
                             "it, on the local server or on Neo4j") from error  # fmt: skip
        raise


def _hit(group: str, row: Record, wanted: Asked) -> Hit:
    kind = {"Events": "Event", "Claims": "Claim", "Sentences": "Passage", "Articles": "Article"}.get(group)
    text = as_said(row["text"], direct=row["direct"]) if kind == "Claim" else row["text"]
    hit = row_of(Hit, {"kind": kind or kind_of(row.get("labels")), **row, "text": text})
    aliases = tuple(alias for alias in hit.aliases if wanted.marks(alias)) if not wanted.marks(hit.text) else ()
    speaker = hit.speaker
    if group == "Claims" and speaker is None and row["speaker_name"]:
        speaker = Named("", row["speaker_name"])
    return replace(hit, marks=wanted.marks(hit.text), aliases=aliases, speaker=speaker)
