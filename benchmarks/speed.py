"""How fast each step reads, beside the bare spaCy parse of the same text.

Usage: python -m benchmarks.speed [SOURCE …] [--runs N]
SOURCE is whatever `kb annotate` reads: a JSONL of documents, a text, a folder of them; without one, seed_data/.
Measured is processor time of this process, all its threads together, so it is the time of one core. Each run parses
anew; the medians of the runs are shown. What is loaded at first use (lists, lexicons) is loaded before.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import ParamSpec, TypeVar

from spacy.language import Language

from benchmarks.scoring.results import plain
from ingest.clean import clean
from ingest.jsonl import Row, rows
from ingest.read import Failure, read
from ingest.reading.annotate import PACKAGE, annotate_all, model_version
from ingest.reading.english.claims import find_claims
from ingest.reading.english.consistency import consistent
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.order import find_orders
from ingest.reading.english.times import find_times
from ingest.reading.extract import extract_all
from ingest.reading.findings import Document
from kb.errors import BadInput, KbError

P = ParamSpec("P")
Found = TypeVar("Found")
SEED = Path(__file__).parent.parent / "seed_data"
BARE, PARSE, WHOLE = "bare spaCy parse", "parse as annotate does it", "the whole of annotate"
SEARCH, SEARCHED = "dateparser.search", 500  # words that it is given: it takes minutes for some thousands
STEPS = ("times", "entities", "events", "order", "claims")
HEADS = ("step", "ms", "words/s", "of the bare parse")
TIMES_WORDS = 20_000  # words a second that the times step must reach
TIMES_SHARE = 1 / 3  # of the bare parse's time that it must stay below
WHOLE_SHARE = 1.6  # of the bare parse's time that all of annotate may take


def documents(sources: Sequence[str]) -> list[Document]:
    """The cleaned documents of the sources. Raises: BadInput, when one cannot be read or there is none."""
    found = []
    for source in sources:
        for raw in read(source):
            if isinstance(raw, Failure):
                raise BadInput(f"{raw.source} cannot be read: {raw.reason}")
            found.append(clean(raw))
    if not found:
        raise BadInput(f"There is no article in {' '.join(sources)}.")
    return found


def measure(listed: Sequence[Document], runs: int) -> dict[str, float]:
    """Median seconds of processor time for every step, in the order in which they are shown."""
    bare: Language = import_module(PACKAGE).load()
    whole(listed[:2])
    for document in listed[:2]:
        bare(document.text)
    seconds: dict[str, list[float]] = {}
    for _ in range(runs):
        for step, spent in _one_run(listed, bare).items():
            seconds.setdefault(step, []).append(spent)
    return {step: statistics.median(spent) for step, spent in seconds.items()}


def _one_run(listed: Sequence[Document], bare: Language) -> dict[str, float]:
    spent = dict.fromkeys((BARE, PARSE, *STEPS, WHOLE), 0.0)

    def timed(step: str, work: Callable[P, Found], *given: P.args, **options: P.kwargs) -> Found:
        begun = time.process_time()
        result = work(*given, **options)
        spent[step] += time.process_time() - begun
        return result

    timed(BARE, list, bare.pipe(document.text for document in listed))
    for parsed in timed(PARSE, list, annotate_all(listed)):
        times = timed("times", find_times, parsed)
        entities = timed("entities", find_entities, parsed)
        events = timed("events", find_events, parsed, times, entities)
        orders = timed("order", find_orders, parsed, events)
        events = timed("order", consistent, parsed, events, orders)
        timed("claims", find_claims, parsed, times, entities, events)
    timed(WHOLE, whole, listed)
    return spent


def whole(listed: Sequence[Document]) -> list[dict[str, list[Row]]]:
    """All that `kb annotate` makes of cleaned documents, down to the rows it writes."""
    return [rows(reading) for reading in extract_all(listed)]


def search_rate(listed: Sequence[Document]) -> float:
    """Words a second in which dateparser.search finds dates, the yardstick of the times step."""
    from dateparser.search import search_dates  # noqa: PLC0415 (only a yardstick)

    words = " ".join(document.text for document in listed).split()[:SEARCHED]
    search_dates("5 May 2011", languages=["en"])  # loads its tables
    begun = time.process_time()
    search_dates(" ".join(words), languages=["en"])
    return len(words) / (time.process_time() - begun)


def table(seconds: dict[str, float], words: int) -> str:
    """The measured steps, each with its words a second and its time as a share of the bare parse."""
    listed = [
        (step, f"{1000 * spent:.0f}", f"{words / max(spent, 1e-9):,.0f}", f"{spent / max(seconds[BARE], 1e-9):.2f}")
        for step, spent in seconds.items()
    ]
    return plain(HEADS, listed, frozenset(HEADS[1:]))


def goals(seconds: dict[str, float], words: int) -> list[str]:
    """A sentence for each goal, and whether it is met."""
    rate, part, all_of_it = words / seconds["times"], seconds["times"] / seconds[BARE], seconds[WHOLE] / seconds[BARE]
    return [
        f"times, words a second: {rate:,.0f}, goal {TIMES_WORDS:,}: {_met(rate >= TIMES_WORDS)}",
        f"times, share of the bare parse: {part:.2f}, goal below {TIMES_SHARE:.2f}: {_met(part < TIMES_SHARE)}",
        f"whole over bare parse: {all_of_it:.2f}, goal at most {WHOLE_SHARE}: {_met(all_of_it <= WHOLE_SHARE)}",
    ]


def _met(yes: bool) -> str:
    return "met" if yes else "missed"


def machine() -> str:
    """What the figures are from: the processor, Python, the model."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{processor}, {platform.system()}, Python {platform.python_version()}, {model_version()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code, 2 where a source cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="what is read; without one, seed_data/")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how many runs the medians are of")
    options = parser.parse_args(arguments)
    try:
        listed = documents(options.sources or [str(SEED)])
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    words = sum(len(document.text.split()) for document in listed)
    seconds = measure(listed, max(1, options.runs))
    print(f"{len(listed)} documents, {words:,} words, {max(1, options.runs)} runs; {machine()}")
    print(table(seconds, words))
    print(f"{SEARCH}, of {SEARCHED} words: {search_rate(listed):,.0f} words/s")
    print("\n".join(goals(seconds, words)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
