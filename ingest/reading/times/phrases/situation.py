"""What a phrase's surroundings say about it: the tense of its clause and the words of its sentence."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Span, Token

Tense = Literal["past", "future", "present", ""]

_FUTURE_AUXILIARIES = frozenset(("will", "shall", "'ll", "’ll", "wo", "should", "may", "might", "must", "can"))
# Verbs and adjectives whose complement lies ahead of the moment they are said: "is expected to", "is due", "plans to".
# "Slat" is what the lemmatiser makes of "slated".
_FUTURE_HEADS = frozenset(
    ["expect", "schedule", "plan", "slate", "slat", "due", "intend", "aim", "set", "hope", "seek", "likely", "propose"]
)

# What the present tense puts ahead when a day is named: "the talks resume on Monday", "the deadline expires Sunday".
_SCHEDULED = frozenset(["expire", "end", "begin", "start", "open", "close", "resume", "run"])


def tokens_of(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that cover the characters start to end."""
    return doc.char_span(start, end, alignment_mode="expand")


def tense_at(doc: Doc, start: int, end: int) -> Tense:
    """The tense of the clause that the phrase modifies; "" when no verb is above it.

    Auxiliaries decide first (will, going to), then a verb that looks ahead (expect, schedule), then the verb's own tag.
    """
    span = tokens_of(doc, start, end)
    if span is None:
        return ""
    verb = _verb_above(span.root)
    if verb is None:
        return ""
    # "The attack on Feb. 3 had been planned": the day is the attack's, and the planning looks no further ahead.
    of_subject = any(t.dep_ in ("nsubj", "nsubjpass") for t in span.root.ancestors if t.head.i == verb.i)
    if of_subject and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children):
        return "past"
    return _tense_of(verb)


def told_as_earlier(doc: Doc, start: int, end: int) -> bool:
    """Whether the clause looks back from what was told before it: “he had fled in June”.

    The past perfect of “by June they had fled” looks back from June itself (Reichenbach 1947, section 51).
    """
    span = tokens_of(doc, start, end)
    before = token_before(span) if span is not None else None
    if span is None or before is None or before.lower_ not in ("in", "on", "from"):
        return False
    verb = _verb_above(span.root)
    return verb is not None and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)


def _verb_above(token: Token) -> Token | None:
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense_of(verb: Token) -> Tense:
    for _ in range(4):
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if any(c.lower_ in _FUTURE_AUXILIARIES for c in helpers):
            return "future"
        if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not helpers:
            return "future" if verb.lemma_ in _FUTURE_HEADS else "past"
        infinitive = any(c.lower_ == "to" for c in helpers)
        if infinitive and (verb.dep_ in ("relcl", "acl") or verb.head.lemma_ in _FUTURE_HEADS):
            return "future"
        if verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.lower_ != "had" for c in helpers):
            return "past" if verb.lemma_ not in _FUTURE_HEADS else "future"
        if verb.lemma_ in _FUTURE_HEADS or (
            verb.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in verb.children) and verb.lemma_ == "go"
        ):
            return "future"
        if any(c.lower_ in ("has", "have", "had") for c in helpers):
            return "past"
        if verb.tag_ in ("VBZ", "VBP"):
            return "future" if verb.lemma_ in _SCHEDULED else "present"
        if verb.head.i == verb.i:
            break
        above = _verb_above(verb.head)
        if above is None:
            break
        verb = above
    return "past" if verb.tag_ == "VBN" else ""


def token_before(span: Span) -> Token | None:
    """The word before a span, white space skipped; None at the start."""
    index = span.start - 1
    while index >= 0 and span.doc[index].is_space:
        index -= 1
    return span.doc[index] if index >= 0 else None


def token_after(span: Span) -> Token | None:
    """The word after a span, white space skipped; None at the end."""
    index = span.end
    while index < len(span.doc) and span.doc[index].is_space:
        index += 1
    return span.doc[index] if index < len(span.doc) else None
