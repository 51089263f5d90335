"""What the reports of one event come to: all that the choice of what it shows depends on, in little room.

Of the tellings of one date the best, who tells them and their titles are kept, so a tally grows with dates, publishers
and wordings, not with articles, and `add` counts new tellings in without the others at hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from kb.shown.sources import Report, independent, publisher_of

Row = Mapping[str, Any]

AHEAD = frozenset(("planned", "hypothetical"))
"""Statuses of what has not happened yet as it is told."""

AGAINST = frozenset(("denied", "negated"))
"""Statuses of what did not happen as it is told."""

SHOWN = ("title", "type", "status", "salience", "confidence", "edtf", "earliest", "latest", "precision", "notBefore",
         "notAfter", "boundsRule", "article")  # fmt: skip
"""Properties of a telling that may be shown, or decide which telling is."""

OWN = ""
MANY = 20  # tellings from which on an event's tally is stored


@dataclass(frozen=True, slots=True)
class Wording:
    """Who gives one title: how many groups of copies; the highest clarity, salience and confidence (0 to 1)."""

    told: int
    clarity: float
    salience: float
    confidence: float


Titles = Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Dated:
    """The tellings of one date, or of none.

    best: the telling that would be shown of them. titles: what they call it. sources: publisher and
    group of copies of each report; a publisher with a report of which no other prints a copy stands once, with the
    group OWN, as its other reports add nothing. last: by publisher the last ISO day on which it told so, where known.
    """

    best: Row
    titles: Titles
    sources: frozenset[tuple[str, str]]
    last: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """Tellings of one event: how many, in how many passages, and what they say by date (EDTF, "") and status.

    published: the ISO days on which they were published.
    """

    tellings: int
    mentions: int
    dates: Mapping[tuple[str, str], Dated]
    published: frozenset[str] = frozenset()


def telling(told: Row, article: str, group: str, publisher: str, published: str | None = None) -> Row:
    """What one article tells of an event.

    Arguments: properties of TELLS, those without a value left out; the article's id; its group of copies; its
    publisher, "" where unknown; the first day on which it may have been published (ISO), None where unknown.
    """
    return {**told, "article": article, "group": group, "publisher": publisher, "published": published}


def tally(tellings: Sequence[Row]) -> Tally:
    """Count tellings, as `telling` makes them."""
    printing: dict[str, set[str]] = defaultdict(set)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for each in tellings:
        printing[each["group"]].add(_publisher(each))
        found[each.get("edtf") or "", each["status"]].append(each)
    dates = {
        key: Dated(_shown(best(rows)), _titles(rows), _reduced(_source(row, printing) for row in rows), _last(rows))
        for key, rows in found.items()
    }
    days = frozenset(str(t["published"]) for t in tellings if t.get("published"))
    return Tally(len(tellings), sum(t.get("mentions") or 0 for t in tellings), dates, days)


def add(known: Tally, new: Tally) -> Tally:
    """Both together; right where no article of the one is a copy of any of the other's."""
    dates = dict(known.dates)
    for key, more in new.dates.items():
        dates[key] = _together([dates[key], more]) if key in dates else more
    return Tally(known.tellings + new.tellings, known.mentions + new.mentions, dates, known.published | new.published)


def by_date(counted: Tally, statuses: Container[str] | None = None) -> dict[str, Dated]:
    """What the tellings of these statuses, or of all, come to by date (EDTF, "" for none)."""
    found: dict[str, list[Dated]] = defaultdict(list)
    for (edtf, status), each in counted.dates.items():
        if statuses is None or status in statuses:
            found[edtf].append(each)
    return {edtf: _together(every) for edtf, every in found.items()}


def last_words(counted: Tally) -> Tally:
    """The tally without what a publisher told before it told the reverse.

    Who wrote that a man was killed, and later that he was not, tells the latter alone; where the days are one, or
    unknown, both are told.
    """
    last: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for (_, status), each in counted.dates.items():
        side = last[status in AGAINST]
        side.update({who: max(day, side.get(who, "")) for who, day in each.last.items()})
    over = {against: {who for who, day in last[against].items() if last[not against].get(who, "") > day}
            for against in last}  # fmt: skip
    kept = {key: each if key[1] in AHEAD else _without(each, over[key[1] in AGAINST])
            for key, each in counted.dates.items()}  # fmt: skip
    return replace(counted, dates={key: each for key, each in kept.items() if each.sources})


