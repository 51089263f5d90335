"""Times of Ukrainian and Russian articles, which languages are told apart, and how such an article stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.clean.prose import language
from ingest.reading.annotate import annotate
from ingest.reading.extract import extract
from ingest.reading.findings import Document
from kb.edtf import Edtf
from kb.models import YEAR_GUESSED

SPECS = Path(__file__).parents[1] / "specs" / "slavic"
ROWS = [(code, *row) for code in ("uk", "ru") for row in json.loads((SPECS / f"{code}.json").read_text())]


def document(text: str, code: str, published: str | None = None) -> Document:
    return Document("a.txt", text, language=code, published=Edtf(published) if published else None)


@pytest.mark.parametrize(("code", "text", "published", "expected"), ROWS, ids=lambda value: str(value)[:40])
def test_times_of_a_sentence(code: str, text: str, published: str | None, expected: list[list[Any]]) -> None:
    found = extract(document(text, code, published)).times
    assert [[t.text, t.type, t.value, t.edtf] for t in found] == expected
    assert all(text[t.start : t.end] == t.text for t in found)


def test_a_year_that_is_guessed_says_so_and_names_its_rivals() -> None:
    [near] = extract(document("Зустріч відбулася 29 березня.", "uk", "2022-03-30")).times
    [far] = extract(document("Зустріч відбулася 29 вересня.", "uk", "2022-03-30")).times
    assert YEAR_GUESSED not in near.rule
    assert YEAR_GUESSED in far.rule
    assert set(far.candidates) == {"2021-09-29", "2022-09-29", "2023-09-29"}
    assert far.confidence < near.confidence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Українська та російська делегації провели у вівторок переговори в Стамбулі.", "uk"),
        ("Российская и украинская делегации провели во вторник переговоры, которые шли четыре часа.", "ru"),
        ("Българската делегация проведе във вторник преговори в Истанбул, които продължиха четири часа.", "xx"),
        ("Српска делегација је у уторак водила преговоре у Истанбулу, који су трајали четири сата.", "xx"),
        ("代表団は火曜日にイスタンブールで会談を行った。", "xx"),
        ("The Ukrainian delegation (Українська делегація) held talks in Istanbul on Tuesday.", "en"),
        ("Die ukrainische Delegation hat am Dienstag in Istanbul mit der russischen verhandelt.", "de"),
    ],
)  # fmt: skip
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert language(text) == code


def test_no_sentence_ends_at_an_abbreviation() -> None:
    text = "В 2014 г. В. Р. Мединский был министром. Встречу вёл он. Погибли 5 тыс. человек."
    assert [span.text for span in annotate(document(text, "ru")).passages] == [
        "В 2014 г. В. Р. Мединский был министром.", "Встречу вёл он.", "Погибли 5 тыс. человек."]  # fmt: skip


def test_the_article_stands_by_its_headline_and_day() -> None:
    text = "Переговори в Стамбулі\n\nСторони зустрілися у вівторок."
    [event] = extract(document(text, "uk", "2022-03-30")).events
    assert (event.title, event.edtf, event.mentions[0].text) == (
        "Переговори в Стамбулі",
        "2022-03-30",
        "Переговори в Стамбулі",
    )
    assert not extract(document(text, "uk")).events
