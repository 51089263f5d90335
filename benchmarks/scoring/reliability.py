"""Does a stated confidence hold? What was found, judged one by one on gold, in bins of what was stated.

What counts as right, by kind:
  times           a gold expression is overlapped and the value is the same (TempEval-3's value criterion).
  mentions        a named gold mention is overlapped and the type agrees.
  event mentions  the sentence's own date agrees with the gold date (one lies within the other), among mentions with a
                  date whose trigger is a gold one. Gold marks dated events only, so what it does not mark is left out,
  event mentions, at worst   and counted as wrong here: the truth lies between the two.
  events          the same for the event's date, once for each event with a mention that gold marks.
  claims          the content overlaps a gold one by half and the speaker is right (the scorer's end-to-end criterion).
The pairing is one to one, the largest overlap first, as in the scorers.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoring.gold import GoldSet, Reader
from benchmarks.scoring.parts import ONLY_SCORED, named, only_scored
from ingest.jsonl import rows
from ingest.reading.confidence import claim_sort, event_sorts, time_sort
from ingest.reading.findings import Span
from ingest.reading.reading import Reading
from kb.edtf import Edtf

Row = dict[str, Any]
TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
NO_NAME = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "he",
        "she",
        "they",
        "said",
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "sen",
        "rep",
        "gov",
    }
)
EDGE = frozenset(" \t\r\n\"“”'‘’,.")


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing found: the confidence stated with it, of what sort it is (the narrowest first), whether it is right."""

    kind: str
    doc: str
    confidence: float
    sorts: tuple[str, ...]
    right: bool


def judge(sets: Sequence[GoldSet], reader: Reader) -> list[Judged]:
    """Everything found in the sets that a gold set judges. Raises: NoGoldError."""
    found: list[Judged] = []
    for each in sets:
        if each.kind in JUDGES:
            gold = _gold(each.gold)
            for reading in reader.read(each).readings:
                found += JUDGES[each.kind](reading, gold.get(reading.annotated.document.source, []))
    return found


def _gold(path: Path) -> dict[str, list[Row]]:
    by_document: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            by_document[row["doc_id"]].append(row)
    return by_document


