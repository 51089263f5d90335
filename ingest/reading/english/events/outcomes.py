"""What an event did to people and things, told beside it: "an explosion destroyed a depot, killing 12 people".

Editors tell both in one line. So what came of an event is a part of it (as a sub-event of the Richer Event Description
guidelines, O'Gorman, Wright-Bettner & Palmer 2016), weighs less than it, and may give it its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Token

from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.merge import Cluster
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.lexicon import load

_TWICE = 2
_DEEP = 4  # clauses up which the cause is looked for
_BY = frozenset({"in", "by", "when"})


def outcomes(clusters: Sequence[Cluster], index: MentionIndex) -> list[int | None]:
    """For each event the number of the event of which it is told to be the outcome, else None.

    What befell somebody who is named is an event of its own, whatever brought it about.

    Arguments: the events; the article's entities.
    """
    at = {told.trigger.token.i: n for n, cluster in enumerate(clusters) for told in cluster.told}
    return [None if _named(cluster, index) else _cause(cluster, number, clusters, at)
            for number, cluster in enumerate(clusters)]  # fmt: skip


def one_cause(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The events, those of one class joined that are told to have had one outcome: it came about once.

    “Explosion kills 12” over “an explosion destroyed a depot, killing at least 12”: one explosion.
    """
    at = {told.trigger.token.i: n for n, cluster in enumerate(clusters) for told in cluster.told}
    into = list(range(len(clusters)))
    for cluster in clusters:
        if cluster.lemma not in _lists()["outcomes"] or len(cluster.told) < _TWICE:
            continue
        causes = {at[noun.i] for told in cluster.told for noun in _causes(told.trigger) if noun.i in at}
        first: dict[str, int] = {}
        for number in sorted(n for n in causes if clusters[n].lemma in _lists()["causes"]):
            into[number] = into[first.setdefault(clusters[number].lemma, number)]
    for number, cluster in enumerate(clusters):
        if into[number] != number:
            clusters[into[number]].told += cluster.told
    return [cluster for number, cluster in enumerate(clusters) if into[number] == number]


def _named(cluster: Cluster, index: MentionIndex) -> bool:
    hurt = (p.entity for t in cluster.told for p in t.participants if p.role == "patient")
    return any(index.kind(entity) == "Person" and not index.by_key[entity].described for entity in hurt)


def _cause(cluster: Cluster, own: int, clusters: Sequence[Cluster], at: dict[int, int]) -> int | None:
    if cluster.lemma not in _lists()["outcomes"]:
        return None
    for told in cluster.told:
        for noun in _causes(told.trigger):
            number = at.get(noun.i)
            if number is not None and number != own and clusters[number].lemma in _lists()["causes"]:
                return number
    return None


def _causes(trigger: Trigger) -> Iterator[Token]:
    """The nouns that a clause tells to have brought its event about, by its subject or "in" and "by"."""
    if trigger.nominal:
        return
    token = trigger.token
    for prep in (c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ in _BY):
        yield from (c for c in prep.children if c.dep_ == "pobj")
    for _ in range(_DEEP):
        subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.tag_ not in ("WDT", "WP"):
            if subject.dep_ == "nsubj":
                yield subject
            return
        if token.dep_ in ("relcl", "acl") and token.head.pos_ in ("NOUN", "PROPN"):
            yield token.head
            return
        if token.dep_ not in ("advcl", "conj", "xcomp") or (token.dep_ == "advcl" and token.tag_ != "VBG"):
            return
        token = token.head


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = load("events/outcomes")
    return {name: frozenset(data[name]) for name in ("causes", "outcomes")}
