"""What pronouns and definite phrases of an article stand for: conservative rules over the parse.

A pronoun goes to the person of fitting gender that is nearest, a subject before an object (the salience order of
Lappin and Leass 1994, much reduced), and to nobody when two fit equally well. A definite phrase ("the Russian
president", "the spokesperson") goes to whom the article gave that role before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import INTRODUCED, Candidate
from ingest.reading.english.entities.described import (
    Description,
    describe,
    described_name,
    descriptions,
    singled_out,
    worth_keeping,
)
from ingest.reading.english.entities.excluded import excluded, quoted_tokens, speakers
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.introduced import MEN, WOMEN, introduce, named_behind
from ingest.reading.english.entities.known.gazetteer import area, demonym, lexicon, plain, words
from ingest.reading.english.entities.names import parse_person
from ingest.reading.english.entities.neutral import PLURAL, SINGULAR, neutral_antecedent, person_before, told_by_origin

_MALE, _FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_LOOK_BACK = 4
_LED = 1.0  # for the subject of the clause above
"""Sentences before the pronoun's in which its antecedent may stand."""
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_LEADING = frozenset(
    {"president", "premier", "chancellor", "minister", "king", "queen", "leader", "ruler", "dictator", "emperor"}
    | {"governor", "mayor", "chairman", "secretary", "chief"}
)
_UNLISTED = ""
_BODY: dict[str, frozenset[str]] = {
    **dict.fromkeys(("company", "firm", "corporation", "business", "bank"), frozenset({"company", _UNLISTED})),
    **dict.fromkeys(("organization", "organisation"), frozenset({"ngo", "intergovernmental", "alliance", _UNLISTED})),
    "alliance": frozenset({"alliance"}),
    "party": frozenset({"party"}),
    "newspaper": frozenset({"media"}),
    "agency": frozenset({"government", "media", _UNLISTED}),
    "union": frozenset({"union"}),
    "group": frozenset({"armed group", "ngo"}),
    "platform": frozenset({"platform"}),
}
"""What kinds of organisation a noun can point back to; `_UNLISTED` is one of no known kind."""
_PLACE = {"country": "country", "nation": "country", "city": "city", "town": "city"}
_TOWNS = frozenset({"city", "town"})
"""What a place that no list has can be."""


@dataclass(slots=True)
class Place:
    """One mention in reading order: whose, at which token and sentence, and whether it is a subject."""

    group: Group
    start: int
    root: int
    sentence: int
    subject: bool
    quoted: bool


@dataclass(slots=True)
class Discourse:
    """What has been mentioned so far."""

    doc: Doc
    sentence_of: list[int]
    quoted: list[bool]
    places: list[Place] = field(default_factory=list)
    owner: dict[int, Group] = field(default_factory=dict)

    def note(self, group: Group, start: int, end: int) -> None:
        """Record a mention."""
        root = self.doc[start:end].root
        subject = _is_subject(root)
        self.owner[root.i] = group
        self.places.append(Place(group, start, root.i, self.sentence_of[start], subject, self.quoted[start]))


def resolve_references(doc: Doc, groups: list[Group]) -> list[Group]:
    """Add nominal and pronoun mentions to the groups, and new groups for those whom the text only describes.

    Arguments: doc, a parse; groups, the named ones. Returns: all groups.
    """
    named = {i: g for g in groups for c in g.members for i in range(c.start, c.end)}
    _note_roles(doc, groups)
    starts = {c.start: (g, c) for g in groups for c in g.members if c.form == "name"}
    phrases = {p.start: p for p in descriptions(doc, named)}
    told = {noun.i: named[start] for noun, start, _ in named_behind(doc) if start in named}
    discourse = Discourse(doc, _sentences(doc), quoted_tokens(doc))
    found, covered = list(groups), 0
    for token in doc:
        if token.i in phrases and token.i >= covered:
            phrase = phrases[token.i]
            group = told.get(phrase.head)
            if group is not None and (known := _by_role(discourse, phrase) if phrase.definite else None) is not None:
                group = _one_more_name(known, group, found, starts)
            group = _refer(discourse, phrase, found) if group is None else _brought_in(discourse, phrase, group)
            covered = phrase.end if group else covered
        first = told_by_origin(token)
        if first is not None and (before := person_before(discourse, token)) is not None:
            before.members.append(Candidate(first, token.i + 1, "DESCRIBED", form="nominal"))
            discourse.note(before, first, token.i + 1)
        elif token.i in starts:
            group, c = starts[token.i]
            discourse.note(group, c.start, c.end)
        elif token.lower_ in _MALE or token.lower_ in _FEMALE:
            _pronoun(discourse, token, starts)
        elif token.lower_ in SINGULAR or token.lower_ in PLURAL:
            group = neutral_antecedent(token, discourse.owner, discourse.sentence_of)
            quoted = discourse.quoted[token.i] and token.lower_ in PLURAL  # whom a speaker means is in his own words
            _stand_for(discourse, token, None if quoted else group)
    introduce(doc, found, discourse.sentence_of)
    return found


