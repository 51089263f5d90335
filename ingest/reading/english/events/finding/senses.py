"""What a word tells where its neighbours decide: verbs with their objects, and nouns that only look like events."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ingest.reading.english.entities.introduced import CALLED
from ingest.reading.english.events.finding.lexicon import EventClass, EventLexicon, Sense
from ingest.reading.english.events.frames import listed
from ingest.reading.english.events.wording import going_to

_POSTED = frozenset({"border", "trading", "army", "observation", "police", "guard", "command", "checkpoint", "goal"})
_TALKS = frozenset({"talk", "talks", "negotiation", "consultation", "discussion", "negotiator"})
_COUNTED = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_LENGTHS = frozenset({"months", "weeks", "years", "days", "hours", "decades"})
_OFFICE = frozenset({"from", "to", "for", "in", "of"})


def sense_of(verb: Token, lexicon: EventLexicon) -> EventClass | None:
    """The class a verb tells because of its object or preposition; None where no listed sense fits."""
    if verb.pos_ != "VERB":
        return _sense_of_misread(verb, lexicon)
    for sense in lexicon.senses.get(verb.lemma_.lower(), ()):
        if _fits(verb, sense, lexicon):
            return sense.event
    return None


def gives_sense(noun: Token, lexicon: EventLexicon) -> bool:
    """Whether a noun is what makes the verb above it tell what it tells: "opened | fire", "| shots | were fired".

    Arguments: an object, or a passive's subject; the lexicon.
    """
    verb, lemma = noun.head, noun.lemma_.lower()
    return any(lemma in sense.objects and _fits(verb, sense, lexicon)
               for sense in lexicon.senses.get(verb.lemma_.lower(), ()))  # fmt: skip


def deciding_words(verb: Token, lexicon: EventLexicon) -> list[Token]:
    """The words after a verb, its object aside, that make it tell what it tells: "guilty", "into custody"."""
    sense = next((s for s in lexicon.senses.get(verb.lemma_.lower(), ()) if _fits(verb, s, lexicon)), None)
    if verb.pos_ != "VERB" or sense is None:
        return []
    found = [c for c in _complements(verb) if _heads(c) & sense.complements]
    for word, wanted in sense.after:
        preps = [c for c in verb.children if c.lower_ == word and c.dep_ == "prep"]
        found += [t for p in preps for g in p.children if _heads(g) & wanted for t in (p, g)]
    return found


def _sense_of_misread(verb: Token, lexicon: EventLexicon) -> EventClass | None:
    """The same for a headline's verb that the parser took for a noun, so that its object is only what follows."""
    base = lexicon.present_forms.get(verb.lower_, verb.lemma_.lower())
    following = {t.lemma_.lower() for t in verb.doc[verb.i + 1 : min(verb.i + 6, verb.sent.end)]}
    return next((s.event for s in lexicon.senses.get(base, ()) if s.objects & following), None)


