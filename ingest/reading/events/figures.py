"""How many were killed, hurt, taken or driven out, as a sentence counts them: figures that change as reports come in.

The kinds are those of disaster statistics (dead, injured, missing, displaced) and, for arrests, of protest data.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from ingest.reading.times.phrases.words import number

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
_TOLL = frozenset({"toll", "number"})
_ELSE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_MORE = 10**7  # above it a number counts no people of one event
TYPES = frozenset({"ASSAULT", "COERCE", "PROTEST"})
CLASSES = frozenset({"die", "collapse", "crash", "disaster", "accident", "burn", "ill", "casualties", "rescue", "flee"})


def figures(sentence: Span) -> tuple[str, ...]:
    """What a sentence counts, as "31 dead", in the order of the text; numbers that a hedge opens up are left as told.

    Arguments: one sentence, parsed.
    """
    found = (f"{value} {kind}" for token in sentence if (value := _value(token)) is not None and (kind := _kind(token)))
    return tuple(dict.fromkeys(found))


def _value(token: Token) -> int | None:
    if not token.like_num or token.ent_type_ in _ELSE or (token.pos_ not in ("NUM", "NOUN") and token.dep_ != "nummod"):
        return None
    words = [t.lower_ for t in token.lefts if t.dep_ == "compound" and t.like_num]
    read = number(" ".join([*words, token.lower_]).replace(",", ""))
    return int(read) if read is not None and read == int(read) and 0 < read < _MORE else None


def _kind(token: Token) -> str | None:
    """What a number counts, by the noun, the verb or the state that it stands with."""
    noun = token.head if token.dep_ in ("nummod", "compound") else token
    if noun is not token and noun.lemma_.lower() in _NOUNS:
        return _NOUNS[noun.lemma_.lower()]
    if noun.lower_ in _STATES and noun is not token:
        return _STATES[noun.lower_]
    for state in _states(noun):
        return state
    verb = noun.head
    word = verb.lemma_.lower()
    if word in _VERBS and verb.pos_ in ("VERB", "AUX"):
        taken = noun.dep_ in (_SUBJECTS if word in _SELF else _OBJECTS - {"pobj"})
        return _VERBS[word] if taken else None
    return "dead" if _is_toll(noun) else None


def _states(noun: Token) -> Iterator[str]:
    """Of “left 31 dead”, “31 people are missing”, “50 wounded”: the states that a noun is told to be in."""
    for child in noun.children:
        if child.lower_ in _STATES and child.dep_ in ("amod", "acl", "relcl") and child.i > noun.i:
            yield _STATES[child.lower_]
    head = noun.head
    if head.lower_ in _STATES and noun.dep_ in (*_SUBJECTS, "nummod", "npadvmod", "quantmod"):
        yield _STATES[head.lower_]
    if noun.dep_ in _SUBJECTS and head.lemma_ in ("be", "remain"):
        yield from (_STATES[c.lower_] for c in head.children if c.lower_ in _STATES and c.dep_ in ("acomp", "attr"))


def _is_toll(noun: Token) -> bool:
    """Of “the death toll rose to 31”: whether the number is what a toll comes to."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("to", "at", "of"):
        return False
    above = noun.head.head
    tolls = (above, *above.children)
    return any(t.lemma_.lower() == "toll" and any(c.lower_ == "death" for c in t.children) for t in tolls)
