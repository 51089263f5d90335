"""From phrases to participants: which entities fill a trigger's roles, settled by their kind and the event's type."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from spacy.tokens import Span, Token

from ingest.reading.english.entities.excluded import of_another, subjects_with_names
from ingest.reading.english.entities.known.gazetteer import words
from ingest.reading.english.entities.neutral import of_things
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import arguments, coordinated, entities_of
from ingest.reading.english.events.who.subjects import Argument
from ingest.reading.findings import Participant

_MOTION = frozenset(
    {
        "visit", "return", "arrive", "leave", "flee", "send", "withdraw", "deploy", "move", "cross",
        "enter", "march", "advance", "retreat", "evacuate", "deport", "mobilize", "fly", "travel", "go", "come", "head",
        "drive", "sail", "rush", "transfer", "relocate", "flock"
    }
)  # fmt: skip
_LEFT = _MOTION | {"ban", "bar", "expel", "exclude", "banish"}  # out of a place; "from" names no side
_AT = frozenset({"in", "at", "near", "outside", "around"})
_BARRING = frozenset({"of", "before", "after", "since", "until", "than"})
_GIVING = frozenset({"give", "send", "offer", "grant", "lend", "sell", "pay", "supply", "promise", "pledge", "deny"})
_OF_ANYBODY = frozenset({"PROTEST", "SUPPORT", "OTHER"})
CORE = frozenset({"agent", "patient", "party", "speaker", "recipient"})


def participants_of(trigger: Trigger, index: MentionIndex, events: frozenset[int]) -> list[Participant]:
    """Participants of one trigger, each entity once, in the order agent, patient, others.

    Arguments: trigger; index of the article's entities; events, token indices of all triggers.
    """
    found: dict[str, Participant] = {}
    mention = index.at(trigger.token) if trigger.nominal else None
    own = mention[0] if mention is not None and index.kind(mention[0]) == "Thing" else ""  # "the Oslo accords"
    filled = [(a, list(_entities(a, trigger, index))) for a in sorted(arguments(trigger, events), key=_rank)]
    persons = {a.role for a, keys in filled if any(_is_named_person(k, index) for k in keys)}
    for argument, keys in filled:
        for key in keys:
            if (argument.role in persons and _employer(argument, key, index)) or key == own:
                continue
            if _its_people(argument, key, trigger, index):
                continue
            role = _settled(argument, key, trigger, index)
            if role is not None and key not in found:
                found[key] = Participant(role, key, trigger.passage)
    if not any(p.role in ("location", "platform") for p in found.values()):
        city = _land_of_where(trigger, index) or _city_in_clause(trigger, index, events) or _place_when(trigger, index)
        city = city or _city_of_subject(trigger, index) or _meant_by_there(trigger, index)
        if city is not None and city not in found:
            found[city] = Participant("location", city, trigger.passage)
    return list(found.values())


def _is_named_person(key: str, index: MentionIndex) -> bool:
    return index.kind(key) == "Person" and not index.by_key[key].described


def _employer(argument: Argument, key: str, index: MentionIndex) -> bool:
    """Whether an entity only says whose officer the person is: "the founder of Microsoft, Paul Allen, died"."""
    held = argument.head.lemma_.lower()
    office = event_lexicon().is_group("role nouns", held) or held in words("nouns", "person") or held == "co"
    return office and index.kind(key) != "Person"


def _its_people(argument: Argument, key: str, trigger: Trigger, index: MentionIndex) -> bool:
    """“Serbs voted”, “held Americans”: people of a country, and not it; “the Americans bombed X” is it."""
    head = argument.head
    if index.kind(key) != "Place" or head.tag_ not in ("NNS", "NNPS") or index.at(head) != (key, "demonym"):
        return False
    acts = argument.role in ("agent", "party", "speaker")
    says = argument.role == "speaker" and not any(c.dep_ == "det" for c in head.children)
    return not acts or says or trigger.event.type in _OF_ANYBODY


def _land_of_where(trigger: Trigger, index: MentionIndex) -> str | None:
    """The place before a clause with “where”: “Sudan, where the conflict since April has displaced many”."""
    clause = next((t for t in (trigger.verb, *trigger.verb.ancestors) if t.dep_ == "relcl"), None)
    if clause is None or not any(c.lower_ == "where" and c.dep_ == "advmod" for c in clause.children):
        return None
    if clause.head.ent_type_ in ("DATE", "TIME"):  # "flew to Oslo on Monday, where she met the king"
        return _last_place(clause.doc[clause.head.sent.start : clause.head.i], index)
    mention = index.at(clause.head)
    return mention[0] if mention is not None and index.kind(mention[0]) == "Place" else None


def _meant_by_there(trigger: Trigger, index: MentionIndex) -> str | None:
    """“She flew to Oslo. She met the king | there |.”: the last place told, in this sentence or the one before."""
    there = next((c for c in trigger.verb.children if c.lower_ == "there" and c.dep_ == "advmod"), None)
    if there is None:
        return None
    here = there.sent.start
    place = _last_place(there.doc[here : there.i], index)
    if place is not None or here == 0:
        return place
    gap = there.doc[here - 1]
    return None if gap.is_space and "\n" in gap.text else _last_place(gap.sent, index)


def _last_place(told: Span, index: MentionIndex) -> str | None:
    """The last place of a stretch of text that a preposition or a verb puts something at."""
    for token in reversed(told):
        mention = index.at(token) if token.dep_ in ("pobj", "dobj") else None
        if mention is not None and mention[1] == "name" and index.kind(mention[0]) == "Place":
            return mention[0]
    return None


def _city_in_clause(trigger: Trigger, index: MentionIndex, events: frozenset[int]) -> str | None:
    """A city after "in" or "near" that the parser hung on another noun of the clause: "a deal on exports in Oslo"."""
    verb = trigger.verb
    for token in verb.subtree:
        if token.dep_ != "pobj" or token.head.lower_ not in _AT or token.i < verb.i:
            continue
        mention = index.at(token)
        again = token.head.dep_ == "conj"  # "met in Oslo in 2018 and in Hanoi in 2019": another time, another place
        between = [a for a in takewhile(verb.__ne__, token.ancestors) if a.i != trigger.token.i and not _amid(a, verb)]
        barred = any(a.i in events or a.pos_ in ("VERB", "AUX") or a.lower_ in _BARRING for a in between)
        if mention is None or barred or again:
            continue
        whom = index.at(token.head.head)  # "met Roe in Singapore": a person has no place
        if _is_city(mention[0], index) or (
            whom is not None and _is_named_person(whom[0], index) and index.kind(mention[0]) == "Place"
        ):
            return mention[0]
    return None


def _city_of_subject(trigger: Trigger, index: MentionIndex) -> str | None:
    """“A bridge in Lyon was brought down”, “a prison break in Lyon left nine dead”: where it is, it happened."""
    told = ("nsubjpass",) if trigger.event.type == "OTHER" else ("nsubj", "nsubjpass")  # not "shops in Lyon sold milk"
    for subject in (c for c in trigger.verb.children if c.dep_ in told and c.pos_ == "NOUN"):
        if subject.lemma_.lower() in words("nouns", "person") or index.at(subject) is not None:
            continue
        for prep in (c for c in subject.children if c.dep_ == "prep" and c.lower_ in _AT):
            inside = (index.at(c) for c in prep.children if c.dep_ == "pobj")
            key = next((at[0] for at in inside if at is not None and _is_city(at[0], index)), None)
            if key is not None:
                return key
    return None


def _place_when(trigger: Trigger, index: MentionIndex) -> str | None:
    """“Were trapped when a shaft collapsed at a mine near Lota”: where that was, they were trapped."""
    for clause in (c for c in trigger.token.children if c.dep_ == "advcl" and c.i > trigger.token.i):
        if any(g.lower_ in ("when", "while") for g in clause.children):
            places = (
                t for t in clause.subtree if t.dep_ == "pobj" and t.head.lower_ in ("in", "at", "near", "outside")
            )
            hit = [t for t in clause.children if t.dep_ == "dobj"]  # "when a quake hit southern Turkey"
            found = (key for t in (*places, *hit) for key in entities_of(t, index, where=True))
            return next((key for key in found if index.kind(key) == "Place"), None)
    return None


def _amid(noun: Token, verb: Token) -> bool:
    """“Killed in a clash in Lyon”: where the clash was, they were killed."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and noun.head.head.i == verb.i


