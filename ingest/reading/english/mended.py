"""What the small parser takes wrongly although the grammar of the sentence leaves one reading: put right at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.reading.lexicon import load

MENDED = "mended"
"""Name of the step of the pipeline, right behind the parser."""

_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis"})
_QUAKES = frozenset({"earthquake", "quake", "tremor", "aftershock", "temblor"})
_PEOPLES = ("an", "ish", "ese", "i", "ch")  # the ends of what is said of a people: "Ukrainian", "Israeli"
_AUXILIARIES = frozenset({"is", "has", "does", "'s", "’s"})
_DOING = frozenset({"dobj", "aux", "auxpass", "nsubjpass", "ccomp", "xcomp", "agent"})
_STOPS = frozenset(".!?")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

_Heads = dict[Token, Token]


@Language.component(MENDED)
def mend(doc: Doc) -> Doc:
    """The parse with its tags and arcs put right. Arguments: a parse, which is changed."""
    heads: _Heads = {}
    for token in doc:
        if token.tag_ != "VBN":
            _mend_word(token, heads)
    _hang(doc, heads)
    heads = {}
    for token in doc:
        if token.tag_ == "VBN":
            _mend_participle(token, heads)
    return _hang(doc, heads)


def _hang(doc: Doc, heads: Mapping[Token, Token]) -> Doc:
    """Hang words elsewhere, all at once: changing the head of a single one goes through the whole text."""
    if not heads:
        return doc
    arcs: Any = doc.to_array(["HEAD", "DEP"]).astype("int64")
    for word, above in heads.items():
        arcs[word.i, 0] = above.i - word.i
    return doc.from_array(["HEAD", "DEP"], arcs.astype("uint64"))


def _mend_word(token: Token, heads: _Heads) -> None:
    if token.lower_ == "magnitude" and any(c.dep_ == "appos" and c.lower_ in _QUAKES for c in token.children):
        _lead_to_quake(token, heads)
    elif token.dep_ == "prt" and token.lower_ == "off" and any(c.ent_type_ == "GPE" for c in token.children):
        token.dep_, token.pos_ = "prep", "ADP"  # "struck off Japan"
    elif token.dep_ == "ccomp" and token.i < token.head.i and _parted(token, token.head):
        token.dep_ = "parataxis"  # "X fired rockets; Y shelled Z in reply": two sentences
    elif token.dep_ == "dobj" and token.pos_ == "NOUN" and token.i and token.nbor(-1) == token.head:
        _mend_pair(token, heads)
    elif token.dep_ == "aux" and token.tag_ == "VBZ" and token.head.pos_ == "NOUN" and token.lower_ not in _AUXILIARIES:
        _free_verb(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "ROOT":
        _mend_headline(token)
    elif token.tag_ == "VBG":
        _mend_gerund(token, heads)


def _free_verb(verb: Token, heads: _Heads) -> None:
    """Let "Hamas launches surprise attack" launch, where the parser has a noun that an auxiliary makes a verb."""
    noun = verb.head
    heads[verb] = verb if noun.dep_ == "ROOT" else noun.head
    verb.dep_, verb.pos_, verb.lemma_ = noun.dep_, "VERB", _base(verb.lower_)
    heads.update(dict.fromkeys((c for c in noun.children if c.i < verb.i), verb))
    following = next((c for c in noun.children if c.i == noun.i + 1 and c.dep_ == "dobj"), None)
    heads[noun], noun.dep_ = (following, "compound") if following is not None else (verb, "dobj")
    if following is not None:
        heads[following] = verb
        heads.update(dict.fromkeys((c for c in noun.children if c.i > following.i), following))


def _base(present: str) -> str:
    """The base of a verb's third person: "launches", "carries", "makes"."""
    if present.endswith("ies"):
        return f"{present[:-3]}y"
    return present[:-2] if present.endswith(("ches", "shes", "sses", "xes", "zzes")) else present[:-1]


def _mend_pair(noun: Token, heads: _Heads) -> None:
    """Let "launches surprise attack" launch an attack, where the parser has it attack a surprise."""
    before = noun.head
    if before.pos_ == "NOUN" and before.dep_ in ("dobj", "pobj", "nsubj") and before.head.i < before.i:
        heads[noun], heads[before] = before.head, noun
        noun.dep_, before.dep_ = before.dep_, "compound"


def _mend_headline(verb: Token) -> None:
    """Let "Airliner shot down over Ukraine" be shot down: a headline tells what somebody did in the present."""
    labels = {c.dep_ for c in verb.children}
    whole = any(t.text in _STOPS for t in verb.sent[-2:])
    if whole or verb.lower_ not in _undergone() or "nsubj" not in labels or labels & _DOING:
        return
    verb.tag_ = "VBN"
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        subject.dep_ = "nsubjpass"


@cache
def _undergone() -> frozenset[str]:
    return frozenset(load("parse")["undergone"])


