"""What in a text speaks for or against a name: capitals, articles, verbs and neighbours of a candidate."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import opens
from ingest.reading.english.entities.known.gazetteer import area, demonym, organization, plain, words
from ingest.reading.english.entities.names import is_given, is_honorific, is_title
from ingest.reading.english.mended.words import branded
from kb.rarity import RARE, UNHEARD, rarity

LOCATIVE = frozenset(
    {"in", "at", "near", "to", "from", "around", "outside", "toward", "towards", "across", "into", "over"}
)
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "around"})
_FOUND = frozenset({"kill", "arrest", "die", "find", "hold", "meet", "bury", "shoot", "wound", "land", "crash",
                    "gather", "hide", "bear", "explode", "detain", "capture", "live", "fight", "clash"})  # fmt: skip
_PLACES_BORNE = frozenset({"Jordan", "Georgia", "Chad", "Israel", "Austin", "Sydney", "Florence", "Charlotte",
                           "Victoria", "Chelsea", "Brooklyn", "Madison", "Savannah", "India", "Paris", "Virginia",
                           "Carolina", "Dakota", "Kenya", "Cuba", "Malta", "Milan", "Santiago"})  # fmt: skip
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def headline_tokens(doc: Doc) -> frozenset[int]:
    """Tokens of sentences in title case: capitals there do not mark names."""
    found: set[int] = set()
    for sentence in doc.sents:
        content = [t for t in sentence if t.is_alpha and len(t) > 3]
        closed = sentence.text.rstrip().endswith((".", "!", "”", '"', "''"))
        lower = sum(t.text[0].islower() for t in content)
        shouted = closed and not lower and len(content) > 3 and not any(_lower_verb(t) for t in sentence)
        if shouted or (len(content) >= 3 and lower <= len(content) * 0.25 and not closed):
            found.update(t.i for t in sentence)
    return frozenset(found)


def _lower_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.text[0].islower()


def believable(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether an entity of the model can be the name of a person, a body or a place at all."""
    tokens = doc[start:end]
    capital = any(t.text[0].isupper() or t.text[0].isdigit() for t in tokens)
    if not capital or not any(t.is_alpha or "." in t.text for t in tokens):
        return False
    last = tokens[-1].lower_
    happening = last in words("nouns", "event") and label != "PERSON"
    if happening or (tokens[0].lower_ == "operation" and len(tokens) > 1):
        return False
    if len(tokens) > 2 and tokens[0].lower_ in words("nouns", "event") and tokens[1].lower_ == "of":
        return False
    if label == "NORP" or (len(tokens) == 1 and (demonym(tokens[0].text) or is_title(tokens[0].text))):
        return False
    if is_listed(plain(tokens.text)):
        return True
    return not (_thing(doc, start, end) or _one_of_many(doc, start, end, label))


def is_listed(name: str) -> bool:
    """Whether a list of places or organisations holds the name."""
    return bool(area(name) or organization(name, weak=True))


def _thing(doc: Doc, start: int, end: int) -> bool:
    """Whether the words name a product, a unit, a currency or a model ("iPhone", "GB", "Boeing 787", "A380")."""
    tokens = doc[start:end]
    if any(t.text in words("nouns", "product") or re.match(r"[ie][A-Z]", t.text) for t in tokens):
        return True
    last = tokens[-1].text
    if last.lower() in words("nouns", "thing") or _numbered(doc, end) or _made_by(doc, start, end):
        return True
    model = any(c.isdigit() for c in last) and not re.fullmatch(r"(18|19|20)\d\d", last)
    return model or all(t.text in words("nouns", "no_name") | words("nouns", "legal_forms") for t in tokens)


def _numbered(doc: Doc, end: int) -> bool:
    """Whether a number right after belongs to the words, as in a model's or an index's name ("the FTSE 100")."""
    if end >= len(doc) or doc[end].pos_ != "NUM" or not doc[end].is_digit:
        return False
    after = doc[end + 1] if end + 1 < len(doc) else None
    counted = after is not None and after.pos_ in {"NOUN", "PROPN"} and not after.is_sent_start
    return doc[end].head.i == end - 1 and doc[end].dep_ == "nummod" and not counted


def _made_by(doc: Doc, start: int, end: int) -> bool:
    """Whether the words are a listed company and one word that closes no body's name: its product ("Ford Taurus")."""
    if end - start != 2 or personal(doc, start, end):
        return False
    maker = organization(doc[start].text)
    last = doc[end - 1].text
    return maker is not None and maker.subtype == "company" and not closes_other(last) and not area(last)


