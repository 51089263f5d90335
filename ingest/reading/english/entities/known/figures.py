"""Public figures: one id for the spellings of a name, and for a family name that stands alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from ingest.reading.english.entities.known.gazetteer import Known, lexicon
from ingest.reading.english.entities.names import PersonName, compatible, initials_clash, parse_person, without_marks


@dataclass(frozen=True, slots=True)
class Figure:
    """A public figure.

    forms: the name in parts, once for each spelling; offices: held at some time; alone: the family name says who.
    """

    known: Known
    gender: str
    forms: tuple[PersonName, ...]
    offices: tuple[str, ...]
    alone: bool


def figure(names: list[PersonName]) -> Figure | None:
    """Find the public figure all of whose names these can be; None when there is none, or more than one.

    Arguments: names, the forms of one person's name in an article.
    """
    fullest = max(names, key=lambda n: (len(n.given), len(n.full)))
    found = [f for f in _by_family().get(without_marks(fullest.family), ()) if _is(f, fullest, names)]
    return found[0] if len(found) == 1 else None


def named_alone(word: str) -> bool:
    """Whether a single capitalised word is a family name that says which public figure is meant ("Zelensky")."""
    return any(candidate.alone for candidate in _by_family().get(without_marks(word), ())) and word[:1].isupper()


def is_family(word: str) -> bool:
    """Whether a single capitalised word is the family name of a public figure, whoever else bears it ("Trump")."""
    return word[:1].isupper() and without_marks(word) in _by_family()


def full_name(words: list[str]) -> int:
    """How many of the words that begin here are the whole name of a public figure; 0 for none.

    Arguments: words, of which the first may begin a name.
    """
    names = _in_full().get(without_marks(words[0]), ()) if words else ()
    if not names:
        return 0  # most words: the others need no folding
    told = [without_marks(word) for word in words]
    return max((len(name) for name in names if told[: len(name)] == list(name)), default=0)


@cache
def _in_full() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in lexicon("persons")["persons"]:
        for told in (row["name"], *(s for s in row["spellings"] if " " in s)):
            words = tuple(without_marks(word) for word in told.split())
            found[words[0]].append(words)
    return {first: tuple(names) for first, names in found.items()}


def _is(candidate: Figure, fullest: PersonName, names: list[PersonName]) -> bool:
    if any(n.gender and n.gender != candidate.gender for n in names if n.titles):
        return False
    if not fullest.given:
        return candidate.alone
    same = [form for form in candidate.forms if without_marks(form.family) == without_marks(fullest.family)]
    return any(form.given and form.suffix == fullest.suffix and _given_agree(form, fullest) for form in same)


def _given_agree(form: PersonName, name: PersonName) -> bool:
    if name.given[0] in form.given:
        return not (len(name.given) > 1 and len(form.given) > 1 and initials_clash(name.given[1], form.given[1]))
    plain = PersonName((), name.given, form.family, name.suffix)
    return compatible(PersonName((), form.given, form.family, form.suffix), plain)


@cache
def _by_family() -> dict[str, list[Figure]]:
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for row in lexicon("persons")["persons"]:
        name = parse_person(row["name"])
        forms = [name, *(_form(spelling, name) for spelling in row["spellings"])]
        key = row["name"].lower().replace(" ", "-").rstrip(".")
        known = Known(f"person:{key}", "Person", row["name"], None, row["country"])
        one = Figure(known, row["gender"], tuple(forms), tuple(row["offices"]), row["alone"])
        # a spelling in full tells no family name that could stand alone: “Moon” is not Ban Ki Moon
        alone = {without_marks(form.family) for form, told in zip(forms, (name.family, *row["spellings"]), strict=True)
                 if " " not in told}  # fmt: skip
        for family in {without_marks(form.family) for form in forms}:
            found[family].append(one if family in alone else replace(one, alone=False))
    return dict(found)


def _form(spelling: str, name: PersonName) -> PersonName:
    """Take a spelling of the family name, or of the whole name, as a name."""
    return parse_person(spelling) if " " in spelling else PersonName((), name.given, spelling, name.suffix)