def bearers(adjective: Token) -> list[Token]:
    """Of whom an adjective is said: "two men were found | dead", "left two men | dead", "the | dead man"."""
    head = adjective.head
    if adjective.dep_ == "amod":
        return [head]
    if adjective.dep_ == "oprd" and (objects := [c for c in head.children if c.dep_ == "dobj"]):
        return objects
    own = [c for c in adjective.children if c.dep_ in ("nsubj", "nsubjpass")]
    own = own or [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
    return own or [c for c in head.children if c.dep_ == "attr"]  # "among the dead were | two children |"


def is_naming(verb: Token) -> bool:
    """Whether a clause only gives a name: "what he called a special operation", "a woman named Ida Holm"."""
    if verb.lemma_.lower() in ("call", "term", "dub") and any(c.lower_ == "what" for c in verb.children):
        return True
    names = (c for c in verb.children if c.dep_ in ("oprd", "dobj", "appos") and c.i > verb.i)
    return verb.dep_ == "acl" and verb.lower_ in CALLED and any(c.pos_ == "PROPN" or c.tag_ == "PRP" for c in names)


def no_deed(verb: Token, lexicon: EventLexicon) -> bool:
    """Whether a verb only helps to tell: "is going to sign", "was scheduled for Monday", "beginning on Monday"."""
    if going_to(verb):
        return True
    if (
        verb.tag_ in ("VBN", "VBD")
        and verb.lower_.startswith("un")
        and not lexicon.is_group("un-", verb.lemma_.lower())
    ):
        return verb.lemma_.lower() not in lexicon.verbs  # "unrestricted", which the parser takes for a past
    if verb.tag_ == "VBG" and verb.lower_ in ("beginning", "starting") and verb.dep_ in ("prep", "advcl", "acl"):
        return not any(c.dep_ in ("dobj", "nsubj", "xcomp", "nsubjpass") for c in verb.children)
    return is_scheduling(verb)


def is_scheduling(verb: Token) -> bool:
    """“The concert is scheduled for Monday”: a time set for what its subject tells."""
    set_for = listed("setting", verb.lemma_.lower()) and verb.tag_ == "VBN"
    told = (c for c in verb.children if c.dep_ == "nsubjpass" and c.pos_ == "NOUN")
    days = (g for c in verb.children if c.lower_ in ("for", "on", "in") for g in c.children if g.dep_ == "pobj")
    return set_for and any(told) and any(g.ent_type_ in ("DATE", "TIME") and not _is_length(g) for g in days)


def _is_length(noun: Token) -> bool:
    """“Planned for months”."""
    return noun.lower_ in _LENGTHS or (noun.tag_ == "NNS" and any(g.dep_ == "nummod" for g in noun.children))


def is_round(noun: Token) -> bool:
    """Whether “round” is one of talks: it says so, or it is counted and talks were spoken of shortly before."""
    if noun.lemma_.lower() not in ("round", "session"):
        return False
    after = {g.lemma_.lower() for c in noun.rights if c.lower_ == "of" for g in c.children}
    if after:
        return bool(after & _TALKS)
    counted = any(c.ent_type_ == "ORDINAL" or c.lower_ in ("next", "last", "latest", "new") for c in noun.lefts)
    return counted and any(t.lemma_.lower() in _TALKS for t in noun.doc[max(0, noun.i - 120) : noun.i])


def talks_of(noun: Token) -> list[Token]:
    """What a round is one of, "talks" in "the second round of talks"; nothing for any other noun."""
    return [g for c in noun.rights if c.lower_ == "of" for g in c.children if is_round(noun) and g.dep_ == "pobj"]


def ordinal_of(noun: Token) -> str:
    """Which round it is: "second"; "" where it is not counted."""
    counted = (c for c in noun.lefts if c.ent_type_ == "ORDINAL" or c.lower_ in _COUNTED)
    return next((c.lower_ for c in counted), "") if is_round(noun) else ""


_BODIES = frozenset({"alliance", "opposition", "exchange", "union", "campaign", "coalition", "partnership"})
_TRADED = frozenset({"buy", "sell", "own", "run", "found", "acquire", "operate", "lead", "join", "head"})


def is_figurative(noun: Token, lexicon: EventLexicon) -> bool:
    """Whether a noun is only called an event: a war of words, a heart attack, an e-mail address."""
    lemma = noun.lemma_.lower()
    left = (c.lemma_.lower() for c in noun.lefts)
    after = (g.lemma_.lower() for c in noun.rights if c.dep_ == "prep" for g in c.children)
    # "in return for", "in response to": one preposition of two words
    bare = noun.dep_ in ("pobj", "dobj") and not any(True for _ in noun.lefts)
    before = (noun.head.lemma_.lower(),) if bare else ()  # "followed suit"
    pairs = (*(f"{word} {lemma}" for word in (*left, *before)), *(f"{lemma} {word}" for word in after))
    return _is_body(noun, lemma) or any(lexicon.is_group("figurative nouns", pair) for pair in pairs)


def _is_body(noun: Token, lemma: str) -> bool:
    """Whether a noun that also names a deed is one that owns, is bought or acts: "drafted by the opposition"."""
    if lemma not in _BODIES:
        return False
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    traded = noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in _TRADED
    aimed = any(c.dep_ == "prep" and c.lower_ in ("to", "with", "between", "of", "from") for c in noun.children)
    acts = noun.dep_ == "poss" or (noun.dep_ == "pobj" and noun.head.dep_ == "agent") or noun.dep_ == "nsubj"
    return traded or (acts and not aimed)


def protection_noun(noun: Token) -> bool:
    """Whether “protection” is that of an insolvent company from its creditors: “Chapter 11 protection”."""
    if noun.lemma_.lower() != "protection":
        return False
    left = {t.lower_ for t in noun.lefts} | {g.lower_ for t in noun.lefts for g in t.children}
    return bool(left & {"chapter", "11", "bankruptcy", "creditor", "creditors", "insolvency"})


def _fits(verb: Token, sense: Sense, lexicon: EventLexicon) -> bool:
    """Whether all that a sense asks for stands beside the verb."""
    children = list(verb.children)
    objects = [c for c in children if c.dep_ in ("dobj", "nsubjpass")]
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in children)
    if sense.objects and not any(_heads(c) & sense.objects for c in objects):
        return False
    if sense.subjects and not any(_heads(_borne(c)) & sense.subjects for c in children if c.dep_ == "nsubj"):
        return False
    if sense.complements and not any(_heads(c) & sense.complements for c in _complements(verb)):
        return False
    for word, wanted in sense.after:
        inner = (g for c in children if c.lower_ == word and c.dep_ in ("prep", "dative") for g in c.children)
        if not any(_heads(g) & wanted for g in inner):
            return False
    linked = any(c.lower_ == sense.passive_with and c.dep_ in ("prep", "agent") for c in children)
    if sense.passive_with and not (passive and linked):
        return False
    beside = (c for c in children if c.dep_ in ("prep", "prt", "advmod"))
    if sense.with_ and not any(c.lower_ == sense.with_ for c in beside):
        return False
    if sense.office:
        held = (g for c in children if c.lower_ == "as" and c.dep_ == "prep" for g in c.children)
        return bool(objects) and any(lexicon.is_group("role nouns", g.lemma_.lower()) for g in held)
    return not sense.person or any(_person(c, lexicon) for c in objects)


