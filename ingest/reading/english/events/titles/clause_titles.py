"""Titles of events that a verb tells: "Russia annexes Crimea", "Joe Biden does not attack", "Law passed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.reading.english.entities.known.gazetteer import demonym
from ingest.reading.english.events.finding.lexicon import event_lexicon, third_person
from ingest.reading.english.events.finding.senses import deciding_words
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.finding.verbs import particle_of
from ingest.reading.english.events.merge import Told
from ingest.reading.english.events.titles.complements import (
    about,
    after_object,
    object_words,
    objects,
    purpose,
    whither,
)
from ingest.reading.english.events.titles.names import (
    full_name,
    listed,
    located,
    named_all,
    names_in_roles,
    patient_names,
    shown_name,
)
from ingest.reading.english.events.titles.setting import Setting
from ingest.reading.english.events.titles.verb_forms import base_form, gerund, participle
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import arguments, coordinated
from ingest.reading.english.events.who.subjects import reduced_passive, subjects
from ingest.reading.english.events.wording import is_nobody, phrase

_BARE_OBJECTS = frozenset(
    {
        "bill", "resolution", "law", "treaty", "agreement", "deal", "text", "package", "measure", "decree", "letter",
        "plan", "statement", "proposal", "accord", "offer", "report", "motion", "act"
    }
)  # fmt: skip
_PRONOUNS = frozenset({"it", "him", "her", "them", "himself", "herself", "itself", "themselves"})
_TIGHT, _FEW = 6, 4
_TURNED = ("advcl", "xcomp", "ccomp", "oprd")  # where the reader gives a participle the subject as agent
_RESULTS = frozenset({"apart", "aground", "ashore", "adrift", "ablaze", "loose", "free", "short", "alight"})
_PLURAL = ("percent", "officials", "forces", "troops", "police", "people", "men", "women", "children", "others")


@dataclass(frozen=True, slots=True)
class _Subject:
    names: list[str]
    plural: bool = False


def clause_title(told: Told, setting: Setting) -> str:
    """The title of an event that a verb tells. Arguments: the report that tells it; the rest."""
    trigger, index = told.trigger, setting.index
    passive = is_passive(trigger)
    subject = _subject(told, setting, passive)
    agents, others = _sides(told, subject, setting)
    acting = ("patient", "agent") if passive and trigger.token.dep_ in _TURNED else ("patient",)
    undergone = [] if trigger.misread else [a.head for a in subjects(trigger.token) if a.role in acting]
    what = " and ".join(named_all(undergone[0], index)) or _no_one(undergone[0]) if undergone else ""
    told_to = trigger.event.saying and setting.most <= _TIGHT
    what = what or object_words(objects(trigger), index, trigger, agents)
    if what in agents or (told_to and agents):
        what = ""  # where there is little room, what is said comes before to whom
    if agents:
        return _active(told, agents, _agrees(told, agents, subject, setting), (what, others), setting)
    what = what or listed(patient_names(told.participants or setting.participants, index))
    return _without_agent(told, what, passive, setting)


def _active(told: Told, agents: Sequence[str], plural: bool, acted_on: tuple[str, list[str]], setting: Setting) -> str:
    """Somebody does something: "Poland accuses Hungary of breaking the treaty"."""
    (what, others), trigger, index = acted_on, told.trigger, setting.index
    own = told.participants or setting.participants
    patients = [n for n in patient_names(own, index) if n not in agents] or others
    said = f"{' and '.join(agents)} {what}"
    spared = setting.most == 0 and bool(what)  # the object alone tells it, before it is cut in the middle
    ending = "" if spared else after_object(trigger, index, bool(what), setting.most or _FEW, said)
    if any(c.dep_ in ("xcomp", "ccomp") for c in trigger.token.children):
        others = [n for n in others if not ending or n not in ending]  # "agrees to buy branches from X"
    if any(c.dep_ in ("xcomp", "ccomp") for c in trigger.token.children):
        patients = [n for n in patients if n not in ending]  # "denies targeting civilians"
    if not what and (others or not ending or _stood_for(trigger)):
        what = _joined(trigger, others) + listed([n for n in patients if not any(n in a for a in agents)])
        ending = after_object(trigger, index, bool(what), setting.most or _FEW, f"{said} {what}")
    ending = ending or _deciding(trigger, what)
    called = any(c.dep_ in ("oprd", "acomp", "attr", "ccomp") for c in trigger.token.children)
    if not what and (not ending or (_stood_for(trigger) and not called and _it(trigger) != ending.split()[0])):
        what = _it(trigger)
    what, ending = _in_order(trigger, what, ending)
    does, particle = _predicate(told, plural), _particle(trigger)
    if particle and what in _PRONOUNS:
        does, what = f"{does.removesuffix(particle)} {what}", particle.strip()  # "calls | it off"
    title = " ".join(w for w in (" and ".join(agents[:2]), does, what, ending) if w)
    plain = what and not any(t.dep_ == "pobj" for t in objects(trigger))
    if plain and any(h.lemma_.lower() in _BARE_OBJECTS for h in objects(trigger)) and not ending:
        ending = about(trigger, index, f"{title} ")
        title = f"{title} {ending}".strip()
    if what and not ending:
        title = f"{title} {purpose(trigger, setting.most) if setting.most else ''}".strip()
    told_where = setting.place and (what or not ending) and (others or not patients) and len(title) < 60
    return located(title, setting.place, index, trigger) if told_where else title


def _in_order(trigger: Trigger, what: str, ending: str) -> tuple[str, str]:
    """Two phrases with prepositions as the text has them: "walk | off the job | over pay"."""
    links = {c.lower_: c.i for c in trigger.token.children if c.dep_ == "prep" and c.i > trigger.token.i}
    first, second = (links.get(words.partition(" ")[0]) for words in (what, ending))
    return (ending, what) if first is not None and second is not None and second < first else (what, ending)


def _stood_for(trigger: Trigger) -> bool:
    """Whether a pronoun is the object: "arrested him in Paris"."""
    return any(c.dep_ in ("dobj", "dative") and c.pos_ == "PRON" for c in trigger.token.children)


def _it(trigger: Trigger) -> str:
    """The object that names nobody known: "Ferries reach | it" can be read, "Ferries reach" cannot."""
    told = [c for c in trigger.token.children if c.dep_ == "dobj" and c.ent_type_ not in ("DATE", "TIME")]
    shown = (c for c in told if c.tag_ in ("PRP", "DT") or c.pos_ in ("NOUN", "PROPN"))
    pointing = ("this", "that")  # "has denied that"; but "those responsible"
    return next(
        ("it" if c.lower_ in pointing else c.lower_ if c.tag_ == "PRP" else phrase(c) for c in shown), ""
    )  # fmt: skip


def _without_agent(told: Told, what: str, passive: bool, setting: Setting) -> str:
    """What is done to somebody: "Raids in Lyon discovered"; what is done by nobody named: "Sending troops to Mali".

    Whom violence befell is told first, whoever did it: "34 injured".
    """
    trigger, index = told.trigger, setting.index
    decided = _deciding(trigger, what)
    befell = trigger.event.type in ("ASSAULT", "COERCE") and any(c.dep_ == "dobj" for c in trigger.token.children)
    plain = told.status == "asserted" and not decided and not trigger.misread and not passive
    if befell and plain and what and trigger.token.tag_ != "VBN" and not _particle(trigger):
        title = f"{what} {participle(_base(trigger))}"
        return located(title[0].upper() + title[1:], setting.place, index, trigger)
    if not passive and not trigger.misread and trigger.token.tag_ != "VBN":
        ending = (
            after_object(trigger, index, bool(what), setting.most or _FEW, what) if setting.most or not what else ""
        )
        words = (gerund(_base(trigger)) + _particle(trigger), what, ending or decided)
        return located(" ".join(w for w in words if w), setting.place, index, trigger)
    again = "re-" if trigger.token.i > 1 and trigger.token.nbor(-2).lower_ == "re" else ""
    done = f"{again}{trigger.token.lower_}{_particle(trigger)}"
    ahead = told.status == "planned" and passive and trigger.token.tag_ == "VBN"
    done = f"to be {done}" if ahead else done
    done = f"not {done}" if told.status == "negated" and not _nobody(trigger.token) else done
    title = f"{what} {done} {decided}".strip()
    rest = whither(trigger, index, setting.most, title) if not decided and setting.most else ""
    return located(f"{title} {rest}".strip(), setting.place, index, trigger)


def is_passive(trigger: Trigger) -> bool:
    """Whether a verb tells what is done to its subject, also without "be": "the men | held in Minsk"."""
    verb = trigger.token
    if trigger.misread:
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if reduced_passive(verb):
        return True  # "was convicted and | freed"
    auxiliary = any(c.dep_ == "aux" for c in verb.children)
    if verb.tag_ != "VBN" or auxiliary or any(c.dep_ == "nsubj" for c in verb.children):
        return False
    if verb.dep_ in ("xcomp", "ccomp", "oprd") and any(c.dep_ == "auxpass" for c in verb.head.children):
        return True  # "were reported | killed"
    return verb.dep_ in ("acl", "advcl", "relcl") or any(a.role == "patient" for a in subjects(verb))


def _subject(told: Told, setting: Setting, passive: bool) -> _Subject:
    """Who does it, in the words of the sentence; where these are a pronoun, whom the reader takes it for."""
    trigger, index = told.trigger, setting.index
    if trigger.misread:
        heads = [a.head for a in arguments(trigger, frozenset()) if a.role in ("agent", "speaker", "party")][:1]
    else:
        # the participle of an addition is read as active: "asked about it, the minister denied"
        turned = passive and trigger.token.dep_ in _TURNED
        heads = [a.head for a in subjects(trigger.token) if a.role == "agent" and not turned]
        # "the co-founder of Microsoft, | Paul Allen, | died": the name after the office, where the parser has two
        heads = (sorted(heads, key=lambda h: h.pos_ != "PROPN") if _two_subjects(heads) else heads)[:1]
    for head in heads:
        first = next(iter(coordinated(head, frozenset())), head)
        names = named_all(first, index)
        if _no_one(head):
            return _Subject([_no_one(head)])
        if names and (first.pos_ != "PRON" or index.at(first) is not None):
            return _Subject(names, _is_plural(first, names, index))
    if heads and (bearer := _main_subject(heads[0])) is not None and not told.participants:
        return _Subject([phrase(bearer)], bearer.tag_ == "NNS")
    found = names_in_roles(told.participants, ("agent", "speaker"), index) if heads or not passive else []
    found = found or (names_in_roles(setting.participants, ("agent", "speaker"), index) if heads or not passive else [])
    return _Subject(found[:2], len(found) > 1)


def _main_subject(pronoun: Token) -> Token | None:
    """The thing that “it” or “they” stands for in a clause below: "the rig was drilling when | it | exploded"."""
    clause = pronoun.head
    if pronoun.lower_ not in ("it", "they") or clause.dep_ != "advcl":
        return None
    tag = "NN" if pronoun.lower_ == "it" else "NNS"
    return next((c for c in clause.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == tag), None)


def _no_one(head: Token) -> str:
    """“Nobody”, “no one on the American side”: who did not, or was not."""
    return phrase(head) if head.pos_ == "PRON" and is_nobody(head) else ""


def _two_subjects(heads: Sequence[Token]) -> bool:
    return len(heads) > 1 and all(h.dep_ == "nsubj" and h.head.i == heads[0].head.i for h in heads)


def _is_plural(head: Token, names: Sequence[str], index: MentionIndex) -> bool:
    """Whether the verb agrees with several: two names, or a plural noun that is shown as the subject."""
    if len(names) > 1 or head.lower_ == "they" or names[0].lower().endswith("police"):
        return True
    mention = index.at(head)
    # the tagger takes "the peso" for a plural
    counted = any(c.dep_ == "nummod" and c.lower_ not in ("one", "1") for c in head.children)
    changed = head.lower_ != head.lemma_.lower() or head.lower_.endswith(_PLURAL) or head.lower_.endswith("works")
    several = (head.tag_ == "NNS" and (changed or counted)) or (counted and head.lower_ in ("staff", "crew"))
    peoples = head.tag_ == "NNPS" and demonym(head.text.removesuffix("s")) is not None  # "the Kosovo Albanians"
    plural = several or peoples or (head.pos_ == "NUM" and head.lower_ not in ("one", "1"))
    if mention is None or mention[1] == "demonym":
        return plural or head.tag_ == "NNPS" or names[0].split()[-1].lower().endswith(_PLURAL)
    entity = index.by_key[mention[0]]
    if peoples:
        return True
    if entity.kind == "Person" and not entity.described:
        return False  # "Santos meets"
    if entity.gazetteer is None and entity.described:
        return plural
    return (plural and entity.name.split()[-1].lower() == head.lower_ and entity.kind != "Place") or (
        names[0].split()[-1].lower().endswith(_PLURAL)
    )


def _sides(told: Told, subject: _Subject, setting: Setting) -> tuple[list[str], list[str]]:
    """Who acts, and with whom where several do it together: "Angela Merkel meets | Joe Biden"."""
    index = setting.index
    own = told.participants or setting.participants
    parties = list(dict.fromkeys(shown_name(p.entity, index) for p in own if p.role == "party"))
    agents = subject.names
    # "the talks with Norway collapsed": what the noun's people have a part in is not done with them
    inherited = not told.participants and told.trigger.event.type == "OTHER"
    if not parties or is_passive(told.trigger) or inherited:
        return agents, []
    if not agents:
        first = names_in_roles(own, ("party",), index)[:1]
        return first, [n for n in parties if n not in first]
    met = [n for n in parties if not any(a.casefold().startswith(n.casefold()) for a in agents)]
    if len(agents) > 1 and "others" not in agents and told.trigger.event.type == "CONSULT":
        return agents[:1], [*agents[1:], *met]
    return agents, met


def _agrees(told: Told, agents: Sequence[str], subject: _Subject, setting: Setting) -> bool:
    if len(agents) == 1 and _is_one(agents[0], setting.index):
        return False
    if len(agents) != len(subject.names) or not subject.names:
        return len(agents) > 1 or agents[0].split()[-1].lower().endswith(_PLURAL)
    return subject.plural


def _is_one(name: str, index: MentionIndex) -> bool:
    """Whether a name is one person's or firm's, whatever its last letter: "Lehman Brothers files"."""
    named = (e for e in index.by_key.values() if full_name(e) == name and not e.described)
    return any(e.kind == "Person" or e.subtype == "company" for e in named)


def _deciding(trigger: Trigger, said: str) -> str:
    """The words that make an everyday verb tell this event, where nothing else says them: "found | guilty"."""
    words = " ".join(t.lower_ for t in deciding_words(trigger.token, event_lexicon()))
    return words if words not in said else ""


def _joined(trigger: Trigger, others: Sequence[str]) -> str:
    """Put "with" before the other side where the text has it or names both as subject; "meets" needs none."""
    verb = trigger.token
    together = any(c.dep_ == "nsubj" and any(k.dep_ == "conj" for k in c.children) for c in verb.children)
    with_ = together or any(t.dep_ == "prep" and t.lower_ == "with" for t in verb.subtree)
    if others and not with_ and any(t.dep_ == "prep" and t.lower_ == "from" for t in verb.children):
        return "from "  # "escapes from Tora Bora"
    return "with " if others and with_ and trigger.event.lemma != "meet" else ""


def _predicate(told: Told, plural: bool) -> str:
    """The verb as the status has it: "does not attack", "to send", "may attack"."""
    base = _base(told.trigger) + _particle(told.trigger)
    if told.status == "negated" and not _nobody(told.trigger.token):
        return f"{'do' if plural else 'does'} not {base}"
    if told.status in ("planned", "hypothetical"):
        denied = told.status == "hypothetical" and any(c.dep_ == "neg" for c in told.trigger.token.children)
        return f"{'to' if told.status == 'planned' else 'may not' if denied else 'may'} {base}"
    return base if plural else third_person(_base(told.trigger)) + _particle(told.trigger)


def _nobody(verb: Token) -> bool:
    """Whether the subject or object says it already: "Neither side shows any sign", "gives no date"."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and is_nobody(c) for c in verb.children)


def _particle(trigger: Trigger) -> str:
    verb = trigger.token
    particle = particle_of(verb)
    if particle is None:  # "breaks apart", "runs aground"
        particle = next((c for c in verb.children if c.i == verb.i + 1 and c.lower_ in _RESULTS), None)
    return f" {particle.lower_}" if particle is not None else ""


def _base(trigger: Trigger) -> str:
    """The base of the verb, also where the parser took it for a noun: "rejects" of "Canada rejects"."""
    if not trigger.misread:
        return base_form(trigger.token)
    lexicon, form = event_lexicon(), trigger.token.lower_
    return lexicon.present_forms.get(form) or lexicon.past_forms.get(form) or trigger.event.lemma
