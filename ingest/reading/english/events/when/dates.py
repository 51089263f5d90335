"""Which time dates which event: by the parse first, then by what lies in the same clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.senses import is_naming
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.when.counted import counted
from ingest.reading.english.events.when.entries import of_entries
from ingest.reading.english.events.when.measures import (
    before_or_since,
    clause_of,
    is_again,
    is_edition,
    is_measure,
    is_reach,
    of_next,
    of_office,
    says_which,
)
from ingest.reading.english.events.when.together import at_one_time, between, occasions
from ingest.reading.findings import TimeFinding
from kb.edtf import Edtf

_WITHIN = frozenset({"nummod", "compound", "amod", "nmod", "poss", "npadvmod"})
_BOUNDARY = frozenset({"ROOT", "ccomp", "relcl", "advcl", "parataxis", "csubj"})
_BEFORE = frozenset({"before", "by", "prior to"})
_AFTER = frozenset({"after", "following", "subsequent to"})
_MIGHT = frozenset({"could", "might", "may", "should", "ought"})
_OWN = 2  # steps from a time over its preposition to its own verb
ATTACHED, SHARED, ALONE, REPORTED = 0.9, 0.75, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of one event mention: value, key of the expression, how sure, and how many steps of the parse away."""

    edtf: Edtf
    time: str | None
    confidence: float
    steps: int = 0


def date_triggers(annotated: Annotated, triggers: Sequence[Trigger], times: Iterable[TimeFinding]) -> dict[int, Dating]:
    """The date of each trigger that the text dates, by the trigger's position in `triggers`.

    A time belongs to the nearest event above it in the parse and never leaves its clause upwards, so that a time in a
    that-clause dates what is said and one beside the verb of saying dates the saying.
    """
    return _Dater(annotated, triggers, times).run()


def spans_of(annotated: Annotated, times: Iterable[TimeFinding]) -> Iterator[tuple[TimeFinding, Span]]:
    """The expressions that are tied to a date, with their tokens."""
    for time in times:
        span = annotated.doc.char_span(time.start, time.end, alignment_mode="expand")
        if time.edtf is not None and time.type != "SET" and span is not None:
            yield time, span


