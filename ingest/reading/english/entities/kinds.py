"""Person, body or place: what the forms of a name and the whole article say against the model's label."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import TOWN, Candidate, opens, surface
from ingest.reading.english.entities.evidence import (
    LOCATIVE,
    bodily,
    closes_body,
    closes_other,
    in_place,
    is_listed,
    looks_personal,
    names_body,
    of_firm,
    office_of,
    personal,
    unheard,
)
from ingest.reading.english.entities.known.figures import is_family, named_alone
from ingest.reading.english.entities.known.gazetteer import area, demonym, place, plain, words
from ingest.reading.english.entities.names import core, is_given, parse_person, tells_whom, without_article
from ingest.reading.english.entities.told.missed import CLUB_FRONTS
from ingest.reading.english.entities.told.things import THING
from ingest.reading.english.mended.words import branded
from kb.models import EntityKind

_KINDS: dict[str, EntityKind] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    TOWN: "Place",
    THING: "Thing",
}


_GROUNDS = frozenset(
    {"Fort", "Port", "Camp", "Mount", "Lake", "Cape", "Firebase", "Gulf", "Isle", "Point", "Lower", "Upper", "Greater"}
)
_OFFICES_OF_FIRMS = frozenset({"executive", "ceo", "chairman", "chairwoman", "board", "branch", "store", "subsidiary"})
_CLUBS = frozenset(
    {"United", "Rovers", "Wanderers", "Athletic", "Albion", "Hotspur", "Wednesday", "Argyle", "Harriers"}
)
_PLAYED = frozenset({"club", "league", "striker", "manager", "goal", "goals", "match", "fans", "midfielder",
                     "goalkeeper", "scored", "football", "defender", "kick-off", "derby"})  # fmt: skip
_OF_STATES = frozenset({"king", "queen", "president", "government", "parliament", "army", "minister", "capital",
                        "border", "economy", "ambassador", "embassy", "premier", "military", "foreign", "crown",
                        "prince", "air", "territory", "coast", "population", "constitution"})  # fmt: skip
_FOUGHT = frozenset({"battle", "siege", "bombardment", "shelling", "liberation"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole article says of single words.

    families: family names of its persons; bodies: first words of its bodies' names; full: names of two words that it
    takes up again by their last word, as only persons' are; persons: names that the model mostly labels as persons';
    firsts: rare given names of its persons.
    """

    families: frozenset[str]
    bodies: frozenset[str]
    full: frozenset[str]
    persons: frozenset[str]
    firsts: frozenset[str] = frozenset()


def kind_here(doc: Doc, c: Candidate, kind: EntityKind, name: str, evidence: Evidence) -> EntityKind:
    """Kind of one mention: "Ford" is a firm or its owner by the words around where the article has both.

    Arguments: doc, a parse; c, the mention; kind, what its form is elsewhere; name, its form; evidence, the article's.
    """
    if " & " in name:
        return "Organization"  # “Johnson & Johnson”
    if c.label == THING:
        return "Thing"
    if name not in evidence.families or name not in evidence.bodies or c.titled:
        return kind
    root = doc[c.start : c.end].root
    if _owns_as_body(root):
        return "Organization"
    if any(t.dep_ == "appos" and t.lemma_.lower() in words("nouns", "person") for t in root.children):
        return "Person"  # "Goldman, a lawyer"
    if name in evidence.persons or c.label == "PERSON" or personal(doc, c.start, c.end):
        return "Person"
    return "Organization"


def _owns_as_body(name: Token) -> bool:
    """“Carter's chief executive”, “Lindgren shares”: what a name has before it that firms have and persons have not."""
    owned = name.head if name.dep_ in ("poss", "compound", "nmod") else name
    return owned.i > name.i and owned.lemma_.lower() in words("nouns", "body_possession") | _OFFICES_OF_FIRMS


def evidence_of(doc: Doc, candidates: list[Candidate]) -> Evidence:
    """What the article says of the words of its names. Arguments: doc, a parse; candidates, its named spans."""
    full = _in_full(doc, candidates)
    families = _family_names(doc, candidates) | {name.split()[-1] for name in full}
    labels: defaultdict[str, list[bool]] = defaultdict(list)
    for c in candidates:
        labels[plain(surface(doc, c))].append(c.label == "PERSON")
    persons = frozenset(name for name, said in labels.items() if sum(said) * 2 > len(said))
    return Evidence(families, _bodies(doc, candidates), full, persons, _first_names(doc, candidates))


