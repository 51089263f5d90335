"""Which of two events came first: one sentence a case, through the real earlier steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.annotate import Annotated, annotate
from ingest.entities import find_entities
from ingest.events import find_events
from ingest.findings import Document, EventFinding, OrderFinding
from ingest.order import find_orders, told_past
from ingest.times import find_times
from kb.edtf import Edtf

SPECS = Path(__file__).parent / "specs" / "order"
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
