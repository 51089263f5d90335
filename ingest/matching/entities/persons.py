"""Whether two names are one person's: parts of the names, and what differs between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.matching.entities.names import (
    arabic,
    folds,
    known_words,
    listed,
    lists,
    misspelt,
    one_edit,
    slavic,
    sound,
    states,
    tokens,
    typo_keys,
)
from ingest.matching.ids import name_key
from ingest.matching.profiles import Judgement
from ingest.reading.english.entities.known.gazetteer import lexicon

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"}
_NUMERAL = re.compile(r"[ivx]+")
_FIRST = ("sr", "i")
"""Suffixes that are written only where there is another of the name, and left out elsewhere."""
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "zu", "zur",
     "bin", "ibn", "bint", "al", "el", "ul", "as", "ash", "an", "ar", "at", "az")
)  # fmt: skip
_ARTICLES = frozenset(("al", "el", "ul", "as", "ash", "an", "ar", "at", "az", "bin", "ibn"))
_SLAVIC_ENDS = ("ov", "ova", "ev", "eva", "skaia", "enko", "chuk", "iuk")
_EMIGRANT_ENDS = ("ski", "ska", "vich", "shin", "kin")
"""Endings, as `slavic` gives them, that families far from their land spell each in its own way: Kowalski, Kowalsky."""
_SURE = 0.9
_LONG_GIVEN = 7
"""Letters from which even two listed given names may be one with a slip in a vowel ("Vlodymyr")."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in lower case: given and middle names, particles ("von der"), family name, "jr" or "xvi"."""

    given: tuple[str, ...]
    particles: tuple[str, ...]
    family: str
    suffix: str

    @property
    def words(self) -> tuple[str, ...]:
        """Given, then family names, without particles that spellings leave out."""
        return (*self.given, *(p for p in self.particles if p not in _ARTICLES), self.family)


@lru_cache(maxsize=200_000)
def parsed(name: str) -> Name | None:
    """Parts of a person's name, titles and origins left out ("Russian President Vladimir Putin"); None for no word."""
    words = list(tokens(name))
    words = _bare(words)
    suffix = ""
    # Li Xi is no eleventh Li
    numbered = not words or words[0] not in listed("family_first")
    while len(words) > 1 and (words[-1] in _SUFFIXES or (numbered and _NUMERAL.fullmatch(words[-1]))):
        last = words.pop()
        suffix = _SUFFIXES.get(last, last)
    words = _spread(_joined(words))
    if not words:
        return None
    start = len(words) - 1
    while start > 0 and words[start - 1] in _PARTICLES:
        start -= 1
    return Name(tuple(words[:start]), tuple(words[start:-1]), words[-1], suffix)


def person_keys(name: str) -> frozenset[str]:
    """Look-up keys of a person's name: spellings of the family name, and of the full name if it is misspelt."""
    person = parsed(name)
    if person is None:
        return frozenset()
    found = {f"person|surname:{form}" for form in folds(person.family)}
    if person.given and person.given[0] in listed("family_first"):
        found.add(f"person|surname:{person.given[0]}")
    first = next((word for word in person.given if len(word) > 1), None)
    if first:
        found |= {f"person|{slavic(first)}:{part}" for part in typo_keys(slavic(person.family))}
    if len(person.words) > 1:
        found.add("person|name:" + " ".join(sorted(person.words)))
    return frozenset(found)


def compare_persons(one: str, other: str, *, listed_once: bool = False) -> Judgement | None:
    """What two names of persons say of each other; None when they have too little in common.

    Arguments: the names; listed_once, whether a list knows one of the two persons and not the other.
    """
    a, b = parsed(one), parsed(other)
    if a is None or b is None:
        return None
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Judgement("different", 1.0, "another suffix after the name")
    if not a.given or not b.given:
        return _surname_alone(a, b)
    if a.suffix != b.suffix and _father_and_son(a, b):
        return Judgement("different", 0.9, "only one has the suffix")
    part = _part_of(a, b)
    family = _family(a, b)
    if family is None:
        return part or _reordered(a, b)
    found = _full(a, b, family, listed_once=listed_once)
    return part if part and (found is None or found.verdict == "different") else found


def _bare(words: list[str]) -> list[str]:
    """Words from the last title on, where a name of one word or more is left; an origin before a title goes too."""
    titles = known_words("person_names", "male", "female", "honorifics", "ranks", "roles")
    degrees = known_words("person_names", "degrees")
    while len(words) > 2 and words[-1] in degrees:
        words = words[:-1]
    for width in (2, 1):
        if len(words) > width + 1 and " ".join(words[:width]) in states() and words[width] in titles:
            words = words[width:]
            break
    given = known_words("person_names", "given_male", "given_female")
    # "Earl Warren" and "Don Young" are whole names
    while len(words) > 1 and words[0] in titles and not (len(words) == 2 and words[0] in given):
        words = words[1:]
    return words