def pair(weights: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Found -> gold, one to one, from (weight, gold, found), the greatest weight first and ties in reading order."""
    taken: set[int] = set()
    pairs: dict[int, int] = {}
    for _, gold, found in sorted((-weight, gold, found) for weight, gold, found in weights):
        if gold not in taken and found not in pairs:
            taken.add(gold)
            pairs[found] = gold
    return pairs


def _by_overlap(gold: Sequence[Row], found: Sequence[Span]) -> dict[int, int]:
    return pair(
        (min(row["end"], end) - max(row["start"], start) + 1e6 * ((row["start"], row["end"]) == (start, end)), i, j)
        for i, row in enumerate(gold)
        for j, (start, end) in enumerate(found)
        if min(row["end"], end) > max(row["start"], start)
    )


def _times(reading: Reading, gold: Sequence[Row]) -> Iterator[Judged]:
    pairs = _by_overlap(gold, [(t.start, t.end) for t in reading.times])
    for index, time in enumerate(reading.times):
        right = index in pairs and gold[pairs[index]]["value"] == time.value
        yield Judged("times", reading.annotated.document.source, time.confidence, (time_sort(time),), right)


def _mentions(reading: Reading, gold: Sequence[Row]) -> Iterator[Judged]:
    with_name = [
        row for row in gold if any(w[:1].isupper() or w[:1].isdigit() for w in row["text"].split() if w != "The")
    ]
    found = [(entity, m) for entity in reading.entities for m in entity.mentions if m.form in ("name", "demonym")]
    pairs = _by_overlap(with_name, [(m.start, m.end) for _, m in found])
    for index, (entity, mention) in enumerate(found):
        right = index in pairs and TYPES.get(with_name[pairs[index]]["class"]) == entity.kind
        sort = f"{entity.kind} {mention.form}{' of a list' if entity.gazetteer else ''}"
        yield Judged("mentions", reading.annotated.document.source, entity.confidence, (sort,), right)


def _events(reading: Reading, gold: Sequence[Row]) -> Iterator[Judged]:
    doc = reading.annotated.document.source
    times = {time.key: time for time in reading.times}
    told = [(event, mention) for event in reading.events for mention in event.mentions]
    pairs = _by_overlap(gold, [(mention.start, mention.end) for _, mention in told])
    dates: dict[str, set[str]] = defaultdict(set)
    for index, (event, mention) in enumerate(told):
        marked = gold[pairs[index]]["date"] if index in pairs else None
        if marked:
            dates[event.key].add(marked)
        if mention.edtf:
            right = marked is not None and _agree(mention.edtf, marked)
            for kind in ("event mentions", "event mentions, at worst")[0 if marked else 1 :]:
                yield Judged(kind, doc, mention.confidence, tuple(event_sorts(mention, times)), right)
    for event in reading.events:
        if event.edtf and event.key in dates:
            yield Judged("events", doc, event.confidence, (), any(_agree(event.edtf, d) for d in dates[event.key]))


def _agree(told: str, marked: str) -> bool:
    """Whether one date lies within the other: the gold writes a quarter as its first day, "this week" as its month."""
    return Edtf(told).contains(Edtf(marked)) or Edtf(marked).contains(Edtf(told))


def _claims(reading: Reading, gold: Sequence[Row]) -> Iterator[Judged]:
    text, doc = reading.annotated.text, reading.annotated.document.source
    wanted = [_characters(row["content"], text) for row in gold]
    found = [_characters(claim.content, text) for claim in reading.claims]
    alike = ((len(w & f) / len(w | f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found) if w & f)
    pairs = pair(each for each in alike if each[0] >= 0.5)
    for index, (claim, row) in enumerate(zip(reading.claims, rows(reading)["claims"], strict=True)):
        if not found[index]:
            continue
        right = index in pairs and _right_speaker(gold[pairs[index]], row)
        yield Judged("claims", doc, claim.confidence, (claim_sort(claim),), right)


def _characters(spans: Iterable[Sequence[int]], text: str) -> frozenset[int]:
    """Where the content stands, without quotation marks and stops at its edges, and without white space."""
    kept: set[int] = set()
    for start, end in spans:
        inside = [at for at in range(start, end) if text[at] not in EDGE]
        if inside:
            kept.update(at for at in range(inside[0], inside[-1] + 1) if not text[at].isspace())
    return frozenset(kept)


def _right_speaker(gold: Row, row: Row) -> bool:
    """The source is hit, or a capitalised word of the speaker is one of the gold source's; without a source, yes."""
    if not gold["source"]:
        return True
    if any(max(s, start) < min(e, end) for s, e in gold["source"] for start, end in row["source"]):
        return True
    names = {word.lower() for word in _words(gold.get("source_text"))} - NO_NAME
    return any(word[:1].isupper() and word.lower() in names - NO_NAME for word in _words(row["speaker"]))


def _words(text: str | None) -> list[str]:
    return re.findall(r"[A-Za-z][\w’'-]*", text or "")


JUDGES: dict[str, Callable[[Reading, Sequence[Row]], Iterator[Judged]]] = {
    "times": _times, "entities": _mentions, "events": _events, "quotes": _claims,
}  # fmt: skip


def by_part(judged: Sequence[Judged]) -> dict[str, Row]:
    """The tables of all that was judged, and of the documents that are only scored, under their kinds' names."""
    unseen = (item for item in judged if only_scored(item.doc))
    return tables(judged) | {named(kind, ONLY_SCORED): table for kind, table in tables(unseen).items()}


def tables(judged: Iterable[Judged]) -> dict[str, Row]:
    """For each kind its bins of a tenth, and the expected calibration error.

    The error is the mean over all items of the distance between what their bin states and the share that is right
    (Naeini, Cooper and Hauskrecht 2015).
    """
    kinds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item in judged:
        kinds[item.kind].append((item.confidence, item.right))
    return {kind: _table(items) for kind, items in sorted(kinds.items())}


def _table(items: Sequence[tuple[float, bool]]) -> Row:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for stated, right in items:
        bins[min(9, int(round(10 * stated, 6)))].append((stated, right))
    cells, error = {}, 0.0
    for number, inside in sorted(bins.items()):
        mean = sum(stated for stated, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        error += len(inside) * abs(mean - share) / len(items)
        name = f"{number / 10:.1f}-{(number + 1) / 10:.1f}"
        cells[name] = {"count": len(inside), "stated": round(mean, 3), "right": round(share, 3)}
    return {"count": len(items), "error": round(error, 4), "bins": cells}
