"""What is kept of each node so that a screen counts and chooses without passing over all of a label.

slot    the least span of the calendar that holds all of a node's days: a month, year, decade, century, or all time.
        Spans are laid out as the bins of genome browsers are (Kent and others 2002): what touches a window lies in the
        months, years, decades and centuries that the window touches, so only those are looked through.
rung    how high a node stands in the order in which its kind is listed; the most important are on the highest rungs.
cell    of an event, all that a filter can ask for with a slider or a list: type, status, salience, confidence.
place   of a doubt, its rung and one of 256 parts of that, by its id: a rung that very many stand on is read in parts.
lot     of an event the same, its parts in the order of its id: of equals as many are read as are asked for.

A node counts in `Count` nodes, a map from key to number each. What it counts as it keeps itself (`counted`), so that a
change takes away exactly what was added.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

ALWAYS, UNDATED = "*", "?"
LAST = "9999-12-31"  # after every day
FOREGROUND = 0.26  # salience from which on an event is more than told in passing
STEPS: tuple[int, ...] = tuple(sorted({*range(0, 101, 5), round(100 * FOREGROUND)}))
"""The hundredths of salience and confidence that a filter can ask for, and by which events are counted."""

EVENT_RUNGS, WHOLE_RUNGS, ENTITY_RUNGS, CLAIM_SLOTS, ARTICLE_SLOTS, PUBLISHERS = (
    "rungs of events", "rungs of wholes", "rungs of entities", "slots of claims", "slots of articles",
    "publishers")  # fmt: skip
"""The Counts that there is one of, by their ids."""

EVENT_TYPES = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
               "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT", "OTHER")  # fmt: skip
"""The types of events that are read: PLOVER's root codes and two more. A human may name others."""

SAID = "STATEMENT"
"""The type of events in which something was only said: an interview, a speech, an announcement."""

DOUBTS = "rungs of doubts"
"""The Count of what a human should look at."""

DOUBT_RULES = 1
"""The version of what is kept of doubts; a graph in which another is kept finds them anew."""

SALIENT = 0.6
"""The salience from which an editor would want an event on a timeline."""

PAIRS = ("doubtful-entity", "doubtful-event", "doubtful-passing")
"""The kinds of two that may be one: names, events, and events of which one is less than SALIENT."""

PARTS = tuple(f"{part:02x}" for part in range(256))
"""The parts of a rung of doubts or events, in the order in which what stands there is listed."""

ORDERED = "told"
"""What an event keeps as `ordered` of which sentences told, now or once, that it is before or during another."""

EVENTS_IN = "events "
"""What the id of a Count of events begins with; the slot follows."""

AT = "@"
"""The role of a place in what an event keeps of who takes part."""

_BETWEEN = "|"
_EVENT = "event-"  # what the ids of events begin with; a hash follows
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXACT = frozenset(("day", "month", "interval", "open"))
_FINE = 32  # counts up to which each has a rung of its own

Row = Mapping[str, Any]


def deeds(types: Iterable[str], chosen: Iterable[str] = ()) -> tuple[str, ...]:
    """The types of what was done, not only said. Arguments: types that there are; chosen, none for all."""
    wanted = tuple(type for type in chosen if type != SAID)
    return wanted or tuple(sorted({*EVENT_TYPES, *types} - {SAID}))


def slot_of(earliest: str | None, latest: str | None) -> str:
    """The slot of a span of ISO days, either of which may be open: "2014-03", "2014", "201", "20", "*", "?"."""
    if earliest is None and latest is None:
        return UNDATED
    if not (earliest and latest and _DAY.fullmatch(earliest) and _DAY.fullmatch(latest)):
        return ALWAYS
    return next((earliest[:n] for n in (7, 4, 3, 2) if earliest[:n] == latest[:n]), ALWAYS)


def span_of(slot: str) -> tuple[str, str]:
    """The first and last day of a slot, as ISO strings between which all days of its nodes sort."""
    if slot == ALWAYS:
        return "", LAST
    if len(slot) == 7:
        return f"{slot}-01", f"{slot}-31"
    return f"{slot.ljust(4, '0')}-01-01", f"{slot.ljust(4, '9')}-12-31"


def event_rung(importance: float | None, slot: str) -> str:
    """The rung of an event: thousandths of its importance, which knows no finer, apart for those without a date."""
    height = min(9999, max(0, int(1000 * (importance or 0) + 1e-9)))
    return f"u{height:04d}" if slot == UNDATED else f"{height:04d}"


def lot_of(rung: str, id: str) -> str:
    """Where on its rung an event stands: of two on one rung, the one of the lesser id in no later part."""
    if not id.startswith(_EVENT):
        return f"{rung} {PARTS[0] if id < _EVENT else PARTS[-1]}"
    return f"{rung} {PARTS[max(0, bisect_right(PARTS, id[len(_EVENT) :][:2]) - 1)]}"


def count_rung(number: int) -> str:
    """The rung for a number of parts or events: its own for the first, then one for each eighth of a doubling."""
    height = number
    if number >= _FINE:
        octave = number.bit_length() - _FINE.bit_length()
        height = _FINE + 8 * octave + ((number >> (number.bit_length() - 4)) & 7)
    return f"{height:04d}"


