"""What an article itself says of when its events happened: links from an event word to a year or a day.

“Since the conflict began in 2022” dates the conflict; a later “the invasion on Feb. 24” then takes 2022, and “five
weeks
after the conflict began” is counted from there. Words that name the same happening share a class; two links with
different
named parties (the war in Ukraine, the war in Iraq) are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Span, Token

from ingest.findings import Span as Offsets
from ingest.times.families import family
from ingest.times.periods import ORDER, Period
from ingest.times.pins import Pin

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
Phase = Literal["begin", "end", ""]
ONSET_VERBS = frozenset(["begin", "start", "erupt", "break", "launch", "commence", "open", "ignite", "flare"])
_END_VERBS = frozenset(["end", "finish", "conclude", "cease", "terminate", "close", "expire", "stop"])
# Verbs that say of the noun beside them only that it happened: its date is theirs (Vendler's "narrow containers").
_HAPPENING = frozenset(
    ["hold", "take", "occur", "happen", "come", "follow", "be", "give", "have", "make", "stage", "conduct", "carry",
     "deliver", "suffer", "mount", "undergo", "issue", "sign", "strike", "hit", "win", "lose", "kill", "destroy"]
)  # fmt: skip
# Verbs whose object is spoken or thought of, not brought about: their date is not the event's.
_ABOUT = frozenset(
    ["announce", "call", "postpone", "cancel", "delay", "schedule", "plan", "propose", "demand", "discuss", "mention",
     "predict", "expect", "condemn", "denounce", "investigate", "commemorate", "mark", "remember", "report", "describe",
     "criticise", "criticize", "fear", "prevent", "avert", "oppose", "support", "boycott", "prepare", "urge", "debate",
     "recall", "probe", "review", "reject", "ban", "approve", "promise", "threaten", "order", "request", "say"]
)  # fmt: skip
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
    """An event word dated by a time expression, or by hand.

    event, family, names: of its `EventWord`. span: its words. period: the date; key: of the expression that gives it,
    "" when it was given by hand. onset: whether it is the beginning. exact: how exact the text's own date is. phase:
    what part of the event is dated. said: the text's own date, where `period` was put in its place by hand.
    """

    event: str
    family: str
    names: frozenset[str]
    span: Offsets
    period: Period
    key: str
    onset: bool
    phase: Phase = ""
    said: Period | None = None

    @property
    def pinned(self) -> bool:
        """Whether the date was corrected by hand."""
        return not self.key

    @property
    def told(self) -> Period:
        """The date that the text gives, which decides between links."""
        return self.said or self.period


@dataclass(frozen=True, slots=True)
class EventWord:
    """An event word of a sentence.

    event: its class, or its family after "=" when it is in none. family: what it shares with words of the same root.
    names: places that stand with it. phase: "begin" or "end" when a verb of beginning or ending governs it.
    """

    token: Token
    event: str
    family: str
    names: frozenset[str]
    phase: Phase = ""

    @property
    def onset(self) -> bool:
        """Whether its date is the event's beginning: said so, or over in a moment."""
        return self.phase == "begin" or (self.phase == "" and self.token.lemma_.lower() in PUNCTUAL)

    @property
    def named(self) -> bool:
        """Whether it is of a class, so that other words can stand for the same event."""
        return not self.event.startswith("=")


def event_words(span: Span) -> Iterator[EventWord]:
    """The event words that a phrase's position in the parse says it dates.

    Those above it up to the verb, and that verb's subject or object.
    """
    token = span.root
    for _ in range(8):
        if token.head is token:
            break
        token = token.head
        if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.lemma_.lower() in CLASSES):
            yield as_event(token)
        if token.pos_ in ("VERB", "AUX"):
            yield from _of_verb(token)
            break


def _of_verb(verb: Token) -> Iterator[EventWord]:
    if any(c.dep_ == "neg" for c in verb.children):
        return
    lemma = verb.lemma_.lower()
    if verb.pos_ == "VERB":
        yield as_event(verb)
    for child in verb.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj") or child.pos_ not in ("NOUN", "PROPN"):
            continue
        if child.dep_ != "nsubj" and lemma in _ABOUT:
            continue
        word = as_event(child)
        if word.named or (child.pos_ == "NOUN" and (word.phase or lemma in _HAPPENING)):
            yield word


