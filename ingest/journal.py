"""What a run of ingest has come to, kept beside the graph until it is over: one that was killed goes on where it was.

A file for each run that is under way or was broken off, in the folder runs of the data folder: a line that says what
was asked for, then a line for each article that is in the graph. A line is written after the article is stored, so what
a crash cuts short is read once more, and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import TextIOBase
from itertools import islice
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ingest.graph.runs import held, new_id
from ingest.read import Failure
from ingest.read.web import is_address
from ingest.reading.extract import rules_version
from ingest.reading.findings import RawDocument
from ingest.run import Outcome
from kb.store import Settings, Store

_FOLDER = "runs"
_AT_ONCE = 1_000  # articles that the graph is asked for at once


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for: sources and options as the user gave them, the folder in which paths are meant."""

    sources: tuple[str, ...]
    options: Mapping[str, Any]
    folder: str


@dataclass
class Journal:
    """The articles of one run that are done. articles, unchanged: how many, by the run before it was broken off."""

    path: Path
    run: str
    asked: Asked
    lock: FileLock
    articles: int = 0
    unchanged: int = 0
    _done: set[str] = field(default_factory=set)
    _marks: dict[int, str] = field(default_factory=dict)
    _lines: TextIOBase | None = None

    def passed(self, source: str) -> bool:
        """Whether a source is one article that is done, so that nobody need open it."""
        return bool(self._done) and (mark := _mark_of_source(source)) is not None and mark in self._done

    def left(self, raws: Iterable[RawDocument | Failure]) -> Iterator[RawDocument | Failure]:
        """What is not done yet, in the order given; `note` takes its places, from 0."""
        place = 0
        for raw in raws:
            if not isinstance(raw, Failure):
                mark = _mark(raw)
                if mark in self._done:
                    continue
                self._marks[place] = mark
            yield raw
            place += 1

    def begin(self, store: Store) -> None:
        """Write down what is asked for; earlier runs of just that, which were broken off, are forgotten."""
        if not self.path.exists():
            for _, older in _unfinished(store, self.asked):
                _forget(older)
            header = {"run": self.run, "graph": _graph(store.settings), "rules": rules_version(), **asdict(self.asked)}
            self.path.write_text(json.dumps(header) + "\n", encoding="utf-8")
        self._lines = self.path.open("a", encoding="utf-8")
        self._lines.write("\n")  # apart from a line that was cut short

    def note(self, place: int, outcome: Outcome) -> None:
        """Keep that an article is done. What failed is tried again when the run goes on."""
        mark = self._marks.pop(place, None)
        if self._lines is not None and mark and outcome.status != "failed":
            self._lines.write(json.dumps([mark, outcome.article_id, outcome.status]) + "\n")
            self._lines.flush()

    def recall(self, store: Store) -> None:
        """Count as done what was noted and is in the graph. Raises: StoreError."""
        rows = _rows(self.path)
        while some := list(islice(rows, _AT_ONCE)):
            there = held(store, {article for _, article, _ in some})
            for mark, article, status in some:
                if article in there and mark not in self._done:
                    self._done.add(mark)
                    self.articles += 1
                    self.unchanged += status == "unchanged"

    def end(self, *, over: bool) -> None:
        """Let go of the run. Arguments: over, whether nothing of it is left to do."""
        if self._lines is not None:
            self._lines.close()
        if over:
            self.path.unlink(missing_ok=True)
        self.lock.release()
        if over:
            _lock_of(self.path).unlink(missing_ok=True)


def new(settings: Settings, asked: Asked) -> Journal:
    """The journal of a run that begins. Arguments: settings of the open store; what is asked for."""
    run = new_id()
    path = settings.data_dir / _FOLDER / f"{run}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_lock_of(path))
    lock.acquire()
    return Journal(path, run, asked, lock)


def broken_off(store: Store, asked: Asked | None) -> Journal | None:
    """The last run that was broken off, to go on with; None where there is none.

    An article counts as done if the graph holds it and the rules are the same as then.
    Arguments: the open store; asked, what the run must have been asked for, None for any. Raises: StoreError.
    """
    for header, path in _unfinished(store, asked):
        lock = FileLock(_lock_of(path))
        try:
            lock.acquire(timeout=0)
        except Timeout:  # it is under way
            continue
        asked = Asked(tuple(header["sources"]), header["options"], header["folder"])
        journal = Journal(path, header["run"], asked, lock)
        if header["rules"] == rules_version():
            journal.recall(store)
        return journal
    return None


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            if line.endswith("]\n"):
                mark, article, status = json.loads(line)
                yield mark, article, status


def _unfinished(store: Store, asked: Asked | None) -> list[tuple[dict[str, Any], Path]]:
    """The runs into this graph that have a journal, the last written first: what stands at its head, and the file."""
    found = []
    for path in (store.settings.data_dir / _FOLDER).glob("*.jsonl"):
        header = _header(path)
        if header is None or header["graph"] != _graph(store.settings):
            continue
        told = Asked(tuple(header["sources"]), header["options"], header["folder"])
        if asked is None or told == asked:
            found.append((path.stat().st_mtime, header, path))
    return [(header, path) for _, header, path in sorted(found, key=lambda each: each[0], reverse=True)]


def _header(path: Path) -> dict[str, Any] | None:
    """What stands at the head of a journal; None where a crash cut it short."""
    try:
        with path.open(encoding="utf-8") as lines:
            header = json.loads(next(lines, ""))
    except (OSError, ValueError):
        return None
    known = {"run", "graph", "rules", "sources", "options", "folder"}
    return header if isinstance(header, dict) and known <= header.keys() else None


def _forget(path: Path) -> None:
    """Remove the journal of a run that is not under way."""
    lock = FileLock(_lock_of(path))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return
    path.unlink(missing_ok=True)
    lock.release()
    _lock_of(path).unlink(missing_ok=True)


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _graph(settings: Settings) -> list[str]:
    return [settings.uri or "", settings.database or ""]


def _mark(raw: RawDocument) -> str:
    """What an article is known by: its source where that is all of it, else all that was read."""
    whole = raw.address is not None or (raw.original is not None and _size(raw.source) == len(raw.original.data))
    mark = _mark_of_source(raw.source) if whole else None
    told = (raw.source, raw.kind, raw.content, raw.url, raw.title, raw.publisher, raw.authors, str(raw.published))
    return mark or _digest(repr(told))


def _mark_of_source(source: str) -> str | None:
    """By a page's address, or a file's name, size and time of change; None for what is neither."""
    if is_address(source):
        return None if "#" in source else _digest(source)
    try:
        state = os.stat(source)
    except (OSError, ValueError):
        return None
    return _digest(f"{source}\n{state.st_size}\n{state.st_mtime_ns}")


def _size(source: str) -> int | None:
    try:
        return os.stat(source).st_size
    except (OSError, ValueError):
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
