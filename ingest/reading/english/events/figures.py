"""How many were killed, hurt, taken or driven out, as a sentence counts them: figures that change as reports come in.

The kinds are those of disaster statistics (dead, injured, missing, displaced) and, for arrests, of protest data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from ingest.reading.english.times.phrases.words import number

_VERBS = {
    "kill": "dead", "die": "dead", "perish": "dead", "drown": "dead", "murder": "dead", "slay": "dead",
    "injure": "injured", "wound": "injured", "hurt": "injured", "hospitalize": "injured", "hospitalise": "injured",
    "arrest": "arrested", "detain": "arrested", "abduct": "abducted", "kidnap": "abducted",
    "displace": "displaced", "evacuate": "displaced", "infect": "infected",
}  # fmt: skip
_NOUNS = {"death": "dead", "fatality": "dead", "injury": "injured", "arrest": "arrested", "infection": "infected"}
_STATES = {"dead": "dead", "wounded": "injured", "injured": "injured", "missing": "missing", "homeless": "displaced",
           "displaced": "displaced"}  # fmt: skip
_OBJECTS, _SUBJECTS = frozenset({"dobj", "nsubjpass", "obj", "pobj"}), frozenset({"nsubj", "nsubjpass"})
_SELF = frozenset({"die", "perish", "drown"})
_WHERE = frozenset({"in", "by", "during", "after", "from", "at", "of", "following", "amid", "under"})
_WHEN = frozenset({"when", "as", "after", "while", "because"})
_UNITS = frozenset({"day", "week", "month", "hour", "night", "year"})
_ELSE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_MORE = 10**7  # above it a number counts no people of one event
TYPES = frozenset({"ASSAULT", "COERCE", "PROTEST"})
CLASSES = frozenset({"die", "collapse", "crash", "disaster", "accident", "burn", "ill", "casualties", "rescue", "flee"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What a sentence counts, as “31 dead”, and the tokens that tell the event whose victims these are."""

    words: str
    of: frozenset[int]


def figures(sentence: Span) -> tuple[Counted, ...]:
    """What a sentence counts, in the order of the text; numbers that a hedge opens up are left as told.

    The victims are those of what is said of them (“killed”), of what does it, and of what it happened in, or when. What
    is counted by the day, and who is only among others counted, is no toll.

    Arguments: one sentence, parsed.
    """
    found: dict[str, set[int]] = {}
    for token in sentence:
        value = _value(token)
        kind, anchor = _kind(token) if value is not None else (None, token)
        if kind is not None and not _is_rate(token, anchor) and not _is_part(token):
            found.setdefault(f"{value} {kind}", set()).update(_owners(anchor))
    return tuple(Counted(words, frozenset(of)) for words, of in found.items())


def _value(token: Token) -> int | None:
    if not token.like_num or token.ent_type_ in _ELSE or (token.pos_ not in ("NUM", "NOUN") and token.dep_ != "nummod"):
        return None
    words = [t.lower_ for t in token.lefts if t.dep_ == "compound" and t.like_num]
    read = number(" ".join([*words, token.lower_]).replace(",", ""))
    return int(read) if read is not None and read == int(read) and 0 < read < _MORE else None


def _kind(token: Token) -> tuple[str | None, Token]:
    """What a number counts, by the noun, the verb or the state that it stands with, and that word."""
    noun = token.head if token.dep_ in ("nummod", "compound") else token
    if noun is not token and noun.lemma_.lower() in _NOUNS:
        return _NOUNS[noun.lemma_.lower()], noun
    if noun.lower_ in _STATES and noun is not token:
        return _STATES[noun.lower_], noun
    for clause in (c for c in noun.children if c.dep_ == "relcl" and c.lemma_.lower() in _VERBS):
        if any(c.dep_ in _SUBJECTS and c.lower_ in ("who", "that") for c in clause.children):
            return _VERBS[clause.lemma_.lower()], clause  # "the 31 who died"
    for told in _states(noun):
        return told
    verb = noun.head
    word = verb.lemma_.lower()
    if word in _VERBS and verb.pos_ in ("VERB", "AUX"):
        taken = noun.dep_ in (_SUBJECTS if word in _SELF or _bare_participle(verb) else _OBJECTS - {"pobj"})
        return (_VERBS[word] if taken else None), verb
    toll = _toll_of(noun)
    return ("dead", toll) if toll is not None else (None, noun)


