"""What an event was done to, where no entity names it: "iPhone 4", "iTunes Music Store", "law"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.senses import ordinal_of
from ingest.reading.english.events.finding.triggers import event_name
from ingest.reading.english.events.merge import Cluster, Told
from ingest.reading.english.events.who.mentioned import MentionIndex

_PARTS = frozenset({"compound", "nmod", "nummod"})
_MADE = frozenset({"launch", "release", "adopt"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "such"})


def thing_of(cluster: Cluster, index: MentionIndex) -> str:
    """The thing a cluster's reports act on, named rather than called; "" where an entity is it or none is told.

    Arguments: the reports of one event; the article's entities. Names keep their capitals, other words are
    lemmas; the name of the event itself has its article, "the Battle of Hastings". Of talks, which round it was.
    """
    rounds = [f"{which} round" for t in cluster.told if (which := ordinal_of(t.trigger.token))]
    if rounds:
        return rounds[0]
    names = [event_name(t.trigger.token) for t in cluster.told if t.trigger.nominal and _has_name(t.trigger.token)]
    if names:
        return f"the {max(names, key=lambda name: (name.count(' '), name))}"
    nouns = [noun for told in cluster.told for noun in _objects(told)]
    nouns += [other for noun in nouns for other in noun.children if other.dep_ == "appos"]
    made = cluster.lemma in _MADE
    found = [name for noun in nouns if not _elsewhere(noun, index, made) and (name := _wording(noun, index, made))]
    return max(found, key=lambda name: (name != name.lower(), name.count(" "), name), default="")


def _has_name(noun: Token) -> bool:
    """Whether the event itself is named: "the Battle of Hastings", "the Iraq War", not so in a title-case heading."""
    if noun.pos_ != "PROPN" or not noun.text[0].isupper() or is_heading(noun.sent):
        return False
    return " " in event_name(noun)


def _objects(told: Told) -> Iterator[Token]:
    """The nouns after a verb, or after "of" or before "'s" of a noun that tells what becomes of them."""
    token = told.trigger.token
    for child in token.children:
        if not told.trigger.nominal and child.dep_ in ("dobj", "nsubjpass"):
            yield child
        elif told.trigger.nominal and child.lower_ == "of" and told.trigger.event.of == "patient":
            yield from (noun for noun in child.children if noun.dep_ == "pobj")
        elif told.trigger.nominal and child.dep_ in ("poss", "compound") and told.trigger.event.poss == "patient":
            yield child


def _elsewhere(noun: Token, index: MentionIndex, made: bool) -> bool:
    """Whether an entity is meant that is no thing; a product that the article takes for a body is still launched."""
    mention = index.at(noun)
    if mention is None or index.kind(mention[0]) == "Thing":
        return False
    return not (made and index.kind(mention[0]) == "Organization")


def _wording(noun: Token, index: MentionIndex, made: bool) -> str:
    name = noun.pos_ == "PROPN" or any(c.pos_ == "PROPN" and c.dep_ in _PARTS for c in noun.children)
    if noun.pos_ not in ("NOUN", "PROPN", "NUM") or index.is_time(noun):
        return ""
    if not name and any(c.lower_ in _POINTING for c in noun.children):
        return ""
    parts = [t for t in _parts(noun) if made or not _elsewhere(t, index, made)]
    numbers = name and any(t.pos_ == "NUM" for t in parts)
    kept = [t for t in parts if t.pos_ != "NUM" or numbers]
    capitals = not is_heading(noun.sent)
    return " ".join(_spelt(t, capitals) for t in sorted(kept, key=lambda t: t.i))


def _parts(noun: Token) -> Iterator[Token]:
    yield noun
    for child in noun.children:
        if child.dep_ in _PARTS and child.pos_ in ("NOUN", "PROPN", "NUM"):
            yield from _parts(child)


def _spelt(token: Token, capitals: bool) -> str:
    if token.pos_ == "NUM" or (token.pos_ == "PROPN" and capitals):
        return token.text
    return token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower()
