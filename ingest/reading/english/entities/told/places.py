"""Names that no list has and that the text makes places: "the town of Drosk", "the siege of Drosk", "took Drosk".

The small English model takes an unknown town for a people or a firm. What stands around the name says better what it
is (patterns of the kind of Hearst, COLING 1992).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from ingest.reading.english.entities.candidate import TOWN, Candidate
from ingest.reading.english.entities.evidence import closes_other, fought_over, is_listed, personal
from ingest.reading.english.entities.known.gazetteer import demonym, place, words
from ingest.reading.english.entities.names import is_given, is_title

_KINDS = frozenset(
    {"town", "city", "village", "port", "hamlet", "suburb", "settlement", "municipality", "commune", "township"}
)
_OF_TOWNS = frozenset(
    {
        "siege", "battle", "bombardment", "shelling", "liberation", "mayor", "outskirts", "market", "streets",
        "suburbs", "centre", "center", "residents", "inhabitants"
    }
)  # fmt: skip
_IN_TOWNS = frozenset(
    {
        "market", "hospital", "school", "street", "square", "church", "mosque", "bridge", "station", "house", "home",
        "shelter", "prison", "camp", "cemetery", "park", "building", "barracks", "theatre", "theater"
    }
)  # fmt: skip
_LANDS = frozenset({"peninsula", "province", "region", "valley", "archipelago", "district", "volcano", "glacier"})
_WITHIN = frozenset({"in", "near", "outside"})
_OPEN = frozenset({"NORP", "GPE", "LOC", "FAC"})
_LONGEST = 3  # words of a name


def told_places(doc: Doc, headlines: Collection[int]) -> Iterator[Candidate]:
    """Mentions of names that the article calls places and that no list knows, in reading order.

    Arguments: a parse; headlines, its tokens in sentences in title case, where a capital marks no name.
    """
    known = {name for token in doc for name in _called(token)}
    known |= {name for token in doc if token.i not in headlines for name in (*_within(token), *_fought(token))}
    for start in range(len(doc)):
        for name in (n for n in known if doc[start].text == n[0]):
            span = doc[start : start + len(name)]
            if tuple(t.text for t in span) == name and not _inside_a_name(doc, start, start + len(name)):
                yield Candidate(start, start + len(name), TOWN)


def _called(token: Token) -> Iterator[tuple[str, ...]]:
    """Names after “the town of”, “the siege of”, “the mayor of”; of what is besieged; “the Drosk peninsula”."""
    if token.i + 1 < len(token.doc) and token.nbor().lower_ in _LANDS and token.pos_ == "PROPN" and token.is_title:
        alone = token.i > 0 and token.nbor(-1).lower_ in ("the", "in") and _unknown(token, [token.text])
        yield from [(token.text,)] if alone else []
    after = token.doc[token.i + 1 : token.i + 2 + _LONGEST]
    of = len(after) > 1 and after[0].lower_ == "of" and token.lower_ in _KINDS | _OF_TOWNS
    if not of and token.lower_ != "besieged":
        return
    name = [t.text for t in takewhile(lambda t: t.pos_ == "PROPN" and t.is_title, after[1:] if of else after[:1])]
    first = after[1 if of else 0] if name else token
    # a small town that a list has and the model takes for a body
    small = token.lower_ in _KINDS and bool(place(" ".join(name))) and first.ent_type_ not in ("GPE", "LOC")
    if name and (small or _unknown(first, name)):
        yield tuple(name)


def _within(token: Token) -> Iterator[tuple[str, ...]]:
    """A name of one word after “in” that the model takes for a people or a place, or where a house stands."""
    after = token.doc[token.i + 2] if token.i + 2 < len(token.doc) else token
    bare = token.lower_ in _WITHIN and token.i + 1 < len(token.doc) and after.pos_ not in ("PROPN", "NOUN", "NUM")
    if not bare or token.nbor().pos_ != "PROPN":
        return
    name = token.nbor()
    housed = name.ent_type_ == "ORG" and token.i > 0 and token.nbor(-1).lemma_.lower() in _IN_TOWNS
    if name.dep_ == "pobj" and name.is_title and (housed or name.ent_type_ in _OPEN) and _unknown(name, [name.text]):
        yield (name.text,)


def _fought(token: Token) -> Iterator[tuple[str, ...]]:
    """A name of one word that is taken, shelled or the like, as land is."""
    alone = token.pos_ == "PROPN" and token.is_title and not any(c.dep_ == "compound" for c in token.children)
    if alone and fought_over(token) and _unknown(token, [token.text]):
        yield (token.text,)


def _unknown(first: Token, name: Sequence[str]) -> bool:
    """Whether no list says what a name is, and nothing in it that it is no place's."""
    whole, span = " ".join(name), (first.i, first.i + len(name))
    listed = is_listed(whole) or bool(place(whole)) or any(demonym(w) for w in name)
    thing = listed or first.text in words("nouns", "no_name") or first.lower_ in words("nouns", "event")
    person = is_given(name[0]) or any(is_title(w) for w in name) or personal(first.doc, *span)
    creed = first.lower_.endswith(("ism", "ity", "ish", "ese", "ian"))  # or a tongue
    return not (thing or person or creed or closes_other(name[-1])) and len(whole) > 2


def _inside_a_name(doc: Doc, start: int, end: int) -> bool:
    """Whether the words are only a part of a longer name: "Drosk | Steel"."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    joined = after is not None and after.pos_ == "PROPN" and after.is_title and doc[end - 1].head.i == after.i
    return joined or (before is not None and before.pos_ == "PROPN" and before.head.i == end - 1 and before.is_title)