def _without(dated: Dated, publishers: Container[str]) -> Dated:
    return replace(dated, sources=frozenset(pair for pair in dated.sources if pair[0] not in publishers))


def best(tellings: Iterable[Row]) -> Row:
    """The telling that is shown: most salient, then most confident, then first by title and article."""
    return min(tellings, key=_rank)


def joined(titles: Iterable[Titles]) -> Titles:
    """Titles of several tallies or dates as those of all; right where no article is told of in two of them."""
    found: dict[str, Wording] = {}
    for title, new in (pair for each in titles for pair in each.items()):
        old = found.get(title)
        found[title] = new if old is None else Wording(
            old.told + new.told, max(old.clarity, new.clarity), max(old.salience, new.salience),
            max(old.confidence, new.confidence))  # fmt: skip
    return found


def witnesses(dates: Iterable[Dated]) -> int:
    """How many independent sources tell any of these dates."""
    pairs = {pair for dated in dates for pair in dated.sources}
    return independent(Report("", group or f"of {publisher}", publisher) for publisher, group in pairs)


def stored(counted: Tally) -> str:
    """A tally as JSON."""
    dates = [[edtf, status, dict(dated.best), sorted(map(list, dated.sources)),
              [[title, *astuple(wording)] for title, wording in sorted(dated.titles.items())],
              dict(sorted(dated.last.items()))]
             for (edtf, status), dated in sorted(counted.dates.items())]  # fmt: skip
    told = [counted.tellings, counted.mentions, dates, sorted(counted.published)]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def tally_of(text: str) -> Tally:
    """A tally from its JSON; one that older rules stored knows the titles and statuses of its best tellings."""
    tellings, mentions, dates, *published = json.loads(text)
    return Tally(tellings, mentions, {
        (edtf, told["status"]): Dated(told, _titles_of(more, told), frozenset((name, group) for name, group in pairs),
                                      *more[1:])
        for edtf, _, told, pairs, *more in dates
    }, frozenset(*published))  # fmt: skip


def complete(text: str) -> bool:
    """Whether a stored tally knows all that one counts; older ones are reckoned anew before anything is added."""
    rows = json.loads(text)[2]
    return all(len(row) > len(("edtf", "status", "best", "sources", "titles")) for row in rows)


def _together(dates: Sequence[Dated]) -> Dated:
    if len(dates) == 1:
        return dates[0]
    sources = _reduced(pair for each in dates for pair in each.sources)
    last = _latest((who, day) for each in dates for who, day in each.last.items())
    return Dated(best(each.best for each in dates), joined(each.titles for each in dates), sources, last)


def _titles_of(more: Sequence[Any], told: Row) -> Titles:
    if not more:
        return _titles([{"group": OWN, **told}])
    return {title: Wording(*weighed) for title, *weighed in more[0]}


def _last(tellings: Iterable[Row]) -> dict[str, str]:
    return _latest((_publisher(t), str(t["published"])) for t in tellings if t.get("published"))


def _latest(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The last day of each publisher."""
    return dict(sorted(told, key=lambda pair: pair[1]))


def _titles(tellings: Iterable[Row]) -> Titles:
    groups: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for each in tellings:
        groups[each["title"]][each["group"]].append(each)
    return {title: Wording(len(found), *(max(float(t.get(key) or 0.0) for rows in found.values() for t in rows)
                                         for key in ("clarity", "salience", "confidence")))
            for title, found in groups.items()}  # fmt: skip


def _shown(telling: Row) -> Row:
    return {key: telling[key] for key in SHOWN if telling.get(key) is not None}


def _rank(telling: Row) -> tuple[Any, ...]:
    rest = (str(telling.get(key) or "") for key in SHOWN)
    return (-telling["salience"], -telling["confidence"], telling["title"], telling["article"], *rest)


def _publisher(telling: Row) -> str:
    return publisher_of(Report(telling["article"], telling["group"], telling["publisher"]))


def _source(telling: Row, printing: Mapping[str, set[str]]) -> tuple[str, str]:
    group = telling["group"]
    return _publisher(telling), group if len(printing[group]) > 1 else OWN


def _reduced(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    every = frozenset(pairs)
    own = {publisher for publisher, group in every if group == OWN}
    return frozenset(pair for pair in every if pair[1] == OWN or pair[0] not in own)
