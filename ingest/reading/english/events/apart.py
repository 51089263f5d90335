"""What tells two events of one article apart: fought, held or begun elsewhere, at another time, or not yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Token

from ingest.reading.english.events.when.dates import REPORTED, Dating
from kb.edtf import Edtf

if TYPE_CHECKING:
    from ingest.reading.english.events.merge import Cluster, Told

_OTHER = frozenset({"last", "previous", "earlier", "another", "other", "next", "past", "former", "future"})


def apart(cluster: Cluster, report: Told) -> bool:
    """Two wars: fought in different lands, or begun at different times ("the war in Donbas", "the invasion's war")."""
    lands = {p.entity for p in report.participants if p.role in ("location", "party", "patient")}
    places = {p.entity for p in report.participants if p.role == "location"}
    known = cluster.keys(("location", "party", "patient"))
    if places and cluster.keys(("location",)) and not (places & known or lands & cluster.keys(("location",))):
        return True
    start = _start(report.dating)
    starts = [s for d in cluster.datings() if (s := _start(d))]
    return start is not None and bool(starts) and not any(s.overlaps(start) for s in starts)


def abroad(cluster: Cluster, report: Told, lands: Mapping[str, str]) -> bool:
    """Whether a war was fought in another country than one spoken of before, whoever fights in both.

    The land of who acts is not where it was: “Russia's war in Chechnya” is none in Ukraine.
    """
    acting = {p.entity for t in (*cluster.told, report) for p in t.participants if p.role == "agent"}
    here = {lands[p.entity] for p in report.participants if p.role == "location" and p.entity in lands}
    known = {lands[k] for k in cluster.keys(("location", "party", "patient")) - acting if k in lands}
    return bool(here and known) and not here & known


def _start(dating: Dating | None) -> Edtf | None:
    """When a lasting event is told to have begun."""
    if dating is None or dating.confidence <= REPORTED or not dating.edtf.endswith("/.."):
        return None
    return Edtf(dating.edtf.split("/")[0])


def elsewhere(cluster: Cluster, report: Told, lands: Mapping[str, str]) -> bool:
    """Whether a visit or a meeting was in another country: “his visit to Delhi” is none to Kyiv.

    Arguments: the reports so far, the further one; the countries of places by the keys of these.
    """
    here = {lands[p.entity] for p in report.participants if p.role == "location" and p.entity in lands}
    known = {lands[k] for k in cluster.keys(("location",)) if k in lands}
    return bool(here and known) and not here & known


def another(cluster: Cluster, report: Told) -> bool:
    """Whether a war of which nothing else is told is none spoken of before: “its last war”, “may lead to a war”."""
    words = (cluster.told[0].trigger.token, report.trigger.token)
    if any(_is_other(word) for word in words):
        return True
    ahead = [t.status in ("hypothetical", "planned") for t in (cluster.told[0], report)]
    return ahead[0] != ahead[1] and any(c.lower_ in ("a", "an") for c in words[ahead.index(True)].children)


def _is_other(noun: Token) -> bool:
    return any(c.lower_ in _OTHER and c.dep_ in ("amod", "det") for c in noun.children)


def dates_agree(cluster: Cluster, report: Told) -> bool:
    """Whether no date that is told of one speaks against the other's; of what lasts it is enough that one fits."""
    mine = report.edtf
    dates = [d.edtf for d in cluster.datings()]
    if mine is None or not dates:
        return True
    if report.trigger.event.durative:
        return any(d.overlaps(mine) or ".." in d or ".." in mine for d in dates)
    return all(d.overlaps(mine) for d in dates)
