"""What a reader's question may use: what it may build, how many may run at once, how large its answer may be.

An engine bounds what a question gathers over rows (`queryMaxHeapRAM` of ArcadeDB, `db.memory.transaction.max` of
Neo4j) and gives it up between two rows. It does neither within one expression: a text that is doubled thirty times is a
gigabyte, and a loop in a loop runs on until the server ends. So what grows or loops within one expression is refused
by its form. What this overlooks meets the last bound, `kb.store.question`: the server is begun anew.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kb.errors import QueryError
from kb.store.table import GraphNode, GraphPath, GraphRelationship

AT_ONCE = 2  # questions in Cypher on one local server, of all processes: each may hold a core for its whole time
ANSWER = 16 * 2**20  # bytes
_GROWTH = 10_000  # how often an expression may repeat what it is given
_LENGTH = 10_000  # characters that a padding function may make
_TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|\$?\w+|<>|<=|>=|=~|\S", re.S)
_CLAUSES = frozenset(("with", "return", "unwind", "match", "where", "call", "order", "optional", "union", "yield"))
_ITERATING = frozenset(("reduce", "any", "all", "none", "single"))
_PADDING = frozenset(("lpad", "rpad", "leftpad", "rightpad", "repeat", "space"))
_SMALL = frozenset(("labels", "nodes", "relationships", "keys", "split"))  # lists no longer than what is stored
_COMPARING = frozenset(("<", ">", "=", "<>", "<=", ">=", "=~", "in"))
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def refuse_growing(cypher: str) -> None:
    """Refuse a statement whose expressions repeat themselves or loop in loops. Raises: QueryError, which says what."""
    words = [word for word in _TOKEN.findall(cypher) if not word.startswith(("//", "/*"))]
    growth = 1
    for at, word in enumerate(words):
        name = word.lower()
        if name == "reduce" and words[at + 1 : at + 2] == ["("]:
            _refuse_growing_reduce(_within(words, at + 1))
        if name in _PADDING and words[at + 1 : at + 2] == ["("]:
            _refuse_long_padding(_within(words, at + 1))
        if name == "replace" and words[at + 1 : at + 2] == ["("]:
            growth *= _by_replacing(_within(words, at + 1))
        if _iterates(words, at):
            _refuse_loop_in_loop(words, at)
    for item in _items(words):
        growth *= max(1, _repeats(item))
    if growth > _GROWTH:
        raise QueryError("The query builds a value by repeating itself, which has no bound on memory; build less "
                         "in one value, or return the parts as rows")  # fmt: skip


def weight(value: Any) -> int:
    """About how many bytes a cell of an answer takes as text or JSON."""
    if isinstance(value, str):
        return len(value) + 8
    if isinstance(value, (GraphNode, GraphRelationship)):
        return 64 + weight(value.properties)
    if isinstance(value, GraphPath):
        return sum(map(weight, (*value.nodes, *value.relationships)))
    if isinstance(value, Mapping):
        return 16 + sum(len(key) + weight(each) for key, each in value.items())
    return 16 + sum(map(weight, value)) if isinstance(value, (list, tuple)) else 8


@contextmanager
def turn(data_dir: Path, seconds: float) -> Iterator[None]:
    """Hold one of the places for a question to the local server, waiting for so long.

    Raises: QueryError when others hold all of them for that time.
    """
    held = _acquire([FileLock(data_dir / f"question-{place}.lock") for place in range(AT_ONCE)], seconds)
    try:
        yield
    finally:
        held.release()


def _acquire(places: list[FileLock], seconds: float) -> FileLock:
    until = time.monotonic() + seconds
    while True:
        for place in places:
            try:
                place.acquire(timeout=0)
            except Timeout:
                continue
            return place
        if time.monotonic() > until:
            raise QueryError(f"{AT_ONCE} other questions in Cypher have been running for {seconds:g} seconds, and no "
                             "more run at once; try again when they have ended")  # fmt: skip
        time.sleep(0.05)


def _within(words: list[str], at: int) -> list[str]:
    """The words between the bracket at a place and the one that closes it."""
    depth = 0
    for end in range(at, len(words)):
        depth += (words[end] in _OPENING) - (words[end] in _CLOSING)
        if depth == 0:
            return words[at + 1 : end]
    return words[at + 1 :]


def _split(words: list[str], mark: str) -> list[list[str]]:
    """The parts between the marks that stand in no bracket."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth == 0 and word == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _refuse_growing_reduce(inner: list[str]) -> None:
    """The accumulator may be taken once in each round: taken twice, it doubles."""
    head, *body = _split(inner, "|")
    if not head or not body:
        return
    words = [word for part in body for word in part]
    if _used(words, head[0]) > 1 or "replace" in map(str.lower, words):
        raise QueryError(f"The query’s reduce uses “{head[0]}” more than once in each round, so it grows without "
                         "bound; use it once, or return rows")  # fmt: skip