def _rank(argument: Argument) -> int:
    order = (
        "agent",
        "speaker",
        "patient",
        "party",
        "recipient",
        "platform",
        "source",
        "location",
        "destination",
        "modifier",
    )
    return order.index(argument.role) if argument.role in order else 99


def _entities(argument: Argument, trigger: Trigger, index: MentionIndex) -> Iterable[str]:
    head = argument.head
    found = list(entities_of(head, index, where=argument.role == "location"))
    owner = next((c for c in head.children if c.tag_ == "PRP$"), None)
    if found or (head.pos_ != "PRON" and owner is None):
        return found
    if head.pos_ != "PRON" and owner is not None:  # "their jobs will be cut"
        bearer = _relative(owner)
        return [] if bearer is None else list(entities_of(bearer, index))
    stand_in = _pronoun_antecedent(head, index)
    if stand_in is None:
        return []
    several = coordinated(stand_in, frozenset()) if head.lower_ in ("they", "them", "their") else [stand_in]
    return [key for one in several for key in entities_of(one, index)]


def _relative(owner: Token) -> Token | None:
    """For “workers who were told that | their | jobs …”: the noun of the clause's “who”."""
    for verb in (a for a in owner.ancestors if a.pos_ in ("VERB", "AUX")):
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and owner not in subject.subtree:
            nouns = coordinated(subject, frozenset()) if subject.tag_ in ("WP", "WDT") else ()
            return next(iter(nouns), None)
    return None


