"""Events that the grammar puts at one time: a gerund with its clause, what is done at a meeting, a suit as filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger, is_booked
from kb.edtf import Edtf

SIMULTANEOUS = frozenset({"in", "during", "at", "on", "amid", "via", "through", "with"})
_GOING = frozenset({"fly", "travel", "go", "arrive", "visit", "return", "drive", "come", "land"})
_CONCLUDING = frozenset({"sign", "ratify", "adopt", "conclude", "agree", "negotiate", "initial", "broker"})
_EDGES = frozenset({"end", "close", "start", "beginning", "opening", "hour", "day", "round", "week", "minute"})
_HARM = frozenset({"kill", "die", "wound", "injure", "destroy", "damage", "arrest"})
SHORT = frozenset({"hour", "minute", "moment", "second"})
_GATHERING = frozenset({"CONSULT", "PROTEST", "STATEMENT"})


def at_one_time(trigger: Trigger, triggers: Sequence[Trigger], at: Mapping[int, int]) -> Iterator[int]:
    """Numbers of the events told to be at the same time as one.

    Arguments: the event's trigger; all triggers; their numbers by token index.
    """
    yield from (_with_noun if trigger.nominal else _with_verb)(trigger, triggers, at)


def harmed_when(trigger: Trigger, lead: int) -> bool:
    """“Twelve were killed when a bus plunged into a river”: in the lead of a report the clause is its news.

    Arguments: an event's trigger; how many passages the lead has.
    """
    clauses = (c for c in trigger.verb.children if c.dep_ == "advcl" and c.i > trigger.verb.i)
    return trigger.passage < lead and trigger.event.lemma in _HARM and any(c.tag_ == "VBD" for c in clauses)


def occasions(verb: Token, at: Mapping[int, int]) -> Iterator[int]:
    """Events named by a preposition of time or place beside a verb: "during the talks", "at a summit"."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in SIMULTANEOUS:
            found = (_stretched(c) for c in prep.children if c.dep_ == "pobj")
            yield from (at[c.i] for c in found if c.i in at)


def _stretched(noun: Token) -> Token:
    """The happening of "the end of three hours of talks": what its edges and its length are of."""
    for _ in range(3):
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if inner is None or noun.lemma_.lower() not in _EDGES:
            return noun
        noun = inner
    return noun


def _with_noun(trigger: Trigger, triggers: Sequence[Trigger], at: Mapping[int, int]) -> Iterator[int]:
    token, lexicon = trigger.token, event_lexicon()
    head = token.head
    if is_booked(trigger):
        return
    if trigger.governor is not None and trigger.governor.i in at:
        yield at[trigger.governor.i]
    # "the suit, filed in 2003": the participle tells how it came about
    for clause in (c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i in at):
        made = any(lexicon.is_group(g, clause.lemma_.lower()) for g in ("create", "outcome", "light"))
        if made or (trigger.event.result and clause.lemma_.lower() in _CONCLUDING):
            yield at[clause.i]
    yield from _pointing_back(trigger, triggers)
    if token.dep_ == "nsubj" and head.i in at and lexicon.is_group("cause", head.lemma_.lower()):
        yield at[head.i]
    made = token.dep_ == "dobj" and head.i in at and not trigger.event.result
    if made and lexicon.is_group("create", head.lemma_.lower()):
        yield at[head.i]
    # "killed in a clash": who comes to harm in it does so while it goes on
    harmed = head.lower_ == "in" and head.head.i in at and triggers[at[head.head.i]].event.lemma in _HARM
    occasion = trigger.event.occasion or trigger.event.type == "CONSULT" or head.lower_ == "during" or harmed
    if occasion and token.dep_ == "pobj" and head.lower_ in SIMULTANEOUS and head.head.i in at:
        yield at[head.head.i]


