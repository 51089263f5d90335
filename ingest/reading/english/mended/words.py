"""What the mends share: their word lists and how an arc is told anew."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from ingest.reading.lexicon import load

Heads = dict[Token, Token]
"""Words with what they are to hang on, told while the parse is read and done all at once."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
SPELLS = frozenset({"week", "weekend", "month", "year", "summer", "winter", "spring", "autumn", "fall"})


@cache
def words(group: str) -> frozenset[str]:
    """The words that parse.json lists under `group`."""
    return frozenset(load("parse")[group])


_INNER_CAPITAL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*")
_PREFIXED = ("Mc", "Mac", "De", "Di", "Da", "Du", "La", "Le", "Lo", "Van", "Von", "Fitz", "Ap", "So", "Tri", "Al", "El",
             "Abd", "Jo", "Mary", "Anna", "Ben", "San")  # fmt: skip
"""What a capital may follow in a name of a person or a place: “DeSantis”, “JoAnn”, “SoHo”."""


def branded(word: str) -> bool:
    """Whether a word has a capital inside, as brands are written and no person or place is: "WeWork", "SoftBank"."""
    return _INNER_CAPITAL.fullmatch(word) is not None and not word.startswith(_PREFIXED)


_SIBILANT = ("s", "x", "z", "ch", "sh", "o", "y")
_SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiou][bcdfgklmnprstvz]")  # one syllable that would double its last letter


def lost_e(form: str, lemma: str) -> bool:
    """Whether the lemma of a verb's form has lost its “e”: “hop” for “hopes” and “hoped”.

    Arguments: the form and its lemma in small letters. Source: English spelling, Quirk et al. 1985, sections 3.5-3.9.
    """
    if form == f"{lemma}es":
        return not lemma.endswith(_SIBILANT)
    return form in (f"{lemma}ed", f"{lemma}ing") and _SHORT.fullmatch(lemma) is not None
