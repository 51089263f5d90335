"""Titles of events that a noun tells: "Peace talks in Istanbul: Ukraine, Russia", "Russia–Ukraine war"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.lexicon import event_lexicon, third_person
from ingest.reading.english.events.finding.triggers import Trigger, event_name
from ingest.reading.english.events.merge import Told
from ingest.reading.english.events.titles.complements import preposition_words
from ingest.reading.english.events.titles.names import (
    listed,
    located,
    names_in_roles,
    owned,
    patient_names,
    people_meant,
    possessive,
    shown_name,
    side_names,
)
from ingest.reading.english.events.titles.setting import Setting
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.wording import clause_words, hyphened, infinitive, phrase
from ingest.reading.findings import Participant

_BROKERING = frozenset({"broker", "mediate", "facilitate"})  # who helps others to agree is no side
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "THREATEN", "ACCUSE", "REJECT"})
_ON = frozenset(
    {"attack", "strike", "raid", "assault", "airstrike", "ban", "embargo", "crackdown", "restriction", "tax"}
)
_OF = frozenset(
    {
        "invasion", "arrest", "detention", "killing", "murder", "assassination", "execution", "occupation", "siege",
        "annexation", "seizure", "capture", "bombing", "bombardment", "shelling", "destruction", "shooting",
        "abduction", "kidnapping", "sentencing", "trial", "conviction", "poisoning", "expulsion", "deportation",
        "torture", "imprisonment", "blockade", "liberation"
    }
)  # fmt: skip
_NAMELESS = frozenset({"delegations", "negotiators", "leaders", "ministers", "diplomats", "officials"})
_RELATIVE = re.compile(r"\s+(?:\w+\s+)?(?:which|whom)\b.*$")  # “a referendum | in which …”


def war_title(trigger: Trigger, setting: Setting) -> str:
    """The title of a war: its sides, "Russia–Ukraine war", else what the text calls it, else its place."""
    participants, index = setting.participants, setting.index
    word = "war" if trigger.token.lower_ in ("war", "conflict") else trigger.token.lower_
    bodies = [p for p in participants if index.kind(p.entity) != "Person"]
    lands = [p for p in bodies if p.role == "location" and index.by_key[p.entity].subtype == "country"]
    sides = side_names([*bodies, *(replace(p, role="party") for p in lands)], index)
    if trigger.token.pos_ == "PROPN" and not sides:
        return phrase(trigger.token)
    if len(sides) > 1:
        return f"{'–'.join(sides[:2])} {word}"
    called = _RELATIVE.sub("", owned(trigger.token, phrase(trigger.token), index))
    links = [c for c in trigger.token.children if c.dep_ == "prep" and c.lower_ in ("on", "against", "with")]
    if links and called.lower() != word and sides:
        against = preposition_words(links[0], index, 5)
        if against and sides[0] not in against:
            return f"{possessive(sides[0])} {word} {against}"
    waging = names_in_roles(participants, ("agent",), index)
    if waging:
        return located(f"{possessive(waging[0])} {word}", setting.place, index)
    if lands:
        return f"{word} in {shown_name(lands[0].entity, index)}"
    if sides:
        return f"{sides[0]} {word}"
    return called if " " in called and not setting.place else located(word, setting.place, index)


def interview_title(setting: Setting) -> str:
    """The title of an interview: "Interview with Vladimir Putin by Tucker Carlson in Moscow"."""
    participants, index = setting.participants, setting.index
    known = [p for p in participants if index.kind(p.entity) == "Person" and not index.by_key[p.entity].described]
    roles = ("patient", "speaker", "party", "agent", "recipient")
    people = names_in_roles(known or participants, roles, index)
    title = f"Interview: {', '.join(people[:2])}" if len(people) > 1 else "".join(
        f"Interview with {p}" for p in people[:1]) or "interview"  # fmt: skip
    return (
        located(title, setting.place, index)
        if len(people) < 2
        else (f"Interview in {shown_name(setting.place, index)}: {', '.join(people[:2])}" if setting.place else title)
    )


def noun_title(told: Told, setting: Setting) -> str:
    """The title of any other event that a noun tells. Arguments: the report that tells it; the rest."""
    trigger, place, index = told.trigger, setting.place, setting.index
    participants = [p for p in _own_first(told, setting.participants) if not _only_tells_of_it(p, told, index)]
    noun = _noun_words(trigger.token)
    if trigger.token.lemma_.lower() in ("round", "session") and trigger.event.type == "CONSULT":
        noun = f"{noun} of talks"
    name = event_name(trigger.token)
    if trigger.token.pos_ == "PROPN" and " " in name and not is_heading(trigger.token.sent):
        return name
    agents = _acting(participants, trigger, index) if told.status != "negated" else []
    patients = [n for n in patient_names(participants, index, trigger) if n not in agents]
    parties = side_names(participants, index)
    if trigger.phase == "near":
        noun = f"near {noun}"
    if trigger.event.occasion:
        agents = agents or _unnamed_author(trigger)
        platform = names_in_roles(participants, ("platform",), index)
        title = f"{possessive(agents[0])} {noun}" if agents else noun
        return f"{title} on {platform[0]}" if platform else located(title, place, index)
    if trigger.event.lemma == "visit" and agents:
        return f"{possessive(agents[0])} {noun}" + (f" to {shown_name(place, index)}" if place else "")
    joint = trigger.event.type == "CONSULT" or trigger.event.of == "party" or trigger.event.result
    if joint and agents and trigger.governor is not None and trigger.governor.lemma_.lower() in _BROKERING:
        between = names_in_roles(participants, ("party",), index)
        sides = f" between {between[0]} and {between[1]}" if len(between) > 1 else ""
        return located(f"{noun}{sides} brokered by {' and '.join(agents[:2])}", place, index)
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
        met = f"{title} {_before_patient(trigger, participants, index)} {listed(patients)}"
        return met if trigger.event.durative else located(met, place, index, trigger)
    return _alone(trigger, title, noun, setting)


def _acting(participants: Sequence[Participant], trigger: Trigger, index: MentionIndex) -> list[str]:
    """Who acts: “the Japanese leader” where the sentence names the land only so, as nobody else is named."""
    names = names_in_roles(participants, ("agent", "speaker"), index)
    acting = [p for p in participants if p.role in ("agent", "speaker")]
    if len(acting) == 1 and index.kind(acting[0].entity) == "Place":
        words = people_meant(acting[0], trigger, index)
        if words and event_lexicon().is_group("role nouns", words.rsplit(" ", 1)[-1]):
            return [words]
    return names


def _alone(trigger: Trigger, title: str, noun: str, setting: Setting) -> str:
    """The title where no one is named to whom it is done: in the text's own words, if they say more than the noun."""
    place, index = setting.place, setting.index
    aims = (c for c in trigger.token.children if c.dep_ == "acl" and infinitive(c))
    if aim := next((clause_words(c, setting.most) for c in aims), ""):
        return f"{title} {aim}"
    if title != noun or noun.endswith("of talks"):
        return located(title, place, index, trigger)
    called = _RELATIVE.sub("", owned(trigger.token, phrase(trigger.token), index))
    negated = any(c.lower_ == "no" for c in trigger.token.children)
    more = not negated and noun.lower() in called.lower() and len(called.split()) > len(noun.split())
    return located(called if more else title, place, index, trigger)


