"""Whose word or view a sentence rests on: `according to X`, `per X`, `in his view`, `by X's count`."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

_VIEWS = {
    "in": frozenset(("view", "opinion", "judgment", "judgement", "estimation", "telling", "reckoning", "word")),
    "by": frozenset(("account", "count", "estimate", "reckoning", "telling", "admission", "tally", "calculation")),
}
VIEWS = frozenset().union(*_VIEWS.values())
_NO_MEASURE = frozenset(("DET", "PRON"))


@dataclass(frozen=True, slots=True)
class View:
    """The phrase: its first word and its last, and whose word or view it names."""

    first: int
    last: int
    source: Token


def view_at(word: Token) -> View | None:
    """The phrase whose cue is this word (“according”, “per”, or the noun of a view); None where there is none."""
    if word.lower_ == "according":
        to = word.nbor(1) if word.i + 1 < len(word.doc) else word
        noun = next((c for c in (*to.children, *word.children) if c.dep_ == "pobj"), None)
        return View(word.i, _told_of(noun), noun) if to.lower_ == "to" and noun is not None else None
    if word.lower_ == "per" and (word.is_lower or word.i == word.sent.start):
        noun = next((c for c in word.children if c.dep_ == "pobj"), None)
        return View(word.i, _told_of(noun), noun) if noun is not None and _somebody(word, noun) else None
    return _named_view(word)


def _somebody(per: Token, noun: Token) -> bool:
    """Whether “per” names a source and no measure: not “per day”, “50 per cent”, “per person”."""
    set_off = per.i == per.sent.start or per.nbor(-1).text in (",", "—", "–", "(")
    named = noun.pos_ == "PROPN" or noun.tag_ == "NNS" or any(c.pos_ in _NO_MEASURE for c in noun.lefts)
    return set_off and named


def _named_view(word: Token) -> View | None:
    leads = word.head
    if word.dep_ != "pobj" or word.lemma_.lower() not in _VIEWS.get(leads.lower_, ()):
        return None
    owner = next((c for c in word.lefts if c.dep_ == "poss"), None)
    if owner is not None:
        return View(leads.i, word.i, owner)
    of = next((c for c in word.rights if c.lower_ == "of"), None)
    whose = next((c for c in of.rights if c.dep_ == "pobj"), None) if of is not None else None
    if whose is None or not any(c.lower_ == "the" for c in word.lefts):
        return None
    return View(leads.i, _told_of(whose), whose)


def _told_of(noun: Token) -> int:
    """Last word of what is told of a source between commas: "according to the Post, which broke the news, …"."""
    for child in noun.rights:
        first = child.left_edge.i
        if child.dep_ in ("relcl", "appos", "acl") and noun.doc[first - 1].text == "," and first > noun.i:
            return child.right_edge.i
    return noun.i
