"""What an article itself says of when its events happened: links from an event word to a year or a day.

“Since the conflict began in 2022” dates the conflict; a later “the invasion on Feb. 24” then takes 2022, and “five
weeks
after the conflict began” is counted from there. Words that name the same happening share a class; two links with
different
named parties (the war in Ukraine, the war in Iraq) are kept apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from spacy.tokens import Doc, Span, Token

from ingest.reading.english.times.anchoring.families import family
from ingest.reading.english.times.anchoring.pins import Pin
from ingest.reading.findings import Span as Offsets
from ingest.reading.periods import ORDER, Period

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
     "deliver", "suffer", "mount", "undergo", "issue", "sign", "strike", "hit", "win", "lose", "kill", "destroy",
     "record", "convene", "organise", "organize", "perform", "celebrate", "attend", "do", "proceed", "commit"]
)  # fmt: skip
# “A second summit” is not the summit told of before.
_ANOTHER = frozenset(
    [
        "second",
        "third",
        "fourth",
        "fifth",
        "another",
        "other",
        "next",
        "previous",
        "earlier",
        "later",
        "new",
        "separate",
    ]
)
_ROLES = frozenset(["nsubj", "nsubjpass", "dobj"])
# Verbs whose object is spoken or thought of, not brought about: their date is not the event's.
_MOST = 40  # links looked at on either side of a word in a text that dates one kind of event hundreds of times
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
class EventWord:
    """An event word of a sentence.

    event: its class, or its family after "=" when it is in none. family: what it shares with words of the same root.
    names: places that stand with it. parties: the proper names of whom or what it happened to. phase: "begin" or "end"
    when a verb of beginning or ending governs it. another: whether it is told apart from others of its kind.
    """

    token: Token
    event: str
    family: str
    names: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    phase: Phase = ""
    another: bool = False

    @property
    def onset(self) -> bool:
        """Whether its date is the event's beginning: said so, or over in a moment."""
        return self.phase == "begin" or (self.phase == "" and self.token.lemma_.lower() in PUNCTUAL)

    @property
    def named(self) -> bool:
        """Whether it is of a class, so that other words can stand for the same event."""
        return not self.event.startswith("=")

    @property
    def first_told(self) -> bool:
        """Whether “a” brings it up for the first time, so that nothing before it can be the same."""
        return any(c.lower_ in ("a", "an") for c in self.token.children if c.dep_ == "det")

    @property
    def span(self) -> Offsets:
        """Where the word stands."""
        return self.token.idx, self.token.idx + len(self.token)


@dataclass(frozen=True, slots=True)
class Link:
    """An event word dated by a time expression, or by hand.

    period: the date; key: of the expression that gives it, "" when it was given by hand. said: the text's own date,
    where `period` was put in its place by hand. approximate: whether the date is only about right.
    """

    word: EventWord
    period: Period
    key: str
    approximate: bool = False
    said: Period | None = None

    @property
    def pinned(self) -> bool:
        """Whether the date was corrected by hand."""
        return not self.key

    @property
    def told(self) -> Period:
        """The date that the text gives, which decides between links."""
        return self.said or self.period


