"""The participles that titles are made of."""

from __future__ import annotations

import pytest

from ingest.reading.english.events.titles.verb_forms import gerund


@pytest.mark.parametrize(
    ("base", "form"),
    [
        ("begin", "beginning"), ("commit", "committing"), ("prefer", "preferring"), ("hit", "hitting"),
        ("seize", "seizing"), ("die", "dying"), ("flee", "fleeing"), ("open", "opening"), ("visit", "visiting"),
        ("offer", "offering"), ("develop", "developing"), ("end", "ending"),
    ],
)  # fmt: skip
def test_participle(base: str, form: str) -> None:
    assert gerund(base) == form
