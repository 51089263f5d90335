"""Who a verb is said of, where the parser has no subject, two, or a day for one."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.mended.words import SUBJECTS, Heads, words

_DOING = frozenset({"dobj", "aux", "auxpass", "nsubjpass", "ccomp", "xcomp", "agent"})
_STOPS = frozenset(".!?")
_BESIDE = frozenset({"appos", "npadvmod"})


def noun_of(name: Token) -> Token | None:
    """The common noun right before a name, where the parser has two subjects of one verb."""
    first = name.left_edge.i
    before = name.doc[first - 1] if first else name
    several = before.tag_ == "NNS" and any(c.dep_ == "conj" for c in name.children)  # "the leaders Ada Roe and Bo Lind"
    twice = before.dep_ == "nsubj" and before.head == name.head and (before.tag_ == "NN" or several)
    return before if twice and before.i < name.i and name.left_edge.pos_ == "PROPN" else None


def mend_whom(whom: Token, heads: Heads) -> None:
    """Let “the preacher | whom | Norway accuses of theft” be the one accused, where the parser has a preposition."""
    clause = next((c for c in whom.head.children if c.dep_ == "relcl" and c.i > whom.i), None)
    if clause is not None and not any(c.dep_ == "dobj" for c in clause.children):
        heads[whom], whom.dep_ = clause, "dobj"


def ends_name(word: Token) -> bool:
    """Whether a small word with a capital ends the name before it, in running text: “Pavel Nor”, “Tom Never”."""
    heading = word.sent[-1].text not in '.!?”"'
    return not heading and word.nbor(-1).tag_ == "NNP" and word.nbor(-1).text.istitle()


def make_noun(verb: Token) -> None:
    """Let "Missile | strikes | on cities began" be strikes, which are themselves what began."""
    verb.tag_, verb.pos_ = "NNS", "NOUN"
    for child in verb.children:
        if child.dep_ in ("nsubj", "dep") and child.i < verb.i:
            child.dep_ = "compound"


def free_day(day: Token, heads: Heads) -> None:
    """Let "Earlier Tuesday, X said" be said by X alone, whom the parser joins to the day."""
    other = next((c for c in day.children if c.dep_ in ("conj", "appos") and c.i > day.i), None)
    if other is None:
        return
    heads[other], other.dep_, day.dep_ = day.head, day.dep_, "npadvmod"
    heads.update(dict.fromkeys((c for c in day.children if c.i > other.i), other))


def make_subject(noun: Token) -> None:
    """Let "Ukrainian forces battle invaders" be fought by the forces, where the parser makes one word of both."""
    if not any(c.dep_ in SUBJECTS for c in noun.head.children):
        noun.dep_ = "nsubj"


def mend_headline(verb: Token) -> None:
    """Let "Airliner shot down over Ukraine" be shot down: a headline tells what somebody did in the present."""
    labels = {c.dep_ for c in verb.children}
    whole = any(t.text in _STOPS for t in verb.sent[-2:])
    if whole or verb.lower_ not in words("undergone") or "nsubj" not in labels or labels & _DOING:
        return
    verb.tag_ = "VBN"
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        subject.dep_ = "nsubjpass"


def mend_elected(verb: Token) -> None:
    """Let "Ada Berg elected president" be elected, in a headline or a line of a chronology: the office is no person."""
    if verb.lower_ not in ("elected", "appointed", "named", "chosen", "crowned") or verb.tag_ != "VBD":
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.ent_type_ == "PERSON"), None)
    office = next((c for c in verb.children if c.dep_ in ("dobj", "attr", "oprd")), None)
    bare = office is not None and not any(c.dep_ in ("det", "poss") for c in office.children)
    if subject is not None and office is not None and bare and office.lower_ in words("offices"):
        verb.tag_, subject.dep_, office.dep_ = "VBN", "nsubjpass", "oprd"


def find_subject(verb: Token, heads: Heads) -> None:
    """Let "In August | Lumio | filed for it" be filed by Lumio, whose name the parser joins to the month."""
    if any(c.dep_ in SUBJECTS or c.dep_ in ("expl", "csubj") for c in verb.children):
        return
    name = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if name.pos_ != "PROPN" or name.ent_type_ in ("DATE", "TIME"):
        return
    if name.dep_ == "npadvmod" and name.head == verb:
        name.dep_ = "nsubj"
    elif name.dep_ == "pobj" and name.head.head == verb and name.head.lower_ in ("in", "on"):
        day = next((c for c in name.lefts if c.i == name.head.i + 1 and c.ent_type_ == "DATE"), None)
        if day is not None:
            heads[name], heads[day] = verb, name.head
            name.dep_, day.dep_ = "nsubj", "pobj"


def mend_chosen(whom: Token) -> None:
    """Let "named the deputy, | Ada Berg, | as caretaker" name her: no office is given where nobody else gets it."""
    named = whom.pos_ == "PROPN" or any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in whom.children)
    if named and not any(c.dep_ in ("dobj", "nsubjpass", "auxpass") for c in whom.head.children):
        whom.dep_ = "dobj"


def give_speaker(verb: Token, heads: Heads) -> None:
    """Let "…, the mayor, Ada Berg, said" be said by the mayor, whom the parser hangs on the word before."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in ("auxpass", "csubj", "expl")]
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    joined = any(c.dep_ == "cc" and c.i > verb.i for c in verb.children)
    joined = joined or (
        any(c.i > verb.i for c in clauses) and (verb.dep_ == "conj" or any(c.i < verb.i for c in clauses))
    )
    if len(own) == 2 and (acting := _object_before(own, verb)) is not None:
        heads[own[0]], own[0].dep_, verb.dep_ = (
            acting,
            "dobj",
            "parataxis",
        )  # "wounded two men, | state television said"
    elif not own and not joined:
        speaker = _set_off_before(verb, verb.sent.start)
        if speaker is not None:
            heads[speaker], speaker.dep_ = verb, "nsubj"
            _take_clause(verb, heads)
    elif len(own) == 1 and own[0].pos_ == "PROPN" and (office := _office_before(own[0], verb)) is not None:
        heads[office], office.dep_, heads[own[0]], own[0].dep_ = verb, "nsubj", office, "appos"
    elif len(own) == 1 and own[0].dep_ == "nsubj" and own[0].i < verb.i:
        speaker, said = _set_off_before(verb, own[0].i + 1), _clause_behind(verb)
        harmed = own[0].doc[own[0].left_edge.i - 1] if own[0].left_edge.i else own[0]
        undergone = harmed.tag_ == "VBG" and not any(c.dep_ == "dobj" for c in harmed.children)
        if speaker is not None and said is None and undergone and harmed.lemma_.lower() in words("harming"):
            heads[speaker], speaker.dep_, heads[own[0]] = verb, "nsubj", harmed
            own[0].dep_ = "dobj"  # "…, killing seven people, the governor, Ada Berg, said"
        elif speaker is not None and said is not None:  # "The plant in Lod, its owner, Vale, said, would close"
            heads[speaker], speaker.dep_, heads[own[0]] = verb, "nsubj", said
            if said == verb.head:
                return
            heads[said], heads[verb] = (said if verb.dep_ == "ROOT" else verb.head), said
            said.dep_, verb.dep_ = verb.dep_, "parataxis"


