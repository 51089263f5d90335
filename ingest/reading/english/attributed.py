"""What only somebody's words tell stays attributed: such an event is alleged, with the claim that tells it linked.

And whoever says "I" or, for a body, "we" takes part in what his words tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.who.subjects import subjects
from ingest.reading.findings import ClaimFinding, EntityFinding, EventFinding, EventMention, Participant

# whoever confirms, reveals, shows or rules vouches for it, and the text with him
_FORCES = frozenset(
    {"said", "claimed", "believed", "boasted", "complained", "emphasized", "spoke", "warned", "informed"}
)
_DEEDS_AGAINST_OTHERS = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION"})
_ENDS = frozenset('.!?”"')


def spoken(
    annotated: Annotated,
    events: tuple[EventFinding, ...],
    claims: Sequence[ClaimFinding],
    entities: Sequence[EntityFinding],
) -> tuple[EventFinding, ...]:
    """The events with whoever says of himself that he took part: “I have asked her to go,” he said.

    Arguments: the parse; its events; its claims, of which the direct ones are looked at; its entities.
    """
    kinds = {e.key: e.kind for e in entities}
    told = [c for c in claims if c.direct and c.speaker in kinds]
    return tuple(_with_speakers(annotated, event, told, kinds) for event in events)


def _with_speakers(
    annotated: Annotated, event: EventFinding, claims: Sequence[ClaimFinding], kinds: Mapping[str, str]
) -> EventFinding:
    people = {p.entity: p for p in event.participants}
    for mention in event.mentions:
        claim, word = _claim_of(mention, claims), annotated.doc.char_span(mention.start, mention.end)
        if claim is None or claim.speaker is None or claim.speaker in people or word is None:
            continue
        first = "i" if kinds[claim.speaker] == "Person" else "we"
        for subject in subjects(word.root):
            if subject.head.lower_ == first:
                people.setdefault(claim.speaker, Participant(subject.role, claim.speaker, mention.passage))
    return replace(event, participants=tuple(people.values())) if len(people) > len(event.participants) else event


def attributed(
    annotated: Annotated, events: tuple[EventFinding, ...], claims: Sequence[ClaimFinding]
) -> tuple[EventFinding, ...]:
    """The events, those alleged that no sentence tells but what somebody says.

    Arguments: the parse; its events; its claims. What is said of one's own deed holds ("the company said it had
    bought …"), unless it is done against others. A noun in a claim ("the war will end") tells nothing new, and a
    heading leaves out who says it.
    """
    told = [c for c in claims if (c.force in _FORCES or _reported(c)) and c.polarity == "positive" and c.source]
    return tuple(_alleged(annotated, event, told) for event in events)


def _reported(claim: ClaimFinding) -> bool:
    """Whether somebody reports it, as papers do of what they did not do: "Denik had reported that …"."""
    return claim.cue.split()[-1:] in (["report"], ["reports"], ["reported"])


def _alleged(annotated: Annotated, event: EventFinding, claims: Sequence[ClaimFinding]) -> EventFinding:
    if event.status != "asserted":
        return event
    asserted = [m for m in event.mentions if m.status == "asserted"]
    telling = [m for m in asserted if _in_sentence(annotated, m)] or asserted
    said = {m: _claim_of(m, claims) for m in telling}
    if not telling or any(claim is None for claim in said.values()) or all(_noun(annotated, m) for m in telling):
        return event
    if any(claim is not None and _own_deed(event, claim) for claim in said.values()):
        return event
    mentions = tuple(replace(m, status="alleged") if m in said else m for m in event.mentions)
    return replace(event, status="alleged", mentions=mentions)


def _in_sentence(annotated: Annotated, mention: EventMention) -> bool:
    return any(t.text in _ENDS for t in annotated.passages[mention.passage][-2:])


def _claim_of(mention: EventMention, claims: Sequence[ClaimFinding]) -> ClaimFinding | None:
    return next((c for c in claims if any(start <= mention.start < end for start, end in c.content)), None)


def _noun(annotated: Annotated, mention: EventMention) -> bool:
    word = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return word is not None and word.root.pos_ in ("NOUN", "PROPN")


def _own_deed(event: EventFinding, claim: ClaimFinding) -> bool:
    doers = {p.entity for p in event.participants if p.role in ("agent", "speaker", "party")}
    return claim.speaker in doers and event.type not in _DEEDS_AGAINST_OTHERS
