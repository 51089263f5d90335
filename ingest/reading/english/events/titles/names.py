"""Who and where in a title: names in full, lists of them, and the place with the text's own word before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from ingest.reading.english.entities.names import parse_person
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import coordinated
from ingest.reading.english.events.who.subjects import lists
from ingest.reading.english.events.wording import phrase
from ingest.reading.findings import EntityFinding, Participant

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
# the commonest family names of those who put them first (Chinese and Korean; Vietnamese are called by the given name)
_FAMILY_FIRST = frozenset(
    {
        "Xi", "Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Hu", "Jiang", "Deng", "Mao",
        "Hua", "Qin", "Ma", "Zhu", "Lin", "He", "Guo", "Wen", "Bo", "Tsai", "Kim", "Park", "Moon", "Yoon", "Roh", "Choe"
    }
)  # fmt: skip
_OWNER = re.compile(r"^(?:whose|their|his|her|its|our|my|your)\s+", re.IGNORECASE)
_OTHERS = frozenset(
    {
        "one",
        "most",
        "much",
        "part",
        "half",
        "all",
        "none",
        "each",
        "both",
        "another",
        "others",
        "several",
        "many",
        "some",
        "dozens",
    }
)
_PLACING = frozenset({"to", "from", "at", "near", "into", "on", "over"})


def names_in_roles(participants: Sequence[Participant], roles: tuple[str, ...], index: MentionIndex) -> list[str]:
    """Names of those who have one of the roles, each once, in the order of the roles."""
    found = [p for role in roles for p in participants if p.role == role]
    # "U.S. officials" is told by the state too: the name is shorter
    named = [p for p in found if not index.by_key[p.entity].described and "patient" not in roles]
    short = (shown_name(p.entity, index) for p in reversed(named or found))
    return list({name.casefold(): name for name in short}.values())[::-1]


def patient_names(
    participants: Sequence[Participant], index: MentionIndex, trigger: Trigger | None = None
) -> list[str]:
    """Names of those acted on; not the state that is only a part of another's name ("Russian banks").

    Arguments: who takes part; the article's entities; the trigger of the report, whose sentence may name a people.
    """
    found = [p for p in participants if p.role == "patient"]
    wider = [m for p in found if index.by_key[p.entity].described for m in index.by_key[p.entity].mentions]
    own = [
        p
        for p in found
        if index.by_key[p.entity].described
        or not any(w.start <= m.start < w.end for w in wider for m in index.by_key[p.entity].mentions)
    ]
    words = (people_meant(p, trigger, index) if trigger else "" for p in own or found)
    named = [word or shown_name(p.entity, index) for word, p in zip(words, own or found, strict=True)]
    return list(dict.fromkeys(named))


def people_meant(participant: Participant, trigger: Trigger, index: MentionIndex) -> str:
    """Whom the sentence means where it names a land only by its people: “30 Danes”, “Danish officials”, not Denmark.

    Empty where it names the land itself, or where the word stands right before the trigger (“the Danish invasion”).
    """
    sentence = trigger.token.sent
    here = [m for m in index.by_key[participant.entity].mentions if sentence.start_char <= m.start < sentence.end_char]
    if not here or any(m.form != "demonym" for m in here):
        return ""
    span = sentence.doc.char_span(here[0].start, here[0].end, alignment_mode="expand")
    word = span.root if span is not None else trigger.token
    head = word.head if word.dep_ in ("amod", "compound", "nmod", "poss") else word
    return "" if head.i == trigger.token.i or head.pos_ not in ("NOUN", "PROPN") else phrase(head)


def shown_name(key: str, index: MentionIndex) -> str:
    """The name in full, as the article gives it: "Angela Merkel" where it says only "Merkel" later on."""
    return full_name(index.by_key[key])


def full_name(entity: EntityFinding) -> str:
    """The name of an entity as a title gives it: in full, and a person's in capitals set as a name."""
    name = " ".join(entity.name.split())
    if entity.kind == "Person":
        name = name.rpartition("/")[2].strip() or name  # "Presenter/Ada Berg"
    if entity.described:
        name = _OWNER.sub("", name)  # “their nation”, where nothing says whose
    shouted = entity.kind == "Person" and not entity.described and name.isupper() and " " in name
    return name.title() if shouted else name


