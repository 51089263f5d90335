"""Whether an event is told as fact, alleged, denied, planned, hypothetical or negated: read off the verbs above it."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import EventLexicon, event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.finding.verbs import verb_lemma
from ingest.reading.english.events.frames import framed, listed
from ingest.reading.english.events.wording import infinitive, is_nobody
from kb.models import EventStatus

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "ca", "'d", "’d", "ought"})
_CONDITION = frozenset({"if", "unless", "whether", "lest", "until"})
_SUBJECT_MATTER = frozenset({"agreement", "deal", "plan", "proposal", "talks", "negotiation", "idea", "question"})
_CALLING = frozenset({"call", "appeal", "plead", "push", "press", "campaign", "ask", "beg", "pray", "hope", "wish"})
_WISHING = frozenset({"demand", "seek", "urge", "request", "want", "propose", "threaten", "fear", "expect", "rule_out"})
_ALLEGED = frozenset({"alleged", "suspected", "supposed", "purported", "reported", "reputed"})
_TOLD = frozenset({"STATEMENT", "ACCUSE", "REQUEST", "INVESTIGATE"})  # who denies a charge grants that it was made
_SCHEMES = frozenset(
    {"plot", "plan", "scheme", "attempt", "bid", "threat", "fear", "risk", "warning", "alert", "drill"}
)
_POSTPONING = frozenset({"postpone", "put_off", "push_back", "put_back", "hold_over"})
_CANCELLING = frozenset({"cancel", "scrap"})
_AVERTING = frozenset({"avert", "prevent", "avoid", "foil"})
_CARRIED_ON = frozenset({"in", "with", "on", "at", "into"})
_REPORTS = frozenset({"report", "suggestion", "insinuation", "notion", "story"})
_BOASTING = frozenset({"boast", "confess", "brag"})
_CAUSING = frozenset({"have", "make", "let", "see"})
_PURPOSE = frozenset({"mean", "design", "suppose", "intend", "aim"})
_HEARSAY = frozenset({"say", "think", "report", "understand", "hear", "whisper"})
_PLANNED = frozenset({"planned", "proposed", "upcoming", "scheduled", "forthcoming", "intended", "impending"})


def status_of(trigger: Trigger) -> EventStatus:
    """The status that an event's sentence and what stands around it give the event.

    Arguments: a trigger. The nearest word that decides wins; then what frames the clause. A noun that points to what is
    known ("the war") is not made doubtful by the frame of its sentence.
    """
    own = _in_clause(trigger)
    if own in ("denied", "negated", "hypothetical") or (trigger.nominal and not _new(trigger)):
        return own
    return framed(trigger.verb if trigger.governor is not None else trigger.token) or own


def _new(trigger: Trigger) -> bool:
    return trigger.governor is not None or _indefinite(trigger.token)


def _in_clause(trigger: Trigger) -> EventStatus:
    lexicon = event_lexicon()
    if trigger.nominal:
        own = _noun_status(trigger, lexicon)
        if own is not None:
            return own
        if trigger.governor is None:
            if _indefinite(trigger.token):
                return _from_above(trigger.token, lexicon)
            # "claimed that the war …": whoever doubts the claim grants the war; a deal may be what is claimed
            return _frame(trigger.token, lexicon) if trigger.event.result else "asserted"
        if trigger.event.durative and trigger.phase:
            return _frame(trigger.governor, lexicon)
    return _verb_status(trigger.verb, lexicon, seen=0)


def _noun_status(trigger: Trigger, lexicon: EventLexicon) -> EventStatus | None:
    noun = trigger.token
    if noun.dep_ in ("compound", "nmod") and noun.head.lemma_.lower() in _SCHEMES and not trigger.event.durative:
        return "hypothetical"  # "an assassination plot"
    fate = verb_lemma(noun.head) if noun.dep_ in ("dobj", "nsubjpass") else ""
    if fate in _CANCELLING or fate in _AVERTING:
        done = _verb_status(noun.head, lexicon, seen=0) in ("asserted", "alleged", "negated")
        return "negated" if done else "planned" if fate in _CANCELLING else "hypothetical"
    if fate in ("allege", "blame", "suspect"):
        return "alleged"
    if fate == "face" and trigger.event.type in ("COERCE", "SANCTION"):
        return "hypothetical"  # "faces extradition"; the charges that he faces were brought
    if fate in ("deny", "refute") and trigger.event.type not in _TOLD:
        return "denied"
    if fate in _POSTPONING or (
        trigger.governor is not None and lexicon.is_group("planned", trigger.governor.lemma_.lower())
    ):
        return "planned"
    if _only_possible(noun, lexicon) or _only_topic(noun) or (not trigger.event.durative and _wished_for(noun)):
        return "hypothetical"
    words = {c.lower_ for c in noun.children if c.dep_ in ("amod", "det", "advmod", "nmod")}
    if words & {"no", "neither"} or any(listed("called off", w) for w in words):
        return "negated"
    if words & _ALLEGED:
        return "alleged"
    if words & _PLANNED:
        return "planned"
    accused = noun.dep_ == "pobj" and noun.head.lower_ in ("of", "for", "with", "to")
    if accused and listed("cleared", noun.head.head.lemma_.lower()):
        return "denied"
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and listed("close to", noun.head.head.lower_):
        return "hypothetical"
    if accused and lexicon.is_group("alleging", noun.head.head.lemma_.lower()):
        return "alleged"
    if "any" in words or words & lexicon.groups["irreal adjectives"]:
        return "hypothetical"
    return "negated" if noun.dep_ == "pobj" and noun.head.lower_ == "without" else None


def _only_possible(noun: Token, lexicon: EventLexicon) -> bool:
    """“An agreement was possible”."""
    said = (c.lower_ for c in noun.head.children if c.dep_ == "acomp") if noun.dep_ == "nsubj" else ()
    return any(lexicon.is_group("irreal adjectives", word) for word in said)


def _only_topic(noun: Token) -> bool:
    """“An agreement on his release”: what is agreed or planned has not come about by that."""
    about = noun.dep_ == "pobj" and noun.head.lower_ in ("on", "about", "for", "over")
    owned = any(c.dep_ == "poss" for c in noun.children)
    return about and owned and noun.head.head.lemma_.lower() in _SUBJECT_MATTER


def _indefinite(noun: Token) -> bool:
    dets = [c.lower_ for c in noun.children if c.dep_ in ("det", "poss")]
    return not dets or all(d in ("a", "an", "any", "no", "some", "another") for d in dets)


def _from_above(noun: Token, lexicon: EventLexicon) -> EventStatus:
    """An indefinite event noun is as real as what governs it: "open to a deal", "want talks"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in ("during", "after", "since", "following", "before", "in", "at"):
        return _frame(noun, lexicon)
    node = noun
    while node.head.i != node.i:
        node = node.head
        lemma = node.lemma_.lower()
        if node.pos_ in ("NOUN", "PROPN") and lexicon.is_group("irreal nouns", lemma):
            return "hypothetical"
        if node.pos_ == "ADJ" and lexicon.is_group("irreal adjectives", lemma):
            return "hypothetical"
        if node.pos_ in ("VERB", "AUX"):
            # “the coup attempt failed” on what had begun; “failed to reach a deal” is another matter
            begun = lemma == "fail" and noun.dep_ == "nsubj" and not any(c.dep_ == "xcomp" for c in node.children)
            if lexicon.is_group("unrealised", lemma) and not begun:
                return "planned" if lexicon.is_group("planned", lemma) else "hypothetical"
            status = _verb_status(node, lexicon, seen=0)
            # "talks had nearly ended the war": what did not do something was
            did = noun.dep_ == "nsubj" and noun.head == node and any(c.dep_ == "dobj" for c in node.children)
            return "asserted" if status == "negated" and did else status
    return "asserted"


