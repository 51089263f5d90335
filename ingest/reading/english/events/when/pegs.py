"""“The move comes a day after …”: the sentence that newswire ties a report to what happened before it with."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.triggers import Trigger

_PEGS = frozenset({"after", "as", "amid", "before", "following", "despite", "ahead"})
_ERAS = frozenset({"rule", "reign", "dictatorship", "presidency", "tenure", "term", "regime", "war", "occupation",
                   "year", "decade", "era", "career", "life", "premiership", "leadership", "conflict"})  # fmt: skip


def is_peg(trigger: Trigger) -> bool:
    """“The move comes a day after ...”, “as ...”, “amid ...”: what comes so is the news itself (a newswire formula)."""
    return trigger.nominal and trigger.token.dep_ == "nsubj" and _pegs(trigger.token.head)


def days_before_news(trigger: Trigger) -> int | None:
    """For "the move comes two days after Sweden closed ...": how many days before the news that was; else None."""
    verb = trigger.verb
    # The parser hangs such a clause in many places; the first finite verb behind "after" is its own.
    come = next((t for t in verb.sent if t.i < verb.i and _pegs(t)), None)
    if come is None or trigger.nominal or verb.tag_ not in ("VBD", "VBN") or verb.dep_ == "conj":
        return None
    words = [t for t in verb.doc[come.i + 1 : verb.i] if t.lower_ not in ("just", "only")]
    counted = [t.lower_ for t in words[:3]]
    others = any(t.tag_ in ("VBD", "VBZ", "VBP") and t.dep_ not in ("relcl", "aux", "auxpass") for t in words[3:])
    if others or counted[1:] not in (["day", "after"], ["days", "after"]):
        return None
    return {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}.get(counted[0])


def _pegs(verb: Token) -> bool:
    comes = verb.lemma_.lower() == "come" and verb.tag_ in ("VBZ", "VBP")
    return comes and any(t.lower_ in _PEGS for t in verb.doc[verb.i + 1 : verb.i + 5])


def in_an_era(verb: Token) -> bool:
    """“Some 3,000 died during his 17-year rule”: what is of a long time is no news of a day."""
    links = (p for p in verb.children if p.dep_ == "prep" and p.lower_ in ("during", "throughout", "under"))
    return any(c.lemma_.lower() in _ERAS for p in links for c in p.children if c.dep_ == "pobj")
