"""Which of two events of one sentence came first, or took place during the other, where its words say so.

Read from the parse: prepositions ("after the talks", "in the wake of the invasion"), subordinators ("before the war
began", "while visiting Kyiv"), verbs of sequence and cause ("was followed by", "led to"), "then", the perfect
participle, and a past clause under a verb of saying, since nothing is told before it happened. What is only imagined,
planned or negated orders nothing, and where the words may mean something else ("since" for a reason, "while" for a
contrast) there is no finding: a wrong order does more harm than a missing one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Span, Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.verbs import particle_of, verb_lemma
from ingest.reading.findings import EventFinding, EventMention, OrderFinding
from ingest.reading.lexicon import load
from kb.shown.intervals import Kind

_REAL = ("asserted", "alleged")
_UNREAL = frozenset({"will", "shall", "would", "could", "may", "might", "should", "must", "can", "ca", "wo", "to",
                     "'ll", "’ll", "'d", "’d"})  # fmt: skip
_PERFECT = frozenset({"has", "have", "had", "'s", "’s", "'ve", "’ve"})
_WAS = frozenset(("was", "were"))
_SUBJECT = ("nsubj", "nsubjpass")


def _words() -> Mapping[str, Any]:
    return load("order")


@cache
def lasting_classes() -> frozenset[str]:
    """Lemmas of the classes of events that last: wars, sieges, occupations."""
    lexicon = event_lexicon()
    return frozenset(c.lemma for c in (*lexicon.verbs.values(), *lexicon.nouns.values()) if c.durative)


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of an event at its token; `phase` is the part of it that the clause tells: begin, end, continue."""

    event: EventFinding
    mention: EventMention
    token: Token
    phase: str = ""

    @property
    def lasting(self) -> bool:
        """Whether the event is of a kind that lasts."""
        return self.event.lemma in lasting_classes()


@dataclass(frozen=True, slots=True)
class _Link:
    """A connective: its tokens, what it orders, and how ("after": the governor comes after the object)."""

    cue: tuple[Token, ...]
    way: str
    governor: Sequence[Told]
    object: Sequence[Told]


def find_orders(annotated: Annotated, events: Iterable[EventFinding]) -> tuple[OrderFinding, ...]:
    """The orders that an article's sentences tell, in reading order. Arguments: the parse; its events."""
    return _Sentences(annotated, events).orders()


def told_past(annotated: Annotated, events: Iterable[EventFinding]) -> frozenset[int]:
    """Where mentions start that the text tells as past, so that they happened before it was published.

    These are asserted, in a past or perfect tense of their own or of the verb that carries the noun ("held talks"), or
    stand after "after" beside a past verb.
    """
    sentences = _Sentences(annotated, events)
    return frozenset(
        t.mention.start
        for told in sentences.at.values()
        for t in told
        if t.mention.status == "asserted" and sentences.is_past(t.token)
    )


