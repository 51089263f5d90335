"""Claims: rows of text -> who said what, by construction, with the traps that must give nothing."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scoring.gold import Reader, find_sets
from benchmarks.scoring.parts import WHOLE
from benchmarks.scoring.scores import score
from ingest.graph.resolve import resolve
from ingest.graph.write import write
from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.claims import find_claims
from ingest.reading.english.claims.quotes import find_quotations
from ingest.reading.english.claims.wording import normal_text
from ingest.reading.english.entities import find_entities
from ingest.reading.english.events import find_events
from ingest.reading.english.times import find_times
from ingest.reading.extract import extract
from ingest.reading.findings import ClaimFinding, Document
from kb import ask
from kb.edtf import Edtf
from kb.store import Store
from kb.views.parts.claim_panel import panel

SPECS = Path(__file__).parents[1] / "specs" / "claims"


def rows(name: str) -> list[Any]:
    """Spec rows as pytest parameters, named by their text."""
    loaded = json.loads((SPECS / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["text"][:60]) for row in loaded]


def claims_of(text: str, published: str | None = None) -> tuple[Annotated, tuple[ClaimFinding, ...]]:
    """Claims of a text after all earlier steps."""
    annotated = annotate(Document("spec", text, published=Edtf(published) if published else None))
    times, entities = find_times(annotated), find_entities(annotated)
    return annotated, find_claims(annotated, times, entities, find_events(annotated, times, entities))


def seen(claim: ClaimFinding, text: str) -> dict[str, Any]:
    """A claim in the words of the specs."""
    return {
        "says": [text[start:end] for start, end in claim.content],
        "by": claim.speaker_text,
        "cue": claim.cue,
        "direct": claim.direct,
        "force": claim.force,
        "to": claim.addressee_text,
        "medium": claim.medium,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "said": claim.said,
    }


def check(row: dict[str, Any]) -> None:
    _, claims = claims_of(row["text"], row.get("published"))
    found = [seen(claim, row["text"]) for claim in claims]
    wanted = [{key: claim[key] for key in claim if key != "note"} for claim in row["claims"]]
    shown = [{key: claim[key] for key in want} for claim, want in zip(found, wanted, strict=False)]
    assert (len(found), shown) == (len(wanted), wanted), f"found {found}"


@pytest.mark.parametrize("row", rows("marks"))
def test_quotation_marks(row: dict[str, Any]) -> None:
    assert [[row["text"][s:e] for s, e in q.parts] for q in find_quotations(row["text"])] == row["parts"]


@pytest.mark.parametrize("row", rows("quotations"))
def test_direct_speech(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("indirect"))
def test_indirect_speech(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("stances"))
def test_stances_and_nouns_that_carry_a_claim(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("traps"))
def test_what_is_no_claim_or_has_no_speaker(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("fields"))
def test_date_polarity_and_modality(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("force"))
def test_what_the_saying_does(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("addressees"))
def test_to_whom_it_was_said(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("media"))
def test_in_what_it_was_said(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("said"))
def test_when_it_was_said(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("parties"))
def test_who_is_accused_does_not_speak(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("headlines"))
def test_headlines_transcripts_and_block_quotations(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("constructions"))
def test_further_constructions_and_where_what_is_said_ends(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("mixed"))
def test_quotations_inside_reported_clauses(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("nouns"))
def test_nouns_that_carry_what_their_owner_says(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("insertions"))
def test_editorial_insertions_do_not_make_another_claim(row: dict[str, Any]) -> None:
    assert normal_text(row["text"], [(0, len(row["text"]))]) == row["normal"]


def test_spans_lie_in_the_text_and_keys_count_from_one() -> None:
    text = "Mara Lind said the dam was safe. “Nobody needs to leave,” she added. “Go home.”\n\nOthers disagreed."
    annotated, claims = claims_of(text)
    assert [c.key for c in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    for claim in claims:
        assert all(0 <= s < e <= len(text) for s, e in (*claim.content, *claim.source))
        assert claim.cue_span is None or text[slice(*claim.cue_span)] == claim.cue
        assert annotated.passages[claim.passage].start_char <= claim.content[0][0]


def test_speaker_is_the_person_whom_a_pronoun_stands_for() -> None:
    text = "Mara Lind visited the dam on Monday. “It is safe,” she said."
    annotated, claims = claims_of(text)
    people = {e.key: e.name for e in find_entities(annotated)}
    assert [people.get(c.speaker or "") for c in claims] == ["Mara Lind"]


def test_an_anaphoric_claim_is_about_what_the_claim_before_is_about() -> None:
    text = "The minister said the army shelled Kharkiv in March 2022. Olaf Berg also made this claim."
    _, claims = claims_of(text)
    assert claims[0].about_events
    assert claims[1].about_events == claims[0].about_events
    assert claims[1].speaker_text == "Olaf Berg"


def test_without_earlier_steps_the_words_of_the_speaker_remain() -> None:
    annotated = annotate(Document("spec", "“It is safe,” Mara Lind said."))
    (claim,) = find_claims(annotated, (), (), ())
    assert (claim.speaker, claim.speaker_text, claim.said, claim.about_events) == (None, "Mara Lind", None, ())


HEARD = "Mara Lind told Olaf Berg in an interview with the BBC that the dam was [still] safe. Olaf Berg left Kyiv."
HEARER = """MATCH (c:Claim)-[r:ADDRESSED_TO]->(x:Entity) RETURN c.force AS force, c.normalText AS normal,
c.medium AS medium, c.addresseeText AS words, x.name AS name, r.expiredAt AS expired"""


def test_whoever_is_addressed_is_stored_shown_and_withdrawn(store: Store) -> None:
    reading = extract(Document("heard", HEARD, published=Edtf("2024-02-16")))
    write(store, resolve(reading, version="one"), "run")
    (row,) = store.run(HEARER)
    assert (row["force"], row["normal"], row["medium"]) == ("said", "the dam was safe", "interview")
    assert (row["words"], row["name"], row["expired"]) == ("Olaf Berg", "Olaf Berg", None)
    (claim,) = ask.claims(store)
    shown = panel(claim)
    assert claim.addressee is not None
    assert "<dt>To</dt>" in shown
    assert "<dt>Medium</dt><dd>interview</dd>" in shown
    assert "said (“told”)" in shown
    unheard = tuple(replace(c, addressee=None, addressee_text="") for c in reading.claims)
    write(store, resolve(replace(reading, claims=unheard), version="two"), "run")
    assert all(row["expired"] for row in store.run(HEARER))
    assert [c.addressee for c in ask.claims(store)] == [None]


@pytest.mark.parametrize("mark", ['"', "“", "‘", "'", "’", "”", "''"])
def test_scanning_is_linear_in_unbalanced_marks(mark: str) -> None:
    def seconds(times: int) -> float:
        text = f"He {mark}went {mark} home{mark} " * times
        start = time.process_time()
        find_quotations(text)
        return time.process_time() - start

    short = min(seconds(1_000) for _ in range(3))
    assert min(seconds(8_000) for _ in range(3)) < 8 * 5 * max(short, 0.001)  # the square is 64 times as much


@pytest.mark.skipif("KB_GOLD" not in os.environ, reason="KB_GOLD names no folder with gold data")
def test_attributions_of_political_news_reach_the_bar(tmp_path: Path) -> None:
    (political,) = find_sets(Path(os.environ["KB_GOLD"]) / "bench", ("quotes/polnear_dev",))
    figures = score(political, Reader(tmp_path))[WHOLE]
    assert figures["direct exact"] >= 86.5
    assert figures["direct end-to-end"] >= 87.5
    assert figures["all end-to-end"] >= 62.5
