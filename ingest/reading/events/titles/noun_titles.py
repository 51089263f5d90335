"""Titles of events that a noun tells: "Peace talks in Istanbul: Ukraine, Russia", "Russia–Ukraine war"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.events.finding.headings import is_heading
from ingest.reading.events.finding.lexicon import event_lexicon, third_person
from ingest.reading.events.finding.triggers import Trigger, event_name
from ingest.reading.events.titles.names import (
    listed,
    located,
    names_in_roles,
    patient_names,
    possessive,
    short_name,
    side_names,
)
from ingest.reading.events.who.participants import MentionIndex
from ingest.reading.events.wording import hyphened, phrase
from ingest.reading.findings import Participant

_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "THREATEN", "ACCUSE", "REJECT"})
_NAMELESS = frozenset({"delegations", "negotiators", "leaders", "ministers", "diplomats", "officials"})


def war_title(trigger: Trigger, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of a war: its sides, "Russia–Ukraine war", else its name or place."""
    word = "war" if trigger.token.lower_ in ("war", "conflict") else trigger.token.lower_
    bodies = [p for p in participants if index.kind(p.entity) != "Person"]
    lands = [p for p in bodies if p.role == "location" and index.by_key[p.entity].subtype == "country"]
    sides = side_names([*bodies, *(replace(p, role="party") for p in lands)], index)
    if trigger.token.pos_ == "PROPN" and not sides:
        return phrase(trigger.token)
    return f"{'–'.join(sides[:2])} {word}" if sides else located(word, place, index)


def interview_title(participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of an interview: "Putin–Carlson interview, Moscow"."""
    named = [p for p in participants if index.kind(p.entity) == "Person" and not index.by_key[p.entity].described]
    people = names_in_roles(named or participants, ("patient", "speaker", "party", "agent", "recipient"), index)
    title = f"{'–'.join(people[:2])} interview" if people else "interview"
    return f"{title}, {short_name(place, index)}" if place else title


def noun_title(trigger: Trigger, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of any other event that a noun tells. Arguments as `titles.title_of`, and the best report’s trigger."""
    noun = _noun_words(trigger.token)
    if trigger.token.lemma_.lower() in ("round", "session") and trigger.event.type == "CONSULT":
        noun = f"{noun} of talks"
    name = event_name(trigger.token)
    if trigger.token.pos_ == "PROPN" and " " in name and not is_heading(trigger.token.sent):
        return name
    agents = names_in_roles(participants, ("agent", "speaker"), index)
    patients = [n for n in patient_names(participants, index) if n not in agents]
    parties = side_names(participants, index)
    if trigger.phase == "near":
        noun = f"near {noun}"
    if trigger.event.occasion:
        agents = agents or _unnamed_author(trigger)
        platform = names_in_roles(participants, ("platform",), index)
        title = f"{possessive(agents[0])} {noun}" if agents else noun
        return f"{title} on {platform[0]}" if platform else located(title, place, index)
    if trigger.event.lemma == "visit" and agents:
        return f"{possessive(agents[0])} {noun}" + (f" to {short_name(place, index)}" if place else "")
    joint = trigger.event.type == "CONSULT" or trigger.event.of == "party" or trigger.event.result
    if joint and parties:
        return _with_sides(trigger, noun, parties, place, index)
    title = f"{possessive(agents[0])} {noun}" if agents else noun
    if (
        patients
        and not agents
        and trigger.event.poss == "patient"
        and any(c.dep_ == "poss" for c in trigger.token.children)
    ):
        return f"{possessive(patients[0])} {noun}"
    if patients:
        return f"{title} {_before_patient(trigger, participants, index)} {listed(patients)}"
    bare = (
        not noun.endswith("of talks")
        and not participants
        and not place
        and not any(c.lower_ == "no" for c in trigger.token.children)
    )
    return located((phrase(trigger.token) if bare else "") or title, place, index, trigger)


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
        return f"{located(noun, place, index)}: {listed(parties)}"
    governor = trigger.governor
    if governor is not None and event_lexicon().is_group("create", governor.lemma_.lower()):
        return f"{parties[0]} {third_person(governor.lemma_.lower())} {noun}"
    with_ = any(c.dep_ == "prep" and c.lower_ == "with" for c in trigger.token.children)
    plural = trigger.token.tag_ == "NNS" and trigger.event.type == "AGREE"
    of = any(c.dep_ == "prep" and c.lower_ == "of" for c in trigger.token.children)
    joint = "with" if with_ else "of" if of else ""
    if not joint and parties[0].lower() in _NAMELESS:
        return located(noun, place, index)
    joined = f"{noun} {joint} {parties[0]}" if joint else f"{possessive(parties[0])} {noun}" if plural else ""
    return located(joined, place, index) if joined else f"{located(noun, place, index)}: {parties[0]}"


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
