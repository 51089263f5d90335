"""Titles of events that a verb tells: "Russia annexes Crimea", "Biden does not attack", "Law passed"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.reading.events.finding.lexicon import event_lexicon, third_person
from ingest.reading.events.finding.senses import deciding_words
from ingest.reading.events.finding.triggers import Trigger, particle_of
from ingest.reading.events.merge import Told
from ingest.reading.events.titles.names import listed, located, names_in_roles, patient_names, short_name
from ingest.reading.events.who.participants import MentionIndex, arguments
from ingest.reading.events.wording import clause_words, infinitive, phrase, so_called
from ingest.reading.findings import Participant

_BARE_OBJECTS = frozenset(
    {
        "bill", "resolution", "law", "treaty", "agreement", "deal", "text", "package", "measure", "decree", "letter",
        "plan", "statement", "proposal", "accord", "offer", "report", "motion", "act"
    }
)  # fmt: skip
_FIGURES = frozenset({"share", "stock", "sale", "profit", "price", "revenue", "output", "rate", "export", "import"})
_MOVED = frozenset({"from", "to", "into", "as"})
_PLURAL = ("officials", "forces", "troops", "police", "people", "men", "women", "children")
_CIRCUMSTANCE = frozenset(
    {
        "after", "before", "during", "since", "until", "till", "amid", "despite", "because", "according", "by",
        "while", "as", "following", "per", "given", "than"
    }
)  # fmt: skip


def clause_title(told: Told, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of an event that a verb tells. Arguments as `titles.title_of`, and the report that tells it best."""
    trigger = told.trigger
    agents = names_in_roles(participants, ("agent", "speaker"), index)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in trigger.token.children)
    parties = [] if agents or passive else names_in_roles(participants, ("party",), index)
    everybody = [short_name(p.entity, index) for p in participants if p.role == "party"]
    agents, others = agents or parties[:1], [n for n in everybody if n not in parties[:1]] if parties else []
    agents = _counted_subject(trigger, index) or agents
    agents = agents or _unnamed_subject(trigger)
    patients = [n for n in patient_names(participants, index) if n not in agents] or others
    what = _object_words(_objects(trigger), index, trigger)
    if what in agents:
        what = ""
    if agents:
        if not what and not any(c.dep_ == "xcomp" and infinitive(c) for c in trigger.token.children):
            what = _joined(trigger, others) + listed(patients)
        ending = _complement(trigger, index, bool(what)) or _deciding(trigger, what)
        predicate = _predicate(told, _plural(trigger, agents, participants, index))
        title = " ".join(w for w in (" and ".join(agents[:2]), predicate, what, ending) if w)
        plain = what and not any(t.dep_ == "pobj" for t in _objects(trigger))
        if plain and any(h.lemma_.lower() in _BARE_OBJECTS for h in _objects(trigger)) and not ending:
            ending = _about(trigger, index, f"{title} ")
            title = f"{title} {ending}".strip()
        told_where = place and (what or not ending) and (others or not patients) and len(title) < 50
        return located(title, place, index, trigger) if told_where else title
    what = what or listed(patients)
    again = "re-" if trigger.token.i > 1 and trigger.token.nbor(-2).lower_ == "re" else ""
    participle = f"{again}{trigger.token.lower_}{_particle(trigger)}"
    participle = f"not {participle}" if told.status == "negated" else participle
    decided = _deciding(trigger, what)
    title = f"{what} {participle} {decided}".strip()
    links = (p for p in _prepositions(trigger.token) if p.lower_ in _MOVED)
    whither = next((w for p in links if (w := _preposition_words(p, index))), "") if not decided else ""
    return located(f"{title} {whither}".strip(), place, index, trigger)


def _deciding(trigger: Trigger, said: str) -> str:
    """The words that make an everyday verb tell this event, where nothing else says them: "found | guilty"."""
    words = " ".join(t.lower_ for t in deciding_words(trigger.token, event_lexicon()))
    return words if words not in said else ""


def _about(trigger: Trigger, index: MentionIndex, before: str) -> str:
    """What a bill, a letter, a deal is about, where the parse hangs it on the verb."""
    links = (p for p in _prepositions(trigger.token) if p.lower_ in ("on", "for", "with", "about", "against"))
    words = next((w for p in links if (w := _preposition_words(p, index))), "")
    return words if len(before) + len(words) <= 70 else ""