def last_name(entity: EntityFinding) -> str:
    """The name the article itself uses for short, else a person's last name."""
    if entity.kind != "Person" or entity.described:
        return entity.name
    words = full_name(entity).split()
    alone = [a for a in entity.aliases if " " not in a and a in words]
    if alone:
        return alone[0]
    kept = [w for w in words if w not in _SUFFIXES]
    if len(kept) in (2, 3) and kept[0] in _FAMILY_FIRST:
        return kept[0]
    family = parse_person(" ".join(kept)).family
    if len(kept) > 2 and " " in family and family.partition(" ")[0].islower():
        return family  # "bin Laden", "van der Meer"
    return kept[-1] if len(kept) > 1 and len(kept[-1]) > 2 else " ".join(words)


def with_last_names(title: str, index: MentionIndex) -> str:
    """A title with every person's last name for the full one."""
    for entity in index.by_key.values():
        full = full_name(entity)
        if full in title and full != (last := last_name(entity)):
            title = last.join(re.split(rf"(?<!\w){re.escape(full)}(?!\w)", title))
    return title


def named(head: Token, index: MentionIndex, subject: Sequence[str] = ()) -> str:
    """What a noun phrase names: the entity's name in full, else the phrase; nothing for a pronoun of nobody known.

    A people ("137 Ukrainians") is no state. Where the phrase says whose it is by a pronoun, the name stands for that:
    "his doctor" is "Michael Jackson’s doctor", unless it is the subject of the title that owns it.

    Arguments: the head of the phrase; the article's entities; the subject's names, where this is not the subject.
    """
    if head.tag_ == "WDT" and (clause := next((t for t in head.ancestors if t.dep_ == "relcl"), None)) is not None:
        return named(clause.head, index, subject) if clause.head.tag_ != "WDT" else ""
    holder = _holder(head, index)
    mention = index.at(holder or head)
    if mention is not None and mention[1] != "demonym" and not _many(head, mention):
        entity = index.by_key[mention[0]]
        if not entity.described or head.pos_ not in ("NOUN", "PROPN"):
            return full_name(entity)
    noun = head.pos_ in ("NOUN", "PROPN", "NUM") or head.ent_type_ == "ORDINAL" or head.lower_ in _OTHERS
    if not noun and not any(c.dep_ == "det" for c in head.children):
        return ""
    if head.pos_ == "NUM" and any(g.lower_ in ("whom", "which") for c in head.children for g in c.children):
        return head.text  # "17 of whom were injured"
    return owned(head, phrase(head), index, subject)


def owned(head: Token, words: str, index: MentionIndex, subject: Sequence[str] = ()) -> str:
    """The words of a noun phrase with the owner's name for “his” or “its”; without the pronoun of somebody unknown.

    Arguments: as `named`, and the words of the phrase.
    """
    owner = next((c for c in head.children if c.tag_ in ("PRP$", "WP$")), None)
    if owner is None or not words.lower().startswith(f"{owner.lower_} "):
        return words
    clause = next((t.head for t in owner.ancestors if t.dep_ == "relcl"), owner) if owner.tag_ == "WP$" else owner
    mention, rest = index.at(clause), words[len(owner) + 1 :]
    name = full_name(index.by_key[mention[0]]) if mention is not None else ""
    if name and name.casefold() not in {n.casefold() for n in subject}:
        return f"{possessive(name)} {rest}"
    return words if subject else rest


def _holder(head: Token, index: MentionIndex) -> Token | None:
    """Who holds an office that is named before the name: "the founder of Microsoft, Paul Allen"."""
    if head.tag_ == "NNS":
        return None  # "several aides, among them Ada Berg"
    beside = head.pos_ != "PROPN" and any(c.dep_ == "appos" for c in head.children)
    if not (beside or event_lexicon().is_group("role nouns", head.lemma_.lower())):
        return None
    after = [
        t for t in head.subtree if t.i > head.i and t.pos_ == "PROPN" and (t.dep_ == "appos" or _of_land(t, index))
    ]
    known = ((t, index.at(t)) for t in after)
    return next((t for t, m in known if m is not None and m[1] == "name" and index.kind(m[0]) == "Person"), None)


def _of_land(name: Token, index: MentionIndex) -> bool:
    """Whether the parser took a land and a person for one name: "President of | Ukraine Volodymyr Zelenskyy"."""
    lands = (index.at(c) for c in name.children if c.dep_ == "compound")
    return name.dep_ == "pobj" and any(m is not None and index.kind(m[0]) == "Place" for m in lands)


