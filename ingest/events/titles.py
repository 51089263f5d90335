"""Short titles, as an editor writes them: "Russia annexes Crimea", "Peace talks in Istanbul: Ukraine, Russia"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.events.headings import is_heading
from ingest.events.lexicon import event_lexicon, third_person
from ingest.events.merge import Cluster, Told
from ingest.events.participants import MentionIndex, arguments
from ingest.events.triggers import Trigger, event_name, particle_of
from ingest.events.wording import clause_words, hyphened, infinitive, phrase, so_called
from ingest.findings import Participant

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
# the commonest family names of those who put them first (Chinese and Korean; Vietnamese are called by the given name)
_FAMILY_FIRST = frozenset(
    {
        "Xi", "Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Hu", "Jiang", "Deng", "Mao",
        "Hua", "Qin", "Ma", "Zhu", "Lin", "He", "Guo", "Wen", "Bo", "Tsai", "Kim", "Park", "Moon", "Yoon", "Roh", "Choe"
    }
)  # fmt: skip
_LONGEST = 80
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "THREATEN", "ACCUSE", "REJECT"})
_BARE_OBJECTS = frozenset(
    {
        "bill", "resolution", "law", "treaty", "agreement", "deal", "text", "package", "measure", "decree", "letter",
        "plan", "statement", "proposal", "accord", "offer", "report", "motion", "act"
    }
)  # fmt: skip
_NAMELESS = frozenset({"delegations", "negotiators", "leaders", "ministers", "diplomats", "officials"})
_FIGURES = frozenset({"share", "stock", "sale", "profit", "price", "revenue", "output", "rate", "export", "import"})
_MOVED = frozenset({"from", "to", "into", "as"})
_PLURAL = ("officials", "forces", "troops", "police", "people", "men", "women", "children")
_PLACING = frozenset({"to", "from", "at", "near", "into", "on", "over"})
_CIRCUMSTANCE = frozenset(
    {
        "after", "before", "during", "since", "until", "till", "amid", "despite", "because", "according", "by",
        "while", "as", "following", "per", "given", "than"
    }
)  # fmt: skip


def title_of(cluster: Cluster, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of an event. Arguments: its reports, its participants, key of its place, the article's entities."""
    told = _clearest(cluster)
    event = told.trigger.event
    if event.durative and event.lemma == "war":
        title = _war(told.trigger, participants, place, index)
    elif event.lemma == "interview":
        title = _interview(participants, place, index)
    elif told.trigger.nominal:
        title = _nominal(told.trigger, participants, place, index)
        title = f"no {title}" if told.status == "negated" else title
    else:
        title = _clause(told, participants, place, index)
    title = title[:1].upper() + title[1:]
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _clearest(cluster: Cluster) -> Told:
    return max(
        cluster.told,
        key=lambda t: (
            not _nominal_heading(t),
            bool(t.participants),
            not t.trigger.misread,
            t.dating is not None,
            len(t.participants),
            -t.trigger.token.i,
        ),
    )


def _nominal_heading(told: Told) -> bool:
    """A verb of a heading may be read as a noun ("Thousands march"), so that another sentence names it better."""
    return told.trigger.nominal and told.trigger.passage == 0


def _names(participants: Sequence[Participant], roles: tuple[str, ...], index: MentionIndex) -> list[str]:
    found = [p for role in roles for p in participants if p.role == role]
    # "U.S. officials" is told by the state too: the name is shorter
    named = [p for p in found if not index.by_key[p.entity].described and "patient" not in roles]
    return list({n.casefold(): n for n in (_short(p.entity, index) for p in reversed(named or found))}.values())[::-1]