class _Dater:
    def __init__(self, annotated: Annotated, triggers: Sequence[Trigger], times: Iterable[TimeFinding]) -> None:
        self.triggers, self.doc, self.every = triggers, annotated.doc, tuple(times)
        self.published = annotated.document.published
        self.at = {t.token.i: n for n, t in enumerate(triggers)}
        self.governed: dict[int, list[int]] = defaultdict(list)
        for number, trigger in enumerate(triggers):
            if trigger.governor is not None:
                self.governed[trigger.governor.i].append(number)
            if trigger.misread:
                self.governed[trigger.token.head.i].append(number)
        self._told = {*self.at, *self.governed}
        self.times: dict[int, list[tuple[TimeFinding, Span]]] = defaultdict(list)
        for time, span in spans_of(annotated, self.every):
            self.times[annotated.passage_at(time.start)].append((time, span))
        self.sides = {t.key: side for here in self.times.values() for t, s in here if (side := _side(t, s))}
        self.of_sayings: set[int] = set()
        self.present = {t.key for here in self.times.values() for t, _ in here if t.value == "PRESENT_REF"}
        self.found: dict[int, Dating] = {}

    def run(self) -> dict[int, Dating]:
        for passage in self.times.values():
            for before, (time, span) in zip((None, *passage), passage, strict=False):
                if before is None or not is_again(before, time, span):
                    self._attach(time, span)
        for number, time in of_entries(self.times, self.triggers):
            if number not in self.found:
                self._give(number, time, ATTACHED, _OWN)
        order = list(range(len(self.triggers)))
        for _ in range(2):
            for number in order:
                if number not in self.found:
                    self._share(number)
        for number in order:
            if number not in self.found:
                self._only_time(number)
        known = {number: dating.edtf for number, dating in self.found.items()}
        for number, deed, day in list(counted(self.doc, self.every, self.at, known)):
            self.found[number] = replace(self.found[deed], edtf=day, confidence=SHARED)
        return self.found

    def _attach(self, time: TimeFinding, span: Span) -> None:
        inside = {t.i for t in span}
        for clause in _when_clauses(span):
            told = [self.at[clause.i]] if clause.i in self.at else self.governed[clause.i]
            for number in told:
                self._give(number, _point(time), ATTACHED, 1)
        if is_reach(time, span.root) or is_edition(time, span, self.published):
            return
        if is_measure(span.root):
            # "a loss for the whole year" is of that year; what is done "for" a year is not dated by it
            noun = self.at.get(span.root.head.head.i)
            if span.root.head.lower_ == "for" and noun is not None and self.triggers[noun].nominal:
                self._give(noun, time, ATTACHED, 2)
            return
        if time.value == "PRESENT_REF" and clause_of(span.root).tag_ in ("VBD", "VBN"):
            return  # "on sale now": the writer's day, not the day of what is told as past
        if says_which(span, self._told) or of_office(span.root):
            return
        for number, steps in self._owners(span.root, inside):
            done = self._done_then(number, time, span)
            done = self._beside_noun(number, time, span) if done is None else done
            self._give(self._performed(number, time) if done is None else done, time, ATTACHED, steps)

    def _done_then(self, number: int, time: TimeFinding, span: Span) -> int | None:
        """For "have arrested a man for the killing of X six weeks ago": the noun before the time, which a perfect bars.

        Source: the present perfect puzzle (Klein 1992): it takes no definite past time.
        """
        verb, today = self.triggers[number].verb, self.published.earliest if self.published is not None else None
        past = time.edtf is not None and time.edtf.latest is not None and today is not None and time.edtf.latest < today
        if self.triggers[number].nominal or not past or not has_perfect(verb) or span.start < verb.i:
            return None
        nouns = (self.at[t.i] for t in verb.subtree if verb.i < t.i < span.start and t.i in self.at)
        return max((n for n in nouns if self.triggers[n].nominal), key=lambda n: self.triggers[n].start, default=None)

    def _beside_noun(self, number: int, time: TimeFinding, span: Span) -> int | None:
        """For "On Friday a court jailed her for a robbery in 2015": the noun right before a second time."""
        old = self.found.get(number)
        prep = span.doc[span.start - 1] if span.start else span[0]
        noun = self.at.get(prep.i - 1) if prep.dep_ == "prep" else None
        if old is None or time.edtf is None or old.edtf.overlaps(time.edtf) or noun is None or noun in self.found:
            return None
        return noun if self.triggers[noun].nominal and self.triggers[noun].governor is None else None

    def _performed(self, number: int, time: TimeFinding) -> int:
        """For "threatened to attack on Monday": a day already past is the threat's, not the attack's."""
        token, end = self.triggers[number].token, time.edtf.latest if time.edtf else None
        said = self._said_now(number, end)
        if said is not None:
            return said
        act = token.dep_ == "xcomp" and event_lexicon().is_group("unrealised", token.head.lemma_.lower())
        past = end is not None and (self.published is None or end <= (self.published.latest or end))
        done = token.head.tag_ in ("VBD", "VBN")
        return self.at[token.head.i] if act and past and done and token.head.i in self.at else number

    def _said_now(self, number: int, end: str | None) -> int | None:
        """For "For the final quarter of 2009, Ford says it made ...": what is said in the present is of that time."""
        trigger = self.triggers[number]
        present = trigger.event.saying and trigger.token.tag_ in ("VBZ", "VBP")
        if not present or end is None or self.published is None or end >= (self.published.earliest or end):
            return None
        return next((self.at[c.i] for c in trigger.token.children if c.dep_ == "ccomp" and c.i in self.at), None)

    def _give(self, number: int, time: TimeFinding, confidence: float, steps: int) -> None:
        old = self.found.get(number)
        edtf = self._beside(_told(self.triggers[number], time), time)
        ahead = edtf is not None and self._yet_to_come(edtf, self.triggers[number])
        if ahead and not self._stated(number, time, steps):
            return
        # a calendar date beats a length counted off: "five years after its start, ... in February"
        both = between(old.edtf, edtf) if old else None
        if old is not None and both is not None:
            self.found[number] = replace(old, edtf=both)
            return
        rank = (-confidence, edtf is not None and edtf.endswith("~"), steps)
        if edtf is not None and (old is None or rank < (-old.confidence, old.edtf.endswith("~"), old.steps)):
            self.found[number] = Dating(edtf, time.key, confidence, steps)

    def _beside(self, edtf: Edtf | None, time: TimeFinding) -> Edtf | None:
        """The span that "before" and "after" make of a date; what happened by now happened before the report."""
        side = self.sides.get(time.key)
        if edtf is None or side is None or "/" in edtf:
            return edtf
        plain = edtf.rstrip("~?%")
        if side == "before":
            return Edtf(plain).until()
        last = self.published.latest if self.published is not None else None
        ended = last is not None and edtf.latest is not None and edtf.latest < last
        return Edtf.of(f"{plain}/{last}") if ended else Edtf(plain).since()

    def _owners(self, node: Token, inside: set[int]) -> list[tuple[int, int]]:
        said = self._said_then(node, inside)
        if said is not None:
            return [(said, 1)]
        below = node
        for steps in range(24):
            if node.i not in inside:
                own = below.dep_ in _WITHIN and below.i < node.i
                if node.i in self.at and (own or not self._passes_on(self.triggers[self.at[node.i]])):
                    return [(self.at[node.i], steps)]
                carried = [n for n in self.governed[node.i] if self.triggers[n].token.i not in inside]
                if carried:
                    return [(n, steps) for n in carried]
                if node.pos_ in ("VERB", "AUX"):
                    nouns = [n for n in self._clause_nouns(node) if self.triggers[n].token.i not in inside]
                    if nouns:
                        return [(nouns[0], steps + 1)]
                    if (node.dep_ in _BOUNDARY and not is_naming(node)) or stands_alone(node):
                        return []
            if node.head.i == node.i:
                return []
            below, node = node, node.head
        return []

    def _said_then(self, time: Token, inside: set[int]) -> int | None:
        """For "said on Monday it would sell": a time right behind a verb of saying is the saying's, however parsed."""
        if time.dep_ == "poss":
            return None  # "said Saturday's strike had killed him"
        first = min(inside)
        before = time.doc[first - 1] if first > 0 else time
        if before.lower_ in ("on", "in", "at", "late", "early") and before.i > 0:
            before = before.nbor(-1)
        number = self.at.get(before.i)
        if number is None or not self.triggers[number].event.saying or before.tag_ != "VBD":
            return None
        self.of_sayings.add(first)
        return number

    def _passes_on(self, trigger: Trigger) -> bool:
        """A near miss, or a thing agreed ("ratified the accord in 2022"), leaves the time to its verb."""
        verb = trigger.token.head
        thing = trigger.event.result and trigger.token.dep_ in ("dobj", "nsubjpass") and trigger.governor is None
        return trigger.phase == "near" or (thing and verb.pos_ == "VERB")

    def _clause_nouns(self, verb: Token) -> list[int]:
        """Event nouns that are subject, object or occasion of a verb that tells no event, and is not denied.

        “The rescue had not been expected before Christmas” says nothing of when it was.
        """
        if any(c.dep_ == "neg" for c in verb.children):
            return []
        ranked = {"nsubj": 0, "nsubjpass": 0, "dobj": 1, "attr": 2}
        found = [(ranked[c.dep_], self.at[c.i]) for c in verb.children if c.dep_ in ranked and c.i in self.at]
        if event_lexicon().is_group("intending", verb.lemma_.lower()):  # "is scheduled to speak on Monday"
            found += [(0, self.at[c.i]) for c in verb.children if c.dep_ == "xcomp" and c.i in self.at]
        found += [(3, n) for n in occasions(verb, self.at)]
        return [number for _, number in sorted(found) if not self._passes_on(self.triggers[number])]

    def _share(self, number: int) -> None:
        trigger = self.triggers[number]
        for other in self._neighbours(trigger):
            dated = self.found.get(other)
            if dated is None or other == number or self._now_only(dated, trigger):
                continue
            if self._yet_to_come(dated.edtf, trigger):
                continue
            if dated.confidence >= SHARED:
                edtf = _plain(dated.edtf, self.triggers[other], trigger)
                if edtf is not None:
                    self.found[number] = replace(dated, edtf=edtf, confidence=SHARED, steps=dated.steps + 5)
                    return

    @staticmethod
    def _not_perfect(trigger: Trigger, span: Span) -> bool:
        """Whether the time belongs to a coordinated verb in another tense: "defaulted in 2020 and has negotiated"."""
        verb = trigger.verb
        return verb.dep_ == "conj" and has_perfect(verb) and span.end <= verb.i and not has_perfect(verb.head)

    def _yet_to_come(self, edtf: Edtf, trigger: Trigger) -> bool:
        """Whether a time lies after the report although the event is told as past."""
        published = self.published.latest if self.published is not None else None
        helpers = {c.lower_ for c in trigger.verb.children if c.dep_ == "aux"}
        past = (trigger.verb.tag_ == "VBD" and not helpers) or (trigger.verb.tag_ == "VBN" and helpers == {"had"})
        return past and published is not None and edtf.earliest is not None and edtf.earliest > published

    def _stated(self, number: int, time: TimeFinding, steps: int) -> bool:
        """A date with its year is the event's, however odd, where it hangs on its own verb or on the one event told.

        kb.checks.dates names what cannot be. What is asked for lies ahead, and the asking does not: "called for
        elections in 2030".
        """
        trigger = self.triggers[number]
        if trigger.event.type == "REQUEST":
            return False
        here = [t for t in self.triggers if t.passage == trigger.passage]
        return time.anchor is None and not trigger.event.saying and (steps <= _OWN or len(here) == 1)

    def _now_only(self, dated: Dating, taker: Trigger) -> bool:
        """“Canada now backs it, and Finland left”: the present dates nothing past, a past time no present perfect.

        Source: the present perfect puzzle (Klein 1992): it takes no definite past time.
        """
        if dated.time in self.present:
            return taker.verb.tag_ in ("VBD", "VBN")
        return has_perfect(taker.verb)

    def _neighbours(self, trigger: Trigger) -> Iterator[int]:
        yield from at_one_time(trigger, self.triggers, self.at)
        head = trigger.token.head
        if not trigger.nominal and trigger.token.dep_ == "conj" and head.i in self.at and self._leads(head):
            yield self.at[head.i]

    def _leads(self, verb: Token) -> bool:
        """Whether the time of `verb` stands before it, and so holds for the verbs coordinated with it."""
        dated = self.found.get(self.at[verb.i])
        place = self.triggers[self.at[verb.i]].passage
        return dated is not None and any(t.key == dated.time and s.end <= verb.i for t, s in self.times[place])

    def _only_time(self, number: int) -> None:
        trigger = self.triggers[number]
        here = self.times.get(trigger.passage, [])
        if len(here) != 1 or trigger.phase == "end" or here[0][1].start in self.of_sayings:
            return
        time, span = here[0]
        if is_reach(time, trigger.token) or is_measure(span.root) or before_or_since(span.root, trigger.verb):
            return
        imagined = trigger.token.dep_ == "xcomp" and event_lexicon().is_group(
            "unrealised", trigger.token.head.lemma_.lower()
        )
        if (time.value == "PRESENT_REF" and trigger.verb.tag_ in ("VBD", "VBN")) or self._not_perfect(trigger, span):
            return
        if imagined or trigger.token.i in range(span.start, span.end) or of_next(trigger.verb, span.root):
            return
        given = any(dating.time == time.key for dating in self.found.values())
        if given and ".." in str(time.edtf) and stands_alone(trigger.verb):
            return  # "A will cut flights until May 6, and B warned of it"
        # "said it was so, but it had changed after the attack at the weekend"
        past = (t for t in span.doc[trigger.verb.i + 1 : span.start] if t.pos_ in ("VERB", "AUX") and stands_alone(t))
        if of_office(span.root) or (given and (has_perfect(trigger.verb) or (trigger.event.saying and any(past)))):
            return
        # "this year's conference", "the 2003 treaty": the time belongs to the noun
        if span.root.dep_ in _WITHIN and span.root.head.pos_ in ("NOUN", "PROPN"):
            return
        if clause_of(trigger.verb).i == clause_of(span.root).i and not trigger.nominal:
            self._give(number, time, ALONE, 9)


