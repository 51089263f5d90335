"""Named things, neither somebody nor somewhere: vessels, aircraft, weapons, agreements, laws, indices, products.

A name alone does not tell a thing. What stands beside it does ("the ferry Orsa", "Lynx tanks"), or its own form: a
model's number ("F-16"), a title's last word ("the Lunde Agreement"), or a list of what is known by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import Candidate
from ingest.reading.english.entities.evidence import is_listed
from ingest.reading.english.entities.known.gazetteer import Known, demonym, lexicon, organization, place, plain
from ingest.reading.english.entities.names import is_given, is_title

THING = "THING"
"""The label of a name that is a thing's."""

_CARRIERS = frozenset({"bulk", "aircraft", "car", "gas", "ore", "cattle", "troop"})
_LONGEST = 7  # words of a thing's name
_GREAT_TOWN = 300_000  # inhabitants from which a town's name before "tanks" says whose they are
_MODEL = re.compile(r"([A-Z][A-Za-z]*)-?(\d+[A-Za-z0-9-]*)")
_FLIGHT = re.compile(r"[A-Z]{2}\d{1,4}|\d{1,4}")
_NUMBER = re.compile(r"\d+[A-Za-z]{0,3}|[IVX]{1,4}")


def told_things(doc: Doc, headlines: Collection[int]) -> Iterator[Candidate]:
    """Mentions of named things in reading order, the longest at each place; the sort of each is its subtype.

    Arguments: a parse; headlines, its tokens in sentences in title case, where a capital marks no name.
    """
    found: dict[tuple[int, int], Candidate] = {}
    for token in doc:
        capital = token.text[:1].isupper() or token.text[:1] in "ie"
        if not capital or token.is_space:
            continue
        for c in _beginning_at(token, headlines):
            found.setdefault((c.start, c.end), c)
    yield from found.values()


def _beginning_at(token: Token, headlines: Collection[int]) -> Iterator[Candidate]:
    """What a capitalised word may begin, the surest first."""
    listed = _listed(token)
    if listed is not None:
        yield listed
        return
    yield from _vessel(token)
    yield from _model(token)
    yield from _flight(token)
    yield from _product(token)
    if token.i not in headlines:
        yield from _before_its_sort(token)
        yield from _text(token)


def _thing(start: int, end: int, sort: str, known: Known | None = None) -> Candidate:
    return Candidate(start, end, THING, known, sort=sort)


@cache
def _known() -> Mapping[str, tuple[tuple[str, Known], ...]]:
    """Things that are known by name, by the first word of each name, the longest name first."""
    found: dict[str, list[tuple[str, Known]]] = {}
    for row in lexicon("things")["known"]:
        known = Known(f"thing:{row['key']}", "Thing", row["name"], row["subtype"])
        for name in (row["name"], *row["aliases"]):
            found.setdefault(re.split(r"[\s-]", plain(name))[0], []).append((plain(name), known))
    return {first: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for first, names in found.items()}


@cache
def _sorts(group: str) -> Mapping[str, str]:
    """The sort of thing by each word of a group of the list."""
    return {word: sort for sort, words in lexicon("things")[group].items() for word in words}


def _listed(token: Token) -> Candidate | None:
    first = re.split(r"[\s-]", token.text)[0]
    for name, known in _known().get(first, ()):
        end = token.i
        while end < len(token.doc) and len(token.doc[token.i : end + 1].text) <= len(name):
            end += 1
        joined = end < len(token.doc) and token.doc[end].pos_ == "PROPN" and token.doc[end].text[0].isupper()
        if plain(token.doc[token.i : end].text) == name and not joined:
            return _thing(token.i, end, known.subtype or "", known)
    return None


def _name_end(token: Token) -> int:
    """End of the capitalised words from a token on, with the number that closes them ("Leopard | 2")."""
    end, doc = token.i, token.doc
    while end < min(len(doc), token.i + _LONGEST) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
        end += 1
    return end + (token.i < end < len(doc) and bool(_NUMBER.fullmatch(doc[end].text)) and doc[end].ent_type_ != "DATE")


def _vessel(token: Token) -> Iterator[Candidate]:
    """“USS Lunde”, “the ferry Orsa”, “the Orsa sank”, “the Admiral Lunde”: by prefix, by sort, by what ships do."""
    doc, end = token.doc, token.i
    before = doc[token.i - 1] if token.i else None
    if token.text in lexicon("things")["ship prefixes"] and token.i + 1 < len(doc):
        end = _name_end(doc[token.i + 1])
        if end > token.i + 1 and doc[token.i + 1].is_title:
            yield _thing(token.i, end, "vessel")
    elif before is not None and token.pos_ == "PROPN" and before.lower_ in _before_vessels():
        end = _name_end(token)
        sort = _sorts("named after").get(before.lower_) if before.text.islower() else None
        if before.lower_ == "carrier" and doc[token.i - 2].lower_ not in _CARRIERS:
            sort = None  # an airline
        ranked = token.text in lexicon("person_names")["ranks"] and end - token.i == 2
        if (
            before.lower_ == "the"
            and end > token.i
            and (ranked or _sails(doc[end - 1]))
            and not is_listed(plain(doc[token.i : end].text))
        ):
            sort = "vessel"
        if sort is not None and end > token.i and not any(is_title(t.text) for t in doc[token.i + 1 : end]):
            yield _thing(token.i, end, sort)


@cache
def _before_vessels() -> frozenset[str]:
    """Words after which a vessel's name may stand."""
    return frozenset(("the", *_sorts("named after")))


