"""Participles that are the verb of their sentence, and verbs that are none."""

from __future__ import annotations

from spacy.tokens import Span, Token

from ingest.reading.english.mended.words import SUBJECTS, Heads, words

_WHO = frozenset({"WP", "WDT"})
_PARTING = frozenset({"and", "or", "but", "then", "when", "while", "after", "before", "as", "because", "that"})
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis"})


def set_off(verb: Token, heads: Heads) -> None:
    """Let "Ada Berg, | told of it, | said she knew" say so: a comma parts no subject from its verb.

    Arguments: a past form behind a comma; heads, told anew.
    """
    main, name = verb.head, next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    behind = name is not None and verb.nbor(-1).text == "," and name.right_edge.i in (verb.i - 1, verb.i - 2)
    free = main.i > verb.i and main.pos_ == "VERB" and main.nbor(-1).text == ","
    if name is None or not behind or not free or any(c.dep_ in (*SUBJECTS, "expl") for c in main.children):
        return
    heads[name], heads[verb] = main, name
    name.dep_, verb.dep_, verb.tag_ = "nsubj", "acl", "VBN"


def undergone(verb: Token) -> bool:
    """Whether a past form set off behind its noun is a participle: "the merger, | announced | last May, closes"."""
    behind = verb.i > 0 and verb.nbor(-1).text == "," and verb.head.pos_ in ("NOUN", "PROPN") and verb.head.i < verb.i
    return behind and not any(c.dep_ in (*SUBJECTS, "dobj", "ccomp", "xcomp", "aux") for c in verb.children)


def _does_more(verb: Token) -> bool:
    """“Was arrested and | admitted shooting him”, “was held and | told them”: with such an object it is active."""
    after = (c for c in verb.children if c.i > verb.i)
    deed = any((c.dep_ == "xcomp" and c.tag_ == "VBG") or (c.dep_ == "dobj" and c.tag_ == "PRP") for c in after)
    return deed and any(c.dep_ == "auxpass" for c in verb.head.children)


def _stopped(sentence: Span) -> bool:
    """Whether a sentence ends with its stop, as a headline does not."""
    last = [t for t in sentence[-3:] if not t.is_space]
    return bool(last) and last[-1].text == "."


def mend_participle(verb: Token, heads: Heads) -> None:
    """Let a participle that is the verb of its sentence be so. Arguments: the participle; heads, told anew."""
    labels = {c.dep_ for c in verb.children}
    if labels & {"aux", "auxpass", "nsubjpass"}:
        return
    if verb.dep_ == "ROOT" and "dobj" not in labels and verb.lemma_.lower() in words("harming"):
        _mend_hurt(verb)
    if verb.dep_ == "conj" and _does_more(verb):
        verb.tag_ = "VBD"
    if verb.dep_ in _CLAUSES and {"nsubj", "dobj"} <= labels:
        verb.tag_ = "VBD"  # it has a subject, an object and no auxiliary
    elif "nsubj" in labels and "dobj" not in labels and _whole_with(verb):
        verb.tag_ = "VBD"  # "A bus overturned near the bridge."
    elif verb.dep_ == "ROOT" and "nsubj" in labels and (main := _verb_behind(verb)) is not None:
        _set_aside(verb, main, heads)
    elif verb.dep_ == "acl" and _is_main(verb, "dobj" in labels):
        make_main(verb, heads)


def _whole_with(verb: Token) -> bool:
    """Whether a sentence with its stop has no other finite verb, or a conjunction before the clause asks for one."""
    if not _stopped(verb.sent) or verb.lemma_.lower() in words("harming"):
        return False
    if verb.dep_ == "advcl":
        return any(c.dep_ == "advmod" and c.lower_ == "when" for c in verb.children)
    joined = any(c.dep_ in ("conj", "ccomp", "parataxis") for c in verb.children)
    return verb.dep_ == "ROOT" and not joined


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
    own = main is not None and any(c.dep_ in SUBJECTS for c in main.children)
    return None if own else main


def _set_aside(participle: Token, main: Token, heads: Heads) -> None:
    """Make the participle say more of the subject, and the verb behind it the main one."""
    subject = next(c for c in participle.children if c.dep_ == "nsubj")
    heads.update(dict.fromkeys((c for c in participle.children if c.i > main.i), main))
    heads[main], heads[subject], heads[participle] = main, main, subject
    main.dep_, participle.dep_ = "ROOT", "acl"


def free_main(main: Token, heads: Heads) -> None:
    """Let "when the salt | stored at the port | exploded" explode: two finite verbs of one subject need an "and".

    Arguments: a verb in the past that the parser joins to another; heads, told anew.
    """
    if any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass", "mark", "advmod") for c in main.lefts):
        return
    above = main.head
    near = [above, *(c for c in above.children if c.i < main.i)]
    leading = (t for t in near if t.tag_ in ("VBD", "VBN") and t.dep_ in _CLAUSES and t.i < main.i - 1)
    told = max(leading, key=lambda t: t.i, default=None)
    subject = next((c for c in told.children if c.dep_ == "nsubj" and c.i < told.i), None) if told else None
    if told is None or subject is None or subject.pos_ not in ("NOUN", "PROPN") or told.lemma_ in ("say", "be"):
        return
    between = told.doc[told.i + 1 : main.i]
    parted = any(t.is_punct or t.dep_ == "cc" or t.lower_ in _PARTING for t in between if not _of_list(t))
    beside = {c.dep_ for c in told.children if c.i > told.i and c != main}
    if (
        parted
        or beside & {"dobj", "ccomp", "xcomp", "acomp", "attr", "prt"}
        or "aux" in {c.dep_ for c in told.children}
    ):
        return
    heads.update(dict.fromkeys((c for c in told.children if c.i < told.i or c.i > main.i), main))
    heads.update(dict.fromkeys((c for c in main.children if told.i < c.i < main.i), told))
    heads[main] = main if told.dep_ == "ROOT" else told.head
    heads[told], main.dep_ = subject, told.dep_
    told.dep_, told.tag_ = "acl", "VBN"


