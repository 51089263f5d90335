"""Which words name the same happening: a verb and its noun ("explode", "explosion"), and the parts of its course."""

from __future__ import annotations

import re
from functools import cache

from ingest.reading.english.events.finding.lexicon import EventClass, event_lexicon

# Derivation of nouns from verbs, longest ending first (Quirk et al. 1985, appendix I.43-48; the Latin alternations
# of Marchand 1969, 4.65): "invasion" and "invade" both leave "inva".
_ENDINGS = (
    ("ification", "ify"), ("isation", "ise"), ("ization", "ise"), ("ptism", "ptise"), ("cription", "cribe"),
    ("duction", "duce"), ("ception", "ceive"), ("mission", "mit"),
    ("sumption", "sume"), ("vention", "vene"), ("pulsion", "pel"), ("lution", "lve"), ("cession", "cede"),
    ("ession", "ess"), ("ussion", "uss"), ("ision", "ide"), ("asion", "ade"), ("osion", "ode"), ("usion", "ude"),
    ("ension", "end"), ("ersion", "ert"), ("ction", "ct"), ("ption", "pt"), ("ition", ""), ("ation", ""),
    ("ution", "ute"), ("etion", "ete"), ("stion", "st"), ("ment", ""), ("ance", ""), ("ence", ""), ("ings", ""),
    ("ing", ""), ("ure", ""), ("age", ""), ("ery", ""), ("al", ""),
)  # fmt: skip
_SHORTEST = 4
_VERB_ENDING = re.compile(r"(?:i[sz]e|ate|ish|ify|ie|e|i|y)$")


@cache
def family(lemma: str, noun: bool) -> str:
    """A name that a verb and the nouns made from it share.

    Arguments: lemma, in lower case; noun, whether the word stands as a noun. The reviewed lexicon of events decides
    where it lists the word; else the derivational endings are taken off.
    """
    lexicon = event_lexicon()
    listed = lexicon.nouns.get(lemma) or lexicon.nouns.get(f"{lemma}s") if noun else lexicon.verbs.get(lemma)
    if listed is not None and (not noun or listed in _told_by_verbs()):
        return listed.lemma
    return _stem(_base_verb(lemma) if noun else lemma)


@cache
def _told_by_verbs() -> frozenset[EventClass]:
    return frozenset(event_lexicon().verbs.values())


def _base_verb(noun: str) -> str:
    for ending, verb in _ENDINGS:
        if noun.endswith(ending) and len(noun) - len(ending) + len(verb) >= _SHORTEST:
            return noun[: -len(ending)] + verb
    return noun


def _stem(verb: str) -> str:
    stem = _VERB_ENDING.sub("", verb)
    stem = stem if len(stem) >= _SHORTEST - 1 else verb
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] == stem[-2] else stem
