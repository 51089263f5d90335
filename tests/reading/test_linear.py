"""No text costs the square of its length: work counted in calls, over shapes that nobody writes but somebody sends."""

from __future__ import annotations

import pytest

from ingest.reading.annotate import annotate
from ingest.reading.extract import findings
from ingest.reading.findings import Document
from kb.edtf import Edtf
from tests.steps import calls

SHAPES = {
    "nested quotation marks": ("“He said ", "”"),
    "quotation marks": ('"a" ', ""),
    "nested brackets": ("( x ", ")"),
    "brackets that never part": ("([{", ""),
    "a phrase of time again and again": ("two days after ", ""),
    "years": ("2014 ", ""),
    "sayings in one endless sentence": ("He said that ", ""),
    "sayings": ("He said that they met. ", ""),
    "one name": ("Anna Berg and ", ""),
    "capitals": ("OSLO BURNS AGAIN ", ""),
    "lines": ("Oslo\n\n", ""),
    "digits": ("1234567890", ""),
    "markup": ("<b>", "</b>"),
}
IN_UKRAINIAN = {
    "days": ("24 лютого ", ""),
    "weeks ago": ("два тижні тому ", ""),
    "from and to": ("з 24 по ", ""),
    "weekdays in one endless sentence": ("у п’ятницю, ", ""),
}
SHORT, TIMES = 1_500, 4


def text(shape: str, characters: int) -> str:
    opening, closing = (SHAPES | IN_UKRAINIAN)[shape]
    many = characters // (len(opening) + len(closing))
    return opening * many + closing * many


def work(body: str, language: str = "en") -> int:
    """How many functions reading the text calls."""
    document = Document("shape", body, language=language, published=Edtf("2022-06-16"), published_basis="given")
    return calls(lambda: findings(annotate(document)))


@pytest.mark.parametrize("shape", [*SHAPES, *IN_UKRAINIAN])
def test_work_grows_with_the_text(shape: str) -> None:
    language = "uk" if shape in IN_UKRAINIAN else "en"
    work(text(shape, SHORT), language)  # tables and parses that are made once
    short, long = work(text(shape, SHORT), language), work(text(shape, SHORT * TIMES), language)
    assert long <= 2 * TIMES * short


def test_offsets_stay_where_an_endless_word_is_parted() -> None:
    body = "x" * 1_400 + " said Ada Berg in Oslo on May 5, 2022."
    reading = findings(annotate(Document("shape", body)))
    assert "May 5, 2022" in [body[time.start : time.end] for time in reading.times]
    assert all(body[m.start : m.end] for entity in reading.entities for m in entity.mentions)