def _borne(subject: Token) -> Token:
    """The noun that "that" or "which" stands for: "a train that derailed"."""
    verb = subject.head
    return (
        verb.head if verb.dep_ == "relcl" and (subject.tag_ in ("WDT", "WP") or subject.lower_ == "that") else subject
    )


def _complements(verb: Token) -> list[Token]:
    """What is said to become of somebody: "found guilty", "left two men dead", where the parse may make it a clause.

    Not what is denied: "found not guilty".
    """
    own = [c for c in verb.children if c.dep_ in ("oprd", "attr", "acomp", "ccomp", "xcomp", "advcl", "advmod", "dobj")]
    after = [g for c in verb.children if c.dep_ in ("dobj", "nsubjpass") for g in c.rights if g.dep_ in ("amod", "acl")]
    return [c for c in (*own, *after) if c.i > verb.i and not any(g.dep_ == "neg" for g in c.children)]


def _heads(noun: Token) -> frozenset[str]:
    """Lemmas of a noun and of what is coordinated with it."""
    return frozenset({noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children if c.dep_ == "conj")})


def _person(noun: Token, lexicon: EventLexicon) -> bool:
    return noun.ent_type_ == "PERSON" or lexicon.is_group("role nouns", noun.lemma_.lower())


def is_office(noun: Token, lexicon: EventLexicon) -> bool:
    """Whether "post" is a job or a place, as in "resigned from his post as minister", and not a message."""
    if noun.lemma_.lower() != "post":
        return False
    if any(c.lower_ == "as" for c in noun.children) or _words(noun.children, "compound") & _POSTED:
        return True
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ in _OFFICE:
        head = head.head
        return lexicon.is_group("job verbs", head.lemma_.lower()) and head.pos_ == "VERB"
    particle = next((c.lower_ for c in head.children if c.dep_ == "prt"), "")
    verb = f"{head.lemma_.lower()}_{particle}" if particle else head.lemma_.lower()
    return noun.dep_ == "dobj" and lexicon.is_group("job verbs", verb)


def _words(children: Iterable[Token], relation: str) -> frozenset[str]:
    return frozenset(c.lemma_.lower() for c in children if c.dep_ == relation)