def go_on_saying(verb: Token, heads: Heads) -> None:
    """Let "denied that the dam was hit and then | said | it fell" be said by who denied it: a dam says nothing."""
    clause = verb.head
    told = clause.head
    things = [c for c in clause.children if c.dep_ in SUBJECTS]
    thing = bool(things) and all(c.pos_ == "NOUN" and not c.ent_type_ and _is_thing(c) for c in things)
    said = clause.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in told.children)
    if thing and said and not any(c.dep_ in (*SUBJECTS, "aux", "auxpass", "mark") for c in verb.children):
        heads[verb] = told


def _is_thing(noun: Token) -> bool:
    """Whether a noun is nobody by its form: no office, no agent in "-er" or "-ist", no people."""
    lemma = noun.lemma_.lower()
    return lemma not in words("offices") and not lemma.endswith(("er", "or", "ist", "man", "woman", "ian", "people"))


def _object_before(own: list[Token], verb: Token) -> Token | None:
    """The verb that lost its object to a verb of saying: "wounded | two men |, state television said"."""
    acting, (first, second) = verb.head, own
    parted = second.i < verb.i and first.i < second.i and verb.doc[second.left_edge.i - 1].text == ","
    bare = acting.tag_ in ("VBD", "VBZ") and acting.i < first.i and verb.dep_ == "ccomp"
    return acting if parted and bare and not any(c.dep_ == "dobj" for c in acting.children) else None


