"""What an entity or an event shows, by stated rules from what articles tell of it; a human's word comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.edtf import Edtf
from kb.models import called
from kb.shown.day_spans import ordinal, span_of
from kb.shown.importance import Signs, importance
from kb.shown.tally import (
    AGAINST,
    AHEAD,
    MANY,
    Dated,
    Tally,
    best,
    by_date,
    joined,
    last_words,
    stored,
    tally,
    witnesses,
)
from kb.shown.titles import clearest_title

Row = Mapping[str, Any]

_HALF_A_MONTH = 15  # days
_CALENDAR = {30: range(27, 31), 365: range(364, 366)}  # one month is as fine as another, and one year
ENDLESS = 10**7  # days: wider than any date that has both ends

EDITABLE = {"Event": ("title", "type", "status", "starred", "tags", "note"), "Entity": ("name",)}
"""Properties that a human may set on what is shown, by label; a date is another matter: others are counted from it."""

STARRED = "yes"

OWN = ("starred", "tags", "note")
"""Properties of an event that no article gives: there are none until a human sets one, and none once it is emptied."""

OTHERS, DIFFER = "others: ", "finer ones differ: "
"""What the rule of a date says before it names dates that sources give and that exclude each other."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Properties of a canonical node. alive: whether anything still tells of it and no human rejects it."""

    alive: bool
    properties: Mapping[str, Any] = field(default_factory=dict)


def show_entity(namings: Sequence[Row], edits: Mapping[str, str], *, rejected: bool = False) -> Shown:
    """An entity by what articles call it: the longest name, then the last in order; every other name an alias.

    A description ("a spokesperson for the ministry") is shown only where nobody gives a name.

    Arguments: namings, properties of NAMES; edits, what humans set by property; rejected, whether a human said that
    it is none.
    """
    if not namings:
        return Shown(False)
    best = max(namings, key=lambda n: (not n["described"], len(n["name"]), n["name"]))
    name = edits.get("name") or best["name"]
    surest = max(namings, key=_sureness)
    names = {n["name"] for n in namings}.union(*(n.get("aliases") or () for n in namings))
    own = {key: surest.get(key) for key in ("subtype", "country", "lat", "lon")}
    aliases = sorted(names - {name})
    return Shown(not rejected, {
        **own, "name": name, "aliases": aliases, "called": called(name, aliases), "confidence": surest["confidence"],
        "described": all(n["described"] for n in namings),
    })  # fmt: skip


def _sureness(naming: Row) -> tuple[float, str, str, float, float]:
    """The order of namings by all that is shown of the surest, so that it does not depend on their own order."""
    lat, lon = (-ENDLESS if naming.get(key) is None else naming[key] for key in ("lat", "lon"))
    return (naming["confidence"] or 0.0, naming.get("country") or "", naming.get("subtype") or "", lat, lon)


def show_event(tellings: Sequence[Row], edits: Mapping[str, str], *, rejected: bool = False) -> Shown:
    """An event by what articles tell of it.

    Arguments: tellings, as `kb.shown.tally.telling` makes them; edits, what humans set by property, "edtf" among them;
    rejected, whether a human said that it is none.
    """
    return show_tally(tally(tellings), edits, rejected=rejected) if tellings else Shown(False)


def show_tally(counted: Tally, edits: Mapping[str, str], *, rejected: bool = False) -> Shown:
    """An event by the tally of what is told: `kb.shown.tally.best` gives its type, `status` whether it happened.

    `dated` gives the date, `titled` the title.

    Arguments: as `show_event`.
    """
    first = best(each.best for each in counted.dates.values())
    properties = {key: first[key] for key in ("type", "salience", "confidence")} | {"status": status(counted)}
    properties |= {"reports": counted.mentions, "sources": witnesses(counted.dates.values())}
    properties |= {"tally": stored(counted) if counted.tellings >= MANY else None}
    properties |= decided(edits["edtf"]) if "edtf" in edits else dated(counted)
    properties |= titled(counted, properties["status"], properties["edtf"])
    properties |= dict.fromkeys(OWN) | {k: edits[k] or None for k in EDITABLE["Event"] if k in edits}
    signs = Signs(properties["salience"], properties["type"], counted.published, properties["sources"],
                  properties["earliest"], properties["latest"], properties["clarity"])  # fmt: skip
    weight = importance(signs, starred=properties["starred"] == STARRED)
    return Shown(not rejected, {**properties, "importance": weight.value, "importanceRule": weight.reason})


