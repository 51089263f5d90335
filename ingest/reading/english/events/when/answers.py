"""When an undated denial was made: after what it answers, and not after the article that tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.events.merge import Cluster, Told
from ingest.reading.english.events.settled import best_date
from ingest.reading.english.events.when.dates import REPORTED, Dating
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import entities_of
from kb.edtf import Edtf

_ANSWERS = frozenset({"reject", "deny", "dismiss", "rebuff", "refute", "dispute", "rebut"})
_ANSWERED = frozenset(
    {
        "claim", "statement", "offer", "accusation", "allegation", "remark", "comment", "assertion", "suggestion",
        "proposal", "charge", "account", "version"
    }
)  # fmt: skip
_REACH, _LEAD = 12, 3
"""Passages back, and on, within which the thing answered is told: a news lead has the answer first."""


def date_answers(clusters: Sequence[Cluster], index: MentionIndex, published: Edtf | None) -> None:
    """Give a denial of a claim or offer that the article dates the time between that and publication.

    Arguments: the article's events, changed in place; its entities; its publication date. Rule: whoever "rejected X's
    claim" did so after X's last dated saying told before, and no later than the report.
    """
    if published is None or published.latest is None:
        return
    for cluster in clusters:
        dating = best_date(cluster)
        if dating is not None and dating.confidence > REPORTED:
            continue
        for told in cluster.told:
            said = _answered(told, clusters, index)
            if said is not None and said.edtf.earliest and said.edtf.earliest < published.latest:
                between = Edtf.of(f"{said.edtf.earliest}/{published.latest}")
                made = Dating(between, said.time, REPORTED) if between else None
                cluster.told = [replace(t, dating=made) for t in cluster.told]
                break


def _answered(told: Told, clusters: Sequence[Cluster], index: MentionIndex) -> Dating | None:
    """The date of what a report answers; None when it answers nothing that is dated."""
    verb = told.trigger.token
    if verb.lemma_.lower() not in _ANSWERS or told.status != "asserted":
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in _ANSWERED]
    for thing in objects:
        owners = {key for owner in _owners(thing) for key in entities_of(owner, index)}
        if owners:
            return _last_said(told, owners, clusters)
    return None


def _owners(thing: Token) -> Iterator[Token]:
    """Whose it is: “Putin's claim”, “a suggestion by Putin”."""
    for child in thing.children:
        if child.dep_ == "poss":
            yield child
        elif child.lower_ in ("by", "from", "of"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _last_said(told: Told, speakers: set[str], clusters: Sequence[Cluster]) -> Dating | None:
    here = told.trigger.passage
    found: list[tuple[int, Dating]] = []
    for cluster in clusters:
        event, dating = cluster.told[0].trigger.event, best_date(cluster)
        if not event.statement or dating is None or dating.confidence <= REPORTED or "/" in dating.edtf:
            continue
        apart = [here - t.trigger.passage for t in cluster.told]
        passages = [a if a >= 0 else _REACH - a for a in apart if -_LEAD <= a <= _REACH]
        told_by = {p.entity for p in cluster.participants() if p.role in ("speaker", "patient", "party", "agent")}
        if passages and speakers & told_by:
            found.append((min(passages), dating))
    return min(found, key=lambda pair: pair[0])[1] if found else None
