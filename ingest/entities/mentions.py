"""Where an article names somebody, some place or some body: the parse's named entities, mended by lists and by rules.

The small English model takes cities for persons, peninsulas for firms and headlines for organisations. So its spans are
trimmed, split and vetoed here, and names that it missed are added when a list or a title vouches for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from ingest.entities import gazetteer
from ingest.entities.evidence import (
    LOCATIVE,
    believable,
    closes_body,
    closes_other,
    common_word,
    entity_over,
    headline_tokens,
    is_listed,
)
from ingest.entities.figures import is_family
from ingest.entities.gazetteer import Known, demonym, plain, reach, words
from ingest.entities.names import is_given, is_honorific, is_origin, is_suffix, is_title, last_title

NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_PUNCTUATION = frozenset("\"'“”‘’`,;:.-–—()[]") | {"``", "''", "--"}
_LIKELY_CITY = 100_000
_GREATEST_CITY = 1_000_000
_GREAT_CITY = 500_000
"""Inhabitants from which a city is believed with nothing else to vouch for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that may name something.

    label: the model's, or which rule found it; known: what a list says; titled: has a title or a role before it.
    """

    start: int
    end: int
    label: str
    known: Known | None = None
    form: str = "name"
    titled: bool = False


_BETWEEN = frozenset({"with", "against", "amid"})  # in lower case they stand in no name: "Kyiv with Zelenskyy" is two


def candidates(doc: Doc) -> list[Candidate]:
    """Named spans of a parse in reading order, no two of which overlap.

    Arguments: doc, a spaCy parse with entities, tags and sentence starts.
    """
    headlines = headline_tokens(doc)
    listed = list(_listed(doc))
    found = [*_administrations(doc), *_bracketed_persons(doc)]
    found += listed
    entities = [_vouched(doc, piece) for ent in doc.ents if ent.label_ in NAMED for piece in _pieces(doc, ent)]
    countries = {c.known.country for c in listed if c.known and c.known.country}
    families = {doc[c.end - 1].text for c in entities if c.label == "PERSON" and is_given(doc[c.start].text)}
    entities = [_after_country(doc, _town(doc, c, countries), families) for c in entities]
    supported = _supported(doc, entities, headlines)
    longer = _supported(doc, [c for c in entities if c.end - c.start > 1], headlines)
    found += [c for c in entities if _stands(doc, c, headlines, supported, longer)]
    found += [*_titled(doc), *_given_and_family(doc)]
    found += _again(doc, found)
    return sorted(_longest(found), key=lambda c: c.start)


def surface(doc: Doc, candidate: Candidate) -> str:
    """Words of a candidate as the text has them."""
    return doc[candidate.start : candidate.end].text


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
    return candidate.end - candidate.start + (0.5 if known else 0.0) + (0.4 if candidate.titled else 0.0)


def _pieces(doc: Doc, ent: Span) -> Iterator[Candidate]:
    """Split an entity of the model at line breaks and brackets, and trim both ends."""
    start, last = ent.start, _name_end(doc, ent)
    for i in range(ent.start, last + 1):
        if i == last or _parts_names(doc, start, i):
            low, high = _trimmed(doc, start, i, ent.label_)
            if low < high:
                yield Candidate(_widened(doc, low, high), high, ent.label_)
            start = i + 1
        elif _runs_into_person(doc, start, i, last):
            yield Candidate(start, i, ent.label_)
            start = i


def _runs_into_person(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether a listed body's name ends and one name word is left ("the Washington Post | Trump")."""
    left = end - i == 1 and i - start > 1 and is_family(doc[i].text) and not closes_body(doc[i].text)
    return left and gazetteer.organization(plain(doc[start:i].text)) is not None


def _widened(doc: Doc, start: int, end: int) -> int:
    """Start of a name of which the model saw the last word alone ("Gerlind | Caddell")."""
    if end - start != 1 or start == 0:
        return start
    first, last = doc[start - 1], doc[start]
    joined = first.pos_ == "PROPN" and first.dep_ == "compound" and first.head.i == last.i and first.sent == last.sent
    plain_word = first.is_alpha and first.is_title and not first.ent_type_ and not is_title(first.text)
    opening = first.is_sent_start and (first.is_stop or first.lower_.endswith(("ing", "ly", "ed", "like")))
    if opening:
        return start
    return start - 1 if joined and plain_word and not is_listed(first.text) and not demonym(first.text) else start