def _verb_status(verb: Token, lexicon: EventLexicon, seen: int) -> EventStatus:
    children = list(verb.children)
    if any(
        c.dep_ == "neg" or (c.lower_ in ("never", "neither", "nor") and c.dep_ in ("advmod", "cc", "preconj"))
        for c in children
    ):
        return "negated"
    if any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and is_nobody(c) for c in children):
        return "negated"
    if any(_nearly(c, verb) for c in children) or _nor(verb):
        return "negated"
    auxiliaries = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    marks = {c.lower_ for c in children if c.dep_ in ("mark", "advmod")}
    if any(c.lower_ in ("whatever", "whoever", "whichever") for c in children):
        return "hypothetical"
    if auxiliaries & {"would", "'d", "’d"} and _announced(verb):
        return "planned"
    if (
        auxiliaries & _MODAL
        or (marks & _CONDITION and verb.dep_ in ("advcl", "ccomp", "xcomp", "acl"))
        or _unreal(verb, marks)
    ):
        return "hypothetical"
    if auxiliaries & _FUTURE:
        return "planned"
    if marks & {"reportedly", "allegedly", "supposedly", "purportedly"}:
        return "alleged"
    return _embedded(verb, auxiliaries, lexicon, seen)


def _nor(verb: Token) -> bool:
    """“Neither admitted | nor denied | it”."""
    joined = verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children)
    return joined and any(c.lower_ == "nor" and c.i < verb.i for c in verb.head.children)


