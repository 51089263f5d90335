"""What "it", "its", "they" and "their" stand for, where the grammar leaves no doubt: a body, a state, a group.

Only two places are looked at, the two that centering theory (Grosz, Joshi and Weinstein 1995) ranks first: the subject
of the clause above, and the subject of the sentence before. A thing may be meant as often as a body, so the verb must
be one that bodies do, or the thing possessed one that they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from spacy.tokens import Token

from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import demonym, words

if TYPE_CHECKING:
    from ingest.reading.english.entities.coref import Discourse

SINGULAR, PLURAL = frozenset({"it", "its", "itself"}), frozenset({"they", "them", "their", "themselves"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_NEAR = 2  # sentences before, in which whom "the South African" means was spoken of
_ACTORS = frozenset({"country", "region"})
_TURNING, _PROMISES = frozenset({"of", "from", "into"}), frozenset({"promise", "pledge", "vow", "threaten", "use"})
_URGING = frozenset({"urge", "ask", "press", "order", "tell", "implore"})
_CALLING = frozenset({"call", "rely", "count", "depend", "prevail"})
_EMPTY = frozenset({"be", "seem", "appear", "become", "take", "happen", "rain", "snow", "matter", "turn"})


def neutral_antecedent(token: Token, owner: Mapping[int, Group], sentence_of: list[int]) -> Group | None:
    """The group that a pronoun stands for; None when in doubt.

    Arguments: token, one of `SINGULAR` or `PLURAL`; owner, the group of each mention so far by its head's token;
    sentence_of, the sentence number of each token.
    """
    plural = token.lower_ in PLURAL
    if token.dep_ == "poss":
        beside = _beside(token, owner) if not plural else None
        if beside is not None:
            return beside
        above = _above(token.head, token)
        if above is not None:
            return _fitting(owner.get(above.i), plural)
        bodily = _is_possession(token.head)
    elif token.dep_ in _SUBJECT:
        maker = _maker(token.head)
        if maker is not None and maker.i in owner:
            return _fitting(owner[maker.i], plural)
        bodily = _is_deed(token.head) and not of_things(token.head)
        above = _above(token.head, token) if bodily or plural else None
        if above is not None:
            return _fitting(owner.get(above.i), plural)
    else:
        return None
    return _of_sentence_before(token, owner, sentence_of, plural) if bodily or plural else None


def _beside(its: Token, owner: Mapping[int, Group]) -> Group | None:
    """The state or body right before "over its" and "for its": "sanctions on Russia over its invasion"."""
    if its.i < 2 or its.nbor(-1).lower_ not in ("over", "for") or its.nbor(-2).pos_ != "PROPN":
        return None
    if its.nbor(-2).head.lower_ in ("from", "by", "with"):
        return None  # "won approval from the agency for its purchase"
    named = owner.get(its.i - 2)
    return _fitting(named, plural=False) if named is not None and its.nbor(-2).dep_ in ("pobj", "dobj") else None


def _above(word: Token, pronoun: Token) -> Token | None:
    """Subject of the nearest clause above a word that has one before the pronoun."""
    for verb in (word, *word.ancestors):
        if verb.dep_ == "conj" and verb.head.i < pronoun.i and verb is word and verb.head.pos_ == "PROPN":
            return verb.head
        if verb.pos_ in {"VERB", "AUX"}:
            asked = _asked(verb)
            if asked is not None and asked.i < pronoun.i and not asked.is_ancestor(pronoun):
                return asked
            subject = next((t for t in verb.lefts if t.dep_ in _SUBJECT), None)
            if subject is not None and subject.i < pronoun.i and not subject.is_ancestor(pronoun):
                return subject
    return None


def _asked(verb: Token) -> Token | None:
    """The object of the verb above that is to do it: “asked | Norway | to open its border”; no promise."""
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ not in _TURNING and above.lemma_ not in _URGING:
        return None
    if verb.dep_ not in {"xcomp", "pcomp"} or above.pos_ != "VERB" or above.lemma_ in _PROMISES:
        return None
    through = (p for p in above.rights if p.lower_ in ("on", "upon") and above.lemma_ in _CALLING)
    bound = (c for p in through for c in p.rights if c.dep_ == "pobj")
    return next((c for c in (*above.rights, *bound) if c.dep_ in ("dobj", "pobj") and c.i < verb.i), None)


def _maker(verb: Token) -> Token | None:
    """For “the announcement by Nokia that it had …”: Nokia, who tells of itself; an accusation tells of another."""
    noun, above = verb.head, verb.head
    if verb.dep_ == "ccomp":  # hung on the verb of which the noun is the object
        noun = next((c for c in above.children if c.dep_ == "dobj" and c.i < verb.i), above)
    if verb.dep_ not in ("acl", "relcl", "ccomp") or noun.lemma_.lower() not in words("nouns", "own_word"):
        return None
    by = (c for c in (*noun.rights, *above.rights) if c.lower_ in ("by", "from") and noun.i < c.i < verb.i)
    held = (t for t in noun.lefts if t.dep_ == "poss")
    return next(chain(held, (t for c in by for t in c.children if t.dep_ == "pobj")), None)


def _of_sentence_before(token: Token, owner: Mapping[int, Group], sentence_of: list[int], plural: bool) -> Group | None:
    """Group of the main subject of the sentence before; for a plural, if it is the only plural one there."""
    if token.sent.start == 0:
        return None
    before = token.doc[token.sent.start - 1].sent
    if plural:
        several = {id(g): g for i, g in owner.items() if before.start <= i < before.end and g.plural}
        nouns = [t for t in before if t.tag_ in {"NNS", "NNPS"} and t.dep_ in _SUBJECT]
        return next(iter(several.values())) if len(several) == 1 and all(t.i in owner for t in nouns) else None
    subject = next((t for t in before.root.lefts if t.dep_ in _SUBJECT), None)
    if subject is None:
        return None
    names = (subject, *(c for c in subject.rights if c.dep_ == "appos" and c.pos_ == "PROPN"))
    return next((g for t in names if (g := _fitting(owner.get(t.i), plural)) is not None), None)


def told_by_origin(token: Token) -> int | None:
    """Where "the South African" or "the 24-year-old" begins, if `token` ends one that does what people do."""
    doc, first = token.doc, token.i
    acts = token.dep_ in _SUBJECT and token.head.lemma_.lower() in words("nouns", "human_verb")
    if token.lower_ == "old" and token.i > 4 and doc[token.i - 2].lower_ == "year":
        if token.dep_ not in _SUBJECT:
            return None
        first = token.i - 4
    elif not acts:
        return None
    elif token.text.endswith("an"):
        first -= demonym(doc[first - 1 : first + 1].text) is not None and first > 1
        if demonym(doc[first : token.i + 1].text) is None:
            return None
    else:
        return None
    return first - 1 if first and doc[first - 1].lower_ == "the" else None


def _fitting(group: Group | None, plural: bool) -> Group | None:
    if group is None or plural != group.plural:
        return None
    if plural:
        return group
    body = group.kind == "Organization" or group.subtype in _ACTORS
    return group if body else None


def _is_deed(verb: Token) -> bool:
    """Whether a verb is one that bodies do, and "it" is not the empty subject of "it is too early to tell"."""
    lemma = verb.lemma_.lower()
    return lemma not in _EMPTY and (lemma in words("nouns", "body_verb") or lemma in words("nouns", "human_verb"))


def of_things(verb: Token) -> bool:
    """Whether a verb tells of things alone as it stands: "was built in 1956", "weighs ten tons"."""
    alone = not any(c.dep_ in ("dobj", "agent") for c in verb.children)
    return alone and verb.lemma_.lower() in words("nouns", "thing_verb")


def _is_possession(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return any(lemma in words("nouns", key) for key in ("person", "group", "body_possession"))


def person_before(discourse: Discourse, token: Token) -> Group | None:
    """The person spoken of last before "the South African said". Arguments: what was mentioned; the phrase's head."""
    here = discourse.sentence_of[token.i]
    near = takewhile(lambda p: here - p.sentence <= _NEAR, reversed(discourse.places))
    last = next((p.group for p in near if p.sentence < here and p.subject and p.group.kind == "Person"), None)
    return last if last is not None and not last.plural else None
