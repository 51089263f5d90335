"""Persons and bodies that the text describes and does not name: "U.S. officials", "a spokesperson for the council".

They matter as sources and as participants, so they are kept as what they are. Two of them are one only when the words
are the same and single them out, or when a later definite phrase points back ("the spokesperson", see coref.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import demonym, words
from ingest.reading.lexicon import load

_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "agent", "conj"})
_DETERMINING = frozenset({"det", "poss", "nummod", "predet"})
_COMPLEMENT = frozenset({"for", "of", "from", "at", "in", "with", "close", "familiar"})
_LONGEST_COMPLEMENT = 12
_TAKES_OF = frozenset({"accuse", "convict", "suspect", "acquit", "clear", "inform", "remind", "rob", "deprive"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
POSSESSIVE = frozenset({"my", "your", "his", "her", "its", "our", "their"})
_COUNTING = frozenset(
    {"some", "many", "several", "multiple", "few", "most", "other", "another", "two", "three", "various", "more"}
)


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase for persons or a body: tokens start..end, its head, and how it is determined."""

    start: int
    end: int
    head: int
    definite: bool
    possessed: bool
    determined: bool
    modified: bool
    plural: bool


def descriptions(doc: Doc, named: dict[int, Group]) -> Iterator[Description]:
    """Noun phrases in the text that stand for persons or bodies without naming them, in reading order.

    Arguments: doc, a parse; named, the group of each token that a name covers.
    """
    for token in doc:
        if (token.i not in named and _is_human(token)) or _is_members(token, named):
            phrase = _description(doc, token, named)
            pointing = phrase.definite and not phrase.modified
            if not pointing and _only_points(token):
                continue
            if _says_what(token, named) is not None or _names_sort(token, named):
                continue
            if token.dep_ in _ARGUMENT and not _predicative(token, named) and (phrase.plural or phrase.determined):
                yield phrase


def _says_what(noun: Token, named: dict[int, Group]) -> Group | None:
    """Whom a noun right before a name describes: "the US carmaker Ford" is Ford, and no second firm."""
    group = named.get(noun.i + 1)
    joined = group is not None and noun.tag_ == "NN" and group.kind == "Organization" and not group.described
    return group if joined and noun.nbor().text[0].isupper() else None


def _names_sort(noun: Token, named: dict[int, Group]) -> bool:
    """Whether a noun right after a body's name says of what sort it is: "the United Auto Workers union"."""
    group = named.get(noun.i - 1)
    same = noun.tag_ == "NN" and noun.lower_ in words("nouns", "sort")
    return same and group is not None and group.kind == "Organization" and not group.described


def describe(doc: Doc, phrase: Description) -> Group:
    """Make a described entity from its first phrase."""
    head = doc[phrase.head]
    lemma = head.lemma_.lower()
    body = lemma in words("nouns", "group") or lemma in words("nouns", "maker")
    person = lemma in words("nouns", "person") or lemma == "people" or demonym(head.text) is not None
    person = person or (head.pos_ == "PROPN" and not body)
    group = Group(
        "Person" if person else "Organization", subtype="unnamed" if person and not phrase.plural else "group"
    )
    group.described = True
    group.plural = phrase.plural
    group.origins.update(known.id for t in doc[phrase.start : phrase.head] if (known := demonym(t.text)))
    group.roles.add(lemma)
    group.names.append(described_name(doc, phrase))
    return group


def described_name(doc: Doc, phrase: Description) -> str:
    """Text of the phrase without its article."""
    start = phrase.start + (doc[phrase.start].lower_ in {"a", "an", "the"})
    return " ".join(doc[start : phrase.end].text.split())


def singled_out(doc: Doc, phrase: Description) -> bool:
    """Whether the words say which ("Western officials"), so that the same words again mean the same."""
    counted = doc[phrase.start].lower_ in _COUNTING | {"a", "an", "one"} or doc[phrase.start].pos_ == "NUM"
    return phrase.modified and not counted


def worth_keeping(doc: Doc, phrase: Description) -> bool:
    """Whether a phrase with no antecedent becomes an entity of its own.

    Not what hangs on a pronoun ("his forces"), nor a bare "the minister"; others where something is done by or to them
    ("Officials said", "arrested a journalist", "the murder of a nurse").
    """
    head = doc[phrase.head]
    if phrase.possessed:
        return False
    if phrase.modified:
        return True
    counted = doc[phrase.start].lower_ in _COUNTING | {"a", "an"}
    return (counted or not phrase.definite) and _in_a_deed(head) and head.lemma_ not in {"people", "person"}


def _in_a_deed(head: Token) -> bool:
    """Whether a noun is what a verb is about, or who a noun of deeds is done to or by ("the arrest of a nurse")."""
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    if head.dep_ in {"nsubj", "nsubjpass"} or (head.dep_ in {"dobj", "dative"} and head.head.pos_ == "VERB"):
        return True
    above = head.head.head
    by = head.dep_ == "pobj" and head.head.dep_ == "agent"
    return by or (head.dep_ == "pobj" and head.head.lower_ in {"of", "by"} and above.lemma_.lower() in _deeds())


