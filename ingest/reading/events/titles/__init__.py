"""Short titles, as an editor writes them: "Russia annexes Crimea", "Peace talks in Istanbul: Ukraine, Russia"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.reading.events.finding.senses import bearers
from ingest.reading.events.merge import Cluster, Told
from ingest.reading.events.titles.clause_titles import clause_title
from ingest.reading.events.titles.names import listed, patient_names
from ingest.reading.events.titles.noun_titles import interview_title, noun_title, war_title
from ingest.reading.events.who.participants import MentionIndex
from ingest.reading.events.wording import phrase
from ingest.reading.findings import Participant

_LONGEST = 80


def title_of(cluster: Cluster, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title of an event. Arguments: its reports, its participants, key of its place, the article's entities."""
    told = _clearest(cluster)
    event = told.trigger.event
    if event.durative and event.lemma == "war":
        title = war_title(told.trigger, participants, place, index)
    elif event.lemma == "interview":
        title = interview_title(participants, place, index)
    elif told.trigger.token.pos_ == "ADJ" and not told.trigger.misread:
        title = (
            f"{listed(patient_names(participants, index)) or _whose(told.trigger.token)} {told.trigger.token.lower_}"
        )
    elif told.trigger.nominal:
        title = noun_title(told.trigger, participants, place, index)
        title = f"no {title}" if told.status == "negated" else title
    else:
        title = clause_title(told, participants, place, index)
    title = title.strip()
    title = title[:1].upper() + title[1:]
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _whose(adjective: Token) -> str:
    return next((phrase(n, frozenset({adjective.i})) for n in bearers(adjective) if n.pos_ in ("NOUN", "PROPN")), "")


def _clearest(cluster: Cluster) -> Told:
    return max(
        cluster.told,
        key=lambda t: (
            not _nominal_heading(t),
            bool(t.participants),
            not t.trigger.misread,
            t.dating is not None,
            len(t.participants),
            -t.trigger.token.i,
        ),
    )


def _nominal_heading(told: Told) -> bool:
    """A verb of a heading may be read as a noun ("Thousands march"), so that another sentence names it better."""
    return told.trigger.nominal and told.trigger.passage == 0
