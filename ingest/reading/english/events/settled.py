"""What the reports of one event come to: its date, its status."""

from __future__ import annotations

from dataclasses import replace

from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.merge import Cluster, Told
from ingest.reading.english.events.when.dates import Dating
from kb.edtf import Edtf
from kb.models import EventStatus


def datings_agree(one: Cluster, other: Cluster) -> bool:
    """Whether no date of one speaks against a date of the other."""
    return all(d.edtf.overlaps(e.edtf) for d in one.datings() for e in other.datings())


def best_date(cluster: Cluster) -> Dating | None:
    """The surest date of the mentions; among equally sure ones the most exact. A start and an end make an interval.

    Of two as fine, one that the text states beats one counted off ("about ten days ago").
    """
    datings = cluster.datings()
    if not datings:
        return None
    starts = [d for d in datings if d.edtf.endswith("/..")]
    ends = [d for d in datings if d.edtf.startswith("../")]
    # "besieged the town in May. The siege ended in June": a lasting event has begun on the day that its verb tells
    begun = starts or [d for d in datings if "/" not in d.edtf and cluster.told[0].trigger.event.durative]
    if begun and ends and (begun[0].edtf.earliest or "") <= (ends[0].edtf.latest or ""):
        first, last = begun[0].edtf.split("/")[0], ends[0].edtf.split("/")[1]
        joined = Edtf.of(last if first.rstrip("~?") == last.rstrip("~?") else f"{first}/{last}")
        if joined:
            return Dating(joined, begun[0].time, min(begun[0].confidence, ends[0].confidence))
    if starts:
        return min(starts, key=lambda d: (_width(d.edtf), -d.confidence))
    sure = [d for d in datings if d.confidence >= datings[0].confidence - 0.2]
    return min(sure, key=lambda d: (_width(d.edtf), d.edtf.endswith("~")))


def ahead(report: Told, published: Edtf | None) -> Told:
    """The report, planned where its day lies after the article: "votes on Sunday", "before the election of 8 January".

    Arguments: the report; when the article was published. A past tense with such a day is left to `kb check`.
    """
    if report.status != "asserted" or report.dating is None or published is None or published.latest is None:
        return report
    first, trigger = report.dating.edtf.earliest, report.trigger
    by, last = report.dating.edtf.startswith("../"), report.dating.edtf.latest
    to_come = first is not None and first > published.latest and not by
    if by and last is not None and last > published.latest and trigger.verb.tag_ in ("VBZ", "VBP"):
        to_come = not any(c.dep_ == "aux" for c in trigger.verb.children)  # "cuts 500 jobs by June"
    present = trigger.verb.tag_ in ("VBZ", "VBP", "VBG") or any(
        c.lower_ in ("is", "are") for c in trigger.verb.children
    )
    scheduled = event_lexicon().is_group("planned", trigger.verb.lemma_.lower())  # which it is by now
    told_so = (present and not scheduled) or (trigger.nominal and trigger.governor is None)
    return replace(report, status="planned") if to_come and told_so else report


def _width(date: Edtf) -> int:
    order = ("day", "month", "season", "quarter", "interval", "year", "decade", "century", "open", "unknown")
    start = Edtf(date.split("/")[0]) if date.endswith("/..") else date
    return order.index(start.precision)


def settled_status(cluster: Cluster) -> EventStatus:
    """The status of the fullest report: a body sentence outranks a heading, which leaves the hedge out."""
    body = [t for t in cluster.told if _finite_report(t)] or cluster.told
    # "the deal" only points back: what the text says of its coming about stands elsewhere
    body = [t for t in body if not t.trigger.nominal or t.trigger.governor is not None] or body
    statuses = [t.status for t in body]
    if "asserted" in statuses:
        return "asserted"
    for status in ("alleged", "denied", "planned", "negated"):
        if status in statuses:
            return status
    return "hypothetical"


def _finite_report(told: Told) -> bool:
    sentence = told.trigger.token.sent
    return any(t.text in ".!?" for t in sentence[-2:])