def status(counted: Tally) -> str:
    """Whether an event happened, by its tellings.

    Asserted where a source asserts it, unless more independent sources tell that it did not happen, or one alone
    asserts what several allege: to have been foretold as well is no word against it. Else what most independent sources
    tell of it; of equal ones the word that was told last, then what the best telling says. A publisher that told the
    reverse later counts for that alone.
    """
    counted = last_words(counted)
    told = {word: by_date(counted, (word,)).values() for _, word in counted.dates}
    sources = {word: witnesses(each) for word, each in told.items()}
    asserting, alleging = sources.get("asserted", 0), sources.get("alleged", 0)
    if asserting >= max(1, witnesses(by_date(counted, AGAINST).values())) and (asserting > 1 or alleging <= 1):
        return "asserted"
    others = {word: each for word, each in sources.items() if word != "asserted"}
    most = [word for word, each in others.items() if each == max(others.values())]
    last = {word: max((day for each in told[word] for day in each.last.values()), default="") for word in most}
    most = [word for word in most if last[word] == max(last.values())]
    return str(best(each.best for word in most for each in told[word])["status"])


def titled(counted: Tally, status: str, edtf: str | None) -> dict[str, Any]:
    """The title, and how clear it is, by the titles of the tellings that tell the event as it is shown.

    As it is shown: as happened or as ahead, as the status has it; on a date that agrees with the one that most
    independent sources agree with, or on none. Where no telling is such, of all. `kb.shown.titles` chooses of these.

    Titles that no reader weighed, of a graph that older rules made, are shown as then: that of the best telling.

    Arguments: the tally; status and date (EDTF, None where there is none) that are shown.
    """
    if not any(wording.clarity for each in counted.dates.values() for wording in each.titles.values()):
        return {"title": best(each.best for each in counted.dates.values())["title"], "clarity": None}
    alike = {word for _, word in counted.dates if (word in AHEAD) == (status in AHEAD)}
    told = by_date(counted, alike or None)
    shown = Edtf(edtf) if edtf else None
    fitting = [each for date, each in told.items() if not date or shown is None or _agree(Edtf(date), shown)]
    title, wording = clearest_title(joined(each.titles for each in fitting or told.values()))
    return {"title": title, "clarity": wording.clarity}


def decided(value: str) -> dict[str, Any]:
    """The date properties of an event that a human dated."""
    date = Edtf(value)
    return {"edtf": value, "earliest": date.earliest, "latest": date.latest, "precision": date.precision,
            "edtfBasis": "decision", "edtfRule": "a human gave the date", "notBefore": None, "notAfter": None,
            "boundsRule": None}  # fmt: skip


def dated(counted: Tally) -> dict[str, Any]:
    """The date properties by the reports: the most precise date that most independent sources agree with.

    A date within which no other told date lies is a candidate; for it speaks each source with a date that overlaps it,
    where that source's "about" is given its room. Of equal ones the narrower, then the certain before the approximate,
    then the better told, then the earlier. But where as many agree with another, half a month away or more, the finest
    date in which both lie is shown (“2014” over “March 2014” and “April 2014”) if more sources tell that one. For what
    happened no date counts that was only planned.
    """
    happened = by_date(counted, {word for date, word in counted.dates if date} - AHEAD)
    known = {edtf: each for edtf, each in (happened or by_date(counted)).items() if edtf}
    if not known:
        return _dates(best(each.best for each in counted.dates.values()), "")
    read = {edtf: Edtf(edtf) for edtf in known}
    years = {edtf: date for edtf, date in read.items() if date.earliest or date.latest} or read
    candidates = [edtf for edtf in years if not any(_within(other, years[edtf]) for other in years.values())]
    sources = {edtf: witnesses(known[other] for other in known if _allows(read[other], years[edtf]))
               for edtf in candidates}  # fmt: skip
    choice = min(candidates, key=lambda edtf: (-sources[edtf], _coarseness(years[edtf]), *_rank(edtf, known)))
    every = witnesses(known.values())
    tied = [e for e in candidates if sources[e] == sources[choice] and _far(years[e], years[choice])]
    common = _common((choice, *tied), years, known) if tied else None
    if common is not None:
        listed = ", ".join(f"{Edtf(e).human()} ({sources[e]})" for e in sorted((choice, *tied)))
        return _dates(known[common].best, f"most of {every} independent sources tell it so; {DIFFER}{listed}")
    return _dates(known[choice].best, _reason(choice, candidates, sources, every))