def _with_verb(trigger: Trigger, triggers: Sequence[Trigger], at: Mapping[int, int]) -> Iterator[int]:
    token, lexicon = trigger.token, event_lexicon()
    if lexicon.is_group("cause", token.lemma_.lower()) and not trigger.event.saying:
        yield from (at[noun.i] for noun in _causes(token) if noun.i in at)
    # "announced the step | at the end of the talks", where the parse hangs the occasion on the step
    thing = [c for c in token.children if c.dep_ == "dobj"][:1]
    for number in (n for word in (token, *thing) for n in occasions(word, at)):
        if triggers[number].event.occasion or triggers[number].event.type == "CONSULT":
            yield number
    for clause in (c for c in token.children if c.dep_ == "advcl" and c.tag_ in ("VBD", "VBN", "VBG")):
        as_he_went = clause.tag_ == "VBD" and not any(g.dep_ == "aux" for g in clause.children)
        if any(g.lower_ in ("when", "while") or (g.lower_ == "as" and as_he_went) for g in clause.children):
            # "died when an earthquake hit the town": the verb may only carry the noun that tells it
            told = [at[clause.i]] if clause.i in at else [n for n, t in enumerate(triggers) if t.governor == clause]
            yield from told
    which = (c for c in token.children if c.dep_ == "prep" and c.lower_ in ("in", "during"))
    if token.dep_ == "relcl" and token.head.i in at and any(g.lower_ == "which" for c in which for g in c.children):
        yield at[token.head.i]  # "a mutiny in which his fighters seized Rostov"
    head = token.head
    # "introduced it by saying": one act, one time
    if token.dep_ == "pcomp" and head.lower_ in ("by", "while", "with"):
        head = head.head
    where = next((c for c in token.children if c.lower_ == "where" and c.dep_ == "advmod"), None)
    if token.dep_ == "relcl" and where is not None:
        yield from _gathering(_noun_before(where) or token.head, triggers, at)
    when = token.dep_ == "advcl" and token.tag_ == "VBD" and any(c.lower_ == "when" for c in token.children)
    if when and head.i in at:
        yield at[head.i]  # "14 were killed on Monday when rockets | struck |"
    clause = token
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head  # "hours after a quake hit the town and | killed | nine"
    if _within_hours(clause):
        above = clause.head
        told = [above.i, *(c.i for c in above.children if c.dep_ in ("nsubj", "advcl") and c.i != token.i)]
        yield from (at[i] for i in told if i in at)
    if head.i not in at:
        if token.dep_ == "advcl" and token.tag_ == "VBG" and not any(c.dep_ == "mark" for c in token.children):
            yield from (n for n, t in enumerate(triggers) if t.governor == head)
        return
    purpose = token.dep_ == "advcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    if (
        token.dep_ == "pcomp"
        or (token.dep_ == "advcl" and token.tag_ == "VBG" and not any(c.dep_ == "mark" for c in token.children))
        or (token.dep_ == "xcomp" and lexicon.is_group("implicative", head.lemma_.lower()))
        or (purpose and head.lemma_.lower() in ("return", "come", "go"))
    ):
        yield at[head.i]


def _within_hours(verb: Token) -> bool:
    """“(A soldier was killed) hours after he signed the treaty”: what so short a time parts is of one day."""
    parted = any(c.dep_ == "mark" and c.lower_ in ("after", "before") for c in verb.children)
    marks = [c for c in verb.children if c.dep_ == "mark"]
    near = (c for word in (verb, *marks) for c in word.children if c.dep_ == "npadvmod")
    return verb.dep_ == "advcl" and parted and any(c.lemma_.lower() in SHORT for c in near)


def _causes(verb: Token) -> Iterator[Token]:
    """What brought it about: the "strike" of "Monday's strike killed 12", "the strike on Lod, which killed 12".

    Also what the thing that did it is told to have done: "a plane that crashed on Monday killed 12".
    """
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        yield verb.head if verb.dep_ == "relcl" and subject.tag_ == "WDT" else subject
        yield from (c for c in subject.children if c.dep_ == "relcl" and c.i < verb.i)


def _pointing_back(trigger: Trigger, triggers: Sequence[Trigger]) -> Iterator[int]:
    """For "A filed on Monday. This was the largest filing ...": “this” is what the sentence before tells."""
    be = trigger.token.head
    this = trigger.token.dep_ == "attr" and be.lemma_ == "be" and be.dep_ == "ROOT"
    if not this or not any(c.dep_ == "nsubj" and c.lower_ in ("this", "that") for c in be.children):
        return
    for number, before in enumerate(triggers):
        if before.passage == trigger.passage - 1 and before.verb.dep_ == "ROOT":
            yield number


def _noun_before(where: Token) -> Token | None:
    """The noun that “where” stands right behind, which the parser often passes over."""
    before = [t for t in where.doc[max(where.sent.start, where.i - 2) : where.i] if not t.is_punct]
    return before[-1] if before and before[-1].pos_ in ("NOUN", "PROPN") else None


def _gathering(place: Token, triggers: Sequence[Trigger], at: Mapping[int, int]) -> Iterator[int]:
    """For "spoke at a rally in Lyon, where he ...": the rally, and what was done there."""
    seen = False
    for node in (place, *place.ancestors):
        if node.i in at and node.pos_ != "VERB":
            seen = seen or triggers[at[node.i]].event.type in _GATHERING
            if seen:
                yield at[node.i]
        if node.pos_ in ("VERB", "AUX"):
            if node.i in at and (seen or node.lemma_.lower() in _GOING):
                yield at[node.i]
            return


def between(one: Edtf | None, other: Edtf | None) -> Edtf | None:
    """The span of “after 1914 and before 1917”; None where the two are no such sides."""
    ends = [e for e in (one, other) if e is not None and e.startswith("../")]
    starts = [e for e in (one, other) if e is not None and "/" in e and not e.startswith("../")]
    if len(ends) != 1 or len(starts) != 1 or starts[0].earliest is None or ends[0].latest is None:
        return None
    made = Edtf.of(f"{starts[0].split('/')[0]}/{ends[0].removeprefix('../')}")
    return made if made is not None and starts[0].earliest <= ends[0].latest else None
