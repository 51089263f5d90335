"""Find the words that tell events: verbs, nominalisations, and light verbs resolved to their noun ("held talks")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.lexicon import EventClass, EventLexicon, event_lexicon
from ingest.reading.english.events.finding.phases import ends, lifts, relative_phase, verb_phase, yet_to
from ingest.reading.english.events.finding.senses import (
    is_figurative,
    is_naming,
    is_office,
    is_round,
    no_deed,
    protection_noun,
    sense_of,
)
from ingest.reading.english.events.finding.verbs import particle_of, verb_lemma
from ingest.reading.english.events.frames import bodiless
from ingest.reading.english.events.wording import hyphened

_CLAUSE = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj", "csubjpass", "dep"}
)
_GENERIC_WEIGHT = 0.2
BOOKED = frozenset({"lose", "gain", "profit", "sell", "cut", "raise", "fall"})
_DECIDING = frozenset({"win", "lose", "contest"})
_PARTAKING = frozenset({"engage", "enter", "result", "participate", "file"})
_TIME = frozenset({"time", "hour", "minute", "day", "night", "week", "month", "year", "decade", "century", "deadline"})
_NAME_LINKS = frozenset({"of", "for"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event.

    token: the verb or noun; governor: the verb that carries a noun's tense and time ("held" of "held talks"), else
    None; phase: "begin" or "end" when only that part of the event is told, "near" when it nearly came about;
    misread: the parser took the verb for an adjective or a noun, so that its subject stands before it.
    """

    token: Token
    event: EventClass
    passage: int
    governor: Token | None = None
    phase: str = ""
    misread: bool = False

    @property
    def nominal(self) -> bool:
        """Whether the trigger is a noun."""
        return self.token.pos_ in ("NOUN", "PROPN") and not self.misread

    @property
    def verb(self) -> Token:
        """The token whose tense, modality and adverbs are the event's."""
        return self.governor if self.governor is not None else self.token

    @property
    def start(self) -> int:
        """Character offset of the trigger, of its first part where it is two words or has a hyphen."""
        if not self.nominal or compound_class(self.token, event_lexicon()) is None:
            return self.token.idx
        return (hyphened(self.token) or self.token.nbor(-1)).idx

    @property
    def end(self) -> int:
        """Character offset after the trigger, its particle included when it stands next to it."""
        particle = particle_of(self.token)
        close = particle is not None and particle.i == self.token.i + 1
        last = particle if close and particle is not None else self.token
        return last.idx + len(last)


def is_booked(trigger: Trigger) -> bool:
    """Whether a noun is a figure that somebody reports: a loss or a sale is not of the day on which it is told."""
    verb = trigger.token.head.lemma_.lower()
    return trigger.nominal and trigger.event.lemma in BOOKED and event_lexicon().is_group("booking", verb)


def find_triggers(annotated: Annotated) -> tuple[Trigger, ...]:
    """The event words of a document in reading order. Arguments: the parse. Nothing is judged here but the words."""
    lexicon = event_lexicon()
    found: list[Trigger] = []
    for number, sentence in enumerate(annotated.passages):
        nouns = list(_nouns(sentence, number, lexicon))
        carried = {t.governor.i for t in nouns if t.governor is not None and not lexicon_verb_kept(t, lexicon)}
        phases = [*_pointing_back(sentence, number, found, lexicon), *_ended(nouns, lexicon)]
        carried |= {t.token.i for t in phases}
        verbs = [t for t in _verbs(sentence, number, lexicon) if t.token.i not in carried]
        found += sorted([*nouns, *verbs, *phases], key=lambda t: t.token.i)
    return tuple(found)


def lexicon_verb_kept(noun: Trigger, lexicon: EventLexicon) -> bool:
    """Whether the noun's governor tells an event of its own beside the noun ("announced the withdrawal")."""
    verb = noun.governor
    if verb is None or noun.phase:
        return False
    made = sense_of(verb, lexicon) or lexicon.verbs.get(verb_lemma(verb))
    return made is not None and not lexicon.is_group("light", verb.lemma_.lower())


