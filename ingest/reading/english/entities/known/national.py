"""Bodies that every state has: "Israel's Supreme Court" is not the American one, and "the Israeli Supreme Court" is it.

The name of such a body says what it is only together with its state, so the state goes into its id and its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from ingest.reading.english.entities.candidate import Candidate, surface
from ingest.reading.english.entities.known.gazetteer import Known, area, demonym, plain, words

_WITH_ARTICLE = ("United", "Czech Rep", "Dominican Rep", "Central Afr", "Netherlands", "Philippines", "Soviet")
_SAME_WORD = {"defence": "defense"}
_SMALL = frozenset({"of", "the", "for", "and", "affairs"})


@dataclass(frozen=True, slots=True)
class Body:
    """A state's body as a text names it: the words without the state, and the state if they say which."""

    name: str
    state: Known | None


def with_states(doc: Doc, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates with the bodies of states known as such; a bare name goes to the one state the article gives it.

    Arguments: doc, a parse; candidates, its named spans. A body that a list knows as this state's own stays that.
    """
    candidates = list(candidates)
    bodies = {c.start: _body(doc, c) for c in candidates if _is_state_body(doc, c)}
    given: dict[str, dict[str, Known]] = {}
    for c in candidates:
        body = bodies.get(c.start)
        if body and body.state:
            for key in _keys(c, body):
                given.setdefault(key, {})[body.state.id] = _known(body, c.known, body.state)
    return [_placed(c, bodies.get(c.start), given) for c in candidates]


def _placed(c: Candidate, body: Body | None, given: dict[str, dict[str, Known]]) -> Candidate:
    if body and body.state:
        return replace(c, known=_known(body, c.known, body.state))
    named = next((given[key] for key in _keys(c, body) if key in given), {})
    return replace(c, known=next(iter(named.values()))) if len(named) == 1 else c


def _keys(c: Candidate, body: Body | None) -> list[str]:
    """What the body goes by in its article: its words, and its place in a list."""
    return [*([body.name] if body else []), *([c.known.id] if c.known and c.known.kind == "Organization" else [])]


def _is_state_body(doc: Doc, c: Candidate) -> bool:
    if c.form != "name" or c.label not in {"ORG", "LIST", "GPE"} or (c.known and c.known.country is None):
        return False
    parts = _parts(doc, c)[0].split()
    if not parts or (c.known is None and not all(p in _generic() for p in parts) and parts[0] != "Ministry"):
        return False
    return parts[-1] in words("nouns", "state_body") or parts[0] == "Ministry"


def _generic() -> frozenset[str]:
    """Words that do not tell one state's body from another's: the Royal Navy is British with or without the word."""
    return words("nouns", "state_body") | words("nouns", "state_word")


def _body(doc: Doc, c: Candidate) -> Body:
    name, said = _parts(doc, c)
    if said is None and c.start > 1 and doc[c.start - 1].text in {"'s", "’s"}:
        said = area(plain(doc[c.start - 2].text))
    if said is None and c.start:
        said = demonym(doc[c.start - 1].text)
    if said is None and c.end + 1 < len(doc) and doc[c.end].lower_ == "of":
        said = next((k for width in (3, 2, 1) if (k := area(plain(doc[c.end + 1 : c.end + 1 + width].text)))), None)
    return Body(name, said if said and said.subtype == "country" else None)


def _parts(doc: Doc, c: Candidate) -> tuple[str, Known | None]:
    """Words of a name without the state in it, and that state: "Pakistani | Supreme Court", "Party | of Norway"."""
    name = plain(surface(doc, c))
    first, _, rest = name.partition(" ")
    state = demonym(first)
    if state and rest:
        return rest, state
    body, _, last = name.rpartition(" of ")
    state = area(last) if body else None
    return (body, state) if state and state.subtype == "country" else (name, None)


def _known(body: Body, listed: Known | None, state: Known) -> Known:
    """The body of this state: the listed one if it is this state's, else one of its own."""
    if listed and listed.country == state.country:
        return listed
    article = "the " if state.name.startswith(_WITH_ARTICLE) else ""
    key = sorted(_SAME_WORD.get(word, word) for word in body.name.casefold().split() if word not in _SMALL)
    name = f"{body.name} of {article}{state.name}"
    return Known(f"{state.id}/{'-'.join(key)}", "Organization", name, listed.subtype if listed else None, state.country)
