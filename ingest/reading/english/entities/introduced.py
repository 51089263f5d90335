"""How articles bring a person in: described first and named next, or under two names ("Al Roe, also known as Falk")."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from ingest.reading.english.entities.candidate import INTRODUCED, Candidate
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import words

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
_REACH = 60  # characters from a name to the words that give another


def join_other_names(doc: Doc, groups: list[Group]) -> None:
    """Put what a person is also called to the person, wherever the article calls him so.

    Arguments: a parse; groups, the named ones, which are changed.
    """
    text = doc.text
    if _NAMING.search(text) is None:
        return
    for group in [g for g in groups if g.kind == "Person"]:
        for c in list(group.members):
            start = doc[c.end - 1].idx + len(doc[c.end - 1])
            cue = _ALSO.match(text, start, start + _REACH)
            if cue is not None:
                _take_in(doc, groups, group, cue.end())


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
