"""What a claim's words say, as far as it can be told without a parse: content, negation, numbers, days, hedges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.matching.claims.amounts import Amount, Day, find_amounts, find_days
from ingest.matching.claims.lemmas import lemma, root
from ingest.matching.claims.words import claim_words

_TOKEN = re.compile(r"(?<![\w-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])|[$€£¥%]|\w+(?:[.'-]\w+)*|[,;:!?—–.]")
_NOT = re.compile(r"\b(ca|wo|\w+?)n't\b")
_SHORTENED = re.compile(r"(?<=\w)'(?:ve|re|ll|d|m)\b")
_NUMBERED = re.compile(r"\bno\. ?(?=\d)")
_POSSESSIVE = re.compile(r"'s$|'$")
_KEPT = 65_536  # wordings remembered
_BE = frozenset(("be", "is", "are", "was", "were", "been", "being"))
_HEDGES = ("conditions", "possibilities", "necessities", "scales")


@dataclass(frozen=True, slots=True)
class Wording:
    """One claim's words.

    stems: roots of its content words in order, a passive's agent first; places: where they stand among `tokens`, which
    only without a passive is in the order of stems. surface: stem -> the word as written.
    negations: the words that negate. denied: whether it calls what it tells a falsehood; bare: it tells nothing else
    ("the claim is a lie"). hedges: by name of the list, the words on it. fronted: it begins with a preposition.
    first_person, third_person: whether a pronoun stands for the speaker's side, for somebody else.
    """

    tokens: tuple[str, ...]
    places: tuple[int, ...]
    stems: tuple[str, ...]
    surface: Mapping[str, str]
    negations: tuple[str, ...]
    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    hedges: Mapping[str, frozenset[str]]
    linking: frozenset[str]
    denied: bool
    bare: bool
    passive: bool
    fronted: bool
    first_person: bool
    third_person: bool


def tokens_of(text: str) -> tuple[str, ...]:
    """The words, numbers and marks of a text in lower case: "n't" as "not", no possessives, no shortened verbs."""
    plain = _NOT.sub(r"\1 not", text.casefold().replace("’", "'")).replace("cannot", "can not")
    plain = _NUMBERED.sub("number ", _SHORTENED.sub("", plain))
    return tuple(_POSSESSIVE.sub("", token) or token for token in _TOKEN.findall(plain))


@lru_cache(maxsize=_KEPT)
def wording(text: str) -> Wording:
    """Read a claim's words. Arguments: text, a claim's `normalText`; any text is read, an empty one too."""
    return _read(*_without_verdict(tokens_of(text)))


def excerpt(part: Wording, whole: Wording) -> Wording | None:
    """The stretch of a longer wording that has just the content words of a shorter one, side by side.

    None where there is no such stretch, or where the words before it may take it back ("he denied that", "if").
    """
    length = len(part.stems)
    if not length or part.passive or whole.passive or length >= len(whole.stems):
        return None
    for first in range(len(whole.stems) - length + 1):
        if whole.stems[first : first + length] == part.stems:
            return _cut(whole, first, first + length)
    return None


def _cut(whole: Wording, first: int, behind: int) -> Wording | None:
    tokens, places = whole.tokens, whole.places
    words = claim_words()
    start = places[first - 1] + 1 if first else 0
    clause = _last(tokens[: places[first]], ",;:.!?—–") + 1
    sentence = _last(tokens[: places[first]], ";.!?") + 1
    led = [stem for stem, place in zip(whole.stems, places, strict=True) if clause <= place < places[first]]
    if any(words.has("embedding", stem) for stem in led) or words.sets["conditions"] & {*tokens[sentence:start]}:
        return None
    end = places[behind] if behind < len(places) else len(tokens)
    marks = [i for i in range(places[behind - 1], end) if tokens[i] in ",;:.!?—–"]
    stretch = list(tokens[max(start, clause) : marks[0] if marks else end])
    while behind < len(places) and stretch and words.has("negations", stretch[-1]):
        stretch.pop()  # it negates what follows the stretch
    return _read(tuple(stretch), whole.denied)


def _last(tokens: Sequence[str], marks: str) -> int:
    """Index of the last token that is one of these marks, -1 where there is none."""
    return max((i for i, token in enumerate(tokens) if token in marks), default=-1)


def _read(tokens: tuple[str, ...], denied: bool) -> Wording:
    words = claim_words()
    days, in_days = find_days(tokens)
    amounts, in_amounts = find_amounts(tokens, in_days)
    rest = [(i, t) for i, t in enumerate(tokens) if i not in in_days and i not in in_amounts]
    content = [(i, root(t), t) for i, t in rest if _is_content(t)]
    stems, passive = _agent_first(tokens, content)
    present = {token for _, token in rest}
    return Wording(
        tokens=tokens,
        places=tuple(i for i, _, _ in content),
        stems=stems,
        surface={stem: token for _, stem, token in content},
        negations=_negations(tokens, rest),
        amounts=amounts,
        days=days,
        hedges={name: frozenset(present & words.sets[name]) for name in _HEDGES},
        linking=frozenset(present & words.sets["linking"]),
        denied=denied,
        bare=all(words.has("anaphors", t) or words.has("anaphors", lemma(t)) or words.has("stop", t) for _, t in rest),
        passive=passive,
        fronted=bool(tokens) and words.has("prepositions", tokens[0]),
        first_person=bool(present & words.sets["first_person"]),
        third_person=_hides_somebody(tokens),
    )


def _is_content(token: str) -> bool:
    words = claim_words()
    if not token[:1].isalnum() or (len(token) == 1 and not token.isdigit()):
        return False
    return not any(words.has(name, token) for name in ("stop", "negations", *_HEDGES))


def _hides_somebody(tokens: Sequence[str]) -> bool:
    """Whether a pronoun stands for what the claim does not name; "its" behind a noun mostly stands for that noun."""
    words = claim_words()
    return any(words.has("third_person", token) for token in tokens) or words.has("pointing", (*tokens, "")[0])


def _negations(tokens: Sequence[str], rest: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Words that negate; "not only" does not."""
    words = claim_words()
    return tuple(
        token
        for i, token in rest
        if words.has("negations", token) and tokens[i + 1 : i + 2] != ("only",) and "only" not in tokens[i + 1 : i + 3]
    )


