"""The forms of a verb that titles need: its base, its participles."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import event_lexicon

_VOWELS = re.compile(r"[aeiouy]+")
_SHORT = re.compile(r"(?:^|[^aeiou])[aeiouy][^aeiouwxy]$")  # one vowel and one consonant: "hop", not "load" or "land"
# Verbs of several syllables with the stress on the last, which double their consonant as short ones do.
_STRESSED = frozenset(
    {
        "abet", "acquit", "admit", "allot", "begin", "commit", "compel", "concur", "control", "defer", "deter", "emit",
        "equip", "excel", "expel", "forget", "impel", "incur", "infer", "kidnap", "occur", "offset", "omit", "patrol",
        "permit", "prefer", "propel", "rebel", "rebut", "recur", "refer", "regret", "repel", "reset", "submit",
        "transfer", "transmit", "unplug", "upset"
    }
)  # fmt: skip

# Those of the verbs of violence and force that are not formed with -ed.
_PARTICIPLES = {
    "beat": "beaten", "blow": "blown", "break": "broken", "burn": "burned", "catch": "caught", "cut": "cut",
    "drive": "driven",
    "fight": "fought", "hang": "hanged", "hit": "hit", "hold": "held", "hurt": "hurt", "lay": "laid",
    "overrun": "overrun",
    "retake": "retaken", "set": "set", "shake": "shaken", "shoot": "shot", "sink": "sunk", "strike": "struck",
    "take": "taken", "tear": "torn", "throw": "thrown"
}  # fmt: skip


def base_form(verb: Token) -> str:
    """The base of a verb: "rate" of "rated".

    The lemmatiser's, mended where the spelling speaks against it: a short stem doubles its consonant before an ending
    ("hopped", "hopping"), so that "hoped" and "hoping" are of "hope". Arguments: the verb in any of its forms.
    """
    form, lemma = verb.lower_, verb.lemma_.lower()
    listed = event_lexicon()
    if form in listed.past_forms and lemma not in listed.verbs:
        return listed.past_forms[form]
    for ending in ("ed", "ing"):
        if form == lemma + ending and _is_short(lemma):
            return lemma + "e"
    return lemma


def gerund(base: str) -> str:
    """The participle in -ing of a verb: "seizing", "hitting", "beginning", "dying"."""
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if base in _STRESSED or _is_short(base) else f"{base}ing"


def participle(base: str) -> str:
    """The past participle of a verb: "seized", "shelled", "carried", "shot"."""
    if base in _PARTICIPLES:
        return _PARTICIPLES[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _STRESSED or _is_short(base) else f"{base}ed"


def _is_short(stem: str) -> bool:
    """Whether a stem has one syllable, which ends in one vowel and one consonant."""
    return len(_VOWELS.findall(stem)) == 1 and _SHORT.search(stem) is not None
