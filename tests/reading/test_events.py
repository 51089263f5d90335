"""Events: triggers, roles, dates, status and merging, one sentence or two a case, through the real earlier steps."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ingest.clean import clean
from ingest.read import read as read_source
from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.salience import BACKGROUND
from ingest.reading.english.times import find_times
from ingest.reading.findings import Document, EntityFinding, EventFinding
from kb.edtf import Edtf

SPECS = Path(__file__).parents[1] / "specs" / "events"
PLOVER = frozenset(
    {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
        "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT", "OTHER"
    }
)  # fmt: skip


def rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.stem}-{number}")
        for path in sorted(SPECS.glob("*.json"))
        for number, row in enumerate(json.loads(path.read_text("utf-8")))
    ]


def read(text: str, published: str | None) -> tuple[Annotated, tuple[EntityFinding, ...], tuple[EventFinding, ...]]:
    annotated = annotate(Document("test", text, published=Edtf(published) if published else None))
    entities = find_entities(annotated)
    return annotated, entities, find_events(annotated, find_times(annotated), entities)


def mismatches(event: EventFinding, wanted: dict[str, Any], names: dict[str, str], lemmas: dict[str, str]) -> list[str]:
    """What differs between a finding and a row; empty when it fits."""
    wrong = [
        f"{field} {getattr(event, field)!r}, want {wanted[field]!r}"
        for field in ("edtf", "status", "type", "title", "thing")
        if field in wanted and getattr(event, field) != wanted[field]
    ]
    if "place" in wanted and names.get(event.place or "") != wanted["place"]:
        wrong.append(f"place {names.get(event.place or '')!r}, want {wanted['place']!r}")
    if "mentions" in wanted and len(event.mentions) != wanted["mentions"]:
        wrong.append(f"{len(event.mentions)} mentions, want {wanted['mentions']}")
    if "part_of" in wanted and lemmas.get(event.part_of or "") != wanted["part_of"]:
        wrong.append(f"part of {lemmas.get(event.part_of or '')!r}, want {wanted['part_of']!r}")
    for role, people in wanted.get("roles", {}).items():
        have = [names[p.entity] for p in event.participants if p.role == role]
        wrong += [f"no {role} {name} among {have}" for name in people if not any(name in h for h in have)]
    return wrong


def faults(row: dict[str, Any]) -> list[str]:
    """What is wrong with the events of a row's text; empty when all is as the row has it.

    Row: text, published; events that must be there, each with lemma and any of edtf, status, type, title, thing, place,
    roles, mentions, part_of (the lemma of the whole, or null); absent, lemmas that must not; faint, lemmas that are
    there but with the salience of background at most; top, the lemmas of the first by salience, in any order.
    """
    _, entities, events = read(row["text"], row["published"])
    names = {e.key: e.name for e in entities}
    lemmas = {e.key: e.lemma for e in events}
    wrong: list[str] = []
    for wanted in row["events"]:
        candidates = [mismatches(e, wanted, names, lemmas) for e in events if e.lemma == wanted["lemma"]]
        if [] not in candidates:
            wrong.append(f"{wanted['lemma']}: {candidates or [(e.lemma, e.title) for e in events]}")
    wrong += [f"{lemma} should be absent" for lemma in row["absent"] if lemma in lemmas.values()]
    for lemma in row.get("faint", []):
        told = [e.salience for e in events if e.lemma == lemma]
        if not told or max(told) > BACKGROUND:
            wrong.append(f"{lemma} should be there in passing, has {told}")
    top = row.get("top", [])
    first = [e.lemma for e in sorted(events, key=lambda e: -e.salience)[: len(top)]]
    if sorted(first) != sorted(top):
        wrong.append(f"first by salience {first}, want {top}")
    return wrong


@pytest.mark.parametrize("row", rows())
def test_events(row: dict[str, Any]) -> None:
    assert row["events"] or row["absent"] or row.get("faint") or row.get("top"), "a row that asks for nothing"
    assert faults(row) == []


def test_the_first_five_are_an_editors_picks() -> None:
    """Of the five most salient events of each demonstration article at most one is none that an editor marked."""
    picks = json.loads((SPECS.parent / "salience" / "seed.json").read_text("utf-8"))
    right = 0
    for row in picks:
        document = clean(next(iter(read_source(str(SPECS.parents[2] / "seed_data" / row["article"])))))
        annotated = annotate(document)
        events = find_events(annotated, find_times(annotated), find_entities(annotated))
        first = [e.lemma for e in sorted(events, key=lambda e: -e.salience)[:5]]
        hits = sum(lemma in row["picks"] for lemma in first)
        assert hits >= 4, (row["article"], first)
        right += hits
    assert right >= 0.95 * 5 * len(picks)


def test_offsets_and_keys() -> None:
    text = (
        "Germany invaded Poland on September 1, 1939. France and Britain declared war on Germany on September 3, 1939."
    )
    annotated, entities, events = read(text, None)
    keys = {e.key for e in entities}
    assert [e.key for e in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    firsts = [min(m.start for m in e.mentions) for e in events]
    assert firsts == sorted(firsts)
    for event in events:
        assert {p.entity for p in event.participants} <= keys
        assert 0 <= event.salience <= 1
        for mention in event.mentions:
            assert text[mention.start : mention.end] == mention.text
            passage = annotated.passages[mention.passage]
            assert passage.start_char <= mention.start < mention.end <= passage.end_char


def test_the_document_is_left_as_it_was() -> None:
    annotated = annotate(Document("test", "Canada Rejects Offer From Norway\n\nCanada has rejected an offer."))
    before = [(t.tag_, t.dep_, t.head.i) for t in annotated.doc]
    find_events(annotated, (), find_entities(annotated))
    assert [(t.tag_, t.dep_, t.head.i) for t in annotated.doc] == before


def test_salient_before_trivial() -> None:
    text = (
        "Sweden invaded Norway on May 3, 2021. Observers looked on. Shops in Oslo sold milk, and people waited. "
        "Vladimir Putin said it was sad. Norway praised the shops."
    )
    _, _, events = read(text, "2021-05-20")
    ranked = sorted(events, key=lambda e: -e.salience)
    assert ranked[0].lemma == "invade"
    assert all(e.salience < 0.5 for e in ranked[1:])


@pytest.mark.parametrize("text", ["", "   \n", "Hello.", "»«", "War.", "It ended.", "Sold!\n\nWar War War\n\n1999"])
def test_poor_text(text: str) -> None:
    assert isinstance(read(text, "2020-01-01")[2], tuple)


def test_lexicon_is_plover() -> None:
    lexicon = event_lexicon()
    classes = {*lexicon.verbs.values(), *lexicon.nouns.values()}
    assert {c.type for c in classes} <= PLOVER
    assert all(0 < c.weight <= 1 for c in classes)
    assert lexicon.verbs["invade"] is lexicon.nouns["invasion"]


def test_same_twice() -> None:
    text = "Germany invaded Poland on September 1, 1939, and Poland asked Britain for help."
    assert read(text, "2000-01-01")[2] == read(text, "2000-01-01")[2]


def test_sample_article() -> None:
    gold = os.environ.get("KB_GOLD")
    if not gold:
        pytest.skip("KB_GOLD is not set: the folder with the sample article and its gold")
    raw = next(iter(read_source(str(Path(gold) / "articles" / "us-rejects-putin-peace-offer.txt"))))
    document = clean(raw)
    annotated = annotate(Document(document.source, document.text, title=document.title, published=Edtf("2024-02-16")))
    entities = find_entities(annotated)
    found = {(e.lemma, e.edtf, e.status) for e in find_events(annotated, find_times(annotated), entities)}
    wanted = {
        ("annex", "2014", "asserted"),
        ("invade", "2022-02-24", "asserted"),
        ("war", "2022-02-24/..", "asserted"),
        ("negotiate", "2022-03", "asserted"),
        ("agree", "2022-03-31~", "alleged"),
        ("scuttle", "2022~", "alleged"),
        ("interview", "2024-02-06", "asserted"),
        ("post", "2024-02-10", "asserted"),
        ("reveal", "2023", "asserted"),
        ("reject", "2024-02-06/2024-02-16", "asserted"),
        ("struggle", "2024-02-16~", "asserted"),
        ("reiterate", "2024-02~", "asserted"),
    }
    assert wanted <= found
