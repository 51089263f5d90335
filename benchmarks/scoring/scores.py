"""The figures of each gold set: its own scorer is run on what was read, and what it prints is taken over."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pages import body_text, pages, token_score
from benchmarks.scoring.gold import GoldSet, Read, Reader
from benchmarks.scoring.parts import PARTS, WHOLE, part_of, write_part
from kb.errors import KbError

Figures = dict[str, float]

PRINTED = {
    "entities": {
        "mention F1": r"^mention .*F1 (\S+)",
        "B3 F1": r"^B3 .*F1 (\S+)",
        "type accuracy": r"^type accuracy (\S+)",
    },
    "events": {
        "recall": r"^event recall (\S+)",
        "exact date": r"date accuracy exact (\S+)",
        "dated recall": r"dated recall (\S+)",
        "participants": r"^participants (\S+)",
        "cross-document recall": r"^cross-doc pairs: recall (\S+)",
        "cross-document precision": r"^cross-doc pairs: .*precision (\S+)",
    },
}


class ScorerError(KbError):
    """A scorer failed, or printed something else than what is known of it."""


def score(each: GoldSet, reader: Reader) -> dict[str, Figures]:
    """The set's figures by part and name, 0 to 100, more is better. An article or page is of one part whole.

    Raises: ScorerError, NoGoldError.
    """
    if each.kind == "pages":
        return score_pages(each.source)
    found = reader.read(each)
    if each.kind == "story":
        figures = _story(each, found)
        return {WHOLE: figures, part_of(each.name): figures}
    told = {part: SCORED[each.kind](each, found, found.folder / part, part) for part in PARTS}
    return {part: figures for part, figures in told.items() if figures}


def _times(each: GoldSet, found: Read, folder: Path, part: str) -> Figures:
    gold, times = (write_part(path, folder, part) for path in (each.gold, found.folder / "times.jsonl"))
    return times_figures(_json(_run(each, gold, times, "--json")))


def _printed(each: GoldSet, found: Read, folder: Path, part: str) -> Figures:
    gold, told = (write_part(path, folder, part) for path in (each.gold, found.folder / f"{each.kind}.jsonl"))
    return printed_figures(each.kind, _run(each, gold, told))


def _cases(each: GoldSet, found: Read, folder: Path, part: str) -> Figures:
    told = _json(_run(each, "score", write_part(each.gold, folder, part, "id"), found.folder, "--json"))
    return case_figures(told)


def case_figures(told: dict[str, list[int]]) -> Figures:
    """The share of checks that are met, by what they check."""
    return {name: round(100 * met / count, 2) for name, (met, count) in told.items() if count}


def _run(each: GoldSet, *arguments: str | Path) -> str:
    command = [sys.executable, str(each.scorer), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        raise ScorerError(f"{each.scorer.name} failed on {each.name}: {said}")
    return done.stdout


def _json(printed: str) -> Any:
    try:
        return json.loads(printed)
    except ValueError as error:
        raise ScorerError(f"A scorer was asked for JSON and printed something else: {printed[:60]!r}") from error


def printed_figures(kind: str, printed: str) -> Figures:
    """The figures in a scorer's printed lines; one that is printed as - (nothing to count) is left out.

    Raises: ScorerError, when a line that should be there is not.
    """
    figures = {}
    for name, pattern in PRINTED[kind].items():
        found = re.search(pattern, printed, re.MULTILINE)
        if not found:
            raise ScorerError(f"The scorer of {kind} printed no figure for {name}.")
        if found[1] != "-":
            figures[name] = float(found[1])
    return figures


def times_figures(told: dict[str, Any]) -> Figures:
    """TempEval-3's figures: value F1 is the one its shared task ranked by."""
    return _percent(
        {
            "value F1": told["value_F1"],
            "span F1": told["relaxed"]["F1"],
            "exact span and value F1": told["strict_value_F1"],
        }
    )


def _quotes(each: GoldSet, found: Read, folder: Path, part: str) -> Figures:
    figures: Figures = {}
    gold, claims = (write_part(path, folder, part) for path in (each.gold, found.folder / "claims.jsonl"))
    for subset in ("direct", "all"):
        options = ("--docs", each.source, "--subset", subset, "--json")
        told = _json(_run(each, gold, claims, *options))
        figures |= _percent(
            {f"{subset} exact": told["exact"]["F1"], f"{subset} end-to-end": told["end_to_end"]["F1"]},
        )
    return figures


SCORED: dict[str, Callable[[GoldSet, Read, Path, str], Figures]] = {
    "times": _times,
    "entities": _printed,
    "events": _printed,
    "quotes": _quotes,
    "cases": _cases,
}


def score_pages(folder: Path) -> dict[str, Figures]:
    """Mean over the saved pages of each part of the words' F1 between the body cut out and the gold body."""
    scored = [(name, token_score(body_text(raw), gold)[2]) for name, raw, gold in pages(folder)]
    figures = {}
    for part in PARTS:
        listed = [value for name, value in scored if part in (WHOLE, part_of(name))]
        if listed:
            figures[part] = _percent({"body F1": sum(listed) / len(listed)})
    return figures


def _story(each: GoldSet, found: Read) -> Figures:
    told = _json(_run(each, each.gold, found.folder, "--json"))
    (one,) = told["results"].values()
    figures = story_figures(told, one)
    for name, count in (("5", 5), ("10", 10), ("N", one["events"]["gold"])):
        top = write_top_events(found.folder, count)
        (best,) = _json(_run(each, each.gold, top, "--json"))["results"].values()
        figures[f"top {name} events right"] = round(100 * best["events"]["matched"] / count, 2)
    return figures


def story_figures(told: dict[str, Any], one: dict[str, Any]) -> Figures:
    """The figures of one article from the JSON of its scorer: `told` whole, `one` the article's part."""
    events, claims, entities, dates = (one[part] for part in ("events", "claims", "entities", "dates"))
    shares = {
        "events found": (events["found"], events["gold"]),
        "events dated": (events["dated"], events["gold"]),
        "participants": (events["parts_hit"], events["parts"]),
        "claims found": (claims["found"], claims["gold"]),
        "speakers": (claims["speaker"], claims["gold"]),
        "said": (claims["said"], claims["gold"]),
        "entities right": (entities["right"], entities["gold"]),
        "dates right": (dates["right"], dates["gold"]),
    }
    return _percent({"score": told["story"], "F1": told["story_f1"]}) | {
        name: round(100 * part / whole, 2) for name, (part, whole) in shares.items() if whole
    }


def write_top_events(folder: Path, count: int) -> Path:
    """A folder like `folder` with the `count` most salient events only, ties in the order of the text. Returns it."""
    rows = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    best: dict[str, tuple[float, int]] = {}
    for row in rows:
        rank = (-row["salience"], row["start"])
        best[row["event_id"]] = min(rank, best.get(row["event_id"], rank))
    kept = set(sorted(best, key=lambda event: best[event])[:count])
    top = folder / f"top-{count}"
    top.mkdir(exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows if row["event_id"] in kept]
    (top / "events.jsonl").write_text("".join(lines), encoding="utf-8")
    (top / "docs.jsonl").write_bytes((folder / "docs.jsonl").read_bytes())
    return top


def _percent(shares: dict[str, float]) -> Figures:
    return {name: round(100 * share, 2) for name, share in shares.items()}
