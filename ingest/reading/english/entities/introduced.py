"""How articles bring a person in: described first and named next, or under two names ("Al Roe, also known as Falk")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import INTRODUCED, Candidate
from ingest.reading.english.entities.evidence import unheard
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import area, demonym, plain, words

_LEAD = 3  # sentences of an article, its headline among them, that describe whom the next ones name
MEN = frozenset({"man", "boy", "father", "son", "brother", "husband", "businessman", "gunman", "waiter", "widower",
                 "uncle", "grandfather", "grandson", "nephew", "king", "prince", "duke", "spokesman", "chairman",
                 "salesman", "fisherman", "policeman", "congressman", "monk", "priest", "imam"})  # fmt: skip
WOMEN = frozenset({"woman", "girl", "mother", "daughter", "sister", "wife", "widow", "actress", "waitress", "aunt",
                   "businesswoman", "grandmother", "granddaughter", "niece", "queen", "princess", "duchess",
                   "spokeswoman", "chairwoman", "policewoman", "congresswoman", "nun", "girlfriend"})  # fmt: skip
_ALSO = re.compile(
    r"[\s,(]*(?:(?:also|better|formerly|widely)\s)?"
    r"(?:known\s(?:as|by)|nicknamed|dubbed|alias|a\.?k\.?a\.?|call\s?sign|codenamed|born|née|nom\sde\sguerre)"
    r"(?:\s(?:the|his|her)\s(?:nickname|alias|call\ssign)\s(?:of\s)?)?[\s“\"'‘:,]*(?=[A-Z])"
)
_NAMING = re.compile(r"known\s(?:as|by)|nicknamed|dubbed|alias|a\.?k\.?a|call\s?sign|codenamed|born|née|guerre")
_OFFICERS = frozenset({"executive", "boss", "founder", "chairman", "chairwoman", "director", "analyst", "owner", "ceo"})
CALLED = frozenset({"called", "named", "dubbed", "nicknamed", "codenamed", "calling"})
"""Participles that say what somebody or something is called."""
_BEFORE_NAME = frozenset({"as", "by", "simply", "only", "online", "locally", "itself", "himself", "herself", "the",
                          '"', "“", "'", "‘"})  # fmt: skip
_REACH = 60  # characters from a name to the words that give another


def named_behind(doc: Doc) -> Iterator[tuple[Token, int, int]]:
    """Nouns for somebody whose name is told right behind: "a hacker known as Zero", "the unit, called Alpha".

    Arguments: a parse. Yields each noun with the first token of the name and its end, exclusive.
    """
    for cue in doc:
        noun = _described_by(cue)
        if noun is None:
            continue
        at = cue.i + 1
        while at < len(doc) and doc[at].lower_ in _BEFORE_NAME:
            at += 1
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
            end += 1
        if end > at:
            yield noun, at, end


def called_names(doc: Doc) -> Iterator[Candidate]:
    """Names that the noun before tells to be somebody's or some body's, and a land's body for a sport.

    "The rapper known as Storm", "the maritime agency UKMTO", "Athletics South Africa". Arguments: a parse.
    """
    for noun, start, end in named_behind(doc):
        person = noun.lemma_.lower() in words("nouns", "person")
        yield Candidate(start, end, "PERSON" if person else "ORG", titled=person and noun.tag_ == "NN")
    for token in doc[:-1]:
        sort = token.text.islower() and token.lower_ in words("nouns", "sort") | words("nouns", "maker")
        following = token.nbor()
        owned = token.text in ("'s", "’s") and token.i > 0 and token.nbor(-1).ent_type_ == "GPE"
        if (sort or owned) and not following.ent_type_ and re.fullmatch(r"[A-Z]{3,6}", following.text):
            yield Candidate(following.i, following.i + 1, "ORG")
        if _before_office(token):
            yield Candidate(token.i, token.i + 1, "ORG")
        for width in (3, 2):
            land = doc[token.i + 1 : token.i + width]
            if token.text in words("nouns", "sport") and len(land) == width - 1 and area(land.text):
                yield Candidate(token.i, land.end, "ORG")


def administrations(doc: Doc) -> Iterator[Candidate]:
    """Bodies named after their head: "Biden administration", "Johnson government". Arguments: a parse."""
    for token in doc[1:]:
        if token.lower_ not in {"administration", "government", "regime", "campaign"}:
            continue
        before = doc[token.i - 1]
        if before.pos_ == "PROPN":
            listed = area(plain(before.text)) or demonym(before.text)
            if before.text[0].isupper() and before.text.isalpha() and not listed and before.ent_type_ != "GPE":
                yield Candidate(before.i, token.i + 1, "ADMINISTRATION")


def _before_office(token: Token) -> bool:
    """“Nordbank chief executive Ada Lind”: a name of no English before an office and who holds it is a body's."""
    if token.ent_type_ or not token.is_title or not unheard(token.text):
        return False
    at = token.i + 1
    while at < min(token.i + 4, len(token.doc)) and token.doc[at].is_alpha and token.doc[at].text.islower():
        at += 1
    office = token.doc[at - 1].lower_
    held = at < len(token.doc) and token.doc[at].ent_type_ == "PERSON" and token.doc[at].text[0].isupper()
    return held and at > token.i + 1 and (office in words("nouns", "public") or office in _OFFICERS)


