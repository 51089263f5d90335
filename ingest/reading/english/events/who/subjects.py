"""Who does what a verb tells, or to whom it is done: its subject, and the one that it leaves to be understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.reading.english.entities.known.gazetteer import words
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.senses import sense_of
from ingest.reading.english.events.wording import is_time

_THROUGH = frozenset({"on", "upon", "to", "with", "for", "at"})
_TRUSTING = frozenset({"rely", "count", "depend", "bank", "look", "wait"})
_OWN = frozenset({"promise", "vow", "pledge", "threaten"})  # whoever promises is to do it
_ACCIDENTS = frozenset({"crash", "accident", "fall", "sink", "collapse"})
_BY = frozenset({"helicopter", "plane", "air", "sea", "land", "road", "rail", "train", "boat", "ship", "ferry", "bus",
                 "car", "telephone", "phone", "video", "mail", "post", "letter", "email", "hand", "force", "decree",
                 "law", "fire", "mistake", "accident", "name", "ballot", "referendum", "surprise"})  # fmt: skip
# “Was arrested and told that …”: these have whom they tell for an object
_TOLD = frozenset({"tell", "inform", "assure", "warn", "remind"})
_QUOTING = frozenset({"quote", "cite"})
_TURNING = frozenset({"of", "for", "from", "into"})
_RELATIVE = frozenset({"WP", "WDT"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})

_BESIDE = 2  # words from a verb to the next that "and" joins to it
_SEEN = frozenset({"catch", "see", "film", "photograph", "keep", "leave", "find", "hear", "record", "spot", "observe"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A role and the head word of the phrase that fills it."""

    role: str
    head: Token


def subjects(verb: Token, depth: int = 0) -> Iterator[Argument]:
    """Who acts, or is acted upon in a passive; the understood subject too: of a coordinated or participial verb."""
    if verb.i > 1 and verb.nbor(-1).text == "-" and verb.head.i == verb.i - 2 and verb.head.pos_ == "VERB":
        verb = verb.head  # “re-elected”, which the parser reads as two verbs
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")]
    passive = any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children) or reduced_passive(verb)
    for child in own:
        yield Argument("patient" if passive else "agent", child)
    yield from (Argument("patient" if passive else "agent", c) for c in _joined(verb) if own)
    for child in verb.children:
        if child.dep_ == "agent":
            links = (child, *(c for c in child.children if c.dep_ == "conj" and c.lower_ == "by"))
            yield from (Argument("agent", c) for p in links for c in p.children if c.dep_ == "pobj" and not _means(c))
    if own or depth > 4:
        return
    if (told := _told_behind(verb)) is not None:
        yield Argument("patient", told)
    elif verb.dep_ == "acl" and (one := _one_among(verb)) is not None:
        yield from (Argument("patient", c) for c in (one, verb.head))
    elif verb.dep_ == "acl" and _is_to_do(verb):
        yield from (Argument("agent", owner) for owner in _whose_to_do(verb))
    elif verb.dep_ == "acl" or (verb.dep_ == "relcl" and verb.tag_ in ("VBN", "VBG")):
        noun = verb.head
        of_name = noun.dep_ == "appos" and noun.head.pos_ == "PROPN" and noun.pos_ == "NOUN"
        # "Ada Berg, a reporter | jailed since March |": she was
        yield Argument("patient" if verb.tag_ == "VBN" else "agent", noun.head if of_name else noun)
    elif verb.dep_ == "xcomp" and (due := _due(verb)) is not None:
        yield Argument("patient" if passive else "agent", due)
    elif verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp"):
        yield from _inherited_subject(verb, passive, depth)


def _one_among(verb: Token) -> Token | None:
    """Who is one of those it befell: "| Ada Berg | was among ten people | killed |"."""
    among = verb.head.head
    be = among.head
    if verb.tag_ != "VBN" or verb.head.dep_ != "pobj" or among.lower_ != "among" or be.lemma_ != "be":
        return None
    return next((c for c in be.children if c.dep_ == "nsubj" and c.i < be.i), None)


def _is_to_do(verb: Token) -> bool:
    """Whether a noun that does nothing itself tells what is to be done: "a motion | to impeach him"."""
    active = verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children)
    noun = verb.head
    acting = noun.pos_ == "PROPN" or any(noun.lemma_.lower() in words("nouns", sort) for sort in ("person", "group"))
    return active and not acting and noun.pos_ == "NOUN" and not any(c.dep_ == "auxpass" for c in verb.children)


def _whose_to_do(verb: Token) -> Iterator[Token]:
    """Who owns what is to be done: "an | American | request to detain him", "| Lind’s | refusal to sign"."""
    owners = (c for c in verb.head.lefts if c.dep_ == "poss" or (c.dep_ == "amod" and c.ent_type_ == "NORP"))
    yield from list(owners)[:1]


