"""Long stories from ingest to digest, and one event in several articles, on gold.

Usage: python -m benchmarks.stories DATA [--only timelines/mj coref/ecb_dev …]
DATA is a folder of gold sets with their scorers. Each story of DATA/timelines is read into a fresh local graph of its
own and told by `kb digest`; DATA/coref is read as `kb annotate` reads it. docs/benchmarks.md says what is counted.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

from benchmarks.scoring.gold import NoGoldError
from benchmarks.scoring.parts import PARTS, lines_of, named
from benchmarks.scoring.results import plain
from ingest import ingest
from ingest.clean import clean
from ingest.jsonl import write_jsonl
from ingest.read import Failure, Given, read
from ingest.reading.extract import extract_all
from kb import ask
from kb.digest import formats
from kb.errors import KbError
from kb.store import Settings, Store, open_store, stop

EXPECTED = Path(__file__).with_suffix(".json")
HEADS = ("set", "figure", "now", "goal", "first recipe", "first release")
NUMBERS = frozenset(HEADS[2:])
TOP = 50  # events among which duplicates are counted
MEGABYTE = 1024
SOURCES = "MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.sources > 1 RETURN count(e) AS events"
BEST = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL AND e.earliest = e.latest
WITH e ORDER BY e.sources DESC, e.salience DESC, e.reports DESC, e.id LIMIT $top
OPTIONAL MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN e.id AS id, e.type AS type, e.earliest AS day, collect(DISTINCT x.id) AS who ORDER BY id"""

Figures = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 2 where DATA is no folder of gold sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder of gold sets")
    parser.add_argument("--only", nargs="+", default=[], metavar="SET", help="only these sets (timelines/mj, …)")
    options = parser.parse_args(arguments)
    figures: dict[str, Figures] = {}
    try:
        for name in _sets(options.data, tuple(options.only)):
            print(f"{name} …", file=sys.stderr)
            figures[name] = _apart(name, options.data)
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    print(plain(HEADS, rows(figures, json.loads(EXPECTED.read_text(encoding="utf-8"))), NUMBERS))
    return 0


def rows(figures: dict[str, Figures], expected: dict[str, dict[str, Figures]]) -> list[list[str]]:
    """The figures as rows of a table, beside what they are held against."""
    found = []
    for name, told in figures.items():
        beside = expected.get(name, {})
        for figure, value in told.items():
            others = [beside.get(key, {}).get(figure) for key in ("goal", "recipe", "release")]
            found.append([name, figure, _number(value), *("" if other is None else _number(other) for other in others)])
    return found


def story(name: str, data: Path) -> Figures:
    """Read a story into a graph of its own and tell it. Raises: KbError."""
    source = data / f"{name}.docs.jsonl"
    with tempfile.TemporaryDirectory(prefix="story-") as folder:
        settings = Settings(Path(folder) / "data")
        try:
            with open_store(settings) as store:
                begun = time.perf_counter()
                summary = ingest([str(source)], store)
                read_in = time.perf_counter() - begun
                begun = time.perf_counter()
                told = Path(folder) / "timeline.jsonl"
                told.write_text(formats.jsonl(ask.digest(store)), encoding="utf-8")
                chosen_in = time.perf_counter() - begun
                scored = _timeline(data, name, told)
                events = {"events of several sources": float(store.run(SOURCES)[0]["events"]),
                          f"duplicates in top {TOP}": float(duplicates(store))}  # fmt: skip
        finally:
            stop(settings)
    return scored | events | {
        "articles failed": float(summary.count("failed")), "seconds to read": round(read_in, 1),
        "seconds to digest": round(chosen_in, 1), "peak megabytes": float(_peak()),
    }  # fmt: skip


def duplicates(store: Store) -> int:
    """How many pairs among the most told events of a day are of one class and day and share a participant."""
    best = store.run(BEST, top=TOP)
    return sum(
        one["type"] == other["type"] and one["day"] == other["day"] and bool(set(one["who"]) & set(other["who"]))
        for one, other in combinations(best, 2)
    )


def coreference(name: str, data: Path) -> Figures:
    """One event in several articles, on the two thirds that may be looked at and the third that is only scored."""
    with tempfile.TemporaryDirectory(prefix="coref-") as scratch:
        folder = Path(scratch)
        raws = list(read(str(data / f"{name}.docs.jsonl"), Given()))
        begun = time.perf_counter()
        write_jsonl(extract_all(clean(raw) for raw in raws if not isinstance(raw, Failure)), folder / "found")
        figures: Figures = {"articles failed": float(sum(isinstance(raw, Failure) for raw in raws)),
                            "seconds to read": round(time.perf_counter() - begun, 1)}  # fmt: skip
        lines = (data / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        for part in PARTS:
            gold = folder / "gold.jsonl"
            gold.write_text("".join(lines_of(lines, part)), encoding="utf-8")
            printed = _run(data / "score_coref.py", gold, folder / "found" / "events.jsonl")
            figures |= {named(figure, part): value for figure, value in coreference_figures(printed).items()}
    return figures


def coreference_figures(printed: str) -> Figures:
    """Mention recall, and the pairs of mentions, of those that are found and of all. Raises: NoGoldError."""
    recall = re.search(r"^mention recall (\S+)", printed, re.M)
    pairs = re.findall(r"pairs across documents P (\S+) R (\S+)", printed)
    if not recall or not pairs:
        raise NoGoldError(f"The scorer of coref printed something else than is known of it: {printed[:60]!r}")
    (precision, found), (_, whole) = pairs[0], pairs[-1]
    return {"mention recall": float(recall[1]), "pairs P": float(precision), "pairs R": float(found),
            "pairs R of all": float(whole)}  # fmt: skip


def _sets(data: Path, only: tuple[str, ...]) -> list[str]:
    found = list(_found(data))
    if not found:
        raise NoGoldError(f"{data} holds no timelines/ and no coref/; give the folder of gold sets.")
    unknown = [name for name in only if name not in found]
    if unknown:
        raise NoGoldError(f"There is no set {unknown[0]}; there are {', '.join(found)}.")
    return [name for name in found if not only or name in only]


def _found(data: Path) -> Iterator[str]:
    for gold in sorted((data / "timelines").glob("*.refs.json")):
        yield f"timelines/{gold.name.removesuffix('.refs.json')}"
    for gold in sorted((data / "coref").glob("*.gold.jsonl")):
        yield f"coref/{gold.name.removesuffix('.gold.jsonl')}"


def _apart(name: str, data: Path) -> Figures:
    """A set in a process of its own, so that its peak of memory is its own."""
    work = story if name.startswith("timelines/") else coreference
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, name, data).result()


def _timeline(data: Path, name: str, told: Path) -> Figures:
    found = json.loads(_run(data / "score_timeline.py", data / f"{name}.refs.json", told, "--json"))
    return {"date F1": found["dates"], "AR1": found["AR1"], "AR2": found["AR2"]}


def _run(scorer: Path, *arguments: str | Path) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(scorer), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip() or "nothing").splitlines()[-1]
        raise NoGoldError(f"{scorer.name} failed: {said}")
    return done.stdout


def _peak() -> int:
    """The most memory that this process has had, in megabytes; without the server's."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // MEGABYTE if sys.platform != "darwin" else most // MEGABYTE**2


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) > 1 else f"{value:.3f}".rstrip("0").rstrip(".") or "0"


if __name__ == "__main__":
    sys.exit(main())
