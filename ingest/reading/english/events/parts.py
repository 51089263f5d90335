"""Which event is part of which: only where the sentence says so ("during the talks", "as part of the campaign").

The relation is that of sub-event and event, as in the Richer Event Description guidelines (O'Gorman, Wright-Bettner &
Palmer 2016); nothing is concluded from dates or places alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from spacy.tokens import Token

from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.merge import Cluster
from ingest.reading.lexicon import load

_FIGHTING = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE"})
_LASTING = frozenset({"fight", "counterattack", "protest", "exercise", "crackdown", "revolution", "trial", "try court"})


def wholes(clusters: Sequence[Cluster], outcomes: Sequence[int | None]) -> list[int | None]:
    """For each event the number of the event that it is told to be a part of, else None. No circle is made.

    Arguments: the events; of which of them each is the outcome, and so a part.
    """
    at = {t.trigger.token.i: n for n, c in enumerate(clusters) for t in c.told}
    found: list[int | None] = [None] * len(clusters)
    for number, cause in enumerate(outcomes):
        if cause is not None and not _inside(cause, number, found):
            found[number] = cause
    for number, cluster in enumerate(clusters):
        if found[number] is not None:
            continue
        for told in cluster.told:
            whole = _whole_of(told.trigger, at, clusters)
            if whole is not None and whole != number and not _inside(whole, number, found):
                found[number] = whole
                break
    return found


def _inside(part: int, whole: int, found: Sequence[int | None]) -> bool:
    """Whether `part` lies in `whole` already."""
    above = found[part]
    while above is not None:
        if above == whole:
            return True
        above = found[above]
    return False


def _whole_of(trigger: Trigger, at: dict[int, int], clusters: Sequence[Cluster]) -> int | None:
    for preposition, noun in _settings(trigger):
        number = at.get(noun.i)
        if number is not None and _holds(preposition, trigger, clusters[number]):
            return number
    return None


def _settings(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """What the event is told to be in, at, during or part of, with the word that says so."""
    words = (trigger.token,) if trigger.verb is trigger.token else (trigger.token, trigger.verb)
    for prep in (c for w in words for c in w.children if c.dep_ == "prep"):
        for noun in (c for c in prep.children if c.dep_ == "pobj"):
            if noun.lemma_.lower() == "part" and prep.lower_ in ("as", "in"):
                inner = (g for c in noun.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj")
                yield from (("part of", g) for g in inner)
            elif prep.lower_ == "of" and trigger.nominal and trigger.event.of != "patient":
                yield "of", noun
            elif prep.lower_ in ("during", "in", "at", "throughout", "within"):
                yield prep.lower_, noun


def _holds(preposition: str, part: Trigger, whole: Cluster) -> bool:
    """Whether an event can hold another: anything lasts "during" which something happens, a war or a meeting always.

    In a war all that men fight with is a part of it; a contract signed during it only fell into that time.
    """
    event = whole.told[0].trigger.event
    if event.lemma in _fought() and part.event.type not in _FIGHTING and part.event.lemma not in _fought()[event.lemma]:
        return preposition == "part of"
    if preposition in ("during", "throughout", "part of"):
        return True
    lasting = event.durative or event.lemma in _LASTING
    if preposition == "of":
        return lasting
    return lasting or event.type == "CONSULT" or event.occasion


@cache
def _fought() -> Mapping[str, frozenset[str]]:
    """Classes of the parts of wars, sieges and the like, by the class of the whole (`lexicon` matching/parts)."""
    rows: list[dict[str, Any]] = load("matching/parts")["wholes"]
    return {row["class"]: frozenset(row["holds"]) for row in rows if row["class"] != "negotiate"}