def _one_more_name(known: Group, group: Group, found: list[Group], starts: dict[int, tuple[Group, Candidate]]) -> Group:
    """Who was named before, with the name by which "the president, known as Batka" calls him too; else the new one."""
    if known is group or known.kind != group.kind or known.described or group.known is not None:
        return group
    known.members += group.members
    known.names += [name for name in group.names if name not in known.names]
    found[:] = [g for g in found if g is not group]
    starts |= {start: (known, c) for start, (g, c) in starts.items() if g is group}
    return known


def _brought_in(discourse: Discourse, phrase: Description, group: Group) -> Group:
    """Let "a hacker known as Zero" be Zero, and nobody else."""
    label = "DESCRIBED" if phrase.definite else INTRODUCED
    group.members.append(Candidate(phrase.start, phrase.end, label, form="nominal"))
    group.roles.add(discourse.doc[phrase.head].lemma_.lower())
    discourse.note(group, phrase.start, phrase.end)
    return group


def _refer(discourse: Discourse, phrase: Description, found: list[Group]) -> Group | None:
    """Find the group that a description points back to, or make a new one."""
    doc = discourse.doc
    group = None if _names_itself(doc, phrase) else _antecedent(discourse, phrase, found)
    if group is None:
        if not worth_keeping(doc, phrase) or (phrase.definite and not phrase.modified):
            return None
        group = describe(doc, phrase)
        found.append(group)
    group.members.append(Candidate(phrase.start, phrase.end, "DESCRIBED", form="nominal"))
    discourse.note(group, phrase.start, phrase.end)
    return group


def _names_itself(doc: Doc, phrase: Description) -> bool:
    """Whether a place is named right behind: "the city of Kherson" is no city spoken of before."""
    behind = doc[phrase.head + 1 : phrase.head + 3]
    place = doc[phrase.head].lemma_.lower() in _PLACE and len(behind) > 1
    return place and behind[0].lower_ == "of" and behind[1].pos_ == "PROPN"


def _antecedent(discourse: Discourse, phrase: Description, found: list[Group]) -> Group | None:
    doc = discourse.doc
    name = described_name(doc, phrase)
    if singled_out(doc, phrase):
        same = [g for g in found if g.described and g.names and g.names[0].casefold() == name.casefold()]
        if same:
            return same[0]
    if not phrase.definite or phrase.possessed or phrase.end > phrase.head + 1:
        return None
    return _by_role(discourse, phrase)


def _by_role(discourse: Discourse, phrase: Description) -> Group | None:
    """Whom the article gave the role before, the last mentioned first; modifiers must not speak against it."""
    doc = discourse.doc
    role = doc[phrase.head].lemma_.lower()
    modifiers = [t for t in doc[phrase.start : phrase.head] if t.pos_ in {"ADJ", "PROPN", "NOUN"} and t.dep_ != "det"]
    countries = {k.id for t in modifiers if (k := demonym(t.text))}
    others = {t.lower_ for t in modifiers if not demonym(t.text) and _singles_out(t)} - {"former", "current", "same"}
    doers = _doers(doc[phrase.head])
    fitting: list[Place] = []
    for place in reversed(discourse.places):
        group = place.group
        if discourse.sentence_of[phrase.start] - place.sentence > 12:
            break
        if place.root in doers:
            continue
        if fitting and place.sentence != fitting[0].sentence:
            break
        if _fits_role(group, role, phrase.plural) and _fits_origin(group, countries) and _fits_words(group, others):
            fitting.append(place)
    # of the bodies of one sentence the subject is what the next is about; of its persons the last named
    subject = next((p for p in fitting if p.subject and p.group.kind == "Organization"), None)
    return (subject or fitting[0]).group if fitting else None