def common_word(doc: Doc, start: int, end: int) -> bool:
    """Whether a single word is no name to the tagger either ("Federal law", "the World")."""
    return end - start == 1 and doc[start].pos_ not in {"PROPN", "X"} and not doc[start].text.isupper()


def _one_of_many(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether "a" or "an" before the words makes them a kind of thing ("a Hummer"); a body's own noun excepted."""
    before = doc[start - 1].lower_ if start else ""
    head = doc[end - 1]
    body = head.text in words("nouns", "organization")
    return before in {"a", "an"} and head.dep_ not in {"compound", "poss", "nmod"} and label != "GPE" and not body


def personal(doc: Doc, start: int, end: int) -> bool:
    """Whether the text around treats the name as a person's: it speaks, is asked, has an age, is one "who"."""
    root = doc[start:end].root
    if start and (is_honorific(doc[start - 1].text) or is_title(doc[start - 1].text)):
        return True
    called = _called(root)
    human = called in words("nouns", "person") or called.endswith(("ologist", "icist", "ographer", "ician"))
    if (human and called not in words("nouns", "either")) or office_of(root):
        return True  # "his sons Uday and Qusay", "its editor, Ada Berg"
    if names_body(called):
        return False  # "the aviation authority Rosaviatsia said"
    verb = root.head
    if verb.lower_ in _WHERE:
        return False  # "killed in Drosk"
    if verb.pos_ == "ADP":
        verb = verb.head
    if root.dep_ in _SUBJECT | {"dobj", "pobj", "agent", "dative"} and verb.lemma_.lower() in words(
        "nouns", "human_verb"
    ):
        return True
    following = doc[end] if end < len(doc) else None
    aged = (
        following is not None
        and following.text == ","
        and end + 1 < len(doc)
        and re.fullmatch(r"\d\d", doc[end + 1].text)
    )
    return bool(aged) or any(t.lower_ in {"who", "whom", "whose"} for t in doc[end : end + 2])


def office_of(name: Token) -> bool:
    """Whether a name stands behind what one person is: "its editor, Ada Berg, …". Arguments: the name's last word."""
    noun = name.head
    held = noun.lemma_.lower() in words("nouns", "person") and noun.lemma_.lower() not in words("nouns", "either")
    return name.dep_ == "appos" and noun.tag_ == "NN" and held


def in_place(doc: Doc, start: int, end: int) -> bool:
    """Whether something is told to happen in or near an unknown name of one word, or lies near it: "talks in Drosk"."""
    root = doc[start:end].root
    prep, above = root.head, root.head.head
    if root.dep_ != "pobj" or prep.i != start - 1 or not all(t.is_title or t.lower_ == "de" for t in doc[start:end]):
        return False
    if prep.lower_ in {"near", "outside"}:
        return True
    happens = above.lower_ in words("nouns", "event") or above.lemma_.lower() in words("nouns", "event") | _FOUND
    return prep.lower_ == "in" and happens and not closes_body(doc[end - 1].text) and end - start < 4


def looks_personal(name: str) -> bool:
    """Whether the form alone says person: a given name before one to three words that end no body's or place's name."""
    parts = name.split()
    end = parts[-1]
    plain_words = all(re.fullmatch(r"[A-Z][\w'’.-]*|\w{2,3}", part) for part in parts)
    given = is_given(parts[0]) or (
        parts[0] in _PLACES_BORNE and len(parts) == 2 and rarity(end.lower()) >= RARE
    )  # "Jordan Peale"
    return 2 <= len(parts) <= 4 and given and plain_words and not closes_other(end) and not end.isupper()


def closes_other(word: str) -> bool:
    """Whether a word as the last of a name says that no person is meant ("Council", "Street", "War")."""
    return (
        word in words("nouns", "organization")
        or word.lower() in words("nouns", "event")
        or word in words("nouns", "place")
    )


def closes_body(word: str) -> bool:
    """Whether a word as the last of a name says that a body is meant ("Council", "Inc.", "Motor")."""
    return any(word in words("nouns", key) for key in ("organization", "legal_forms", "sector"))


def located(doc: Doc, start: int) -> bool:
    """Whether a preposition of place stands right before ("near the Azovstal plant"), or it is fought over."""
    if fought_over(doc[start]):
        return True
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ == "the" and start > 1:
        before = doc[start - 2]
    return before is not None and before.lower_ in LOCATIVE | {"of"}


def fought_over(token: Token) -> bool:
    """Whether a deed is done to the name that only land suffers: "took Drosk", "shelled Drosk and Velm"."""
    first = token
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    deed = first.head.lemma_.lower()
    alone = not any(c.dep_ in {"dobj", "prep", "prt", "acomp"} for c in first.head.children if c.pos_ != "PROPN")
    if first.dep_ == "nsubj":
        return deed == "fall" and alone
    return first.dep_ in {"dobj", "nsubjpass"} and deed in words("nouns", "land_verb")


def unheard(name: str) -> bool:
    """Whether a single word is spelt as a name is and stands in no list of English words."""
    spelt = name[:1].isupper() and name.isalpha() and not name.isupper() and len(name) > 3
    return spelt and (rarity(name.lower()) >= UNHEARD or branded(name))


def bodily(doc: Doc, start: int, end: int) -> bool:
    """Whether a name does what bodies do, has what they have, or is called one: "Orsa, the carmaker, hired …"."""
    root = doc[start:end].root
    if root.dep_ == "nsubj" and root.head.lemma_.lower() in words("nouns", "body_verb"):
        return True
    if root.dep_ == "poss" and root.head.lemma_.lower() in words("nouns", "body_possession"):
        return True
    said = (_called(root), *(c.lemma_.lower() for c in root.children if c.dep_ == "appos"))
    called = any(names_body(noun) or noun in words("nouns", "opening") for noun in said)
    return called or of_firm(root) or taken_up(doc, end)


def of_firm(name: Token) -> bool:
    """Whether what is told of a name is told of firms alone: it is valued or delisted, has shares, an owner, staff."""
    if name.dep_ in {"nsubjpass", "dobj"}:
        return name.head.lemma_.lower() in words("nouns", "firm_verb")
    link, noun = name.head, name.head.head
    held = name.dep_ == "pobj" and link.i == name.left_edge.i - 1 and link.head.i < link.i
    return held and f"{noun.lemma_.lower()} {link.lower_}" in words("nouns", "firm_part")


def taken_up(doc: Doc, end: int) -> bool:
    """Whether a lone name of no English is "the company" in the sentence after, where no other body is named between.

    Arguments: doc, a parse; end, the token behind the name.
    """
    name = doc[end - 1]
    alone = name.dep_ in _SUBJECT and name.left_edge.i == name.i and unheard(name.text) and not name.n_rights
    if not alone:
        return False
    last = name.sent.end
    after = doc[last].sent.end if last < len(doc) else last
    for token in doc[end:after]:
        if token.ent_type_ == "ORG" and not names_body(token.lower_):
            return False
        bare = token.i and token.nbor(-1).lower_ == "the" and token.tag_ == "NN" and token.dep_ in _SUBJECT
        if bare and token.lower_ in words("nouns", "firm"):
            return not any(c.dep_ in {"prep", "appos", "relcl"} for c in token.rights)
    return False


def names_body(noun: str) -> bool:
    """Whether a noun is what bodies are: "authority", "carmaker", "magazine"."""
    return any(noun in words("nouns", key) for key in ("group", "maker", "sort"))


def _called(name: Token) -> str:
    """The noun right before a name, or before the one it is joined to, that says what it names; "" without one."""
    first = name
    while first.dep_ == "conj" and first.head.pos_ == "PROPN" and first.head.i < first.i:
        first = first.head
    noun = first.head
    led = next((c for c in first.children if c.dep_ == "compound" and c.i == first.i - 1), None)
    if led is not None and (opens(led) or (led.tag_ == "NN" and led.text.islower())):
        return led.lemma_.lower()  # "Rival Dunmore reports", "the aviation authority Rosaviatsia"
    beside = first.dep_ == "appos" and noun.pos_ == "NOUN" and noun.i < first.left_edge.i <= noun.i + 1
    return noun.lemma_.lower() if beside and noun.text[0].islower() else ""


def entity_over(doc: Doc, i: int) -> tuple[int, int, str] | None:
    """Start, end and label of the model's entity over a token."""
    token: Token = doc[i]
    if not token.ent_type_:
        return None
    start, end = i, i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end, token.ent_type_
