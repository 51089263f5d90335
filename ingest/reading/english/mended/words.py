"""What the mends share: their word lists and how an arc is told anew."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from ingest.reading.lexicon import load

Heads = dict[Token, Token]
"""Words with what they are to hang on, told while the parse is read and done all at once."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


@cache
def words(group: str) -> frozenset[str]:
    """The words that parse.json lists under `group`."""
    return frozenset(load("parse")[group])
