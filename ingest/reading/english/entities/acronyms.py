"""Short names that the article itself explains: "the State Mining Agency (STAMIN)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from ingest.reading.english.entities.candidate import Candidate, surface
from ingest.reading.english.entities.known.gazetteer import area, plain


def acronym(name: str) -> str:
    """First letters of a name's capitalised words."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def looks_like_acronym(word: str) -> bool:
    """Whether a word is written as an acronym is: two to eight letters, two of them capitals, one first ("UniCom")."""
    return re.fullmatch(r"[A-Z][A-Za-z&.]{1,8}", word) is not None and sum(c.isupper() for c in word) >= 2


def definitions(doc: Doc, candidates: Iterable[Candidate]) -> dict[str, str]:
    """Acronyms in brackets right after a name, with that name; a place in brackets says where and is none.

    Arguments: doc, a parse; candidates, the named spans of the article.
    """
    found: dict[str, str] = {}
    for c in candidates:
        at = _bracketed(doc, c.end)
        if at is not None and c.end - c.start > 1 and c.form == "name" and area(doc[at].text) is None:
            found.setdefault(plain(doc[at].text), plain(surface(doc, c)))
    return found


def explained(doc: Doc, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Acronyms in brackets that the model did not see as names: behind a body's name, or a person's, as his party."""
    for c in candidates:
        at = _bracketed(doc, c.end)
        if at is None or c.end - c.start < 2 or doc[at].ent_type_:
            continue
        party = c.label == "PERSON" and doc[at].text.isupper() and doc[at].text != acronym(surface(doc, c))
        if party or c.label in {"ORG", "LIST"}:  # "Gerhard Schröder (SPD)"
            yield Candidate(at, at + 1, "ORG")


def of_things(doc: Doc, candidates: Iterable[Candidate]) -> frozenset[str]:
    """Acronyms whose words the article gives, and these words name nobody ("Server Message Block (SMB)")."""
    covered = {i for c in candidates if c.end - c.start > 1 for i in range(c.start, c.end)}
    found = set()
    for i in (token.i for token in doc if token.text == "("):
        at = _bracketed(doc, i)
        if at is None or i - 1 in covered:
            continue
        width = sum(c.isupper() for c in doc[at].text)
        letters = "".join(t.text[0] for t in doc[max(0, i - width) : i])
        if width > 1 and letters == "".join(c for c in doc[at].text if c.isupper()):
            found.add(doc[at].text)
    return frozenset(found)


def _bracketed(doc: Doc, i: int) -> int | None:
    """Index of the acronym when an acronym in brackets begins at a token."""
    inside = i + 2 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")"
    return i + 1 if inside and looks_like_acronym(doc[i + 1].text) else None
