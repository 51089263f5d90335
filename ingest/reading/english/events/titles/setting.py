"""What every title is made from besides the report that tells the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.findings import Participant


@dataclass(frozen=True, slots=True)
class Setting:
    """What a title is made from besides the report.

    participants: of the whole event; place: key of its place; index: the article's entities; most: how many words a
    clause inside the title may have.
    """

    participants: Sequence[Participant]
    place: str | None
    index: MentionIndex
    most: int