def _nearly(word: Token, verb: Token) -> bool:
    """“Almost killed him”: it did not come about; “almost doubled” measures what did."""
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
        return "asserted"
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
        return _controlled(verb, head, lexicon, seen)
    if verb.dep_ == "xcomp" and (head.pos_ == "ADJ" or head.lower_ == "due"):
        if head.lower_ in ("due", "set", "scheduled", "poised", "slated"):
            return "planned"
        return "asserted" if head.lower_ in ("able", "first", "last") else "hypothetical"
    if verb.dep_ in ("acl", "relcl", "advcl") and "to" in auxiliaries:
        return (
            "asserted"
            if lemma in ("first", "last", "return", "go", "come") or "have" in auxiliaries
            else "hypothetical"
        )
    if verb.dep_ == "relcl" and any(c.lower_ == "any" for c in head.children):
        return "hypothetical"
    if verb.dep_ in ("acl", "relcl") and head.pos_ == "NOUN" and _claimed(verb):
        return _frame(verb, lexicon)
    if verb.dep_ == "pcomp" and (governed := _governed(verb, head, lexicon, seen)) is not None:
        return governed
    if verb.dep_ == "csubj" and verb.tag_ == "VBG" and (head.tag_ == "VBZ" or _may_be(head)):
        return "hypothetical"  # "killing him is a priority"; but "killing him was a mistake"
    if verb.dep_ == "conj":
        if not _finite(verb) or verb.tag_ == "VB" or _conditional(head):
            return _verb_status(head, lexicon, seen + 1)
        return _frame(head, lexicon)
    # "would bomb the port, killing dozens"; what goes before ("saying that it was closed, it would …") is told of now
    following = verb.i > head.i and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)
    # “urged it to calm them by leaving”
    how = verb.dep_ == "pcomp" and head.lower_ == "by" and head.head.pos_ == "VERB"
    if how or (verb.dep_ == "advcl" and verb.tag_ == "VBG" and following):
        above = _verb_status(head.head if how else head, lexicon, seen + 1)
        return above if above in ("hypothetical", "planned") else "asserted"
    if verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBP") and lemma in _CAUSING and not auxiliaries:
        return _verb_status(head, lexicon, seen + 1)  # "the draft would have them give up their weapons"
    if verb.dep_ == "ccomp":
        if _only_demanded(verb, auxiliaries, lexicon):
            return "hypothetical"
        if lexicon.is_group("unrealised", lemma) and "to" in auxiliaries:
            return "planned" if lexicon.is_group("planned", lemma) else "hypothetical"
        return _frame(verb, lexicon)
    return "asserted"


def _governed(verb: Token, head: Token, lexicon: EventLexicon, seen: int) -> EventStatus | None:
    """What a preposition and the word before it make of a gerund: "without signing", "accused of bombing"."""
    if _not_done(head):
        return "negated"
    if _threatened(verb):
        return "hypothetical"
    if listed("cleared", head.head.lemma_.lower()):
        return "denied"
    if lexicon.is_group("alleging", head.head.lemma_.lower()):
        return "alleged"
    noun = head.head  # "accused the rebels of firing", where the parse hangs it on the rebels
    if noun.dep_ in ("dobj", "nsubjpass") and lexicon.is_group("alleging", noun.head.lemma_.lower()):
        return "alleged"
    if noun.lemma_.lower() in _BOASTING and head.lower_ in ("of", "to", "about"):
        return "alleged"
    if noun.i != head.i and noun.pos_ == "ADJ":
        return "hypothetical"
    if head.lower_ in ("of", "for", "to", "at") and _only_imagined(head.head, lexicon):
        return "hypothetical"
    if head.lower_ in ("at", "on", "of") and lexicon.is_group("intending", head.head.lemma_.lower()):
        return "hypothetical"  # "an operation aimed at taking him hostage"
    if head.lower_ in _CARRIED_ON and head.head.pos_ == "VERB":
        above = _verb_status(head.head, lexicon, seen + 1)  # "whether to proceed with buying stores"
        return above if above in ("hypothetical", "planned") else "asserted"
    return None


