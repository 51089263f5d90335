"""Who took part in an event, in which role: read off the dependency parse around its trigger."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.reading.english.entities.known.gazetteer import words
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.senses import bearers, talks_of
from ingest.reading.english.events.finding.triggers import Trigger, is_booked
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.occasions import occasion_arguments
from ingest.reading.english.events.who.subjects import Argument, charged_with, lists, shared_victims, subjects

_COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
                      "north-east", "north-west", "south-east", "south-west"})  # fmt: skip
_PARTY = frozenset({"with", "between", "among", "amongst"})
_TARGET = frozenset({"against", "on", "upon", "at", "into", "toward", "towards", "over"})
_INSIDE = frozenset({"in", "at", "near", "off", "outside", "inside", "across", "throughout", "around", "through"})
_BLAMING = frozenset({"ACCUSE", "COERCE", "SANCTION"})
_ABOUT = frozenset({"PROTEST", "RETREAT", "REJECT", "SANCTION", "ACCUSE", "REQUEST"})  # "resigned over his role"
_SHORES = frozenset({"coast", "shore", "island", "tip", "port"})
_NO_GROUND = frozenset({"history", "politics", "law", "memory", "times", "opinion", "custody", "support", "interest",
                        "response", "reply", "exchange", "favour", "favor", "culture", "life", "century", "request",
                        "behest", "invitation", "urging", "insistence"})  # fmt: skip
_GROUNDED = frozenset({"base", "found", "model", "ground", "depend", "rely"})
_GROUNDS = _INSIDE | {"of"}
_WITHIN_GROUP = frozenset({"of", "for", "from", "between", "including", "with", "to", "against", "as", "like", "among"})
_SHOWING = frozenset({"contain", "show", "depict", "feature", "portray", "include", "involve", "target", "name"})
_EXAMPLES = frozenset({"as", "including", "like"})
_MODIFIERS = frozenset({"poss", "compound", "amod", "nmod", "nummod"})


def arguments(trigger: Trigger, events: frozenset[int]) -> list[Argument]:
    """The phrases around a trigger that fill its roles.

    Arguments: trigger; events, the token indices of all triggers (a coordination stops at another event).
    """
    found = _noun_arguments(trigger) if trigger.nominal else _verb_arguments(trigger)
    heads = [
        (a.role, head)
        for a in found
        for head in coordinated(a.head, events)
        if head.ent_type_ not in ("DATE", "TIME") or head.dep_ == "nsubjpass"
    ]
    return [Argument(_role(role, trigger), actor) for role, head in heads for actor in _actors(role, head, events)]


def _actors(role: str, head: Token, events: frozenset[int]) -> list[Token]:
    """Who acts where a happening is the subject: "Russian strikes killed" Russia; "the murder of X shocked" nobody.

    Nobody takes part as a happening: “the talks ended with a ceasefire for X”.
    """
    if head.i not in events or role not in ("agent", "party"):
        return [head]
    if role == "party":
        return []
    return [c for c in head.children if c.dep_ == "poss" or (c.dep_ == "amod" and c.text[:1].isupper())]


def coordinated(head: Token, events: frozenset[int]) -> Iterator[Token]:
    """`head`, what is coordinated and what is in apposition, but no other event; a relative pronoun gives its noun."""
    if head.lower_ in ("whatever", "whoever", "whichever"):
        return
    if head.tag_ in ("WP", "WDT") or (head.lower_ == "that" and head.dep_ in ("nsubj", "nsubjpass", "dobj")):
        antecedent = _antecedent(head)
        if antecedent is None:
            return
        head = antecedent
        # "X, a member of Y who led ...": the person is X
        if head.dep_ == "appos" and head.head.pos_ == "PROPN":
            head = head.head
    yield head
    # "President Ann Roe and Minister Bo Lind died", where the parser has one name
    beside = [c for c in head.children if c.dep_ == "nmod" and c.pos_ == "PROPN" and head.pos_ == "PROPN"]
    yield from (c for c in beside if any(g.dep_ == "cc" for g in c.children))
    for child in head.children:
        # after a name an apposition only describes: "David Arakhamia, a member of parliament"; not after an office
        office = event_lexicon().is_group("role nouns", head.lower_) or head.lower_ in words("nouns", "person")
        sort = any(c.lower_ in ("a", "an") for c in child.children)  # "The company, a unit of Orsa"
        described = child.dep_ == "appos" and (head.pos_ == "PROPN" or sort) and not office and not lists(head, child)
        joined = child.dep_ in ("conj", "appos") and not described and child.i not in events
        if joined and child.pos_ in ("NOUN", "PROPN", "PRON"):
            yield from coordinated(child, events)


def _antecedent(pronoun: Token) -> Token | None:
    for verb in (pronoun.head, *pronoun.head.ancestors):
        if verb.dep_ == "relcl":
            noun = _agreeing(verb, verb.head)
            return _thing_before(pronoun, noun) if pronoun.lower_ == "which" else noun
    return None


def _thing_before(which: Token, noun: Token) -> Token:
    """“The chief executive of Ford, which sued”: “which” is no person, so it is the noun right before it."""
    if noun.ent_type_ != "PERSON" and not event_lexicon().is_group("role nouns", noun.lemma_.lower()):
        return noun
    before = [t for t in which.doc[max(noun.i, which.i - 3) : which.i] if t.pos_ in ("NOUN", "PROPN")]
    return before[-1] if before and before[-1].ent_type_ != "PERSON" else noun


def _agreeing(verb: Token, noun: Token) -> Token:
    """“The raids on Lyon, which were …”: a plural verb tells that the plural noun further up is meant."""
    plural = any(w.lower_ in ("were", "are", "have") for w in (verb, *verb.children) if w.pos_ == "AUX")
    above = noun.head.head if noun.dep_ == "pobj" else noun
    return above if plural and noun.tag_ in ("NN", "NNP") and above.tag_ == "NNS" else noun


def _role(role: str, trigger: Trigger) -> str:
    event = trigger.event
    if event.statement and role in ("agent", "speaker"):
        return "speaker"
    if event.type == "CONSULT" and role in ("agent", "patient") and event.lemma not in ("visit", "host"):
        return "party"
    return role


def _verb_arguments(trigger: Trigger) -> Iterator[Argument]:
    verb = trigger.token
    if verb.pos_ == "ADJ" and not trigger.misread:
        yield from (Argument("patient", c) for c in bearers(verb))
        return
    if trigger.misread:
        yield Argument("agent", verb.nbor(-1))
        yield from (
            Argument("patient", c) for c in ([verb.head] if verb.head.i != verb.i else verb.rights) if c.i > verb.i
        )
        return
    yield from subjects(verb)
    for child in verb.children:
        if child.dep_ in ("dobj", "attr"):
            yield Argument("patient", child)
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            yield Argument("recipient", child)
        elif child.dep_ == "xcomp" and child.pos_ == "VERB":
            if all(c.dep_ != "dobj" for c in verb.children):  # not "named Ada Berg to replace | the dean |"
                yield from (Argument("patient", c) for c in child.children if c.dep_ == "dobj")
            # "agreed to be taken over by X": who is to do it has a part in what was agreed
            with_whom = ("from", "with") if trigger.event.type == "AGREE" else ()
            links = (p for p in child.children if p.dep_ == "agent" or (p.dep_ == "prep" and p.lower_ in with_whom))
            by = (c for p in links for c in p.children if c.dep_ == "pobj")
            yield from (Argument("party", c) for c in by)
        elif child.dep_ == "ccomp" and child.i > verb.i and trigger.event.type in ("COERCE", "ASSAULT", "SANCTION"):
            yield from (Argument("patient", c) for c in child.children if c.dep_ == "nsubj")
    if trigger.event.type in ("ASSAULT", "COERCE", "SANCTION"):
        yield from shared_victims(verb)
    yield from _prepositions(verb, trigger)
    yield from _bearings(verb)


def _prepositions(word: Token, trigger: Trigger) -> Iterator[Argument]:
    for prep in (
        c for c in word.children if c.dep_ in ("prep", "dative", "agent") and c.pos_ in ("ADP", "SCONJ", "VERB", "PART")
    ):
        role = _preposition_role(prep.lower_, trigger)
        if role is None or (prep.dep_ == "agent" and not trigger.nominal):
            continue
        for child in prep.children:
            if prep.lower_ == "off" and child.pos_ != "PROPN" and child.lemma_.lower() not in _SHORES:
                continue  # "wean it off Russian gas"
            if child.dep_ == "pobj":
                yield Argument(role, child)
            elif child.dep_ == "prep":
                yield from (Argument(role, c) for c in child.children if c.dep_ == "pobj")


def _bearings(word: Token) -> Iterator[Argument]:
    """“Crashed north of Moscow”, “fell 30 km west of Lviv”: where it was."""
    for way in (c for c in word.children if c.dep_ in ("advmod", "npadvmod") and c.lower_ in _COMPASS):
        links = (p for p in way.children if p.lower_ == "of")
        yield from (Argument("location", c) for p in links for c in p.children if c.dep_ == "pobj")


def _preposition_role(word: str, trigger: Trigger) -> str | None:
    if word == "by":
        return "agent"
    if word in _PARTY:  # "five died, among them two nurses" is of no two sides
        return "party" if trigger.nominal or word in ("with", "between") or trigger.event.type == "CONSULT" else None
    if word == "of" and trigger.nominal:
        return trigger.event.of
    if trigger.event.statement and word in ("on", "via", "through", "to") and trigger.event.occasion:
        return "recipient" if word == "to" else "platform"
    if word == "on" and trigger.event.lemma in ("write", "post", "publish", "tweet"):
        return "platform"
    if word == "for" and trigger.event.type in _BLAMING and not trigger.nominal:
        return None  # "impeached for obstruction of Congress"
    if word in ("to", "for"):
        return "recipient"
    if word == "from":
        return "source"
    if word in _INSIDE:
        return "location"
    if word == "over" and trigger.event.type in _ABOUT:
        return None
    return "patient" if word in _TARGET else None


def _noun_arguments(trigger: Trigger) -> Iterator[Argument]:
    noun, event = trigger.token, trigger.event
    for child in noun.children:
        if child.dep_ == "poss":
            where = event.type == "ASSAULT" and child.ent_type_ in ("GPE", "LOC") and _of_its_kind(noun)
            yield Argument("location" if where else event.poss, child)
        elif child.dep_ in ("amod", "nmod", "compound"):
            yield Argument("modifier", child)
        elif child.dep_ == "appos" and child.pos_ == "PROPN":
            yield Argument("location", child)
    yield from _prepositions(noun, trigger)
    # "the arrest of two bankers in Oslo", where the parse hangs the place on the bankers
    met = (c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj" and c.pos_ == "NOUN")
    grounds = (p for c in met for p in c.children if p.dep_ == "prep" and p.lower_ in _INSIDE)
    yield from (Argument("location", c) for p in grounds for c in p.children if c.dep_ == "pobj")
    for talks in talks_of(noun):
        yield from (Argument("modifier", c) for c in talks.children if c.dep_ in ("amod", "nmod", "compound"))
        yield from _prepositions(talks, trigger)
    # "eight years of war in the Donbas", where the parse hangs the place on the years or the verb
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    if event.durative and after.dep_ == "prep" and after.lower_ == "in" and after.head.i != noun.i:
        yield from (Argument("location", c) for c in after.children if c.dep_ == "pobj")
    for clause in (c for c in noun.children if c.dep_ in ("acl", "relcl") and c is not trigger.governor):
        if clause.lemma_.lower() in _GROUNDED:
            continue  # "an inquiry based on the law"
        if event.lemma == "disaster":
            yield from (Argument("location", c) for c in clause.children if c.dep_ == "dobj")
        lexicon, verb = event_lexicon(), clause.lemma_.lower()
        carrying = lexicon.is_group("light", verb)
        own = carrying or any(lexicon.is_group(group, verb) for group in ("create", "carrying out"))
        if not carrying and any(c.dep_ == "nsubj" and c.tag_ not in ("WP", "WDT") for c in clause.children):
            continue  # "an attack that the gunman broadcast on Facebook" was not on Facebook
        yield from (a for a in _prepositions(clause, trigger) if own or a.role != "agent")
        if clause.dep_ == "relcl" and event_lexicon().is_group("light", clause.lemma_.lower()):
            givers = (s.head for s in subjects(clause) if s.role == "agent")
            yield from (Argument("agent", giver) for giver in givers if giver.tag_[0] != "W")
    if trigger.governor is not None:
        yield from _governor_arguments(trigger, trigger.governor)
    else:
        yield from occasion_arguments(trigger)
        yield from _author_arguments(trigger)
        yield from _accused_arguments(noun)
        yield from _settled_arguments(noun)


def _of_its_kind(noun: Token) -> bool:
    """“New Zealand's last mass shooting”: one of those that happened there."""
    return any(c.tag_ == "JJS" or c.lower_ in ("first", "last", "latest", "only") for c in noun.children)


