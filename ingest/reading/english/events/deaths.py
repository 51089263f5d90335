"""One death of one person: "the killing of Ada Berg", "Berg's murder" and "shot Berg" are told of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.english.events.merge import Cluster, Told
from ingest.reading.english.events.when.dates import REPORTED
from ingest.reading.english.events.who.mentioned import MentionIndex
from kb.edtf import Edtf

_DEATHS = frozenset({"kill", "murder", "assassinate", "execute", "behead", "die"})
_MEANS = frozenset({"shoot", "stab", "poison", "strangle"})
_FACTS = frozenset({"asserted", "alleged"})


def one_death(clusters: Sequence[Cluster], index: MentionIndex) -> list[Cluster]:
    """The events, with those joined that tell the death of one named person: nobody dies twice.

    What may kill ("shot") is of that death where the text gives it no day of its own. A day that was only taken from
    the report yields to one that is told; two told days that differ keep the events apart.

    Arguments: the events; the article's entities.
    """
    dead: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        person = _victim(cluster, index)
        if person is not None:
            dead[person].append(cluster)
    joined: set[int] = set()
    for told in dead.values():
        deaths = [c for c in told if c.lemma in _DEATHS]
        host = next((c for c in deaths if _day(c) is not None), next(iter(deaths), None))
        if host is not None:
            joined |= _gather(host, [c for c in told if c is not host])
    return [c for c in clusters if id(c) not in joined]


def _gather(host: Cluster, others: Sequence[Cluster]) -> set[int]:
    """Put to a death what else tells of it; returns the identities of what was put to it."""
    day, joined = _day(host), set[int]()
    for other in others:
        own = _day(other)
        if own is None or (other.lemma not in _MEANS and (day is None or day.overlaps(own))):
            host.told += other.told
            joined.add(id(other))
            day = _day(host)
    if day is not None:
        host.told = [_without_report_day(t) for t in host.told]
    if joined:
        host.told[1:] = sorted(host.told[1:], key=lambda t: t.trigger.start)
    return joined


def _victim(cluster: Cluster, index: MentionIndex) -> str | None:
    """The one named person whose death or wounding is told as fact."""
    if cluster.lemma not in _DEATHS | _MEANS or not any(t.status in _FACTS for t in cluster.told):
        return None
    role = "agent" if cluster.lemma == "die" else "patient"
    hit = [p.entity for t in cluster.told for p in t.participants if p.role == role]
    entity = index.by_key[hit[0]] if len(set(hit)) == 1 else None
    single = entity is not None and entity.kind == "Person" and not entity.described and entity.subtype != "group"
    return hit[0] if single else None


def _day(cluster: Cluster) -> Edtf | None:
    """The date that the text tells; None where there is only the report's day."""
    return next((d.edtf for d in cluster.datings() if d.confidence > REPORTED), None)


def _without_report_day(told: Told) -> Told:
    reported = told.dating is not None and told.dating.confidence <= REPORTED
    return replace(told, dating=None) if reported else told