def _verbs(sentence: Span, number: int, lexicon: EventLexicon) -> Iterator[Trigger]:
    heading = sentence[-1].text not in '.!?”"'
    for token in sentence:
        colon = token.i + 1 < len(token.doc) and token.nbor(1).text == ":"
        if colon and heading and _noun_class(token, lexicon) is not None:
            continue  # “Geneva talks: …” names what the heading is about
        if token.pos_ == "VERB" and not token.is_space:
            event = _verb_class(token, lexicon)
            if event is not None:
                yield Trigger(token, event, number, phase=verb_phase(token, lexicon))
        elif _misread_verb(token, lexicon):
            yield Trigger(token, lexicon.verbs[lexicon.past_forms[token.lower_]], number, misread=True)
        elif heading and _misread_headline(token, lexicon):
            event = sense_of(token, lexicon) or lexicon.verbs[lexicon.present_forms[token.lower_]]
            yield Trigger(token, event, number, misread=True)


def _pointing_back(sentence: Span, number: int, before: list[Trigger], lexicon: EventLexicon) -> Iterator[Trigger]:
    """Further reports of a lasting event: "It ended in 1988", "The siege began in 1992 and ended in 1996"."""
    lasting = next((t for t in reversed(before) if t.passage == number - 1 and t.event.durative), None)
    for token in sentence:
        if token.pos_ != "VERB":
            continue
        phase = next((p for p in ("begin", "end") if lexicon.is_group(p, verb_lemma(token))), "")
        if not phase or any(c.dep_ == "dobj" for c in token.children):
            continue
        subjects = [c for c in token.children if c.dep_ == "nsubj"]
        if lasting is not None and any(c.lower_ in ("it", "this", "that") for c in subjects):
            yield Trigger(token, lasting.event, number, phase=phase)
        elif token.dep_ == "conj" and not subjects:
            shared = [_noun_class(c, lexicon) for c in token.head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
            yield from (
                Trigger(token, event, number, phase=phase) for event in shared if event is not None and event.durative
            )


def _ended(nouns: Iterable[Trigger], lexicon: EventLexicon) -> Iterator[Trigger]:
    """The end of what a relative clause tells the beginning of: "ending a siege that began on 3 March"."""
    for noun in nouns:
        head, dep = _chain_head(noun.token)
        undergone = dep in ("dobj", "nsubjpass") and head.pos_ == "VERB" and noun.governor is not head
        if noun.phase == "begin" and undergone and ends(head, noun.event, lexicon):
            yield Trigger(head, noun.event, noun.passage, phase="end")


def _verb_class(token: Token, lexicon: EventLexicon) -> EventClass | None:
    lemma = verb_lemma(token)
    event = lexicon.verbs.get(lemma) or (lexicon.verbs.get(token.lemma_.lower()) if "_" not in lemma else None)
    if is_imperative(token) or is_naming(token) or no_deed(token, lexicon):
        return None
    if token.ent_type_ == "ORG" and token.tag_ == "VB" and token.is_title and not token.is_sent_start:
        return None  # "the Committee to Protect Journalists"
    if token.dep_ in ("amod", "compound", "aux", "auxpass") or (
        token.lower_ == "according" and token.i + 1 < len(token.doc)
    ):
        return None
    if token.tag_ == "VBN" and token.dep_ == "advcl" and any(c.lower_ == "than" for c in token.children):
        return None  # "a week later than planned"
    sensed = sense_of(token, lexicon)
    if sensed is not None:
        return sensed
    if bodiless(token, lemma):
        return lexicon.figurative
    if lemma == "demonstrate" and any(c.dep_ in ("dobj", "nsubjpass", "ccomp", "agent") for c in token.children):
        return EventClass(lemma, "OTHER", _GENERIC_WEIGHT)  # what shows something is no protest
    if lemma == "pass" and any(c.dep_ == "dobj" and (c.pos_ == "NUM" or c.tag_ == "CD") for c in token.children):
        return None  # “the toll passes 4,300”
    if lemma in ("pass", "elapse", "go_by", "pass_by") and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in _TIME for c in token.children
    ):
        return None  # "two months had passed"
    if (lemma == "bear" and token.tag_ != "VBN") or (lemma == "leave" and _leaves_so(token)):
        return None
    if token.dep_ == "xcomp" and token.head.lemma_.lower() in ("refuse", "decline"):
        return None
    if lexicon.is_group("intending", lemma) and any(c.dep_ == "xcomp" for c in token.children):
        return None
    if lemma == "address" and any(c.dep_ == "dobj" and c.pos_ == "PROPN" for c in token.children):
        return lexicon.nouns["speech"]
    if lemma in ("start", "begin") and any(c.dep_ == "dobj" and c.pos_ == "PROPN" for c in token.children):
        return lexicon.verbs["found"]
    if event is not None or lexicon.is_group("never", lemma) or lexicon.is_group("never", token.lemma_.lower()):
        return event
    if token.dep_ not in _CLAUSE or not token.text.isalpha() or len(lemma) < 3:
        return None
    return EventClass(lemma.replace("_", " "), "OTHER", _GENERIC_WEIGHT)