def _bare_participle(verb: Token) -> bool:
    """Whether “were” is left out: “12 were killed and 30 | injured”."""
    return verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass", "dobj") for c in verb.children)


def _states(noun: Token) -> Iterator[tuple[str, Token]]:
    """Of “left 31 dead”, “31 people are missing”, “50 wounded”: the states that a noun is told to be in."""
    for child in noun.children:
        if child.lower_ in _STATES and child.dep_ in ("amod", "acl", "relcl") and child.i > noun.i:
            yield _STATES[child.lower_], noun.head if noun.dep_ in _OBJECTS else child
    head = noun.head
    if head.lower_ in _STATES and noun.dep_ in (*_SUBJECTS, "nummod", "npadvmod", "quantmod"):
        yield _STATES[head.lower_], head.head if head.dep_ in ("ccomp", "oprd", "xcomp") else head
    if noun.dep_ in _SUBJECTS and head.lemma_ in ("be", "remain"):
        yield from ((_STATES[c.lower_], head) for c in head.children
                    if c.lower_ in _STATES and c.dep_ in ("acomp", "attr"))  # fmt: skip


def _toll_of(noun: Token) -> Token | None:
    """Of “the death toll rose to 31”: the toll, where the number is what it comes to."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("to", "at", "of"):
        return None
    above = noun.head.head
    tolls = (t for t in (above, *above.children) if t.lemma_.lower() == "toll")
    return next((t for t in tolls if any(c.lower_ == "death" for c in t.children)), None)


def _is_rate(token: Token, anchor: Token) -> bool:
    """Whether so many are counted by the day: “100 soldiers are killed every day”, “a daily 100 deaths”."""
    beside = (t for w in (anchor, token, token.head) for t in w.children)
    return any(
        t.lower_ in ("daily", "weekly", "monthly", "hourly", "per")
        or (t.lemma_ in _UNITS and any(c.lower_ in ("every", "each", "a", "per") for c in t.children))
        for t in beside if t.dep_ != "pobj"
    )  # fmt: skip


def _is_part(token: Token) -> bool:
    """Whether a number counts some of those counted before: “31 people, | five of them children”."""
    noun = token.head if token.dep_ == "nummod" else token
    among = noun.dep_ == "pobj" and noun.head.lower_ in ("including", "among")
    return among or any(c.lower_ == "of" and any(g.lower_ in ("them", "whom") for g in c.children)
                        for c in token.children)  # fmt: skip


def _owners(anchor: Token, depth: int = 0) -> set[int]:
    """Tokens of what is said of the victims, of what does it to them, and of what it happens in or when."""
    found = {anchor.i, *(i for c in anchor.children for i in _told_beside(c))}
    above = anchor.head
    if anchor.dep_ == "dobj" and above.pos_ == "VERB":  # "the blast caused 31 deaths"
        found |= {above.i, *_subject(above)}
    if anchor.dep_ in ("relcl", "acl", "conj", "advcl", "xcomp") and (len(found) == 1 or anchor.dep_ == "relcl"):
        joined = anchor.dep_ == "conj" and above.lemma_.lower() in _VERBS
        found |= (_owners(above, 1) if depth == 0 else {above.i}) - {above.i} if joined else {above.i, *_subject(above)}
    if len(found) == 1 and depth == 0:  # "12 were killed and 30 injured | when a bomb exploded"
        following = (c for c in anchor.children if c.dep_ == "conj" and c.lemma_.lower() in _VERBS)
        found |= {i for c in following for i in _owners(c, 1) - {c.i}}
    return found


def _told_beside(child: Token) -> Iterator[int]:
    if child.dep_ in ("nsubj", "agent", "csubj") or (child.dep_ == "prep" and child.lower_ in _WHERE):
        nouns = [child] if child.dep_ == "nsubj" else [g for g in child.children if g.dep_ in ("pobj", "pcomp")]
        yield from (n.i for n in nouns if not n.like_num)
        yield from (g.i for n in nouns for p in n.children if p.dep_ == "prep" and p.lower_ == "of"
                    for g in p.children if g.dep_ == "pobj")  # fmt: skip
    elif child.dep_ == "advcl" and any(c.lower_ in _WHEN for c in child.children):
        if any(c.dep_ == "npadvmod" for c in child.children):
            return  # "two years after the war began"
        yield from (child.i, *_subject(child))


def _subject(verb: Token) -> list[int]:
    return [c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
