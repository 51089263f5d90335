"""What a verb's clause, and the clauses above it, make of what it tells: fact, plan, charge, denial, condition."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import EventLexicon
from ingest.reading.english.events.frames import listed
from ingest.reading.english.events.unreal import (
    kept_from,
    not_done,
    not_yet,
    only_imagined,
    open_question,
    talked_over,
    undone_by,
    warned_of,
    weighed,
)
from ingest.reading.english.events.wording import going_to, infinitive, is_nobody
from kb.models import EventStatus

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "ca", "'d", "’d", "ought"})
_CONDITION = frozenset({"if", "unless", "whether", "lest", "until"})
_TIMES = frozenset({"when", "once", "after", "before", "till", "time", "soon"})
_NEAR = 2  # words from a verb with its particle to its gerund
_ASIDE = 4  # words of “, it is said,” with its commas
_SEEMS = frozenset({"seem", "appear", "claim", "allege", "believe"})
_CARRIED_ON = frozenset({"in", "with", "on", "at", "into"})
_CAUSING = frozenset({"have", "make", "let", "see"})


def verb_status(verb: Token, lexicon: EventLexicon, seen: int = 0) -> EventStatus:
    """What a verb's own words make of it, and where these say nothing, the clauses above it.

    Arguments: the verb; the lexicon; seen, how many clauses below were looked at before.
    """
    children = list(verb.children)
    if any(
        c.dep_ == "neg" or (c.lower_ in ("never", "neither", "nor") and c.dep_ in ("advmod", "cc", "preconj"))
        for c in children
    ):
        # "may not survive" leaves open whether it does
        return "hypothetical" if any(c.lower_ in ("may", "might") for c in children) else "negated"
    if any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and is_nobody(c) for c in children):
        return "negated"
    before = [verb.nbor(-1)] if verb.i > verb.sent.start else []
    if any(_nearly(c, verb) for c in (*children, *before)) or _nor(verb):
        return "negated"
    auxiliaries = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    marks = {c.lower_ for c in children if c.dep_ in ("mark", "advmod")}
    if any(c.lower_ in ("whatever", "whoever", "whichever") for c in children):
        return "hypothetical"
    if auxiliaries & {"would", "'d", "’d"} and _announced(verb):
        return "planned"
    if (
        auxiliaries & _MODAL
        or (
            marks & _CONDITION
            and verb.dep_ in ("advcl", "ccomp", "xcomp", "acl")
            and not _until_it_came(verb, marks, lexicon)
        )
        or "whether" in marks
        or _unreal(verb, marks)
    ):
        return "hypothetical"
    if auxiliaries & _FUTURE:
        return "planned"
    if any(listed("hedges", word) for word in marks) or any(_so_it_seems(c) for c in children):
        return "alleged"
    return _embedded(verb, auxiliaries, lexicon, seen)


def _so_it_seems(aside: Token) -> bool:
    """“She has, it seems, fled”."""
    seems = aside.dep_ in ("parataxis", "ccomp") and (listed("hearsay", aside.lemma_) or aside.lemma_ in _SEEMS)
    return seems and any(c.lower_ == "it" for c in aside.children) and aside.right_edge.i - aside.left_edge.i <= _ASIDE


def _until_it_came(verb: Token, marks: set[str], lexicon: EventLexicon) -> bool:
    """“Nobody knew it | until a drill came up |”: an end that was reached; not “vowed to fight until they left”."""
    told = verb.tag_ == verb.head.tag_ == "VBD" and not lexicon.is_group("unrealised", verb.head.lemma_.lower())
    return told and marks & _CONDITION == {"until"}


def _nor(verb: Token) -> bool:
    """“Neither admitted | nor denied | it”."""
    joined = verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children)
    return joined and any(c.lower_ == "nor" and c.i < verb.i for c in verb.head.children)


def _nearly(word: Token, verb: Token) -> bool:
    """“Almost killed him”: it did not come about; “almost doubled” measures what did."""
    if word.lower_ == "but" and word.i == verb.i - 1 and word.i and word.nbor(-1).lower_ == "all":
        return True  # "all but collapsed"
    close = word.i < verb.i and all(t.pos_ in ("AUX", "ADV") for t in verb.doc[word.i + 1 : verb.i])
    return listed("nearly", word.lower_) and close and not listed("measured", verb.lemma_.lower())


def _unreal(verb: Token, marks: set[str]) -> bool:
    """“Had they attacked, …”, “as though they had attacked”: a condition or a likeness without "if"."""
    if verb.dep_ not in ("advcl", "ccomp"):
        return False
    first = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    inverted = first is not None and any(c.lower_ in ("had", "were") and c.i < first.i for c in verb.children)
    return inverted or ("though" in marks and verb.i > 1 and any(c.lower_ == "as" for c in verb.children))


def _announced(verb: Token) -> bool:
    """The future seen from a past saying: "announced it would cut"; not where a condition makes it unreal."""
    said = (
        verb.dep_ == "ccomp"
        and verb.head.tag_ in ("VBD", "VBN")
        and verb.head.lemma_.lower() not in ("think", "want", "wish")
    )
    return said and not any(c.dep_ == "advcl" and any(g.lower_ == "if" for g in c.children) for c in verb.children)


def _embedded(verb: Token, auxiliaries: set[str], lexicon: EventLexicon, seen: int) -> EventStatus:
    head, lemma = verb.head, verb.head.lemma_.lower()
    if seen > 6 or head.i == verb.i:
        return "planned" if head.i == verb.i and verb.tag_ == "VB" and infinitive(verb) else "asserted"
    if verb.tag_ == "VBG" and (gerund := _as_object(verb, head, lexicon)) is not None:
        return gerund
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
        return _controlled(verb, head, lexicon, seen)
    if verb.dep_ == "xcomp" and (head.pos_ == "ADJ" or head.lower_ == "due"):
        if head.lower_ in ("due", "set", "scheduled", "poised", "slated"):
            return "planned"
        return "asserted" if head.lower_ in ("able", "first", "last") else "hypothetical"
    if verb.dep_ == "advcl" and (timed := _by_its_time(verb, head, lexicon, seen)) is not None:
        return timed
    if verb.dep_ in ("acl", "relcl", "advcl") and "to" in auxiliaries:
        counted = any(c.ent_type_ == "ORDINAL" or c.lower_ in ("last", "latest", "only") for c in head.children)
        done = counted or lemma in ("first", "last", "return", "go", "come") or "have" in auxiliaries
        return "asserted" if done else "hypothetical"  # "the second shuttle to be lost"
    if verb.dep_ == "acl" and head.dep_ == "pobj" and head.head.lower_ == "without":
        return "negated"  # "without a shot being fired"
    if verb.dep_ == "relcl" and any(c.lower_ == "any" for c in head.children):
        return "hypothetical"
    if verb.dep_ in ("acl", "relcl") and head.pos_ == "NOUN" and _claimed(verb):
        return frame_status(verb, lexicon)
    ruled = verb.dep_ == "pcomp" or (verb.dep_ == "pobj" and verb.tag_ == "VBG" and not verb.n_lefts)
    if ruled and (governed := _governed(verb, head, lexicon, seen)) is not None:
        return governed
    # "ruled out | sending troops"; but "declined to comment, | saying that …"
    beside = verb.dep_ in ("xcomp", "ccomp", "dobj") or (verb.dep_ == "advcl" and 0 < verb.i - head.i <= _NEAR)
    if verb.tag_ == "VBG" and beside and undone_by(head):
        return _undone(head, lexicon, seen)  # "avoided paying", "ruled out sending troops"
    if verb.dep_ == "csubj" and (verb.tag_ == "VBG" or "to" in auxiliaries) and (head.tag_ == "VBZ" or _may_be(head)):
        # "killing him is a priority", "voting will go ahead"; but "killing him was a mistake"
        return "planned" if any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in head.children) else "hypothetical"
    if verb.dep_ == "conj":
        if not _finite(verb) or verb.tag_ == "VB" or _conditional(head):
            return verb_status(head, lexicon, seen + 1)
        return frame_status(head, lexicon)
    # "would bomb the port, killing dozens"; what goes before ("saying that it was closed, it would …") is told of now
    following = verb.i > head.i and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)
    # “urged it to calm them by leaving”
    how = verb.dep_ == "pcomp" and head.lower_ == "by" and head.head.pos_ == "VERB"
    if how or (verb.dep_ == "advcl" and verb.tag_ == "VBG" and following):
        above = verb_status(head.head if how else head, lexicon, seen + 1)
        return above if above in ("hypothetical", "planned") else "asserted"
    if verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBP") and lemma in _CAUSING and not auxiliaries:
        return verb_status(head, lexicon, seen + 1)  # "the draft would have them give up their weapons"
    if verb.dep_ == "ccomp":
        if _only_demanded(verb, auxiliaries, lexicon):
            return "hypothetical"
        # "wants it to be rebuilt", "wants it rebuilt"
        wanted = "to" in auxiliaries or (verb.tag_ == "VBN" and not auxiliaries)
        if listed("hoping", lemma):
            return "planned" if lexicon.is_group("planned", lemma) else "hypothetical"  # "hopes that it passes"
        if lexicon.is_group("unrealised", lemma) and wanted:
            return "planned" if lexicon.is_group("planned", lemma) else "hypothetical"
        return frame_status(verb, lexicon)
    return "asserted"


def _as_object(gerund: Token, head: Token, lexicon: EventLexicon) -> EventStatus | None:
    """What a verb makes of the gerund that is its object: “denied firing on it”, “considered banning it”."""
    if gerund.dep_ == "dobj" and lexicon.is_group("denying", head.lemma_.lower()):
        return "denied"
    return "hypothetical" if gerund.dep_ in ("xcomp", "ccomp", "dobj") and weighed(head) else None


def _by_its_time(verb: Token, head: Token, lexicon: EventLexicon, seen: int) -> EventStatus | None:
    """What a clause of time tells: “troops will leave once the treaty is signed”, “would not talk before they left”."""
    if _still_to_come(verb):
        above = verb_status(head, lexicon, seen + 1)
        return above if above in ("planned", "hypothetical") else "asserted"
    before = any(c.lower_ == "before" and c.dep_ == "mark" for c in verb.children)
    return "hypothetical" if before and _refuses(head) else None


def _governed(verb: Token, head: Token, lexicon: EventLexicon, seen: int) -> EventStatus | None:
    """What a preposition and the word before it make of a gerund: "without signing", "accused of bombing"."""
    if head.lower_ == "from" and (kept := kept_from(head)) is not None:
        return _undone(kept, lexicon, seen)
    if not_done(head):
        return "negated"
    if talked_over(verb):
        return "hypothetical"
    if head.lower_ in ("for", "over") and listed("sought for", head.head.lemma_.lower()):
        return "alleged"  # "wanted for murdering two tourists"
    if verb.tag_ == "VBG" and warned_of(verb):
        return "hypothetical"
    if listed("cleared", head.head.lemma_.lower()):
        return "denied"
    if listed("charges", head.head.lemma_.lower()) and not any(listed("proven", a.lemma_) for a in head.head.ancestors):
        return "alleged"  # "arrested on suspicion of bribing a judge"
    if lexicon.is_group("alleging", head.head.lemma_.lower()):
        return "alleged"
    noun = head.head  # "accused the rebels of firing", where the parse hangs it on the rebels
    if noun.dep_ in ("dobj", "nsubjpass") and lexicon.is_group("alleging", noun.head.lemma_.lower()):
        return "alleged"
    if listed("boasting", noun.lemma_.lower()) and head.lower_ in ("of", "to", "about"):
        return "alleged"
    if noun.i != head.i and noun.pos_ == "ADJ":
        return "hypothetical"
    if head.lower_ in ("of", "for", "to", "at") and only_imagined(head.head, lexicon):
        return "hypothetical"
    if head.lower_ in ("at", "on", "of") and lexicon.is_group("intending", head.head.lemma_.lower()):
        return "hypothetical"  # "an operation aimed at taking him hostage"
    if head.lower_ in _CARRIED_ON and head.head.pos_ == "VERB":
        above = verb_status(head.head, lexicon, seen + 1)  # "whether to proceed with buying stores"
        return above if above in ("hypothetical", "planned") else "asserted"
    return None


def _may_be(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in _MODAL | _FUTURE for c in verb.children)


def _only_demanded(verb: Token, auxiliaries: set[str], lexicon: EventLexicon) -> bool:
    """“Demanded that it withdraw”, “ordered that he be freed”: the bare form is asked for and not told."""
    asking = lexicon.is_group("demanding", verb.head.lemma_.lower())
    if not asking or auxiliaries - {"be"}:
        return False
    plural = any(c.dep_ == "nsubj" and c.tag_ in ("NNS", "NNPS", "PRP") for c in verb.children)
    insists = verb.head.lemma_.lower() in ("insist", "suggest")  # “insists that they leave” may tell what they do
    return "be" in auxiliaries or verb.tag_ == "VB" or (verb.tag_ == "VBP" and not (plural and insists))


def _undone(verb: Token, lexicon: EventLexicon, seen: int) -> EventStatus:
    """What a verb of not doing or of hindering makes of its complement: "did not avoid paying" tells of a deed."""
    above = verb_status(verb, lexicon, seen + 1)
    done = "hypothetical" if verb.lemma_.lower() in ("refuse", "decline", "rule") else "asserted"
    return {"asserted": "negated", "alleged": "negated", "negated": done}.get(above, "hypothetical")  # type: ignore[return-value]


def _conditional(verb: Token) -> bool:
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & (_CONDITION - {"until"}))


def _still_to_come(verb: Token) -> bool:
    """“When the treaty is signed”, “after parliament approves it”: the present of a clause of time."""
    timed = any(c.lower_ in _TIMES and c.dep_ in ("mark", "advmod") for c in verb.children)
    here = (verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass")))
    return timed and any(t.tag_ in ("VBZ", "VBP") for t in here)


def _refuses(verb: Token) -> bool:
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg")}
    return bool(words & {"would", "will", "wo", "'ll", "’ll"}) and any(c.dep_ == "neg" for c in verb.children)


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass", "nsubj") for c in verb.children)


def _controlled(verb: Token, head: Token, lexicon: EventLexicon, seen: int) -> EventStatus:
    lemma = head.lemma_.lower()
    if not_yet(verb, head):
        return "negated"
    # "the aim was to …"
    if lemma == "be" and any(c.dep_ == "nsubj" and lexicon.is_group("aims", c.lemma_.lower()) for c in head.children):
        return "planned"
    if lemma == "be" and infinitive(verb):
        return "planned"  # "is to meet"
    if lexicon.is_group("denying", lemma):
        return "denied"
    if undone_by(head):
        return _undone(head, lexicon, seen)
    if going_to(head):
        above = verb_status(head, lexicon, seen + 1)
        return "planned" if above == "asserted" else above
    perfect = any(c.lower_ == "have" for c in verb.children)
    passive = any(c.dep_ == "auxpass" for c in head.children) or (perfect and head.tag_ in ("VBD", "VBN"))
    heard = passive and (lexicon.is_group("alleging", lemma) or listed("hearsay", lemma) or lemma == "know")
    intended = lexicon.is_group("planned", lemma)
    if (heard or intended) and verb_status(head, lexicon, seen + 1) == "negated":
        return "negated"  # "nobody was known to have planned to attack it"
    if heard:
        return "alleged"
    if intended:
        return "planned"
    if lexicon.is_group("unrealised", lemma) or listed("telling to", lemma):
        return "hypothetical"
    if listed("meant for", lemma) and head.tag_ == "VBN":
        return "hypothetical"
    if lemma in ("appear", "seem"):
        return "alleged"
    return verb_status(head, lexicon, seen + 1)


def _claimed(verb: Token) -> bool:
    """“The claim that it had sunk the ship”."""
    content = any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)
    lemma = verb.head.lemma_.lower()
    return content and (listed("claims", lemma) or listed("reports", lemma))


def frame_status(token: Token, lexicon: EventLexicon) -> EventStatus:
    """What the clauses above make of a clause: "reports claim that ...", "he denied that ..."."""
    for verb in (token, *token.ancestors):
        if verb.dep_ in ("acl", "ccomp", "relcl") and verb.head.pos_ == "NOUN" and _claimed(verb):
            fate = verb.head.head.lemma_.lower() if verb.head.dep_ in ("dobj", "nsubjpass") else ""
            return "denied" if lexicon.is_group("denying", fate) else "alleged"
        if verb.dep_ == "xcomp" and lexicon.is_group("alleging", verb.head.lemma_.lower()):
            return "alleged"  # "claims to show the tower burning"
        if verb.dep_ != "ccomp":
            continue
        lemma = verb.head.lemma_.lower()
        if lexicon.is_group("denying", lemma):
            return "denied"
        if open_question(verb.head):
            return "hypothetical"
        unsure = listed("hearsay", lemma) or listed("presuming", lemma)
        if lexicon.is_group("alleging", lemma) or (unsure and _nobody_says(verb.head)):
            return "alleged"
    return "asserted"


def _nobody_says(verb: Token) -> bool:
    """“It is said that …”: the saying has no one who answers for it."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and any(c.lower_ == "it" and c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)