def as_event(token: Token) -> EventWord:
    """The token as an event word: its class by the table, else its family alone."""
    lemma = token.lemma_.lower()
    root = family(lemma, token.pos_ != "VERB")
    return EventWord(token, CLASSES.get(lemma, f"={root}"), root, names_of(token), _phase(token))


def _phase(token: Token) -> Phase:
    return phase_of(token.head) if token.dep_ in ("nsubj", "nsubjpass", "dobj") else ""


def phase_of(verb: Token) -> Phase:
    """Whether a verb says that something begins or ends."""
    lemma = verb.lemma_.lower()
    return "begin" if lemma in ONSET_VERBS else "end" if lemma in _END_VERBS else ""


def happening(verb: Token) -> bool:
    """Whether a verb only says of the noun beside it that it happened."""
    return verb.lemma_.lower() in _HAPPENING


def names_of(token: Token) -> frozenset[str]:
    """Place names within the event's own phrase: compounds, “of X”, “in X”, “between X and Y”, the object of a verb."""
    return frozenset(
        t.text
        for t in token.subtree
        if t.ent_type_ in ("GPE", "LOC", "NORP") and abs(t.i - token.i) <= 6 and t.pos_ in ("PROPN", "ADJ")
    )


def links_of(doc: Doc, span: Span, period: Period, key: str, pins: Sequence[Pin] = ()) -> Iterator[Link]:
    """The links that one dated phrase makes; an event whose date was corrected has the corrected one."""
    for word in event_words(span):
        start, token = word.token.idx, word.token
        link = Link(
            word.event, word.family, word.names, (start, start + len(token)), period, key, word.onset, word.phase
        )
        yield _corrected(link, pins)


def _corrected(link: Link, pins: Sequence[Pin]) -> Link:
    for pin in pins:
        if pin.covers(*link.span):
            period = pin.end if link.phase == "end" else pin.begin
            return replace(link, period=period, key="", said=link.period) if period else link
    return link


def pinned_links(doc: Doc, pins: Iterable[Pin]) -> Iterator[Link]:
    """The links that corrections make: from each event word of a corrected span to its date."""
    for pin in pins:
        span = doc.char_span(*pin.span, alignment_mode="expand")
        for token in span or ():
            if token.pos_ not in ("NOUN", "VERB", "PROPN"):
                continue
            word = as_event(token)
            at = (token.idx, token.idx + len(token))
            if pin.begin is not None:
                yield Link(word.event, word.family, word.names, at, pin.begin, "", True, "begin")
            if pin.end is not None:
                yield Link(word.event, word.family, word.names, at, pin.end, "", False, "end")


def year_for(word: EventWord, links: list[Link]) -> Link | None:
    """The link that dates the event of `word`.

    Same class, no contradicting names, beginnings first, then the most exact.
    """
    return _best(word, [link for link in links if _fits(link, word)]) if word.named else _own(word, links)


def onset_of(word: EventWord, links: list[Link], direction: str = "after") -> Link | None:
    """The link that says when the event began, or ended where its end is meant.

    The most exact date wins that lies within the coarser ones; what a person has corrected wins always.
    """
    fitting = [link for link in links if _fits(link, word)]
    ends = [link for link in fitting if link.phase == "end"]
    over = direction == "after" and word.phase == "" and not word.onset and word.token.pos_ != "VERB"
    if word.phase == "end" or (over and ends):
        return _best(word, ends)
    begun = [link for link in fitting if link.phase != "end"]
    return _best(word, [link for link in begun if link.onset or link.family == word.family] or begun)


def _own(word: EventWord, links: list[Link]) -> Link | None:
    at = word.token.idx
    return next((link for link in links if link.pinned and link.span[0] <= at < link.span[1]), None)


def _fits(link: Link, word: EventWord) -> bool:
    return link.event == word.event and (not link.names or not word.names or bool(link.names & word.names))


def _best(word: EventWord, links: list[Link]) -> Link | None:
    own = _own(word, links)
    dated = [link for link in links if link.period.year is not None]
    if own is not None or not dated:
        return own
    akin = [link for link in dated if link.family == word.family]
    corrected = [link for link in akin if link.pinned]
    if corrected:
        return min(corrected, key=lambda link: abs(link.span[0] - word.token.idx))
    best = max(dated, key=_weight)
    if akin:
        nearest = max(akin, key=_weight)
        inside = best.told.widen(nearest.told.unit) == nearest.told
        return best if inside else nearest
    return best


def _weight(link: Link) -> tuple[bool, int, int]:
    return link.onset, ORDER.index(link.told.unit), -link.span[0]
