"""What an article tells only in passing: kept with low salience, so that it meets what another article tells in full.

An article says far more happenings than it reports: who said what, a murder somebody is tried for, a plan, a record.
None of these is a reason to show anything by itself; but a later article may tell it in full, and then both are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.events.headlines import is_headline
from ingest.reading.english.events.merge import Cluster, Told, merge
from ingest.reading.english.events.settled import datings_agree
from ingest.reading.english.events.when.dates import ATTACHED, Dating

_WEIGHTY, _CLOSE = 0.4, 3


def background(dropped: Iterable[Cluster], reports: Sequence[Told], kept: Sequence[Cluster]) -> list[Cluster]:
    """Clusters for what is told in passing; what only says again an event that is kept becomes a mention of that.

    Arguments: groups of reports that are no events by themselves; further reports; the events. Changes these.
    """
    found: list[Cluster] = []
    for cluster in (_with_sure_dates(c) for c in [*dropped, *merge(reports)] if not _only_a_name(c)):
        cluster.faint = True
        whole, like = _said_again(cluster, kept), _named_before(cluster, found)
        if whole is not None:
            whole.echoes += [*cluster.told, *cluster.sayings]
        elif like is not None:
            like.told += cluster.told
        else:
            found.append(cluster)
    return found


def _with_sure_dates(cluster: Cluster) -> Cluster:
    """The group with the exact dates that hang on its own words; a saying told in passing has none."""
    saying = cluster.told[0].trigger.event.saying
    told = [replace(t, dating=None if saying or not _sure(t.dating) else t.dating) for t in cluster.told]
    return Cluster(told, cluster.extra, cluster.sayings)


def _sure(dating: Dating | None) -> bool:
    return dating is not None and dating.confidence >= ATTACHED and not dating.edtf.endswith("~")


def _only_a_name(cluster: Cluster) -> bool:
    """Whether the word is part of a name ("Attack on Titan") or only given as one ("called it an invasion")."""
    return all(_named(t) or _given(t.trigger.token) for t in cluster.told)


def _named(told: Told) -> bool:
    return told.trigger.token.pos_ == "PROPN" and not is_headline(told.trigger)


def _given(noun: Token) -> bool:
    return noun.dep_ == "oprd" and noun.head.lemma_.lower() in ("call", "term", "dub", "label", "name", "deem")


def _named_before(cluster: Cluster, found: Sequence[Cluster]) -> Cluster | None:
    """What one noun names again and again in passing: "the heist", "the heist suspects"."""
    if not _nominal(cluster) or cluster.told[0].trigger.event.saying or not _real(cluster):
        return None
    word = cluster.told[0].trigger.token
    alike = [c for c in found if c.lemma == cluster.lemma and _nominal(c) and _real(c)]
    alike = [c for c in alike if c.told[0].trigger.token.tag_ == word.tag_ and datings_agree(c, cluster)]
    one = (c for c in alike if not (c.keys() and cluster.keys() and not c.keys() & cluster.keys()))
    return next(one, None)


def _nominal(cluster: Cluster) -> bool:
    return all(t.trigger.nominal for t in cluster.told)


def _said_again(cluster: Cluster, kept: Sequence[Cluster]) -> Cluster | None:
    """The one event of the article that is of this class, where nothing speaks against its being this one.

    Only a noun or an adjective says an event again: a further verb ("when you attack us") may be of any other time.
    """
    event = cluster.told[0].trigger.event
    alike = [c for c in kept if c.lemma == event.lemma]
    if any(t.quoted or t.trigger.token.pos_ == "VERB" for t in cluster.told):
        return None
    if len(alike) != 1 or event.saying or event.weight < _WEIGHTY or not _real(cluster):
        return None
    mine, theirs = cluster.keys(), alike[0].keys()
    if (mine and theirs and not mine & theirs) or not (_near(cluster, alike[0]) or _in_another(cluster)):
        return None
    return alike[0] if _real(alike[0]) and datings_agree(cluster, alike[0]) else None


def _near(one: Cluster, other: Cluster) -> bool:
    return min(abs(a.trigger.passage - b.trigger.passage) for a in one.told for b in other.told) <= _CLOSE


def _in_another(cluster: Cluster) -> bool:
    """Whether the word only modifies another noun: "the murder trial" takes the murder as known."""
    return all(t.trigger.token.dep_ in ("compound", "nmod") for t in cluster.told)


def _real(cluster: Cluster) -> bool:
    return all(t.status in ("asserted", "alleged") for t in cluster.told)