def _doers(noun: Token) -> set[int]:
    """The subjects of the verb that a noun is an object of: "Orsa bought the company" is of another company."""
    verb = noun.head if noun.dep_ in {"dobj", "dative"} else noun.head.head if noun.dep_ == "pobj" else None
    return {t.i for t in verb.lefts if t.dep_ in _SUBJECT} if verb is not None and verb.pos_ == "VERB" else set()


def _singles_out(modifier: Token) -> bool:
    """Whether a word before the noun says which one: not "struggling", nor the town in "Chicago-based"."""
    after = modifier.i + 2
    based = after < len(modifier.doc) and modifier.doc[after].lower_ in {"based", "listed", "headquartered"}
    return not based and (modifier.pos_ != "ADJ" or modifier.lower_ in words("nouns", "contrast"))


def _fits_role(group: Group, role: str, plural: bool) -> bool:
    if plural != group.plural:
        return False
    if role in group.roles:
        return True
    if group.kind == "Person":
        return role == "leader" and bool(group.roles & _LEADING)
    if group.kind == "Organization" and not group.described:
        fitting = _BODY["company"] if role in words("nouns", "maker") else _BODY.get(role, frozenset())
        said = {word for name in group.names for word in name.split()}
        public = "company" in fitting and _is_public(group)
        return role.capitalize() in said or ((group.subtype or _UNLISTED) in fitting and not public)
    unlisted = group.kind == "Place" and group.known is None
    return group.subtype == _PLACE.get(role, _UNLISTED) or (unlisted and role in _TOWNS)


def _is_public(group: Group) -> bool:
    """Whether a body that no list knows is none of business by its name: an army, a ministry, a university."""
    said = {word for name in group.names for word in name.split()}
    return not group.subtype and not said.isdisjoint(words("nouns", "public_body"))


def _fits_origin(group: Group, countries: set[str]) -> bool:
    if group.described:
        return countries <= group.origins
    if group.kind == "Organization" and countries:
        home = f"country:{group.known.country}" if group.known and group.known.country else None
        named = {known.id for name in group.names for word in name.split() if (known := demonym(word))}
        return home in countries or bool(countries & named) or (home is None and not named and not _is_public(group))
    return not countries or not group.origins or bool(countries & group.origins)


def _fits_words(group: Group, others: set[str]) -> bool:
    known = {w.casefold() for name in group.names for w in name.split()} | group.roles | group.traits
    return others <= known


def _pronoun(discourse: Discourse, token: Token, starts: dict[int, tuple[Group, Candidate]]) -> None:
    gender = "male" if token.lower_ in _MALE else "female"
    scores: dict[int, tuple[float, Group]] = {}
    barred, speaking = excluded(discourse, token), speakers(discourse, token, starts)
    here = discourse.sentence_of[token.i]
    leading = _leading_subject(token)
    near = [(n, p) for n, p in enumerate(discourse.places) if here - p.sentence <= _LOOK_BACK]
    groups = {id(p.group): p.group for _, p in near}
    fitting = {key for key, group in groups.items() if _fits_person(group, gender)} - barred - speaking
    for order, place in near:
        distance = here - place.sentence
        # whoever is quoted does not name himself in the third person
        if place.quoted and not discourse.quoted[token.i] and _cue_subject(token) and distance <= 1:
            continue
        if id(place.group) not in fitting:
            continue
        score = (3.0 if place.subject else 1.2) * 0.6**distance + order * 1e-4
        score += _LED * (place.root == leading)
        known = scores.get(id(place.group), (0.0, place.group))[0]
        scores[id(place.group)] = (max(known, score) + 0.3 * min(known, score), place.group)
    fronted = _following_subject(discourse, token, gender, starts) or _object_before(discourse, token, gender)
    group = fronted or _best(scores)
    if group is not None:
        group.genders.add(gender)
    _stand_for(discourse, token, group)


def _leading_subject(token: Token) -> int:
    """The subject of the clause that a pronoun's own clause hangs on: "Roe urged them on when | he | came"; else -1.

    Source: centering ranks the subject of the clause first (Grosz, Joshi and Weinstein 1995).
    """
    clause = token.head
    if token.dep_ not in _SUBJECT or clause.dep_ != "advcl":
        return -1
    above = clause.head
    while above.dep_ == "xcomp" and not any(c.dep_ in _SUBJECT for c in above.children):
        above = above.head
    return next((c.i for c in above.children if c.dep_ in _SUBJECT and c.i < token.i), -1)


def _stand_for(discourse: Discourse, token: Token, group: Group | None) -> None:
    """Give a pronoun to its group, if it has one."""
    if group is not None:
        group.members.append(Candidate(token.i, token.i + 1, "PRONOUN", form="pronoun"))
        discourse.note(group, token.i, token.i + 1)


