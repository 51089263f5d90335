"""What the small parser takes wrongly although the grammar of the sentence leaves one reading: put right at once."""

from __future__ import annotations

import re
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
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                     "november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."})  # fmt: skip
_INNER = frozenset({"on", "in", "at", "of", "near", "against"})
_PASTS = frozenset({"VBD", "VBN", "VBG"})
_DOUBLED = re.compile(r"([bdgmnprt])\1e$")
_HELD_IN = frozenset({"custody", "prison", "jail", "detention", "captivity", "hospital", "office", "power"})

_Heads = dict[Token, Token]


@Language.component(MENDED)
def mend(doc: Doc) -> Doc:
    """The parse with its tags and arcs put right. Arguments: a parse, which is changed."""
    heads: _Heads = {}
    for token in doc:
        if token.tag_ in _PASTS and (doubled := _DOUBLED.search(token.lemma_)) is not None:
            token.lemma_ = token.lemma_[: doubled.end() - 2]  # "gutte", which the lemmatiser makes of "gutted"
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
    elif token.tag_ == "NNS" and token.dep_ == "ROOT" and _object_behind(token) is not None:
        _mend_plural(token, heads)
    elif token.dep_ == "dobj" and token.pos_ == "NOUN" and token.i and token.nbor(-1) == token.head:
        _mend_pair(token, heads)
    elif token.dep_ == "aux" and token.tag_ == "VBZ" and token.head.pos_ == "NOUN" and token.lower_ not in _AUXILIARIES:
        _free_verb(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "ROOT":
        _mend_headline(token)
        _mend_elected(token)
    elif token.tag_ == "VB" and token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.pos_ == "VERB":
        _mend_infinitive(token, heads)
    elif token.tag_ == "VB" and token.dep_ == "conj" and token.head.tag_ in ("VBG", "VBD", "VBZ", "VBN"):
        _join_infinitives(token, heads)
    elif token.dep_ == "nsubj" and token.pos_ == "PROPN" and (noun := _noun_of(token)) is not None:
        heads[noun] = token  # "the aviation authority | Rosaviatsia | said"
        noun.dep_ = "compound"
    elif token.dep_ == "relcl" and token.head.lower_ in _MONTHS and token.head.head.dep_ == "prep":
        _mend_relative(token, heads)
    elif token.lower_ in _DAYS and token.dep_ == "nsubj" and token.i <= token.sent.start + 1:
        _free_day(token, heads)
    elif token.dep_ == "compound" and token.tag_ == "NNS" and token.head.tag_ == "VBP":
        _make_subject(token)
    elif token.lower_ in _HELD_IN and token.dep_ in ("nmod", "compound") and token.head.i > token.i:
        _free_object(token, heads)
    elif token.dep_ == "relcl" and token.lemma_.lower() in _words("harming"):
        _lead_to_deed(token, heads)
    elif token.lower_ in _DAYS and token.dep_ == "npadvmod" and token.i < token.head.i:
        _keep_in_clause(token, heads)
    elif token.tag_ == "VBG" and token.dep_ == "pcomp" and token.lemma_.lower() in _words("changing"):
        _mend_change(token, heads)
    elif token.tag_ == "VBG":
        _mend_gerund(token, heads)
        _mend_harm(token, heads)
        _mend_speech(token, heads)


def _mend_change(verb: Token, heads: _Heads) -> None:
    """Let "amid intensifying clashes" be clashes that intensify, which nobody intensifies."""
    noun = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    if noun.dep_ == "dobj" and noun.head == verb and noun.tag_ == "NNS":
        heads[noun], heads[verb] = verb.head, noun
        noun.dep_, verb.dep_, verb.pos_ = "pobj", "amod", "ADJ"


def _keep_in_clause(day: Token, heads: _Heads) -> None:
    """Let "a plane that crashed in Ohio Thursday killed two" crash on Thursday, the clause that the day ends."""
    main = day.head
    clause = next((c for s in main.children if s.dep_ in _SUBJECTS for c in s.children if c.dep_ == "relcl"), None)
    if clause is not None and clause.i < day.i and not any(t.text == "," for t in day.doc[clause.i : main.i]):
        heads[day] = clause


def _mend_speech(verb: Token, heads: _Heads) -> None:
    """Let "troops advanced while the president pleaded, saying …" be said by the president."""
    above = verb.head
    behind = above.i < verb.i and verb.dep_ == "advcl" and verb.nbor(-1).text == ","
    if not behind or verb.lemma_.lower() not in _words("speaking"):
        return
    nearer = [t for t in verb.doc[above.i + 1 : verb.i] if t.dep_ == "advcl" and t.head == above and t.tag_ == "VBD"]
    if nearer and not _names_person(above) and _names_person(nearer[-1]):
        heads[verb] = nearer[-1]


def _names_person(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.ent_type_ == "PERSON" for c in verb.children)


def _mend_relative(verb: Token, heads: _Heads) -> None:
    """“A strike on the consulate in Lod on April 1 that killed seven”: the strike did, not the day."""
    prep = verb.head.head
    who = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.lower_ in ("that", "which")), None)
    if who is None or any(c.lower_ in ("when", "where") for c in verb.children):
        return
    nouns = [t for t in verb.doc[prep.sent.start : prep.i] if t.pos_ == "NOUN" and t.dep_ in ("pobj", "dobj", "nsubj")]
    if nouns:
        near = nouns[-1]
        while near.dep_ == "pobj" and near.head.lower_ in _INNER and near.head.head.pos_ == "NOUN":
            near = near.head.head
        heads[verb], heads[prep] = near, near


