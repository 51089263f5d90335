"""Who was missed by the model: by a given name, by a family that the article or the public knows, by the form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import Candidate
from ingest.reading.english.entities.evidence import closes_other, is_listed
from ingest.reading.english.entities.known.figures import is_family
from ingest.reading.english.entities.known.gazetteer import place
from ingest.reading.english.entities.names import is_given, is_origin, is_title
from kb.rarity import RARE, rarity

CLUB_FRONTS = frozenset({"Real", "Atletico", "Atlético", "Inter", "Bayern", "Borussia", "Dynamo", "Dinamo", "Spartak",
                         "Olympique", "Sporting", "AC", "FC", "RB", "Sparta", "Lokomotiv"})  # fmt: skip
"""Words that make a town's name a club's."""
_NO_PERSONS = frozenset({"", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
_SYLLABLE = 5  # letters at most of a Korean one


def missed_persons(doc: Doc) -> Iterator[Candidate]:
    """Persons whom the model missed: a given name and the proper noun after it. Arguments: a parse."""
    families = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
    for token in doc[:-1]:
        if token.pos_ == "PROPN" and (end := _by_form(doc, token, families)):
            yield Candidate(title_start(doc, token.i), end, "PERSON")
        if token.ent_type_ or not is_given(token.text) or token.pos_ != "PROPN":
            continue
        family = doc[token.i + 1]
        if name_word(family) and family.is_alpha and not closes_other(family.text) and not is_title(family.text):
            end = token.i + 2
            while family.ent_type_ == "PERSON" and end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1  # the model has the rest of the name ("Recep | Tayyip Erdogan")
            while end < len(doc) and runs_on(doc[end - 1], doc[end]):
                end += 1
            yield Candidate(title_start(doc, token.i), end, "PERSON")


def missed_clubs(doc: Doc) -> Iterator[Candidate]:
    """Clubs by what stands before their town: "Real Madrid", "Borussia Dortmund". Arguments: a parse."""
    for token in doc[:-1]:
        town = token.nbor()
        if token.text in CLUB_FRONTS and town.is_title and town.pos_ == "PROPN" and place(town.text):
            yield Candidate(token.i, token.i + 2, "ORG")


def _by_form(doc: Doc, token: Token, families: set[str]) -> int:
    """End of a person's name that begins here with a word of no English, or as Korean names do; 0 for none."""
    if is_listed(token.text) or is_origin(token.text):
        return 0
    behind = doc[token.i + 1]
    lone = token.ent_iob_ == "B" and not behind.ent_type_ and is_given(token.text)
    if lone and name_word(behind) and rarity(behind.lower_) >= RARE and not closes_other(behind.text):
        return token.i + 2  # "Oleksandr | Syrskyi", of which the model has the first word for a body
    if token.ent_type_ not in _NO_PERSONS:
        return 0
    if token.i and doc[token.i - 1].pos_ == "PROPN" and not is_title(doc[token.i - 1].text):
        return 0
    kin = name_word(behind) and (behind.text in families or is_family(behind.text))
    strange = rarity(token.lower_) >= RARE and token.is_title and not token.is_sent_start
    if kin and strange and not closes_other(behind.text):
        return token.i + 2  # "Ivanka Trump"
    return _korean(doc, token)


def _korean(doc: Doc, token: Token) -> int:
    """End of “Yoon Suk-yeol”: a family name, and a given name of two syllables of which the second has no capital."""
    parts = doc[token.i + 1 : token.i + 4]
    joined = len(parts) == 3 and parts[1].text == "-" and not parts[0].whitespace_ and not parts[1].whitespace_
    if not joined or not parts[0].is_title or not parts[2].text.islower() or len(parts[2]) > _SYLLABLE:
        return 0
    strange = rarity(parts[2].text) >= RARE  # not "Tel Aviv-based"
    return token.i + 4 if token.is_title and strange and len(parts[0]) <= _SYLLABLE else 0


def runs_on(word: Token, following: Token) -> bool:
    """Whether a name goes on with the next word, by the parse."""
    within = word.dep_ == "compound" and word.head.i >= following.i
    return within and name_word(following) and not following.ent_type_ and not is_title(following.text)


def name_word(token: Token) -> bool:
    """Whether a token is written as a word of a person's name: an initial, or a proper noun with its capital."""
    initial = re.fullmatch(r"[A-Z]\.?", token.text) is not None
    return initial or (
        token.text[0].isupper() and token.pos_ == "PROPN" and not token.text.isupper() and token.text[0].isalpha()
    )


def title_start(doc: Doc, start: int) -> int:
    """First token of the titles right before a name, and of the country before them ("South Korean President")."""
    first = start
    while first > 0 and is_title(doc[first - 1].text) and not doc[first - 1].is_sent_end:
        first -= 1
    for width in (2, 1):
        origin = doc[max(0, first - width) : first]
        if first < start and len(origin) == width and is_origin(origin.text) and origin[0].sent == doc[start].sent:
            return first - width
    return first
