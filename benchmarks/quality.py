"""What is read, scored on gold sets, beside the last release and the peers.

Usage: python -m benchmarks.quality DATA [--only SET …] [--reliability] [--save] [--strict]
       python -m benchmarks.quality --release VERSION
DATA is a folder of gold sets with their scorers; docs/benchmarks.md says what it holds. Every document is read as
`kb annotate` reads it. The project's own articles are read together as well (benchmarks.story_run).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import story_run
from benchmarks.scoring.gold import Reader, find_sets
from benchmarks.scoring.parts import named
from benchmarks.scoring.reliability import by_part, judge
from benchmarks.scoring.results import (
    BIN_HEADS,
    HEADS,
    PAGE,
    PEERS,
    RESULTS,
    Block,
    bin_rows,
    falls,
    load_expected,
    load_results,
    plain,
    save_results,
    table_rows,
    with_now,
    with_release,
    write_page,
)
from benchmarks.scoring.scores import score
from ingest.reading.annotate import model_version
from kb.errors import KbError
from kb.version import __version__

STORY_RUN = "story run/seed_data"
LOSS = 0.3  # of a hundred; what runs differ by of themselves is nothing, so this is room for a trade, not for noise


def main(
    arguments: Sequence[str] | None = None, results: Path = RESULTS, peers: Path = PEERS, page: Path = PAGE
) -> int:
    """Returns the exit code: 1 for a fall under --strict, 2 where DATA is no folder of gold sets."""
    options = _parser().parse_args(arguments)
    if options.release:
        return _release(options.release, results, peers, page)
    if options.data is None:
        print("Give the folder of gold sets: python -m benchmarks.quality DATA", file=sys.stderr)
        return 2
    try:
        block = measure(options.data, tuple(options.only), options.reliability)
    except KbError as error:
        print(error, file=sys.stderr)
        return 2
    kept = load_results(results)
    _show(block, kept["release"], peers)
    lost = falls(block["figures"], kept["now"].get("figures", {}), LOSS)
    for line in lost:
        print(line)
    if options.save:
        changed = with_now(kept, block)
        save_results(changed, results)
        write_page(changed, load_expected(peers), page)
    return 1 if lost and options.strict else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", metavar="DATA", help="the folder of gold sets")
    parser.add_argument("--only", nargs="+", default=[], metavar="SET", help="only these sets (times, story/seed, …)")
    parser.add_argument("--reliability", action="store_true", help="also hold stated confidences against the gold")
    parser.add_argument("--save", action="store_true", help="keep the figures in results.json and docs/benchmarks.md")
    parser.add_argument("--strict", action="store_true", help=f"exit 1 if a figure is more than {LOSS} below the kept")
    parser.add_argument("--release", metavar="VERSION", help="make the saved figures those of a release")
    return parser


def measure(data: Path, only: tuple[str, ...], reliability: bool) -> Block:
    """Read and score the sets. Raises: NoGoldError, ScorerError, and what reading raises."""
    sets = find_sets(data, only)
    with tempfile.TemporaryDirectory() as scratch:
        reader = Reader(Path(scratch))
        figures: dict[str, float] = {}
        for each in sets:
            print(f"{each.name} …", file=sys.stderr)
            for part, scored in score(each, reader).items():
                figures |= {f"{each.name}: {named(name, part)}": value for name, value in scored.items()}
        judged = by_part(judge(sets, reader)) if reliability else {}
    if not only or STORY_RUN in only:
        figures |= {f"{STORY_RUN}: {name}": value for name, value in story_run.run()[0].items()}
    today = datetime.now(UTC).date().isoformat()
    return {
        "version": __version__, "commit": commit(), "date": today, "model": model_version(),
        "figures": figures, "reliability": judged,
    }  # fmt: skip


def commit() -> str:
    """The commit that is measured, with a plus when files differ from it; "no commit" outside a repository."""
    asked = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--abbrev=8", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "no commit"


def _release(version: str, results: Path, peers: Path, page: Path) -> int:
    kept = load_results(results)
    if not kept["now"]:
        print("Nothing is saved yet; run with DATA and --save first.", file=sys.stderr)
        return 2
    changed = with_release(kept, version)
    save_results(changed, results)
    write_page(changed, load_expected(peers), page)
    return 0


def _show(block: Block, release: Block, peers: Path) -> None:
    print(plain(HEADS, table_rows(block["figures"], release.get("figures", {}), load_expected(peers))))
    for kind, table in block["reliability"].items():
        print(f"\n{kind}: expected calibration error {table['error']:.3f} over {table['count']}")
        print(plain(BIN_HEADS, bin_rows(table), frozenset(BIN_HEADS)))


if __name__ == "__main__":
    sys.exit(main())
