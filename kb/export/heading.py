"""What a file of events calls itself: what was asked for, in words, and of which years they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.export.material import Entity, Happening
from kb.words import human, mark, say

_OF = {"entity": mark("of {name}"), "place": mark("in {name}")}


def heading(filters: Mapping[str, Any], events: Sequence[Happening], entities: Mapping[str, Entity]) -> str:
    """Words for events that some filters leave: "Events with “talks” in Kyiv, 2014 to 2024".

    Arguments: filters, as `ask.timeline` takes them; the events in the order of time; the entities by id.
    """
    words = [say("Events")]
    words += [say("with “{text}”", text=filters["text"])] if filters.get("text") else []
    for name, text in _OF.items():
        found = entities.get(filters.get(name) or "")
        words += [say(text, name=found.name)] if found else []
    span = _asked(filters.get("earliest"), filters.get("latest")) or _years(events)
    return " ".join(words) + (f", {span}" if span else "")


def _asked(earliest: str | None, latest: str | None) -> str:
    """The days that were asked for; a day that only sorts after a year or month (2022-99) is that one."""
    first, last = (human(day.removesuffix("-99").removesuffix("-99")) if day else "" for day in (earliest, latest))
    if first and last:
        return say("from {first} to {last}", first=first, last=last)
    return say("from {date}", date=first) if first else say("to {date}", date=last) if last else ""


def _years(events: Sequence[Happening]) -> str:
    """The first and the last year; "" where none has one."""
    days = [day for each in events for day in (each.row.earliest, each.row.latest) if day]
    years = sorted({day.rsplit("-", 2)[0] for day in days}, key=int)
    if not years:
        return ""
    first, last = human(years[0]), human(years[-1])
    return first if first == last else say("{first} to {last}", first=first, last=last)
