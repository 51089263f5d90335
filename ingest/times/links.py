"""What an article itself says of when its events happened: links from an event word to a year or a day.

“Since the conflict began in 2022” dates the conflict; a later “the invasion on Feb. 24” then takes 2022, and “five
weeks
after the conflict began” is counted from there. Words that name the same happening share a class; two links with
different
named parties (the war in Ukraine, the war in Iraq) are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from ingest.findings import Span as Offsets
from ingest.times.periods import ORDER, Period

CLASSES: dict[str, str] = {
    word: name
    for name, words in {
        "war": "war conflict invasion invade hostility fighting incursion",
        "annexation": "annexation annex",
        "uprising": "uprising revolution revolt rebellion insurrection insurgency",
        "coup": "coup putsch overthrow topple",
        "election": "election vote referendum poll ballot",
        "attack": "attack assault raid bombing strike airstrike bomb shelling shooting massacre",
        "battle": "battle siege offensive counteroffensive campaign blockade",
        "ceasefire": "ceasefire truce armistice",
        "treaty": "treaty agreement accord pact",
        "talks": "talk negotiation summit conference",
        "disaster": "earthquake quake hurricane flood tsunami wildfire eruption storm cyclone typhoon explosion blast "
        "crash accident collapse",
        "outbreak": "pandemic epidemic outbreak lockdown",
        "independence": "independence secession",
        "assassination": "assassination assassinate murder killing",
        "crisis": "crisis recession",
        "protest": "protest demonstration riot unrest",
        "launch": "launch inauguration founding foundation",
    }.items()
    for word in words.split()
}
ONSET_VERBS = frozenset(["begin", "start", "erupt", "break", "launch", "commence", "open", "ignite", "flare", "start"])
# Words that are over in a moment: their date is their beginning, with no verb of beginning.
PUNCTUAL = frozenset(
    [
        "invasion",
        "invade",
        "annexation",
        "annex",
        "coup",
        "election",
        "attack",
        "bombing",
        "assassination",
        "earthquake",
        "armistice",
        "ceasefire",
        "explosion",
        "crash",
        "launch",
        "outbreak",
        "declaration",
    ]
)


@dataclass(frozen=True, slots=True)
class Link:
    """An event word dated by a time expression.

    Its class, the names beside it, its span, the date, and whether it is the beginning.
    """

    event: str
    names: frozenset[str]
    span: Offsets
    period: Period
    key: str
    onset: bool


@dataclass(frozen=True, slots=True)
class EventWord:
    """An event word of a sentence: token, class, names that stand with it, whether a verb of beginning governs it."""

    token: Token
    event: str
    names: frozenset[str]
    onset: bool


def event_words(span: Span) -> Iterator[EventWord]:
    """The event words that a phrase's position in the parse says it dates.

    Those above it up to the verb, and that verb's subject or object.
    """
    token = span.root
    for _ in range(8):
        if token.head is token:
            break
        token = token.head
        if token.pos_ in ("NOUN", "PROPN") and (word := as_event(token)) is not None:
            yield word
        if token.pos_ in ("VERB", "AUX"):
            if (word := as_event(token)) is not None:
                yield word
            yield from _arguments(token)
            break


def _arguments(verb: Token) -> Iterator[EventWord]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and (word := as_event(child)) is not None:
            yield word


def as_event(token: Token) -> EventWord | None:
    """The token as an event word; None when its lemma is in no class."""
    event = CLASSES.get(token.lemma_.lower())
    if event is None:
        return None
    verb = token.head
    begins = token.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.lemma_.lower() in ONSET_VERBS
    return EventWord(token, event, names_of(token), begins or token.lemma_.lower() in PUNCTUAL)


def names_of(token: Token) -> frozenset[str]:
    """Place names within the event's own phrase: compounds, “of X”, “in X”, “between X and Y”, the object of a verb."""
    return frozenset(
        t.text
        for t in token.subtree
        if t.ent_type_ in ("GPE", "LOC", "NORP") and abs(t.i - token.i) <= 6 and t.pos_ in ("PROPN", "ADJ")
    )


def links_of(doc: Doc, span: Span, period: Period, key: str) -> Iterator[Link]:
    """The links that one dated phrase makes."""
    for word in event_words(span):
        start, token = word.token.idx, word.token
        yield Link(word.event, word.names, (start, start + len(token)), period, key, word.onset)


def year_for(word: EventWord, links: list[Link]) -> Link | None:
    """The link that dates the event of `word`.

    Same class, no contradicting names, beginnings first, then the most exact.
    """
    return _best([link for link in links if link.event == word.event and _same(link.names, word.names)])


def onset_of(event: str, names: frozenset[str], links: list[Link]) -> Link | None:
    """The link that says when the event began; the most exact date wins that lies within the coarser ones."""
    fitting = [link for link in links if link.event == event and _same(link.names, names)]
    return _best([link for link in fitting if link.onset] or fitting)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _best(links: list[Link]) -> Link | None:
    dated = [link for link in links if link.period.year is not None]
    return max(dated, key=lambda link: (link.onset, ORDER.index(link.period.unit), -link.span[0]), default=None)