def _pronoun_antecedent(pronoun: Token, index: MentionIndex) -> Token | None:
    """The clause's subject for "Despite its offensive, Ukraine ..."; else the last subject of the pronoun's kind."""
    if pronoun.tag_ == "PRP$":
        for verb in (a for a in pronoun.ancestors if a.pos_ in ("VERB", "AUX")):
            subject = next(
                (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and pronoun not in c.subtree), None
            )
            several = subject is not None and pronoun.lower_ == "its" and subject.tag_ in ("NNS", "NNPS")
            if (
                subject is None
                or subject.pos_ == "PRON"
                or several
                or (verb.i == pronoun.head.head.i and of_another(pronoun))
            ):
                continue
            if next(iter(entities_of(subject, index)), None):
                return subject
    if pronoun.lower_ in ("it", "they", "its", "their"):
        return _speaking_body(pronoun, index) or _main_subject(pronoun, index) or _last_subject(pronoun, index)
    if pronoun.lower_ not in ("he", "she", "him", "her", "his"):
        return None
    others = subjects_with_names(pronoun.head.head) if of_another(pronoun) else []
    for token in reversed(pronoun.doc[max(0, pronoun.i - 60) : pronoun.i]):
        if token in others:
            continue
        # who does it in the clause itself is himself: "telephoned to congratulate him"
        if pronoun.tag_ == "PRP" and pronoun.dep_ in ("dobj", "pobj", "dative") and token.head in (*pronoun.ancestors,):
            continue
        mention = index.at(token) if token.dep_ in ("nsubj", "nsubjpass") else None
        if mention is not None and index.kind(mention[0]) == "Person" and index.by_key[mention[0]].subtype != "group":
            return token
    return None


def _main_subject(pronoun: Token, index: MentionIndex) -> Token | None:
    """The main clause's subject, for that of its adverbial clause: "after they warned of it, A and B were ..."."""
    clause = pronoun.head
    if pronoun.dep_ not in ("nsubj", "nsubjpass") or clause.dep_ != "advcl":
        return None
    # "police detained protesters after they blocked a road": it may be either
    if any(c.dep_ == "dobj" and c.tag_ in ("NNS", "NNPS") and index.at(c) for c in clause.head.children):
        return None
    for subject in (c for c in clause.head.children if c.dep_ in ("nsubj", "nsubjpass")):
        several = any(c.dep_ == "conj" for c in subject.children) or subject.tag_ in ("NNS", "NNPS")
        if index.at(subject) is not None and (several or pronoun.lower_ == "it"):
            return subject
    return None


def _last_subject(pronoun: Token, index: MentionIndex) -> Token | None:
    """For the "it" that begins a sentence: the body that was the subject of the sentence before.

    Source: centering, where the subject is the likeliest centre to go on with (Grosz, Joshi & Weinstein 1995).
    """
    sentence = pronoun.sent
    if pronoun.lower_ != "it" or pronoun.dep_ not in ("nsubj", "nsubjpass") or pronoun.head.dep_ != "ROOT":
        return None
    if of_things(pronoun.head):
        return None  # "it was built in 1956"
    start = sentence.start - 1
    if start < 0:
        return None
    before = pronoun.doc[start].sent.root
    subjects = [c for c in before.children if c.dep_ in ("nsubj", "nsubjpass")]
    if len(subjects) != 1:
        return None
    # "The operator, Adria Lines, said ..."
    for noun in (subjects[0], *(c for c in subjects[0].children if c.dep_ == "appos")):
        mention = index.at(noun)
        if mention is not None:
            return noun if index.kind(mention[0]) != "Person" else None
    return None


def _speaking_body(pronoun: Token, index: MentionIndex) -> Token | None:
    """For "NATO denied that it had bombed": the organisation or state that says what the clause holds."""
    for verb in (a for a in pronoun.ancestors if a.dep_ in ("ccomp", "advcl", "xcomp")):
        above = verb.head
        while above.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in above.children):
            above = above.head  # "was flying from Oroville and headed for Spokane when | it | crashed"
        for subject in (c for c in above.children if c.dep_ == "nsubj" and c.i < pronoun.i):
            mention = index.at(subject)
            if mention is not None and index.kind(mention[0]) != "Person":
                return subject
            if mention is None and verb.dep_ == "advcl" and subject.tag_ in ("NN", "NNP"):
                return None
    return None


