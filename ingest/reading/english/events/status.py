"""Whether an event is told as fact, alleged, denied, planned, hypothetical or negated: read off the verbs above it."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import EventLexicon, event_lexicon
from ingest.reading.english.events.finding.senses import is_scheduling
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.finding.verbs import verb_lemma
from ingest.reading.english.events.frames import framed, listed, only_shown, what_if
from ingest.reading.english.events.unreal import rumoured, warned_of
from ingest.reading.english.events.verb_status import frame_status, verb_status
from ingest.reading.english.events.wording import infinitive
from kb.models import EventStatus

_SUBJECT_MATTER = frozenset({"agreement", "deal", "plan", "proposal", "talks", "negotiation", "idea", "question"})
_CALLING = frozenset(
    {
        "train",
        "brace",
        "prepare",
        "call",
        "appeal",
        "plead",
        "push",
        "press",
        "campaign",
        "ask",
        "beg",
        "pray",
        "hope",
        "wish",
    }
)
_NOT_YET = frozenset({"close", "near", "imminent", "likely", "unlikely", "elusive", "remote", "nearer", "closer"})
_LENGTHS = frozenset({"hour", "day", "week", "month", "year", "round", "minute"})
_WISHING = frozenset({"demand", "seek", "urge", "request", "want", "propose", "threaten", "fear", "expect", "rule_out"})
_TOLD = frozenset({"STATEMENT", "ACCUSE", "REQUEST", "INVESTIGATE"})  # who denies a charge grants that it was made


def status_of(trigger: Trigger) -> EventStatus:
    """The status that an event's sentence and what stands around it give the event.

    Arguments: a trigger. The nearest word that decides wins; then what frames the clause. A noun that points to what is
    known ("the war") is not made doubtful by the frame of its sentence.
    """
    own = _in_clause(trigger)
    if what_if(trigger.token):
        return "hypothetical"
    if trigger.nominal and (shown := only_shown(trigger.token)) is not None and own == "asserted":
        return shown
    if own in ("denied", "negated", "hypothetical") or (trigger.nominal and not _new(trigger)):
        return own
    return framed(trigger.verb if trigger.governor is not None else trigger.token) or own


def _new(trigger: Trigger) -> bool:
    return trigger.governor is not None or _indefinite(trigger.token)


def _in_clause(trigger: Trigger) -> EventStatus:
    lexicon = event_lexicon()
    if trigger.nominal:
        own = _noun_status(trigger, lexicon)
        if own is not None:
            return own
        if trigger.governor is None:
            if _indefinite(trigger.token):
                return _from_above(trigger.token, lexicon)
            # "claimed that the war …": whoever doubts the claim grants the war; a deal may be what is claimed
            return frame_status(trigger.token, lexicon) if trigger.event.result else "asserted"
        if trigger.event.durative and trigger.phase:
            return frame_status(trigger.governor, lexicon)
    if trigger.token.pos_ == "ADJ" and listed("presuming", trigger.token.head.lemma_.lower()):
        return "alleged"  # "feared dead", "presumed dead"
    return verb_status(trigger.verb, lexicon)


def _noun_status(trigger: Trigger, lexicon: EventLexicon) -> EventStatus | None:
    noun = trigger.token
    if noun.dep_ in ("compound", "nmod") and listed("schemes", noun.head.lemma_.lower()) and not trigger.event.durative:
        return "hypothetical"  # "an assassination plot"
    fate = verb_lemma(noun.head) if noun.dep_ in ("dobj", "nsubjpass") else ""
    if listed("cancelling", fate) or listed("averting", fate):
        done = verb_status(noun.head, lexicon) in ("asserted", "alleged", "negated")
        return "negated" if done else "planned" if listed("cancelling", fate) else "hypothetical"
    if fate in ("allege", "blame", "suspect"):
        return "alleged"
    if fate == "face" and trigger.event.type in ("COERCE", "SANCTION"):
        return "hypothetical"  # "faces extradition"; the charges that he faces were brought
    if fate in ("deny", "refute") and trigger.event.type not in _TOLD:
        return "denied"
    if listed("ordering", fate) and trigger.event.type == "COERCE":
        return "planned"  # "ordered the arrest of 300 members"
    if (
        (noun.dep_ == "nsubjpass" and is_scheduling(noun.head))
        or listed("postponing", fate)
        or (trigger.governor is not None and lexicon.is_group("planned", trigger.governor.lemma_.lower()))
    ):
        return "planned"
    if _only_possible(noun, lexicon) or _only_topic(noun) or (not trigger.event.durative and _wished_for(noun)):
        return "hypothetical"
    words = {c.lower_ for c in noun.children if c.dep_ in ("amod", "det", "advmod", "nmod")}
    if _is_off(noun) or words & {"no", "neither"} or any(listed("called off", w) for w in words):
        return "negated"
    if any(listed("alleged words", w) for w in words):
        return "alleged"
    meant = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and not infinitive(c))
    if any(listed("planned words", w) for w in words) or any(listed("planned words", c.lower_) for c in meant):
        return "planned"  # "a strike planned for Friday"
    if trigger.event.result and listed("making", fate):
        made = verb_status(noun.head, lexicon)  # "when the treaty is signed"
        if made in ("planned", "hypothetical", "negated"):
            return made
    accused = noun.dep_ == "pobj" and noun.head.lower_ in ("of", "for", "with", "to")
    if accused and listed("cleared", noun.head.head.lemma_.lower()):
        return "denied"
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and listed("close to", noun.head.head.lower_):
        return "hypothetical"
    if not trigger.event.durative and rumoured(noun):
        return "hypothetical"
    if accused and lexicon.is_group("alleging", noun.head.head.lemma_.lower()):
        return "alleged"
    if _indefinite(noun) and not trigger.event.durative and warned_of(noun):
        return "hypothetical"
    if "any" in words or words & lexicon.groups["irreal adjectives"]:
        return "hypothetical"
    return "negated" if noun.dep_ == "pobj" and noun.head.lower_ == "without" else None


def _is_off(noun: Token) -> bool:
    """“The meeting was off”, “the deal is off”."""
    be = noun.head
    off = (c for c in be.children if c.lower_ == "off" and not any(g.dep_ == "pobj" for g in c.children))
    return noun.dep_ == "nsubj" and be.lemma_ == "be" and any(off)


def _only_possible(noun: Token, lexicon: EventLexicon) -> bool:
    """“An agreement was possible”."""
    said = [c.lower_ for c in noun.head.children if c.dep_ in ("acomp", "advmod")] if noun.dep_ == "nsubj" else []
    near = noun.head.lemma_ == "be" and any(word in _NOT_YET for word in said)  # "a deal was close"
    return near or any(lexicon.is_group("irreal adjectives", word) for word in said)


def _only_topic(noun: Token) -> bool:
    """“An agreement on his release”: what is agreed or planned has not come about by that."""
    about = noun.dep_ == "pobj" and noun.head.lower_ in ("on", "about", "for", "over")
    owned = any(c.dep_ == "poss" for c in noun.children)
    return about and owned and noun.head.head.lemma_.lower() in _SUBJECT_MATTER


def _indefinite(noun: Token) -> bool:
    whole = noun.head if noun.dep_ in ("compound", "nmod") else noun  # "the bankruptcy proceedings"
    dets = [c.lower_ for c in whole.children if c.dep_ in ("det", "poss")]
    return not dets or all(d in ("a", "an", "any", "no", "some", "another") for d in dets)


def _from_above(noun: Token, lexicon: EventLexicon) -> EventStatus:
    """An indefinite event noun is as real as what governs it: "open to a deal", "want talks"."""
    outer = noun
    while outer.dep_ == "pobj" and outer.head.lower_ == "of" and outer.head.head.lemma_.lower() in _LENGTHS:
        outer = outer.head.head  # "after 16 hours of talks"
    if outer.dep_ == "pobj" and outer.head.lower_ in ("during", "after", "since", "following", "before", "in", "at"):
        return frame_status(noun, lexicon)
    node = noun
    while node.head.i != node.i:
        node = node.head
        lemma = node.lemma_.lower()
        if node.pos_ in ("NOUN", "PROPN") and lexicon.is_group("irreal nouns", lemma):
            return "hypothetical"
        if node.pos_ == "ADJ" and lexicon.is_group("irreal adjectives", lemma):
            return "hypothetical"
        if node.pos_ in ("VERB", "AUX"):
            # “the coup attempt failed” on what had begun; “failed to reach a deal” is another matter
            begun = lemma == "fail" and noun.dep_ == "nsubj" and not any(c.dep_ == "xcomp" for c in node.children)
            if lexicon.is_group("unrealised", lemma) and not begun:
                return "planned" if lexicon.is_group("planned", lemma) else "hypothetical"
            status = verb_status(node, lexicon)
            # "talks had nearly ended the war": what did not do something was
            did = noun.dep_ == "nsubj" and noun.head == node and any(c.dep_ == "dobj" for c in node.children)
            return "asserted" if status == "negated" and did else status
    return "asserted"


def _wished_for(noun: Token) -> bool:
    """“Called for the withdrawal of …”, “demanded the release of …”: asked for, and so not come about."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head  # "demanded an end to the war and the release of …"
    after_for = noun.dep_ == "pobj" and noun.head.lower_ == "for"
    verb = noun.head.head if after_for else noun.head
    if after_for and listed("asked for", verb.lemma_.lower()):
        return True  # "a warrant for his arrest"
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.lemma_.lower() == "threaten":
        return True
    by_preposition = after_for and verb.lemma_.lower() in _CALLING
    if verb.pos_ not in ("VERB", "NOUN"):
        return False
    return by_preposition or (noun.dep_ == "dobj" and verb_lemma(verb) in _WISHING)