def lists(head: Token, child: Token) -> bool:
    """Whether the parser has the rest of a list as an apposition to its first name: “Mali, Burkina Faso and Niger”."""
    return head.pos_ == child.pos_ == "PROPN" and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in child.children)


def shared_victims(verb: Token) -> Iterator[Argument]:
    """“Killed and dismembered | him |”: to whom two things are done. Arguments: the first verb."""
    bare = not any(c.dep_ in ("dobj", "nsubjpass", "auxpass", "ccomp", "xcomp") for c in verb.children)
    if bare and verb.tag_ in ("VBD", "VBZ", "VBP", "VB"):
        joined = (c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and 0 < c.i - verb.i <= _BESIDE)
        yield from (Argument("patient", o) for c in joined for o in c.children if o.dep_ == "dobj")


def _told_behind(verb: Token) -> Token | None:
    """Who is told behind a participle: “Killed there were | two guards |”, “Among those held was | Ada Berg |”."""
    if verb.tag_ != "VBN":
        return None
    if verb.dep_ == "acl" and verb.head.dep_ == "pobj" and verb.head.head.lower_ in ("among", "including"):
        be, told = verb.head.head.head, ("nsubj", "attr")
    else:
        be, told = next((c for c in verb.children if c.dep_ == "auxpass" and c.i > verb.i), verb), ("attr", "nsubj")
    behind = (c for c in be.children if be.lemma_ == "be" and c.dep_ in told and c.i > be.i)
    return next(behind, None)


def _joined(verb: Token) -> Iterator[Token]:
    """“Was arrested along with her husband”: to whom it is done as well."""
    for link in (c for c in verb.children if c.lower_ == "along" and c.i > verb.i):
        yield from (c for p in link.children if p.lower_ == "with" for c in p.children if c.dep_ == "pobj")


def _inherited_subject(verb: Token, passive: bool, depth: int) -> Iterator[Argument]:
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    if verb.dep_ == "xcomp" and head.pos_ == "ADJ" and head.dep_ == "acomp":
        head = head.head  # "is due | to be freed |", "was able | to flee |"
    if head.pos_ not in ("VERB", "AUX") or _only_compares(verb) or _came_of(verb, head):
        return
    acting = left_out(verb) or _asked(verb, head)
    if acting is not None:
        yield Argument("patient" if passive else "agent", acting)
        return
    # "were found | stabbed", "| charged with murder, she denied it"
    found_so = verb.dep_ in ("xcomp", "advcl") and verb.tag_ == "VBN" and not _has_auxiliary(verb)
    role = "patient" if passive or found_so or _participle_after_be(verb, head) else "agent"
    for inherited in subjects(head, depth + 1):
        # a passive matrix ("are alleged to have scuttled") still gives its subject to an active verb
        bearer = verb.dep_ == "conj" and head.dep_ in ("acl", "relcl") and inherited.head.i == head.head.i
        if bearer or inherited.head.dep_ in ("nsubj", "nsubjpass", "dobj", "dative"):
            plain = verb.dep_ == "conj" and not _has_auxiliary(verb) and verb.tag_ == "VBN" and head.lemma_ != "be"
            yield Argument(inherited.role if plain else role, inherited.head)


def _due(verb: Token) -> Token | None:
    """For "the congress, due to | open | in May": the noun right before "due"."""
    due = verb.head
    if due.lower_ not in ("due", "set", "scheduled") or due.i < 2 or due.pos_ in ("VERB", "AUX"):
        return None
    if due.dep_ == "amod" and due.head.i < due.i:
        return due.head  # "talks between the rebels and the government, due to | open | in Doha"
    before = due.nbor(-2) if due.nbor(-1).text == "," else due.nbor(-1)
    return before if before.pos_ in ("NOUN", "PROPN") else None


def _means(noun: Token) -> bool:
    """“Was evacuated by helicopter”: how, and not by whom."""
    return is_time(noun) or (noun.tag_ == "NN" and noun.lower_ in _BY and not any(True for _ in noun.lefts))


def _came_of(verb: Token, head: Token) -> bool:
    """“A bus crashed, killing 12”, “was shot down, killing all”, “was caught, ending a manhunt”: the deed did it.

    “Soldiers clashed with protesters, injuring 34”: which of them did it is not told.
    """
    if verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return False
    known, follows = event_lexicon().verbs, verb.i > head.i
    deed = sense_of(head, event_lexicon()) or known.get(head.lemma_.lower())
    harm = known.get(verb.lemma_.lower())
    befell = any(c.dep_ in ("nsubjpass", "auxpass") for c in head.children)
    if harm is None or harm.type != "ASSAULT":
        return follows and befell and verb.lemma_.lower() == "end"
    fell = deed is not None and deed.lemma in _ACCIDENTS
    against = any(c.dep_ == "prep" and c.lower_ == "with" for c in head.children)
    return (follows and (befell or fell)) or (deed is not None and deed.lemma == "fight" and against)