def _may_be(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in _MODAL | _FUTURE for c in verb.children)


def _only_imagined(noun: Token, lexicon: EventLexicon) -> bool:
    """“The possibility of reaching a deal”; but the reason for a deed and the claim of one are told of what was."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and lexicon.is_group("irreal nouns", lemma) and lemma not in ("reason", "claim")


def _only_demanded(verb: Token, auxiliaries: set[str], lexicon: EventLexicon) -> bool:
    """“Demanded that it withdraw”, “ordered that he be freed”: the bare form is asked for and not told."""
    asking = lexicon.is_group("demanding", verb.head.lemma_.lower())
    if not asking or auxiliaries - {"be"}:
        return False
    plural = any(c.dep_ == "nsubj" and c.tag_ in ("NNS", "NNPS", "PRP") for c in verb.children)
    insists = verb.head.lemma_.lower() in ("insist", "suggest")  # “insists that they leave” may tell what they do
    return "be" in auxiliaries or verb.tag_ == "VB" or (verb.tag_ == "VBP" and not (plural and insists))


def _wished_for(noun: Token) -> bool:
    """“Called for the withdrawal of …”, “demanded the release of …”: asked for, and so not come about."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.lemma_.lower() == "threaten":
        return True
    by_preposition = noun.dep_ == "pobj" and noun.head.lower_ == "for" and verb.lemma_.lower() in _CALLING
    if verb.pos_ not in ("VERB", "NOUN"):
        return False
    return by_preposition or (noun.dep_ == "dobj" and verb.lemma_.lower() in _WISHING)


def _threatened(gerund: Token) -> bool:
    """“Warned of bombing the port”: what somebody is warned of lies ahead."""
    above = gerund.head.head
    return gerund.tag_ == "VBG" and gerund.head.lower_ in ("of", "against", "with") and (
        above.lemma_.lower() in ("warn", "warning", "threaten", "threat", "talk", "dream", "speak", "idea", "plan")
    )  # fmt: skip


def _not_done(preposition: Token) -> bool:
    """“Without signing”, “stopped short of signing”, “came close to signing”."""
    if listed("instead", preposition.lower_):
        return True
    above = preposition.head
    within = above.dep_ == "pobj" and above.head.lower_ == "within"  # "came within hours of taking it"
    return preposition.lower_ in ("of", "to") and (within or listed("close to", above.lower_))


def _conditional(verb: Token) -> bool:
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & (_CONDITION - {"until"}))


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass", "nsubj") for c in verb.children)


def _controlled(verb: Token, head: Token, lexicon: EventLexicon, seen: int) -> EventStatus:
    lemma = head.lemma_.lower()
    # "the aim was to …"
    if lemma == "be" and any(c.dep_ == "nsubj" and lexicon.is_group("aims", c.lemma_.lower()) for c in head.children):
        return "planned"
    if lemma == "be" and infinitive(verb):
        return "planned"  # "is to meet"
    if lexicon.is_group("denying", lemma):
        return "denied"
    if lemma in ("fail", "refuse", "decline"):
        return "negated"
    passive = any(c.dep_ == "auxpass" for c in head.children)
    heard = passive and (lexicon.is_group("alleging", lemma) or lemma in _HEARSAY or lemma == "know")
    intended = lexicon.is_group("planned", lemma)
    if (heard or intended) and _verb_status(head, lexicon, seen + 1) == "negated":
        return "negated"  # "nobody was known to have planned to attack it"
    if heard:
        return "alleged"
    if intended:
        return "planned"
    if lexicon.is_group("unrealised", lemma) or (lemma in _PURPOSE and head.tag_ == "VBN"):
        return "hypothetical"
    if lemma in ("appear", "seem"):
        return "alleged"
    return _verb_status(head, lexicon, seen + 1)


def _claimed(verb: Token) -> bool:
    """“The claim that it had sunk the ship”."""
    content = any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)
    lemma = verb.head.lemma_.lower()
    return content and (listed("claims", lemma) or lemma in _REPORTS)


def _frame(token: Token, lexicon: EventLexicon) -> EventStatus:
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
        if lexicon.is_group("alleging", lemma) or (lemma in _HEARSAY and _nobody_says(verb.head)):
            return "alleged"
    return "asserted"


def _nobody_says(verb: Token) -> bool:
    """“It is said that …”: the saying has no one who answers for it."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and any(c.lower_ == "it" and c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)