def _agent_first(tokens: Sequence[str], content: Sequence[tuple[int, str, str]]) -> tuple[tuple[str, ...], bool]:
    """Lemmas in the order of an active sentence: what follows "by" in a passive comes first."""
    plain = tuple(stem for _, stem, _ in content)
    places = [i for i, word in enumerate(tokens) if word == "by"]
    if len(places) != 1 or not _BE & set(tokens[: places[0]]):
        return plain, False
    before = [(i, stem) for i, stem, _ in content if i < places[0]]
    after = [stem for i, stem, _ in content if i > places[0]]
    # The participle stands close before "by": "was destroyed by", not "was safe to use by".
    near = bool(before) and before[-1][0] >= places[0] - 2 and tokens[before[-1][0]] != before[-1][1]
    if not near or not after:
        return plain, False
    return (*after, *(stem for _, stem in before)), True


def _without_verdict(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """What a claim tells without the words that call it false, and whether there are such: "… is a lie"."""
    words = claim_words()
    if tokens[:1] == ("it",) and tokens[1:2] and tokens[1] in _BE and "that" in tokens[2:7]:
        that = tokens.index("that")
        if _is_verdict(tokens[2:that]):
            return tokens[that + 1 :], True
    joints = [i for i, token in enumerate(tokens) if token in _BE]
    if joints and _is_verdict(tokens[joints[-1] + 1 :]):
        return _inside(tokens[: joints[-1]])
    ends = tokens[-1:] and words.has("happenings", tokens[-1])
    if ends and words.has("negations", tokens[-2] if len(tokens) > 1 else ""):
        subject = tuple(t for t in tokens[:-2] if t not in ("did", "has", "had"))
        if all(words.has("anaphors", t) or words.has("stop", t) for t in subject):
            return subject, True
    return tokens, False


def _is_verdict(tokens: Sequence[str]) -> bool:
    words = claim_words()
    core = [token for token in tokens if not words.has("degrees", token)]
    return core == ["not", "true"] or (len(core) == 1 and words.has("falsehoods", core[0]))


def _inside(subject: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """What the subject of "is a lie" tells: the clause behind "the claim that", nothing behind "the claim"."""
    words = claim_words()
    heads = [i for i, t in enumerate(subject[:3]) if words.has("anaphors", t) or words.has("anaphors", lemma(t))]
    if not heads:
        return subject, True
    rest = subject[heads[-1] + 1 :]
    return (rest[1:] if rest[:1] == ("that",) else rest), True