def _joined(words: list[str]) -> list[str]:
    """Join what the apostrophe of a soft sign parts: "zelens", "kyy"."""
    orphan = len(words) > 1 and words[-1] in {"ky", "kyy", "kyi", "kiy", "ka"} and words[-2].endswith("s")
    return [*words[:-2], words[-2] + words[-1]] if orphan else words


def _spread(words: list[str]) -> list[str]:
    """Initials written together as letters of their own: "jd" before "vance"."""
    found: list[str] = []
    for word in words[:-1]:
        initials = len(word) == 2 and not set(word) & set("aeiouy")
        found += list(word) if initials else [word]
    return [*found, *words[-1:]]


def _father_and_son(a: Name, b: Name) -> bool:
    """Whether a suffix that only one has tells two bearers of one name apart.

    It does where the rest is equally full; the full form of a name may have it where a short one leaves it out: "Joe
    Biden" is Joseph R. Biden Jr.
    """
    if (a.suffix or b.suffix) in _FIRST or _family(a, b) is None:
        return False
    first = _first(a, b)
    alike = first in ("equal", "romanised") and len(a.given) == len(b.given)
    return alike or (first not in (None, "typo") and a.family in listed("common_family"))


def _surname_alone(a: Name, b: Name) -> Judgement | None:
    short, full = (a, b) if not a.given else (b, a)
    if not full.given and a.family != b.family and _woman_of(a.family, b.family):
        return Judgement("different", 0.9, "a woman’s and a man’s form of the family name")
    if short.suffix and full.given and short.suffix != full.suffix:
        return Judgement("different", 0.9, "only one has the suffix")
    shared = slavic(short.family) == slavic(full.family) or (
        set(arabic(short.family)) & set(arabic(full.family)) and bool(full.given) and _is_arabic(full)
    )
    if shared or (full.given and short.family == full.given[0] and short.family in listed("family_first")):
        return Judgement("doubtful", 0.5, "one is a family name alone")
    if _woman_of(a.family, b.family):
        return Judgement("different", 0.9, "a woman’s and a man’s form of the family name")
    return None


def _part_of(a: Name, b: Name) -> Judgement | None:
    """Two last words may be a family name of two, or given names be left out: "Kramp-Karrenbauer", "López Obrador"."""
    short, long = sorted((a.words, b.words), key=len)
    part = len(short) < len(long) and long[-len(short) :] == short
    return Judgement("doubtful", 0.5, "one name is the end of the other") if part else None


def _reordered(a: Name, b: Name) -> Judgement | None:
    same = sorted(a.words) == sorted(b.words)
    if same:
        return Judgement("doubtful", 0.6, "the same words in another order")
    woman = _woman_of(a.family, b.family) and _given(a.given[0], b.given[0]) is None
    return Judgement("different", 0.9, "another given name") if woman else None


def _family(a: Name, b: Name) -> str | None:
    """How two family names agree: "equal", "romanised", "alike" (a fold of no tradition that they show), "typo"."""
    one, other = a.family, b.family
    if one == other:
        ours, theirs = (tuple(p for p in n.particles if p not in _ARTICLES) for n in (a, b))
        return "equal" if ours == theirs else "particle"
    if slavic(one) == slavic(other):
        return "romanised" if _is_slavic(a) and _is_slavic(b) else "alike"
    if set(arabic(one)) & set(arabic(other)):
        return "romanised" if _is_arabic(a) and _is_arabic(b) else "alike" if len(one) > 3 < len(other) else None
    if _woman_of(one, other):
        return "woman"
    return "typo" if misspelt(slavic(one), slavic(other)) else None


def _is_slavic(name: Name) -> bool:
    first = name.given[0]
    if first in listed("slavic_given") or slavic(first) in _slavic_given():
        return True
    west = first in known_words("person_names", "given_male", "given_female")
    return slavic(name.family).endswith(_SLAVIC_ENDS if west else _SLAVIC_ENDS + _EMIGRANT_ENDS)


@cache
def _slavic_given() -> frozenset[str]:
    return frozenset(slavic(name) for name in listed("slavic_given"))


def _is_arabic(name: Name) -> bool:
    article = any(p in _ARTICLES for p in name.particles)
    return article or any(word in listed("arabic_given") for word in name.given)


def _woman_of(one: str, other: str) -> bool:
    """Whether one is the other's form for a woman: Putin, Putina; Zelensky, Zelenska."""
    man, woman = sorted((slavic(one), slavic(other)), key=lambda word: word.endswith("a"))
    if not woman.endswith("a") or man.endswith("a"):
        return False
    if man.endswith("ski"):
        return woman in {man[:-1] + "a", man[:-1] + "aia"}
    return man.endswith(("ov", "ev", "in")) and woman == man + "a"


