"""Which names of one article are names of one thing: by list id, parts of persons' names, short forms, acronyms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from ingest.entities.acronyms import acronym, definitions, explained, of_things
from ingest.entities.evidence import LOCATIVE, closes_body, closes_other, is_listed, located, looks_personal, personal
from ingest.entities.figures import figure, is_family, named_alone
from ingest.entities.gazetteer import Known, area, demonym, organization, place, plain, words
from ingest.entities.mentions import Candidate, surface
from ingest.entities.names import PersonName, compatible, is_given, parse_person
from ingest.entities.national import with_states
from kb.models import EntityKind

_KINDS: dict[str, EntityKind] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
}


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one thing while it is being put together.

    names: its forms as `plain` gives them; roles: nouns the text uses for it ("president"); traits: the words before
    those; origins: ids of the countries whose demonym stood before the name; genders: of the pronouns for it.
    """

    kind: EntityKind
    known: Known | None = None
    members: list[Candidate] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    persons: list[PersonName] = field(default_factory=list)
    subtype: str | None = None
    described: bool = False
    plural: bool = False
    roles: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)

    def add(self, candidate: Candidate, name: str) -> None:
        """Take a candidate in under one of its names."""
        self.members.append(candidate)
        if name not in self.names and candidate.form == "name":
            self.names.append(name)

    @property
    def gender(self) -> str | None:
        """What titles, given names, roles and pronouns say: "male", "female" or None."""
        told = {p.gender for p in self.persons if p.gender} or self.genders
        if any(role.endswith("woman") for role in self.roles):
            told = {"female"}
        return next(iter(told)) if len(told) == 1 else None

    @property
    def person(self) -> PersonName:
        """The person's fullest name."""
        return max(self.persons, key=lambda p: (len(p.given), bool(p.suffix), len(p.full)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole article says of single words.

    families: family names of its persons; bodies: first words of its bodies' names; full: names of two words that it
    takes up again by their last word, as only persons' are; persons: names that the model mostly labels as persons'.
    """

    families: frozenset[str]
    bodies: frozenset[str]
    full: frozenset[str]
    persons: frozenset[str]


def grouped(doc: Doc, candidates: list[Candidate]) -> list[Group]:
    """Candidates put together by what they name, in order of first mention."""
    candidates = with_states(doc, _with_acronyms(doc, candidates))
    short = definitions(doc, candidates)
    evidence = _evidence(doc, candidates)
    kinds = _kinds(doc, candidates, evidence)
    listed: dict[str, Group] = {}
    persons: list[Group] = []
    others: list[Group] = []
    for c in _fullest_first(doc, candidates):
        name = plain(surface(doc, c))
        kind = _kind_here(doc, c, kinds[name], name, evidence)
        full = short.get(name)
        known = organization(core(full)) if full else c.known
        known = known or (organization(core(name)) if kind == "Organization" else None)
        if known is not None and not _is_family(doc, c, evidence.families):
            group = listed.setdefault(known.id, Group(known.kind, known, subtype=known.subtype))
            group.add(c, name)
        elif full and _add_short(others, c, name, full):
            continue
        elif c.known is not None or kind == "Person":
            _add_person(persons, c, name)
        else:
            _add_other(doc, others, listed, c, name, kind)
    found = [g for g in (*listed.values(), *_with_figures(persons), *others) if _supported(doc, g)]
    for group in found:
        group.members.sort(key=lambda c: c.start)
    return sorted(found, key=lambda g: g.members[0].start)


def add_repeats(doc: Doc, groups: list[Group]) -> None:
    """Add the places where a known name stands again and the model saw none."""
    covered = {i for g in groups for c in g.members for i in range(c.start, c.end)}
    forms = _repeatable(groups)
    heads = {head for form in forms for head in (form.split()[0], re.split(r"\W", form)[0])}
    for token in doc:
        if token.i in covered or token.text not in heads:
            continue
        if not token.text[0].isupper() or (token.pos_ != "PROPN" and token.is_sent_start):
            continue
        for width in range(4, 0, -1):
            span = doc[token.i : token.i + width]
            group = forms.get(plain(span.text))
            if group and covered.isdisjoint(range(span.start, span.end)) and not _goes_on(doc, span.end, covered):
                group.add(Candidate(span.start, span.end, "REPEAT"), plain(span.text))
                covered.update(range(span.start, span.end))
                break
    for group in groups:
        group.members.sort(key=lambda c: c.start)


def _repeatable(groups: list[Group]) -> dict[str, Group]:
    """Forms that mean one group only, with the group."""
    owners: defaultdict[str, set[int]] = defaultdict(set)
    by_id = {id(g): g for g in groups}
    for group in groups:
        names = {*group.names, *(p.family for p in group.persons if p.given or p.titles)}
        if group.known and "/" in group.known.id:
            names.add(group.known.name.partition(" of ")[0])
        for name in names:
            if len(name) > 2:
                owners[name].add(id(group))
    return {name: by_id[next(iter(ids))] for name, ids in owners.items() if len(ids) == 1}


def _goes_on(doc: Doc, end: int, covered: set[int]) -> bool:
    """Whether a capitalised word follows that makes this the start of another name."""
    if end >= len(doc) or end in covered:
        return False
    following = doc[end]
    return (
        following.pos_ == "PROPN"
        and following.text[0].isupper()
        and doc[end - 1].dep_ == "compound"
        and following.ent_type_ != ""
    )


def _with_figures(persons: list[Group]) -> list[Group]:
    """Persons with the public figures they are; two spellings of one figure's name become one group."""
    by_figure: dict[str, Group] = {}
    found: list[Group] = []
    for group in persons:
        public = figure(group.persons)
        first = by_figure.get(public.known.id) if public else None
        if public and first is None:
            group.known = public.known
            group.genders.add(public.gender)
            for office in public.offices:
                group.roles.update((office, *office.split()))
            group.origins.add(f"country:{public.known.country}")
            by_figure[public.known.id] = group
        if first is None:
            found.append(group)
            continue
        first.members += group.members
        first.persons += group.persons
        first.names += [name for name in group.names if name not in first.names]
    return found


def _supported(doc: Doc, group: Group) -> bool:
    """Whether more than the model's word stands for a single capitalised word as a person or a place."""
    if group.known or group.kind == "Organization" or any(len(name.split()) > 1 for name in group.names):
        return True
    if group.kind == "Place":
        return any(located(doc, c.start) for c in group.members)
    return any(c.titled or personal(doc, c.start, c.end) for c in group.members)


def _fullest_first(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Longer names first: "Putin" can then look for the Putins that the article names in full."""
    return sorted(candidates, key=lambda c: (-len(plain(surface(doc, c)).split()), c.start))


def _with_acronyms(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates without the acronyms of things, and with those that stand in brackets after a body's name."""
    things = of_things(doc, candidates)
    kept = [c for c in candidates if surface(doc, c) not in things or c.known]
    taken = {c.start for c in kept}
    return sorted([*kept, *(c for c in explained(doc, kept) if c.start not in taken)], key=lambda c: c.start)


def _kind_here(doc: Doc, c: Candidate, kind: EntityKind, name: str, evidence: Evidence) -> EntityKind:
    """Kind of one mention: "Ford" is a firm or its owner by the words around where the article has both."""
    if name not in evidence.families or name not in evidence.bodies or c.titled:
        return kind
    if name in evidence.persons or c.label == "PERSON" or personal(doc, c.start, c.end):
        return "Person"
    return "Organization"


def _evidence(doc: Doc, candidates: list[Candidate]) -> Evidence:
    full = _in_full(doc, candidates)
    families = _family_names(doc, candidates) | {name.split()[-1] for name in full}
    labels: defaultdict[str, list[bool]] = defaultdict(list)
    for c in candidates:
        labels[plain(surface(doc, c))].append(c.label == "PERSON")
    persons = frozenset(name for name, said in labels.items() if sum(said) * 2 > len(said))
    return Evidence(families, _bodies(doc, candidates), full, persons)


def _bodies(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    """What the article may call its bodies for short: the first word, and the name without its legal form."""
    found = set()
    for c in candidates:
        name = plain(surface(doc, c))
        parts = name.split()
        body = c.known is not None and c.known.kind == "Organization" and c.known.subtype == "company"
        # a foundation or a campaign has its name from somebody: "Trump Foundation" makes no firm of Trump
        firm = body or (closes_body(parts[-1]) and parts[-1] not in words("nouns", "public_body"))
        if len(parts) > 1 and firm and demonym(parts[0]) is None:
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


def _kinds(doc: Doc, candidates: list[Candidate], evidence: Evidence) -> dict[str, EntityKind]:
    """Kind by form: what a list, a title or the form says, else what the model says most often in this article."""
    votes: defaultdict[str, Counter[EntityKind]] = defaultdict(Counter)
    for c in candidates:
        name = plain(surface(doc, c))
        if _is_persons(doc, c, name, evidence):
            votes[name]["Person"] += 10
        elif _is_bodys(c, name, evidence):
            votes[name]["Organization"] += 5
        elif name.split()[-1] in words("nouns", "place") and c.label != "PERSON" and " " in name:
            votes[name]["Place"] += 5
        if _unknown_place(c, name) and doc[c.start - 1].lower_ != "the" and personal(doc, c.start, c.end):
            votes[name]["Person"] += 2  # it speaks or dies
        if c.label in _KINDS:
            votes[name][_KINDS[c.label]] += 1
        elif not votes[name]:
            votes[name]["Organization"] += 0
    return {name: count.most_common(1)[0][0] for name, count in votes.items()}


def _unknown_place(c: Candidate, name: str) -> bool:
    return c.label in {"GPE", "LOC"} and c.known is None and " " not in name


def _is_persons(doc: Doc, c: Candidate, name: str, evidence: Evidence) -> bool:
    """Whether the form or the article says that a name is a person's."""
    family = name in evidence.families and name not in evidence.bodies
    figures = named_alone(name) or (is_family(name) and name not in evidence.bodies and not is_listed(name))
    if c.titled or family or name in evidence.full or figures or parse_person(name).suffix:
        return True
    parts = name.split()
    return looks_personal(name) or (len(parts) == 2 and is_given(parts[0]) and personal(doc, c.start, c.end))


def _is_bodys(c: Candidate, name: str, evidence: Evidence) -> bool:
    """Whether the form or the article says that a name is a body's."""
    short = name in evidence.bodies and (c.label != "PERSON" or name not in evidence.families)
    first, _, arm = name.partition(" ")
    if arm and area(arm) and not is_given(first):
        return True  # "Ford Australia"
    last = name.rsplit(maxsplit=1)[-1]
    return short or c.label == "ADMINISTRATION" or (last in words("nouns", "organization") and " " in name)


def _is_family(doc: Doc, c: Candidate, families: frozenset[str]) -> bool:
    """Whether a place's name is here the family name of somebody in the article ("Denzel Washington")."""
    name = plain(surface(doc, c))
    before = doc[c.start - 1].lower_ if c.start else ""
    return (
        c.form == "name"
        and c.known is not None
        and c.known.kind == "Place"
        and name in families
        and before not in LOCATIVE
    )


def _family_names(doc: Doc, candidates: list[Candidate]) -> frozenset[str]:
    found = set()
    for c in candidates:
        if c.known is None and (c.titled or c.label == "PERSON" or looks_personal(plain(surface(doc, c)))):
            person = parse_person(surface(doc, c))
            sure = c.titled or (person.given and is_given(person.given[0]))
            if sure or (person.given and _is_no_place(person.family)):
                found.add(person.family)
    return frozenset(found)


def _is_no_place(family: str) -> bool:
    return not is_listed(family) and not place(family) and not closes_other(family)


def _add_person(persons: list[Group], c: Candidate, name: str) -> None:
    person = parse_person(name)
    fitting = [g for g in persons if all(compatible(person, other) for other in g.persons)]
    if not fitting and not person.given and not person.titles:
        fitting = [g for g in persons if g.person.given and g.person.given[0] == person.family]
        if len(fitting) == 1:
            fitting[0].add(c, name)
            return
    # Two Kennedys fit a bare "Kennedy": it is the one named last before it.
    before = [g for g in fitting if g.members and min(m.start for m in g.members) < c.start]
    group = _nearest(before or fitting, c)
    if group is None:
        group = Group("Person")
        persons.append(group)
    group.add(c, name)
    group.persons.append(person)


def _nearest(groups: list[Group], c: Candidate) -> Group | None:
    def distance(group: Group) -> int:
        earlier = [c.start - m.start for m in group.members if m.start < c.start]
        return min(earlier) if earlier else 1_000_000

    return min(groups, key=distance) if groups else None


def _add_short(others: list[Group], c: Candidate, name: str, full: str) -> bool:
    """Put an acronym to the body that the article explains it by; False when there is none."""
    group = next((g for g in others if full in g.names and g.kind == "Organization"), None)
    if group is not None:
        group.add(c, name)
    return group is not None


def _add_other(
    doc: Doc, others: list[Group], listed: dict[str, Group], c: Candidate, name: str, kind: EntityKind
) -> None:
    for same in (_same_name, _is_beginning) if kind == "Organization" else (_same_name,):
        for group in (*others, *listed.values()):
            named = group.kind == kind and (same is _same_name or _may_shorten(doc, group, c))
            if named and any(same(name, known, kind) for known in group.names):
                group.add(c, name)
                return
    group = Group(kind, subtype="government" if c.label == "ADMINISTRATION" else None)
    group.add(c, name)
    others.append(group)


def _same_name(short: str, full: str, kind: EntityKind) -> bool:
    """Whether `short` is the other name, an acronym of it, or it without the words that say what it makes."""
    one, other = core(short), core(full)
    if one.casefold() == other.casefold():
        return True
    if kind != "Organization":
        return False
    if re.fullmatch(r"[A-Z][A-Za-z.&]{1,6}", short) and short.replace(".", "") in {acronym(other), acronym(full)}:
        return True
    rest = other.removeprefix(one).split()
    return _is_beginning(short, full, kind) and all(word in words("nouns", "sector") for word in rest)


def is_generic(group: Group) -> bool:
    """Whether a body's only name is a common noun, so that it is this article's Assembly and no other's."""
    single = group.kind == "Organization" and group.known is None and len(group.names) == 1
    return single and (group.names[0] in words("nouns", "public_body") or group.names[0] in words("nouns", "generic"))


def short_name(group: Group) -> str | None:
    """What a body goes by without the words that say what it makes, if the article calls it so ("Ford", "Qantas").

    Arguments: group, a body that no list knows.
    """
    if group.kind != "Organization" or group.described:
        return None
    full = core(max(group.names, key=len))
    short = [core(n) for n in group.names if _same_name(n, full, group.kind) and full.startswith(core(n) + " ")]
    return min(short, key=len) if short else None


def _is_beginning(short: str, full: str, kind: EntityKind) -> bool:
    """Whether `short` is the first words of the other name."""
    one, rest = core(short), core(full).removeprefix(core(short) + " ")
    if kind != "Organization" or len(one) < 3 or rest == core(full):
        return False
    # "Ford Australia" and "Apple Stores" are parts, and have names of their own
    return area(rest) is None and rest not in words("nouns", "part")


def _may_shorten(doc: Doc, group: Group, c: Candidate) -> bool:
    """Whether the full name was read before: only a heading shortens a name that comes later."""
    return min(m.start for m in group.members) < c.start or doc[c.start].sent.start == 0


def core(name: str) -> str:
    """Name of an organisation without its legal form ("Apple" of "Apple Inc.")."""
    parts = name.replace(",", "").split()
    while len(parts) > 1 and parts[-1] in words("nouns", "legal_forms") | {"&", "and"}:
        parts.pop()
    return " ".join(parts)