def _used(words: list[str], name: str) -> int:
    """How often a variable itself is taken: not a property of it, not in a comparison, not what a function counts."""
    count = 0
    for at, word in enumerate(words):
        beside = {words[at - 1].lower() if at else "", words[at + 1].lower() if at + 1 < len(words) else ""}
        counted = at > 1 and words[at - 1] == "(" and words[at - 2].lower() in ("size", "length", "count", "sum", "abs")
        if word == name and not beside & {*_COMPARING, "."} and not counted:
            count += 1
    return count


def _refuse_long_padding(inner: list[str]) -> None:
    numbers = [word for part in _split(inner, ",")[-2:] for word in part]
    if not any(word.isdigit() and int(word) <= _LENGTH for word in numbers) or "*" in numbers:
        raise QueryError(f"A padded or repeated text may have at most {_LENGTH:,} characters, given as a number")
    if any(word.isdigit() and int(word) > _LENGTH for word in numbers):
        raise QueryError(f"A padded or repeated text may have at most {_LENGTH:,} characters")


def _by_replacing(inner: list[str]) -> int:
    """How many times longer a text may become by `replace`: by what is put in, if that is written out."""
    last = _split(inner, ",")[-1]
    if len(last) == 1 and last[0][:1] in "'\"":
        return max(1, len(last[0]) - 2)
    return _GROWTH + 1 if len(_split(inner, ",")) > 2 and "." not in last else 100


def _iterates(words: list[str], at: int) -> bool:
    after = words[at + 1 : at + 2]
    if words[at].lower() in _ITERATING:
        return after == ["("]
    return words[at] == "[" and [word.lower() for word in words[at + 2 : at + 3]] == ["in"]


def _refuse_loop_in_loop(words: list[str], at: int) -> None:
    """Within a loop another may only go over what is written out or stored: its work is the product of both."""
    inner = _within(words, at if words[at] == "[" else at + 1)
    for place in range(1, len(inner)):
        if not _iterates(inner, place):
            continue
        nested = _within(inner, place if inner[place] == "[" else place + 1)
        source = next((nested[k + 1 :] for k, word in enumerate(nested) if word.lower() == "in"), [])
        if source and not (source[0] == "[" or source[0].lower() in _SMALL or source[1:2] == ["."]):
            raise QueryError("The query loops within a loop of one expression, which the server cannot give up in "
                             "time; write the inner one as UNWIND")  # fmt: skip


def _items(words: list[str]) -> Iterator[list[str]]:
    """What each clause names, item by item."""
    clause: list[str] = []
    for word in (*words, "return"):
        if word.lower() in _CLAUSES:
            yield from _split(clause, ",")
            clause = []
        else:
            clause.append(word)


def _repeats(item: list[str]) -> int:
    """How often the variable that is taken most often is joined to itself, or listed beside itself."""
    if not {"+", "["} & set(item):
        return 1
    names = {word for word in item if word[0].isalpha() and word.lower() not in ("as", "in", "and", "or", "not")}
    return max((_used(item, name) for name in names), default=1)
