"""Whether two claims tell the same thing, and in what they differ: one difference contradicts, two make two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from ingest.matching.claims.amounts import Amount, Day
from ingest.matching.claims.wording import Wording, excerpt
from ingest.matching.claims.words import claim_words

Form = Literal["same", "part", "near"]
Kind = Literal["negation", "opposite", "number", "date", "agent", "denial"]

_LIKE = 0.8  # shared content words among all, for two longer wordings to be nearly the same
_LONG = 8  # content words that such wordings share at least
_AGENT = 2  # content words that name an agent at most


@dataclass(frozen=True, slots=True)
class Difference:
    """In what the second of two wordings differs from the first, with the words of each; "" where it has none."""

    kind: Kind
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two wordings are alike: form, shared content words, their share of the longer, and all differences.

    added: one tells more than the other, by a number, a day or a content word. loose: their numbers are not the same,
    though one may be the other ("more than 10", "12").
    """

    form: Form
    shared: int
    coverage: float
    differences: tuple[Difference, ...]
    added: bool
    loose: bool


def likeness(one: Wording, other: Wording) -> Likeness | None:
    """Compare what two claims tell; None where they tell different things, or it cannot be told."""
    short, long = sorted((one, other), key=lambda w: len(w.stems))
    part = excerpt(short, long)
    if part is None:
        return _compared(one, other)
    # What the longer one tells besides does not bear on what the shorter one tells.
    found = _compared(short, part) if short is one else _compared(part, short)
    if True in _sides_that_add(short, part):
        return None
    return replace(found, form="part", coverage=len(short.stems) / len(long.stems), added=True) if found else None


def _compared(one: Wording, other: Wording) -> Likeness | None:
    found = _content(one, other)
    if found is None or not _equally_hedged(one, other, found[0]):
        return None
    form, differences = found
    parts = (_negation(one, other), _numbers(one, other), _days(one, other))
    if any(part is None for part in parts):
        return None
    differences += [difference for part in parts if part for difference in part]
    if one.denied != other.denied:
        differences.append(Difference("denial"))
    shared = len(one.stems) if one.stems == other.stems else _shared(one, other)
    coverage = 1.0 if form == "same" else shared / max(len(one.stems), len(other.stems))
    sides = _sides_that_add(one, other)
    if len(sides) > 1:
        return None
    loose = any(a.low != b.low or a.high != b.high for a, b in zip(one.amounts, other.amounts, strict=False))
    return Likeness(form, shared, coverage, tuple(differences), bool(sides), loose)


def _sides_that_add(one: Wording, other: Wording) -> set[bool]:
    """Which of the two tells a number, a day or a content word more."""
    counts = [(len(one.days), len(other.days))]
    if not _none_of_many(one, other) and not _none_of_many(other, one):
        counts.append((len(one.amounts), len(other.amounts)))
    if one.stems != other.stems:
        counts.append((len(one.stems), len(other.stems)))
    return {left > right for left, right in counts if left != right}


def _content(one: Wording, other: Wording) -> tuple[Form, list[Difference]] | None:
    """Form and difference of the content words alone."""
    if one.stems == other.stems:
        return "same", []
    left, right = Counter(one.stems), Counter(other.stems)
    lost, gained = left - right, right - left
    if lost and gained:
        return _replaced(one, other, lost, gained)
    if not lost and not gained:
        return ("same", []) if _same_order(one, other) else None
    extra = {*lost, *gained}
    embeds = any(claim_words().has("embedding", stem) for stem in extra)
    return ("part", []) if not embeds and _same_order(one, other) else None


def _replaced(
    one: Wording, other: Wording, lost: Counter[str], gained: Counter[str]
) -> tuple[Form, list[Difference]] | None:
    left, right = list(lost.elements()), list(gained.elements())
    if len(left) == len(right) == 1 and claim_words().opposite(left[0], right[0]):
        return "same", [Difference("opposite", one.surface[left[0]], other.surface[right[0]])]
    if _agents_differ(one, other, left, right):
        return "same", [Difference("agent", _words(one, left), _words(other, right))]
    shared = _shared(one, other)
    union = shared + len(left) + len(right)
    if shared < _LONG or shared / union < _LIKE or any(claim_words().has("embedding", s) for s in (*left, *right)):
        return None
    codes = {code for code, *_ in SequenceMatcher(None, one.stems, other.stems, autojunk=False).get_opcodes()}
    return ("near", []) if "replace" not in codes and _same_order(one, other) else None