def _parted(verb: Token, above: Token) -> bool:
    return any(t.text == ";" for t in verb.doc[verb.i + 1 : above.i])


def _mend_gerund(word: Token, heads: _Heads) -> None:
    """Let "blamed Ukrainian shelling" blame a shelling, and who "are missing" be so: they miss nothing."""
    before = word.nbor(-1) if word.i else word
    labels = {c.dep_ for c in word.children}
    people = before.ent_type_ in ("NORP", "GPE") and before.text.endswith(_PEOPLES)
    beside = before.head.i == word.head.i and before.dep_ in ("dobj", "pobj")
    hung = word.dep_ in ("advcl", "acl", "xcomp", "ccomp", "pcomp") and "dobj" not in labels
    if people and beside and hung:
        word.tag_, word.pos_, word.dep_ = "NN", "NOUN", before.dep_
        before.dep_ = "amod"
        heads[before] = word
    elif word.lower_ == "missing" and "aux" in labels and "dobj" not in labels:
        word.tag_, word.pos_ = "JJ", "ADJ"


def _lead_to_quake(measure: Token, heads: _Heads) -> None:
    """Let "a magnitude 8.9 earthquake" be an earthquake, where the parser has a magnitude that is one."""
    quake = next(c for c in measure.children if c.dep_ == "appos")
    number = next((c for c in quake.children if c.dep_ == "nummod" and c.i == measure.i + 1), None)
    heads[quake] = measure.head if measure.head.i != measure.i else quake
    quake.dep_ = measure.dep_
    heads[measure] = quake
    measure.dep_ = "compound"
    if number is not None:
        heads[number] = measure


def _mend_participle(verb: Token, heads: _Heads) -> None:
    labels = {c.dep_ for c in verb.children}
    if labels & {"aux", "auxpass", "nsubjpass"}:
        return
    if verb.dep_ in _CLAUSES and {"nsubj", "dobj"} <= labels:
        verb.tag_ = "VBD"  # it has a subject, an object and no auxiliary
    elif verb.dep_ == "ROOT" and "nsubj" in labels and (main := _verb_behind(verb)) is not None:
        _set_aside(verb, main, heads)
    elif verb.dep_ == "acl" and (("dobj" in labels and _lacks_verb(verb)) or _goes_on(verb)):
        _make_main(verb, heads)


def _verb_behind(verb: Token) -> Token | None:
    """The main verb of "X, ousted in 2006, denied it", which the parser joins to the participle without an "and"."""
    aside = verb.i > 0 and verb.nbor(-1).text == "," and not any(c.dep_ in ("cc", "dobj") for c in verb.children)
    joined = (c for c in verb.children if c.dep_ == "conj" and c.tag_ in ("VBD", "VBZ", "VBP") and c.i > verb.i)
    main = next(joined, None) if aside else None
    own = main is not None and any(c.dep_ in _SUBJECTS for c in main.children)
    return None if own else main


def _set_aside(participle: Token, main: Token, heads: _Heads) -> None:
    """Make the participle say more of the subject, and the verb behind it the main one."""
    subject = next(c for c in participle.children if c.dep_ == "nsubj")
    heads.update(dict.fromkeys((c for c in participle.children if c.i > main.i), main))
    heads[main], heads[subject], heads[participle] = main, main, subject
    main.dep_, participle.dep_ = "ROOT", "acl"


def _lacks_verb(participle: Token) -> bool:
    """Whether a whole sentence would have no verb: "A gunman firing from a hotel | killed 58 people"."""
    sentence = participle.sent
    root, words = sentence.root, [t for t in sentence[-3:] if not t.is_space]
    bare = root.pos_ == "NOUN" and root.dep_ == "ROOT" and root.i < participle.i  # and no verb was made of it yet
    whole = bool(words) and words[-1].text == "." and bare
    return whole and participle.nbor(-1).text != "," and participle.head.i != root.i


def _goes_on(participle: Token) -> bool:
    """Whether what the parser takes for a participle goes on in the past: "A fire swept through X and destroyed it"."""
    root, words = participle.sent.root, [t for t in participle.sent[-3:] if not t.is_space]
    whole = bool(words) and words[-1].text == "." and root.pos_ == "NOUN" and participle.head.i == root.i
    further = (c for c in participle.children if c.dep_ == "conj" and c.tag_ == "VBD")
    return whole and participle.nbor(-1).text != "," and any(any(g.dep_ == "dobj" for g in c.children) for c in further)


def _make_main(verb: Token, heads: _Heads) -> None:
    """Make a participle the verb of its sentence, and the noun that led it the subject."""
    root = verb.sent.root
    heads.update(dict.fromkeys((c for c in root.children if c.i > verb.i), verb))
    heads[verb], heads[root] = verb, verb
    verb.dep_, verb.tag_, root.dep_ = "ROOT", "VBD", "nsubj"