def _parts_names(doc: Doc, start: int, i: int) -> bool:
    """Whether a token inside an entity of the model ends one name and begins another ("the White House's Council")."""
    owner = plain(doc[start:i].text)
    if doc[i].text == "," and i > start:
        return bool(gazetteer.place(owner))
    if doc[i].text in _BETWEEN and i > start:
        return True
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
    end += end < len(doc) and is_suffix(doc[end].text)
    # the tokenizer parts the point from "Sr."
    pointed = end < len(doc) and doc[end].text == "." and is_suffix(doc[end - 1].text) and not doc[end - 1].whitespace_
    return end + (pointed and end + 1 < len(doc) and not doc[end + 1].is_sent_start)


def _trimmed(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    while start < end and _no_name_start(doc[start], label, end - start):
        start += 1
    while end > start and _no_name_end(doc, end - 1):
        end -= 1
    return (_at_titles(doc, start, end) if label == "PERSON" else start), end


def _at_titles(doc: Doc, start: int, end: int) -> int:
    """Start of a person's name with the titles right before it, without the place or body before those."""
    name = start + last_title([t.text for t in doc[start:end]]) if end > start else start
    first = name
    while first > start and is_title(doc[first - 1].text):
        first -= 1
    return first


def _no_name_end(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "." and i and is_suffix(doc[i - 1].text) and not doc[i - 1].whitespace_:
        return False
    if token.text in {"union", "company", "firm", "brand", "unit"}:
        return True  # "the United Auto Workers union"
    return token.is_space or token.text in _PUNCTUATION or token.text in {"'s", "’s", "s", "of"}


def _no_name_start(token: Token, label: str, length: int) -> bool:
    if token.is_space or token.text in _PUNCTUATION or token.lower_ in {"the", "a", "an", "this", "that"}:
        return True
    if length == 1 or label != "PERSON":
        return False
    verb = token.is_sent_start is True and (token.pos_ == "VERB" or token.dep_ in {"advcl", "ROOT"})
    return is_origin(token.text) or token.text[0].islower() or (verb and not is_given(token.text))


def _supported(doc: Doc, entities: list[Candidate], headlines: frozenset[int]) -> frozenset[str]:
    """Words of names outside headlines."""
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


def _vouched(doc: Doc, c: Candidate) -> Candidate:
    """Make a candidate a person when a lower-case role stands right before it ("actor Denzel Washington")."""
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


def _listed(doc: Doc) -> Iterator[Candidate]:
    """Names that a list holds: the longest at each place."""
    i = 0
    texts = [token.text for token in doc]
    while i < len(texts):
        capital = texts[i][0].isupper() or texts[i][:3] in {"al-", "al "}
        longest = reach(texts[i]) if capital else 0
        match = _listed_at(doc, i, longest) if longest else None
        if match:
            yield match
        i = match.end if match else i + 1


def _listed_at(doc: Doc, start: int, longest: int) -> Candidate | None:
    if doc[start].lower_ in {"the", "a", "an"}:
        return None
    top = min(len(doc), start + longest)
    for end in range(top, start, -1):
        if doc[end - 1].is_space or doc[end - 1].text in {",", "'s", "’s"}:
            continue
        name = plain(doc[start:end].text)
        known = gazetteer.organization(name) or gazetteer.area(name)
        money = doc[end].text[:1] == "$" if end < len(doc) else False
        if known and known.kind == "Organization" and known.country and (longer := _of_whom(doc, end)) > end:
            return Candidate(start, longer, "ORG")
        if known and not money and not _part_of_other_name(doc, start, end, known):
            return Candidate(start, end, "LIST", known)
    return _single(doc, start)


def _of_whom(doc: Doc, end: int) -> int:
    """End of "of X" after the name of a state's body when X is no state that a list knows, else the given end."""
    if end + 1 >= len(doc) or doc[end].text != "of" or doc[end + 1].pos_ != "PROPN":
        return end
    last = end + 1
    while last < len(doc) and doc[last].pos_ == "PROPN" and doc[last].text[0].isupper():
        last += 1
    return end if gazetteer.area(plain(doc[end + 1 : last].text)) else last


def _single(doc: Doc, i: int) -> Candidate | None:
    """Demonym, weak organisation name with support, or city at one place."""
    for end in range(min(len(doc), i + 4), i, -1):
        name = plain(doc[i:end].text)
        country = demonym(name) or (gazetteer.one_of_people(name) if _counted(doc, i) else None)
        if country and not _part_of_other_name(doc, i, end, country):
            return Candidate(i, end, "NORP", country, form="demonym")
        weak = gazetteer.organization(name, weak=True)
        if weak and _organization_context(doc, i, end, weak):
            longer = _of_whom(doc, end) if weak.country else end
            return Candidate(i, longer, "ORG") if longer > end else Candidate(i, end, "LIST", weak)
        city = _city(doc, i, end, name)
        if city:
            return Candidate(i, end, "LIST", city)
    return None


def _counted(doc: Doc, i: int) -> bool:
    """Whether an article or a number stands before a noun that is the head of its phrase ("a Turk")."""
    before = doc[i - 1].lower_ if i else ""
    return before in {"a", "an", "one", "another", "the", "every", "young"} and doc[i].dep_ not in {"compound", "amod"}


def _part_of_other_name(doc: Doc, start: int, end: int, known: Known) -> bool:
    """Whether the words are a piece of a longer name ("Jordan" in "Michael Jordan", "Chad Smith")."""
    over = next((found for i in range(start, end) if (found := entity_over(doc, i))), None)
    before = doc[start - 1] if start else None
    if before is not None and (is_honorific(before.text) or (is_given(before.text) and before.ent_type_ == "PERSON")):
        return True
    if over is None or over[2] != "PERSON" or (over[0] >= start and over[1] <= end):
        return False
    follows = doc[end] if end < over[1] else None
    if known.kind == "Place" and follows is not None and (is_title(follows.text) or follows.text in {"'s", "’s"}):
        return False
    longer = over[1] - max(over[0], start) > end - start
    return longer and demonym(doc[start:end].text) is None and known.subtype != "country"


def _organization_context(doc: Doc, start: int, end: int, known: Known) -> bool:
    """Whether a name that is also a common word means the organisation here."""
    token = doc[start]
    following = doc[end].text if end < len(doc) else ""
    if known.subtype == "party":
        return (
            token.text[-1] == "s"
            or following in {"Party", "party", "(", "senator", "senators", "lawmaker", "lawmakers"}
            or (known.subtype == "party" and token.pos_ == "PROPN" and token.ent_type_ == "NORP")
        )
    if known.subtype == "platform":
        posted = {
            "post",
            "posted",
            "posts",
            "account",
            "wrote",
            "tweet",
            "tweeted",
            "platform",
            "shared",
            "video",
            "message",
            "thread",
        }
        near = {t.lower_ for t in doc[max(0, start - 8) : min(len(doc), end + 4)]}
        return token.i > 0 and doc[start - 1].lower_ in {"on", "to", "platform", "via"} and bool(posted & near)
    return (
        token.pos_ == "PROPN"
        and token.ent_type_ in {"ORG", "GPE", "FAC", "NORP", "PRODUCT", "LOC"}
        and not _inside_longer(doc, start, end)
    )


def _inside_longer(doc: Doc, start: int, end: int) -> bool:
    over = entity_over(doc, start)
    if over is None:
        return False
    low, high = _trimmed(doc, *over)
    return low < start or high > end


def _city(doc: Doc, start: int, end: int, name: str) -> Known | None:
    tokens = doc[start:end]
    if not all(t.text[0].isupper() or t.text[0] in "-'’" for t in tokens) or not any(t.pos_ == "PROPN" for t in tokens):
        return None
    over = entity_over(doc, start)
    label = over[2] if over and over[1] >= end else ""
    place = label in {"GPE", "LOC"}
    happening = end < len(doc) and doc[end].lower_ in words("nouns", "event")
    if over and not place and not happening and _inside_longer(doc, start, end):
        return None
    found = gazetteer.place(name, alternates=place or label in {"PERSON", "ORG", "FAC"})
    known = _in_named_area(doc, end, found)
    if known is None or place:
        return known
    # an other name that the model takes for something else is believed of a great city only: "Kiev", not "Lion"
    other = name not in {k.name for k in found}
    if other and end - start == 1 and known.population < _GREATEST_CITY:
        return None
    before = doc[start - 1].text if start else ""
    if is_title(before) or is_given(before):
        return None
    if _locative(doc, start):
        return known if known.population >= _LIKELY_CITY else None
    alone = not is_given(name) and (happening or not _beside_name(doc, start, end))
    return known if alone and known.population >= (_LIKELY_CITY if label else _GREAT_CITY) else None


def _beside_name(doc: Doc, start: int, end: int) -> bool:
    """Whether another proper noun stands right before or after, so that the words may be a part of a longer name."""
    around = [doc[i] for i in (start - 1, end) if 0 <= i < len(doc)]
    return any(t.pos_ == "PROPN" and t.text[0].isupper() for t in around)


def _locative(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in LOCATIVE


def _in_named_area(doc: Doc, end: int, found: tuple[Known, ...]) -> Known | None:
    """Pick of several places the one in the area named next ("Athens, Ohio"), else the first."""
    if end + 1 < len(doc) and doc[end].text == "," and found:
        for width in (3, 2, 1):
            name = plain(doc[end + 1 : end + 1 + width].text)
            state, area = gazetteer.state_code(name), gazetteer.area(name)
            inside = [
                k for k in found if (state and k.state == state) or (area and not state and k.country == area.country)
            ]
            if inside:
                return inside[0]
    return found[0] if found else None


def _administrations(doc: Doc) -> Iterator[Candidate]:
    """Bodies named after their head: "Biden administration", "Johnson government"."""
    for token in doc[1:]:
        if token.lower_ not in {"administration", "government", "regime", "campaign"}:
            continue
        before = doc[token.i - 1]
        if before.pos_ == "PROPN":
            listed = gazetteer.area(plain(before.text)) or demonym(before.text)
            if before.text[0].isupper() and before.text.isalpha() and not listed and before.ent_type_ != "GPE":
                yield Candidate(before.i, token.i + 1, "ADMINISTRATION")


def _bracketed_persons(doc: Doc) -> Iterator[Candidate]:
    """Names with an editor's insertion: "President [Vlodymyr] Zelenskyy"."""
    for token in doc:
        if token.text == "[" and token.i + 3 < len(doc) and doc[token.i + 2].text == "]":
            inner, after = doc[token.i + 1], doc[token.i + 3]
            if inner.text[0].isupper() and after.text[0].isupper():
                start = _title_start(doc, token.i)
                yield Candidate(start, token.i + 4, "PERSON", titled=start < token.i)


def _title_start(doc: Doc, start: int) -> int:
    """First token of the titles right before a name, and of the country before them ("South Korean President")."""
    first = start
    while first > 0 and is_title(doc[first - 1].text) and not doc[first - 1].is_sent_end:
        first -= 1
    for width in (2, 1):
        origin = doc[max(0, first - width) : first]
        if first < start and len(origin) == width and is_origin(origin.text) and origin[0].sent == doc[start].sent:
            return first - width
    return first


def _titled(doc: Doc) -> Iterator[Candidate]:
    """Persons by their title: one or more titles and the capitalised words that follow."""
    for token in doc[:-1]:
        if not is_title(token.text):
            continue
        following = doc[token.i + 1]
        if is_title(following.text) or not _name_word(following):
            continue
        end = token.i + 1
        while end < len(doc) and (_name_word(doc[end]) or is_suffix(doc[end].text)) and not doc[end].is_sent_start:
            end += 1
        name = plain(doc[token.i + 1 : end].text)
        if any(is_title(t.text) for t in doc[token.i + 2 : end - 1]) and not is_honorific(token.text):
            continue
        if gazetteer.area(name) or gazetteer.organization(name) or not _may_be_titled(doc, token, end):
            continue
        yield Candidate(_title_start(doc, token.i + 1), end, "PERSON", titled=True)


def _given_and_family(doc: Doc) -> Iterator[Candidate]:
    """Persons whom the model missed: a common given name and the proper noun after it."""
    for token in doc[:-1]:
        if token.ent_type_ or not is_given(token.text) or token.pos_ != "PROPN":
            continue
        family = doc[token.i + 1]
        if _name_word(family) and family.is_alpha and not closes_other(family.text) and not is_title(family.text):
            end = token.i + 2
            while family.ent_type_ == "PERSON" and end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1  # the model has the rest of the name ("Recep | Tayyip Erdogan")
            yield Candidate(_title_start(doc, token.i), end, "PERSON")


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


def _name_word(token: Token) -> bool:
    initial = re.fullmatch(r"[A-Z]\.?", token.text) is not None
    return initial or (
        token.text[0].isupper() and token.pos_ == "PROPN" and not token.text.isupper() and token.text[0].isalpha()
    )


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
    return not organization and persons
