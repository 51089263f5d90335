"""How much an editor of a timeline would care about an event, 0 to 1, by a stated rule."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.events.dates import REPORTED, Dating
from ingest.events.merge import Cluster
from ingest.events.participants import MentionIndex
from ingest.events.triggers import Trigger
from ingest.findings import Participant
from kb.models import EventStatus

_STATUS = {"asserted": 0.0, "alleged": -0.05, "planned": -0.15, "denied": -0.2, "negated": -0.3, "hypothetical": -0.35}


def salience(
    cluster: Cluster,
    participants: Sequence[Participant],
    dating: Dating | None,
    status: EventStatus,
    index: MentionIndex,
    headline: frozenset[str],
) -> float:
    """The salience of an event.

    Half the weight of its class, and to that: 0.2 for a date from the text (0.05 for the report's own day), 0.05 for
    each named participant up to three, 0.05 for each further passage up to two, 0.1 for a main clause, 0.1 for a
    word of the headline; less for what is not told as fact and for what stands only inside a quotation; at most
    0.25 for undated sayings, undated plans told within another clause and undated nouns of light classes ("demands").
    """
    event = cluster.told[0].trigger.event
    score = 0.5 * max(t.trigger.event.weight for t in cluster.told)
    if dating is not None:
        score += 0.2 if dating.confidence > REPORTED else 0.05
    named = [p for p in participants if not index.by_key[p.entity].described]
    score += 0.05 * min(3, len(named))
    score += 0.05 * min(2, len({t.trigger.passage for t in cluster.told}) - 1)
    score += 0.1 * any(_prominent(t.trigger.verb.dep_) for t in cluster.told)
    score += 0.1 * any(w.lemma_.lower() in headline for w in (t.trigger.token for t in cluster.told))
    score += _STATUS[status]
    if all(t.quoted for t in cluster.told):
        score -= 0.15
    if all(_bare(t.trigger) for t in cluster.told):
        score -= 0.1
    if event.saying and not event.occasion and (dating is None or dating.confidence <= REPORTED):
        score = min(score, 0.25)
    if dating is None and status == "planned" and not any(_prominent(t.trigger.verb.dep_) for t in cluster.told):
        score = min(score, 0.25)
    if (
        dating is None
        and event.weight < 0.6
        and all(t.trigger.nominal and t.trigger.governor is None for t in cluster.told)
    ):
        score = min(score, 0.25)
    return round(min(1.0, max(0.0, score)), 3)


def _bare(trigger: Trigger) -> bool:
    """A verb that stands with its subject alone tells little: "X supported"."""
    beside = ("dobj", "attr", "prep", "ccomp", "xcomp", "dative", "agent", "nsubjpass", "prt", "oprd", "acl")
    plain = not trigger.nominal and not trigger.misread and trigger.event.of == "patient"
    return plain and not any(c.dep_ in beside for c in trigger.token.children)


def _prominent(dependency: str) -> bool:
    return dependency in ("ROOT", "conj")