def _own_first(told: Told, participants: Sequence[Participant]) -> list[Participant]:
    """Who takes part as the report itself says; of the others those whose part it leaves open."""
    roles, known = {p.role for p in told.participants}, {p.entity for p in told.participants}
    return [*told.participants, *(p for p in participants if p.role not in roles and p.entity not in known)]


def _only_tells_of_it(participant: Participant, told: Told, index: MentionIndex) -> bool:
    """Whether a newspaper or an agency only reports what others do: "the invasion, Reuters reported"."""
    medium = index.by_key[participant.entity].subtype == "media" and participant.role in ("agent", "party")
    return medium and not told.trigger.event.statement and not any(
        p.entity == participant.entity for p in told.participants
    )  # fmt: skip


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
    noun = trigger.token.lemma_.lower()
    if noun in _OF or noun in _ON:
        return "of" if noun in _OF else "on"
    if trigger.event.type in _HOSTILE:
        return "against"
    return "in" if all(index.kind(k) == "Place" for k in keys) else "of"


def _with_sides(trigger: Trigger, noun: str, parties: Sequence[str], place: str | None, index: MentionIndex) -> str:
    """Read “Talks in Geneva: France, Germany”; with one side named, what the text makes of it: “talks with France”."""
    if len(parties) > 1:
        several = " and others" if len(parties) > 2 else ""
        return f"{located(noun, place, index)}: {', '.join(parties[:2])}{several}"
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
        if c.dep_ in ("compound", "amod") and c.i < noun.i and c.pos_ != "PROPN" and c.ent_type_ in ("", "ORDINAL")
    ]
    words = [w for c in left[-2:] for w in c.subtree if not w.is_space]
    first = hyphened(noun)
    words += [first, first.nbor()] if first is not None else []
    text = "".join(w.text_with_ws for w in sorted({*words, noun}, key=lambda t: t.i)) if words else noun.text
    text = re.sub(r"^(the|an?) ", "", text, flags=re.IGNORECASE)
    if noun.pos_ == "PROPN" and not noun.text.istitle():
        return text.strip()
    shouted = is_heading(noun.sent)
    return " ".join(_lowered(word, keep=not shouted) for word in text.split())


def _lowered(word: str, *, keep: bool) -> str:
    """A word in small letters but for abbreviations, which stay where `keep` says so: "U.S.-led"."""
    return "-".join(part if keep and len(part) > 1 and part.isupper() else part.lower() for part in word.split("-"))
