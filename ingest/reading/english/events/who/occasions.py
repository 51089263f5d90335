"""Who was at an occasion, by the clause that tells of it: "In an interview with X, Y said", "left the talks with Z"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.who.subjects import Argument, subjects

_OCCASION = frozenset({"in", "during", "at", "on", "after", "through", "amid"})
_OCCASION_OF = frozenset({"at", "in", "from", "during"})


def occasion_arguments(trigger: Trigger) -> Iterator[Argument]:
    """The clause's people are there too: "In an interview with X, Y said", "Y led the delegation to Z during talks"."""
    prep = trigger.token.head
    if trigger.token.dep_ == "pobj" and prep.lower_ in _OCCASION_OF and prep.head.pos_ == "NOUN":
        yield from _deed_at(trigger, prep)
        return
    if prep.lower_ == "of" and prep.head.lemma_ == "part" and prep.head.head.lower_ in ("as", "in"):
        prep = prep.head.head
    elif prep.lower_ not in _OCCASION:
        return
    if trigger.token.dep_ != "pobj" or prep.head.pos_ not in ("VERB", "AUX"):
        return
    if not (trigger.event.occasion or trigger.event.type == "CONSULT"):
        return
    # "commented on the interview" does not say that he gave it
    if prep.lower_ == "on" and trigger.event.lemma not in ("visit", "call"):
        return
    # "came to Kyiv after the talks" does not say that he sat there
    if prep.lower_ == "after" and any(c.lower_ == "the" for c in trigger.token.children):
        return
    verb = prep.head
    for subject in subjects(verb):
        if subject.head.dep_ == "nsubjpass":  # who is told in a letter did not write it
            yield Argument("party" if trigger.event.type == "CONSULT" else "recipient", subject.head)
        elif subject.role == "agent":
            yield subject
    alone = not any(c.lower_ == "with" for c in trigger.token.children)  # else it is told with whom
    for child in verb.children:
        if trigger.event.type == "CONSULT" and child.dep_ == "dobj" and (alone or child.pos_ == "NOUN"):
            yield Argument("party", child)
        elif trigger.event.lemma == "interview" and child.dep_ == "dobj" and verb.lemma_ == "tell":
            yield Argument("recipient", child)  # "told Ada Berg in an interview"
        if child.dep_ == "prep" and child.lower_ in ("to", "in", "at", "with") and child is not prep:
            role = {"to": "destination", "with": "party"}.get(child.lower_, "location")
            yield from (Argument(role, c) for c in child.children if c.dep_ == "pobj")


def _deed_at(trigger: Trigger, prep: Token) -> Iterator[Argument]:
    """“Her departure from the talks with Norway”, “his speech at the summit”: whose deed at talks it is was there."""
    deed = prep.head
    if trigger.event.type != "CONSULT" or deed.lemma_.lower() not in event_lexicon().nouns:
        return
    yield from (Argument("party", c) for c in deed.children if c.dep_ == "poss")
    for other in (c for c in deed.children if c.dep_ == "prep" and c.i > prep.i and c.lower_ in ("with", "in", "by")):
        role = {"with": "party", "by": "party"}.get(other.lower_, "location")
        yield from (Argument(role, c) for c in other.children if c.dep_ == "pobj")
