"""Where quotations stand: among which tokens, between which parts of the sentence, and what lies between the marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.reading.english.claims.quotes import Quotation

_STOP = {".", "?", "!", ";"}


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation among the tokens. `before` and `after` are the token ranges of the same sentence outside of marks."""

    quotation: Quotation
    first: int
    last: int
    before: tuple[int, int]
    after: tuple[int, int]
    opens_paragraph: bool
    inner: str  # the words without the marks
    single: bool  # between single marks
    reach: int = -1  # first token of the clause where a name between marks stands in it before, which nobody says


def place_quotations(doc: Doc, quotations: Sequence[Quotation]) -> list[Place]:
    """Token ranges of the quotations and of the text around them."""
    text = doc.text  # spaCy joins it anew at each call
    starts = [token.idx for token in doc]
    ranges, told = [], []
    for quotation in quotations:
        first = min(bisect_left(starts, quotation.start), len(starts) - 1)  # its mark may stand within the last word
        last = max(first, bisect_left(starts, quotation.end) - 1)
        if not _nickname(doc, first, last):
            ranges.append((first, last))
            told.append(quotation)
    quotations = told
    places = []
    for i, (first, last) in enumerate(ranges):
        low = ranges[i - 1][1] + 1 if i else 0
        high = ranges[i + 1][0] if i + 1 < len(ranges) else len(doc)
        before = sentence_start(doc, first, low)
        after = (last + 1, _sentence_end(doc, last + 1, high))
        opens = first == 0 or "\n" in doc[first - 1].text
        words = text[quotations[i].start : quotations[i].end]
        inner, single = words.strip("“”„«»\"'‘’` \n"), words[:1] in "'‘’" and words[:2] != "''"
        places.append(Place(quotations[i], first, last, (before, first), after, opens, inner, single))
    return places


def _nickname(doc: Doc, first: int, last: int) -> bool:
    """`Marcia “Cia” Price`: one or two words between parts of a name."""
    if not 0 < first <= last < len(doc) - 1 or last - first > 3:
        return False
    return doc[first - 1].pos_ == doc[last + 1].pos_ == "PROPN" and doc[last - 1].text not in (",", ".", "!", "?")


def sentence_like(doc: Doc, place: Place) -> bool:
    """Whether the words between the marks are a sentence: a capital, a finite verb, closing punctuation."""
    words = [t for t in doc[place.first : place.last + 1] if not t.is_punct and not t.is_space]
    if len(words) < 3:
        return False
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or (t.tag_ == "VB" and t.i == words[0].i) for t in words)
    return finite and words[0].text[:1].isupper() and place.inner.endswith((".", "?", "!", ",", "…", "—"))


def clause_like(doc: Doc, place: Place) -> bool:
    """Whether a finite verb, or an order, stands between the marks."""
    words = [t for t in doc[place.first : place.last + 1] if not t.is_punct and not t.is_space]
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words) or (bool(words) and words[0].tag_ == "VB")


def fills_paragraph(doc: Doc, place: Place) -> bool:
    """Whether the quotation is a whole paragraph of more than one word."""
    ends = place.last + 1 >= len(doc) or "\n" in doc[place.last + 1].text
    return place.opens_paragraph and ends and place.inner.endswith((".", "!", "?")) and " " in place.inner


def head_of(doc: Doc, place: Place) -> int | None:
    """Index of the verb that the words between the marks hang on, else of the first word."""
    words = doc[place.first : place.last + 1]
    inside = [
        t
        for t in words
        if t.pos_ in ("VERB", "AUX") and (t.head.i < place.first or t.head.i > place.last or t.head == t)
    ]
    return inside[0].i if inside else next((t.i for t in words if not t.is_punct and not t.is_space), None)


def sentence_start(doc: Doc, first: int, low: int) -> int:
    """Index of the first token of the sentence before `first`, not below `low`; a line's end parts sentences too."""
    at = first
    while at > low and doc[at - 1].text not in _STOP and "\n\n" not in doc[at - 1].text and not ends_line(doc, at - 1):
        at -= 1
    return at


def _sentence_end(doc: Doc, at: int, high: int) -> int:
    while at < high and doc[at].text not in _STOP and not ends_line(doc, at):
        at += 1
    return at


def ends_line(doc: Doc, at: int) -> bool:
    """Whether the token breaks the line, but not where a wrapped line goes on in lower case."""
    return "\n" in doc[at].text and (at + 1 >= len(doc) or not doc[at + 1].text[:1].islower())