def _given(one: str, other: str) -> str | None:
    """How two given names agree: "equal", "romanised", "nickname", "initial", "cousin", "likely", "alike", "typo"."""
    if one == other:
        return "equal"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else None
    if _together("one_given", one, other):
        return "romanised"
    if _together("nicknames", one, other):
        return "nickname" if _formal(one, other) else "cousin"
    folded = _folded(one, other)
    if folded:
        return folded
    if _together("like_given", one, other) or slavic(one) == slavic(other):
        return "alike"
    if _languages(one, other):
        return "cousin"
    known = known_words("person_names", "given_male", "given_female")
    close = min(len(one), len(other)) >= 6 and one[0] == other[0] and one_edit(one, other)
    feminine = one + "a" == other or other + "a" == one
    two_names = one in known and other in known and (sound(one) != sound(other) or len(one) < _LONG_GIVEN)
    sexes = {_sex(one), _sex(other)} - {None}
    return "typo" if close and not feminine and not two_names and len(sexes) < 2 else None


def _sex(given: str) -> str | None:
    male, female = (given in known_words("person_names", key) for key in ("given_male", "given_female"))
    return None if male == female else "male" if male else "female"


def _folded(one: str, other: str) -> str | None:
    """How two given names fall together in a tradition: "romanised"; "likely" where one may be Western ("Dennis")."""
    if slavic(one) == slavic(other) and slavic(one) in _slavic_given():
        return "likely" if {one, other} & listed("western_too") else "romanised"
    both = one in listed("arabic_given") or other in listed("arabic_given")
    return "romanised" if both and set(arabic(one)) & set(arabic(other)) else None


def _first(a: Name, b: Name) -> str | None:
    """How the first given names agree: a family name of the tradition tells Denys from Dennis."""
    found = _given(a.given[0], b.given[0])
    if found == "likely":
        return "romanised" if slavic(a.family).endswith(_SLAVIC_ENDS + _EMIGRANT_ENDS) else "alike"
    return found


def _together(name: str, one: str, other: str) -> bool:
    return any(other in group for group in _groups(name).get(one, ()))


@cache
def _groups(name: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for group in lists()[name]:
        for word in group:
            found.setdefault(word, []).append(group)
    return found


def _formal(one: str, other: str) -> bool:
    """Whether one of two is the full name and the other short for it; "Bob" and "Bobby" are both short."""
    return any(group[0] in (one, other) and one in group and other in group for group in lists()["nicknames"])


@cache
def _forms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name_key(word) for word in group) for group in lexicon("person_names")["equal"])


def _languages(one: str, other: str) -> bool:
    """Whether two are forms of one name in two languages (Vladimir, Volodymyr); Edward and Theodore are both Ted."""
    if all(any(group[0] == word for group in _groups("nicknames").get(word, ())) for word in (one, other)):
        return False
    return any(one in group and other in group for group in _forms())


_REASONS = {
    "romanised": "same name in another transliteration",
    "nickname": "a short form of the given name",
    "initial": "an initial for a name",
    "cousin": "the given name in another language or short form",
    "alike": "another spelling of the name",
    "typo": "one letter differs",
    "particle": "only one has the particle",
    "woman": "a woman’s and a man’s form of the family name",
    "short": "an initial for the middle name",
    "middle": "only one has the middle name",
    "suffix": "only one has the suffix",
}
_WEAK = ("typo", "woman", "cousin", "alike", "particle", "initial", "suffix")


def _full(a: Name, b: Name, family: str, *, listed_once: bool) -> Judgement | None:
    """Judge two names with given names and family names that agree somehow; None where too much differs a little."""
    first, middle = _first(a, b), _middle(a.given[1:], b.given[1:])
    if first is None or middle is None:
        return Judgement("different", 0.9, "another given name" if first is None else "another middle name")
    found = {family, first, *middle} | ({"suffix"} if a.suffix != b.suffix else set())
    weak = [sign for sign in _WEAK if sign in found]
    several = len(weak) + ("middle" in found) > 1
    if several and (family == "alike" or {"typo", "woman"} & found):
        return None
    if weak:
        return Judgement("doubtful", 0.4 if several else 0.6, _REASONS[weak[0]])
    reasons = [reason for sign, reason in _REASONS.items() if sign in found]
    common = a.family in listed("common_family") or b.family in listed("common_family")
    loose = first in ("nickname", "romanised") or "middle" in found
    if loose and (common or (listed_once and "middle" in found)):
        return Judgement("doubtful", 0.6, reasons[-1] + ", and others bear the name")
    return Judgement("same", _SURE if reasons else 1.0, reasons[0] if reasons else "the same name")


_OF_MIDDLE = {"initial": "short", "likely": "romanised"}


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> frozenset[str] | None:
    """How middle names agree: signs as `_given` has them, "short" for an initial, "middle" for one more."""
    signs = [_given(a, b) for a, b in zip(one, other, strict=False)]
    if None in signs:
        return None
    found = {_OF_MIDDLE.get(sign, sign) for sign in signs if sign and sign not in ("equal", "nickname")}
    return frozenset(found | ({"middle"} if len(one) != len(other) else set()))
