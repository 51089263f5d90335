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
from ingest.reading.english.entities.excluded import quoted_tokens, subjects_with_names
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.introduced import MEN, WOMEN, introduce, named_behind
from ingest.reading.english.entities.known.gazetteer import area, demonym, is_capital, lexicon, plain, words
from ingest.reading.english.entities.names import parse_person
from ingest.reading.english.entities.neutral import PLURAL, SINGULAR, neutral_antecedent, person_before, told_by_origin
from ingest.reading.english.entities.pronouns import FEMALE, MALE, person_meant

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
_PLACE = {
    **dict.fromkeys(("country", "nation"), "country"),
    **dict.fromkeys(("city", "town", "capital"), "city"),
    **dict.fromkeys(("peninsula", "region", "province", "territory"), "region"),
}
_RECENT = 2  # sentences
_BY_TRADE = frozenset({"maker", "giant", "manufacturer", "producer"})
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
        elif token.lower_ in MALE or token.lower_ in FEMALE:
            _stand_for(discourse, token, person_meant(discourse, token, starts))
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
    group = None if _names_itself(doc, phrase) else _antecedent(discourse, phrase, found) or _aged(discourse, phrase)
    if group is None:
        if not worth_keeping(doc, phrase) or (phrase.definite and not phrase.modified):
            return None
        group = describe(doc, phrase)
        found.append(group)
    group.members.append(Candidate(phrase.start, phrase.end, "DESCRIBED", form="nominal"))
    discourse.note(group, phrase.start, phrase.end)
    return group


def _aged(discourse: Discourse, phrase: Description) -> Group | None:
    """Whom an age takes up: "the 82-year-old former dictator" is somebody named shortly before, who does not do it."""
    words = [t.lower_ for t in discourse.doc[phrase.start : phrase.head]]
    if not phrase.definite or phrase.plural or "old" not in words:
        return None
    head = discourse.doc[phrase.head]
    acting = {t.i for verb in head.ancestors for t in subjects_with_names(verb)}
    near = [p for p in discourse.places if discourse.sentence_of[phrase.start] - p.sentence <= _RECENT]
    named = [p for p in near if p.group.kind == "Person" and not p.group.described and p.root not in acting]
    fitting = [p for p in named if p.sentence == named[-1].sentence]
    return next((p.group for p in fitting if p.subject), fitting[-1].group if fitting else None)


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
    if role in _BY_TRADE:
        others = set()  # "the iPhone maker", "the retail giant": what it makes tells no second one
    doers = _doers(doc[phrase.head])
    fitting: list[Place] = []
    for place in reversed(discourse.places):
        group = place.group
        if discourse.sentence_of[phrase.start] - place.sentence > 12:
            break
        if place.root in doers or (role in _PLACE and _only_home(doc[place.root])):
            continue
        if fitting and place.sentence != fitting[0].sentence:
            break
        if _fits_role(group, role, phrase.plural) and _fits_origin(group, countries) and _fits_words(group, others):
            fitting.append(place)
    # of the bodies of one sentence the subject is what the next is about; of its persons the last named
    subject = next((p for p in fitting if p.subject and p.group.kind == "Organization"), None)
    return (subject or fitting[0]).group if fitting else None


def _only_home(place: Token) -> bool:
    """Whether a place only says where somebody is from: "a retired teacher | from Lod |"."""
    return place.dep_ == "pobj" and place.head.lower_ == "from" and place.head.head.pos_ in {"NOUN", "PROPN"}


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
    if role == "capital":
        return group.known is not None and is_capital(group.known)
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


def _stand_for(discourse: Discourse, token: Token, group: Group | None) -> None:
    """Give a pronoun to its group, if it has one."""
    if group is not None:
        group.members.append(Candidate(token.i, token.i + 1, "PRONOUN", form="pronoun"))
        discourse.note(group, token.i, token.i + 1)


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