def _noun_of(name: Token) -> Token | None:
    """The common noun right before a name, where the parser has two subjects of one verb."""
    first = name.left_edge.i
    before = name.doc[first - 1] if first else name
    twice = before.dep_ == "nsubj" and before.head == name.head and before.tag_ == "NN"
    return before if twice and before.i < name.i and name.left_edge.pos_ == "PROPN" else None


def _mend_infinitive(verb: Token, heads: _Heads) -> None:
    """Let "threatened to assault and murder him" be two threats, where the parser has a preposition before a verb."""
    to, above = verb.head, verb.head.head
    heads[verb], heads[to] = above, verb
    verb.dep_, verb.pos_, to.dep_, to.pos_ = "xcomp", "VERB", "aux", "PART"


def _join_infinitives(verb: Token, heads: _Heads) -> None:
    """Let "threatening to assault and murder him" join the murder to the assault: a base form goes with a base form."""
    bare = not any(c.dep_ in ("aux", "auxpass", "nsubj") for c in verb.children)
    between = (t for t in verb.doc[verb.head.i + 1 : verb.i] if t.dep_ == "xcomp" and t.tag_ == "VB")
    inner = [t for t in between if heads.get(t, t.head) == verb.head]
    if bare and inner:
        heads[verb] = inner[-1]


def _free_day(day: Token, heads: _Heads) -> None:
    """Let "Earlier Tuesday, X said" be said by X alone, whom the parser joins to the day."""
    other = next((c for c in day.children if c.dep_ in ("conj", "appos") and c.i > day.i), None)
    if other is None:
        return
    heads[other], other.dep_, day.dep_ = day.head, day.dep_, "npadvmod"
    heads.update(dict.fromkeys((c for c in day.children if c.i > other.i), other))


def _make_subject(noun: Token) -> None:
    """Let "Ukrainian forces battle invaders" be fought by the forces, where the parser makes one word of both."""
    if not any(c.dep_ in _SUBJECTS for c in noun.head.children):
        noun.dep_ = "nsubj"


def _free_object(place: Token, heads: _Heads) -> None:
    """Let "released from custody a former minister" release the minister, whom the parser makes the custody's."""
    whom, link = place.head, place.head.head
    bare = link.i == place.i - 1 and whom.dep_ == "pobj" and link.dep_ == "prep" and link.head.pos_ == "VERB"
    if bare and not any(c.dep_ in ("dobj", "auxpass") for c in link.head.children):
        heads[place], heads[whom] = link, link.head
        place.dep_, whom.dep_ = "pobj", "dobj"


def _lead_to_deed(verb: Token, heads: _Heads) -> None:
    """Let "the strike on Lod, which killed 90" be the strike that killed, and not the town."""
    place, link = verb.head, verb.head.head
    which = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ == "WDT"), None)
    if which is None or place.dep_ != "pobj" or link.dep_ != "prep" or place.ent_type_ == "ORG":
        return
    deed = link.head
    if place.pos_ == "PROPN" and deed.pos_ == "NOUN" and deed.lemma_.lower() in _words("harmful nouns"):
        heads[verb] = deed