def _cue_subject(token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of saying: “…,” he said."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words("nouns", "human_verb")


def _best(scores: dict[int, tuple[float, Group]]) -> Group | None:
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < 0.3:
        return None
    clear = len(ranked) == 1 or ranked[0][0] >= ranked[1][0] * 1.05
    return ranked[0][1] if clear else None


def _following_subject(
    discourse: Discourse, token: Token, gender: str, starts: dict[int, tuple[Group, Candidate]]
) -> Group | None:
    """Find the subject after a fronted "In his speech, …", whomever the sentences before name."""
    if token.dep_ != "poss":
        return None
    for i in range(token.i + 1, token.sent.end):
        if i in starts and _fits_person(starts[i][0], gender):
            c = starts[i][1]
            root = discourse.doc[c.start : c.end].root
            if root.dep_ in _SUBJECT and root.head.dep_ == "ROOT" and not root.is_ancestor(token):
                before = (t for t in token.ancestors if t.dep_ in {"prep", "advcl"} and t.i < root.i)
                return starts[i][0] if any(t.head.i == root.head.i for t in before) else None
    return None


def _object_before(discourse: Discourse, token: Token, gender: str) -> Group | None:
    """“Police arrested Roe and charged | him |”: the object of the verb that the pronoun's is joined to."""
    verb = token.head
    if token.dep_ != "dobj" or verb.dep_ != "conj" or any(c.dep_ in _SUBJECT for c in verb.children):
        return None
    objects = (c.i for c in verb.head.children if c.dep_ == "dobj" and c.i < token.i)
    found = (discourse.owner.get(i) for i in objects)
    return next((g for g in found if g is not None and _fits_person(g, gender)), None)


def _fits_person(group: Group, gender: str) -> bool:
    if group.kind != "Person" or group.subtype == "group":
        return False
    known = group.gender
    return known is None or known == gender


def _is_subject(root: Token) -> bool:
    while root.dep_ in {"conj", "appos"} and root.head.i != root.i:
        root = root.head
    return root.dep_ in _SUBJECT


def _note_roles(doc: Doc, groups: list[Group]) -> None:
    """What the article says its persons and bodies are: by title, apposition, "X is a …", words before."""
    for group in groups:
        if group.kind == "Place":
            continue
        for c in group.members:
            if group.kind == "Person":
                _note_title(doc, group, c)
            elif c.start and doc[c.start - 1].tag_ == "NN":
                group.roles.add(doc[c.start - 1].lemma_.lower())  # "carmaker Ford"
            for noun in _said_beside(doc[c.start : c.end].root):
                group.roles.add(noun.lemma_.lower())
                if group.kind == "Person" and noun.lemma_.lower() in MEN | WOMEN:
                    group.genders.add("male" if noun.lemma_.lower() in MEN else "female")
                group.traits.update(t.lower_ for t in noun.lefts if t.dep_ in {"compound", "amod"})


def _said_beside(root: Token) -> Iterator[Token]:
    """Nouns that say what a person is: in apposition, or after "is", with what "and" joins to them."""
    beside = [t for t in root.rights if t.dep_ == "appos"]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        beside += [t for t in root.head.rights if t.dep_ == "attr"]
    if root.dep_ == "appos":
        beside.append(root.head)
    for noun in beside:
        yield from (t for t in (noun, *noun.conjuncts) if t.pos_ == "NOUN")


def _note_title(doc: Doc, group: Group, c: Candidate) -> None:
    name = parse_person(doc[c.start : c.end].text)
    for title in name.titles:
        country = demonym(title) or area(title)
        if country:
            group.origins.add(country.id)
        else:
            role = title.lower().rstrip(".")
            group.roles.add(lexicon("person_names")["abbreviated"].get(role, role))
    for word in doc[max(0, c.start - 4) : c.start]:
        country = demonym(plain(word.text))
        if country and all(t.pos_ in {"NOUN", "ADJ", "PROPN"} for t in doc[word.i : c.start]):
            group.origins.add(country.id)
        elif word.pos_ == "NOUN" and word.lower_ in words("person_names", "lower_roles") and word.i == c.start - 1:
            group.roles.add(word.lemma_.lower())


def _sentences(doc: Doc) -> list[int]:
    """Count sentences: the number of each token's."""
    return [n for n, sentence in enumerate(doc.sents) for _ in sentence]