def _many(head: Token, mention: tuple[str, str]) -> bool:
    """Whether a plural noun only begins with the name that covers it: the members, not the body."""
    return mention[1] == "name" and head.tag_ == "NNS" and head.text.islower()


def named_all(head: Token, index: MentionIndex, subject: Sequence[str] = ()) -> list[str]:
    """What a noun phrase and those coordinated with it name: two at most, else the first and "others".

    Arguments: as `named`.
    """
    heads = [
        h
        for n, h in enumerate(coordinated(head, frozenset()))
        if n == 0 or h.dep_ in ("conj", "nmod") or lists(head, h)
    ]
    heads.sort(key=lambda h: h.i)
    if len(heads) == 2 and _office_of(heads[0], heads[1], index):
        heads = heads[1:]
    names: dict[str, str] = {}
    for each in heads:
        name = named(each, index, (*subject, *names.values()))
        if name and not any(name in other for other in names.values()):
            names.setdefault(name.casefold(), name)
    found = list(names.values())
    return found if len(found) <= 2 else [found[0], "others"]


def _office_of(office: Token, name: Token, index: MentionIndex) -> bool:
    """Whether two coordinated nouns are one person: "the candidate and former governor Ada Berg"."""
    mention, holder = index.at(name), index.at(office)
    plain = holder is None or index.by_key[holder[0]].described or index.kind(holder[0]) != "Person"
    one = mention is not None and mention[1] == "name" and index.kind(mention[0]) == "Person" and plain
    titled = any(t.dep_ in ("compound", "amod") and t.text.islower() for t in name.subtree if t.i < name.i)
    return one and office.tag_ == "NN" and (titled or event_lexicon().is_group("role nouns", office.lemma_.lower()))


def listed(names: Sequence[str]) -> str:
    """Two names with "and", more as "and others"."""
    return " and ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} and others"


def side_names(participants: Sequence[Participant], index: MentionIndex) -> list[str]:
    """The parties' names: states and organisations where there are two, else everybody."""
    parties = [p for p in participants if p.role in ("agent", "party", "speaker")]
    bodies = [p for p in parties if index.kind(p.entity) != "Person" and not index.by_key[p.entity].described]
    return [shown_name(p.entity, index) for p in (bodies if len(bodies) > 1 else parties)]


def possessive(name: str) -> str:
    """The name as the owner of what follows: "Putin’s", "the United States’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def located(title: str, place: str | None, index: MentionIndex, trigger: Trigger | None = None) -> str:
    """The title with the place behind it, unless it names it already; after the trigger's own preposition, or "in"."""
    name = shown_name(place, index) if place else ""
    forms = {m.text for m in index.by_key[place].mentions if m.form in ("name", "demonym")} if place else set()
    if not name or any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", title) for form in (name, *sorted(forms))):
        return title
    if trigger and place and _only_people(place, trigger, index):
        return title
    return f"{title} {_preposition(trigger, place, index) if trigger else 'in'} {name}"


def _only_people(place: str, trigger: Trigger, index: MentionIndex) -> bool:
    """Whether the sentence names a land only by its people or things: "a Norwegian | arrested" may be anywhere."""
    sentence = trigger.token.sent
    here = [m for m in index.by_key[place].mentions if sentence.start_char <= m.start < sentence.end_char]
    return bool(here) and all(m.form == "demonym" for m in here)


def _preposition(trigger: Trigger, place: str | None, index: MentionIndex) -> str:
    """The text's own word before the place: "flees to", "withdraws from"."""
    nouns = [w for w in (trigger.token.head, *trigger.token.head.rights) if trigger.nominal]
    words = (c for t in (trigger.token, trigger.verb, *nouns) for c in t.children)
    for way in (c for c in trigger.verb.children if c.dep_ == "advmod"):
        inner = [index.at(g) for p in way.children if p.lower_ == "of" for g in p.children]
        if any(m is not None and m[0] == place for m in inner):
            return f"{way.lower_} of"  # "crashes north of Moscow"
    for prep in (c for c in words if c.dep_ == "prep"):
        for child in prep.children:
            mention = index.at(child)
            if mention is not None and mention[0] == place and prep.lower_ in _PLACING:
                return prep.lower_
    return "in"