def _patients(participants: Sequence[Participant], index: MentionIndex) -> list[str]:
    """Names of those acted on; not the state that is only a part of another's name ("Russian banks")."""
    found = [p for p in participants if p.role == "patient"]
    wider = [m for p in found if index.by_key[p.entity].described for m in index.by_key[p.entity].mentions]
    own = [
        p
        for p in found
        if index.by_key[p.entity].described
        or not any(w.start <= m.start < w.end for w in wider for m in index.by_key[p.entity].mentions)
    ]
    return [_short(p.entity, index) for p in own or found]


def _short(key: str, index: MentionIndex) -> str:
    """The name the article itself uses for short, else a person's last name."""
    entity = index.by_key[key]
    if entity.kind != "Person" or entity.described:
        return entity.name
    words = entity.name.split()
    alone = [a for a in entity.aliases if " " not in a and a in words]
    if alone:
        return alone[0]
    kept = [w for w in words if w not in _SUFFIXES]
    if len(kept) in (2, 3) and kept[0] in _FAMILY_FIRST:
        return kept[0]
    return kept[-1] if len(kept) > 1 and len(kept[-1]) > 2 else entity.name


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (" and others" if len(names) > 2 else "")


def _war(trigger: Trigger, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    word = "war" if trigger.token.lower_ in ("war", "conflict") else trigger.token.lower_
    bodies = [p for p in participants if index.kind(p.entity) != "Person"]
    lands = [p for p in bodies if p.role == "location" and index.by_key[p.entity].subtype == "country"]
    sides = _sides([*bodies, *(replace(p, role="party") for p in lands)], index)
    if trigger.token.pos_ == "PROPN" and not sides:
        return phrase(trigger.token)
    return f"{'–'.join(sides[:2])} {word}" if sides else _located(word, place, index)


def _interview(participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    named = [p for p in participants if index.kind(p.entity) == "Person" and not index.by_key[p.entity].described]
    people = _names(named or participants, ("patient", "speaker", "party", "agent", "recipient"), index)
    title = f"{'–'.join(people[:2])} interview" if people else "interview"
    return f"{title}, {_short(place, index)}" if place else title


def _nominal(trigger: Trigger, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    noun = _noun_words(trigger.token)
    if trigger.token.lemma_.lower() in ("round", "session") and trigger.event.type == "CONSULT":
        noun = f"{noun} of talks"
    name = event_name(trigger.token)
    if trigger.token.pos_ == "PROPN" and " " in name and not is_heading(trigger.token.sent):
        return name
    agents = _names(participants, ("agent", "speaker"), index)
    patients = [n for n in _patients(participants, index) if n not in agents]
    parties = _sides(participants, index)
    if trigger.phase == "near":
        noun = f"near {noun}"
    if trigger.event.occasion:
        agents = agents or _unnamed_author(trigger)
        platform = _names(participants, ("platform",), index)
        title = f"{_possessive(agents[0])} {noun}" if agents else noun
        return f"{title} on {platform[0]}" if platform else _located(title, place, index)
    if trigger.event.lemma == "visit" and agents:
        return f"{_possessive(agents[0])} {noun}" + (f" to {_short(place, index)}" if place else "")
    joint = trigger.event.type == "CONSULT" or trigger.event.of == "party" or trigger.event.result
    if joint and parties:
        return _with_sides(trigger, noun, parties, place, index)
    title = f"{_possessive(agents[0])} {noun}" if agents else noun
    if (
        patients
        and not agents
        and trigger.event.poss == "patient"
        and any(c.dep_ == "poss" for c in trigger.token.children)
    ):
        return f"{_possessive(patients[0])} {noun}"
    if patients:
        return f"{title} {_before_patient(trigger, participants, index)} {_listed(patients)}"
    bare = (
        not noun.endswith("of talks")
        and not participants
        and not place
        and not any(c.lower_ == "no" for c in trigger.token.children)
    )
    return _located((phrase(trigger.token) if bare else "") or title, place, index, trigger)


def _unnamed_author(trigger: Trigger) -> list[str]:
    """Who gave out a letter or statement, where nobody is named: "the palace published a letter"."""
    verb = trigger.token.head
    if trigger.token.dep_ != "dobj" or not event_lexicon().is_group("create", verb.lemma_.lower()):
        return []
    return [phrase(c) for c in verb.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")][:1]


def _before_patient(trigger: Trigger, participants: Sequence[Participant], index: MentionIndex) -> str:
    """The text's own preposition before whom it is done to; without one what the kind of event wants."""
    keys = {p.entity for p in participants if p.role == "patient"}
    for prep in (c for c in trigger.token.children if c.dep_ == "prep" and c.lower_ in ("of", "on", "at", "against")):
        mentions = (index.at(t) for t in prep.subtree)
        if any(m is not None and m[0] in keys for m in mentions):
            return prep.lower_
    if trigger.event.type in _HOSTILE:
        return "against"
    return "in" if all(index.kind(k) == "Place" for k in keys) else "of"


def _with_sides(trigger: Trigger, noun: str, parties: Sequence[str], place: str | None, index: MentionIndex) -> str:
    """Read “Talks in Geneva: France, Germany”; with one side named, what the text makes of it: “talks with France”."""
    if len(parties) > 1:
        return f"{_located(noun, place, index)}: {_listed(parties)}"
    governor = trigger.governor
    if governor is not None and event_lexicon().is_group("create", governor.lemma_.lower()):
        return f"{parties[0]} {third_person(governor.lemma_.lower())} {noun}"
    with_ = any(c.dep_ == "prep" and c.lower_ == "with" for c in trigger.token.children)
    plural = trigger.token.tag_ == "NNS" and trigger.event.type == "AGREE"
    of = any(c.dep_ == "prep" and c.lower_ == "of" for c in trigger.token.children)
    joint = "with" if with_ else "of" if of else ""
    if not joint and parties[0].lower() in _NAMELESS:
        return _located(noun, place, index)
    joined = f"{noun} {joint} {parties[0]}" if joint else f"{_possessive(parties[0])} {noun}" if plural else ""
    return _located(joined, place, index) if joined else f"{_located(noun, place, index)}: {parties[0]}"


def _sides(participants: Sequence[Participant], index: MentionIndex) -> list[str]:
    """The parties' names: states and organisations where there are two, else everybody."""
    parties = [p for p in participants if p.role in ("agent", "party", "speaker")]
    bodies = [p for p in parties if index.kind(p.entity) != "Person" and not index.by_key[p.entity].described]
    return [_short(p.entity, index) for p in (bodies if len(bodies) > 1 else parties)]


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _located(title: str, place: str | None, index: MentionIndex, trigger: Trigger | None = None) -> str:
    name = _short(place, index) if place else ""
    if not name or name in title:
        return title
    return f"{title} {_preposition(trigger, place, index) if trigger else 'in'} {name}"


def _preposition(trigger: Trigger, place: str | None, index: MentionIndex) -> str:
    """The text's own word before the place: "flees to", "withdraws from"."""
    nouns = [w for w in (trigger.token.head, *trigger.token.head.rights) if trigger.nominal]
    words = (c for t in (trigger.token, trigger.verb, *nouns) for c in t.children)
    for prep in (c for c in words if c.dep_ == "prep"):
        for child in prep.children:
            mention = index.at(child)
            if mention is not None and mention[0] == place and prep.lower_ in _PLACING:
                return prep.lower_
    return "in"


def _noun_words(noun: Token) -> str:
    """The noun with what makes its kind: "peace talks", "full-scale invasion"."""
    left = [
        c
        for c in noun.children
        if c.dep_ in ("compound", "amod") and c.i < noun.i and c.pos_ != "PROPN" and not c.ent_type_
    ]
    words = [w for c in left[-2:] for w in c.subtree if not w.is_space]
    first = hyphened(noun)
    words += [first, first.nbor()] if first is not None else []
    text = "".join(w.text_with_ws for w in sorted({*words, noun}, key=lambda t: t.i)) if words else noun.text
    return text.strip().lower() if noun.pos_ != "PROPN" or noun.text.istitle() else text.strip()


def _clause(told: Told, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    trigger = told.trigger
    agents = _names(participants, ("agent", "speaker"), index)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in trigger.token.children)
    parties = [] if agents or passive else _names(participants, ("party",), index)
    everybody = [_short(p.entity, index) for p in participants if p.role == "party"]
    agents, others = agents or parties[:1], [n for n in everybody if n not in parties[:1]] if parties else []
    agents = _counted_subject(trigger, index) or agents
    agents = agents or _unnamed_subject(trigger)
    patients = [n for n in _patients(participants, index) if n not in agents] or others
    what = _object_words(_objects(trigger), index, trigger)
    if what in agents:
        what = ""
    if agents:
        if not what and not any(c.dep_ == "xcomp" and infinitive(c) for c in trigger.token.children):
            what = _joined(trigger, others) + _listed(patients)
        ending = complement(trigger, index, bool(what))
        predicate = _predicate(told, _plural(trigger, agents, participants, index))
        title = " ".join(w for w in (" and ".join(agents[:2]), predicate, what, ending) if w)
        plain = what and not any(t.dep_ == "pobj" for t in _objects(trigger))
        if plain and any(h.lemma_.lower() in _BARE_OBJECTS for h in _objects(trigger)) and not ending:
            ending = _about(trigger, index, f"{title} ")
            title = f"{title} {ending}".strip()
        told_where = place and (what or not ending) and (others or not patients) and len(title) < 50
        return _located(title, place, index, trigger) if told_where else title
    what = what or _listed(patients)
    again = "re-" if trigger.token.i > 1 and trigger.token.nbor(-2).lower_ == "re" else ""
    participle = f"{again}{trigger.token.lower_}{_particle(trigger)}"
    participle = f"not {participle}" if told.status == "negated" else participle
    title = f"{what} {participle}" if what else participle
    links = (p for p in _prepositions(trigger.token) if p.lower_ in _MOVED)
    whither = next((w for p in links if (w := _preposition_words(p, index))), "")
    return _located(f"{title} {whither}".strip(), place, index, trigger)


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
    base = present(told.trigger, plural=True)
    if told.status == "negated":
        return f"{'do' if plural else 'does'} not {base}"
    if told.status in ("planned", "hypothetical"):
        return f"{'to' if told.status == 'planned' else 'may'} {base}"
    return present(told.trigger, plural)


def _object_words(objects: Sequence[Token], index: MentionIndex, trigger: Trigger) -> str:
    verb, left_out = trigger.token, _left_out(trigger)
    for head in (h for h in objects if not index.is_time(h) and h.dep_ != "appos"):
        mention = index.at(head)
        # "137 Ukrainians" are people, not their state
        plain = mention is None or mention[1] == "demonym"
        words = phrase(head, left_out) if mention is None or plain else _short(mention[0], index)
        own = head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.i == verb.i
        said = particle_of(verb)
        own = own and head.head.lower_ != "of" and (said is None or said.lower_ != head.head.lower_)
        return f"{head.head.lower_} {words}" if own else words
    return ""


def complement(trigger: Trigger, index: MentionIndex, has_object: bool) -> str:
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
    words = _short(mention[0], index) if mention is not None and named else phrase(inner)
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


def present(trigger: Trigger, plural: bool = False) -> str:
    """The verb in the present tense of headlines, with its particle: "steps down"."""
    lemma = trigger.token.lemma_.lower()
    if trigger.misread:
        lexicon, form = event_lexicon(), trigger.token.lower_
        lemma = lexicon.present_forms.get(form) or lexicon.past_forms.get(form) or trigger.event.lemma
    return (lemma if plural else third_person(lemma)) + _particle(trigger)