class _Sentences:
    """The sentences of an article with the events at their tokens."""

    def __init__(self, annotated: Annotated, events: Iterable[EventFinding]) -> None:
        self.passages = annotated.passages
        self.at: dict[int, list[Told]] = defaultdict(list)
        for event in events:
            for mention in event.mentions:
                span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is not None:
                    self.at[span[0].i].append(Told(event, mention, span[0], _phase(span[0])))

    def orders(self) -> tuple[OrderFinding, ...]:
        """All orders, each pair of events once for each connective."""
        found: dict[tuple[str, str, str, int], OrderFinding] = {}
        for number, sentence in enumerate(self.passages):
            if sum(t.i in self.at for t in sentence) < 2:
                continue
            for link in self._links(sentence):
                for order in _orders(link, number):
                    found.setdefault((order.first, order.second, order.kind, order.start), order)
        return tuple(sorted(found.values(), key=lambda o: (o.start, o.end, o.first, o.second)))

    def is_past(self, token: Token) -> bool:
        """Whether a mention's token is told as past."""
        if token.pos_ == "VERB":
            return _past_tense(token)
        noun, carrier = token, token.head
        while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            noun, carrier = noun.head, noun.head.head
        if noun.dep_ in (*_SUBJECT, "dobj") and carrier.pos_ == "VERB" and _carries(carrier, noun):
            return _past_tense(carrier)
        return noun.dep_ == "pobj" and carrier.lower_ in ("after", "following") and _past_tense(carrier.head)

    def _links(self, sentence: Span) -> Iterator[_Link]:
        for token in sentence:
            if token.dep_ in ("prep", "advmod", "mark", "pcomp", "acomp"):
                yield from self._preposition(token)
                yield from self._subordinator(token)
            if token.pos_ == "VERB":
                yield from self._verb(token)

    def _preposition(self, token: Token) -> Iterator[_Link]:
        cue, way = _preposition(token)
        complement = next((c for c in cue[-1].children if c.dep_ in ("pobj", "pcomp")), None) if way else None
        if complement is None or any(c.dep_ == "neg" or c.lower_ == "not" for c in token.children):
            return
        objects = self._of(complement)
        nested = way == "during" and token.head.dep_ == "relcl"  # "the raid that killed him during a forum": whose?
        if objects and not nested and not _ranked(token) and not (way == "before" and _stands_before(token)):
            yield _Link(cue, way, self._governor(token.head, way), objects)

    def _subordinator(self, token: Token) -> Iterator[_Link]:
        way, clause = _words()["marks"].get(token.lower_), token.head
        if way is None or clause.dep_ != "advcl" or clause.pos_ not in ("VERB", "AUX") or token.i > clause.i:
            return
        main, auxiliaries = clause.head, _auxiliaries(clause)
        if auxiliaries & _UNREAL or any(c.dep_ == "neg" for c in clause.children) or _fronted(token, clause):
            return
        above, below = self._governor(main, way), self._of_verb(clause)
        if way == "while":
            yield from _at_once(token, clause, above, below)
        elif way == "since":
            # "since" is a reason unless the main clause is in the perfect (Quirk et al. 1985, 14.24)
            if _auxiliaries(main) & _PERFECT and main.tag_ == "VBN" and clause.tag_ != "VBG":
                yield _Link((token,), "after", above, below)
        elif not (way == "before" and verb_lemma(main) in _words()["averting"]):
            past = token.lower_ != "once" or (_past_tense(clause) and _past_tense(main))
            if past:
                yield _Link((token,), way, above, below)

    def _verb(self, verb: Token) -> Iterator[_Link]:
        yield from self._sequence(verb)
        if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _past_tense(verb.head):
            adverb = next((c for c in verb.children if c.lower_ in _words()["adverbs"] and c.i < verb.i), None)
            if adverb is not None and verb.tag_ in ("VBD", "VBN"):
                yield _Link((adverb,), "after", self._of_verb(verb), self._of_verb(verb.head))
        having = next((c for c in verb.children if c.lower_ == "having" and c.dep_ == "aux"), None)
        if having is not None and verb.dep_ == "advcl" and verb.head.pos_ == "VERB":
            yield _Link((having,), "after", self._of_verb(verb.head), self._of_verb(verb))
        if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and _past_tense(verb) and _past_tense(verb.head):
            said = [t for t in self.at.get(verb.head.i, ()) if _is_saying(verb.head)]
            yield _Link((verb.head,), "after", said, self._of_verb(verb))

    def _sequence(self, verb: Token) -> Iterator[_Link]:
        """Verbs whose subject and object are two events: "sanctions followed the annexation"."""
        lemma, words = verb.lemma_.lower(), _words()
        to = next((c for c in verb.children if c.dep_ == "prep" and f"{lemma} {c.lower_}" in words["bring to"]), None)
        direct = lemma in words["bring"] or lemma in words["precede"] or to is not None
        if not direct and lemma not in words["follow"]:
            return
        if _auxiliaries(verb) & _UNREAL or any(c.dep_ == "neg" for c in verb.children):
            return
        by = next((c for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
        if by is not None and to is None:
            way = "after" if direct else "brings"
            yield _Link((verb, by), way, self._passive_subject(verb), self._after(by))
            return
        subject = [t for c in verb.children if c.dep_ == "nsubj" for t in self._of(c)]
        way = "brings" if direct else "after"
        if to is not None:
            yield _Link((verb, to), way, subject, self._after(to))
        else:
            yield _Link((verb,), way, subject, self._objects(verb))

    def _objects(self, verb: Token) -> list[Told]:
        return [t for c in verb.children if c.dep_ == "dobj" for t in self._of(c)]

    def _after(self, prep: Token) -> list[Told]:
        return [t for c in prep.children if c.dep_ == "pobj" for t in self._of(c)]

    def _passive_subject(self, verb: Token) -> list[Told]:
        """What is followed: the subject, the noun before a reduced clause, or the verb that the clause belongs to."""
        subjects = [t for c in verb.children if c.dep_ == "nsubjpass" for t in self._of(c)]
        if subjects or verb.dep_ not in ("acl", "advcl") or verb.tag_ != "VBN":
            return subjects
        return self._of(verb.head)

    def _of(self, token: Token) -> list[Told]:
        """The events that a complement tells, with those coordinated with it."""
        if token.pos_ in ("VERB", "AUX") and token.i not in self.at:
            return self._of_verb(token)
        joined = [token, *(c for c in token.conjuncts if c.i > token.i and c.pos_ == token.pos_)]
        return [told for each in joined for told in self._of_one(each)]

    def _of_one(self, token: Token) -> list[Told]:
        if token.i in self.at:
            return self.at[token.i]
        words = _words()
        if token.lemma_.lower() not in (*words["beginnings"], *words["stretches"]):
            return []
        return [t for of in token.children if of.dep_ == "prep" and of.lower_ == "of" for t in self._after(of)]

    def _of_verb(self, verb: Token) -> list[Told]:
        """The events that a clause tells: at its verb, at the verb it governs, or at the noun that the verb carries."""
        if verb.i in self.at:
            return self.at[verb.i]
        lexicon = event_lexicon()
        inner = [c for c in verb.children if c.dep_ == "xcomp" and c.i in self.at]
        if inner and lexicon.is_group("implicative", verb.lemma_.lower()):
            return self.at[inner[0].i]
        near = [t for close in verb.children if close.lower_ in ("close", "closer", "near")
                for to in close.children if to.dep_ == "prep" for t in self._after(to)]  # fmt: skip
        if near:
            return near[:1]  # "came close to an agreement"
        nouns = [c for c in verb.children if c.dep_ in (*_SUBJECT, "dobj") and _carries(verb, c)]
        found = [told for noun in nouns for told in self._of(noun)]
        return found[:1]

    def _governor(self, head: Token, way: str) -> list[Told]:
        """The events that a preposition or a clause is attached to."""
        if head.dep_ in ("npadvmod", "advmod", "nmod") and head.lemma_.lower() not in ("ahead", "prior"):
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return self._of_verb(head)
        if head.pos_ not in ("NOUN", "PROPN"):
            return []
        told, verb = self._of_one(head), head.head
        if head.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB" and not _carries(verb, head):
            # "condemned the attack after the vote": which of the two, the parser cannot tell; after holds for both
            return self.at.get(verb.i, told) if way == "after" else [] if verb.i in self.at else told
        if head.dep_ == "pobj":
            return told if way == "after" and verb.lower_ in ("in", "by", "at", "with") else []
        return told


def _preposition(token: Token) -> tuple[tuple[Token, ...], str]:
    """The tokens of a connective that begins at `token` and takes a noun, and what it says; "" when it is none."""
    words, inner = _words(), [c for c in token.children if c.dep_ in ("prep", "pcomp") and c.lower_ in ("of", "to")]
    if token.lower_ in words["prepositions"]:
        return (token,), words["prepositions"][token.lower_]
    for last in inner:
        if f"{token.lower_} {last.lower_}" in words["phrases"]:
            return (token, last), words["phrases"][f"{token.lower_} {last.lower_}"]
    for noun in (c for c in token.children if c.dep_ == "pobj"):
        for last in (c for c in noun.children if c.dep_ == "prep"):
            phrase = f"{token.lower_} {noun.lower_} {last.lower_}"
            if phrase in words["phrases"]:
                return (token, noun, last), words["phrases"][phrase]
    return (token,), ""


def _stands_before(token: Token) -> bool:
    """In front of, not earlier than: "testified before the hearing"."""
    return token.head.lemma_.lower() in _words()["places before"] and any(c.dep_ == "pobj" for c in token.children)


def _ranked(token: Token) -> bool:
    """Of a rank, not of a time: "the largest bankruptcy after that of Lehman Brothers"."""
    near = (*token.head.children, *token.head.head.children, token.head)
    return token.lower_ == "after" and any(c.tag_ in ("JJS", "RBS") and c.i < token.i for c in near)


def _fronted(mark: Token, clause: Token) -> bool:
    """Whether a comma parts a mark from its clause's subject, as when the parser takes "after the raid, he" for one."""
    subject = next((c for c in clause.children if c.dep_ in _SUBJECT), clause)
    return any(t.text == "," for t in mark.doc[mark.i : subject.left_edge.i])


def _at_once(token: Token, clause: Token, above: Sequence[Told], below: Sequence[Told]) -> Iterator[_Link]:
    """“While visiting”, “when he was visiting”, “was visiting when …”: what goes on (progressive) holds the other."""
    bare = clause.tag_ == "VBG" and not any(c.dep_ in _SUBJECT for c in clause.children)
    if clause.tag_ == "VBG" and (_auxiliaries(clause) & _WAS or (bare and token.lower_ in ("while", "when"))):
        if clause.head.tag_ in ("VBD", "VBN"):
            yield _Link((token,), "during", above, below)
        return
    going_on = clause.head.tag_ == "VBG" and _auxiliaries(clause.head) & _WAS
    if token.lower_ == "when" and going_on and _past_tense(clause):
        yield _Link((token,), "during", below, above)


def _orders(link: _Link, passage: int) -> Iterator[OrderFinding]:
    start, end = link.cue[0].idx, link.cue[-1].idx + len(link.cue[-1])
    for one in link.governor:
        for other in link.object:
            if link.way in ("during", "amid"):
                kind: Kind = "during" if link.way == "during" else "before"
                first, second = (one, other) if link.way == "during" else (other, one)
            else:
                kind = "before"
                first, second = (other, one) if link.way == "after" else (one, other)
            if _holds(first, second, kind, brings=link.way == "brings" or link.cue[0].pos_ == "VERB"):
                yield OrderFinding(first.event.key, second.event.key, kind, start, end, passage)


def _holds(first: Told, second: Told, kind: Kind, *, brings: bool) -> bool:
    """Whether the order says something of the first days of both; see kb.shown.intervals for what `before` means.

    "Before the war ended" and "after talks resumed" say nothing of when the war or the talks began.
    """
    if first.event.key == second.event.key or {first.mention.status, second.mention.status} - set(_REAL):
        return False
    if kind == "during":
        return not first.lasting and first.phase not in ("end", "continue")
    if second.phase in ("end", "continue"):
        return False
    return not second.lasting or second.phase == "begin" or brings


def _phase(token: Token) -> str:
    """The part of an event that its clause tells."""
    verb = token.head
    if verb.pos_ != "VERB" or token.dep_ not in (*_SUBJECT, "dobj", "xcomp"):
        return ""
    words, lemma = _words(), verb_lemma(verb)
    return next((p for p in ("end", "continue", "begin") if lemma in words[p] or verb.lemma_.lower() in words[p]), "")


def _carries(verb: Token, noun: Token) -> bool:
    """Whether a verb tells of its noun's event only that it was held, came, began or ended."""
    words, lemma = _words(), verb.lemma_.lower()
    phase = any(lemma in words[p] or verb_lemma(verb) in words[p] for p in ("begin", "end", "continue"))
    if noun.dep_ == "nsubj":
        particle = particle_of(verb)
        return phase or (lemma in words["happen"] and (lemma not in ("take", "break") or _takes_place(verb, particle)))
    return phase or lemma in words["held"] or event_lexicon().is_group("light", lemma)


def _takes_place(verb: Token, particle: Token | None) -> bool:
    return particle is not None or any(c.lower_ == "place" for c in verb.children)


def _auxiliaries(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def _past_tense(verb: Token) -> bool:
    """Simple past, perfect or past progressive, without a modal."""
    auxiliaries = _auxiliaries(verb)
    if auxiliaries & _UNREAL:
        return False
    return verb.tag_ == "VBD" or bool(auxiliaries & (_PERFECT | _WAS | {"been", "did"}))


def _is_saying(verb: Token) -> bool:
    event = event_lexicon().verbs.get(verb.lemma_.lower())
    return event is not None and event.saying