def _of_list(link: Token) -> bool:
    """Whether a comma or an "and" parts names of one list: "a deal agreed between Norway, Chad and Peru"."""
    return (link.is_punct or link.dep_ == "cc") and link.head.pos_ == "PROPN"


def _lacks_verb(participle: Token) -> bool:
    """Whether a whole sentence would have no verb: "A gunman firing from a hotel | killed 58 people"."""
    sentence = participle.sent
    root = sentence.root
    bare = root.pos_ == "NOUN" and root.dep_ == "ROOT" and root.i < participle.i  # and no verb was made of it yet
    whole = _stopped(sentence) and bare
    return whole and participle.nbor(-1).text != "," and participle.head.i != root.i


def _of_name(participle: Token) -> bool:
    """Whether a name that heads a whole sentence does it: "The Kosovo Force, or KFOR, | condemned the violence."."""
    sentence = participle.sent
    return _stopped(sentence) and participle.head == sentence.root and sentence.root.pos_ == "PROPN"


def _is_main(verb: Token, acting: bool) -> bool:
    return (
        _behind_name(verb)
        or _goes_on(verb)
        or _happened_when(verb)
        or _makes_to_do(verb)
        or (acting and (_lacks_verb(verb) or _of_name(verb)))
    )


def _happened_when(participle: Token) -> bool:
    """Whether a sentence without another verb tells when it was: "200 migrants | drowned | when their boat sank."."""
    root = participle.sent.root
    whole = _stopped(participle.sent) and root == participle.head and root.pos_ == "NOUN"
    if not whole or participle.nbor(-1) != root or participle.lemma_.lower() in words("harming"):
        return False
    return any(
        c.dep_ == "advcl" and c.tag_ == "VBD" and any(g.tag_ == "WRB" for g in c.children) for c in participle.children
    )


def _makes_to_do(participle: Token) -> bool:
    """Whether a sentence without another verb has somebody do it: "The premier | named | Ada Berg to lead it."."""
    root = participle.sent.root
    whole = _stopped(participle.sent) and root == participle.head and root.pos_ == "NOUN" and root.dep_ == "ROOT"
    if not whole or participle.nbor(-1) != root:
        return False
    behind = {c.dep_ for c in participle.children if c.i > participle.i}
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in participle.sent)
    return "xcomp" in behind and bool(behind & {"oprd", "dobj"}) and not finite


def _behind_name(participle: Token) -> bool:
    """Whether a sentence with no other verb goes on behind a name set off: "The minister, Ada Berg, | offered to"."""
    root = participle.sent.root
    whole = _stopped(participle.sent) and root == participle.head and root.dep_ == "ROOT"
    if not whole or root.pos_ not in ("NOUN", "PROPN") or participle.nbor(-1).text != ",":
        return False
    named = any(
        c.dep_ == "appos" and c.left_edge.i - 1 > root.i and c.right_edge.i == participle.i - 2 for c in root.rights
    )
    below = {t.i for t in participle.subtree}
    finite = (t for t in participle.sent if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ != "relcl")
    return named and all(t.i in below for t in finite)


def told_of(noun: Token) -> Token | None:
    """The verb of "X, who had called the vote, | announced | that …", where the parser makes X the root."""
    clause = next((c for c in noun.children if c.dep_ == "relcl" and any(g.tag_ in _WHO for g in c.children)), None)
    verbs = (c for c in noun.children if c.dep_ == "acl" and c.tag_ in ("VBD", "VBN") and clause and c.i > clause.i)
    verb = next(verbs, None)
    if verb is not None and verb.tag_ == "VBD" and verb.lemma_.lower() in words("telling"):
        return None  # whoever says it is found all the same, and what is said with it
    if verb is None or any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass") for c in verb.children):
        return None
    before = verb.nbor(-2) if verb.nbor(-1).pos_ == "ADV" and verb.i > 1 else verb.nbor(-1)
    return verb if before.text == "," else None


def _goes_on(participle: Token) -> bool:
    """Whether what the parser takes for a participle goes on in the past: "A fire swept through X and destroyed it"."""
    root = participle.sent.root
    whole = _stopped(participle.sent) and root.pos_ == "NOUN" and participle.head.i == root.i
    further = (c for c in participle.children if c.dep_ == "conj" and c.tag_ == "VBD")
    return whole and participle.nbor(-1).text != "," and any(any(g.dep_ == "dobj" for g in c.children) for c in further)


def make_main(verb: Token, heads: Heads) -> None:
    """Make a participle the verb of its sentence, and the noun that led it the subject.

    Arguments: the participle; heads, told anew.
    """
    root = verb.sent.root
    labels = {c.dep_ for c in verb.children}
    for named in (c for c in verb.children if c.dep_ == "oprd" and c.pos_ == "PROPN"):
        named.dep_ = "oprd" if "dobj" in labels or "xcomp" not in labels else "dobj"
    heads.update(dict.fromkeys((c for c in root.children if c.i > verb.i), verb))
    heads[verb], heads[root] = verb, verb
    verb.dep_, verb.tag_, root.dep_ = "ROOT", "VBD", "nsubj"