def _leaves_so(verb: Token) -> bool:
    """“Left nine passengers injured”: what it tells is the state, which is an event of its own."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i]
    states = [c for o in (verb, *objects) for c in o.children if objects and c.i > objects[0].i]
    return any(c.tag_ in ("VBN", "JJ") and c.dep_ in ("acl", "acomp", "oprd", "xcomp", "amod") for c in states) or any(
        c.dep_ == "ccomp" and c.tag_ in ("VBN", "JJ") for c in verb.children
    )


def is_imperative(verb: Token) -> bool:
    """“Visit Rome!”: asked of the reader, not told."""
    bare = verb.tag_ == "VB" and verb.dep_ == "ROOT"
    return bare and not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "csubj", "expl") for c in verb.children)


def _misread_verb(token: Token, lexicon: EventLexicon) -> bool:
    """A past form right after a name or pronoun and before its object, as in "Russia annexed parts of Ukraine"."""
    if token.dep_ != "amod" or token.lower_ not in lexicon.past_forms or token.i == 0 or token.i > token.head.i:
        return False
    before = token.nbor(-1)
    return before.tag_ in ("NNP", "NNPS", "PRP") and before.dep_ in (
        "nsubj",
        "compound",
        "nmod",
        "ROOT",
        "nsubjpass",
        "dep",
        "npadvmod",
    )


def _misread_headline(token: Token, lexicon: EventLexicon) -> bool:
    """A headline's verb after its one-word subject taken for a plural: "Canada rejects offer"."""
    if token.dep_ != "ROOT" or token.lower_ not in lexicon.present_forms or token.i == token.sent.start:
        return False
    return token.nbor(-1).head.i == token.i and token.nbor(-1).dep_ == "compound" and token.i + 1 < token.sent.end


def _nouns(sentence: Span, number: int, lexicon: EventLexicon) -> Iterator[Trigger]:
    title_case, heading = is_heading(sentence), sentence[-1].text not in '.!?”"'
    for token in sentence:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        event = _noun_class(token, lexicon)
        if event is None or is_office(token, lexicon) or is_figurative(token, lexicon):
            continue
        if token.pos_ == "PROPN" and token.head.lower_ == "of" and token.head.head.text in ("Court", "Courts"):
            continue  # "the Court of Appeal"
        if not _tells_event(token, title_case, lexicon) or _in_round(token):
            continue
        if heading and _misread_headline(token, lexicon):
            continue
        if token.dep_ == "dobj" and token.head.lemma_.lower() in _DECIDING and event.lemma in ("elect", "vote"):
            continue  # "lost the election": nobody is elected by it
        if token.lemma_.lower() == "flight" and not any(c.lower_ == "of" for c in token.children):
            continue  # of an airline
        yield _governed(Trigger(token, event, number), lexicon)


