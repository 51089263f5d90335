"""Mentions around and inside those of names: "Apple CEO Steve Jobs" and "CEO" are his too.

What took part in what is read from one mention at each place. These are for whoever wants every phrase that names or
describes somebody. What describes one thing and holds the name of another is cut back to the words that are its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import Candidate
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import words
from ingest.reading.english.entities.names import is_honorific, is_title, parse_person
from kb.models import EntityKind

_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "case", "det", "nummod", "npadvmod", "punct", "advmod"})


def add_nested(doc: Doc, groups: list[Group]) -> None:
    """Note role phrases beside names, the names with and without them, and descriptions that hold a name.

    Arguments: doc, a parse; groups, all of the article's.
    """
    named = {i for g in groups for c in g.members if c.form in {"name", "demonym"} for i in range(c.start, c.end)}
    for group in groups:
        for c in group.members:
            if c.form == "name" and group.kind != "Place" and not group.described:
                group.nested += _around(doc, group.kind, c, named)
            elif c.form == "nominal" and _tells(doc, c.start, c.end, named):
                group.nested.append(_own_words(doc, c.start, doc[c.start : c.end].root.i, named))


def _around(doc: Doc, kind: EntityKind, c: Candidate, named: set[int]) -> Iterator[Candidate]:
    """The name with the role phrase before it, or without its title; and the role phrases beside it."""
    name = _name_start(doc, kind, c)
    phrases = dict.fromkeys(_role_phrases(doc, kind, c, name))
    before = min((start for start, head in phrases if head == name - 1), default=name)
    if before < c.start:
        yield Candidate(before, c.end, "WHOLE")
    elif c.start < name and before < name:
        yield Candidate(name, c.end, "NAME")
    others = named.difference(range(c.start, c.end)) if phrases else named
    for start, head in phrases:
        end = doc[head].right_edge.i + 1
        if _tells(doc, start, end if head > name else min(end, name), others):
            yield _own_words(doc, start, head, others)


def _tells(doc: Doc, start: int, end: int, named: set[int]) -> bool:
    """Whether a phrase names somebody else or an office ("Prime Minister"), so that it says more than "the company"."""
    office = any(doc[i].text[0].isupper() for i in range(start + 1, end))
    return office or not named.isdisjoint(range(start, end))


def _own_words(doc: Doc, start: int, head: int, named: set[int]) -> Candidate:
    """A description from after the last name in it to its noun: "CEO" of "Apple CEO", "head" of "head of Opel"."""
    own = max((i + 1 for i in range(start, head) if i in named), default=start)
    while own < head and (doc[own].dep_ == "case" or doc[own].is_punct or doc[own].lower_ == "based"):
        own += 1
    return Candidate(own, head + 1, "ROLE", form="nominal")


def _role_phrases(doc: Doc, kind: EntityKind, c: Candidate, name: int) -> Iterator[tuple[int, int]]:
    """First token and noun of each phrase beside a name, which starts at `name`, that says what its bearer is."""
    root = doc[c.start : c.end].root if c.end - c.start > 1 else doc[c.start]
    if name and _describes(doc[name - 1], root, c.end, kind):
        yield _phrase_start(doc, name, c.end), name - 1
    for noun in root.rights:
        if noun.dep_ == "appos" and noun.i >= c.end and _is_role(noun, kind):
            yield noun.left_edge.i, noun.i
    noun = root.head
    if root.dep_ == "appos" and noun.i + 1 < name and _is_role(noun, kind):
        yield noun.left_edge.i, noun.i


def _name_start(doc: Doc, kind: EntityKind, c: Candidate) -> int:
    """Where a name begins after the titles of its mention."""
    if kind != "Person" or c.end - c.start == 1:
        return c.start
    person = parse_person(doc[c.start : c.end].text)
    if not person.titles:
        return c.start
    first = (*person.given, person.family)[0].split()[:1]
    return next((i for i in range(c.start, c.end) if first == [doc[i].text]), c.start)


def _describes(noun: Token, root: Token, end: int, kind: EntityKind) -> bool:
    """Whether a noun right before a name says what its bearer is.

    In "the company Ford bought" it does not, and the parser shows that: the name is the subject of a clause of its own.
    """
    joined = (noun.dep_ in _BEFORE and noun.i < noun.head.i < end) or root.head.i == noun.i
    twice = noun.dep_ == root.dep_ == "nsubj" and noun.head.i == root.head.i
    return (joined or twice) and root.dep_ != "relcl" and _is_role(noun, kind)


def _phrase_start(doc: Doc, name: int, end: int) -> int:
    """Start of the role phrase that ends where a name starts."""
    first = name - 1
    while first and doc[first - 1].sent == doc[first].sent and _belongs(doc[first - 1], first, end):
        first -= 1
    return first


def _belongs(token: Token, first: int, end: int) -> bool:
    """Whether a token before a role phrase that starts at `first` is a part of it."""
    following = token.doc[first]
    if token.dep_ == "case":
        return token.head.i < token.i and first <= token.head.head.i < end
    if token.lower_ == "and":
        return token.i > 0 and _is_role(token.nbor(-1), "Person")
    if following.lower_ == "and" or (not token.whitespace_ and "-" in (token.text, following.text)):
        return True
    return token.dep_ in _BEFORE and first <= token.head.i < end and (not token.is_punct or token.text == "-")


def _is_role(noun: Token, kind: EntityKind) -> bool:
    """Whether a noun says what a person, or a body, is."""
    lemma = noun.lemma_.lower()
    if kind == "Person":
        title = is_title(noun.text) and not is_honorific(noun.text)
        return title or noun.lower_ in words("person_names", "lower_roles") or lemma in words("nouns", "person")
    known = any(lemma in words("nouns", key) for key in ("group", "maker", "sort"))
    return noun.tag_ == "NN" and not noun.ent_type_ and (known or noun.dep_ == "compound")