def _office_before(name: Token, verb: Token) -> Token | None:
    """What somebody is, set off before the name, which the parser joins to the noun before: "…, the mate, Bo Lind,"."""
    first = name.left_edge.i
    if verb.i < name.i or first < 3 or name.doc[first - 1].text != "," or verb.nbor(-1).text != ",":
        return None
    noun = name.doc[first - 2]
    chain = [t for t in (noun, *noun.ancestors) if t.i < first and t.dep_ in ("appos", "conj") and t.tag_ == "NN"]
    top = chain[-1] if chain else None
    return top if top is not None and name.doc[top.left_edge.i - 1].text == "," else None


def _set_off_before(verb: Token, first: int) -> Token | None:
    """Who stands between a comma and a verb of saying, from token `first` on, although hung on what is before it."""
    doc, last = verb.doc, verb.i - 1
    while last > first and doc[last].text == ",":
        last -= 1
    chain = [t for t in (doc[last], *doc[last].ancestors) if first < t.i < verb.i]
    set_off = {t for t in chain if t.left_edge.i and doc[t.left_edge.i - 1].text == ","}
    fronted = verb.sent[0]  # "In Lod, | Ada Berg |, the mayor, said", where the parser joins her to the town
    joined = [t for t in chain if t.dep_ == "conj" and t in set_off]
    joined = [t for t in joined if t.tag_ == "NN" or (t.head.dep_ == "pobj" and t.head.head == fronted)]
    beside = (t for t in chain if t.dep_ in _BESIDE or t in joined)
    found = [t for t in beside if t.pos_ in ("NOUN", "PROPN") and t.ent_type_ not in ("DATE", "TIME")]
    several = next((t for t in found[:1] if t.tag_ == "NNS" and t in set_off and t.head.tag_ != "NNS"), None)
    top = (several or found[-1]) if found and last >= first else None
    return top if top in set_off else None


def _take_clause(verb: Token, heads: Heads) -> None:
    """Make what the parser only joins to a verb of saying, or it to that, what is said."""
    clause = verb.head
    if verb.dep_ in ("conj", "advcl") and clause.i < verb.i:
        heads[verb], verb.dep_ = (verb if clause.dep_ == "ROOT" else clause.head), clause.dep_
        heads[clause], clause.dep_ = verb, "ccomp"


def _first(clause: Token, at: int) -> int:
    """The first word of a clause behind token `at`."""
    return min((c.left_edge.i for c in clause.children if c.i > at), default=clause.i)


def _clause_behind(verb: Token) -> Token | None:
    """The clause without a subject that goes on right behind ", she said,"."""
    at = verb.i + 1
    if at + 1 >= len(verb.doc) or verb.doc[at].text != ",":
        return None
    near = (*verb.children, *([verb.head] if verb.dep_ == "parataxis" else []))
    clauses = (c for c in near if c.dep_ in ("ccomp", "conj", "ROOT") and _first(c, at) == at + 1)
    said = next(clauses, None)
    own = said is None or any(c.dep_ in SUBJECTS or c.dep_ in ("expl", "cc") for c in said.children)
    return None if own else said
