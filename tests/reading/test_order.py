"""Which of two events came first, and what that says of their days: a sentence or two a case, through real steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.order import find_orders, told_past
from ingest.reading.english.times import find_times
from ingest.reading.extract import extract
from ingest.reading.findings import Bounds, Document, EventFinding, OrderFinding
from kb.edtf import Edtf

SPECS = Path(__file__).parents[1] / "specs" / "order"
PUBLISHED = Edtf("2024-02-16")


def rows(name: str) -> list[Any]:
    found = json.loads((SPECS / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=f"{name}-{number}") for number, row in enumerate(found)]


def read(text: str) -> tuple[Annotated, tuple[EventFinding, ...], tuple[OrderFinding, ...]]:
    annotated = annotate(Document("test", text, published=PUBLISHED))
    events = find_events(annotated, find_times(annotated), find_entities(annotated))
    return annotated, events, find_orders(annotated, events)


@pytest.mark.parametrize("row", [*rows("connectives"), *rows("traps")])
def test_orders(row: dict[str, Any]) -> None:
    annotated, events, orders = read(row["text"])
    lemma = {event.key: event.lemma for event in events}
    found = [[lemma[o.first], o.kind, lemma[o.second], annotated.text[o.start : o.end]] for o in orders]
    assert len(events) > 1, "there is nothing to order, so the row shows nothing"
    assert sorted(found) == sorted(row["orders"]), [(e.lemma, e.status) for e in events]


@pytest.mark.parametrize("row", rows("bounds"))
def test_bounds(row: dict[str, Any]) -> None:
    reading = extract(Document("test", row["text"], published=Edtf(row["published"]) if row["published"] else None))
    found = {}
    for event in reading.events:
        bounds = event.bounds or Bounds()
        found[event.lemma] = [event.edtf, bounds.not_before, bounds.not_after]
        assert bool(bounds.rule) == bool(bounds.not_before or bounds.not_after)
    assert {lemma: found.get(lemma) for lemma in row["bounds"]} == row["bounds"]


def test_a_bound_says_what_it_comes_from() -> None:
    text = "Poland attacked Norway before Ukraine signed the treaty. Ukraine signed the treaty before "
    reading = extract(Document("test", f"{text}Russia annexed Crimea on March 18, 2014.", published=PUBLISHED))
    rules = {e.lemma: e.bounds.rule for e in reading.events if e.bounds}
    assert rules["attack"] == (
        "not after 18 Mar 2014: before “Ukraine signs treaty”, which was before “Russia annexes Crimea”"
    )


PAST = [
    ("Russia attacked Kyiv.", True),
    ("Russia has attacked Kyiv.", True),
    ("Kyiv was attacked by Russia.", True),
    ("Russia was attacking Kyiv.", True),
    ("Russia and Ukraine held talks in Oslo.", True),
    ("Merkel left Moscow after the attack on Kyiv.", True),
    ("Russia attacks Kyiv.", False),
    ("Merkel visited Moscow before the election in Russia.", False),
    ("Russia will attack Kyiv on 3 May 2025.", False),
    ("Russia could attack Kyiv in 2025.", False),
]


@pytest.mark.parametrize(("text", "past"), PAST)
def test_what_is_told_as_past(text: str, past: bool) -> None:
    annotated, events, _ = read(text)
    mentions = [m for e in events for m in e.mentions if e.lemma in ("attack", "negotiate", "elect")]
    assert {m.start in told_past(annotated, events) for m in mentions} == {past}