def _described_by(cue: Token) -> Token | None:
    """The common noun that a participle of calling says more of."""
    told = cue.lower_ in ("known", "identified")
    known = told and any(t.lower_ in ("as", "by") for t in cue.doc[cue.i + 1 : cue.i + 3])
    if not known and cue.lower_ not in CALLED:
        return None
    noun = cue.head if cue.dep_ == "acl" else None
    return noun if noun is not None and noun.i < cue.i and noun.pos_ == "NOUN" and _of_somebody(noun) else None


def _of_somebody(noun: Token) -> bool:
    return any(noun.lemma_.lower() in words("nouns", sort) for sort in ("person", "group", "maker"))


def join_other_names(doc: Doc, groups: list[Group]) -> None:
    """Put what a person or body is also called to it, wherever the article calls it so.

    Arguments: a parse; groups, the named ones, which are changed.
    """
    text = doc.text
    if _NAMING.search(text) is None:
        return
    for group in [g for g in groups if g.kind in ("Person", "Organization")]:
        for c in list(group.members):
            start = doc[c.end - 1].idx + len(doc[c.end - 1])
            cue = _ALSO.match(text, start, start + _REACH)
            if cue is not None:
                _take_in(doc, groups, group, cue.end())
    for noun, first, _ in named_behind(doc):
        own = [g for g in groups for c in g.members if noun.dep_ == "appos" and c.start <= noun.head.i < c.end]
        if own and own[0].kind == "Person":  # "Omar Reza, the rapper known as Big O"
            _take_in(doc, groups, own[0], doc[first].idx)


def _take_in(doc: Doc, groups: list[Group], group: Group, offset: int) -> None:
    """Join the group, or the bare words, that stand at a character offset."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    token = span[0] if span is not None else None
    if token is None or token.idx != offset or token.pos_ != "PROPN":
        return
    other = next((g for g in groups for m in g.members if m.start <= token.i < m.end and g is not group), None)
    if other is not None and other.known is None:
        group.members += other.members
        group.names += [name for name in other.names if name not in group.names]
        groups.remove(other)
    elif other is None and not any(m.start <= token.i < m.end for m in group.members):
        end = token.i + 1
        while end < len(doc) and doc[end].pos_ == "PROPN":
            end += 1
        group.add(Candidate(token.i, end, "PERSON"), doc[token.i : end].text)
    group.members.sort(key=lambda c: c.start)


def introduce(doc: Doc, found: list[Group], sentence_of: list[int]) -> None:
    """Let whoever the first sentences only describe be who is named next with an age: "A Boston man … Al Roe, 55, …".

    So newspapers bring in a private person. Nothing is done where people of two sorts are described, or two named so.
    """
    unnamed = [g for g in found if g.described and not g.plural and g.roles & words("nouns", "private")]
    early = [g for g in unnamed if sentence_of[min(c.start for c in g.members)] < _LEAD]
    named = [g for g in found if g.kind == "Person" and not g.described and _comes_with_age(doc, g)]
    if len(named) != 1 or not early:
        return
    known, first = named[0], min(c.start for c in named[0].members)
    roles = {role for g in early for role in g.roles}
    genders = {"female" if r in WOMEN else "male" for r in roles if r in WOMEN | MEN}
    before = all(min(c.start for c in g.members) < first for g in early)
    if len(roles) > 1 or not before or (genders and known.gender and known.gender not in genders):
        return
    for group in early:
        known.members += [replace(c, label=INTRODUCED) if c.form == "nominal" else c for c in group.members]
        known.roles |= group.roles
        found.remove(group)


def _comes_with_age(doc: Doc, group: Group) -> bool:
    """Whether a name's first mention has an age behind it: "Al Roe, 55,"."""
    first = min((c for c in group.members if c.form == "name"), key=lambda c: c.start, default=None)
    full = first is not None and first.end - first.start > 1
    return full and first is not None and re.match(r",\s?\d\d\b", doc[first.end : first.end + 2].text) is not None