def _counted_subject(trigger: Trigger, index: MentionIndex) -> list[str]:
    """What rose or fell, where a name only says whose it is: "Shares of Northcell"."""
    heads = [a.head for a in arguments(trigger, frozenset()) if a.role == "agent"]
    figures = [h for h in heads[:1] if h.lemma_.lower() in _FIGURES and index.at(h) is None]
    return [phrase(h) for h in figures]


def _objects(trigger: Trigger) -> list[Token]:
    kinds, verb = ("NOUN", "PROPN", "NUM"), trigger.token
    # "revoked the licence but restored it"
    if verb.dep_ == "conj" and any(c.dep_ == "dobj" and c.lower_ in ("it", "them") for c in verb.children):
        return [c for c in verb.head.children if c.dep_ == "dobj" and c.pos_ in kinds]
    found = [a.head for a in arguments(trigger, frozenset()) if a.role == "patient" and a.head.pos_ in kinds]
    found.sort(key=lambda h: h.dep_ == "pobj")
    # "refuses to recognise the vote": what is told there is the infinitive
    return [h for h in found if not (h.head.head.i == verb.i and h.head.dep_ == "xcomp" and infinitive(h.head))]


def _left_out(trigger: Trigger) -> frozenset[int]:
    verb = trigger.token
    return frozenset({verb.i, verb.i - 1}) if trigger.misread else frozenset()


def _joined(trigger: Trigger, others: Sequence[str]) -> str:
    """Put "with" before the other side where the text has it or names both as subject; "meets" needs none."""
    verb = trigger.token
    together = any(c.dep_ == "nsubj" and any(k.dep_ == "conj" for k in c.children) for c in verb.children)
    with_ = together or any(t.dep_ == "prep" and t.lower_ == "with" for t in verb.subtree)
    return "with " if others and with_ and trigger.event.lemma != "meet" else ""


def _plural(trigger: Trigger, agents: Sequence[str], participants: Sequence[Participant], index: MentionIndex) -> bool:
    """Whether the verb agrees with several: two names, or a plural noun that is shown as the subject."""
    if len(agents) > 1:
        return True
    for argument in arguments(trigger, frozenset()):
        if argument.role not in ("agent", "speaker", "party") or argument.head.tag_ not in ("NNS", "NNPS"):
            continue
        mention = index.at(argument.head)
        if mention is None:
            return argument.head.tag_ == "NNS" and (not participants or phrase(argument.head) == agents[0])
        entity = index.by_key[mention[0]]
        if entity.name == agents[0]:
            return argument.head.tag_ == "NNS" or (entity.gazetteer is None and entity.described)
    return agents[0].split()[-1].lower().endswith(_PLURAL)


def _unnamed_subject(trigger: Trigger) -> list[str]:
    """The subject's words where it names nobody known: "Thousands protest"."""
    heads = [a.head for a in arguments(trigger, frozenset()) if a.role in ("agent", "speaker", "party")]
    return [phrase(h) for h in heads[:1] if h.pos_ in ("NOUN", "PROPN")]


def _predicate(told: Told, plural: bool) -> str:
    """The verb as the status has it: "does not attack", "to send", "may attack"."""
    base = _present(told.trigger, plural=True)
    if told.status == "negated":
        return f"{'do' if plural else 'does'} not {base}"
    if told.status in ("planned", "hypothetical"):
        return f"{'to' if told.status == 'planned' else 'may'} {base}"
    return _present(told.trigger, plural)


def _object_words(objects: Sequence[Token], index: MentionIndex, trigger: Trigger) -> str:
    verb, left_out = trigger.token, _left_out(trigger)
    for head in (h for h in objects if not index.is_time(h) and h.dep_ != "appos"):
        mention = index.at(head)
        # "137 Ukrainians" are people, not their state
        plain = mention is None or mention[1] == "demonym"
        words = phrase(head, left_out) if mention is None or plain else short_name(mention[0], index)
        own = head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.i == verb.i
        said = particle_of(verb)
        own = own and head.head.lower_ != "of" and (said is None or said.lower_ != head.head.lower_)
        return f"{head.head.lower_} {words}" if own else words
    return ""


