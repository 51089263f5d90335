"""Where an article names somebody, some place or some body: the parse's named entities, mended by lists and by rules.

The small English model takes cities for persons, peninsulas for firms and headlines for organisations. So its spans are
trimmed, split and vetoed here, and names that it missed are added when a list or a title vouches for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from ingest.reading.english.entities.candidate import Candidate, surface, trimmed
from ingest.reading.english.entities.evidence import (
    believable,
    bodily,
    closes_body,
    common_word,
    headline_tokens,
    is_listed,
    looks_personal,
    of_firm,
    personal,
    unheard,
)
from ingest.reading.english.entities.introduced import administrations, called_names
from ingest.reading.english.entities.known import gazetteer
from ingest.reading.english.entities.known.figures import is_family
from ingest.reading.english.entities.known.gazetteer import demonym, plain, words
from ingest.reading.english.entities.known.listed import figures_in_full, listed_names
from ingest.reading.english.entities.names import is_given, is_honorific, is_origin, is_suffix, is_title
from ingest.reading.english.entities.told.missed import missed_clubs, missed_persons, name_word, runs_on, title_start
from ingest.reading.english.entities.told.places import told_places
from ingest.reading.english.entities.told.things import THING, told_things
from ingest.reading.english.mended.words import branded

NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LARGE = 500_000  # inhabitants of a city that is meant by its bare name whoever bears it
_TELLING_HOW = ("ly", "vy", "ive", "ous", "ent", "fresh", "new", "fierce", "major", "huge", "intense")
_LOCATIVE = frozenset({"in", "at", "near", "from", "to", "outside", "around", "across", "into", "via"})
_BETWEEN = frozenset({"with", "against", "amid"})  # in lower case they stand in no name: "Kyiv with Zelenskyy" is two


def candidates(doc: Doc) -> list[Candidate]:
    """Named spans of a parse in reading order, no two of which overlap.

    Arguments: doc, a spaCy parse with entities, tags and sentence starts.
    """
    headlines = headline_tokens(doc)
    listed = list(listed_names(doc))
    found = [*administrations(doc), *_bracketed_persons(doc), *told_places(doc, headlines)]
    found += told_things(doc, headlines)
    found += [*listed, *figures_in_full(doc)]
    entities = [_vouched(doc, piece) for ent in doc.ents if ent.label_ in NAMED for piece in _pieces(doc, ent)]
    countries = {c.known.country for c in listed if c.known and c.known.country}
    families = {doc[c.end - 1].text for c in entities if c.label == "PERSON" and is_given(doc[c.start].text)}
    entities = [_after_country(doc, _town(doc, c, countries), families) for c in entities]
    entities = [_as_listed(doc, c, {c.known for c in listed if c.known is not None}) for c in entities]
    supported = _supported(doc, entities, headlines)
    longer = _supported(doc, [c for c in entities if c.end - c.start > 1], headlines)
    found += [c for c in entities if _stands(doc, c, headlines, supported, longer)]
    found += [*_titled(doc), *missed_persons(doc), *missed_clubs(doc), *called_names(doc)]
    found += [*_again(doc, found), *_shortened(doc, found)]
    found += _unheard(doc, found, headlines)
    people = [c for c in found if c.label == "PERSON" and c.end - c.start > 1]
    named, firsts = {doc[c.end - 1].text for c in people}, {doc[c.start].text for c in people}
    found = [_family_first(doc, _surname(doc, c, families, named), firsts) for c in found]
    return sorted(_longest(found), key=lambda c: c.start)


def _longest(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of overlapping candidates the longest; among equals, one that a list knows."""
    taken: set[int] = set()
    for c in sorted(found, key=lambda c: (-_weight(c), c.start)):
        tokens = range(c.start, c.end)
        if c.end > c.start and taken.isdisjoint(tokens):
            taken.update(tokens)
            yield c


def _weight(candidate: Candidate) -> float:
    known = candidate.known is not None and candidate.form == "name"
    thing = 0.7 if candidate.label == THING else 0.0
    return candidate.end - candidate.start + (0.5 if known else 0.0) + (0.4 if candidate.titled else 0.0) + thing