def _first_names(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    """Given names by which an article may go on with somebody, as they are rare: "Megawati", "Prabowo"."""
    persons = (parse_person(surface(doc, c)) for c in candidates if c.label == "PERSON" and c.known is None)
    return frozenset(p.given[0] for p in persons if p.given and tells_whom(p.given[0]))


def _bodies(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    """What the article may call its bodies for short: the first word, and the name without its legal form."""
    found = set()
    towns = {doc[c.start].text for c in candidates if c.label == TOWN and c.end - c.start == 1}
    for c in candidates:
        name = plain(surface(doc, c))
        parts = name.split()
        body = c.known is not None and c.known.kind == "Organization" and c.known.subtype == "company"
        # a foundation or a campaign has its name from somebody: "Trump Foundation" makes no firm of Trump
        firm = body or (closes_body(parts[-1]) and parts[-1] not in words("nouns", "public_body"))
        if len(parts) > 1 and firm and demonym(parts[0]) is None and parts[0] not in towns:
            found |= {parts[0], core(name)}
        elif body:
            found.add(name)
    return frozenset(found)


def _alone(token: Token) -> bool:
    return not token.i or token.nbor(-1).pos_ != "PROPN"


def _in_full(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    """Names of two words whose last word the article also has alone, doing what people do.

    Articles shorten persons' names to the last word, and bodies' to the first.
    """
    single = {plain(surface(doc, c)) for c in candidates if c.end - c.start == 1 and personal(doc, c.start, c.end)}
    missed = (t for t in doc if t.pos_ == "PROPN" and not t.ent_type_ and _alone(t))
    persons = single | {t.text for t in missed if personal(doc, t.i, t.i + 1)}
    found = set()
    for c in candidates:
        parts = plain(surface(doc, c)).split()
        if c.known or c.label not in {"ORG", "GPE", "PERSON"} or not 2 <= len(parts) <= 3:
            continue
        last = parts[-1]
        capital = all(p[0].isupper() and not p.isupper() and p.isalpha() for p in (parts[0], last))
        if capital and last in persons and not closes_other(last) and not is_listed(last) and not place(last):
            found.add(" ".join(parts))
    return frozenset(found)


def kinds_of(doc: Doc, candidates: list[Candidate], evidence: Evidence) -> dict[str, EntityKind]:
    """Kind by form: what a list, a title or the form says, else what the model says most often in this article.

    Arguments: doc, a parse; candidates, its named spans; evidence, what the article says of their words.
    """
    votes: defaultdict[str, Counter[EntityKind]] = defaultdict(Counter)
    fought, played = _fought_over(doc), any(t.lower_ in _PLAYED or t.text in _CLUBS for t in doc)
    for c in candidates:
        name = plain(surface(doc, c))
        if c.label == THING:
            votes[name]["Thing"] += 20
        elif not c.titled and _of_club(name, played):
            votes[name]["Organization"] += 12
        elif c.known is None and not c.titled and _of_ground(name):
            votes[name]["Place"] += 12
        elif c.form == "name" and c.known is None and not c.titled and _called_body(doc, c, name):
            votes[name]["Organization"] += 12  # "the magazine Charlie Hebdo"
        elif _is_persons(doc, c, name, evidence):
            votes[name]["Person"] += 10
        elif _is_bodys(c, name, evidence):
            votes[name]["Organization"] += 5
        elif name.split()[-1] in words("nouns", "place") and c.label != "PERSON" and " " in name:
            votes[name]["Place"] += 5
        body = c.label == "PERSON" and c.known is None and bodily(doc, c.start, c.end)
        body = body or (_unknown_place(c, name) and of_firm(doc[c.end - 1]))
        body = body or (c.known is None and not c.titled and branded(name))
        if body and (unheard(name) or (c.start > 0 and opens(doc[c.start - 1]))):
            votes[name]["Organization"] += 3
        if name in fought or (c.label == "ORG" and c.known is None and in_place(doc, c.start, c.end)):
            votes[name]["Place"] += 5
        if _unknown_place(c, name) and doc[c.start - 1].lower_ != "the" and personal(doc, c.start, c.end):
            votes[name]["Person"] += 2  # it speaks or dies
        if c.label in _KINDS:
            votes[name][_KINDS[c.label]] += 1
        elif not votes[name]:
            votes[name]["Organization"] += 0
    return {name: count.most_common(1)[0][0] for name, count in votes.items()}


def _of_club(name: str, played: bool) -> bool:
    """“Leeds United”, and “Leicester City” where the article tells of a club: a town and what its club is called."""
    front, _, home = name.partition(" ")
    if front in CLUB_FRONTS and home and place(home):
        return True  # "Real Madrid"
    town, _, rest = name.rpartition(" ")
    if not town or not place(town):
        return False
    return rest in _CLUBS or (rest in ("City", "Town") and played)


def _of_ground(name: str) -> bool:
    """“Fort Calder”, “Camp Drosk”: of two words the first says that it is a place."""
    first, _, rest = name.partition(" ")
    return first in _GROUNDS and rest[:1].isupper() and " " not in rest and not closes_body(rest)


def _called_body(doc: Doc, c: Candidate, name: str) -> bool:
    before = doc[c.start - 1] if c.start else None
    person = c.label == "PERSON" and looks_personal(name)  # "the broadcaster Ada Berg"
    return before is not None and before.tag_ == "NN" and names_body(before.lower_) and not person


def _fought_over(doc: Doc) -> frozenset[str]:
    """Names of where men fought: "the Battle of Khe Sanh"."""
    found = set()
    for token in doc[1:-1]:
        if token.lower_ == "of" and token.nbor(-1).lower_ in _FOUGHT:
            end = token.i + 1
            while end < len(doc) and doc[end].pos_ == "PROPN":
                end += 1
            found.add(plain(doc[token.i + 1 : end].text))
    return frozenset(found)


def _unknown_place(c: Candidate, name: str) -> bool:
    return c.label in {"GPE", "LOC"} and c.known is None and " " not in name


def _is_persons(doc: Doc, c: Candidate, name: str, evidence: Evidence) -> bool:
    """Whether the form or the article says that a name is a person's."""
    family = name in evidence.families and name not in evidence.bodies
    figures = named_alone(name) or (is_family(name) and name not in evidence.bodies and not is_listed(name))
    if figures and " " not in name and c.start and doc[c.start - 1].lower_ == "the":
        figures = doc[c.end - 1].head.pos_ in ("NOUN", "PROPN")  # “the Moon”; but “the Trump administration”
    if (
        c.titled
        or family
        or name in evidence.full
        or (name in evidence.firsts and c.known is None)
        or figures
        or parse_person(name).suffix
    ):
        return True
    parts = name.split()
    if len(parts) == 1 and unheard(name) and name.endswith(tuple(words("person_names", "family_endings"))):
        return personal(doc, c.start, c.end)
    if looks_personal(name) or (len(parts) == 2 and is_given(parts[0]) and personal(doc, c.start, c.end)):
        return True
    # "its editor, Stephane Charbonnier", which the model takes for a body
    whole = all(p.isalpha() and p[0].isupper() and not p.isupper() for p in parts) and not closes_other(parts[-1])
    return whole and len(parts) in (2, 3) and c.known is None and office_of(doc[c.start : c.end].root)


def _is_bodys(c: Candidate, name: str, evidence: Evidence) -> bool:
    """Whether the form or the article says that a name is a body's."""
    short = name in evidence.bodies and (c.label != "PERSON" or name not in evidence.families)
    first, _, arm = name.partition(" ")
    if arm and area(arm) and not is_given(first):
        return True  # "Ford Australia"
    last = name.rsplit(maxsplit=1)[-1]
    return short or c.label == "ADMINISTRATION" or (last in words("nouns", "organization") and " " in name)


def is_family_name(doc: Doc, c: Candidate, families: frozenset[str]) -> bool:
    """Whether a place's name is here the family name of somebody in the article ("Denzel Washington")."""
    name = plain(surface(doc, c))
    before = doc[c.start - 1].lower_ if c.start else ""
    return (
        c.form == "name"
        and c.known is not None
        and c.known.kind == "Place"
        and name in families
        and before not in LOCATIVE
        and not (c.known.subtype == "country" and _acts_as_state(doc[c.start : c.end].root))
    )


def _acts_as_state(name: Token) -> bool:
    """“Jordan beat Syria”, “Jordan's king”: what states do to each other, and have."""
    if name.dep_ == "poss":
        owned = name.head.lemma_.lower()
        return owned in _OF_STATES or owned in words("nouns", "public_body")
    beside = [t for t in (*name.conjuncts, *name.head.subtree) if t.i != name.i and t.head.i in (name.head.i, name.i)]
    return any((known := area(t.text)) is not None and known.subtype == "country" for t in beside)


def _family_names(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    found = set()
    for c in candidates:
        if c.known is None and (c.titled or c.label == "PERSON" or looks_personal(plain(surface(doc, c)))):
            person = parse_person(surface(doc, c))
            sure = c.titled or (person.given and (is_given(person.given[0]) or office_of(doc[c.start : c.end].root)))
            if sure or (person.given and _is_no_place(person.family)):
                last = person.family.rpartition(" ")[2]
                found |= {person.family, last, without_article(last)}  # of van Beethoven, of al-Assad
    return frozenset(found)


def _is_no_place(family: str) -> bool:
    return not is_listed(family) and not place(family) and not closes_other(family)
