"""The kept results: what the last release scored, what was last saved, what the peers score, and tables of these."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, TypedDict

from benchmarks.scoring.parts import PARTS, WHOLE, named, unnamed

Block = dict[str, Any]  # version, commit, date, model, figures {"set: figure": value}, reliability {kind: …}

HERE = Path(__file__).parents[1]
RESULTS = HERE / "results.json"
PEERS = HERE / "peers.json"
PAGE = HERE.parent / "docs" / "benchmarks.md"
HEADS = ("set", "figure", "now", *PARTS[1:], "last release", "change", "goal", "peers")
NUMBERS = frozenset({*HEADS[2:]} - {"peers"})
BEGIN, END = "<!-- figures, written by --save -->", "<!-- end of figures -->"


class Results(TypedDict):
    """What results.json holds; `release` is empty before the first release."""

    now: Block
    release: Block


class Peer(TypedDict):
    """Another system's figure: of what text, and where the figure is from, in words."""

    name: str
    value: float
    on: str
    source: str


class Expected(TypedDict):
    """What a figure is held against."""

    goal: float | None
    peers: list[Peer]


def load_results(path: Path = RESULTS) -> Results:
    """The kept results; two empty blocks where none are kept yet."""
    if not path.is_file():
        return {"now": {}, "release": {}}
    kept: Results = json.loads(path.read_text(encoding="utf-8"))
    return kept


def load_expected(path: Path = PEERS) -> dict[str, Expected]:
    """Goals and peers' figures by "set: figure"."""
    kept: dict[str, Expected] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def save_results(results: Results, path: Path = RESULTS) -> None:
    """Keys sorted, one figure a line, so that a loss shows in review."""
    path.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def with_now(results: Results, block: Block) -> Results:
    """The results with newly measured figures; those of sets that were not measured this time stay."""
    merged = {**results["now"], **block}
    for part in ("figures", "reliability"):
        merged[part] = {**results["now"].get(part, {}), **block.get(part, {})}
    return {"now": merged, "release": results["release"]}


def with_release(results: Results, version: str) -> Results:
    """The results with what was last saved as the figures of release `version`."""
    return {"now": results["now"], "release": {**deepcopy(results["now"]), "version": version}}


def falls(now: dict[str, float], kept: dict[str, float], by: float) -> list[str]:
    """The figures that are more than `by` below the kept ones, each as a line that says so."""
    lost = [name for name in now if name in kept and round(kept[name] - now[name], 4) > by]
    return [f"{name} fell from {kept[name]:.2f} to {now[name]:.2f}" for name in sorted(lost)]


def table_rows(
    now: dict[str, float], release: dict[str, float], expected: dict[str, Expected]
) -> list[tuple[str, ...]]:
    """One row of text for each figure of `now`, in the order of HEADS; a figure not known is left empty."""
    return [_row(name, now, release.get(name), expected.get(name)) for name in now if unnamed(name)[1] == WHOLE]


def _row(name: str, figures: dict[str, float], release: float | None, held: Expected | None) -> tuple[str, ...]:
    set_name, figure = name.split(": ", 1)
    now = figures[name]
    parts = [figures.get(named(name, part)) for part in PARTS[1:]]
    goal = held["goal"] if held else None
    peers = [_peer(each) for each in held["peers"]] if held else []
    return (
        set_name,
        figure,
        f"{now:.2f}",
        *("" if value is None else f"{value:.2f}" for value in parts),
        "" if release is None else f"{release:.2f}",
        "" if release is None else f"{now - release:+.2f}",
        "" if goal is None else f"{goal:g}" + (" missed" if now < goal else ""),
        ", ".join(peers),
    )


def _peer(each: Peer) -> str:
    return f"{each['name']} {each['value']:.1f}" + (f" ({each['on']})" if each["on"] else "")


def plain(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[str] = NUMBERS) -> str:
    """A table for the terminal; the columns named in `numbers` are set to the right."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = []
    for row in (heads, *rows):
        cells = [
            cell.rjust(width) if head in numbers else cell.ljust(width)
            for head, cell, width in zip(heads, row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[str] = NUMBERS) -> str:
    """The same table for a page."""
    rule = ["---:" if head in numbers else "---" for head in heads]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def page_section(results: Results, expected: dict[str, Expected]) -> str:
    """What stands between the marks of docs/benchmarks.md: figures and reliability, from the kept results alone."""
    now, release = results["now"], results["release"]
    figures = dict(sorted(now.get("figures", {}).items()))
    told = f"Measured {now['date']} at {now['commit']} with {now['model']}"
    told += f"; the last release is {release['version']}." if release else "; there is no release yet to compare with."
    parts = [told, markdown(HEADS, table_rows(figures, release.get("figures", {}), expected))]
    for kind, table in sorted(now.get("reliability", {}).items()):
        parts += [
            f"{kind[0].upper()}{kind[1:]}: expected calibration error {table['error']:.3f} over {table['count']}.",
            markdown(BIN_HEADS, bin_rows(table), frozenset(BIN_HEADS)),
        ]
    return "\n\n".join(parts)


BIN_HEADS = ("stated", "count", "mean stated", "share right")


def bin_rows(table: Block) -> list[tuple[str, ...]]:
    """Rows of one kind's reliability table, in the order of BIN_HEADS."""
    return [
        (name, f"{cell['count']}", f"{cell['stated']:.2f}", f"{cell['right']:.2f}")
        for name, cell in sorted(table["bins"].items())
    ]


def write_page(results: Results, expected: dict[str, Expected], page: Path = PAGE) -> None:
    """Put the kept results into the page, between its two marks."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    section = page_section(results, expected)
    page.write_text(f"{before}{BEGIN}\n\n{section}\n\n{END}{after}", encoding="utf-8")