def _shared(one: Wording, other: Wording) -> int:
    return sum((Counter(one.stems) & Counter(other.stems)).values())


def _agents_differ(one: Wording, other: Wording, left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether only the words that begin both, in active order, are exchanged."""
    if max(len(left), len(right)) > _AGENT:
        return False
    return one.stems[: len(left)] == tuple(left) and other.stems[: len(right)] == tuple(right)


def _words(wording: Wording, stems: Sequence[str]) -> str:
    return " ".join(wording.surface[stem] for stem in stems)


def _same_order(one: Wording, other: Wording) -> bool:
    """Whether shared content words come in one order, but for a passive's and for a phrase moved to the front."""
    common = Counter(one.stems) & Counter(other.stems)
    left, right = _only(one.stems, common), _only(other.stems, common)
    if left == right or one.passive != other.passive:
        return left == right or _agent_leads(left, right)
    return (one.fronted and _moved(left, right)) or (other.fronted and _moved(right, left))


def _only(stems: Sequence[str], common: Counter[str]) -> list[str]:
    left = Counter(common)
    kept = []
    for stem in stems:
        if left[stem]:
            left[stem] -= 1
            kept.append(stem)
    return kept


def _agent_leads(left: Sequence[str], right: Sequence[str]) -> bool:
    """A passive and an active one: the agent first in both, whatever the order of the rest."""
    return bool(left) and left[0] == right[0]


def _moved(fronted: Sequence[str], plain: Sequence[str]) -> bool:
    return any([*fronted[n:], *fronted[:n]] == list(plain) for n in range(1, min(4, len(fronted))))


def _equally_hedged(one: Wording, other: Wording, form: Form) -> bool:
    """Whether both say it of all or some, surely or perhaps, alike; an addition may have such words of its own."""
    if form == "part":
        short, long = sorted((one, other), key=lambda w: len(w.stems))
        conditions = short.hedges["conditions"] == long.hedges["conditions"]
        return conditions and all(short.hedges[name] <= long.hedges[name] for name in short.hedges)
    return one.hedges == other.hedges


def _negation(one: Wording, other: Wording) -> list[Difference] | None:
    if abs(len(one.negations) - len(other.negations)) > 1:
        return None
    if len(one.negations) == len(other.negations):
        return []
    if _none_of_many(one, other) or _none_of_many(other, one):
        return []  # the number is the difference
    return [Difference("negation", *(w.negations[0] if w.negations else "" for w in (one, other)))]


def _none_of_many(one: Wording, other: Wording) -> bool:
    nobody = any(claim_words().has("none", word) for word in one.negations)
    return nobody and not one.amounts and [a.low > 0 for a in other.amounts] == [True]


def _numbers(one: Wording, other: Wording) -> list[Difference] | None:
    if _none_of_many(one, other):
        return [Difference("number", one.negations[0], other.amounts[0].text)]
    if _none_of_many(other, one):
        return [Difference("number", one.amounts[0].text, other.negations[0])]
    if len(one.amounts) != len(other.amounts):
        few, many = sorted((one.amounts, other.amounts), key=len)
        return [] if all(any(_agree(a, b) for b in many) for a in few) else None
    pairs = list(zip(one.amounts, other.amounts, strict=True))
    if not all(a.measures_like(b) for a, b in pairs):
        return None
    return [Difference("number", a.text, b.text) for a, b in pairs if a.excludes(b)]


def _agree(one: Amount, other: Amount) -> bool:
    return one.measures_like(other) and not one.excludes(other)


def _days(one: Wording, other: Wording) -> list[Difference] | None:
    if len(one.days) != len(other.days):
        few, many = sorted((one.days, other.days), key=len)
        return [] if all(any(not a.excludes(b) for b in many) for a in few) else None
    pairs = zip(one.days, other.days, strict=True)
    return [Difference("date", _capital(a), _capital(b)) for a, b in pairs if a.excludes(b)]


def _capital(day: Day) -> str:
    return " ".join(word.capitalize() for word in day.text.split())
