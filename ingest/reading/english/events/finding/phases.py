"""Which part of an event a verb tells: that it begins, ends or lies ahead."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import EventClass, EventLexicon
from ingest.reading.english.events.finding.verbs import verb_lemma
from ingest.reading.english.events.wording import infinitive

_AHEAD = frozenset(
    {"be", "due", "set", "expect", "schedule", "plan", "slate", "likely", "bind", "poise", "certain", "sure"}
)
_LIFTED = frozenset({"besiege", "blockade"})  # what is lifted, broken or raised


def yet_to(verb: Token, lexicon: EventLexicon) -> Token | None:
    """The infinitive by which an event is told to lie ahead: "the talks are due | to resume", "are | to begin"."""
    links = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd"))]
    for link in links:
        if link.lemma_.lower() not in _AHEAD:
            continue
        for inner in (c for c in link.children if c.dep_ in ("xcomp", "acl") and infinitive(c)):
            lemma = verb_lemma(inner)
            passive = any(c.dep_ == "auxpass" for c in inner.children)
            stands = lemma == "take" and any(c.lower_ == "place" for c in inner.children)
            borne = stands or (passive and lexicon.is_group("light", lemma))
            if borne or any(lexicon.is_group(group, lemma) for group in ("begin", "end", "happen")):
                return inner
    return None


def relative_phase(noun: Token, lexicon: EventLexicon, *, lasting: bool) -> tuple[Token, str] | None:
    """For "the war, which began in May, has killed ...": the verb that tells its beginning or end, and which.

    Of what does not last (“floods that began on Tuesday”) only that it began by itself: a treaty declares other things.
    """
    inner = [g for c in noun.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    for verb in (c for n in (noun, *inner) for c in n.children if c.dep_ == "relcl"):
        own = any(c.dep_ == "nsubj" and c.lower_ in ("which", "that") for c in verb.children)
        phase = next((p for p in ("begin", "end") if own and lexicon.is_group(p, verb_lemma(verb))), "")
        alone = phase == "begin" and not any(c.dep_ == "dobj" for c in verb.children)
        if phase and (lasting or alone):
            return verb, phase
    return None


def verb_phase(token: Token, lexicon: EventLexicon) -> str:
    """Which part of its own event a verb tells: "began | to shell" its beginning, "" for all of it."""
    lemma = token.head.lemma_.lower()
    if token.dep_ != "xcomp" or token.head.pos_ != "VERB":
        return ""
    return "begin" if lexicon.is_group("begin", lemma) else "end" if lexicon.is_group("end", lemma) else ""


def ends(verb: Token, event: EventClass, lexicon: EventLexicon) -> bool:
    """Whether a verb ends what is its object: "ended the war", "lifted the siege"."""
    return lexicon.is_group("end", verb_lemma(verb)) or lifts(verb, event, lexicon)


def lifts(verb: Token, event: EventClass, lexicon: EventLexicon) -> bool:
    """Whether a verb ends only what lies around a place: "broke the siege", and no agreement."""
    return event.lemma in _LIFTED and lexicon.is_group("lifting", verb_lemma(verb))
