"""Whether two names are one body's: legal forms, the state it is of, word order, acronyms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.matching.entities.names import (
    arabic,
    known_words,
    letters,
    listed,
    lists,
    misspelt,
    one_edit,
    slavic,
    sound,
    states,
    tokens,
)
from ingest.matching.profiles import Judgement

_ACRONYM = 3
"""Letters of an acronym at least: two stand for too many names to be worth a look."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name in lower case, without its legal form and its state.

    words: in order, spelt the American way; form: legal form or ""; state: ISO 3166-1 code, only of a body that every
    state has ("Ministry of Defence of Russia"); initials: of the whole name, with and without its small words.
    """

    words: tuple[str, ...]
    form: str
    state: str | None
    initials: frozenset[str]

    @property
    def content(self) -> tuple[str, ...]:
        """The words that tell bodies apart, in alphabetical order."""
        return tuple(sorted(w for w in self.words if w not in listed("small_words"))) or tuple(sorted(self.words))


@lru_cache(maxsize=200_000)
def parsed(name: str) -> Body | None:
    """Parts of a body's name; None for no word."""
    spelt = " ".join(tokens(name)).replace("co operation", "cooperation")
    words = tuple(lists()["spellings"].get(word, word) for word in spelt.split())
    if not words:
        return None
    bare, form = _formless(words)
    state, rest = _state(bare)
    return Body(rest, form, state, _initials(bare))


def organization_keys(name: str) -> frozenset[str]:
    """Look-up keys of a body's name: its words in any order, it without its trade, its acronym, its consonants."""
    body = parsed(name)
    if body is None:
        return frozenset()
    found = {"org|name:" + " ".join(body.content), "org|name:" + " ".join(_traded(body)), f"org|sound:{_sound(body)}"}
    if len(body.words) == 1:
        found |= {f"org|name:{form}" for form in arabic(body.words[0])} | {f"org|acronym:{body.words[0]}"}
    elif body.words[0] in ("al", "el"):
        found |= {f"org|name:{form}" for form in arabic("".join(body.words[1:]))}
    found |= {f"org|acronym:{initials}" for initials in body.initials}
    if len("".join(body.words)) > 6:
        found.add("org|letters:" + letters("".join(body.words)))
    return frozenset(found)


def compare_organizations(
    one: str, other: str, *, known: tuple[str | None, str | None] = (None, None)
) -> Judgement | None:
    """What two names of bodies say of each other; None when they have too little in common.

    Arguments: the names; known, the list ids of the two, None for a body that no list knows.
    """
    a, b = parsed(one), parsed(other)
    if a is None or b is None:
        return None
    if a.content == b.content:
        return _same_words(a, b)
    if _numbered(a) != _numbered(b):
        return None
    if a.state and b.state and a.state != b.state:
        return None
    return _acronym(a, b, known) or _shortened(a, b) or _spelt(a, b)


