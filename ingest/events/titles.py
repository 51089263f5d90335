"""Short titles, as an editor writes them: "Russia annexes Crimea", "Peace talks in Istanbul: Ukraine, Russia"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.events.headings import is_heading
from ingest.events.lexicon import third_person
from ingest.events.merge import Cluster, Told, event_name
from ingest.events.participants import MentionIndex, arguments
from ingest.events.triggers import Trigger, particle_of
from ingest.findings import Participant

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_LONGEST = 80


def title_of(cluster: Cluster, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of an event. Arguments: its reports, its participants, key of its place, the article's entities."""
    told = _clearest(cluster)
    event = told.trigger.event
    if event.durative and event.lemma == "war":
        title = _war(told.trigger, participants, index)
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
        key=lambda t: (bool(t.participants), t.dating is not None, len(t.participants), -t.trigger.token.i),
    )


def _names(participants: Sequence[Participant], roles: tuple[str, ...], index: MentionIndex) -> list[str]:
    found = [p for role in roles for p in participants if p.role == role]
    # "U.S. officials" is told by the state too: the name is shorter
    named = [p for p in found if not index.by_key[p.entity].described and "patient" not in roles]
    return [_short(p.entity, index) for p in named or found]


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
    return kept[-1] if len(kept) > 1 and len(kept[-1]) > 2 else entity.name


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (" and others" if len(names) > 2 else "")


def _war(trigger: Trigger, participants: Sequence[Participant], index: MentionIndex) -> str:
    word = "war" if trigger.token.lower_ in ("war", "conflict") else trigger.token.lower_
    bodies = [p for p in participants if index.kind(p.entity) != "Person"]
    lands = [p for p in bodies if p.role == "location" and index.by_key[p.entity].subtype == "country"]
    sides = _sides([*bodies, *(replace(p, role="party") for p in lands)], index)
    if trigger.token.pos_ == "PROPN" and not sides:
        return _phrase(trigger.token)
    return f"{'–'.join(sides[:2])} {word}" if sides else word


