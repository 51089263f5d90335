"""Events as a calendar (iCalendar, RFC 5545): all-day events, whose ends are the day after their last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kb.digest.formats import web
from kb.export.material import Exported, Happening
from kb.words import human, say

_STATUS = {"asserted": "CONFIRMED", "denied": "CANCELLED", "negated": "CANCELLED"}  # what else may be is TENTATIVE
_LINE = 73  # octets of a line; RFC 5545 allows 75 without its end


def ical_file(found: Exported) -> bytes:
    """A calendar; events before the year 1 have no place in it and are left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//eventline//export//EN", f"X-WR-CALNAME:{_text(found.title)}"]
    for each in found.events:
        lines += _event(found, each)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(found: Exported, each: Happening) -> Iterator[str]:
    row = each.row
    first, last = _day(row.earliest or row.latest), _day(row.latest or row.earliest)
    if first is None or last is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{row.id}@eventline"
    yield f"DTSTAMP:{re.sub(r'[-:]|[.].*|[+].*', '', found.made)}Z"
    yield f"DTSTART;VALUE=DATE:{first.isoformat().replace('-', '')}"
    if last < dt.date.max:
        after = last + dt.timedelta(days=1)
        yield f"DTEND;VALUE=DATE:{after.isoformat().replace('-', '')}"
    yield f"SUMMARY:{_text(row.title)}"
    yield f"STATUS:{_STATUS.get(row.status, 'TENTATIVE')}"
    yield f"CATEGORIES:{_text(row.type)}"
    sentences = (f"{one.text} ({found.articles[one.article].name})" for one in each.sentences)
    told = "\n".join((f"{human(row.edtf)}. {say(row.status)}.", *sentences))
    yield f"DESCRIPTION:{_text(told)}"
    places = found.placed(each)
    if places:
        yield f"LOCATION:{_text(', '.join(place.name for place in places))}"
        if places[0].lat is not None and places[0].lon is not None:
            yield f"GEO:{places[0].lat};{places[0].lon}"
    link = web(found.articles[each.sentences[0].article].url) if each.sentences else ""
    if link:
        yield f"URL:{link}"
    yield "END:VEVENT"


def _day(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso or "")
    except ValueError:
        return None


def _text(words: str) -> str:
    """A text value: marks that have a meaning escaped, control characters left out."""
    words = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", words.encode("utf-8", "replace").decode())
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut between letters so that no part has too many octets; those that follow begin with a space."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _LINE:
            parts.append(part.decode())
            part = b""
        part += octets
    return "\r\n ".join((*parts, part.decode()))
