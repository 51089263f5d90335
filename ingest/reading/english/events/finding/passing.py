"""Find the words that tell an event only in passing: everyday verbs, adjectives of outcome, nouns that modify others.

They say no event that a timeline would list, but they are how an article refers to one that others report: "the murder
trial", "was presumed dead", "after the heist". A noun that no list has is taken for a happening by what it does in the
sentence: it begins or occurs, something is done during it, it is committed or survived.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.entities.evidence import unheard
from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.lexicon import EventClass, EventLexicon, event_lexicon
from ingest.reading.english.events.finding.senses import gives_sense, is_figurative, is_naming, is_office, no_deed
from ingest.reading.english.events.finding.triggers import Trigger, compound_class, is_imperative
from ingest.reading.english.events.finding.verbs import verb_lemma

_SLIGHT, _UNLISTED, _DEED = 0.1, 0.2, 0.5
_ARGUMENTS = frozenset({"nsubjpass", "dobj", "prep", "prt", "ccomp", "xcomp", "agent", "oprd", "acomp"})
_STATED = frozenset({"acomp", "oprd", "ccomp", "advmod", "xcomp", "conj", "ROOT"})
_FELLED = frozenset({"shoot", "gun", "stab", "strike", "cut", "beat"})
_PERSON_ENDINGS = ("er", "or", "ist", "man", "men", "ian")
_NO_NOUN = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})


def find_passing(annotated: Annotated, triggers: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """The words that tell an event in passing, in reading order.

    Arguments: the parse; the event words found before, which these add to.
    """
    taken = {t.token.i for t in triggers} | {t.governor.i for t in triggers if t.governor is not None}
    lexicon = event_lexicon()
    taken |= {t.token.i - 1 for t in triggers if t.nominal and compound_class(t.token, lexicon) is not None}
    shown = frozenset(
        t.lemma_.lower() for s in annotated.passages for t in s if t.i not in taken and _happens(t, lexicon)
    )
    found: list[Trigger] = []
    for number, sentence in enumerate(annotated.passages):
        title_case = is_heading(sentence)
        told = ((t, _told_by(t, title_case, shown, lexicon)) for t in sentence if t.i not in taken)
        found += [Trigger(t, event, number, governor=_bearing_verb(t)) for t, event in told if event is not None]
    return tuple(found)


def _told_by(token: Token, title_case: bool, shown: frozenset[str], lexicon: EventLexicon) -> EventClass | None:
    if token.pos_ == "VERB":
        return _verb(token, lexicon)
    if token.pos_ == "ADJ":
        return _adjective(token, lexicon)
    if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and title_case):
        return _noun(token, shown, lexicon)
    return None


def _verb(verb: Token, lexicon: EventLexicon) -> EventClass | None:
    """An everyday verb with something beside it, or a participle of a listed deed before its noun: "stolen cars"."""
    if verb.dep_ in ("amod", "compound", "nmod"):
        listed = lexicon.verbs.get(verb_lemma(verb)) if verb.tag_ == "VBN" else None
        return listed if listed is not None and listed.weight >= _DEED and not listed.statement else None
    if verb.dep_ in ("aux", "auxpass", "prep") or is_imperative(verb) or is_naming(verb) or no_deed(verb, lexicon):
        return None
    lemma = verb.lemma_.lower()
    if not lexicon.is_group("everyday", lemma) or not any(c.dep_ in _ARGUMENTS for c in verb.children):
        return None
    return EventClass(verb_lemma(verb).replace("_", " "), "OTHER", _SLIGHT)


def _adjective(word: Token, lexicon: EventLexicon) -> EventClass | None:
    """“Was presumed dead”, “two men injured”; before a noun only where it tells of somebody: "the injured man"."""
    listed = lexicon.adjectives.get(word.lower_)
    if listed is None or any(c.dep_ == "neg" for c in word.children):
        return None
    if word.lower_ == "dead" and word.head.lemma_.lower() in _FELLED:
        return None  # "was shot dead": one deed, which the verb tells
    of_somebody = word.dep_ == "amod" and word.head.pos_ in ("NOUN", "PROPN")
    of_somebody = of_somebody and not any(c.dep_ == "advmod" for c in word.children)
    stated = word.dep_ in _STATED and (word.head.pos_ in ("VERB", "AUX") or word.dep_ in ("conj", "ROOT"))
    return listed if of_somebody or stated else None


def _noun(noun: Token, shown: frozenset[str], lexicon: EventLexicon) -> EventClass | None:
    lemma = noun.lemma_.lower()
    listed = lexicon.passing.get(lemma) or lexicon.nouns.get(lemma)
    if is_figurative(noun, lexicon) or is_office(noun, lexicon) or noun.ent_type_ in ("PERSON", "ORG", "GPE"):
        return None
    if noun.dep_ in ("dobj", "nsubjpass") and gives_sense(noun, lexicon):
        return None  # "shots were fired", "opened fire": the verb tells with it what it would tell again
    if listed is None:
        free = noun.dep_ not in _NO_NOUN and lemma in shown and not noun.ent_type_
        return EventClass(lemma, "OTHER", _UNLISTED) if free else None
    if noun.dep_ not in _NO_NOUN or noun.head.pos_ not in ("NOUN", "PROPN"):
        return listed if lemma in lexicon.passing else None
    if lemma == "suicide":
        return None  # "suicide bombers"
    weighty = listed.weight >= _DEED and not listed.statement
    return listed if weighty and not _body(noun.head, lexicon) else None


def _body(noun: Token, lexicon: EventLexicon) -> bool:
    """Whether a noun is of somebody or something that only has to do with such events: "fire chief", "war museum"."""
    lemma = noun.lemma_.lower()
    return lexicon.is_group("role nouns", lemma) or lexicon.is_group("bodies", lemma)


def _happens(noun: Token, lexicon: EventLexicon) -> bool:
    """Whether a noun that no list has does in its sentence what only happenings do."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or noun.ent_type_ or not noun.is_alpha or len(lemma) < 4 or lemma in lexicon.nouns:
        return False
    if lexicon.is_group("role nouns", lemma) or lexicon.is_group("no happenings", lemma):
        return False
    if noun.is_title and unheard(noun.text):
        return False  # a name at the start of a sentence, which the tagger takes for a word
    if lemma.endswith(_PERSON_ENDINGS) or lexicon.is_group("bodies", lemma):
        return False
    return any(_as_happening(noun, lexicon))


def _as_happening(noun: Token, lexicon: EventLexicon) -> Iterator[bool]:
    head = noun.head
    verb = verb_lemma(head) if head.pos_ == "VERB" else ""
    yield noun.dep_ == "nsubj" and lexicon.is_group("occur", verb)
    yield noun.dep_ == "nsubjpass" and lexicon.is_group("stage", verb)
    yield noun.dep_ == "dobj" and lexicon.is_group("commit", verb)
    if noun.dep_ == "pobj":
        yield lexicon.is_group("meanwhile", head.lower_)
        yield head.lower_ == "of" and lexicon.is_group("part of happening", head.head.lemma_.lower())


def _bearing_verb(word: Token) -> Token | None:
    """The verb that carries an adjective's tense: "was found | dead"."""
    return word.head if word.pos_ == "ADJ" and word.dep_ != "amod" and word.head.pos_ in ("VERB", "AUX") else None