def stands_alone(verb: Token) -> bool:
    """Whether a coordinated verb has its own subject, so that its time is not the first one's."""
    return verb.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _point(time: TimeFinding) -> TimeFinding:
    """The date itself of “since 1977, when …”: what the clause tells happened then, and only then."""
    if time.edtf is None or ".." not in time.edtf:
        return time
    return replace(time, edtf=Edtf.of(time.edtf.removesuffix("/..").removeprefix("../")))


def _when_clauses(span: Span) -> Iterator[Token]:
    """The verbs of "2008, when it posted a loss": the relative clause is of the time it is about."""
    for token in span:
        for verb in token.children:
            if verb.dep_ in ("relcl", "advcl") and any(c.lower_ == "when" for c in verb.children):
                yield verb


def has_perfect(verb: Token) -> bool:
    """Whether a verb is in the present perfect, also as the second of two: "has killed and | wounded"."""
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return has_perfect(verb.head)
    return any(c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve", "’ve") for c in verb.children)


def _side(time: TimeFinding, span: Span) -> str | None:
    """Whether the preposition puts the event "before" or "after" the time; None where it happened at it."""
    prep = span.root.head
    point = time.type == "DATE" and time.edtf is not None and "/" not in time.edtf
    if not point or span.root.dep_ != "pobj" or span.start <= prep.i < span.end:
        return None
    word = prep.lower_ if prep.lower_ != "to" else f"{prep.head.lower_} to"
    return "before" if word in _BEFORE else "after" if word in _AFTER else None


def _told(trigger: Trigger, time: TimeFinding) -> Edtf | None:
    """A lasting event that began then is open; one that ended then has no known start."""
    edtf = time.edtf
    if edtf is None or not trigger.event.durative or "/" in edtf:
        return edtf
    if trigger.phase and any(c.lower_ in _MIGHT or c.dep_ == "neg" for c in trigger.verb.children):
        return None  # "could have ended the war in spring"
    if trigger.phase == "begin":
        return edtf.since()
    return edtf.until() if trigger.phase == "end" else edtf


def _plain(edtf: Edtf, giver: Trigger, taker: Trigger) -> Edtf | None:
    """A date that may be shared: a war's open interval dates nothing else. What ends something on a day is its end."""
    if taker.phase == "end" and taker.event.durative and "/" not in edtf:
        return edtf.until()
    return None if giver.event.durative and ".." in edtf and not taker.event.durative else edtf
