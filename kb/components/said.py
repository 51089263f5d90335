"""What the browser's own code says: the texts that stand in frontend/*.js, given to it in the reader's language."""

from __future__ import annotations

from typing import Any

from kb.words import SOURCE, forms, language, mark, months, pair, say

_TOOLS = (mark("Zoom out"), mark("Zoom in"), mark("All"))
TEXTS: dict[str, tuple[str, ...]] = {
    "timeline": (
        *_TOOLS, mark("Show all"), mark("Current"), mark("time"), mark("{total} in all"),
        mark("No event lies in this window"),
        mark("Counting the events of this window …"),
        mark("Timeline. Arrow keys move between events, with Shift they move the window; plus and "
             "minus zoom, Home shows everything."),
        mark("Types of event; choose those to see"), mark("dates disagree"), mark("date corrected"), mark("one source"),
        mark("Show not only {type}"), mark("Show only {type}"), mark("≠ sources disagree on the date"),
        mark("✎ date corrected by a human"), mark("pale mark: one source"),
        mark("dashed: doubtful, or not told as happened"), mark("faded: about, or open-ended"),
        mark("First day of the window"), mark("Last day of the window"), mark("Overview of all events"),
    ),
    "network": (
        *_TOOLS, mark("Show all"), mark("Kinds of node"),
        mark("Save the picture as PNG"), mark("Save the picture as SVG"),
        mark("Play the days"), mark("Until which day"), mark("all days"), mark("until {date}"), mark("Stop playing"),
    ),
    "map": (
        *_TOOLS, mark("Show all places"), mark("Save the map as PNG"), mark("Save the map as SVG"),
        mark("Borders: Natural Earth, as the ground is held; they say nothing of whose it is. Dashed: a country or a "
             "region, so somewhere in it."),
    ),
    "chronology": (
        mark("Selected"), mark("Date"), mark("What happened"), mark("Who"), mark("Where"), mark("Status"),
        mark("Sources"), mark("Tags"), mark("Note"), mark("{field}: {words}. Change it"), mark("Select {title}"),
        mark("Starred"), mark("Title"), mark("Open {title}"), mark("Open"), mark("Add tags"), mark("Add note"),
        mark("Select all that are listed"), mark("Table of events"), mark("Events in the order of time"),
    ),
    "share": (mark("Copy link"), mark("Copied"), mark("Copy it from the address bar")),
    "pick": (mark("The selected words"), mark("Add an event"), mark("Add a claim")),
}  # fmt: skip
"""By component, the texts of its code; `tests/views/test_words.py` sees that none is missing."""

COUNTED: dict[str, tuple[tuple[str, str], ...]] = {
    "timeline": (
        pair("The one event in this window is drawn", "All {n} events in this window are drawn"),
        pair("but for {n} known only to a season or a year", "but for {n} known only to a season or a year"),
        pair("{drawn} of {n} event in this window are drawn, the most important; the shading at the foot shows the "
             "others",
             "{drawn} of {n} events in this window are drawn, the most important; the shading at the foot shows the "
             "others"),
    ),
    "map": (pair("{n} event", "{n} events"), pair("{n} place", "{n} places"),
            pair("and {n} more place", "and {n} more places")),
}  # fmt: skip
"""Those with a number, for one and for many."""


def spoken(component: str) -> dict[str, Any]:
    """What a component needs to speak the reader's language, as frontend/words.js takes it. Arguments: its name."""
    code = language()
    if code == SOURCE:
        return {"lang": SOURCE, "texts": {}, "counted": {}, "months": None}
    texts = {text: say(text) for text in TEXTS.get(component, ())}
    if component == "map":
        texts |= _countries(code)
    counted = {one: forms(one, many) for one, many in COUNTED.get(component, ())}
    return {"lang": code, "texts": texts, "counted": counted, "months": months()}


def _countries(code: str) -> dict[str, str]:
    """The names of countries, by their numbers (ISO 3166-1)."""
    from babel.core import Locale, get_global  # noqa: PLC0415 (only who reads another language should wait for it)

    own = Locale.parse(code).territories
    return {number: own[short[0]] for number, short in get_global("territory_aliases").items()
            if number.isdecimal() and short[0] in own}  # fmt: skip
