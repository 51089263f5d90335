"""A stretch of tokens that may name something, without the words at its ends that belong to no name."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.known.gazetteer import Known, words
from ingest.reading.english.entities.names import is_given, is_origin, is_suffix, is_title, last_title

TOWN = "TOWN"
"""The label of a place that the text itself calls one."""

INTRODUCED = "INTRODUCED"
"""The label of what describes somebody before he is named: words that tell more than a title, such as where from."""

_PUNCTUATION = frozenset("\"'“”‘’`,;:.-–—()[]") | {"``", "''", "--"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that may name something.

    label: the model's, or which rule found it; known: what a list says; titled: has a title or a role before it;
    sort: of a thing, what it is ("vessel").
    """

    start: int
    end: int
    label: str
    known: Known | None = None
    form: str = "name"
    titled: bool = False
    sort: str | None = None


def surface(doc: Doc, candidate: Candidate) -> str:
    """Words of a candidate as the text has them."""
    return doc[candidate.start : candidate.end].text


def trimmed(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Start and end without the marks, articles and the like at both ends; equal where nothing is left.

    Arguments: start and end, in tokens; label, the model's: a person's name keeps the titles right before it.
    """
    while start < end and _no_name_start(doc[start], label, end - start):
        start += 1
    while end > start and _no_name_end(doc, end - 1):
        end -= 1
    return (_at_titles(doc, start, end) if label == "PERSON" else start), end


def _at_titles(doc: Doc, start: int, end: int) -> int:
    """Start of a person's name with the titles right before it, without the place or body before those."""
    name = start + last_title([t.text for t in doc[start:end]]) if end > start else start
    first = name
    while first > start and is_title(doc[first - 1].text):
        first -= 1
    return first


def _no_name_end(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "." and i and is_suffix(doc[i - 1].text) and not doc[i - 1].whitespace_:
        return False
    if token.text in {"union", "company", "firm", "brand", "unit"}:
        return True  # "the United Auto Workers union"
    return token.is_space or token.text in _PUNCTUATION or token.text in {"'s", "’s", "s", "of", "and"}


def opens(token: Token) -> bool:
    """“Rival Dunmore reports”, “Carmaker Orsa said”: what a body is has its capital from the sentence."""
    return token.is_sent_start is True and token.lower_ in words("nouns", "opening")


def _opens_person(token: Token, length: int) -> bool:
    """“Challenger Rosa Quispe won”: what somebody is, with its capital from the sentence."""
    human = token.lower_ in words("nouns", "person") and not is_title(token.text)
    return length > 2 and token.is_sent_start is True and human and token.nbor().text[0].isupper()


def _no_name_start(token: Token, label: str, length: int) -> bool:
    if token.is_space or token.text in _PUNCTUATION or token.lower_ in {"the", "a", "an", "this", "that"}:
        return True
    if length == 1:
        return False
    if token.dep_ == "compound" and (opens(token) or _opens_person(token, length)):
        return True
    if label != "PERSON":
        return False
    verb = token.is_sent_start is True and (token.pos_ == "VERB" or token.dep_ in {"advcl", "ROOT"})
    return is_origin(token.text) or token.text[0].islower() or (verb and not is_given(token.text))
