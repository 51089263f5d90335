"""What a verb is called with its particle: "step down"."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.wording import is_time


def particle_of(verb: Token) -> Token | None:
    """The particle of a phrasal verb ("step down"), if any; an adverb right after it where the lexicon has the pair."""
    for child in verb.children:
        close = child.i == verb.i + 1 and child.pos_ in ("ADV", "ADP") and child.dep_ in ("advmod", "prep")
        close = close and not any(is_time(g) for g in child.children)  # "were fired on"; but "was fired on Monday"
        cut = child.lower_ == "short" and verb.lemma_ == "cut" and child.i == verb.i + 1
        if child.dep_ == "prt" or cut or (close and f"{verb.lemma_.lower()}_{child.lower_}" in event_lexicon().verbs):
            return child
    return None


def verb_lemma(verb: Token) -> str:
    """Lemma with its particle: "step_down"."""
    particle = particle_of(verb)
    lemma, lexicon = verb.lemma_.lower(), event_lexicon()
    if lemma not in lexicon.verbs:
        lemma = lexicon.past_forms.get(verb.lower_, lemma)  # the model's lemma of "fined" is "fin"
    return f"{lemma}_{particle.lower_}" if particle is not None else lemma
