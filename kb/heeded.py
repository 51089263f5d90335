"""What humans decided that an article was read by, in the words that `Article.heeded` keeps."""

from __future__ import annotations

from dataclasses import dataclass

from kb.edtf import Edtf


@dataclass(frozen=True, slots=True)
class GivenDate:
    """A date that a human gave an event: the event's id and the date."""

    event: str
    date: Edtf


def date_heeded(given: GivenDate) -> str:
    """In words: an article was read by this date of its event."""
    return f"date {given.event} {given.date}"


def own_heeded(referent: str, own: str) -> str:
    """In words: an article was read with its own meaning of a referent."""
    return f"own {referent} {own}"


def here_heeded(span: tuple[int, int], event: str) -> str:
    """In words: an event was judged where it stands in an article, whose words give another."""
    return f"here {span[0]} {span[1]} {event}"