def _formless(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Words without legal forms at the end, or a Russian one before, and the first of these."""
    forms, form = lists()["legal_forms"], ""
    if len(words) > 1 and words[0] in listed("leading_forms"):
        words, form = words[1:], forms[words[0]]
    width = 3
    while width:
        last = " ".join(words[-width:])
        if len(words) > width and last in forms:
            words, form = words[:-width], forms[last]
            words = words[:-1] if len(words) > 1 and words[-1] == "and" else words
            width = 3
        else:
            width -= 1
    return words, form


def _state(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The state of a body that every state has, and the words without it; a bank's or a firm's name stays whole."""
    for width in (5, 4, 3, 2, 1):
        if len(words) <= width:
            continue
        first = states().get(" ".join(words[:width]))
        if first and _of_any_state(words[width:]):
            return first, words[width:]
        tail = words[-width:]
        last = states().get(" ".join(tail[1:] if tail[0] == "the" else tail))
        before = words[:-width]
        if last and before[-1] == "of" and _of_any_state(before[:-1]):
            return last, before[:-1]
    return None, words


def _of_any_state(words: tuple[str, ...]) -> bool:
    """Whether words name a body of every state: "ministry of defense", "supreme court"; not "bank", "airlines"."""
    heads, small = listed("state_heads"), listed("small_words")
    if not heads & set(words):
        return False
    return "ministry" in words or all(word in heads | small | _state_words() for word in words)


@cache
def _state_words() -> frozenset[str]:
    words = known_words("nouns", "state_body", "state_word") | listed("state_words")
    return words | {lists()["spellings"].get(word, word) for word in words}


def _initials(words: tuple[str, ...]) -> frozenset[str]:
    if len(words) < 2:
        return frozenset()
    content = [w for w in words if w not in listed("small_words") or w == "affairs"]
    both = {"".join(w[0] for w in words), "".join(w[0] for w in content)}
    return frozenset(word for word in both if len(word) >= _ACRONYM)


def _same_words(a: Body, b: Body) -> Judgement:
    """Judge two names of the same words: states, order and legal forms are left to differ."""
    if a.state and b.state and a.state != b.state:
        return Judgement("different", 1.0, "the same body of another state")
    if a.state != b.state:
        return Judgement("doubtful", 0.5, "only one says of which state")
    order = _order(a) == _order(b)
    if not order and not _of_any_state(a.words):
        return Judgement("doubtful", 0.6, "the same words in another order")
    if a.form == b.form:
        return Judgement("same", 1.0 if order else 0.9, "the same name" if order else "the same words in another order")
    if (a.form and b.form) or {a.form, b.form} & listed("holding_forms"):
        return Judgement("doubtful", 0.6, "another legal form")
    return Judgement("same", 0.9, "the same name but for the legal form")


def _order(body: Body) -> tuple[str, ...]:
    return tuple(word for word in body.words if word not in ("the", "and"))


def _numbered(body: Body) -> tuple[str, ...]:
    """Words with a digit: the 1st and the 2nd brigade are two."""
    return tuple(word for word in body.content if any(c.isdigit() for c in word))


def _acronym(a: Body, b: Body, known: tuple[str | None, str | None]) -> Judgement | None:
    """A name of one word that spells the first letters of the other; a listed body's acronyms are all in the list."""
    for short, long, id in ((a, b, known[0]), (b, a, known[1])):
        if len(short.words) == 1 and len(short.words[0]) <= 8 and short.words[0] in long.initials and id is None:
            return Judgement("doubtful", 0.6, "one may be an acronym of the other")
    return None


def _traded(body: Body) -> tuple[str, ...]:
    """Words that tell bodies apart, without those at the end that only say the trade ("motor" of "ford motor")."""
    words = body.words
    while len(words) > 1 and words[-1] in known_words("nouns", "sector"):
        words = words[:-1]
    return tuple(sorted(w for w in words if w not in listed("small_words"))) or tuple(sorted(words))


def _shortened(a: Body, b: Body) -> Judgement | None:
    short = _traded(a) == b.content or _traded(b) == a.content
    return Judgement("doubtful", 0.5, "one has a word for its trade more") if short else None


def _sound(body: Body) -> str:
    return " ".join(sound(word) or word for word in body.words)


def _spelt(a: Body, b: Body) -> Judgement | None:
    """Judge two names that differ in the spelling of words."""
    if a.state != b.state or a.form != b.form:
        return None
    one, other = ("".join(n.words[n.words[0] in ("al", "el") :]) for n in (a, b))
    if set(arabic(one)) & set(arabic(other)) and min(len(one), len(other)) >= 5:
        if a.words[0] in ("al", "el") and b.words[0] in ("al", "el"):
            return Judgement("same", 0.9, "same name in another transliteration")
        return Judgement("doubtful", 0.6, "another spelling of the name")
    if len(a.words) != len(b.words) or (_sound(a) != _sound(b) and letters(one) != letters(other)):
        return None
    unlike = [(x, y) for x, y in zip(a.words, b.words, strict=True) if x != y]
    close = all(slavic(x) == slavic(y) or misspelt(x, y) or (len(one) > 9 and one_edit(x, y)) for x, y in unlike)
    return Judgement("doubtful", 0.6, "another spelling of the name") if close and len(one) >= 6 else None
