"""What is read of an article in Ukrainian or Russian: its times, and that it was published.

What happened is not read, so the article itself stands on the timeline, by its headline and the day of its publication.
"""

from __future__ import annotations

from ingest.reading.annotate import Annotated
from ingest.reading.findings import EventFinding, EventMention
from ingest.reading.reading import Reading
from ingest.reading.slavic.times import find_times

LANGUAGES = frozenset({"uk", "ru"})
_LONGEST = 80  # characters of a title
_SALIENCE = 0.3  # of an article whose deeds nobody read: shown, but below what a deed in a lead has


def read(annotated: Annotated) -> Reading:
    """The times of an article, and one event: that it was published. Arguments: a document in one of LANGUAGES."""
    return Reading(annotated, find_times(annotated), (), tuple(_publication(annotated)), ())


def _publication(annotated: Annotated) -> list[EventFinding]:
    document = annotated.document
    if not document.published or not annotated.passages:
        return []
    head = annotated.passages[0]
    title = _cut(document.title or head.text)
    mention = EventMention(head.start_char, head.end_char, head.text, 0, document.published, confidence=0.9, past=True)
    return [EventFinding("e1", title, "STATEMENT", "publish", (mention,), edtf=document.published,
                         salience=_SALIENCE, confidence=0.9, clarity=0.5, thing=title)]  # fmt: skip


def _cut(title: str) -> str:
    """A headline of at most 80 characters, cut between words."""
    words = " ".join(title.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
