"""The gold sets of a folder, and each document file of theirs read once, as `kb annotate` reads it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.clean import clean
from ingest.jsonl import write_jsonl
from ingest.read import Failure, Given, read
from ingest.reading.annotate import annotate_all
from ingest.reading.extract import extract_all, findings
from ingest.reading.findings import Document
from ingest.reading.reading import Reading
from kb.edtf import Edtf
from kb.errors import KbError

SCORERS = {
    "times": "score_times.py",
    "entities": "score_entities.py",
    "events": "score_events.py",
    "quotes": "score_quotes.py",
    "story": "score_story.py",
    "cases": "score_cases.py",
}


NOTHING_GIVEN = Given()


class NoGoldError(KbError):
    """The folder of gold sets is missing, or is not one."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One set: `source` is what is read, `gold` what it is held against. Pages have their gold inside the folder."""

    name: str
    kind: str
    data: Path
    gold: Path
    source: Path
    given: Given = NOTHING_GIVEN

    @property
    def scorer(self) -> Path:
        """The set's own scorer, a plain script of the gold folder."""
        return self.data / SCORERS[self.kind]


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One source as read: the findings, and the folder that holds them as `kb annotate` writes them."""

    readings: tuple[Reading, ...]
    folder: Path


def find_sets(data: Path, only: tuple[str, ...] = ()) -> list[GoldSet]:
    """Every set of the folder, or those whose name is one of `only` or begins with it ("times" takes all of times/).

    Raises: NoGoldError, when there is no such folder, no set in it, no scorer for a set, or none of the name.
    """
    if not data.is_dir():
        raise NoGoldError(
            f"There is no folder {data}; give the folder of gold sets, which holds times/, story/ and score_times.py."
        )
    found = [*_listed(data), *_story(data), *_pages(data), *_cases(data)]
    if not found:
        raise NoGoldError(f"{data} holds no gold set; give the folder that holds times/, story/ and score_times.py.")
    unknown = [name for name in only if not any(_within(each.name, name) for each in found)]
    if unknown:
        raise NoGoldError(f"There is no set {unknown[0]}; there are {', '.join(each.name for each in found)}.")
    chosen = [each for each in found if not only or any(_within(each.name, name) for name in only)]
    for each in chosen:
        if each.kind in SCORERS and not each.scorer.is_file():
            raise NoGoldError(f"{data} has the set {each.name} but no {each.scorer.name} to score it with.")
    return chosen


def _within(name: str, asked: str) -> bool:
    return name == asked or name.startswith(asked.rstrip("/") + "/")


def _listed(data: Path) -> Iterator[GoldSet]:
    for kind in ("times", "entities", "events", "quotes"):
        for gold in sorted((data / kind).glob("*.gold.jsonl")):
            stem = gold.name.removesuffix(".gold.jsonl")
            yield GoldSet(f"{kind}/{stem}", kind, data, gold, gold.with_name(f"{stem}.docs.jsonl"))


def _story(data: Path) -> Iterator[GoldSet]:
    """Whole articles. A gold file names its text and the day it is taken to be of, or is of the page beside it."""
    for gold in sorted((data / "story").glob("*.gold.json")):
        told = json.loads(gold.read_text(encoding="utf-8"))["source"]
        stem = gold.name.removesuffix(".gold.json")
        if "path" in told:
            given = Given(published=Edtf(told["publication_assumed"]))
            yield GoldSet(f"story/{stem}", "story", data, gold, data.parent / told["path"], given)
        else:
            yield GoldSet(f"story/{stem}", "story", data, gold, gold.with_name(f"{stem}.html.gz"))


def _pages(data: Path) -> Iterator[GoldSet]:
    folder = data / "pages"
    if (folder / "gold.json").is_file():
        yield GoldSet("pages", "pages", data, folder / "gold.json", folder)


def _cases(data: Path) -> Iterator[GoldSet]:
    """Small texts and pages with what is checked of each; its scorer writes the texts and pages out."""
    for cases in sorted((data / "cases").glob("reading*.jsonl")):
        yield GoldSet(f"cases/{cases.stem}", "cases", data, cases, cases)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources into `scratch`, the same text with the same date once, however many sets are made of it.

    weigh: whether findings get the confidence that gold bears out, as users see it, or keep the score of their step.
    """

    scratch: Path
    weigh: bool = True
    _done: dict[str, Read] = field(default_factory=dict)

    def read(self, each: GoldSet) -> Read:
        """The findings of a set's source. Raises: NoGoldError, when the source is not there or cannot be read."""
        if not each.source.is_file():
            raise NoGoldError(f"The set {each.name} is of {each.source}, which is not there.")
        key = hashlib.sha256(each.source.read_bytes() + str(each.given.published).encode()).hexdigest()[:16]
        if key not in self._done:
            folder = self.scratch / key
            readings: list[Reading] = []
            for source, out in _sources(each, folder):
                readings += self._take(_documents(each, source))
                write_jsonl(readings, out)
            self._done[key] = Read(tuple(readings), folder)
        return self._done[key]

    def _take(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return extract_all(documents) if self.weigh else map(findings, annotate_all(documents))


def _sources(each: GoldSet, folder: Path) -> list[tuple[Path, Path]]:
    """What is read, and where its findings go."""
    if each.kind != "cases":
        return [(each.source, folder)]
    command = [sys.executable, str(each.scorer), "docs", str(each.source), str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    written = ((folder / "texts.jsonl", folder / "out_texts"), (folder / "pages", folder / "out_pages"))
    return [(source, out) for source, out in written if source.is_file() or any(source.iterdir())]


def _documents(each: GoldSet, source: Path) -> Iterator[Document]:
    for raw in read(str(source), each.given):
        if isinstance(raw, Failure):
            raise NoGoldError(f"{raw.source} of the set {each.name} cannot be read: {raw.reason}")
        yield clean(raw)