def _noun_class(token: Token, lexicon: EventLexicon) -> EventClass | None:
    lemma = token.lemma_.lower()
    if is_round(token):
        return lexicon.nouns["meeting"]
    if protection_noun(token):
        return lexicon.nouns["bankruptcy"]
    compound = compound_class(token, lexicon)
    if compound is not None:
        return compound
    if lemma in ("fire", "blaze", "inferno"):
        return lexicon.nouns["wildfire"] if _burns(token) else None
    if token.lower_ in ("talks", "remarks", "casualties", "hostilities"):
        return lexicon.nouns.get(token.lower_)
    return None if lemma == "talk" and token.lower_ == "talks" else lexicon.nouns.get(lemma)


def _burns(fire: Token) -> bool:
    """Whether a fire is one that burns, which can be counted, and no shots: “opened fire”, “under fire”."""
    counted = fire.tag_ == "NNS" or any(c.lower_ in ("a", "an", "the") for c in fire.children if c.dep_ == "det")
    owned = any(c.dep_ == "poss" for c in fire.children)
    return not owned and (counted or fire.dep_ in ("nsubj", "nsubjpass"))


def compound_class(token: Token, lexicon: EventLexicon) -> EventClass | None:
    """The class of two words ("press conference") or of a word with a hyphen, which are three tokens ("cease-fire")."""
    lemma, first = token.lemma_.lower(), hyphened(token)
    if first is not None:
        joined = lexicon.nouns.get(f"{first.lower_}-{lemma}")
        return joined if joined is not None else lexicon.nouns.get(f"{first.lower_}{lemma}")
    return lexicon.nouns.get(f"{token.nbor(-1).lower_}-{lemma}") if token.i else None


def _tells_event(token: Token, title_case: bool, lexicon: EventLexicon) -> bool:
    if token.ent_type_ in ("DATE", "TIME") and token.pos_ == "PROPN":
        return False
    if token.pos_ == "PROPN" and not title_case and not token.text[0].islower() and not _named_event(token):
        return False
    if token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.pos_ in ("NOUN", "PROPN"):
        # "war crimes", "peace deal talks": the head is what is spoken of; "the war's end" keeps the war
        return token.dep_ == "poss"
    return not (token.nbor(1).text == "-" if token.i + 1 < len(token.doc) else False)


def _in_round(token: Token) -> bool:
    """Whether talks are only what a round is one of: "the second round of talks in Istanbul"."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and is_round(token.head.head)


def _named_event(token: Token) -> bool:
    """Named events: "the Six-Day War", "the Battle of Stalingrad", "the Iranian Revolution"."""
    return any(c.dep_ in ("det", "prep", "amod", "compound", "poss") for c in token.children)


def event_name(noun: Token) -> str:
    """A named event's whole name: "Battle of Bunker Hill", without what only hangs on it ("War in Ukraine")."""
    inside = {t.i for t in noun.subtree if t.ent_type_ not in ("DATE", "TIME")}
    start, end, doc = noun.i, noun.i + 1, noun.doc
    while start - 1 in inside and _in_name(doc[start - 1]):
        start -= 1
    while end in inside and _in_name(doc[end]):
        end += 1
    of = end in inside and doc[end].lower_ in _NAME_LINKS
    article = of and end + 1 in inside and doc[end + 1].lower_ == "the"
    further = end + 1 + article
    if of and further in inside and doc[further].pos_ == "PROPN":
        last = further
        while last in inside and _in_name(doc[last]):
            last += 1
        # of what only begins with a name, “Mutiny of Wagner troops”, it is none
        end = end if last in inside and doc[last].pos_ == "NOUN" else last
    return doc[start:end].text.replace("\n", " ").strip(" -")