def _sails(name: Token) -> bool:
    """Whether a name is of what only ships do or suffer."""
    if name.dep_ in ("nsubj", "nsubjpass"):
        return name.head.lemma_.lower() in lexicon("things")["ships do"]
    return name.dep_ == "dobj" and name.head.lemma_.lower() in lexicon("things")["ships suffer"]


def _model(token: Token) -> Iterator[Candidate]:
    """“F-16”, “S-400”, “a Boeing 737 MAX”: the letters of a model, or its maker, and a number."""
    doc, end = token.doc, token.i + 1
    told = _MODEL.fullmatch(token.text)
    sort = _sorts("model prefixes").get(told[1]) if told else None
    if told and sort and "-" in token.text:
        yield _thing(token.i, end, sort)
    elif token.text in lexicon("things")["makers of models"] and end < len(doc) and re.match(r"\w*\d", doc[end].text):
        counted = end + 1 < len(doc) and doc[end + 1].tag_ == "NNS" and doc[end].head.i == end + 1 and doc[end].is_digit
        last = end + 1
        while last < len(doc) and (doc[last].text in ("MAX", "Max", "ER", "LR") or doc[last].text.startswith("MAX-")):
            last += 1
        if not counted or len(doc[end].text) == 3:
            yield _thing(token.i, last, "aircraft" if token.text not in _sorts("model prefixes") else "weapon")


def _flight(token: Token) -> Iterator[Candidate]:
    """“Flight 17”, “Malaysia Airlines Flight MH17”."""
    doc, i = token.doc, token.i
    while i < min(len(doc), token.i + 4) and doc[i].text != "Flight" and doc[i].pos_ == "PROPN" and doc[i].is_title:
        i += 1
    if i + 1 < len(doc) and doc[i].text == "Flight" and _FLIGHT.fullmatch(doc[i + 1].text):
        yield _thing(token.i, i + 2, "flight")


def _product(token: Token) -> Iterator[Candidate]:
    """“iPhone 4”, “iTunes Music Store”: a name that the list has or that is spelt as only products' are."""
    rows, doc = lexicon("things"), token.doc
    listed = token.text in lexicon("nouns")["product"] and token.text not in rows["no product"]
    if not listed and not re.fullmatch(r"[ie][A-Z][a-z]\w+", token.text):
        return
    if is_listed(token.text) or organization(token.text, weak=True) is not None:
        return
    end = token.i + 1
    while end < len(doc) and (doc[end].text in rows["product suffixes"] or re.fullmatch(r"\d\w{0,2}", doc[end].text)):
        end += 1
    if token.text in rows["common words"] and (end == token.i + 1 or not doc[end - 1].text[0].isdigit()):
        return  # "the Leopard" may be anything
    sort = "weapon" if token.text in rows["weapons"] else "product"
    counted = end < len(doc) and doc[end].tag_ == "NNS" and doc[end - 1].is_digit and doc[end - 1].head.i == end
    yield _thing(token.i, end - counted, sort)


def _before_its_sort(token: Token) -> Iterator[Candidate]:
    """“Lynx tanks”, “two Orsa missiles”: the name right before what it is."""
    doc = token.doc
    if token.pos_ != "PROPN":
        return
    ahead = next((t.lemma_.lower() for t in doc[token.i + 1 : token.i + _LONGEST + 1] if t.text.islower()), "")
    end = _name_end(token) if ahead in _sorts("named before") else len(doc)
    if end == token.i or end >= len(doc):
        return
    noun, name = doc[end], plain(doc[token.i : end].text)
    sort = _sorts("named before").get(noun.lemma_.lower()) if noun.text.islower() and noun.pos_ == "NOUN" else None
    begins = token.i == 0 or doc[token.i - 1].pos_ != "PROPN" or doc[token.i - 1].dep_ != "compound"
    if sort is None or not begins or doc[end - 1].dep_ not in ("compound", "nmod", "nummod", "amod"):
        return
    somebody = is_given(token.text) or is_title(token.text) or demonym(token.text) or organization(token.text)
    towns = place(name)
    somewhere = is_listed(name) or (bool(towns) and towns[0].population > _GREAT_TOWN)
    if not somebody and not somewhere and (sort == "weapon" or token.ent_type_ != "ORG"):
        yield _thing(token.i, end, sort)


def _text(token: Token) -> Iterator[Candidate]:
    """“The Lunde Agreement”, “the Treaty of Orsa”, “Resolution 1701”: a title by its last word, or its first."""
    doc, end = token.doc, token.i
    while end < min(len(doc), token.i + _LONGEST) and doc[end].text[:1].isupper() and doc[end].pos_ in ("PROPN", "ADJ"):
        end += 1
    if end == token.i:
        return
    sorts, last = _sorts("titles of texts"), doc[end - 1].text
    following = doc[end] if end < len(doc) else None
    before = doc[token.i - 1] if token.i else None
    if before is not None and before.pos_ == "PROPN" and before.text[0].isupper() and before.i + 1 == token.i:
        return
    if last in sorts and end - token.i > 1 and not token.is_sent_start and _ends_title(doc, end):
        yield _thing(token.i, end, sorts[last])
    elif last == "Resolution" and following is not None and following.is_digit:
        yield _thing(token.i, end + 1, "document")
    elif last in lexicon("things")["of titles"] and end == token.i + 1 < len(doc) - 1 and doc[end].lower_ == "of":
        beyond = _name_end(doc[end + 1])
        if beyond > end + 1:
            yield _thing(token.i, beyond, sorts[last])


def _ends_title(doc: Doc, end: int) -> bool:
    """Whether a title ends where its last capital does, and a person's name does not go on ("Bill Lunde")."""
    return end >= len(doc) or not (doc[end].pos_ == "PROPN" and doc[end - 1].dep_ == "compound")