def charged_with(verb: Token) -> bool:
    """“Is accused of having organised the coup”: the coup was, but who organised it is only alleged.

    Argument: the verb that tells what somebody is accused of.
    """
    above = next((a for a in verb.ancestors if a.pos_ == "VERB"), verb)
    return verb.dep_ in ("pcomp", "xcomp") and event_lexicon().is_group("alleging", above.lemma_.lower())


def _only_compares(verb: Token) -> bool:
    """“As shown by the sale”: whoever the clause above is about is not what is shown."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and any(c.lower_ == "as" and c.i < verb.i for c in verb.children)


def left_out(verb: Token) -> Token | None:
    """The noun before a clause that leaves its subject out: "the men | the police said | had fled"."""
    head = verb.head
    if verb.dep_ != "ccomp" or head.dep_ != "relcl" or head.head.pos_ not in ("NOUN", "PROPN"):
        return None
    own = any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children)
    finite = any(t.tag_ in _FINITE for t in (verb, *verb.children) if t is verb or t.dep_ in ("aux", "auxpass"))
    return head.head if finite and not own else None


def _asked(verb: Token, head: Token) -> Token | None:
    """Who is to do it, of those whom the verb above acts on: "accused X of bombing", "called on X to leave"."""
    objects = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP" and c.tag_ not in _RELATIVE]
    objects = objects or [b for b in [_acted_on(head)] if b is not None]
    turning = _TURNING | {"with"} if event_lexicon().is_group("alleging", head.lemma_.lower()) else _TURNING
    turned = verb.dep_ == "pcomp" and verb.head.lower_ in turning  # "charged X with bribing", "kept X from leaving"
    listed = event_lexicon().verbs.get(head.lemma_.lower())
    asking = listed is not None and listed.type == "REQUEST"
    # "quoted X as saying"
    turned = turned or (verb.dep_ == "pcomp" and verb.head.lower_ == "as" and head.lemma_.lower() in _QUOTING)
    # "urged X to give way by withdrawing", where the parse hangs the means on the urging
    turned = turned or (verb.dep_ == "pcomp" and asking and verb.head.lower_ == "by" and verb.i > head.i)
    if (verb.dep_ == "xcomp" or turned) and objects and head.lemma_.lower() not in _OWN:
        return objects[0]
    if verb.dep_ not in ("xcomp", "advcl") or not any(c.tag_ == "TO" for c in verb.children):
        return None
    links = [c for c in head.children if c.dep_ == "prep" and c.lower_ in _THROUGH and head.i < c.i < verb.i]
    known = (event_lexicon().verbs.get(f"{head.lemma_.lower()}_{p.lower_}") for p in links)
    asking = asking or any(one is not None and one.type == "REQUEST" for one in known)
    if not (asking or head.lemma_.lower() in _TRUSTING):
        return None
    return next((c for p in links for c in p.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)


def _acted_on(verb: Token) -> Token | None:
    """“The preacher | whom Ankara accuses | of …”: the noun that a relative clause tells something of as its object."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb.dep_ != "relcl" or subject is None or subject.tag_ in _RELATIVE:
        return None
    noun = verb.head.head if verb.head.dep_ == "appos" and verb.head.head.pos_ == "PROPN" else verb.head
    return noun if any(c.tag_ in _RELATIVE and c.i < subject.i for c in verb.children) else None


def _participle_after_be(verb: Token, head: Token) -> bool:
    """A participle joined to what somebody is: "who are at large but | banned | from Norway"."""
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and not _has_auxiliary(verb) and head.lemma_ == "be"


def reduced_passive(verb: Token) -> bool:
    """The second of two passives, without its auxiliary: "one was killed and the other wounded"."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBN", "VBD") or _has_auxiliary(verb):
        return False
    # "was arrested and pleaded guilty", "was shot and died": no passive of these
    if event_lexicon().is_group("intransitive", verb.lemma_.lower()):
        return False
    heads_passive = any(c.dep_ == "auxpass" for c in verb.head.children)
    lemma = verb.lemma_.lower()
    said = any(c.dep_ == "ccomp" for c in verb.children) and lemma not in _TOLD
    # "was arrested and admitted shooting him"; but "was followed and caught stealing"
    said = said or (lemma not in _SEEN and any(c.dep_ == "xcomp" and c.tag_ == "VBG" for c in verb.children))
    return heads_passive and not said and not any(c.dep_ == "dobj" for c in verb.children)


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)