def _complement(trigger: Trigger, index: MentionIndex, has_object: bool) -> str:
    """What the verb needs beside its object: "travels to Moscow", "accuses Russia of genocide", "calls it a farce".

    Without an object the content of a saying comes first, then the verb's first preposition that is no time. With one,
    only what belongs to the verb itself: an infinitive, a name given, "of …".
    """
    verb = trigger.token
    if has_object and trigger.event.saying and (said := _content(trigger)):
        return said
    praised = next((c for c in _prepositions(verb) if c.lower_ == "as"), None)
    if praised is not None and trigger.event.type in ("SUPPORT", "ACCUSE", "STATEMENT", "REJECT"):
        inner = next((c for c in praised.children if c.dep_ in ("pobj", "amod")), None)
        it = "" if has_object and _objects(trigger) else "it "
        return f"{it}as {phrase(inner)}" if inner is not None else ""
    if not has_object:
        return _content(trigger) or next((w for p in _prepositions(verb) if (w := _preposition_words(p, index))), "")
    for child in verb.children:
        named = child.dep_ in ("oprd", "xcomp") and child.i > verb.i and child.pos_ in ("ADJ", "NOUN")
        if named or (child.dep_ == "xcomp" and infinitive(child)):
            return clause_words(child, 7)
        if child.dep_ == "ccomp" and infinitive(child):
            own = {t.i for c in child.children if c.dep_ == "nsubj" for t in c.subtree}
            return clause_words(child, 7, own)
    bound = ("of", "for", "with") if trigger.event.type == "ACCUSE" else ("of", "out")
    links = _prepositions(verb)
    # the parse may hang "accused the mayor | of theft" on the mayor
    if trigger.event.type == "ACCUSE" and not links:
        links = [p for c in verb.children if c.dep_ == "dobj" and index.at(c) for p in _prepositions(c)]
    return next((w for p in links if p.lower_ in bound and (w := _preposition_words(p, index))), "")


def _prepositions(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("prep", "dative") and c.pos_ == "ADP" and c.i > verb.i]


def _preposition_words(prep: Token, index: MentionIndex) -> str:
    """Read “to Moscow”, “of blowing up the dam”; nothing for a time or an occasion."""
    if prep.lower_ in _CIRCUMSTANCE:
        return ""
    further = next((c for c in prep.children if c.dep_ == "prep"), None)
    if further is not None and (words := _preposition_words(further, index)):
        return f"{prep.lower_} {words}"  # "out of a deal"
    inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if inner is None or index.is_time(inner) or inner.pos_ in ("PRON", "NUM", "X"):
        return ""
    if inner.dep_ == "pcomp":
        return f"{prep.lower_} {clause_words(inner, 7)}"
    mention = index.at(inner)
    named = mention is not None and mention[1] == "name" and not index.by_key[mention[0]].described
    words = short_name(mention[0], index) if mention is not None and named else phrase(inner)
    return f"{prep.lower_} {words}" if words else ""


def _content(trigger: Trigger) -> str:
    """The first words of what was said, before or after the verb."""
    clauses = [c for c in trigger.token.children if c.dep_ in ("ccomp", "xcomp")]
    after = [c for c in clauses if c.i > trigger.token.i]
    before = [c for c in clauses if c.i < trigger.token.i] if trigger.event.saying else []
    return next((so_called(c) or clause_words(c, 9) for c in (*after, *before)), "")


def _particle(trigger: Trigger) -> str:
    particle = particle_of(trigger.token)
    return f" {particle.lower_}" if particle is not None else ""


def _present(trigger: Trigger, plural: bool = False) -> str:
    """The verb in the present tense of headlines, with its particle: "steps down"."""
    lemma = trigger.token.lemma_.lower()
    if trigger.misread:
        lexicon, form = event_lexicon(), trigger.token.lower_
        lemma = lexicon.present_forms.get(form) or lexicon.past_forms.get(form) or trigger.event.lemma
    return (lemma if plural else third_person(lemma)) + _particle(trigger)