def _in_name(token: Token) -> bool:
    return token.pos_ in ("PROPN", "NUM") or token.text in ("-", "–", "'s", "’s")


def _governed(trigger: Trigger, lexicon: EventLexicon) -> Trigger:
    """The trigger with the verb that carries it, and what part of the event that verb tells."""
    token = trigger.token
    relative = relative_phase(token, lexicon, lasting=trigger.event.durative)
    if relative is not None:
        return replace(trigger, governor=relative[0], phase=relative[1])
    staged = _staged(token, lexicon)
    if staged is not None:
        return replace(trigger, governor=staged)
    head, dep = _chain_head(token)
    if dep in ("dobj", "nsubjpass", "nsubj") and head.pos_ in ("VERB", "AUX"):
        ahead = yet_to(head, lexicon) if dep != "dobj" else None
        return _by_verb(trigger, ahead or head, dep, lexicon)
    reduced = _reduced(token)
    if reduced is not None and any(lexicon.is_group(g, reduced.lemma_.lower()) for g in ("light", "planned")):
        return replace(trigger, governor=reduced)
    if dep == "pobj" and head.lower_ == "to" and head.head.lower_ in ("close", "closer", "near"):
        verb = head.head.head if head.head.pos_ != "VERB" else head.head
        return replace(trigger, governor=verb, phase="near")
    if dep == "pobj" and head.head.pos_ == "VERB" and head.head.lemma_ in _PARTAKING:
        return replace(trigger, governor=head.head)
    return trigger


def _staged(noun: Token, lexicon: EventLexicon) -> Token | None:
    """The verb of "a second round, which may be | held | in July"."""
    for clause in (c for c in noun.children if c.dep_ == "relcl" and c.tag_ == "VBN"):
        which = any(c.dep_ == "nsubjpass" and c.lower_ in ("which", "that") for c in clause.children)
        if which and lexicon.is_group("stage", clause.lemma_.lower()):
            return clause
    return None


def _by_verb(trigger: Trigger, verb: Token, dep: str, lexicon: EventLexicon) -> Trigger:
    lemma = verb_lemma(verb)
    if dep in ("dobj", "nsubjpass") and lifts(verb, trigger.event, lexicon):
        return replace(trigger, governor=verb, phase="end")
    done = dep == "nsubj" and any(c.dep_ == "dobj" for c in verb.children)
    for phase in ("begin", "end") if not done else ():  # "the talks ended the war": not the talks are over
        if phase == "end" and not trigger.event.durative and lemma in lexicon.verbs:
            break  # "the suit was settled": the settling is an event of its own
        if lexicon.is_group(phase, lemma) and (dep != "dobj" or lemma not in ("launch", "open", "declare")):
            return replace(trigger, governor=verb, phase=phase)
    over = lemma == "be" and any(c.lower_ == "over" and c.i > verb.i for c in verb.children)
    if dep == "nsubj" and over and trigger.event.durative:
        return replace(trigger, governor=verb, phase="end")
    if dep == "nsubj":
        struck = trigger.event.lemma in ("disaster", "explode") and lexicon.is_group("strike", lemma)
        happens = (
            struck
            or lexicon.is_group("happen", lemma)
            or (lemma == "take" and any(c.lower_ == "place" for c in verb.children))
        )
        return replace(trigger, governor=verb) if happens else trigger
    carries = lexicon.is_group("light", lemma.split("_")[0]) or lexicon.is_group("outcome", lemma)
    return replace(trigger, governor=verb) if carries else trigger


def _chain_head(token: Token) -> tuple[Token, str]:
    """Head and relation of the first member of a coordination."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token.head, token.dep_


def _reduced(token: Token) -> Token | None:
    """The participle of a reduced clause: "talks held in Oslo"."""
    return next((c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