def _settled(argument: Argument, key: str, trigger: Trigger, index: MentionIndex) -> str | None:
    """The final role, or None when the entity's kind does not fit."""
    role, event, place = argument.role, trigger.event, index.kind(key) == "Place"
    posted = argument.head.dep_ == "pobj" and argument.head.head.lower_ == "on"
    if role == "patient" and posted and index.by_key[key].subtype == "platform":
        return "platform" if event.statement else None  # "denounced a coup on Twitter"
    if role == "patient" and trigger.token.lemma_.lower() in _GIVING and _bare_receiver(argument, key, index):
        return "recipient"
    if role == "modifier":
        return _modifier_role(argument, key, trigger, index)
    if role in ("location", "destination"):
        if place:
            return "location"
        return "recipient" if role == "destination" else "platform" if event.occasion else None
    if role == "platform":
        return "location" if place else "platform" if index.kind(key) == "Organization" else "patient"
    if role == "source":
        return "location" if place and event.lemma in _LEFT else "party"
    # a protest on a square, a plane shot down over a country: where, not whom
    if place and role == "patient" and _is_ground(argument, key, trigger, index):
        return "location"
    entered = role == "patient" and event.lemma in ("visit", "enter", "leave", "cross")
    if place and (entered or (role == "recipient" and event.lemma in _MOTION)):
        return "location"
    # a city that meets stands for its government; one that is met in is the place
    acts = argument.head.dep_ == "nsubj"
    if role in ("patient", "party") and event.lemma in ("negotiate", "meet") and _is_city(key, index) and not acts:
        return "location"
    if role == "party" and index.kind(key) == "Thing":
        return "patient"  # "negotiated the Lod Accord"
    return "party" if role == "topic" else role


def _bare_receiver(argument: Argument, key: str, index: MentionIndex) -> bool:
    """“Gave Ukraine tanks”: the parser takes the receiver's bare name for a part of the thing given."""
    for child in argument.head.children:
        mention = index.at(child)
        if mention is not None and mention[0] == key:
            return mention[1] == "name" and child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN"
    return False


def _is_ground(argument: Argument, key: str, trigger: Trigger, index: MentionIndex) -> bool:
    """Whether a preposition of place makes it the ground of what happened; an attack "on" a place hits the place."""
    mention = index.at(argument.head)
    if argument.head.dep_ != "pobj" or mention is None or mention[0] != key:
        return False
    preposition = argument.head.head.lower_
    if trigger.nominal:
        return preposition in ("on", "at") and trigger.event.type == "PROTEST"
    return preposition == "over" or (preposition == "on" and trigger.event.type in ("PROTEST", "CONSULT", "AGREE"))


def _is_city(key: str, index: MentionIndex) -> bool:
    entity = index.by_key[key]
    return entity.kind == "Place" and (entity.subtype == "city" or (entity.subtype is None and not entity.gazetteer))


def _hosts(place: Token, trigger: Trigger, index: MentionIndex) -> bool:
    """“The Singapore summit” was there; “the US–Russia summit” was between them."""
    beside = [c for c in trigger.token.children if c.dep_ in ("compound", "nmod", "amod") and index.at(c) is not None]
    return trigger.token.lemma_.lower() in ("summit", "conference") and beside == [place] and place.pos_ == "PROPN"


def _modifier_role(argument: Argument, key: str, trigger: Trigger, index: MentionIndex) -> str | None:
    """A demonym acts ("Russian attacks"); a bare name is hit or helped ("the Crimea annexation", "Ukraine aid")."""
    # "Russian missile strikes", where the parse hangs the land on the missile
    inner = (c for c in argument.head.children if (at := index.at(c)) is not None and at[0] == key)
    bearer = argument.head if index.at(argument.head) is not None else next(inner, argument.head)
    mention, event = index.at(bearer), trigger.event
    if event.durative or event.type in ("CONSULT", "COOPERATE"):
        return "location" if _is_city(key, index) or _hosts(argument.head, trigger, index) else "party"
    adjective = (mention is not None and mention[1] == "demonym") or bearer.dep_ == "amod"
    adjective = adjective or bearer.text.endswith(".")  # "U.S. raid"
    if event.statement:
        return "speaker" if index.kind(key) != "Place" or adjective else "location"
    if index.kind(key) != "Place" or adjective:
        return event.poss if event.poss != "agent" else "agent"
    if _is_city(key, index) or event.of == "location":
        return "location"  # “the Nepal earthquake”
    return "recipient" if event.type == "AID" else "patient"
