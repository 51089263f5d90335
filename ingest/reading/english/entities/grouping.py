"""Which names of one article are names of one thing: by list id, parts of persons' names, short forms, acronyms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from ingest.reading.english.entities.acronyms import acronym, definitions, explained, of_things
from ingest.reading.english.entities.candidate import TOWN, Candidate, surface
from ingest.reading.english.entities.evidence import located, personal
from ingest.reading.english.entities.kinds import evidence_of, is_family_name, kind_here, kinds_of
from ingest.reading.english.entities.known.figures import figure, full_name
from ingest.reading.english.entities.known.gazetteer import Known, area, organization, plain, words
from ingest.reading.english.entities.known.national import with_states
from ingest.reading.english.entities.names import (
    PersonName,
    compatible,
    core,
    family_key,
    is_given,
    is_honorific,
    parse_person,
    tells_whom,
)
from kb.models import EntityKind
from kb.rarity import RARE, rarity

_SPEECH = frozenset({"say", "add", "tell", "explain", "write", "reply", "insist", "warn"})
_BEFORE_GIVEN = frozenset({"Sir", "Dame"})
_LONG = 5  # letters of a name whose other spellings are looked for
_SHORT = 3  # letters of a middle name that tells nobody


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one thing while it is being put together.

    names: its forms as `plain` gives them; roles: nouns the text uses for it ("president"); traits: the words before
    those; origins: ids of the countries whose demonym stood before the name; genders: of the pronouns for it; nested:
    mentions around and inside other ones.
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
    nested: list[Candidate] = field(default_factory=list)

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


def grouped(doc: Doc, candidates: list[Candidate]) -> list[Group]:
    """Candidates put together by what they name, in order of first mention."""
    candidates = with_states(doc, _with_acronyms(doc, candidates))
    short = definitions(doc, candidates)
    evidence = evidence_of(doc, candidates)
    kinds = kinds_of(doc, candidates, evidence)
    listed: dict[str, Group] = {}
    persons: list[Group] = []
    others: list[Group] = []
    for c in _fullest_first(doc, candidates):
        name = plain(surface(doc, c))
        kind = kind_here(doc, c, kinds[name], name, evidence)
        full = short.get(name)
        known = organization(core(full)) if full else c.known
        known = known or (organization(core(name)) if kind == "Organization" else None)
        if known is not None and not is_family_name(doc, c, evidence.families):
            group = listed.setdefault(known.id, Group(known.kind, known, subtype=known.subtype))
            group.add(c, name)
        elif full and _add_short(others, c, name, full):
            continue
        elif c.known is not None or kind == "Person":
            _add_person(doc, persons, c, name)
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
    forms = {_as_spelt(form): group for form, group in forms.items() if _as_spelt(form)} | forms
    heads = {head for form in forms for head in (form.split()[0], re.split(r"\W", form)[0])}
    for token in doc:
        if token.i in covered or (token.text not in heads and _as_spelt(token.text) not in heads):
            continue
        if not token.text[0].isupper() or (
            token.pos_ != "PROPN" and token.is_sent_start and rarity(token.lower_) < RARE
        ):
            continue
        for width in range(4, 0, -1):
            span = doc[token.i : token.i + width]
            group = forms.get(plain(span.text)) or forms.get(_as_spelt(span.text))
            if group and covered.isdisjoint(range(span.start, span.end)) and not _goes_on(doc, span.end, covered):
                group.add(Candidate(span.start, span.end, "REPEAT"), plain(span.text))
                covered.update(range(span.start, span.end))
                break
    for group in groups:
        group.members.sort(key=lambda c: c.start)


def _as_spelt(name: str) -> str:
    """A single long word as all its spellings have it ("Zelenskyy", "Zelensky"), marked apart from names; or ""."""
    return f"~{family_key(name)}" if name.isalpha() and len(name) > _LONG and name[0].isupper() else ""


def _repeatable(groups: list[Group]) -> dict[str, Group]:
    """Forms that mean one group only, with the group."""
    owners: defaultdict[str, set[int]] = defaultdict(set)
    by_id = {id(g): g for g in groups}
    for group in groups:
        names = {*group.names, *(p.family for p in group.persons if p.given or p.titles)}
        names |= {word for p in group.persons for word in p.given if len(word) > _SHORT and tells_whom(word)}
        if group.known and "/" in group.known.id:
            names.add(group.known.name.partition(" of ")[0])
        for name in names:
            if len(name) > 2 or name.isupper():
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
    if group.known or group.kind in ("Organization", "Thing") or any(len(name.split()) > 1 for name in group.names):
        return True
    if group.kind == "Place":
        return any(c.label == TOWN or located(doc, c.start) for c in group.members)
    return any(c.titled or personal(doc, c.start, c.end) for c in group.members)


def _fullest_first(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Longer names first, titles aside: "Putin" can then look for the Putins that the article names in full."""

    def width(c: Candidate) -> int:
        return len((parse_person(surface(doc, c)).full if c.titled else plain(surface(doc, c))).split())

    return sorted(candidates, key=lambda c: (-width(c), c.start))