def _governor_arguments(trigger: Trigger, verb: Token) -> Iterator[Argument]:
    """A light verb's subject and prepositions are the noun's."""
    by_it = ("launch", "open", "declare", "start", *(["begin"] if trigger.token.dep_ == "dobj" else []))
    if trigger.phase not in ("begin", "end") or verb.lemma_ in by_it:
        role = trigger.event.poss if trigger.event.of == "agent" else "agent"
        first = trigger.token
        while first.dep_ == "conj":
            first = first.head
        for subject in subjects(verb):
            if subject.head.i != first.i:
                yield Argument(role if subject.role == "agent" else subject.role, subject.head)
    if trigger.event.lemma == "disaster":
        yield from (Argument("location", c) for c in verb.children if c.dep_ == "dobj")
    yield from (a for a in _prepositions(verb, trigger) if a.head.i != trigger.token.i)


def _accused_arguments(noun: Token) -> Iterator[Argument]:
    """“Accused Kenya of the raid”, “was jailed for the murder”: whoever is accused did it, if it was done."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("of", "for", "over", "with"):
        return
    lexicon, verb = event_lexicon(), prep.head
    while verb.dep_ == "pobj" and verb.head.dep_ == "prep":
        verb = verb.head.head  # “sentenced to two years for the raid”, where the parse hangs it on the years
    lemma = verb.lemma_.lower()
    punishing = lexicon.is_group("punishing", lemma) and prep.lower_ in ("for", "over")
    accusing = lexicon.is_group("alleging", lemma) and prep.lower_ in ("of", "for")
    if punishing or accusing or (lemma, prep.lower_) in (("convict", "of"), ("charge", "with")):
        yield from (Argument("agent", c) for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))
        if not any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children):
            yield from (Argument("agent", s.head) for s in subjects(verb) if s.role == "patient")


def _settled_arguments(noun: Token) -> Iterator[Argument]:
    """“Canceled the summit”, “postponed a meeting”: whoever settles what becomes of it has a part in it."""
    verb = noun.head
    settled = noun.dep_ == "dobj" and verb.pos_ == "VERB" and not charged_with(verb)
    if settled and event_lexicon().is_group("settling", verb.lemma_.lower()):
        yield from (Argument("agent", s.head) for s in subjects(verb) if s.role == "agent")


def _author_arguments(trigger: Trigger) -> Iterator[Argument]:
    """Who makes it, owns up to it or is in it: "X presented a plan", "X reported a loss", "X is on leave"."""
    noun, head, lexicon = trigger.token, trigger.token.head, event_lexicon()
    # "announced his death", "announced the death": whoever tells of a death did not die
    owned = trigger.event.of == "agent" and any(c.dep_ == "poss" for c in noun.children)
    owned = owned or trigger.event.lemma == "die"
    owned = owned or (head.lemma_ == "leave" and not trigger.event.statement)  # "left a rally", "left a message"
    made = noun.dep_ == "dobj" and lexicon.is_group("create", head.lemma_.lower()) and not owned
    made = (made or (noun.dep_ == "dobj" and is_booked(trigger))) and not charged_with(head)
    state = noun.dep_ == "pobj" and head.lower_ in ("on", "at", "in") and head.head.lemma_ == "be"
    if noun.dep_ == "pobj" and head.lower_ == "on" and head.head.pos_ == "PROPN" and head.head.dep_ == "ROOT":
        yield Argument("agent", head.head)  # a headline: "Fed chairman on leave"
    if made or state:
        yield from (Argument("agent", s.head) for s in subjects(head if made else head.head) if s.role == "agent")


def entities_of(head: Token, index: MentionIndex, depth: int = 0, *, where: bool = False) -> Iterator[str]:
    """Keys of the entities that a phrase names or is made of ("U.S. officials", "parts of Ukraine's territory").

    Arguments: the phrase's head; index of the mentions; depth, how far below the phrase's head it is; where, whether
    only what says a place is asked for: in “a firefight with American forces in Lyon” America is none.
    """
    mention = index.at(head)
    if mention is not None and mention[1] == "demonym" and _among_people(head):
        return
    if mention is not None:
        yield mention[0]
        if mention[1] == "name" and not index.by_key[mention[0]].described:
            return
    if depth > 2:
        return
    # "outside the U.S. embassies in Kenya": where they stand, not whose they are
    stands = where and any(c.dep_ == "prep" and c.lower_ in _INSIDE for c in head.children)
    for child in head.children:
        if stands and child.dep_ in _MODIFIERS:
            continue
        if child.tag_ == "PRP$" and head.lemma_.lower() in words("nouns", "person"):
            continue  # "his deputy was arrested"
        named = child.dep_ in _MODIFIERS and _named_behind(head, index)
        if named or (child.dep_ == "poss" and _is_person_noun(head)):
            continue  # "Spain's king" is not Spain, nor "her Serbian counterpart, Ada Berg" Serbia
        if where and child.dep_ in _MODIFIERS and head.lemma_.lower() in _NO_GROUND:
            continue  # "the deadliest shooting in U.S. history"
        if where and child.dep_ == "amod" and head.lemma_.lower() in event_lexicon().nouns:
            continue  # "killed in Israeli air strikes"
        if child.dep_ in _MODIFIERS and (_comes_from(head) or any(c.lower_ == "ethnic" for c in head.lefts)):
            continue  # "ethnic Serb policemen" are not Serbia, nor is a Boston man Boston
        if mention is not None and child.dep_ == "poss" and _owned_by_body(child, index):
            continue  # "Hanil's labour union" does not act for Hanil
        if child.dep_ in _MODIFIERS or (child.dep_ == "det" and child.pos_ == "PROPN"):
            yield from _modifier_entities(child, index, depth)
        elif child.dep_ == "prep" and where and child.lower_ not in _GROUNDS:
            continue
        elif child.lower_ == "with" and any(t.lower_ in ("aboard", "board") for t in child.subtree):
            continue  # "a submarine with 118 men aboard"
        elif child.dep_ == "acl" and child.lemma_.lower() in _SHOWING and child.tag_ == "VBG":
            yield from (key for c in child.children if c.dep_ == "dobj" for key in entities_of(c, index, depth + 1))
        elif child.dep_ == "prep" and child.lower_ in (_GROUNDS if where else _linking(head, mention is not None)):
            for inner in child.children:
                for one in coordinated(inner, frozenset()) if inner.dep_ == "pobj" else ():
                    inside = entities_of(one, index, depth + 1, where=where)
                    # "colleagues of Ann Roe" are not she, nor is the "mayor of Lyon" Lyon
                    barred = {"Person"} if mention is not None else {"Place"} if _is_person_noun(head) else set()
                    yield from (key for key in inside if index.kind(key) not in barred)


def _among_people(noun: Token) -> bool:
    """“Hundreds of Kenyans”, “the death of an American”: some of a people, who are not their country."""
    return noun.tag_ in ("NNS", "NNPS") and noun.dep_ == "pobj" and noun.head.lower_ == "of"


def _named_behind(head: Token, index: MentionIndex) -> bool:
    """“Its American unit, Lund Motors”, “Ann's deputy, Bo Roe”: what stands before only describes it."""
    named = (index.at(c) for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN")
    return head.tag_ == "NN" and any(at is not None and index.kind(at[0]) != "Place" for at in named)


def _owned_by_body(owner: Token, index: MentionIndex) -> bool:
    at = index.at(owner)
    return at is not None and at[1] == "name" and index.kind(at[0]) == "Organization"


def _is_person_noun(head: Token) -> bool:
    return head.tag_ == "NN" and event_lexicon().is_group("role nouns", head.lemma_.lower())


def _comes_from(head: Token) -> bool:
    """Whether what stands before a noun for persons says only where they are from: they act for nobody."""
    noun = head.lemma_.lower()
    return noun in words("nouns", "private") | words("nouns", "maker") or (
        noun in words("nouns", "person") and noun not in words("nouns", "public")
    )


def _linking(head: Token, named: bool) -> frozenset[str]:
    """Prepositions that lead from a group to who is in it: "the leaders of France and Italy" are France and Italy."""
    if not named:
        measured = head.pos_ == "NUM" and head.ent_type_ == "MONEY"  # "$5 billion in Chinese goods"
        done = head.lemma_.lower() in event_lexicon().nouns  # "sanctions on Iran"
        return _WITHIN_GROUP | ({"in"} if measured else {"on"} if done else frozenset())
    return _EXAMPLES | {"of"} if head.tag_ == "NNS" else _EXAMPLES


def _modifier_entities(child: Token, index: MentionIndex, depth: int) -> Iterator[str]:
    yield from entities_of(child, index, depth + 1)
    for other in child.children:
        if other.dep_ == "conj":
            yield from _modifier_entities(other, index, depth)