@cache
def _deeds() -> frozenset[str]:
    """Nouns that tell what is done."""
    return frozenset(noun for row in load("events/classes")["classes"] for noun in row["nouns"])


def _is_human(token: Token) -> bool:
    # the tagger takes "defence ministry" behind a name for one, and a word that opens a sentence
    if token.pos_ != "NOUN" and not (token.pos_ == "PROPN" and (token.is_sent_start or token.is_lower)):
        return False
    lemma = token.lemma_.lower()
    bare = not any(t.dep_ in {"amod", "compound", "poss"} for t in token.lefts)
    if lemma in {"intelligence", "force"} and token.tag_ in {"NN", "NNP"} and bare:
        return False  # what is known, and no service; "used force"
    speaks = token.dep_ in {"nsubj", "conj"} and token.head.lemma_.lower() in words("nouns", "human_verb")
    if lemma in {"report", "campaign"} and not speaks:
        return False  # a source, where it says something
    if lemma == "player" and any(t.lower_ in words("nouns", "played") for t in token.lefts):
        return False  # an MP3 player is no person
    return (
        lemma in words("nouns", "person")
        or lemma in words("nouns", "group")
        or lemma in words("nouns", "people_collective")
        or lemma in words("nouns", "maker")
        or _only_points(token)
    )


def _only_points(token: Token) -> bool:
    """Whether a noun for a place matters only where it points back to one that was named ("the city")."""
    return token.lemma_.lower() in words("nouns", "pointing")


def _is_members(token: Token, named: dict[int, Group]) -> bool:
    """Whether a party's members, or a country's people, are counted: "Some Republicans", "Two Americans"."""
    group = named.get(token.i)
    people = token.tag_ in {"NNS", "NNPS"} and demonym(token.text) is not None
    if group is None or not (people or (group.subtype == "party" and token.text.endswith("s"))):
        return False
    counting = (c for c in token.children if c.dep_ in {"amod", "det", "nummod"})
    return any(c.lower_ in _COUNTING or (people and c.dep_ == "nummod") for c in counting)


def _predicative(token: Token, named: dict[int, Group]) -> bool:
    """Whether the phrase says what something is, or stands beside the name that it describes."""
    if token.dep_ == "conj":
        return token.head.dep_ in {"attr", "appos", "acomp", "compound"}
    beside = [t for t in token.rights if t.dep_ == "appos"]
    told = any(t.pos_ == "PROPN" or (t.i in named and named[t.i].kind == "Person") for t in beside)
    return told or token.dep_ in {"attr", "appos"}


def _description(doc: Doc, head: Token, named: dict[int, Group]) -> Description:
    start = head.i
    left = [
        t for t in head.lefts if t.dep_ in {"det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "predet"}
    ]
    if left:
        start = min(t.left_edge.i for t in left)
    while start < head.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in {"cc", "advmod", "mark"}
    ):
        start += 1
    first = doc[start]
    end = _complement_end(doc, head)
    modifiers = [t for t in left if t.dep_ not in {"det", "predet"} and t.lower_ not in POSSESSIVE]
    return Description(
        start, end, head.i,
        definite=first.lower_ in DEFINITE,
        determined=any(t.dep_ in _DETERMINING for t in left) or head.lemma_.lower() in words("nouns", "group"),
        possessed=any(t.lower_ in POSSESSIVE or t.tag_ == "WP$" for t in left),
        modified=bool(modifiers) or end > head.i + 1,
        plural=head.tag_ in {"NNS", "NNPS"},
    )  # fmt: skip


def _ends_complement(token: Token) -> bool:
    """Whether what says where somebody is from ends before a word; not at the commas of "Mali, Niger and Chad"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.text == "-" and not token.whitespace_ and token.i and not token.nbor(-1).whitespace_:
        return False  # "residents of Al-Junaynah"
    if token.text == "," and following.dep_ == "conj" and following.ent_type_ == "GPE":
        return False
    return token.dep_ in {"relcl", "acl", "punct"} or token.pos_ in {"VERB", "AUX"}


def _complement_end(doc: Doc, head: Token) -> int:
    """End of the phrase with what says for whom or from where: "for the White House's National Security Council"."""
    end = head.i + 1
    if head.lemma_.lower() not in words("nouns", "person"):
        return end
    for child in head.rights:
        if child.dep_ != "prep" or child.lower_ not in _COMPLEMENT or child.i != end:
            break
        # "arrested two bankers in Kyiv" tells where they were arrested
        if child.lower_ in {"in", "at"} and head.dep_ not in {"nsubj", "conj", "appos"} and _in_a_deed(head):
            break
        # "accused the mayor of theft": the theft is no part of who he is
        if child.lower_ == "of" and head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_.lower() in _TAKES_OF:
            break
        inner = [t for t in child.subtree if t.i >= child.i]
        stop = next((t.i for t in inner if _ends_complement(t)), inner[-1].i + 1)
        if stop - child.i > _LONGEST_COMPLEMENT:
            stop = next((t.i for t in inner if t.dep_ == "punct"), stop)
        if (
            stop - child.i > _LONGEST_COMPLEMENT
            or stop <= child.i + 1
            or any(t.ent_type_ in {"DATE", "TIME"} for t in inner)
        ):
            break
        end = stop
    return end