def _interview(participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    named = [p for p in participants if index.kind(p.entity) == "Person" and not index.by_key[p.entity].described]
    people = _names(named or participants, ("patient", "speaker", "party", "agent"), index)
    title = f"{'–'.join(people[:2])} interview" if people else "interview"
    return f"{title}, {_short(place, index)}" if place else title


def _nominal(trigger: Trigger, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    noun = _noun_words(trigger.token)
    name = event_name(trigger.token)
    if trigger.token.pos_ == "PROPN" and " " in name and not is_heading(trigger.token.sent):
        return name
    agents = _names(participants, ("agent", "speaker"), index)
    patients = [n for n in _names(participants, ("patient",), index) if n not in agents]
    parties = _sides(participants, index)
    if trigger.phase == "near":
        noun = f"near {noun}"
    if trigger.event.occasion:
        platform = _names(participants, ("platform",), index)
        title = f"{_possessive(agents[0])} {noun}" if agents else noun
        return f"{title} on {platform[0]}" if platform else _located(title, place, index)
    if trigger.event.lemma == "visit" and agents:
        return f"{_possessive(agents[0])} {noun}" + (f" to {_short(place, index)}" if place else "")
    if trigger.event.type in ("CONSULT", "AGREE") and parties:
        return f"{_located(noun, place, index)}: {_listed(parties)}"
    title = f"{_possessive(agents[0])} {noun}" if agents else noun
    if (
        patients
        and not agents
        and trigger.event.poss == "patient"
        and any(c.dep_ == "poss" for c in trigger.token.children)
    ):
        return f"{_possessive(patients[0])} {noun}"
    if patients:
        preposition = "of" if any(c.lower_ == "of" for c in trigger.token.children) else "against"
        return f"{title} {preposition} {_listed(patients)}"
    return _located(title, place, index)


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
    for prep in (c for c in trigger.token.children if c.dep_ == "prep"):
        for child in prep.children:
            mention = index.at(child)
            if mention is not None and mention[0] == place and prep.lower_ in ("to", "from", "at", "near", "into"):
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
    text = "".join(w.text_with_ws for w in sorted({*words, noun}, key=lambda t: t.i)) if words else noun.text
    return text.strip().lower() if noun.pos_ != "PROPN" or noun.text.istitle() else text.strip()


def _clause(told: Told, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    trigger = told.trigger
    agents = _names(participants, ("agent", "speaker"), index)
    parties = [] if agents else _names(participants, ("party",), index)
    agents, others = agents or parties[:1], parties[1:]
    unnamed = not agents
    agents = agents or _unnamed_subject(trigger)
    patients = [n for n in _names(participants, ("patient",), index) if n not in agents] or others
    objects = [
        a.head for a in arguments(trigger, frozenset()) if a.role == "patient" and a.head.pos_ in ("NOUN", "PROPN")
    ]
    verb = trigger.token
    left_out = frozenset({verb.i, verb.i - 1}) if trigger.misread else frozenset()
    what = _object_words(objects, index, left_out) or _listed(patients)
    if agents:
        crowd = any(c.dep_ == "nsubj" and c.tag_ == "NNS" for c in verb.children) and unnamed
        plural = (
            crowd or len(agents) > 1 or agents[0].split()[-1].endswith(("officials", "forces", "troops", "ans", "ers"))
        )
        what = what or _content(trigger)
        title = " ".join(w for w in (" and ".join(agents[:2]), _predicate(told, plural), what) if w)
        return (
            _located(title, place, index, trigger) if place and (others or not patients) and len(title) < 50 else title
        )
    participle = f"not {verb.lower_}" if told.status == "negated" else verb.lower_
    return _located(f"{what} {participle}" if what else participle, place, index)


def _unnamed_subject(trigger: Trigger) -> list[str]:
    """The subject's words where it names nobody known: "Thousands protest"."""
    heads = [a.head for a in arguments(trigger, frozenset()) if a.role in ("agent", "speaker", "party")]
    return [_phrase(h) for h in heads[:1] if h.pos_ in ("NOUN", "PROPN")]


def _predicate(told: Told, plural: bool) -> str:
    """The verb as the status has it: "does not attack", "to send", "may attack"."""
    base = present(told.trigger, plural=True)
    if told.status == "negated":
        return f"{'do' if plural else 'does'} not {base}"
    if told.status in ("planned", "hypothetical"):
        return f"{'to' if told.status == 'planned' else 'may'} {base}"
    return present(told.trigger, plural)


def _object_words(objects: Sequence[Token], index: MentionIndex, left_out: frozenset[int]) -> str:
    for head in (h for h in objects if h.ent_type_ not in ("DATE", "TIME")):
        if index.at(head) is None:
            return _phrase(head, left_out)
        if head.dep_ == "appos":
            continue
        return _short(index.at(head)[0], index)  # type: ignore[index]
    return ""


def _phrase(head: Token, left_out: frozenset[int] = frozenset()) -> str:
    """The noun phrase without its clauses, at most eight words."""
    keep = [t for t in head.subtree if not t.is_space and not _in_clause(t, head)]
    keep = [t for t in keep if t.i >= head.i - 5 and t.i not in left_out][:8]
    while keep and keep[-1].pos_ in ("ADP", "DET", "PUNCT", "CCONJ", "ADJ", "PART", "SCONJ", "ADV"):
        keep.pop()
    text = "".join(t.text_with_ws for t in keep).strip()
    return re.sub(r"^(the|an?) ", "", text.replace("\n", " "), flags=re.IGNORECASE)


def _in_clause(token: Token, head: Token) -> bool:
    """Whether a word of a noun phrase belongs to a clause, an apposition or a date inside it."""
    start = token
    while token.i != head.i:
        pair = token.dep_ in ("cc", "conj") and token.head.head.lower_ == "between"
        if (
            not pair
            and token.dep_ in ("relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "ccomp")
            and token.text
            not in (
                "-",
                "’s",
            )
        ):
            return True
        if token.dep_ == "pobj" and token.ent_type_ in ("DATE", "TIME"):
            return True
        token = token.head
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in start.children)


def _content(trigger: Trigger) -> str:
    """The first words of what was said."""
    clause = next((c for c in trigger.token.children if c.dep_ in ("ccomp", "xcomp") and c.i > trigger.token.i), None)
    if clause is None:
        return ""
    words = [t for t in clause.subtree if not t.is_space and t.text not in '“”"']
    return "".join(t.text_with_ws for t in words[:9]).strip(' ,.“”"') + (" …" if len(words) > 9 else "")


def present(trigger: Trigger, plural: bool = False) -> str:
    """The verb in the present tense of headlines, with its particle: "steps down"."""
    lemma = trigger.token.lemma_.lower()
    if trigger.misread:
        lemma = trigger.event.lemma
    particle = particle_of(trigger.token)
    tail = f" {particle.lower_}" if particle is not None else ""
    return (lemma if plural else third_person(lemma)) + tail
