"""What governs a gerund or an infinitive and says that it did not come about, or need not: “avoid”, “weigh”.

Source of the classes: Karttunen 1971, “Implicative verbs” (sections 6-8); Quirk et al. 1985, sections 16.38-16.42.
"""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import EventLexicon
from ingest.reading.english.events.finding.verbs import verb_lemma
from ingest.reading.english.events.frames import listed
from ingest.reading.english.events.wording import is_nobody

_WARNED = frozenset({"warn", "warning", "threaten", "threat", "talk", "dream", "speak", "idea", "plan"})


def undone_by(verb: Token) -> bool:
    """Whether a verb's complement does not come about when the verb does: "avoid", "refuse", "rule out"."""
    return verb.pos_ == "VERB" and listed("not doing", verb_lemma(verb))


def kept_from(preposition: Token) -> Token | None:
    """The verb of “prevented them from leaving”, wherever the parse hangs “from”."""
    noun = preposition.head
    held = (noun.head,) if noun.dep_ in ("dobj", "nsubjpass", "appos", "pobj") else ()
    return next((v for v in (noun, *held) if listed("hindering", v.lemma_.lower()) or undone_by(v)), None)


def open_question(verb: Token) -> bool:
    """Whether a verb leaves open if what it says is true: "nobody says that", "doubts that", "it is doubtful that".

    "Did not know that" and "did not mention that" leave nothing open (factives: Kiparsky & Kiparsky 1970).
    """
    lemma = verb_lemma(verb)
    if listed("doubting", lemma):
        return not any(c.dep_ == "neg" for c in verb.children)
    denied = any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
    said = (
        [c for c in verb.children if c.dep_ in ("acomp", "attr")] if lemma in ("be", "seem", "remain", "appear") else []
    )
    if any(listed("doubtful", c.lower_) for c in said) or (denied and any(listed("sure", c.lower_) for c in said)):
        return True
    if not listed("asserting", lemma):
        return False
    nobody = any(c.dep_ == "nsubj" and is_nobody(c) for c in verb.children)
    little = verb.dep_ in ("xcomp", "acl", "relcl") and any(
        t.lower_ in ("little", "nothing", "none") for t in (verb.head, *verb.head.children)
    )
    return (denied and lemma != "show") or nobody or little  # what footage does not show was not so


def weighed(verb: Token) -> bool:
    """Whether a verb only turns over what its gerund tells: "consider", "suggest", "oppose", "risk"."""
    return verb.pos_ in ("VERB", "AUX") and listed("weighing", verb_lemma(verb))


def not_done(preposition: Token) -> bool:
    """“Without signing”, “far from signing”, “stopped short of signing”, “came close to signing”."""
    if any(listed("instead", t.lower_) for t in (preposition, *preposition.lefts)) or preposition.head.lower_ == "far":
        return True
    above = preposition.head
    within = above.dep_ == "pobj" and above.head.lower_ == "within"  # "came within hours of taking it"
    return preposition.lower_ in ("of", "to") and (within or listed("close to", above.lower_))


def warned_of(word: Token) -> bool:
    """“Warned of bombing the port”, “warned of an invasion”: what somebody is warned of lies ahead."""
    return word.head.lower_ in ("of", "against", "about", "with") and word.head.head.lemma_.lower() in _WARNED


def talked_over(gerund: Token) -> bool:
    """“Split over banning”, “talked about joining”, “called for banning”: debated or asked for, not done."""
    preposition, above = gerund.head, gerund.head.head.lemma_.lower()
    if preposition.lower_ in ("about", "on", "over", "against", "towards", "toward"):
        return listed("debating", above)
    return preposition.lower_ == "for" and (listed("asked for", above) or listed("calling", above))


def only_imagined(noun: Token, lexicon: EventLexicon) -> bool:
    """“The possibility of reaching a deal”; but the reason for a deed and the claim of one are told of what was."""
    lemma = noun.lemma_.lower()
    if listed("costs", lemma):
        return True
    return noun.pos_ == "NOUN" and lexicon.is_group("irreal nouns", lemma) and lemma not in ("reason", "claim")


def rumoured(noun: Token) -> bool:
    """“Speculation about the resignation”, “in case of an earthquake”: what is only thought of, however definite."""
    above = noun.head.head
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("of", "about", "on", "for")
        and listed("talk", above.lemma_.lower())
    )


def not_yet(verb: Token, above: Token) -> bool:
    """“Has yet to sign”."""
    return above.lemma_ in ("have", "be") and any(c.lower_ == "yet" and c.i < verb.i for c in above.children)
