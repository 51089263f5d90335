"""What humans added to an article, an event or a claim that no rule found, brought into its reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ingest.matching.referents import Ids
from ingest.reading.findings import ClaimFinding, EventFinding, EventMention, Participant, Span
from ingest.reading.reading import Reading
from kb.edtf import Edtf
from kb.heeded import Added

SURE = 1.0
"""The confidence, salience and clarity of what a human added: somebody thought it worth the trouble."""

Known = Mapping[str, Collection[str]]
"""By the id of an entity all referents that are one with it."""


def with_added(reading: Reading, added: Mapping[str, Added], ids: Ids, known: Known) -> Reading:
    """The reading with what humans added to it; what its text has no words for any more is left out.

    Arguments: the reading; added, by the decision's id; ids, of its findings; known, of the entities that are named.
    """
    keys = {id: key for key, id in ids.entities.items()}
    text = reading.annotated.text
    placed = {id: (one, span) for id, one in added.items() if (span := place(text, one)) is not None}
    events = [_event(id, one, span, reading, _keyed(one, keys, known))
              for id, (one, span) in placed.items() if one.what == "event"]  # fmt: skip
    found = replace(reading, events=(*reading.events, *events), added=tuple(added))
    claims = [_claim(id, one, span, found, _keyed(one, keys, known))
              for id, (one, span) in placed.items() if one.what == "claim"]  # fmt: skip
    return replace(found, claims=(*reading.claims, *claims))


def redated(reading: Reading, pinned: Mapping[Span, Edtf]) -> Reading:
    """The reading, its added events on the dates that humans gave them since. Arguments: pinned, dates by span."""
    return replace(reading, events=tuple(_redated(event, pinned) for event in reading.events))


def place(text: str, one: Added) -> Span | None:
    """Where the words stand in a text, nearest to where they stood; None where they do not."""
    starts = list(_all(text, one.words))
    if not starts:
        return None
    start = min(starts, key=lambda at: (abs(at - one.start), at))
    return start, start + len(one.words)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _keyed(one: Added, keys: Mapping[str, str], known: Known) -> list[tuple[str, str]]:
    """Roles and keys of those who are named in this reading; whoever is not any more is left out."""
    found = []
    for role, entity in one.who:
        key = next((keys[id] for id in (entity, *known.get(entity, ())) if id in keys), None)
        if key is not None:
            found.append((role, key))
    return found


def _event(id: str, one: Added, span: Span, reading: Reading, who: list[tuple[str, str]]) -> EventFinding:
    passage = reading.annotated.passage_at(span[0])
    end = min(span[1], reading.annotated.passages[passage].end_char)
    date = Edtf(one.date) if one.date else None
    mention = EventMention(span[0], end, reading.annotated.text[span[0] : end], passage, edtf=date, confidence=SURE)
    # The whole title in the place of a word: no rule compares it with what another article tells.
    return EventFinding(
        f"added {id}", one.title, one.type, one.title.lower(), (mention,), edtf=date, salience=SURE, confidence=SURE,
        clarity=SURE, participants=tuple(Participant(role, key, passage) for role, key in who),
    )  # fmt: skip


def _redated(event: EventFinding, pinned: Mapping[Span, Edtf]) -> EventFinding:
    mention = event.mentions[0]
    date = pinned.get((mention.start, mention.end))
    if date is None or not event.key.startswith("added "):
        return event
    return replace(event, edtf=date, mentions=(replace(mention, edtf=date),))


def _claim(id: str, one: Added, span: Span, reading: Reading, who: list[tuple[str, str]]) -> ClaimFinding:
    speaker = next((key for _, key in who), None)
    names = {entity.key: entity.name for entity in reading.entities}
    events = [e.key for e in reading.events if any(_within((m.start, m.end), span) for m in e.mentions)]
    about = [e.key for e in reading.entities if any(_within((m.start, m.end), span) for m in e.mentions)]
    return ClaimFinding(
        f"added {id}", (span,), reading.annotated.passage_at(span[0]), direct=False, speaker=speaker,
        speaker_text=names.get(speaker or "", ""), said=Edtf(one.date) if one.date else None,
        about_events=tuple(events), about_entities=tuple(key for key in about if key != speaker), confidence=SURE,
    )  # fmt: skip


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