def _mend_harm(verb: Token, heads: _Heads) -> None:
    """Let "found a train that derailed, killing 80" be the train that killed, and not the finders."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.lemma_.lower() not in _words("harming") or above.i > verb.i:
        return
    if verb.nbor(-1).text != "," or above.lemma_.lower() in _words("harmful verbs"):
        return
    between = (t for t in verb.doc[above.i + 1 : verb.i] if t.dep_ in ("relcl", "acl", "advcl", "ccomp"))
    nearer = [t for t in between if t.lemma_.lower() in _words("harmful verbs")]
    if nearer:
        heads[verb] = nearer[-1]


def _mend_plural(verb: Token, heads: _Heads) -> None:
    """Let "Yugoslav army attacks Slovenia" be attacked by the army, where the parser has attacks of an army."""
    before = [c for c in verb.lefts if c.dep_ in ("compound", "amod", "nmod", "poss")]
    if not before or before[-1].i != verb.i - 1 or before[-1].pos_ not in ("NOUN", "PROPN"):
        return
    subject, behind = before[-1], _object_behind(verb)
    if behind is not None:
        behind.dep_ = "dobj"
    heads.update(dict.fromkeys(before[:-1], subject))
    verb.tag_, verb.pos_, verb.lemma_, subject.dep_ = "VBZ", "VERB", _base(verb.lower_), "nsubj"


def _object_behind(noun: Token) -> Token | None:
    """What stands right behind a noun as an object does: a name that is no day, or what the parser has for one."""
    following = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    name = following.pos_ == "PROPN" and following.dep_ in ("npadvmod", "appos") and following.ent_type_ != "DATE"
    if name and following.head == noun:
        return following
    return next((c for c in noun.rights if c.dep_ == "dobj"), None)


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
    if whole or verb.lower_ not in _words("undergone") or "nsubj" not in labels or labels & _DOING:
        return
    verb.tag_ = "VBN"
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        subject.dep_ = "nsubjpass"


def _mend_elected(verb: Token) -> None:
    """Let "Ada Berg elected president" be elected, in a headline or a line of a chronology: the office is no person."""
    if verb.lower_ not in ("elected", "appointed", "named", "chosen", "crowned") or verb.tag_ != "VBD":
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.ent_type_ == "PERSON"), None)
    office = next((c for c in verb.children if c.dep_ in ("dobj", "attr", "oprd")), None)
    bare = office is not None and not any(c.dep_ in ("det", "poss") for c in office.children)
    if subject is not None and office is not None and bare and office.lower_ in _words("offices"):
        verb.tag_, subject.dep_, office.dep_ = "VBN", "nsubjpass", "oprd"


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(load("parse")[group])


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
    if verb.dep_ == "ROOT" and "dobj" not in labels and verb.lemma_.lower() in _words("harming"):
        _mend_hurt(verb)
    if verb.dep_ in _CLAUSES and {"nsubj", "dobj"} <= labels:
        verb.tag_ = "VBD"  # it has a subject, an object and no auxiliary
    elif verb.dep_ == "ROOT" and "nsubj" in labels and (main := _verb_behind(verb)) is not None:
        _set_aside(verb, main, heads)
    elif verb.dep_ == "acl" and (("dobj" in labels and (_lacks_verb(verb) or _of_name(verb))) or _goes_on(verb)):
        _make_main(verb, heads)


def _mend_hurt(verb: Token) -> None:
    """Let "More than 60 people killed and 200 wounded." be killed: of a count it is told whom it befell."""
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        if any(g.dep_ == "nummod" for g in subject.children):
            subject.dep_ = "nsubjpass"


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


def _of_name(participle: Token) -> bool:
    """Whether a name that heads a whole sentence does it: "The Kosovo Force, or KFOR, | condemned the violence."."""
    sentence, words = participle.sent, [t for t in participle.sent[-3:] if not t.is_space]
    whole = bool(words) and words[-1].text == "."
    return whole and participle.head == sentence.root and sentence.root.pos_ == "PROPN"


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
