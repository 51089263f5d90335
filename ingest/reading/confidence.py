"""How far each finding may be trusted: the share of findings of its sort that were right on hand-annotated news.

The steps before state what a finding rests on (an explicit year, the tense of a clause, how near a date stands to an
event's word). Each such sort was held against development gold; `lexicon/english/confidence.json` keeps the shares, and
`python -m benchmarks.calibrate` makes them anew. A sort that gold says nothing of keeps the score of its step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.reading.findings import ClaimFinding, EventFinding, EventMention, TimeFinding
from ingest.reading.lexicon import load
from ingest.reading.reading import Reading
from kb.models import YEAR_GUESSED

Sorts = Mapping[str, float]


def weighed(reading: Reading) -> Reading:
    """The reading with the confidence of its times, events and claims as gold bears it out, between 0 and 1."""
    times = {time.key: time for time in reading.times}
    return replace(
        reading,
        times=tuple(_time(time) for time in reading.times),
        events=tuple(_event(event, times) for event in reading.events),
        claims=tuple(_claim(claim) for claim in reading.claims),
    )


def time_sort(time: TimeFinding) -> str:
    """Name what a time’s value rests on: "explicit", "publication", "running", "event" and the like."""
    if time.type == "SET":
        return "recurring"
    if time.type == "DURATION":
        return "length"
    if time.value.endswith("_REF"):
        return "vague"
    if time.edtf is None or time.edtf.startswith("X") or time.value.startswith("X"):
        return "unplaced"
    if YEAR_GUESSED in time.rule:
        return "guessed year"
    if time.anchor is None:
        return "explicit"
    if time.anchor.kind == "time":
        return "offset" if "counted from" in time.rule else "running"
    return time.anchor.kind


def event_sorts(mention: EventMention, times: Mapping[str, TimeFinding]) -> Iterator[str]:
    """What an event's date rests on, the narrowest sort first: how it is attached, and to what kind of time."""
    attached = f"{mention.confidence:.2f}"
    if mention.edtf is None:
        yield "undated"
    elif mention.time is None:
        yield f"report day {attached}"
        yield "report day"
    else:
        yield f"{attached} {time_sort(times[mention.time])}"
        yield attached


def claim_sort(claim: ClaimFinding) -> str:
    """What a claim rests on: a quotation or not, and how sure its construction is."""
    return f"{'direct' if claim.direct else 'indirect'} {claim.confidence:.2f}"


def _shares() -> Mapping[str, Sorts]:
    return load("confidence")


def _time(time: TimeFinding) -> TimeFinding:
    return replace(time, confidence=_shares()["times"].get(time_sort(time), time.confidence))


def _event(event: EventFinding, times: Mapping[str, TimeFinding]) -> EventFinding:
    mentions = tuple(_mention(mention, times) for mention in event.mentions)
    dating = [m.confidence for m in mentions if m.edtf is not None and m.edtf == event.edtf]
    best = max(dating, default=max((m.confidence for m in mentions), default=event.confidence))
    return replace(event, mentions=mentions, confidence=best)


def _mention(mention: EventMention, times: Mapping[str, TimeFinding]) -> EventMention:
    shares = _shares()["events"]
    known = [shares[sort] for sort in event_sorts(mention, times) if sort in shares]
    stated = known[0] if known else mention.confidence
    time = times.get(mention.time or "")
    if time is not None and time_sort(time) == "guessed year":
        stated = min(stated, _shares()["times"].get("guessed year", stated))  # no surer than the year
    return replace(mention, confidence=stated)


def _claim(claim: ClaimFinding) -> ClaimFinding:
    return replace(claim, confidence=_shares()["claims"].get(claim_sort(claim), claim.confidence))
