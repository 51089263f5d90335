"""What a time beside an event is of, where it does not date it: a measure, a record's reach, a thing's name."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Span, Token

from ingest.reading.english.entities.known.gazetteer import words
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.findings import TimeFinding
from kb.edtf import Edtf

_TOLD_OF = frozenset({"event", "happening", "lesson", "mistake", "legacy", "story", "memory"})
_THINGS = frozenset({"dobj", "nsubj", "nsubjpass", "attr"})
_BESIDE = frozenset({"from", "near", "to", "into", "with", "about", "against", "outside", "inside", "through"})
_FINDINGS = frozenset({"study", "report", "survey", "poll", "paper", "inquiry", "investigation", "review", "audit"})
_NAMING = 2  # words of a time that says which thing is meant


def compared(token: Token) -> bool:
    """A record's reach dates nothing: "the first loss since 1992", "fell to its lowest since the war"."""
    for node in (token, *token.ancestors):
        words = [c for c in node.children if c.dep_ == "amod"]
        if any(c.tag_ in ("JJS", "RBS") or c.lower_ in ("first", "last", "second", "third", "only") for c in words):
            return True
        if any(
            g.tag_ in ("JJS", "RBS") or g.lower_ == "first"
            for c in node.children
            if c.dep_ in ("dobj", "attr", "acomp", "appos") or c.lower_ == "to"
            for g in (c, *c.children)
        ):
            return True
        # "the first ambassador to be killed since 1979"
        further = node.dep_ in ("relcl", "acl") and any(c.tag_ == "TO" for c in node.children)
        if node.pos_ in ("VERB", "AUX") and not further:
            return False
    return False


def is_reach(time: TimeFinding, token: Token) -> bool:
    """Whether a time is only the reach of a comparison: "the worst since 1992", "the largest in recent years"."""
    return (str(time.edtf).endswith("/..") or time.value == "PAST_REF") and compared(token)


def says_which(span: Span, told: Container[int]) -> bool:
    """“Blamed weak October trading”, “cut its 2019 forecast”: the time only says which thing is meant.

    A whole date before a noun is the heading of an entry: “12 Jul 2022 Ships pass”.

    Arguments: the time; told, the tokens that events are told by.
    """
    time, noun = span.root, span.root.head
    if sum(t.text not in "-–" for t in span) > _NAMING:
        return False
    before = time.dep_ in ("compound", "nmod", "amod", "nummod") and time.i < noun.i and noun.pos_ == "NOUN"
    happens = noun.lemma_.lower() in event_lexicon().nouns  # "lost the 2000 election"
    if noun.dep_ == "nsubj" and noun.lemma_.lower() in _FINDINGS and noun.head.lemma_ in ("find", "show", "say"):
        return False  # "a 2019 study found"
    # "cleared mines from a 12th-century temple", "was shown the 2015 report": but "in the 2015 season" is when
    placed = noun.dep_ == "appos" or (noun.dep_ == "pobj" and noun.head.lower_ in _BESIDE)
    return before and (noun.dep_ in _THINGS or placed) and noun.i not in told and not happens


def is_edition(time: TimeFinding, span: Span, published: Edtf | None) -> bool:
    """Whether a year only ends a name in a report's present: "unveils truck at Expo 2015", told in 2015."""
    named = len(span) == 1 and span.root.dep_ == "nummod" and span.root.head.pos_ == "PROPN"
    present = clause_of(span.root).tag_ in ("VBZ", "VBP") and published is not None
    return named and present and span.start > span.root.head.i and str(published).startswith(str(time.edtf))


def of_office(time: Token) -> bool:
    """“By Ann Roe, his deputy since 2007”: the time is of what somebody is, not of what is done.

    “Named Ann Roe, head of the bank since 2007”, where the parse hangs it on the verb, whose past takes no "since".
    """
    since, verb = time.head, time.head.head
    if since.lower_ == "since" and verb.tag_ == "VBD" and not any(c.dep_ == "aux" for c in verb.children):
        beside = (t for t in since.doc[verb.i : since.i] if t.dep_ == "appos" and t.pos_ == "NOUN")
        return any(event_lexicon().is_group("role nouns", t.lemma_.lower()) for t in beside)
    for node in time.ancestors:
        if node.pos_ in ("VERB", "AUX"):
            return False
        lemma = node.lemma_.lower()
        office = lemma in words("nouns", "person") or event_lexicon().is_group("role nouns", lemma)
        if node.dep_ == "appos" and node.pos_ == "NOUN" and office:
            return True
    return False


def is_again(before: tuple[TimeFinding, Span], time: TimeFinding, span: Span) -> bool:
    """“By September 11, the 20th anniversary of …”: the day that stands right before it, in other words.

    Or once more: “elected in 2010 and again in 2015” dates nothing else.
    """
    one, stood = before
    between = [t.lower_ for t in span.doc[stood.end : span.start]]
    if between[:2] == ["and", "again"] and len(between) <= _NAMING + 1:
        return True
    beside = stood.end == span.start - 1 and span.doc[stood.end].text == ","
    return beside and one.edtf is not None and one.edtf == time.edtf


def is_measure(time: Token) -> bool:
    """Whether a time measures, compares or is only spoken of: "a profit for last year", "up from a year earlier".

    “Than in 2008”; “recalled the events of 1989” was not done in 1989.
    """
    prep = time.head if time.dep_ in ("pobj", "npadvmod", "advmod", "pcomp") else time
    if prep.lower_ == "for":
        return not event_lexicon().is_group("planned", prep.head.lemma_.lower())
    if prep.lower_ == "from":
        return any(t.lower_ in ("earlier", "ago", "before", "previous", "last") for t in time.subtree)
    if prep.lower_ == "of" and prep.head.dep_ == "dobj" and prep.head.lemma_.lower() in _TOLD_OF:
        return True
    words = {prep.lower_, prep.head.lower_, prep.head.head.lower_}
    return bool(words & {"than", "compared", "versus"})


def clause_of(token: Token) -> Token:
    """The verb (or root) of the clause that holds `token`."""
    while token.head.i != token.i and token.dep_ not in (
        "ccomp",
        "relcl",
        "advcl",
        "parataxis",
        "csubj",
        "acl",
        "xcomp",
    ):
        token = token.head
    return token


def before_or_since(time: Token, verb: Token) -> bool:
    """“Had been hunted since the attacks of 2001”: the time is of what the verb is before or since."""
    above = [a for a in time.ancestors if a == verb or verb.is_ancestor(a)]
    return any(a.lower_ in ("since", "until", "till", "before") and a.i != time.head.i for a in above)


def of_next(verb: Token, time: Token) -> bool:
    """“Was closed and will reopen on Wednesday”: the time behind a verb in another tense is that verb's."""
    own = next((a for a in time.ancestors if a.pos_ in ("VERB", "AUX")), time)
    ahead = any(c.dep_ == "aux" and c.tag_ == "MD" for c in own.children)
    return own.dep_ == "conj" and own.head == verb and ahead and not any(c.tag_ == "MD" for c in verb.children)
