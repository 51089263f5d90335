"""How much an editor of a timeline would care about an event, 0 to 1, by a stated rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.english.events.finding.notices import beside_text
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.merge import Cluster
from ingest.reading.english.events.when.dates import REPORTED, Dating
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.findings import Participant
from kb.models import EventStatus

_CLASS, _DATED, _REPORT_DAY, _NAMED, _AGAIN, _MAIN, _HEADLINE, _LEAD = 0.5, 0.2, 0.1, 0.05, 0.05, 0.1, 0.1, 0.1
_QUOTED, _BARE, _OUTCOME = 0.15, 0.1, 0.3
_STATUS = {"asserted": 0.0, "alleged": -0.05, "planned": -0.15, "denied": -0.2, "negated": -0.3, "hypothetical": -0.35}
BACKGROUND, _LEAD_PASSAGES, _WEIGHTY = 0.25, 3, 0.4
_BESIDE = frozenset(
    {"dobj", "attr", "prep", "ccomp", "xcomp", "dative", "agent", "nsubjpass", "prt", "oprd", "acl"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What of the article bears on an event's salience: its entities and the lemmas of its headline."""

    index: MentionIndex
    headline: frozenset[str]


def salience(
    cluster: Cluster,
    participants: Sequence[Participant],
    dating: Dating | None,
    status: EventStatus,
    reading: Reading,
) -> float:
    """The salience of an event.

    Rule, after what news values and studies of salient events in news name (Galtung & Ruge 1965; Liu, Xiong & Hovy
    2018: position, frequency, being in the headline, named people): 0.5 times the weight of its class, which says how
    consequential such events are (a war over a remark), and to that
      0.2 for a date from the text, 0.1 for the report's own day: a timeline needs a day;
      0.05 for each named participant up to three, 0.05 for each further passage that tells it up to two;
      0.1 for a main clause ("eleven died, police said" too), 0.1 for a word of the headline, 0.1 for the lead;
      less for what is not told as fact, what stands only inside a quotation, and a verb that stands alone;
      0.3 less for what another event did ("killing 12"), whose main clause, headline and lead count for that one.
    Background is held to 0.25: a saying without a date of its own that is light or outside the lead, an undated plan
    within another clause, an undated noun of a light class ("demands"), all that is told only in passing or said in a
    figure ("met its goal"), and what only stands beside the text ("Read also: …").
    """
    triggers = [t.trigger for t in cluster.told]
    with_outcomes = [*triggers, *(t.trigger for t in cluster.outcomes)]
    lead = any(t.passage < _LEAD_PASSAGES for t in with_outcomes)
    score = _CLASS * max(t.event.weight for t in triggers) + _STATUS[status]
    if dating is not None:
        score += _DATED if dating.confidence > REPORTED else _REPORT_DAY
    named = [p for p in participants if not reading.index.by_key[p.entity].described]
    score += _NAMED * min(3, len(named)) + _AGAIN * min(2, len({t.passage for t in triggers}) - 1)
    score += _MAIN * any(_prominent(t) for t in with_outcomes) + _LEAD * lead
    score += _HEADLINE * any(t.token.lemma_.lower() in reading.headline for t in with_outcomes)
    score -= _OUTCOME * cluster.outcome
    score -= _QUOTED * all(t.quoted for t in cluster.told) + _BARE * all(_bare(t) for t in triggers)
    if _background(cluster, dating, status, lead):
        score = min(score, BACKGROUND)
    return round(min(1.0, max(0.0, score)), 3)


def _background(cluster: Cluster, dating: Dating | None, status: EventStatus, lead: bool) -> bool:
    triggers = [t.trigger for t in cluster.told]
    if cluster.faint or all(beside_text(t.token) for t in triggers):
        return True
    event = triggers[0].event
    if event.lemma == "figurative":
        return True
    if event.saying and not event.occasion and (dating is None or dating.confidence <= REPORTED):
        return not lead or event.weight < _WEIGHTY
    if dating is not None:
        return False
    if status == "planned" and not any(_prominent(t) for t in triggers):
        return True
    return event.weight < 0.6 and all(t.nominal and t.governor is None for t in triggers)


def _bare(trigger: Trigger) -> bool:
    """A verb that stands with its subject alone tells little: "X supported"."""
    plain = not trigger.nominal and not trigger.misread and trigger.event.of == "patient"
    return plain and not any(c.dep_ in _BESIDE for c in trigger.token.children)


def _prominent(trigger: Trigger) -> bool:
    verb = trigger.verb
    return verb.dep_ in ("ROOT", "conj") or (verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and verb.i < verb.head.i)