def least_on(rung: str) -> int:
    """The least number that stands on a rung of `count_rung`."""
    height = int(rung)
    octave, eighth = divmod(height - _FINE, 8)
    return height if height < _FINE else (8 + eighth) << (octave + 2)


def entity_rung(kind: str, events: int) -> str:
    """The rung of a person, organisation, place or thing: its kind, and in about how many events it is."""
    return f"{kind} {count_rung(events)}"


def kind_of_rung(rung: str) -> str:
    """The kind of the entities on a rung."""
    return rung.partition(" ")[0]


def doubt_rung(kind: str, settles: int, score: float = 0.0) -> str:
    """The rung of a doubt: its kind, about how many facts an answer settles, and how sure it is (0 to 1)."""
    return f"{kind} {count_rung(max(0, settles))} {round(100 * score):03d}"


def height_of_doubt(rung: str) -> str:
    """How high a rung of doubts is among all kinds."""
    return rung.partition(" ")[2]


def place_of_doubt(rung: str, id: str) -> str:
    """Where on its rung a doubt stands, by its id."""
    return f"{rung} {hashlib.sha256(id.encode()).hexdigest()[:2]}"


def step_below(share: float) -> int:
    """The greatest of STEPS that a salience or confidence reaches."""
    reached = bisect_right(STEPS, round(100 * share, 6))
    return STEPS[max(0, reached - 1)]


def cell_of(row: Row) -> str:
    """The cell of an event: the month in which it begins, if that is known, then what a filter asks for."""
    steps = (str(step_below(row[name] or 0.0)) for name in ("salience", "confidence"))
    return _BETWEEN.join((month_of(row), row["type"] or "", row["status"] or "", *steps))


def month_of(row: Row) -> str:
    """The month in which an event begins, "" where that would be feigned: it is known to the season, year or decade."""
    exact = row["precision"] in _EXACT and row["earliest"] and str(row["edtf"] or "")[4:5] == "-"
    return str(row["earliest"][:7]) if exact else ""


def parts_of_cell(cell: str) -> tuple[str, str, str, int, int]:
    """The month ("" where it is not known), type, status, and the steps of salience and confidence."""
    start, _, rest = cell.partition(_BETWEEN)
    type, status, salience, confidence = rest.rsplit(_BETWEEN, 3)  # a human may give a type any name
    return start, type, status, int(salience), int(confidence)


def event_counts(row: Row) -> dict[str, Any]:
    """What is kept of an event.

    Arguments: what it shows, its number of parts, who takes part in it, how many expressions give its date (`dating`),
    how many of these leave its year to a guess (`guessing`), and `shown`, whether it is shown.
    """
    if not row["shown"]:
        return dict.fromkeys(("slot", "rung", "lot", "wholeRung", "counted", "who", "yearGuessed"))
    slot = slot_of(row["earliest"], row["latest"])
    rung = event_rung(row["importance"], slot)
    whole = count_rung(row["parts"]) if row["parts"] else None
    counted = [_counts(EVENTS_IN + slot, cell_of(row)), _counts(EVENT_RUNGS, rung)]
    counted += [_counts(WHOLE_RUNGS, whole)] if whole else []
    return {"slot": slot, "rung": rung, "lot": lot_of(rung, row["id"]), "wholeRung": whole, "counted": counted,
            "who": sorted(f"{role}{_BETWEEN}{id}" for role, id in row["taking_part"] if id) or None,
            "yearGuessed": True if row["guessing"] and row["guessing"] == row["dating"] else None}  # fmt: skip


def entities_of(who: Iterable[str] | None) -> set[str]:
    """The ids in what a node keeps as `who`: of an event with their roles, AT where it happened."""
    return {each.rpartition(_BETWEEN)[2] for each in who or ()}


def entity_counts(row: Row) -> dict[str, Any]:
    """What is kept of an entity. Arguments: its labels, in how many events it is, and `shown`."""
    if not row["shown"]:
        return {"rung": None, "counted": None}
    rung = entity_rung(next(label for label in row["labels"] if label != "Entity"), row["events"])
    return {"rung": rung, "counted": [_counts(ENTITY_RUNGS, rung)]}


def claim_counts(row: Row) -> dict[str, Any]:
    """What is kept of a claim. Arguments: the first and last day on which it may be said, who says it, and `shown`."""
    if not row["shown"]:
        return {"slot": None, "counted": None, "who": None}
    slot = slot_of(row["earliest"], row["latest"])
    return {"slot": slot, "counted": [_counts(CLAIM_SLOTS, slot)], "who": sorted(row["taking_part"]) or None}


def article_counts(row: Row) -> dict[str, Any]:
    """What is kept of an article. Arguments: its publisher, when it was published, and `shown`."""
    if not row["shown"]:
        return {"slot": None, "counted": None}
    slot = slot_of(row["earliest"], row["latest"])
    own = [_counts(PUBLISHERS, row["publisher"])] if row["publisher"] else []
    return {"slot": slot, "counted": [_counts(ARTICLE_SLOTS, slot), *own]}


def _counts(count: str, key: str) -> str:
    return f"{count}{_BETWEEN}{key}"


def counted(listed: Iterable[str] | None) -> Iterable[tuple[str, str]]:
    """What a node counts as: the id of a Count, and the key in it."""
    for each in listed or ():
        count, _, key = each.partition(_BETWEEN)
        yield count, key