def _with_acronyms(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates without the acronyms of things, and with those that stand in brackets after a body's name."""
    things = of_things(doc, candidates)
    kept = [c for c in candidates if surface(doc, c) not in things or c.known]
    taken = {c.start for c in kept}
    return sorted([*kept, *(c for c in explained(doc, kept) if c.start not in taken)], key=lambda c: c.start)


def _add_person(doc: Doc, persons: list[Group], c: Candidate, name: str) -> None:
    person = parse_person(name)
    fitting = [g for g in persons if all(compatible(person, other) for other in g.persons)]
    if person.suffix:  # "Trump Jr." is nobody without it
        fitting = [g for g in fitting if any(other.suffix == person.suffix for other in g.persons)] or fitting
    if len(fitting) > 1 and any(not is_honorific(title) for title in person.titles):
        # "President Biden" is the president, and not the son who was named last
        fitting = [g for g in fitting if _holds(g, person)] or fitting
    if not fitting and person.titles and person.titles[-1] in _BEFORE_GIVEN and not person.given:
        fitting = [g for g in persons if g.person.given[:1] == (person.family,)]
        if len(fitting) == 1:  # "Sir Keir"
            fitting[0].add(c, name)
            return
    if not fitting:
        # “Mr Xi” is Xi Jinping, whose family name stands first; “Mr Boris” is not Boris Johnson
        foreign = [g for g in persons if not person.titles or not is_given(g.person.given[0] if g.person.given else "")]
        fitting = [g for g in foreign if _is_part(person, g.person)]
        if len(fitting) == 1:
            fitting[0].add(c, name)
            return
    # Two Kennedys fit a bare "Kennedy": it is the one named last before it.
    before = [g for g in fitting if g.members and min(m.start for m in g.members) < c.start]
    group = _nearest(doc, before or fitting, c)
    if group is None:
        group = Group("Person")
        persons.append(group)
    group.add(c, name)
    if person not in group.persons:
        group.persons.append(person)


def _holds(group: Group, titled: PersonName) -> bool:
    """Whether somebody has an office's title elsewhere in the article, or is a public figure."""
    same = any(set(other.titles) & set(titled.titles) for other in group.persons)
    return same or any(full_name([*p.given, p.family]) > 1 for p in group.persons if p.given)


def _is_part(short: PersonName, full: PersonName) -> bool:
    """Whether a name is one of the given names, or the last words, of a longer one: "Bongo", "López Obrador"."""
    words, whole = (*short.given, short.family), (*full.given, full.family)
    if len(words) == 1:
        return words[0] in full.given
    return len(whole) > len(words) and whole[-len(words) :] == words and not full.suffix


def _nearest(doc: Doc, groups: list[Group], c: Candidate) -> Group | None:
    """The person named last before a candidate; of two named side by side ("Ann and Bo Roe") the first, who leads."""

    def distance(group: Group) -> int:
        earlier = [c.start - m.start for m in group.members if m.start < c.start]
        return min(earlier) if earlier else 1_000_000

    if not groups:
        return None
    last = min(groups, key=distance)
    own = [g for g in groups if not _as_kin(doc, g)]  # "Roe" alone is whom the article is about
    if own and len(own) < len(groups) and c.end - c.start == 1 and not _speaks_on(doc, min(groups, key=distance), c):
        return min(own, key=distance)
    second = max((m for m in last.members if m.start < c.start), key=lambda m: m.start, default=None)
    first = doc[second.end - 1].head.i if second is not None and doc[second.end - 1].dep_ == "conj" else -1
    return next((g for g in groups for m in g.members if m.start <= first < m.end), last)


def _speaks_on(doc: Doc, group: Group, c: Candidate) -> bool:
    """Whether somebody has just said something in the same paragraph: “His brother, Bo Roe, told … Roe said”."""
    last = max((m for m in group.members if m.start < c.start), key=lambda m: m.start, default=None)
    if last is None:
        return False
    verb = doc[c.start : c.end].root.head
    gap = [t for t in doc[last.end : c.start] if "\n" in t.text]
    if len(gap) > (verb.lemma_.lower() in words("nouns", "human_verb") and verb.lemma_ in _SPEECH):
        return False
    subject = doc[last.start : last.end].root
    while subject.dep_ == "appos":
        subject = subject.head
    if subject.dep_ == "pobj" and subject.head.dep_ == "agent":
        return True  # "was criticised by Bo Roe"
    return subject.dep_ == "nsubj" and subject.head.lemma_.lower() in words("nouns", "human_verb")


def _as_kin(doc: Doc, group: Group) -> bool:
    """Whether a person is brought in as somebody's kin: "Roe's wife, Ann Roe", "his uncle Bo Roe"."""
    named = min(group.members, key=lambda m: m.start)
    first, behind = named.start, doc[named.end : named.end + 6]
    if len(behind) > 2 and behind[0].text == ",":  # "Bo Roe, the president's brother"
        said = next((t for t in behind if t.lower_ in words("nouns", "kin")), None)
        if said is not None and any(t.tag_ in {"PRP$", "POS"} for t in doc[named.end + 1 : said.i]):
            return True
    if first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in words("nouns", "kin"):
        return True  # "Ann Roe, daughter of Bo Roe"
    at = first - 1 - (first > 1 and doc[first - 1].text == ",")
    if at < 1 or doc[at].lower_ not in words("nouns", "kin"):
        return False
    return any(t.tag_ in {"PRP$", "POS"} for t in doc[max(0, at - 3) : at])


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
    body = _body_before(doc, (*others, *listed.values()), c, name) if kind == "Organization" else None
    if body is not None:
        body.members.append(c)  # and not under that name, which is any such body's
        return
    group = Group(kind, subtype="government" if c.label == "ADMINISTRATION" else c.sort)
    group.add(c, name)
    others.append(group)


def _body_before(doc: Doc, groups: Iterable[Group], c: Candidate, name: str) -> Group | None:
    """The body that “the Commission” is short for: the last one named before whose name ends so, or begins with it."""
    definite = c.start > 0 and doc[c.start - 1].lower_ == "the"
    if not definite or not (name in words("nouns", "public_body") or name in words("nouns", "generic")):
        return None
    long = [g for g in groups if g.kind == "Organization" and any(_headed(full, name) for full in g.names)]
    last = {max((m.start for m in g.members if m.start < c.start), default=-1): g for g in long}
    return last[max(last)] if last and max(last) >= 0 else None


def _headed(full: str, noun: str) -> bool:
    """Whether a body's name is headed by a noun: “European Commission”, “Department of Justice”."""
    return full.endswith(f" {noun}") or full.startswith(f"{noun} of ")


def _same_name(short: str, full: str, kind: EntityKind) -> bool:
    """Whether `short` is the other name, an acronym of it, or it without the words that say what it makes."""
    one, other = core(short), core(full)
    if one.casefold() == other.casefold():
        return True
    if kind != "Organization":
        return kind == "Thing" and f"{min(one, other, key=len)}s" == max(one, other, key=len)  # "iPhone", "iPhones"
    if re.fullmatch(r"[A-Z][A-Za-z.&]{1,6}", short) and short.replace(".", "") in {
        acronym(other),
        acronym(full),
        acronym(full.title()),
    }:  # "BOJ" of the Bank of Japan
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
