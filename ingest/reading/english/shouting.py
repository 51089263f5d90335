"""Headlines in capitals, read in the case that their words have elsewhere: “OSLO BURNS” as “Oslo burns”.

To a parser that learned from running text a line in capitals is one long name. Restoring the case ("truecasing": Lita,
Ittycheriah, Roukos & Kambhatla, ACL 2003) gives it its verb and its names; no offset changes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.entities.known.figures import is_family
from ingest.reading.english.entities.known.gazetteer import area, demonym, organization, place
from ingest.reading.english.times.phrases.words import MONTHS, WEEKDAYS
from ingest.reading.findings import Document
from kb.rarity import UNHEARD, rarity

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)?")
_LETTERS, _WORDS = 12, 3  # the least of a line that is a sentence in capitals, and not a name or an abbreviation
_STATES = frozenset(("US", "UK", "EU", "UN", "UAE", "USA"))
_CALENDAR = frozenset(("mr", "mrs", "dr", "christmas", "easter"))
_DATED_BY = frozenset(("IN", "BY", "SINCE", "UNTIL", "EARLY", "LATE", "LAST", "NEXT", "FROM", "ON"))
_UNUSUAL = 4.0  # rarity from which a word that is also a city's or a family's name is taken for that


def with_shouts_read(annotated: Annotated) -> Annotated:
    """The document parsed anew with its lines in capitals in their usual case; itself when it has none."""
    text = annotated.text
    lines = [m for m in _LINE.finditer(text) if _shouted(m.group())]
    if not lines:
        return annotated
    running = "".join(" " * len(m.group()) if _shouted(m.group()) else m.group() for m in _LINE.finditer(text))
    cases = Counter(m.group() for m in _WORD.finditer(running))
    for line in lines:
        text = f"{text[: line.start()]}{_restored(line.group(), cases)}{text[line.end() :]}"
    if len(text) != len(annotated.text):
        return annotated
    document = annotated.document
    parsed = annotate(Document(document.source, text, title=document.title, published=document.published))
    return Annotated(document, parsed.doc, parsed.passages)


def _shouted(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    capital = sum(c.isupper() for c in letters)
    return len(letters) >= _LETTERS and len(line.split()) >= _WORDS and capital >= 0.9 * len(letters)


def _restored(line: str, cases: Counter[str]) -> str:
    words = list(_WORD.finditer(line))
    made, first = line, words[0] if words else None
    for number, word in enumerate(words):
        shown = _case(word.group(), cases)
        if _month_here(word, words[number - 1].group() if number else "", line):
            shown = word.group().capitalize()
        made = f"{made[: word.start()]}{shown}{made[word.end() :]}"
    for one, other in pairwise(words):
        both = f"{one.group().capitalize()} {other.group().capitalize()}"
        if line[one.end() : other.start()] == " " and (area(both) is not None or organization(both) is not None):
            made = f"{made[: one.start()]}{both}{made[other.end() :]}"
    if first is None:
        return made
    return made[: first.start()] + made[first.start()].upper() + made[first.start() + 1 :]


def _dated(word: str) -> bool:
    return (word.endswith("day") and word in WEEKDAYS) or (word in MONTHS and len(word) > 4 and word != "march")


def _month_here(word: re.Match[str], before: str, line: str) -> bool:
    """Whether “MAY” or “MARCH” is the month: after “in” and the like, or beside a figure."""
    beside = re.match(r"\s\d", line[word.end() :]) or re.search(r"\d\s$", line[: word.start()])
    return word.group().lower() in MONTHS and (before in _DATED_BY or beside is not None)


def _case(word: str, cases: Counter[str]) -> str:
    """A word as running text has it, else as a name if it is a known one or in no list of English words."""
    title, lower = word.capitalize(), word.lower()
    if word in _STATES or (cases[word] and cases[word] >= cases[title] + cases[lower]):
        return word
    if cases[title] or cases[lower]:
        return title if cases[title] > cases[lower] else lower
    if len(word) <= 5 and organization(word) is not None and _name(title) is False and rarity(lower) > _UNUSUAL:
        return word
    return title if _name(title) else lower


@cache
def _name(title: str) -> bool:
    stem = re.sub(r"['’][sS]$", "", title)
    if stem.lower() in _CALENDAR or _dated(stem.lower()) or area(stem) is not None or demonym(stem) is not None:
        return True
    weight = rarity(stem.lower())
    return weight >= UNHEARD or (weight >= _UNUSUAL and (bool(place(stem)) or is_family(stem)))