def _pieces(doc: Doc, ent: Span) -> Iterator[Candidate]:
    """Split an entity of the model at line breaks and brackets, and trim both ends."""
    start, last, label = ent.start, _name_end(doc, ent), ent.label_
    if label == "PERSON" and (inside := _office_inside(doc, start, last)) is not None:
        yield Candidate(start, inside[0], "ORG")
        start = inside[1]
    for i in range(ent.start, last + 1):
        if i == last or _parts_names(doc, start, i, last):
            low, high = trimmed(doc, start, i, label)
            behind = _behind_opening(doc, low, high)
            if behind > low:
                yield Candidate(behind, high, "GPE")
            elif low < high:
                yield Candidate(_widened(doc, low, high), high, label)
            start = i + 1
        elif _ends_office(doc, start, i, last):
            yield Candidate(start, i, "GPE")
            start, label = i, "PERSON"
        elif _runs_into_person(doc, start, i, last):
            yield Candidate(start, i, ent.label_)
            start = i


def _office_inside(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Where the office begins and ends in "Nordbank | chief executive | Sara Lind", which the model has as one name."""
    low = [i for i in range(start + 1, end - 1) if doc[i].is_alpha and doc[i].text.islower()]
    return (low[0], low[-1] + 1) if low and doc[low[-1]].lemma_.lower() in words("nouns", "person") else None


def _behind_opening(doc: Doc, start: int, end: int) -> int:
    """Where a place begins behind the word of English that opens its sentence: "Deadly | Gaza strikes"."""
    first = doc[start]
    opening = end - start > 1 and first.is_sent_start and not unheard(first.text)
    if not opening or not first.lower_.endswith(_TELLING_HOW) or gazetteer.area(plain(doc[start:end].text)):
        return start
    known = gazetteer.area(plain(doc[start + 1 : end].text)) or gazetteer.place(plain(doc[start + 1 : end].text))
    return start + 1 if known and not gazetteer.place(plain(doc[start:end].text)) else start


def _runs_into_person(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether a listed body's name ends and one name word is left ("the Washington Post | Trump")."""
    behind_place = start > 0 and doc[start - 1].lower_ in _LOCATIVE and end - i == 2
    if behind_place and gazetteer.area(plain(doc[start:i].text)) and looks_personal(plain(doc[i:end].text)):
        return True  # "In Scotland | Ada Berg | called for it"
    left = end - i == 1 and i - start > 1 and is_family(doc[i].text) and not closes_body(doc[i].text)
    return left and gazetteer.organization(plain(doc[start:i].text)) is not None


def _ends_office(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether the country of an office ends and its holder's name begins ("President of Ukraine | Ada Berg")."""
    if start < 2 or i == start or end - i < 2 or doc[start - 1].lower_ != "of":
        return False
    held = doc[start - 2]
    office = is_title(held.text) or held.lower_ in words("person_names", "lower_roles")
    longer = gazetteer.area(plain(doc[start : i + 1].text)) is not None
    return office and not longer and gazetteer.area(plain(doc[start:i].text)) is not None and name_word(doc[i])


def _widened(doc: Doc, start: int, end: int) -> int:
    """Start of a name of which the model saw only the last words ("Gerlind | Caddell", "Anders | Holm Berg")."""
    if start and end - start == 2 and _given_before(doc[start - 1], doc[end - 1]):
        return start - 1
    if end - start != 1 or start == 0:
        return start
    first, last = doc[start - 1], doc[start]
    joined = first.pos_ == "PROPN" and first.dep_ == "compound" and first.head.i == last.i and first.sent == last.sent
    plain_word = first.is_alpha and first.is_title and not first.ent_type_ and not is_title(first.text)
    # "Rival Dunmore reports": a word of English has its capital from the sentence
    opening = first.is_sent_start and not unheard(first.text) and not is_given(first.text)
    if opening:
        return start
    return start - 1 if joined and plain_word and not is_listed(first.text) and not demonym(first.text) else start


def _given_before(first: Token, last: Token) -> bool:
    """Whether a given name that the tagger takes for a common noun belongs to the two words behind it."""
    joined = first.dep_ == "compound" and first.head.i == last.i and first.sent == last.sent and not first.ent_type_
    return joined and first.is_title and is_given(first.text) and last.ent_type_ == "PERSON"


def _parts_names(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether a token inside an entity of the model ends one name and begins another ("the White House's Council")."""
    owner = plain(doc[start:i].text)
    if doc[i].text == "," and i > start:
        return bool(gazetteer.place(owner))
    if doc[i].text in _BETWEEN and i > start:
        return True
    if doc[i].lower_ == "and" and i > start and i + 1 < end:  # "PAO Gazprom and | Gazprombank"
        whole = gazetteer.organization(plain(doc[start:end].text))
        return whole is None and any(gazetteer.organization(n) for n in (owner, plain(doc[i + 1 : end].text)))
    if doc[i].text in {"'s", "’s"}:
        person = i + 1 < len(doc) and is_given(doc[i + 1].text)
        body = owner.split()[-1:] and owner.split()[-1] in words("nouns", "organization")
        return bool(person or body or gazetteer.area(owner) or gazetteer.organization(owner))
    if doc[i].text in {"-", "–", "—"} and i > start and doc[i - 1].whitespace_ and doc[i].whitespace_:
        return True
    return "\n" in doc[i].text or doc[i].text in {"(", ")", ";", "--", "*"}


def _name_end(doc: Doc, ent: Span) -> int:
    """End of a name that the model cut at a particle ("Ursula von der | Leyen"), before "Jr." or after "of"."""
    end = ent.end
    if ent.label_ == "ORG" and doc[end - 1].text == "of" and end < len(doc) and doc[end].ent_iob_ == "B":
        return next(i for i in range(end + 1, len(doc) + 1) if i == len(doc) or doc[i].ent_iob_ != "I")
    if ent.label_ != "PERSON":
        return end
    beyond = end
    while beyond < len(doc) and doc[beyond].text in words("person_names", "particles"):
        beyond += 1
    cut = beyond > end or doc[end - 1].text in words("person_names", "particles")
    if cut and beyond < len(doc) and doc[beyond].pos_ == "PROPN" and doc[beyond].text[0].isupper():
        end = beyond + 1
    if end < len(doc):
        end += runs_on(doc[end - 1], doc[end]) and is_family(doc[end].text)  # "Recep Tayyip | Erdogan"
    end += end < len(doc) and is_suffix(doc[end].text)
    # the tokenizer parts the point from "Sr."
    pointed = end < len(doc) and doc[end].text == "." and is_suffix(doc[end - 1].text) and not doc[end - 1].whitespace_
    return end + (pointed and end + 1 < len(doc) and not doc[end + 1].is_sent_start)


def _supported(doc: Doc, entities: list[Candidate], headlines: frozenset[int]) -> frozenset[str]:
    return frozenset(t.text for c in entities if c.start not in headlines for t in doc[c.start : c.end])


def _town(doc: Doc, c: Candidate, countries: set[str]) -> Candidate:
    """Make a body or building of the model a town when a country that the article names has one of that name."""
    name = plain(surface(doc, c))
    if c.label not in {"ORG", "FAC"} or c.known or gazetteer.organization(name, weak=True):
        return c
    towns = [k for k in gazetteer.place(name) if k.country in countries]
    return replace(c, known=towns[0]) if towns and not is_given(name) else c


def _after_country(doc: Doc, c: Candidate, families: set[str]) -> Candidate:
    """A family name that the model joined to the country that ends the sentence before: "in the U.S. | Jobs said"."""
    joined = c.end - c.start == 2 and "." in doc[c.start].text and is_origin(doc[c.start].text)
    return replace(c, start=c.start + 1, label="PERSON") if joined and doc[c.end - 1].text in families else c


def _surname(doc: Doc, c: Candidate, families: set[str], longer: set[str]) -> Candidate:
    """A town of no size whose name is that of a person of the article is the person: "Bolton's killing"."""
    town = c.known is not None and c.known.subtype == "city" and (c.known.population or 0) < _LARGE
    borne = doc[c.start].text in families or (doc[c.start].text in longer and personal(doc, c.start, c.end))
    alone = c.end - c.start == 1 and c.form == "name" and borne
    owns = c.end < len(doc) and doc[c.end].tag_ == "POS"
    led = c.start > 0 and doc[c.start - 1].lower_ in _LOCATIVE and not owns
    return replace(c, known=None, label="PERSON") if town and alone and not led else c


def _family_first(doc: Doc, c: Candidate, firsts: set[str]) -> Candidate:
    """“Wang Yi met aides. | Wang | smiled”: the first word of a person's name, which is no given name, says who."""
    word = doc[c.start].text
    alone = c.end - c.start == 1 and c.known is None and c.label == "ORG" and word in firsts and not is_given(word)
    return replace(c, label="PERSON") if alone and personal(doc, c.start, c.end) else c


def _as_listed(doc: Doc, c: Candidate, known: set[gazetteer.Known]) -> Candidate:
    """A body of the model's whose name is a word as well, as the one that the article has elsewhere: "Target"."""
    if c.label != "ORG" or c.known is not None:
        return c
    weak = gazetteer.organization(plain(surface(doc, c)), weak=True)
    return replace(c, known=weak) if weak is not None and weak in known else c


def _vouched(doc: Doc, c: Candidate) -> Candidate:
    """Make a candidate a person when a lower-case role stands right before it ("actor Denzel Washington")."""
    if c.label == "PERSON" and any(t.text == "&" for t in doc[c.start : c.end]):
        return replace(c, label="ORG")
    before = doc[c.start - 1] if c.start else None
    role = before is not None and before.pos_ == "NOUN" and before.lower_ in words("person_names", "lower_roles")
    alone = all(t.is_alpha or "." in t.text for t in doc[c.start : c.end])
    return replace(c, label="PERSON", titled=True) if role and alone and c.label in {"ORG", "GPE", "PERSON"} else c


def _stands(
    doc: Doc, c: Candidate, headlines: frozenset[int], supported: frozenset[str], longer: frozenset[str]
) -> bool:
    """Whether an entity of the model is a name; in a headline only if the article has its words in names elsewhere.

    Arguments: supported, the words of names outside headlines; longer, those of names of more than one word.
    """
    if c.start in headlines:
        tokens = doc[c.start : c.end]
        person = len(tokens) == 2 and c.label == "PERSON" and is_given(tokens[0].text) and tokens[1].pos_ == "PROPN"
        if not person and not all(t.text in supported for t in tokens if t.text[0].isupper()):
            return False
    if common_word(doc, c.start, c.end) and doc[c.start].text not in longer and not is_listed(plain(surface(doc, c))):
        return False
    return believable(doc, c.start, c.end, c.label)


def _bracketed_persons(doc: Doc) -> Iterator[Candidate]:
    """Names with an editor's insertion: "President [Vlodymyr] Zelenskyy"."""
    for token in doc:
        if token.text == "[" and token.i + 3 < len(doc) and doc[token.i + 2].text == "]":
            inner, after = doc[token.i + 1], doc[token.i + 3]
            if inner.text[0].isupper() and after.text[0].isupper():
                start = title_start(doc, token.i)
                yield Candidate(start, token.i + 4, "PERSON", titled=start < token.i)


def _titled(doc: Doc) -> Iterator[Candidate]:
    """Persons by their title: one or more titles and the capitalised words that follow."""
    for token in doc[:-1]:
        if not is_title(token.text):
            continue
        following = doc[token.i + 1]
        if is_title(following.text) or not name_word(following):
            continue
        end = token.i + 1
        while end < len(doc) and (name_word(doc[end]) or is_suffix(doc[end].text)) and not doc[end].is_sent_start:
            end = _behind_article(doc, end + 1)
        name = plain(doc[token.i + 1 : end].text)
        if any(is_title(t.text) for t in doc[token.i + 2 : end - 1]) and not is_honorific(token.text):
            continue
        if gazetteer.area(name) or gazetteer.organization(name) or not _may_be_titled(doc, token, end):
            continue
        yield Candidate(title_start(doc, token.i + 1), end, "PERSON", titled=True)


def _behind_article(doc: Doc, end: int) -> int:
    """End of a name that goes on with the Arabic article, which the tokenizer parts: "Rafik | al-Hariri"."""
    article = doc[end : end + 3]
    joined = len(article) == 3 and article[0].text in words("person_names", "particles") and article[1].text == "-"
    if joined and article[2].text[0].isupper():
        return end + 3
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2  # "Waker-uz-Zaman"
    return end


def _again(doc: Doc, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """A person's surname where the model missed it: the article has it as a person's elsewhere."""
    persons = [doc[c.end - 1] for c in found if c.label == "PERSON" and c.known is None]
    taken = {i for c in found for i in range(c.start, c.end)}
    names = {t.text for t in persons if t.is_title and len(t) > 3 and t.pos_ == "PROPN"}
    for token in doc:
        if token.text not in names or token.i in taken or token.pos_ not in {"PROPN", "NOUN", "VERB", "ADJ"}:
            continue
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
        if not token.ent_type_ and not any(t.pos_ == "PROPN" and t.text[0].isupper() for t in beside):
            yield Candidate(token.i, token.i + 1, "PERSON")


def _shortened(doc: Doc, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """A body by the first word of its name ("Hallmark", of Hallmark Financial), where the model missed it."""
    taken = {i for c in found for i in range(c.start, c.end)}
    bodies = (doc[c.start : c.end] for c in found if c.label == "ORG" and c.end - c.start > 1)
    first = {b[0].text for b in bodies if b[0].is_title and len(b[0]) > 3 and not is_origin(b[0].text)}
    for token in doc:
        if token.text not in first or token.i in taken or token.pos_ != "PROPN" or token.ent_type_ == "ORG":
            continue
        alone = not any(t.pos_ == "PROPN" for t in doc[max(0, token.i - 1) : token.i + 2] if t.i != token.i)
        if alone and _acts(token) and not is_listed(token.text) and not is_given(token.text):
            yield Candidate(token.i, token.i + 1, "ORG")


def _unheard(doc: Doc, found: Iterable[Candidate], headlines: Collection[int]) -> Iterator[Candidate]:
    """Names that neither list nor model knows: capitalised words of no English, of what acts or is acted upon.

    One that stands only first in a sentence has to do what persons or bodies do.
    """
    taken = {i for c in found for i in range(c.start, c.end)}
    free = [t for t in doc if t.i not in taken and t.i not in headlines and _no_english(t)]
    inside = Counter(t.text for t in free if not t.is_sent_start)
    for token in free:
        body = bodily(doc, token.i, token.i + 1) or branded(token.text)
        person = token.dep_ in _SUBJECTS and personal(doc, token.i, token.i + 1) and not body
        sure = bool(inside[token.text]) or person or body
        before = [c for c in token.lefts if c.dep_ in {"det", "compound", "nmod"}]
        if sure and (_acts(token) or of_firm(token)) and (not before or body):
            yield Candidate(token.i, token.i + 1, "PERSON" if person else "ORG")


def _no_english(token: Token) -> bool:
    """Whether a word with a capital and no label of the model's is in no list of English words."""
    return token.pos_ == "PROPN" and not token.ent_type_ and unheard(token.text)


def _acts(token: Token) -> bool:
    """Whether something is done by, to or with what a name names, or it is somebody's owner."""
    if token.dep_ in {*_SUBJECTS, "dobj", "dative", "poss"}:
        return True
    by = token.dep_ == "pobj" and token.head.lower_ in {"by", "of", "against", "to", "from", "with", "for", "at"}
    beside = token.head.pos_ == "PROPN" or (token.dep_ == "appos" and token.head.i == token.left_edge.i - 1)
    return by or (token.dep_ in {"conj", "appos"} and beside and _acts(token.head))


def _may_be_titled(doc: Doc, title: Token, end: int) -> bool:
    """Whether a person follows the title's word: "State Department" and "General Motors" begin with one too."""
    if is_honorific(title.text):
        return True
    last = doc[end - 1].text
    organization = (
        last in words("nouns", "organization")
        or last.lower() in words("nouns", "event")
        or last in words("nouns", "place")
    )
    persons = any(t.ent_type_ == "PERSON" for t in doc[title.i + 1 : end])
    ranked = title.text in words("person_names", "sure_ranks") and end - title.i == 2
    ranked = ranked or any(t.text == "-" for t in doc[title.i + 2 : end])  # "General Waker-uz-Zaman"
    return not organization and (persons or ranked)