class Links:
    """The links of an article, to be looked up by the class or the family of an event word."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._by_event: dict[str, _Told] = defaultdict(_Told)
        self._by_family: dict[str, _Told] = defaultdict(_Told)
        for link in links:
            self._by_event[link.word.event].all.append(link)
            self._by_family[link.word.family].all.append(link)

    def of(self, word: EventWord) -> list[Link]:
        """The links that may date the event of `word`, in the order of the text within its class and its family."""
        akin = [k for k in self._by_family[word.family].near(word) if k.word.event != word.event]
        return [k for k in (*self._by_event[word.event].near(word), *akin) if fits(k.word, word)]


@dataclass(slots=True)
class _Told:
    """The links of one class or family."""

    all: list[Link] = field(default_factory=list)
    chosen: list[Link] | None = None  # those that are looked at wherever the word stands, once they are too many

    def near(self, word: EventWord) -> list[Link]:
        """All; of hundreds those corrected by hand, the first, and those near the word.

        Otherwise a text of nothing but such sentences would take time by the square of its length.
        """
        if len(self.all) <= 4 * _MOST:
            return self.all
        if self.chosen is None:
            self.all.sort(key=lambda link: link.word.span)
            self.chosen = [*(k for k in self.all if k.pinned), *self.all[:_MOST]]
        at = bisect_left(self.all, word.span, key=lambda link: link.word.span)
        first = max(_MOST, at - _MOST)
        return [*self.chosen, *(k for k in self.all[first : at + _MOST] if not k.pinned)]


def event_words(span: Span, inside: Offsets = (0, 0)) -> Iterator[EventWord]:
    """The event words that a phrase's position in the parse says it dates.

    Those above it up to the verb, and that verb's subject or object. Words within the characters `inside` are what the
    phrase is counted from, and are passed over.
    """
    token = span.root
    for _ in range(8):
        if token.head.i == token.i:
            break
        token = token.head
        if inside[0] <= token.idx < inside[1]:
            continue
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
    for child in _arguments(verb):
        if child.dep_ != "nsubj" and lemma in _ABOUT:
            continue
        word = as_event(child, verb)
        if word.named or (child.pos_ == "NOUN" and (word.phase or lemma in _HAPPENING)):
            yield word


def _arguments(verb: Token) -> Iterator[Token]:
    """Subject and object; the subject of the verb it is joined to where it has none (“began and ended in May”)."""
    roles = [c for c in verb.children if c.dep_ in _ROLES]
    if verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in roles):
        roles += [c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    yield from (c for c in roles if c.pos_ in ("NOUN", "PROPN") or c.lemma_.lower() in CLASSES)


def as_event(token: Token, verb: Token | None = None) -> EventWord:
    """The token as an event word: its class by the table, else its family alone.

    Arguments: token, the word; verb, the one it is subject or object of where that is not above it in the parse.
    """
    lemma = token.lemma_.lower()
    root = family(lemma, token.pos_ != "VERB")
    another = any(c.lower_ in _ANOTHER for c in token.children)
    event = CLASSES.get(lemma, f"={root}")
    return EventWord(token, event, root, names_of(token), _parties(token), _phase(token, verb), another)


def _phase(token: Token, verb: Token | None) -> Phase:
    return phase_of(verb or token.head) if token.dep_ in _ROLES else ""


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


def _parties(token: Token) -> frozenset[str]:
    """Proper names in “of X”, “X's”, the object or the subject of a verb without one: whose arrest, which launch."""
    roles = {c.dep_: c for c in token.children}
    heads = [roles[dep] for dep in ("dobj", "nsubjpass", "poss") if dep in roles]
    heads += [] if heads or "nsubj" not in roles else [roles["nsubj"]]
    heads += [c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"]
    return frozenset(t.text for head in heads for t in head.subtree if t.pos_ == "PROPN")


def links_of(
    span: Span,
    period: Period,
    key: str,
    pins: Sequence[Pin] = (),
    inside: Offsets = (0, 0),
    approximate: bool = False,
) -> Iterator[Link]:
    """The links that one dated phrase makes; an event whose date was corrected has the corrected one."""
    for word in event_words(span, inside):
        yield _corrected(Link(word, period, key, approximate), pins)


def _corrected(link: Link, pins: Sequence[Pin]) -> Link:
    for pin in pins:
        period = pin.end if link.word.phase == "end" else pin.begin
        if pin.covers(*link.word.span) and period is not None:
            return Link(link.word, period, "", pin.edtf.approximate, said=link.period)
    return link


def pinned_links(doc: Doc, pins: Iterable[Pin]) -> Iterator[Link]:
    """The links that corrections make: from each event word of a corrected span to its beginning and to its end."""
    for pin in pins:
        for token in doc.char_span(*pin.span, alignment_mode="expand") or ():
            if token.pos_ not in ("NOUN", "VERB", "PROPN"):
                continue
            word = as_event(token)
            if pin.begin is not None:
                yield Link(replace(word, phase="begin"), pin.begin, "", pin.edtf.approximate)
            if pin.end is not None:
                yield Link(replace(word, phase="end"), pin.end, "", pin.edtf.approximate)


def year_for(word: EventWord, links: Links) -> Link | None:
    """The link that dates the event of `word`.

    Same class, no contradicting names, beginnings first, then the most exact.
    """
    return _best(word, links.of(word)) if word.named else _own(word, links.of(word))


def onset_of(word: EventWord, fitting: Sequence[Link], direction: str = "after") -> Link | None:
    """The link that says when the event began, or ended where its end is meant.

    Arguments: word, the event; fitting, the links that may date it; direction, "after" or "before" it. The most exact
    date wins that lies within the coarser ones; what a person has corrected wins always.
    """
    ends = [link for link in fitting if link.word.phase == "end"]
    over = direction == "after" and word.phase == "" and not word.onset and word.token.pos_ != "VERB"
    if word.phase == "end" or (over and ends):
        return _best(word, ends)
    begun = [link for link in fitting if link.word.phase != "end"]
    return _best(word, [link for link in begun if link.word.onset or link.word.family == word.family] or begun)


def _own(word: EventWord, links: Iterable[Link]) -> Link | None:
    at = word.token.idx
    return next((link for link in links if link.pinned and link.word.span[0] <= at < link.word.span[1]), None)


def fits(one: EventWord, other: EventWord) -> bool:
    """Whether both can be the same event: of one class or family, and with no names that contradict."""
    if one.event != other.event and one.family != other.family:
        return False
    if one.another != other.another and one.span != other.span:
        return False
    told_by_verb = "VERB" in (one.token.pos_, other.token.pos_)
    apart = (not one.named or told_by_verb) and _contradict(one.parties, other.parties)
    return not apart and not _contradict(one.names, other.names)


def _contradict(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(some) and bool(others) and not some & others


def _best(word: EventWord, links: list[Link]) -> Link | None:
    own = _own(word, links)
    dated = [link for link in links if link.period.year is not None]
    if own is not None or not dated:
        return own
    akin = [link for link in dated if link.word.family == word.family]
    corrected = [link for link in akin if link.pinned]
    if corrected:
        return min(corrected, key=lambda link: abs(link.word.span[0] - word.token.idx))
    best = max(dated, key=_weight)
    if akin:
        nearest = max(akin, key=_weight)
        inside = best.told.widen(nearest.told.unit) == nearest.told
        return best if inside else nearest
    return best


def _weight(link: Link) -> tuple[bool, int, int]:
    return link.word.onset, ORDER.index(link.told.unit), -link.word.span[0]
