"""What makes two words that stand in no parse one: their base form, their class of events, their country.

Base forms come from the tables of the language model's own lemmatizer, verbs first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ingest.matching.claims.words import claim_words
from ingest.reading.annotate import model
from ingest.reading.english.entities.known.gazetteer import demonym
from ingest.reading.english.events.finding.lexicon import event_lexicon

_CLASSES = ("verb", "noun", "adj")
_SHORTEST = 4  # letters of a word that no table knows, for its final s to be a plural's

Table = Mapping[str, Any]


@cache
def _tables() -> tuple[Table, Table, Mapping[str, frozenset[str]]]:
    """Irregular forms, endings with what replaces them, and the known base forms, each by word class."""
    lookups = model().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    irregular, endings, known = (lookups.get_table(name) for name in ("lemma_exc", "lemma_rules", "lemma_index"))
    return irregular, endings, {name: frozenset(known[name]) for name in _CLASSES}


@cache
def _rows(name: str) -> tuple[Mapping[str, Any], tuple[tuple[str, str], ...], frozenset[str]]:
    irregular, endings, known = _tables()
    return irregular[name], tuple((old, new) for old, new in endings[name]), known[name]


@cache
def lemma(word: str) -> str:
    """A word's base form, the same for all its forms as far as the tables know them; the word itself otherwise.

    Arguments: word, in lower case. A form of several words has one base form here ("left" is always "leave"), which is
    all that a comparison needs. Raises: MissingAsset when the language model is not installed.
    """
    for name in _CLASSES:
        irregular, endings, known = _rows(name)
        listed = [form for form in irregular.get(word, ()) if form != word]
        if listed:
            return str(listed[-1])
        for old, new in endings:
            base = word[: len(word) - len(old)] + new
            if word.endswith(old) and base in known:
                return base
        if word in known and name == "verb":
            return word
    plural = len(word) >= _SHORTEST and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


@cache
def root(word: str) -> str:
    """What a word shares with its kin: "russia" for "russian", "invade" for "invasion", "agree" for "treaty", "deal".

    Arguments: word, in lower case. Words that have opposites, or that other rules look at, keep their base form.
    """
    words = claim_words()
    if words.has("linking", word):
        return word
    country = demonym(word.capitalize())
    if country and country.name.isalpha():
        return country.name.casefold()
    base = lemma(word)
    if base in words.kin:
        return base
    told = event_lexicon().nouns.get(base) or event_lexicon().verbs.get(base)
    return told.lemma.replace(" ", "_") if told else base