def _far(one: Edtf, other: Edtf) -> bool:
    """Whether two dates begin half a month apart or more, so that to show either may be quite wrong."""
    first, second = ordinal(one.earliest), ordinal(other.earliest)
    return first is not None and second is not None and abs(first - second) >= _HALF_A_MONTH


def _common(rivals: Sequence[str], years: Mapping[str, Edtf], known: Mapping[str, Dated]) -> str | None:
    """The finest told date within which all rivals lie, if more sources tell it than any of them; else None."""
    most = max(witnesses([known[each]]) for each in rivals)
    holding = [e for e in years if all(_within(years[each], years[e]) for each in rivals)]
    wide = [e for e in holding if witnesses([known[e]]) > most]
    return min(wide, key=lambda edtf: (_coarseness(years[edtf]), *_rank(edtf, known)), default=None)


def _dates(telling: Row, reason: str) -> dict[str, Any]:
    own = {key: telling.get(key) for key in ("edtf", "earliest", "latest", "precision", "notBefore", "notAfter",
                                             "boundsRule")}  # fmt: skip
    return {**own, "edtfBasis": "text", "edtfRule": reason or None}


def _within(inner: Edtf, outer: Edtf) -> bool:
    """Whether a date, or the start that is all it tells, lies in another and is the finer of the two."""
    holds = _start(outer).contains(_start(inner)) if inner.endswith("/..") else outer.contains(inner)
    return holds and _coarseness(inner) < _coarseness(outer)


def _start(date: Edtf) -> Edtf:
    """Of "since 2014" the year 2014; any other date itself."""
    return Edtf(date.removesuffix("/..")) if date.endswith("/..") else date


def _allows(told: Edtf, date: Edtf) -> bool:
    """Whether what is told may mean a date; the room that the date itself leaves speaks for nothing."""
    told, date = _start(told), _start(date)
    if told == date or told.overlaps(date):
        return True
    a, b = span_of(told), span_of(date)
    return a is not None and b is not None and not (a.since or b.since) and a.gap(b) <= a.room


def _agree(one: Edtf, other: Edtf) -> bool:
    one, other = _start(one), _start(other)  # "since 2014" says nothing of any day after
    if one == other or one.overlaps(other):
        return True
    a, b = span_of(one), span_of(other)
    return a is not None and b is not None and not (a.since or b.since) and a.meets(b)


def _coarseness(date: Edtf) -> tuple[int, bool]:
    """How wide a date is in days, and whether it is only about right. What lasts is dated as well as its start."""
    if date.endswith("/.."):
        return _coarseness(_start(date))[0], True
    if not (date.earliest and date.latest):
        return ENDLESS, date.approximate
    first, last = ordinal(date.earliest), ordinal(date.latest)
    days = ENDLESS if first is None or last is None else last - first
    return next((even for even, span in _CALENDAR.items() if days in span), days), date.approximate


def _rank(edtf: str, known: Mapping[str, Dated]) -> tuple[float, str]:
    return -known[edtf].best["salience"], edtf


def _reason(choice: str, candidates: Iterable[str], sources: Mapping[str, int], every: int) -> str:
    """Why this date is shown, where there was a choice."""
    rivals = [edtf for edtf in candidates if edtf != choice and not _agree(Edtf(edtf), Edtf(choice))]
    if every < 2 and not rivals:
        return ""
    agreeing = f"{sources[choice]} of {every} independent sources agree with it"
    if not rivals:
        return f"the most precise date; {agreeing}"
    others = ", ".join(f"{Edtf(edtf).human()} ({sources[edtf]})" for edtf in sorted(rivals))
    even = any(sources[edtf] == sources[choice] for edtf in rivals)
    how = "the most precise, best told or earliest of the dates that most sources agree with" if even else (
        "the date that most sources agree with")  # fmt: skip
    return f"{how}; {agreeing}; {OTHERS}{others}"
