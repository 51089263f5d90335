"""Whom a pronoun cannot stand for: the subject of its own verb, who takes up what it owns, who speaks around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import Candidate
from ingest.reading.english.entities.grouping import Group

if TYPE_CHECKING:
    from ingest.reading.english.entities.coref import Discourse

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_TENDERED = frozenset(
    {"resignation", "apology", "offer", "request", "surrender", "application", "proposal", "departure"}
)
_TAKEN_UP = frozenset(
    {"accept", "reject", "refuse", "receive", "decline", "demand", "seek", "welcome", "urge", "approve"}
)
_UNDERGONE = frozenset({"arrest", "release", "extradition", "detention", "deportation", "expulsion", "dismissal",
                        "removal", "impeachment", "execution", "prosecution", "imprisonment"})  # fmt: skip
_ORDERED = frozenset({"order", "demand", "seek", "request", "urge", "authorise", "authorize", "approve", "call", "want",
                      "issue", "warrant", "recommend"})  # fmt: skip

_DEMANDING = frozenset({"demand", "urge", "call", "order", "ask", "want", "insist", "recommend", "press", "tell"})
_TO_HARM = frozenset({"remove", "fire", "dismiss", "arrest", "jail", "impeach", "extradite", "expel", "prosecute",
                      "punish", "detain", "deport", "kill", "execute", "oust", "suspend", "sack", "ban", "investigate",
                      "charge", "replace", "hang", "try", "shoot", "disqualify", "censure"})  # fmt: skip

_BACK = 3  # quotations that go on one after the other
_GAP = 12  # tokens between two quotations of one speaker: "…," Mr Lind says. "…


def of_another(pronoun: Token) -> bool:
    """Whether what a pronoun owns is another's by the verb: nobody accepts "his resignation" from himself.

    Nor does a judge issue “a warrant for his arrest” against himself.
    """
    owned, verb = pronoun.head, pronoun.head.head
    if pronoun.tag_ != "PRP$":
        return False
    if owned.lemma_.lower() in _UNDERGONE:
        above = (owned.head, owned.head.head, owned.head.head.head) if owned.dep_ == "pobj" else (owned.head,)
        return any(t.lemma_.lower() in _ORDERED for t in above)
    return owned.lemma_.lower() in _TENDERED and owned.dep_ == "dobj" and verb.lemma_.lower() in _TAKEN_UP


def excluded(discourse: Discourse, token: Token) -> set[int]:
    """Ids of groups that the pronoun cannot stand for: the subject of the verb whose object it is.

    Nor who accepts, rejects or demands it, where it owns a resignation or an offer.
    """
    if token.lower_.endswith("self") or not (token.dep_ in {"dobj", "dative", "pobj"} or of_another(token)):
        return set()
    verb = token.head.head if token.dep_ == "poss" else token.head
    while (verb.dep_ in {"prep", "pobj", "dative", "agent"} or token.dep_ == "poss") and verb.pos_ != "VERB":
        if verb.head.i == verb.i:
            break
        verb = verb.head
    while verb.dep_ in {"xcomp", "pcomp"} and not subjects_with_names(verb) and verb.head.pos_ in {"VERB", "ADP"}:
        verb = verb.head  # "admitted | shooting | him"
    subjects = {t.i for t in subjects_with_names(verb)}
    above = verb.head
    if verb.dep_ in {"ccomp", "xcomp"} and above.lemma_.lower() in _DEMANDING and verb.lemma_.lower() in _TO_HARM:
        subjects |= {t.i for t in subjects_with_names(above)}  # "demanded that the cabinet remove | him |"
    return {id(place.group) for place in discourse.places if place.root in subjects}


def subjects_with_names(verb: Token) -> list[Token]:
    """The subjects of a verb and what is in apposition to them: "the minister, Ada Berg, accepted"."""
    subjects = [t for t in verb.lefts if t.dep_ in _SUBJECT]
    return [*subjects, *(c for t in subjects for c in t.children if c.dep_ == "appos")]


def speakers(
    discourse: Discourse, token: Token, starts: dict[int, tuple[Group, Candidate]], back: int = _BACK
) -> set[int]:
    """Who speaks the quotation around a token, and so is no "he" in it: subjects outside the marks of its sentences."""
    doc = discourse.doc
    found: set[int] = set()
    if not discourse.quoted[token.i]:
        return found
    first, last = token.i, token.i
    while first > 0 and discourse.quoted[first - 1]:
        first -= 1
    while last + 1 < len(doc) and discourse.quoted[last + 1]:
        last += 1
    for i in range(doc[first].sent.start, doc[min(last + 1, len(doc) - 1)].sent.end):
        if discourse.quoted[i] or doc[i].dep_ not in _SUBJECT:
            continue
        role = doc[i].lemma_.lower()
        found |= {id(g) for s, (g, c) in starts.items() if s <= i < c.end}
        found |= {id(p.group) for p in discourse.places if p.group.described and role in p.group.roles}
    return found or (_of_quotation_before(discourse, first, starts, back) if back else set())


def _of_quotation_before(
    discourse: Discourse, first: int, starts: dict[int, tuple[Group, Candidate]], back: int
) -> set[int]:
    """Who speaks the quotation that ends shortly before: a quotation goes on where nobody else is said to speak."""
    before = next((i for i in range(first - 1, max(-1, first - _GAP), -1) if discourse.quoted[i]), None)
    return set() if before is None else speakers(discourse, discourse.doc[before], starts, back - 1)


def quoted_tokens(doc: Doc) -> list[bool]:
    """Whether each token stands between quotation marks of its paragraph. Arguments: a parse."""
    inside, marks = False, []
    for token in doc:
        if "\n" in token.text:
            inside = False
        opening = token.text in {"“", "``"} or (token.text == '"' and not inside)
        closing = token.text in {"”", "''"} or (token.text == '"' and inside)
        inside = (inside or opening) and not closing
        marks.append(inside and not re.fullmatch(r"[“\"`]+", token.text))
    return marks
