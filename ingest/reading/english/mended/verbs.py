"""Verbs that the parser takes for nouns or auxiliaries, and nouns that it takes for objects."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.mended.words import SUBJECTS, Heads


def mend_infinitive(verb: Token, heads: Heads) -> None:
    """Let "threatened to assault and murder him" be two threats, where the parser has a preposition before a verb."""
    to, above = verb.head, verb.head.head
    heads[verb], heads[to] = above, verb
    verb.dep_, verb.pos_, to.dep_, to.pos_ = "xcomp", "VERB", "aux", "PART"


def join_infinitives(verb: Token, heads: Heads) -> None:
    """Let "threatening to assault and murder him" join the murder to the assault: a base form goes with a base form."""
    bare = not any(c.dep_ in ("aux", "auxpass", "nsubj") for c in verb.children)
    between = (t for t in verb.doc[verb.head.i + 1 : verb.i] if t.dep_ == "xcomp" and t.tag_ == "VB")
    inner = [t for t in between if heads.get(t, t.head) == verb.head]
    if bare and inner:
        heads[verb] = inner[-1]


def mend_plural(verb: Token, heads: Heads) -> None:
    """Let "Yugoslav army attacks Slovenia" be attacked by the army, where the parser has attacks of an army."""
    before = [c for c in verb.lefts if c.dep_ in ("compound", "amod", "nmod", "poss")]
    if not before or before[-1].i != verb.i - 1 or before[-1].pos_ not in ("NOUN", "PROPN"):
        return
    subject, behind = before[-1], object_behind(verb)
    if behind is not None:
        behind.dep_ = "dobj"
    heads.update(dict.fromkeys(before[:-1], subject))
    verb.tag_, verb.pos_, verb.lemma_, subject.dep_ = "VBZ", "VERB", _base(verb.lower_), "nsubj"


def object_behind(noun: Token) -> Token | None:
    """What stands right behind a noun as an object does: a name that is no day, or what the parser has for one."""
    following = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    name = following.pos_ == "PROPN" and following.dep_ in ("npadvmod", "appos") and following.ent_type_ != "DATE"
    if name and following.head == noun:
        return following
    return next((c for c in noun.rights if c.dep_ == "dobj"), None)


def free_verb(verb: Token, heads: Heads) -> None:
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


def mend_pair(noun: Token, heads: Heads) -> None:
    """Let "launches surprise attack" launch an attack, where the parser has it attack a surprise."""
    before = noun.head
    if before.pos_ == "NOUN" and before.dep_ in ("dobj", "pobj", "nsubj") and before.head.i < before.i:
        heads[noun], heads[before] = before.head, noun
        noun.dep_, before.dep_ = before.dep_, "compound"


def parted(verb: Token, above: Token) -> bool:
    """Whether a semicolon stands between a clause and the verb that it hangs on."""
    return any(t.text == ";" for t in verb.doc[verb.i + 1 : above.i])


def join_prefix(re: Token, heads: Heads) -> None:
    """Let "was re-elected" have one verb, where the parser has two."""
    hyphen, verb = re.nbor(), re.nbor(2)
    whole = hyphen.text == "-" and not re.whitespace_ and not hyphen.whitespace_ and verb.tag_ in ("VBN", "VBD")
    if not whole or verb.head != re:
        return
    auxiliaries = [c for c in re.children if c.dep_ == "auxpass"]
    own = [c for c in re.children if c not in (hyphen, verb)]
    inner = [g for c in auxiliaries for g in c.children if g.dep_ in SUBJECTS]
    for word in inner if auxiliaries else ():
        word.dep_ = "nsubjpass"
    heads.update(dict.fromkeys((*own, *inner), verb))
    heads[verb] = verb if re.head == re else re.head
    heads[re] = heads[hyphen] = verb
    verb.dep_, re.dep_, hyphen.dep_ = re.dep_, "compound", "punct"
