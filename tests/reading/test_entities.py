"""Entities: own sentences by phenomenon, then what must hold for every text."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.entities import find_entities
from ingest.reading.findings import Document, EntityFinding

SPECS = Path(__file__).parents[1] / "specs" / "entities"
GAP = pytest.mark.xfail(strict=True, reason="a known gap of the rules; take the mark away when it is closed")
ROWS = [
    pytest.param(row, id=f"{path.stem}: {row['what']}", marks=GAP if row.get("known_gap") else ())
    for path in sorted(SPECS.glob("*.json"))
    for row in json.loads(path.read_text("utf-8"))
]
PLAIN = [pytest.param(*row.values, id=row.id) for row in ROWS]
KINDS_OF_CHECK = ("gazetteer", "subtype", "country", "described")


@cache
def parsed(text: str) -> Annotated:
    return annotate(Document(source="spec", text=text))


@cache
def entities(text: str) -> tuple[EntityFinding, ...]:
    return find_entities(parsed(text))


@pytest.mark.parametrize("row", ROWS)
def test_spec(row: dict[str, Any]) -> None:
    found = {(f.name, f.kind): f for f in reversed(entities(row["text"]))}
    seen = [(f.name, f.kind, [m.text for m in f.mentions]) for f in found.values()]
    for wanted in row["expect"]:
        finding = found.get((wanted["name"], wanted["kind"]))
        assert finding, f"no {wanted['kind']} {wanted['name']} in {seen}"
        if "mentions" in wanted:
            assert [m.text for m in finding.mentions] == wanted["mentions"]
        if "forms" in wanted:
            assert [m.form for m in finding.mentions] == wanted["forms"]
        if "nested" in wanted:
            assert [m.text for m in finding.nested] == wanted["nested"]
        for key in KINDS_OF_CHECK:
            assert getattr(finding, key) == wanted.get(key, getattr(finding, key))
        assert not wanted.get("located") or (finding.lat and finding.lon)
    names = {name for name, _ in found}
    assert not names & set(row["absent"]), seen


@pytest.mark.parametrize("row", PLAIN)
def test_offsets_and_order(row: dict[str, Any]) -> None:
    text = row["text"]
    found = entities(text)
    assert [f.key for f in found] == [f"n{n}" for n in range(1, len(found) + 1)]
    firsts = [f.mentions[0].start for f in found]
    assert firsts == sorted(firsts)
    for finding in found:
        assert [text[m.start : m.end] for m in finding.mentions] == [m.text for m in finding.mentions]
        assert list(finding.mentions) == sorted(finding.mentions, key=lambda m: m.start)
        assert all(text[m.start : m.end] == m.text for m in finding.nested)
        assert not set(finding.nested) & {m for m in finding.mentions if m.form != "nominal"}


@pytest.mark.parametrize("row", PLAIN)
def test_overlap_only_inside_a_description(row: dict[str, Any]) -> None:
    pairs = [(m, f) for f in entities(row["text"]) for m in f.mentions]
    for one, first in pairs:
        for other, second in pairs:
            if first.key != second.key and one.start < other.end and other.start < one.end:
                outer, words = (first, one) if one.end - one.start >= other.end - other.start else (second, other)
                bringing_in = words.form == "nominal" and words.text.split()[0].lower() in ("a", "an")
                assert outer.described or bringing_in, (one.text, other.text)


def test_sample_article() -> None:
    folder = os.environ.get("KB_GOLD")
    if not folder:
        pytest.skip("KB_GOLD names no folder with the sample article and its gold")
    article = (Path(folder) / "articles" / "us-rejects-putin-peace-offer.txt").read_text("utf-8")
    body = article[article.index("President Putin has floated") : article.index("Source link")]
    found = {f.name: f for f in entities(body)}
    assert {"Ukraine", "Russia", "United States", "United Kingdom", "Kyiv", "Crimea", "Moscow", "Istanbul"} <= {
        name for name, f in found.items() if f.kind == "Place"
    }
    assert {"NATO", "National Security Council", "White House", "Biden administration", "X (formerly Twitter)"} <= {
        name for name, f in found.items() if f.kind == "Organization"
    }
    assert {"Vladimir Putin", "Tucker Carlson", "David Arakhamia", "Robert F. Kennedy Jr."} <= {
        name for name, f in found.items() if f.kind == "Person" and not f.described
    }
    assert "the Russian president" in {m.text for m in found["Vladimir Putin"].mentions}
