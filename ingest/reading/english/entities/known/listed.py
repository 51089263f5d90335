"""Names of an article that a list holds: peoples, states, bodies and cities, each where the words around it allow."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from ingest.reading.english.entities.candidate import Candidate, trimmed
from ingest.reading.english.entities.evidence import LOCATIVE, entity_over, fought_over
from ingest.reading.english.entities.known import gazetteer
from ingest.reading.english.entities.known.figures import full_name, is_family
from ingest.reading.english.entities.known.gazetteer import Known, demonym, plain, reach, words
from ingest.reading.english.entities.names import is_given, is_honorific, is_title

_MOST_WORDS = 6  # of a public figure's name
_OF_A_STATE = frozenset({"parliament", "court", "government"})
_LIKELY_CITY = 100_000
_GREATEST_CITY = 1_000_000
_GREAT_CITY = 500_000
"""Inhabitants from which a city is believed with nothing else to vouch for it."""


def listed_names(doc: Doc) -> Iterator[Candidate]:
    """Names that a list holds: the longest at each place.

    A name that is also a common word is believed where the article has the body's other name as well.
    """
    found = list(_longest(doc, frozenset()))
    told = {c.known.id for c in found if c.known is not None} & gazetteer.doubtful()
    return iter(list(_longest(doc, frozenset(told))) if told else found)


def _longest(doc: Doc, told: frozenset[str]) -> Iterator[Candidate]:
    i = 0
    texts = [token.text for token in doc]
    while i < len(texts):
        capital = texts[i][0].isupper() or texts[i][:3] in {"al-", "al "}
        longest = reach(texts[i]) if capital else 0
        match = _listed_at(doc, i, longest, told) if longest else None
        if match:
            yield match
        i = match.end if match else i + 1


def figures_in_full(doc: Doc) -> Iterator[Candidate]:
    """Public figures by their whole name, which need no other evidence: “Xi Jinping met reporters”."""
    texts = [token.text for token in doc]
    for i, text in enumerate(texts):
        length = full_name(texts[i : i + _MOST_WORDS]) if text[0].isupper() else 0
        if length:
            yield Candidate(i, i + length, "PERSON")


def _listed_at(doc: Doc, start: int, longest: int, told: frozenset[str]) -> Candidate | None:
    if doc[start].lower_ in {"the", "a", "an"}:
        return None
    top = min(len(doc), start + longest)
    for end in range(top, start, -1):
        if doc[end - 1].is_space or doc[end - 1].is_quote or doc[end - 1].text in {",", "'s", "’s"}:
            continue
        name = plain(doc[start:end].text)
        known = gazetteer.organization(name) or gazetteer.area(name)
        money = doc[end].text[:1] == "$" if end < len(doc) else False
        if known and known.subtype in _OF_A_STATE and _of_other_state(doc, end, known):
            return Candidate(start, end, "ORG")
        if known and known.kind == "Organization" and known.country and (longer := _of_whom(doc, end)) > end:
            return Candidate(start, longer, "ORG")
        if known and not money and not _part_of_other_name(doc, start, end, known):
            return Candidate(start, end, "LIST", known)
    return _single(doc, start, told)


def _of_other_state(doc: Doc, end: int, known: Known) -> bool:
    """Whether the place behind a state's body is another's: “the Senate in Madrid” is not that of the United States."""
    if end + 1 >= len(doc) or doc[end].lower_ != "in" or doc[end + 1].pos_ != "PROPN":
        return False
    found = gazetteer.place(plain(doc[end + 1].text))
    return bool(found) and found[0].country != known.country and gazetteer.is_capital(found[0])


def _of_whom(doc: Doc, end: int) -> int:
    """End of "of X" after the name of a state's body when X is no state that a list knows, else the given end."""
    if end + 1 >= len(doc) or doc[end].text != "of" or doc[end + 1].pos_ != "PROPN":
        return end
    last = end + 1
    while last < len(doc) and doc[last].pos_ == "PROPN" and doc[last].text[0].isupper():
        last += 1
    return end if gazetteer.area(plain(doc[end + 1 : last].text)) else last


def _single(doc: Doc, i: int, told: frozenset[str]) -> Candidate | None:
    """Demonym, weak organisation name with support, or city at one place."""
    for end in range(min(len(doc), i + 4), i, -1):
        name = plain(doc[i:end].text)
        country = demonym(name) or (gazetteer.one_of_people(name) if _counted(doc, i) else None)
        if country and not _part_of_other_name(doc, i, end, country):
            return Candidate(i, end, "NORP", country, form="demonym")
        weak = gazetteer.organization(name, weak=True)
        known = weak is not None and weak.id in told and doc[i].pos_ == "PROPN" and not _inside_longer(doc, i, end)
        if weak and (known or _organization_context(doc, i, end, weak)):
            if weak.subtype in _OF_A_STATE and _of_other_state(doc, end, weak):
                return Candidate(i, end, "ORG")
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
            or (token.pos_ == "PROPN" and token.ent_type_ in {"NORP", "ORG"} and not _inside_longer(doc, start, end))
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
    low, high = trimmed(doc, *over)
    return low < start or high > end


def _city(doc: Doc, start: int, end: int, name: str) -> Known | None:
    tokens = doc[start:end]
    if not all(t.text[0].isupper() or t.text[0] in "-'’" for t in tokens) or not any(t.pos_ == "PROPN" for t in tokens):
        return None
    over = entity_over(doc, start)
    label = over[2] if over and over[1] >= end else ""
    town = not is_given(name) and (label != "PERSON" or (end - start == 1 and not is_family(name)))
    place = label in {"GPE", "LOC"} or (town and fought_over(doc[start]))
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
