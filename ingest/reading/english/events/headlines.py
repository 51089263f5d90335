"""What a headline and the sentences below it tell of one event, each in other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.reading.english.events.apart import dates_agree, elsewhere
from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.triggers import Trigger

if TYPE_CHECKING:
    from ingest.reading.english.events.merge import Cluster, Told

_LEAD = 4  # sentences below a headline that may tell of it in other words
_FIRST = 2  # those that tell what it only names
_FACTS = frozenset({"asserted", "alleged"})
_NAMED = 0.4  # weight of a class from which on a headline's word for it is no mere word


def headline_twin(report: Told, clusters: Sequence[Cluster]) -> Cluster | None:
    """“Court jails minister” over “A court sentenced X”: main verbs of one kind with one subject, in other words."""
    trigger = report.trigger
    if trigger.nominal or not 0 < trigger.passage <= _FIRST or trigger.event.type in ("STATEMENT", "OTHER"):
        return None
    for cluster in clusters:
        first = cluster.told[0].trigger
        alike = first.event.type == trigger.event.type and first.event.lemma != trigger.event.lemma
        heading = _opens(first) and not first.nominal
        main = all(t.verb.dep_ == "ROOT" for t in (first, trigger)) and dates_agree(cluster, report)
        if alike and heading and main and _subject_words(first) & _subject_words(trigger):
            return cluster
    return None


def _subject_words(trigger: Trigger) -> frozenset[str]:
    return frozenset(c.lemma_.lower() for c in trigger.token.children if c.dep_ in ("nsubj", "nsubjpass"))


def named_above(cluster: Cluster, report: Told, lands: Mapping[str, str]) -> bool:
    """“Talks in Oslo” over “Norway and Sweden held talks in Oslo on Monday”: what the headline only names.

    It is the first of its kind that is told right below it, as fact and with a date.
    """
    first, event = cluster.told[0], report.trigger.event
    below = 0 < report.trigger.passage <= _FIRST and report.dating is not None
    heading = _opens(first.trigger) and len(cluster.told) == 1
    if not (below and heading) or event.saying or event.weight < _NAMED or {first.status, report.status} - _FACTS:
        return False
    here = {p.entity for p in report.participants if p.role == "location"}
    return bool(here & cluster.keys(("location",))) or (event.type != "OTHER" and not elsewhere(cluster, report, lands))


def unnamed_headline(cluster: Cluster, report: Told) -> bool:
    """“Ministers agree truce” over “A and B agreed on Monday to …”: the headline's main verb, its actor unnamed.

    Or whom it befell, by the same noun.
    """
    first = cluster.told[0]
    heading = _opens(first.trigger) and not first.trigger.nominal
    lead = 0 < report.trigger.passage <= _FIRST and report.trigger.verb.dep_ in ("ROOT", "conj", "advcl")
    actors = [c for c in first.trigger.token.children if c.dep_ == "nsubj"]
    if heading and lead and not report.trigger.nominal and _hurt(first.trigger) & _hurt(report.trigger):
        return True
    return heading and lead and bool(actors) and all(c.pos_ == "NOUN" for c in actors) and not report.trigger.nominal


def _hurt(trigger: Trigger) -> frozenset[str]:
    """The nouns of whom a passive tells: “Soldiers hurt in clashes” over “Twenty soldiers were hurt in clashes”."""
    verb = trigger.token
    nouns = [c for c in verb.children if c.dep_ == "nsubjpass"] or ([verb.head] if verb.dep_ == "acl" else [])
    return frozenset(c.lemma_.lower() for c in nouns if c.pos_ == "NOUN" and (verb.tag_ == "VBN" or verb.dep_ != "acl"))


def same_deed(cluster: Cluster, report: Told) -> bool:
    """“Taliban enter Kabul” over “Taliban fighters entered the capital on Sunday”: one verb, one actor, one day.

    Not where both name what it is done to, each another.
    """
    first, trigger = cluster.told[0], report.trigger
    heading = _opens(first.trigger) and not first.trigger.nominal
    main = trigger.verb.dep_ == "ROOT" and first.trigger.verb.dep_ == "ROOT" and not trigger.nominal
    if not (heading and main and 0 < trigger.passage <= _FIRST) or report.dating is None or trigger.event.saying:
        return False
    acting = {p.entity for p in report.participants if p.role == "agent"} & cluster.keys(("agent",))
    names = [
        {c.i for c in t.token.children if c.dep_ == "dobj" and c.pos_ == "PROPN"} for t in (first.trigger, trigger)
    ]
    return bool(acting) and not all(names)


def headline_and_lead(cluster: Cluster, report: Told) -> bool:
    """Whether one is the headline and the other stands in the sentences right below it."""
    first = cluster.told[0].trigger
    headline = is_headline(report.trigger) or is_headline(first)
    return headline and abs(report.trigger.passage - first.passage) <= _LEAD


def _opens(trigger: Trigger) -> bool:
    """Whether it stands in the headline that the article opens with."""
    return trigger.passage == 0 and is_headline(trigger)


def is_headline(trigger: Trigger) -> bool:
    """A title-case heading, or the first sentence where it ends without a full stop."""
    sentence = trigger.token.sent
    return is_heading(sentence) or (trigger.passage == 0 and not any(t.text in ".!?" for t in sentence[-2:]))
